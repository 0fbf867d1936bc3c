"""An icon that stands beside text and follows the theme."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from tlbb_desktop.qt.icons import IconRole, picture
from tlbb_desktop.qt.look_signal import look_signal


class IconLabel(QLabel):
    """A Lucide icon as a picture; decoration only, so screen readers pass it by.

    Args:
        name: file name in resources/icons without its ending.
        role: colour.
        pixels: edge at 100 % text size.
    """

    def __init__(self, name: str, role: IconRole = "muted", pixels: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._role, self._pixels = name, role, pixels
        self._draw()
        look_signal().theme_changed.connect(self._draw)

    def show_icon(self, name: str, role: IconRole) -> None:
        """Show another icon or colour."""
        self._name, self._role = name, role
        self._draw()

    def _draw(self) -> None:
        drawn = picture(self._name, self._role, self._pixels)
        self.setPixmap(drawn)
        self.setFixedSize(drawn.deviceIndependentSize().toSize())
