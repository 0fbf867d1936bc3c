from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import event

from tests.motorbike_class import weekly
from tlbb_desktop.domain.assessment import Outcome, SetAttempt
from tlbb_desktop.domain.attendance import MarkCode, SessionState
from tlbb_desktop.domain.certificates import CertificateKind
from tlbb_desktop.domain.classes import Weekday
from tlbb_desktop.domain.clock import CAMBODIA, SystemClock
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import CustodyStay, PeopleFilter
from tlbb_desktop.domain.register import SetSession
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.domain.today import clock_is_doubtful, sheets_month


@pytest.fixture
def thursday(room):
    """Thursday 22 October, seven in the morning; everything before Wednesday is marked."""
    room.clock.moment = datetime(2026, 10, 22, 7, tzinfo=CAMBODIA)
    for session in room.sessions():
        if session.day < date(2026, 10, 21):
            room.attendance.rest_present(room.class_id, session.id)
    return room


def desk_of(room, desk_as, role: Role):
    desk = desk_as(role)
    desk.office.clock = desk.office.laptop_clock = room.clock
    return desk


def test_a_trainer_sees_the_sessions_of_today_with_how_many_are_marked(thursday, desk_as) -> None:
    thursday.mark(22, 0, "present")
    page = desk_of(thursday, desk_as, Role.TRAINER).today.page()
    (session,) = page.sessions
    assert (session.class_code, session.starts, session.ends) == ("SR-MOTO-26", time(8), time(11))
    assert (session.learners, session.female, session.marked, session.complete) == (5, 1, 1, False)


def test_a_session_with_missing_marks_is_found_again(thursday, desk_as) -> None:
    page = desk_of(thursday, desk_as, Role.TRAINER).today.page()
    assert [session.day for session in page.unmarked] == [date(2026, 10, 21)]
    assert page.unmarked_count == 1
    thursday.attendance.rest_present(thursday.class_id, thursday.session(21).id)
    thursday.mark(20, 2, None)
    page = desk_of(thursday, desk_as, Role.TRAINER).today.page()
    assert [(session.day, session.marked) for session in page.unmarked] == [(date(2026, 10, 20), 4)]


def test_a_session_that_nobody_touched_is_named_however_old_it_is(thursday, desk_as) -> None:
    thursday.attendance.mark(thursday.class_id, [thursday.wish(6, person, None) for person in range(5)])
    thursday.attendance.set_session(SetSession.of(thursday.session(6), SessionState.PLANNED))
    thursday.clock.moment += timedelta(days=300)
    assert date(2026, 10, 6) in {session.day for session in thursday.desk.today.page().unmarked}


def test_only_the_newest_twenty_are_listed_but_all_are_counted(room) -> None:
    room.clock.moment = datetime(2026, 11, 30, 17, tzinfo=CAMBODIA)
    page = room.desk.today.page()
    assert len(page.unmarked) == 20
    assert page.unmarked_count > 20
    assert page.unmarked[0].day > page.unmarked[-1].day


def test_a_cancelled_session_waits_for_nobody(thursday) -> None:
    closed = thursday.reason("cancelled", "prison-closed")
    thursday.attendance.set_session(SetSession.of(thursday.session(21), SessionState.CANCELLED, closed))
    assert thursday.desk.today.page().unmarked == ()


def test_the_next_session_is_the_one_that_has_not_ended(thursday, new_class) -> None:
    assert thursday.desk.today.page().next_session.day == date(2026, 10, 22)
    thursday.clock.moment = datetime(2026, 10, 22, 11, 30, tzinfo=CAMBODIA)
    assert thursday.desk.today.page().next_session.day == date(2026, 10, 26)


def test_sessions_stand_in_order_of_time(thursday, new_class) -> None:
    timetable = weekly(Weekday.THU, starts=time(7), ends=time(8))
    thursday.classes.save(new_class("SR-LIFE-26", timetable=timetable))
    assert [session.class_code for session in thursday.desk.today.page().sessions] == ["SR-LIFE-26", "SR-MOTO-26"]


def test_a_trainer_sees_no_class_that_another_leads(thursday, new_class, desk_as) -> None:
    manager = thursday.desk.actor.staff_id
    thursday.classes.save(new_class("SR-LIFE-26", trainer_id=manager, timetable=weekly(Weekday.THU)))
    desk = desk_of(thursday, desk_as, Role.TRAINER)
    desk.office.actor = replace(desk.office.actor, staff_id=manager + 1)
    assert [session.class_code for session in desk.today.page().sessions] == ["SR-MOTO-26"]
    assert len(desk_of(thursday, desk_as, Role.SOCIAL_WORKER).today.page().sessions) == 2


def test_another_prisons_classes_are_not_shown(thursday, desk_as) -> None:
    desk = desk_as(Role.TRAINER, prisons=frozenset({thursday.prison_id + 1}))
    desk.office.clock = desk.office.laptop_clock = thursday.clock
    page = desk.today.page(after_stop=True)
    assert (page.sessions, page.unmarked, page.next_session, page.sheets, page.last_mark) == ((), (), None, (), None)


def test_the_last_mark_is_named_after_an_unexpected_stop_only(thursday) -> None:
    thursday.mark(22, 0, "absent")
    assert thursday.desk.today.page().last_mark is None
    last = thursday.desk.today.page(after_stop=True).last_mark
    assert (last.class_code, last.session_day, last.shown_name, last.code) == (
        "SR-MOTO-26", date(2026, 10, 22), "គឹម វណ្ណា", MarkCode.ABSENT,
    )  # fmt: skip


def test_after_an_unexpected_stop_the_later_of_mark_and_attempt_is_named(thursday) -> None:
    desk, class_id = thursday.desk, thursday.class_id
    unit = desk.assessment.unit_named(class_id, "M02")
    thursday.mark(21, 0, "present")
    thursday.clock.moment += timedelta(minutes=1)
    desk.assessment.assess(
        class_id, [SetAttempt(thursday.people[1], unit.id, date(2026, 10, 21), Outcome.NOT_YET, failed=None)]
    )
    thursday.clock.moment += timedelta(minutes=1)
    page = desk.today.page(after_stop=True)
    assert page.last_mark is None
    last = page.last_attempt
    assert (last.class_code, last.unit_code, last.day, last.shown_name, last.outcome) == (
        "SR-MOTO-26", "M02", date(2026, 10, 21), "ចាន់ រិទ្ធី", Outcome.NOT_YET,
    )  # fmt: skip
    thursday.mark(21, 2, "absent")
    page = desk.today.page(after_stop=True)
    assert (page.last_mark.code, page.last_attempt) == (MarkCode.ABSENT, None)
    assert desk.today.page().last_attempt is None


def test_sheets_are_shown_in_the_last_two_working_days_of_the_month(thursday, desk_as) -> None:
    desk = desk_of(thursday, desk_as, Role.TRAINER)
    shown = {}
    for day in (26, 27, 28, 30, 31):  # the 29th is a holiday
        thursday.clock.moment = datetime(2026, 10, day, 9, tzinfo=CAMBODIA)
        shown[day] = desk.today.page().sheets_month
    month = Month(2026, 10)
    assert shown == {26: None, 27: None, 28: month, 30: month, 31: month}
    (line,) = desk.today.page().sheets
    assert 0 < line.marked < line.sessions
    assert desk.today.page().sheets_complete == 0


def test_a_holiday_at_the_end_moves_the_last_working_days() -> None:
    off = frozenset({date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 30)})
    assert sheets_month(date(2026, 11, 25), off, always=False) is None
    assert sheets_month(date(2026, 11, 26), off, always=False) == Month(2026, 11)


def test_in_the_first_week_the_sheets_of_the_last_month_are_still_shown(thursday, desk_as) -> None:
    thursday.clock.moment = datetime(2026, 11, 3, 9, tzinfo=CAMBODIA)
    assert desk_of(thursday, desk_as, Role.TRAINER).today.page().sheets_month == Month(2026, 10)


def test_a_liaison_sees_sheets_guests_and_questions_every_day(thursday, desk_as) -> None:
    thursday.attendance.add_guest(thursday.class_id, date(2026, 10, 22), "សុខ ថ្មី")
    thursday.attendance.ask_gone(thursday.class_id, thursday.people[0])
    page = desk_of(thursday, desk_as, Role.LIAISON).today.page()
    assert (page.questions, page.guests) == (1, 1)
    assert page.sheets_month == Month(2026, 10)
    assert len(page.sheets) == 1
    assert page.sites == ()


@pytest.mark.parametrize("role", [Role.TRAINER, Role.SOCIAL_WORKER])
def test_who_does_not_answer_questions_sees_no_count(thursday, desk_as, role) -> None:
    thursday.attendance.ask_gone(thursday.class_id, thursday.people[0])
    page = desk_of(thursday, desk_as, role).today.page()
    assert (page.questions, page.guests, page.sites) == (0, 0, ())


def test_a_manager_sees_each_site_with_its_last_marked_day(thursday) -> None:
    (site,) = thursday.desk.today.page().sites
    assert (site.code, site.classes, site.last_mark_on) == ("SR", 1, date(2026, 10, 20))


def test_only_who_approves_certificates_is_told_which_classes_wait(thursday, desk_as) -> None:
    assert thursday.desk.today.page().approvals == ()
    thursday.desk.certificates.propose(
        thursday.class_id, thursday.people[:3], CertificateKind.PARTIAL, despite="released early"
    )
    (line,) = thursday.desk.today.page().approvals
    assert (line.class_code, line.count) == (thursday.desk.classes.row(thursday.class_id).code, 3)
    assert desk_of(thursday, desk_as, Role.TRAINER).today.page().approvals == ()
    first = thursday.desk.certificates.list()[0]
    thursday.desk.certificates.approve([first.id])
    assert thursday.desk.today.page().approvals[0].count == 2


def test_the_last_backup_is_named(thursday) -> None:
    assert thursday.desk.today.page().last_backup_at is None
    made = thursday.desk.backups.create()
    assert thursday.desk.today.page().last_backup_at == made.made_at


def test_after_a_restore_the_sessions_since_the_copy_are_named_until_they_are_marked(thursday) -> None:
    came = {"made_at": "2026-10-19T16:00:00+07:00", "restored_at": "2026-10-22T06:00:00+07:00"}
    thursday.desk.settings.put("restored_from", came)
    thursday.mark(20, 2, None)
    page = thursday.desk.today.page()
    assert [session.day.day for session in page.again] == [20, 21]
    assert page.again_count == 2
    assert page.unmarked_before == ()
    thursday.attendance.rest_present(thursday.class_id, thursday.session(21).id)
    assert [session.day.day for session in thursday.desk.today.page().again] == [20]
    thursday.desk.backups.entered_again()
    assert thursday.desk.today.page().again == ()


def test_a_session_of_the_day_of_the_copy_counts_where_it_ended_after_it(thursday) -> None:
    thursday.clock.moment = datetime(2026, 10, 22, 11, tzinfo=CAMBODIA)
    for hour, expected in ((10, [21, 22]), (12, [22])):
        came = {"made_at": f"2026-10-21T{hour}:00:00+07:00", "restored_at": "2026-10-22T06:00:00+07:00"}
        thursday.desk.settings.put("restored_from", came)
        assert [session.day.day for session in thursday.desk.today.page().again] == expected
    thursday.clock.moment = datetime(2026, 10, 22, 10, tzinfo=CAMBODIA)
    assert thursday.desk.today.page().again == ()


def test_a_demonstration_says_so(thursday) -> None:
    assert not thursday.desk.today.page().demonstration
    thursday.desk.settings.put("demonstration", True)
    assert thursday.desk.today.page().demonstration


@pytest.mark.parametrize(
    ("days", "doubtful"), [(-1, True), (0, False), (13, False), (15, True), (3650, True), (-3650, True)]
)
def test_a_clock_before_the_last_mark_or_long_after_it_is_doubted(days, doubtful) -> None:
    last = datetime(2026, 10, 22, 8, tzinfo=CAMBODIA)
    assert clock_is_doubtful(last + timedelta(days=days), last) is doubtful
    assert not clock_is_doubtful(last, None)


def test_a_clock_set_back_ten_years_is_doubted_and_the_timetable_proposes_a_day(thursday) -> None:
    thursday.mark(22, 0, "present")
    assert thursday.desk.today.clock_doubt() is None
    thursday.clock.moment = datetime(2016, 10, 22, 7, tzinfo=CAMBODIA)
    doubt = thursday.desk.today.clock_doubt()
    assert (doubt.laptop_day, doubt.proposed) == (date(2016, 10, 22), date(2026, 10, 26))


def test_the_given_day_is_worked_with_and_the_laptops_day_is_shown_beside_it(thursday) -> None:
    thursday.mark(22, 0, "present")
    thursday.clock.moment = datetime(2016, 10, 22, 7, tzinfo=CAMBODIA)
    thursday.desk.today.work_on(date(2026, 10, 26))
    page = thursday.desk.today.page()
    assert (page.day, page.laptop_day) == (date(2026, 10, 26), date(2016, 10, 22))
    assert thursday.desk.today.clock_doubt() is None


def test_who_logged_in_by_a_wrong_clock_gets_their_own_prisons_and_people_where_they_stay(thursday) -> None:
    office, people = thursday.desk.office, thursday.desk.people
    own, here = office.actor.prisons, PeopleFilter(prison_id=thursday.prison_id)
    person_id = people.ids(here)[0]
    stay = CustodyStay(thursday.prison_id, date(2026, 1, 5))
    people.save(replace(people.record(person_id), stays=(stay,)))
    thursday.clock.moment = datetime(2016, 10, 22, 7, tzinfo=CAMBODIA)
    office.actor = replace(office.actor, prisons=frozenset())  # as the login found them
    people.follow_the_day()
    assert person_id not in people.ids(here)
    thursday.desk.today.work_on(SystemClock().today())
    assert office.actor.prisons == own
    assert person_id in people.ids(here)


def test_today_costs_the_same_however_many_classes_there_are(thursday, new_class) -> None:
    seen: list[str] = []
    event.listen(thursday.desk.office.store.engine, "before_cursor_execute", lambda *given: seen.append(given[2]))

    def counted() -> int:
        seen.clear()
        thursday.desk.today.page(after_stop=True)
        return len([each for each in seen if not each.startswith(("BEGIN", "PRAGMA"))])

    before = counted()
    for number in range(4):
        thursday.classes.save(new_class(f"SR-LIFE-{number}"))
    thursday.clock.moment = datetime(2026, 10, 29, 7, tzinfo=CAMBODIA)
    counted()
    assert counted() <= before + 2  # sheets and holidays, near the end of the month
    assert before <= 9
