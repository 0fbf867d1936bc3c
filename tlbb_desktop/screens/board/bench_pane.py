"""The entry of a filled bench sheet: the same order as on paper, exceptions only, for any day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tlbb_desktop.domain.assessment import OUTCOME_NAMES, Outcome
from tlbb_desktop.domain.curricula import Basis
from tlbb_desktop.forms.ui_bench_entry import Ui_BenchEntryForm
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.qt.shortcuts import physical_key
from tlbb_desktop.screens.board.attempt_panel import criterion_words
from tlbb_desktop.screens.board.away import left_out_words
from tlbb_desktop.screens.board.bench_model import LEFT, RIGHT, BenchModel
from tlbb_desktop.screens.board.bench_presenter import BenchPresenter
from tlbb_desktop.screens.board.columns import unit_words
from tlbb_desktop.screens.board.words import many_recorded_words
from tlbb_desktop.widgets.page import ENTER, Page
from tlbb_desktop.widgets.reflow import let_wrap

Key = Qt.Key
CELL_WIDTH = 64


class BenchPane(QWidget):
    """Asks for the exceptions of a sheet; Ctrl+Enter records the whole of it.

    Args:
        presenter: the sheet.
        page: carries acts out and says what happened.

    Signals:
        left: back to the board.
        recorded: the row of the class whose sheet was recorded.
        paper_wanted: the sheet is to be printed.
    """

    left = Signal()
    recorded = Signal(int)
    paper_wanted = Signal()

    def __init__(self, presenter: BenchPresenter, page: Page) -> None:
        super().__init__(page)
        self._presenter, self._page = presenter, page
        self._form = Ui_BenchEntryForm()
        self._form.setupUi(self)
        form, grid = self._form, self._form.grid
        let_wrap(form.page, form.head)
        self._model = BenchModel(presenter, self)
        grid.show_model(self._model, self._model.look, self._model.title, left=LEFT, right=RIGHT, cell_width=CELL_WIDTH)
        self._plain: dict[Qt.Key, Callable[[], None]] = {
            Key.Key_X: self._toggle,
            Key.Key_Space: self._toggle,
            Key.Key_N: self._toggle_not_yet,
            Key.Key_A: self._toggle_absent,
            Key.Key_Backspace: self._clear,
            Key.Key_Delete: self._clear,
            Key.Key_D: form.dayEdit.setFocus,
        }
        grid.cells.typed.connect(self._take_key)
        grid.cells.moved.connect(self._word_place)
        grid.cells.doubleClicked.connect(self._toggle)
        form.legend.pressed.connect(self._press)
        form.codeEdit.returnPressed.connect(self._open_code)
        form.dayEdit.dateChanged.connect(self._day_chosen)
        form.backButton.clicked.connect(self.left)
        form.paperButton.clicked.connect(self.paper_wanted)
        form.keepButton.clicked.connect(self._record)

    def show_sheet(self) -> None:
        """Show the sheet that the presenter has read."""
        sheet, form = self._presenter.sheet, self._form
        if sheet is None:
            return
        self._model.reload()
        form.grid.arrange()
        form.dayEdit.blockSignals(True)
        form.dayEdit.show_day(sheet.day)
        form.dayEdit.blockSignals(False)
        form.codeEdit.setText(sheet.code)
        if self._presenter.learners:
            form.grid.go(0, LEFT)
        self._word()
        form.grid.cells.setFocus()

    def read_again(self) -> None:
        """Something on record is another now; the exceptions stay."""
        if self._presenter.sheet is not None:
            self._read(self._presenter.sheet.day)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
            self._word()
        super().changeEvent(event)

    def _take_key(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.ControlModifier and event.key() in ENTER:
            self._record()
        elif not modifiers and (act := self._plain.get(physical_key(event))) is not None:
            act()
        else:
            return
        event.accept()

    def _press(self, cap: str) -> None:
        if cap == "Ctrl+Enter":
            self._record()
        elif (act := self._plain.get(getattr(Key, f"Key_{cap}", Key.Key_unknown))) is not None:
            act()

    def _toggle(self) -> None:
        here = self._form.grid.current()
        if here is None:
            return
        place = self._model.criterion_of(here[1])
        if place is None:
            self._presenter.toggle_not_yet(here[0])
        else:
            self._presenter.toggle(here[0], place)
        self._changed(here[0])

    def _toggle_not_yet(self) -> None:
        self._on_row(self._presenter.toggle_not_yet)

    def _toggle_absent(self) -> None:
        self._on_row(self._presenter.toggle_absent)

    def _clear(self) -> None:
        self._on_row(self._presenter.clear)

    def _on_row(self, act: Callable[[int], None]) -> None:
        here = self._form.grid.current()
        if here is not None:
            act(here[0])
            self._changed(here[0])

    def _changed(self, row: int) -> None:
        self._model.repaint_row(row)
        self._word_place()

    def _open_code(self) -> None:
        code, day = self._form.codeEdit.text(), self._form.dayEdit.day()
        if self._page.done(lambda: self._presenter.load_code(code, day)):
            self.show_sheet()

    def _day_chosen(self) -> None:
        self._read(self._form.dayEdit.day())

    def _read(self, day: date) -> None:
        """Read the sheet anew; the exceptions stay."""
        sheet = self._presenter.sheet
        if sheet is not None and self._page.done(lambda: self._presenter.load(sheet.group.id, sheet.unit.id or 0, day)):
            here = self._form.grid.current()
            self._model.reload()
            self._form.grid.arrange()
            if here is not None and here[0] < len(self._presenter.learners):
                self._form.grid.go(*here)
            self._word()

    def _record(self) -> None:
        sheet, found = self._presenter.sheet, self._page.attempt(self._presenter.record)
        if sheet is None:
            return
        if found is None:
            self._read(sheet.day)  # somebody else may have assessed on this sheet meanwhile
            return
        count = len(found.cells)
        if not count:
            self._page.said.emit(_("Nobody is left to be assessed on this sheet."))
            return
        self.recorded.emit(sheet.group.id)
        self._page.said.emit(many_recorded_words(count))

    def _word(self) -> None:
        sheet, form = self._presenter.sheet, self._form
        form.grid.left.setAccessibleName(_("Learners"))
        form.grid.cells.setAccessibleName(_("Criteria"))
        form.grid.right.setAccessibleName(_("Results"))
        if sheet is not None:
            form.unitLabel.setText(unit_words(sheet.unit))
        names = OUTCOME_NAMES[sheet.basis if sheet is not None else Basis.COMPETENCE]
        form.legend.show_keys(
            [
                ("X", _("Not shown")),
                ("N", _(names[Outcome.NOT_YET])),
                ("A", _("Not assessed")),
                ("Backspace", _("As everybody")),
                ("D", _("Day of the practical")),
                ("Ctrl+Enter", _("Record the sheet")),
            ]
        )
        self._word_place()

    def _word_place(self) -> None:
        form, here = self._form, self._form.grid.current()
        place = self._model.criterion_of(here[1]) if here is not None else None
        if place is not None:
            criterion = self._presenter.criteria[place]
            form.criterionLabel.setText(f"{digits(criterion.number)} · {criterion_words(criterion)}")
        else:
            form.criterionLabel.setText(_("This unit has no criteria: it is judged as a whole."))
        competent, not_yet = self._presenter.counts()
        told = _("Will be recorded: reached {reached}, not yet {not_yet}.").format(
            reached=digits(competent), not_yet=digits(not_yet)
        )
        form.countLabel.setText("   ".join(filter(None, (told, left_out_words(self._presenter.left_out())))))
