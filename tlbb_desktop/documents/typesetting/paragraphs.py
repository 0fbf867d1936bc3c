"""Paragraphs that ReportLab lays out, splits over pages and puts into table cells."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any, Final, Self

from reportlab.platypus.flowables import Flowable
from typing_extensions import override

from tlbb_desktop.documents.typesetting.canvas import PaperCanvas
from tlbb_desktop.documents.typesetting.faces import EM
from tlbb_desktop.documents.typesetting.lines import (
    Breaks,
    Content,
    Line,
    as_content,
    gaps,
    line_breaks,
    set_lines,
)
from tlbb_desktop.documents.typesetting.shaping import text_width
from tlbb_desktop.documents.typesetting.styles import BASELINE, BODY, Align, TextStyle

_NEARLY: Final = 1e-6


class KhmerParagraph(Flowable):  # type: ignore[misc] # ReportLab has no types
    """A text that breaks where Khmer breaks.

    Args:
        content: the text, or parts of it that look different; a line feed begins a new line.
        style: how it is set.
        marker: stands before the first line of a hanging style, such as a number or a bullet.
        breaks: tells where a line may break.
    """

    def __init__(
        self,
        content: Content,
        style: TextStyle = BODY,
        marker: str = "",
        breaks: Breaks = line_breaks,
    ) -> None:
        super().__init__()
        self.style, self.marker = style, marker
        self.spaceBefore, self.spaceAfter = style.before, style.after
        self.keepWithNext = style.keep_with_next
        self._content, self._breaks = content, breaks
        self._lines: list[Line] = []
        self._filled_width = -1.0
        self._starts = True

    @property
    def lines(self) -> tuple[str, ...]:
        """The text of each line, after `wrap`."""
        return tuple(line.text for line in self._lines)

    @override
    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        if self._filled_width != available_width:
            first, others = (self._room(available_width - indent) for indent in self._indents)
            self._lines = set_lines(self._content, self.style.family, self._breaks, first, others)
            self._filled_width = available_width
        self.width = available_width
        self.height = sum(map(self._height, self._lines))
        return self.width, self.height

    def _height(self, line: Line) -> float:
        return self.style.line_height * line.scale

    @property
    def _indents(self) -> tuple[float, float]:
        style = self.style
        return (style.hanging if self.marker or not self._starts else style.first_indent), style.hanging

    def _room(self, width: float) -> float:
        """A width in points as thousandths of an em."""
        return max(0.0, width) * EM / self.style.size

    @override
    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        self.wrap(available_width, available_height)
        fitting = self._fitting(available_height)
        if fitting == len(self._lines):
            return [self]
        fewest = self.style.widows
        fitting = min(fitting, len(self._lines) - fewest)
        if fitting < fewest:
            return []
        return [self._part(0, fitting), self._part(fitting, len(self._lines))]

    def _fitting(self, available_height: float) -> int:
        """How many lines a height holds."""
        for number, line in enumerate(self._lines):
            available_height -= self._height(line)
            if available_height < -_NEARLY:
                return number
        return len(self._lines)

    def _part(self, start: int, end: int) -> Self:
        part = copy(self)
        part._keep(start, end)  # noqa: SLF001 - of the same class
        return part

    def _keep(self, start: int, end: int) -> None:
        """Keep only some of the lines."""
        if end < len(self._lines):
            self.spaceAfter, self.keepWithNext = 0, False
        if start:
            self.spaceBefore, self._starts = 0, False
        self.__dict__.pop("_postponed", None)  # what ReportLab remembers of the whole does not hold for a part
        self._lines = self._lines[start:end]
        self._content = as_content(self._lines)
        self.height = sum(map(self._height, self._lines))

    @override
    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:
        """Draw where it stands: without a state to save the file is half as long."""
        x = self._hAlignAdjust(x, _sW)
        style = self.style
        top = y + self.height
        indent, others = self._indents
        if self._starts:
            self.draw_marker(canvas, x, top - style.line_height * BASELINE)
        for line in self._lines:
            height = self._height(line)
            room = self.width - indent
            left = x + indent + self._shift(line, room)
            canvas.set_line(left, top - height * BASELINE, line, style.size, style.colour, self._gaps(line, room))
            top -= height
            indent = others

    def draw_marker(self, canvas: PaperCanvas, x: float, y: float) -> None:
        """Draw what stands before the first line.

        Args:
            canvas: to draw on.
            x: left edge of the paragraph.
            y: baseline of the first line.
        """
        if self.marker:
            style = self.style
            canvas.text(x, y, self.marker, style.size, family=style.family, colour=style.colour)

    def _shift(self, line: Line, room: float) -> float:
        align = self.style.align
        if align in {Align.LEFT, Align.JUSTIFY}:
            return 0.0
        left_over = room - line.width * self.style.size / EM
        return left_over / 2 if align is Align.CENTRE else left_over

    def _gaps(self, line: Line, room: float) -> tuple[float, float]:
        return gaps(line, self._room(room)) if self.style.align is Align.JUSTIFY else (0.0, 0.0)


def marker_indent(markers: Sequence[str], style: TextStyle, gap: float = 6) -> float:
    """The hanging indent in points that holds the widest of the markers and a gap."""
    return max((text_width(marker, style.size, style.family) for marker in markers), default=0.0) + gap
