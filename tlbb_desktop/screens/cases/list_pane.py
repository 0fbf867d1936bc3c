"""The list of cases: which ones, find, open."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tlbb_desktop.forms.ui_cases import Ui_CasesForm
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.icons import apply_icons
from tlbb_desktop.screens.cases.begin_panel import BeginPanel
from tlbb_desktop.screens.cases.presenter import CasesPresenter, CaseView
from tlbb_desktop.screens.cases.words import (
    CASE_COLUMNS,
    NAME_COLUMN,
    VIEW_NAMES,
    case_sign,
    cases_words,
    waiting_words,
)


class ListPane(QWidget):
    """Shows what the presenter lists.

    Args:
        presenter: the page's.

    Signals:
        chosen: the row of a case to open.
        begun: (row of a person, whether only to wait) a case is wished for.
        view_chosen: other cases are to be listed.
        dates_wanted: the release dates of many are to be changed.
    """

    chosen = Signal(int)
    begun = Signal(int, bool)
    view_chosen = Signal()
    dates_wanted = Signal()

    def __init__(self, presenter: CasesPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.form = Ui_CasesForm()
        self.form.setupUi(self)
        form = self.form
        form.table.set_columns(CASE_COLUMNS, NAME_COLUMN, case_sign)
        form.table.chosen.connect(self.chosen)
        form.table.moved.connect(self._say_about)
        form.findEdit.textChanged.connect(self.show_lines)
        form.findEdit.returnPressed.connect(self._open_first)
        form.viewBox.activated.connect(self._choose_view)
        form.newButton.clicked.connect(self.ask_begin)
        form.datesButton.clicked.connect(self.dates_wanted)
        self.begin = BeginPanel(presenter.people, self)
        self.begin.wanted.connect(self.begun)
        self.begin.closed.connect(self.close_panel)
        form.strip.add(self.begin)
        self._word()
        apply_icons(self)

    def show_lines(self) -> None:
        """Show what is listed and found."""
        lines = self._presenter.lines(self.form.findEdit.text())
        self.form.table.show_lines(lines)
        self.form.countLabel.setText(cases_words(len(lines)))
        self.form.newButton.setVisible(self._presenter.may_write())
        self.form.datesButton.setVisible(self._presenter.may_move_dates())
        self._say_about()

    def ask_begin(self) -> None:
        """Ask for whom a case is opened."""
        if self._presenter.may_write():
            self.form.strip.ask(self.begin)
            self.begin.ask()

    def close_panel(self) -> bool:
        """Take the question away; False when none was shown."""
        return self.form.strip.close_panel()

    def start_find(self) -> None:
        """Put the cursor where typing searches."""
        self.form.findEdit.setFocus()
        self.form.findEdit.selectAll()

    def _open_first(self) -> None:
        here = self.form.table.current_id()
        if here is not None:
            self.chosen.emit(here)

    def _choose_view(self) -> None:
        self._presenter.choose(list(CaseView)[self.form.viewBox.currentIndex()])
        self.view_chosen.emit()

    def _say_about(self) -> None:
        """Under the waiting list, what speaks for and against whoever has the cursor."""
        line = self._presenter.waiting.get(self.form.table.current_id() or 0)
        self.form.aboutLabel.setText(waiting_words(line) if line is not None else "")
        self.form.aboutLabel.setVisible(line is not None)

    def _word(self) -> None:
        box = self.form.viewBox
        box.clear()
        box.addItems([_(name) for name in VIEW_NAMES.values()])
        box.setCurrentIndex(list(CaseView).index(self._presenter.view))
        self.show_lines()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.form.retranslateUi(self)
            self._word()
        super().changeEvent(event)
