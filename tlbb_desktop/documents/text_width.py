"""How wide a text is on a sheet, so that nothing is cut whatever font takes the place of the right one.

Estimated in em from Khmer OS Battambang, the widest of the usual Khmer fonts (its letters take 0.75 em, a letter with
signs above, below or beside it up to 1.05 em, a digit 0.8 em); Noto Sans Khmer needs a tenth less.
"""

from __future__ import annotations

import math

from tlbb_desktop.khmer import clusters

#: Room for the widest substitute that Excel 2010, WPS or LibreOffice may take.
SLACK = 1.15
_PIXELS_PER_POINT = 96 / 72
_CELL_PADDING_PIXELS = 5
#: Line height of Khmer OS Battambang is 1.87 em.
_LINE_HEIGHT_EM = 1.9


def em_width(text: str) -> float:
    """Estimated width of *text* in em."""
    if text.isascii():
        return 0.56 * len(text)
    return sum(_cluster_width(cluster) for cluster in clusters(text))


def _cluster_width(cluster: str) -> float:
    first = cluster[0]
    if first == " ":
        return 0.3
    if first.isascii():
        return 0.56
    if len(cluster) > 1:
        return 1.05
    return 0.8


def pixel_width(text: str, size: float) -> int:
    """Pixels that a column needs for *text* in *size* points on one line, with slack and padding."""
    return math.ceil(em_width(text) * size * _PIXELS_PER_POINT * SLACK) + _CELL_PADDING_PIXELS


def line_height(size: float, lines: int = 1) -> float:
    """Height in points of a row of *lines* lines in *size* points."""
    return math.ceil(size * _LINE_HEIGHT_EM * lines + 1)


def lines_needed(text: str, size: float, pixels: float) -> int:
    """How many lines *text* takes in a cell of *pixels*."""
    room = max(1.0, pixels - _CELL_PADDING_PIXELS)
    return sum(max(1, math.ceil((pixel_width(line, size) - _CELL_PADDING_PIXELS) / room)) for line in text.split("\n"))
