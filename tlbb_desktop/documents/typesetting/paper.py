"""A paper: its page, its heading, what stands on every page, and the file."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any, Final, NamedTuple

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.platypus.doctemplate import BaseDocTemplate, NextPageTemplate, PageTemplate
from reportlab.platypus.flowables import Flowable, PageBreak
from reportlab.platypus.frames import Frame

from tlbb_desktop.documents.typesetting.canvas import PaperCanvas
from tlbb_desktop.documents.typesetting.headings import Heading, heading_block
from tlbb_desktop.documents.typesetting.page_marks import Footer, PageMark, draw_footer, draw_marks, marks_height
from tlbb_desktop.documents.typesetting.wording import PaperLanguage, Words

_UNNAMED: Final = "UNNAMED CHARACTER"


class Margins(NamedTuple):
    """In millimetres."""

    top: float = 18
    right: float = 18
    bottom: float = 18
    left: float = 18


@dataclass(frozen=True, slots=True)
class PaperStyle:
    """What a paper has on all its pages.

    Attributes:
        language: of the paper.
        landscape: A4 landscape instead of portrait.
        margins: of each page; the footer stands in the lower one.
        heading: of the first page.
        issuer: of the paper, the highest body first; stands in the heading.
        marks: words on every page, such as that this is a draft.
        demonstration: whether the paper comes from the demonstration programme.
        footer: of every page.
    """

    language: PaperLanguage = PaperLanguage.KHMER
    landscape: bool = False
    margins: Margins = field(default_factory=Margins)
    heading: Heading = Heading.NONE
    issuer: tuple[Words, ...] = ()
    marks: frozenset[PageMark] = frozenset()
    demonstration: bool = False
    footer: Footer = field(default_factory=Footer)

    @property
    def page_size(self) -> tuple[float, float]:
        """Width and height in points."""
        size: tuple[float, float] = landscape(A4) if self.landscape else A4
        return size

    @property
    def text_width(self) -> float:
        """Width between the margins in points."""
        width: float = self.page_size[0] - (self.margins.left + self.margins.right) * mm
        return width

    @property
    def text_height(self) -> float:
        """Height between the margins in points, below ribbon and marks."""
        height: float = self.page_size[1] - (self.margins.top + self.margins.bottom) * mm - marks_height(self)
        return height


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the file says of itself; by itself it names neither a place nor the program.

    Attributes:
        title: shown by readers as the name of the window.
        made_on: day of the paper; the file carries no other time, so that the same paper gives the same bytes.
        author: of the paper.
        creator: program that made it.
        producer: program that wrote the file.
        subject: of the paper.
    """

    title: str
    made_on: date
    author: str = ""
    creator: str = ""
    producer: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class MissingCharacter:
    """A character that no face covers; the paper shows a box with its code point.

    Attributes:
        character: itself.
        code_point: such as ``U+65E5``.
        name: in Unicode.
    """

    character: str
    code_point: str
    name: str


@dataclass(frozen=True, slots=True)
class FinishedPaper:
    """A file ready to show, print or save.

    Attributes:
        pdf: its bytes.
        pages: how many it has.
        missing: characters that could not be shown, in the order of their code points.
    """

    pdf: bytes
    pages: int
    missing: tuple[MissingCharacter, ...]


@dataclass(frozen=True, slots=True)
class PaperPart:
    """A part of a file that is a paper of its own, with its heading, its marks and its count of pages.

    Attributes:
        content: what follows the heading; ReportLab uses each only once.
        style: of all its pages.
    """

    content: Sequence[Flowable]
    style: PaperStyle


def build_paper(
    content: Sequence[Flowable],
    style: PaperStyle,
    facts: FileFacts,
    on_page: Callable[[int], object] = lambda _number: None,
) -> FinishedPaper:
    """Lay out a paper.

    Args:
        content: what follows the heading; ReportLab uses each only once.
        style: of all pages.
        facts: of the file.
        on_page: told the number of each page as it begins; what it raises ends the work.
    """
    return build_parts([PaperPart(content, style)], facts, lambda number, _part: on_page(number))


def build_parts(
    parts: Sequence[PaperPart],
    facts: FileFacts,
    on_page: Callable[[int, int], object] = lambda _number, _part: None,
) -> FinishedPaper:
    """Lay out several papers as one file; each begins on a new page and counts its own pages.

    Args:
        parts: at least one, all in the language of the first.
        facts: of the file.
        on_page: told the number of each page and of its part, both from 1, as the page begins; what it raises ends
            the work.
    """
    stream = BytesIO()
    part_of: list[int] = []
    makers: list[PaperCanvas] = []

    def make_canvas(*arguments: Any, **named: Any) -> PaperCanvas:
        canvas = PaperCanvas(*arguments, **named)
        canvas.setDateFormatter(lambda *_: f"D:{facts.made_on:%Y%m%d}000000Z")
        canvas.finish_page = finish_page
        makers.append(canvas)
        return canvas

    def finish_page(canvas: PaperCanvas, number: int, _pages: int) -> None:
        part = part_of[number - 1]
        draw_footer(canvas, parts[part].style, number - part_of.index(part), part_of.count(part))

    def template(part: int) -> PageTemplate:
        def begin_page(canvas: PaperCanvas, _document: BaseDocTemplate) -> None:
            part_of.append(part)
            on_page(canvas.getPageNumber(), part + 1)
            draw_marks(canvas, style)

        style = parts[part].style
        return PageTemplate(id=f"{part}", frames=[_frame(style)], pagesize=style.page_size, onPage=begin_page)

    document = BaseDocTemplate(
        stream,
        pagesize=parts[0].style.page_size,
        pageTemplates=[template(part) for part in range(len(parts))],
        invariant=1,
        lang=parts[0].style.language.code,
        displayDocTitle=True,
        title=facts.title,
        author=facts.author,
        subject=facts.subject,
        creator=facts.creator,
        producer=facts.producer,
    )
    document.build([*_flow(parts)], canvasmaker=make_canvas)
    (canvas,) = makers
    return FinishedPaper(stream.getvalue(), canvas.page_count, tuple(map(_named, sorted(canvas.missing))))


def _flow(parts: Sequence[PaperPart]) -> Iterator[Flowable]:
    for number, part in enumerate(parts):
        if number:
            yield NextPageTemplate(f"{number}")
            yield PageBreak()
        yield from heading_block(part.style.heading, part.style.issuer, part.style.language)
        yield from part.content


def _frame(style: PaperStyle) -> Frame:
    return Frame(
        style.margins.left * mm,
        style.margins.bottom * mm,
        style.text_width,
        style.text_height,
        leftPadding=0,
        bottomPadding=0,
        rightPadding=0,
        topPadding=0,
    )


def _named(character: str) -> MissingCharacter:
    return MissingCharacter(character, f"U+{ord(character):04X}", unicodedata.name(character, _UNNAMED))
