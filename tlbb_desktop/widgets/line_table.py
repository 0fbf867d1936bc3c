"""A plain list in columns: a few lines that are all at hand, read and walked by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override

from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.icons import IconRole, icon
from tlbb_desktop.qt.paged_table import Column, PagedTableModel
from tlbb_desktop.qt.theme import current_scale
from tlbb_desktop.widgets.record_table import fit_wide_columns

Index = QModelIndex | QPersistentModelIndex
Sign = Callable[[Any], tuple[str, IconRole] | None]
DECORATION = Qt.ItemDataRole.DecorationRole
NOTHING_HERE = N_("Nothing to show here.")


class _Lines:
    """Lines by id, in the order in which they were given."""

    def __init__(self, lines: Mapping[int, Any]) -> None:
        self._lines = lines

    def ids(self, *, sort: str, descending: bool, search: str, limit: int) -> Sequence[int]:  # noqa: ARG002 - a row source's
        return tuple(self._lines)

    def rows(self, ids: Sequence[int]) -> dict[int, Any]:
        return {row_id: self._lines[row_id] for row_id in ids}


class LineModel(PagedTableModel[Any]):
    """Shows an icon before the first column where *sign* names one."""

    def __init__(self, columns: Sequence[Column[Any]], sign: Sign | None, parent: QWidget) -> None:
        super().__init__(_Lines({}), columns, parent)
        self._sign = sign

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == DECORATION and index.column() == 0 and self._sign is not None:
            found = self._sign(self.row(index.row()))
            return icon(*found) if found else None
        return super().data(index, role)


class LineTable(QTableView):
    """Shows lines; Enter or a double click chooses one.

    Signals:
        chosen: the id of a line that was opened.
        moved: another line is the current one.
    """

    chosen = Signal(int)
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.doubleClicked.connect(self._choose)
        self._lines_model: LineModel | None = None
        self._widths: dict[int, int] = {}
        self._wide = 0
        self._least_lines = self._most_lines = 0

    def set_columns(self, columns: Sequence[Column[Any]], wide: int, sign: Sign | None = None) -> None:
        """Say what the columns are.

        Args:
            columns: from left to right.
            wide: number of the column that takes what is left of the width.
            sign: an icon before a line, or None.
        """
        self._lines_model, self._wide = self._make_model(columns, sign), wide
        self._forget_widths()
        for changed in (self._lines_model.modelAboutToBeReset, self._lines_model.dataChanged):
            changed.connect(self._forget_widths)  # before the view hears of it
        self.setModel(self._lines_model)
        head = self.horizontalHeader()
        head.setStretchLastSection(False)
        for number in range(len(columns)):
            mode = QHeaderView.ResizeMode.Stretch if number == wide else QHeaderView.ResizeMode.ResizeToContents
            head.setSectionResizeMode(number, mode)
        self._fit_rows()

    def _make_model(self, columns: Sequence[Column[Any]], sign: Sign | None) -> LineModel:
        return LineModel(columns, sign, self)

    def show_lines(self, lines: Mapping[int, Any]) -> None:
        """Show *lines* by id, in their order; the current line stays current while it is among them."""
        if self._lines_model is None or not (lines or self._lines_model.rowCount()):
            return
        here = self.current_id()
        self._lines_model.show_source(_Lines(lines))
        self._fit_height()
        fit_wide_columns(self, (self._wide,))
        self.go(here if here in lines else next(iter(lines), None))

    def keep_lines_in_sight(self, count: int) -> None:
        """Be at least so many lines high, also while a page is short of room; 0 = as the page gives."""
        self._least_lines, self._most_lines = count, 0
        self._fit_rows()

    def be_as_high_as_the_lines(self, most: int) -> None:
        """Be as high as there are lines, up to *most*; the rest is scrolled, and what is below gets the room."""
        self._most_lines = most
        self._fit_rows()

    def current_id(self) -> int | None:
        """The id of the current line."""
        index = self.currentIndex()
        return int(index.data(Qt.ItemDataRole.UserRole)) if index.isValid() else None

    def go(self, line_id: int | None) -> None:
        """Make a line the current one."""
        number = None if self._lines_model is None or line_id is None else self._lines_model.number_of(line_id)
        if number is not None and self._lines_model is not None:
            self.setCurrentIndex(self._lines_model.index(number, self._wide))

    @override
    def sizeHintForColumn(self, column: int) -> int:
        """The width that the lines need in a column; a head asks for it several times while a page is laid out."""
        if column not in self._widths:
            self._widths[column] = super().sizeHintForColumn(column) if column == 0 else self._width_of(column)
        return self._widths[column]

    def _width_of(self, column: int) -> int:
        """The width of the longest text's cell; Qt would ask for the size of each, signs or not."""
        if (model := self._lines_model) is None:
            return 0
        self.ensurePolished()
        texts = model.texts(column)
        longest = max(texts, key=QFontMetricsF(self.font()).horizontalAdvance, default=None)
        return 0 if longest is None else self.sizeHintForIndex(model.index(texts[longest], column)).width()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._lines_model is not None:
            fit_wide_columns(self, (self._wide,))

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.moved.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._choose(self.currentIndex())
        elif event.modifiers() == Qt.KeyboardModifier.AltModifier or (event.text().isprintable() and event.text()):
            event.ignore()  # letters belong to the page: the list is short, and its search has a field
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._forget_widths()
            self._fit_rows()
        super().changeEvent(event)

    def _choose(self, index: Index) -> None:
        if index.isValid():
            self.chosen.emit(int(index.data(Qt.ItemDataRole.UserRole)))

    def _forget_widths(self) -> None:
        self._widths.clear()

    def _fit_rows(self) -> None:
        edge = round(18 * current_scale())
        self.setIconSize(QSize(edge, edge))
        line = self.fontMetrics().height() + round(10 * current_scale())
        self.verticalHeader().setDefaultSectionSize(line)
        self._fit_height()

    def _fit_height(self) -> None:
        line = self.verticalHeader().defaultSectionSize()
        if self._most_lines and self._lines_model is not None:
            shown = min(max(self._lines_model.rowCount(), 1), self._most_lines)
            self.setFixedHeight(self.horizontalHeader().sizeHint().height() + line * shown + 2 * self.frameWidth())
        else:
            self.setMinimumHeight(line * (self._least_lines + 1) if self._least_lines else 0)  # and its head

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._lines_model is not None and not self._lines_model.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, _(NOTHING_HERE))
