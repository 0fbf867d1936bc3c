"""Courses, classes, their timetable and who is enrolled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import IntEnum, StrEnum

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.khmer import to_ascii_digits

HIGHEST_LIST_NUMBER = 9999


class Weekday(IntEnum):
    """Days of the week, Monday first, as ``date.weekday`` counts them."""

    MON = 0
    TUE = 1
    WED = 2
    THU = 3
    FRI = 4
    SAT = 5
    SUN = 6


class RosterOrder(StrEnum):
    """In which order the learners stand on register and sheet."""

    KHMER = "khmer"
    PRISON_LIST = "prison_list"


ORDER_NAMES = {
    RosterOrder.KHMER: Np_("order of learners", "Khmer order"),
    RosterOrder.PRISON_LIST: Np_("order of learners", "Order of the prison's list"),
}


@dataclass(frozen=True, slots=True)
class Course:
    """What is taught.

    Args:
        id: row, or None for a new one.
        code: Latin word such as ``moto``.
        name_km, name_en: titles.
        active: whether new classes may choose it.
    """

    id: int | None
    code: str
    name_km: str
    name_en: str
    active: bool = True
    version: int = 0


@dataclass(frozen=True, slots=True)
class TimetableSlot:
    """One lesson of the week."""

    weekday: Weekday
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class TrainingClass:
    """A run of a course at a prison.

    Args:
        id: row, or None for a new one.
        code: short text on lists and sheets, such as ``SR-MOTO-26``.
        course_id, prison_id: rows.
        trainer_id: row of the member of staff, or None.
        starts_on, ends_on: first and last day.
        timetable: lessons of the week.
        order: of the learners.
    """

    id: int | None
    code: str
    course_id: int
    prison_id: int
    trainer_id: int | None
    starts_on: date
    ends_on: date
    timetable: tuple[TimetableSlot, ...]
    order: RosterOrder = RosterOrder.KHMER
    version: int = 0


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A line of the list of classes; ``learners`` and ``female`` count today's roster."""

    id: int
    code: str
    course_code: str
    course_km: str
    course_en: str
    prison_id: int
    prison: str
    trainer: str
    starts_on: date
    ends_on: date
    learners: int
    female: int


@dataclass(frozen=True, slots=True)
class ClassName:
    """A class as a box offers it for choosing."""

    id: int
    code: str
    course_km: str
    course_en: str


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A person in a class, from a day to a day (both included; None = open), with the number on the prison's list."""

    id: int
    person_id: int
    code: str
    shown_name: str
    starts_on: date
    ends_on: date | None
    list_number: int | None
    version: int = 0

    def over_by(self, day: date) -> bool:
        """Whether the person is off the list on *day*: it ended before, or was entered by mistake."""
        return self.ends_on is not None and self.ends_on < max(day, self.starts_on)


def check_list_number(number: int | None) -> None:
    """Raise Refused when *number* is one that no list has."""
    if number is not None and not 1 <= number <= HIGHEST_LIST_NUMBER:
        raise Refused(N_("A number on the list is one from 1 to 9999."), place="number")


def read_list_number(text: str) -> int | None:
    """A number on the prison's list, in the digits of either script; None for no number.

    Raises:
        Refused: it is no number, or one that no list has.
    """
    typed = to_ascii_digits(text).strip()
    if not typed:
        return None
    if not typed.isdecimal() or not 1 <= int(typed[:9]) <= HIGHEST_LIST_NUMBER:
        raise Refused(N_("The number {text} cannot be read. Write one from 1 to 9999, or nothing."), text=text.strip())
    return int(typed)


#: Who says that a day is a holiday: the `holidays` package, or what the staff changed.
PACKAGE, STAFF = "package", "staff"


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day without classes, unless ``working`` says that the yearly decree made it a working day."""

    day: date
    name_km: str
    name_en: str
    working: bool = False
    source: str = PACKAGE
