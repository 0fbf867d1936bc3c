"""In which format and language the sheets go out."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from tlbb_desktop.forms.ui_sheets import Ui_SheetsForm
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import language
from tlbb_desktop.screens.sheets.presenter import PDF, XLSX, SheetsPresenter
from tlbb_desktop.screens.sheets.words import LANGUAGE_NAMES, SIDE_BY_SIDE

FORMATS = (XLSX, PDF)


class PaperChoice(QObject):
    """The two boxes, with what the reader chose last; side by side is a language of the PDF only.

    Signals:
        chosen: the reader chose another format or language.
    """

    chosen = Signal()

    def __init__(self, form: Ui_SheetsForm, presenter: SheetsPresenter, parent: QObject) -> None:
        super().__init__(parent)
        self._formats, self._languages, self._presenter = form.formatBox, form.languageBox, presenter
        for fmt in FORMATS:
            self._formats.addItem(fmt.upper(), fmt)
        self._formats.activated.connect(self._format_chosen)
        self._languages.activated.connect(self._language_chosen)
        self.show_choice()

    @property
    def format(self) -> str:
        """``xlsx`` or ``pdf``."""
        return str(self._formats.currentData())

    @property
    def language(self) -> str:
        """Of the paper: ``km``, ``en`` or ``both``."""
        return self._languages.currentData() or self._window_language()

    @property
    def shown_language(self) -> str:
        """In which the sheet is shown on the screen: that of the paper, the leading one of two."""
        return self.language if self.language in catalog.LANGUAGES else catalog.KHMER

    def show_choice(self) -> None:
        """Show what the reader chose last, or else the language of the window."""
        self._formats.setCurrentIndex(max(0, self._formats.findData(self._presenter.paper_format())))
        self._languages.clear()
        sides = SIDE_BY_SIDE if self.format == PDF else {}
        for code, name in {**LANGUAGE_NAMES, **sides}.items():
            self._languages.addItem(name, code)
        wanted = self._languages.findData(self._presenter.paper_language(self._window_language()))
        self._languages.setCurrentIndex(max(wanted, 0))

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
