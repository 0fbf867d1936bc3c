"""The paper of the sheet that is shown: seen, printed, saved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.sheets.presenter import SheetsPresenter
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.widgets.paper_acts import Paper, PaperActs
from tlbb_desktop.widgets.paper_preview import PaperPreview


class SheetPaper(PaperActs):
    """Joins the preview of the sheets page with its presenter.

    Args:
        preview: shows the sheet.
        presenter: the page's.
        tasks: make, draw, print and write in the background.
        page: says what happened.
    """

    def __init__(self, preview: PaperPreview, presenter: SheetsPresenter, tasks: TaskRunner, page: Page) -> None:
        super().__init__(preview, tasks, self.folder)
        self._sheets = presenter
        self.saved.connect(self._remember)
        self.said.connect(page.said)
        self.troubled.connect(page.troubled)

    def folder(self) -> Path:
        """Where this reader's files go."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return self._sheets.folder(Path(documents) if Path(documents).is_dir() else Path.home())

    def show_chosen(self, language: str) -> None:
        """Show the paper that was chosen as it is printed in *language*."""
        if self._sheets.sheet is not None:
            self.show(Paper(self._sheets.paper_name(language), *self._sheets.paper_services(language)))

    def print_sheet(self) -> None:
        """Ask for a printer, if there is a sheet that this reader may print."""
        if self._sheets.sheet is not None and self._sheets.may(Action.SHEET_PRINT):
            self.print_it()

    def _remember(self, path: Path) -> None:
        self._sheets.keep_folder(path.parent)
