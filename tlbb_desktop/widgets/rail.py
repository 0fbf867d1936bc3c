"""The places on the left of the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.qt.theme import current_scale
from tlbb_desktop.widgets.icon_label import IconLabel

WIDE_PIXELS = 200


@dataclass(frozen=True, slots=True)
class RailEntry:
    """A place to go to.

    Args:
        place: its name in code.
        label: marked word.
        icon: Lucide name.
        at_foot: whether it stands at the lower end, apart from the work.
    """

    place: str
    label: str
    icon: str
    at_foot: bool = False


class _Places(QScrollArea):
    """The buttons; they scroll where large text makes the column higher than the window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inner = QWidget(self)
        self.column = QVBoxLayout(self._inner)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        self.setWidget(self._inner)

    @override
    def sizeHint(self) -> QSize:
        return self._with_bar(self._inner.sizeHint())

    @override
    def minimumSizeHint(self) -> QSize:
        """As wide as the buttons, and high enough for two of them."""
        wanted = self._with_bar(self._inner.minimumSizeHint())
        return QSize(wanted.width(), min(wanted.height(), 4 * self.fontMetrics().height()))

    def _with_bar(self, wanted: QSize) -> QSize:
        bar = self.verticalScrollBar()
        return QSize(wanted.width() + (bar.sizeHint().width() if bar.isVisibleTo(self) else 0), wanted.height())


class Rail(QFrame):
    """A column of places; words beside the icons where there is room.

    Signals:
        chosen: the place's name.
    """

    chosen = Signal(str)

    def __init__(self, entries: Sequence[RailEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self._entries = {entry.place: entry for entry in entries}
        self._buttons: dict[str, QPushButton] = {}
        self._narrow = False
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._choose)
        self._name = QLabel("TLBB", self)
        self._name.setProperty("role", "heading")
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_SMALL, GAP_SMALL * 2, GAP_SMALL, GAP_SMALL)
        column.setSpacing(4)
        column.addLayout(self._brand())
        column.addSpacing(GAP_SMALL * 2)
        self._places = _Places(self)
        for entry in (each for each in entries if not each.at_foot):
            self._places.column.addWidget(self._button(entry))
        self._places.column.addStretch()
        for entry in (each for each in entries if each.at_foot):
            self._places.column.addWidget(self._button(entry))
        column.addWidget(self._places, 1)
        self._places.verticalScrollBar().rangeChanged.connect(self._places.updateGeometry)
        self._word()

    def _brand(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(GAP_SMALL + 2, 0, GAP_SMALL, 0)
        row.setSpacing(GAP_SMALL + 2)
        row.addWidget(IconLabel("app", "accent", 24, self))
        row.addWidget(self._name, 1)
        return row

    def _button(self, entry: RailEntry) -> QPushButton:
        button = QPushButton(self)
        button.setCheckable(True)
        button.setProperty("role", "place")
        button.setProperty("place", entry.place)
        set_icon(button, entry.icon, "text")
        self._group.addButton(button)
        self._buttons[entry.place] = button
        return button

    def show_place(self, place: str) -> None:
        """Mark *place* as the one where the reader is; none is marked when it is not on the rail."""
        if place in self._buttons:
            self._buttons[place].setChecked(True)
            self._places.ensureWidgetVisible(self._buttons[place], 0, 0)
            return
        self._group.setExclusive(False)
        for button in self._buttons.values():
            button.setChecked(False)
        self._group.setExclusive(True)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons alone, or icons and words."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._word()

    def places(self) -> tuple[str, ...]:
        """The places in their order."""
        return tuple(self._entries)

    def _choose(self, button: QPushButton) -> None:
        self.chosen.emit(button.property("place"))

    def _word(self) -> None:
        self._name.setVisible(not self._narrow)
        self.setMinimumWidth(0 if self._narrow else round(WIDE_PIXELS * current_scale()))
        for place, button in self._buttons.items():
            label = _(self._entries[place].label)
            button.setText("" if self._narrow else f" {label}")
            button.setToolTip(label if self._narrow else "")
            button.setAccessibleName(label)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange):
            self._word()
        super().changeEvent(event)
