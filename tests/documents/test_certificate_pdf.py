"""Certificates on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from random import Random

import pypdf
import pypdfium2
import pytest
from PIL import Image

from tests.documents.certificates import CERTIFICATE, UNITS, certificate_paper
from tests.documents.papers import read_with_pdfium, read_with_poppler, read_with_pypdf
from tlbb_desktop.data.sample_curricula import sample_curriculum
from tlbb_desktop.documents.certificate_ornaments import code_side
from tlbb_desktop.documents.certificate_pdf import certificate_pdf
from tlbb_desktop.documents.code_pictures import codes_in_picture
from tlbb_desktop.documents.typesetting import Heading, PaperLanguage, PhotoUnreadable
from tlbb_desktop.domain.certificates import CertificateKind, Competence
from tlbb_desktop.domain.people import Prison
from tlbb_desktop.domain.stigma import StigmaLint

KHMER, ENGLISH, BOTH = PaperLanguage.KHMER, PaperLanguage.ENGLISH, PaperLanguage.BOTH
LONG_KHMER = ("សុខដារ៉ាវិបុលសុភមង្គល" * 20)[:400]
LONG_LATIN = ("SOKDARAVIBOL SOPHEAKMONGKUL " * 15)[:400]
POINTS_OF_MM = 72 / 25.4
KINGDOM = "ព្រះរាជាណាចក្រកម្ពុជា"

every_language = pytest.mark.parametrize("language", list(PaperLanguage), ids=lambda each: each.value)
every_heading = pytest.mark.parametrize(
    "heading", [Heading.STATE, Heading.JOINT, Heading.NGO], ids=lambda each: each.value
)


def expected(language: PaperLanguage) -> set[str]:
    """Lines that stand on the sample in a language, whole and exact."""
    khmer = {
        "វិញ្ញាបនបត្របញ្ចប់វគ្គ",
        "អង្គការជំនួយយុវជនកម្ពុជា សូមបញ្ជាក់ថា",
        "បានបញ្ចប់វគ្គបណ្តុះបណ្តាល",
        "ជួសជុលម៉ូតូ",
        "រយៈពេល ៦២៤ ម៉ោង ចាប់ពីថ្ងៃទី០១ ខែតុលា ឆ្នាំ២០២៥ ដល់ថ្ងៃទី៣០ ខែតុលា ឆ្នាំ២០២៦",
        "ថ្ងៃសុក្រ ៣រោច ខែកត្តិក ឆ្នាំមមី អដ្ឋស័ក ព.ស.២៥៧០",
        "ធ្វើនៅសៀមរាប ថ្ងៃទី២៧ ខែវិច្ឆិកា ឆ្នាំ២០២៦",
        "នាយកកម្មវិធី",
        "លេខ K-2026-00001-3",
    }
    english = {
        "Certificate of completion",
        "Youth Support Organisation of Cambodia certifies that",
        "has completed the training course",
        "Motorcycle repair",
        "Hours of training: 624, from 1 October 2025 to 30 October 2026",
        "Done at Siem Reap, 27 November 2026",
        "Programme director",
        "No. K-2026-00001-3",
    }
    names = {"សុខ ដារ៉ា", "SOK DARA", "លី សុផល"}
    posts = {"នាយកកម្មវិធី", "Programme director"}
    both = ((khmer | english) - posts) | {"នាយកកម្មវិធី Programme director"}
    return names | {KHMER: khmer, ENGLISH: english, BOTH: both}[language]


@every_language
def test_three_readers_find_every_line_exactly(language, tmp_path) -> None:
    pdf = certificate_pdf([certificate_paper()], language).pdf
    for found in (read_with_poppler(pdf, tmp_path), read_with_pypdf(pdf), read_with_pdfium(pdf)):
        lines = {line.strip() for line in found}
        assert expected(language) <= lines
        text = "".join(lines).replace(" ", "")
        for unit in UNITS:
            names = {KHMER: [unit.name_km], ENGLISH: [unit.name_en], BOTH: [unit.name_km, unit.name_en]}[language]
            assert all(name.replace(" ", "")[:12] in text for name in names)


@every_language
@every_heading
def test_a_certificate_is_one_small_sheet_with_nothing_missing(language, heading) -> None:
    paper = certificate_pdf([certificate_paper()], language, heading)
    assert (paper.pages, paper.missing) == (1, ())
    assert len(paper.pdf) < 60_000
    assert paper.pdf == certificate_pdf([certificate_paper()], language, heading).pdf


@pytest.mark.parametrize(("heading", "shown"), [(Heading.STATE, True), (Heading.JOINT, True), (Heading.NGO, False)])
def test_only_the_state_heads_a_paper_with_the_kingdom(heading, shown) -> None:
    lines = read_with_pdfium(certificate_pdf([certificate_paper()], KHMER, heading).pdf)
    assert any(KINGDOM in line for line in lines) is shown
    assert any(line.startswith(CERTIFICATE.issuer_km) for line in lines)


def test_every_kind_says_what_was_done() -> None:
    said = {
        kind: read_with_pdfium(certificate_pdf([certificate_paper(replace(CERTIFICATE, kind=kind))], ENGLISH).pdf)
        for kind in CertificateKind
    }
    assert "has completed a part of the training course" in said[CertificateKind.PARTIAL]
    assert "Partial-unit statement" in said[CertificateKind.PARTIAL]
    assert "has taken part in the training course" in said[CertificateKind.PARTICIPATION]


@every_language
@every_heading
@pytest.mark.parametrize("number_of_units", [0, 7, 16])
def test_long_names_stay_inside_the_border_and_touch_nothing(language, heading, number_of_units) -> None:
    longest = replace(
        CERTIFICATE,
        name_km=LONG_KHMER,
        name_latin=LONG_LATIN,
        course_km=LONG_KHMER,
        course_en=LONG_LATIN,
        issuer_km=LONG_KHMER,
        issuer_en=LONG_LATIN,
        signer=LONG_KHMER,
        post_km=LONG_KHMER,
        post_en=LONG_LATIN,
        competences=(UNITS * 3)[:number_of_units],
    )
    paper = certificate_pdf([certificate_paper(longest, duplicate=True)], language, heading)
    assert paper.pages == 1
    text = "".join(read_with_pdfium(paper.pdf)).replace(" ", "")
    assert LONG_KHMER in text
    assert LONG_LATIN.replace(" ", "") in text
    boxes = line_boxes(paper.pdf)
    page = (14 * POINTS_OF_MM, 14 * POINTS_OF_MM, 842 - 14 * POINTS_OF_MM, 595 - 14 * POINTS_OF_MM)
    assert [box for box in boxes if box[0] < page[0] or box[1] < page[1] or box[2] > page[2] or box[3] > page[3]] == []
    assert overlapping(boxes) == []


@every_language
@every_heading
def test_no_line_of_an_everyday_certificate_touches_another(language, heading) -> None:
    units = tuple(UNITS[number % len(UNITS)] for number in range(16))
    paper = certificate_pdf(
        [certificate_paper(replace(CERTIFICATE, competences=units), duplicate=True, demonstration=True)],
        language,
        heading,
    )
    assert overlapping(line_boxes(paper.pdf)) == []


def line_boxes(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right and top of each line of text, in points."""
    with pypdfium2.PdfDocument(pdf) as document:
        texts = document[0].get_textpage()
        return [texts.get_rect(number) for number in range(texts.count_rects())]


def overlapping(boxes: list[tuple[float, float, float, float]]) -> list[tuple[int, int]]:
    """Pairs of lines of which more than the tips of letters lie in each other."""
    found = []
    for first, (left, bottom, right, top) in enumerate(boxes):
        for second, other in enumerate(boxes[first + 1 :], first + 1):
            across = min(right, other[2]) - max(left, other[0])
            along = min(top, other[3]) - max(bottom, other[1])
            if across > 1 and along > 0.2 * min(top - bottom, other[3] - other[1]):
                found.append((first, second))
    return found


def test_a_reprint_says_so_in_both_languages() -> None:
    for language in PaperLanguage:
        again = read_with_pdfium(certificate_pdf([certificate_paper(duplicate=True)], language).pdf)
        assert "ស្ទួន / DUPLICATE" in again
        first = read_with_pdfium(certificate_pdf([certificate_paper()], language).pdf)
        assert not any("DUPLICATE" in line for line in first)


def test_a_certificate_of_the_demonstration_says_so() -> None:
    lines = read_with_pdfium(certificate_pdf([certificate_paper(demonstration=True)], ENGLISH).pdf)
    assert "DEMONSTRATION: not a real paper" in lines


def test_the_square_code_is_large_enough_for_a_photocopy() -> None:
    for name in ("SOK DARA", "SOK DARAVIBOL SOPHEAKMONGKUL CHANTHAREAKSMEY"):
        modules = certificate_paper(replace(CERTIFICATE, name_latin=name)).modules
        assert 29 <= code_side(modules) / POINTS_OF_MM <= 36
        assert code_side(modules) / len(modules) / POINTS_OF_MM >= 0.44


@every_language
@every_heading
def test_the_code_is_read_from_a_blurred_askew_scan(language, heading) -> None:
    paper = certificate_paper()
    with pypdfium2.PdfDocument(certificate_pdf([paper], language, heading).pdf) as document:
        sheet = document[0].render(scale=150 / 72, grayscale=True).to_pil().convert("L")
    for angle in (3, -3, 180):
        scan = sheet.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=244)
        assert codes_in_picture(scan) == (paper.code,)


def test_a_photo_fills_its_box_and_a_broken_one_is_refused() -> None:
    chance = Random(1)
    picture = Image.new("RGB", (400, 600))
    picture.putdata([tuple(chance.randbytes(3)) for _ in range(400 * 600)])
    file = BytesIO()
    picture.save(file, "JPEG")
    with_photo = certificate_pdf([certificate_paper(photo=file.getvalue())], KHMER)
    assert len(pypdf.PdfReader(BytesIO(with_photo.pdf)).pages[0].images) == 1
    empty = "រូបថត ៤ x ៦"
    assert empty not in read_with_pdfium(with_photo.pdf)
    assert empty in read_with_pdfium(certificate_pdf([certificate_paper()], KHMER).pdf)
    with pytest.raises(PhotoUnreadable):
        certificate_pdf([certificate_paper(photo=b"no picture")], KHMER)


def test_many_certificates_make_one_file_that_can_be_stopped() -> None:
    papers = [certificate_paper(replace(CERTIFICATE, name_latin=f"SOK {number}")) for number in range(5)]
    seen: list[int] = []
    paper = certificate_pdf(papers, KHMER, on_page=seen.append)
    assert (paper.pages, seen) == (5, [1, 2, 3, 4, 5])
    assert {f"SOK {number}" for number in range(5)} <= set(read_with_pdfium(paper.pdf))

    def stop(number: int) -> None:
        if number == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        certificate_pdf(papers, KHMER, on_page=stop)


@every_language
@every_heading
def test_nothing_on_paper_or_in_the_file_shows_detention(language, heading) -> None:
    prison = Prison(1, "SR", "ពន្ធនាគារខេត្តសៀមរាប", "Siem Reap Provincial Prison", "17", active=True)
    lint = StigmaLint([prison], ["0001"], ["សៀមរាប", "Siem Reap"])
    for kind in CertificateKind:
        certificate = replace(CERTIFICATE, kind=kind)
        pdf = certificate_pdf([certificate_paper(certificate, duplicate=True)], language, heading).pdf
        reader = pypdf.PdfReader(BytesIO(pdf))
        facts = {str(name): str(value) for name, value in (reader.metadata or {}).items()}
        lint.require_clean(facts | dict(enumerate(read_with_pdfium(pdf))))
        assert facts["/Title"].endswith(certificate.number)
        assert not facts.get("/Author")
        assert facts["/CreationDate"].startswith(f"D:{date(2026, 11, 27):%Y%m%d}")


def test_a_character_without_a_font_is_reported_by_name() -> None:
    paper = certificate_pdf([certificate_paper(replace(CERTIFICATE, name_latin="SOK 日"))], KHMER)
    assert [each.code_point for each in paper.missing] == ["U+65E5"]


@pytest.mark.parametrize("language", [KHMER, ENGLISH], ids=lambda each: each.value)
@pytest.mark.parametrize("course", ["life-skills", "moto"])
def test_the_units_of_a_whole_course_stay_large_enough_to_read(language, course) -> None:
    """Fourteen and sixteen units with the titles that the program brings."""
    sample = sample_curriculum(1, course)
    units = tuple(Competence(unit.code, unit.name_km, unit.name_en, unit.hours) for unit in sample.units)
    content = certificate_pdf([certificate_paper(replace(CERTIFICATE, competences=units))], language).pdf
    text = "\n".join(read_with_pdfium(content))
    assert all((unit.name_en if language is ENGLISH else unit.name_km) in text for unit in units)
    assert smallest_letters(content) >= 7.5


def smallest_letters(content: bytes) -> float:
    """In points."""
    sizes: list[float] = []

    def seen(text, _matrix, text_matrix, _font, size) -> None:
        if text.strip():
            sizes.append(size * abs(text_matrix[3]))

    pypdf.PdfReader(BytesIO(content)).pages[0].extract_text(visitor_text=seen)
    return min(sizes)
