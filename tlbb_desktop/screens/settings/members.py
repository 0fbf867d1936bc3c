"""Who works on another laptop: a line to tick for each member of staff."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from tlbb_desktop.domain.actors import StaffRow
from tlbb_desktop.domain.staff import ROLE_NAMES
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.wiring import Desk

SHOWN_STAFF = 5
UsernameRole = Qt.ItemDataRole.UserRole


class MemberTicks(QWidget):
    """The active members of staff, nobody ticked at first."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._members: tuple[StaffRow, ...] = ()
        self.list, self._label = QListWidget(self), WrappingLabel(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._label)
        column.addWidget(self.list)

    def open(self) -> None:
        """Read who may be ticked."""
        self._members = tuple(row for row in self._desk.staff.list() if row.active)
        self.list.clear()
        for row in self._members:
            item = QListWidgetItem(self.list)
            item.setData(UsernameRole, row.username)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.word()
        rows = min(max(1, self.list.count()), SHOWN_STAFF)
        self.list.setFixedHeight(rows * max(1, self.list.sizeHintForRow(0)) + 2 * GAP_SMALL)

    @property
    def ticked(self) -> tuple[str, ...]:
        """Login names of those who are ticked."""
        items = (self.list.item(line) for line in range(self.list.count()))
        return tuple(str(each.data(UsernameRole)) for each in items if each.checkState() is Qt.CheckState.Checked)

    def word(self) -> None:
        """All words."""
        self._label.setText(_("Who works there"))
        self.list.setAccessibleName(_("Who works there"))
        for line, row in enumerate(self._members):
            self.list.item(line).setText(f"{row.name}  ·  {_(ROLE_NAMES[row.role])}")
