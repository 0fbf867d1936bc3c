"""What we set looks as other engines draw it."""

from __future__ import annotations

from io import BytesIO
from math import ceil

import pytest

from tests.documents.ink import PIXELS, cropped, difference, hb_view, pdf_page, qt_font, qt_lines, same_canvas
from tests.documents.papers import ADVANCES, guide_prose
from tlbb_desktop.documents.typesetting import Align, Family, KhmerParagraph, PaperCanvas, TextStyle, text_width
from tlbb_desktop.documents.typesetting.faces import FONTS
from tlbb_desktop.documents.typesetting.shaping import shaped
from tlbb_desktop.documents.typesetting.styles import BASELINE

FILES = {
    Family.TEXT: FONTS / "TLBBKhmer-Regular.ttf",
    Family.BOLD: FONTS / "TLBBKhmer-Bold.ttf",
    Family.TITLE: FONTS / "Moul-Regular.ttf",
}
MOST_DIFFERENCE = 0.005
WORD_TOLERANCE, PAGE_TOLERANCE = 2, 1
"""Pixels: of letters of 96 pixels, and of letters of 32 on a page."""

SENTENCES = (
    "ព្រះរាជាណាចក្រកម្ពុជា ជាតិ សាសនា ព្រះមហាក្សត្រ",
    "Certificate no. 12 (AV) – “fi” office",
    "ភាសា English និង ខ្មែរ ១២៣ 123",
)


def room_for(text: str, family: Family) -> int:
    return ceil(text_width(text, PIXELS, family)) + 300


def our_word(text: str, family: Family) -> bytes:
    stream = BytesIO()
    canvas = PaperCanvas(stream, pagesize=(room_for(text, family), 400), invariant=1)
    canvas.text(150, 170, text, PIXELS, family=family)
    canvas.save()
    return stream.getvalue()


def test_widths_are_those_that_were_measured():
    assert {word: round(shaped(word).width) for word in ADVANCES} == ADVANCES


@pytest.mark.parametrize("family", Family, ids=lambda family: family.name.lower())
def test_hard_words_are_inked_as_qt_inks_them(family, qapp):
    font = qt_font(FILES[family], PIXELS)
    found = {}
    for text in (*ADVANCES, *SENTENCES):
        if FILES[family].stem.startswith("Moul") and any(sign in text for sign in "–“”"):
            continue  # Moul lacks them; we take Noto's, as the fallback test shows
        pictures = same_canvas(
            pdf_page(our_word(text, family), 1), qt_lines([(150, 230, text)], font, (room_for(text, family), 400))
        )
        found[text] = difference(*pictures, WORD_TOLERANCE)
    assert {text: share for text, share in found.items() if share > MOST_DIFFERENCE} == {}


@pytest.mark.parametrize("family", Family, ids=lambda family: family.name.lower())
def test_hard_words_are_inked_as_harfbuzz_inks_them(family, qapp):
    found = {}
    for text, theirs in zip(ADVANCES, hb_view(FILES[family], ADVANCES), strict=True):
        pictures = same_canvas(pdf_page(our_word(text, family), 1), theirs)
        found[text] = difference(*pictures, WORD_TOLERANCE)
    assert {text: share for text, share in found.items() if share > MOST_DIFFERENCE} == {}


@pytest.mark.parametrize("family", [Family.TEXT, Family.BOLD], ids=["text", "bold"])
def test_a_page_of_prose_is_inked_as_qt_inks_it(family, qapp):
    scale, size, left, top, width = 2.0, 16.0, 40.0, 1600.0, 900.0
    style = TextStyle(size=size, family=family, align=Align.LEFT)
    stream = BytesIO()
    canvas = PaperCanvas(stream, pagesize=(1000, 1700), invariant=1)
    lines, y = [], top
    for text in guide_prose()[:45]:
        paragraph = KhmerParagraph(text, style)
        _, height = paragraph.wrap(width, 10_000)
        if y - height < 60:
            break
        for number, line in enumerate(paragraph.lines):
            baseline = y - (number + BASELINE) * style.line_height
            lines.append((left * scale, (1700 - baseline) * scale, line))
        y -= height
        paragraph.drawOn(canvas, left, y)
    canvas.save()
    assert len(lines) > 40
    theirs = qt_lines(lines, qt_font(FILES[family], size * scale), (2000, 3400))
    assert difference(pdf_page(stream.getvalue(), scale), theirs, PAGE_TOLERANCE) < MOST_DIFFERENCE


def test_a_wrong_syllable_would_be_seen(qapp):
    """The comparison itself: one sign more is far over the limit."""
    font = qt_font(FILES[Family.TEXT], PIXELS)
    pictures = same_canvas(pdf_page(our_word("ស្ត្រី", Family.TEXT), 1), qt_lines([(150, 230, "ស្ត្រ")], font, (900, 400)))
    assert difference(*pictures, WORD_TOLERANCE) > 10 * MOST_DIFFERENCE


def test_the_box_of_a_missing_character_has_ink():
    assert cropped(pdf_page(our_word("日", Family.TEXT), 1)).width > PIXELS / 2
