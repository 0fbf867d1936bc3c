"""Scores of instruments whose items are not ours: SDQ, SCAS, CRAFFT, ASSIST. Totals and bands only (licences)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final


class Instrument(StrEnum):
    """Whose paper was filled in."""

    SDQ = "sdq"
    SCAS = "scas"
    CRAFFT = "crafft"
    ASSIST = "assist"


class Informant(StrEnum):
    """Who answered."""

    SELF = "self"
    PARENT = "parent"
    TEACHER = "teacher"


class Administered(StrEnum):
    """How the paper was answered."""

    SELF = "self"
    READ_ALOUD = "read_aloud"


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale of an instrument: its name, and its range."""

    name: str
    least: int
    most: int


SCALES: Final[Mapping[Instrument, tuple[Scale, ...]]] = {
    Instrument.SDQ: (
        Scale("emotional", 0, 10),
        Scale("conduct", 0, 10),
        Scale("hyperactivity", 0, 10),
        Scale("peer", 0, 10),
        Scale("prosocial", 0, 10),
        Scale("impact", 0, 10),
    ),
    Instrument.SCAS: (
        Scale("separation", 0, 18),
        Scale("social", 0, 18),
        Scale("obsessive", 0, 18),
        Scale("panic", 0, 27),
        Scale("injury", 0, 15),
        Scale("general", 0, 18),
        Scale("t_score", 0, 100),
    ),
    Instrument.CRAFFT: (Scale("total", 0, 6),),
    Instrument.ASSIST: (
        Scale("tobacco", 0, 39),
        Scale("alcohol", 0, 39),
        Scale("cannabis", 0, 39),
        Scale("stimulants", 0, 39),
        Scale("inhalants", 0, 39),
        Scale("sedatives", 0, 39),
        Scale("opioids", 0, 39),
        Scale("other", 0, 39),
    ),
}


@dataclass(frozen=True, slots=True)
class ScoreForm:
    """The scores of one paper, sealed under ``counselling``.

    Args:
        instrument: whose paper.
        values: scale -> score; a scale that could not be counted is left out.
        informant: who answered.
        administered: how.
        edition: of the paper, such as ``P4-17``.
        note: anything that matters for reading it.
    """

    instrument: Instrument
    values: Mapping[str, int] = field(default_factory=dict)
    informant: Informant = Informant.SELF
    administered: Administered = Administered.SELF
    edition: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ScoreRecord:
    """A score form with its place: row, case, day, and the version for detecting two editors."""

    id: int | None
    case_id: int
    on_day: date
    form: ScoreForm
    version: int = 0
