"""The progress board: a class, its learners and units, the grid, and the question of an attempt beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.assessment import Outcome
from tlbb_desktop.forms.ui_board import Ui_BoardForm
from tlbb_desktop.i18n.catalog import _, _p
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.icons import apply_icons
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.board.choices import CHOICE_NAMES, Choice
from tlbb_desktop.screens.board.grid_model import LEFT, RIGHT, BoardModel
from tlbb_desktop.screens.board.keys import BoardKeys
from tlbb_desktop.screens.board.outlooks import Outlooks
from tlbb_desktop.screens.board.panes import BoardPanes
from tlbb_desktop.screens.board.presenter import BoardPresenter, Cell
from tlbb_desktop.screens.board.questions import Questions
from tlbb_desktop.screens.board.side_room import SideRoom
from tlbb_desktop.screens.board.words import board_keys, column_words, count_words, empty_words, key_words, story_words
from tlbb_desktop.widgets.class_choice import ClassChoice
from tlbb_desktop.widgets.destinations import OpenBoard
from tlbb_desktop.widgets.find_line import FindLine
from tlbb_desktop.widgets.legend import Legend, StoryLine
from tlbb_desktop.widgets.page import Page, T
from tlbb_desktop.widgets.reflow import Panes, let_wrap
from tlbb_desktop.wiring import Desk

Key = Qt.Key
CELL_WIDTH = 46
SHOWN_KINDS = ("attempt", "mark", "session", "class", "person", "course", "certificate")


class BoardScreen(Page):
    """Opened with None, with the row of a class or with OpenBoard."""

    def __init__(self, desk: Desk, tasks: TaskRunner, changes: ChangeSignal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._presenter = BoardPresenter(desk)
        self._assessing = False
        self._board, self._stack = QWidget(self), Panes(self)
        self._form = Ui_BoardForm()
        self._form.setupUi(self._board)
        self._stack.addWidget(self._board)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._choice = ClassChoice(self._form.classBox)
        self._model = BoardModel(self._presenter, self)
        self._outlooks = Outlooks(self._presenter, tasks, self)
        self._make_panels()
        self._room = SideRoom(self._form.gridLayout, self._form.grid, self._form.side, self)
        self._questions = Questions(self._presenter, self._form.side, self)
        self._panes = BoardPanes(desk, self._presenter, tasks, self, self._stack)
        self._wire(changes)
        self._word()
        apply_icons(self)

    @override
    def open(self, argument: object = None) -> None:
        self._choice.fill(self.attempt(self._desk.classes.names) or ())
        if not self._choice.classes:
            self._show_empty()
            return
        self._load(argument if isinstance(argument, OpenBoard) else OpenBoard(self._default_class(argument)))

    @override
    def class_in_view(self) -> int | None:
        return self._presenter.board.group.id if self._presenter.board is not None else None

    @override
    def wish_for_class(self, class_id: int) -> object:
        return OpenBoard(class_id)

    @property
    def knows_standing(self) -> bool:
        """Whether how everybody stands is worked out."""
        return self._presenter.standing is not None

    @override
    def title(self) -> str:
        return _p("place", "Skills")

    @override
    def help_topic(self) -> str:
        return "board"

    @override
    def key_list(self) -> tuple[tuple[str, str], ...]:
        return board_keys(self._presenter)

    @override
    def undo(self) -> None:
        self._stepped(self._questions.undo())

    @override
    def redo(self) -> None:
        self._stepped(self._questions.redo())

    def _stepped(self, changed: list[Cell]) -> None:
        for row, column in changed[:1]:
            self._form.grid.go(row, column + LEFT)
        self._panes.read_again()

    @override
    def start_find(self) -> None:
        self._find.start()

    @override
    def print_paper(self) -> None:
        if self._panes.shown is None:
            self._open_bench()
        self._panes.print_paper()

    @override
    def go_back(self) -> bool:
        if self._panes.go_back():
            return True
        if self._form.side.shown is None and self._form.grid.cells.hasFocus():
            return False
        self._back_to_grid()
        return True

    @override
    def draft(self) -> dict[str, object] | None:
        here, class_id = self._form.grid.current(), self.class_in_view()
        if class_id is None or here is None:
            return None
        return {"class": class_id, "row": here[0], "column": here[1], "bench": self._panes.bench_draft()}

    @override
    def take_draft(self, draft: dict[str, object]) -> None:
        class_id, row, column = draft.get("class"), draft.get("row"), draft.get("column")
        if isinstance(class_id, int) and isinstance(row, int) and isinstance(column, int):
            self.open(OpenBoard(class_id))
            self._form.grid.go(row, column)
            self._panes.take_bench_draft(draft.get("bench"))

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._form.grid.cells.setFocus(event.reason())

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self._board)
            self._choice.fill(self.attempt(self._desk.classes.names) or ())
            self._word()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._room.fit()
        super().changeEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._room.fit()
        super().resizeEvent(event)

    def _make_panels(self) -> None:
        form = self._form
        self._legend = Legend(self)
        form.strip.add(self._legend)
        form.strip.ask(self._legend)
        self._story = StoryLine(form.storyLabel, self._story_words)
        let_wrap(form.page, form.head)

    def _wire(self, changes: ChangeSignal) -> None:
        form, grid = self._form, self._form.grid
        grid.show_model(self._model, self._model.look, self._model.title, left=LEFT, right=RIGHT, cell_width=CELL_WIDTH)
        enter = dict.fromkeys((Key.Key_Return, Key.Key_Enter), self._ask_cell)
        plain = enter | {
            Key.Key_D: form.dayEdit.setFocus,
            Key.Key_F: self._toggle_choice,
            Key.Key_U: self._start_unit,
            Key.Key_L: self._open_learner,
            Key.Key_K: self._panes.open_class,
            Key.Key_B: self._open_bench,
            Key.Key_R: self._ask_prior,
            Key.Key_Slash: self.start_find,
        }
        control = dict.fromkeys((Key.Key_Return, Key.Key_Enter), self._ask_practical) | {Key.Key_Z: self.undo}
        self._keys = BoardKeys(self._assess, plain, control)
        grid.cells.typed.connect(self._keys.take)
        grid.cells.moved.connect(self._cursor_moved)
        grid.cells.doubleClicked.connect(self._cell_double_clicked)
        self._legend.pressed.connect(self._keys.press)
        self._find = FindLine(form.findEdit, grid, self._presenter.rows_matching)
        self._find.said.connect(self.said)
        form.classBox.activated.connect(self._class_chosen)
        form.choiceBox.activated.connect(self._choice_made)
        form.dayEdit.dateChanged.connect(self._day_chosen)
        form.practicalButton.clicked.connect(self._ask_practical)
        form.emptyButton.clicked.connect(partial(self.go_to.emit, "classes", None))
        form.classButton.clicked.connect(self._panes.open_class)
        form.benchButton.clicked.connect(self._open_bench)
        grid.left.doubleClicked.connect(self._name_double_clicked)
        self._questions.asked.connect(self._room.fit)
        self._questions.changed.connect(self._changed)
        self._questions.unit_started.connect(self._model.repaint_all)
        self._questions.recorded.connect(self._move_down)
        self._questions.closed.connect(self._back_to_grid)
        self._panes.left.connect(self._leave_pane)
        self._panes.recorded.connect(self.read_again)
        self._panes.recorded.connect(self._leave_pane)
        self._outlooks.found.connect(self._model.repaint_all)
        self._outlooks.found.connect(self._panes.follow_standing)
        changes.changed.connect(self._something_changed)

    # acts of the keys ----------------------------------------------------------------------------------------------

    def _assess(self, outcome: Outcome) -> None:
        self._questions.assess(self._chosen_cells(), outcome)

    def _ask_practical(self) -> None:
        if (column := self._current_unit()) is not None:
            self._questions.practical(column)

    def _ask_cell(self) -> None:
        if (here := self._current_cell()) is not None:
            self._questions.details(here)

    def _ask_prior(self) -> None:
        if (here := self._current_cell()) is not None:
            self._questions.prior(here)

    def _start_unit(self) -> None:
        if (column := self._current_unit()) is not None:
            self._questions.start_unit(column)

    def _open_learner(self) -> None:
        here = self._form.grid.current()
        if here is not None:
            self._panes.open_learner(self._presenter.rows[here[0]].person_id)

    def _open_bench(self) -> None:
        if (column := self._current_unit()) is not None:
            self._panes.open_bench(self._presenter.units[column].id or 0)

    def _changed(self, cells: list[Cell]) -> None:
        self._model.repaint_cells(cells)
        self._cursor_moved()
        self._outlooks.follow()

    def _move_down(self) -> None:
        here = self._form.grid.current()
        if here is not None and here[0] + 1 < len(self._presenter.rows):
            self._form.grid.go(here[0] + 1, here[1])

    # what is shown -------------------------------------------------------------------------------------------------

    def _load(self, wish: OpenBoard) -> None:
        if not self._read(wish.class_id):
            return
        self._choice.choose(wish.class_id)
        self._word()
        if not (self._presenter.units and self._presenter.rows):
            self._show_empty()
            return
        self._stack.setCurrentWidget(self._board)
        self._form.body.setCurrentWidget(self._form.gridPage)
        column = self._presenter.first_column()
        self._form.grid.go(self._presenter.first_open_row(column) or 0, column + LEFT)
        self._back_to_grid()
        if wish.person_id is not None:
            self._panes.open_learner(wish.person_id)

    def _read(self, class_id: int) -> bool:
        read = self.done(lambda: self._presenter.load(class_id))
        if read:
            self._show_rows()
            self._outlooks.follow()
        return read

    def _show_rows(self) -> None:
        self._model.reload()
        self._form.grid.arrange()
        self._room.fit()

    @override
    def read_again(self) -> None:
        board, here = self._presenter.board, self._form.grid.current()
        if (
            board is not None
            and self._read(board.group.id)
            and here is not None
            and here[0] < len(self._presenter.rows)
        ):
            self._form.grid.go(*here)

    def _leave_pane(self) -> None:
        self._stack.setCurrentWidget(self._board)
        self._back_to_grid()

    def _default_class(self, argument: object) -> int:
        return argument if isinstance(argument, int) else self.class_in_view() or self._choice.classes[0].id

    def _class_chosen(self) -> None:
        self._load(OpenBoard(self._form.classBox.currentData()))

    def _toggle_choice(self) -> None:
        wished = Choice.THIS_UNIT if self._presenter.choice is Choice.ON_LIST else Choice.ON_LIST
        self._form.choiceBox.setCurrentIndex(self._form.choiceBox.findData(wished.value))
        self._choice_made()

    def _choice_made(self) -> None:
        here = self._form.grid.current()
        column = self._model.unit_of(here[1]) if here is not None else None
        self._presenter.choose(Choice(self._form.choiceBox.currentData()), column)
        self._show_rows()
        if self._presenter.rows:
            self._form.grid.go(0, here[1] if here is not None else LEFT)
        else:
            self.said.emit(_("Nobody. All the better."))
        self._back_to_grid()

    def _day_chosen(self) -> None:
        self._presenter.choose_day(self._form.dayEdit.day())
        self._questions.word()
        self._cursor_moved()

    def _something_changed(self, kind: str, _ids: object) -> None:
        if kind in SHOWN_KINDS and not self._assessing and self.isVisible():
            self.read_again()
            self._panes.read_again()

    def _word(self) -> None:
        form = self._form
        form.grid.left.setAccessibleName(_("Learners"))
        form.grid.cells.setAccessibleName(_("Results of the units"))
        form.grid.right.setAccessibleName(_("Totals"))
        form.choiceBox.clear()
        for choice, name in CHOICE_NAMES.items():
            form.choiceBox.addItem(_(name), choice.value)
        form.choiceBox.setCurrentIndex(form.choiceBox.findData(self._presenter.choice.value))
        form.dayEdit.blockSignals(True)
        form.dayEdit.show_day(self._presenter.day)
        form.dayEdit.blockSignals(False)
        form.practicalButton.setVisible(self._presenter.may_assess())
        self._questions.word()
        self._cursor_moved()

    def _show_empty(self) -> None:
        self._form.emptyLabel.setText(empty_words(self._presenter, any_class=bool(self._choice.classes)))
        self._stack.setCurrentWidget(self._board)
        self._form.body.setCurrentWidget(self._form.emptyPage)
        self._form.emptyButton.setFocus()

    def _cursor_moved(self) -> None:
        column = self._current_unit()
        self._form.practicalButton.setEnabled(column is not None)
        self._form.unitLabel.setText(column_words(self._presenter, column) if column is not None else "")
        self._form.countsLabel.setText(count_words(self._presenter, column) if column is not None else "")
        self._legend.show_keys(key_words(self._presenter))
        self._story.follow()

    def _story_words(self) -> tuple[str, str]:
        here = self._current_cell()
        return story_words(self._presenter, *here) if here else ("", "")

    def _back_to_grid(self) -> None:
        if self._form.side.close_panel():
            self._room.fit()
        self._cursor_moved()
        self._form.grid.cells.setFocus()

    @override
    def attempt(self, act: Callable[[], T]) -> T | None:
        self._assessing = True
        try:
            return super().attempt(act)
        finally:
            self._assessing = False

    def _cell_double_clicked(self, index: QModelIndex) -> None:
        if self._model.unit_of(index.column()) is not None:
            self._ask_cell()

    def _name_double_clicked(self, index: QModelIndex) -> None:
        self._panes.open_learner(self._presenter.rows[index.row()].person_id)

    def _current_unit(self) -> int | None:
        here = self._form.grid.current()
        return self._model.unit_of(here[1]) if here else None

    def _current_cell(self) -> Cell | None:
        here, unit = self._form.grid.current(), self._current_unit()
        return (here[0], unit) if here is not None and unit is not None else None

    def _chosen_cells(self) -> list[Cell]:
        chosen = self._form.grid.chosen()
        return [(row, unit) for row, column in chosen if (unit := self._model.unit_of(column)) is not None]
