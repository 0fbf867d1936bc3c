"""Choices of a form out of the words of an enum."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.widgets.answers import Choices

NOTHING = "—"


def choices_of(names: Mapping[Any, str], *, empty: bool = False) -> Callable[[], Choices]:
    """The values of *names* in their order, worded when asked; *empty* puts "—" for None before them."""

    def offered() -> Choices:
        worded = [(value, _(name)) for value, name in names.items()]
        return [(None, NOTHING), *worded] if empty else worded

    return offered
