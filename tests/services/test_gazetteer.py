"""Places by name."""

from __future__ import annotations

import pytest

from tlbb_desktop.services.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("សៀមរាប", "17"),
        ("ខេត្តសៀមរាប", "17"),
        ("ខេត្ត\u200bសៀមរាប", "17"),
        ("រាជធានីភ្នំពេញ", "12"),
        ("កណ្ដាល", "08"),
        ("កណ្តាល", "08"),
        ("Siem Reap", "17"),
        ("siemreap province", "17"),
        ("Takeo", "21"),
        ("Kratie", "10"),
        ("Sihanoukville", "18"),
        ("Unknown", None),
        ("ខេត្ត", None),
        ("", None),
    ],
)
def test_a_province_is_known_in_both_scripts_and_every_encoding(gazetteer: Gazetteer, text: str, code) -> None:
    assert gazetteer.province_named(text) == code


def test_there_are_25_provinces_and_every_unit_lies_in_known_ones(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.provinces()) == 25
    assert [place.code for place in gazetteer.path("01020101")] == ["01", "0102", "010201", "01020101"]
    assert gazetteer.path("99") == ()
    assert gazetteer.place("17").name_km == "សៀមរាប"
    assert gazetteer.place("0") is None


def test_what_begins_with_the_text_comes_first_and_the_larger_before_the_smaller(gazetteer: Gazetteer) -> None:
    codes = [place.code for place in gazetteer.find("siem")]
    assert codes[:2] == ["17", "1710"]
    assert [place.code for place in gazetteer.find("ស្រុកភ្នំ", limit=2)] == ["12", "0103"]


def test_a_search_stays_below_its_parent_and_on_its_level(gazetteer: Gazetteer) -> None:
    districts = gazetteer.find("", level=4, parent="17", limit=100)
    assert len(districts) == 13
    assert {place.code[:2] for place in districts} == {"17"}
    assert gazetteer.find("zzzz") == []
