"""Lines break, paragraphs and tables split, and nothing runs out of its column."""

from __future__ import annotations

import pypdfium2
import pytest
from reportlab.platypus.doctemplate import LayoutError

from tests.documents.papers import guide_prose, paper_of, read_with_pdfium
from tlbb_desktop.documents.typesetting import (
    BODY,
    CELL,
    SECTION,
    Check,
    CheckLine,
    Family,
    Gap,
    KhmerParagraph,
    OverSignatures,
    SignatureBlock,
    Span,
    TextStyle,
    TurnedText,
    UnderTitle,
    column_width,
    khmer_table,
    marker_indent,
    signature_row,
    text_width,
)
from tlbb_desktop.documents.typesetting.lines import KHMER_GAP, SPACE_GAP, gaps, line_breaks, set_lines
from tlbb_desktop.khmer import clusters

NAME_OF_400 = "ស្រីមុំចាន់ដារ៉ា" * 25


def nowhere(_text: str) -> tuple[int, ...]:
    return ()


def after_spaces(text: str) -> tuple[int, ...]:
    return tuple(place + 1 for place, sign in enumerate(text) if sign == " ")


def lines_of(text, width, style=BODY, breaks=nowhere):
    paragraph = KhmerParagraph(text, style, breaks=breaks)
    paragraph.wrap(width, 10_000)
    return paragraph.lines


def test_a_line_breaks_only_where_it_may():
    text = "កម្មវិធីកម្ពុជា"
    allowed = text.index("ក", 1)
    assert lines_of(text, 45, breaks=lambda _text: (allowed,)) == (text[:allowed], text[allowed:])


def test_a_code_is_not_torn_at_its_hyphen():
    assert lines_of("លេខកូដ SR-MOTO-26", text_width("SR-MOTO-26", BODY.size) + 2, breaks=line_breaks)[-1] == "SR-MOTO-26"


def test_a_number_stays_with_its_unit_and_no_line_begins_with_a_full_stop():
    for width in range(80, 300, 7):
        for line in lines_of("តម្លៃ ១៥.០០០៛ គ្រប់ៗគ្នា។ ព.ស.២៥៦៩ ភាសាEnglishនិងខ្មែរ", width, breaks=line_breaks):
            assert not line.startswith(("៛", "ៗ", "។"))


def test_a_word_wider_than_its_column_breaks_between_syllables():
    lines = lines_of(NAME_OF_400, 100)
    assert "".join(lines) == NAME_OF_400
    assert [cluster for line in lines for cluster in clusters(line)] == clusters(NAME_OF_400)
    assert max(text_width(line, BODY.size) for line in lines) <= 100.01


def test_the_rest_of_a_long_word_shares_its_line_with_what_follows():
    text = NAME_OF_400 + " ក"
    assert lines_of(text, 100, breaks=lambda text: (len(text) - 1,))[-1].endswith(" ក")


def test_a_column_narrower_than_a_syllable_still_holds_one():
    assert lines_of("ស្ត្រី", 1) == ("ស្ត្រី",)


@pytest.mark.parametrize("family", Family, ids=lambda family: family.name.lower())
def test_no_line_is_wider_than_its_column(family):
    style = TextStyle(family=family)
    for width in (60, 133, 300, 500):
        for text in guide_prose():
            paragraph = KhmerParagraph(text, style)
            paragraph.wrap(width, 10_000)
            widths = [text_width(line.rstrip(" "), style.size, family) for line in paragraph.lines]
            assert max(widths) <= width + 0.05, text


def test_a_name_is_kept_on_one_line_while_there_is_room():
    name = "សុខ ចាន់ដារ៉ា"
    content = [Span("ឈ្មោះរបស់គាត់ "), Span(name, keep=True), Span(" ហើយ")]
    room = text_width("ឈ្មោះរបស់គាត់ សុខ ", BODY.size) + 5
    paragraph = KhmerParagraph(content)
    paragraph.wrap(room, 1000)
    assert name in " ".join(paragraph.lines)
    assert any(line.startswith(name) for line in paragraph.lines)
    narrow = KhmerParagraph(content)
    narrow.wrap(text_width("ចាន់ដារ៉ា", BODY.size) + 1, 1000)
    assert "សុខ " in narrow.lines


def test_a_justified_line_grows_its_spaces_first_and_never_far():
    text = "មួយ ពីរ បីបួន ប្រាំ"
    lines = set_lines(
        text * 8, Family.TEXT, lambda text: tuple(i + 1 for i, c in enumerate(text) if c == " "), 9000, 9000
    )
    for line in lines[:-1]:
        space, gap = gaps(line, 9000)
        assert 0 <= space <= SPACE_GAP
        assert gap <= KHMER_GAP
    assert gaps(lines[-1], 9000) == (0.0, 0.0)


def test_gaps_between_khmer_words_stay_narrower_than_a_space():
    assert KHMER_GAP < 150


def test_a_written_line_ends_where_it_was_ended():
    assert lines_of("មួយ\nពីរ\r\nបី\u2028បួន", 500) == ("មួយ", "ពីរ", "បី", "បួន")


def test_lines_closer_than_khmer_needs_are_refused():
    with pytest.raises(ValueError, match=r"1\.75"):
        TextStyle(leading=1.5)
    with pytest.raises(ValueError, match=r"2\.0"):
        TextStyle(family=Family.TITLE, leading=1.8)


def test_a_paragraph_splits_without_leaving_a_line_alone():
    paragraph = KhmerParagraph("ទីមួយ " * 60, BODY)
    paragraph.wrap(150, 10_000)
    lines, height = paragraph.lines, BODY.line_height
    assert len(lines) > 6
    assert paragraph.split(150, height * 1.5) == []
    first, rest = paragraph.split(150, height * (len(lines) - 1))
    assert len(rest.lines) == 2
    assert first.lines + rest.lines == lines
    assert paragraph.split(150, height * len(lines)) == [paragraph]


def test_the_rest_of_a_paragraph_is_set_again_in_a_wider_column():
    paragraph = KhmerParagraph("ទីមួយ " * 30)
    first, rest = paragraph.split(100, BODY.line_height * 3)
    rest.wrap(400, 1000)
    assert "".join((*first.lines, *rest.lines)) == "ទីមួយ " * 30


def test_a_paragraph_longer_than_a_page_goes_on_on_the_next():
    paper = paper_of(KhmerParagraph(" ".join(guide_prose() * 2)))
    assert paper.pages > 1
    assert "".join(read_with_pdfium(paper.pdf)).replace(" ", "") == "".join(guide_prose() * 2).replace(" ", "")


def test_a_long_table_repeats_its_head_on_every_page():
    rows = [[f"{number}", "សុខ ស្រីមុំ"] for number in range(1, 121)]
    paper = paper_of(khmer_table([["ល.រ", "ឈ្មោះ"]], rows, [60, 200]))
    text = " ".join(read_with_pdfium(paper.pdf))
    assert paper.pages >= 3
    assert text.count("ល.រ") == paper.pages
    assert text.count("សុខ ស្រីមុំ") == 120


def test_a_cell_longer_than_a_page_is_split():
    long = "ស្រីមុំ " * 900
    paper = paper_of(khmer_table([["ល.រ", "អត្ថបទ"]], [["១", long], ["២", "ចប់"]], [40, 300]))
    text = "".join(read_with_pdfium(paper.pdf))
    assert paper.pages > 1
    assert text.count("ស្រីមុំ") == 900
    assert "ចប់" in text


def test_a_name_of_400_letters_stays_in_its_cell():
    paper = paper_of(khmer_table([["ល.រ", "ឈ្មោះ"]], [["១", NAME_OF_400]], [40, 120]))
    assert NAME_OF_400 in "".join(read_with_pdfium(paper.pdf)).replace(" ", "")


def test_a_column_as_wide_as_its_texts_breaks_none_of_them():
    names = ("សុខ ចាន់ដារ៉ាស្រីមុំ", "លី")
    table = khmer_table([], [[name] for name in names], [column_width(names)])
    _, height = table.wrap(500, 500)
    assert height < 2 * CELL.line_height + 5


def test_markers_hang_and_stand_once():
    style = TextStyle(hanging=marker_indent(["១.", "១០."], BODY))
    paragraph = KhmerParagraph("ទីមួយ " * 120, style, marker="១.")
    paper = paper_of(KhmerParagraph("ក\n" * 36), paragraph)
    text = " ".join(read_with_pdfium(paper.pdf))
    assert paper.pages == 2
    assert text.count("១.") == 1


@pytest.mark.parametrize("check", Check, ids=lambda check: check.value)
def test_a_check_box_stands_beside_its_text(check):
    paper = paper_of(CheckLine(check, "បានទៅសាលា " * 30))
    assert paper.missing == ()
    assert "".join(read_with_pdfium(paper.pdf)).strip() == ("បានទៅសាលា " * 30).strip()


def test_signers_stand_side_by_side_and_are_never_torn_apart():
    signers = [SignatureBlock("គ្រូ", "ធ្វើនៅសៀមរាប", "សុខ ដារ៉ា"), None, SignatureBlock("នាយក")]
    paper = paper_of(KhmerParagraph("ក\n" * 39), signature_row(signers))
    assert paper.pages == 2
    text = read_with_pdfium(paper.pdf)
    assert [text.count(word) for word in ("គ្រូ", "សុខ ដារ៉ា", "នាយក")] == [1, 1, 1]


def test_something_larger_than_a_page_that_cannot_be_split_is_an_error():
    with pytest.raises(LayoutError):
        paper_of(SignatureBlock("គ្រូ", room=2000))


def test_the_head_of_a_narrow_column_is_read_upwards():
    table = khmer_table([[TurnedText("ចំនួនអវត្តមាន"), "ខ"]], [["១", "២"]], [18, 100])
    _, height = table.wrap(200, 500)
    assert height > text_width("ចំនួនអវត្តមាន", 9.5)
    assert "ចំនួនអវត្តមាន" in read_with_pdfium(paper_of(table).pdf)


@pytest.mark.parametrize("lines", range(20, 46, 5))
def test_a_signature_never_stands_alone_on_a_page(lines):
    signatures = [signature_row([SignatureBlock("គ្រូ", name="សុខ ដារ៉ា")])]
    before = [KhmerParagraph(f"ក{number}") for number in range(lines)]
    paper = paper_of(*before[:-1], OverSignatures(before[-1:], signatures, 400))
    with pypdfium2.PdfDocument(paper.pdf) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    assert "គ្រូ" in texts[-1]
    assert f"ក{lines - 1}" in texts[-1]


@pytest.mark.parametrize("rows", range(24, 44, 3))
def test_the_last_rows_of_a_table_stand_above_the_signatures_and_the_page_before_is_full(rows):
    signatures = [signature_row([SignatureBlock("គ្រូ", name="សុខ ដារ៉ា")])]
    table = khmer_table([["ក្បាល"]], [[f"ជួរ{number:02}"] for number in range(rows)], [200])
    texts = pages_of(paper_of(OverSignatures([KhmerParagraph("ចំណងជើង"), table], signatures, 400)))
    assert "ចំណងជើង" in texts[0]
    assert [each in texts[-1] for each in (f"ជួរ{rows - 2:02}", f"ជួរ{rows - 1:02}", "គ្រូ")] == [True] * 3
    assert all("ក្បាល" in text for text in texts)
    assert sum(text.count("ជួរ") for text in texts) == rows
    if len(texts) == 2:
        assert texts[0].count("ជួរ") > 20


@pytest.mark.parametrize("lines", range(34, 46, 3))
def test_the_last_lines_of_a_list_stand_above_the_signatures_and_the_page_before_is_full(lines):
    signatures = [signature_row([SignatureBlock("គ្រូ", name="សុខ ដារ៉ា")])]
    before = [KhmerParagraph("ចំណងជើង", SECTION), *[KhmerParagraph(f"ជួរ{number:02}") for number in range(lines)]]
    texts = pages_of(paper_of(OverSignatures(before, signatures, 400)))
    assert len(texts) <= 2
    assert [each in texts[-1] for each in (f"ជួរ{lines - 2:02}", f"ជួរ{lines - 1:02}", "គ្រូ")] == [True] * 3
    if len(texts) == 2:
        assert texts[0].count("ជួរ") > 20


@pytest.mark.parametrize("above", range(28, 46))
def test_a_title_is_never_without_a_row_of_its_table_and_no_head_without_one(above):
    table = khmer_table([["ក្បាល"]], [["ជួរ"]] * 8, [200])
    texts = pages_of(paper_of(KhmerParagraph("ក\n" * above), UnderTitle([KhmerParagraph("ចំណងជើង", SECTION)], table)))
    assert sum(text.count("ជួរ") for text in texts) == 8
    for text in texts:
        assert ("ចំណងជើង" not in text and "ក្បាល" not in text) or "ជួរ" in text


@pytest.mark.parametrize("above", range(28, 46))
def test_one_row_of_several_does_not_stay_behind_under_a_title(above):
    table = khmer_table([["ក្បាល"]], [["ជួរ"]] * 4, [200])
    title, signatures = KhmerParagraph("ចំណងជើង", SECTION), [signature_row([SignatureBlock("គ្រូ", name="សុខ ដារ៉ា")])]
    for end in (UnderTitle([title], table), OverSignatures([UnderTitle([title], table)], signatures, 400)):
        texts = pages_of(paper_of(KhmerParagraph("ក\n" * above), end))
        assert sum(text.count("ជួរ") for text in texts) == 4
        assert [text.count("ជួរ") for text in texts if "ចំណងជើង" in text] != [1]


@pytest.mark.parametrize("above", range(36, 46))
def test_a_row_that_fits_on_a_page_is_not_broken_over_two(above):
    table = khmer_table([["ក្បាល"]], [["ជួរ"], ["ជួរ\nពីរ\nបី"]], [200])
    texts = pages_of(paper_of(KhmerParagraph("ក\n" * above), table))
    assert [text.count("ពីរ") == text.count("បី") for text in texts] == [True] * len(texts)


@pytest.mark.parametrize("rows", range(30, 44))
def test_no_row_stands_alone_on_the_last_page_of_its_table(rows):
    texts = pages_of(paper_of(khmer_table([["ក្បាល"]], [["ជួរ"]] * rows, [200])))
    assert [text.count("ក្បាល") for text in texts] == [1] * len(texts), "the head once a page"
    assert sum(text.count("ជួរ") for text in texts) == rows
    assert texts[-1].count("ជួរ") > 1
    assert len(texts) == 1 or texts[0].count("ជួរ") >= min(rows - 2, 38)


def test_a_gap_is_nothing_at_the_top_of_a_page():
    for lines in range(36, 46):
        paper = paper_of(KhmerParagraph("ក\n" * lines), Gap(1, 40), KhmerParagraph("ខ"))
        with pypdfium2.PdfDocument(paper.pdf) as document:
            tops = [page.get_textpage().get_charbox(0)[3] for page in document]
        assert max(tops) - min(tops) < 5


def pages_of(paper):
    with pypdfium2.PdfDocument(paper.pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_what_is_longer_than_a_page_may_split_before_signatures_that_stay_together():
    rows = [signature_row([KhmerParagraph(f"ហត្ថលេខា{number}")]) for number in range(3)]
    for lines in range(36, 48):
        paper = paper_of(OverSignatures([KhmerParagraph("ក\n" * lines)], rows, 400))
        with pypdfium2.PdfDocument(paper.pdf) as document:
            texts = [page.get_textpage().get_text_range() for page in document]
        assert [text.count("ហត្ថលេខា") for text in texts] in ([3], [0, 3])


def test_a_row_to_be_filled_in_by_hand_is_as_high_as_a_written_one():
    table = khmer_table([], [["ក", ""], ["", ""], [None, None]], [60, 60])
    table.wrap(200, 500)
    written, *blank = table._rowHeights
    assert blank == [pytest.approx(written)] * 2
