"""Money as it was paid: whole riel or US cents, with the rate of that day."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.i18n.marks import N_, Np_

CENTS: Final = 100
#: Nobody ever paid more riel for a dollar; a larger rate is a slip of the hand.
HIGHEST_RATE: Final = 10_000


class Currency(StrEnum):
    """The two currencies that are paid with."""

    KHR = "khr"
    USD = "usd"


CURRENCY_NAMES: Final = {Currency.KHR: Np_("currency", "riel"), Currency.USD: Np_("currency", "US dollars")}


@dataclass(frozen=True, slots=True)
class Money:
    """An amount.

    Args:
        amount: whole riel, or US cents; never less than 0.
        currency: which of them.
        rate: riel for one dollar on the day of the payment, 0 where nobody noted it.
    """

    amount: int = 0
    currency: Currency = Currency.KHR
    rate: int = 0

    @property
    def riel(self) -> int | None:
        """Its worth in whole riel by its own rate, rounded half up; None for dollars without a rate."""
        if self.currency is Currency.KHR:
            return self.amount
        return (2 * self.amount * self.rate + CENTS) // (2 * CENTS) if self.rate else None

    def check(self, place: str) -> None:
        """Raise Refused, for the field *place*, unless amount and rate can be true."""
        if self.amount < 0:
            raise Refused(N_("An amount is never less than nothing."), place=place)
        if not 0 <= self.rate <= HIGHEST_RATE:
            raise Refused(N_("The rate is riel for one dollar, such as 4,100."), place=place)
