"""A secret code on A4: the recovery key of a record or the reset slip of a member of staff. It names nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable, Spacer

from tlbb_desktop.documents.typesetting import (
    BODY,
    CELL,
    TITLE,
    UNLINED,
    Align,
    Family,
    FileFacts,
    FinishedPaper,
    Footer,
    KhmerParagraph,
    Margins,
    PaperLanguage,
    PaperStyle,
    Span,
    TextStyle,
    build_paper,
    day_words,
    khmer_table,
    words,
)
from tlbb_desktop.domain.code_papers import CodeKind
from tlbb_desktop.i18n.marks import N_, Np_

_GROUPS_A_LINE: Final = 4
_MARGINS: Final = Margins(25, 25, 25, 25)
_HEADING: Final = replace(TITLE, align=Align.LEFT, size=18)
_CODE: Final = TextStyle(size=20, family=Family.BOLD, before=0, after=0)
_NUMBER_SCALE: Final = 0.5
_WARNING: Final = replace(BODY, family=Family.BOLD)
MADE_ON: Final = Np_("paper of a code", "Made on {day}")
WARNING: Final = N_("Whoever has this paper can open the record.")


def code_pdf(
    kind: CodeKind, groups: Sequence[str], made_on: date, language: PaperLanguage = PaperLanguage.BOTH
) -> FinishedPaper:
    """The code in numbered groups as large as they are read in poor light.

    Args:
        kind: what it is for.
        groups: of the code.
        made_on: tells this paper from one that no longer holds.
        language: side by side, as nobody knows who will need it.
    """
    style = PaperStyle(language, margins=_MARGINS, footer=Footer(counted=False))
    content = [*_content(kind, groups, made_on, language, style.text_width)]
    return build_paper(content, style, FileFacts(language.text(words(kind.heading)), made_on))


def _content(
    kind: CodeKind, groups: Sequence[str], made_on: date, language: PaperLanguage, width: float
) -> Iterator[Flowable]:
    def paragraph(message: str, style: TextStyle, **fields: object) -> KhmerParagraph:
        return KhmerParagraph(language.spans(words(message, **fields), family=style.family), style)

    yield paragraph(kind.heading, _HEADING)
    yield paragraph(kind.advice, BODY)
    yield Spacer(1, 8 * mm)
    cells = [
        KhmerParagraph((Span(f"{language.number(number)}  ", Family.TEXT, _NUMBER_SCALE), Span(group)), _CODE)
        for number, group in enumerate(groups, 1)
    ]
    lines = [cells[first : first + _GROUPS_A_LINE] for first in range(0, len(cells), _GROUPS_A_LINE)]
    filled = [[*line, *[""] * (_GROUPS_A_LINE - len(line))] for line in lines]
    look = replace(UNLINED, body=CELL, padding_above=4 * mm)
    yield khmer_table([], filled, [width / _GROUPS_A_LINE] * _GROUPS_A_LINE, look)
    yield Spacer(1, 8 * mm)
    yield paragraph(WARNING, _WARNING)
    yield paragraph(MADE_ON, BODY, day=day_words(made_on))
