"""The codes on papers to write on: they name the class, and the month or the unit, when the marks are typed in.

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
_UNITS: Final = 10_000
#: What the weighted sum of a code comes to, so that the code of one kind of paper is never read as another's.
_REGISTER, _BENCH, _ROAD = 0, 11, 17
_LEAST: Final = 5
_GROUP: Final = 3


def form_code(class_id: int, month: Month) -> str:
    """The code of a class-month, such as ``13K-9ZD``."""
    return _written(class_id * _MONTHS + (month.year - _FIRST_YEAR) * 12 + month.number - 1, _REGISTER)


def read_form_code(typed: str) -> tuple[int, Month]:
    """The class and the month that a typed code names.

    Args:
        typed: in Latin letters, small or large, with or without dashes.

    Raises:
        Refused: no paper has this code.
    """
    number = _read(typed, _REGISTER)
    if number is None:
        raise Refused(N_("This is not the code of a register. Compare it with the paper."), place="form_code")
    class_id, months = divmod(number, _MONTHS)
    return class_id, Month(_FIRST_YEAR + months // 12, months % 12 + 1)


def bench_code(class_id: int, unit_id: int) -> str:
    """The code of a bench sheet for a class and a unit; no register has the same."""
    return _written(class_id * _UNITS + unit_id, _BENCH)


def read_bench_code(typed: str) -> tuple[int, int]:
    """The class and the unit that a typed code names.

    Raises:
        Refused: no bench sheet has this code.
    """
    number = _read(typed, _BENCH)
    if number is None:
        raise Refused(N_("This is not the code of a bench sheet. Compare it with the paper."), place="form_code")
    return divmod(number, _UNITS)


def road_code(number: int) -> str:
    """The code of the papers of a journey; no register and no bench sheet has the same."""
    return _written(number, _ROAD)


def read_road_code(typed: str) -> str:
    """A typed code as it was printed.

    Raises:
        Refused: no papers of a journey have this code.
    """
    number = _read(typed, _ROAD)
    if number is None:
        raise Refused(N_("This is not the code of a journey. Compare it with the paper."), place="form_code")
    return road_code(number)


def _written(number: int, kind: int) -> str:
    digits: list[int] = []
    while number or len(digits) < _LEAST:
        number, digit = divmod(number, len(ALPHABET))
        digits.insert(0, digit)
    text = "".join(ALPHABET[digit] for digit in (*digits, _check(digits, kind)))
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def _read(typed: str, kind: int) -> int | None:
    """The number in a typed code of this kind of paper, or None."""
    text = "".join(typed.split()).replace("-", "").upper().translate(_ALIKE)
    digits = [ALPHABET.find(character) for character in text]
    if len(digits) <= _LEAST or min(digits) < 0 or _check(digits[:-1], kind) != digits[-1]:
        return None
    number = 0
    for digit in digits[:-1]:
        number = number * len(ALPHABET) + digit
    return number


def _check(digits: list[int], kind: int) -> int:
    weights = range(len(digits) + 1, 1, -1)
    return (kind - sum(weight * digit for weight, digit in zip(weights, digits, strict=True))) % len(ALPHABET)
