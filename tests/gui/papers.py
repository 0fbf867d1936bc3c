"""Papers to look at and to print: invented text on as many pages as are wanted."""

from __future__ import annotations

from datetime import date
from functools import cache

from reportlab.platypus import PageBreak

from tlbb_desktop.documents.typesetting import BODY, FileFacts, KhmerParagraph, PaperStyle, build_paper

WORDS = "បញ្ជីអវត្តមានប្រចាំខែ"


@cache
def paper(pages: int = 3, *, landscape: bool = False) -> bytes:
    """A PDF of so many pages that say which they are."""
    content = [
        part
        for number in range(1, pages + 1)
        for part in (KhmerParagraph(f"{WORDS} {number} " + "ហត្ថលេខា " * 40 * number, BODY), PageBreak())
    ]
    style = PaperStyle(landscape=landscape)
    return build_paper(content[:-1], style, FileFacts("Paper", date(2026, 11, 27))).pdf
