"""The heading of official papers: the Kingdom's name and motto, and who issues the paper."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from reportlab.platypus.flowables import Flowable
from reportlab.platypus.tables import Table, TableStyle

from tlbb_desktop.documents.typesetting.blocks import OrnamentLine
from tlbb_desktop.documents.typesetting.faces import Family
from tlbb_desktop.documents.typesetting.paragraphs import KhmerParagraph
from tlbb_desktop.documents.typesetting.styles import BODY, TITLE, Align, TextStyle
from tlbb_desktop.documents.typesetting.wording import PaperLanguage, Words, words
from tlbb_desktop.i18n.marks import Np_

KINGDOM: Final = Np_("paper", "KINGDOM OF CAMBODIA")
MOTTO: Final = Np_("paper", "NATION RELIGION KING")

_KINGDOM_STYLE: Final = replace(TITLE, size=14.0, before=0.0, after=0.0)
_MOTTO_STYLE: Final = replace(TITLE, size=12.0, before=0.0, after=0.0)
_ISSUER_STYLE: Final = replace(BODY, family=Family.BOLD, after=0.0)
_JOINT_PARTS: Final = ("42%", "58%")


class Heading(enum.Enum):
    """Who stands at the head of a paper.

    STATE: the Kingdom over the full width, then the issuing bodies at the left.
    JOINT: the issuing bodies at the left, the Kingdom beside them at the right.
    NGO: the issuing bodies alone, as the motto belongs to papers of the state.
    NONE: nothing; the paper draws its own.
    """

    STATE = "state"
    JOINT = "joint"
    NGO = "ngo"
    NONE = "none"


def heading_block(heading: Heading, issuer: Sequence[Words], language: PaperLanguage) -> list[Flowable]:
    """The heading of the first page.

    Args:
        heading: which one.
        issuer: the issuing bodies, the highest first.
        language: of the paper.
    """
    bodies = [KhmerParagraph(language.spans(body, family=Family.BOLD), _ISSUER_STYLE) for body in issuer]
    if heading is Heading.STATE:
        return [*kingdom(language), *bodies]
    if heading is Heading.JOINT:
        return [_side_by_side(bodies, list(kingdom(language)))]
    return bodies if heading is Heading.NGO else []


def kingdom(language: PaperLanguage) -> Iterator[Flowable]:
    """Name and motto of the Kingdom, centred, with the ornament below."""
    yield _centred(words(KINGDOM), _KINGDOM_STYLE, language)
    yield _centred(words(MOTTO), _MOTTO_STYLE, language)
    yield OrnamentLine()


def _centred(text: Words, style: TextStyle, language: PaperLanguage) -> KhmerParagraph:
    return KhmerParagraph(language.spans(text, family=style.family), replace(style, align=Align.CENTRE))


def _side_by_side(left: list[Flowable], right: list[Flowable]) -> Table:
    table = Table([[left, right]], _JOINT_PARTS)
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
