"""An amount of money for a reader."""

from __future__ import annotations

from tlbb_desktop.domain.money import CENTS, CURRENCY_NAMES, Currency, Money
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import digits


def money_words(money: Money) -> str:
    """Such as ``20,000 riel`` or ``4.50 US dollars``."""
    amount = f"{money.amount / CENTS:,.2f}" if money.currency is Currency.USD else f"{money.amount:,}"
    return f"{digits(amount)} {_(CURRENCY_NAMES[money.currency])}"
