"""The key under which a name is found, whichever way it was typed."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from tlbb_desktop.khmer.digits import to_ascii_digits
from tlbb_desktop.khmer.normal import canonical

_UNSEEN: Final = re.compile(
    "[\\s\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+"
)
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
    seen = _UNSEEN.sub("", text)
    if seen.isascii():
        return seen.lower()
    return to_ascii_digits(_marks_folded(canonical(_plain_latin(seen).translate(_SAME_LETTERS))))


def _plain_latin(text: str) -> str:
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return _UNSEEN.sub("", _LATIN_ACCENTS.sub("", folded)).translate(_LATIN_LETTERS)


def _marks_folded(canonical_text: str) -> str:
    folded = _SEVERAL_MARKS.sub(lambda run: "".join(dict.fromkeys(run[0])), canonical_text.translate(_SAME_SIGNS))
    folded = _SEVERAL_SIGNS.sub(lambda run: "".join(sorted(run[0])), folded)
    # Without its double, a mark can complete a sequence that canonical repairs.
    return folded if len(folded) == len(canonical_text) else _marks_folded(canonical(folded))
