"""Pieces of a grid that are painted once and then copied: a month has a thousand cells but few looks."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QPainter, QPixmap

MOST_TILES = 500
RESTYLED = (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.PaletteChange)
_Look = TypeVar("_Look", bound=Hashable)


class Tiles(Generic[_Look]):
    """Keeps what was painted until it is told to forget it, as when the theme or the text size changes.

    Args:
        paint: paints a look into a rectangle when it is wanted for the first time.
    """

    def __init__(self, paint: Callable[[QPainter, QRect, _Look], None]) -> None:
        self._paint = paint
        self._tiles: dict[tuple[_Look, int, int, float], QPixmap] = {}

    def tile(self, look: _Look, width: int, height: int, ratio: float) -> QPixmap:
        """The piece that has this look.

        Args:
            look: tells one piece from another.
            width: of the piece, in the pixels that layouts count.
            height: likewise.
            ratio: pixels of the screen to one of those.
        """
        key = (look, width, height, ratio)
        found = self._tiles.get(key)
        if found is None:
            if len(self._tiles) >= MOST_TILES:
                self._tiles.clear()
            found = self._tiles[key] = self._painted(look, QSize(width, height), ratio)
        return found

    def forget(self) -> None:
        """Paint everything anew."""
        self._tiles.clear()

    def _painted(self, look: _Look, size: QSize, ratio: float) -> QPixmap:
        tile = QPixmap(size * ratio)
        tile.setDevicePixelRatio(ratio)
        painter = QPainter(tile)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint(painter, QRect(0, 0, size.width(), size.height()), look)
        painter.end()
        return tile
