"""Khmer dictionary order as bytes, equal on every operating system.

Source: Unicode CLDR, collation ``km`` (its rules start ``[reorder Khmr]``), over the CLDR root for punctuation, digits
and Latin. CLDR puts ប and ប៉ together; Chuon Nath's dictionary lists ប៉ after ប.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import chain
from typing import Final, NamedTuple


class _Weights(NamedTuple):
    """One collation element: a primary of one or more bytes (none for an accent) and what sets it apart from equals."""

    primary: bytes
    secondary: int = 0
    tertiary: int = 0


_Elements = tuple[_Weights, ...]

_WHITE: Final = "\t\n\v\f\r\x85\u2028\u2029 "
_PUNCTUATION: Final = "_-–—,;:៖!¡?¿.·។៕'‹›\"«»()[]{}§¶@*/\\&#%†‡•៙៚`´^¯¨¸°©®+±÷×<=>¬|¦~ៗ¤¢$£¥៛₫€"
_DIGITS: Final = "0123456789"
_LETTERS: Final = "កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរឫឬលឭឮវឝឞសហឡអ"
_VOWELS: Final = tuple(map(chr, range(0x17B6, 0x17C6)))
_NIKAHIT_VOWELS: Final = ("\u17bb\u17c6", "\u17c6", "\u17b6\u17c6")
_REAHMUK_VOWELS: Final = ("\u17c7", "\u17b7\u17c7", "\u17bb\u17c7", "\u17c1\u17c7", "\u17c4\u17c7")
_COENG: Final = "\u17d2"
_ANY_SYMBOL: Final = "any other symbol"
_ANY_LETTER: Final = "any other letter"
_ORDER: Final = (
    *_WHITE,
    *_PUNCTUATION,
    _ANY_SYMBOL,
    *_DIGITS,
    *_LETTERS,
    "\u17dc",
    *_VOWELS,
    *_NIKAHIT_VOWELS,
    *_REAHMUK_VOWELS,
    _COENG,
    *"abcdefghijklmnopqrstuvwxyz",
    _ANY_LETTER,
)
_PRIMARY: Final = {sign: bytes([byte]) for byte, sign in enumerate(_ORDER, start=1)}
_SMALL_LATIN: Final = re.compile("[a-z ]+")
"""Such text has primary weights only, one byte for each letter."""
_SMALL_LATIN_PRIMARY: Final = bytes(_PRIMARY.get(chr(code), b"\0")[0] for code in range(256))

# Weights 1 and 2 belong to variants of a letter, which come before any accented letter.
_ACCENTS: Final = (
    "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0335\u0327\u0328\u0304\u17cc\u0309\u031b\u0323"
    "\u17ce\u17cf\u17d1\u17d0\u17c8\u17dd\u17cb\u17c9\u17ca\u17cd"
)
_SECONDARY: Final = {accent: weight for weight, accent in enumerate(_ACCENTS, start=3)}
_ANY_ACCENT: Final = _SECONDARY["\u17cc"]

_IGNORED: Final = "\u17b4\u17b5\u17d3"
_VARIANTS: Final = {
    "\u17a3": ("អ", 0, 0),
    "\u17a4": ("អ\u17b6", 0, 0),
    "\u17a5": ("អ\u17b7", 1, 0),
    "\u17a6": ("អ\u17b8", 1, 0),
    "\u17a7": ("អ\u17bb", 1, 0),
    "\u17a9": ("អ\u17bc", 1, 0),
    "\u17af": ("អ\u17c2", 1, 0),
    "\u17b0": ("អ\u17c3", 1, 0),
    "\u17b1": ("អ\u17c4", 1, 0),
    "\u17b2": ("អ\u17c4", 1, 1),
    "\u17b3": ("អ\u17c5", 1, 0),
    "\u17d8": ("។ល។", 0, 1),
    "…": ("...", 0, 1),
    "‘": ("'", 1, 0),
    "’": ("'", 2, 0),
    "“": ('"', 1, 0),
    "”": ('"', 2, 0),
}
"""Sign: the signs it sorts with, and the secondary and tertiary weight that its last element gets."""

_TOKEN: Final = re.compile(
    "[\u1780-\u17a3\u17ab-\u17ae]\u17cc|[\u17b6\u17bb]\u17c6|[\u17b7\u17bb\u17c1\u17c4]\u17c7|.", re.DOTALL
)


def sort_key(text: str) -> bytes:
    """Return bytes that compare like the text in Khmer dictionary order, for a BLOB column.

    The order is that of ICU's collator for ``km`` at tertiary strength, ties broken by code points, so different texts
    never have equal keys. Digits come first (Khmer digits with their ASCII equals, digit by digit), then Khmer, Latin
    and the letters of other scripts by code point. Give it the stored form: it sorts what it gets and repairs nothing.

    Source: Unicode CLDR collation ``km``; Unicode UTS 10 for the levels.

    Returns:
        About two bytes for each character.
    """
    if _SMALL_LATIN.fullmatch(text):
        letters = text.encode()
        return letters.translate(_SMALL_LATIN_PRIMARY) + b"\0\0\0" + letters
    words = zip(*map(_weighed, text.split(" ")), strict=True)
    primaries, secondaries, tertiaries, code_points = map(bytes.join, _SPACE, words)
    return b"".join((primaries, b"\0", _level(secondaries), _level(tertiaries), code_points))


@lru_cache(maxsize=4096)
def _weighed(word: str) -> tuple[bytes, bytes, bytes, bytes]:
    """The weights of a word level by level, and its code points; names are made of few words again and again."""
    decomposed = word if unicodedata.is_normalized("NFD", word) else unicodedata.normalize("NFD", word)
    elements = [*chain.from_iterable(map(_ELEMENTS.__getitem__, _TOKEN.findall(decomposed)))]
    primaries, secondaries, tertiaries = zip(*elements, strict=True) if elements else ((), (), ())
    return b"".join(primaries), bytes(secondaries), bytes(tertiaries), b"".join(map(_CODE_POINTS.__getitem__, word))


def _level(weights: bytes) -> bytes:
    """Write the weights that are not 0, each after the length of the gap of zeros before it, and a 0 at the end.

    Zero is the least weight, so the longer gap is the lesser: it is written as 255 - length.
    """
    if not weights.strip(b"\0"):
        return b"\0"
    level = bytearray()
    start = 0
    for place, weight in enumerate(weights):
        if weight:
            full, gap = divmod(place - start, 253)
            level += b"\1" * full + bytes((255 - gap, weight))
            start = place + 1
    return bytes(level) + b"\0"


class _ElementTable(dict[str, _Elements]):
    """The collation elements of every token; those of rarer characters are worked out when they first occur."""

    def __missing__(self, token: str) -> _Elements:
        self[token] = elements = _rare_elements(token)
        return elements


def _rare_elements(char: str) -> _Elements:
    category = unicodedata.category(char)
    if category in ("Cc", "Cf"):
        return ()
    if category == "Zs":
        return (_Weights(_PRIMARY[" "], tertiary=1),)
    if unicodedata.combining(char):
        return (_Weights(b"", _ANY_ACCENT),)
    if category == "Nd":
        return (_Weights(_PRIMARY[_DIGITS[unicodedata.decimal(char)]]),)
    lower = char.lower()
    kind = _ANY_LETTER if category[0] in "LMN" else _ANY_SYMBOL
    return (_Weights(_PRIMARY[kind] + lower.encode("utf-8", "surrogatepass"), tertiary=int(lower != char)),)


def _tailored_elements() -> dict[str, _Elements]:
    table: dict[str, _Elements] = {sign: (_Weights(primary),) for sign, primary in _PRIMARY.items()}
    table |= {accent: (_Weights(b"", weight),) for accent, weight in _SECONDARY.items()}
    table |= dict.fromkeys(_IGNORED, ())
    for sign, (spelling, secondary, tertiary) in _VARIANTS.items():
        *first, last = (_PRIMARY[each] for each in spelling)
        table[sign] = (*map(_Weights, first), _Weights(last, secondary, tertiary))
    table["\u17a8"] = (*table["\u17a7"], _Weights(_PRIMARY["ក"], tertiary=1))
    table["\u17aa"] = (*table["\u17a9"], _Weights(_PRIMARY["វ"], tertiary=1))
    for letter in (*_LETTERS, "\u17a3"):
        ro_coeng = (_Weights(_PRIMARY["រ"]), _Weights(_PRIMARY[_COENG]))
        table[letter + "\u17cc"] = (*ro_coeng, table[letter][0]._replace(secondary=1))
    for letter in "abcdefghijklmnopqrstuvwxyz":
        table[letter.upper()] = (_Weights(_PRIMARY[letter], tertiary=1),)
    table["đ"] = (*table["d"], *table["\u0335"])
    table["Đ"] = (*table["D"], *table["\u0335"])
    for digit in range(10):
        table[chr(0x17F0 + digit)] = table[_DIGITS[digit]]
    return table


class _CodePointTable(dict[str, bytes]):
    """Code points as bytes of the same order, one byte for each ASCII or Khmer character."""

    def __missing__(self, char: str) -> bytes:
        escape = b"\x80" if char < "\u1780" else b"\xfb"
        self[char] = code = escape + char.encode("utf-8", "surrogatepass")
        return code


_ELEMENTS: Final = _ElementTable(_tailored_elements())
_CODE_POINTS: Final = _CodePointTable(
    {chr(code): bytes([code]) for code in range(0x80)}
    | {chr(0x1780 + code): bytes([0x81 + code]) for code in range(0x17FA - 0x1780)}
)
_SPACE: Final = (_PRIMARY[" "], b"\0", b"\0", _CODE_POINTS[" "])
"""What a space between two words adds to each level."""
