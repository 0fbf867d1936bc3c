"""Pieces of a grid that are painted once and then copied: a month has a thousand cells but few looks."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QPainter, QPixmap

Paint = Callable[[QPainter, QRect], None]
MOST_TILES = 500
RESTYLED = (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.PaletteChange)


class Tiles:
    """Keeps what was painted until it is told to forget it, as when the theme or the text size changes."""

    def __init__(self) -> None:
        self._tiles: dict[tuple[Hashable, int, int, float], QPixmap] = {}

    def tile(self, look: Hashable, size: QSize, ratio: float, paint: Paint) -> QPixmap:
        """The piece that has this look.

        Args:
            look: tells one piece from another.
            size: of the piece, in the pixels that layouts count.
            ratio: pixels of the screen to one of those.
            paint: paints it into a rectangle when it is wanted for the first time.
        """
        key = (look, size.width(), size.height(), ratio)
        found = self._tiles.get(key)
        if found is None:
            if len(self._tiles) >= MOST_TILES:
                self._tiles.clear()
            found = self._tiles[key] = _painted(size, ratio, paint)
        return found

    def forget(self) -> None:
        """Paint everything anew."""
        self._tiles.clear()


def _painted(size: QSize, ratio: float, paint: Paint) -> QPixmap:
    tile = QPixmap(size * ratio)
    tile.setDevicePixelRatio(ratio)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter, QRect(0, 0, size.width(), size.height()))
    painter.end()
    return tile
