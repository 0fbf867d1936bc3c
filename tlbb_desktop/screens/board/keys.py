"""The keys of the board, by their place on the keyboard, so that the Khmer layout may stay on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from tlbb_desktop.domain.assessment import Outcome
from tlbb_desktop.khmer import to_ascii_digits
from tlbb_desktop.qt.shortcuts import physical_key

Key = Qt.Key
Modifier = Qt.KeyboardModifier

OUTCOME_KEYS = {
    Key.Key_C: Outcome.COMPETENT,
    Key.Key_Space: Outcome.COMPETENT,
    Key.Key_N: Outcome.NOT_YET,
}
DIGITS = {getattr(Key, f"Key_{digit}"): digit for digit in range(10)}
CONTROL = "Ctrl+"
CAPS = {"Enter": "Return", "/": "Slash"}


class BoardKeys:
    """Turns key events into the acts of a page.

    Args:
        assess: called with what an attempt came to.
        plain: other plain keys.
        control: keys with Ctrl.
    """

    def __init__(
        self,
        assess: Callable[[Outcome], None],
        plain: Mapping[Qt.Key, Callable[[], object]],
        control: Mapping[Qt.Key, Callable[[], object]],
    ) -> None:
        self._assess, self._plain, self._control = assess, plain, control

    def take(self, event: QKeyEvent) -> None:
        """Carry out what the key means and accept the event; leave every other key alone."""
        if self._use(physical_key(event), event.modifiers() & ~Modifier.KeypadModifier):
            event.accept()

    def press(self, cap: str) -> None:
        """Carry out a key by what stands on its cap, such as ``C``, ``Enter`` or ``Ctrl+Enter``."""
        modifiers = Modifier.ControlModifier if cap.startswith(CONTROL) else Modifier.NoModifier
        name = to_ascii_digits(cap).removeprefix(CONTROL)
        self._use(getattr(Key, f"Key_{CAPS.get(name, name)}", Key.Key_unknown), modifiers)

    def _use(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        if modifiers not in (Modifier.NoModifier, Modifier.ControlModifier):
            return False
        if modifiers == Modifier.NoModifier and key in OUTCOME_KEYS:
            self._assess(OUTCOME_KEYS[key])
            return True
        act = (self._control if modifiers == Modifier.ControlModifier else self._plain).get(key)
        if act is not None:
            act()
        return act is not None
