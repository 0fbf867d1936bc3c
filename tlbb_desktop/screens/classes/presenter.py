"""What the classes page shows and does, without widgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from tlbb_desktop.domain.attendance import Reason, ReasonUse, SessionRow, SessionState
from tlbb_desktop.domain.classes import ClassRow, Course, Enrolment, TrainingClass, read_list_number
from tlbb_desktop.domain.curricula import Curriculum, Unit
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import ACTIVE_STATUSES, PeopleFilter, PersonKind, PersonRow, Prison
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.domain.unit_hours import UnitSpell
from tlbb_desktop.khmer import holds, search_key
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.wiring import Desk

USUAL_MONTHS = 3
MORNING = (time(8), time(11))


@dataclass(frozen=True, slots=True)
class FormChoices:
    """What the boxes of the class form offer."""

    courses: tuple[Course, ...]
    prisons: tuple[Prison, ...]
    trainers: tuple[tuple[int, str], ...]


class ClassesPresenter:
    """The list of classes and the form of one.

    Args:
        desk: the services.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rows: tuple[ClassRow, ...] = ()

    @property
    def today(self) -> date:
        """The working day."""
        return self._desk.office.clock.today()

    @property
    def any_class(self) -> bool:
        """Whether there is a class at all."""
        return bool(self._rows)

    def may_write(self, prison_id: int | None = None) -> bool:
        """Whether the reader may add or change classes (at a prison)."""
        return self._desk.office.may(Action.CLASS_WRITE, prison_id)

    def load(self) -> None:
        """Read the list afresh."""
        self._rows = self._desk.classes.classes()

    def lines(self, text: str, *, running: bool) -> dict[int, ClassRow]:
        """Classes whose code, course, prison or trainer holds *text*.

        Args:
            text: as typed, in any script.
            running: only those that have not ended.
        """
        wanted = search_key(text)
        return {
            row.id: row
            for row in self._rows
            if (not running or row.ends_on >= self.today)
            and holds(wanted, row.code, row.course_km, row.course_en, row.prison, row.trainer)
        }

    def choices(self, group: TrainingClass) -> FormChoices:
        """What may be chosen; what *group* has already is offered too."""
        limit = self._desk.office.prison_limit(Action.CLASS_WRITE)
        courses = self._desk.classes.courses()
        prisons = self._desk.prisons.prisons()
        return FormChoices(
            tuple(each for each in courses if each.active or each.id == group.course_id),
            tuple(
                each
                for each in prisons
                if each.id == group.prison_id or (each.active and (limit is None or each.id in limit))
            ),
            self._desk.classes.trainers(),
        )

    def new_class(self) -> TrainingClass:
        """A form with what is likely: the home's prison, the reader as trainer, three months from today."""
        own = self._desk.prisons.own()
        actor, today = self._desk.actor, self.today
        courses = self._desk.classes.courses(active_only=True)
        return TrainingClass(
            id=None,
            code="",
            course_id=(courses[0].id or 0) if courses else 0,
            prison_id=own.id if own else 0,
            trainer_id=actor.staff_id if actor.role is Role.TRAINER else None,
            starts_on=today,
            ends_on=Month.of(today).shift(USUAL_MONTHS).last,
            timetable=(),
        )

    def group(self, class_id: int) -> TrainingClass:
        """A class for its form."""
        return self._desk.classes.group(class_id)

    def proposed_code(self, course_code: str, prison_code: str, starts_on: date) -> str:
        """Such as ``SR-MOTO-26``, or ``SR-MOTO-26-2`` when that one is taken."""
        stem = f"{prison_code}-{course_code.upper()}-{starts_on:%y}"
        taken = {row.code.upper() for row in self._rows}
        number = 1
        while (code := stem if number == 1 else f"{stem}-{number}") in taken:
            number += 1
        return code

    def save(self, group: TrainingClass) -> int:
        """Add or change a class; returns its row."""
        return self._desk.classes.save(group)


class ClassPresenter:
    """One class: whom it has and its sessions of a month.

    Args:
        desk: the services.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.row: ClassRow | None = None
        self.group: TrainingClass | None = None
        self.month = Month.of(desk.office.clock.today())
        self.enrolments: tuple[Enrolment, ...] = ()
        self.sessions: tuple[SessionRow, ...] = ()
        self.reasons: dict[int, Reason] = {}
        self.repaired: dict[int, SessionRow] = {}
        self.curriculum: Curriculum | None = None
        self.spells: tuple[UnitSpell, ...] = ()

    @property
    def today(self) -> date:
        """The working day."""
        return self._desk.office.clock.today()

    def load(self, class_id: int, month: Month | None = None) -> None:
        """Read a class; without a month the current one, or the nearest in which the class runs."""
        classes = self._desk.classes
        self.row, self.group = classes.row(class_id), classes.group(class_id)
        self.enrolments = classes.enrolments(class_id)
        self.reasons = {reason.id: reason for reason in self._desk.attendance.reasons(ReasonUse.CANCELLED)}
        self.curriculum = self._desk.curricula.of_class(class_id)
        self.spells = self._desk.teaching.spells(class_id) if self.may(Action.PROGRESS_READ) else ()
        self.month = month or Month.of(max(self.group.starts_on, min(self.group.ends_on, self.today)))
        self._read_sessions()

    def show_month(self, month: Month) -> None:
        """Read the sessions of another month."""
        self.month = month
        self._read_sessions()

    def _read_sessions(self) -> None:
        if self.group is None or self.group.id is None:
            return
        of_class = self._desk.classes.sessions(self.group.id, date.min, date.max)
        self.repaired = {session.id: session for session in of_class}
        self.sessions = tuple(session for session in of_class if session.day in self.month)

    def may(self, action: Action) -> bool:
        """Whether the reader may do *action* with this class."""
        return self.row is not None and self._desk.office.may(action, self.row.prison_id)

    def unit_now(self) -> tuple[Unit, date] | None:
        """The unit that the class is at, or begins with, and the day from which on; None for one without units."""
        begun = [spell for spell in self.spells if spell.starts_on <= self.today] or list(self.spells[:1])
        unit = self.curriculum.unit(begun[-1].unit_id) if self.curriculum and begun else None
        return (unit, begun[-1].starts_on) if unit is not None else None

    def first_day(self) -> date:
        """The day that a new enrolment most likely begins on: the class's start for the first people, later today."""
        group = self._known_group()
        if not self.enrolments:
            return group.starts_on
        return max(group.starts_on, min(group.ends_on, self.today))

    def people_to_enrol(self, text: str = "") -> list[PersonRow]:
        """Active participants of the class's prison who are not on its list, as *text* finds them."""
        group = self._known_group()
        on_list = {one.person_id for one in self.enrolments if one.ends_on is None}
        wish = PeopleFilter(search=text, prison_id=group.prison_id, kind=PersonKind.PARTICIPANT)
        ids = [person_id for person_id in self._desk.people.ids(wish) if person_id not in on_list]
        rows = self._desk.people.rows(ids)
        return [row for person_id in ids if (row := rows.get(person_id)) and row.status in ACTIVE_STATUSES]

    def enrol(self, person_ids: Sequence[int] | None, starts_on: date) -> int:
        """Put people (None = all active ones who never were in it) on the list; returns how many are new."""
        return self._desk.classes.enrol(self._class_id(), person_ids, starts_on)

    def end_enrolment(self, enrolment_id: int, day: date, reason: str) -> None:
        """Take somebody off the list after *day*."""
        self._desk.classes.end_enrolment(enrolment_id, day, reason)

    def set_list_number(self, enrolment_id: int, text: str) -> None:
        """Give a learner the number that is typed, and read the list again."""
        enrolment = next(one for one in self.enrolments if one.id == enrolment_id)
        self._desk.classes.set_list_number(enrolment_id, read_list_number(text), enrolment.version)
        self.enrolments = self._desk.classes.enrolments(self._class_id())

    def enrolment_after(self, enrolment_id: int) -> Enrolment | None:
        """Who stands below somebody on the page."""
        ids = [one.id for one in self.enrolments]
        below = ids.index(enrolment_id) + 1
        return self.enrolments[below] if below < len(ids) else None

    def nearest_session(self) -> int | None:
        """The first session of the month from today on, else its last one."""
        coming = [session for session in self.sessions if session.day >= self.today]
        found = coming[:1] or self.sessions[-1:]
        return found[0].id if found else None

    def likely_session(self) -> tuple[date, time, time]:
        """Day and times that a session added by hand most likely has."""
        group = self._known_group()
        starts, ends = (group.timetable[0].starts, group.timetable[0].ends) if group.timetable else MORNING
        taken = {session.day for session in self.sessions}
        day = self.today if self.today in self.month else self.month.first
        while day in taken and day < self.month.last:
            day += timedelta(days=1)
        return day, starts, ends

    def missed_sessions(self) -> list[SessionRow]:
        """Cancelled sessions that no other one makes up for yet, newest first."""
        made_up = {session.repairs_session_id for session in self.repaired.values()}
        missed = [
            session
            for session in self.repaired.values()
            if session.state is SessionState.CANCELLED and session.id not in made_up
        ]
        return missed[::-1]

    def add_session(self, day: date, starts: time, ends: time, repairs: int | None) -> int:
        """Plan a session by hand; returns its row."""
        return self._desk.classes.add_session(self._class_id(), day, starts, ends, repairs)

    def _known_group(self) -> TrainingClass:
        assert self.group is not None  # noqa: S101 - the pane is only shown for a class that was read
        return self.group

    def _class_id(self) -> int:
        return self._known_group().id or 0
