"""Language, theme, text size and digits: changed at once, kept for the next start."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.days import use_khmer_digits
from tlbb_desktop.qt.translator import switch_language
from tlbb_desktop.services.window_memory import SCALES, THEMES, WindowMemory

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from tlbb_desktop.qt.theme import ThemeChoice


def changed_look(memory: WindowMemory, name: str, value: object) -> WindowMemory:
    """*memory* with another look.

    Args:
        memory: the look that holds.
        name: ``language``, ``theme``, ``scale`` or ``khmer_digits``.
        value: the wish; None turns language and theme over. What makes no sense changes nothing.
    """
    if name == "language":
        wanted = value or (catalog.SOURCE_LANGUAGE if memory.language == catalog.KHMER else catalog.KHMER)
        return memory._replace(language=str(wanted)) if wanted in catalog.LANGUAGES else memory
    if name == "theme":
        from tlbb_desktop.qt.theme import current_theme

        wanted = value or ("light" if current_theme().name == "dark" else "dark")
        return memory._replace(theme=str(wanted)) if wanted in THEMES else memory
    if name == "scale" and value in SCALES:
        return memory._replace(scale=float(str(value)))
    if name == "khmer_digits" and isinstance(value, bool):
        return memory._replace(khmer_digits=value)
    return memory


def apply_look(app: QApplication, look: WindowMemory, before: WindowMemory | None = None) -> None:
    """Make *look* hold for everything on the screen; only what differs from *before* is touched."""
    from tlbb_desktop.qt.theme import apply_theme  # loads the icons, which can wait until the fonts are on their way

    if before is None or (before.theme, before.scale) != (look.theme, look.scale):
        apply_theme(app, cast("ThemeChoice", look.theme), look.scale)
    if before is None or (before.language, before.khmer_digits) != (look.language, look.khmer_digits):
        use_khmer_digits(look.khmer_digits)
        switch_language(app, look.language)
