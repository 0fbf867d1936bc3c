"""The key under which a name is found, whichever way it was typed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from tlbb_desktop.khmer.digits import to_ascii_digits
from tlbb_desktop.khmer.letters import COENG, FINALS, RO, ROBAT, SHIFTERS, ZWSP
from tlbb_desktop.khmer.normal import canonical, normalise_name

_SIMPLE_NAME: Final = re.compile(
    f"(?:[\u1780-\u17a2\u17a5-\u17a7\u17a9-\u17b1]{ROBAT}?"
    f"(?:{COENG}[\u1780-\u1799\u179b-\u17a2])*(?:{COENG}{RO})*[{SHIFTERS}]?"
    f"(?:[\u17b6-\u17ba\u17bc-\u17c5]|\u17bb(?!\u17d0))?[\u17c6\u17cb\u17cd-\u17d1]?[{FINALS}]?"
    f"|[\u17e0-\u17e9 {ZWSP}!-@])*"
)
"""Matches Khmer that is well ordered and has no letter or sign to fold but shifters, coeng DA, digits and spaces.

ASCII digits and signs may stand between, as in dates."""
_SIMPLE_FOLDS: Final = {
    **{0x17E0 + digit: str(digit) for digit in range(10)},
    **dict.fromkeys(map(ord, f" {ZWSP}")),
    0x17C9: "\u17ca",
}
_UNSEEN: Final = re.compile("[\\s\u17b4\u17b5]+")
_LATIN_ACCENTS: Final = re.compile("[\u0300-\u036f]+")
_LATIN_LETTERS: Final = str.maketrans(
    {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"}
)
_SAME_LETTERS: Final = str.maketrans(
    {
        "\u17a3": "\u17a2",
        "\u17a4": "\u17a2\u17b6",
        "\u17a8": "\u17a7\u1780",
        "\u17b2": "\u17b1",
        "\u17d8": "\u17d4\u179b\u17d4",
    }
)
_SAME_SIGNS: Final = str.maketrans({"\u17c9": "\u17ca", "\u17d3": "\u17c6", "\u17dd": "\u17d1"})
_SEVERAL_MARKS: Final = re.compile("[\u17b6-\u17d1]{2,}")
_SEVERAL_SIGNS: Final = re.compile("[\u17c6\u17cb\u17cd-\u17d1]{2,}")


def search_key(text: str) -> str:
    """Return the key under which text is found and compared: apply it to what is stored and to what is looked for.

    Equal for every encoding of a word. Beyond `canonical` it folds what readers take for the same: deprecated letters
    (17A3, 17A4, 17A8, 17B2, ៘), the two consonant shifters (a common misspelling), look-alike and repeated signs and
    their order, digits to ASCII, Latin case and accents. Spaces and all that is invisible go, so that a family name
    and a given name match written together or apart.

    Source: Khmer Encoding Structure v2 (confusable sequences, deprecated characters); Unicode NFKD and case folding.
    """
    if text.isascii() and text.isprintable():
        return text.replace(" ", "").lower()
    words = [*map(_simple_key, text.split(" "))]
    if None not in words:
        return "".join(filter(None, words))
    seen = _UNSEEN.sub("", normalise_name(text))
    if seen.isascii():
        return seen.lower()
    return to_ascii_digits(_marks_folded(_plain_latin(seen).translate(_SAME_LETTERS)))


def holds(wanted: str, *texts: str) -> bool:
    """Whether one of *texts* holds what is looked for; with nothing wanted every line does, without a look at it.

    Args:
        wanted: a search key, or ``""``.
        texts: as they are shown.
    """
    return not wanted or any(wanted in search_key(text) for text in texts)


@lru_cache(maxsize=4096)
def _simple_key(word: str) -> str | None:
    """The key of a word that needs no repair, or None; names are made of few words again and again."""
    if not _SIMPLE_NAME.fullmatch(word):
        return None
    return word.translate(_SIMPLE_FOLDS).replace("\u17d2\u178a", "\u17d2\u178f")


def _plain_latin(text: str) -> str:
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return _UNSEEN.sub("", _LATIN_ACCENTS.sub("", folded)).translate(_LATIN_LETTERS)


def _marks_folded(text: str) -> str:
    while (folded := _SEVERAL_MARKS.sub(_once_and_sorted, canonical(text).translate(_SAME_SIGNS))) != text:
        text = folded  # without its double, a mark can complete a sequence that canonical repairs
    return text


def _once_and_sorted(marks: re.Match[str]) -> str:
    return _SEVERAL_SIGNS.sub(lambda signs: "".join(sorted(signs[0])), "".join(dict.fromkeys(marks[0])))
