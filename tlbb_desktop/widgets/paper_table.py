"""A table of a paper on the screen: white in every theme, and readable cell by cell for a screen reader."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from tlbb_desktop.documents.sheet_lines import PaperCell, PaperTable
from tlbb_desktop.qt.palettes import LIGHT

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
MARGIN_OF_LINE = 0.45
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap


class PaperTableModel(QAbstractTableModel):
    """Read-only cells of a :class:`PaperTable`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = PaperTable((), ())

    def show_table(self, table: PaperTable) -> None:
        """Show another table."""
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    def cell(self, index: Index) -> PaperCell:
        """The cell at *index*."""
        return self._table.lines[index.row()][index.column()]

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._table.lines)

    @override
    def columnCount(self, parent: Index | None = None) -> int:
        if not self._table.lines or (parent is not None and parent.isValid()):
            return 0
        return len(self._table.lines[0])

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        cell = self.cell(index)
        if role == Role.DisplayRole:
            return cell.text
        if role in (Role.AccessibleTextRole, Role.ToolTipRole):
            return cell.spoken or cell.text
        return None


class _PaperDelegate(QStyledItemDelegate):
    """Paints cells as they are printed: heads grey, weekends red, some words upwards."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, PaperTableModel):
            return
        cell, rect = model.cell(index), option.rect
        painter.save()
        painter.fillRect(rect, QColor(LIGHT.weekend.fill if cell.head or cell.grey else LIGHT.surface))
        painter.setPen(QColor(LIGHT.danger.ink if cell.red else LIGHT.text))
        painter.setFont(option.font)
        margin = option.fontMetrics.height() // 5
        if cell.turned:
            painter.translate(rect.left(), rect.bottom())
            painter.rotate(-90)
            upwards = rect.transposed()
            upwards.moveTo(0, 0)
            painter.drawText(upwards.adjusted(margin, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, cell.text)
        else:
            box = rect.adjusted(margin, 0, -margin, 0) if cell.left else rect
            painter.drawText(box, LEFT if cell.left else Qt.AlignmentFlag.AlignCenter, cell.text)
        painter.restore()
        painter.setPen(QColor(LIGHT.edge))  # the view's own grid leaves specks beside joined cells
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())


class PaperTableView(QTableView):
    """As high and as wide as its content, so that the page around it scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = PaperTableModel(self)
        self._table = PaperTable((), ())
        self.setModel(self._model)
        self.setItemDelegate(_PaperDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "paper")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        for bar in (self.setVerticalScrollBarPolicy, self.setHorizontalScrollBarPolicy):
            bar(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for head in (self.horizontalHeader(), self.verticalHeader()):
            head.hide()
            head.setMinimumSectionSize(4)
            head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def show_table(self, table: PaperTable) -> None:
        """Show *table*."""
        self._table = table
        self.clearSpans()
        self._model.show_table(table)
        for span in table.spans:
            self.setSpan(*span)

    def natural_widths(self) -> list[int]:
        """What each column needs for its longest text, at the font that holds."""
        joined = {(line, column) for line, column, _lines, columns in self._table.spans if columns > 1}
        metrics = self.fontMetrics()
        margin = metrics.height() // 5
        return [
            max(
                metrics.height() if line[column].turned else metrics.horizontalAdvance(line[column].text) + 2 * margin
                for number, line in enumerate(self._table.lines)
                if (number, column) not in joined
            )
            for column in range(self._model.columnCount())
        ]

    def lay_out(self, widths: list[int]) -> None:
        """Take these columns, and as much height as the lines need."""
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        metrics = self.fontMetrics()
        line_height = round(metrics.height() * (1 + MARGIN_OF_LINE))
        for number, cells in enumerate(self._table.lines):
            self.setRowHeight(number, max(line_height, self._needed_height(cells, widths)))
        self.setFixedSize(sum(widths) + 1, sum(self.rowHeight(n) for n in range(len(self._table.lines))) + 1)

    def _needed_height(self, cells: tuple[PaperCell, ...], widths: list[int]) -> int:
        metrics = self.fontMetrics()
        margin = metrics.height() // 5
        turned = [metrics.horizontalAdvance(cell.text) + 2 * margin for cell in cells if cell.turned and cell.text]
        last = cells[-1]
        room = max(1, widths[-1] - 2 * margin)
        wrapped = metrics.boundingRect(0, 0, room, 10_000, int(Qt.TextFlag.TextWordWrap), last.text).height()
        return max([0, *turned, wrapped + margin if last.left and last.text else 0])
