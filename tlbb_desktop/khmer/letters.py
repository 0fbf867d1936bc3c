"""The classes of Khmer code points, as pieces for regular expressions.

Source: SIL, *Khmer Encoding Structure* v2 (October 2024), categories table.
"""

from __future__ import annotations

from typing import Final

BASES: Final = "\u1780-\u17a2\u17a5-\u17b3\u25cc"
"""Letters that carry marks: consonants, independent vowels and the dotted circle."""

VOWELS: Final = "\u17b6-\u17c5"
"""Dependent vowels; the two-part vowels ending in nikahit or reahmuk are a vowel and a sign."""

SHIFTERS: Final = "\u17c9\u17ca"
"""Muusikatoan and triisap."""

SIGNS: Final = "\u17c6\u17cb\u17cd-\u17d1\u17d3\u17dd"
"""Signs above, in no fixed order among themselves."""

FINALS: Final = "\u17c7\u17c8"
"""Reahmuk and yuukaleapintu, always last."""

ROBAT: Final = "\u17cc"
COENG: Final = "\u17d2"
RO: Final = "\u179a"
REPEAT: Final = "\u17d7"
"""ៗ repeats the word before it and belongs to it."""

MARKS: Final = f"{VOWELS}{SHIFTERS}{SIGNS}{FINALS}{ROBAT}"
"""Everything that hangs on a base, but the coeng."""

ZWSP: Final = "\u200b"
ZWNJ: Final = "\u200c"
ZWJ: Final = "\u200d"
