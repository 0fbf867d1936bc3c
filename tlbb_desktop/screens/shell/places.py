"""The places of the window: who may go there, and which page is shown."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import cast

from tlbb_desktop.i18n.marks import Np_
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.widgets.page import Page


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the rail.

    Args:
        name: in code, as ``Page.go_to`` names it.
        label: marked word.
        icon: Lucide name.
        needed: the acts of which the reader must be allowed at least one; empty = open to everybody.
        page: ``module:Class``, imported when the place is first opened.
        at_foot: whether it stands at the lower end of the rail.
    """

    name: str
    label: str
    icon: str
    needed: tuple[Action, ...]
    page: str
    at_foot: bool = False

    def page_class(self) -> type[Page]:
        """Import the page; the first time this costs what the page needs."""
        module, name = self.page.split(":")
        return cast("type[Page]", getattr(import_module(module), name))


PLACES = (
    Place("today", Np_("place", "Today"), "sun", (), "tlbb_desktop.screens.today.screen:TodayScreen"),
)
