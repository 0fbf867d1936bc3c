"""A person's training record, gathered from registers and certificates."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.certificates.conftest import Graduates, clock, empty_room, graduates, home, new_class, room
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.training_records import TrainingCourse

__all__ = ["clock", "empty_room", "graduates", "home", "new_class", "room"]


def course_of(graduates: Graduates, person_id: int) -> TrainingCourse:
    """The course that has ended; in the other one no session was held yet."""
    courses = graduates.room.desk.training_records.record(person_id).courses
    (ended,) = (course for course in courses if course.months)
    assert len(courses) == 2
    return ended


def test_a_record_holds_courses_months_and_valid_certificates(graduates: Graduates) -> None:
    number = graduates.issue()
    record = graduates.room.desk.training_records.record(graduates.people[0])
    course = course_of(graduates, graduates.people[0])
    (month,) = course.months
    assert month.month == Month(2026, 10)
    assert month.sessions == month.attended == len(graduates.room.sessions())
    assert month.minutes_attended == month.minutes_due > 0
    assert [each.number for each in record.certificates] == [number]
    assert record.made_on == graduates.room.desk.office.clock.today()
    assert course.ends_on == date(2026, 10, 30)


def test_absences_lower_the_hours_of_the_month(graduates: Graduates) -> None:
    course = course_of(graduates, graduates.lazy)
    assert course.total.attended == course.total.sessions - 6
    assert course.total.minutes_attended < course.total.minutes_due


def test_what_the_programme_held_somebody_back_from_does_not_count(graduates: Graduates) -> None:
    before = course_of(graduates, graduates.people[1]).total
    graduates.room.mark(graduates.room.sessions()[0].day.day, 1, "institution")
    after = course_of(graduates, graduates.people[1]).total
    assert (after.sessions, after.attended) == (before.sessions - 1, before.attended - 1)
    assert after.minutes_attended == after.minutes_due


def test_a_revoked_certificate_is_not_on_the_record(graduates: Graduates) -> None:
    graduates.service.revoke(graduates.issue(), "wrong person")
    assert graduates.room.desk.training_records.record(graduates.people[0]).certificates == ()


def test_handing_out_a_record_is_written_to_the_audit(graduates: Graduates) -> None:
    desk = graduates.room.desk
    desk.training_records.record(graduates.people[0])
    event = desk.audit.events()[0]
    assert (event.kind, event.subject) == ("training_record_printed", f"person:{graduates.people[0]}")


@pytest.mark.parametrize("name", ["prison record", "TLBB", "កំណត់ត្រាពន្ធនាគារ"])
def test_a_file_name_that_shows_detention_is_refused(graduates: Graduates, name: str) -> None:
    with pytest.raises(Refused):
        graduates.room.desk.training_records.record(graduates.people[0], name)


def test_a_person_who_is_not_on_record_has_none(graduates: Graduates) -> None:
    with pytest.raises(NotFound):
        graduates.room.desk.training_records.record(999_999)
