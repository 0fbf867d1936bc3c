"""Keys by their place on the keyboard, so that P marks present while the Khmer layout is active."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

Key = Qt.Key

# NiDA layout (xkb "kh", Windows "Khmer (NIDA)"): what the keys of each row type, plain and with Shift.
_LATIN_ROWS = ("1234567890-=", "qwertyuiop", "asdfghjkl", "zxcvbnm", "/ ")
_NIDA_PLAIN = ("១២៣៤៥៦៧៨៩០ឥឲ", "ឆឹេរតយុិោផ", "ាសដថងហ្កល", "ឋខចវបនម", "៊\u200b")
_NIDA_SHIFT = ('!ៗ"៛%៍័៏()៌=', "ឈឺែឬទួូីៅភ", "\u17ffៃឌធអះញគឡ", "ឍឃជ\u17fdពណំ", "? ")

# Hardware codes: X11 and Wayland key codes count along the rows; macOS numbers its keys one by one.
_X11_FIRST = (10, 24, 38, 52)
_X11_OTHERS = {61: "/", 65: " "}
_MAC_ROWS = (
    (18, 19, 20, 21, 23, 22, 26, 28, 25, 29, 27, 24),
    (12, 13, 14, 15, 17, 16, 32, 34, 31, 35),
    (0, 1, 2, 3, 5, 4, 38, 40, 37),
    (6, 7, 8, 9, 11, 45, 46),
    (44, 49),
)
_MAC = {
    code: letter
    for codes, row in zip(_MAC_ROWS, _LATIN_ROWS, strict=True)
    for code, letter in zip(codes, row, strict=True)
}
_X11 = {
    first + place: letter
    for first, row in zip(_X11_FIRST, _LATIN_ROWS, strict=False)
    for place, letter in enumerate(row)
} | _X11_OTHERS
_NIDA = {
    khmer: latin
    for rows in (_NIDA_PLAIN, _NIDA_SHIFT)
    for khmer_row, latin_row in zip(rows, _LATIN_ROWS, strict=True)
    for khmer, latin in zip(khmer_row, latin_row, strict=True)
    if not khmer.isascii()
}
_FIRST_SPECIAL_KEY = 0x01000000


def physical_key(event: QKeyEvent) -> Qt.Key:
    """Return the key that was pressed, as a Latin keyboard names it, whatever layout is active.

    A key that types a Latin letter, sign or digit, and every special key (arrows, Backspace) is taken as it is. Any
    other is recognised by its hardware code, and failing that by the character that it has in the NiDA layout.

    Returns:
        For example ``Key_P``; ``Key_unknown`` for a key without a Latin name.
    """
    code = int(event.key())
    if code < 128 or code >= _FIRST_SPECIAL_KEY:
        return _key(code)
    letter = _letter_of_hardware(event) or _NIDA.get(event.text()) or _NIDA.get(chr(code))
    return _key(ord(letter.upper())) if letter else Key.Key_unknown


def _letter_of_hardware(event: QKeyEvent) -> str | None:
    if not event.nativeScanCode():
        return None  # made by a program, not by a keyboard
    if sys.platform == "win32":
        letter = chr(event.nativeVirtualKey() & 0xFF)
        return letter if letter.isascii() and letter.isalnum() else None
    if sys.platform == "darwin":
        return _MAC.get(event.nativeVirtualKey())
    return _X11.get(event.nativeScanCode())


def _key(code: int) -> Qt.Key:
    try:
        return Qt.Key(code)
    except ValueError:
        return Key.Key_unknown
