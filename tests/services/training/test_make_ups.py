"""Net attendance with make-ups: they give back what was missed, are due for nobody, and the forecast knows them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from tlbb_desktop.data.models import Person
from tlbb_desktop.domain.attendance import SessionState
from tlbb_desktop.domain.certificates import CertificateKind, RulesNotMet
from tlbb_desktop.domain.curricula import CertificateRule
from tlbb_desktop.domain.forecast import ClassPlan, Ending, Verdict
from tlbb_desktop.domain.progress import Step
from tlbb_desktop.domain.register import SetSession
from tlbb_desktop.services.class_curricula import ClassCurricula
from tlbb_desktop.services.class_forecast import class_plan
from tlbb_desktop.services.progress_reading import read_class


def make_up(workshop, missed_day: int, day: int, hours: int = 3) -> int:
    missed = workshop.room.session(missed_day)
    return workshop.room.classes.add_session(
        workshop.class_id, date(2026, 10, day), time(13), time(13 + hours), repairs=missed.id
    )


def totals(workshop, person: int):
    return workshop.desk.attendance.course_tallies(workshop.class_id).tallies[workshop.people[person]]


def test_a_make_up_gives_back_what_was_missed_and_is_due_for_nobody_else(workshop) -> None:
    for person, code in enumerate(("present", "absent", "excused", "institution")):
        workshop.room.mark(5, person, code)
    make_up(workshop, 5, 9)
    before = totals(workshop, 0)
    for person in (1, 2, 3):
        workshop.room.mark(9, person, "present")
    assert totals(workshop, 0) == before
    for person in (1, 2):
        found = totals(workshop, person)
        assert (found.minutes_due, found.minutes_attended, found.percent) == (180, 180, 100.0)
    kept_away = totals(workshop, 3)
    assert (kept_away.minutes_due, kept_away.minutes_attended) == (180, 180)
    nobody = totals(workshop, 4)
    assert (nobody.held, nobody.unmarked) == (1, 1)


def test_two_make_ups_and_a_longer_one_never_give_more_than_the_session_held(workshop) -> None:
    workshop.room.mark(5, 0, "late", 100)
    make_up(workshop, 5, 9, hours=4)
    make_up(workshop, 5, 16)
    workshop.room.mark(9, 0, "left", 180)
    assert totals(workshop, 0).minutes_attended == 140
    workshop.room.mark(16, 0, "present")
    found = totals(workshop, 0)
    assert (found.minutes_due, found.minutes_attended) == (180, 180)
    assert workshop.row(0).minutes[workshop.unit_id("M01")] == 180


def test_the_forecast_asks_for_the_fewest_make_ups_and_not_for_one_that_is_planned(workshop) -> None:
    """The class ends in November; who missed too much of October can be repaired by sessions of October."""
    desk = workshop.desk
    units = tuple(unit for unit in desk.curricula.of_class(workshop.class_id).units if unit.code in {"M01", "M02"})
    newest = desk.curricula.newest(desk.classes.course_named("moto"))
    rule = CertificateRule(attendance_percent=95, hours_percent=0)
    desk.curricula.save(replace(newest, units=units, rule=rule), 1)
    for session in workshop.room.sessions():
        if session.day <= date(2026, 10, 29):
            workshop.room.attendance.rest_present(workshop.class_id, session.id)
    for day in (5, 6, 7, 8):
        workshop.room.mark(day, 0, "absent")
    standing = desk.progress.standing(workshop.class_id)
    outlook = standing.forecast.by_person[workshop.people[0]]
    assert outlook.verdict is Verdict.MAKE_UPS
    assert len(standing.forecast.make_ups) == -(-outlook.attendance_short // 180) > 0
    assert {session.day.day for session in standing.sessions.values()} <= {5, 6, 7, 8}
    others = [standing.forecast.by_person[person].verdict for person in workshop.people[1:]]
    assert set(others) == {Verdict.ON_TRACK}
    step = desk.progress.path(workshop.class_id, workshop.people[0]).next_step
    assert step.step in {Step.MAKE_UP, Step.LEARN, Step.BE_ASSESSED}
    make_up(workshop, 5, 31)
    again = desk.progress.standing(workshop.class_id)
    assert len(again.forecast.make_ups) == len(standing.forecast.make_ups) - 1


def cancel(workshop, day: int) -> None:
    reason = workshop.room.reason("cancelled", "power-cut")
    workshop.room.attendance.set_session(SetSession.of(workshop.room.session(day), SessionState.CANCELLED, reason))


def plan_of(workshop) -> ClassPlan:
    desk = workshop.desk
    with desk.office.store.read() as connection:
        return class_plan(read_class(connection, workshop.class_id, desk.office.clock.today(), ClassCurricula()))


def missed_by(workshop, person: int) -> dict[int, int]:
    """Session -> minutes that a make-up would give the learner."""
    plans = {each.person_id: each for each in plan_of(workshop).learners}
    return {each.session_id: each.minutes for each in plans[workshop.people[person]].missed}


def test_a_marked_make_up_that_is_cancelled_later_gives_nothing_back(workshop) -> None:
    workshop.room.mark(5, 0, "absent")
    make_up(workshop, 5, 9)
    workshop.room.mark(9, 0, "present")
    missed = workshop.room.session(5).id
    assert missed not in missed_by(workshop, 0)
    cancel(workshop, 9)
    assert workshop.desk.progress.standing(workshop.class_id).forecast.outlooks
    assert workshop.desk.progress.path(workshop.class_id, workshop.people[0]).outlook
    assert missed_by(workshop, 0)[missed] == 180


def test_a_make_up_that_was_cancelled_or_never_held_is_not_planned(workshop) -> None:
    def planned() -> dict[int, date]:
        return dict(plan_of(workshop).repaired)

    missed = workshop.room.session(5).id
    workshop.room.mark(5, 0, "absent")
    make_up(workshop, 5, 9)
    assert planned() == {}
    make_up(workshop, 5, 31)
    assert planned() == {missed: date(2026, 10, 31)}
    cancel(workshop, 31)
    assert planned() == {}


def test_a_cancelled_session_is_made_up_once_and_again_when_its_make_up_is_cancelled(workshop) -> None:
    cancel(workshop, 5)
    missed = workshop.room.session(5).id
    assert missed_by(workshop, 0)[missed] == 180
    make_up(workshop, 5, 31)
    assert missed not in missed_by(workshop, 0)
    cancel(workshop, 31)
    assert missed_by(workshop, 0)[missed] == 180
    make_up(workshop, 5, 9)
    workshop.room.mark(9, 0, "present")
    assert missed not in missed_by(workshop, 0)


def test_a_class_that_has_not_begun_counts_the_enrolments_of_its_first_day(workshop, clock) -> None:
    enrolment = next(
        each for each in workshop.desk.classes.enrolments(workshop.class_id) if each.person_id == workshop.people[0]
    )
    workshop.desk.classes.end_enrolment(enrolment.id, date(2026, 10, 8))
    clock.moment -= timedelta(days=40)
    deadlines = {each.person_id: each.deadline for each in plan_of(workshop).learners}
    assert deadlines[workshop.people[0]] == date(2026, 10, 8)


def test_a_release_month_before_the_units_come_is_told(workshop) -> None:
    with workshop.desk.office.store.write() as session:
        session.connection().exec_driver_sql(
            "UPDATE person SET release_month = '2026-11' WHERE id = ?", (workshop.people[0],)
        )
    outlook = workshop.desk.progress.standing(workshop.class_id).forecast.by_person[workshop.people[0]]
    assert (outlook.verdict, outlook.deadline) == (Verdict.CANNOT, date(2026, 10, 31))
    assert len(outlook.units_late) == 16


def test_somebody_who_leaves_early_gets_a_statement_of_own_days_and_units(workshop) -> None:
    workshop.room.mark(5, 0, "present")
    workshop.assess(0, "M05", day=6)
    workshop.assess(0, "M02", "not-yet", day=6)
    enrolment = next(
        each for each in workshop.desk.classes.enrolments(workshop.class_id) if each.person_id == workshop.people[0]
    )
    workshop.desk.classes.end_enrolment(enrolment.id, date(2026, 10, 8))
    (paper,) = workshop.desk.certificates.issue_at_once(
        workshop.class_id, [workshop.people[0]], CertificateKind.PARTIAL
    )
    said = paper.certificate
    assert (said.starts_on, said.ends_on) == (date(2026, 10, 1), date(2026, 10, 8))
    assert [(unit.code, unit.hours) for unit in said.competences] == [("M05", 64)]
    with pytest.raises(RulesNotMet):
        workshop.desk.certificates.issue_at_once(workshop.class_id, [workshop.people[1]], CertificateKind.PARTIAL)


def test_a_merged_record_takes_its_attempts_along(workshop) -> None:
    workshop.assess(0, "M01", "not-yet", day=6)
    workshop.assess(1, "M01", "competent", day=7)
    workshop.desk.people.merge(workshop.people[0], workshop.people[1])
    assert workshop.state(0).competent
    assert workshop.state(0).attempts == 2


def test_who_cannot_finish_is_told_what_comes_first(workshop) -> None:
    """Three learners with the same shortage: one leaves, one comes off the list, for one the class ends."""
    leaves, off_list, stays = workshop.people[:3]
    with workshop.desk.office.store.write() as session:
        session.get(Person, leaves).release_month = "2026-11"
    enrolment = next(each for each in workshop.desk.classes.enrolments(workshop.class_id) if each.person_id == off_list)
    workshop.desk.classes.end_enrolment(enrolment.id, date(2026, 11, 5))
    outlooks = workshop.desk.progress.standing(workshop.class_id).forecast.by_person
    assert {outlooks[person].verdict for person in (leaves, off_list, stays)} == {Verdict.CANNOT}
    assert [outlooks[person].ending for person in (leaves, off_list, stays)] == [
        Ending.RELEASE, Ending.LIST, Ending.CLASS,
    ]  # fmt: skip
    assert len({str(outlooks[person].name) for person in (leaves, off_list, stays)}) == 3
