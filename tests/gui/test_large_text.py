"""Large text on the laptop's 1366 pixels: rows break and columns stack, and no page scrolls sideways."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QBoxLayout, QScrollArea

from tests.gui.classroom import Classroom, furnish
from tests.gui.text_fits import cut_texts
from tlbb_desktop.domain.assessment import Outcome
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.theme import apply_theme
from tlbb_desktop.qt.translator import switch_language
from tlbb_desktop.screens.board.screen import BoardScreen
from tlbb_desktop.screens.certificates.screen import CertificatesScreen
from tlbb_desktop.screens.classes.screen import ClassesScreen
from tlbb_desktop.screens.sheets.screen import SheetsScreen
from tlbb_desktop.screens.shell.workplace import Workplace

ACROSS = QBoxLayout.Direction.LeftToRight


@pytest.fixture
def room(desk) -> Classroom:
    room = furnish(desk)
    room.mark_all()
    return room


@pytest.fixture(params=[1.0, 1.25, 1.5, 2.0])
def scale(request, qapp):
    apply_theme(qapp, "light", request.param)
    yield request.param
    apply_theme(qapp, "light", 1.0)


@pytest.fixture(params=["en", "km"])
def tongue(request, qapp):
    switch_language(qapp, request.param)
    yield request.param
    switch_language(qapp, "en")
    qapp.processEvents()


@pytest.fixture
def window(qtbot, tasks, room, scale, tongue) -> Workplace:
    window = Workplace(room.desk, tasks, ChangeSignal(), room.desk.office.clock.today())
    qtbot.addWidget(window)
    window.resize(1366, 740)
    with qtbot.waitExposed(window):
        window.show()
    window.go("today")
    return window


def sideways(page) -> int:
    """How far the page itself scrolls to the side, in pixels."""
    return page.findChild(QScrollArea).horizontalScrollBar().maximum()


def test_a_class_and_its_panels_never_scroll_sideways(window, room, qapp, scale):
    window.go("classes", room.class_id)
    page = window.page
    assert isinstance(page, ClassesScreen)
    pane = page._detail
    for ask in (lambda: None, pane.ask_enrol, pane._ask_end, pane._ask_number, pane._ask_session):
        ask()
        qapp.processEvents()
        assert sideways(page) == 0
    assert cut_texts(page) == []
    pane.close_panel()
    qapp.processEvents()
    assert (pane._form.columns.direction() is ACROSS) is (scale == 1.0)
    assert pane._form.aboutLabel.y() < 100 * scale  # the rows above take their own height only
    tables = (pane._form.learnersTable, pane._form.sessionsTable)
    assert all(table.viewport().height() >= 3 * table.rowHeight(0) for table in tables)


def test_the_form_of_a_class_never_scrolls_sideways(window, qapp):
    window.go("classes", "new")
    qapp.processEvents()
    assert sideways(window.page) == 0


def test_the_month_sheets_never_scroll_sideways(window, qtbot, qapp, scale):
    window.go("sheets")
    page = window.page
    assert isinstance(page, SheetsScreen)
    for ask in (lambda: None, page._issuing.ask_issue, page._issuing.ask_sign):
        ask()
        qapp.processEvents()
        assert sideways(page) == 0
    assert cut_texts(page) == []
    page._close_panel()
    preview = page._form.preview
    qtbot.waitUntil(lambda: preview.sheets.horizontalScrollBar().maximum() == 0)
    assert (page._form.columns.direction() is ACROSS) is (scale == 1.0)


def test_the_board_and_what_it_leads_to_never_scroll_sideways(window, room, qtbot, qapp, scale):
    window.go("board", room.class_id)
    page = window.page
    assert isinstance(page, BoardScreen)
    panes = page._panes
    page._questions.assess([(0, 4)], Outcome.COMPETENT)
    qapp.processEvents()
    assert page._form.side.isVisible()
    beside, side = page._form.gridLayout.direction() is ACROSS, page._form.side
    if scale in (1.0, 2.0):  # between them, the length of the names decides
        assert beside is (scale == 1.0)
    assert side.width() >= side.sizeHint().width() * 0.7
    assert window.minimumSizeHint().width() <= 1366
    for show, pane in ((panes.open_class, panes._class), (lambda: panes.open_learner(room.people[0]), panes._learner)):
        show()
        qtbot.waitUntil(lambda pane=pane: panes.shown is pane)
        qapp.processEvents()
        assert panes._homes[pane].horizontalScrollBar().maximum() == 0
        assert (pane.columns.direction() is ACROSS) is (scale == 1.0)


def test_the_columns_come_back_when_the_text_becomes_smaller(qtbot, tasks, room, qapp):
    page = SheetsScreen(room.desk, tasks, ChangeSignal())
    qtbot.addWidget(page)
    page.resize(1166, 660)
    page.show()
    page.open()
    try:
        apply_theme(qapp, "light", 1.5)
        qtbot.waitUntil(lambda: page._form.columns.direction() is not ACROSS)
    finally:
        apply_theme(qapp, "light", 1.0)
    qtbot.waitUntil(lambda: page._form.columns.direction() is ACROSS)
    assert page._form.table.maximumWidth() < page.width()


def test_certificates_and_their_questions_never_scroll_sideways(window, room, qapp, scale):
    room.desk.certificates.issue_at_once(room.class_id, room.people, despite="a test")
    window.go("certificates")
    page = window.page
    assert isinstance(page, CertificatesScreen)
    for ask in (lambda: None, page.steps.ask_revoke, page.steps.ask_replace):
        page.steps.close_panel()
        ask()
        qapp.processEvents()  # what a line more pushes down finds its place with the next round
        qapp.processEvents()
        assert sideways(page) == 0
        assert cut_texts(page) == []
    assert (page._columns.direction() is ACROSS) is (scale == 1.0)
    page.start_proposing()
    qapp.processEvents()
    assert cut_texts(page) == []
