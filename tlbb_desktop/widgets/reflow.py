"""Pages that fit large text: rows break into lines, columns stand under each other where they have no room."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Signal
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QStackedWidget
from typing_extensions import override

from tlbb_desktop.widgets.flow_layout import FlowLayout

FIT_ON = (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.Show)


def let_wrap(column: QBoxLayout, row: QBoxLayout) -> None:
    """Replace *row*, which stands in *column*, by one that breaks into lines where the page is too narrow."""
    wrapped = FlowLayout(spacing=row.spacing())
    while (item := row.takeAt(0)) is not None:
        wrapped.addItem(item)
    place = column.indexOf(row)
    column.takeAt(place)
    column.insertLayout(place, wrapped)


class Panes(QStackedWidget):
    """One pane at a time; only the one that is shown asks for room."""

    @override
    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown is not None else super().minimumSizeHint()


class StackedWhenNarrow(QObject):
    """Puts two columns under each other where they do not fit beside each other.

    Args:
        area: what the page scrolls in; its width decides.
        columns: the layout of the two.
        needed: pixels that they need beside each other, margins included.

    Signals:
        stacked: whether they stand under each other now, when that has changed.
    """

    stacked = Signal(bool)

    def __init__(self, area: QScrollArea, columns: QBoxLayout, needed: Callable[[], int]) -> None:
        super().__init__(area)
        self._area, self._columns, self._needed = area, columns, needed
        for watched in (area.viewport(), area.widget(), columns.parentWidget()):
            if watched is not None:
                watched.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in FIT_ON:
            self.fit()
        return super().eventFilter(watched, event)

    def fit(self) -> None:
        """Choose again, as when the text became larger."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        wanted = down if self._needed() > self._area.viewport().width() else across
        if wanted is not self._columns.direction():
            self._columns.setDirection(wanted)
            self.stacked.emit(wanted is down)
