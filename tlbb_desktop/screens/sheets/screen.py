"""The sheets page: a prison's month at the left, the sheet of one class as it will be printed at the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import Cancelled, TlbbError
from tlbb_desktop.domain.months import Month
from tlbb_desktop.forms.ui_sheets import Ui_SheetsForm
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _, _p, language
from tlbb_desktop.i18n.days import digits, month_in_words
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.icons import apply_icons
from tlbb_desktop.qt.tasks import Progress, Task, TaskRunner
from tlbb_desktop.qt.theme import set_role
from tlbb_desktop.screens.sheets.columns import SheetColumns
from tlbb_desktop.screens.sheets.hand_marked_panel import HandMarkedPanel
from tlbb_desktop.screens.sheets.import_panel import ImportPanel
from tlbb_desktop.screens.sheets.import_presenter import ImportPresenter
from tlbb_desktop.screens.sheets.panels import IssuePanel, ProgressPanel, SavedPanel, SignPanel
from tlbb_desktop.screens.sheets.paper import SheetPaper
from tlbb_desktop.screens.sheets.paper_choice import PaperChoice
from tlbb_desktop.screens.sheets.presenter import BLANK_REGISTER, CSV, SheetsPresenter
from tlbb_desktop.screens.sheets.words import (
    LINE_COLUMNS,
    SHEET_KEYS,
    STATE_COLUMN,
    badge_role,
    badge_words,
    class_words,
    hours_words,
    line_sign,
    saved_words,
)
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.widgets.destinations import OpenRegister
from tlbb_desktop.widgets.empty_state import EmptyState
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.widgets.scrolling import scrolling
from tlbb_desktop.wiring import Desk


class SheetsScreen(Page):
    """Opened with None, or with (row of a class, month or None)."""

    def __init__(self, desk: Desk, tasks: TaskRunner, changes: ChangeSignal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._presenter = SheetsPresenter(desk)
        self._task: Task | None = None
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
        self._wire(changes)
        self._word()
        apply_icons(self)

    @override
    def open(self, argument: object = None) -> None:
        self._close_panel()
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
        return self._task is None and not self._import.taking and self._close_panel()

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
        self._paper = SheetPaper(self._form.preview, self._presenter, self._tasks, self)
        sheet_column = self._form.sheetColumn
        sheet_column.addWidget(self._empty, 1)
        self._issue, self._sign = IssuePanel(self), SignPanel(self)
        self._progress, self._saved = ProgressPanel(self), SavedPanel(self)
        self._import = ImportPanel(ImportPresenter(self._desk), self._tasks, self)
        self._hand_marked = HandMarkedPanel(self._desk, self)
        for panel in (self._issue, self._sign, self._import, self._hand_marked, self._progress, self._saved):
            self._form.strip.add(panel)
        self._choice = PaperChoice(self._form, self._presenter, self)

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
        self._choice.chosen.connect(self._show_sheet)
        form.zoomButton.clicked.connect(self._zoom)
        form.folderButton.clicked.connect(self._choose_folder)
        form.exportButton.clicked.connect(self._export_chosen)
        form.csvButton.clicked.connect(partial(self._export, CSV))
        form.blankButton.clicked.connect(partial(self._export, BLANK_REGISTER))
        form.wholeButton.clicked.connect(self._export_whole)
        form.importButton.clicked.connect(self._choose_list)
        form.handMarkedButton.clicked.connect(self._ask_code)
        form.issueButton.clicked.connect(self._ask_issue)
        form.signButton.clicked.connect(self._ask_sign)
        self._empty.wanted.connect(self._go_to_classes)
        self._issue.issue_wanted.connect(self._issue_now)
        self._issue.day_wanted.connect(self._open_day)
        self._sign.kept.connect(self._sign_now)
        self._sign.troubled.connect(self.troubled)
        self._hand_marked.troubled.connect(self.troubled)
        self._hand_marked.found.connect(self.go_to)
        self._progress.cancelled.connect(self._cancel)
        self._import.opened.connect(self._show_import)
        self._import.taken.connect(self._list_taken)
        self._import.said.connect(self.said)
        self._import.troubled.connect(self.troubled)
        for panel in (self._issue, self._sign, self._import, self._hand_marked, self._saved):
            panel.closed.connect(self._close_panel)
        self._paper.saved.connect(self._show_place)
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
        form, presenter, sheet = self._form, self._presenter, self._presenter.sheet
        shown = sheet is not None
        self._empty.setVisible(not shown)
        may_print = shown and presenter.may(Action.SHEET_PRINT)
        choices = (form.formatBox, form.languageBox, form.folderButton)
        for widget in (form.preview, form.stateLabel, form.zoomButton, *choices):
            widget.setVisible(shown)
        for button in (form.exportButton, form.csvButton, form.blankButton):
            button.setVisible(may_print)
        form.wholeButton.setVisible(may_print)
        form.importButton.setVisible(shown and presenter.may(Action.MARK))
        form.handMarkedButton.setVisible(presenter.may(Action.MARK))
        form.issueButton.setVisible(presenter.may_issue())
        form.signButton.setVisible(presenter.may_sign())
        form.issuerLabel.setVisible(presenter.to_issue and not presenter.may_issue())
        form.preview.allow_taking_along(allowed=may_print)
        self._paper.show_sheet(self._choice.language)
        self._word_sheet()

    def _word(self) -> None:
        self._fill_prisons()
        self._choice.show_choice()
        self._paper.show_sheet(self._choice.language)
        self._word_sheet()

    def _word_sheet(self) -> None:
        form, presenter, sheet = self._form, self._presenter, self._presenter.sheet
        form.monthLabel.setText(month_in_words(presenter.month.first))
        lost = presenter.hours_lost()
        form.lostLabel.setVisible(bool(lost))
        form.lostLabel.setText(hours_words(lost or 0))
        form.lostLabel.setToolTip(_("Only on the screen: no paper that the prison gets shows it."))
        folder = self._paper.folder()
        form.folderButton.setToolTip(_("Files go to {folder}. Choose another folder.").format(folder=folder))
        form.folderButton.setAccessibleName(form.folderButton.toolTip())
        if sheet is not None:
            form.stateLabel.setText(badge_words(sheet))
            set_role(form.stateLabel, badge_role(sheet))
            form.preview.setAccessibleDescription(class_words(presenter.lines[sheet.register.group.id]))
        form.issueButton.setText(_("Issue correction") if presenter.changed else _("Issue"))

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

    # files ---------------------------------------------------------------------------------------------------------

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Where files go"), str(self._paper.folder()))
        if chosen:
            self._presenter.keep_folder(Path(chosen))
            self._word_sheet()

    def _export_chosen(self) -> None:
        self._export(self._choice.format)

    def _export(self, fmt: str) -> None:
        if self._presenter.sheet is None or self._task is not None or not self._presenter.may(Action.SHEET_PRINT):
            return
        write = self._presenter.exporter(fmt, self._choice.language, self._paper.folder())
        self._task = self._tasks.submit(lambda _progress: write(), self, self._written, self._not_written)

    def _export_whole(self) -> None:
        if self._task is not None:
            return
        write = self._presenter.whole_exporter(self._choice.format, self._choice.language, self._paper.folder())

        def job(progress: Progress) -> Path:
            def tell(done: int, total: int) -> None:
                if progress.cancelled:
                    raise Cancelled
                progress.report(done, total)

            return write(tell)

        self._form.strip.ask(self._progress)
        self._progress.start()
        self._task = self._tasks.submit(
            job, self, self._written, self._not_written, progressed=self._progress.show_progress
        )

    def _show_place(self, path: Path) -> None:
        self._word_sheet()
        self._form.strip.ask(self._saved)
        self._saved.show_path(path)

    def _written(self, path: Path) -> None:
        self._task = None
        self._show_place(path)
        self.said.emit(saved_words(path.name, self._presenter.missing))

    def _not_written(self, error: Exception) -> None:
        self._task = None
        self._close_panel()
        if not isinstance(error, TlbbError):
            raise error
        self.troubled.emit(error)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
            self._close_panel()
            self.said.emit(_("Stopped. No file was written."))

    def _choose_list(self) -> None:
        if self._presenter.class_id is not None:
            self._import.choose(self._presenter.class_id, self._paper.folder())

    def _ask_code(self) -> None:
        self._form.strip.ask(self._hand_marked)
        self._hand_marked.ask()

    def _show_import(self) -> None:
        self._form.strip.ask(self._import)

    def _list_taken(self, class_id: int, month: Month) -> None:
        self._load(lambda: self._presenter.load(month, class_id=class_id), class_id)

    # issuing and signing -------------------------------------------------------------------------------------------

    def _ask_issue(self) -> None:
        presenter = self._presenter
        self._form.strip.ask(self._issue)
        self._issue.ask(
            presenter.next_number(), presenter.unmarked_days(), presenter.days_to_come(), presenter.differences()
        )

    def _issue_now(self) -> None:
        sheet = self.attempt(self._presenter.issue)
        if sheet is not None:
            self._renew(_("Sheet no. {number} is issued.").format(number=digits(sheet.number)))

    def _ask_sign(self) -> None:
        self._form.strip.ask(self._sign)
        self._sign.ask(self._presenter.today)

    def _sign_now(self, day: date, name: str, scan: bytes | None) -> None:
        if self.attempt(lambda: self._presenter.sign(day, name, scan)) is not None:
            self._renew(_("The signature is noted."))

    def _renew(self, said: str) -> None:
        self._close_panel()
        self._load(self._presenter.load)
        self.said.emit(said)
        self._form.exportButton.setFocus()

    def _open_day(self, day: date) -> None:
        sheet = self._presenter.sheet
        if sheet is not None:
            wish = OpenRegister(sheet.register.group.id, self._presenter.month, self._presenter.session_on(day))
            self.go_to.emit("register", wish)

    # panels -------------------------------------------------------------------------------------------------------

    def _close_panel(self) -> bool:
        return self._form.strip.close_panel()
