from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlbb_desktop.khmer import canonical, normalise, normalise_name, search, search_key

ZWSP = "\u200b"
HALVES = {"\u17be": "\u17c1\u17b8", "\u17c4": "\u17c1\u17b6"}
UPPER_VOWELS = "\u17b7\u17b8\u17b9\u17ba\u17be\u17bf"
LETTERS = st.sampled_from([chr(code) for code in range(0x1780, 0x17A3)])


@st.composite
def syllables(draw) -> tuple[str, list[str], list[str]]:
    """A base, its coengs in order and its marks: no mark twice, at most one vowel."""
    coengs = ["\u17d2" + letter for letter in draw(st.lists(LETTERS, max_size=2))]
    coengs.sort(key=lambda coeng: coeng[1] == "\u179a")
    marks = [
        *draw(st.lists(st.sampled_from("\u17c9\u17ca"), max_size=1)),
        *draw(st.lists(st.sampled_from([chr(code) for code in range(0x17B6, 0x17C6)]), max_size=1)),
        *draw(st.lists(st.sampled_from("\u17cb\u17cd\u17ce\u17cf\u17d1"), max_size=2, unique=True)),
        *draw(st.lists(st.just("\u17c7"), max_size=1)),
    ]
    return draw(LETTERS), coengs, marks


def typed_otherwise(syllable: tuple[str, list[str], list[str]], choice: random.Random) -> str:
    """One of the ways in which people type that syllable."""
    base, coengs, marks = syllable
    if any(vowel in UPPER_VOWELS for vowel in marks) and choice.random() < 0.5:
        marks = ["\u17bb" if mark in "\u17c9\u17ca" else mark for mark in marks]
    parts = [half for mark in marks for half in (HALVES.get(mark, mark) if choice.random() < 0.5 else mark)]
    choice.shuffle(parts)
    if len(coengs) == 2 and coengs[1] == "\u17d2\u179a":
        coengs = choice.sample(coengs, 2)
    waiting = coengs[::-1]
    turns = [parts] * len(parts) + [waiting] * len(waiting)
    choice.shuffle(turns)
    typed = base + "".join([turn.pop() for turn in turns])
    typed = typed.replace("\u17d2\u178a", choice.choice(["\u17d2\u178a", "\u17d2\u178f"]))
    return "".join(char + choice.choice(["", "", ZWSP]) for char in typed)


@given(st.lists(syllables(), min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_every_encoding_of_a_word_has_the_same_key(word, choice):
    as_taught = "".join(base + "".join(coengs) + "".join(marks) for base, coengs, marks in word)
    assert search_key("".join(typed_otherwise(syllable, choice) for syllable in word)) == search_key(as_taught)


@pytest.mark.parametrize(
    "same",
    [
        ("ស្ត្រី", "ស្រ្តី", "ស្ដ្រី", "ស្រ្ដី", "សី្រ្ត", "ស្តី្រ"),
        ("ស៊ី", "ស៉ី", "សុី", "សីុ"),
        ("ឱ្យ", "ឲ្យ"),
        ("អាត្មា", "ឤត្មា", "ឣាត្មា"),
        ("ឧក", "ឨ"),
        ("។ល។", "៘"),
        ("កំ", "ក\u17d3", "កំំ"),
        ("សិទ្ធិ", "ស\u17b4ិទ្ធិ", "ស\u17b5ិទិ្ធ"),
        ("សុខ ដារ៉ា", "សុខដារ៉ា", f"សុខ{ZWSP}ដារ៉ា", "\xa0សុខ  ដារ៉ា"),
        ("Kratié", "KRATIE", "Kratie\u0301", "kra\u00adtie"),
        ("Đặng", "Dang"),
        ("ផ្ទះ ១២", "ផ្ទះ12", "ផ្ទះ１２"),
    ],
)
def test_what_readers_take_for_the_same_has_the_same_key(same):
    assert len({search_key(text) for text in same}) == 1


def test_different_names_have_different_keys():
    names = ["កា", "កាំ", "កំ", "កុំ", "ក", "ក្ក", "ដារ៉ា", "តារា", "ធារ៉ា", "ខន", "ខុន", "Sok", "Sokh"]
    assert len({search_key(name) for name in names}) == len(names)


def test_what_has_been_typed_of_a_name_so_far_begins_its_key():
    name = "ស្ត្រី ខ្មែរ Kratié"
    whole = search_key(name)
    assert all(whole.startswith(search_key(name[:end])) for end in range(len(name) + 1))


@given(st.text([*map(chr, range(0x1780, 0x17FA)), *"\u17d2\u17d2\u17d2\u200b aAéßİ"], max_size=12))
def test_the_key_is_the_same_for_typed_and_stored_text(text):
    key = search_key(text)
    assert search_key(normalise(text)) == search_key(normalise_name(text)) == search_key(key) == key


@given(st.text(max_size=30))
def test_texts_with_one_canonical_form_share_a_key(text):
    assert search_key(canonical(text)) == search_key(text)


def test_with_nothing_wanted_every_line_is_shown_and_no_key_is_made(monkeypatch):
    made = []
    monkeypatch.setattr(search, "search_key", lambda text: made.append(text) or text)
    assert search.holds("", "សុខ", "SOK")
    assert made == []
    assert search.holds("SOK", "សុខ", "SOK DARA")
    assert not search.holds("SOK", "ដារ៉ា", "")
