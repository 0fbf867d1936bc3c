"""Keeps the planned sessions of a class in step with its timetable and the holidays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, insert

from tlbb_desktop.data import models
from tlbb_desktop.data.models.vocabulary import new_uuid
from tlbb_desktop.data.queries import classes as queries
from tlbb_desktop.domain.attendance import SessionRow, SessionState
from tlbb_desktop.domain.classes import TimetableSlot, TrainingClass
from tlbb_desktop.domain.timetables import Lesson, lessons
from tlbb_desktop.services.office import Act


@dataclass(frozen=True, slots=True)
class _Standing:
    """The sessions that a class has, and those that somebody worked with."""

    sessions: tuple[SessionRow, ...]
    touched: frozenset[int]

    def first_free_day(self, today: date) -> date:
        """The day after the last one that was taught, cancelled or marked up to *today*."""
        worked = [session.day for session in self.sessions if session.id in self.touched and session.day <= today]
        return max(worked) + timedelta(days=1) if worked else date.min


def follow_timetable(act: Act, before: TrainingClass | None, after: TrainingClass, days_off: frozenset[date]) -> None:
    """Make the sessions that *after* asks for, and take away the untouched ones that only *before* asked for.

    A session that was held, cancelled, marked, noted or made to repair another stays, and so does what lies before it:
    a new timetable counts from the day after the last session that somebody worked with.
    """
    class_id = after.id
    assert class_id is not None  # noqa: S101 - the caller has stored the class
    wanted = set(lessons(after.timetable, after.starts_on, after.ends_on, days_off))
    if before is None:
        _plan(act, class_id, wanted)
        return
    standing = _standing(act, class_id)
    free_from = standing.first_free_day(act.today)
    span = range(before.starts_on.toordinal(), before.ends_on.toordinal() + 1)
    new_days = {lesson for lesson in wanted if lesson.day >= free_from or lesson.day.toordinal() not in span}
    gone = [
        session.id
        for session in standing.sessions
        if session.id not in standing.touched
        and _fits(session, before.timetable)
        and _unwanted(session, after, free_from)
    ]
    _remove(act, gone)
    kept = [session for session in standing.sessions if session.id not in set(gone)]
    _plan(act, class_id, _without_overlap(new_days, kept))


def follow_holiday(act: Act, class_id: int, day: date, *, is_off: bool) -> None:
    """Take away a day's untouched sessions when it became a holiday; plan them when it became a working day."""
    standing = _standing(act, class_id, day)
    slots = queries.timetable(act.connection, class_id)
    if is_off:
        _remove(
            act,
            [one.id for one in standing.sessions if one.id not in standing.touched and _fits(one, slots)],
        )
    else:
        _plan(act, class_id, _without_overlap(set(lessons(slots, day, day, ())), standing.sessions))
    act.changed("session", *(session.id for session in standing.sessions))


def overlapping(lesson: Lesson, sessions: Iterable[SessionRow]) -> bool:
    """Whether one of *sessions* lies at the same time."""
    return any(one.day == lesson.day and one.starts < lesson.ends and lesson.starts < one.ends for one in sessions)


def plan_one(act: Act, class_id: int, lesson: Lesson, repairs: int | None) -> int:
    """Add one session by hand; returns its row."""
    session = models.ClassSession(
        class_id=class_id,
        day=lesson.day,
        starts=lesson.starts,
        ends=lesson.ends,
        state=SessionState.PLANNED,
        repairs_session_id=repairs,
    )
    act.add(session)
    return session.id


def _standing(act: Act, class_id: int, day: date | None = None) -> _Standing:
    connection = act.connection
    return _Standing(
        queries.sessions(connection, class_id, day or date.min, day or date.max),
        queries.touched_sessions(connection, class_id),
    )


def _fits(session: SessionRow, slots: tuple[TimetableSlot, ...]) -> bool:
    """Whether the session is one that the timetable makes, and not one added by hand."""
    return TimetableSlot(session.day.weekday(), session.starts, session.ends) in slots  # type: ignore[arg-type]


def _unwanted(session: SessionRow, after: TrainingClass, free_from: date) -> bool:
    """Whether an untouched session has no place in the new timetable; a holiday alone is no reason."""
    outside = not after.starts_on <= session.day <= after.ends_on
    return outside or (session.day >= free_from and not _fits(session, after.timetable))


def _without_overlap(wanted: set[Lesson], kept: Iterable[SessionRow]) -> set[Lesson]:
    of_day: dict[date, list[SessionRow]] = {}
    for session in kept:
        of_day.setdefault(session.day, []).append(session)
    return {lesson for lesson in wanted if not overlapping(lesson, of_day.get(lesson.day, ()))}


def _remove(act: Act, session_ids: list[int]) -> None:
    if session_ids:
        act.session.execute(delete(models.ClassSession).where(models.ClassSession.id.in_(session_ids)))


def _plan(act: Act, class_id: int, wanted: Iterable[Lesson]) -> None:
    who = dict.fromkeys(("created_by", "changed_by"), act.actor.staff_id)
    when = dict.fromkeys(("created_at", "changed_at"), act.at)
    rows = [
        {
            "uuid": new_uuid(),
            "version": 1,
            "class_id": class_id,
            "day": lesson.day,
            "starts": lesson.starts,
            "ends": lesson.ends,
            "state": SessionState.PLANNED,
            "note": "",
            **who,
            **when,
        }
        for lesson in sorted(wanted)
    ]
    if rows:
        act.session.execute(insert(models.ClassSession), rows)
