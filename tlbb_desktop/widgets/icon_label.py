"""An icon that stands beside text and follows the theme."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from tlbb_desktop.qt.icons import IconRole, picture


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
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._draw()

    def show_icon(self, name: str, role: IconRole) -> None:
        """Show another icon or colour."""
        self._name, self._role = name, role
        self._draw()

    def _draw(self) -> None:
        self.setPixmap(picture(self._name, self._role, self._pixels))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)
