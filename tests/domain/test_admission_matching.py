"""Pairs between a prison's admission list and the people released, in either script; a person decides each."""

from __future__ import annotations

from datetime import date

import pytest

from tlbb_desktop.domain.admission_matching import Likeness, ListedPerson, ReleasedPerson, likely_pairs
from tlbb_desktop.domain.births import Birth
from tlbb_desktop.domain.people import Names, Sex

RELEASED = date(2024, 1, 15)
BIRTH = Birth.on(date(2007, 2, 28))
DARA = Names("សុខ", "ដារ៉ា", "SOK", "DARA")


def released(names: Names = DARA, number: int = 1, birth: Birth = BIRTH, sex: Sex | None = Sex.MALE):
    return ReleasedPerson(number, names, sex, birth, RELEASED)


def listed(names: Names, **said) -> ListedPerson:
    return ListedPerson(1, names, **said)


def likeness(names: Names, person: ReleasedPerson | None = None, **said) -> Likeness | None:
    pairs = likely_pairs([listed(names, **said)], [person or released()])
    return pairs[0].likeness if pairs else None


@pytest.mark.parametrize(
    "names",
    [
        Names("សុខ", "ដារ៉ា"),
        Names("សុខ", "ដារា៉"),  # the signs in the other order
        Names("", "សុខ\u200bដារ៉ា"),  # written together with a zero-width space
        Names("ដារ៉ា", "សុខ"),
        Names("", "", "Sok", "Dara"),
        Names("", "", "DARA", "SOK"),
    ],
)
def test_the_same_name_is_found_however_it_is_written(names) -> None:
    assert likeness(names) is Likeness.SAME_NAME
    assert likeness(names, birth=BIRTH) is Likeness.SAME_NAME_AND_BIRTH


def test_a_khmer_name_is_found_by_its_latin_spelling_and_the_other_way_round() -> None:
    assert likeness(Names("", "", "Sok", "Dara"), released(Names("សុខ", "ដារ៉ា"))) is Likeness.SOUNDS_ALIKE
    assert likeness(Names("សុខ", "ដារ៉ា"), released(Names("", "", "SOK", "DARA"))) is Likeness.SOUNDS_ALIKE


def test_another_name_another_sex_or_another_birth_is_nobody() -> None:
    assert likeness(Names("ចាន់", "រិទ្ធី")) is None
    assert likeness(DARA, sex=Sex.FEMALE) is None
    assert likeness(DARA, birth=Birth.on(date(2006, 2, 28))) is None
    assert likeness(DARA, birth=Birth.of_age(17, date(2024, 6, 1))) is Likeness.SAME_NAME_AND_BIRTH


def test_who_was_admitted_before_the_release_did_not_come_back() -> None:
    assert likeness(DARA, admitted_on=RELEASED) is None
    assert likeness(DARA, admitted_on=date(2024, 1, 16)) is Likeness.SAME_NAME


def test_the_closest_pairs_come_first_and_each_person_once_for_a_line() -> None:
    people = [released(number=1), released(Names("", "", "SOC", "DARA"), number=2), released(number=3, sex=None)]
    pairs = likely_pairs([listed(DARA, birth=BIRTH), ListedPerson(2, Names("", "", "SOK", "DARA"))], people)
    assert [(pair.listed.line, pair.released.person_id) for pair in pairs] == [
        (1, 1),
        (1, 3),
        (2, 1),
        (2, 3),
        (1, 2),
        (2, 2),
    ]
