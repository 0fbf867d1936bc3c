"""A short form from a list of fields, with each trouble beside the field that it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from PySide6.QtCore import QDate, QEvent, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QFormLayout, QLabel, QLineEdit, QSpinBox, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.qt.khmer_input import KhmerEdit
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.qt.theme import set_role
from tlbb_desktop.qt.wrapping_label import WrappingLabel

Kind = Literal["text", "khmer", "choice", "number", "day", "yes"]
Choices = Sequence[tuple[object, str]]


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a form.

    Args:
        name: what services call it (``TlbbError.place``).
        label: marked words.
        kind: ``text`` Latin or codes, ``khmer`` either script, ``choice``, ``number``, ``day`` or ``yes``.
        choices: gives (value, words) whenever the language changes; for ``choice``.
        least, most: for ``number``.
        fixed: whether an existing record keeps this value for good.
    """

    name: str
    label: str
    kind: Kind = "text"
    choices: Callable[[], Choices] = tuple
    least: int = 0
    most: int = 1000
    fixed: bool = False


class SmallForm(QWidget):
    """Shows and gives values by their field's name.

    Signals:
        edited: something was typed or chosen.
    """

    edited = Signal()

    def __init__(self, fields: Sequence[Field], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields = {field.name: field for field in fields}
        self._labels: dict[str, QLabel] = {}
        self.inputs: dict[str, QWidget] = {}
        self._trouble_place = ""
        self._trouble = WrappingLabel(self)
        self._trouble.setProperty("role", "error")
        self._trouble.hide()
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(GAP_SMALL + 2)
        form.setHorizontalSpacing(GAP_SMALL * 2)
        for field in fields:
            label, shown = QLabel(self), self._input(field)
            label.setBuddy(shown)
            form.addRow(label, shown)
            self._labels[field.name], self.inputs[field.name] = label, shown
        form.addRow(self._trouble)
        self._word()

    def _input(self, field: Field) -> QWidget:
        if field.kind == "choice":
            box = QComboBox(self)
            box.currentIndexChanged.connect(self.edited)
            return box
        if field.kind == "number":
            spin = QSpinBox(self)
            spin.setRange(field.least, field.most)
            spin.setAlignment(Qt.AlignmentFlag.AlignLeading)
            spin.valueChanged.connect(self.edited)
            return spin
        if field.kind == "day":
            day = QDateEdit(self)
            day.setDisplayFormat("dd/MM/yyyy")
            day.setCalendarPopup(True)
            day.dateChanged.connect(self.edited)
            return day
        if field.kind == "yes":
            check = QCheckBox(self)
            check.toggled.connect(self.edited)
            return check
        line = KhmerEdit(self) if field.kind == "khmer" else QLineEdit(self)
        line.textEdited.connect(self.edited)
        return line

    def values(self) -> dict[str, object]:
        """What stands in the form."""
        return {name: _value(shown) for name, shown in self.inputs.items()}

    def fill(self, values: Mapping[str, object], *, existing: bool) -> None:
        """Show a record; fields that are fixed for an existing one cannot be changed."""
        self.clear_trouble()
        for name, shown in self.inputs.items():
            _show(shown, values.get(name))
            shown.setDisabled(existing and self._fields[name].fixed)

    def show_trouble(self, error: TlbbError) -> None:
        """Say what is wrong, and at which field."""
        self.clear_trouble()
        self._trouble.setText(explain(error))
        self._trouble.show()
        wrong = self.inputs.get(error.place)
        if wrong is not None:
            self._trouble_place = error.place
            set_role(wrong, "wrong")
            wrong.setFocus()

    def clear_trouble(self) -> None:
        """Take the trouble away."""
        self._trouble.hide()
        if self._trouble_place:
            set_role(self.inputs[self._trouble_place], "")
            self._trouble_place = ""

    @property
    def trouble(self) -> str:
        """The trouble that is shown, or ``""``."""
        return self._trouble.text() if not self._trouble.isHidden() else ""

    def _word(self) -> None:
        for name, field in self._fields.items():
            shown, words = self.inputs[name], _(field.label)
            shown.setAccessibleName(words)
            if isinstance(shown, QCheckBox):
                shown.setText(words)
            else:
                self._labels[name].setText(words)
            if isinstance(shown, QComboBox):
                self._offer(shown, field.choices())

    @staticmethod
    def _offer(box: QComboBox, choices: Choices) -> None:
        chosen = box.currentData()
        box.blockSignals(True)
        box.clear()
        for value, words in choices:
            box.addItem(words, value)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        box.blockSignals(False)

    def refresh_choices(self) -> None:
        """Offer the choices anew, after the records behind them have changed."""
        self._word()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)


def _value(shown: QWidget) -> object:
    if isinstance(shown, QComboBox):
        return shown.currentData()
    if isinstance(shown, QSpinBox):
        return shown.value()
    if isinstance(shown, QDateEdit):
        return date(shown.date().year(), shown.date().month(), shown.date().day())
    if isinstance(shown, QCheckBox):
        return shown.isChecked()
    return shown.text() if isinstance(shown, QLineEdit) else None


def _show(shown: QWidget, value: object) -> None:
    if isinstance(shown, QComboBox):
        shown.setCurrentIndex(max(0, shown.findData(value)))
    elif isinstance(shown, QSpinBox):
        shown.setValue(int(str(value or 0)))
    elif isinstance(shown, QDateEdit):
        if isinstance(value, date):
            shown.setDate(QDate(value.year, value.month, value.day))
    elif isinstance(shown, QCheckBox):
        shown.setChecked(bool(value))
    elif isinstance(shown, QLineEdit):
        shown.setText(str(value or ""))
