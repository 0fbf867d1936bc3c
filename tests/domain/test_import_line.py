"""One row of a list becomes a person, or a sentence that says why not."""

from __future__ import annotations

from datetime import date

import pytest

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.import_line import ListMeaning, holds_nobody, read_line, read_sex
from tlbb_desktop.domain.import_mapping import propose_plan
from tlbb_desktop.domain.people import CustodyStay, PersonRecord, Sex
from tlbb_desktop.domain.people_import import ImportField as F
from tlbb_desktop.domain.people_import import ImportTable

AS_OF = date(2026, 11, 21)
MEANING = ListMeaning(AS_OF, AS_OF, (CustodyStay(1, AS_OF),), {"សៀមរាប": "17"}.get)


def person(**cells: object) -> PersonRecord:
    given = {"sex": "ប", **cells}
    return read_line(tuple(given.values()), tuple(F(name) for name in given), MEANING)


def refusal(**cells: object) -> Refused:
    with pytest.raises(Refused) as caught:
        person(**cells)
    return caught.value


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("ប្រុស", "M"),
        ("ប", "M"),
        ("ស្រី", "F"),
        ("ស", "F"),
        ("M", "M"),
        ("f", "F"),
        ("Male", "M"),
        ("FEMALE", "F"),
        (" ស\u200b្រី ", "F"),
        ("ប.", "M"),
        ("-", None),
        ("", None),
    ],
    ids=repr,
)
def test_sexes_are_read_in_both_languages(text, sex) -> None:
    assert read_sex(text) == (Sex(sex) if sex else None)


def test_a_zero_width_space_divides_family_and_given_name() -> None:
    names = person(name_km="គឹម\u200b\u200bវណ្ណា", name_latin="KIM  vanna").names
    assert (names.family_km, names.given_km) == ("គឹម", "វណ្ណា")
    assert (names.family_latin, names.given_latin) == ("KIM", "VANNA")


def test_names_in_columns_of_their_own_win_over_the_full_name() -> None:
    names = person(name_km="គឹម វណ្ណា", family_km="លី", given_km="ម៉ាលី", family_latin="Ly", given_latin="Maly").names
    assert (names.khmer, names.latin) == ("លី ម៉ាលី", "LY MALY")


def test_the_letters_decide_which_script_a_name_belongs_to() -> None:
    assert person(name_km="Sok Dara").names.latin == "SOK DARA"
    assert person(name_latin="សុខ ដារ៉ា").names.khmer == "សុខ ដារ៉ា"


def test_a_single_word_is_a_given_name() -> None:
    names = person(name_km="ដារ៉ា").names
    assert (names.family_km, names.given_km) == ("", "ដារ៉ា")


@pytest.mark.parametrize(("cell", "code"), [("007", "007"), (7.0, "7"), (7, "7"), (" A 1 ", "A 1")], ids=repr)
def test_a_code_stays_the_text_that_it_is(cell, code) -> None:
    assert person(name_km="សុខ ដារ៉ា", code=cell).code == code


def test_a_code_that_the_spreadsheet_took_for_a_date_is_refused() -> None:
    assert refusal(name_km="សុខ ដារ៉ា", code=date(2026, 1, 2)).place == "code"


@pytest.mark.parametrize("name", ["", "-", "Unknown", "\u200b", "មិនដឹង", "..."])
def test_nobody_is_taken_in_without_a_name(name) -> None:
    assert str(refusal(name_km=name)) == "There is no name."


@pytest.mark.parametrize("name", ["សុខ ២", "Sok 2", "12345"])
def test_a_name_has_no_digits(name) -> None:
    assert "digits" in str(refusal(name_km=name))


def test_a_sex_and_a_birth_date_that_cannot_be_read_are_both_named() -> None:
    sentence = str(refusal(name_km="លី សុវណ្ណ", sex="?", birth="31/02/2010"))
    assert "sex ?" in sentence
    assert "birth date 31/02/2010" in sentence


def test_each_of_them_alone_is_named_alone() -> None:
    assert str(refusal(name_km="លី សុវណ្ណ", sex="?")) == "The sex ? cannot be read."
    assert str(refusal(name_km="លី សុវណ្ណ", sex="")) == "The sex is missing."
    assert str(refusal(name_km="លី សុវណ្ណ", birth="abc")) == "The birth date abc cannot be read."
    assert str(refusal(name_km="លី សុវណ្ណ", birth="30/02/2010")) == "There is no such day as 30/02/2010."


@pytest.mark.parametrize(("birth", "word"), [("12/05/2031", "future"), (2031, "future"), ("01/01/1900", "110")])
def test_a_birth_date_that_cannot_be_true_is_refused(birth, word) -> None:
    assert word in str(refusal(name_km="លី សុវណ្ណ", birth=birth))


def test_an_age_column_serves_where_the_birth_date_is_not_known() -> None:
    assert person(name_km="លី សុវណ្ណ", birth="-", age=16.0).identity.birth.text() == "2010"
    assert person(name_km="លី សុវណ្ណ", birth="2009", age=16).identity.birth.text() == "2009"


def test_a_province_that_nobody_knows_is_kept_in_the_note() -> None:
    known = person(name_km="លី សុវណ្ណ", province="សៀមរាប", note="x")
    assert (known.province_code, known.note) == ("17", "x")
    strange = person(name_km="លី សុវណ្ណ", province="Udon Thani", note="x")
    assert (strange.province_code, strange.note) == ("", "x · Udon Thani")
    assert person(name_km="លី សុវណ្ណ", province="Unknown").note == ""


def test_an_address_and_a_phone_go_to_the_contact() -> None:
    contact = person(name_km="លី សុវណ្ណ", address="ភូមិថ្មី", phones=12345678.0).contact
    assert (contact.place_text, contact.phones) == ("ភូមិថ្មី", "12345678")
    assert person(name_km="លី សុវណ្ណ").contact is None


def test_control_characters_do_not_reach_a_name() -> None:
    assert person(name_km="សុខ\x07\u202e ដារ៉ា\x00").names.khmer == "សុខ ដារ៉ា"


def test_blank_total_and_repeated_heading_rows_hold_nobody() -> None:
    heading = ("ល.រ", "ឈ្មោះ", "ភេទ")
    rows = (heading, (1, "សុខ ដារ៉ា", "ប"), (), (2.0,), ("", "សរុប 38 នាក់"), (3, "Total: 38"), heading)
    plan = propose_plan(ImportTable("list", rows))
    assert [holds_nobody(row, plan) for row in rows[1:]] == [False, True, True, True, True, True]
