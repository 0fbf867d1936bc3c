"""Give the application its look: Fusion with our own palettes and one style sheet.

Desktops without a colour scheme (and remote or virtual screens) report none, so the program ships both palettes.
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from tlbb_desktop.qt.fonts import body_font
from tlbb_desktop.qt.icons import refresh_icons
from tlbb_desktop.qt.look_signal import look_signal
from tlbb_desktop.qt.palettes import LIGHT, Theme, ThemeName, theme_named
from tlbb_desktop.qt.stylesheet import style_sheet

ThemeChoice = Literal["light", "dark", "system"]
GROUPS = (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive)
THEME_PROPERTY = "tlbbTheme"
SCALE_PROPERTY = "tlbbScale"
DARK_BELOW = 128


def apply_theme(app: QApplication, choice: ThemeChoice, scale: float = 1.0) -> None:
    """Make everything light or dark, at the reader's text size, at once.

    Args:
        app: the application, made with :data:`.stylesheet.STYLE_ARGUMENTS`; open windows follow.
        choice: ``system`` takes the desktop's colour scheme as it is now.
        scale: 1.0 to 2.0.
    """
    theme = theme_named(_resolved(choice))
    is_first = app.property(THEME_PROPERTY) is None
    app.setProperty(THEME_PROPERTY, theme.name)
    app.setProperty(SCALE_PROPERTY, scale)
    app.setFont(body_font(scale))
    app.setPalette(_palette(theme))
    app.setStyleSheet(style_sheet(theme, scale))
    if is_first:  # nothing is drawn yet
        return
    refresh_icons(app)
    look_signal().theme_changed.emit()


def current_theme() -> Theme:
    """Return the theme that is applied; delegates read their colours from it when they paint."""
    app = QGuiApplication.instance()
    name: ThemeName | None = app.property(THEME_PROPERTY) if app else None
    return theme_named(name) if name else LIGHT


def current_scale() -> float:
    """Return the reader's text size, 1.0 to 2.0; multiply any pixel measure of your own painting by it."""
    app = QGuiApplication.instance()
    return float(app.property(SCALE_PROPERTY) or 1.0) if app else 1.0


def set_role(widget: QWidget, role: str) -> None:
    """Give *widget* a ``role`` of the style sheet, and repaint it where that is another one than before."""
    if (widget.property("role") or "") == role:
        return
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _resolved(choice: ThemeChoice) -> ThemeName:
    if choice != "system":
        return choice
    app = QGuiApplication.instance()
    if app is not None and app.property(THEME_PROPERTY) is None:  # the desktop's own palette still holds
        return "dark" if QGuiApplication.palette().window().color().lightness() < DARK_BELOW else "light"
    from PySide6.QtCore import Qt  # its enums take long to load, and the first paint need not wait for them

    return "dark" if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.surface,
        role.AlternateBase: theme.raised,
        role.Text: theme.text,
        role.PlaceholderText: theme.muted,
        role.Button: theme.surface,
        role.ButtonText: theme.text,
        role.BrightText: theme.danger.ink,
        role.ToolTipBase: theme.text,
        role.ToolTipText: theme.surface,
        role.Highlight: theme.accent_soft,
        role.HighlightedText: theme.text,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Light: theme.raised,
        role.Midlight: theme.line,
        role.Mid: theme.line,
        role.Dark: theme.edge,
        role.Shadow: theme.edge,
    }
    palette = QPalette()
    for each, colour in colours.items():
        for group in GROUPS:
            palette.setColor(group, each, QColor(colour))
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(theme.edge))
    return palette
