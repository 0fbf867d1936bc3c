"""The canvas of a paper: ReportLab's, with shaped text, without a font that is not embedded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas
from typing_extensions import override

from tlbb_desktop.documents.typesetting.embedding import EmbeddedFaces, moved, utf16
from tlbb_desktop.documents.typesetting.faces import EM, Family
from tlbb_desktop.documents.typesetting.lines import Line, Piece
from tlbb_desktop.documents.typesetting.shaping import shaped
from tlbb_desktop.documents.typesetting.styles import BLACK, Align, Colour

rl_config.useA85 = 0  # letters for bytes would make every page a quarter longer and slower to write

#: Drawn on a page when the number of pages is known.
PageFinish = Callable[["PaperCanvas", int, int], None]
_BOX_DEPTH: Final = 0.12
_BOX_HEIGHT: Final = 0.92
_BOX_SIDE: Final = 0.04


class PaperCanvas(Canvas):  # type: ignore[misc] # ReportLab has no types
    """A canvas that sets Khmer.

    Attributes:
        finish_page: called for each page with its number and the number of pages, before the file is written.
    """

    finish_page: PageFinish | None = None

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._pages: list[dict[str, Any]] = []
        super().__init__(*arguments, **{"pdfVersion": (1, 7)} | named)
        self._faces = EmbeddedFaces(self._doc)

    @property
    def page_count(self) -> int:
        """Pages finished so far."""
        return len(self._pages)

    @property
    def missing(self) -> frozenset[str]:
        """Characters shown so far that no face covers."""
        return frozenset(self._faces.missing)

    def draw_operators(self, code: str) -> None:
        """Draw operators of PDF that leave the state as they found it: faster and smaller than call after call."""
        self._code.append(code)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        family: Family = Family.TEXT,
        align: Align = Align.LEFT,
        colour: Colour = BLACK,
    ) -> float:
        """Show a text on one line.

        Args:
            x: in points: left end, middle or right end of the text, as *align* says.
            y: baseline, in points.
            text: without line breaks.
            size: in points.
            family: the faces.
            align: left, centre or right of *x*.
            colour: of the letters.

        Returns:
            The width in points.
        """
        glyphs = shaped(text, family)
        width = glyphs.width * size / EM
        shift = {Align.CENTRE: width / 2, Align.RIGHT: width}.get(align, 0.0)
        piece = Piece(glyphs, None, family, 1.0, glyphs.width, 0.0, breaks=False)
        self.set_line(x - shift, y, Line((piece,), glyphs.width, last=True), size, colour)
        return width

    def set_line(
        self,
        x: float,
        y: float,
        line: Line,
        size: float,
        colour: Colour = BLACK,
        gaps: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        """Show a line; readers get its exact text.

        Args:
            x: left end, in points.
            y: baseline, in points.
            line: what `fill` made.
            size: in points.
            colour: of the letters.
            gaps: what `gaps` found for a justified line.
        """
        text = line.text
        if not text:
            return
        code = [f"/Span<</ActualText<FEFF{utf16(text)}>>>BDC BT {colour.fill} 1 0 0 1 {x:.3f} {y:.3f} Tm"]
        code += _showing(self._faces, line, size, gaps)
        code.append("ET")
        if any(piece.word.missing for piece in line.pieces):
            code += _boxes(line, x, y, size, colour, gaps)
        code.append("EMC")
        self._code.append(" ".join(code))

    @override
    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"

    @override
    def setFont(self, psfontname: str, size: float, leading: float | None = None) -> None:
        """Nothing: ReportLab's tables ask for a font of their own that no file embeds, and show no text with it."""

    @override
    def showPage(self) -> None:
        """Lay the page aside until the number of pages is known."""
        self._pages.append(dict(self.__dict__))
        self._startPage()

    @override
    def save(self) -> None:
        if self._code:
            self.showPage()
        for number, page in enumerate(self._pages, 1):
            self.__dict__.update(page)
            if self.finish_page is not None:
                self.finish_page(self, number, len(self._pages))
            super().showPage()
        super().save()


def _showing(faces: EmbeddedFaces, line: Line, size: float, gaps: tuple[float, float]) -> list[str]:
    """Operators that show a line, as few as the changes of font, size and rise allow."""
    code: list[str] = []
    state, body = ("", 1.0, 0.0), [""]
    for piece in line.pieces:
        segments = faces.segments(piece.word)
        if piece.space:
            segments = segments + faces.segments(piece.space)
        for segment in segments:
            wanted = (segment.font, segment.scale * piece.scale, segment.rise * piece.scale)
            if wanted != state:
                code.append(_changes(state, wanted, body, size))
                state, body = wanted, []
            body.append(segment.body)
        gap = _gap_after(piece, gaps)
        if gap:
            body.append(moved(-gap / state[1]))
    if any(body):
        code.append(f"[{' '.join(body)}]TJ")
    if state[2]:
        code.append("0 Ts")
    return code


def _changes(old: tuple[str, float, float], new: tuple[str, float, float], body: list[str], size: float) -> str:
    """What is shown so far, and the operators for the font, size and rise of what follows."""
    code = [f"[{' '.join(body)}]TJ"] if any(body) else []
    if new[:2] != old[:2]:
        code.append(f"/{new[0]} {size * new[1]:.6g} Tf")
    if new[2] != old[2]:
        code.append(f"{new[2] * size / EM:.4f} Ts")
    return " ".join(code)


def _gap_after(piece: Piece, gaps: tuple[float, float]) -> float:
    if piece.space:
        return gaps[0]
    return gaps[1] if piece.breaks else 0.0


def _boxes(line: Line, x: float, y: float, size: float, colour: Colour, gaps: tuple[float, float]) -> Iterator[str]:
    """The frames of characters that no face covers."""
    yield f"q {colour.fill.upper()} {size * 0.04:.3f} w"
    for piece in line.pieces:
        em = size * piece.scale
        left = x
        for run in piece.word.runs:
            width = run.width * em / EM
            if run.missing:
                side = _BOX_SIDE * em
                yield f"{left + side:.3f} {y - _BOX_DEPTH * em:.3f} {width - 2 * side:.3f} {_BOX_HEIGHT * em:.3f} re S"
            left += width
        x += (piece.width + piece.space_width + _gap_after(piece, gaps)) * size / EM
    yield "Q"
