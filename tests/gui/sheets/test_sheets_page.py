"""The sheets page: the list, issuing, signing, corrections, what each role sees."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QPushButton

from tests.gui.accessible import unnamed_controls
from tests.gui.classroom import FRIDAY, OCTOBER, desk_of
from tests.gui.sheets.conftest import MISSING, form, issue, lines, paper
from tests.gui.text_fits import cut_texts
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.register import SheetState
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.qt.translator import switch_language
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.widgets.destinations import OpenRegister


def test_the_list_says_how_many_sessions_are_marked(marked, screen_at):
    assert lines(screen_at(marked.desk))[0][0::2] == ["SR-MOTO-26", "Open"]


def test_issuing_is_explained_before_it_freezes(marked, screen_at):
    screen = screen_at(marked.desk)
    form(screen).issueButton.click()
    assert "frozen" in screen._issuing.issue._form.explainLabel.text()
    assert marked.desk.sheets.sheet(marked.class_id, OCTOBER).state is SheetState.OPEN
    screen._issuing.issue._form.keepButton.click()
    assert marked.desk.sheets.sheet(marked.class_id, OCTOBER).number == 1
    assert form(screen).stateLabel.text() == "Issued no. 1"
    assert form(screen).issueButton.isHidden()


def test_an_unmarked_day_is_named_and_leads_to_its_register(room, screen_at, qtbot):
    room.mark_all(but=(MISSING,))
    screen = screen_at(room.desk)
    assert form(screen).stateLabel.text() == "Open · draft"
    form(screen).issueButton.click()
    assert screen._issuing.issue._form.keepButton.isHidden()
    (day,) = screen._issuing.issue._form.days.findChildren(QPushButton)
    assert day.text() == "20/10/2026"
    with qtbot.waitSignal(screen.go_to) as went:
        day.click()
    assert went.args == ["register", OpenRegister(room.class_id, OCTOBER, room.session_on(MISSING))]


def test_a_month_with_sessions_to_come_says_which(marked, screen_at):
    screen = screen_at(marked.desk, (marked.class_id, Month(2026, 11)))
    form(screen).issueButton.click()
    assert "02/11/2026" in screen._issuing.issue._form.explainLabel.text()
    assert screen._issuing.issue._form.keepButton.isHidden()


def test_a_signature_is_noted_with_a_picture_of_the_paper(marked, screen_at, tmp_path):
    screen = screen_at(marked.desk)
    issue(screen)
    picture = tmp_path / "paper.png"
    image = QImage(3000, 2000, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    image.save(str(picture))
    form(screen).signButton.click()
    screen._issuing.sign.take_scan(picture)
    screen._issuing.sign._form.byEdit.setText("ជា វណ្ណៈ")
    screen._issuing.sign._form.keepButton.click()
    sheet = marked.desk.sheets.sheet(marked.class_id, OCTOBER)
    assert (sheet.state, sheet.signed_by, sheet.signed_on) == (SheetState.SIGNED, "ជា វណ្ណៈ", FRIDAY)
    assert marked.desk.sheets.scan(marked.class_id, OCTOBER).startswith(b"\xff\xd8\xff")
    assert form(screen).signButton.isHidden()


def test_the_cursor_comes_back_to_where_the_panel_was_asked_for(marked, screen_at, qapp):
    screen = screen_at(marked.desk)
    form(screen).issueButton.setFocus()
    form(screen).issueButton.click()
    assert screen._issuing.issue.isAncestorOf(qapp.focusWidget())
    assert screen.go_back()
    assert qapp.focusWidget() is form(screen).issueButton


def test_a_file_that_is_no_picture_is_refused_calmly(marked, screen_at, qtbot, tmp_path):
    screen = screen_at(marked.desk)
    issue(screen)
    form(screen).signButton.click()
    (tmp_path / "paper.jpg").write_bytes(b"no picture")
    with qtbot.waitSignal(screen.troubled):
        screen._issuing.sign.take_scan(tmp_path / "paper.jpg")
    assert form(screen).strip.shown is screen._issuing.sign


def test_a_mark_changed_after_the_issue_makes_a_correction_with_its_differences(marked, screen_at):
    screen = screen_at(marked.desk)
    issue(screen)
    marked.mark(date(2026, 10, 6), 0, MarkCode.PRESENT)
    screen.open((marked.class_id, OCTOBER))
    assert lines(screen)[0][2] == "Issued no. 1 · changed"
    assert form(screen).issueButton.text() == "Issue correction"
    form(screen).issueButton.click()
    assert "6 គឹម វណ្ណា: Absent → Present" in screen._issuing.issue._form.changesLabel.text()
    screen._issuing.issue._form.keepButton.click()
    sheet = marked.desk.sheets.sheet(marked.class_id, OCTOBER)
    assert (sheet.number, sheet.corrects) == (2, 1)


def test_hours_lost_stand_on_the_screen_and_on_no_preview(marked, screen_at, qtbot):
    screen = screen_at(marked.desk)
    assert form(screen).lostLabel.text() == "Hours lost to the prison: 15"
    assert "Hours lost" not in paper(screen, qtbot, "KIM VANNA")


def test_a_trainer_exports_but_neither_issues_nor_learns_the_hours_lost(marked, desk_as, screen_at):
    screen = screen_at(desk_of(desk_as, Role.TRAINER))
    hidden = (form(screen).issueButton, form(screen).signButton, form(screen).lostLabel)
    assert all(widget.isHidden() for widget in hidden)
    assert not form(screen).exportButton.isHidden()


def test_who_may_not_issue_reads_who_does(marked, desk_as, screen_at):
    screen = screen_at(desk_of(desk_as, Role.TRAINER))
    assert form(screen).issuerLabel.isVisible()
    assert form(screen).issuerLabel.text() == "The prison liaison or the manager issues this sheet."
    marked.desk.sheets.issue(marked.class_id, OCTOBER)
    screen.open()
    assert form(screen).issuerLabel.isHidden()
    for role in (Role.LIAISON, Role.MANAGER):
        assert form(screen_at(desk_of(desk_as, role))).issuerLabel.isHidden()


def test_a_month_without_sessions_says_so(marked, screen_at, qtbot):
    screen = screen_at(marked.desk, (marked.class_id, Month(2026, 8)))
    assert screen._empty.isVisible()
    assert form(screen).exportButton.isHidden()
    form(screen).laterButton.click()
    form(screen).laterButton.click()
    assert not screen._empty.isVisible()


def test_the_paper_fits_beside_the_list_and_can_be_read_alone(marked, screen_at, qtbot):
    screen = screen_at(marked.desk)
    sheets = form(screen).preview.sheets
    paper(screen, qtbot)
    assert sheets._pages[0].width() <= sheets.viewport().width()
    small = sheets.factor
    form(screen).zoomButton.click()
    qtbot.waitUntil(lambda: sheets.factor > 1.2 * small)
    assert form(screen).table.isHidden()
    assert screen.go_back()
    assert not form(screen).table.isHidden()


def test_a_paper_may_be_looked_at_without_being_taken_along(marked, screen_at, monkeypatch):
    screen = screen_at(marked.desk)
    assert not form(screen).preview._print.isHidden()
    monkeypatch.setattr(screen._presenter, "may", lambda action: action is not Action.SHEET_PRINT)
    monkeypatch.setattr(screen._paper, "print_it", lambda: pytest.fail("may not print"))
    screen.open()
    screen.print_paper()
    assert form(screen).preview._print.isHidden()
    assert form(screen).preview._save.isHidden()


def test_the_page_follows_a_mark_made_elsewhere(room, qtbot, tasks, screen_at):
    room.mark_all(but=(MISSING,))
    screen = screen_at(room.desk)
    room.mark_all()
    screen._something_changed("mark", frozenset())
    assert form(screen).stateLabel.text() == "Open"


@pytest.mark.parametrize("spoken", ["en", "km"])
@pytest.mark.parametrize("role", [Role.LIAISON, Role.MANAGER, Role.TRAINER])
def test_the_bars_stand_in_one_line_each_beside_the_rail(marked, desk_as, screen_at, qapp, role, spoken):
    """In a window of 1366 x 768, also with an issued sheet whose marks changed, which has most buttons."""
    switch_language(qapp, spoken)
    try:
        screen = screen_at(desk_of(desk_as, role), (marked.class_id, OCTOBER))
        marked.desk.sheets.issue(marked.class_id, OCTOBER)
        marked.mark(date(2026, 10, 6), 0, MarkCode.PRESENT)
        for act in (lambda: None, lambda: screen.open((marked.class_id, OCTOBER))):
            act()
            QApplication.processEvents()
            shown = form(screen)
            acts = (shown.paperBox, shown.formatBox, shown.signButton, shown.issueButton, shown.exportButton)
            for bar in (acts, (shown.monthLabel, shown.prisonBox, shown.takeInButton, shown.wholeButton)):
                middles = {each.geometry().center().y() for each in bar if each.isVisible()}
                assert max(middles) - min(middles) <= 1
            preview = shown.preview
            assert preview._print.geometry().center().y() == preview._smaller.geometry().center().y()
    finally:
        switch_language(qapp, "en")


def test_every_control_is_named_and_no_text_is_cut(marked, screen_at, language, qtbot):
    screen = screen_at(marked.desk)
    for step in (lambda: None, screen._issuing.ask_issue, lambda: issue(screen), screen._issuing.ask_sign):
        step()
        QApplication.processEvents()
        assert unnamed_controls(screen) == []
        assert cut_texts(screen) == []


def test_the_language_switches_live(marked, screen_at, qapp):
    screen = screen_at(marked.desk)
    try:
        switch_language(qapp, "km")
        QApplication.processEvents()
        assert form(screen).exportButton.text() == "នាំចេញ"
        assert form(screen).stateLabel.text() == "មិនទាន់ចេញ"
    finally:
        switch_language(qapp, "en")
