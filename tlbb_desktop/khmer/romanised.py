"""The key under which a Khmer name meets its Latin spellings, of which there are many."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from tlbb_desktop.khmer.letters import BASES, COENG, VOWELS, ZWSP
from tlbb_desktop.khmer.search import search_key

_KHMER_SOUNDS: Final = {
    "k": "កខគឃ",
    "g": "ង",
    "c": "ចឆជឈ",
    "n": "ញណន",
    "t": "ដឋឌឍតថទធ",
    "p": "បផពភ",
    "m": "ម\u17c6",
    "r": "រឫឬ",
    "l": "លឡឭឮ",
    "s": "ឝឞស",
}
_SOUND_OF: Final = {ord(sign): sound for sound, signs in _KHMER_SOUNDS.items() for sign in signs}
_KHMER: Final = tuple(
    (re.compile(pattern), heard)
    for pattern, heard in (
        (f"ហ{COENG}វ", "ផ"),
        (f"{COENG}?[{BASES}][{VOWELS}]?\u17cd", ""),
        (f"(?<=[^{COENG}][{BASES}])(?:{COENG}[{BASES}])+$", ""),
        ("\u17c6(?=ង)", ""),
        ("\u17c8$", "ក"),
    )
)

_LATIN: Final = tuple(
    (re.compile(pattern), heard)
    for pattern, heard in (
        ("(?<=[ou])r(?=[bcdgjklmnpst])", ""),
        ("chh?", "C"),
        ("ng", "G"),
        ("nh", "n"),
        ("[kgq]h?|c", "k"),
        ("[td]h?", "t"),
        ("ph|[bpf]", "p"),
        ("[jC]", "c"),
        ("G", "g"),
        ("[xz]", "s"),
    )
)
_UNHEARD: Final = re.compile("[^kgcntpmrls]+")
_REPEATED: Final = re.compile(r"(.)\1+")
_BETWEEN_WORDS: Final = re.compile(f"[\\s{ZWSP}]+")


@lru_cache(maxsize=4096)
def latin_key(text: str) -> str:
    """Return the consonants that are heard in a name, equal for its Khmer and for most of its Latin spellings.

    ``សុខា``, ``Sokha`` and ``Sok Kha`` are all ``sk``. Consonants of one place of the mouth are one letter; vowels, h,
    v, y and អ are left out, doubles are one. A letter under ៍ and the coengs that end a word are silent, ៈ at its end
    is heard as k; of Latin, an r that only lengthens a round vowel (Sorn, Thoeurn) is silent. Many names share a key:
    it finds candidates to look at and says nothing about who is who.

    Source: the consonants of UNGEGN's romanisation of Khmer, without voice and breath, which spellings of names mix up.

    Returns:
        Small letters out of ``kgcntpmrls``; ``""`` when nothing is heard.
    """
    return _REPEATED.sub(r"\1", "".join(map(_word_key, _BETWEEN_WORDS.split(text))))


def _word_key(word: str) -> str:
    key = search_key(word)
    for pattern, heard in _LATIN if key.isascii() else (*_LATIN, *_KHMER):
        key = pattern.sub(heard, key)
    return _UNHEARD.sub("", key.translate(_SOUND_OF))
