from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.form_code import ALPHABET, form_code, read_form_code
from tlbb_desktop.domain.months import Month

MONTHS = st.builds(Month, st.integers(1900, 2200), st.integers(1, 12))


@given(st.integers(1, 2_000_000), MONTHS)
def test_a_code_names_its_class_and_its_month(class_id, month) -> None:
    assert read_form_code(form_code(class_id, month)) == (class_id, month)


def test_a_code_is_two_groups_of_three() -> None:
    assert [len(group) for group in form_code(7, Month(2026, 11)).split("-")] == [3, 3]


def test_it_may_be_typed_in_small_letters_without_dash_and_with_spaces() -> None:
    code = form_code(41, Month(2026, 11))
    assert read_form_code(f" {code.lower().replace('-', ' ')} ") == (41, Month(2026, 11))


@given(st.integers(1, 5_000), MONTHS, st.integers(0, 5), st.sampled_from(ALPHABET))
def test_a_mistyped_character_is_found(class_id, month, place, other) -> None:
    code = form_code(class_id, month).replace("-", "")
    wrong = code[:place] + other + code[place + 1 :]
    if wrong != code:
        with pytest.raises(Refused):
            read_form_code(wrong)


@given(st.integers(1, 5_000), MONTHS)
def test_two_turned_characters_are_found(class_id, month) -> None:
    code = form_code(class_id, month).replace("-", "")
    for first, second in pairwise(range(len(code))):
        turned = code[:first] + code[second] + code[first] + code[second + 1 :]
        if turned != code:
            with pytest.raises(Refused):
                read_form_code(turned)


@pytest.mark.parametrize("typed", ["", "-", "1", "11W-WQ", "គឹម", "!!!-!!!", "11W-WQG-11W-WQG"])
def test_what_is_no_code_is_refused(typed) -> None:
    with pytest.raises(Refused):
        read_form_code(typed)
