"""Plans on paper."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from tests.documents.papers import read_with_pdfium, read_with_poppler, read_with_pypdf
from tests.documents.plans import PLAN
from tlbb_desktop.documents.plan_pdf import plan_pdf
from tlbb_desktop.documents.typesetting import Heading, PaperLanguage
from tlbb_desktop.domain.plan_papers import (
    PlanCheck,
    PlanChecklist,
    PlanDocument,
    PlanSection,
    PlanSigner,
    PlanTable,
    PlanText,
)

KHMER, ENGLISH, BOTH = PaperLanguage.KHMER, PaperLanguage.ENGLISH, PaperLanguage.BOTH
LONG = ("សុខដារ៉ាវិបុលសុភមង្គល" * 20)[:400]
every_language = pytest.mark.parametrize("language", list(PaperLanguage), ids=lambda each: each.value)


def said(lines: list[str]) -> str:
    """The text without spaces and line ends, so that a text is found however its lines were broken."""
    return "".join("".join(lines).split())


@every_language
def test_three_readers_find_every_text_exactly(language, tmp_path) -> None:
    pdf = plan_pdf(PLAN, language).pdf
    khmer = ["ផែនការរបស់ខ្ញុំ", "រកការងារជាជាងជួសជុលម៉ូតូនៅក្រុងសៀមរាបក្នុងរយៈពេល៣ខែ", "សំបុត្រកំណើត", "ស្នាមមេដៃ", "២០០០០០៛"]
    english = ["Myplan", "FindworkasamotorcyclemechanicinSiemReapwithin3months", "Birthcertificate", "Thumbprint"]
    wanted = {KHMER: khmer, ENGLISH: english, BOTH: khmer + english}[language]
    for lines in (read_with_poppler(pdf, tmp_path), read_with_pypdf(pdf), read_with_pdfium(pdf)):
        text = said(lines)
        assert [each for each in [*wanted, "សុខដារ៉ា·SOKDARA", "លីសុផល·LYSOPHAL"] if each not in text] == []


@every_language
@pytest.mark.parametrize("heading", [Heading.STATE, Heading.JOINT, Heading.NGO], ids=lambda each: each.value)
def test_a_plan_is_small_and_the_same_again(language, heading) -> None:
    paper = plan_pdf(PLAN, language, heading)
    assert paper.missing == ()
    assert paper.pages == 2
    assert len(paper.pdf) < 60_000
    assert paper.pdf == plan_pdf(PLAN, language, heading).pdf


def test_boxes_and_thumbprints_are_drawn_and_no_letters() -> None:
    checks = PlanSection(PlanText("", "To have"), (PlanChecklist((PlanCheck(PlanText("", "Card"), True),)),))
    pdf = plan_pdf(PlanDocument(PlanText("", "Plan"), PLAN.made_on, sections=(checks,)), ENGLISH).pdf
    assert "Card" in read_with_pypdf(pdf)
    assert not any(sign in line for line in read_with_pypdf(pdf) for sign in "☐☑✓")
    with pypdfium2.PdfDocument(pdf) as document:
        kinds = [each.type for each in document[0].get_objects()]
    assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_PATH) >= 3, "a box and the two strokes of its tick"


@every_language
def test_long_names_and_a_table_longer_than_a_page_go_on_over_pages(language) -> None:
    cell = PlanText(LONG, LONG)
    table = PlanTable((PlanText("អ្វី", "What"), PlanText("អ្នកណា", "Who")), ((cell, cell),) * 40)
    plan = replace(
        PLAN,
        title=cell,
        parties=(replace(PLAN.parties[0], name_km=LONG, name_latin="A" * 400),),
        sections=(PlanSection(cell, (table,)),),
        signers=tuple(PlanSigner(cell, LONG, thumbprint=bool(number % 2)) for number in range(5)),
        issuer=(cell,),
    )
    paper = plan_pdf(plan, language, Heading.JOINT)
    lines = read_with_pypdf(paper.pdf)
    assert paper.pages > 10
    assert said(lines).count(LONG) >= 80
    head = {KHMER: "អ្វី", ENGLISH: "What", BOTH: "What"}[language]
    assert sum(line.startswith(head) for line in lines) >= paper.pages // 2, (
        "the head of the table stands on each of its pages"
    )


def test_signers_stay_together_on_one_page() -> None:
    with pypdfium2.PdfDocument(plan_pdf(PLAN, ENGLISH).pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    assert [page.count("Thumbprint") for page in pages] == [0, 2]
    assert "Done at Siem Reap, 27 November 2026" in pages[1]


def test_a_draft_says_so_on_every_page() -> None:
    with pypdfium2.PdfDocument(plan_pdf(replace(PLAN, draft=True), ENGLISH).pdf) as document:
        assert all("DRAFT" in page.get_textpage().get_text_range() for page in document)


def test_every_text_of_a_plan_can_be_held_against_a_lint() -> None:
    texts = set(PLAN.texts())
    assert {"ផែនការរបស់ខ្ញុំ", "Mother", "CHEA SOPHEA", "Identity card", "Kept by mother", "លី សុផល", "January"} <= texts
    assert {"What I want to add:", "Goals", "Siem Reap", "Youth Support Organisation of Cambodia"} <= texts
    assert "" not in texts


def test_a_row_without_all_its_cells_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="cells"):
        PlanTable((PlanText("ក"), PlanText("ខ")), ((PlanText("គ"),),))


@every_language
def test_names_stand_on_one_line_beside_a_thumbprint(language) -> None:
    with pypdfium2.PdfDocument(plan_pdf(PLAN, language).pdf) as document:
        texts = document[len(document) - 1].get_textpage()
        boxes = [texts.get_rect(number) for number in range(texts.count_rects())]
        bottoms = {said([texts.get_text_bounded(*box)]): round(box[1]) for box in boxes}
    signed = [bottoms[name] for name in ("សុខដារ៉ា", "ជាសុភា", "លីសុផល")]
    assert max(signed) - min(signed) <= 6
