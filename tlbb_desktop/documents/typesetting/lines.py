"""Paragraphs to lines: where Khmer may break, and how a line fills its column."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from tlbb_desktop.documents.typesetting.faces import Family
from tlbb_desktop.documents.typesetting.shaping import ShapedText, shaped
from tlbb_desktop.khmer import breaks, clusters

#: Offsets at which a line may break.
Breaks = Callable[[str], tuple[int, ...]]
#: Most that a gap between two Khmer words may grow in a justified line, in thousandths of an em: it is no space yet.
KHMER_GAP: Final = 120.0
#: Most that a real space may grow in a justified line, in thousandths of an em.
SPACE_GAP: Final = 500.0
_KEPT_TEXTS: Final = 4_000
_SIGNS: Final = str.maketrans("\t\u2028\u2029", " \n\n", "\r")
_HINTS: Final = str.maketrans("", "", "\u200b\u2060\ufeff\u00ad")
_AFTER_SPACES: Final = re.compile(" +(?=[^ ])")
_HYPHENS: Final = frozenset("-\u2010")
_NEARLY: Final = 0.01
#: Hardly a text is narrower for each of its characters, in thousandths of an em; a longer one is not tried on one line.
_NARROWEST: Final = 150


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a paragraph that looks different.

    Attributes:
        text: of the part.
        family: its faces; None takes those of the paragraph.
        scale: its size relative to the paragraph's.
        keep: no line breaks inside, as in a name, while the column is wide enough.
    """

    text: str
    family: Family | None = None
    scale: float = 1.0
    keep: bool = False


def line_breaks(text: str) -> tuple[int, ...]:
    """Where a line of a paper may break: never after a hyphen, as readers take it out of what they copy."""
    return tuple(at for at in breaks(text) if text[at - 1] not in _HYPHENS)


#: Text of a paragraph.
Content = str | Sequence[Span]


class Piece(NamedTuple):
    """Text without a break inside, and the spaces after it.

    Attributes:
        word: the text.
        space: the spaces after it, or None.
        family: the faces of the text.
        scale: size relative to the paragraph's.
        width: of the text in thousandths of the paragraph's em.
        space_width: of the spaces.
        breaks: whether a line may end here.
    """

    word: ShapedText
    space: ShapedText | None
    family: Family
    scale: float
    width: float
    space_width: float
    breaks: bool


class Line(NamedTuple):
    """Pieces on one line, in thousandths of an em.

    Attributes:
        pieces: from left to right.
        width: without the spaces at its end.
        last: whether its paragraph or a written line ends here.
        scale: size of its largest letters relative to the paragraph's.
    """

    pieces: tuple[Piece, ...]
    width: float
    last: bool
    scale: float = 1.0

    @classmethod
    def of(cls, pieces: Sequence[Piece], width: float, *, last: bool) -> Line:
        """The line of some pieces."""
        return cls(tuple(pieces), width, last, max((piece.scale for piece in pieces), default=1.0))

    @property
    def text(self) -> str:
        """As it is read and copied, with the spaces at its end."""
        return "".join(piece.word.text + piece.space.text if piece.space else piece.word.text for piece in self.pieces)


class Unit(NamedTuple):
    """Pieces that stay on one line while the column is wide enough; widths in thousandths of an em."""

    pieces: tuple[Piece, ...]
    width: float
    space_width: float

    @classmethod
    def of(cls, pieces: tuple[Piece, ...]) -> Unit:
        """The unit with its widths; the spaces at its end do not count."""
        space = pieces[-1].space_width
        return cls(pieces, sum(piece.width + piece.space_width for piece in pieces) - space, space)


def set_lines(content: Content, family: Family, may_break: Breaks, first: float, others: float) -> list[Line]:
    """Break a text into lines.

    Args:
        content: the text, or parts of it that look different; a line feed ends a written line.
        family: the faces of what does not ask for others.
        may_break: tells where a line may break; only asked where a written line is too long.
        first: width of the first line in thousandths of an em.
        others: width of all lines after it.
    """
    lines: list[Line] = []
    for written in _written_lines(content):
        room = others if lines else first
        whole = _whole(written, family) if _may_fit(written, room) else None
        if whole and whole.width <= room + _NEARLY:
            lines.append(Line.of(whole.pieces, whole.width, last=True))
        else:
            lines += fill(_units(written, family, may_break), room, others)
    return lines


def forget_texts() -> None:
    """Drop every text that is kept for its next use, as when the record is locked."""
    for kept in (_whole, _units, shaped):
        kept.cache_clear()


def _may_fit(written: tuple[Span, ...], room: float) -> bool:
    return sum(len(span.text) * span.scale for span in written) * _NARROWEST <= room


@lru_cache(_KEPT_TEXTS)
def _whole(written: tuple[Span, ...], family: Family) -> Unit:
    return Unit.of(tuple(_pieces(written, family, _nowhere)) or (_piece("", family, 1.0, breaks=False),))


def _nowhere(_text: str) -> tuple[int, ...]:
    return ()


@lru_cache(_KEPT_TEXTS)
def _units(written: tuple[Span, ...], family: Family, may_break: Breaks) -> tuple[Unit, ...]:
    return tuple(_joined(_pieces(written, family, may_break)))


def _written_lines(content: Content) -> Iterator[tuple[Span, ...]]:
    if isinstance(content, str):
        for text in content.translate(_SIGNS).split("\n"):
            yield (Span(text),)
        return
    line: list[Span] = []
    for span in content:
        first, *others = span.text.translate(_SIGNS).split("\n")
        line.append(replace(span, text=first))
        for other in others:
            yield tuple(line)
            line = [replace(span, text=other)]
    yield tuple(line)


def _pieces(spans: Iterable[Span], family: Family, may_break: Breaks) -> Iterator[Piece]:
    offsets = sorted(may_break("".join(span.text for span in spans)))
    start = 0
    for span in spans:
        end = start + len(span.text)
        inner = () if span.keep else (offset for offset in offsets if start < offset < end)
        cuts = [start, *inner, end]
        for left, right in pairwise(cuts):
            if left < right:
                text = span.text[left - start : right - start]
                yield _piece(text, span.family or family, span.scale, breaks=right in offsets)
        start = end


def _piece(text: str, family: Family, scale: float, *, breaks: bool) -> Piece:
    visible = text.translate(_HINTS)
    word = visible.rstrip(" ")
    glyphs = shaped(word, family)
    space = shaped(visible[len(word) :], family) if len(word) < len(visible) else None
    return Piece(glyphs, space, family, scale, glyphs.width * scale, space.width * scale if space else 0.0, breaks)


def _joined(pieces: Iterable[Piece]) -> Iterator[Unit]:
    unit: list[Piece] = []
    for piece in pieces:
        unit.append(piece)
        if piece.breaks:
            yield Unit.of(tuple(unit))
            unit = []
    if unit:
        yield Unit.of(tuple(unit))


def fill(units: Iterable[Unit], first: float, others: float) -> list[Line]:
    """Fill lines from the left, each with as many units as it takes.

    Args:
        units: of one written line.
        first: width of the first line in thousandths of an em.
        others: width of all lines after it.
    """
    lines: list[Line] = []
    line: list[Piece] = []
    width = reach = 0.0
    room = first
    waiting = deque(units)
    while waiting:
        unit = waiting.popleft()
        if line and reach + unit.width > room + _NEARLY:
            lines.append(Line.of(line, width, last=False))
            line, reach, room = [], 0.0, others
        if unit.width > room + _NEARLY and (parts := _parts(unit)):
            waiting.extendleft(reversed(parts))
            continue
        line += unit.pieces
        width = reach + unit.width
        reach = width + unit.space_width
    lines.append(Line.of(line, width, last=True))
    return lines


def _parts(unit: Unit) -> list[Unit]:
    """A unit wider than the column in smaller ones: its pieces, then its words, then its clusters."""
    if len(unit.pieces) > 1:
        return [Unit.of((piece,)) for piece in unit.pieces]
    (piece,) = unit.pieces
    text = piece.word.text
    cuts = [0, *(found.end() for found in _AFTER_SPACES.finditer(text)), len(text)]
    texts = [text[left:right] for left, right in pairwise(cuts)] if len(cuts) > 2 else clusters(text)
    if len(texts) < 2:
        return []
    texts[-1] += piece.space.text if piece.space else ""
    return [Unit.of((_piece(each, piece.family, piece.scale, breaks=True),)) for each in texts]


def as_content(lines: Sequence[Line]) -> Content:
    """Lines as the text that gives them, to be set again in another width."""
    spans: list[Span] = []
    for line in lines:
        for piece in line.pieces:
            space = piece.space.text if piece.space else ""
            spans.append(Span(piece.word.text + space, piece.family, piece.scale))
        if line.last and line is not lines[-1]:
            spans.append(Span("\n"))
    return spans


def gaps(line: Line, room: float) -> tuple[float, float]:
    """How much each space and each gap between words without a space grows, so that a line fills its column.

    Real spaces grow first; both have a limit, and a line that needs more stays short.

    Returns:
        Thousandths of an em for a space and for a gap.
    """
    inside = line.pieces[:-1]
    spaces = sum(1 for piece in inside if piece.space)
    others = sum(1 for piece in inside if piece.breaks and not piece.space)
    short = room - line.width
    if line.last or short <= 0:
        return 0.0, 0.0
    for_spaces = min(SPACE_GAP, short / spaces) if spaces else 0.0
    short -= for_spaces * spaces
    return for_spaces, min(KHMER_GAP, short / others) if others else 0.0
