"""Marks, what they count for, and the percent.

Rule (product decisions, "Attendance"): percent = minutes attended / minutes of held sessions while enrolled, less
institution minutes. Excused stays in the denominator with a weight per reason. Cancelled sessions count nowhere.
Unmarked cells are outside all totals.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import NamedTuple

from tlbb_desktop.i18n.marks import Np_

CERTIFICATE_PERCENT = 80
LATE_DEFAULT_MINUTES = 15


class MarkCode(StrEnum):
    """What a cell of the register says. An empty cell has no mark at all and is shown as ``?``."""

    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left"
    EXCUSED = "excused"
    ABSENT = "absent"
    INSTITUTION = "institution"


MARK_NAMES = {
    MarkCode.PRESENT: Np_("came to class", "Present"),
    MarkCode.LATE: Np_("came late to class", "Late"),
    MarkCode.LEFT_EARLY: Np_("left the class early", "Left early"),
    MarkCode.EXCUSED: Np_("absent with permission", "Excused"),
    MarkCode.ABSENT: Np_("absent without permission", "Absent"),
    MarkCode.INSTITUTION: Np_("kept away by the prison", "Institution"),
}
UNMARKED_NAME = Np_("no mark in the register yet", "Unmarked")


class SessionState(StrEnum):
    """Whether a session took place."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class ReasonUse(StrEnum):
    """What a reason explains."""

    EXCUSED = "excused"
    INSTITUTION = "institution"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason that a manager edits.

    Args:
        id: row.
        code: short Latin word, used on the command line (``excused:sick``).
        use: which mark or state it explains.
        digit: the key 1 to 9 that names it in the register; 0 = none.
        name_km: wording in Khmer.
        name_en: wording in English.
        weight: share of the session's minutes counted as attended, in thousandths (0 to 1000); excused only.
        active: whether it is offered.
        version: for detecting two editors.
    """

    id: int
    code: str
    use: ReasonUse
    digit: int
    name_km: str
    name_en: str
    weight: int = 0
    active: bool = True
    version: int = 0


class Mark(NamedTuple):
    """One person's mark in one session; the lightest of types, as a month has a thousand of them.

    Args:
        session_id: row of the session.
        person_id: row of the person.
        code: the mark.
        reason_id: row of the reason (excused, institution) or None while none was given.
        minutes: minutes late or minutes left early; 0 for the other marks.
        note: free text.
        marked_at: when it was entered (entry day), aware.
        marked_by: row of the member of staff.
    """

    session_id: int
    person_id: int
    code: MarkCode
    reason_id: int | None = None
    minutes: int = 0
    note: str = ""
    marked_at: datetime | None = None
    marked_by: int | None = None


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session of a class, as the register's column.

    Args:
        id: row.
        class_id: row of the class.
        day: event day.
        starts, ends: planned times.
        state: planned, held or cancelled.
        reason_id: why it was cancelled, or None.
        real_starts, real_ends: real times, or None when as planned.
        repairs_session_id: the missed session that this make-up session repairs, or None.
        note: free text.
        version: for detecting two editors.
    """

    id: int
    class_id: int
    day: date
    starts: time
    ends: time
    state: SessionState
    reason_id: int | None = None
    real_starts: time | None = None
    real_ends: time | None = None
    repairs_session_id: int | None = None
    note: str = ""
    version: int = 1

    @property
    def minutes(self) -> int:
        """Length in minutes, by the real times where they are known."""
        return max(0, minutes_between(self.real_starts or self.starts, self.real_ends or self.ends))

    @property
    def is_for_some(self) -> bool:
        """Whether it is a make-up that was held: only those come who missed something, and a blank says nothing."""
        return self.repairs_session_id is not None and self.state is SessionState.HELD


def minutes_between(starts: time, ends: time) -> int:
    """Minutes from *starts* to *ends* on one day (negative when *ends* is earlier)."""
    return (ends.hour - starts.hour) * 60 + ends.minute - starts.minute


def attended_minutes(code: MarkCode, length: int, lost: int, weight: int) -> int:
    """Minutes that a mark counts as attended.

    Args:
        code: the mark.
        length: length of the session in minutes.
        lost: minutes late or minutes left early.
        weight: weight of the excuse in thousandths.
    """
    if code is MarkCode.PRESENT:
        return length
    if code in (MarkCode.LATE, MarkCode.LEFT_EARLY):
        return max(0, length - lost)
    if code is MarkCode.EXCUSED:
        return length * weight // 1000
    return 0


class MarkedSession(NamedTuple):
    """What the tally needs of one cell: the session's state and length, and the mark or None when unmarked.

    A register makes a thousand of them at once, so it is the lightest of types.
    """

    state: SessionState
    length: int
    code: MarkCode | None
    lost: int = 0
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """Totals of one person over some sessions; counts are sessions, minutes are minutes.

    ``held`` counts held sessions while enrolled; ``unmarked`` those of them without a mark. ``present`` counts the
    marks present only; late and left early have their own counts.
    """

    held: int = 0
    present: int = 0
    late: int = 0
    left: int = 0
    excused: int = 0
    absent: int = 0
    institution: int = 0
    unmarked: int = 0
    minutes_due: int = 0
    minutes_attended: int = 0
    minutes_institution: int = 0

    @property
    def percent(self) -> float | None:
        """0 to 100 with one decimal (half up), or None when nothing was due."""
        if self.minutes_due == 0:
            return None
        return (self.minutes_attended * 2000 + self.minutes_due) // (2 * self.minutes_due) / 10


def tally(cells: Iterable[MarkedSession]) -> Tally:
    """Add up one person's cells. Planned and cancelled sessions count nowhere; unmarked ones only as unmarked."""
    counts = dict.fromkeys(MarkCode, 0)
    held = unmarked = due = attended = institution = 0
    for cell in cells:
        if cell.state is not SessionState.HELD:
            continue
        held += 1
        if cell.code is None:
            unmarked += 1
            continue
        counts[cell.code] += 1
        if cell.code is MarkCode.INSTITUTION:
            institution += cell.length
            continue
        due += cell.length
        attended += attended_minutes(cell.code, cell.length, cell.lost, cell.weight)
    return Tally(
        held=held,
        present=counts[MarkCode.PRESENT],
        late=counts[MarkCode.LATE],
        left=counts[MarkCode.LEFT_EARLY],
        excused=counts[MarkCode.EXCUSED],
        absent=counts[MarkCode.ABSENT],
        institution=counts[MarkCode.INSTITUTION],
        unmarked=unmarked,
        minutes_due=due,
        minutes_attended=attended,
        minutes_institution=institution,
    )


def best_reachable_percent(so_far: Tally, open_minutes: int) -> float | None:
    """The percent if every open minute (unmarked or planned) is attended in full; None when nothing is due at all."""
    due = so_far.minutes_due + open_minutes
    return None if due == 0 else 100 * (so_far.minutes_attended + open_minutes) / due


def out_of_reach(so_far: Tally, open_minutes: int, goal: int = CERTIFICATE_PERCENT) -> bool:
    """Whether the person can no longer reach *goal* percent."""
    best = best_reachable_percent(so_far, open_minutes)
    return best is not None and best < goal
