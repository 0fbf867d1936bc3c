"""What must not be torn apart at the end of a page: a title and its table, the end of a paper and its signatures."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus.doctemplate import FrameBreak, NullActionFlowable
from reportlab.platypus.flowables import CondPageBreak, Flowable, KeepTogether, Spacer, _listWrapOn
from typing_extensions import override

from tlbb_desktop.documents.typesetting.paper import PaperPart
from tlbb_desktop.documents.typesetting.tables import KhmerTable

#: So many rows of a table, or lines of a list, go with the signatures to another page.
_ROWS_OVER_SIGNATURES = 2
#: Fewer rows do not stay behind under a title: one row of three looks as if it were all of them.
_ROWS_UNDER_TITLE = 2


class UnderTitle(KeepTogether):  # type: ignore[misc] # ReportLab has no types
    """A title with what explains a table, never without some of its rows.

    Args:
        before: what stands above the table.
        table: which may go on over pages.
    """

    def __init__(self, before: Sequence[Flowable], table: KhmerTable) -> None:
        super().__init__([*before, table])
        for each in before:
            each.keepWithNext = False  # with the whole table, it would say otherwise
        self._before, self._table = list(before), table

    @property
    def parts(self) -> list[Flowable]:
        """What stands above the table, and the table."""
        return [*self._before, self._table]

    @override
    def split(self, aW: float, aH: float) -> list[Flowable]:
        room = aH - _height(self._before, aW, self.canv)
        parts = self._table.split(aW, room) if aH < self._H and room > 0 else []
        return [*self._before, *parts] if _stays_behind(parts) else list(super().split(aW, aH))


class OverSignatures(KeepTogether):  # type: ignore[misc] # ReportLab has no types
    """The end of a paper with its signatures: a page of signatures alone could be put under another paper.

    Args:
        before: the end of the paper; a table goes on over pages, and its last rows stand above the signatures.
        signatures: rows of signers, and what stands above them.
        width: between the margins in points.
    """

    def __init__(self, before: Sequence[Flowable], signatures: Sequence[Flowable], width: float) -> None:
        self._before = [part for each in before for part in (each.parts if isinstance(each, UnderTitle) else [each])]
        self._signatures, self._width = list(signatures), width
        height = sum(row.wrap(width, 0)[1] for row in signatures)
        super().__init__([*self._before, CondPageBreak(height), *signatures])

    @property
    def parts(self) -> list[Flowable]:
        """What stands above the signatures, and they."""
        return [*self._before, *self._signatures]

    @override
    def split(self, aW: float, aH: float) -> list[Flowable]:
        return (self._parted(aW, aH) if aH < self._H else []) or list(super().split(aW, aH))

    def _parted(self, width: float, height: float) -> list[Flowable]:
        """What still fits here, and the rest with the signatures on the next page; nothing where it stays whole."""
        place = next((at for at, each in enumerate(self._before) if isinstance(each, KhmerTable)), None)
        return self._without_end() if place is None else self._parted_in_table(place, width, height)

    def _without_end(self) -> list[Flowable]:
        last = [at for at, each in enumerate(self._before) if not isinstance(each, Spacer)][-_ROWS_OVER_SIGNATURES:]
        first = last[0] if last else 0
        while first and self._before[first - 1].getKeepWithNext():
            first -= 1
        if not first:
            return []
        over = OverSignatures(self._before[first:], self._signatures, self._width)
        return [NullActionFlowable(), *self._before[:first], over]

    def _parted_in_table(self, place: int, width: float, height: float) -> list[Flowable]:
        above, table = self._before[:place], self._before[place]
        parts = table.split_before(_ROWS_OVER_SIGNATURES, width, height - _height(above, width, self.canv))
        if not _stays_behind(parts):
            return []
        here, rest = parts
        over = OverSignatures([rest, *self._before[place + 1 :]], self._signatures, self._width)
        return [*above, here, FrameBreak, over]


def height_in_pages(part: PaperPart) -> float:
    """How many pages it would fill without its heading and without a gap at the end of any."""
    style, heights = part.style, []
    for each in part.content:
        inside = each.parts if isinstance(each, UnderTitle | OverSignatures) else [each]
        heights.append(_listWrapOn(inside, style.text_width, None)[1])
    return float(sum(heights)) / style.text_height


def _stays_behind(parts: Sequence[Flowable]) -> bool:
    """Whether what a table leaves on this page is worth leaving there."""
    return len(parts) > 1 and parts[0].body_rows >= _ROWS_UNDER_TITLE


def _height(flowables: Sequence[Flowable], width: float, canvas: object) -> float:
    """What they take above something else."""
    if not flowables:
        return 0.0
    return float(_listWrapOn(list(flowables), width, canvas)[1] + flowables[-1].getSpaceAfter())
