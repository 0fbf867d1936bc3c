"""Keys that find and sort people."""

from __future__ import annotations

from tlbb_desktop.domain.people import Names
from tlbb_desktop.domain.person_keys import duplicate_key, person_keys, places_found, search_words


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


def test_a_find_goes_by_letters_and_where_that_finds_nobody_by_sound() -> None:
    people = [
        (Names("ចាន់", "សំណាង", "CHAN", "SAMNANG", "តូច"), "0001"),
        (Names("លី", "កុសល", "LY", "KOSAL"), "0002"),
        (Names("សំ", "ណាង"), "0003"),
    ]
    assert places_found("kosal", people) == [1]
    assert places_found("samnang", people) == [0]
    assert places_found("somnang", people) == [0, 2]
    assert places_found("តូច", people) == [0]
    assert places_found("០០០៣", people) == [2]
    assert places_found("", people) == places_found("  ", people) == places_found("dara", people) == []


def test_the_list_goes_by_family_name_in_khmer_order() -> None:
    names = [Names("ខៀវ", "កុសល"), Names("គឹម", "វណ្ណា"), Names("ចាន់", "រិទ្ធី"), Names(family_latin="ABE", given_latin="K")]
    keys = [person_keys(each, "").sort_key for each in names]
    assert keys == sorted(keys)
