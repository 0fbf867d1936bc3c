"""Compare the ink of two pictures, so that shaping and placing can be proven against other engines."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from io import BytesIO
from math import ceil
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageFilter
from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontDatabase, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

PIXELS = 96
"""Size of the letters in the comparisons of single words."""


def pdf_page(pdf: bytes, scale: float, page: int = 0) -> Image.Image:
    """A page as pdfium draws it, *scale* pixels to the point, in grey."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[page].render(scale=scale).to_pil().convert("L")
    finally:
        document.close()


def qt_font(file: Path, pixels: float) -> QFont:
    """A font file as Qt uses it, without hinting."""
    number = QFontDatabase.addApplicationFont(str(file))
    (family,) = QFontDatabase.applicationFontFamilies(number)
    font = QFont(family)
    font.setBold(file.stem.endswith("Bold"))
    font.setPixelSize(round(pixels))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
    return font


def qt_lines(lines: list[tuple[float, float, str]], font: QFont, size: tuple[int, int]) -> Image.Image:
    """Texts as Qt draws them, each at its x and baseline in pixels."""
    picture = _white(*size)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setFont(font)
    for x, y, text in lines:
        painter.drawText(QPointF(x, y), text)
    painter.end()
    return _grey(picture)


def hb_view(file: Path, texts: Iterable[str]) -> list[Image.Image]:
    """Texts as HarfBuzz' own viewer draws them, without the clip to the font's line that it puts around them."""
    answer = subprocess.run(
        [
            "hb-view",
            str(file),
            "--output-format=svg",
            f"--font-size={PIXELS}",
            "--language=km",
            "--text-file=/dev/stdin",
        ],
        input="\n".join(texts),
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    outlines = dict(re.findall(r'<symbol[^>]* id="([^"]+)">\s*<path [^>]*?d="([^"]*)"', answer.stdout))
    lines = re.findall(r"<g style=.*?</g>", answer.stdout, re.DOTALL)
    return [_hb_line(line, outlines) for line in lines]


def _hb_line(line: str, outlines: dict[str, str]) -> Image.Image:
    """The glyphs of one line, each an outline at its place, with room for every mark around them."""
    uses = re.findall(r'<use xlink:href="#([^"]+)" x="([^"]+)" y="([^"]+)"', line)
    places = [(outlines[glyph], float(x) + 2 * PIXELS, float(y)) for glyph, x, y in uses if outlines[glyph].strip()]
    top = min(y for _, _, y in places) - 2 * PIXELS
    size = ceil(max(x for _, x, _ in places)) + 4 * PIXELS, 4 * PIXELS
    paths = "".join(f'<path transform="translate({x} {y - top})" d="{outline}"/>' for outline, x, y in places)
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]}" height="{size[1]}">{paths}</svg>'
    picture = _white(*size)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(drawing.encode()).render(painter, QRectF(0, 0, *size))
    painter.end()
    return _grey(picture)


def difference(ours: Image.Image, other: Image.Image, tolerance: int) -> float:
    """Share of all ink that has no ink of the other picture within *tolerance* pixels, 0 to 1."""
    inks = [_ink(picture) for picture in (ours, other)]
    total = sum(_count(ink) for ink in inks)
    assert total, "nothing is drawn"
    grown = [ink.filter(ImageFilter.MaxFilter(2 * tolerance + 1)) for ink in inks]
    stray = _count(ImageChops.subtract(inks[0], grown[1])) + _count(ImageChops.subtract(inks[1], grown[0]))
    return stray / total


def cropped(picture: Image.Image, margin: int = 8) -> Image.Image:
    """The picture around its ink, on a canvas of its own."""
    box = _ink(picture).getbbox()
    assert box, "nothing is drawn"
    canvas = Image.new("L", (box[2] - box[0] + 2 * margin, box[3] - box[1] + 2 * margin), 255)
    canvas.paste(picture.crop(box), (margin, margin))
    return canvas


def same_canvas(*pictures: Image.Image) -> list[Image.Image]:
    """Cropped pictures on canvases of one size."""
    crops = [cropped(picture) for picture in pictures]
    size = max(each.width for each in crops), max(each.height for each in crops)
    canvases = []
    for each in crops:
        canvas = Image.new("L", size, 255)
        canvas.paste(each, (0, 0))
        canvases.append(canvas)
    return canvases


def _ink(picture: Image.Image) -> Image.Image:
    return picture.point(lambda grey: 255 if grey < 128 else 0)


def _count(ink: Image.Image) -> int:
    return ink.histogram()[255]


def _white(width: int, height: int) -> QImage:
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    return picture


def _grey(picture: QImage) -> Image.Image:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    return Image.open(BytesIO(bytes(buffer.data().data()))).convert("L")
