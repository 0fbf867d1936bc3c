"""Where lines of Khmer text, with Latin in it, may break.

Sources: SIL, *Khmer Encoding Structure* v2, for what is one cluster; Unicode UAX 14 for punctuation, numbers, spaces,
U+00A0 and U+2060; the usage of Khmer printing that ៗ and the full stops never start a line, and that a number stays
with its unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Final

from tlbb_desktop.khmer.letters import BASES, COENG, MARKS, REPEAT, ZWJ, ZWNJ, ZWSP
from tlbb_desktop.khmer.official_dates import MONTHS
from tlbb_desktop.khmer.romanised import latin_key
from tlbb_desktop.khmer.segmentation import cluster_breaks, words

_SPACES: Final = f" \t{ZWSP}\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000"
_SPACE: Final = f"[{_SPACES}]"
_KHMER: Final = f"{BASES}{MARKS}{ZWNJ}{ZWJ}{REPEAT}\u17a3\u17a4\u17dc"
_LATIN: Final = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_CLOSES: Final = "ៗ។៕៖៘៙៚)\\]}»›”’,;!?…"
_OPENS: Final = "(\\[{«‹“‘$€£+#@"
_GLUE: Final = "\u00a0\u2060\ufeff"

_MAY: Final = re.compile(
    f"(?<={_SPACE})(?![{_SPACES}\r\n])"
    f"|(?<=[{_KHMER}])(?=[{_LATIN}\\d{_OPENS}])"
    f"|(?<=[{_LATIN}])(?=[{BASES}])"
    f"|(?<=[{_CLOSES}])(?=[{BASES}{_LATIN}{_OPENS}])"
    f"|(?<=[{_KHMER}{_LATIN}][-‐–—])(?=[{BASES}{_LATIN}])"
)
_MUST: Final = re.compile("(?<=[\n\v\f\x85\u2028\u2029])|(?<=\r)(?!\n)")

_STARTS_NO_LINE: Final = re.compile(f"[{_CLOSES}៛%‰.:{_GLUE}]")
_ENDS_NO_LINE: Final = re.compile(f"[(\\[{{«‹“‘{_GLUE}]{_SPACE}*")
_UNITS: Final = (
    "[៛%‰]|រៀល|ដុល្លារ|ភាគរយ|នាក់|ម៉ោង|នាទី|វិនាទី|ថ្ងៃ|សប្តាហ៍|សប្ដាហ៍|ឆ្នាំ(?!\\d)|គីឡូក្រាម|គីឡូម៉ែត្រ|គីឡូ|ក្រាម|ម៉ែត្រ|លីត្រ|ហិកតា"
    "|គ\\.ក|គ\\.ម|ដង|កើត|រោច|(?:KHR|USD|riels?|percent|[ckm]?m[²³]?|[km]?g|m?[lL]|ha|[kMG]?B|h|min|°C)(?![A-Za-z])"
)
_KEPT_WHOLE: Final = tuple(
    map(
        re.compile,
        (
            # 15.000,50 · 09/03/2026 · 08:05
            "\\d+(?:[-./,:]\\d+)+",
            # 1 500 000
            f"(?<!\\d)\\d{{1,3}}(?:{_SPACE}\\d{{3}})+(?!\\d)",
            # 012 345 678 · +855 12 345 678
            f"(?<![\\d/.:,-])(?:\\+\\d{{1,3}}{_SPACE}*|[0០])\\d{{1,3}}(?:[-{_SPACES}]\\d{{2,6}}){{1,4}}(?![\\d/:])",
            # 15 000 ៛ · 5 kg · ៣ ខែ; the month of ថ្ងៃទី០៩ ខែមីនា is no unit
            f"\\d{_SPACE}*(?:{_UNITS}|ខែ(?!\\d|{'|'.join(MONTHS)}))",
            f"[$€£+]{_SPACE}*\\d",
            # ព.ស.២៥៦៩ · គ.ស. ២០២៦
            f"(?<![{_KHMER}{COENG}])[{BASES}]\\.{_SPACE}*(?:[{BASES}]\\.?{_SPACE}*)+\\d+",
            f"(?:(?:ថ្ងៃ{_SPACE}*)?ទី{_SPACE}*|ឆ្នាំ)\\d+",
        ),
    )
)


def breaks(text: str, *, whole: Iterable[str] = ()) -> tuple[int, ...]:
    """Offsets, between 0 and the length of the text, where a line may end and the next may start.

    * Between the words of Khmer (see `words`), and between Khmer and Latin or a number that follows it.
    * After spaces and zero-width spaces, after a hyphen or dash between letters, after closing punctuation.
    * Never inside a cluster; never before ៗ ។ ៕ ៖ ៘ ៙ ៚ ៛ % ) ] » , . : ; ! ? nor after ( [ «, with a space or
      without; never at U+00A0 and U+2060.
    * Never between a number and its unit, nor inside a number, a telephone number, a date in figures, ព.ស.២៥៦៩, ថ្ងៃទី០៩.
    * A line end in the text is always an offset.

    Sources: those of this module; each rule stands beside its pattern.

    Args:
        text: In the stored form; nothing is repaired.
        whole: Names that are kept on one line wherever they stand.
    """
    found = _breaks(text)
    for name in filter(None, whole):
        inside = {at for start in _places(name, text) for at in range(start + 1, start + len(name))}
        found = tuple(at for at in found if at not in inside)
    return found


def with_break_hints(text: str) -> str:
    """Put a zero-width space at every break of Khmer text, for a layout engine that knows no Khmer words, such as Qt's.

    Source: `breaks`. At spaces, hyphens and zero-width spaces that stand already every engine breaks by itself.

    Returns:
        The text with hints; adding them again changes nothing.
    """
    if not _HAS_KHMER.search(text):
        return text
    return _with_break_hints(text)


def without_break_hints(text: str) -> str:
    """Take out every zero-width space: what is copied or saved from text that was shown with hints.

    Source: Unicode 16, chapter 23.2: U+200B marks a word boundary for line breaking only.
    """
    return text.replace(ZWSP, "")


def forget_words() -> None:
    """Drop every text whose words, breaks and sound are kept for its next use, as when a record is locked.

    Source: vault design, "Lock": names must not stay in memory.
    """
    for kept in (words, _breaks, _with_break_hints, latin_key):
        kept.cache_clear()


_HAS_KHMER: Final = re.compile(f"[{BASES}]")
_BREAKS_BY_ITSELF: Final = re.compile(f"[{_SPACES}\\s-]")


@lru_cache(maxsize=4096)
def _with_break_hints(text: str) -> str:
    pieces: list[str] = []
    start = 0
    for at in breaks(text):
        if not _BREAKS_BY_ITSELF.match(text, at - 1):
            pieces.append(text[start:at])
            start = at
    return ZWSP.join((*pieces, text[start:]))


@lru_cache(maxsize=4096)
def _breaks(text: str) -> tuple[int, ...]:
    allowed = {found.start() for found in _MAY.finditer(text)}
    allowed.update(_between_words(text))
    allowed.intersection_update(cluster_breaks(text))
    for pattern in _KEPT_WHOLE:
        for span in pattern.finditer(text):
            allowed.difference_update(range(span.start() + 1, span.end()))
    for span in _ENDS_NO_LINE.finditer(text):
        allowed.difference_update(range(span.start() + 1, span.end() + 1))
    allowed = {at for at in allowed if not _STARTS_NO_LINE.match(text, at)}
    return tuple(sorted(allowed.union(found.start() for found in _MUST.finditer(text)) - {0, len(text)}))


def _between_words(text: str) -> Iterator[int]:
    """Offsets where a word of Khmer meets the next."""
    for at in accumulate(map(len, words(text))):
        if _KHMER_MEETS_KHMER.match(text, at):
            yield at


_KHMER_MEETS_KHMER: Final = re.compile(f"(?<=[{_KHMER}])(?=[{BASES}])")


def _places(name: str, text: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + 1)
