"""Loads Qt quickly; imported before anything else that imports Qt, as the first paint waits for it.

From here until :func:`all_is_loaded` no garbage is collected: loading makes none, and looking for it takes 10 ms.
"""

from __future__ import annotations

import builtins
import gc

from tlbb_desktop.qt.late_modules import explanations_put_off

_COLLECTED = gc.isenabled()


def _load_qt() -> None:
    """Load Qt without its explanations, and give Python its own ``import`` back.

    PySide6 puts another one in its place, which reads the source of every module that is imported afterwards, to see
    whether it asks for ``__feature__`` (snake_case names). Nothing here does.
    """
    with explanations_put_off():
        import shiboken6  # noqa: F401
    import PySide6.QtWidgets  # noqa: F401  # loaded here, used elsewhere

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def all_is_loaded() -> None:
    """Collect garbage again, but not among what is loaded, which stays to the end."""
    gc.freeze()
    if _COLLECTED:
        gc.enable()


gc.disable()
_load_qt()
