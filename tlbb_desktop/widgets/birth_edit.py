"""A birth date as it is really known: a day, a month, a year, an age, or nothing."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QWidget
from typing_extensions import override

from tlbb_desktop.domain.birth_text import read_age, read_birth
from tlbb_desktop.domain.births import PRECISION_NAMES, UNKNOWN_BIRTH, Birth, BirthPrecision
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.qt.theme import set_role
from tlbb_desktop.widgets.form_field import CompoundEdit

Precision = BirthPrecision
HINTS = {
    Precision.DAY: N_("day/month/year"),
    Precision.MONTH: N_("month/year"),
    Precision.YEAR: N_("year"),
    Precision.AGE: N_("full years"),
    Precision.UNKNOWN: "",
}
ROUGH = (Precision.YEAR, Precision.AGE)


class BirthEdit(CompoundEdit):
    """One line that is typed as the paper has it, beside it how exactly that is known and the age that follows.

    What is typed decides: ``2009`` is a year, ``10/2009`` a month, ``១៦ ឆ្នាំ`` an age. Choosing a coarser precision cuts
    what is there.

    Signals:
        changed: text or precision.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = date.max
        self.line, self.precision, self._age = QLineEdit(self), QComboBox(self), QLabel(self)
        for known in Precision:
            self.precision.addItem("", known.value)
        self._age.setProperty("role", "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_SMALL)
        row.addWidget(self.line, 1)
        row.addWidget(self.precision)
        row.addWidget(self._age)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self._finish)
        self.precision.activated.connect(self._choose)
        self._word()

    def set_today(self, today: date) -> None:
        """The day from which ages count."""
        self._today = today
        self._show_age()

    def birth(self) -> Birth:
        """What is typed; an empty line is an unknown birth date.

        Raises:
            Refused: it cannot be read, or cannot be true.
        """
        return self._read().check(self._today)

    def set_birth(self, birth: Birth) -> None:
        """Fill the field."""
        self.line.setText(self._text_of(birth))
        self.set_precision(birth.precision)

    def set_precision(self, precision: BirthPrecision) -> None:
        """Show another precision, to be filled in."""
        self.precision.setCurrentIndex(self.precision.findData(precision.value))
        self._word()

    @property
    def age_text(self) -> str:
        """The age as it is shown, or ``""``."""
        return self._age.text()

    @override
    def mark_wrong(self, wrong: bool) -> None:
        """Show or take away the red edge."""
        set_role(self.line, "wrong" if wrong else "")

    @property
    def _chosen(self) -> BirthPrecision:
        return Precision(self.precision.currentData())

    def _read(self) -> Birth:
        text = self.line.text().strip()
        if not text:
            return UNKNOWN_BIRTH
        if self._chosen is Precision.AGE:
            try:
                return read_age(text, self._today)
            except Refused:
                return read_birth(text, self._today)
        try:
            return read_birth(text, self._today)
        except Refused as unreadable:
            if len(text) > 3:
                raise
            try:
                return read_age(text, self._today)  # a number alone is too small for a year
            except Refused:
                raise unreadable from None

    def _text_of(self, birth: Birth) -> str:
        if birth.precision is Precision.AGE:
            return digits(birth.age_on(self._today))
        parts = birth.text().split("-")
        return digits("/".join(reversed(parts)))

    def _typed(self) -> None:
        self._show_age()
        self.changed.emit()

    def _finish(self) -> None:
        try:
            birth = self._read()
        except Refused:
            return
        if birth != UNKNOWN_BIRTH:
            self.set_birth(birth)

    def _choose(self) -> None:
        wanted = self._chosen
        try:
            self.line.setText(self._text_of(self._cut(self._read(), wanted)))
        except Refused:
            self.line.clear()
        self._word()
        self._show_age()
        self.changed.emit()
        if wanted is not Precision.UNKNOWN:
            self.line.setFocus()

    def _cut(self, birth: Birth, wanted: BirthPrecision) -> Birth:
        """*birth* at a coarser precision; unknown where it is not known that exactly."""
        age = birth.age_on(self._today)
        if wanted is birth.precision or (wanted is Precision.DAY and birth.month):
            return birth
        if wanted is Precision.MONTH and birth.month:
            return Birth(wanted, birth.year, birth.month)
        if wanted is Precision.YEAR and birth.year:
            return Birth(wanted, birth.year)
        if wanted is Precision.AGE and age is not None:
            return Birth.of_age(age, self._today)
        return UNKNOWN_BIRTH

    def _show_age(self) -> None:
        try:
            birth = self.birth()
        except Refused:
            birth = UNKNOWN_BIRTH
        age = birth.age_on(self._today)
        words = _("about {age} years old") if birth.precision in ROUGH else _("{age} years old")
        self._age.setText(words.format(age=digits(age)) if age is not None else "")
        self._age.setVisible(age is not None)

    def _word(self) -> None:
        for position, known in enumerate(Precision):
            self.precision.setItemText(position, _(PRECISION_NAMES[known]))
        self.line.setPlaceholderText(_(HINTS[self._chosen]))
        self.line.setAccessibleName(_("Date of birth or age"))
        self.precision.setAccessibleName(_("How exactly the birth date is known"))
        self._show_age()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
