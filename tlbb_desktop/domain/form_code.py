"""The code on a register for hand marking: it names the class and the month when the marks are typed in.

Thirty-one characters without those that are read for others; as 31 is a prime, the weighted sum that the last character
makes up finds each mistyped and each two turned characters.
"""

from __future__ import annotations

from typing import Final

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.months import Month
from tlbb_desktop.i18n.marks import N_

ALPHABET: Final = "123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE: Final = str.maketrans("0OIL", "QQ11")
_FIRST_YEAR: Final = 1900
_MONTHS: Final = 301 * 12
_LEAST: Final = 5
_GROUP: Final = 3


def form_code(class_id: int, month: Month) -> str:
    """The code of a class-month, such as ``13K-9ZD``."""
    number = class_id * _MONTHS + (month.year - _FIRST_YEAR) * 12 + month.number - 1
    digits: list[int] = []
    while number or len(digits) < _LEAST:
        number, digit = divmod(number, len(ALPHABET))
        digits.insert(0, digit)
    text = "".join(ALPHABET[digit] for digit in (*digits, _check(digits)))
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def read_form_code(typed: str) -> tuple[int, Month]:
    """The class and the month that a typed code names.

    Args:
        typed: in Latin letters, small or large, with or without dashes.

    Raises:
        Refused: no paper has this code.
    """
    text = "".join(typed.split()).replace("-", "").upper().translate(_ALIKE)
    digits = [ALPHABET.find(character) for character in text]
    if len(digits) <= _LEAST or min(digits) < 0 or _check(digits[:-1]) != digits[-1]:
        raise Refused(N_("This is not the code of a register. Compare it with the paper."), place="form_code")
    number = 0
    for digit in digits[:-1]:
        number = number * len(ALPHABET) + digit
    class_id, months = divmod(number, _MONTHS)
    return class_id, Month(_FIRST_YEAR + months // 12, months % 12 + 1)


def _check(digits: list[int]) -> int:
    weights = range(len(digits) + 1, 1, -1)
    return -sum(weight * digit for weight, digit in zip(weights, digits, strict=True)) % len(ALPHABET)
