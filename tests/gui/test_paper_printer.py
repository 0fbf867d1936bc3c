"""Papers on a printer; a printer that writes a PDF stands in for one of metal."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from tests.gui.papers import paper
from tlbb_desktop.documents.page_images import PaperPages
from tlbb_desktop.domain.errors import NotPermitted, Refused
from tlbb_desktop.widgets.paper_printer import NO_PRINTER, NOT_PRINTED, PaperPrinter, PrintOrder, chosen_pages, in_order

DOTS = 300


@pytest.fixture
def window(qtbot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def papers(window, tasks) -> PaperPrinter:
    return PaperPrinter(window, tasks)


@pytest.fixture
def machine(tmp_path) -> QPrinter:
    """A printer of 1200 dots that leaves its sheets in a file."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "sheets.pdf"))
    return printer


@pytest.fixture
def printed(papers, machine, qtbot):
    def send(pdf: bytes, current: int = 0) -> PaperPages:
        with qtbot.waitSignal(papers.printed):
            papers.send(pdf, machine, lambda _order: None, current)
        return PaperPages(Path(machine.outputFileName()).read_bytes())

    return send


def darkness(pages: PaperPages, number: int) -> int:
    return sum(255 - green for green in pages.image(number, DOTS).pixels[1::4])


def _columns_of_ink(pages: PaperPages) -> list[int]:
    """How black each column of a page is, two columns to a millimetre."""
    image = pages.image(0, 50.8)
    greens, row = image.pixels[1::4], image.bytes_per_line // 4
    return [sum(255 - green for green in greens[column::row]) for column in range(image.width)]


def which(printed: PaperPages, original: bytes) -> list[int]:
    """The page of the paper, from 1, on each sheet: every page is blacker than the one before."""
    source = PaperPages(original)
    known = [darkness(source, number) for number in range(len(source.sizes()))]
    found = [darkness(printed, number) for number in range(len(printed.sizes()))]
    return [1 + min(range(len(known)), key=lambda n, ink=ink: abs(known[n] - ink)) for ink in found]


def test_every_page_is_printed_with_the_ink_of_the_paper(printed):
    sheets, source = printed(paper(3)), PaperPages(paper(3))
    assert len(sheets.sizes()) == 3
    for number in range(3):
        assert darkness(sheets, number) == pytest.approx(darkness(source, number), rel=0.01)


def test_a_page_stands_where_it_stands_on_the_paper(printed):
    sheets, source = printed(paper(1)), PaperPages(paper(1))
    ours, theirs = (_columns_of_ink(pages) for pages in (sheets, source))
    assert sum(abs(one - other) for one, other in zip(ours, theirs, strict=False)) < 0.2 * sum(theirs)


def test_the_sheet_lies_as_the_page_does(printed):
    (size,) = printed(paper(1, landscape=True)).sizes()
    assert size.is_landscape
    assert size == pytest.approx((842, 595), abs=1)


def test_each_page_of_a_mixed_paper_lies_as_it_is(printed):
    mixed = pypdf.PdfWriter()
    for part in (paper(1), paper(1, landscape=True)):
        mixed.append(BytesIO(part))
    stream = BytesIO()
    mixed.write(stream)
    assert [size.is_landscape for size in printed(stream.getvalue()).sizes()] == [False, True]


def test_only_the_pages_asked_for_are_printed(printed, machine):
    machine.setPrintRange(QPrinter.PrintRange.PageRange)
    machine.setFromTo(2, 3)
    assert which(printed(paper(3)), paper(3)) == [2, 3]


def test_the_page_that_is_read_can_be_printed_alone(printed, machine):
    machine.setPrintRange(QPrinter.PrintRange.CurrentPage)
    assert which(printed(paper(3), current=1), paper(3)) == [2]


def test_copies_come_paper_by_paper_or_page_by_page(printed, machine):
    machine.setCopyCount(2)
    machine.setCollateCopies(True)
    assert which(printed(paper(2)), paper(2)) == [1, 2, 1, 2]
    machine.setCollateCopies(False)
    assert in_order(machine, chosen_pages(machine, 2)) == [0, 0, 1, 1]


def test_the_last_page_may_come_first(machine):
    machine.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert in_order(machine, [0, 1, 2]) == [2, 1, 0]


def test_the_audit_knows_before_the_first_page_leaves(papers, machine, qtbot):
    told = []
    file = Path(machine.outputFileName())
    machine.setCopyCount(2)
    with qtbot.waitSignal(papers.printed) as done:
        papers.send(paper(3), machine, lambda order: told.append((order, file.exists())))
    assert told == [(PrintOrder(pages=3, copies=2, numbers=(0, 1, 2)), False)]
    assert done.args == [PrintOrder(pages=3, copies=2, numbers=(0, 1, 2))]


def test_what_may_not_be_recorded_is_not_printed(papers, machine, qtbot):
    def refuse(_order: PrintOrder) -> None:
        raise NotPermitted

    with qtbot.waitSignal(papers.troubled) as trouble:
        papers.send(paper(1), machine, refuse)
    assert isinstance(trouble.args[0], NotPermitted)
    assert not Path(machine.outputFileName()).exists()


@pytest.mark.qt_log_ignore("QPainter::begin\\(\\)")
def test_a_printer_that_refuses_is_one_sentence_and_the_next_print_works(papers, machine, qtbot, tmp_path):
    good = machine.outputFileName()
    machine.setOutputFileName(str(tmp_path / "gone" / "sheets.pdf"))
    with qtbot.waitSignal(papers.troubled) as trouble:
        papers.send(paper(1), machine, lambda _order: None)
    assert trouble.args[0].message == NOT_PRINTED
    assert not papers.is_busy
    machine.setOutputFileName(good)
    with qtbot.waitSignal(papers.printed):
        papers.send(paper(1), machine, lambda _order: None)


def test_a_printer_that_vanishes_between_two_pages_is_one_sentence(papers, machine, qtbot, monkeypatch):
    monkeypatch.setattr(QPrinter, "newPage", lambda _self: False)
    with qtbot.waitSignal(papers.troubled) as trouble:
        papers.send(paper(3), machine, lambda _order: None)
    assert isinstance(trouble.args[0], Refused)
    assert trouble.args[0].message == NOT_PRINTED


def test_a_print_that_is_stopped_says_nothing_more(papers, machine, qtbot):
    papers.printed.connect(lambda _order: pytest.fail("it was stopped"))
    papers.progressed.connect(lambda _done, _all: papers.stop())
    papers.send(paper(3), machine, lambda _order: None)
    qtbot.waitUntil(lambda: not papers.is_busy)
    with qtbot.waitSignal(papers.troubled):  # the queue takes the next job only after the stopped one
        papers.send(b"no paper", machine, lambda _order: None)


def test_a_laptop_without_a_printer_says_what_to_do(papers, qtbot, monkeypatch):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    with qtbot.waitSignal(papers.troubled) as trouble:
        papers.ask(paper(1), "Paper", lambda _order: None)
    assert trouble.args[0].message == NO_PRINTER


def test_the_dialog_offers_the_papers_pages_and_its_answer_is_printed(papers, qtbot, monkeypatch, tmp_path):
    offered = []

    def answer(dialog: QPrintDialog) -> int:
        printer = dialog.printer()
        offered.append((dialog.minPage(), dialog.maxPage(), printer.docName(), printer.pageLayout().orientation().name))
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "sheets.pdf"))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["office"])
    monkeypatch.setattr(QPrintDialog, "exec", answer)
    with qtbot.waitSignal(papers.printed):
        papers.ask(paper(2, landscape=True), "sheet", lambda _order: None)
    assert offered == [(1, 2, "sheet", "Landscape")]
    assert len(PaperPages((tmp_path / "sheets.pdf").read_bytes()).sizes()) == 2


def test_who_thinks_better_of_it_prints_nothing(papers, monkeypatch):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["office"])
    monkeypatch.setattr(QPrintDialog, "exec", lambda _dialog: QDialog.DialogCode.Rejected)
    papers.ask(paper(1), "sheet", lambda _order: pytest.fail("nothing was printed"))
    assert not papers.is_busy
