"""Money as it was paid: whole riel or US cents, with the rate of that day."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Currency(StrEnum):
    """The two currencies that are paid with."""

    KHR = "khr"
    USD = "usd"


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
