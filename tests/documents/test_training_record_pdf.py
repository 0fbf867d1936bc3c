"""Training records on paper."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pypdf
import pytest

from tests.documents.papers import read_with_pdfium, read_with_poppler, read_with_pypdf
from tests.documents.training_records import RECORD
from tests.paper_text import text_of
from tlbb_desktop.documents.training_record_pdf import training_record_pdf
from tlbb_desktop.documents.typesetting import Heading, PaperLanguage
from tlbb_desktop.domain.people import Prison
from tlbb_desktop.domain.stigma import StigmaLint

KHMER, ENGLISH, BOTH = PaperLanguage.KHMER, PaperLanguage.ENGLISH, PaperLanguage.BOTH
LONG = ("សុខដារ៉ាវិបុលសុភមង្គល" * 20)[:400]
every_language = pytest.mark.parametrize("language", list(PaperLanguage), ids=lambda each: each.value)


@every_language
def test_three_readers_find_every_text_exactly(language, tmp_path) -> None:
    pdf = training_record_pdf(RECORD, language).pdf
    khmer = [
        "កំណត់ត្រាបណ្តុះបណ្តាល",
        "សុខ ដារ៉ា",
        "ចាប់ពីថ្ងៃទី០១ ខែតុលា ឆ្នាំ២០២៥ ដល់ថ្ងៃទី៣០ ខែកញ្ញា ឆ្នាំ២០២៦",
        "តុលា ២០២៥",
        "ប្រព័ន្ធបញ្ឆេះ សាកថ្ម និងស្តាត",
        "ធ្វើនៅសៀមរាប ថ្ងៃទី២៧ ខែវិច្ឆិកា ឆ្នាំ២០២៦",
        "ថ្ងៃសុក្រ ៣រោច ខែកត្តិក ឆ្នាំមមី អដ្ឋស័ក ព.ស.២៥៧០",
    ]
    english = [
        "Training record",
        "SOK DARA",
        "From 1 October 2025 to 30 September 2026",
        "October 2025",
        "Ignition, charging, starting",
        "Done at Siem Reap, 27 November 2026",
    ]
    wanted = {KHMER: khmer, ENGLISH: english, BOTH: khmer + english}[language]
    for lines in (read_with_poppler(pdf, tmp_path), read_with_pypdf(pdf), read_with_pdfium(pdf)):
        text = "\n".join(lines)
        assert [each for each in [*wanted, "K-2026-00001-3", "លី សុផល"] if each not in text] == []


def test_months_add_up_and_hours_stand_in_the_digits_of_the_language() -> None:
    english = "\n".join(read_with_pdfium(training_record_pdf(RECORD, ENGLISH).pdf))
    khmer = "\n".join(read_with_pdfium(training_record_pdf(RECORD, KHMER).pdf))
    total = RECORD.courses[0].total
    assert (total.sessions, total.attended, total.minutes_attended) == (192, 168, 30_120)
    assert "502" in english
    assert "44.6" in english
    assert "៥០២" in khmer
    assert "៤៤.៦" in khmer, "the point of all sheets and screens"


@every_language
def test_a_record_is_small_and_the_same_again(language) -> None:
    paper = training_record_pdf(RECORD, language, Heading.STATE)
    assert paper.missing == ()
    assert len(paper.pdf) < 60_000
    assert paper.pdf == training_record_pdf(RECORD, language, Heading.STATE).pdf


@every_language
def test_long_names_and_many_courses_go_on_over_pages(language) -> None:
    course = replace(RECORD.courses[0], name_km=LONG, name_en=LONG)
    long = replace(
        RECORD, name_km=LONG, name_latin="A" * 400, signer=LONG, post_km=LONG, issuer_km=LONG, courses=(course,) * 9
    )
    paper = training_record_pdf(long, language, Heading.JOINT)
    text = "".join(read_with_pdfium(paper.pdf))
    assert paper.pages > 5
    assert text.count(LONG) >= 9
    assert "A" * 400 in text


def test_a_person_without_training_has_a_record_that_says_so() -> None:
    paper = training_record_pdf(replace(RECORD, courses=(), certificates=()), ENGLISH)
    assert "No training is on record." in read_with_pdfium(paper.pdf)


def test_a_course_that_has_just_begun_has_no_empty_table() -> None:
    course = RECORD.courses[1]
    begun, taught = (
        text_of(training_record_pdf(replace(RECORD, courses=(each,)), ENGLISH).pdf)
        for each in (replace(course, months=()), course)
    )
    assert "Life skills" in begun
    assert "Hours attended" in taught
    assert "Hours attended" not in begun


@every_language
def test_nothing_on_paper_or_in_the_file_shows_detention(language) -> None:
    lint = StigmaLint([Prison(1, "SR", "ពន្ធនាគារខេត្តសៀមរាប", "Siem Reap Prison", "17", active=True)], ["0001"])
    pdf = training_record_pdf(RECORD, language, Heading.STATE).pdf
    facts = {str(name): str(value) for name, value in (pypdf.PdfReader(BytesIO(pdf)).metadata or {}).items()}
    lint.require_clean(facts | dict(enumerate(read_with_pdfium(pdf))))
