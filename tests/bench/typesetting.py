"""Pages of mixed Khmer paragraphs and tables, against fpdf2's text shaping of the same pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random

from fpdf import FPDF
from reportlab.platypus import PageBreak

from tests.bench.report import Finding
from tests.bench.timing import race, seconds_of
from tlbb_desktop.demonstration.many_names import invent_names
from tlbb_desktop.documents.typesetting import (
    BODY,
    SECTION,
    FileFacts,
    FinishedPaper,
    KhmerParagraph,
    PaperStyle,
    build_paper,
    forget_texts,
    khmer_table,
)
from tlbb_desktop.documents.typesetting.faces import FONTS
from tlbb_desktop.khmer import breaks

PAGES, PARAGRAPHS, SENTENCES, ROWS = 20, 3, 5, 22
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide" / "km"
HEAD = ("ល.រ", "គោត្តនាម និងនាម", "ឈ្មោះឡាតាំង", "ខេត្ត", "ផ្សេងៗ")
WIDTHS_MM = (14, 48, 50, 36, 26)
REMARKS = ("", "មកយឺត ២ ដង", "ច្បាប់", "ចេញមុនម៉ោង")
PROVINCES = ("សៀមរាប", "បាត់ដំបង", "បន្ទាយមានជ័យ", "រាជធានីភ្នំពេញ")
_POINTS_OF_MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Page:
    """What one page says."""

    title: str
    paragraphs: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def measure(_folder: Path) -> Iterator[Finding]:
    """Both make a whole file; seconds are of one page."""
    seen = _invent_pages(1)
    assert _set(seen).pages == PAGES, "a page of the benchmark is not a page of paper"
    found = race(3, lambda: _seconds_of_a_page(seen), lambda: seconds_of(lambda: _set_with_fpdf(seen)) / PAGES)
    yield Finding(
        "a page of Khmer text and table",
        found.median(),
        "fpdf2 with text shaping: the same page, its lines broken at the same offsets",
        found.median(1),
        found.ratio(),
        most_ratio=1 / 8,
        remarks=(f"{1 / found.median():.0f} pages a second, fpdf2 {1 / found.median(1):.1f}",),
    )
    numbers = iter(range(2, 100))

    def unseen() -> float:
        forget_texts()
        return _seconds_of_a_page(_invent_pages(next(numbers)))

    first = race(3, unseen, lambda: seconds_of(lambda: _set_with_fpdf(seen)) / PAGES)
    yield Finding(
        "a page of text never set before",
        first.median(),
        "fpdf2 with text shaping: such a page with its breaks known",
        first.median(1),
        first.ratio(),
        most_seconds=1 / 25,
        remarks=(f"{1 / first.median():.0f} pages a second, all caches empty, line breaks looked for",),
    )


def _seconds_of_a_page(pages: list[Page]) -> float:
    return seconds_of(lambda: _set(pages)) / PAGES


def _set(pages: list[Page]) -> FinishedPaper:
    widths = [width * _POINTS_OF_MM for width in WIDTHS_MM]
    content = []
    for page in pages:
        content.append(KhmerParagraph(page.title, SECTION))
        content += [KhmerParagraph(paragraph, BODY) for paragraph in page.paragraphs]
        content += [khmer_table([HEAD], page.rows, widths), PageBreak()]
    return build_paper(content, PaperStyle(), FileFacts("benchmark", date(2026, 11, 27)))


def _set_with_fpdf(pages: list[Page]) -> bytes:
    pdf = FPDF(format="A4")
    pdf.set_margin(18)
    pdf.add_font("Khmer", "", FONTS / "TLBBKhmer-Regular.ttf")
    pdf.add_font("Khmer", "B", FONTS / "TLBBKhmer-Bold.ttf")
    pdf.set_text_shaping(True, script="khmr", language="khm")
    for page in pages:
        pdf.add_page()
        pdf.set_font("Khmer", "B", 12)
        pdf.cell(0, 8, page.title, new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("Khmer", "", 10.5)
        for paragraph in page.paragraphs:
            pdf.multi_cell(0, 6.5, _hinted(paragraph), align="L", new_x="LMARGIN", new_y="NEXT")
        for row in (HEAD, *page.rows):
            pdf.set_font("Khmer", "B" if row is HEAD else "", 9.5)
            for width, text in zip(WIDTHS_MM, row, strict=True):
                pdf.cell(width, 6.2, text, border=1)
            pdf.ln()
    return bytes(pdf.output())


def _hinted(text: str) -> str:
    """A text with a zero width space where a line may break."""
    cuts = [0, *breaks(text), len(text)]
    return "\u200b".join(text[start:end] for start, end in pairwise(cuts))


def _invent_pages(number: int) -> list[Page]:
    """Pages of sentences of the guide, their parts in an order of their own, and of people of their own."""
    chance = Random(number)
    sentences = [sentence for path in sorted(GUIDE.glob("*.md")) for sentence in _sentences(path)]
    people = invent_names((number + 1) * PAGES * ROWS)[number * PAGES * ROWS :]
    return [
        Page(
            f"{chance.choice(sentences)[:40]}",
            tuple(_paragraph(sentences, chance) for _ in range(PARAGRAPHS)),
            tuple(
                (f"{row + 1}", names.khmer, names.latin, chance.choice(PROVINCES), chance.choice(REMARKS))
                for row, (names, _) in enumerate(people[page * ROWS : (page + 1) * ROWS])
            ),
        )
        for page in range(PAGES)
    ]


def _sentences(path: Path) -> list[str]:
    text = re.sub(r"[*`#>|→✓▲◇\u200b]|^\W*\d+\.|^- ", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [sentence.strip() for sentence in re.split(r"(?<=។)|\n", text) if len(sentence.strip()) > 30]


def _paragraph(sentences: list[str], chance: Random) -> str:
    parts = [part for sentence in chance.sample(sentences, SENTENCES) for part in sentence.split(" ")]
    chance.shuffle(parts)
    return " ".join(parts)
