"""Choices of a form out of the words of an enum, and a day that may be missing."""

from __future__ import annotations

from datetime import date

from tlbb_desktop.i18n.days import day_text
from tlbb_desktop.widgets.word_choices import NOTHING, choices_of

__all__ = ["NOTHING", "choices_of", "day_or_nothing"]


def day_or_nothing(day: date | None) -> str:
    """Such as ``21/11/2026``, or "—"."""
    return NOTHING if day is None else day_text(day)
