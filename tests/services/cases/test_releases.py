"""Releases: planned or not, never before the admission, never two at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from tests.services.cases.conftest import TODAY
from tests.services.cases.test_release_plans import READY
from tlbb_desktop.data.models import FollowUpRow
from tlbb_desktop.domain.classes import TimetableSlot, TrainingClass, Weekday
from tlbb_desktop.domain.errors import NotFound, NotPermitted, Refused
from tlbb_desktop.domain.follow_ups import FollowUpKind
from tlbb_desktop.domain.people import CustodyStay, PersonStatus
from tlbb_desktop.domain.release_plans import ReleaseType
from tlbb_desktop.domain.releases import ReleaseForm
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.services.sealed_forms import FOLLOW_UP


def contacts(room) -> list:
    with room.manager.office.store.write() as session:
        return [FOLLOW_UP.open(room.manager.office.cipher, row) for row in session.query(FollowUpRow)]


def test_left_today_is_one_key_and_opens_the_contact_within_72_hours(room):
    person = room.person()
    room.desk().releases.left_today(person)
    (release,) = room.desk().releases.of_person(person)
    assert (release.form.released_on, release.form.unplanned, release.case_id) == (TODAY, True, None)
    (contact,) = contacts(room)
    assert (contact.kind, contact.late_after) == (FollowUpKind.HOURS_72, TODAY + timedelta(days=3))
    record = room.manager.people.record(person)
    assert (record.status, record.stays[0].ends_on) == (PersonStatus.POST_RELEASE, TODAY)


def test_a_liaison_records_a_release_without_the_keys_of_what_comes_after(room):
    person = room.person()
    room.desk("liaison", Role.LIAISON).releases.left_today(person)
    assert len(room.desk().releases.of_person(person)) == 1
    with pytest.raises(NotPermitted):
        room.desk("trainer", Role.TRAINER).releases.left_today(person)


def test_a_release_keeps_how_ready_the_plan_was_and_which_day_was_planned(room):
    person = room.person()
    case_id, desk = room.case(person), room.desk()
    plan_id = desk.release_plans.start(case_id)
    desk.release_plans.save_form(plan_id, READY, 1)
    room.manager.release_plans.approve(plan_id, 2)
    room.clock.go_to(date(2027, 1, 22))
    desk.releases.record(person, ReleaseForm(date(2027, 1, 22)))
    (release,) = desk.releases.of_person(person)
    assert (release.form.planned_on, release.form.readiness_percent, release.form.ready) == (
        date(2027, 1, 22),
        0,
        False,
    )
    assert (release.case_id, release.prison_id) == (case_id, room.own)


def test_a_release_ends_the_place_in_class_with_its_day(room):
    person = room.person()
    lesson = TimetableSlot(Weekday(TODAY.weekday()), time(8), time(11))
    group = TrainingClass(
        None, "K", 1, room.own, None, TODAY - timedelta(days=7), TODAY + timedelta(days=30), (lesson,)
    )
    class_id = room.manager.classes.save(group)
    room.manager.classes.enrol(class_id, [person], TODAY - timedelta(days=7))
    room.manager.releases.record(person, ReleaseForm(TODAY - timedelta(days=1)))
    (enrolment,) = room.manager.classes.enrolments(class_id)
    assert enrolment.ends_on == TODAY - timedelta(days=1)


def test_a_release_before_the_admission_or_ahead_is_refused(room):
    person = room.person()
    for day in (date(2026, 1, 4), TODAY + timedelta(days=1)):
        with pytest.raises(Refused) as refusal:
            room.manager.releases.record(person, ReleaseForm(day))
        assert refusal.value.place == "released_on"


def test_nobody_is_released_twice_without_a_new_admission(room):
    person = room.person()
    room.manager.releases.record(person, ReleaseForm(TODAY - timedelta(days=40)))
    with pytest.raises(Refused, match="out already"):
        room.manager.releases.left_today(person)
    record = room.manager.people.record(person)
    back = CustodyStay(room.own, TODAY - timedelta(days=10))
    room.manager.people.save(replace(record, stays=(*record.stays, back)))
    room.manager.releases.left_today(person)
    assert [each.form.released_on for each in room.manager.releases.of_person(person)] == [
        TODAY,
        TODAY - timedelta(days=40),
    ]


def test_a_return_on_the_day_of_the_release_does_not_block_the_next_release(room):
    person = room.person()
    room.manager.releases.record(person, ReleaseForm(TODAY - timedelta(days=40)))
    record = room.manager.people.record(person)
    back = CustodyStay(room.own, TODAY - timedelta(days=40))
    ended = replace(record.stays[0], ends_on=TODAY - timedelta(days=41))
    room.manager.people.save(replace(record, stays=(ended, back)))
    room.manager.releases.left_today(person)
    assert len(room.manager.releases.of_person(person)) == 2


def test_a_transfer_to_the_rehabilitation_centre_opens_no_contact(room):
    room.manager.releases.record(room.person(), ReleaseForm(TODAY, ReleaseType.TO_REHABILITATION))
    assert contacts(room) == []


def test_a_release_by_mistake_is_taken_back_with_a_reason(room):
    person = room.person()
    release = room.manager.releases.record(person, ReleaseForm(TODAY - timedelta(days=1)))
    with pytest.raises(Refused, match="why it was a mistake"):
        room.manager.releases.void(release, " ")
    room.manager.releases.void(release, "ឈ្មោះដូចគ្នា")
    assert room.manager.releases.of_person(person) == ()
    record = room.manager.people.record(person)
    assert (record.status, record.stays[0].ends_on) == (PersonStatus.AWAITING_RELEASE, None)
    with pytest.raises(Refused, match="taken back already"):
        room.manager.releases.void(release, "x")
    with pytest.raises(NotFound):
        room.manager.releases.void(99, "x")
    room.manager.releases.left_today(person)


def test_a_release_waits_for_no_case_and_no_consent(room):
    assert room.manager.releases.left_today(room.person())
