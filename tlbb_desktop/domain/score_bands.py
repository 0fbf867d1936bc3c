"""What the scores of SDQ, SCAS, CRAFFT and ASSIST mean: totals and bands (programme facts §5).

The norms are British or international; there are none for Cambodia, and a page says so beside every band.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from tlbb_desktop.domain.scores import Informant, Instrument, ScoreForm


class ScoreBand(StrEnum):
    """The bands of all instruments, from calm to alarming within each."""

    AVERAGE = "average"
    RAISED = "raised"
    HIGH = "high"
    VERY_HIGH = "very_high"
    LOWERED = "lowered"
    LOW = "low"
    VERY_LOW = "very_low"
    USUAL = "usual"
    ELEVATED = "elevated"
    NEGATIVE = "negative"
    POSITIVE = "positive"
    LOW_RISK = "low_risk"
    MODERATE_RISK = "moderate_risk"
    HIGH_RISK = "high_risk"


TOTAL: Final = "total"
PROSOCIAL: Final = "prosocial"
#: The scales that are added up; a total is known only where all of them are.
_ADDED: Final[Mapping[Instrument, tuple[str, ...]]] = {
    Instrument.SDQ: ("emotional", "conduct", "hyperactivity", "peer"),
    Instrument.SCAS: ("separation", "social", "obsessive", "panic", "injury", "general"),
    Instrument.CRAFFT: (TOTAL,),
}
#: Upper limits of the bands one to three (SDQ, four bands, UK); of the prosocial scale the lower ones.
_SDQ: Final[Mapping[Informant, Mapping[str, tuple[int, int, int]]]] = {
    Informant.PARENT: {
        TOTAL: (13, 16, 19),
        "emotional": (3, 4, 6),
        "conduct": (2, 3, 5),
        "hyperactivity": (5, 7, 8),
        "peer": (2, 3, 4),
        PROSOCIAL: (8, 7, 6),
        "impact": (0, 1, 2),
    },
    Informant.TEACHER: {
        TOTAL: (11, 15, 18),
        "emotional": (3, 4, 5),
        "conduct": (2, 3, 4),
        "hyperactivity": (5, 7, 8),
        "peer": (2, 4, 5),
        PROSOCIAL: (6, 5, 4),
        "impact": (0, 1, 2),
    },
    Informant.SELF: {
        TOTAL: (14, 17, 19),
        "emotional": (4, 5, 6),
        "conduct": (3, 4, 5),
        "hyperactivity": (5, 6, 7),
        "peer": (2, 3, 4),
        PROSOCIAL: (7, 6, 5),
        "impact": (0, 1, 2),
    },
}
_RISING: Final = (ScoreBand.AVERAGE, ScoreBand.RAISED, ScoreBand.HIGH, ScoreBand.VERY_HIGH)
_FALLING: Final = (ScoreBand.AVERAGE, ScoreBand.LOWERED, ScoreBand.LOW, ScoreBand.VERY_LOW)
_SCAS_ELEVATED: Final = 60
_CRAFFT_POSITIVE: Final = 2
#: First score of moderate and of high risk.
_ASSIST: Final[Mapping[str, tuple[int, int]]] = {"alcohol": (11, 27)}
_ASSIST_OTHERS: Final = (4, 27)
_ASSIST_RISING: Final = (ScoreBand.LOW_RISK, ScoreBand.MODERATE_RISK, ScoreBand.HIGH_RISK)


def score_total(instrument: Instrument, values: Mapping[str, int]) -> int | None:
    """The sum of the scales that the instrument adds up; None where one is missing or it adds up none."""
    added = _ADDED.get(instrument, ())
    if not added or any(name not in values for name in added):
        return None
    return sum(values[name] for name in added)


def score_band(form: ScoreForm, scale: str) -> ScoreBand | None:
    """The band of one scale, or of the sum under the name ``total``; None where there is none or no score."""
    value = score_total(form.instrument, form.values) if scale == TOTAL else form.values.get(scale)
    if value is None:
        return None
    if form.instrument is Instrument.SDQ:
        return _sdq_band(form.informant, scale, value)
    if form.instrument is Instrument.ASSIST:
        return _ASSIST_RISING[sum(value >= first for first in _ASSIST.get(scale, _ASSIST_OTHERS))]
    if form.instrument is Instrument.CRAFFT:
        return ScoreBand.POSITIVE if value >= _CRAFFT_POSITIVE else ScoreBand.NEGATIVE
    if scale != "t_score":
        return None
    return ScoreBand.ELEVATED if value >= _SCAS_ELEVATED else ScoreBand.USUAL


def _sdq_band(informant: Informant, scale: str, value: int) -> ScoreBand:
    limits = _SDQ[informant][scale]
    if scale == PROSOCIAL:
        return _FALLING[sum(value < limit for limit in limits)]
    return _RISING[sum(value > limit for limit in limits)]
