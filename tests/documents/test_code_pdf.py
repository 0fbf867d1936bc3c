"""The paper of a secret code."""

from __future__ import annotations

from datetime import date

import pytest

from tests.documents.papers import read_with_pdfium, read_with_poppler, read_with_pypdf
from tlbb_desktop.documents.code_pdf import code_pdf
from tlbb_desktop.documents.typesetting import PaperLanguage
from tlbb_desktop.domain.code_papers import CodeKind
from tlbb_desktop.security.recovery import SLIP_GROUPS, new_code

DAY = date(2026, 11, 28)
KHMER = ["ក្រដាសកំណត់ឡើងវិញរបស់ TLBB Desktop", "អ្នកណាមានក្រដាសនេះ អាចបើកកំណត់ត្រាបាន។", "បានធ្វើនៅថ្ងៃទី២៨ ខែវិច្ឆិកា ឆ្នាំ២០២៦"]
ENGLISH = ["Reset slip of TLBB Desktop", "Whoever has this paper can open the record.", "Made on 28 November 2026"]


@pytest.mark.parametrize(
    ("language", "wanted"),
    [(PaperLanguage.KHMER, KHMER), (PaperLanguage.ENGLISH, ENGLISH), (PaperLanguage.BOTH, KHMER + ENGLISH)],
    ids=["km", "en", "both"],
)
def test_three_readers_find_the_groups_and_what_to_do_with_the_slip(language, wanted, tmp_path) -> None:
    code = new_code(SLIP_GROUPS)
    paper = code_pdf(CodeKind.SLIP, code.groups, DAY, language)
    assert (paper.pages, paper.missing) == (1, ())
    for lines in (read_with_poppler(paper.pdf, tmp_path), read_with_pypdf(paper.pdf), read_with_pdfium(paper.pdf)):
        text = "\n".join(lines)
        assert [each for each in [*wanted, *code.groups] if each not in text] == []
