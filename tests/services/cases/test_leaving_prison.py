"""Somebody leaves prison: what ends and begins with it, what cannot be true, and how a mistake is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from tests.services.cases.conftest import TODAY, CaseRoom
from tests.services.cases.test_strengths import whole
from tlbb_desktop.domain.cases import Risk
from tlbb_desktop.domain.classes import TimetableSlot, TrainingClass, Weekday
from tlbb_desktop.domain.errors import ChangedMeanwhile, NotPermitted, Refused
from tlbb_desktop.domain.follow_up_schedule import schedule
from tlbb_desktop.domain.follow_ups import (
    AttemptForm,
    ContactFindings,
    ContactMode,
    FollowUpKind,
    LawTrouble,
    Reached,
    WorkerView,
    WorkStatus,
)
from tlbb_desktop.domain.people import CustodyStay, PersonStatus
from tlbb_desktop.domain.release_plans import ItemStatus, ReleaseType
from tlbb_desktop.domain.releases import ReleaseForm
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.services.follow_ups import Contact

ADMITTED = date(2026, 1, 5)
MONDAY = TimetableSlot(Weekday(0), time(8), time(11))


def inside(room: CaseRoom, *stays: tuple[date, date | None], code: str = "0001") -> int:
    return room.person(code, stays=tuple(CustodyStay(room.own, first, last) for first, last in stays))


def enrolled(room: CaseRoom, person_id: int) -> int:
    classes = room.manager.classes
    class_id = classes.save(TrainingClass(None, "K", 1, room.own, None, ADMITTED, date(2027, 3, 1), (MONDAY,)))
    classes.enrol(class_id, [person_id], ADMITTED)
    return class_id


def days_of_class(room: CaseRoom, class_id: int) -> list[date | None]:
    return [each.ends_on for each in room.manager.classes.enrolments(class_id)]


# -- what a release does ---------------------------------------------------------------------------------------------


def test_a_release_ends_the_stay_and_the_classes_and_begins_the_follow_up(room: CaseRoom) -> None:
    person = room.person("0001")
    class_id = enrolled(room, person)
    case_id = room.case(person)
    day = TODAY - timedelta(days=2)
    worker = room.desk()
    release = worker.releases.record(person, ReleaseForm(day, ReleaseType.CONDITIONAL, note=" ដោយមានលក្ខខណ្ឌ "))
    record = room.manager.people.record(person)
    assert record.status is PersonStatus.POST_RELEASE
    assert record.stays[-1].ends_on == day
    assert room.manager.people.rows([person])[person].prison == ""
    assert days_of_class(room, class_id) == [day]
    assert (release.case_id, release.prison_id, release.form.note) == (case_id, room.own, "ដោយមានលក្ខខណ្ឌ")
    assert release.form.planned_on == date(2027, 1, 22)
    contacts = worker.follow_ups.of_release(release.id)
    assert [each.form.kind for each in contacts] == [each.kind for each in schedule(day, Risk.MEDIUM)]
    first = contacts[0].form
    assert (first.kind, first.late_after) == (FollowUpKind.HOURS_72, day + timedelta(days=3))


@pytest.mark.parametrize(("risk", "days"), [(Risk.HIGH, 3), (Risk.MEDIUM, 7)])
def test_after_a_try_that_reached_nobody_the_next_one_comes_sooner_at_high_risk(
    room: CaseRoom, risk: Risk, days: int
) -> None:
    person = room.person("0001")
    case_id, worker = room.case(person), room.desk()
    assessment = whole(case_id)
    worker.strengths.save(replace(assessment, restricted=replace(assessment.restricted, overall=risk)))
    release = worker.releases.record(person, ReleaseForm(TODAY - timedelta(days=9)))
    due = next(each for each in worker.follow_ups.of_release(release.id) if each.form.kind is FollowUpKind.WEEK_1)
    tried = AttemptForm(TODAY, ContactMode.HOME_VISIT, Reached.NOT_REACHED)
    assert worker.follow_ups.note_attempt(due.id, tried) == TODAY + timedelta(days=days)


def test_left_today_is_one_act_and_waits_for_neither_plan_nor_consent(room: CaseRoom) -> None:
    person = room.person("0001")
    release = room.desk().releases.left_today(person)
    assert (release.form.released_on, release.form.unplanned) == (TODAY, True)
    assert (release.case_id, release.form.readiness_percent) == (None, None)


def test_on_the_day_itself_the_person_is_still_at_the_prison_and_gone_the_next_day(room: CaseRoom) -> None:
    person = room.person("0001")
    room.manager.releases.left_today(person)
    assert room.manager.people.rows([person])[person].prison == "SR"
    room.clock.go_to(TODAY + timedelta(days=1))
    room.manager.people.follow_the_day()
    assert room.manager.people.rows([person])[person].prison == ""


def test_the_readiness_of_that_day_is_kept_with_the_release(room: CaseRoom) -> None:
    person = room.person("0001")
    case_id, worker = room.case(person), room.desk()
    plan = worker.release_plans.open(case_id)
    for each in plan.items:
        worker.release_plans.set_item(each.id, each.form.with_status(ItemStatus.DONE, TODAY), each.version)
    release = worker.releases.left_today(person)
    assert (release.form.readiness_percent, release.form.ready) == (100, True)


@pytest.mark.parametrize(
    ("kind", "status", "contacts"),
    [
        (ReleaseType.ACQUITTED, PersonStatus.POST_RELEASE, 12),
        (ReleaseType.TO_REHABILITATION, PersonStatus.IN_TRAINING, 0),
        (ReleaseType.ESCAPE, PersonStatus.IN_TRAINING, 0),
        (ReleaseType.DEATH, PersonStatus.CLOSED, 0),
    ],
)
def test_no_follow_up_begins_for_who_is_not_free(
    room: CaseRoom, kind: ReleaseType, status: PersonStatus, contacts: int
) -> None:
    person = room.person("0001")
    release = room.manager.releases.left_today(person, kind)
    assert room.manager.people.record(person).status is status
    assert len(room.manager.follow_ups.of_release(release.id)) == contacts


def test_a_liaison_records_a_release_and_the_next_who_holds_the_key_begins_the_follow_up(room: CaseRoom) -> None:
    person = room.person("0001")
    release = room.desk("liaison", Role.LIAISON).releases.left_today(person)
    with room.manager.office.store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM follow_up").scalar() == 0
    worker = room.desk()  # sits down
    kinds = [each.form.kind for each in worker.follow_ups.of_release(release.id)]
    assert kinds[0] is FollowUpKind.HOURS_72
    again = room.desk("colleague")
    assert len(again.follow_ups.of_release(release.id)) == len(kinds)


def test_a_trainer_records_no_release(room: CaseRoom) -> None:
    person = room.person("0001")
    with pytest.raises(NotPermitted):
        room.desk("trainer", Role.TRAINER).releases.left_today(person)


def test_somebody_released_on_29_february_has_every_month_clamped(room: CaseRoom) -> None:
    person = inside(room, (date(2027, 5, 1), None))
    room.clock.go_to(date(2028, 3, 1))
    release = room.manager.releases.record(person, ReleaseForm(date(2028, 2, 29)))
    due = {each.form.kind: each.form.due_on for each in room.manager.follow_ups.of_release(release.id)}
    assert (due[FollowUpKind.MONTH_1], due[FollowUpKind.MONTH_12]) == (date(2028, 3, 29), date(2029, 2, 28))


# -- what cannot be true ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "said"),
    [(TODAY + timedelta(days=1), "has not come"), (ADMITTED - timedelta(days=1), "before the admission")],
)
def test_a_release_in_the_future_or_before_the_admission_is_refused(room: CaseRoom, day: date, said: str) -> None:
    person = room.person("0001")
    with pytest.raises(Refused, match=said) as refused:
        room.manager.releases.record(person, ReleaseForm(day))
    assert refused.value.place == "released_on"
    assert room.manager.people.record(person).status is PersonStatus.IN_TRAINING


@pytest.mark.parametrize("later", [0, 1])
def test_nobody_is_released_twice_without_coming_back(room: CaseRoom, later: int) -> None:
    person = room.person("0001")
    day = TODAY - timedelta(days=5)
    room.manager.releases.record(person, ReleaseForm(day))
    with pytest.raises(Refused, match="already"):
        room.manager.releases.record(person, ReleaseForm(day + timedelta(days=later)))
    with pytest.raises(Refused, match="already"):
        room.manager.releases.record(person, ReleaseForm(day - timedelta(days=1)))


def test_a_return_on_the_day_of_the_release_is_an_error_of_the_days(room: CaseRoom) -> None:
    day = TODAY - timedelta(days=5)
    person = inside(room, (ADMITTED, day), (day, None))
    with pytest.raises(Refused, match="begins on"):
        room.manager.releases.record(person, ReleaseForm(day))


def test_somebody_who_came_back_is_released_again_and_an_earlier_release_is_added_later(room: CaseRoom) -> None:
    first, back, second = (TODAY - timedelta(days=days) for days in (60, 30, 5))
    person = inside(room, (ADMITTED, first), (back, None))
    releases = room.manager.releases
    releases.record(person, ReleaseForm(second))
    releases.record(person, ReleaseForm(first))
    assert [each.form.released_on for each in releases.of_person(person)] == [second, first]
    with pytest.raises(Refused):  # between the two there was no admission
        releases.record(person, ReleaseForm(first + timedelta(days=1)))


def test_somebody_admitted_and_released_on_one_day_is_released(room: CaseRoom) -> None:
    person = inside(room, (TODAY, None))
    room.manager.releases.left_today(person)
    (stay,) = room.manager.people.record(person).stays
    assert (stay.starts_on, stay.ends_on) == (TODAY, TODAY)


def test_somebody_without_a_stay_on_record_is_released_all_the_same(room: CaseRoom) -> None:
    person = inside(room)
    assert room.manager.releases.left_today(person).prison_id is None


# -- a mistake -------------------------------------------------------------------------------------------------------


def test_a_release_by_mistake_is_taken_back_whole(room: CaseRoom) -> None:
    person = room.person("0001")
    class_id = enrolled(room, person)
    before = room.manager.people.record(person)
    release = room.manager.releases.left_today(person)
    room.manager.releases.take_back(release.id, release.version)
    after = room.manager.people.record(person)
    assert (after.status, after.stays) == (before.status, before.stays)
    assert days_of_class(room, class_id) == [None]
    assert room.manager.releases.of_person(person) == ()
    assert room.manager.releases.left_today(person).form.released_on == TODAY


def test_a_stay_whose_end_was_known_gets_that_end_back(room: CaseRoom) -> None:
    known = TODAY + timedelta(days=40)
    person = inside(room, (ADMITTED, known))
    release = room.manager.releases.left_today(person)
    room.manager.releases.take_back(release.id, release.version)
    assert room.manager.people.record(person).stays[-1].ends_on == known


def test_a_release_is_taken_back_once_and_not_by_two(room: CaseRoom) -> None:
    person = room.person("0001")
    release = room.manager.releases.left_today(person)
    with pytest.raises(ChangedMeanwhile):
        room.manager.releases.take_back(release.id, release.version + 1)
    room.manager.releases.take_back(release.id, release.version)
    with pytest.raises(Refused, match="already"):
        room.manager.releases.take_back(release.id, release.version + 1)


def test_a_release_stays_once_somebody_looked_for_the_person(room: CaseRoom) -> None:
    person = room.person("0001")
    release = room.manager.releases.left_today(person)
    contact = room.manager.follow_ups.of_release(release.id)[0]
    room.clock.go_to(TODAY + timedelta(days=1))
    tried = AttemptForm(TODAY + timedelta(days=1), ContactMode.PHONE, Reached.NOT_REACHED)
    room.manager.follow_ups.note_attempt(contact.id, tried)
    with pytest.raises(Refused, match="looked for"):
        room.manager.releases.take_back(release.id, release.version)


def test_a_contact_that_was_taken_back_does_not_keep_a_release(room: CaseRoom) -> None:
    release = room.manager.releases.left_today(room.person("0001"))
    room.clock.go_to(TODAY + timedelta(days=1))
    findings = ContactFindings(work=WorkStatus.EMPLOYED, trouble=LawTrouble.NONE, view=WorkerView.ON_TRACK)
    met = Contact(TODAY + timedelta(days=1), ContactMode.HOME_VISIT, Reached.IN_PERSON, findings)
    room.manager.follow_ups.add_extra(release.id, met)
    with pytest.raises(Refused, match="looked for"):
        room.manager.releases.take_back(release.id, release.version)
    assert room.manager.contact_undo.take_back(release.id) is not None
    room.manager.releases.take_back(release.id, release.version)


def test_a_release_stays_once_a_new_stay_began(room: CaseRoom) -> None:
    person = room.person("0001")
    release = room.manager.releases.record(person, ReleaseForm(TODAY - timedelta(days=9)))
    record = room.manager.people.record(person)
    stays = (*record.stays, CustodyStay(room.own, TODAY))
    room.manager.people.save(replace(record, stays=stays, status=PersonStatus.IN_TRAINING))
    with pytest.raises(Refused, match="new stay"):
        room.manager.releases.take_back(release.id, release.version)
