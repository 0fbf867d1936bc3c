"""The sheets for the wall of an office: one page of A4 each, in both languages, large enough to read standing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from tests.documents.papers import read_with_pdfium
from tlbb_desktop.documents.guide_sheet_pdf import guide_sheet_pdf
from tlbb_desktop.documents.typesetting import PaperLanguage

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide"
SHEETS = sorted(path.stem for path in (GUIDE / "en").glob("sheet_*.md"))
A4 = (595, 842)


@pytest.mark.parametrize("language", [PaperLanguage.KHMER, PaperLanguage.ENGLISH])
@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_is_one_page_of_a4_and_says_all_of_its_chapter(sheet, language) -> None:
    chapter = (GUIDE / language.code / f"{sheet}.md").read_text(encoding="utf-8")
    paper = guide_sheet_pdf(chapter, language, date(2026, 11, 28))
    assert (paper.pages, paper.missing) == (1, ())
    document = pypdfium2.PdfDocument(paper.pdf)
    assert tuple(round(side) for side in document[0].get_size()) == A4
    document.close()
    said = "".join("".join(read_with_pdfium(paper.pdf)).split())
    for line in chapter.replace("**", "").replace("→", "›").splitlines():
        words = line.lstrip("# ").partition(". ")[2] if line[:1].isdigit() else line.lstrip("# ")
        assert "".join(words.split()) in said


def test_there_are_four_sheets_and_each_in_both_languages() -> None:
    assert SHEETS == ["sheet_damaged_disk", "sheet_leaving", "sheet_lost_laptop", "sheet_passphrase"]
    assert sorted(path.stem for path in (GUIDE / "km").glob("sheet_*.md")) == SHEETS
