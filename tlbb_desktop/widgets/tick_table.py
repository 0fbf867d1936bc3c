"""A list in columns whose lines can be ticked, by Space or by a click on the box."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.qt.shortcuts import physical_key
from tlbb_desktop.qt.theme import current_scale
from tlbb_desktop.widgets.line_table import Index, LineModel, LineTable, Sign

Key = Qt.Key
BOX_PIXELS = 24
CHECK, ID = Qt.ItemDataRole.CheckStateRole, Qt.ItemDataRole.UserRole


class _TickModel(LineModel):
    """A box stands in the first column of each line."""

    def __init__(self, columns: Sequence[Column[Any]], sign: Sign | None, table: TickTable) -> None:
        super().__init__(columns, sign, table)
        self._table = table

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else flags

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == CHECK and index.column() == 0:
            ticked = self.data(index, ID) in self._table.ticks
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        return super().data(index, role)

    @override
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != CHECK or index.column() != 0:
            return False
        self._table.tick([int(self.data(index, ID))], on=Qt.CheckState(value) is Qt.CheckState.Checked)
        return True


class TickTable(LineTable):
    """Keeps which lines are ticked; one that is no longer shown is ticked no longer.

    Signals:
        ticked: other lines are ticked than before.
        entered: Enter was pressed, whichever line is the current one.
    """

    ticked = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ticks: set[int] = set()
        self._shown: tuple[int, ...] = ()

    @property
    def ticked_ids(self) -> tuple[int, ...]:
        """The ticked lines, in their order."""
        return tuple(each for each in self._shown if each in self.ticks)

    @property
    def chosen_ids(self) -> tuple[int, ...]:
        """The ticked lines, or the current one where none is ticked."""
        current = self.current_id()
        return self.ticked_ids or (() if current is None else (current,))

    @override
    def show_lines(self, lines: Mapping[int, Any]) -> None:
        before = self.ticked_ids
        self._shown = tuple(lines)
        self.ticks.intersection_update(self._shown)
        super().show_lines(lines)
        if self.ticked_ids != before:
            self.ticked.emit()

    def tick(self, ids: Iterable[int], *, on: bool = True) -> None:
        """Tick lines, or take their ticks away."""
        before = set(self.ticks)
        self.ticks = (self.ticks | set(ids)) if on else self.ticks - set(ids)
        self.ticks.intersection_update(self._shown)
        if self.ticks != before:
            self.viewport().update()
            self.ticked.emit()

    @override
    def sizeHintForColumn(self, column: int) -> int:
        """Qt leaves the box out when it measures the first column."""
        hint = super().sizeHintForColumn(column)
        return hint + round(BOX_PIXELS * current_scale()) if column == 0 and hint > 0 else hint

    @override
    def _make_model(self, columns: Sequence[Column[Any]], sign: Sign | None) -> LineModel:
        return _TickModel(columns, sign, self)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, with_control = physical_key(event), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key == Key.Key_Space and not with_control:
            self._turn_current()
        elif key == Key.Key_A and with_control:
            self.tick(self._shown, on=len(self.ticks) < len(self._shown))
        elif event.key() in (Key.Key_Return, Key.Key_Enter) and not event.modifiers():
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _turn_current(self) -> None:
        """Turn the tick of the current line and go to the next, as one runs down a list."""
        current = self.current_id()
        if current is None:
            return
        self.tick([current], on=current not in self.ticks)
        below = self._shown.index(current) + 1
        if below < len(self._shown):
            self.go(self._shown[below])
