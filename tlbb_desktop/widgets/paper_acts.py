"""What one does with a paper on a page of the window: look at it, print it, save it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.tasks import Task, TaskRunner
from tlbb_desktop.widgets.paper_preview import PaperPreview
from tlbb_desktop.widgets.paper_printer import PaperPrinter
from tlbb_desktop.widgets.paper_saving import ask_where_to_save


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper and the services behind it; all are called in the background.

    Attributes:
        name: proposed for its file, and shown in the printer's queue; without an ending.
        make: gives the PDF.
        note_print: records (pages, copies) before the first page leaves.
        save: records and writes it as a PDF to a place.
    """

    name: str
    make: Callable[[], bytes]
    note_print: Callable[[int, int], object]
    save: Callable[[Path], object]


class PaperActs(QObject):
    """Joins a preview with the printer and the disk.

    Args:
        preview: shows the paper; its buttons act.
        tasks: make, draw, print and write in the background.
        folder: where files go, proposed.

    Signals:
        saved: the file that was written.
        said: a quiet success, translated.
        troubled: a TlbbError.
    """

    saved = Signal(object)
    said = Signal(str)
    troubled = Signal(object)

    def __init__(self, preview: PaperPreview, tasks: TaskRunner, folder: Callable[[], Path]) -> None:
        super().__init__(preview)
        self._preview, self._tasks, self._folder = preview, tasks, folder
        self._paper: Paper | None = None
        self._pdf: bytes | None = None
        self._print_when_made = False
        self._making: Task | None = None
        self.printer = PaperPrinter(preview, tasks)
        self.printer.troubled.connect(self.troubled)
        self.printer.printed.connect(lambda _order: self.said.emit(_("The printer has taken the paper.")))
        self.printer.begun.connect(preview.printing.start)
        self.printer.progressed.connect(preview.printing.show_progress)
        self.printer.ended.connect(preview.printing.hide)
        preview.printing.stop_wanted.connect(self._stop_printing)
        preview.print_wanted.connect(self.print_it)
        preview.save_wanted.connect(self.save_it)

    def show(self, paper: Paper) -> None:
        """Make *paper* and show it; the one before stays in sight until then."""
        if self._tasks.is_closed:
            return
        self._paper, self._pdf, self._print_when_made = paper, None, False

        def made(pdf: bytes) -> None:
            if paper is self._paper:
                self._pdf = pdf
                self._preview.show_paper(pdf, self._tasks)
                if self._print_when_made:
                    self.print_it()

        def failed(error: Exception) -> None:
            if not isinstance(error, TlbbError):
                self._tasks.unhandled.emit(error)
            elif paper is self._paper:
                self._preview.show_trouble(error)

        if self._making is not None:  # who runs through a list waits only for the last of its papers
            self._making.cancel()
        self._making = self._tasks.submit(lambda _progress: paper.make(), self._preview, made, failed)

    def print_it(self) -> None:
        """Ask for a printer; while the paper is still being made, as soon as it is there."""
        if self._paper is None:
            return
        self._print_when_made = self._pdf is None
        if self._pdf is not None:
            note = self._paper.note_print
            self.printer.ask(
                self._pdf, self._paper.name, lambda order: note(order.pages, order.copies), self._preview.current
            )

    def _stop_printing(self) -> None:
        if self.printer.stop():
            self.said.emit(_("Stopped. Pages that the printer has already may still come out."))

    def save_it(self) -> None:
        """Ask for a place and write the file there."""
        paper = self._paper
        if paper is None:
            return
        place = ask_where_to_save(self._preview.window(), self._folder(), paper.name)
        if place is not None:
            self._tasks.submit(
                lambda _progress: paper.save(place),
                self._preview,
                lambda _: self._saved(place),
                self._failed,
                writes=True,
            )

    def _saved(self, place: Path) -> None:
        self.saved.emit(place)
        self.said.emit(_("Saved: {name}").format(name=place.name))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, TlbbError):
            self.troubled.emit(error)
        else:
            self._tasks.unhandled.emit(error)
