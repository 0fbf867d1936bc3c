"""Re-offence events with their evidence, and until when an outcome is known (programme facts, form K)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum

from tlbb_desktop.domain.births import BirthPrecision
from tlbb_desktop.domain.legal_files import OffenceCategory


class EvidenceLevel(IntEnum):
    """How sure an event is; an acquittal takes it to 0, which never counts."""

    ACQUITTED = 0
    REPORT = 1
    ARREST = 2
    CHARGE = 3
    CONVICTION = 4
    IMPRISONMENT = 5


class EventSource(StrEnum):
    """Who said so."""

    PARTICIPANT = "participant"
    FAMILY = "family"
    POLICE = "police"
    COURT = "court"
    PRISON_LIST = "prison_list"
    LOCAL_AUTHORITY = "local_authority"
    MEDIA = "media"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class ReoffenceForm:
    """An event, sealed under ``aftercare``.

    Args:
        event_on: day of the offence.
        level: how sure.
        known_on: when the programme heard of it.
        source: who said so.
        precision: how exactly the day is known: day, month or year.
        category: of the offence, or None.
        same_type: whether it is the offence of before, or None.
        before_release: whether it is said to have happened before this release; then it does not count.
        place, outcome: in words.
        custody_on: day of a new custody, or None.
        prison_id: the prison, or None.
        support: what was offered.
        reviewed_on: when a manager looked at it, or None.
        why: why the event was changed last.
        void: whether the contact that opened it was taken back; then it is no event.
    """

    event_on: date
    level: EvidenceLevel
    known_on: date
    source: EventSource
    precision: BirthPrecision = BirthPrecision.DAY
    category: OffenceCategory | None = None
    same_type: bool | None = None
    before_release: bool = False
    place: str = ""
    outcome: str = ""
    custody_on: date | None = None
    prison_id: int | None = None
    support: str = ""
    reviewed_on: date | None = None
    why: str = ""
    void: bool = False


@dataclass(frozen=True, slots=True)
class ReoffenceEvent:
    """An event with its row (None for a new one), person and version."""

    id: int | None
    person_id: int
    form: ReoffenceForm
    version: int = 0


@dataclass(frozen=True, slots=True)
class OutcomeKnownForm:
    """Until when an outcome is known, sealed under ``aftercare``.

    Args:
        until: the last day for which it is known.
        level: the lowest level of events that is known by it: 5 for a prison's admission list, else 1.
        source: where it comes from.
        prison_id: the one prison that a list speaks of, or None.
        check_id: the check of a list that it comes from, or None.
        died_on: day of death, where that is what ended it, or None.
        void: whether the contact that told it was taken back.
    """

    until: date
    level: EvidenceLevel = EvidenceLevel.REPORT
    source: EventSource = EventSource.PARTICIPANT
    prison_id: int | None = None
    check_id: int | None = None
    died_on: date | None = None
    void: bool = False


class PairDecision(StrEnum):
    """What a person decided about a line of an admission list and somebody on record."""

    SAME = "same"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class AdmissionLine:
    """A line of a prison's admission list: names as written, the day of admission, and what else stands there."""

    row: int
    name_km: str
    name_latin: str
    admitted_on: date | None = None
    birth: str = ""
    other: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AdmissionPairForm:
    """A line beside a person, sealed under ``aftercare``; ``decision`` is None while nobody decided.

    ``likeness`` is a word of ``domain.admission_matching``.
    """

    line: AdmissionLine
    decision: PairDecision | None = None
    reoffence_id: int | None = None
    likeness: str = ""


@dataclass(frozen=True, slots=True)
class AdmissionCheckForm:
    """A check, sealed under ``aftercare``: name of the file, its first and last day, lines, people compared by id."""

    file_name: str
    listed_from: date
    listed_until: date
    lines: int
    person_ids: tuple[int, ...] = ()
