"""The courses page by keyboard, in the real window over a real record."""

from __future__ import annotations

import pytest

from tests.gui.accessible import unnamed_controls
from tests.gui.classroom import desk_of
from tests.gui.courses.conftest import (
    ALT,
    CONTROL,
    Key,
    assess,
    changed_file,
    changes,
    choose,
    codes,
    column,
    course,
    newest,
    press,
    type_text,
    unit,
)
from tests.gui.text_fits import cut_texts
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.theme import apply_theme
from tlbb_desktop.qt.translator import switch_language
from tlbb_desktop.screens.shell.workplace import Workplace


def test_the_list_labels_samples_and_enter_opens_a_course(room, screen_at, moto):
    page = screen_at(room.desk)
    assert column(page._form.table, 2) == ["1 · Sample"] * 5
    page._form.table.go(moto)
    press(Key.Key_Return)
    assert page.shown is page.course_pane
    assert course(page).headingLabel.text() == "Motorbike repair"
    assert course(page).sampleLabel.isVisible()
    assert course(page).unitsTable.hasFocus()


def test_a_unit_is_added_by_keyboard_alone_and_saved_with_the_whole(room, page, moto, qtbot):
    press(Key.Key_N)
    assert unit(page).codeEdit.text() == "M17"
    unit(page).khmerEdit.setFocus()
    type_text("ម៉ូតូអគ្គិសនី")
    unit(page).hoursEdit.setValue(30)
    page.unit_pane.add_criterion()
    type_text("ផ្តាច់ថ្ម")
    press(Key.Key_Return)
    type_text("Disconnects the battery")
    unit(page).criticalBox.setChecked(True)
    press(Key.Key_Return)
    type_text("ដាក់ថ្មវិញ")
    press(Key.Key_S, modifier=CONTROL)
    assert page.shown is page.course_pane
    assert course(page).changedLabel.isVisible()
    assert column(course(page).unitsTable, 3)[-1] == "2, critical 1"
    assert len(newest(room, moto).units) == 16
    press(Key.Key_S, modifier=CONTROL)
    assert changes(page).textLabel.text().startswith("16 units, 650 hours  →  17 units, 680 hours")
    with qtbot.waitSignal(page.said) as said:
        press(Key.Key_Return)
    assert said.args == ["Version 2 is saved."]
    stored = newest(room, moto).units[-1]
    assert (stored.code, stored.hours, [each.critical for each in stored.criteria]) == ("M17", 30, [True, False])
    assert room.desk.curricula.of_class(room.class_id).number == 2


def test_alt_and_arrows_move_a_unit_at_once_and_delete_removes_it(page):
    press(Key.Key_Down)
    press(Key.Key_Down, modifier=ALT)
    assert column(course(page).unitsTable, 0)[:3] == ["M01", "M03", "M02"]
    press(Key.Key_Return)
    assert unit(page).codeEdit.text() == "M02"
    assert page.go_back()
    press(Key.Key_Up, Key.Key_Up, modifier=ALT)
    assert column(course(page).unitsTable, 0)[:3] == ["M02", "M01", "M03"]
    press(Key.Key_Delete)
    assert column(course(page).unitsTable, 0)[:2] == ["M01", "M03"]
    course(page).dropButton.click()
    assert column(course(page).unitsTable, 0)[:2] == ["M01", "M02"]


def test_a_code_that_another_unit_has_is_told_in_the_form(page):
    press(Key.Key_N)
    unit(page).englishEdit.setText("Something")
    unit(page).codeEdit.setText("M05")
    press(Key.Key_Return)
    assert page.shown is page.unit_pane
    assert "Two units have the code M05" in unit(page).errorLabel.text()


def test_nobody_leaves_an_unsaved_course_or_unit_by_one_key(page):
    press(Key.Key_N)
    unit(page).englishEdit.setText("Something")
    assert page.go_back()
    assert page.shown is page.unit_pane
    assert "not kept" in unit(page).errorLabel.text()
    page.go_back()
    assert page.shown is page.course_pane
    assert not page.editor.is_changed
    press(Key.Key_Delete)
    page.go_back()
    assert page.shown is page.course_pane
    page.go_back()
    assert page.shown is page._list
    assert not page.editor.is_changed


def test_a_prison_leaves_a_unit_out_with_a_reason_and_the_hours_are_recomputed(room, page):
    own = room.desk.prisons.own()
    choose(course(page).prisonBox, own.id)
    course(page).unitsTable.setFocus()
    press(Key.Key_O)
    type_text("no workshop")
    press(Key.Key_Return)
    assert "15 of 16 units, 634 of 650 hours" in course(page).taughtLabel.text()
    assert column(course(page).unitsTable, 4)[0] == "Left out: no workshop"
    assert room.desk.curricula.of_class(room.class_id).hours == 634
    press(Key.Key_O)
    assert "16 of 16 units" in course(page).taughtLabel.text()


def test_without_a_prison_leaving_out_says_what_to_do(page, qtbot):
    with qtbot.waitSignal(page.troubled) as told:
        press(Key.Key_O)
    assert "Choose a prison first" in str(told.args[0])


def test_a_unit_with_attempts_is_refused_in_plain_words_until_the_classes_stay(room, page, moto):
    assess(room, "M02")
    press(Key.Key_Down, Key.Key_Delete)
    press(Key.Key_S, modifier=CONTROL)
    assert "Unit M02 is missing" in changes(page).problemLabel.text()
    assert not changes(page).keepButton.isEnabled()
    changes(page).followBox.click()
    assert changes(page).problemLabel.text() == ""
    changes(page).keepButton.click()
    assert "M02" not in codes(newest(room, moto))
    assert column(course(page).classesTable, 2) == ["1"]
    course(page).followButton.click()
    choose(page.course_pane._follow._form.versionBox, 2)
    page.course_pane._follow._form.keepButton.click()
    assert column(course(page).classesTable, 2) == ["1"]


def test_a_file_is_shown_before_it_is_taken(room, page, moto, tmp_path):
    file = changed_file(page, tmp_path, ("D2", 18), ("C3", "Tools"))
    page.import_file(file)
    assert changes(page).headingLabel.text() == "moto.xlsx would be version 2"
    assert column(changes(page).table, 2) == ["hours 16 → 18", "title"]
    assert newest(room, moto).number == 1
    press(Key.Key_Return)
    assert (newest(room, moto).number, newest(room, moto).hours) == (2, 652)


def test_everything_that_is_wrong_with_a_file_is_told_and_nothing_is_changed(room, page, moto, tmp_path):
    page.import_file(changed_file(page, tmp_path, ("D2", -4), ("A3", "M01")))
    said = changes(page).problemLabel.text()
    assert "Two units have the code M01" in said
    assert "-4 hours" in said
    assert changes(page).keepButton.isHidden()
    press(Key.Key_Return)
    assert newest(room, moto).number == 1
    assert course(page).tables.isVisible()


def test_a_file_that_is_no_curriculum_is_told_in_the_banner(page, tmp_path, qtbot):
    (tmp_path / "else.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with qtbot.waitSignal(page.troubled):
        page.import_file(tmp_path / "else.csv")
    with qtbot.waitSignal(page.troubled):
        page.import_file(tmp_path / "none.xlsx")


def test_an_import_waits_until_what_was_changed_is_saved_or_dropped(page, qtbot):
    press(Key.Key_Delete)
    with qtbot.waitSignal(page.troubled) as told:
        course(page).importButton.click()
    assert "Save or drop" in str(told.args[0])


def test_an_older_version_is_read_only(page, qtbot):
    press(Key.Key_Down)
    press(Key.Key_Delete)
    press(Key.Key_S, modifier=CONTROL)
    press(Key.Key_Return)
    choose(course(page).versionBox, 1)
    assert len(column(course(page).unitsTable, 0)) == 16
    assert not course(page).addButton.isEnabled()
    with qtbot.waitSignal(page.troubled) as told:
        course(page).unitsTable.setFocus()
        press(Key.Key_Delete)
    assert "never changes" in str(told.args[0])


def test_the_rule_and_the_source_are_part_of_the_version(room, page, moto):
    course(page).aboutButton.click()
    about = page.course_pane._about._form
    about.attendanceEdit.setValue(75)
    about.sourceEdit.setText("ours")
    about.sourceEdit.setFocus()
    press(Key.Key_Return)
    assert "attendance 75 %" in course(page).aboutLabel.text()
    course(page).saveButton.click()
    changes(page).keepButton.click()
    assert (newest(room, moto).rule.attendance_percent, newest(room, moto).source) == (75, "ours")


def test_a_half_written_unit_and_a_draft_survive_a_lock(room, page, screen_at):
    press(Key.Key_Delete, Key.Key_N)
    unit(page).englishEdit.setText("Half")
    kept = page.draft()
    after = screen_at(room.desk)
    after.take_draft(kept)
    assert after.shown is after.unit_pane
    assert unit(after).englishEdit.text() == "Half"
    after.unit_pane.keep()
    assert codes(after.editor.draft)[0] == "M02"
    assert codes(after.editor.draft)[-1] == "M17"


@pytest.mark.parametrize(("role", "finds"), [(Role.MANAGER, True), (Role.TRAINER, False), (Role.LIAISON, False)])
def test_only_a_manager_finds_the_page_on_the_rail(room, desk_as, tasks, qtbot, role, finds):
    desk = room.desk if role is Role.MANAGER else desk_of(desk_as, role)
    window = Workplace(desk, tasks, ChangeSignal(), desk.office.clock.today())
    qtbot.addWidget(window)
    assert ("courses" in window.rail.places()) is finds


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("language", ["en", "km"])
def test_no_word_is_cut_and_every_control_has_a_name(room, moto, tasks, qtbot, qapp, language, scale, theme):
    switch_language(qapp, language)
    apply_theme(qapp, theme, scale)
    try:
        window = Workplace(room.desk, tasks, ChangeSignal(), room.desk.office.clock.today())
        qtbot.addWidget(window)
        window.resize(1366, 740)
        with qtbot.waitExposed(window):
            window.show()
        window.go("courses")
        page = window.page
        assert window.height() <= 740
        for ask in (
            lambda: None,
            lambda: page.show_course(moto),
            lambda: choose(course(page).prisonBox, room.desk.prisons.own().id),
            page.course_pane.turn_off,
            page.course_pane._ask_follow,
            page.course_pane._ask_about,
            page.course_pane.ask_save,
            page.course_pane.close_panel,
            lambda: page._write_unit(4),
        ):
            ask()
            qtbot.waitUntil(lambda: cut_texts(page) == [])  # what a line more pushes down finds its place later
            assert unnamed_controls(page) == []
            assert page._homes[page.shown].horizontalScrollBar().maximum() == 0
    finally:
        apply_theme(qapp, "light", 1.0)
        switch_language(qapp, "en")
        qapp.processEvents()
