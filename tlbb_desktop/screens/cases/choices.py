"""Choices of a form out of the words of an enum."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import day_text
from tlbb_desktop.widgets.answers import Choices

NOTHING = "—"


def choices_of(names: Mapping[Any, str], *, empty: bool = False) -> Callable[[], Choices]:
    """The values of *names* in their order, worded when asked; *empty* puts "—" for None before them."""

    def offered() -> Choices:
        worded = [(value, _(name)) for value, name in names.items()]
        return [(None, NOTHING), *worded] if empty else worded

    return offered


def day_or_nothing(day: date | None) -> str:
    """Such as ``21/11/2026``, or "—"."""
    return NOTHING if day is None else day_text(day)
