"""Fields of a long form that have several parts: ticks, money."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.money import CENTS, CURRENCY_NAMES, Currency, Money
from tlbb_desktop.i18n.catalog import _, _p
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import to_ascii_digits
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.qt.theme import current_scale, set_role
from tlbb_desktop.widgets.answers import ChoiceAnswer, Choices, whole_number
from tlbb_desktop.widgets.flow_layout import FlowLayout
from tlbb_desktop.widgets.form_field import CompoundEdit

RATE_EDGES = 28


class TicksAnswer(QWidget):
    """Several of several.

    Args:
        choices: gives (value, words) whenever the language changes; always the same values.
    """

    edited = Signal()

    def __init__(self, choices: Callable[[], Choices], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        flow = FlowLayout(self, spacing=GAP_SMALL)
        self.boxes = {value: QCheckBox(self) for value, _words in choices()}
        for box in self.boxes.values():
            box.clicked.connect(self.edited)
            flow.addWidget(box)
        self._word()

    def value(self) -> frozenset[Any]:
        """The values that are ticked."""
        return frozenset(value for value, box in self.boxes.items() if box.isChecked())

    def show_value(self, value: Any) -> None:
        """Tick these values and no others."""
        for each, box in self.boxes.items():
            box.setChecked(each in (value or ()))

    def raw(self) -> object:
        """Which boxes are ticked, for a draft."""
        return [number for number, box in enumerate(self.boxes.values()) if box.isChecked()]

    def show_raw(self, raw: Any) -> None:
        """Put back what :meth:`raw` gave."""
        for number, box in enumerate(self.boxes.values()):
            box.setChecked(number in raw)

    def _word(self) -> None:
        for value, words in self._choices():
            self.boxes[value].setText(words)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)


class MoneyAnswer(CompoundEdit):
    """An amount in riel or dollars, with the rate of that day; dollars may have cents."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.amount, self.rate = QLineEdit(self), QLineEdit(self)
        self.currency = ChoiceAnswer(lambda: [(each, _(words)) for each, words in CURRENCY_NAMES.items()], self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_SMALL)
        row.addWidget(self.amount, 2)
        row.addWidget(self.currency, 1)
        row.addWidget(self.rate, 1)
        for part in (self.amount, self.rate):
            part.textEdited.connect(self.edited)
        self.currency.edited.connect(self.edited)
        self.setFocusProxy(self.amount)
        self._word()

    def value(self) -> Money | None:
        """The amount, or None for an empty field. Raises Refused when it is no amount."""
        text = to_ascii_digits(self.amount.text()).replace(",", "").replace(" ", "")
        if not text:
            return None
        currency: Currency = self.currency.value()
        if currency is Currency.KHR:
            return Money(whole_number(text) or 0, currency, whole_number(self.rate.text()) or 0)
        whole, _point, cents = text.partition(".")
        if not whole.isdigit() or not (cents == "" or (cents.isdigit() and len(cents) <= 2)):
            raise Refused(N_("{text} is no amount of money."), text=self.amount.text())
        amount = int(whole) * CENTS + int(cents.ljust(2, "0") if cents else 0)
        return Money(amount, currency, whole_number(self.rate.text()) or 0)

    def show_value(self, value: Any) -> None:
        """Put an amount in, or empty the field."""
        money: Money = value or Money()
        shown = f"{money.amount / CENTS:.2f}" if money.currency is Currency.USD else str(money.amount)
        self.amount.setText(digits(shown) if value is not None else "")
        self.currency.show_value(money.currency)
        self.rate.setText(digits(money.rate) if money.rate else "")

    def raw(self) -> object:
        """What is typed, readable or not, for a draft."""
        return [self.amount.text(), self.currency.raw(), self.rate.text()]

    def show_raw(self, raw: Any) -> None:
        """Put back what :meth:`raw` gave."""
        amount, currency, rate = raw
        self.amount.setText(amount)
        self.currency.show_raw(currency)
        self.rate.setText(rate)

    @override
    def mark_wrong(self, wrong: bool) -> None:
        set_role(self.amount, "wrong" if wrong else "")

    def _word(self) -> None:
        self.amount.setAccessibleName(_p("money", "Amount"))
        self.currency.setAccessibleName(_("Currency"))
        self.rate.setAccessibleName(_("Riel for one dollar"))
        self.rate.setPlaceholderText(_("Riel for one dollar"))
        self._fit()

    def _fit(self) -> None:
        words = self.rate.fontMetrics().horizontalAdvance(self.rate.placeholderText())
        self.rate.setMinimumWidth(words + round(RATE_EDGES * current_scale()))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()
