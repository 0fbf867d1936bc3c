"""Word an error in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Protocol

from tlbb_desktop.i18n.catalog import _, translate_into
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


def explain(error: Explainable, language: str = "") -> str:
    """The sentence of *error*, its days, times and numbers as the language writes them.

    Args:
        error: what is to be told.
        language: of the paper or file that it stands in; ``""`` = the active language.
    """
    sentence = _said(error.message, language)
    worded = {name: _worded(value, language) for name, value in error.fields.items()}
    return sentence.format_map(worded) if worded else sentence


def _said(message: str, language: str) -> str:
    return translate_into(language, message) if language else _(message)


def _worded(value: object, language: str) -> str:
    if isinstance(value, MarkedWord):
        return _said(value, language)
    if isinstance(value, datetime):
        return moment_text(value, language)
    if isinstance(value, date):
        return day_text(value, language)
    if isinstance(value, time):
        return time_text(value, language)
    if isinstance(value, tuple):
        return ", ".join(_worded(each, language) for each in value)
    return digits(value, language) if isinstance(value, int | float) else str(value)
