"""Re-offending by windows and evidence other than the registry's own: the same measures, from another level on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from typing import Final

from tlbb_desktop.domain.indicators import (
    BY_KEY,
    INDICATORS,
    MEASURES,
    RECIDIVISM_SENTENCE,
    Indicator,
    completer_reoffended,
    mature_completer,
    mature_or_event,
    reoffended,
)
from tlbb_desktop.domain.recidivism import DEFAULT_LEVEL
from tlbb_desktop.domain.reoffences import EvidenceLevel
from tlbb_desktop.i18n.marks import N_

_ALL: Final = N_("Re-offending within {months} months (level {level} or more: {evidence})")
_COMPLETERS: Final = N_("Re-offending within {months} months (level {level} or more: {evidence}), completers only")
_KEY: Final = re.compile(r"recidivism-(\d{1,3})(-completers)?(?:-level-([1-5]))?")
_COHORTS: Final = {False: "", True: "-completers"}
COUNTED: Final = "re-offended"
_BY_LEVEL: Final = {
    COUNTED: reoffended,
    f"{COUNTED}-completer": completer_reoffended,
    "mature-or-event": mature_or_event,
    "mature-completer": mature_completer,
}
MEASURES.update(
    {
        f"{name}-level-{level.value}": partial(measure, level=level)
        for name, measure in _BY_LEVEL.items()
        for level in EvidenceLevel
        if level not in (EvidenceLevel.ACQUITTED, DEFAULT_LEVEL)
    }
)


def report_keys(months: Iterable[int], level: EvidenceLevel, cohorts: Iterable[bool]) -> tuple[str, ...]:
    """The keys of a report: re-offending as it is asked about, one for each cohort and window, and all the others.

    Args:
        months: lengths of the windows.
        level: evidence that an event needs.
        cohorts: completers only (True), all (False); the two are never mixed.
    """
    windows, evidence = tuple(months), "" if level is DEFAULT_LEVEL else f"-level-{level.value}"
    asked = [f"recidivism-{each}{_COHORTS[only]}{evidence}" for only in cohorts for each in windows]
    return (*asked, *(each.key for each in INDICATORS if not counts_reoffending(each)))


def indicator_with_key(key: str) -> Indicator | None:
    """The indicator of the registry, or the one that the key of a window and an evidence level spells; or None."""
    spelled = _KEY.fullmatch(key)
    if key in BY_KEY or spelled is None or int(spelled[1]) < 1:
        return BY_KEY.get(key)
    months, completers, level = int(spelled[1]), spelled[2] is not None, level_of(key)
    ending = "" if level is DEFAULT_LEVEL else f"-level-{level.value}"
    title = _COMPLETERS if completers else _ALL
    among, counts = ("mature-completer", f"{COUNTED}-completer") if completers else ("mature-or-event", COUNTED)
    return Indicator(key, title, RECIDIVISM_SENTENCE, f"{among}{ending}", f"{counts}{ending}", months)


def level_of(key: str) -> EvidenceLevel:
    """The evidence from which on an indicator of re-offending counts."""
    spelled = _KEY.fullmatch(key)
    return DEFAULT_LEVEL if spelled is None or spelled[3] is None else EvidenceLevel(int(spelled[3]))


def counts_reoffending(indicator: Indicator) -> bool:
    """Whether the unknown ones may all have had an event, so that the worst case is a figure of its own."""
    return indicator.counts.startswith(COUNTED)
