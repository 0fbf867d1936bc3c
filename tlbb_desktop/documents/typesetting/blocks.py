"""Blocks of official papers: check boxes, signatures, thumbprints, ornaments. Lengths in points."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable, Spacer
from reportlab.platypus.tables import Table, TableStyle
from typing_extensions import override

from tlbb_desktop.documents.typesetting.canvas import PaperCanvas
from tlbb_desktop.documents.typesetting.lines import Content
from tlbb_desktop.documents.typesetting.paragraphs import KhmerParagraph
from tlbb_desktop.documents.typesetting.shaping import text_width
from tlbb_desktop.documents.typesetting.styles import BASELINE, BODY, GREY, HEAD_CELL, SMALL, Align, TextStyle

_BOX_SIZE: Final = 0.85
_BOX_DROP: Final = 0.08
_BOX_GAP: Final = 0.55
_THIN: Final = 0.6
CAPTION: Final = replace(SMALL, align=Align.CENTRE, colour=GREY)
_CENTRED: Final = replace(BODY, align=Align.CENTRE, after=0.0)


class Check(enum.Enum):
    """What stands in a check box."""

    EMPTY = "empty"
    TICKED = "ticked"
    CROSSED = "crossed"


class CheckLine(KhmerParagraph):
    """A check box with its text beside it; the box is drawn, as no face has one."""

    def __init__(self, check: Check, content: Content, style: TextStyle = BODY) -> None:
        super().__init__(content, replace(style, hanging=style.size * (_BOX_SIZE + _BOX_GAP)))
        self._check = check
        self._starts = True

    @property
    @override
    def _indents(self) -> tuple[float, float]:
        return self.style.hanging, self.style.hanging

    @override
    def draw_marker(self, canvas: PaperCanvas, x: float, y: float) -> None:
        draw_check(canvas, x, y - self.style.size * _BOX_DROP, self.style.size * _BOX_SIZE, self._check)


def draw_check(canvas: PaperCanvas, x: float, y: float, side: float, check: Check) -> None:
    """Draw a check box.

    Args:
        canvas: to draw on.
        x: left edge.
        y: lower edge.
        side: length of a side.
        check: what stands in it.
    """
    canvas.saveState()
    canvas.setStrokeGray(0)
    canvas.setLineWidth(side * 0.08)
    canvas.rect(x, y, side, side)
    canvas.setLineWidth(side * 0.13)
    canvas.setLineCap(1)
    near, far = side * 0.22, side * 0.78
    if check is Check.TICKED:
        corner = x + side * 0.42
        canvas.line(x + near, y + side * 0.5, corner, y + near)
        canvas.line(corner, y + near, x + far, y + far)
    elif check is Check.CROSSED:
        canvas.line(x + near, y + near, x + far, y + far)
        canvas.line(x + near, y + far, x + far, y + near)
    canvas.restoreState()


class DottedLine(Flowable):  # type: ignore[misc] # ReportLab has no types
    """A line to write on.

    Args:
        above: room to write.
        length: of the line; None takes the whole width.
        align: of the line in its column.
    """

    def __init__(self, above: float = 14 * mm, length: float | None = None, align: Align = Align.CENTRE) -> None:
        super().__init__()
        self._above, self._length, self._align = above, length, align

    @override
    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width, self.height = available_width, self._above + 2
        return self.width, self.height

    @override
    def draw(self) -> None:
        length = min(self._length or self.width, self.width)
        left_over = self.width - length
        x = {Align.CENTRE: left_over / 2, Align.RIGHT: left_over}.get(self._align, 0.0)
        self.canv.setLineWidth(0.7)
        self.canv.setLineCap(1)
        self.canv.setDash([0, 2.4])
        self.canv.line(x, 2, x + length, 2)


class Gap(Spacer):  # type: ignore[misc] # ReportLab has no types
    """Room below something; nothing at the top of a page, so that all pages begin at the same height."""

    @override
    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        width, height = super().wrap(available_width, available_height)
        return width, 0.0 if getattr(getattr(self, "_frame", None), "_atTop", False) else height


class SignatureBlock(Flowable):  # type: ignore[misc] # ReportLab has no types
    """Place and date, the signer's role, room with a dotted line, and the name; all centred.

    Args:
        role: of the signer.
        place_and_date: stands above the role; "" leaves it out.
        name: stands under the line; "" leaves it out.
        room: for the signature.
        style: of the texts.
        length: of the dotted line.
    """

    def __init__(
        self,
        role: Content,
        place_and_date: Content = "",
        name: Content = "",
        room: float = 16 * mm,
        style: TextStyle = _CENTRED,
        length: float = 45 * mm,
    ) -> None:
        super().__init__()
        line = DottedLine(room, length)
        texts = [KhmerParagraph(text, style) if text else None for text in (place_and_date, role, name)]
        self._stack: list[Flowable] = [each for each in (texts[0], texts[1], line, texts[2]) if each]

    @override
    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = available_width
        self.height = sum(each.wrap(available_width, available_height)[1] for each in self._stack)
        return self.width, self.height

    @override
    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:
        x = self._hAlignAdjust(x, _sW)
        top = y + self.height
        for each in self._stack:
            top -= each.height
            each.drawOn(canvas, x, top)


SIGNERS_GAP: Final = 12.0


def signature_row(signers: Sequence[Flowable | None], gap: float = SIGNERS_GAP) -> Table:
    """Signers side by side in columns of one width, never split over pages; None leaves a column empty."""
    table = Table([[signer or () for signer in signers]], [None] * len(signers), splitByRow=0)
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), gap / 2),
                ("RIGHTPADDING", (0, 0), (-1, -1), gap / 2),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            ]
        )
    )
    return table


class FramedBox(Flowable):  # type: ignore[misc] # ReportLab has no types
    """A box with a caption: inside it while it is to be filled, or under it.

    Args:
        caption: what belongs into the box.
        box: width and height.
        style: of the caption.
        below: whether the caption stands under the box.
    """

    def __init__(
        self,
        caption: Content,
        box: tuple[float, float],
        style: TextStyle = CAPTION,
        *,
        below: bool = False,
    ) -> None:
        super().__init__()
        self._caption, self._box, self._below = KhmerParagraph(caption, style), box, below

    @override
    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        width, height = self._box
        caption = self._caption.wrap(width, available_height)[1]
        self.width, self.height = width, height + (caption if self._below else 0.0)
        return self.width, self.height

    @override
    def draw(self) -> None:
        width, height = self._box
        bottom = self.height - height
        self.canv.setLineWidth(_THIN)
        self.canv.rect(0, bottom, width, height)
        caption = self._caption
        caption.drawOn(self.canv, 0, 0 if self._below else (height - caption.height) / 2)


class TurnedText(Flowable):  # type: ignore[misc] # ReportLab has no types
    """A text on one line that is read upwards, as at the head of a narrow column.

    Args:
        text: without line breaks.
        style: how it is set.
    """

    def __init__(self, text: str, style: TextStyle = HEAD_CELL) -> None:
        super().__init__()
        self._text, self._style = text, style

    @override
    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        style = self._style
        self.width, self.height = available_width, text_width(self._text, style.size, style.family) + 6
        return self.width, self.height

    @override
    def draw(self) -> None:
        style = self._style
        self.canv.rotate(90)
        baseline = -self.width / 2 - style.line_height * (BASELINE - 0.5)
        self.canv.text(3, baseline, self._text, style.size, family=style.family, colour=style.colour)


def thumbprint_box(caption: Content, box: tuple[float, float] = (25 * mm, 30 * mm)) -> FramedBox:
    """A box for a thumbprint with its caption below."""
    return FramedBox(caption, box, below=True)


class Centred(Flowable):  # type: ignore[misc] # ReportLab has no types
    """A block in the middle of its column.

    Args:
        block: narrower than the column.
    """

    def __init__(self, block: Flowable) -> None:
        super().__init__()
        self._block = block

    @override
    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = available_width
        self.height = self._block.wrap(available_width, available_height)[1]
        return self.width, self.height

    @override
    def draw(self) -> None:
        self._block.drawOn(self.canv, (self.width - self._block.width) / 2, 0)


class OrnamentLine(Flowable):  # type: ignore[misc] # ReportLab has no types
    """The small ornament under the motto: two lines that meet in three diamonds."""

    def __init__(self, length: float = 34 * mm) -> None:
        super().__init__()
        self._length = length

    @override
    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width, self.height = available_width, 10.0
        return self.width, self.height

    @override
    def draw(self) -> None:
        canvas, middle, y = self.canv, self.width / 2, self.height / 2
        canvas.setLineWidth(_THIN)
        canvas.setFillGray(0)
        for side in (-1, 1):
            canvas.line(middle + side * 11, y, middle + side * self._length / 2, y)
            _diamond(canvas, middle + side * 7.5, y, 2.2)
        _diamond(canvas, middle, y, 3.6)


def _diamond(canvas: PaperCanvas, x: float, y: float, radius: float) -> None:
    outline = canvas.beginPath()
    outline.moveTo(x - radius, y)
    outline.curveTo(x - radius / 3, y + radius / 4, x - radius / 4, y + radius / 3, x, y + radius)
    outline.curveTo(x + radius / 4, y + radius / 3, x + radius / 3, y + radius / 4, x + radius, y)
    outline.curveTo(x + radius / 3, y - radius / 4, x + radius / 4, y - radius / 3, x, y - radius)
    outline.curveTo(x - radius / 4, y - radius / 3, x - radius / 3, y - radius / 4, x - radius, y)
    outline.close()
    canvas.drawPath(outline, stroke=0, fill=1)
