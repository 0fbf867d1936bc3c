"""The report of outcomes, seen as it will be printed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QStandardPaths, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.class_papers import BOTH
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _, _p
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.stylesheet import GAP_LARGE, GAP_SMALL
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.qt.theme import set_role
from tlbb_desktop.screens.reports.presenter import ReportsPresenter
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.widgets.paper_acts import Paper, PaperActs
from tlbb_desktop.widgets.paper_preview import PaperPreview

LANGUAGES: Final = {catalog.KHMER: "ខ្មែរ", catalog.SOURCE_LANGUAGE: "English", BOTH: "ខ្មែរ + English"}


class PaperPane(QWidget):
    """A preview in the language that is chosen.

    Args:
        presenter: the page's.
        tasks: make, draw, print and write in the background.
        page: says what happened.

    Signals:
        left: back to the figures.
    """

    left = Signal()

    def __init__(self, presenter: ReportsPresenter, tasks: TaskRunner, page: Page) -> None:
        super().__init__(page)
        self._presenter, self._number = presenter, ""
        self._back, self._title, self.language_box = QPushButton(self), QLabel(self), QComboBox(self)
        set_role(self._title, "heading")
        set_icon(self._back, "arrow-left")
        for code, name in LANGUAGES.items():
            self.language_box.addItem(name, code)
        self.preview = PaperPreview(self)
        self._acts = PaperActs(self.preview, tasks, _documents)
        self._acts.said.connect(page.said)
        self._acts.troubled.connect(page.troubled)
        self._back.clicked.connect(self.left)
        self.language_box.activated.connect(self._show)
        head = QHBoxLayout()
        head.setSpacing(GAP_SMALL)
        head.addWidget(self._back)
        head.addWidget(self._title, 1)
        head.addWidget(self.language_box)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_LARGE, 4, GAP_LARGE, GAP_SMALL)
        column.setSpacing(GAP_SMALL)
        column.addLayout(head)
        column.addWidget(self.preview, 1)
        self._word()

    def show_report(self, number: str = "") -> None:
        """Show what was counted as it would be printed now, or the report that was issued as *number*."""
        self._number = number
        self._title.setText(number or _p("outcome report", "Report of outcomes"))
        self.language_box.setCurrentIndex(max(0, self.language_box.findData(catalog.language())))
        self._show()
        self.preview.setFocus()

    def print_it(self) -> None:
        """Ask for a printer."""
        self._acts.print_it()

    def _show(self) -> None:
        presenter, language, number = self._presenter, str(self.language_box.currentData()), self._number
        name = number or f"outcomes-{presenter.wish.as_of.isoformat()}"
        self._acts.show(
            Paper(
                name,
                lambda: presenter.paper(language, number),
                lambda _pages, _copies: None,
                lambda path: presenter.save_paper(language, path, number),
            )
        )

    def _word(self) -> None:
        self._back.setText(_("Back"))
        self.language_box.setAccessibleName(_("Language of the paper"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)


def _documents() -> Path:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) if Path(documents).is_dir() else Path.home()
