"""Lucide icons in the colours of the theme.

A widget or action names its icon in the property ``iconName`` (in a form: a dynamic property), and its colour in
``iconRole``. ``apply_icons`` puts them in place once; a change of theme renews them by itself.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QByteArray, QObject, QResource, QSize
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

import tlbb_desktop.resources_rc
from tlbb_desktop.qt.palettes import Theme, theme_named

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

IconRole = Literal["text", "muted", "accent", "on_accent", "danger", "warning", "success", "info"]

ICON_NAME = "iconName"
ICON_ROLE = "iconRole"
SIZES = (16, 18, 20, 24, 32)

_resources = tlbb_desktop.resources_rc  # importing it registers ":/icons"


def icon(name: str, role: IconRole = "text") -> QIcon:
    """Return the Lucide icon *name* in the current theme's colour for *role*.

    It is drawn for the screen's own pixels at 16, 18, 20, 24 and 32 px times the reader's text size, so it stays crisp.

    Raises:
        LookupError: there is no such file in resources/icons.
    """
    app = QGuiApplication.instance()
    theme_name = (app.property("tlbbTheme") if app else None) or "light"
    scale = (app.property("tlbbScale") if app else None) or 1.0
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    return _drawn(name, role, theme_name, float(scale), ratio)


def picture(name: str, role: IconRole, pixels: int) -> QPixmap:
    """Return the icon *name* at one size only, *pixels* wide at 100 % text size; for labels."""
    app = QGuiApplication.instance()
    theme_name = (app.property("tlbbTheme") if app else None) or "light"
    scale = (app.property("tlbbScale") if app else None) or 1.0
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    colour = _colour(theme_named("dark" if theme_name == "dark" else "light"), role)
    return _pictured(name, colour, round(pixels * float(scale) * ratio), ratio)


def set_icon(target: QAbstractButton | QAction, name: str, role: IconRole = "text") -> None:
    """Give *target* an icon that follows the theme."""
    target.setProperty(ICON_NAME, name)
    target.setProperty(ICON_ROLE, role)
    _renew(target)


def apply_icons(root: QWidget) -> None:
    """Put the icons in place that *root* and everything in it name in ``iconName``."""
    from PySide6.QtGui import QAction  # not before the first paint, which needs no action

    for target in (root, *root.findChildren(QObject)):
        if isinstance(target, QAbstractButton | QAction) and target.property(ICON_NAME):
            _renew(target)


def refresh_icons(app: QApplication) -> None:
    """Redraw the icons of all windows in the colours of the theme that holds now."""
    for window in app.topLevelWidgets():
        apply_icons(window)


def _renew(target: QAbstractButton | QAction) -> None:
    target.setIcon(icon(str(target.property(ICON_NAME)), target.property(ICON_ROLE) or "text"))


def _colour(theme: Theme, role: IconRole) -> str:
    value = getattr(theme, role)
    return value if isinstance(value, str) else str(value.ink)


@lru_cache(maxsize=512)
def _drawn(name: str, role: IconRole, theme_name: Literal["light", "dark"], scale: float, ratio: float) -> QIcon:
    theme = theme_named(theme_name)
    result = QIcon()
    for mode, colour in ((QIcon.Mode.Normal, _colour(theme, role)), (QIcon.Mode.Disabled, theme.edge)):
        renderer = QSvgRenderer(QByteArray(_source(name).replace(b"currentColor", colour.encode())))
        for size in SIZES:
            result.addPixmap(_pixmap(renderer, round(size * scale * ratio), ratio), mode)
    return result


@lru_cache(maxsize=128)
def _pictured(name: str, colour: str, pixels: int, ratio: float) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_source(name).replace(b"currentColor", colour.encode())))
    return _pixmap(renderer, pixels, ratio)


@lru_cache(maxsize=128)
def _source(name: str) -> bytes:
    resource = QResource(f":/icons/{name}.svg")
    if not resource.isValid():
        raise LookupError(f"no icon {name}")
    return bytes(resource.uncompressedData().data())


def _pixmap(renderer: QSvgRenderer, pixels: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(QSize(pixels, pixels))
    pixmap.fill(QColor(0, 0, 0, 0))
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
