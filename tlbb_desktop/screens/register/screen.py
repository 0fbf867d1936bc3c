"""The register page: a class, a month, the grid, and one strip of help under it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeySequence
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tlbb_desktop.domain.attendance import MarkCode, ReasonUse
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.register import SetSession
from tlbb_desktop.forms.ui_register import Ui_RegisterForm
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import digits, month_in_words, time_text
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.at_rest import AtRest
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.icons import apply_icons
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.register.grid_model import LEFT, RIGHT, RegisterModel
from tlbb_desktop.screens.register.keys import RegisterKeys
from tlbb_desktop.screens.register.menus import RegisterMenus
from tlbb_desktop.screens.register.other_months import OtherMonths
from tlbb_desktop.screens.register.panels import SessionPanel, WordsPanel
from tlbb_desktop.screens.register.presenter import Cell, RegisterPresenter
from tlbb_desktop.screens.register.words import (
    REGISTER_KEYS,
    count_words,
    day_words,
    empty_words,
    key_words,
    story_words,
)
from tlbb_desktop.widgets.class_choice import ClassChoice
from tlbb_desktop.widgets.destinations import OpenRegister
from tlbb_desktop.widgets.find_line import FindLine
from tlbb_desktop.widgets.legend import Legend, StoryLine
from tlbb_desktop.widgets.page import Page, T
from tlbb_desktop.wiring import Desk

Key = Qt.Key
SHOWN_KINDS = ("mark", "session", "class", "person", "reason")
#: The cell is painted first; the lines about it follow before anybody could read them.
WORDS_MILLISECONDS = 8


class RegisterScreen(Page):
    """Marks by keyboard; each is on the disk before the next key."""

    def __init__(self, desk: Desk, tasks: TaskRunner, changes: ChangeSignal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._presenter = RegisterPresenter(desk)
        self._marking = False
        self._form = Ui_RegisterForm()
        self._form.setupUi(self)
        self._choice = ClassChoice(self._form.classBox)
        self._model = RegisterModel(self._presenter, self)
        self._other_months = OtherMonths(self._presenter, self._model, tasks, self)
        self._words = AtRest(self._word_cursor, self, WORDS_MILLISECONDS)
        self._make_strip()
        self._wire(changes)
        apply_icons(self)

    @override
    def open(self, argument: object = None) -> None:
        self._fill_classes()
        if not self._choice.classes:
            self._show_empty()
            return
        wish = argument if isinstance(argument, OpenRegister) else self._default_wish(argument)
        self._load(wish)

    @override
    def class_in_view(self) -> int | None:
        return self._presenter.register.group.id if self._presenter.register is not None else None

    @override
    def wish_for_class(self, class_id: int) -> object:
        return OpenRegister(class_id, self._month_in_view())

    @override
    def title(self) -> str:
        return _("Register")

    @override
    def help_topic(self) -> str:
        return "register"

    @override
    def key_list(self) -> tuple[tuple[str, str], ...]:
        return REGISTER_KEYS

    @override
    def undo(self) -> None:
        self._step(self._presenter.undo, _("Undone"), _("There is nothing to undo."))

    @override
    def redo(self) -> None:
        self._step(self._presenter.redo, _("Done again"), _("There is nothing to do again."))

    @override
    def print_paper(self) -> None:
        if (register := self._presenter.register) is not None:
            self.go_to.emit("sheets", (register.group.id, register.month))

    @override
    def start_find(self) -> None:
        self._find.start()

    @override
    def go_back(self) -> bool:
        if self._form.strip.shown is self._legend and self._form.grid.cells.hasFocus():
            return False
        self._back_to_grid()
        return True

    @override
    def draft(self) -> dict[str, object] | None:
        here, register = self._form.grid.current(), self._presenter.register
        if register is None or here is None:
            return None
        return {"class": register.group.id, "month": str(register.month), "row": here[0], "column": here[1]}

    @override
    def take_draft(self, draft: dict[str, object]) -> None:
        class_id, row, column = draft.get("class"), draft.get("row"), draft.get("column")
        if isinstance(class_id, int) and isinstance(row, int) and isinstance(column, int):
            self.open(OpenRegister(class_id, Month.parse(str(draft["month"]))))
            self._form.grid.go(row, column)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._form.grid.cells.setFocus(event.reason())

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
            self._fill_classes()
            self._word()
        super().changeEvent(event)

    def _make_strip(self) -> None:
        self._legend = Legend(self)
        self._story = StoryLine(self._form.storyLabel, self._story_words)
        self._session_panel = SessionPanel(self)
        self._note_panel = WordsPanel(lambda: _("Note"), N_("Note on this mark"), parent=self)
        self._guest_panel = WordsPanel(
            lambda: _("Somebody who is not on the list"), N_("Name"), N_("Note for the liaison"), parent=self
        )
        for panel in (self._legend, self._session_panel, self._note_panel, self._guest_panel):
            self._form.strip.add(panel)
        self._form.strip.ask(self._legend)

    def _wire(self, changes: ChangeSignal) -> None:
        form, grid = self._form, self._form.grid
        grid.show_model(self._model, self._model.look, self._model.title, left=LEFT, right=RIGHT)
        plain = {
            Key.Key_H: self._ask_session,
            Key.Key_G: self._ask_gone,
            Key.Key_F2: self._ask_note,
            Key.Key_Slash: self.start_find,
        }
        control = dict.fromkeys((Key.Key_Return, Key.Key_Enter), self._rest_present)
        control |= {Key.Key_D: self._fill_down, Key.Key_Z: self.undo}
        self._keys = RegisterKeys(self._mark, self._digit, plain, control)
        grid.cells.typed.connect(self._keys.take)
        grid.cells.moved.connect(self._cursor_moved)
        self._menus = RegisterMenus(grid, self._presenter, self._keys, self._mark_with)
        self._legend.pressed.connect(self._keys.press)
        form.classBox.activated.connect(self._class_chosen)
        form.earlierButton.setShortcut(QKeySequence("Alt+Left"))
        form.laterButton.setShortcut(QKeySequence("Alt+Right"))
        form.earlierButton.clicked.connect(partial(self._shift_month, -1))
        form.laterButton.clicked.connect(partial(self._shift_month, 1))
        self._find = FindLine(form.findEdit, grid, self._presenter.rows_matching)
        self._find.said.connect(self.said)
        form.restButton.clicked.connect(self._rest_present)
        form.guestButton.clicked.connect(self._ask_guest)
        form.sheetButton.clicked.connect(self.print_paper)
        form.emptyButton.clicked.connect(partial(self.go_to.emit, "classes", None))
        self._session_panel.kept.connect(self._keep_session)
        self._note_panel.kept.connect(self._keep_note)
        self._guest_panel.kept.connect(self._keep_guest)
        for panel in (self._session_panel, self._note_panel, self._guest_panel):
            panel.closed.connect(self._back_to_grid)
        changes.changed.connect(self._something_changed)

    def _mark(self, code: MarkCode | None) -> None:
        cells = self._chosen_days()
        if not cells:
            return
        changed = self.attempt(lambda: self._presenter.mark(cells, code))
        if changed is not None:
            moved = bool(changed) and code is not None and self._move_down(cells)
            self._after(changed, moved=moved)

    def _mark_with(self, code: MarkCode, reason_id: int | None, minutes: int | None) -> None:
        self._mark(code)
        self._after(self.attempt(lambda: self._presenter.amend(reason_id=reason_id, minutes=minutes)) or [])

    def _digit(self, digit: int) -> None:
        self._after(self.attempt(lambda: self._presenter.type_digit(digit)) or [])

    def _rest_present(self) -> None:
        day = self._current_day()
        if day is not None:
            changed = self.attempt(lambda: self._presenter.rest_present(day)) or []
            self._after(changed)
            self.said.emit(_("{count} marked present").format(count=digits(len(changed))))
            self._form.grid.cells.setFocus()

    def _fill_down(self) -> None:
        self._after(self.attempt(lambda: self._presenter.fill_down(self._chosen_days())) or [])

    def _ask_session(self) -> None:
        if (day := self._current_day()) is not None and (session := self._presenter.columns[day].session) is not None:
            self._form.strip.ask(self._session_panel)
            self._session_panel.ask(session, self._presenter.offered_reasons(ReasonUse.CANCELLED))

    def _keep_session(self, wish: SetSession) -> None:
        if self.attempt(lambda: self._presenter.set_session(wish)) is not None:
            self._model.repaint_all()
            self._back_to_grid()
            self._say_kept()

    def _ask_note(self) -> None:
        here = self._current_cell()
        if here and (mark := self._presenter.mark_at(*here)) is not None:
            self._form.strip.ask(self._note_panel)
            self._note_panel.ask(mark.note)

    def _keep_note(self, note: str, _second: str) -> None:
        here = self._current_cell()
        if here is not None:
            self._after(self.attempt(lambda: self._presenter.write_note(*here, note)) or [])
        self._back_to_grid()

    def _ask_guest(self) -> None:
        if self._current_day() is not None:
            self._form.strip.ask(self._guest_panel)
            self._guest_panel.ask()

    def _keep_guest(self, name: str, note: str) -> None:
        day = self._current_day()
        if day is None or not self.done(lambda: self._presenter.add_guest(day, name, note)):
            return
        self._show_read()
        self._back_to_grid()
        self._form.grid.go(len(self._presenter.learners) - 1, day + LEFT)

    def _ask_gone(self) -> None:
        here = self._current_cell()
        if here is not None and self.done(lambda: self._presenter.ask_gone(here[0])):
            self._model.repaint_all()
            self.said.emit(_("The liaison will be asked whether this person has gone."))

    def _load(self, wish: OpenRegister) -> None:
        month = wish.month or Month.of(self._presenter.today)
        if not self._read(wish.class_id, month):
            return
        self._choice.choose(wish.class_id)
        self._word()
        if not (self._presenter.columns and self._presenter.learners):
            self._show_empty()
            return
        self._form.body.setCurrentWidget(self._form.gridPage)
        column = self._presenter.column_of(wish.session_id)
        self._form.grid.go(self._presenter.first_unmarked_row(column), column + LEFT)
        self._form.grid.cells.setFocus()

    def _read(self, class_id: int, month: Month) -> bool:
        read = self.done(lambda: self._presenter.load(class_id, month))
        if read:
            self._show_read()
        return read

    def _show_read(self) -> None:
        self._model.reload()
        self._form.grid.arrange()
        self._other_months.follow()

    @override
    def read_again(self) -> None:
        register, here = self._presenter.register, self._form.grid.current()
        if register is not None and self._read(register.group.id, register.month) and here is not None:
            self._form.grid.go(*here)

    def _default_wish(self, argument: object) -> OpenRegister:
        register = self._presenter.register
        if isinstance(argument, int):
            return OpenRegister(argument)
        if register is not None:
            return OpenRegister(register.group.id, register.month)
        return OpenRegister(self._choice.classes[0].id)

    def _fill_classes(self) -> None:
        self._choice.fill(self.attempt(self._desk.classes.names) or ())

    def _month_in_view(self) -> Month | None:
        return self._presenter.register.month if self._presenter.register is not None else None

    def _class_chosen(self) -> None:
        self._load(OpenRegister(self._form.classBox.currentData(), self._month_in_view()))

    def _shift_month(self, months: int) -> None:
        if (register := self._presenter.register) is not None:
            self._load(OpenRegister(register.group.id, register.month.shift(months)))

    def _something_changed(self, kind: str, _ids: object) -> None:
        if kind in SHOWN_KINDS and not self._marking and self.isVisible():
            self.read_again()

    def _word(self) -> None:
        register, grid = self._presenter.register, self._form.grid
        grid.left.setAccessibleName(_("Learners"))
        grid.cells.setAccessibleName(_("Marks of the month"))
        grid.right.setAccessibleName(_("Totals"))
        if register is not None:
            self._form.monthLabel.setText(month_in_words(register.month.first))
        self._word_cursor()
        self._story.follow()

    def _show_empty(self) -> None:
        self._form.emptyLabel.setText(empty_words(self._presenter, any_class=bool(self._choice.classes)))
        self._form.body.setCurrentWidget(self._form.emptyPage)
        self._form.emptyButton.setFocus()

    def _cursor_moved(self) -> None:
        self._words.start()
        self._story.follow()

    def _word_cursor(self) -> None:
        day = self._current_day()
        self._form.restButton.setEnabled(day is not None)
        self._form.dayLabel.setText(day_words(self._presenter, day) if day is not None else "")
        self._form.countsLabel.setText(count_words(self._presenter, day) if day is not None else "")
        self._legend.show_keys(key_words(self._presenter))

    def _story_words(self) -> tuple[str, str]:
        here = self._current_cell()
        return story_words(self._presenter, *here) if here else ("", "")

    def _back_to_grid(self) -> None:
        self._presenter.forget_amending()
        self._form.strip.ask(self._legend)
        self._cursor_moved()
        self._form.grid.cells.setFocus()

    @override
    def attempt(self, act: Callable[[], T]) -> T | None:
        self._marking = True
        try:
            return super().attempt(act)
        finally:
            self._marking = False

    def _after(self, changed: list[Cell], *, moved: bool = False) -> None:
        if changed:
            self._model.repaint_cells(changed)
            self._say_kept()
        if not moved:
            self._cursor_moved()

    def _say_kept(self) -> None:
        self.said.emit(_("Saved {time}").format(time=time_text(self._desk.office.clock.now())))

    def _step(self, act: Callable[[], list[Cell]], done: str, nothing: str) -> None:
        if (changed := self.attempt(act)) is None:
            return
        self._model.repaint_all()
        self._cursor_moved()
        if changed:
            row, day = changed[0]
            self._form.grid.go(row, day + LEFT)
        self.said.emit(done if changed else nothing)

    def _current_day(self) -> int | None:
        here = self._form.grid.current()
        return self._model.day_of(here[1]) if here else None

    def _current_cell(self) -> Cell | None:
        here, day = self._form.grid.current(), self._current_day()
        return (here[0], day) if here is not None and day is not None else None

    def _chosen_days(self) -> list[Cell]:
        chosen = self._form.grid.chosen()
        return [(row, day) for row, column in chosen if (day := self._model.day_of(column)) is not None]

    def _move_down(self, cells: list[Cell]) -> bool:
        row, day = max(row for row, _day in cells), cells[0][1]
        below = self._presenter.next_on_roster(row, day)
        if below is not None:
            self._form.grid.go(below, day + LEFT)
        return below is not None
