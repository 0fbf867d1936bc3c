"""The class that many tests mark: motorbike repair at Siem Reap, Mondays to Thursdays, October and November 2026."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from tlbb_desktop.domain.classes import TimetableSlot, TrainingClass, Weekday
from tlbb_desktop.domain.months import Month
from tlbb_desktop.wiring import Desk

OCTOBER = Month(2026, 10)


def weekly(*days: Weekday, starts: time = time(8), ends: time = time(11)) -> tuple[TimetableSlot, ...]:
    return tuple(TimetableSlot(day, starts, ends) for day in days)


MONDAY_TO_THURSDAY = weekly(Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU)


def motorbike_class(desk: Desk, code: str = "SR-MOTO-26", **changes: object) -> TrainingClass:
    """The class before it is saved; *changes* are other values of its fields."""
    group = TrainingClass(
        id=None,
        code=code,
        course_id=desk.classes.course_named("moto"),
        prison_id=desk.prisons.own().id,
        trainer_id=None,
        starts_on=date(2026, 10, 1),
        ends_on=date(2026, 11, 30),
        timetable=MONDAY_TO_THURSDAY,
    )
    return replace(group, **changes)
