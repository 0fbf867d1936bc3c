"""Keys that find and sort people."""

from __future__ import annotations

from tlbb_desktop.domain.people import Names
from tlbb_desktop.domain.person_keys import duplicate_key, person_keys, search_words


def test_every_encoding_of_a_name_has_the_same_duplicate_key() -> None:
    assert duplicate_key(Names("គឹម", "សន្តិ")) == duplicate_key(Names("គឹម", "សន្ដិ"))
    assert duplicate_key(Names("គឹម", "សន្តិ", "KIM", "SANTI")) == duplicate_key(Names("គឹម", "សន្តិ"))
    assert duplicate_key(Names(family_latin="KIM", given_latin="SANTI")) == "kimsanti"


def test_each_typed_word_must_occur_and_a_zero_width_space_divides_words() -> None:
    found = person_keys(Names("គឹម", "សន្តិ", "KIM", "SANTI", "តូច"), "SR-26-0001").search_text
    for typed in ("santi kim", "សន្ដិ\u200bគឹម", "តូច", "sr-26-0001", "០០០១", "kim|0001"):
        assert all(word in found for word in search_words(typed)), typed
    assert not all(word in found for word in search_words("kim dara"))
    assert search_words(" \u200b ") == ()


def test_the_list_goes_by_family_name_in_khmer_order() -> None:
    names = [Names("ខៀវ", "កុសល"), Names("គឹម", "វណ្ណា"), Names("ចាន់", "រិទ្ធី"), Names(family_latin="ABE", given_latin="K")]
    keys = [person_keys(each, "").sort_key for each in names]
    assert keys == sorted(keys)
