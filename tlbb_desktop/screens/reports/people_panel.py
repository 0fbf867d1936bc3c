"""Who stands behind a number, by code, beside the figures; or what changed since a report was issued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.qt.theme import current_scale, set_role
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.widgets.page import ENTER

WIDTH_PIXELS = 300
#: Beside and over the words of a line, both sides together.
PADDING_PIXELS = (24, 4)


class _WholeLines(QStyledItemDelegate):
    """Gives a line the height of all its words: Qt wraps them without the padding of the style sheet in mind."""

    def __init__(self, lines: QListWidget) -> None:
        super().__init__(lines)
        self._lines = lines

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        beside, over = (round(pixels * current_scale()) for pixels in PADDING_PIXELS)
        room, words = self._lines.viewport().width() - beside, str(index.data())
        needed = option.fontMetrics.boundingRect(0, 0, room, 0, Qt.TextFlag.TextWordWrap.value, words)
        known = super().sizeHint(option, index)
        return QSize(known.width(), max(known.height(), needed.height() + over))


class PeoplePanel(QWidget):
    """A heading and a list; Enter or a double click opens the person.

    Signals:
        chosen: the row of a person.
        closed: it was closed.
    """

    chosen = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading, self._close, self.list = WrappingLabel(self), QPushButton(self), QListWidget(self)
        set_role(self._heading, "heading")
        set_icon(self._close, "x")
        self._close.clicked.connect(self.closed)
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setItemDelegate(_WholeLines(self.list))
        self.list.itemDoubleClicked.connect(self._choose)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = QHBoxLayout()
        head.setSpacing(GAP_SMALL)
        head.addWidget(self._heading, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        self._word()
        self.hide()

    def show_people(self, what: str, people: Mapping[int, str]) -> None:
        """Show people by row; *what* says behind which number they stand."""
        self._fill(what, list(people.items()))

    def show_lines(self, what: str, lines: Sequence[str]) -> None:
        """Show lines that open nobody."""
        self._fill(what, [(0, line) for line in lines])

    def texts(self) -> list[str]:
        """What is listed."""
        return [self.list.item(number).text() for number in range(self.list.count())]

    def _fill(self, what: str, lines: Sequence[tuple[int, str]]) -> None:
        self._heading.setText(what)
        self.list.clear()
        for row, words in lines:
            item = QListWidgetItem(words, self.list)
            item.setData(Qt.ItemDataRole.UserRole, row)
        self.list.setCurrentRow(0)
        self.show()
        self.list.setFocus()

    def _choose(self, item: QListWidgetItem) -> None:
        row = item.data(Qt.ItemDataRole.UserRole)
        if row:
            self.chosen.emit(row)

    @override
    def sizeHint(self) -> QSize:
        return QSize(round(WIDTH_PIXELS * current_scale()), super().sizeHint().height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.list.currentItem()
        if event.key() in ENTER and self.list.hasFocus() and item is not None:
            self._choose(item)
        else:
            super().keyPressEvent(event)

    def _word(self) -> None:
        self._close.setAccessibleName(_("Close"))
        self._close.setToolTip(_("Close (Esc)"))
        self.list.setAccessibleName(_("Who stands behind the number"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
