"""The head of the papers that a prison gets: the Kingdom, whom the paper is for, its title and its state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from tlbb_desktop.documents import sheet_words as say
from tlbb_desktop.documents.cell_text import clean_text
from tlbb_desktop.documents.typesetting import (
    RED,
    Align,
    Family,
    KhmerParagraph,
    PaperLanguage,
    TextStyle,
    Words,
    kingdom,
    words,
)

WARNING: Final = TextStyle(size=9, family=Family.BOLD, align=Align.CENTRE, colour=RED, before=2)
_ISSUER: Final = TextStyle(size=9.5, family=Family.BOLD)
_TITLE: Final = TextStyle(size=12, family=Family.TITLE, align=Align.CENTRE)
_ABOUT: Final = TextStyle(size=9.5, align=Align.CENTRE)
_STATE: Final = TextStyle(size=9, align=Align.RIGHT)
_PARTS: Final = (0.25, 0.5, 0.25)


def sheet_heading(
    language: PaperLanguage,
    prison_names: tuple[str, str],
    title: Words,
    about: Sequence[Words],
    state: Words,
    width: float,
) -> Iterator[Flowable]:
    """The Kingdom over the full width; below it the institutions at the left, the title, and the state at the right.

    Args:
        language: of the paper.
        prison_names: Khmer, English.
        title: of the paper.
        about: the lines under the title.
        state: number, day of issue and signature.
        width: of the page in points.
    """

    def set_in(said: Words, style: TextStyle) -> KhmerParagraph:
        return KhmerParagraph(language.spans(said, family=style.family), style)

    bodies = (words(say.MINISTRY), words(say.DEPARTMENT), Words(*map(clean_text, prison_names)))
    yield from kingdom(language)
    yield Spacer(1, 4)
    yield side_by_side(
        [
            [set_in(body, _ISSUER) for body in bodies],
            [set_in(title, _TITLE), *(set_in(line, _ABOUT) for line in about)],
            [set_in(state, _STATE)],
        ],
        [part * width for part in _PARTS],
    )


def side_by_side(blocks: Sequence[Sequence[Flowable]], widths: Sequence[float]) -> Table:
    """Blocks beside each other, their upper edges on one line; *widths* in points."""
    table = Table([[list(block) for block in blocks]], widths)
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            ]
        )
    )
    return table
