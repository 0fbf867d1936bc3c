from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.security.khmer_keyboard import latin_keys
from tlbb_desktop.security.recovery import ALPHABET, SLIP_GROUPS, PrintedCode, check_group, new_code, parse_code

# Each key of a keyboard in the NiDA layout, row by row, as X11 has it.
NIDA = dict(zip("qwertyuiopasdfghjklzxcvbnm", "ឆឹេរតយុិោផាសដថងហ្កលឋខចវបនម", strict=True)) | {
    **dict(zip("0123456789", "០១២៣៤៥៦៧៨៩", strict=True)),
    "-": "ឥ",
    " ": "\u200b",
}
NIDA_SHIFTED = NIDA | dict(
    zip(
        "QWERTYUIOPASDFGHJKLZXCVBNM",
        ["ឈ", "ឺ", "ែ", "ឬ", "ទ", "ួ", "ូ", "ី", "ៅ", "ភ", "ាំ", "ៃ", "ឌ", "ធ", "អ", "ះ", "ញ", "គ", "ឡ",
         "ឍ", "ឃ", "ជ", "េះ", "ព", "ណ", "ំ"],
        strict=True,
    )
)  # fmt: skip


def test_a_recovery_key_is_160_random_bits_in_eight_groups():
    code = new_code()
    assert len(code.groups) == 8
    assert len(code.secret) * 5 == 160
    assert str(code) != str(new_code())


def test_a_code_is_not_shown_by_accident():
    code = new_code()
    assert code.groups[0] not in repr(code)


@given(st.integers(0, 2**64 - 1))
def test_a_code_is_read_in_any_case_and_grouping_and_keyboard_layout(seed):
    code = new_code()
    text = str(code)
    khmer = "".join(NIDA[character] for character in text.lower())
    shifted = "".join(NIDA_SHIFTED[character] for character in text)
    for typed in (
        text,
        text.lower(),
        text.replace("-", " "),
        text.replace("-", ""),
        f"\ufeff{text}\r\n",
        khmer,
        shifted,
    ):
        assert parse_code(typed).secret == code.secret


def test_letters_that_look_like_digits_are_those_digits():
    code = next(code for code in iter(new_code, None) if {"0", "1"} <= set(str(code)))
    alike = str(code).replace("0", "O").replace("1", "l")
    assert parse_code(alike) == code
    assert parse_code(alike.replace("l", "I")) == code


def test_khmer_digits_are_digits():
    assert latin_keys("០១២៣៤៥៦៧៨៩") == "0123456789"


def test_typing_back_is_checked_group_by_group():
    code = new_code()
    other = new_code()
    for index, group in enumerate(code.groups):
        assert code.has_group(index, f" {group.lower()} ")
        assert check_group(index, group)
        assert not code.has_group(index, other.groups[index])
    assert not code.has_group(0, "")


@given(st.integers(0, 7), st.integers(0, 4), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found_in_its_group(group, place, character):
    code = new_code()
    typed = list(code.groups[group])
    if typed[place] == character:
        return
    typed[place] = character
    assert not check_group(group, "".join(typed))


@given(st.integers(0, 7), st.integers(0, 3))
def test_two_neighbours_exchanged_are_found(group, place):
    typed = list(new_code().groups[group])
    if typed[place] == typed[place + 1]:
        return
    typed[place], typed[place + 1] = typed[place + 1], typed[place]
    assert not check_group(group, "".join(typed))


def test_two_groups_exchanged_are_found_and_the_sentence_names_the_group():
    code = new_code()
    first, second, *rest = code.groups
    with pytest.raises(Refused, match="Group 1"):
        parse_code("-".join((second, first, *rest)))


@pytest.mark.parametrize("cut", [0, 1, 5, 39])
def test_a_code_of_another_length_is_refused(cut):
    with pytest.raises(Refused):
        parse_code("".join(new_code().groups)[:cut])
    with pytest.raises(Refused):
        parse_code(str(new_code()) + "0")


@given(st.text(max_size=60))
def test_nonsense_is_refused_and_never_crashes(text):
    with pytest.raises(Refused):
        parse_code(text)


def test_a_slip_is_shorter_and_not_taken_for_a_recovery_key():
    slip = new_code(SLIP_GROUPS)
    assert parse_code(str(slip), SLIP_GROUPS) == slip == PrintedCode(slip.groups)
    with pytest.raises(Refused):
        parse_code(str(slip))
