"""The keys that hold everywhere in the window."""

from __future__ import annotations

from dataclasses import dataclass

from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.screens.shell.finder import Command


@dataclass(frozen=True, slots=True)
class WindowKey:
    """A key of the window.

    Args:
        keys: as Qt writes it, such as ``Ctrl+K``; the physical keys count, whatever the layout.
        command: what the window does.
        meaning: marked words.
    """

    keys: str
    command: str
    meaning: str


WINDOW_KEYS = (
    WindowKey("Ctrl+K", "find_anything", N_("Find anything")),
    WindowKey("F1", "help", N_("Help on this page")),
    WindowKey("Ctrl+/", "keys", N_("Show the keys")),
    WindowKey("Ctrl+L", "lock", N_("Lock the window")),
    WindowKey("Ctrl+P", "print", N_("Print this page's paper")),
    WindowKey("Ctrl+F", "find", N_("Search on this page")),
    WindowKey("Ctrl+Z", "undo", N_("Undo the last change of this page")),
    WindowKey("Ctrl+Y", "redo", N_("Do it again")),
    WindowKey("Esc", "back", N_("Go back")),
)
COMMANDS = (
    Command("help", N_("Help on this page"), "circle-question-mark"),
    Command("keys", N_("Show the keys"), "keyboard"),
    Command("backup", N_("Make a backup"), "usb"),
    Command("language", N_("Switch between Khmer and English"), "languages"),
    Command("theme", N_("Switch between light and dark"), "contrast"),
    Command("lock", N_("Lock the window"), "lock"),
)
