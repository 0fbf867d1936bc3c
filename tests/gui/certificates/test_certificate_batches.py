"""Issuing, printing and saving many certificates from the page."""

from __future__ import annotations

import pypdf
import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog

from tests.gui.certificates.conftest import Key, idle, names, press, states, stay_away
from tlbb_desktop.documents.page_images import PaperPages
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.screens.certificates import screen as screen_module
from tlbb_desktop.services import certificate_batches


def prints(screen) -> list[int]:
    return sorted(row.prints for row in screen._presenter.rows.values())


@pytest.fixture
def printer(monkeypatch, tmp_path):
    """A printer that takes what it is sent into a file; ``ranges`` are the pages that the reader asks for."""
    wishes = {"ranges": "", "exec": QDialog.DialogCode.Accepted}

    def answer(dialog: QPrintDialog) -> int:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(tmp_path / "printed.pdf"))
        if wishes["ranges"]:
            dialog.printer().setPrintRange(QPrinter.PrintRange.PageRange)
            dialog.printer().setPageRanges(dialog.printer().pageRanges().fromString(wishes["ranges"]))
        return wishes["exec"]

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["office"])
    monkeypatch.setattr(QPrintDialog, "exec", answer)
    return wishes


def tick_all(screen) -> None:
    screen.list_pane.table.tick(screen.list_pane.table._shown)


def issue_ticked(screen, qtbot) -> None:
    press(screen, Key.Key_Return)
    assert screen.paper_pane.strip.shown is screen.steps.question
    QTest.keyClick(screen.steps.question.act_button, Key.Key_Space)
    idle(screen, qtbot)


def test_approved_ones_are_issued_and_stand_ready_to_be_printed(room, approved, screen_at, qtbot):
    screen = screen_at(room.desk)
    said = []
    screen.said.connect(said.append)
    tick_all(screen)
    assert screen.paper_pane.issue_button.text() == "Issue 4…"
    issue_ticked(screen, qtbot)
    assert states(screen) == ["issued"] * 4
    assert said[-1] == "4 certificates are issued."
    assert len(screen.list_pane.table.ticked_ids) == 4
    assert screen.paper_pane.preview._print.text() == "Print 4"
    assert prints(screen) == [0] * 4


def test_numbers_follow_the_order_of_the_proposals_and_papers_that_of_the_numbers(room, approved, screen_at, qtbot):
    screen = screen_at(room.desk)
    tick_all(screen)
    issue_ticked(screen, qtbot)
    numbers = [screen._presenter.rows[each].number for each in approved]
    assert numbers == sorted(numbers)
    assert [screen._presenter.rows[each].number for each in screen.steps.printable] == numbers


def test_a_lock_does_not_wait_for_the_rest_of_a_batch(room, approved, screen_at, qtbot, qapp, monkeypatch):
    monkeypatch.setattr(certificate_batches, "AT_ONCE", 1)
    screen = screen_at(room.desk)
    issue = room.desk.certificates.issue

    def issue_and_lock(ids, *arguments, **named):
        if ids[0] == approved[1]:
            qapp.aboutToQuit.emit()
        return issue(ids, *arguments, **named)

    monkeypatch.setattr(room.desk.certificates, "issue", issue_and_lock)
    screen.steps.choose(approved)
    screen.steps.ask_issue()
    screen.steps.question.act_button.click()
    idle(screen, qtbot)
    assert states(screen).count("approved") >= 1
    assert states(screen).count("issued") >= 1


def test_a_rule_that_broke_since_the_approval_is_said_and_wants_a_reason(room, approved, screen_at, qtbot):
    stay_away(room, 3)
    screen = screen_at(room.desk)
    tick_all(screen)
    press(screen, Key.Key_Return)
    question = screen.steps.question
    assert "80 % are needed" in question.text.text()
    assert not question.act_button.isEnabled()
    QTest.keyClicks(question.reason, "was ill")
    QTest.keyClick(question.reason, Key.Key_Return)
    idle(screen, qtbot)
    assert states(screen) == ["issued"] * 4


def test_stopping_leaves_whole_certificates_and_says_how_many(room, approved, screen_at, qtbot, monkeypatch):
    monkeypatch.setattr(certificate_batches, "AT_ONCE", 2)
    screen = screen_at(room.desk)
    issue = room.desk.certificates.issue

    def issue_and_stop(ids, *arguments, **named):
        if ids[0] == approved[2]:
            screen.steps.batches.stop()
        return issue(ids, *arguments, **named)

    monkeypatch.setattr(room.desk.certificates, "issue", issue_and_stop)
    said = []
    screen.said.connect(said.append)
    screen.steps.choose(approved)
    screen.steps.ask_issue()
    screen.steps.question.act_button.click()
    idle(screen, qtbot)
    assert states(screen) == ["approved", "approved", "issued", "issued"]
    assert said[-1] == "2 certificates are issued. 2 stay approved."


def test_what_is_ticked_goes_to_the_printer_and_is_counted(room, issued, screen_at, qtbot, printer, tmp_path):
    screen = screen_at(room.desk)
    tick_all(screen)
    with qtbot.waitSignal(screen.steps.batches.printed, timeout=60_000):
        screen.print_paper()
    idle(screen, qtbot)
    assert len(PaperPages((tmp_path / "printed.pdf").read_bytes()).sizes()) == 4
    assert prints(screen) == [1] * 4
    assert [event.kind for event in room.desk.audit.events(4)] == ["certificate_printed"] * 4


def test_only_the_pages_that_are_asked_for_count(room, issued, screen_at, qtbot, printer):
    printer["ranges"] = "2-3"
    screen = screen_at(room.desk)
    tick_all(screen)
    with qtbot.waitSignal(screen.steps.batches.printed, timeout=60_000):
        screen.print_paper()
    idle(screen, qtbot)
    assert prints(screen) == [0, 0, 1, 1]


def test_who_closes_the_printers_dialog_has_handed_out_nothing(room, issued, screen_at, qtbot, printer):
    printer["exec"] = QDialog.DialogCode.Rejected
    screen = screen_at(room.desk)
    with qtbot.waitSignal(screen.steps.batches.ended, timeout=60_000):
        screen.print_paper()
    idle(screen, qtbot)
    assert prints(screen) == [0] * 4
    assert screen.paper_pane.strip.shown is None


def test_without_a_printer_the_page_says_so_and_nothing_counts(room, issued, screen_at, qtbot, monkeypatch):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    screen = screen_at(room.desk)
    with qtbot.waitSignal(screen.troubled, timeout=60_000) as trouble:
        screen.print_paper()
    assert isinstance(trouble.args[0], Refused)
    assert prints(screen) == [0] * 4


def test_one_file_is_saved_where_one_likes(room, issued, screen_at, qtbot, monkeypatch, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(screen_module, "ask_where_to_save", lambda _window, _folder, name: stick / f"{name}.pdf")
    screen = screen_at(room.desk)
    tick_all(screen)
    screen.paper_pane.preview._save.click()
    idle(screen, qtbot)
    (file,) = stick.iterdir()
    assert len(pypdf.PdfReader(file).pages) == 4
    assert screen.paper_pane.strip.shown is screen.steps.files
    assert file.name in screen.steps.files.said
    assert screen._presenter.folder(tmp_path) == stick


def test_a_file_each_is_saved_into_a_folder(room, issued, screen_at, qtbot, monkeypatch, tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_arguments: str(folder))
    screen = screen_at(room.desk)
    assert screen.paper_pane.each_button.isHidden()
    tick_all(screen)
    screen.paper_pane.each_button.click()
    idle(screen, qtbot)
    assert len(list(folder.iterdir())) == 4
    assert screen.steps.files.said == f"4 files are in the folder {folder}"
    assert prints(screen) == [1] * 4


def test_stopping_a_file_each_leaves_whole_files(room, issued, screen_at, qtbot, monkeypatch, tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    screen = screen_at(room.desk)
    note, written = room.desk.certificate_papers.note_print, []

    def note_and_stop(*arguments):
        written.append(arguments)
        if len(written) == 2:
            screen.steps.batches.stop()
        note(*arguments)

    monkeypatch.setattr(room.desk.certificate_papers, "note_print", note_and_stop)
    said = []
    screen.said.connect(said.append)
    tick_all(screen)
    screen.steps.save_each(folder)
    idle(screen, qtbot)
    assert [len(pypdf.PdfReader(file).pages) for file in folder.iterdir()] == [1, 1]
    assert prints(screen) == [0, 0, 1, 1]
    assert said[-1] == "Stopped. 2 files are whole."


def test_a_full_or_missing_folder_is_told_and_the_page_goes_on(room, issued, screen_at, qtbot, tmp_path):
    screen = screen_at(room.desk)
    with qtbot.waitSignal(screen.troubled, timeout=60_000):
        screen.steps.save(tmp_path / "gone" / "all.pdf")
    assert not screen.steps.is_busy
    assert screen.paper_pane.strip.shown is None
    assert prints(screen) == [0] * 4


def test_while_a_batch_is_at_work_nothing_else_begins(room, issued, screen_at, qtbot, tmp_path):
    screen = screen_at(room.desk)
    tick_all(screen)
    screen.steps.save(tmp_path / "all.pdf")
    assert screen.paper_pane.strip.shown is screen.steps.wait
    assert screen.go_back()
    screen.steps.ask_revoke()
    screen.start_proposing()
    assert screen._panes.currentWidget() is screen._area
    idle(screen, qtbot)
    assert (tmp_path / "all.pdf").exists()
    assert len(names(screen)) == 4
