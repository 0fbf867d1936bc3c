"""Which paper is in sight, and in which format and language it goes out."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from tlbb_desktop.domain.class_papers import ClassPaper
from tlbb_desktop.forms.ui_sheets import Ui_SheetsForm
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _, language
from tlbb_desktop.screens.sheets.presenter import CSV, PDF, XLSX, SheetsPresenter
from tlbb_desktop.screens.sheets.words import LANGUAGE_NAMES, PAPER_NAMES, SIDE_BY_SIDE

FORMATS = (XLSX, PDF, CSV)


class PaperChoice(QObject):
    """The three boxes, with what the reader chose last; side by side is a language of the PDF only.

    Signals:
        chosen: the reader chose another paper, format or language.
    """

    chosen = Signal()

    def __init__(self, form: Ui_SheetsForm, presenter: SheetsPresenter, parent: QObject) -> None:
        super().__init__(parent)
        self._papers, self._formats, self._languages = form.paperBox, form.formatBox, form.languageBox
        self._presenter = presenter
        for paper, name in PAPER_NAMES.items():
            self._papers.addItem(_(name), paper.value)
        for fmt in FORMATS:
            self._formats.addItem(fmt.upper(), fmt)
        self._papers.activated.connect(self._paper_chosen)
        self._formats.activated.connect(self._format_chosen)
        self._languages.activated.connect(self._language_chosen)
        self.show_choice()

    @property
    def format(self) -> str:
        """``xlsx``, ``pdf`` or ``csv``; the sheet alone has another one than PDF."""
        return str(self._formats.currentData()) if self._presenter.shows_sheet else PDF

    @property
    def language(self) -> str:
        """Of the paper: ``km``, ``en`` or ``both``."""
        return self._languages.currentData() or self._window_language()

    def show_sheet(self) -> None:
        """Put the absence list in sight."""
        self._presenter.paper = ClassPaper.ABSENCE_LIST
        self.show_choice()

    def show_choice(self) -> None:
        """Show what the reader chose last, or else the language of the window."""
        for index, name in enumerate(PAPER_NAMES.values()):
            self._papers.setItemText(index, _(name))
        self._papers.setCurrentIndex(self._papers.findData(self._presenter.paper.value))
        self._formats.setCurrentIndex(max(0, self._formats.findData(self._presenter.paper_format())))
        self._languages.clear()
        sides = SIDE_BY_SIDE if self.format == PDF else {}
        for code, name in {**LANGUAGE_NAMES, **sides}.items():
            self._languages.addItem(name, code)
        wanted = self._languages.findData(self._presenter.paper_language(self._window_language()))
        self._languages.setCurrentIndex(max(wanted, 0))

    def _paper_chosen(self) -> None:
        self._presenter.paper = ClassPaper(self._papers.currentData())
        self.show_choice()
        self.chosen.emit()

    def _format_chosen(self) -> None:
        self._presenter.keep_paper_format(self.format)
        self.show_choice()
        self.chosen.emit()

    def _language_chosen(self) -> None:
        self._presenter.keep_paper_language(self.language)
        self.chosen.emit()

    @staticmethod
    def _window_language() -> str:
        return language() if language() in catalog.LANGUAGES else catalog.SOURCE_LANGUAGE
