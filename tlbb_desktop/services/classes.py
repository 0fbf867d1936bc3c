"""Courses, classes, who is enrolled, and the sessions that a class has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from sqlalchemy import Connection

from tlbb_desktop.data import models
from tlbb_desktop.data.queries import classes as queries
from tlbb_desktop.data.repositories import classes as rows
from tlbb_desktop.domain.attendance import SessionRow
from tlbb_desktop.domain.classes import (
    HIGHEST_LIST_NUMBER,
    ClassName,
    ClassRow,
    Course,
    Enrolment,
    TrainingClass,
    check_list_number,
)
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.timetables import Lesson, check_times, check_timetable
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import normalise
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services import class_curricula, class_sessions
from tlbb_desktop.services.calendar import days_off
from tlbb_desktop.services.class_access import prison_of
from tlbb_desktop.services.office import Act, Office

LONGEST_CODE = 40


class ClassService:
    """What is taught, to whom, and when."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def courses(self, active_only: bool = False) -> tuple[Course, ...]:
        """The courses in order of their codes."""
        with self._office.read(Action.CLASS_READ) as connection:
            return queries.courses(connection, active_only=active_only)

    def save_course(self, course: Course) -> int:
        """Add or change a course; returns its row.

        Raises:
            Refused: no code or title, or another course bears the code.
            ChangedMeanwhile: somebody saved it after it was read.
        """
        course = replace(
            course,
            code=checked_code(course.code),
            name_km=normalise(course.name_km).strip(),
            name_en=normalise(course.name_en).strip(),
        )
        if not (course.name_km or course.name_en):
            raise Refused(N_("A course needs a title."), place="name_km")
        with self._office.act(Action.COURSE_WRITE) as act:
            others = queries.courses(act.connection, active_only=False)
            if any(other.code == course.code and other.id != course.id for other in others):
                raise Refused(N_("Another course has the code {code}."), place="code", code=course.code)
            course_id = self._store_course(act, course)
            act.record("course", f"course:{course_id}", "saved")
            act.changed("course", course_id)
        return course_id

    def classes(self, *, prison_id: int | None = None, on: date | None = None) -> tuple[ClassRow, ...]:
        """The classes that the actor may see, in order of their codes.

        Args:
            prison_id: only those at this prison.
            on: only those that run on this day.
        """
        limit = self._office.prison_limit(Action.CLASS_READ)
        with self._office.read(Action.CLASS_READ, prison_id) as connection:
            prisons = limit if prison_id is None else {prison_id}
            return queries.class_rows(connection, self._office.clock.today(), prisons=prisons, on=on)

    def names(self) -> tuple[ClassName, ...]:
        """The classes that the actor may see, for choosing one; quicker than :meth:`classes`, which counts learners."""
        limit = self._office.prison_limit(Action.CLASS_READ)
        with self._office.read(Action.CLASS_READ) as connection:
            return queries.class_names(connection, limit)

    def class_named(self, code: str) -> int:
        """The row of the class with this code. Raises NotFound when there is none."""
        with self._office.read(Action.CLASS_READ) as connection:
            found = queries.class_with_code(connection, code.strip())
        if found is None:
            raise NotFound(N_("There is no class with the code {code}."), code=code)
        return found

    def course_named(self, code: str) -> int:
        """The row of the course with this code. Raises NotFound, which names the codes that there are."""
        courses = self.courses()
        for course in courses:
            if course.code == code.strip().lower() and course.id is not None:
                return course.id
        raise NotFound(
            N_("There is no course with the code {code}. The courses are: {known}."),
            code=code,
            known=", ".join(course.code for course in courses),
        )

    def group(self, class_id: int) -> TrainingClass:
        """A class with its timetable, for its form."""
        with self._office.read(Action.CLASS_READ, prison_of(self._office, class_id)) as connection:
            return _class(connection, class_id)

    def row(self, class_id: int) -> ClassRow:
        """The line of a class."""
        with self._office.read(Action.CLASS_READ, prison_of(self._office, class_id)) as connection:
            return queries.class_row(connection, self._office.clock.today(), class_id)

    def save(self, group: TrainingClass) -> int:
        """Add or change a class and plan its sessions over the holidays; returns its row.

        Sessions that were held, cancelled, marked or noted are never touched.

        Raises:
            Refused: a rule is broken; the class stays at its prison for good, because its marks belong there.
            ChangedMeanwhile: somebody saved it after it was read.
        """
        group = replace(group, code=checked_code(group.code))
        check_timetable(group.timetable, group.starts_on, group.ends_on)
        with self._office.act(Action.CLASS_WRITE, group.prison_id) as act:
            connection = act.connection
            if queries.class_with_code(connection, group.code) not in (None, group.id):
                raise Refused(N_("Another class has the code {code}."), place="code", code=group.code)
            before = None if group.id is None else _class(connection, group.id)
            if before is not None and before.prison_id != group.prison_id:
                raise Refused(N_("A class stays at its prison. Make a new class at the other one."), place="prison")
            stored = self._store_class(act, group)
            off = days_off(connection, group.starts_on, group.ends_on)
            class_sessions.follow_timetable(act, before, stored, off)
            act.record("class", f"class:{stored.id}", "saved")
            class_id = stored.id or 0
            act.changed("class", class_id)
            act.changed("session", class_id)
        return class_id

    def trainers(self) -> tuple[tuple[int, str], ...]:
        """Members of staff who may lead a class, as (row, name)."""
        with self._office.read(Action.CLASS_READ) as connection:
            return queries.trainers(connection)

    def enrol(self, class_id: int, person_ids: Sequence[int] | None = None, starts_on: date | None = None) -> int:
        """Put people on the class's list; returns how many are new on it.

        Args:
            class_id: row of the class.
            person_ids: whom; None = all active participants who stay at the class's prison today and never were in it.
            starts_on: first day; None = the class's start. Where somebody stays today decides, not where they were
                on that day.

        Raises:
            Refused: the day lies outside the class, or somebody stays at another prison.
        """
        prison_id = prison_of(self._office, class_id)
        with self._office.act(Action.ENROL, prison_id) as act:
            connection = act.connection
            group = _class(connection, class_id)
            first = starts_on or group.starts_on
            if not group.starts_on <= first <= group.ends_on:
                raise Refused(N_("{day} lies outside the time of the class."), place="starts_on", day=first)
            if person_ids is None:
                chosen = queries.people_to_enrol(connection, class_id, prison_id)
            else:
                chosen = tuple(dict.fromkeys(person_ids))
                _require_same_prison(queries.people_elsewhere(connection, chosen, prison_id))
            new = self._enrol_each(act, class_id, chosen, first)
            act.record("enrol", f"class:{class_id}", f"people:{len(new)}")
            act.changed("class", class_id)
            act.changed("person", *new)
        return len(new)

    def end_enrolment(self, enrolment_id: int, day: date, reason: str = "") -> None:
        """Take somebody off the list after *day*, the last day on it.

        Raises:
            Refused: the day lies before the enrolment began (the day before it means: never on the list).
        """
        with self._office.store.read() as connection:
            class_id = queries.class_of_enrolment(connection, enrolment_id)
        with self._office.act(Action.ENROL, prison_of(self._office, class_id)) as act:
            stored = act.session.get_one(models.Enrolment, enrolment_id)
            if day < stored.starts_on - timedelta(days=1):
                raise Refused(N_("{day} lies before the enrolment began."), place="ends_on", day=day)
            act.change(stored, stored.version)
            stored.ends_on, stored.end_reason = day, normalise(reason).strip()
            act.record("enrolment_end", f"class:{class_id}", f"enrolment:{enrolment_id}")
            act.changed("class", class_id)
            act.changed("person", stored.person_id)

    def set_list_number(self, enrolment_id: int, number: int | None, version: int) -> None:
        """Give an enrolment the number that the learner has on the prison's list; None = no number.

        Raises:
            Refused: no list has such a number, or somebody else who is on the list has it.
            ChangedMeanwhile: somebody changed the enrolment after *version* was read.
        """
        check_list_number(number)
        with self._office.store.read() as connection:
            class_id = queries.class_of_enrolment(connection, enrolment_id)
        with self._office.act(Action.ENROL, prison_of(self._office, class_id)) as act:
            stored = act.session.get_one(models.Enrolment, enrolment_id)
            act.change(stored, version)
            _require_free_number(queries.enrolments(act.connection, class_id), enrolment_id, number, act.today)
            stored.list_number = number
            told = "none" if number is None else number
            act.record("list_number", f"class:{class_id}", f"enrolment:{enrolment_id} number:{told}")
            act.changed("class", class_id)

    def enrolments(self, class_id: int) -> tuple[Enrolment, ...]:
        """All enrolments of a class, in Khmer order of the people."""
        with self._office.read(Action.CLASS_READ, prison_of(self._office, class_id)) as connection:
            return queries.enrolments(connection, class_id)

    def sessions(self, class_id: int, first: date, last: date) -> tuple[SessionRow, ...]:
        """The sessions from *first* to *last* (both included), in order of day and time."""
        with self._office.read(Action.CLASS_READ, prison_of(self._office, class_id)) as connection:
            return queries.sessions(connection, class_id, first, last)

    def add_session(self, class_id: int, day: date, starts: time, ends: time, repairs: int | None = None) -> int:
        """Plan one session by hand; returns its row.

        Args:
            class_id: row of the class.
            day: its day; a holiday is allowed, because somebody chose it.
            starts: when it begins.
            ends: when it ends.
            repairs: the missed session that this make-up session repairs.

        Raises:
            Refused: it overlaps another session, or repairs one of another class.
        """
        check_times(starts, ends)
        lesson = Lesson(day, starts, ends)
        with self._office.act(Action.SESSION_WRITE, prison_of(self._office, class_id)) as act:
            connection = act.connection
            if class_sessions.overlapping(lesson, queries.sessions(connection, class_id, day, day)):
                raise Refused(N_("The class has a session at this time already."), place="starts")
            if repairs is not None and repairs not in queries.session_ids(connection, class_id):
                raise Refused(N_("A make-up session repairs a session of the same class."), place="repairs")
            session_id = class_sessions.plan_one(act, class_id, lesson, repairs)
            act.record("session", f"class:{class_id}", f"session:{session_id} added")
            act.changed("session", session_id)
        return session_id

    @staticmethod
    def _store_course(act: Act, course: Course) -> int:
        if course.id is None:
            stored = rows.fill_course(models.Course(), course)
            act.add(stored)
        else:
            stored = act.session.get_one(models.Course, course.id)
            act.change(stored, course.version)
            rows.fill_course(stored, course)
        return stored.id

    @staticmethod
    def _store_class(act: Act, group: TrainingClass) -> TrainingClass:
        if group.id is None:
            stored = rows.fill_class(models.TrainingClass(), group)
            act.add(stored)
            class_curricula.begin(act, stored)
        else:
            stored = act.session.get_one(models.TrainingClass, group.id)
            act.change(stored, group.version)
            moved, began = stored.course_id != group.course_id, stored.starts_on
            rows.fill_class(stored, group)
            act.session.flush()
            if moved:
                class_curricula.begin_again(act, stored)
            class_curricula.begin_earlier(act, stored.id, began, stored.starts_on)
        rows.replace_timetable(act.session, stored.id, group.timetable)
        return replace(group, id=stored.id)

    @staticmethod
    def _enrol_each(act: Act, class_id: int, person_ids: Sequence[int], first: date) -> list[int]:
        """Enrol those who are not on the list; somebody who left comes back after the last day on it."""
        connection = act.connection
        known = queries.last_enrolment_ends(connection, class_id)
        number = queries.last_list_number(connection, class_id)
        new = []
        for person_id in person_ids:
            last = known.get(person_id)
            if person_id in known and last is None:
                continue
            starts_on = first if last is None else max(first, last + timedelta(days=1))
            number += 1
            given = number if number <= HIGHEST_LIST_NUMBER else None
            act.add(rows.enrolment(class_id, person_id, starts_on, None, given))
            new.append(person_id)
        return new


def checked_code(text: str) -> str:
    """A code as it is stored. Raises Refused when it is empty, too long or holds a space."""
    code = normalise(text).strip()
    if not code or len(code) > LONGEST_CODE or any(sign.isspace() for sign in code) or not code.isprintable():
        raise Refused(N_("A code is a short word without spaces."), place="code")
    return code


def _class(connection: Connection, class_id: int) -> TrainingClass:
    found = queries.training_class(connection, class_id)
    if found is None:
        raise NotFound(N_("This class is not on record any more."))
    return found


def _require_same_prison(elsewhere: Sequence[str]) -> None:
    if elsewhere:
        raise Refused(
            N_("Not at the prison of this class: {codes}. Nobody was enrolled. Enter the move of these people first."),
            codes=", ".join(elsewhere),
        )


def _require_free_number(enrolments: Sequence[Enrolment], enrolment_id: int, number: int | None, today: date) -> None:
    """Of those who are on the list, only one may bear a number; who left keeps theirs."""
    running = {one.id: one for one in enrolments if not one.over_by(today)}
    if number is None or enrolment_id not in running:
        return
    for one in running.values():
        if one.list_number == number and one.id != enrolment_id:
            raise Refused(
                N_("{name} has the number {number} already. Give each number to one person."),
                place="number",
                name=one.shown_name,
                number=number,
            )
