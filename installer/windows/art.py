"""Pictures of setup.exe, drawn from the program's own icon: app.ico and the side of its last page."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

from PIL import Image

ICON = Path(__file__).resolve().parents[2] / "resources" / "icons" / "app.svg"
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
SIDE = (328, 628)  # twice what NSIS asks for: it shrinks the picture to the size that the screen's scale needs
GROUND = "#0f5c66"


def draw(folder: Path) -> None:
    """Write ``app.ico`` and ``side.bmp`` into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    icons = [_icon(size) for size in SIZES]
    icons[-1].save(folder / "app.ico", append_images=icons[:-1], sizes=[each.size for each in icons])
    side = Image.new("RGB", SIDE, GROUND)
    mark = _icon(SIDE[0] * 5 // 8)
    side.paste(mark, ((SIDE[0] - mark.width) // 2, SIDE[0] * 3 // 16), mark)
    side.save(folder / "side.bmp")


def _icon(size: int) -> Image.Image:
    """The icon at *size* pixels, drawn at that size and not scaled."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
    from PySide6.QtGui import QImage, QImageWriter, QPainter
    from PySide6.QtSvg import QSvgRenderer

    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(str(ICON)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture)
    return Image.open(BytesIO(buffer.data().data())).convert("RGBA")
