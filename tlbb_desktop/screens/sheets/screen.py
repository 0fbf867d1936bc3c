"""The sheets page: a prison's month at the left, the sheet of one class as it will be printed at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.months import Month
from tlbb_desktop.forms.ui_sheets import Ui_SheetsForm
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _, _p, language
from tlbb_desktop.i18n.days import month_in_words
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.icons import apply_icons
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.qt.theme import set_role
from tlbb_desktop.screens.sheets.columns import SheetColumns
from tlbb_desktop.screens.sheets.files import SheetFiles
from tlbb_desktop.screens.sheets.issuing import SheetIssuing
from tlbb_desktop.screens.sheets.marks_from_outside import MarksFromOutside
from tlbb_desktop.screens.sheets.paper import SheetPaper
from tlbb_desktop.screens.sheets.paper_choice import PaperChoice
from tlbb_desktop.screens.sheets.presenter import CSV, SheetsPresenter
from tlbb_desktop.screens.sheets.words import (
    LINE_COLUMNS,
    SHEET_KEYS,
    STATE_COLUMN,
    badge_role,
    badge_words,
    class_words,
    hours_words,
    line_sign,
)
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.widgets.empty_state import EmptyState
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.widgets.scrolling import scrolling
from tlbb_desktop.wiring import Desk


class SheetsScreen(Page):
    """Opened with None, or with (row of a class, month or None)."""

    def __init__(self, desk: Desk, tasks: TaskRunner, changes: ChangeSignal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = SheetsPresenter(desk)
        self._body = QWidget(self)
        self._form = Ui_SheetsForm()
        self._form.setupUi(self._body)
        self._empty = EmptyState(
            "file-spreadsheet",
            N_("No class had a session in this month"),
            N_("Choose another month, or add a class: its sheets come by themselves."),
            N_("Go to the classes"),
            self,
        )
        self._lay_out()
        self._choice = PaperChoice(self._form, self._presenter, self)
        self._paper = SheetPaper(self._form.preview, self._presenter, tasks, self)
        self._issuing = SheetIssuing(self._form, self._presenter, self)
        self._files = SheetFiles(self._form, self._presenter, self._choice, self._paper, tasks, self)
        self._outside = MarksFromOutside(self._form, self._presenter, self._paper, desk, tasks, self)
        self._wire(changes)
        self._word()
        apply_icons(self)

    @override
    def open(self, argument: object = None) -> None:
        self._close_panel()
        self._choice.show_sheet()
        class_id, month = argument if isinstance(argument, tuple) else (None, None)
        self._load(lambda: self._presenter.load(month, class_id=class_id), class_id)
        self._form.table.setFocus()

    @override
    def class_in_view(self) -> int | None:
        return self._presenter.class_id

    @override
    def wish_for_class(self, class_id: int) -> object:
        return (class_id, None)

    @override
    def title(self) -> str:
        return _p("place", "Month sheets")

    @override
    def help_topic(self) -> str:
        return "sheets"

    @override
    def key_list(self) -> tuple[tuple[str, str], ...]:
        return SHEET_KEYS

    @override
    def print_paper(self) -> None:
        self._paper.print_sheet()

    @override
    def start_find(self) -> None:
        self._form.table.setFocus()

    @override
    def go_back(self) -> bool:
        if self._form.table.isHidden():
            self._zoom()
            return True
        return not self._files.is_busy and not self._outside.list.taking and self._close_panel()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self._body)
            self._word()
        elif event.type() == QEvent.Type.StyleChange:
            self._columns.fit()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        area = scrolling(self._body)
        column.addWidget(area)
        self._columns = SheetColumns(self._form, area)
        self._form.sheetColumn.addWidget(self._empty, 1)
        self._form.preview.take_tools(self._form.zoomButton, self._form.folderButton, self._form.languageBox)

    def _wire(self, changes: ChangeSignal) -> None:
        form = self._form
        form.table.set_columns(LINE_COLUMNS, STATE_COLUMN, line_sign)
        form.table.moved.connect(self._line_moved)
        form.table.chosen.connect(self._line_chosen)
        form.earlierButton.setShortcut(QKeySequence("Alt+Left"))
        form.laterButton.setShortcut(QKeySequence("Alt+Right"))
        form.earlierButton.clicked.connect(self._earlier)
        form.laterButton.clicked.connect(self._later)
        form.prisonBox.activated.connect(self._prison_chosen)
        form.zoomButton.clicked.connect(self._zoom)
        self._choice.chosen.connect(self._show_sheet)
        self._empty.wanted.connect(self._go_to_classes)
        self._issuing.changed.connect(self._renew)
        self._outside.list.taken.connect(self._list_taken)
        changes.changed.connect(self._something_changed)

    # what is shown -------------------------------------------------------------------------------------------------

    def _load(self, read: Callable[[], None], class_id: int | None = None) -> None:
        if not self.done(read):
            return
        presenter, form = self._presenter, self._form
        chosen = class_id or presenter.class_id
        form.table.show_lines(presenter.lines)
        if chosen in presenter.lines:
            form.table.go(chosen)
        elif class_id is not None:
            self.said.emit(_("The class that you come from had no session in this month."))
        self._fill_prisons()
        self._line_moved()

    def _line_moved(self) -> None:
        class_id = self._form.table.current_id()
        if class_id in self._presenter.lines and class_id is not None:
            self.attempt(lambda: self._presenter.show(class_id))
        self._show_sheet()

    def _line_chosen(self, _class_id: int) -> None:
        self._form.exportButton.setFocus()

    def _show_sheet(self) -> None:
        form, presenter = self._form, self._presenter
        shown = presenter.sheet is not None
        may_print = shown and presenter.may(Action.SHEET_PRINT)
        self._empty.setVisible(not shown)
        form.preview.setVisible(shown)
        form.paperBox.setVisible(shown)
        form.stateLabel.setVisible(shown and presenter.shows_sheet)
        form.formatBox.setVisible(shown and presenter.shows_sheet)
        form.exportButton.setVisible(may_print)
        form.wholeButton.setVisible(may_print and self._choice.format != CSV)
        form.preview.allow_taking_along(allowed=may_print)
        self._issuing.show_acts()
        self._outside.show_acts()
        self._paper.show_chosen(self._choice.language)
        self._word_sheet()

    def _word(self) -> None:
        self._fill_prisons()
        self._choice.show_choice()
        self._paper.show_chosen(self._choice.language)
        self._outside.word()
        self._word_sheet()

    def _word_sheet(self) -> None:
        form, presenter, sheet = self._form, self._presenter, self._presenter.sheet
        form.monthLabel.setText(month_in_words(presenter.month.first))
        lost = presenter.hours_lost()
        form.lostLabel.setVisible(bool(lost))
        form.lostLabel.setText(hours_words(lost or 0))
        form.lostLabel.setToolTip(_("Only on the screen: no paper that the prison gets shows it."))
        if sheet is not None:
            form.stateLabel.setText(badge_words(sheet))
            set_role(form.stateLabel, badge_role(sheet))
            form.preview.setAccessibleDescription(class_words(presenter.lines[sheet.register.group.id]))
        self._files.word()
        self._issuing.word()

    def _fill_prisons(self) -> None:
        box, prisons = self._form.prisonBox, self._presenter.prisons()
        box.clear()
        for prison in prisons:
            name = prison.name_km if language() == catalog.KHMER else prison.name_en
            box.addItem(f"{prison.code} · {name}", prison.id)
        box.setCurrentIndex(max(0, box.findData(self._presenter.prison_id)))
        box.setVisible(len(prisons) > 1)

    def _something_changed(self, kind: str, _ids: object) -> None:
        if self.isVisible() and kind in ("mark", "session", "class", "sheet", "person"):
            self._load(self._presenter.load)

    def _renew(self, said: str) -> None:
        self._close_panel()
        self._load(self._presenter.load)
        self.said.emit(said)
        self._form.exportButton.setFocus()

    def _list_taken(self, class_id: int, month: Month) -> None:
        self._load(lambda: self._presenter.load(month, class_id=class_id), class_id)

    # choosing ------------------------------------------------------------------------------------------------------

    def _earlier(self) -> None:
        self._show_month(self._presenter.month.shift(-1))

    def _later(self) -> None:
        self._show_month(self._presenter.month.shift(1))

    def _show_month(self, month: Month) -> None:
        self._close_panel()
        self._load(lambda: self._presenter.load(month))

    def _prison_chosen(self) -> None:
        prison_id = self._form.prisonBox.currentData()
        self._close_panel()
        self._load(lambda: self._presenter.load(prison_id=prison_id))

    def _zoom(self) -> None:
        """Give the paper the whole width, or show the list again."""
        self._form.table.setHidden(not self._form.table.isHidden())

    def _go_to_classes(self) -> None:
        self.go_to.emit("classes", None)

    def _close_panel(self) -> bool:
        return self._form.strip.close_panel()
