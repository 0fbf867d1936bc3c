"""Plans on paper."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pypdf
import pypdfium2
import pytest

from tests.documents.papers import read_with_pdfium, read_with_poppler, read_with_pypdf
from tests.documents.plans import PLAN
from tlbb_desktop.documents.plan_pdf import _set, plan_pdf, plans_pdf
from tlbb_desktop.documents.typesetting import Heading, PaperLanguage
from tlbb_desktop.domain.plan_papers import (
    PlanCheck,
    PlanChecklist,
    PlanDocument,
    PlanList,
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
    assert paper.pages <= 2
    assert len(paper.pdf) < 60_000
    assert paper.pdf == plan_pdf(PLAN, language, heading).pdf


def test_boxes_and_thumbprints_are_drawn_and_no_letters() -> None:
    checks = PlanSection(PlanText("", "To have"), (PlanChecklist((PlanCheck(PlanText("", "Card"), True),)),))
    pdf = plan_pdf(PlanDocument(PlanText("", "Plan"), PLAN.made_on, sections=(checks,)), ENGLISH).pdf
    assert "Card" in read_with_pdfium(pdf)
    assert not any(sign in line for line in read_with_pdfium(pdf) for sign in "☐☑✓")
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
    lines = read_with_pdfium(paper.pdf)
    assert paper.pages > 10
    assert said(lines).count(LONG) >= 80
    head = {KHMER: "អ្វី", ENGLISH: "What", BOTH: "What"}[language]
    assert sum(line.startswith(head) for line in lines) >= paper.pages // 2, (
        "the head of the table stands on each of its pages"
    )


def test_signers_stay_together_on_one_page() -> None:
    with pypdfium2.PdfDocument(_set(PLAN, ENGLISH, Heading.NGO, 1.0).pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    assert [page.count("Thumbprint") for page in pages] == [0, 2]
    assert "Done at Siem Reap, 27 November 2026" in pages[1]


@pytest.mark.parametrize("signers", [3, 4, 5])
def test_boxes_and_lines_of_signers_stand_at_one_height_where_one_role_takes_more_lines(signers) -> None:
    long = PlanText("", "The mother or the father or the guardian of the young person or another adult of the family")
    roles = [PlanSigner(long, thumbprint=True), *[PlanSigner(PlanText("", "Child"), "Name", thumbprint=True)] * 4]
    plan = PlanDocument(PLAN.title, PLAN.made_on, signers=tuple(roles[:signers]))
    with pypdfium2.PdfDocument(plan_pdf(plan, ENGLISH).pdf) as document:
        text = document[0].get_textpage()
        whole = text.get_text_range()
        heights = [round(text.get_charbox(found.start())[1]) for found in re.finditer("Thumbprint", whole)]
    assert len(heights) == signers
    assert len(set(heights)) == (1 if signers < 5 else 2), "three in a row, or four where there are no more"


def steps(count: int) -> PlanSection:
    return PlanSection(PlanText("", "Steps"), (PlanList(tuple(PlanText("", f"step{n}") for n in range(count))),))


@every_language
def test_signatures_that_would_stand_on_a_page_of_their_own_make_the_letters_a_little_smaller(language) -> None:
    plan = PlanDocument(PLAN.title, PLAN.made_on, sections=(steps(27),), signers=PLAN.signers, place=PLAN.place)
    assert _set(plan, language, Heading.NGO, 1.0).pages == 2
    assert plan_pdf(plan, language).pages == 1
    much = replace(plan, sections=(steps(40),))
    assert plan_pdf(much, language).pdf == _set(much, language, Heading.NGO, 1.0).pdf, "nothing is gained by it"


@every_language
def test_a_checklist_that_has_to_stand_on_one_page_does(language) -> None:
    checks = tuple(PlanCheck(PlanText("បានជូនដំណឹងដល់មេភូមិ", "The leader is informed")) for _ in range(60))
    sections = (PlanSection(PLAN.title, (PlanChecklist(checks, columns=2),)),)
    plan = replace(PLAN, sections=sections, one_page=True, demonstration=True)
    assert plan_pdf(replace(plan, one_page=False), language).pages > 1
    assert plan_pdf(plan, language).pages == 1


def test_letters_get_no_smaller_than_the_reader_can_do_with() -> None:
    checks = tuple(PlanCheck(PlanText("បានជូនដំណឹងដល់មេភូមិ", "The leader is informed")) for _ in range(60))
    plan = replace(PLAN, sections=(PlanSection(PLAN.title, (PlanChecklist(checks, columns=2),)),), one_page=True)
    assert plan_pdf(replace(plan, smallest=0.9), PaperLanguage.BOTH).pages == 2


def test_a_row_that_is_a_title_goes_over_the_whole_width_and_to_the_page_of_its_rows() -> None:
    title, row = (PlanText("", "Group"), PlanText("")), (PlanText("", "Item"), PlanText("", "note"))
    for above in range(24, 44):
        rows = (row,) * above + (title, row, row)
        table = PlanTable((PlanText("", "What"), PlanText("", "Note")), rows, titles=frozenset({above}))
        plan = PlanDocument(PLAN.title, PLAN.made_on, sections=(PlanSection(PLAN.title, (table,)),))
        with pypdfium2.PdfDocument(plan_pdf(plan, ENGLISH).pdf) as document:
            pages = [page.get_textpage().get_text_range() for page in document]
        (place,) = [text for text in pages if "Group" in text]
        assert "Item" in place.partition("Group")[2]


def test_plans_in_one_file_say_its_title_and_language_and_count_their_own_pages() -> None:
    paper = plans_pdf((PLAN, PLAN), KHMER, PlanText("ទម្រង់", "Forms"))
    reader = pypdf.PdfReader(BytesIO(paper.pdf))
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.root_object["/Lang"]) == ("ទម្រង់", "km")
    assert len(reader.pages) == paper.pages == 2 * plan_pdf(PLAN, KHMER).pages
    counted = [line for line in read_with_pdfium(paper.pdf) if "ទំព័រទី" in line]
    assert counted[: len(counted) // 2] == counted[len(counted) // 2 :]


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
