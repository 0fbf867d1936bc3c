"""Courses, classes, sessions, enrolments, and the lists that a manager edits."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tlbb_desktop.data.models.vocabulary import Day, Key, Minute, Record, SortKey, Versioned


class Course(Versioned, Record):
    """What is taught."""

    __tablename__ = "course"
    code: Mapped[str] = mapped_column(unique=True)
    name_km: Mapped[str]
    name_en: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)


class TrainingClass(Versioned, Record):
    """A run of a course at a prison."""

    __tablename__ = "training_class"
    code: Mapped[str] = mapped_column(unique=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    prison_id: Mapped[int] = mapped_column(ForeignKey("prison.id"), index=True)
    trainer_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    starts_on: Mapped[Day]
    ends_on: Mapped[Day]
    roster_order: Mapped[str] = mapped_column(default="khmer")
    sort_key: Mapped[SortKey]
    curriculum_id: Mapped[int | None] = mapped_column(ForeignKey("curriculum.id"))


class TimetableSlot(Record):
    """One lesson of a class's week."""

    __tablename__ = "timetable_slot"
    id: Mapped[Key]
    class_id: Mapped[int] = mapped_column(ForeignKey("training_class.id"), index=True)
    weekday: Mapped[int]
    starts: Mapped[Minute]
    ends: Mapped[Minute]


class ClassSession(Versioned, Record):
    """A session of a class: planned, held or cancelled with a reason."""

    __tablename__ = "class_session"
    __table_args__ = (UniqueConstraint("class_id", "day", "starts"), Index("ix_class_session_day", "day"))
    class_id: Mapped[int] = mapped_column(ForeignKey("training_class.id"))
    day: Mapped[Day]
    starts: Mapped[Minute]
    ends: Mapped[Minute]
    state: Mapped[str] = mapped_column(default="planned")
    reason_id: Mapped[int | None] = mapped_column(ForeignKey("absence_reason.id"))
    real_starts: Mapped[Minute | None]
    real_ends: Mapped[Minute | None]
    repairs_session_id: Mapped[int | None] = mapped_column(ForeignKey("class_session.id"))
    note: Mapped[str] = mapped_column(default="")


class Enrolment(Versioned, Record):
    """A person in a class, from a day to a day (both included)."""

    __tablename__ = "enrolment"
    __table_args__ = (
        Index("ix_enrolment_class", "class_id", "starts_on"),
        Index("ix_enrolment_person", "person_id", "class_id"),
    )
    class_id: Mapped[int] = mapped_column(ForeignKey("training_class.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    starts_on: Mapped[Day]
    ends_on: Mapped[Day | None]
    list_number: Mapped[int | None]
    end_reason: Mapped[str] = mapped_column(default="")


class AbsenceReason(Versioned, Record):
    """A reason of an excuse, of an institution mark or of a cancelled session, with its weight."""

    __tablename__ = "absence_reason"
    __table_args__ = (UniqueConstraint("use", "code"),)
    code: Mapped[str]
    use: Mapped[str]
    digit: Mapped[int] = mapped_column(default=0)
    name_km: Mapped[str]
    name_en: Mapped[str]
    weight: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)


class Holiday(Record):
    """What the staff changed in the list of holidays: a day added, or made a working day."""

    __tablename__ = "holiday"
    day: Mapped[Day] = mapped_column(primary_key=True)
    name_km: Mapped[str]
    name_en: Mapped[str]
    working: Mapped[bool] = mapped_column(default=False)
