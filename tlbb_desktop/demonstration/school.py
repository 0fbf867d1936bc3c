"""Eighteen months of the demonstration: people come, classes run, trainers mark, people leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import groupby
from random import Random
from typing import TYPE_CHECKING

from tlbb_desktop.demonstration.cast import DAY, FIRST_DAY, LAST_DAY, DemoClass, DemoPerson
from tlbb_desktop.demonstration.habits import CANCEL_CHANCE, LOCKDOWN_CHANCE, Habit, invent_mark
from tlbb_desktop.demonstration.workshop import WITHOUT_TELEPHONES, Workshop
from tlbb_desktop.domain.attendance import MarkCode, ReasonUse, SessionRow, SessionState
from tlbb_desktop.domain.classes import TrainingClass
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import CustodyStay, Identity, PersonKind, PersonRecord
from tlbb_desktop.domain.register import SetMark, SetSession
from tlbb_desktop.wiring import Desk

if TYPE_CHECKING:
    from tlbb_desktop.demonstration.build import StoryClock

#: On this day the trainer was called away in the middle: three learners of the first class are not marked yet.
HALF_MARKED_ON = date(2026, 11, 12)
CALLED_AWAY_AFTER = -3
#: On these days a class repeats a session that many missed.
MADE_UP = {
    "SR-MOTO-25": (date(2026, 6, 13), date(2026, 8, 15), date(2026, 10, 17)),
    "SR-ELEC-25": (date(2026, 9, 12), date(2026, 10, 24)),
}
MADE_UP_FROM_TO = (time(8), time(11))


class School:
    """Writes the story through the services.

    Args:
        desk: the manager's.
        clock: set to the day of each act.
        random: the same numbers each time.
        prisons: code -> row.
    """

    def __init__(self, desk: Desk, clock: StoryClock, random: Random, prisons: dict[str, int]) -> None:
        self._desk, self._clock, self._random, self._prisons = desk, clock, random, prisons
        self._ids: dict[str, int] = {}
        self._people: dict[str, DemoPerson] = {}
        self._habits: dict[int, Habit] = {}
        self._classes: dict[str, int] = {}
        self._enrolled_until: dict[int, date] = {}
        self._workshop = Workshop(desk, clock, self._enrolled_until)
        self._reasons = {(reason.use, reason.code): reason.id for reason in desk.attendance.reasons()}

    @property
    def ids(self) -> dict[str, int]:
        """Code of a person -> row."""
        return dict(self._ids)

    def leave_units_out(self) -> None:
        """What a prison does not allow is not taught there."""
        self._clock.set(FIRST_DAY)
        self._workshop.leave_out(self._prisons[WITHOUT_TELEPHONES[0]])

    def take_in(self, people: list[DemoPerson]) -> None:
        """Record everybody, on the day on which they came."""
        for person in sorted(people, key=lambda each: (each.came_on, each.code)):
            self._clock.set(person.came_on)
            stay = CustodyStay(self._prisons[person.prison], person.came_on)
            record = PersonRecord(
                id=None,
                code=person.code,
                names=person.names,
                sex=person.sex,
                kind=person.kind,
                status=person.status,
                province_code=person.province_code,
                release_month=Month.of(person.leaves_on),
                stays=(stay,),
                identity=Identity(birth=person.birth, release_on=person.leaves_on),
            )
            person_id = self._desk.people.save(record)
            self._ids[person.code] = person_id
            self._people[person.code] = person
            self._habits[person_id] = Habit.invent(self._random)
            self._enrolled_until[person_id] = min(person.leaves_on, LAST_DAY)

    def run_class(self, group: DemoClass, trainer: Desk) -> None:
        """Plan a class, enrol its learners and mark it up to the day before the demonstration plays."""
        self._clock.set(FIRST_DAY)
        class_id = self._desk.classes.save(
            TrainingClass(
                id=None,
                code=group.code,
                course_id=self._desk.classes.course_named(group.course),
                prison_id=self._prisons[group.prison],
                trainer_id=trainer.actor.staff_id,
                starts_on=FIRST_DAY,
                ends_on=LAST_DAY,
                timetable=group.timetable(),
            )
        )
        self._classes[group.code] = class_id
        roster = self._enrol(group, class_id)
        past = self._desk.classes.sessions(class_id, FIRST_DAY, DAY - timedelta(days=1))
        for _month, sessions in groupby(past, key=lambda session: Month.of(session.day)):
            self._mark_month(trainer, class_id, list(sessions), roster)
        if group.code in MADE_UP:
            self._make_up(trainer, class_id, MADE_UP[group.code], roster)
        self._workshop.train(group.code, class_id, trainer, roster)

    def let_go(self, people: list[DemoPerson]) -> None:
        """End stays and enrolments of those who have been released."""
        self._clock.set(DAY)
        enrolments = [each for class_id in self._classes.values() for each in self._desk.classes.enrolments(class_id)]
        for person in (each for each in people if each.leaves_on <= DAY):
            person_id = self._ids[person.code]
            for enrolment in (each for each in enrolments if each.person_id == person_id):
                self._desk.classes.end_enrolment(enrolment.id, max(enrolment.starts_on, person.leaves_on), "")
            record = self._desk.people.record(person_id)
            stays = tuple(replace(stay, ends_on=person.leaves_on) for stay in record.stays)
            self._desk.people.save(replace(record, stays=stays))

    def leave_traces(self) -> None:
        """What a working morning begins with: an issued month, a guest, a question."""
        self._clock.set(date(2026, 11, 2), 9)
        for code in list(self._classes)[1:]:
            self._desk.sheets.issue(self._classes[code], Month(2026, 10))
        self._clock.set(HALF_MARKED_ON, 11)
        self._desk.attendance.add_guest(self._classes["SR-MOTO-25"], HALF_MARKED_ON, "ចាន់ សុខហេង", "មកពីអគារ ខ")
        self._clock.set(DAY)

    def _enrol(self, group: DemoClass, class_id: int) -> list[tuple[int, date]]:
        """Enrol the class's learners; gives (person, first day)."""
        there = [
            person
            for person in self._people.values()
            if person.prison == group.prison and person.kind is PersonKind.PARTICIPANT
        ]
        chosen = self._random.sample(there, min(group.learners, len(there)))
        roster = [(self._ids[person.code], max(FIRST_DAY, person.came_on)) for person in chosen]
        for first_day, entries in groupby(sorted(roster, key=lambda each: each[1]), key=lambda each: each[1]):
            self._clock.set(first_day)
            self._desk.classes.enrol(class_id, [person_id for person_id, _ in entries], first_day)
        return roster

    def _mark_month(
        self, trainer: Desk, class_id: int, sessions: list[SessionRow], roster: list[tuple[int, date]]
    ) -> None:
        self._clock.set(sessions[-1].day, 16)
        wishes: list[SetMark] = []
        for session in sessions:
            chance = self._random.random()
            if chance < CANCEL_CHANCE and session.day != HALF_MARKED_ON:
                reason = self._reasons[ReasonUse.CANCELLED, self._random.choice(("prison-closed", "power-cut"))]
                trainer.attendance.set_session(SetSession.of(session, SessionState.CANCELLED, reason))
            else:
                lockdown = chance > 1 - LOCKDOWN_CHANCE
                wishes += self._marks_of(session, self._present_roster(session, roster), lockdown=lockdown)
        if wishes:
            trainer.attendance.mark(class_id, wishes, kind="block")

    def _present_roster(self, session: SessionRow, roster: list[tuple[int, date]]) -> list[int]:
        there = [
            person_id for person_id, first_day in roster if first_day <= session.day <= self._enrolled_until[person_id]
        ]
        first_class = session.class_id == self._classes["SR-MOTO-25"]
        return there[:CALLED_AWAY_AFTER] if first_class and session.day == HALF_MARKED_ON else there

    def _make_up(self, trainer: Desk, class_id: int, days: tuple[date, ...], roster: list[tuple[int, date]]) -> None:
        """On each of *days* repeat the session that most missed; whoever was there the first time helps the others."""
        sessions = {each.id: each for each in self._desk.classes.sessions(class_id, FIRST_DAY, LAST_DAY)}
        repaired: set[int] = set()
        for day in days:
            missed = self._missed(class_id, [each for each in sessions.values() if each.day < day], repaired)
            session_id, people = max(missed.items(), key=lambda each: (len(each[1]), each[0]))
            repaired.add(session_id)
            self._clock.set(day, 17)
            made_up = self._desk.classes.add_session(class_id, day, *MADE_UP_FROM_TO, repairs=session_id)
            there = [person for person, first in roster if first <= day <= self._enrolled_until[person]]
            late = next(person for person in people if person in there)
            marks = [SetMark(made_up, person, MarkCode.PRESENT) for person in there if person != late]
            trainer.attendance.mark(class_id, [*marks, SetMark(made_up, late, MarkCode.LATE, minutes=25)], kind="block")

    def _missed(self, class_id: int, sessions: list[SessionRow], repaired: set[int]) -> dict[int, list[int]]:
        """Session -> who was absent or kept away by the prison, of the two months before the last of *sessions*."""
        last = sessions[-1].day
        months = {Month.of(last), Month.of(last).shift(-1)}
        found: dict[int, list[int]] = {}
        for month in sorted(months):
            for (session_id, person), mark in self._desk.attendance.register(class_id, month).marks.items():
                if mark.code in (MarkCode.ABSENT, MarkCode.INSTITUTION) and session_id not in repaired:
                    found.setdefault(session_id, []).append(person)
        known = {each.id for each in sessions}
        return {session_id: people for session_id, people in found.items() if session_id in known}

    def _marks_of(self, session: SessionRow, roster: list[int], *, lockdown: bool) -> list[SetMark]:
        return [self._invent(session, person_id, lockdown=lockdown) for person_id in roster]

    def _invent(self, session: SessionRow, person_id: int, *, lockdown: bool) -> SetMark:
        code, reason_code, minutes = invent_mark(self._random, self._habits[person_id], lockdown=lockdown)
        use = {MarkCode.EXCUSED: ReasonUse.EXCUSED, MarkCode.INSTITUTION: ReasonUse.INSTITUTION}.get(code)
        reason_id = self._reasons.get((use, reason_code)) if use is not None else None
        return SetMark(session.id, person_id, code, reason_id, minutes)
