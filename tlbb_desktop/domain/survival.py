"""Kaplan-Meier: how many are still free of an event, when not everybody was seen for equally long.

Source: E. Kaplan and P. Meier, JASA 53 (1958); variance by Greenwood's formula, interval on the log(-log) scale, so
that it stays between 0 and 1. lifelines agrees in the tests.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Final, NamedTuple

from tlbb_desktop.domain.exact_interval import Interval

_NORMAL_95: Final = 1.959963984540054


class Observation(NamedTuple):
    """How long somebody was seen.

    Args:
        time: until the event, or until nothing more is known; 0 or more, in any unit.
        event: whether it ended by the event; otherwise it is censored.
    """

    time: float
    event: bool


class SurvivalStep(NamedTuple):
    """The curve from a time of events on.

    Args:
        time: of the events.
        at_risk: who was still seen just before.
        events: how many then.
        free: share without event after it, 0 to 1.
        deviation: Greenwood's standard error of that share.
        interval: of that share, 95 %; None where the share is 0 and none can be given.
    """

    time: float
    at_risk: int
    events: int
    free: float
    deviation: float
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class SurvivalCurve:
    """A Kaplan-Meier curve.

    Args:
        observed: how many people it is made of.
        steps: in order of time; before the first the share is 1.
        times: of all observations in order, for who is at risk.
    """

    observed: int
    steps: tuple[SurvivalStep, ...]
    times: tuple[float, ...] = ()

    def step_before(self, time: float) -> SurvivalStep | None:
        """The last step that lies before *time*, itself excluded; None where nothing happened before."""
        place = bisect_left(self.steps, time, key=lambda step: step.time)
        return self.steps[place - 1] if place else None

    def at_risk(self, time: float) -> int:
        """How many are still seen at *time*."""
        return self.observed - bisect_left(self.times, time)


def kaplan_meier(observations: Iterable[Observation]) -> SurvivalCurve:
    """The curve of *observations*; who leaves at the time of an event is still at risk then."""
    seen = list(observations)
    times = sorted(each.time for each in seen)
    deaths = Counter(each.time for each in seen if each.event)
    free, greenwood, steps = 1.0, 0.0, []
    for time, events in sorted(deaths.items()):
        at_risk = len(times) - bisect_left(times, time)
        free *= 1 - events / at_risk
        if events < at_risk:
            greenwood += events / (at_risk * (at_risk - events))
        else:
            free = 0.0
        steps.append(SurvivalStep(time, at_risk, events, free, free * sqrt(greenwood), _interval(free, greenwood)))
    return SurvivalCurve(len(times), tuple(steps), tuple(times))


def median_of(times: Iterable[float]) -> float | None:
    """The middle one of *times*, or None where there is none."""
    ordered = sorted(times)
    if not ordered:
        return None
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _interval(free: float, greenwood: float) -> Interval | None:
    if free <= 0:
        return None
    spread = _NORMAL_95 * sqrt(greenwood) / log(free)
    outer = log(-log(free))
    return Interval(*sorted(exp(-exp(outer + sign * spread)) for sign in (1, -1)))
