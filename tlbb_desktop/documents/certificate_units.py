"""The units of a certificate in columns, alike or as wide as each one's texts need, so that the letters stay large."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Final

from tlbb_desktop.documents.typesetting import TextStyle, fitted, text_width

_ROWS: Final = 6
_MOST_ROWS: Final = 10
_LEADING: Final = 1.15


class UnitColumns:
    """Texts in so many columns.

    Args:
        texts: of the units, in their order.
        columns: how many.
        style: of the largest letters.
        height, width: that there are, in points.
        gap: between two columns.
    """

    def __init__(
        self, texts: Sequence[str], columns: int, style: TextStyle, height: float, width: float, gap: float
    ) -> None:
        rows = ceil(len(texts) / columns)
        self._gap = gap
        self._columns = [texts[place : place + rows] for place in range(0, len(texts), rows)]
        self.step = min(height / rows, style.line_height * _LEADING)
        natural = [max(text_width(text, style.size, style.family) for text in column) for column in self._columns]
        alike, share = width / columns - gap, (width - gap * (len(natural) - 1)) / sum(natural)
        self._widths = [alike if max(natural) <= alike else each * share for each in natural]
        styles = (
            fitted(text, style, wide, self.step).style
            for column, wide in zip(self._columns, self._widths, strict=True)
            for text in column
        )
        self.style = min(styles, key=lambda each: each.size)

    def places(self) -> Iterator[tuple[float, Sequence[str], float]]:
        """(left edge, texts, width) of each column."""
        left = 0.0
        for column, wide in zip(self._columns, self._widths, strict=True):
            yield left, column, wide
            left += wide + self._gap


def unit_columns(texts: Sequence[str], style: TextStyle, height: float, width: float, gap: float) -> UnitColumns:
    """The units in as many columns as leave the largest letters; see :class:`UnitColumns`."""
    fewest, most = (ceil(len(texts) / rows) for rows in (_MOST_ROWS, _ROWS))
    sets = (UnitColumns(texts, columns, style, height, width, gap) for columns in range(most, fewest - 1, -1))
    return max(sets, key=lambda each: each.style.size)
