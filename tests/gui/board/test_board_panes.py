"""What one opens from the board: details, the path, how the class stands, the bench sheet and the papers."""

from __future__ import annotations

import json
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from tests.gui.board.conftest import CONTROL, Key, assess, go, on_disk, outcomes, press
from tests.gui.classroom import desk_of
from tests.gui.text_fits import cut_texts
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.consents import PRACTICAL_PHOTOS, ConsentPurpose
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.screens.board.screen import BoardScreen
from tlbb_desktop.widgets.destinations import OpenBoard


def test_enter_shows_what_was_entered_and_takes_back_what_was_wrong(page, room, qtbot) -> None:
    assess(room, 0, "M05", "competent")
    page.read_again()
    go(page, 0, "M05")
    press(page, Key.Key_Return)
    panel = page._questions._cell._form
    assert panel.table.model().rowCount() == 1
    with qtbot.waitSignal(page.troubled):
        panel.takeBackButton.click()  # a reason is needed
    panel.reasonEdit.setText("another learner")
    QTest.keyClick(panel.reasonEdit, Qt.Key.Key_Return)
    assert on_disk(room, "M05")[0] is None
    assert panel.table.model().rowCount() == 2
    assert not panel.reasonEdit.isVisible()


def test_prior_learning_is_recorded_with_its_reason(page, room) -> None:
    go(page, 0, "M05")
    press(page, Key.Key_R)
    QTest.keyClicks(page.focusWidget(), "two years in a shop")
    press(page, Key.Key_Return)
    assert outcomes(room, "M05") == "c...."
    assert on_disk(room, "M05")[0].kind == "prior"


def test_l_opens_the_path_of_the_learner_and_escape_comes_back(page, room, qtbot) -> None:
    assess(room, 1, "M01", "competent")
    page.read_again()
    go(page, 1, "M05")
    press(page, Key.Key_L)
    pane = page._panes._learner
    qtbot.waitUntil(lambda: page._panes.shown is pane)
    assert pane._form.nameLabel.text() == page._presenter.rows[1].learner.names.shown
    assert pane._form.table.model().rowCount() == 16
    assert "1 of 16 units" in pane._form.factsLabel.text()
    assert "10/26: 100%, 1" in pane._form.chart.accessibleDescription()
    first = pane._form.nameLabel.text()
    pane._form.laterButton.click()
    qtbot.waitUntil(lambda: pane._form.nameLabel.text() != first)
    assert page.go_back()
    assert page._panes.shown is None
    assert page._form.grid.cells.hasFocus()


def test_k_shows_who_cannot_finish_and_enter_opens_the_path(page, qtbot) -> None:
    press(page, Key.Key_K)
    pane = page._panes._class
    assert page._panes.shown is pane
    qtbot.waitUntil(lambda: pane._form.table.model().rowCount() == 5)
    assert "Cannot finish in time 5" in [badge.text() for badge in pane._badges.values()]
    press(page, Key.Key_Return)
    qtbot.waitUntil(lambda: page._panes.shown is page._panes._learner)
    page.go_back()
    assert page._panes.shown is pane
    assert pane._form.table.isAncestorOf(page.focusWidget()) or pane._form.table.hasFocus()


def test_the_buttons_of_the_bench_sheet_keep_their_places_whatever_its_title(page) -> None:
    places = set()
    for unit in page._presenter.units:
        page._panes.open_bench(unit.id)
        form = page._panes._bench._form
        form.page.activate()
        places.add((form.paperButton.pos().toTuple(), form.keepButton.pos().toTuple()))
    assert len(places) == 1


def test_the_line_above_the_board_shows_the_newest_attempt_in_full(page, room, qtbot) -> None:
    assess(room, 0, "M05", "not-yet")
    assess(room, 1, "M05", "competent")
    page.read_again()
    go(page, 0, "M05")
    story, form = page._form.storyLabel, page._form
    qtbot.waitUntil(lambda: bool(story.text()))
    form.page.activate()
    for label in (form.unitLabel, form.countsLabel, story):
        qtbot.waitUntil(lambda label=label: label.fontMetrics().horizontalAdvance(label.text()) <= label.width())


def test_a_bench_sheet_is_entered_by_its_exceptions(page, room) -> None:
    assess(room, 4, "M05", "competent")
    page.read_again()
    go(page, 0, "M05")
    press(page, Key.Key_B)
    bench = page._panes._bench
    assert page._panes.shown is bench
    press(page, Key.Key_Right, Key.Key_X)  # the second criterion is critical
    press(page, Key.Key_Down, Key.Key_A)
    press(page, Key.Key_Down, Key.Key_N)
    assert "reached 1, not yet 2" in bench._form.countLabel.text()
    said = []
    page.said.connect(said.append)
    press(page, Key.Key_Return, modifiers=CONTROL)
    assert said == ["3 attempts recorded; Ctrl+Z takes them back."]
    assert outcomes(room, "M05") == "n.ncc"
    assert page._panes.shown is None
    page.undo()
    assert outcomes(room, "M05") == "....c"


def test_a_bench_sheet_is_found_by_the_code_that_stands_on_it(page, room, qtbot) -> None:
    go(page, 0, "M05")
    press(page, Key.Key_B)
    bench = page._panes._bench
    code = bench._form.codeEdit.text()
    go(page, 0, "M02")
    page._panes.left.emit()
    press(page, Key.Key_B)
    assert bench._form.codeEdit.text() != code
    bench._form.codeEdit.setText(code.lower())
    QTest.keyClick(bench._form.codeEdit, Qt.Key.Key_Return)
    assert bench._form.unitLabel.text().startswith("M05")
    with qtbot.waitSignal(page.troubled):
        bench._form.codeEdit.setText("ABC-DEF")
        QTest.keyClick(bench._form.codeEdit, Qt.Key.Key_Return)


def test_an_exception_can_be_taken_away_again(page) -> None:
    go(page, 0, "M05")
    press(page, Key.Key_B)
    presenter = page._panes._bench_presenter
    press(page, Key.Key_X, Key.Key_X)
    assert not presenter.is_touched
    press(page, Key.Key_A)
    assert not presenter.takes_part(0)
    press(page, Key.Key_Backspace)
    assert presenter.takes_part(0)
    assert presenter.counts() == (5, 0)


def test_where_somebody_else_assessed_meanwhile_the_sheet_shows_it_and_can_be_recorded(page, room, qtbot) -> None:
    go(page, 0, "M05")
    press(page, Key.Key_B)
    press(page, Key.Key_Down, Key.Key_A)
    assess(room, 3, "M05", "competent")
    with qtbot.waitSignal(page.troubled):
        press(page, Key.Key_Return, modifiers=CONTROL)
    assert page._panes.shown is page._panes._bench
    assert page._panes._bench_presenter.counts() == (3, 0)
    press(page, Key.Key_Return, modifiers=CONTROL)
    assert outcomes(room, "M05") == "c.ccc"


def test_a_half_typed_bench_sheet_survives_a_lock(page, room, qtbot, tasks) -> None:
    go(page, 2, "M05")
    press(page, Key.Key_B)
    press(page, Key.Key_Right, Key.Key_X, Key.Key_Down, Key.Key_A)
    draft = json.loads(json.dumps(page.draft()))
    other = BoardScreen(room.desk, tasks, ChangeSignal())
    qtbot.addWidget(other)
    other.resize(1200, 660)
    other.show()
    other.take_draft(draft)
    assert other._panes.shown is other._panes._bench
    presenter = other._panes._bench_presenter
    assert presenter.exception(0).failed == {2}
    assert not presenter.takes_part(1)
    other.go_back()
    assert other._form.grid.current()[0] == 2


def test_ctrl_p_shows_the_bench_sheet_as_it_is_printed(page, qtbot) -> None:
    go(page, 0, "M05")
    page.print_paper()
    paper = page._panes._paper
    assert page._panes.shown is paper
    with qtbot.waitSignal(paper._preview.shown, timeout=60_000):
        pass
    page.go_back()
    assert page._panes.shown is page._panes._bench


def test_the_training_record_is_seen_before_it_is_printed(page, room, qtbot) -> None:
    assess(room, 1, "M01", "competent")
    page.open(OpenBoard(room.class_id, room.people[1]))
    qtbot.waitUntil(lambda: page._panes.shown is page._panes._learner)
    page.print_paper()
    paper = page._panes._paper
    with qtbot.waitSignal(paper._preview.shown, timeout=60_000):
        pass
    page.go_back()
    assert page._panes.shown is page._panes._learner


def test_whoever_may_only_look_sees_no_key_that_assesses(qtbot, room, desk_as, tasks) -> None:
    page = BoardScreen(desk_of(desk_as, Role.LIAISON), tasks, ChangeSignal())
    qtbot.addWidget(page)
    page.resize(1200, 660)
    page.show()
    page.open(OpenBoard(room.class_id))
    assert not page._form.practicalButton.isVisible()
    press(page, Key.Key_C)
    assert page._form.side.shown is None


def test_a_class_without_units_says_what_to_do(page, room) -> None:
    room.desk.curricula.follow(room.class_id, None)
    page.open(OpenBoard(room.class_id))
    assert "without units" in page._form.emptyLabel.text()
    assert page._form.emptyButton.isVisible()


def cut(page: BoardScreen) -> list[str]:
    """Texts that are cut; lines that end in an ellipsis and heads painted in two lines are as they should be."""
    return [line for line in cut_texts(page) if not line.startswith(("ShortLabel", "DayHeader"))]


def test_no_text_is_cut_in_any_language(page, room, language, qapp, qtbot) -> None:
    assess(room, 0, "M05", "not-yet")
    page.read_again()
    go(page, 0, "M05")
    assert cut(page) == []
    press(page, Key.Key_C)
    assert cut(page) == []
    page.go_back()
    page._questions.details((0, 4))
    assert cut(page) == []
    page._questions.prior((0, 4))
    assert cut(page) == []
    page._questions.start_unit(4)
    assert cut(page) == []
    room.mark(date(2026, 10, 21), 1, MarkCode.ABSENT)
    page._form.dayEdit.show_day(date(2026, 10, 21))
    page._questions.practical(4)
    assert cut(page) == []
    page._panes.open_bench(page._presenter.units[4].id)
    assert cut(page) == []
    page._panes.open_learner(room.people[0])
    qtbot.waitUntil(lambda: page._panes.shown is page._panes._learner)
    assert cut(page) == []
    page._panes.open_class()
    assert cut(page) == []


def test_a_photo_of_the_work_is_chosen_shown_and_taken_away_in_the_story_of_a_cell(page, room, tmp_path) -> None:
    assess(room, 1, "M05", "competent")
    frame = page._questions._cell._form.photoFrame
    page._questions.details((1, 4))
    assert frame.isHidden()
    room.desk.settings.put(PRACTICAL_PHOTOS, True)
    page._questions.details((1, 4))
    assert not frame.isHidden()
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    assert picture.save(str(tmp_path / "work.png"))
    troubles = []
    page.troubled.connect(troubles.append)
    frame.take_file(tmp_path / "work.png")
    assert "has not agreed" in str(troubles[0])
    assert frame.jpeg is None
    person = page._presenter.rows[1].person_id
    room.desk.consents.note(person, ConsentPurpose.PHOTO_OF_WORK, given=True)
    frame.take_file(tmp_path / "work.png")
    page._questions.details((1, 4))
    assert frame.jpeg is not None
    assert frame.jpeg.startswith(b"\xff\xd8\xff")
    frame._remove.click()
    page._questions.details((1, 4))
    assert frame.jpeg is None
