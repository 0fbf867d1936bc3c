from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlbb_desktop.khmer import sort_key

BASES = [chr(code) for code in range(0x1780, 0x17B4)]
KHMER = [*map(chr, range(0x1780, 0x17DE)), *map(chr, range(0x17E0, 0x17EA)), *map(chr, range(0x17F0, 0x17FA))]
LATIN = list("abcxyzABCXYZéÉèđĐạẠơƯộñç")
DIGITS = list("0123456789០១២៣៤៥៦៧៨៩")
SPACES_AND_SIGNS = list(" \t\xa0.,-_'\"()/:;!?&#%+=<>|~$@*\\[]{}^`។៕៖ៗ៘៙៚៛«»–—‘’“”…€")
IGNORED = list("\u200b\u200c\u200d\u2060\ufeff\u00ad\u17b4\u17b5")


@pytest.fixture(scope="module")
def in_icu_order():
    """ICU's answer to `first comes before second`, ties broken by code points."""
    icu = pytest.importorskip("icu")
    collator = icu.Collator.createInstance(icu.Locale("km"))
    collator.setStrength(icu.Collator.TERTIARY)

    def before(first: str, second: str) -> bool:
        order = collator.compare(first, second)
        return order < 0 or (order == 0 and first < second)

    return before


def syllable(choice: random.Random) -> str:
    return "".join(
        [
            choice.choice(BASES),
            *choice.choices(["", "\u17cc"], [9, 1]),
            *("\u17d2" + choice.choice(BASES) for _ in range(choice.choice([0, 0, 0, 1, 1, 2]))),
            choice.choice(["", "", "", "\u17c9", "\u17ca"]),
            choice.choice(["", *map(chr, range(0x17B6, 0x17C6))]),
            *choice.choices(["", *"\u17c6\u17c7\u17c8\u17cb\u17cd\u17ce\u17cf\u17d0\u17d1\u17d3\u17dd"], k=2),
        ]
    )


def piece(choice: random.Random) -> str:
    kinds = (KHMER, DIGITS, LATIN, SPACES_AND_SIGNS, IGNORED)
    kind = choice.choices([None, *kinds], [9, 3, 2, 2, 2, 1])[0]
    return choice.choice(kind) if kind else syllable(choice)


def changed_a_little(text: str, choice: random.Random) -> str:
    place = choice.randint(0, len(text))
    return text[:place] + choice.choice(["", piece(choice)]) + text[place + choice.randint(0, 1) :]


def test_the_reference_list_is_in_order(khmer_fixture):
    words = khmer_fixture("sort_vectors.txt")
    assert len(words) == 61
    assert all(sort_key(first) < sort_key(second) for first, second in pairwise(words))


def test_expected_neighbours():
    in_order = ["១០", "ក", "កា", "កិ", "កុំ", "កំ", "កាំ", "កះ", "កុះ", "ក្ក", "ខ", "រ្ក", "ក៌", "ល", "វ", "អ", "Sok", "ไทย"]
    assert sorted(random.Random(1).sample(in_order, len(in_order)), key=sort_key) == in_order


def test_no_pair_of_words_is_ordered_otherwise_than_by_icu(in_icu_order):
    choice = random.Random(2026)
    for _ in range(30_000):
        first = "".join(piece(choice) for _ in range(choice.randint(0, 4)))
        second = changed_a_little(first, choice)
        assert (sort_key(first) < sort_key(second)) == in_icu_order(first, second), (first, second)


def test_no_pair_of_names_is_ordered_otherwise_than_by_icu(in_icu_order):
    choice = random.Random(855)
    parts = [syllable(choice) + syllable(choice) for _ in range(60)] + ["Sok", "sok", "SOK", "Sokha", "Chan"]
    names = [choice.choice(parts) + choice.choice(["", " "]) + choice.choice(parts) for _ in range(5_000)]
    ordered = sorted(set(names), key=sort_key)
    assert all(in_icu_order(first, second) for first, second in pairwise(ordered))


def test_letters_of_equal_weight_leave_the_decision_to_the_next_difference(in_icu_order):
    for first, second in (("១a", "1A"), ("ឣa", "អA"), ("៱a", "1A"), ("ក\u17d3a", "កA")):
        assert sort_key(first) < sort_key(second)
        assert in_icu_order(first, second)


def test_a_difference_after_hundreds_of_equal_letters_still_counts(in_icu_order):
    for length in (*range(250, 260), 505, 506, 507, 600):
        plain, marked = "ក" * length, "ក" * (length - 1) + "ក៉"
        later = "ក" * length + "ក៉"
        for first, second in ((plain, marked), (marked + "ក", later), ("a" * length + "b", "a" * length + "B")):
            assert (sort_key(first) < sort_key(second)) == in_icu_order(first, second)


@given(st.text(max_size=8), st.text(max_size=8))
def test_different_texts_never_have_equal_keys(first, second):
    assert (sort_key(first) == sort_key(second)) == (first == second)


@given(st.text([*KHMER, *IGNORED, "\x7f", "\x80", "\u177f", "\u17ff", "\u1800", "\ud800", "\U0001f600"], max_size=6))
def test_texts_of_ignored_difference_are_ordered_by_code_points(text):
    others = [text + ignored for ignored in IGNORED]
    assert sorted([text, *others], key=sort_key) == sorted([text, *others])


def test_a_key_takes_little_more_than_two_bytes_for_each_character():
    name = "ស៊ុំ វិច្ឆិកា"
    assert len(sort_key(name)) <= 2 * len(name) + 6
