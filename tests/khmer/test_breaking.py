from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.khmer.program_texts import program_texts
from tests.khmer.test_segmentation import KHMER_AND_MORE
from tlbb_desktop.khmer import breaks, cluster_breaks, forget_words, with_break_hints, without_break_hints, words

ZWSP = "\u200b"
NEVER_FIRST = "ៗ។៕៖៘៙៚៛%)]»,.:;!?"
NEVER_LAST = "([«"
UNITS = "[៛%]|រៀល|ដង|នាក់|ម៉ោង|នាទី|ថ្ងៃ|សប្តាហ៍|ដុល្លារ|គីឡូក្រាម|ម៉ែត្រ"


def broken(text: str, **options) -> str:
    return "|".join(text[one:other] for one, other in pairwise((0, *breaks(text, **options), len(text))))


@pytest.mark.parametrize(
    "expected",
    [
        "គ្រប់ៗ|គ្នា",
        "តម្លៃ|១៥.០០០៛ |និង|១៥ ០០០ ៛",
        "$ 15 |ឬ |$15",
        "ភាសា|English|និង|ខ្មែរ",
        "ព.ស.២៥៦៩ |ព.ស. ២៥៦៩ |គ.ស.2026",
        "ថ្ងៃទី០៩ |ខែមីនា |ឆ្នាំ២០២៦",
        "ថ្ងៃសៅរ៍ |ទី ០៩ |ខែមីនា |ឆ្នាំ២០២៦ |រយៈពេល |៣ ខែ",
        "០១២ ៣៤៥ ៦៧៨ |ឬ |012 345 678 |ឬ |+855 12 345 678",
        "09/03/2026 |០៨:០៥ |2026-03-09",
        "១៥ នាក់|ក្នុង |៣០ % |5 kg |នេះ",
        "ចូលរៀន|១០នាក់|(ក្នុង|ថ្នាក់)។|នេះ ។",
        "« ខ្មែរ » |ខ្មែរ ៖ |ខ្មែរ",
        "the |co-|operation |of |e-|learning",
        "ក\u2060ខ |ក\xa0ខ",
        "១ |២ |៣ |៤៥ |៦៧",
        "ជាតិ\n|សាសនា\r\n|ព្រះមហាក្សត្រ",
        "កណ្ដាល\u200b|នេះ \u200b|ទៀត",
        "អ៊ីមែល |b@c.kh |និង |https://tlbb.org/a",
    ],
)
def test_lines_break_where_a_khmer_printer_breaks_them(expected):
    assert broken(expected.replace("|", "")) == expected


def test_a_name_is_kept_whole_when_it_is_named():
    text = "លោកសុខ ដារ៉ាបានចូលរៀន"
    assert broken(text) == "លោក|សុខ |ដារ៉ា|បាន|ចូល|រៀន"
    assert broken(text, whole=("សុខ ដារ៉ា",)) == "លោក|សុខ ដារ៉ា|បាន|ចូល|រៀន"
    assert broken(text, whole=("", "ចូលរៀន")) == "លោក|សុខ |ដារ៉ា|បាន|ចូលរៀន"


@given(KHMER_AND_MORE)
def test_no_break_lies_inside_a_cluster_or_at_an_end(text):
    assert set(breaks(text)) <= set(cluster_breaks(text))
    assert list(breaks(text)) == sorted(set(breaks(text)))


LINE_ENDS = tuple("\n\r\v\f\x85\u2028\u2029")
"""After these a line always ends (UAX 14, classes BK, CR, LF, NL)."""


def forbidden_breaks(text: str) -> list[str]:
    lines = [text[one:other] for one, other in pairwise((0, *breaks(text), len(text)))]
    wrong = []
    for line, following in pairwise(lines):
        if line.endswith(LINE_ENDS):
            continue
        before = line.rstrip(f" {ZWSP}")
        if (
            following[0] in NEVER_FIRST
            or before[-1:] in tuple(NEVER_LAST)
            or (before[-1:].isdigit() and re.match(UNITS, following))
            or (before == line and line[-1].isdigit() and following[0].isdigit())
            or (re.search(r"(?:ទី|ព\.ស\.)$", before) and following[0].isdigit())
        ):
            wrong.append(f"{line}|{following}")
    return wrong


@given(KHMER_AND_MORE)
@example("\r.")
def test_no_text_breaks_where_it_must_not(text):
    assert forbidden_breaks(text) == []


def test_no_text_of_the_program_breaks_where_it_must_not():
    texts = program_texts()
    assert [wrong for text in texts for wrong in forbidden_breaks(text)] == []
    assert [text for text in texts if not set(breaks(text)) <= set(cluster_breaks(text))] == []


def test_the_texts_of_the_program_break_often_enough():
    """In a sentence of Khmer a line can nearly always end within 40 signs."""
    pieces = [
        text[one:other]
        for text in program_texts()
        for one, other in pairwise((0, *breaks(text), len(text)))
        if re.fullmatch("[\u1780-\u17d3\u200b]+", text[one:other])
    ]
    assert len(pieces) > 5000
    assert [piece for piece in pieces if len(piece) > 40] == []


@given(KHMER_AND_MORE.map(lambda text: text.replace(ZWSP, "")))
def test_hints_can_be_taken_out_again(text):
    assert without_break_hints(with_break_hints(text)) == text


@given(KHMER_AND_MORE)
def test_adding_hints_again_changes_nothing(text):
    hinted = with_break_hints(text)
    assert with_break_hints(hinted) == hinted


def test_hints_stand_between_words_only_where_no_engine_breaks_by_itself():
    assert with_break_hints("គ្រប់ៗគ្នា រៀន e-learning") == f"គ្រប់ៗ{ZWSP}គ្នា រៀន e-learning"
    assert with_break_hints("No Khmer, no co-operation") == "No Khmer, no co-operation"


@given(st.text("ab -", max_size=12))
def test_latin_breaks_after_spaces_and_hyphens_between_letters(text):
    expected = [at for at in range(1, len(text)) if text[at - 1] == " " != text[at]]
    expected += [found.end() for found in re.finditer("[ab]-(?=[ab])", text)]
    assert list(breaks(text)) == sorted(expected)


def test_what_was_broken_is_forgotten_when_asked():
    hinted = with_break_hints("សុខដារ៉ាទៅសាលារៀន")
    assert words.cache_info().currsize
    forget_words()
    assert words.cache_info().currsize == 0
    assert with_break_hints("សុខដារ៉ាទៅសាលារៀន") == hinted
