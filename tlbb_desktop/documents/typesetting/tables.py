"""Tables: ReportLab's, with cells that are set in Khmer and a head that stands on every page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from reportlab.lib import colors
from reportlab.platypus.doctemplate import FrameBreak
from reportlab.platypus.flowables import Flowable, Spacer
from reportlab.platypus.tables import Table, TableStyle
from typing_extensions import override

from tlbb_desktop.documents.typesetting.paragraphs import KhmerParagraph
from tlbb_desktop.documents.typesetting.shaping import text_width
from tlbb_desktop.documents.typesetting.styles import CELL, HEAD_CELL, TextStyle

#: A text, something that ReportLab lays out, several of them, or nothing.
Cell: TypeAlias = str | Flowable | Sequence[Flowable] | None


@dataclass(frozen=True, slots=True)
class TableLook:
    """How a table looks; lengths in points.

    Attributes:
        lined: whether lines stand around the cells.
        line_width: of these lines.
        head_grey: of the head's background, 0 black to 1 white.
        padding: left and right of each text.
        padding_above: above and below each text; Khmer lines bring their own air.
        body: style of texts in the body.
        head: style of texts in the head.
        columns: styles of texts in the body by column, where they differ.
    """

    lined: bool = True
    line_width: float = 0.5
    head_grey: float = 0.88
    padding: float = 3.0
    padding_above: float = 0.5
    body: TextStyle = CELL
    head: TextStyle = HEAD_CELL
    columns: dict[int, TextStyle] | None = None


#: So many stand on the last page of a table.
_LAST_ROWS: Final = 2
#: Heights are sums of fractions.
_NEARLY: Final = 0.01


class KhmerTable(Table):  # type: ignore[misc] # ReportLab has no types
    """A table that leaves neither head nor last row alone, and breaks a row only where it is higher than a page."""

    @override
    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        waited = hasattr(self, "_postponed") or getattr(getattr(self, "_frame", None), "_atTop", False)
        self.splitInRow = int(waited)
        parts: list[KhmerTable] = super().split(availWidth, availHeight)
        if len(parts) > 1 and parts[-1].body_rows < _LAST_ROWS:
            earlier = self.split_before(_LAST_ROWS, availWidth, availHeight)
            if len(earlier) > 1:
                return [earlier[0], FrameBreak, *earlier[1:]]  # else the rest would go on here where it has room
        return [*parts]

    @property
    def body_rows(self) -> int:
        """How many rows stand under its head."""
        return len(self._rowHeights) - int(self.repeatRows)

    def split_before(self, rows: int, width: float, height: float) -> list[Flowable]:
        """What fits and the rest, in which at least so many rows stand; nothing where it cannot be parted so.

        Args:
            rows: the last ones.
            width: that there is.
            height: that there is.
        """
        _width, whole = self.wrap(width, height)
        room = min(height, whole - sum(self._rowHeights[-rows:]) + _NEARLY)
        self.splitInRow = 0
        parts: list[Flowable] = super().split(width, room) if room > 0 else []
        return parts


LINED = TableLook()
UNLINED = TableLook(lined=False, head_grey=1.0)


def khmer_table(
    head: Sequence[Sequence[Cell]],
    body: Sequence[Sequence[Cell]],
    widths: Sequence[float | str | None],
    look: TableLook = LINED,
    commands: Sequence[tuple[Any, ...]] = (),
    heights: Sequence[float | None] | None = None,
) -> KhmerTable:
    """A table that splits between its rows, within a row only where one does not fit on a page.

    Args:
        head: rows that stand again on each page.
        body: all other rows.
        widths: of the columns in points, or in percent as ``"20%"``; columns with None share what is left.
        look: of the table.
        commands: more of ReportLab's table style, such as spans.
        heights: of all rows; None takes what the texts need.
    """
    columns = look.columns or {}
    rows = [[_cell(cell, look.head) for cell in row] for row in head]
    rows += [
        [_cell(cell, columns.get(column, look.body)) for column, cell in enumerate(row)]
        if any(row)
        else [Spacer(0, look.body.line_height), *[()] * (len(row) - 1)]  # a line to be filled in by hand
        for row in body
    ]
    table = KhmerTable(rows, widths, heights, repeatRows=len(head))
    table.setStyle(TableStyle([*_commands(look, len(head)), *commands]))
    return table


def column_width(texts: Iterable[str], style: TextStyle = CELL, padding: float = LINED.padding) -> float:
    """Width in points of a column that breaks none of its texts."""
    widest = max((text_width(text, style.size, style.family) for text in texts), default=0.0)
    return widest + 2 * padding + 0.1


def _cell(cell: Cell, style: TextStyle) -> Sequence[Flowable] | Flowable:
    if isinstance(cell, str):
        return KhmerParagraph(cell, style) if cell else ()
    return () if cell is None else cell


def _commands(look: TableLook, heads: int) -> list[tuple[Any, ...]]:
    everywhere = (0, 0), (-1, -1)
    found: list[tuple[Any, ...]] = [
        ("VALIGN", *everywhere, "MIDDLE" if look.lined else "TOP"),
        ("LEFTPADDING", *everywhere, look.padding),
        ("RIGHTPADDING", *everywhere, look.padding),
        ("TOPPADDING", *everywhere, look.padding_above),
        ("BOTTOMPADDING", *everywhere, look.padding_above),
    ]
    if look.lined:
        found.append(("GRID", *everywhere, look.line_width, colors.black))
    if heads and look.head_grey < 1:
        found.append(("BACKGROUND", (0, 0), (-1, heads - 1), colors.Color(*[look.head_grey] * 3)))
    return found
