"""Keeps every sign of detention off the papers that a learner carries.

A certificate must not show that its bearer was detained (UN Rules for the Protection of Juveniles Deprived of their
Liberty, A/RES/45/113). Texts are compared by their search key without punctuation, so that neither another encoding nor
another spacing, accent or width of a word slips through.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.people import Prison
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import search_key, to_ascii_digits

#: Found anywhere, also across spaces and dots.
WORDS: Final = (
    "Beyond Bars", "behind bars", "TLBB", "prison", "penitentiar", "incarcerat", "imprison", "detention", "detainee",
    "detained", "correctional cent", "rehabilitation cent", "custody", "custodial", "probation", "parole",
    "juvenile delinq", "Prey Sar", "Trapeang Phlong",
    "ពន្ធនាគារ", "ដោះលែង", "អ្នកទោស", "ជាប់ឃុំ", "ឃុំឃាំង", "ជាប់គុក", "ជាប់ពន្ធ", "ជាប់ចោទ", "ពិរុទ្ធជន", "ទណ្ឌិត",
    "អប់រំកែប្រែ", "យុវនីតិសម្បទា", "បទល្មើស", "ទោសដាក់", "ត្រពាំងផ្លុង",
)  # fmt: skip
#: Beginnings of words; inside another word they are innocent ("used in materials" holds "inmate").
WORD_STARTS: Final = ("jail", "gaol", "inmate", "convict", "offender", "criminal", "felon")
#: Khmer words so short that they count only when no vowel or sign goes on after them.
SHORT_WORDS: Final = ("គុក", "ព្រៃស")
#: Correctional centres by their short names: CC1, CC-2, ម១, ម២.
_CENTRE: Final = re.compile(r"(?<!\w)(?:cc|ម)[\s.\-‐‑]*[0-9](?!\w)")
_SPLIT: Final = re.compile(r"[\s\u200b()\[\]{}/,;:|–—]+")
_GOES_ON: Final = "(?![\u17b4-\u17d3\u17dd])"


class StigmaLint:
    """Looks for what no learner's paper may show.

    Args:
        prisons: the sites on record, with their codes and names.
        numbers: codes and numbers that only the programme or the prison knows the learner by.
        places: names that stay allowed although a site may bear them, such as the province.
    """

    def __init__(self, prisons: Iterable[Prison] = (), numbers: Iterable[str] = (), places: Iterable[str] = ()) -> None:
        sites, innocent = tuple(prisons), {"", *map(_letters, places)}
        names = [name for site in sites for name in (site.name_km, site.name_en) if _letters(name) not in innocent]
        self._words = tuple((word, _letters(word)) for word in (*WORDS, *names))
        self._starts = tuple((word, _letters(word)) for word in WORD_STARTS)
        self._short = tuple((word, re.compile(f"(?<!\u17d2){_letters(word)}{_GOES_ON}")) for word in SHORT_WORDS)
        codes = (*(site.code for site in sites), *numbers)
        self._tokens = {_letters(code): code for code in codes if _letters(code) not in innocent}

    def found(self, text: str) -> str:
        """The first word in *text* that betrays detention, or ``""``."""
        return next(self._all_found(text), "")

    def require_clean(self, texts: Mapping[str, str]) -> None:
        """Refuse a paper that shows detention.

        Args:
            texts: where it stands (a short word for the log of a bug) -> text.

        Raises:
            Refused: names the word and the text that holds it.
        """
        for place, text in texts.items():
            if word := self.found(text):
                raise Refused(
                    N_(
                        "“{text}” must not stand on a learner's paper: it shows “{word}”."
                        " Nothing was issued. Correct it, then try again."
                    ),
                    place=place,
                    text=text[:60],
                    word=word,
                )

    def _all_found(self, text: str) -> Iterator[str]:
        whole = _letters(text)
        yield from (word for word, letters in self._words if letters in whole)
        yield from (word for word, pattern in self._short if pattern.search(whole))
        for token in _tokens(text):
            yield from (word for word, start in self._starts if token.startswith(start))
            if token in self._tokens:
                yield self._tokens[token]
        if centre := _CENTRE.search(to_ascii_digits(unicodedata.normalize("NFKC", text)).casefold()):
            yield centre[0].upper()


def _tokens(text: str) -> Iterator[str]:
    """Each word of *text* as letters, its parts between hyphens and dots, and letters that were spaced out."""
    words = [word for word in _SPLIT.split(text) if word]
    yield from filter(None, map(_letters, words))
    for word in words:
        parts = re.split(r"[-‐‑._]+", word)
        if len(parts) > 1:
            yield from filter(None, map(_letters, parts))
    for run in re.findall(r"(?:(?<!\w)\w[\s.\-_]+){2,}\w(?!\w)", text):
        yield _letters(run)


def _letters(text: str) -> str:
    """The search key of *text* without spaces, punctuation and symbols."""
    return "".join(sign for sign in search_key(text) if unicodedata.category(sign)[0] in "LMN")
