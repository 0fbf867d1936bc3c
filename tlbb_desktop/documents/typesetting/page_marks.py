"""What stands on every page: its number, who it is from, and warnings that nobody can overlook."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportlab.lib.units import mm

from tlbb_desktop.documents.typesetting.canvas import PaperCanvas
from tlbb_desktop.documents.typesetting.faces import Family
from tlbb_desktop.documents.typesetting.shaping import text_width
from tlbb_desktop.documents.typesetting.styles import BLACK, GREY, RED, Align, Colour
from tlbb_desktop.documents.typesetting.wording import words
from tlbb_desktop.i18n.marks import MarkedWord, Np_

if TYPE_CHECKING:
    from tlbb_desktop.documents.typesetting.paper import PaperStyle

PAGE: Final = Np_("paper", "Page {page} of {pages}")
DEMONSTRATION: Final = Np_("paper", "DEMONSTRATION: not a real paper")
DRAFT: Final = Np_("paper", "DRAFT")
DUPLICATE: Final = Np_("paper", "DUPLICATE")

_FOOTER_SIZE: Final = 8.0
_BETWEEN_FOOTERS: Final = 10.0
_FOOTER_HEIGHT: Final = 8 * mm
_RIBBON_HEIGHT: Final = 7 * mm
_RIBBON_SIZE: Final = 9.0
_RIBBON_FILL: Final = Colour(1.0, 0.9, 0.86)
_MARK_SIZE: Final = 11.0
_MARK_HEIGHT: Final = 8 * mm
_WATERMARK_OPACITY: Final = 0.1
_WATERMARK_SIZE: Final = 100.0
_WATERMARK_ANGLE: Final = 32


class PageMark(enum.Enum):
    """A word in the corner of every page; a draft also says so across the page."""

    DRAFT = "draft"
    DUPLICATE = "duplicate"

    @property
    def word(self) -> MarkedWord:
        """To translate."""
        return _MARK_WORDS[self]


_MARK_WORDS: Final = {PageMark.DRAFT: DRAFT, PageMark.DUPLICATE: DUPLICATE}


@dataclass(frozen=True, slots=True)
class Footer:
    """Small texts under every page.

    Attributes:
        left: such as the name of the paper.
        right: such as the code of a form.
        counted: whether ``page n of m`` stands in the middle.
    """

    left: str = ""
    right: str = ""
    counted: bool = True


def marks_height(style: PaperStyle) -> float:
    """Height in points that ribbon and marks take from the text of every page."""
    return (_RIBBON_HEIGHT if style.demonstration else 0.0) + (_MARK_HEIGHT if style.marks else 0.0)


def draw_marks(canvas: PaperCanvas, style: PaperStyle) -> None:
    """Draw ribbon and marks above the text of a page."""
    width, height = style.page_size
    top = height
    if style.demonstration:
        top -= _RIBBON_HEIGHT
        _draw_ribbon(canvas, style.language.text(words(DEMONSTRATION), " · "), width, top)
    right = width - style.margins.right * mm
    for mark in sorted(style.marks, key=lambda each: each.name):
        baseline = top - style.margins.top * mm - _MARK_SIZE * 0.65
        right -= _draw_framed(canvas, style.language.text(words(mark.word)), right, baseline) + 2 * mm


def draw_footer(canvas: PaperCanvas, style: PaperStyle, number: int, pages: int) -> None:
    """Draw the footer of page *number* of *pages*, and over the whole page that it is a draft."""
    footer, margins, (width, height) = style.footer, style.margins, style.page_size
    if PageMark.DRAFT in style.marks:
        _draw_watermark(canvas, style.language.text(words(DRAFT), " "), width, height)
    counted = _counted(style, number, pages) if footer.counted else ""
    beside = (width - text_width(counted, _FOOTER_SIZE)) / 2 - _BETWEEN_FOOTERS
    places = (
        (margins.left * mm, footer.left, Align.LEFT, beside - margins.left * mm),
        (width / 2, counted, Align.CENTRE, width),
        (width - margins.right * mm, footer.right, Align.RIGHT, beside - margins.right * mm),
    )
    for x, text, align, room in places:
        if text:
            size = min(_FOOTER_SIZE, _FOOTER_SIZE * room / text_width(text, _FOOTER_SIZE))
            canvas.text(x, min(_FOOTER_HEIGHT, margins.bottom * mm / 2), text, size, align=align, colour=GREY)


def _counted(style: PaperStyle, number: int, pages: int) -> str:
    return style.language.text(words(PAGE, page=number, pages=pages))


def _draw_ribbon(canvas: PaperCanvas, text: str, width: float, bottom: float) -> None:
    canvas.saveState()
    canvas.setFillColorRGB(*_RIBBON_FILL)
    canvas.rect(0, bottom, width, _RIBBON_HEIGHT, stroke=0, fill=1)
    canvas.setStrokeColorRGB(*RED)
    canvas.setLineWidth(1)
    canvas.line(0, bottom, width, bottom)
    canvas.restoreState()
    baseline = bottom + _RIBBON_HEIGHT / 2 - _RIBBON_SIZE * 0.25
    canvas.text(width / 2, baseline, text, _RIBBON_SIZE, family=Family.BOLD, align=Align.CENTRE, colour=RED)


def _draw_framed(canvas: PaperCanvas, text: str, right: float, baseline: float) -> float:
    """Draw a word in a frame that ends at *right*; return the width of the frame."""
    padding = 5.0
    width = text_width(text, _MARK_SIZE, Family.BOLD) + 2 * padding
    canvas.saveState()
    canvas.setStrokeColorRGB(*BLACK)
    canvas.setLineWidth(1)
    canvas.rect(right - width, baseline - _MARK_SIZE * 0.65, width, _MARK_SIZE * 1.75)
    canvas.restoreState()
    canvas.text(right - width + padding, baseline, text, _MARK_SIZE, family=Family.BOLD)
    return width


def _draw_watermark(canvas: PaperCanvas, text: str, width: float, height: float) -> None:
    canvas.saveState()
    canvas.setFillAlpha(_WATERMARK_OPACITY)  # the grey of cells would hide what lies under them
    canvas.translate(width / 2, height / 2)
    canvas.rotate(_WATERMARK_ANGLE)
    canvas.text(0, -_WATERMARK_SIZE / 3, text, _WATERMARK_SIZE, family=Family.BOLD, align=Align.CENTRE)
    canvas.restoreState()
