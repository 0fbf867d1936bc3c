"""The keys of the register, by their place on the keyboard, so that the Khmer layout may stay on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.khmer import to_ascii_digits
from tlbb_desktop.qt.shortcuts import physical_key

Key = Qt.Key
Modifier = Qt.KeyboardModifier

MARK_KEYS = {
    Key.Key_P: MarkCode.PRESENT,
    Key.Key_Space: MarkCode.PRESENT,
    Key.Key_A: MarkCode.ABSENT,
    Key.Key_E: MarkCode.EXCUSED,
    Key.Key_L: MarkCode.LATE,
    Key.Key_O: MarkCode.LEFT_EARLY,
    Key.Key_I: MarkCode.INSTITUTION,
    Key.Key_Backspace: None,
    Key.Key_Delete: None,
}
CONTROL = "Ctrl+"
DIGITS = {getattr(Key, f"Key_{digit}"): digit for digit in range(10)}


class RegisterKeys:
    """Turns key events into the acts of a page.

    Args:
        mark: called with a code, or None to clear.
        digit: called with 0 to 9.
        plain: other plain keys.
        control: keys with Ctrl.
    """

    def __init__(
        self,
        mark: Callable[[MarkCode | None], None],
        digit: Callable[[int], None],
        plain: dict[Qt.Key, Callable[[], None]],
        control: dict[Qt.Key, Callable[[], None]],
    ) -> None:
        self._mark, self._digit, self._plain, self._control = mark, digit, plain, control

    def take(self, event: QKeyEvent) -> None:
        """Carry out what the key means and accept the event; leave every other key alone."""
        if self._use(physical_key(event), event.modifiers() & ~Modifier.KeypadModifier):
            event.accept()

    def press(self, cap: str) -> None:
        """Carry out a key by what stands on its cap, such as ``P``, ``F2`` or ``Ctrl+Enter``."""
        modifiers = Modifier.ControlModifier if cap.startswith(CONTROL) else Modifier.NoModifier
        self._use(getattr(Key, f"Key_{to_ascii_digits(cap).removeprefix(CONTROL)}", Key.Key_unknown), modifiers)

    def _use(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        if modifiers == Modifier.ControlModifier:
            return self._call(self._control, key)
        if modifiers != Modifier.NoModifier:
            return False
        if key in MARK_KEYS:
            self._mark(MARK_KEYS[key])
            return True
        if key in DIGITS:
            self._digit(DIGITS[key])
            return True
        return self._call(self._plain, key)

    @staticmethod
    def _call(acts: dict[Qt.Key, Callable[[], None]], key: Qt.Key) -> bool:
        act = acts.get(key)
        if act is not None:
            act()
        return act is not None
