"""Word an error in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Protocol

from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import day_text, digits, moment_text, time_text
from tlbb_desktop.i18n.marks import MarkedWord


class Explainable(Protocol):
    """What carries a marked sentence and the values of its places; see ``domain.errors.TlbbError``."""

    @property
    def message(self) -> str:
        """The English sentence with ``{places}``."""
        ...

    @property
    def fields(self) -> Mapping[str, object]:
        """Values of the places."""
        ...


def explain(error: Explainable) -> str:
    """The sentence of *error* in the active language, its days, times and numbers as that language writes them."""
    sentence = _(error.message)
    worded = {name: _worded(value) for name, value in error.fields.items()}
    return sentence.format_map(worded) if worded else sentence


def _worded(value: object) -> str:
    if isinstance(value, MarkedWord):
        return _(value)
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, time):
        return time_text(value)
    if isinstance(value, tuple):
        return ", ".join(_worded(each) for each in value)
    return digits(value) if isinstance(value, int | float) else str(value)
