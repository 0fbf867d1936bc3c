"""A learner's paper shows nothing of detention, however it is spelled."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from tlbb_desktop.domain.certificates import Certificate, CertificateKind, CertificatePaper, Competence
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.people import Prison
from tlbb_desktop.domain.stigma import SHORT_WORDS, WORD_STARTS, WORDS, StigmaLint

SR = Prison(1, "SR", "ពន្ធនាគារខេត្តសៀមរាប", "Siem Reap Provincial Prison", "17", True)
CENTRE = Prison(2, "CC2", "មណ្ឌលទី២ (ម២)", "Centre 2 (Bridge House)", "12", True)
LINT = StigmaLint((SR, CENTRE), numbers=("2026-0001",), places=("សៀមរាប", "Siem Reap"))
CLEAN = Certificate(
    number="K-2026-00001-3",
    kind=CertificateKind.COMPLETION,
    name_km="គឹម វណ្ណា",
    name_latin="KIM VANNA",
    course_code="moto",
    course_km="ការជួសជុលម៉ូតូ",
    course_en="Motorbike repair",
    starts_on=date(2026, 1, 5),
    ends_on=date(2026, 10, 30),
    hours=650,
    competences=(Competence("M10", "អំប្រាយ៉ា", "Clutch release, gearbox, cells of the battery", 64),),
    issued_on=date(2026, 10, 30),
    place_km="សៀមរាប",
    place_en="Siem Reap",
    issuer_km="This Life Cambodia",
    issuer_en="This Life Cambodia",
    signer="សុខា",
    post_km="ប្រធានកម្មវិធី",
    post_en="Programme manager",
)
FIELDS = (
    "name_km", "name_latin", "course_code", "course_km", "course_en", "place_km", "place_en", "issuer_km", "issuer_en",
    "signer", "post_km", "post_en", "number",
)  # fmt: skip


def paper(certificate: Certificate) -> CertificatePaper:
    return CertificatePaper(certificate, "C1:", ())


def test_an_honest_certificate_passes():
    LINT.require_clean(paper(CLEAN).texts())


@pytest.mark.parametrize(
    "word", [*WORDS, *WORD_STARTS, *SHORT_WORDS, SR.name_km, SR.name_en, CENTRE.name_en, "SR", "CC2"]
)
def test_each_planted_word_is_found(word):
    assert LINT.found(f"{word}")
    assert LINT.found(f"ការជួសជុល ({word}) 2026")


@pytest.mark.parametrize("field", FIELDS)
def test_a_word_is_found_in_every_text_of_the_paper(field):
    with pytest.raises(Refused) as refused:
        LINT.require_clean(paper(replace(CLEAN, **{field: "ពន្ធនាគារ"})).texts())
    assert refused.value.fields["word"] == "ពន្ធនាគារ"


def test_a_word_is_found_in_the_units_the_file_name_and_the_title():
    unit = Competence("X", "", "Work in prison")
    with pytest.raises(Refused):
        LINT.require_clean(paper(replace(CLEAN, competences=(unit,))).texts())
    texts = paper(replace(CLEAN, number="TLBB-1")).texts()
    assert LINT.found(texts["file_name"])
    assert LINT.found(texts["title"])


@pytest.mark.parametrize(
    "text",
    [
        "ពន្ធ នាគារ",
        "ពន្ធ\u200bនាគារ",
        "ពន្ធ\u00adនាគា\u200dរ",
        "ដោះ\u200bលែង",
        "ដេាះលែង",  # two signs that look like one vowel
        "ដោះ លែង",
        "Beyond  Bars",
        "beyond-bars",
        "BEYOND\u00a0BARS",
        "T.L.B.B.",
        "T L B B",
        "ｔｌｂｂ",
        "P R I S O N",
        "Prísón",
        "imprisoned",
        "J a i l",
        "CC 2",
        "cc-2",
        "ម ២",
        "ម២",
        "SR-MOTO-26",
        "code 2026-0001",
    ],
)
def test_another_encoding_or_spacing_of_a_word_is_found(text):
    assert LINT.found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Siem Reap", "សៀមរាប", "ខេត្តសៀមរាប", "used in materials", "Clutch release bearing", "fuel cells", "គុណវុឌ្ឍិ",
        "ព្រៃសាណ្ត", "សុខ ដារ៉ា", "K-2026-00001-3", "ម ២០២៦", "sentence structure", "bars and beams", "SRUN", "guard rail",
    ],
)  # fmt: skip
def test_innocent_words_pass(text):
    assert LINT.found(text) == ""


@pytest.mark.parametrize("word", ["ពន្ធនាគារ", "ដោះលែង", "អ្នកទោស"])
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_every_unicode_form_of_a_word_is_found(word, form):
    assert LINT.found(unicodedata.normalize(form, word))
