"""A month's absence list that was kept in a spreadsheet is taken in on the page of the sheets."""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.gui.accessible import unnamed_controls
from tests.gui.classroom import OCTOBER, Classroom, desk_of, furnish
from tests.gui.people import add_person
from tests.gui.text_fits import cut_texts
from tlbb_desktop.domain.attendance import MarkCode, SessionState
from tlbb_desktop.domain.errors import BadFile, Refused
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import Sex
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.translator import switch_language
from tlbb_desktop.screens.register.screen import RegisterScreen
from tlbb_desktop.screens.sheets.screen import SheetsScreen
from tlbb_desktop.widgets.destinations import OpenRegister

SAMPLE = Path(__file__).parents[1] / "fixtures" / "samples" / "attendance-2026-10.xlsx"
EXPECTED = json.loads((SAMPLE.parent / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture
def room(desk) -> Classroom:
    """The class of the sample, Mondays to Thursdays, with everybody whom the list of people brought in."""
    for person in EXPECTED["accepted"]:
        latin = (person["family_latin"], person["given_latin"])
        add_person(desk, person["family_km"], person["given_km"], latin, code=person["code"], sex=Sex(person["sex"]))
    return furnish(desk)


@pytest.fixture
def screen_at(qtbot, tasks):
    built: list[SheetsScreen] = []  # as the window holds its pages

    def build(desk, argument: object = None) -> SheetsScreen:
        screen = SheetsScreen(desk, tasks, ChangeSignal())
        built.append(screen)
        qtbot.addWidget(screen)
        screen.resize(1166, 660)
        with qtbot.waitExposed(screen):
            screen.show()
        screen.open(argument)
        return screen

    yield build
    built.clear()


@pytest.fixture
def screen(room, screen_at) -> SheetsScreen:
    return screen_at(room.desk, (room.class_id, OCTOBER))


@pytest.fixture
def read(qtbot):
    """Reads a list and waits for the question."""

    def wait(screen: SheetsScreen, path: Path = SAMPLE) -> None:
        screen._outside.list.read(screen._presenter.class_id, path)
        qtbot.waitUntil(lambda: screen._outside.list._presenter.preview is not None, timeout=20_000)

    return wait


@pytest.fixture
def take(qtbot, read):
    """Reads a list and takes it in."""

    def wait(screen: SheetsScreen, path: Path = SAMPLE) -> None:
        read(screen, path)
        with qtbot.waitSignal(screen.said, timeout=20_000):
            panel(screen).keepButton.click()

    return wait


def panel(screen: SheetsScreen):
    return screen._outside.list._form


def is_asked(screen: SheetsScreen) -> bool:
    return screen._form.strip.shown is screen._outside.list


def refused(screen: SheetsScreen) -> list[list[str]]:
    table = screen._outside.list._table
    return [[table.item(row, column).text() for column in range(3)] for row in range(table.rowCount())]


def marks(room: Classroom) -> Counter[MarkCode]:
    return Counter(mark.code for mark in room.desk.attendance.register(room.class_id, OCTOBER).marks.values())


def test_the_panel_says_what_will_happen_and_nothing_happens_yet(room, screen, read):
    read(screen)
    wished = Counter(wish.code for wish in screen._outside.list._presenter.preview.plan.wishes)
    assert panel(screen).headingLabel.text() == "Take the list of October 2026 into SR-MOTO-26?"
    marks_line, sessions_line, *_more = panel(screen).explainLabel.text().splitlines()
    assert marks_line == (
        f"{wished.total()} marks will be taken: Present {wished[MarkCode.PRESENT]}"
        f" · Excused {wished[MarkCode.EXCUSED]} · Absent {wished[MarkCode.ABSENT]}"
    )
    assert sessions_line == f"{len(EXPECTED['held_days'])} planned sessions become held."
    assert marks(room) == {}


def test_each_refused_cell_stands_with_person_day_and_reason(screen, read):
    read(screen)
    cells = [row for row in refused(screen) if row[1]]
    days = [date.fromisoformat(cell["date"]) for cell in EXPECTED["refused_cells"]]
    assert [day for _name, day, _why in cells] == [f"{day:%d/%m/%Y}" for day in days]
    assert all(name and why.endswith(".") for name, _day, why in cells)
    assert not panel(screen).refusedLabel.isHidden()


def test_taking_it_in_sets_the_marks_and_the_page_shows_them(room, screen, take):
    take(screen)
    absences = Counter(row["mark"] for row in EXPECTED["absences"])
    assert marks(room)[MarkCode.ABSENT] == absences["absent"]
    assert marks(room)[MarkCode.EXCUSED] == absences["excused"]
    sessions = room.desk.classes.sessions(room.class_id, OCTOBER.first, OCTOBER.last)
    assert [one.day.day for one in sessions if one.state is SessionState.HELD] == EXPECTED["held_days"]
    shown = screen._presenter.sheet.register
    assert len(shown.marks) == marks(room).total()
    assert panel(screen).headingLabel.text() == f"{marks(room).total()} marks taken."


def test_a_list_of_another_month_leads_to_that_month(room, screen_at, take):
    screen = screen_at(room.desk, (room.class_id, Month(2026, 11)))
    take(screen)
    assert screen._presenter.month == OCTOBER
    assert screen._form.monthLabel.text() == "October 2026"


def test_one_undo_in_the_register_takes_the_whole_list_back(room, screen, take, qtbot, tasks):
    room.mark(date(2026, 10, 1), 0, MarkCode.LATE, 20)
    take(screen)
    register = RegisterScreen(room.desk, tasks, ChangeSignal())
    qtbot.addWidget(register)
    register.open(OpenRegister(room.class_id, OCTOBER, None))
    register.undo()
    assert marks(room) == {MarkCode.LATE: 1}


def test_the_cells_left_out_are_written_to_a_file(screen, take, tmp_path, monkeypatch):
    take(screen)
    target = tmp_path / "left out.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    panel(screen).writeButton.click()
    lines = list(csv.DictReader(target.read_text(encoding="utf-8-sig").splitlines()))
    assert [line["Date"] for line in lines if line["Date"]] == [cell["date"] for cell in EXPECTED["refused_cells"]]
    assert all(line["Reason"] for line in lines)


def test_a_list_that_was_taken_in_brings_nothing_new(screen, take, read):
    take(screen)
    read(screen)
    assert panel(screen).headingLabel.text() == "This list brings no new mark"
    assert panel(screen).keepButton.isHidden()


def test_cancel_and_esc_leave_the_register_as_it_is(room, screen, read):
    for leave in (panel(screen).closeButton.click, screen.go_back):
        read(screen)
        assert is_asked(screen)
        leave()
        assert not is_asked(screen)
    assert marks(room) == {}


def test_a_question_that_was_left_while_the_list_was_read_stays_away(screen, qtbot):
    screen._outside.list.read(screen._presenter.class_id, SAMPLE)
    panel(screen).closeButton.click()
    task = screen._outside.list._reading
    qtbot.waitUntil(task.future.done, timeout=20_000)
    QApplication.processEvents()
    assert not is_asked(screen)


def test_a_file_that_is_no_list_is_refused_in_the_banner(screen, qtbot, tmp_path):
    other = tmp_path / "people.csv"
    other.write_text("code,name\n1,x\n", encoding="utf-8")
    with qtbot.waitSignal(screen.troubled, timeout=20_000) as trouble:
        screen._outside.list.read(screen._presenter.class_id, other)
    assert isinstance(trouble.args[0], BadFile)
    assert not is_asked(screen)


def test_a_register_that_changed_meanwhile_refuses_the_whole_list(room, screen, read, qtbot):
    read(screen)
    room.cancel(date(2026, 10, 8))
    with qtbot.waitSignal(screen.troubled, timeout=20_000) as trouble:
        panel(screen).keepButton.click()
    assert isinstance(trouble.args[0], Refused)
    assert marks(room) == {}
    assert panel(screen).keepButton.isEnabled()


def test_the_folder_of_the_last_list_is_where_the_next_is_looked_for(screen, tmp_path, monkeypatch, qtbot):
    folder = tmp_path / "lists"
    folder.mkdir()
    shutil.copy(SAMPLE, folder)
    looked_in = []

    def choose(_parent, _title, start, _kinds):
        looked_in.append(start)
        return str(folder / SAMPLE.name), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    for _time in range(2):
        screen._outside.list_entry.trigger()
        qtbot.waitUntil(lambda: screen._outside.list._presenter.preview is not None, timeout=20_000)
    assert looked_in[1] == str(folder)
    assert looked_in[0] != looked_in[1]


def test_only_who_may_mark_is_offered_the_list(room, desk_as, screen_at):
    offered = {}
    for role in (Role.TRAINER, Role.LIAISON):
        screen = screen_at(desk_of(desk_as, role), (room.class_id, OCTOBER))
        offered[role] = not screen._form.takeInButton.isHidden()
    assert offered == {Role.TRAINER: True, Role.LIAISON: False}


def test_every_control_is_named_and_no_text_is_cut(screen, language, read, take):
    for step in (lambda _screen: None, read, take):
        step(screen)
        QApplication.processEvents()
        assert unnamed_controls(screen) == []
        assert [line for line in cut_texts(screen) if "paper" not in line] == []


def test_the_question_follows_the_language(screen, read, qapp):
    read(screen)
    try:
        switch_language(qapp, "km")
        QApplication.processEvents()
        assert panel(screen).keepButton.text() == "នាំចូល"
        assert panel(screen).explainLabel.text().startswith("នឹងទទួលសញ្ញា")
    finally:
        switch_language(qapp, "en")
