"""A finished paper on a printer: the dialog, the pages in the background, and what is said when it fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from tlbb_desktop.documents.page_images import POINTS_PER_INCH, PageSize, PaperPages
from tlbb_desktop.domain.errors import Cancelled, Refused, TlbbError
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.tasks import Progress, Task, TaskRunner

#: A printer with more dots gets them by enlarging: a page at 600 would take 140 MB on a laptop with 4 GB.
MOST_DOTS_PER_INCH = 300

NO_PRINTER = N_(
    "There is no printer on this laptop. Nothing was lost. Connect a printer, or save the paper as a PDF and print it"
    " elsewhere."
)
NOT_PRINTED = N_(
    "The printer did not take the paper. Nothing was lost. See that it is switched on, connected and has paper, then"
    " print again."
)
PRINTER_GONE = N_(
    "The printer {name} is no longer there. Nothing was lost. Connect it again or choose another one, then print again;"
    " or save the paper as a PDF."
)


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """What is sent to the printer, for the audit.

    Attributes:
        pages: different pages of the paper.
        copies: of each.
        numbers: of these pages, from 0, in the order of the paper.
    """

    pages: int
    copies: int
    numbers: tuple[int, ...] = ()


class PaperPrinter(QObject):
    """Prints papers for one page of the window.

    Args:
        window: the dialog stands over it; when it goes, nothing more is said.
        tasks: print in the background.

    Signals:
        begun: pages are being sent.
        progressed: (pages sent, pages in all).
        ended: no pages are being sent any more, whatever the reason.
        printed: a PrintOrder that the printer took.
        troubled: a TlbbError.
    """

    begun = Signal()
    progressed = Signal(int, int)
    ended = Signal()
    printed = Signal(object)
    troubled = Signal(object)

    def __init__(self, window: QWidget, tasks: TaskRunner) -> None:
        super().__init__(window)
        self._window, self._tasks = window, tasks
        self._task: Task | None = None

    @property
    def is_busy(self) -> bool:
        """Whether pages are being sent."""
        return self._task is not None

    def ask(self, pdf: bytes, name: str, audit: Callable[[PrintOrder], object], current: int = 0) -> None:
        """Let the reader choose a printer, and print.

        Args:
            pdf: all of the paper.
            name: of the paper in the printer's queue, where others read it.
            audit: records the act before the first page leaves; what it raises ends the act.
            current: the page that is read, from 0.
        """
        if self.is_busy:
            return
        if not QPrinterInfo.availablePrinterNames():
            self.troubled.emit(Refused(NO_PRINTER))
            return
        sizes = PaperPages(pdf).sizes()
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(name)
        fit_page(printer, sizes[0])
        dialog = QPrintDialog(printer, self._window)
        dialog.setMinMax(1, len(sizes))
        for option in (
            QAbstractPrintDialog.PrintDialogOption.PrintPageRange,
            QAbstractPrintDialog.PrintDialogOption.PrintCurrentPage,
        ):
            dialog.setOption(option)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.send(pdf, printer, audit, current)

    def send(self, pdf: bytes, printer: QPrinter, audit: Callable[[PrintOrder], object], current: int = 0) -> None:
        """Print on *printer* as its settings say; the other arguments are those of :meth:`ask`."""
        paper = PaperPages(pdf)

        def job(progress: Progress) -> PrintOrder:
            require(printer)
            pages = chosen_pages(printer, len(paper.sizes()), current)
            order = PrintOrder(len(pages), printer.copyCount(), tuple(pages))
            audit(order)
            print_pages(printer, paper, in_order(printer, pages), progress)
            return order

        def tell(done: int, pages: int) -> None:
            if self._task is task:  # not stopped meanwhile
                self.progressed.emit(done, pages)

        self.begun.emit()
        task = self._task = self._tasks.submit(
            job,
            self._window,
            lambda order: self._done(task, order),
            lambda error: self._failed(task, error),
            tell,
            writes=True,
        )

    def stop(self) -> bool:
        """Send no more pages; False when none were being sent."""
        if self._task is None:
            return False
        self._task.cancel()
        self._end(self._task)
        return True

    def _end(self, task: Task) -> None:
        if self._task is task:
            self._task = None
            self.ended.emit()

    def _done(self, task: Task, order: PrintOrder) -> None:
        self._end(task)
        self.printed.emit(order)

    def _failed(self, task: Task, error: Exception) -> None:
        self._end(task)
        if isinstance(error, TlbbError):
            self.troubled.emit(error)
        else:
            self._tasks.unhandled.emit(error)


def chosen_pages(printer: QPrinter, pages: int, current: int = 0) -> list[int]:
    """The pages that the reader asked for in the dialog, from 0.

    Args:
        printer: as the dialog left it.
        pages: of the paper.
        current: the page that is read, from 0.
    """
    wanted = printer.printRange()
    if wanted == QPrinter.PrintRange.CurrentPage:
        return [current]
    ranges = printer.pageRanges()
    if wanted != QPrinter.PrintRange.PageRange or ranges.isEmpty():
        return list(range(pages))
    return [number for number in range(pages) if ranges.contains(number + 1)]


def in_order(printer: QPrinter, pages: list[int]) -> list[int]:
    """Each sheet that is to leave the printer; copies that it makes by itself are not among them."""
    ordered = sorted(pages, reverse=printer.pageOrder() == QPrinter.PageOrder.LastPageFirst)
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if printer.collateCopies():
        return ordered * copies
    return [number for number in ordered for _copy in range(copies)]


def fit_page(printer: QPrinter, size: PageSize) -> None:
    """Turn the printer's paper as the page lies; the pages have margins of their own."""
    orientation = QPageLayout.Orientation
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(orientation.Landscape if size.is_landscape else orientation.Portrait)


def print_pages(printer: QPrinter, paper: PaperPages, pages: list[int], progress: Progress) -> None:
    """Send *pages* in this order.

    Raises:
        Refused: the printer does not take them.
        Cancelled: the reader stopped it.
    """
    sizes = paper.sizes()
    painter = QPainter()
    try:
        for done, number in enumerate(pages):
            if progress.cancelled:
                printer.abort()
                raise Cancelled
            _turn(printer, sizes[number])
            if not (painter.begin(printer) if done == 0 else printer.newPage()):
                raise Refused(NOT_PRINTED)
            painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
            _draw(painter, printer, paper, number, sizes[number])
            if printer.printerState() in {QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted}:
                raise Refused(NOT_PRINTED)
            progress.report(done + 1, len(pages))
        if not painter.end():
            raise Refused(NOT_PRINTED)
        require(printer)
    finally:
        if painter.isActive():
            painter.end()


def require(printer: QPrinter) -> None:
    """See that the printer is there: Qt itself hands a paper to a printer that has gone, and hears no complaint.

    Raises:
        Refused: it has gone.
    """
    native = printer.outputFormat() == QPrinter.OutputFormat.NativeFormat
    if native and QPrinterInfo.printerInfo(printer.printerName()).isNull():
        raise Refused(PRINTER_GONE, name=printer.printerName())


def _turn(printer: QPrinter, size: PageSize) -> None:
    """Keep the paper that the reader chose in the dialog, and turn it as this page lies."""
    orientation = QPageLayout.Orientation
    printer.setFullPage(True)
    printer.setPageOrientation(orientation.Landscape if size.is_landscape else orientation.Portrait)


def _draw(painter: QPainter, printer: QPrinter, paper: PaperPages, number: int, size: PageSize) -> None:
    """Draw a page in the middle of the sheet, as large as it is; smaller only where the sheet is smaller."""
    dots = printer.resolution()
    drawn = paper.image(number, min(dots, MOST_DOTS_PER_INCH))
    image = QImage(drawn.pixels, drawn.width, drawn.height, drawn.bytes_per_line, QImage.Format.Format_RGB32)
    sheet = printer.pageLayout().fullRectPixels(dots)
    natural = QSizeF(size.width, size.height) * (dots / POINTS_PER_INCH)
    scale = min(1.0, sheet.width() / natural.width(), sheet.height() / natural.height())
    place = QRectF(QPointF(0, 0), natural * scale)
    place.moveCenter(QRectF(sheet).center())
    painter.drawImage(place, image)
