"""The papers of the sheets page: shown, printed, saved, exported."""

from __future__ import annotations

import os
import zipfile
from dataclasses import replace
from datetime import date
from threading import Event

import pypdf
import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from typing_extensions import override

from tests.gui.classroom import OCTOBER
from tests.gui.sheets.conftest import Key, choose, form, paper
from tests.paper_text import text_of
from tlbb_desktop.documents.page_images import PaperPages
from tlbb_desktop.domain.class_papers import ClassPaper, PaperWish
from tlbb_desktop.domain.errors import Cancelled, Refused
from tlbb_desktop.domain.form_code import form_code
from tlbb_desktop.domain.months import Month
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.widgets import paper_acts, paper_printer
from tlbb_desktop.widgets.destinations import OpenRegister


def test_the_preview_shows_the_paper_itself(marked, screen_at, qtbot):
    screen = screen_at(marked.desk, (marked.class_id, OCTOBER))
    text = paper(screen, qtbot, "KIM VANNA")
    assert {name for name in ("CHAN RITHY", "LY BOPHA", "KHIEV KOSAL", "SIN DARA") if name in text} == {
        "CHAN RITHY",
        "LY BOPHA",
        "KHIEV KOSAL",
        "SIN DARA",
    }
    assert "late 1 × (15 min)" in text
    assert "Closed by the prison" in text
    made = marked.desk.class_papers.paper(PaperWish(ClassPaper.ABSENCE_LIST, marked.class_id, OCTOBER.first, "en"))
    assert len(form(screen).preview.sheets._pages) == made.pages


def test_the_preview_speaks_the_language_of_the_paper(marked, screen_at, qtbot):
    screen = screen_at(marked.desk)
    form(screen).languageBox.setCurrentIndex(form(screen).languageBox.findData("km"))
    form(screen).languageBox.activated.emit(0)
    assert "ព្រះរាជាណាចក្រកម្ពុជា" in paper(screen, qtbot, "ខៀវ កុសល")
    again = screen_at(marked.desk)
    assert form(again).languageBox.currentData() == "km"


def test_ctrl_p_prints_the_paper_and_the_audit_knows(marked, screen_at, qtbot, monkeypatch, tmp_path):
    def answer(dialog: QPrintDialog) -> int:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(tmp_path / "printed.pdf"))
        dialog.printer().setCopyCount(2)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["office"])
    monkeypatch.setattr(QPrintDialog, "exec", answer)
    screen = screen_at(marked.desk, (marked.class_id, OCTOBER))
    said = []
    screen.said.connect(said.append)
    screen.print_paper()
    qtbot.waitUntil(lambda: "The printer has taken the paper." in said, timeout=30_000)
    pages = form(screen).preview.sheets._pages
    printed = PaperPages((tmp_path / "printed.pdf").read_bytes()).sizes()
    assert [size.is_landscape for size in printed] == [True] * 2 * len(pages)
    assert marked.desk.audit.events(1)[0].detail == f"2026-10 no:0 en {len(pages)}x2"


def test_the_paper_is_saved_where_one_likes_and_the_folder_is_remembered(
    marked, screen_at, qtbot, monkeypatch, tmp_path
):
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(paper_acts, "ask_where_to_save", lambda _window, _folder, name: stick / f"{name}.pdf")
    screen = screen_at(marked.desk, (marked.class_id, OCTOBER))
    with qtbot.waitSignal(screen._paper.saved, timeout=30_000):
        screen._paper.save_it()
    (file,) = stick.iterdir()
    assert file.read_bytes().startswith(b"%PDF")
    assert form(screen).strip.shown is screen._files.saved
    assert screen._presenter.folder(tmp_path) == stick


def test_choose_a_class_and_one_click_leaves_the_file(marked, screen_at, qtbot, tmp_path):
    screen = screen_at(marked.desk)
    form(screen).table.go(marked.class_id)
    with qtbot.waitSignal(screen.said):
        form(screen).exportButton.click()
    (file,) = tmp_path.glob("*.xlsx")
    assert zipfile.is_zipfile(file)
    assert screen._form.strip.shown is screen._files.saved
    assert file.name in screen._files.saved._form.savedLabel.text()


def test_enter_on_a_class_leads_to_export(marked, screen_at):
    screen = screen_at(marked.desk)
    form(screen).table.setFocus()
    QTest.keyClick(form(screen).table, Key.Key_Return)
    assert form(screen).exportButton.hasFocus()


def test_machines_get_a_csv(marked, screen_at, qtbot, tmp_path):
    screen = screen_at(marked.desk)
    choose(screen, "formatBox", "csv")
    with qtbot.waitSignal(screen.said):
        form(screen).exportButton.click()
    (file,) = tmp_path.glob("*.csv")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_pdf_is_written_side_by_side_and_the_choice_is_kept(marked, screen_at, qtbot, tmp_path):
    screen = screen_at(marked.desk)
    choose(screen, "formatBox", "pdf")
    choose(screen, "languageBox", "both")
    with qtbot.waitSignal(screen.said):
        form(screen).exportButton.click()
    (file,) = tmp_path.glob("*.pdf")
    text = text_of(file)
    assert "KINGDOM OF CAMBODIA" in text
    assert "ព្រះរាជាណាចក្រកម្ពុជា" in text
    again = screen_at(marked.desk)
    assert (form(again).formatBox.currentData(), form(again).languageBox.currentData()) == ("pdf", "both")


def test_side_by_side_is_offered_for_the_pdf_only(marked, screen_at, qtbot):
    screen = screen_at(marked.desk)
    assert form(screen).formatBox.currentData() == "xlsx"
    assert form(screen).languageBox.findData("both") == -1
    choose(screen, "formatBox", "pdf")
    choose(screen, "languageBox", "both")
    text = paper(screen, qtbot, "KIM VANNA")
    assert "ព្រះរាជាណាចក្រកម្ពុជា" in text
    assert "KINGDOM OF CAMBODIA" in text
    choose(screen, "formatBox", "xlsx")
    assert form(screen).languageBox.currentData() in ("km", "en")


def test_one_click_leaves_the_register_for_hand_marking(marked, screen_at, qtbot, tmp_path):
    screen = screen_at(marked.desk)
    choose(screen, "paperBox", "blank_register")
    with qtbot.waitSignal(screen.said):
        form(screen).exportButton.click()
    (file,) = tmp_path.glob("*.pdf")
    text = text_of(file)
    assert form_code(marked.class_id, OCTOBER) in text


def test_the_blank_register_is_shown_before_it_is_printed_and_says_where_it_is_typed_in(marked, screen_at, qtbot):
    screen = screen_at(marked.desk, (marked.class_id, OCTOBER))
    assert form(screen).handMarkedButton.isHidden()
    choose(screen, "paperBox", "blank_register")
    assert form_code(marked.class_id, OCTOBER) in paper(screen, qtbot, "Register for hand marking")
    assert all(each.isHidden() for each in (form(screen).issueButton, form(screen).stateLabel, form(screen).formatBox))
    form(screen).handMarkedButton.click()
    assert form(screen).strip.shown is screen._outside.by_hand


def test_the_roll_is_shown_and_written_with_its_nicknames(marked, screen_at, qtbot, tmp_path):
    record = marked.desk.people.record(marked.people[0])
    marked.desk.people.save(replace(record, names=replace(record.names, nickname="ខ្មៅ")))
    screen = screen_at(marked.desk, (marked.class_id, OCTOBER))
    choose(screen, "paperBox", "roll")
    assert "ខ្មៅ" in paper(screen, qtbot, "Roll of trainees, 28 October 2026")  # the next two days have no session
    with qtbot.waitSignal(screen.said):
        form(screen).exportButton.click()
    assert [file.name for file in tmp_path.glob("*.pdf")] == ["roll SR-MOTO-26 2026-10-28.pdf"]
    assert marked.desk.audit.events(1)[0].kind == "roll_exported"


def test_the_roll_of_another_month_is_that_of_its_nearest_session(marked, screen_at, qtbot):
    screen = screen_at(marked.desk, (marked.class_id, Month(2026, 11)))
    choose(screen, "paperBox", "roll")
    assert screen._presenter.roll_day() == date(2026, 11, 2)
    paper(screen, qtbot, "Roll of trainees, 2 November 2026")


def test_who_comes_to_the_page_again_sees_the_sheet_first(marked, screen_at, qtbot):
    screen = screen_at(marked.desk, (marked.class_id, OCTOBER))
    choose(screen, "paperBox", "roll")
    screen.open((marked.class_id, OCTOBER))
    assert form(screen).paperBox.currentData() == "absence_list"
    assert not form(screen).issueButton.isHidden()


def test_printing_shows_how_far_it_is_and_can_be_stopped(marked, screen_at, qtbot, monkeypatch):
    sent, going = [], Event()

    def slowly(_printer, _paper, pages, progress) -> None:
        progress.report(1, 3)
        sent.append(going.wait(20))
        assert progress.cancelled
        raise Cancelled

    monkeypatch.setattr(paper_printer, "print_pages", slowly)
    screen = screen_at(marked.desk, (marked.class_id, OCTOBER))
    paper(screen, qtbot)
    line, said = form(screen).preview.printing, []
    screen.said.connect(said.append)
    screen._paper.printer.send(screen._paper._pdf, pdf_printer(), lambda _order: None)
    qtbot.waitUntil(lambda: line._words.text() == "Printing: 1 of 3")
    assert line.isVisible()
    line._stop.click()
    going.set()
    assert line.isHidden()
    assert said == ["Stopped. Pages that the printer has already may still come out."]


def test_a_printer_that_vanished_is_named_and_the_paper_is_still_there(marked, screen_at, qtbot):
    screen = screen_at(marked.desk, (marked.class_id, OCTOBER))
    text = paper(screen, qtbot, "KIM VANNA")
    before, noted = marked.desk.audit.events(1)[0], []
    with qtbot.waitSignal(screen.troubled, timeout=20_000) as trouble:
        screen._paper.printer.send(screen._paper._pdf, VanishedPrinter(), noted.append)
    assert explain(trouble.args[0]).startswith("The printer office is no longer there. Nothing was lost.")
    assert noted == []
    assert marked.desk.audit.events(1)[0] == before
    assert form(screen).preview.printing.isHidden()
    assert paper(screen, qtbot) == text
    with qtbot.waitSignal(screen._paper.printer.printed, timeout=20_000):
        screen._paper.printer.send(screen._paper._pdf, pdf_printer(), noted.append)


def pdf_printer() -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(os.devnull)
    return printer


class VanishedPrinter(QPrinter):
    """A printer of metal that was chosen in the dialog and is not connected any more."""

    @override
    def outputFormat(self) -> QPrinter.OutputFormat:
        return QPrinter.OutputFormat.NativeFormat

    @override
    def printerName(self) -> str:
        return "office"


def test_the_code_on_the_paper_leads_to_the_register_of_that_month(marked, screen_at, qtbot):
    screen = screen_at(marked.desk)
    screen._outside.code_entry.trigger()
    panel = screen._outside.by_hand
    assert screen._form.strip.shown is panel
    panel._form.codeEdit.setText(form_code(marked.class_id, OCTOBER).lower())
    with qtbot.waitSignal(screen.go_to) as gone:
        QTest.keyClick(panel._form.codeEdit, Key.Key_Return)
    assert gone.args == ["register", OpenRegister(marked.class_id, OCTOBER)]
    assert screen._form.strip.shown is None


def test_a_mistyped_code_is_said_and_may_be_mended(marked, screen_at, qtbot):
    screen = screen_at(marked.desk)
    screen._outside.code_entry.trigger()
    panel = screen._outside.by_hand
    panel._form.codeEdit.setText("111-112")
    with qtbot.waitSignal(screen.troubled):
        panel._form.openButton.click()
    assert screen._form.strip.shown is panel
    assert panel._form.codeEdit.text() == "111-112"


def test_the_whole_prison_month_comes_as_one_pdf(marked, screen_at, qtbot, tmp_path):
    screen = screen_at(marked.desk)
    choose(screen, "formatBox", "pdf")
    with qtbot.waitSignal(screen.said):
        form(screen).wholeButton.click()
    (file,) = tmp_path.glob("*.pdf")
    assert len(pypdf.PdfReader(file).pages) == 2


def test_the_whole_prison_month_comes_as_one_file(marked, screen_at, qtbot, tmp_path):
    screen = screen_at(marked.desk)
    with qtbot.waitSignal(screen.said):
        form(screen).wholeButton.click()
    assert len(list(tmp_path.glob("*.xlsx"))) == 1


def test_a_cancelled_prison_month_leaves_no_file(marked, screen_at, qtbot, tmp_path):
    screen = screen_at(marked.desk)
    form(screen).wholeButton.click()
    assert form(screen).strip.shown is screen._files.progress
    screen._files.progress._form.cancelButton.click()
    choose(screen, "formatBox", "csv")
    with qtbot.waitSignal(screen.said):  # the queue takes the next job only after the cancelled one
        form(screen).exportButton.click()
    assert list(tmp_path.glob("*.xlsx")) == []


def test_where_no_program_shows_folders_the_page_says_where_the_file_is(
    marked, screen_at, qtbot, monkeypatch, tmp_path
):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(opened.append(url.toLocalFile())))
    screen = screen_at(marked.desk)
    with qtbot.waitSignal(screen.said):
        form(screen).exportButton.click()
    saved = screen._files.saved._form
    saved.showButton.click()
    assert opened == [str(tmp_path)]
    path = next(tmp_path.glob("*.xlsx"))
    assert saved.savedLabel.text() == f"No program shows folders on this laptop. The file is {path}"


def test_a_folder_that_is_gone_is_explained_and_nothing_is_left(marked, screen_at, qtbot, tmp_path):
    screen = screen_at(marked.desk)
    write = screen._presenter.exporter("xlsx", "en", tmp_path / "gone")
    with pytest.raises(Refused):
        write()
    assert list(tmp_path.iterdir()) == [tmp_path / "home"]
