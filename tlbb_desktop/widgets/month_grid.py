"""A month or a course as a grid: pinned columns on both sides, days or units between, all painted by one painter.

A widget in each cell would open ten times slower; one painter also keeps all signs equal at every scale.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import cast

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QScrollBar,
    QTableView,
    QWidget,
)
from typing_extensions import override

from tlbb_desktop.qt.theme import current_scale, current_theme
from tlbb_desktop.widgets.cell_looks import Look
from tlbb_desktop.widgets.cell_painter import CellPainter, Span
from tlbb_desktop.widgets.day_header import DayHeader, DayTitle
from tlbb_desktop.widgets.tiles import RESTYLED

Index = QModelIndex | QPersistentModelIndex

CELL_WIDTH = 54
CELL_MARGIN = 12


class GridView(QTableView):
    """A table that covers its whole ground, so that nothing beneath it is painted again at each key.

    It paints its cells by itself: what a view does for a delegate at each cell takes longer than the cell.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cell_painter: CellPainter | None = None
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(current_theme().surface))
        if self.cell_painter is not None and self.model() is not None:
            for area in cast("Iterable[QRect]", event.region()):  # the stubs do not know that a region has rectangles
                self.cell_painter.paint_block(painter, self._rows(area), self._columns(area), self.devicePixelRatioF())
        painter.end()

    def _rows(self, area: QRect) -> list[Span]:
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        rows = _reached(first, last, self.model().rowCount())
        return [(row, self.rowViewportPosition(row), self.rowHeight(row)) for row in rows]

    def _columns(self, area: QRect) -> list[Span]:
        first, last = self.columnAt(area.left()), self.columnAt(area.right())
        columns = _reached(first, last, self.model().columnCount())
        return [
            (column, self.columnViewportPosition(column), self.columnWidth(column))
            for column in columns
            if not self.isColumnHidden(column)
        ]


class CellView(GridView):
    """The days. Keys are offered to whoever listens before the view moves by itself.

    Signals:
        typed: a key event; the listener accepts it when it has used it.
        moved: the current cell is another one.
    """

    typed = Signal(QKeyEvent)
    moved = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()
        self.typed.emit(event)
        if not event.isAccepted():
            super().keyPressEvent(event)

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.moved.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        wash = QColor(current_theme().accent)
        wash.setAlpha(40)
        painter.setClipRegion(self.visualRegionForSelection(self.selectionModel().selection()))
        painter.fillRect(event.rect(), wash)
        painter.setClipping(False)
        if self.currentIndex().isValid():
            self._paint_cursor(painter)
        painter.end()

    def _paint_cursor(self, painter: QPainter) -> None:
        theme, space = current_theme(), QRectF(self.visualRect(self.currentIndex()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.focus if self.hasFocus() else theme.edge), 2.5 * current_scale()))
        painter.drawRoundedRect(space.adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Letters are marks here, not a search."""

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model() is not None:
            self.moveCursor(QAbstractItemView.CursorAction.MoveHome, Qt.KeyboardModifier.NoModifier)


class MonthGrid(QFrame):
    """Three views of one model that scroll together.

    Args:
        parent: the page.

    Attributes:
        cells: the view of the days, which takes the keys.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.left = self._pinned()
        self.cells = CellView(self)
        self.right = self._pinned()
        self._frozen_left = self._frozen_right = 0
        self._cell_width = CELL_WIDTH
        self._painter: CellPainter | None = None
        self._title: Callable[[int], DayTitle] = lambda _column: DayTitle("", "")
        self._down = QScrollBar(Qt.Orientation.Vertical, self)
        self._along = QScrollBar(Qt.Orientation.Horizontal, self)
        self._prepare(self.cells)
        self.cells.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.cells.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for column, part in enumerate((self.left, self.cells, self.right, self._down)):
            layout.addWidget(part, 0, column)
        layout.addWidget(self._along, 1, 1)
        layout.setColumnStretch(1, 1)
        self._scroll_together()

    def show_model(
        self,
        model: QAbstractTableModel,
        look: Callable[[int, int], Look],
        title: Callable[[int], DayTitle],
        *,
        left: int,
        right: int,
        cell_width: int = CELL_WIDTH,
    ) -> None:
        """Show *model*, whose first *left* and last *right* columns are pinned.

        Args:
            model: all columns.
            look: gives the look of a cell by row and column.
            title: gives the head of a column.
            left: how many columns stay in sight on the left.
            right: how many on the right.
            cell_width: of the columns between them, in pixels at the ordinary text size.
        """
        self._title, self._frozen_left, self._frozen_right, self._cell_width = title, left, right, cell_width
        self._painter = CellPainter(look, self.cells.font)
        for view in (self.left, self.cells, self.right):
            view.setModel(model)
            view.cell_painter = self._painter
            view.setHorizontalHeader(DayHeader(title, view))
        self.right.setSelectionModel(self.cells.selectionModel())
        self.left.setSelectionModel(self.cells.selectionModel())
        self.arrange()

    def arrange(self) -> None:
        """Give each column to its view and the width that its content needs; call after the columns changed."""
        if self._frozen_left == 0:
            return  # no model is shown yet
        model = self.cells.model()
        count = model.columnCount()
        first_right = count - self._frozen_right
        for column in range(count):
            home = self.left if column < self._frozen_left else self.right if column >= first_right else self.cells
            for view in (self.left, self.cells, self.right):
                if view.isColumnHidden(column) is (view is home):
                    view.setColumnHidden(column, view is not home)
            home.setColumnWidth(column, self._width(column, home))
        height = self._row_height()
        for view in (self.left, self.cells, self.right):
            view.verticalHeader().setDefaultSectionSize(height)
            view.doItemsLayout()  # at once, so that a new last row can be scrolled to
        self._fit(self.left, range(self._frozen_left))
        self._fit(self.right, range(first_right, count))

    def current(self) -> tuple[int, int] | None:
        """(row, column) of the cursor, or None."""
        index = self.cells.currentIndex()
        return (index.row(), index.column()) if index.isValid() else None

    def chosen(self) -> list[tuple[int, int]]:
        """The selected block by rows then columns, or the cursor alone."""
        found = sorted((index.row(), index.column()) for index in self.cells.selectionModel().selectedIndexes())
        here = self.current()
        return found or ([here] if here else [])

    def go(self, row: int, column: int) -> None:
        """Put the cursor on a cell and bring it into sight."""
        index = self.cells.model().index(row, column)
        self.cells.setCurrentIndex(index)
        self.cells.scrollTo(index)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in RESTYLED and self._painter is not None:
            self._painter.forget_looks()
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LanguageChange):
            self.arrange()

    def _pinned(self) -> GridView:
        view = GridView(self)
        self._prepare(view)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        return view

    @staticmethod
    def _prepare(view: QTableView) -> None:
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setProperty("role", "plain")
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.setCornerButtonEnabled(False)
        view.verticalHeader().hide()

    def _scroll_together(self) -> None:
        bars = [view.verticalScrollBar() for view in (self.left, self.cells, self.right)]
        for bar in bars:
            for other in bars:
                if other is not bar:
                    bar.valueChanged.connect(other.setValue)
        # The bars stand outside the views, so that all three have the same height and scroll equally far.
        _bind(self._down, self.cells.verticalScrollBar())
        _bind(self._along, self.cells.horizontalScrollBar())

    def _width(self, column: int, view: QTableView) -> int:
        scale = current_scale()
        if view is self.cells:
            return round(self._cell_width * scale)
        model = view.model()
        metrics = view.fontMetrics()
        title = self._title(column)
        texts = {title.widest} if title.widest else {model.index(row, column).data() for row in range(model.rowCount())}
        widest = max(metrics.horizontalAdvance(text) for text in texts | {title.upper, title.lower})
        return widest + round(2 * CELL_MARGIN * scale)

    def _row_height(self) -> int:
        return self.fontMetrics().height() + round(2 * current_scale())

    @staticmethod
    def _fit(view: QTableView, columns: range) -> None:
        view.setFixedWidth(sum(view.columnWidth(column) for column in columns))
        view.setVisible(len(columns) > 0)


def _reached(first: int, last: int, count: int) -> range:
    """The rows or columns of an area that begins in *first* and ends in *last*, each -1 for behind the *count*."""
    return range(0) if first < 0 else range(first, count if last < 0 else last + 1)


def _bind(bar: QScrollBar, inner: QScrollBar) -> None:
    """Let *bar* show and move what the hidden *inner* bar of a view does."""

    def follow(low: int, high: int) -> None:
        bar.setRange(low, high)
        bar.setPageStep(inner.pageStep())
        bar.setSingleStep(inner.singleStep())
        bar.setVisible(high > low)

    inner.rangeChanged.connect(follow)
    inner.valueChanged.connect(bar.setValue)
    bar.valueChanged.connect(inner.setValue)
    follow(inner.minimum(), inner.maximum())
