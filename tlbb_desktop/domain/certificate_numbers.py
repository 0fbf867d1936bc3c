"""Numbers of certificates: the laptop's series letter, year, five digits and a check digit, as in ``K-2026-00001-3``.

The check digit is Damm's: it finds every single wrong digit and every swap of two neighbours.
Source: H. M. Damm, "Total anti-symmetrische Quasigruppen" (Marburg 2004), the quasigroup of order 10 given there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import to_ascii_digits

LAST_COUNT: Final = 99_999
_QUASIGROUP: Final = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
_WRITTEN: Final = re.compile(r"([A-Z])([0-9]{4})([0-9]{5})([0-9])")
_BETWEEN: Final = re.compile(r"[\s\u200b-\u200f\u2010-\u2015\u2060\ufeff./_-]+")


@dataclass(frozen=True, slots=True, order=True)
class CertificateNumber:
    """A number that is given once and never again.

    Args:
        series: neutral letter of the laptop's series.
        year: of the issue.
        count: 1 to 99999, counted within series and year.
    """

    series: str
    year: int
    count: int

    @property
    def check(self) -> int:
        """The check digit over letter (as its place in the alphabet), year and count."""
        return damm(f"{ord(self.series) - ord('A') + 1:02d}{self.year:04d}{self.count:05d}")

    def __str__(self) -> str:
        return f"{self.series}-{self.year:04d}-{self.count:05d}-{self.check}"


def parse_number(text: str) -> CertificateNumber:
    """Read a number as somebody types it: digits of either script, any case, with or without the dashes.

    Raises:
        Refused: it has another form, or its check digit does not fit.
    """
    found = _WRITTEN.fullmatch(_compact(text))
    if found is None:
        raise Refused(
            N_("{text} is not the number of a certificate. A number is written like {example}."),
            place="number",
            text=text.strip()[:40],
            example=str(CertificateNumber("K", 2026, 1)),
        )
    number = CertificateNumber(found[1], int(found[2]), int(found[3]))
    if number.count == 0 or number.check != int(found[4]):
        raise Refused(
            N_("The number {text} is not right. Compare it with the paper, digit by digit."),
            place="number",
            text=text.strip()[:40],
        )
    return number


def looks_like_number(text: str) -> bool:
    """Whether *text* has the form of a number, right or mistyped."""
    return _WRITTEN.fullmatch(_compact(text)) is not None


def damm(digits: str) -> int:
    """Damm's check digit of a row of ASCII digits; 0 for a row that ends with its own check digit."""
    interim = 0
    for digit in digits:
        interim = int(_QUASIGROUP[interim][int(digit)])
    return interim


def _compact(text: str) -> str:
    return _BETWEEN.sub("", to_ascii_digits(text)).upper()
