"""Curricula, what sessions teach, attempts, records from other places, submissions to the Ministry."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from tlbb_desktop.data.models.vocabulary import At, Day, Key, Record, Uuid, Versioned


class CourseUnit(Versioned, Record):
    """A unit of a course; it stays the same in all versions of the curriculum."""

    __tablename__ = "course_unit"
    __table_args__ = (UniqueConstraint("course_id", "code"),)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    code: Mapped[str]


class CurriculumRow(Versioned, Record):
    """One version of what a course teaches, with what its certificate asks for; it never changes."""

    __tablename__ = "curriculum"
    __table_args__ = (UniqueConstraint("course_id", "number"),)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    number: Mapped[int]
    basis: Mapped[str]
    all_units: Mapped[bool]
    attendance_percent: Mapped[int]
    hours_percent: Mapped[int]
    source: Mapped[str] = mapped_column(default="")
    sample: Mapped[bool] = mapped_column(default=False)


class CurriculumUnit(Record):
    """A unit as one version of the curriculum words it."""

    __tablename__ = "curriculum_unit"
    __table_args__ = (UniqueConstraint("curriculum_id", "unit_id"),)
    id: Mapped[Key]
    curriculum_id: Mapped[int] = mapped_column(ForeignKey("curriculum.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("course_unit.id"))
    name_km: Mapped[str]
    name_en: Mapped[str]
    hours: Mapped[int]
    position: Mapped[int]


class CriterionRow(Record):
    """A practical criterion of a unit in one version of the curriculum."""

    __tablename__ = "criterion"
    __table_args__ = (UniqueConstraint("curriculum_unit_id", "number"),)
    id: Mapped[Key]
    curriculum_unit_id: Mapped[int] = mapped_column(ForeignKey("curriculum_unit.id"))
    number: Mapped[int]
    name_km: Mapped[str]
    name_en: Mapped[str]
    critical: Mapped[bool]


class UnitSwitchRow(Versioned, Record):
    """Whether a prison leaves a unit out, and why."""

    __tablename__ = "unit_switch"
    __table_args__ = (UniqueConstraint("prison_id", "unit_id"),)
    prison_id: Mapped[int] = mapped_column(ForeignKey("prison.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("course_unit.id"))
    off: Mapped[bool]
    reason: Mapped[str] = mapped_column(default="")


class ClassUnit(Versioned, Record):
    """From this day on the class is at this unit."""

    __tablename__ = "class_unit"
    __table_args__ = (UniqueConstraint("class_id", "starts_on"),)
    class_id: Mapped[int] = mapped_column(ForeignKey("training_class.id"))
    starts_on: Mapped[Day]
    unit_id: Mapped[int] = mapped_column(ForeignKey("course_unit.id"))


class SessionUnit(Record):
    """Minutes of a session that teach a unit, where the session does not follow its class."""

    __tablename__ = "session_unit"
    __table_args__ = (UniqueConstraint("session_id", "unit_id"),)
    id: Mapped[Key]
    session_id: Mapped[int] = mapped_column(ForeignKey("class_session.id"))
    position: Mapped[int]
    unit_id: Mapped[int] = mapped_column(ForeignKey("course_unit.id"))
    minutes: Mapped[int]


class AttemptRow(Record):
    """One entry about a learner and a unit. It never changes, as triggers see to; expunging empties its words.

    ``act_id`` is the first entry of the act that it was made in; ``passed`` a JSON list of the criteria shown.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        Index("ix_attempt_cell", "person_id", "unit_id"),
        Index("ix_attempt_corrects_id", "corrects_id", sqlite_where=text("corrects_id IS NOT NULL")),
    )
    id: Mapped[Key]
    uuid: Mapped[Uuid]
    act_id: Mapped[int]
    class_id: Mapped[int] = mapped_column(ForeignKey("training_class.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("course_unit.id"))
    curriculum_id: Mapped[int] = mapped_column(ForeignKey("curriculum.id"))
    kind: Mapped[str]
    outcome: Mapped[str | None]
    day: Mapped[Day]
    assessor_id: Mapped[int | None]
    passed: Mapped[str | None]
    feedback: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int] = mapped_column(default=0)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("attempt.id"))
    at: Mapped[At]
    laptop_at: Mapped[At]
    staff_id: Mapped[int | None]


class AttemptPhoto(Versioned, Record):
    """The photo of an attempt, or that it was taken away; older ones stay among the attachments."""

    __tablename__ = "attempt_photo"
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), unique=True)
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))


class BroughtRecord(Versioned, Record):
    """A signed record of another laptop that was taken in, as it was signed."""

    __tablename__ = "brought_record"
    record_uuid: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("training_class.id"))
    programme: Mapped[str]
    key_id: Mapped[str]
    content: Mapped[str]
    #: ``attempt.act_id`` of what came in; None where no unit of it is taught here.
    act_id: Mapped[int | None]


class Submission(Versioned, Record):
    """A certificate on its way through the Ministry."""

    __tablename__ = "submission"
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), unique=True)
    results_on: Mapped[Day]
    sent_on: Mapped[Day | None]
    returned_on: Mapped[Day | None]
    ministry_number: Mapped[str] = mapped_column(default="")
