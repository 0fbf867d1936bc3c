"""Find in a list of learners: the cursor jumps while one types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.widgets.line_table import LineTable

#: The find is not left by looking at another window or at a menu.
STAYING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)


class Findable(Protocol):
    """Where the cursor jumps: rows and columns from 0, and what takes the keys afterwards."""

    @property
    def cells(self) -> QWidget: ...

    def current(self) -> tuple[int, int] | None: ...

    def go(self, row: int, column: int) -> None: ...


class FindableLines:
    """The lines of a table as somewhere to jump to; its cursor has no column.

    Args:
        table: shows the lines.
    """

    def __init__(self, table: LineTable) -> None:
        self._table = table
        self._ids: tuple[int, ...] = ()

    @property
    def cells(self) -> QWidget:
        """The table."""
        return self._table

    def show_lines(self, lines: Mapping[int, Any]) -> None:
        """Show *lines* by id, in their order."""
        self._ids = tuple(lines)
        self._table.show_lines(lines)

    def current(self) -> tuple[int, int] | None:
        """The line with the cursor."""
        current = self._table.current_id()
        return None if current is None else (self._ids.index(current), 0)

    def go(self, row: int, column: int) -> None:  # noqa: ARG002 - a line has none
        """Put the cursor onto a line."""
        self._table.go(self._ids[row])


class FindLine(QObject):
    """Typing goes to the first match, Enter to the next one and, when there is no other, into its cell.

    Arrow down goes into the cell at once, Esc back to where one came from. The text goes when the find is left.

    Args:
        edit: where one types.
        grid: where the cursor jumps; a MonthGrid, or the lines of a table.
        rows_matching: the rows that fit a text, from the top.

    Signals:
        said: as a page's.
    """

    said = Signal(str)

    def __init__(self, edit: QLineEdit, grid: Findable, rows_matching: Callable[[str], list[int]]) -> None:
        super().__init__(edit)
        self._edit, self._grid, self._rows_matching = edit, grid, rows_matching
        self._came_from: tuple[int, int] | None = None
        self._leaving = False
        edit.textChanged.connect(self._jump)
        edit.returnPressed.connect(self._go_on)
        edit.installEventFilter(self)

    def start(self) -> None:
        """Put the cursor where one types."""
        self._edit.setFocus()
        self._edit.selectAll()

    def _jump(self, text: str) -> None:
        here = self._came_from or self._grid.current()
        if here is None or self._leaving:
            return
        rows = self._rows_matching(text)
        self._grid.go(rows[0] if rows else here[0], here[1])
        if text.strip() and not rows:
            self.said.emit(_("Nobody in this class has that name."))

    def _go_on(self) -> None:
        rows, here = self._rows_matching(self._edit.text()), self._grid.current()
        if not rows or here is None:
            self.said.emit(_("Nobody in this class has that name."))
            return
        later = [row for row in rows if row > here[0]]
        self._grid.go((later or rows)[0], here[1])
        if len(rows) == 1:
            self._grid.cells.setFocus()

    def _leave(self) -> None:
        self._came_from = None
        self._leaving = True  # the cursor stays where it was found
        self._edit.clear()
        self._leaving = False

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent):
            if event.gotFocus() and self._came_from is None:
                self._came_from = self._grid.current()
            elif event.lostFocus() and event.reason() not in STAYING:
                self._leave()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _take_key(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Escape and self._came_from is not None:
            self._grid.go(*self._came_from)
        elif key not in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            return False
        self._grid.cells.setFocus()
        return True
