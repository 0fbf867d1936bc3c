"""Khmer and ASCII digits."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_KHMER: Final = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
_OTHER_DIGIT: Final = re.compile(r"(?![0-9])\d")


def to_khmer_digits(text: str) -> str:
    """Write the ASCII digits of a text as Khmer digits (U+17E0 to U+17E9); all else stays.

    Source: Unicode 16, chapter 16.4 (Khmer); CLDR numbering system ``khmr``.
    """
    return text.translate(_KHMER)


def to_ascii_digits(text: str) -> str:
    """Write the decimal digits of any script as ASCII digits; all else, also signs and separators, stays.

    Source: Unicode character property ``Numeric_Type=Decimal``. Superscripts and fractions are not decimal digits.
    """
    if text.isascii():
        return text
    return _OTHER_DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), text)
