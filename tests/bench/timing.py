"""Times contestants in turn, so that whatever else the machine does hits all of them alike."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Race:
    """Seconds of each contestant in each round; the first contestant is ours, the second its baseline."""

    seconds: tuple[tuple[float, ...], ...]

    def median(self, contestant: int = 0) -> float:
        """The median of a contestant's rounds, in seconds."""
        return median(self.seconds[contestant])

    def ratio(self, contestant: int = 0, baseline: int = 1) -> float:
        """The median of the rounds' ratios: both of a round ran under the same load."""
        return median(ours / bare for ours, bare in zip(self.seconds[contestant], self.seconds[baseline], strict=True))


def race(rounds: int, *contestants: Callable[[], float]) -> Race:
    """Run the contestants A B A B … after one round to warm up; each returns the seconds that it counts."""
    for contestant in contestants:
        contestant()
    times: tuple[list[float], ...] = tuple([] for _ in contestants)
    for _ in range(rounds):
        for contestant, taken in zip(contestants, times, strict=True):
            gc.collect()
            taken.append(contestant())
    return Race(tuple(map(tuple, times)))


def seconds_of(act: Callable[[], object]) -> float:
    """How long *act* takes."""
    started = perf_counter()
    act()
    return perf_counter() - started
