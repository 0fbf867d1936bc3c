"""The papers as files: one class, or the whole prison; where they go, and how far the writing is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from tlbb_desktop.domain.errors import Cancelled, TlbbError
from tlbb_desktop.forms.ui_sheets import Ui_SheetsForm
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.tasks import Progress, Task, TaskRunner
from tlbb_desktop.screens.sheets.panels import ProgressPanel, SavedPanel
from tlbb_desktop.screens.sheets.paper import SheetPaper
from tlbb_desktop.screens.sheets.paper_choice import PaperChoice
from tlbb_desktop.screens.sheets.presenter import SheetsPresenter
from tlbb_desktop.screens.sheets.words import saved_words
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.widgets.page import Page


class SheetFiles(QObject):
    """Writes one file at a time, in the background.

    Args:
        form: the page's; its buttons act.
        presenter: gives the work.
        choice: in which format and language.
        paper: knows where files go, and saves as a PDF.
        tasks: write in the background.
        page: says what happened.
    """

    def __init__(
        self,
        form: Ui_SheetsForm,
        presenter: SheetsPresenter,
        choice: PaperChoice,
        paper: SheetPaper,
        tasks: TaskRunner,
        page: Page,
    ) -> None:
        super().__init__(page)
        self._form, self._presenter, self._choice, self._paper = form, presenter, choice, paper
        self._tasks, self._page = tasks, page
        self._task: Task | None = None
        self.progress, self.saved = ProgressPanel(page), SavedPanel(page)
        for panel in (self.progress, self.saved):
            form.strip.add(panel)
        form.exportButton.clicked.connect(self.export)
        form.wholeButton.clicked.connect(self.export_whole)
        paper.saved.connect(self._show_place)
        self.progress.cancelled.connect(self._cancel)
        form.folderButton.clicked.connect(self._choose_folder)
        self.saved.closed.connect(form.strip.close_panel)

    @property
    def is_busy(self) -> bool:
        """Whether a file is being written."""
        return self._task is not None

    def export(self) -> None:
        """Write the paper in sight in the chosen format and language."""
        if self._presenter.sheet is None or self.is_busy or not self._presenter.may(Action.SHEET_PRINT):
            return
        write = self._presenter.exporter(self._choice.format, self._choice.language, self._paper.folder())
        self._submit(lambda _progress: write())

    def export_whole(self) -> None:
        """Write all sheets of the prison's month into one file."""
        if self.is_busy:
            return
        write = self._presenter.whole_exporter(self._choice.format, self._choice.language, self._paper.folder())

        def job(progress: Progress) -> Path:
            def tell(done: int, total: int) -> None:
                if progress.cancelled:
                    raise Cancelled
                progress.report(done, total)

            return write(tell)

        self._form.strip.ask(self.progress)
        self.progress.start()
        self._submit(job)

    def word(self) -> None:
        """Say again, in the reader's language, where files go."""
        button, folder = self._form.folderButton, self._paper.folder()
        button.setToolTip(_("Files go to {folder}. Choose another folder.").format(folder=folder))
        button.setAccessibleName(button.toolTip())

    def _submit(self, job: Callable[[Progress], Path]) -> None:
        show = self.progress.show_progress
        self._task = self._tasks.submit(job, self._page, self._written, self._not_written, progressed=show, writes=True)

    def _written(self, path: Path) -> None:
        self._task = None
        self._show_place(path)
        self._page.said.emit(saved_words(path.name, self._presenter.missing))

    def _show_place(self, path: Path) -> None:
        self.word()
        self._form.strip.ask(self.saved)
        self.saved.show_path(path)

    def _not_written(self, error: Exception) -> None:
        self._task = None
        self._form.strip.close_panel()
        if not isinstance(error, TlbbError):
            raise error
        self._page.troubled.emit(error)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
            self._form.strip.close_panel()
            self._page.said.emit(_("Stopped. No file was written."))

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self._page, _("Where files go"), str(self._paper.folder()))
        if chosen:
            self._presenter.keep_folder(Path(chosen))
            self.word()
