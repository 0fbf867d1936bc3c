from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlbb_desktop.domain.certificate_numbers import CertificateNumber, damm, looks_like_number, parse_number
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.khmer import to_khmer_digits

LETTERS = "ABDEFGHJKLMNPQRTUVWXYZ"
numbers = st.builds(
    CertificateNumber, st.sampled_from(LETTERS), st.integers(2000, 2099), st.integers(min_value=1, max_value=99_999)
)
digit_rows = st.text("0123456789", min_size=1, max_size=20)


def test_the_check_digit_is_that_of_the_published_example():
    assert damm("572") == 4


@given(digit_rows)
def test_a_row_with_its_check_digit_adds_up_to_nothing(digits):
    assert damm(f"{digits}{damm(digits)}") == 0


@given(digit_rows, st.data())
def test_every_single_wrong_digit_is_found(digits, data):
    whole = f"{digits}{damm(digits)}"
    place = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != whole[place]]))
    assert damm(whole[:place] + other + whole[place + 1 :]) != 0


@given(digit_rows, st.data())
def test_every_swap_of_two_neighbours_is_found(digits, data):
    whole = f"{digits}{damm(digits)}"
    place = data.draw(st.integers(0, len(whole) - 2))
    swapped = whole[:place] + whole[place + 1] + whole[place] + whole[place + 2 :]
    assert (damm(swapped) != 0) == (swapped != whole)


@given(numbers)
def test_a_number_is_read_as_it_is_written(number):
    assert parse_number(str(number)) == number


@given(numbers)
def test_a_number_is_read_in_khmer_digits_any_case_and_without_its_dashes(number):
    written = str(number)
    for typed in (
        to_khmer_digits(written),
        written.lower(),
        written.replace("-", ""),
        f" {written.replace('-', ' ')}\n",
    ):
        assert parse_number(typed) == number


@given(numbers, st.data())
def test_a_mistyped_digit_of_a_number_is_refused(number, data):
    written = str(number)
    place = data.draw(st.sampled_from([at for at, sign in enumerate(written) if sign.isdigit()]))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != written[place]]))
    with pytest.raises(Refused):
        parse_number(written[:place] + other + written[place + 1 :])


def test_the_fields_of_a_number_are_letter_year_count_and_check_digit():
    number = CertificateNumber("K", 2026, 1)
    assert str(number) == f"K-2026-00001-{number.check}"


@pytest.mark.parametrize(
    "text", ["", "K", "K-2026-1-3", "2026-00001-3", "K-2026-00000-0", "KK-2026-00001-3", "x" * 999]
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(Refused):
        parse_number(text)


def test_a_mistyped_number_still_looks_like_one_and_a_name_does_not():
    assert looks_like_number("K-2026-00001-9")
    assert not looks_like_number("KIM VANNA")
