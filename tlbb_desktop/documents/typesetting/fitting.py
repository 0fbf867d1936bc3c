"""Texts that must not leave their place: set smaller until they fit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from reportlab.platypus.flowables import Flowable

from tlbb_desktop.documents.typesetting.canvas import PaperCanvas
from tlbb_desktop.documents.typesetting.lines import Content
from tlbb_desktop.documents.typesetting.paragraphs import KhmerParagraph
from tlbb_desktop.documents.typesetting.styles import TextStyle

_STEPS: Final = (1.0, 0.92, 0.85, 0.78, 0.7, 0.62, 0.54, 0.46, 0.4, 0.34, 0.29, 0.25, 0.21)
_ANY_HEIGHT: Final = 100_000.0
_NEARLY: Final = 0.01


def fitted(content: Content, style: TextStyle, width: float, height: float) -> KhmerParagraph:
    """A paragraph in the largest letters, at most those of *style*, in which it fits; wrapped to *width*.

    Nothing is ever cut off: what does not fit in the smallest letters, a fifth of the size, is higher than *height*.

    Args:
        content: the text.
        style: how it is set.
        width: of the place in points.
        height: of the place in points.
    """
    paragraph = KhmerParagraph(content, style)
    for step in _STEPS:
        if step < 1:
            paragraph = KhmerParagraph(content, replace(style, size=style.size * step))
        if paragraph.wrap(width, _ANY_HEIGHT)[1] <= height + _NEARLY:
            break
    return paragraph


def draw_stack(canvas: PaperCanvas, stack: Iterable[Flowable], left: float, top: float, width: float) -> float:
    """Draw flowables below each other at a place of a page.

    Returns:
        The lower edge in points.
    """
    for flowable in stack:
        top -= flowable.wrap(width, _ANY_HEIGHT)[1]
        flowable.drawOn(canvas, left, top)
    return top
