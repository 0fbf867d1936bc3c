"""One stored form for the many ways to type the same Khmer word.

The rules are SIL's *Khmer Encoding Structure* v2 (October 2024), with the two faults of its published ``khnormal``
script repaired: the "false u" rule is really applied, and the letter NYO counts as a letter of the second series.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from tlbb_desktop.khmer.letters import (
    BASES,
    COENG,
    FINALS,
    MARKS,
    RO,
    ROBAT,
    SHIFTERS,
    SIGNS,
    ZWJ,
    ZWNJ,
    ZWSP,
)

# Storage order inside a syllable; a coeng RO always follows the other coengs, a coeng behind a ZWJ ends the syllable.
_PLACES: Final = (
    ROBAT,
    COENG,
    COENG + RO,
    SHIFTERS,
    ZWNJ,
    "\u17be-\u17c5",
    "\u17bb-\u17bd",
    "\u17b7-\u17ba",
    "\u17b6",
    SIGNS,
    FINALS,
    ZWJ,
)
_COENG_PLACE: Final = _PLACES.index(COENG)
_COENG_RO_PLACE: Final = _PLACES.index(COENG + RO)
_FINAL_PLACE: Final = _PLACES.index(ZWJ)
_PLACE_OF: Final = {
    mark: place
    for place, members in enumerate(_PLACES)
    if place != _COENG_RO_PLACE
    for mark in re.findall(f"[{members}]", "".join(map(chr, range(0x17B6, 0x17DE))) + ZWNJ + ZWJ)
}

_PART: Final = f"{ZWJ}?{COENG}[{BASES}]?|[{MARKS}{ZWNJ}{ZWJ}]"
_PARTS: Final = re.compile(_PART)
_SYLLABLE: Final = re.compile(f"(?<!{COENG})[{BASES}](?:{_PART})+")

_PLAIN_UNIT: Final = (
    f"[{BASES}]{ROBAT}?(?:{COENG}[\u1780-\u1799\u179b-\u17a2\u17a5-\u17b3])*(?:{COENG}{RO})*[{SHIFTERS}]?"
    f"(?:[\u17b6-\u17ba\u17bc-\u17c5]|\u17bb(?![\u17d0\u17dd]))?[{SIGNS}]*[{FINALS}]*"
    "|[!-~\u17a3\u17a4\u17d4-\u17dc\u17e0-\u17e9]"
)
_PLAIN_TEXT: Final = re.compile(f"(?:{_PLAIN_UNIT})+(?:[ {ZWSP}](?:{_PLAIN_UNIT})+)*")
"""Matches only text that is in the stored form already: nearly all of it, so nothing else need be tried."""

_REPEATED_INVISIBLES: Final = re.compile(f"({ZWJ}?{COENG})[{COENG}{ZWNJ}{ZWJ}]+")
_COMPOUND_VOWELS: Final = (
    (re.compile("\u17be\u17b6"), "\u17c4\u17b8"),
    (re.compile("\u17c1([\u17bb-\u17bd]?)\u17b8"), "\u17be\\1"),
    (re.compile("\u17c1([\u17bb-\u17bd]?)\u17b6"), "\u17c4\\1"),
    (re.compile("([\u17be\u17bf])\u17bb"), "\u17bb\\1"),
)
_FALSE_U: Final = re.compile(
    f"^([{BASES}]{ROBAT}?(?:{COENG}[{BASES}])*)([\u17c1-\u17c5]?)\u17bb"
    "(?=[\u17b7-\u17ba\u17be\u17bf\u17d0\u17dd]|\u17b6\u17c6)"
)
_FIRST_SERIES: Final = re.compile(
    "[\u1780-\u1783\u1785-\u1788\u178a-\u178d\u178f-\u1792\u1795-\u1797\u179e-\u17a0\u17a2]"
)
_BA: Final = "\u1794"
_MUUSIKATOAN: Final = "\u17c9"
_TRIISAP: Final = "\u17ca"

_X11_VOWELS: Final = str.maketrans(
    {
        "\u17fb": "\u17bb\u17c7",
        "\u17fc": "\u17bb\u17c6",
        "\u17fd": "\u17c1\u17c7",
        "\u17fe": "\u17c4\u17c7",
        "\u17ff": "\u17b6\u17c6",
    }
)
_COENG_SPLIT_BY_NFC: Final = re.compile(f"{COENG}(\u17dd+)(?=[{BASES}])")
_ZWSP_IN_SYLLABLE: Final = re.compile(f"{ZWSP}(?=[{MARKS}{COENG}])|(?<={COENG}){ZWSP}")
_OLD_KOET: Final = re.compile(f"(?<![\u17e0-\u17e9])(\u17e1?[\u17e0-\u17e9]){COENG}\u17d4")
_OLD_ROC: Final = re.compile(f"\u17d4{COENG}(\u17e1?[\u17e0-\u17e9](?![\u17e0-\u17e9])|\u17d4)")

_EDGES: Final = "".join(filter(str.isspace, map(chr, range(0x3001)))) + ZWSP + "\ufeff"
_LINE_END: Final = re.compile(f"[ \t\xa0{ZWSP}]?\n[ \t\xa0{ZWSP}]?")
_SPACE_RUN: Final = re.compile(f"[ \t\xa0{ZWSP}]{{2,}}")

_ANY_SPACES: Final = re.compile(f"[\\s{ZWSP}]+")
_WHITE: Final = re.compile(r"\s")
_NOT_IN_NAMES: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200c-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def normalise(text: str) -> str:
    """Return the form in which text is stored: well ordered, nothing that was typed on purpose lost.

    Source: Khmer Encoding Structure v2 and SIL's ``khnormal``. After Unicode NFC, and for each syllable:

    * parts go into the order base, robat, coengs, coeng RO, shifter, ZWNJ, vowels, signs, finals;
    * invisible characters repeated after a coeng become one coeng;
    * a vowel typed in two halves becomes the vowel (17C1 17B8 is 17BE, 17C1 17B6 is 17C4);
    * an U typed for a consonant shifter below an upper vowel becomes that shifter;
    * lunar days written with a coeng become the symbols 19E0 to 19FF.

    Also: the code points 17FB to 17FF, which X11 sends for two-part vowels, become those vowels; a zero-width space
    inside a syllable goes and stays elsewhere as the break hint that it is; runs of spaces become one; the ends of
    lines are trimmed. A coeng DA stays as typed: official spellings use it.

    Args:
        text: Anything, of one or more lines.

    Returns:
        The stored form; normalising it again changes nothing.
    """
    while not (_PLAIN_TEXT.fullmatch(text) or (repaired := _repaired(text)) == text):
        text = repaired  # one repair can bring the parts of another fault together
    return text


def normalise_name(text: str) -> str:
    """Return the stored form of a name: `normalise`, one line, ordinary single spaces, no invisible characters.

    The space bar of the NiDA keyboard types a zero-width space, so in a name that is a space. Joiners, direction
    marks, soft hyphens, byte order marks, control characters and lone surrogates go.

    Source: xkb layout ``kh`` (space levels) for the zero-width space; Unicode categories Cc, Cf and Cs for the rest.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    if _PLAIN_TEXT.fullmatch(text):
        return text.replace(ZWSP, " ")
    visible = _NOT_IN_NAMES.sub("", _WHITE.sub(" ", text))
    return _ANY_SPACES.sub(" ", normalise(visible)).strip()


def canonical(text: str) -> str:
    """Return the form in which two spellings that look alike are equal: a key, not for display.

    Source: SIL's ``khnormal``, which folds coeng DA to coeng TA since their glyphs are identical. On top of that
    zero-width spaces go, since they are break hints and no part of a word.
    """
    return normalise(text.replace(ZWSP, "")).replace("\u17d2\u178a", "\u17d2\u178f")


def _repaired(text: str) -> str:
    text = _ZWSP_IN_SYLLABLE.sub("", _tidy_spaces(text.translate(_X11_VOWELS)))
    # NFC sorts an atthacan behind a coeng and so tears the coeng from its letter.
    text = _COENG_SPLIT_BY_NFC.sub(rf"\1{COENG}", unicodedata.normalize("NFC", text))
    text = _REPEATED_INVISIBLES.sub(r"\1", text)
    text = _SYLLABLE.sub(lambda found: _reordered(found[0]), text)
    return _OLD_ROC.sub(_roc_symbol, _OLD_KOET.sub(_koet_symbol, text))


def _tidy_spaces(text: str) -> str:
    lines = text.strip(_EDGES).replace("\r\n", "\n").replace("\r", "\n")
    return _LINE_END.sub("\n", _SPACE_RUN.sub(_one_space, lines))


@lru_cache(maxsize=4096)
def _reordered(syllable: str) -> str:
    parts = sorted(_PARTS.findall(syllable, 1), key=_place)
    syllable = _REPEATED_INVISIBLES.sub(r"\1", syllable[0] + "".join(parts))
    for pattern, replacement in _COMPOUND_VOWELS:
        syllable = pattern.sub(replacement, syllable)
    return _FALSE_U.sub(_shifter_for_u, syllable)


def _place(part: str) -> int:
    if COENG not in part:
        return _PLACE_OF[part]
    if part.startswith(ZWJ):
        return _FINAL_PLACE
    return _COENG_RO_PLACE if part == COENG + RO else _COENG_PLACE


def _shifter_for_u(found: re.Match[str]) -> str:
    letters, vowel_before = found.groups()
    strong = _FIRST_SERIES.search(letters) and _BA not in letters
    return letters + (_TRIISAP if strong else _MUUSIKATOAN) + vowel_before


def _koet_symbol(found: re.Match[str]) -> str:
    day = int(found[1])
    return chr(0x19E0 + day) if day <= 15 else found[0]


def _roc_symbol(found: re.Match[str]) -> str:
    day = 0 if found[1] == "\u17d4" else int(found[1])
    return chr(0x19F0 + day) if day <= 15 else found[0]


def _one_space(found: re.Match[str]) -> str:
    run = found[0]
    if " " in run or "\t" in run:
        return " "
    return "\xa0" if "\xa0" in run else ZWSP
