"""Writes classes, timetables and enrolments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import delete
from sqlalchemy.orm import Session

from tlbb_desktop.data import models
from tlbb_desktop.domain.classes import Course, TimetableSlot, TrainingClass
from tlbb_desktop.khmer import sort_key


def fill_course(row: models.Course, course: Course) -> models.Course:
    """Copy what people edit of a course."""
    row.code, row.name_km, row.name_en, row.active = course.code, course.name_km, course.name_en, course.active
    return row


def fill_class(row: models.TrainingClass, group: TrainingClass) -> models.TrainingClass:
    """Copy what people edit of a class; its timetable has a table of its own."""
    row.code = group.code
    row.course_id = group.course_id
    row.prison_id = group.prison_id
    row.trainer_id = group.trainer_id
    row.starts_on = group.starts_on
    row.ends_on = group.ends_on
    row.roster_order = group.order
    row.sort_key = sort_key(group.code)
    return row


def replace_timetable(session: Session, class_id: int, slots: Iterable[TimetableSlot]) -> None:
    """Store the lessons of a class's week in place of the earlier ones."""
    session.execute(delete(models.TimetableSlot).where(models.TimetableSlot.class_id == class_id))
    session.add_all(
        models.TimetableSlot(class_id=class_id, weekday=int(slot.weekday), starts=slot.starts, ends=slot.ends)
        for slot in slots
    )
    session.flush()


def enrolment(
    class_id: int, person_id: int, starts_on: date, ends_on: date | None, number: int | None
) -> models.Enrolment:
    """A person in a class."""
    return models.Enrolment(
        class_id=class_id, person_id=person_id, starts_on=starts_on, ends_on=ends_on, list_number=number, end_reason=""
    )
