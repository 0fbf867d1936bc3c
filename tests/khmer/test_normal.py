from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tlbb_desktop.khmer import canonical, normalise, normalise_name

ZWSP = "\u200b"
ANY_KHMER = st.text(
    [*map(chr, range(0x1780, 0x1800)), *"\u17d2\u17d2\u17d2\u200b\u200c\u200d\u25cc \n\t\r\xa0a1é\u0301\u0323\ufeff"],
    max_size=12,
)
ORDERED_ONLY = st.text(
    [
        *map(chr, range(0x1780, 0x17B4)),
        *"\u17b6\u17b7\u17b9\u17bf\u17c0\u17c2\u17c5\u17c6\u17c7\u17c9\u17cb\u17cf\u17d2",
    ],
    max_size=10,
).filter(lambda text: "\u17d2\u17d2" not in text)


def test_canonical_form_equals_the_published_pairs(khmer_fixture):
    pairs = [line.split("\t")[:2] for line in khmer_fixture("khnormal_vectors.tsv")]
    assert len(pairs) == 42
    assert [canonical(typed) for typed, _ in pairs] == [expected for _, expected in pairs]


def test_canonical_form_of_the_tricky_strings(tricky_strings):
    assert [canonical(typed) for typed, _, _ in tricky_strings] == [expected for _, expected, _ in tricky_strings]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("ខែ្មរ", "ខ្មែរ"),
        ("ស្រ្តី", "ស្ត្រី"),
        ("លេាក", "លោក"),
        ("ធ្វីេ", "ធ្វើ"),
        ("សុី", "ស៊ី"),
        ("មីុ", "ម៉ី"),
        ("សុឿន", "ស៊ឿន"),
        ("ញុំា", "ញ៉ាំ"),
        ("ប្តុី", "ប្ត៉ី"),
        ("ក្្ក", "ក្ក"),
        ("ក្\u200c\u200dក", "ក្ក"),
        ("សុំ", "សុំ"),
        ("ត\u17ff", "តាំ"),
        ("ន\u17fe", "នោះ"),
        ("១៥្។", "\u19ef"),
        ("។្១", "\u19f1"),
        ("។្។", "\u19f0"),
        ("១៦្។", "១៦្។"),
    ],
)
def test_each_typing_fault_is_repaired_in_the_stored_form(typed, stored):
    assert normalise(typed) == stored


def test_a_coeng_da_stays_as_typed_in_the_stored_form_and_only_the_key_folds_it():
    assert normalise("កណ្ដាល") == "កណ្ដាល"
    assert canonical("កណ្ដាល") == canonical("កណ្តាល") == "កណ្តាល"


def test_a_zero_width_space_stays_between_words_and_goes_from_inside_a_syllable():
    assert normalise(f"ភាសា{ZWSP}ខ្ម{ZWSP}ែរ") == f"ភាសា{ZWSP}ខ្មែរ"
    assert normalise(f"ខ{ZWSP}្{ZWSP}មែរ") == "ខ្មែរ"


def test_runs_of_spaces_become_one_and_lines_are_trimmed():
    assert normalise(f" {ZWSP}សុខ {ZWSP} ដារ៉ា\xa0\xa0ទី \r\n{ZWSP}{ZWSP}ក{ZWSP}{ZWSP}ខ\t\n\n") == (
        f"សុខ ដារ៉ា\xa0ទី\nក{ZWSP}ខ"
    )


def test_text_torn_by_unicode_normalisation_is_mended():
    typed = "ក\u17dd្យ"
    assert unicodedata.normalize("NFC", typed) != typed
    assert normalise(typed) == normalise(unicodedata.normalize("NFC", typed)) == "ក្យ\u17dd"


def test_other_scripts_are_composed():
    assert normalise("Kratie\u0301") == "Kratié"


@given(ANY_KHMER)
@example("ក\u17cc្ខ")
@example("ក\u17d2\u17cc\u1781\u17b6")
@example("រ្រ្ក្ខ")
@example("ក\u17c2\u17bb\u17d0")
def test_normalising_again_changes_nothing(text):
    for form in (normalise, normalise_name, canonical):
        assert form(form(text)) == form(text)


@given(ORDERED_ONLY)
def test_reordering_loses_no_code_point(text):
    assert Counter(normalise(text)) == Counter(text)


@given(ANY_KHMER)
def test_text_in_stored_form_does_not_depend_on_its_unicode_form(text):
    assert normalise(unicodedata.normalize("NFD", text)) == normalise(unicodedata.normalize("NFC", text))


def test_a_zero_width_space_in_a_name_is_the_space_that_was_typed():
    assert normalise_name(f"សុខ{ZWSP}ដារ៉ា{ZWSP}") == "សុខ ដារ៉ា"
    assert normalise_name(f"ខ្ម{ZWSP}ែរ") == "ខ្មែរ"


def test_a_name_is_one_line_without_invisible_characters():
    assert normalise_name("\ufeffSok\u200c\u2060\u00ad\u200d\x07 \t\n\xa0Dara\u202e\ud800 ") == "Sok Dara"


def test_huge_broken_text_is_normalised_in_linear_time():
    for text in (" " * 100_000 + "ក", "ក" + ZWSP * 100_000 + "ខ", "\n" * 100_000 + "ក", "ក" + "្ក" * 100_000 + "ី"):
        assert normalise(text).startswith("ក")
