"""The courses page over a real record, and hands to use it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.gui.classroom import Classroom, five_learners, room_at
from tests.programme import Beginnings
from tlbb_desktop.domain.assessment import Outcome, SetAttempt
from tlbb_desktop.domain.curricula import Curriculum
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.screens.courses.editor import CourseEditor
from tlbb_desktop.screens.courses.screen import CoursesScreen
from tlbb_desktop.services.home import Home

Key = Qt.Key
NOBODY = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def home(beginnings: Beginnings, tmp_path: Path) -> Home:
    return beginnings.copy(five_learners, tmp_path)


@pytest.fixture
def room(desk, beginnings: Beginnings) -> Classroom:
    return room_at(desk, beginnings.made(five_learners))


@pytest.fixture
def moto(room) -> int:
    return room.desk.classes.course_named("moto")


@pytest.fixture
def editor(room, moto) -> CourseEditor:
    editor = CourseEditor(room.desk)
    editor.load(moto)
    return editor


@pytest.fixture
def screen_at(qtbot, tasks):
    def build(desk, argument: object = None) -> CoursesScreen:
        screen = CoursesScreen(desk, tasks, ChangeSignal())
        qtbot.addWidget(screen)
        screen.resize(1166, 660)
        with qtbot.waitExposed(screen):
            screen.show()
        screen._show_list()
        screen.open(argument)
        return screen

    return build


@pytest.fixture
def page(room, moto, screen_at) -> CoursesScreen:
    return screen_at(room.desk, moto)


def newest(room: Classroom, course_id: int) -> Curriculum:
    found = room.desk.curricula.newest(course_id)
    assert found is not None
    return found


def codes(curriculum: Curriculum) -> list[str]:
    return [unit.code for unit in curriculum.units]


def press(*keys: Qt.Key, modifier: Qt.KeyboardModifier = NOBODY) -> None:
    """Press keys where the cursor is."""
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key, modifier)


def type_text(text: str) -> None:
    """Type into the field that has the cursor; ``QTest.keyClicks`` knows no Khmer."""
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.insert(text)


def course(page: CoursesScreen):
    return page.course_pane._form


def unit(page: CoursesScreen):
    return page.unit_pane._form


def changes(page: CoursesScreen):
    return page.course_pane._changes._form


def column(table, number: int) -> list[str]:
    model = table.model()
    return [model.index(row, number).data() for row in range(model.rowCount())]


def choose(box, data: object) -> None:
    """Choose a line of a box as the keyboard does."""
    box.setCurrentIndex(box.findData(data))
    box.activated.emit(box.currentIndex())


def assess(room: Classroom, code: str) -> None:
    """Somebody of the class is competent in a unit today."""
    found = room.desk.assessment.unit_named(room.class_id, code)
    today = room.desk.office.clock.today()
    wish = SetAttempt(room.people[0], found.id or 0, today, Outcome.COMPETENT)
    room.desk.assessment.assess(room.class_id, [wish])


def changed_file(page: CoursesScreen, folder: Path, *cells: tuple[str, object]) -> Path:
    """The course as a file whose sheet of units was changed in these cells."""
    file = folder / "moto.xlsx"
    page.export_file(file)
    book = openpyxl.load_workbook(file)
    for cell, value in cells:
        book["units"][cell] = value
    book.save(file)
    return file
