"""The keys that hold everywhere in the window, whatever the keyboard layout and whichever widget has the cursor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from typing_extensions import override

from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.shortcuts import physical_key
from tlbb_desktop.screens.shell.finder import Command

Key = Qt.Key
Modifier = Qt.KeyboardModifier
CONTROL = Modifier.ControlModifier


@dataclass(frozen=True, slots=True)
class WindowKey:
    """A key of the window.

    Args:
        cap: as printed on the keyboard.
        modifiers, key: the physical key.
        command: what the window does.
        meaning: marked words.
        yields_to_text: whether a text field with the cursor keeps this key for itself.
    """

    cap: str
    modifiers: Qt.KeyboardModifier
    key: Qt.Key
    command: str
    meaning: str
    yields_to_text: bool = False


WINDOW_KEYS = (
    WindowKey("Ctrl+K", CONTROL, Key.Key_K, "find_anything", N_("Find anything")),
    WindowKey("F1", Modifier.NoModifier, Key.Key_F1, "help", N_("Help on this page")),
    WindowKey("Ctrl+/", CONTROL, Key.Key_Slash, "keys", N_("Show the keys")),
    WindowKey("Ctrl+L", CONTROL, Key.Key_L, "lock", N_("Lock the window")),
    WindowKey("Ctrl+P", CONTROL, Key.Key_P, "print", N_("Print this page's paper")),
    WindowKey("Ctrl+F", CONTROL, Key.Key_F, "find", N_("Search on this page")),
    WindowKey("Ctrl+Z", CONTROL, Key.Key_Z, "undo", N_("Undo the last change of this page"), yields_to_text=True),
    WindowKey("Ctrl+Y", CONTROL, Key.Key_Y, "redo", N_("Do it again"), yields_to_text=True),
)
#: Esc reaches the window only when no field or panel wanted it, so it is not among the keys that are taken first.
ESCAPE_MEANING = N_("Go back")
COMMANDS = (
    Command("help", N_("Help on this page"), "circle-question-mark"),
    Command("keys", N_("Show the keys"), "keyboard"),
    Command("backup", N_("Make a backup"), "usb"),
    Command("language", N_("Switch between Khmer and English"), "languages"),
    Command("theme", N_("Switch between light and dark"), "contrast"),
    Command("lock", N_("Lock the window"), "lock"),
)


class WindowKeys(QObject):
    """Takes the window's keys before any widget does.

    Args:
        owner: keys count while the cursor is in its window and it takes any; it takes none under a cover.
        commands: what to do, by the command's name.
    """

    def __init__(self, owner: QWidget, commands: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(owner)
        self._owner, self._commands = owner, commands
        self._by_key = {(each.key, each.modifiers): each for each in WINDOW_KEYS}
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QWidget):
            here = self._owner.isEnabled() and watched.window() is self._owner.window()
            return here and self._take(watched, event)
        return False

    def _take(self, watched: QWidget, event: QKeyEvent) -> bool:
        modifiers = event.modifiers() & ~(Modifier.KeypadModifier | Modifier.GroupSwitchModifier)
        key = self._by_key.get((physical_key(event), modifiers))
        if key is None or (key.yields_to_text and isinstance(watched, QLineEdit | QTextEdit | QPlainTextEdit)):
            return False
        self._commands[key.command]()
        return True
