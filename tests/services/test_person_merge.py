"""Two records of one person become one, and nothing of either is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from tests.services.test_people import BIRTH, JPEG, newcomer
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.classes import TimetableSlot, TrainingClass, Weekday
from tlbb_desktop.domain.errors import NotPermitted, Refused
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import Contact, Identity, Names
from tlbb_desktop.domain.register import SetMark
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.wiring import Desk

MONTH = Month(2025, 10)


@pytest.fixture
def own(desk: Desk) -> int:
    return desk.prisons.own().id


@pytest.fixture
def group(desk: Desk, own: int) -> int:
    """A class of October 2025, Mondays to Fridays."""
    course_id = desk.classes.courses()[0].id
    week = tuple(TimetableSlot(Weekday(day), time(8), time(11)) for day in range(5))
    return desk.classes.save(TrainingClass(None, "K1", course_id, own, None, MONTH.first, MONTH.last, week))


def two(desk: Desk, own: int) -> tuple[int, int]:
    kept = desk.people.save(newcomer(own, code="KEPT", names=Names("សុខ", "ដារ៉ា"), contact=None, note="first"))
    twin = newcomer(own, code="TWIN", identity=None, note="second")
    return kept, desk.people.save(twin)


def mark(desk: Desk, group: int, person: int, session: int, code: MarkCode) -> None:
    desk.attendance.mark(group, [SetMark(session, person, code)])


def marks_of(desk: Desk, group: int) -> dict[tuple[int, int], MarkCode]:
    return {cell: each.code for cell, each in desk.attendance.register(group, MONTH).marks.items()}


def test_marks_enrolments_and_days_go_over(desk, own, group) -> None:
    kept, twin = two(desk, own)
    desk.classes.enrol(group, [twin])
    first, second, *_ = [session.id for session in desk.classes.sessions(group, MONTH.first, MONTH.last)]
    mark(desk, group, twin, first, MarkCode.PRESENT)
    mark(desk, group, twin, second, MarkCode.ABSENT)
    desk.people.merge(kept, twin, "the same tattoo")
    assert marks_of(desk, group) == {(first, kept): MarkCode.PRESENT, (second, kept): MarkCode.ABSENT}
    assert [each.person_id for each in desk.attendance.register(group, MONTH).learners] == [kept]
    assert [story.code for story in desk.attendance.story(first, kept)] == [MarkCode.PRESENT]
    (story,) = desk.people.merges(kept)
    assert (story.kept_code, story.merged_code, story.reason) == ("KEPT", "TWIN", "the same tattoo")
    assert (story.marks_moved, story.marks_left) == (2, ())


def test_on_a_session_that_both_have_the_kept_mark_stands_and_the_other_is_named(desk, own, group) -> None:
    kept, twin = two(desk, own)
    desk.classes.enrol(group, [kept, twin])
    first, second, *_ = desk.classes.sessions(group, MONTH.first, MONTH.last)
    mark(desk, group, kept, first.id, MarkCode.PRESENT)
    mark(desk, group, twin, first.id, MarkCode.ABSENT)
    mark(desk, group, twin, second.id, MarkCode.LATE)
    desk.people.merge(kept, twin)
    register = desk.attendance.register(group, MONTH)
    assert [each.person_id for each in register.learners] == [kept]
    assert register.marks[first.id, kept].code is MarkCode.PRESENT
    assert register.marks[second.id, kept].code is MarkCode.LATE
    (story,) = desk.people.merges(twin)
    assert (story.marks_moved, story.marks_left) == (1, (first.day,))
    with desk.office.store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM mark").scalar() == 3


def test_enrolments_in_one_class_become_one_that_covers_both(desk, own, group) -> None:
    kept, twin = two(desk, own)
    desk.classes.enrol(group, [kept], date(2025, 10, 10))
    desk.classes.enrol(group, [twin], date(2025, 10, 1))
    (mine,) = [each for each in desk.classes.enrolments(group) if each.person_id == kept]
    desk.classes.end_enrolment(mine.id, date(2025, 10, 20))
    desk.people.merge(kept, twin)
    (learner,) = desk.attendance.register(group, MONTH).learners
    assert learner.person_id == kept
    assert learner.enrolled == ((date(2025, 10, 1), None),)


def test_the_merged_record_leaves_the_list_and_its_code_leads_to_the_kept_one(desk, own) -> None:
    kept, twin = two(desk, own)
    desk.people.merge(kept, twin)
    assert list(desk.people.ids()) == [kept]
    assert desk.people.person_with_code("TWIN") == kept
    with pytest.raises(Refused, match="belongs to somebody else"):
        desk.people.save(replace(desk.people.record(kept), code="TWIN"))
    with pytest.raises(Refused, match="joined"):
        desk.people.save(desk.people.record(twin))


def test_what_the_kept_record_does_not_know_it_takes_over(desk, own) -> None:
    kept, twin = two(desk, own)
    desk.people.set_photo(twin, JPEG)
    desk.people.merge(kept, twin)
    record = desk.people.record(kept)
    assert record.names == Names("សុខ", "ដារ៉ា", "SOK", "DARA", "តូច")
    assert record.note == "first\nsecond"
    assert record.identity.birth == BIRTH
    assert record.contact.phones == "012 345 678"
    assert desk.people.photo(kept) == JPEG
    assert desk.people.ids() == [kept]
    assert desk.people.quick_find("sok")[0].id == kept


def test_what_both_know_stays_with_each(desk, own) -> None:
    kept = desk.people.save(newcomer(own, code="KEPT"))
    other = Identity(BIRTH, None, {}, {"oscar": "other"})
    twin = desk.people.save(newcomer(own, code="TWIN", identity=other, contact=Contact(phones="99")))
    desk.people.merge(kept, twin)
    assert desk.people.record(kept).identity.external_ids == {"oscar": "SRP-12"}
    assert desk.people.record(kept).contact.phones == "012 345 678"
    assert desk.people.record(twin).identity.external_ids == {"oscar": "other"}
    assert desk.people.record(twin).contact.phones == "99"


def test_a_merged_record_is_not_merged_again(desk, own) -> None:
    kept, twin = two(desk, own)
    third = desk.people.save(newcomer(own, code="THIRD"))
    with pytest.raises(Refused, match="one record already"):
        desk.people.merge(kept, kept)
    desk.people.merge(kept, twin)
    for pair in ((third, twin), (twin, third)):
        with pytest.raises(Refused, match="joined to another before"):
            desk.people.merge(*pair)
    desk.people.merge(third, kept)
    assert desk.people.person_with_code("TWIN") == third
    assert [story.merged_code for story in desk.people.merges(kept)] == ["KEPT", "TWIN"]


def test_a_liaison_without_the_contacts_key_merges_and_nothing_sealed_breaks(desk, desk_as, own) -> None:
    kept, twin = two(desk, own)
    desk_as(Role.LIAISON, prisons=frozenset({own})).people.merge(kept, twin)
    assert desk.people.record(kept).contact.phones == "012 345 678"


@pytest.mark.parametrize("role", [Role.TRAINER, Role.SOCIAL_WORKER])
def test_others_do_not_merge(desk, desk_as, own, role) -> None:
    kept, twin = two(desk, own)
    with pytest.raises(NotPermitted):
        desk_as(role, prisons=frozenset({own})).people.merge(kept, twin)
    with pytest.raises(NotPermitted):
        desk_as(Role.LIAISON, prisons=frozenset({own + 1})).people.merge(kept, twin)
    assert len(desk.people.ids()) == 2


def test_a_guest_becomes_the_person_on_record_with_the_marks(desk, own, group) -> None:
    kept = desk.people.save(newcomer(own))
    session = desk.classes.sessions(group, MONTH.first, MONTH.last)[0]
    guest = desk.attendance.add_guest(group, session.day, "Dara")
    mark(desk, group, guest, session.id, MarkCode.PRESENT)
    desk.questions.join_guest(guest, kept)
    assert marks_of(desk, group) == {(session.id, kept): MarkCode.PRESENT}
    (learner,) = desk.attendance.register(group, MONTH).learners
    assert (learner.person_id, learner.guest) == (kept, False)
    assert learner.enrolled == ((session.day, session.day),)
