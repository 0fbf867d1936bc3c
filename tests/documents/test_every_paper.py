"""What holds for every paper, in every language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from itertools import accumulate, pairwise

import pypdf
import pytest
from reportlab.platypus.doctemplate import BaseDocTemplate

from tests.documents.every_paper import PAPERS
from tests.documents.papers import read_with_pdfium, read_with_poppler, read_with_pypdf
from tests.khmer.test_breaking import NEVER_FIRST, NEVER_LAST, UNITS
from tlbb_desktop.documents.typesetting import FinishedPaper, KhmerParagraph, PaperCanvas, PaperLanguage
from tlbb_desktop.documents.typesetting.lines import Line
from tlbb_desktop.documents.typesetting.shaping import shaped
from tlbb_desktop.domain.people import Prison
from tlbb_desktop.domain.stigma import StigmaLint
from tlbb_desktop.khmer import cluster_breaks

LEARNERS_PAPERS = [
    name for name in PAPERS if name.startswith(("certificate", "partial", "participation", "training", "case-my-plan"))
]
HINTS = re.compile("[\u200b\u2060\ufeff\u00ad]")

every_language = pytest.mark.parametrize("language", list(PaperLanguage), ids=lambda each: each.value)
every_paper = pytest.mark.parametrize("name", list(PAPERS))


@dataclass
class Written:
    """A paper, and what was given to it to show.

    Attributes:
        paper: the file.
        lines: all of them, in the order in which they were drawn.
        paragraphs: the lines of each paragraph, and the text that it was made of.
    """

    paper: FinishedPaper
    lines: list[str]
    paragraphs: list[tuple[tuple[str, ...], str]]


@pytest.fixture
def written(name, language) -> Written:
    """The paper of this test; each is set once for all tests."""
    return _written(name, language)


@cache
def _written(name: str, language: PaperLanguage) -> Written:
    lines: list[str] = []
    paragraphs: list[tuple[tuple[str, ...], str]] = []
    tries: dict[bytes, Written] = {}
    set_line, draw_on, build = PaperCanvas.set_line, KhmerParagraph.drawOn, BaseDocTemplate.build

    def note_build(document: BaseDocTemplate, *arguments: object, **named: object) -> None:
        lines.clear()
        paragraphs.clear()
        build(document, *arguments, **named)
        pdf = document.filename.getvalue()
        tries[pdf] = Written(FinishedPaper(pdf, 0, ()), list(lines), list(paragraphs))

    def note_line(canvas: PaperCanvas, x: float, y: float, line: Line, *arguments: object) -> None:
        lines.append(line.text)
        set_line(canvas, x, y, line, *arguments)

    def note_paragraph(paragraph: KhmerParagraph, *arguments: object, **named: object) -> None:
        paragraphs.append((paragraph.lines, _content(paragraph)))
        draw_on(paragraph, *arguments, **named)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(PaperCanvas, "set_line", note_line)
        patched.setattr(KhmerParagraph, "drawOn", note_paragraph)
        patched.setattr(BaseDocTemplate, "build", note_build)
        paper = PAPERS[name](language)
    return replace(tries[paper.pdf], paper=paper)  # a paper may be set several times until it fits


def _content(paragraph: KhmerParagraph) -> str:
    content = paragraph._content  # the text before it was broken into lines
    return content if isinstance(content, str) else "".join(span.text for span in content)


def without_spaces(text: str) -> str:
    return re.sub(r"\s", "", HINTS.sub("", text))


@every_language
@every_paper
def test_three_readers_read_every_text_that_was_written(written, tmp_path) -> None:
    pdf = written.paper.pdf
    assert len(written.lines) > 10
    assert [text for lines, text in written.paragraphs if without_spaces("".join(lines)) != without_spaces(text)] == []
    letters = Counter(without_spaces("".join(written.lines)))
    for read in (lambda pdf: read_with_poppler(pdf, tmp_path), read_with_pypdf, read_with_pdfium):
        found = read(pdf)
        text = "\n".join(map(without_spaces, found))
        assert [line for line in written.lines if without_spaces(line) not in text] == []
        assert Counter(without_spaces("".join(found))) == letters


@every_language
@every_paper
def test_no_line_ends_where_khmer_may_not_break(written) -> None:
    assert [text for lines, text in written.paragraphs for _ in wrong_ends(lines, text)] == []


def wrong_ends(lines: tuple[str, ...], text: str) -> Iterator[str]:
    """Lines that end where none may, but where the text itself ends them."""
    ended = set(accumulate(len(without_spaces(part)) for part in text.split("\n")))
    letters = 0
    for line, following in pairwise(lines):
        letters += len(without_spaces(line))
        if letters in ended:
            continue
        before, after = line.rstrip(), following.lstrip()
        whole = before + after
        if (
            after[:1] in tuple(NEVER_FIRST)
            or before[-1:] in tuple(NEVER_LAST)
            or (before[-1:].isdigit() and re.match(UNITS, after))
            or (before == line and before[-1:].isdigit() and after[:1].isdigit())
            or (line == before and len(before) not in cluster_breaks(whole))
        ):
            yield line


@every_language
@every_paper
def test_nothing_is_missing_and_no_letter_hangs_on_a_dotted_circle(written) -> None:
    assert written.paper.missing == ()
    words = {word for line in written.lines for word in line.split()}
    circled = [
        word
        for word in words
        for run in shaped(word).runs
        if {0, run.face.glyph("\u25cc")} & {glyph.number for glyph in run.glyphs}
    ]
    assert circled == []


@every_language
@every_paper
def test_a_paper_says_its_title_and_language_and_embeds_every_font(language, written) -> None:
    reader = pypdf.PdfReader(BytesIO(written.paper.pdf))
    assert reader.metadata is not None
    assert reader.metadata.title
    assert reader.root_object["/Lang"] == language.code
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"].get("/Font", {}).values()]
    assert fonts
    for font in fonts:
        (descendant,) = font["/DescendantFonts"]
        assert "/FontFile2" in descendant.get_object()["/FontDescriptor"]


@every_language
@pytest.mark.parametrize("name", LEARNERS_PAPERS)
def test_a_learners_paper_shows_no_detention_on_any_page_nor_in_the_file(written) -> None:
    prison = Prison(1, "SR", "ពន្ធនាគារខេត្តសៀមរាប", "Siem Reap Provincial Prison", "17", active=True)
    lint = StigmaLint([prison], ["0001"], ["សៀមរាប", "Siem Reap"])
    pdf = written.paper.pdf
    facts = {str(key): str(value) for key, value in (pypdf.PdfReader(BytesIO(pdf)).metadata or {}).items()}
    lint.require_clean(facts | {str(number): line for number, line in enumerate(read_with_pdfium(pdf))})
