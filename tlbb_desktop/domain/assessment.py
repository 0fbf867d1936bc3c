"""Attempts at a unit: what was shown, what it came to, and which attempt counts.

Nothing is overwritten: a wrong entry is taken back by a correcting entry that names it. Of the attempts that stand, the
latest one by its day decides, as the latest mark does in the register.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NamedTuple

from tlbb_desktop.domain.curricula import Basis, Unit
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.i18n.marks import N_, MarkedWord, Np_


class Outcome(StrEnum):
    """What an attempt came to. There are no marks and nobody fails."""

    COMPETENT = "competent"
    NOT_YET = "not-yet"


OUTCOME_NAMES: Final[dict[Basis, dict[Outcome, MarkedWord]]] = {
    Basis.COMPETENCE: {
        Outcome.COMPETENT: Np_("result of an attempt", "Competent"),
        Outcome.NOT_YET: Np_("result of an attempt", "Not yet competent"),
    },
    Basis.PARTICIPATION: {
        Outcome.COMPETENT: Np_("result of a module", "Took part, product made"),
        Outcome.NOT_YET: Np_("result of a module", "Not yet done"),
    },
}


class EntryKind(StrEnum):
    """What an entry of the story of a unit is."""

    ATTEMPT = "attempt"
    PRIOR = "prior"
    BROUGHT = "brought"
    SECOND = "second"
    TAKEN_BACK = "taken-back"


KIND_NAMES: Final = {
    EntryKind.ATTEMPT: Np_("entry about a unit", "Attempt"),
    EntryKind.PRIOR: Np_("entry about a unit", "Prior learning"),
    EntryKind.BROUGHT: Np_("entry about a unit", "Brought from another place"),
    EntryKind.SECOND: Np_("entry about a unit", "Second assessor"),
    EntryKind.TAKEN_BACK: Np_("entry about a unit", "Taken back"),
}


class Entry(NamedTuple):
    """One entry about a learner and a unit; a board reads hundreds of them, so it is the lightest of types.

    Args:
        id: row; later entries have higher ones.
        person_id, unit_id: whose and which.
        kind: what it is.
        outcome: what it came to; None for a correcting entry, and for hours that were brought without an attempt.
        day: event day.
        minutes: that it credits besides the sessions (prior learning, a record from another place).
        corrects_id: the entry that this one takes back; of an attempt, the undoing after which it was brought back.
    """

    id: int
    person_id: int
    unit_id: int
    kind: EntryKind
    outcome: Outcome | None
    day: date
    minutes: int = 0
    corrects_id: int | None = None


@dataclass(frozen=True, slots=True)
class AttemptStory:
    """An entry as the history of a cell shows it, with who and when.

    Args:
        entry: what was entered.
        class_code: in which class.
        assessor: name of who assessed.
        passed: numbers of the criteria that were shown; None when they were not listed.
        feedback: for the learner.
        reason: of prior learning, or why it was taken back.
        at: when it was entered.
        by: name of who entered it.
        stands: whether it was not taken back.
        not_shown: numbers of the criteria that were not shown, of the version of the curriculum that it was made by.
    """

    entry: Entry
    class_code: str
    assessor: str
    passed: tuple[int, ...] | None
    feedback: str
    reason: str
    at: datetime
    by: str
    stands: bool
    not_shown: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CellState:
    """What a learner has reached in a unit.

    Args:
        outcome: of the attempt that counts.
        kind: what that is.
        day: of that attempt.
        attempts: how many stand.
        minutes: credited besides the sessions.
        entry_id: the newest entry of any kind, for detecting two editors.
        counted_id: the attempt that counts.
        second: what a second assessor found on the same day, or None while nobody looked a second time.
    """

    outcome: Outcome
    kind: EntryKind
    day: date
    attempts: int
    minutes: int
    entry_id: int
    counted_id: int = 0
    second: Outcome | None = None

    @property
    def competent(self) -> bool:
        """Whether the unit is reached."""
        return self.outcome is Outcome.COMPETENT

    @property
    def differs(self) -> bool:
        """Whether a second assessor came to another result; the first one's counts until it is taken back."""
        return self.second is not None and self.second is not self.outcome


@dataclass(frozen=True, slots=True)
class LastAttempt:
    """The last entry about a unit that is kept on this laptop, for the first line after an unexpected stop.

    Args:
        class_code, class_id: in which class.
        day: event day.
        shown_name: of the learner.
        unit_code: of the unit.
        kind, outcome: what it is and what it came to.
        basis: what the unit is judged by.
        at: when it was entered.
    """

    class_code: str
    class_id: int
    day: date
    shown_name: str
    unit_code: str
    kind: EntryKind
    outcome: Outcome | None
    basis: Basis
    at: datetime


@dataclass(frozen=True, slots=True)
class SetAttempt:
    """Wish to record one attempt.

    Args:
        person_id, unit_id: the cell.
        day: event day; also one that is over.
        outcome: what it came to.
        failed: numbers of the criteria that were not shown; all others were. None with *not yet*: they were not listed.
        feedback: for the learner, at most 500 letters.
        assessor_id: row of the member of staff who assessed; None = who enters it.
        seen: ``entry_id`` of the state that the screen shows, 0 where nothing stands; None = whatever stands is fine.
    """

    person_id: int
    unit_id: int
    day: date
    outcome: Outcome
    failed: frozenset[int] | None = frozenset()
    feedback: str = ""
    assessor_id: int | None = None
    seen: int | None = None


#: Name of the setting: which share of the attempts, in percent, a second assessor checks; 0 = none.
SECOND_ASSESSOR_PERCENT: Final = "second_assessor_percent"


@dataclass(frozen=True, slots=True)
class Assessor:
    """Somebody who may assess: row of the member of staff, and name."""

    staff_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Assessed:
    """Cells as they are after an act: (person, unit) -> state, None = nothing stands."""

    cells: dict[tuple[int, int], CellState | None]


def passed_criteria(unit: Unit, wish: SetAttempt) -> tuple[int, ...] | None:
    """The criteria that an attempt shows.

    Raises:
        Refused: a number that the unit does not have, or *competent* without a critical criterion.
    """
    if wish.failed is None and wish.outcome is Outcome.NOT_YET:
        return None
    failed = wish.failed or frozenset()
    if strange := sorted(failed - unit.numbers):
        raise Refused(
            N_("Unit {unit} has no criterion {numbers}. Nothing was changed."),
            place="criteria",
            unit=unit.code,
            numbers=tuple(strange),
        )
    critical = sorted(failed & unit.critical)
    if critical and wish.outcome is Outcome.COMPETENT:
        raise Refused(
            N_(
                "Unit {unit} is competent only when every critical criterion is shown; {numbers} was not."
                " Record “not yet competent”."
            ),
            place="criteria",
            unit=unit.code,
            numbers=tuple(critical),
        )
    return tuple(sorted(unit.numbers - failed))


def standing(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The attempts of one cell that were not taken back, in order of day, then of entry."""
    known = list(entries)
    if len(known) == 1:
        return () if known[0].outcome is None or known[0].kind is EntryKind.SECOND else (known[0],)
    gone = {entry.corrects_id for entry in known if entry.corrects_id is not None}
    return tuple(
        sorted(
            (
                entry
                for entry in known
                if entry.outcome is not None and entry.id not in gone and entry.kind is not EntryKind.SECOND
            ),
            key=lambda entry: (entry.day, entry.id),
        )
    )


def state_of(entries: Sequence[Entry]) -> CellState | None:
    """What a cell has reached by its entries; None when no attempt stands."""
    attempts = standing(entries)
    if not attempts:
        return None
    last = attempts[-1]
    assert last.outcome is not None  # noqa: S101 - standing() leaves out the others
    return CellState(
        outcome=last.outcome,
        kind=last.kind,
        day=last.day,
        attempts=len(attempts),
        minutes=last.minutes if len(attempts) == 1 else sum(entry.minutes for entry in attempts),
        entry_id=last.id if len(entries) == 1 else max(entry.id for entry in entries),
        counted_id=last.id,
        second=None if len(entries) == 1 else _second(entries, last),
    )


def _second(entries: Sequence[Entry], counted: Entry) -> Outcome | None:
    """What the newest second assessment of the day of the attempt that counts came to."""
    gone = {entry.corrects_id for entry in entries}
    found = [
        entry.outcome
        for entry in entries
        if entry.kind is EntryKind.SECOND and entry.day == counted.day and entry.id not in gone
    ]
    return found[-1] if found and counted.kind is EntryKind.ATTEMPT else None


def in_sample(uuid: bytes, percent: int) -> bool:
    """Whether an attempt belongs to the sample that a second assessor checks.

    The random bits of its id decide, so nobody can know it before the result is written, or change it afterwards.
    """
    return int.from_bytes(uuid[-4:], "big") % 100 < percent


def credits_of(entries: Iterable[Entry]) -> dict[tuple[int, int], int]:
    """(person, unit) -> minutes credited besides the sessions, by entries that were not taken back."""
    known = list(entries)
    gone = {entry.corrects_id for entry in known if entry.corrects_id is not None}
    found: dict[tuple[int, int], int] = {}
    for entry in known:
        if entry.minutes and entry.id not in gone:
            cell = (entry.person_id, entry.unit_id)
            found[cell] = found.get(cell, 0) + entry.minutes
    return found


def counted_credits(credited: Mapping[int, int], units: Iterable[Unit]) -> dict[int, int]:
    """Unit -> minutes credited besides the sessions that count: of the units taught, none above the unit's own."""
    return {
        unit.id: min(minutes, unit.minutes)
        for unit in units
        if unit.id is not None and (minutes := credited.get(unit.id, 0))
    }


def states(entries: Iterable[Entry]) -> dict[tuple[int, int], CellState]:
    """(person, unit) -> state, of all cells in which an attempt stands."""
    cells: dict[tuple[int, int], list[Entry]] = {}
    for entry in entries:
        cells.setdefault((entry.person_id, entry.unit_id), []).append(entry)
    found = ((cell, state_of(theirs)) for cell, theirs in cells.items())
    return {cell: state for cell, state in found if state is not None}
