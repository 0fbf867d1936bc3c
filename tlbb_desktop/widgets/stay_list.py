"""A person's stays in prison: one line each, with the days of coming and going."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.people import CustodyStay
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import to_ascii_digits
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.qt.theme import set_role
from tlbb_desktop.widgets.form_field import CompoundEdit
from tlbb_desktop.widgets.khmer_date_edit import KhmerDateEdit

SHORTEST_PRISON = 14


class _StayLine:
    """The widgets of one stay."""

    def __init__(self, owner: QWidget, stay_id: int | None) -> None:
        self.id = stay_id
        self.prison, self.starts = QComboBox(owner), KhmerDateEdit(owner)
        self.ends = KhmerDateEdit(owner, empty=N_("still there"))
        self.prison.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.prison.setMinimumContentsLength(SHORTEST_PRISON)
        self.remove = QToolButton(owner)
        self.remove.setProperty("role", "quiet")
        set_icon(self.remove, "trash-2", "muted")

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        return self.prison, self.starts, self.ends, self.remove

    def stay(self) -> CustodyStay:
        prison_id, starts_on = self.prison.currentData(), self.starts.day()
        if prison_id is None:
            raise Refused(N_("Choose the prison of each stay."), place="stays")
        if starts_on is None:
            raise Refused(N_("Write the first day of each stay."), place="stays")
        return CustodyStay(prison_id, starts_on, self.ends.day(), self.id)


class StayList(CompoundEdit):
    """Adds, ends and moves on stays; an empty last day means "still there".

    Signals:
        changed: anything.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = date.max
        self._editable = True
        self._prisons: tuple[tuple[int, str], ...] = ()
        self._lines: list[_StayLine] = []
        self._heads = (QLabel(self), QLabel(self), QLabel(self))
        for head in self._heads:
            head.setProperty("role", "caption")
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP_SMALL)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)
        self._grid.setColumnStretch(2, 2)
        for column, head in enumerate(self._heads):
            self._grid.addWidget(head, 0, column)
        self._add, self._move, self._end = QPushButton(self), QPushButton(self), QPushButton(self)
        set_icon(self._add, "plus")
        set_icon(self._move, "arrow-right")
        set_icon(self._end, "door-open")
        self._add.clicked.connect(self.add_stay)
        self._move.clicked.connect(self.move_on)
        self._end.clicked.connect(self.end_today)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_SMALL)
        for button in (self._add, self._move, self._end):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.setSpacing(GAP_SMALL)
        column_layout.addLayout(self._grid)
        column_layout.addLayout(buttons)
        self._word()
        self._show_buttons()

    def set_today(self, today: date) -> None:
        """The day that new stays begin and old ones end on, unless another is typed."""
        self._today = today

    def set_prisons(self, prisons: Sequence[tuple[int, str]]) -> None:
        """The prisons to choose from: (id, name in the reader's language)."""
        self._prisons = tuple(prisons)
        for line in self._lines:
            self._fill_prisons(line, line.prison.currentData())

    def set_editable(self, editable: bool) -> None:
        """Show or hide the buttons that change something."""
        self._editable = editable
        self._show_buttons()

    def set_stays(self, stays: Sequence[CustodyStay]) -> None:
        """Show these stays, the earliest first."""
        for line in self._lines:
            self._drop(line)
        self._lines.clear()
        for stay in sorted(stays, key=lambda each: each.starts_on):
            self._append(stay.prison_id, stay.starts_on, stay.ends_on, stay.id)
        self._show_buttons()

    def stays(self) -> tuple[CustodyStay, ...]:
        """The stays as they are typed.

        Raises:
            Refused: a prison or a first day is missing, or a date cannot be read.
        """
        return tuple(line.stay() for line in self._lines)

    def texts(self) -> list[list[object]]:
        """What stands in each line, for a draft: id, prison, first and last day as typed."""
        return [
            [line.id, line.prison.currentData(), to_ascii_digits(line.starts.text()), to_ascii_digits(line.ends.text())]
            for line in self._lines
        ]

    def set_texts(self, texts: Sequence[Sequence[object]]) -> None:
        """Put back what :meth:`texts` gave."""
        self.set_stays(())
        for stay_id, prison_id, starts, ends in texts:
            known = [each if isinstance(each, int) else None for each in (prison_id, stay_id)]
            line = self._append(known[0], None, None, known[1])
            line.starts.setText(str(starts))
            line.ends.setText(str(ends))
        self._show_buttons()

    def add_stay(self, prison_id: int | None = None) -> None:
        """One more line, beginning today."""
        line = self._append(prison_id or None, self._today, None, None)
        self._show_buttons()
        line.prison.setFocus()
        self.changed.emit()

    def end_today(self) -> None:
        """The open stay ends today."""
        line = self._open_line()
        if line is not None:
            line.ends.set_day(self._today)
            line.ends.setFocus()
            self._show_buttons()
            self.changed.emit()

    def move_on(self) -> None:
        """A transfer: the open stay ends today, and another begins on the same day."""
        self.end_today()
        self.add_stay()

    @override
    def mark_wrong(self, wrong: bool) -> None:
        """Show or take away the red edge of what is missing."""
        for line in self._lines:
            set_role(line.prison, "wrong" if wrong and line.prison.currentData() is None else "")
            set_role(line.starts, "wrong" if wrong and not line.starts.text().strip() else "")

    def _append(
        self, prison_id: int | None, starts_on: date | None, ends_on: date | None, stay_id: int | None
    ) -> _StayLine:
        line = _StayLine(self, stay_id)
        self._fill_prisons(line, prison_id)
        line.starts.set_day(starts_on)
        line.ends.set_day(ends_on)
        line.prison.activated.connect(self.changed)
        line.starts.textEdited.connect(self.changed)
        line.ends.textEdited.connect(self.changed)
        line.ends.editingFinished.connect(self._show_buttons)
        line.remove.clicked.connect(partial(self._remove, line))
        row = self._grid.rowCount()
        for column, widget in enumerate(line.widgets):
            self._grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignTop)
        self._lines.append(line)
        self._order_keys()
        self._word()
        return line

    def _order_keys(self) -> None:
        """Tab goes through the lines from the top, then to the buttons that end the last one."""
        lines = [widget for line in self._lines for widget in line.widgets]
        for first, second in pairwise((self._add, *lines, self._move, self._end)):
            self.setTabOrder(first, second)

    def _remove(self, line: _StayLine) -> None:
        self._lines.remove(line)
        self._drop(line)
        self._show_buttons()
        self._add.setFocus()
        self.changed.emit()

    def _drop(self, line: _StayLine) -> None:
        for widget in line.widgets:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _open_line(self) -> _StayLine | None:
        return next((line for line in reversed(self._lines) if not line.ends.text().strip()), None)

    def _fill_prisons(self, line: _StayLine, prison_id: int | None) -> None:
        line.prison.clear()
        line.prison.addItem(_("Choose a prison"), None)
        for each_id, name in self._prisons:
            line.prison.addItem(name, each_id)
        line.prison.setCurrentIndex(max(0, line.prison.findData(prison_id)))

    def _show_buttons(self) -> None:
        is_open = self._open_line() is not None
        for head in self._heads:
            head.setVisible(bool(self._lines))
        self._add.setVisible(self._editable and not is_open)
        self._move.setVisible(self._editable and is_open)
        self._end.setVisible(self._editable and is_open)
        for line in self._lines:
            line.remove.setVisible(self._editable)

    def _word(self) -> None:
        words = (_("Prison"), _("From"), _("Until"))
        for head, text in zip(self._heads, words, strict=True):
            head.setText(text)
        self._add.setText(_("Add a stay"))
        self._move.setText(_("Moved to another prison"))
        self._end.setText(_("Left the prison"))
        for line in self._lines:
            line.prison.setItemText(0, _("Choose a prison"))
            for widget, text in zip(line.widgets, (*words, _("Take this stay away")), strict=True):
                widget.setAccessibleName(text)
            line.remove.setToolTip(_("Take this stay away"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
