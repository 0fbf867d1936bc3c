from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlbb_desktop.khmer import to_ascii_digits, to_khmer_digits


def test_khmer_digits_replace_ascii_digits_and_nothing_else():
    assert to_khmer_digits("ថ្ងៃទី09 -1,234.5% ៧") == "ថ្ងៃទី០៩ -១,២៣៤.៥% ៧"


@pytest.mark.parametrize("digits", ["០១២៣៤៥៦៧៨៩", "๐๑๒๓๔๕๖๗๘๙", "٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９", "0123456789"])
def test_decimal_digits_of_any_script_become_ascii(digits):
    assert to_ascii_digits(f"ខែ {digits}!") == "ខែ 0123456789!"


def test_superscripts_and_fractions_are_not_decimal_digits():
    assert to_ascii_digits("m² ½ ៱") == "m² ½ ៱"


@given(st.text())
def test_digits_survive_the_way_to_khmer_and_back(text):
    assert to_ascii_digits(to_khmer_digits(text)) == to_ascii_digits(text)
