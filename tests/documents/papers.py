"""Texts to set, and papers read back with the three readers that people use."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
from reportlab.platypus import Flowable

from tests.paper_text import pages_of
from tlbb_desktop.documents.typesetting import FileFacts, FinishedPaper, Footer, PaperStyle, build_paper

ROOT = Path(__file__).resolve().parents[2]
BARE = PaperStyle(footer=Footer(counted=False))
FACTS = FileFacts("Title", date(2026, 11, 27))


def spelt(code_points: str) -> str:
    return "".join(chr(int(point, 16)) for point in code_points.split())


def _advances() -> dict[str, int]:
    lines = (ROOT / "tests" / "fixtures" / "khmer" / "advances.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {spelt(word): int(advance) for word, advance in rows}


ADVANCES = _advances()
"""Words that are hard to set, with their width in thousandths of an em."""


def guide_prose() -> list[str]:
    """The paragraphs of the Khmer user guide, without the signs of Markdown and of keys and menus."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs" / "guide" / "km").glob("*.md"))]
    lines = (re.sub(r"[*`#|←↑→↓✓▲◇\u200b]|^[-\d.]+ ", "", line).strip() for text in texts for line in text.splitlines())
    return [re.sub(" +", " ", line) for line in lines if re.search("[\u1780-\u17ff]", line)]


def paper_of(*content: Flowable, style: PaperStyle = BARE, **facts: Any) -> FinishedPaper:
    """A paper with nothing but its content."""
    return build_paper(content, style, FileFacts(**{"title": "Title", "made_on": date(2026, 11, 27)} | facts))


def read_with_poppler(pdf: bytes, folder: Path) -> list[str]:
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    answer = subprocess.run(["pdftotext", "-enc", "UTF-8", str(file), "-"], check=True, capture_output=True, timeout=60)
    return _lines([answer.stdout.decode("utf-8")])


def read_with_pypdf(pdf: bytes) -> list[str]:
    return _lines([page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages])


def read_with_pdfium(pdf: bytes) -> list[str]:
    return _lines(pages_of(pdf))


def _lines(pages: Sequence[str]) -> list[str]:
    return [line for page in pages for line in re.split(r"[\r\n\f]+", page) if line.strip()]
