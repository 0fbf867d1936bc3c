"""A page of the guide on paper: for the wall of an office, where it is read when no laptop is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from reportlab.platypus.flowables import Flowable

from tlbb_desktop.documents.typesetting import (
    BODY,
    SECTION,
    TITLE,
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
    marker_indent,
)

_MARGINS: Final = Margins(18, 15, 20, 20)
_HEADING: Final = replace(TITLE, align=Align.LEFT, size=17, before=0)
#: From large to small; the first in which the sheet stands on one page is taken.
_SIZES: Final = (14.0, 13.5, 13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0, 9.5)
_NUMBER: Final = re.compile(r"(\d+)\. +(.+)")
_BOLD: Final = re.compile(r"\*\*(.+?)\*\*")
#: The faces of papers have no arrow.
_PLAIN: Final = str.maketrans({"→": "›", "`": None})


def guide_sheet_pdf(markdown: str, language: PaperLanguage, made_on: date) -> FinishedPaper:
    """Set a chapter of a title, headings, paragraphs and numbered steps, on one page where that is possible.

    Args:
        markdown: the chapter.
        language: in which it is written.
        made_on: day of the paper.
    """
    title = markdown.splitlines()[0].lstrip("# ")
    style = PaperStyle(language, margins=_MARGINS, footer=Footer(counted=False))
    for size in _SIZES:
        paper = build_paper([*_content(markdown, language, size)], style, FileFacts(title, made_on))
        if paper.pages == 1:
            break
    return paper


def _content(markdown: str, language: PaperLanguage, size: float) -> Iterator[Flowable]:
    body = replace(BODY, size=size, after=size * 0.35)
    section = replace(SECTION, size=size + 1.5, before=size * 0.7)
    for line in filter(None, map(str.strip, markdown.translate(_PLAIN).splitlines())):
        if line.startswith("## "):
            yield KhmerParagraph(_spans(line[3:]), section)
        elif line.startswith("# "):
            yield KhmerParagraph(line[2:], _HEADING)
        elif step := _NUMBER.fullmatch(line):
            marker = language.number(int(step[1])) + "."
            yield KhmerParagraph(_spans(step[2]), _hanging(body), marker)
        else:
            yield KhmerParagraph(_spans(line), body)


def _hanging(style: TextStyle) -> TextStyle:
    return replace(style, hanging=marker_indent(["00."], style))


def _spans(text: str) -> tuple[Span, ...]:
    """The parts of a line; what the guide prints bold is bold here, too."""
    return tuple(
        Span(part, Family.BOLD if number % 2 else None) for number, part in enumerate(_BOLD.split(text)) if part
    )
