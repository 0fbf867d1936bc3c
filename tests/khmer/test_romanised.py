from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlbb_desktop.khmer import latin_key


@pytest.fixture(scope="module")
def pairs(khmer_fixture) -> list[tuple[str, str]]:
    found = [tuple(line.split("\t")) for line in khmer_fixture("latin_names.tsv")]
    assert len(found) >= 78
    return found


#: Read otherwise than written: រស្មី is said "reaksmey".
IRREGULAR = {"រស្មី"}


def test_a_khmer_name_has_the_key_of_its_latin_spelling(pairs):
    assert [pair for pair in pairs if latin_key(pair[0]) != latin_key(pair[1]) and pair[0] not in IRREGULAR] == []


def test_a_key_tells_most_names_apart(pairs):
    keys = {latin_key(khmer) for khmer, _latin in pairs}
    assert len(pairs) / len(keys) < 1.6


@pytest.mark.parametrize(
    "same",
    [
        ("សុខា", "Sokha", "sok kha", "SOKKHA", "សុខ ខា", "សុ\u200bខា"),
        ("ងួន", "Nguon", "Ngoun"),
        ("វិចិត្រ", "Vichet", "Vichit"),
        ("ពេជ្រ", "Pich", "Pech"),
        ("ស្ត្រី", "ស្រ្តី", "ស្ដ្រី", "Strey"),
        ("ចន្ទ្រ", "Chan"),
        ("សៅរ៍", "Sao"),
        ("រតនៈ", "Ratanak", "Rattanak"),
        ("តាំង", "Taing", "Tang"),
        ("ធី", "Thy", "ដី", "Dy"),
        ("សំណាង", "Samnang", "Somnang", "Sam Nang"),
        ("ធឿន", "Thoeun", "Thoeurn", "Toeurn"),
        ("សន", "Sorn", "Son"),
        ("ភួង", "Phourng", "Phuong"),
    ],
)
def test_spellings_that_sound_alike_share_a_key(same):
    assert {latin_key(name) for name in same} == {latin_key(same[0])}
    assert latin_key(same[0])


def test_names_that_sound_otherwise_have_other_keys():
    assert len({latin_key(name) for name in ("Sok", "Son", "Som", "Sang", "Srey", "Chan", "Tep", "Ly", "Keo")}) == 9


@given(st.text())
def test_a_key_holds_only_consonants_and_no_doubles(text):
    key = latin_key(text)
    assert set(key) <= set("kgcntpmrls")
    assert all(one != other for one, other in pairwise(key))


def test_what_is_not_heard_has_no_key():
    assert latin_key("") == latin_key("123 ១២៣ ។") == latin_key("អ៊ី") == latin_key("Ea") == ""
