"""The recovery key and the reset slip on paper and in a file."""

from __future__ import annotations

import stat
import sys

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from tests.documents.papers import read_with_pdfium
from tlbb_desktop.documents.page_images import PaperPages
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.widgets.code_paper import print_code, recovery_paper, save_code, slip_paper
from tlbb_desktop.widgets.paper_printer import NO_PRINTER

GROUPS = tuple(f"ABC{number:02}" for number in range(11))


@pytest.fixture
def window(qtbot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Where the person saves the paper."""
    path = tmp_path / "paper.pdf"
    monkeypatch.setattr(QFileDialog, "exec", lambda _dialog: QDialog.DialogCode.Accepted)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _dialog: [str(path)])
    return path


def test_the_saved_key_can_be_read_and_copied_in_both_languages(window, place):
    assert save_code(recovery_paper(GROUPS), window)
    text = "\n".join(read_with_pdfium(place.read_bytes()))
    assert [
        each for each in (*GROUPS, "កូនសោសង្គ្រោះរបស់ TLBB Desktop", "Recovery key of TLBB Desktop") if each not in text
    ] == []
    assert "១១" in text, "the groups are numbered as on the screen"


@pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")
def test_nobody_else_on_the_laptop_reads_the_saved_slip(window, place):
    save_code(slip_paper(GROUPS[:6]), window)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_the_printed_slip_is_one_sheet(window, monkeypatch, tmp_path):
    def answer(dialog: QPrintDialog) -> int:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(tmp_path / "sheet.pdf"))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["office"])
    monkeypatch.setattr(QPrintDialog, "exec", answer)
    assert print_code(slip_paper(GROUPS[:6]), window)
    sheet = PaperPages((tmp_path / "sheet.pdf").read_bytes())
    assert len(sheet.sizes()) == 1
    assert any(level < 128 for level in sheet.image(0, 30).pixels[1::4])


def test_who_thinks_better_of_it_leaves_nothing(window, monkeypatch, tmp_path):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["office"])
    for dialog in (QPrintDialog, QFileDialog):
        monkeypatch.setattr(dialog, "exec", lambda _dialog: QDialog.DialogCode.Rejected)
    assert not print_code(recovery_paper(GROUPS), window)
    assert not save_code(recovery_paper(GROUPS), window)
    assert list(tmp_path.iterdir()) == []


def test_a_laptop_without_a_printer_says_what_to_do(window, monkeypatch):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    with pytest.raises(Refused) as refused:
        print_code(recovery_paper(GROUPS), window)
    assert refused.value.message == NO_PRINTER
