"""A printed code on A4, the recovery key or a reset slip: to the printer or to a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.code_papers import CodeKind
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.qt.tasks import Progress
from tlbb_desktop.services.whole_file import write_whole
from tlbb_desktop.widgets.paper_saving import ask_where_to_save


@dataclass(frozen=True, slots=True, repr=False)
class CodePaper:
    """What stands on the paper.

    Attributes:
        kind: what the code is for.
        groups: of the code.
    """

    kind: CodeKind
    groups: tuple[str, ...]

    def pdf(self) -> bytes:
        """The paper in Khmer and English."""
        from tlbb_desktop.documents.code_pdf import code_pdf

        return code_pdf(self.kind, self.groups, SystemClock().today()).pdf


def recovery_paper(groups: tuple[str, ...]) -> CodePaper:
    """The paper of the recovery key."""
    return CodePaper(CodeKind.RECOVERY, groups)


def slip_paper(groups: tuple[str, ...]) -> CodePaper:
    """The paper of a reset slip; it names nobody, because papers get lost."""
    return CodePaper(CodeKind.SLIP, groups)


def print_code(paper: CodePaper, parent: QWidget) -> bool:
    """Ask for a printer and print; False when the person thought better of it.

    Raises:
        Refused: there is no printer, or it does not take the paper.
    """
    from tlbb_desktop.documents.page_images import PaperPages
    from tlbb_desktop.widgets.paper_printer import NO_PRINTER, fit_page, print_pages, require

    if not QPrinterInfo.availablePrinterNames():
        raise Refused(NO_PRINTER)
    pages = PaperPages(paper.pdf())
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(paper.kind.value)
    fit_page(printer, pages.sizes()[0])
    if QPrintDialog(printer, parent).exec() != QDialog.DialogCode.Accepted:
        return False
    require(printer)
    print_pages(printer, pages, [0], Progress(lambda _done, _total: None))
    return True


def save_code(paper: CodePaper, parent: QWidget) -> bool:
    """Ask for a place and write a PDF that only its owner reads; False when the person thought better of it.

    Raises:
        Refused, StorageFull: the file cannot be written.
    """
    chosen = ask_where_to_save(parent, Path.home(), paper.kind.value)
    if chosen is None:
        return False
    write_whole(chosen, paper.pdf(), secret=True)
    return True
