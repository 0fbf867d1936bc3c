"""Open questions and guest rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, Select, func, or_, select

from tlbb_desktop.data.models import ClassSession, Enrolment, MarkRow, Person, Question, Staff, TrainingClass
from tlbb_desktop.domain.people import Names, PersonKind
from tlbb_desktop.domain.questions import GuestRow, OpenQuestion, QuestionKind


def guest_named(connection: Connection, class_id: int, duplicate_key: str) -> int | None:
    """The guest of a class with this name, or None."""
    wanted = (
        select(Person.id)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(
            Person.duplicate_key == duplicate_key,
            Person.kind == PersonKind.GUEST,
            Person.merged_into_id.is_(None),
            Enrolment.class_id == class_id,
        )
        .limit(1)
    )
    return connection.execute(wanted).scalar()


def is_enrolled(connection: Connection, class_id: int, person_id: int, day: date) -> bool:
    """Whether somebody is on the roster of *day*."""
    wanted = select(Enrolment.id).where(
        Enrolment.class_id == class_id,
        Enrolment.person_id == person_id,
        Enrolment.starts_on <= day,
        or_(Enrolment.ends_on.is_(None), Enrolment.ends_on >= day),
    )
    return connection.execute(wanted.limit(1)).scalar() is not None


def was_enrolled(connection: Connection, class_id: int, person_id: int) -> bool:
    """Whether somebody is or was in a class."""
    wanted = select(Enrolment.id).where(Enrolment.class_id == class_id, Enrolment.person_id == person_id)
    return connection.execute(wanted.limit(1)).scalar() is not None


def highest_number(connection: Connection, start: str) -> int:
    """The highest number among the codes of people that are *start* and then digits; 0 when there is none."""
    rest = func.substr(Person.code, len(start) + 1)
    wanted = select(rest).where(func.substr(Person.code, 1, len(start)) == start)
    numbers = [int(text) for text in connection.execute(wanted).scalars() if text.isascii() and text.isdigit()]
    return max(numbers, default=0)


def open_question(connection: Connection, kind: QuestionKind, class_id: int, person_id: int) -> int | None:
    """The question of this kind that is still open, or None."""
    wanted = select(Question.id).where(
        Question.answered_at.is_(None),
        Question.kind == kind,
        Question.class_id == class_id,
        Question.person_id == person_id,
    )
    return connection.execute(wanted).scalar()


def open_questions(connection: Connection, prisons: Iterable[int] | None) -> tuple[OpenQuestion, ...]:
    """Questions that nobody has answered, oldest first, of the classes at *prisons* (None = all)."""
    wanted = (
        select(
            Question.id,
            Question.kind,
            Question.person_id,
            Person.code,
            Person.family_km,
            Person.given_km,
            Person.family_latin,
            Person.given_latin,
            Question.class_id,
            func.coalesce(TrainingClass.code, "").label("class_code"),
            Question.text,
            Question.created_at,
            func.coalesce(Staff.name, "").label("asked_by"),
        )
        .join(Person, Person.id == Question.person_id)
        .outerjoin(TrainingClass, TrainingClass.id == Question.class_id)
        .outerjoin(Staff, Staff.id == Question.created_by)
        .where(Question.answered_at.is_(None))
        .order_by(Question.id)
    )
    if prisons is not None:
        wanted = wanted.where(func.coalesce(TrainingClass.prison_id, Person.prison_id).in_(sorted(prisons)))
    return tuple(
        OpenQuestion(
            id=row.id,
            kind=QuestionKind(row.kind),
            person_id=row.person_id,
            code=row.code,
            shown_name=Names(row.family_km, row.given_km, row.family_latin, row.given_latin).shown,
            class_id=row.class_id,
            class_code=row.class_code,
            text=row.text,
            asked_at=row.created_at,
            asked_by=row.asked_by,
        )
        for row in connection.execute(wanted)
    )


def guests(connection: Connection, prisons: Iterable[int] | None) -> tuple[GuestRow, ...]:
    """Guests that nobody has joined to a record, per class, of the classes at *prisons* (None = all)."""
    marks = (
        select(func.count())
        .select_from(MarkRow)
        .join(ClassSession, ClassSession.id == MarkRow.session_id)
        .where(MarkRow.person_id == Person.id, ClassSession.class_id == TrainingClass.id)
        .scalar_subquery()
    )
    wanted = (
        select(
            Person.id,
            Person.code,
            Person.family_km,
            Person.given_km,
            Person.family_latin,
            Person.given_latin,
            Person.note,
            Enrolment.class_id,
            TrainingClass.code.label("class_code"),
            Enrolment.starts_on,
            marks.label("marks"),
        )
        .join(Enrolment, Enrolment.person_id == Person.id)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .where(Person.kind == PersonKind.GUEST, Person.merged_into_id.is_(None))
        .order_by(TrainingClass.sort_key, Person.sort_key, Person.id, Enrolment.starts_on)
    )
    if prisons is not None:
        wanted = wanted.where(TrainingClass.prison_id.in_(sorted(prisons)))
    found: dict[tuple[int, int], GuestRow] = {}
    for row in connection.execute(wanted):
        key = (row.class_id, row.id)
        earlier = found[key].days if key in found else ()
        found[key] = GuestRow(
            person_id=row.id,
            code=row.code,
            shown_name=Names(row.family_km, row.given_km, row.family_latin, row.given_latin).shown,
            note=row.note,
            class_id=row.class_id,
            class_code=row.class_code,
            days=(*earlier, row.starts_on),
            marks=row.marks,
        )
    return tuple(found.values())


def prison_of_open_guest(connection: Connection, person_id: int) -> int | None:
    """The prison of the class where a guest was added; None when the row is no guest, or no longer one."""
    wanted = (
        select(TrainingClass.prison_id)
        .join(Enrolment, Enrolment.class_id == TrainingClass.id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Person.id == person_id, Person.kind == PersonKind.GUEST, Person.merged_into_id.is_(None))
        .limit(1)
    )
    return connection.execute(wanted).scalar()


def prison_of_question(connection: Connection, question_id: int) -> int | None:
    """The prison of the class that a question came from."""
    wanted = (
        select(TrainingClass.prison_id)
        .join(Question, Question.class_id == TrainingClass.id)
        .where(Question.id == question_id)
    )
    return connection.execute(wanted).scalar()


def enrolments_after(person_id: int, class_id: int | None, day: date) -> Select[Enrolment]:
    """The enrolments of somebody in a class that last longer than *day*."""
    return select(Enrolment).where(
        Enrolment.person_id == person_id,
        Enrolment.class_id == class_id,
        or_(Enrolment.ends_on.is_(None), Enrolment.ends_on > day),
    )
