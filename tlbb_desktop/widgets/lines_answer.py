"""A field of a long form that holds several lines of the same few parts, such as visitors with name and age."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.widgets.form_field import CompoundEdit

#: Name of a part, its marked label, how wide it is beside the others, and what makes the field for it.
Part = tuple[str, str, int, Callable[[], Any]]


class _Line:
    """The fields of one line."""

    def __init__(self, owner: LinesAnswer, parts: Sequence[Part]) -> None:
        self.fields: dict[str, Any] = {name: make() for name, _label, _share, make in parts}
        self.remove = QToolButton(owner)
        self.remove.setProperty("role", "quiet")
        set_icon(self.remove, "trash-2", "muted")

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        return *self.fields.values(), self.remove


class LinesAnswer(CompoundEdit):
    """Adds and takes away lines; the value is a tuple with one mapping by part for each line.

    Args:
        parts: of each line, from left to right.
    """

    edited = Signal()

    def __init__(self, parts: Sequence[Part], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = tuple(parts)
        self._lines: list[_Line] = []
        self._heads = [QLabel(self) for _part in parts]
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP_SMALL)
        for column, (head, part) in enumerate(zip(self._heads, self._parts, strict=True)):
            head.setProperty("role", "caption")
            self._grid.setColumnStretch(column, part[2])
            self._grid.addWidget(head, 0, column)
        self.add_button = QPushButton(self)
        self.add_button.setAutoDefault(False)
        set_icon(self.add_button, "plus")
        self.add_button.clicked.connect(self.add_line)
        self.setFocusProxy(self.add_button)
        foot = QHBoxLayout()
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.setSpacing(GAP_SMALL)
        column_layout.addLayout(self._grid)
        column_layout.addLayout(foot)
        self._word()
        self._show_controls()

    @property
    def lines(self) -> tuple[dict[str, Any], ...]:
        """The fields of each line, by part."""
        return tuple(line.fields for line in self._lines)

    def value(self) -> tuple[dict[str, Any], ...]:
        """What stands in each line, by part. Raises Refused when a field cannot be read."""
        return tuple({name: field.value() for name, field in line.fields.items()} for line in self._lines)

    def show_value(self, value: Any) -> None:
        """Show these lines and no others."""
        self._clear()
        for each in value or ():
            line = self._append()
            for name, field in line.fields.items():
                field.show_value(each.get(name))
        self._show_controls()

    def raw(self) -> object:
        """What is typed in each line, readable or not, for a draft."""
        return [[field.raw() for field in line.fields.values()] for line in self._lines]

    def show_raw(self, raw: Any) -> None:
        """Put back what :meth:`raw` gave."""
        self._clear()
        for typed in raw:
            for field, each in zip(self._append().fields.values(), typed, strict=True):
                field.show_raw(each)
        self._show_controls()

    def add_line(self) -> None:
        """One more line; the cursor goes into it."""
        line = self._append()
        for field in line.fields.values():
            field.show_value(None)
        self._show_controls()
        next(iter(line.fields.values())).setFocus()
        self.edited.emit()

    @override
    def mark_wrong(self, wrong: bool) -> None:
        """The sentence below says which line is wrong."""

    def _append(self) -> _Line:
        line = _Line(self, self._parts)
        row = self._grid.rowCount()
        for column, widget in enumerate(line.widgets):
            self._grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignTop)
        for field in line.fields.values():
            field.edited.connect(self.edited)
        line.remove.clicked.connect(partial(self._remove, line))
        self._lines.append(line)
        self._word()
        for first, second in pairwise((*(widget for each in self._lines for widget in each.widgets), self.add_button)):
            self.setTabOrder(first, second)
        return line

    def _remove(self, line: _Line) -> None:
        self._lines.remove(line)
        self._drop(line)
        self._show_controls()
        self.add_button.setFocus()
        self.edited.emit()

    def _clear(self) -> None:
        for line in self._lines:
            self._drop(line)
        self._lines.clear()

    def _drop(self, line: _Line) -> None:
        for widget in line.widgets:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _show_controls(self) -> None:
        for head in self._heads:
            head.setVisible(bool(self._lines))
        for control in (self.add_button, *(line.remove for line in self._lines)):
            control.setVisible(self.isEnabled())

    def _word(self) -> None:
        self.add_button.setText(_("Add a line"))
        labels = [_(label) for _name, label, _share, _make in self._parts]
        for head, text in zip(self._heads, labels, strict=True):
            head.setText(text)
        for line in self._lines:
            for widget, text in zip(line.widgets, (*labels, _("Take this line away")), strict=True):
                widget.setAccessibleName(text)
            line.remove.setToolTip(_("Take this line away"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        elif event.type() == QEvent.Type.EnabledChange:
            self._show_controls()
        super().changeEvent(event)
