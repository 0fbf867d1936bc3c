"""One field that finds any person, class or action."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.icons import icon
from tlbb_desktop.qt.stylesheet import GAP
from tlbb_desktop.qt.theme import current_theme
from tlbb_desktop.widgets.overlay import Overlay

PANEL_PIXELS = 640
SHOWN_ROWS = 9
MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: SHOWN_ROWS, Qt.Key.Key_PageUp: -SHOWN_ROWS}
HintRole = Qt.ItemDataRole.UserRole + 1
TargetRole = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One answer.

    Args:
        text: what is found, translated.
        hint: what it is, in a word or two, translated.
        icon: Lucide name.
        target: given back when it is chosen.
    """

    text: str
    hint: str
    icon: str
    target: object


class _HintDelegate(QStyledItemDelegate):
    """Writes the hint at the end of the row."""

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        painter.setPen(QColor(current_theme().muted))
        area: QRect = option.rect.adjusted(0, 0, -GAP, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, index.data(HintRole) or "")


class CommandPalette(Overlay):
    """Ctrl+K: type in Khmer or Latin, walk with the arrows, choose with Enter.

    Args:
        find: answers a text with the best suggestions first; called at every keystroke.
        window: what it lies over.

    Signals:
        chosen: the target of the suggestion.
    """

    chosen = Signal(object)

    def __init__(self, find: Callable[[str], Sequence[Suggestion]], window: QWidget) -> None:
        super().__init__(window, PANEL_PIXELS)
        self._find = find
        self.field = QLineEdit(self.panel)
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.results = QListWidget(self.panel)
        self.results.setItemDelegate(_HintDelegate(self.results))
        self.results.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.results.itemClicked.connect(self._choose)
        self._nothing = QLabel(self.panel)
        self._nothing.setProperty("role", "caption")
        for widget in (self.field, self.results, self._nothing):
            self.column.addWidget(widget)
        self._word()

    @override
    def open(self) -> None:
        self.field.clear()
        self._search("")
        super().open()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _search(self, text: str) -> None:
        self.results.clear()
        for suggestion in self._find(text):
            item = QListWidgetItem(icon(suggestion.icon, "muted"), suggestion.text, self.results)
            item.setData(HintRole, suggestion.hint)
            item.setData(TargetRole, suggestion.target)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{suggestion.text}, {suggestion.hint}")
        count = self.results.count()
        self.results.setCurrentRow(0)
        self.results.setVisible(count > 0)
        self._nothing.setVisible(count == 0)
        if count:
            row = self.results.sizeHintForRow(0) * min(count, SHOWN_ROWS)
            self.results.setFixedHeight(row + 2 * self.results.frameWidth() + 4)
        if self.isVisible():
            self.place()

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            target = item.data(TargetRole)
            self.leave()
            self.chosen.emit(target)

    def _move(self, steps: int) -> None:
        last = self.results.count() - 1
        self.results.setCurrentRow(max(0, min(last, self.results.currentRow() + steps)))

    def _word(self) -> None:
        self.field.setPlaceholderText(_("Find a person, a class or something to do"))
        self.field.setAccessibleName(_("Find a person, a class or something to do"))
        self.results.setAccessibleName(_("What was found"))
        self._nothing.setText(_("Nothing found. Try fewer letters, in Khmer or Latin script."))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.field:
            key = Qt.Key(event.key())
            if key in MOVES:
                self._move(MOVES[key])
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._choose(self.results.currentItem())
                return True
        return super().eventFilter(watched, event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
