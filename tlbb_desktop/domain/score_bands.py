"""What the scores of SDQ, SCAS, CRAFFT and ASSIST mean, by the published bands (programme facts §5).

No instrument has Cambodian norms: whoever shows a band says so beside it. The SDQ bands are those of the United
Kingdom in four steps; of the self-report's conduct scale one public table has 2/3/4 instead of 3/4/5.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from tlbb_desktop.domain.scores import Informant, Instrument, ScoreForm

DIFFICULTIES: Final = ("emotional", "conduct", "hyperactivity", "peer")
INTERNALISING: Final = ("emotional", "peer")
EXTERNALISING: Final = ("conduct", "hyperactivity")
SCAS_PARTS: Final = ("separation", "social", "obsessive", "panic", "injury", "general")
SCAS_ELEVATED: Final = 60
CRAFFT_POSITIVE: Final = 2
_ASSIST_HIGH: Final = 27


class Band(StrEnum):
    """What a score means."""

    AVERAGE = "average"
    RAISED = "raised"
    HIGH = "high"
    VERY_HIGH = "very_high"
    ELEVATED = "elevated"
    POSITIVE = "positive"
    NEGATIVE = "negative"
    LOW_RISK = "low_risk"
    MODERATE_RISK = "moderate_risk"
    HIGH_RISK = "high_risk"


_STEPS: Final = (Band.AVERAGE, Band.RAISED, Band.HIGH, Band.VERY_HIGH)
_SDQ_SCALES: Final = ("total", "emotional", "conduct", "hyperactivity", "peer", "prosocial", "impact")
#: Upper limits of the first three steps; of the prosocial scale, where much is good, the lower limits.
_SDQ: Final[Mapping[Informant, tuple[tuple[int, int, int], ...]]] = {
    Informant.PARENT: ((13, 16, 19), (3, 4, 6), (2, 3, 5), (5, 7, 8), (2, 3, 4), (8, 7, 6), (0, 1, 2)),
    Informant.TEACHER: ((11, 15, 18), (3, 4, 5), (2, 3, 4), (5, 7, 8), (2, 4, 5), (6, 5, 4), (0, 1, 2)),
    Informant.SELF: ((14, 17, 19), (4, 5, 6), (3, 4, 5), (5, 6, 7), (2, 3, 4), (7, 6, 5), (0, 1, 2)),
}
_TOTALS: Final[Mapping[Instrument, Mapping[str, tuple[str, ...]]]] = {
    Instrument.SDQ: {"total": DIFFICULTIES, "internalising": INTERNALISING, "externalising": EXTERNALISING},
    Instrument.SCAS: {"total": SCAS_PARTS},
}


def totals(form: ScoreForm) -> dict[str, int]:
    """The sums that a paper's scales give; one is left out while a scale of it is missing."""
    return {
        name: sum(form.values[part] for part in parts)
        for name, parts in _TOTALS.get(form.instrument, {}).items()
        if all(part in form.values for part in parts)
    }


def bands(form: ScoreForm) -> dict[str, Band]:
    """The band of each scale and total that has one."""
    scores = {**form.values, **totals(form)}
    if form.instrument is Instrument.SDQ:
        limits = dict(zip(_SDQ_SCALES, _SDQ[form.informant], strict=True))
        return {name: _sdq(name, score, limits[name]) for name, score in scores.items() if name in limits}
    if form.instrument is Instrument.SCAS:
        t_score = scores.get("t_score")
        return {} if t_score is None else {"t_score": Band.ELEVATED if t_score >= SCAS_ELEVATED else Band.AVERAGE}
    if form.instrument is Instrument.CRAFFT:
        return {name: Band.POSITIVE if score >= CRAFFT_POSITIVE else Band.NEGATIVE for name, score in scores.items()}
    return {name: _assist(name, score) for name, score in scores.items()}


def _sdq(name: str, score: int, limits: tuple[int, int, int]) -> Band:
    if name == "prosocial":
        return next((step for step, least in zip(_STEPS, limits, strict=False) if score >= least), Band.VERY_HIGH)
    return next((step for step, most in zip(_STEPS, limits, strict=False) if score <= most), Band.VERY_HIGH)


def _assist(substance: str, score: int) -> Band:
    """Alcohol has a low band of its own: 0 to 10; all others 0 to 3."""
    if score >= _ASSIST_HIGH:
        return Band.HIGH_RISK
    return Band.LOW_RISK if score <= (10 if substance == "alcohol" else 3) else Band.MODERATE_RISK
