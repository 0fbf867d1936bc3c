"""Text set on a paper is read back letter by letter, and what cannot be shown is named."""

from __future__ import annotations

from io import BytesIO
from random import Random

import pypdf
import pytest
from typing_extensions import override

from tests.documents.papers import (
    ADVANCES,
    guide_prose,
    paper_of,
    read_with_pdfium,
    read_with_poppler,
    read_with_pypdf,
)
from tests.khmer.program_texts import program_texts
from tlbb_desktop.documents.typesetting import (
    Align,
    Family,
    KhmerParagraph,
    PaperLanguage,
    PaperStyle,
    Span,
    TextStyle,
    khmer_table,
)
from tlbb_desktop.documents.typesetting.lines import Line
from tlbb_desktop.documents.typesetting.shaping import shaped
from tlbb_desktop.khmer import normalise

DOTTED_CIRCLE = "\u25cc"
TEXTS = (*ADVANCES, *guide_prose(), "SOK Chandara, 4 x 6 cm – “AV office” (50 %)", "សុខ ចាន់ដារ៉ា SOK Chandara ០១២ 345")


class Remembered(KhmerParagraph):
    """A paragraph that leaves behind which lines it drew."""

    drawn: list[str]

    def __init__(self, content, style, drawn):
        super().__init__(content, style)
        self.drawn = drawn

    @override
    def drawOn(self, canvas, x, y, _sW=0):
        self.drawn += [line for line in self.lines if line.strip()]
        super().drawOn(canvas, x, y, _sW)


def set_everything(texts, **style) -> tuple[bytes, list[str]]:
    drawn: list[str] = []
    paragraphs = [Remembered(text, TextStyle(**style), drawn) for text in texts]
    return paper_of(*paragraphs).pdf, drawn


@pytest.mark.parametrize("align", [Align.LEFT, Align.JUSTIFY], ids=["ragged", "justified"])
@pytest.mark.parametrize("family", Family, ids=lambda family: family.name.lower())
def test_three_readers_read_what_was_set(family, align, tmp_path):
    pdf, drawn = set_everything(TEXTS, family=family, align=align)
    assert read_with_poppler(pdf, tmp_path) == drawn
    assert read_with_pypdf(pdf) == drawn
    assert read_with_pdfium(pdf) == drawn


def test_lines_joined_give_the_text_again():
    text = " ".join(guide_prose())
    drawn = set_everything([text])[1]
    assert "".join(drawn) == text


def test_cells_of_a_table_are_read_one_by_one(tmp_path):
    rows = [[f"{number}", "សុខ ស្រីមុំ", "SOK Sreymom", "ព្រះសីហនុ"] for number in range(1, 9)]
    pdf = paper_of(khmer_table([["ល.រ", "ឈ្មោះ", "Latin", "ខេត្ត"]], rows, [40, 120, 120, 90])).pdf
    for text in (read_with_poppler(pdf, tmp_path), read_with_pypdf(pdf), read_with_pdfium(pdf)):
        words = " ".join(text)
        assert words.count("សុខ ស្រីមុំ") == 8
        assert words.count("ព្រះសីហនុ") == 8


def test_break_hints_are_neither_seen_nor_copied(tmp_path):
    pdf, drawn = set_everything(["សុខ\u200bដារ៉ា\u2060នេះ\ufeff", "co\u00adoperate"])
    assert drawn == ["សុខដារ៉ានេះ", "cooperate"]
    assert read_with_poppler(pdf, tmp_path) == drawn


def test_joiners_that_steer_the_letters_are_copied(tmp_path):
    word = "ប៊\u200cី"
    pdf, _ = set_everything([word])
    assert shaped(word).missing == frozenset()
    assert read_with_poppler(pdf, tmp_path) == read_with_pypdf(pdf) == read_with_pdfium(pdf) == [word]


def test_invisible_signs_alone_are_no_fault():
    paper = paper_of(KhmerParagraph("\u200b\u200c\u200d\u2060"), KhmerParagraph(""), KhmerParagraph("ក"))
    assert (paper.pages, paper.missing) == (1, ())


def test_no_normalised_word_has_a_dotted_circle_or_an_empty_glyph():
    chance = Random(1)
    words = {normalise(word) for text in program_texts() for word in text.split()} | set(ADVANCES)
    words |= {normalise("".join(chance.sample(sorted(words), 3))) for _ in range(500)}
    for family in Family:
        for word in words:
            for run in shaped(word, family).runs:
                forbidden = {0, run.face.glyph(DOTTED_CIRCLE)}
                assert not forbidden.intersection(glyph.number for glyph in run.glyphs), (family, word)


def test_words_set_one_by_one_take_the_glyphs_of_the_whole_text():
    for text in guide_prose():
        words = text.replace(" ", " \0").split("\0")
        apart = [glyph.number for word in words for run in shaped(word).runs for glyph in run.glyphs]
        assert apart == [glyph.number for run in shaped(text).runs for glyph in run.glyphs]


def test_a_syllable_is_never_split_over_faces():
    text = "ភាសា–English “ខ្មែរ” ស្ត្រី"
    for family in Family:
        for run in shaped(text, family).runs:
            assert not run.glyphs or run.glyphs[0].text, "a run begins with a cluster"


def test_a_title_takes_from_the_text_face_what_its_own_lacks():
    faces = [run.face.name for run in shaped("កម្ពុជា – “ក”", Family.TITLE).runs]
    assert set(faces) == {"Moul-Regular", "NotoSansKhmer-Regular"}
    assert shaped("កម្ពុជា – “ក” … —", Family.TITLE).missing == frozenset()


def test_what_no_face_covers_is_shown_and_named(tmp_path):
    paper = paper_of(KhmerParagraph("ឈ្មោះ 日本 និង 😀 ។"))
    assert [(each.code_point, each.name) for each in paper.missing] == [
        ("U+65E5", "CJK UNIFIED IDEOGRAPH-65E5"),
        ("U+672C", "CJK UNIFIED IDEOGRAPH-672C"),
        ("U+1F600", "GRINNING FACE"),
    ]
    assert read_with_poppler(paper.pdf, tmp_path) == ["ឈ្មោះ 日本 និង 😀 ។"]
    assert read_with_pypdf(paper.pdf) == ["ឈ្មោះ 日本 និង 😀 ។"]


def test_a_control_sign_or_half_a_pair_is_named_and_breaks_nothing():
    paper = paper_of(KhmerParagraph("ក\x00ខ\ud800គ"))
    assert [each.code_point for each in paper.missing] == ["U+0000", "U+D800"]
    assert paper.missing[0].name == "UNNAMED CHARACTER"


def test_the_covered_part_of_a_cluster_is_still_shown():
    assert shaped("ក\u036e").missing == {"\u036e"}
    assert shaped("e\u0301").missing == frozenset(), "HarfBuzz composes é"


def test_every_font_is_embedded_and_none_names_the_program():
    paper = paper_of(
        KhmerParagraph("កម្ពុជា – text", TextStyle(family=Family.TITLE)),
        KhmerParagraph([Span("ដិត", Family.BOLD), Span("text")]),
        style=PaperStyle(PaperLanguage.BOTH),
    )
    fonts = {
        font.get_object()["/BaseFont"]: font.get_object()
        for page in pypdf.PdfReader(BytesIO(paper.pdf)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert {name.partition("+")[2] for name in fonts} == {
        "NotoSansKhmer-Regular",
        "NotoSansKhmer-Bold",
        "Moul-Regular",
    }
    for font in fonts.values():
        (descendant,) = font["/DescendantFonts"]
        assert (font["/Encoding"], descendant["/Subtype"]) == ("/Identity-H", "/CIDFontType2")
        outlines = descendant["/FontDescriptor"]["/FontFile2"].get_data()
        assert outlines
        assert b"TLBB" not in outlines
        assert "TLBB".encode("utf-16-be") not in outlines
    assert b"TLBB" not in b"".join(
        font["/DescendantFonts"][0]["/FontDescriptor"]["/FontFile2"].get_data() for font in fonts.values()
    )
    assert b"Helvetica" not in paper.pdf


def test_a_line_of_two_families_is_one_text(tmp_path):
    paragraph = KhmerParagraph([Span("ឈ្មោះ៖ ", Family.BOLD), Span("សុខ ដារ៉ា"), Span(" (small)", scale=0.8)])
    pdf = paper_of(paragraph).pdf
    expected = ["ឈ្មោះ៖ សុខ ដារ៉ា (small)"]
    assert read_with_poppler(pdf, tmp_path) == read_with_pypdf(pdf) == read_with_pdfium(pdf) == expected


def test_a_line_knows_its_text():
    assert Line((), 0.0, last=True).text == ""
