"""One plain sentence for somebody who has no window, and maybe no terminal either."""

from __future__ import annotations

import sys

_WINDOWS_ERROR_SIGN = 0x10


def say_without_window(text: str) -> None:
    """Write *text* where trouble is told; a program of Windows that has no terminal shows the system's own box."""
    if sys.stderr is not None:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
    elif sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, text, "TLBB Desktop", _WINDOWS_ERROR_SIGN)
