"""What must be true of a person's record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tlbb_desktop.domain.births import Birth
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.people import CustodyStay, Identity, Names, PersonKind, PersonRecord, PersonStatus, Sex
from tlbb_desktop.domain.person_check import check_person, stay_open_on

TODAY = date(2026, 11, 21)
GOOD = PersonRecord(None, "SR-26-0001", Names("សុខ", "ដារ៉ា"), Sex.MALE, PersonKind.PARTICIPANT, PersonStatus.ENROLLED)


def day(number: int) -> date:
    return date(2026, 1, number)


def test_a_name_in_one_script_and_a_sex_are_enough() -> None:
    check_person(GOOD, TODAY)
    check_person(replace(GOOD, names=Names(given_latin="DARA")), TODAY)


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"names": Names(nickname="តូច")}, "family_km"),
        ({"names": Names("សុខ១", "ដារ៉ា")}, "family_km"),
        ({"names": Names("សុខ", "...")}, "given_km"),
        ({"names": Names("សុខ", "ដារ៉ា", given_latin="D\u202ea")}, "given_latin"),
        ({"names": Names("សុខ", "ដ" * 101)}, "given_km"),
        ({"sex": None}, "sex"),
        ({"code": "x" * 41}, "code"),
        ({"code": "a\nb"}, "code"),
        ({"note": "x" * 2001}, "note"),
        ({"identity": Identity(Birth.on(date(2031, 5, 12)))}, "birth"),
        ({"identity": Identity(Birth.on(date(1900, 1, 1)))}, "birth"),
        ({"stays": (CustodyStay(1, day(5), day(4)),)}, "stays"),
        ({"stays": (CustodyStay(1, day(5)), CustodyStay(2, day(9)))}, "stays"),
    ],
)
def test_each_fault_is_refused_at_its_field(wrong, place) -> None:
    with pytest.raises(Refused) as refusal:
        check_person(replace(GOOD, **wrong), TODAY)
    assert refusal.value.place == place


def test_a_guest_needs_no_more_than_a_name() -> None:
    check_person(replace(GOOD, sex=None, kind=PersonKind.GUEST), TODAY)


def test_on_the_day_of_a_transfer_the_later_stay_counts() -> None:
    stays = (CustodyStay(1, day(1), day(9)), CustodyStay(2, day(9)))
    check_person(replace(GOOD, stays=stays), TODAY)
    assert stay_open_on(stays, day(8)) is stays[0]
    assert stay_open_on(stays, day(9)) is stays[1]
    assert stay_open_on(stays[:1], day(10)) is None
