"""In the demonstration programme: the progress board of a class, attempts, a path, the class, a bench sheet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QTableView, QWidget

from tlbb_desktop.screens.board.screen import BoardScreen
from tlbb_desktop.tour.hand import CONTROL
from tlbb_desktop.tour.stage import Stage
from tlbb_desktop.widgets.month_grid import MonthGrid

Key = Qt.Key


class TrainingMorning:
    """Walks the board as a trainer who is logged in.

    Args:
        stage: holds the open window.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage, self._hand = stage, stage.hand

    def walk(self) -> None:
        """Assess, look at a learner and at the class, enter a bench sheet."""
        self._open()
        self._assess()
        self._look_at_learner()
        self._look_at_class()
        self._enter_bench_sheet()

    def _open(self) -> None:
        hand = self._hand
        self._stage.go("board")
        page = hand.find(BoardScreen)
        hand.wait_for(hand.find(MonthGrid).cells.hasFocus, "cursor on the board")
        hand.wait_for(lambda: page.knows_standing, "standing of the class")
        self._stage.show_both_ways("board")
        hand.reach(hand.find(MonthGrid).cells)  # from the switch of the language

    def _assess(self) -> None:
        hand, cells = self._hand, self._hand.find(MonthGrid).cells
        hand.write("c")
        hand.wait_for(lambda: not cells.hasFocus(), "question about an attempt")
        hand.photograph("board-attempt")
        hand.write("1")
        hand.photograph("board-criterion-not-shown")
        hand.key(Key.Key_Return)
        hand.wait_for(cells.hasFocus, "cursor on the board")
        hand.key(Key.Key_Return, modifiers=CONTROL)
        hand.wait_for(lambda: not cells.hasFocus(), "question about a practical")
        hand.photograph("board-after-a-practical")
        hand.key(Key.Key_Return)
        hand.wait_for(cells.hasFocus, "cursor on the board")
        hand.photograph("board-assessed")
        hand.key(Key.Key_Z, modifiers=CONTROL)
        hand.key(Key.Key_Return)
        hand.wait_for(lambda: not cells.hasFocus(), "details of a cell")
        hand.photograph("board-details")
        hand.key(Key.Key_Escape)
        hand.wait_for(cells.hasFocus, "cursor on the board")

    def _look_at_learner(self) -> None:
        hand = self._hand
        hand.write("l")
        hand.wait_for(lambda: self._left("BoardForm"), "path of a learner")
        self._stage.show_both_ways("board-learner")
        self._back()

    def _look_at_class(self) -> None:
        hand = self._hand
        hand.write("k")
        table = hand.named(QTableView, "table")
        hand.wait_for(lambda: table.model().rowCount() > 0, "how the class stands")
        self._stage.show_in_languages("board-class")
        self._back()

    def _enter_bench_sheet(self) -> None:
        hand = self._hand
        hand.write("b")
        hand.wait_for(lambda: self._left("BoardForm"), "bench sheet")
        hand.write("x")
        hand.key(Key.Key_Down)
        hand.write("a")
        hand.photograph("board-bench-sheet")
        self._back()

    def _back(self) -> None:
        self._hand.key(Key.Key_Escape)
        self._hand.wait_for(lambda: not self._left("BoardForm"), "the board")

    def _left(self, name: str) -> bool:
        """Whether something else than the form of this name is shown on the page."""
        shown = [stack.currentWidget() for stack in self._stage.page.findChildren(QStackedWidget)]
        return name not in {widget.objectName() for widget in shown if isinstance(widget, QWidget)}
