"""Long work on many certificates: issuing, printing, saving; each can be stopped, and what is done is whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from tlbb_desktop.domain.errors import Cancelled, TlbbError
from tlbb_desktop.qt.tasks import Progress, Task, TaskRunner
from tlbb_desktop.screens.certificates.presenter import CertificatesPresenter, Told
from tlbb_desktop.services.certificate_batches import IssuedBatch
from tlbb_desktop.services.certificate_papers import CertificateBundle
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.widgets.paper_printer import PaperPrinter, PrintOrder

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stopped:
    """The reader stopped it.

    Args:
        done: how many were finished by then, and are whole.
    """

    done: int


@dataclass(frozen=True, slots=True)
class Failed:
    """It could not be done; told also when the reader had asked to stop it meanwhile."""

    error: Exception


class Batches(QObject):
    """One piece of work at a time.

    Args:
        presenter: the page's.
        tasks: do the work in the background.
        page: it is done for; the printer's dialog stands over it.

    Signals:
        begun: work begins.
        progressed: (done, all).
        issued: an IssuedBatch.
        saved: the files that were written.
        printed: how many pages the printer took.
        stopped: how many were done when the reader stopped it.
        troubled: a TlbbError.
        ended: nothing is at work any more.
    """

    begun = Signal()
    progressed = Signal(int, int)
    issued = Signal(object)
    saved = Signal(object)
    printed = Signal(int)
    stopped = Signal(int)
    troubled = Signal(object)
    ended = Signal()

    def __init__(self, presenter: CertificatesPresenter, tasks: TaskRunner, page: Page) -> None:
        super().__init__(page)
        self._presenter, self._tasks, self._page = presenter, tasks, page
        self._task: Task | None = None
        self.printer = PaperPrinter(page, tasks)
        self.printer.begun.connect(self.begun)
        self.printer.progressed.connect(self.progressed)
        self.printer.printed.connect(self._printed)
        self.printer.troubled.connect(self._failed)
        app = QApplication.instance()
        if app is not None:  # a lock must not wait for the rest of two hundred
            app.aboutToQuit.connect(self.stop)

    @property
    def is_busy(self) -> bool:
        """Whether something is at work."""
        return self._task is not None or self.printer.is_busy

    def issue(self, ids: Sequence[int], despite: str) -> None:
        """Number and sign approved certificates."""

        def done(batch: IssuedBatch) -> None:
            self.issued.emit(batch)

        self._work(lambda told: self._presenter.issue(ids, despite, told), done)

    def print(self, ids: Sequence[int], language: str) -> None:
        """Lay certificates out, then ask for a printer."""
        self._work(lambda told: self._presenter.bundle(ids, language, told), self._ask_printer, whole=True)

    def save(self, ids: Sequence[int], language: str, path: Path) -> None:
        """Write one file."""
        self._work(lambda told: self._presenter.save(ids, language, path, told), self.saved.emit, whole=True)

    def save_each(self, ids: Sequence[int], language: str, folder: Path) -> None:
        """Write a file each."""
        self._work(lambda told: self._presenter.save_each(ids, language, folder, told), self.saved.emit)

    def stop(self) -> None:
        """Finish what is begun of the one that is at work, and leave the rest."""
        if self._task is not None:
            self._task.progress.cancel()
        elif self.printer.is_busy:
            self.printer.stop()
            self.ended.emit()
            self.stopped.emit(0)

    def _work(self, work: Callable[[Told], T], done: Callable[[T], object], *, whole: bool = False) -> None:
        """Do *work* in the background; *whole* says that there is one outcome or none."""
        if self.is_busy:
            return

        def job(progress: Progress) -> T | Stopped | Failed:
            finished = 0

            def told(count: int, of: int) -> None:
                nonlocal finished
                finished = 0 if whole else count
                progress.report(count, of)
                if progress.cancelled:
                    raise Cancelled

            try:
                return work(told)
            except Cancelled:
                return Stopped(finished)
            except Exception as error:  # noqa: BLE001  # a job that raises after it was stopped is told to nobody
                return Failed(error)

        def ended(outcome: T | Stopped | Failed) -> None:
            if isinstance(outcome, Failed):
                self._failed(outcome.error)
                return
            self._task = None
            self.ended.emit()
            if isinstance(outcome, Stopped):
                self.stopped.emit(outcome.done)
            else:
                done(outcome)

        self.begun.emit()
        self._task = self._tasks.submit(job, self._page, ended, progressed=self.progressed.emit, writes=True)

    def _ask_printer(self, bundle: CertificateBundle) -> None:
        def note(order: PrintOrder) -> None:
            self._presenter.note_print(bundle, order.numbers, order.copies)

        self.printer.ask(bundle.finished.pdf, bundle.name, note)

    def _printed(self, order: PrintOrder) -> None:
        self.ended.emit()
        self.printed.emit(order.pages)

    def _failed(self, error: Exception) -> None:
        self._task = None
        self.ended.emit()
        if isinstance(error, TlbbError):
            self.troubled.emit(error)
        else:
            self._tasks.unhandled.emit(error)
