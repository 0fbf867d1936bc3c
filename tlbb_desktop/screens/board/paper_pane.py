"""The papers of the board, seen as they will be printed: a bench sheet, a learner's training record."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QStandardPaths, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.bench_sheets import BenchSheet
from tlbb_desktop.domain.class_papers import BOTH
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.stylesheet import GAP_LARGE, GAP_SMALL
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.whole_file import write_whole
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.widgets.paper_acts import Paper, PaperActs
from tlbb_desktop.widgets.paper_preview import PaperPreview
from tlbb_desktop.wiring import Desk

LANGUAGES = {catalog.KHMER: "ខ្មែរ", catalog.SOURCE_LANGUAGE: "English", BOTH: "ខ្មែរ + English"}


class BoardPapers:
    """Makes the papers; what is handed out is audited by the services.

    Args:
        desk: the services.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def may_print(self) -> bool:
        """Whether the reader may take papers along."""
        return self._desk.office.may(Action.SHEET_PRINT)

    def bench_sheet(self, sheet: BenchSheet, day: date, language: str) -> Paper:
        """The bench sheet of a class and a unit for the list of a day."""
        service, class_id, unit_id = self._desk.bench_sheets, sheet.group.id, sheet.unit.id or 0
        return Paper(
            service.file_name(class_id, unit_id, day, language).removesuffix(".pdf"),
            lambda: service.paper(class_id, unit_id, day, language).pdf,
            lambda _pages, _copies: service.hand_out(class_id, unit_id, day, language),
            lambda path: service.save(class_id, unit_id, day, language, path),
        )

    def training_record(self, person_id: int, language: str) -> Paper:
        """The training record of a learner; reading it hands it out, so it is audited before it is seen."""

        def make(file_name: str = "") -> bytes:
            from tlbb_desktop.documents.training_record_pdf import training_record_pdf
            from tlbb_desktop.documents.typesetting import PaperLanguage

            record = self._desk.training_records.record(person_id, file_name)
            return training_record_pdf(record, PaperLanguage(language)).pdf

        return Paper(
            _("Training record"),
            make,
            lambda _pages, _copies: None,
            lambda path: write_whole(path, make(path.stem)),
        )


class PaperPane(QWidget):
    """A preview with the way back.

    Args:
        papers: makes them.
        tasks: make, draw, print and write in the background.
        page: says what happened.

    Signals:
        left: back to where one came from.
    """

    left = Signal()

    def __init__(self, papers: BoardPapers, tasks: TaskRunner, page: Page) -> None:
        super().__init__(page)
        self._papers = papers
        self._sheet: BenchSheet | None = None
        self._day: date | None = None
        self._person_id: int | None = None
        self._back, self._title, self._language = QPushButton(self), QLabel(self), QComboBox(self)
        self._title.setProperty("role", "heading")
        set_icon(self._back, "arrow-left")
        for code, name in LANGUAGES.items():
            self._language.addItem(name, code)
        self._preview = PaperPreview(self)
        self._preview.allow_taking_along(allowed=papers.may_print())
        self._acts = PaperActs(self._preview, tasks, _documents)
        self._acts.said.connect(page.said)
        self._acts.troubled.connect(page.troubled)
        self._back.clicked.connect(self.left)
        self._language.activated.connect(self._show)
        self._lay_out()
        self._word()

    def show_bench_sheet(self, sheet: BenchSheet, day: date) -> None:
        """Show a bench sheet for the list of a day."""
        self._sheet, self._day, self._person_id = sheet, day, None
        self._begin()

    def show_training_record(self, person_id: int) -> None:
        """Show the training record of a learner."""
        self._sheet, self._day, self._person_id = None, None, person_id
        self._begin()

    def print_it(self) -> None:
        """Ask for a printer."""
        self._acts.print_it()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP_SMALL)
        head.addWidget(self._back)
        head.addWidget(self._title, 1)
        head.addWidget(self._language)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_LARGE, 4, GAP_LARGE, GAP_SMALL)
        column.addLayout(head)
        column.addWidget(self._preview, 1)

    def _begin(self) -> None:
        language = catalog.language()
        self._language.setCurrentIndex(max(0, self._language.findData(language)))
        self._word()
        self._show()
        self._preview.setFocus()

    def _show(self) -> None:
        language = str(self._language.currentData())
        if self._sheet is not None and self._day is not None:
            self._acts.show(self._papers.bench_sheet(self._sheet, self._day, language))
        elif self._person_id is not None:
            self._acts.show(self._papers.training_record(self._person_id, language))

    def _word(self) -> None:
        self._back.setText(_("Back"))
        self._language.setAccessibleName(_("Language of the paper"))
        self._title.setText(_("Bench sheet") if self._sheet is not None else _("Training record"))


def _documents() -> Path:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) if Path(documents).is_dir() else Path.home()
