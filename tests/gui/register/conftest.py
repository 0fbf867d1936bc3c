"""A class of five in November 2026 and its register, in the real page over a real record; today is a Monday."""

from __future__ import annotations

from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.classes import TimetableSlot, TrainingClass, Weekday
from tlbb_desktop.domain.clock import SystemClock, WorkingDayClock
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import CustodyStay, Names, PersonKind, PersonRecord, PersonStatus, Sex
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.screens.register.screen import RegisterScreen
from tlbb_desktop.widgets.destinations import OpenRegister
from tlbb_desktop.wiring import Desk, open_desk

MONDAY = date(2026, 11, 16)
NOVEMBER = Month(2026, 11)
FAMILIES = ("ឡុង", "គឹម", "ចាន់", "ខៀវ", "សុខ")


@pytest.fixture
def desk(home, unlocked) -> Desk:
    return open_desk(home, unlocked, WorkingDayClock(SystemClock(), MONDAY))


@pytest.fixture
def class_id(desk: Desk) -> int:
    prison = desk.prisons.own()
    class_id = desk.classes.save(
        TrainingClass(
            id=None,
            code="SR-MOTO",
            course_id=desk.classes.course_named("moto"),
            prison_id=prison.id,
            trainer_id=None,
            starts_on=date(2026, 11, 2),
            ends_on=date(2026, 12, 31),
            timetable=tuple(TimetableSlot(Weekday(day), time(8), time(11)) for day in range(4)),
        )
    )
    for number, family in enumerate(FAMILIES, 1):
        desk.people.save(
            PersonRecord(
                id=None,
                code=f"SR-{number:03d}",
                names=Names(family, "ដារ៉ា", "", "", "តូច" if family == "ខៀវ" else ""),
                sex=Sex.MALE,
                kind=PersonKind.PARTICIPANT,
                status=PersonStatus.IN_TRAINING,
                stays=(CustodyStay(prison.id, date(2026, 1, 5)),),
            )
        )
    desk.classes.enrol(class_id)
    return class_id


@pytest.fixture
def page(qtbot, desk: Desk, tasks, class_id: int) -> RegisterScreen:
    page = RegisterScreen(desk, tasks, ChangeSignal())
    qtbot.addWidget(page)
    page.resize(1200, 700)
    with qtbot.waitExposed(page):
        page.show()
    page.open(OpenRegister(class_id, NOVEMBER))
    return page


def press(page: RegisterScreen, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(page._form.grid.cells, key, modifiers)


def on_disk(desk: Desk, class_id: int, day: date = MONDAY) -> list[MarkCode | None]:
    """The marks of a day as the record has them, in the order of the roster."""
    register = desk.attendance.register(class_id, NOVEMBER)
    session = next(session for session in register.sessions if session.day == day)
    found = [register.marks.get((session.id, learner.person_id)) for learner in register.learners]
    return [mark.code if mark else None for mark in found]


def column_of(page: RegisterScreen) -> int:
    return next(number for number, column in enumerate(page._presenter.columns) if column.day == MONDAY)
