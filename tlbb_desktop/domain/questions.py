"""What one member of staff asks another, and rows that wait to be joined to a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tlbb_desktop.i18n.marks import Np_


class QuestionKind(StrEnum):
    """What is asked."""

    GONE = "gone"


KIND_NAMES = {QuestionKind.GONE: Np_("question about a person", "Is he or she gone?")}


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that nobody has answered.

    Args:
        id: row.
        kind: what is asked.
        person_id, code, shown_name: about whom.
        class_id, class_code: from which class's register, or None and ``""``.
        text: what the asker added.
        asked_at: when, aware.
        asked_by: name of the member of staff.
    """

    id: int
    kind: QuestionKind
    person_id: int
    code: str
    shown_name: str
    class_id: int | None
    class_code: str
    text: str
    asked_at: datetime
    asked_by: str


@dataclass(frozen=True, slots=True)
class GuestRow:
    """A row that a trainer added to a register and nobody has joined to a record yet.

    Args:
        person_id: row of the guest.
        code: the program's code for the row.
        shown_name: as the trainer wrote it.
        note: as the trainer wrote it.
        class_id, class_code: the class.
        days: days on which the guest stands on the roster, in order.
        marks: number of marks that will move with a join.
    """

    person_id: int
    code: str
    shown_name: str
    note: str
    class_id: int
    class_code: str
    days: tuple[date, ...]
    marks: int
