"""The words of Khmer text, which writes no spaces between them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from threading import Lock
from typing import Final

from tlbb_desktop.khmer.clusters import clusters
from tlbb_desktop.khmer.letters import BASES, COENG, MARKS, REPEAT, ZWJ, ZWNJ, ZWSP

_LETTERS: Final = f"{BASES}\u17a3\u17a4"
_PIECES: Final = re.compile(
    f"[{_LETTERS}{MARKS}{COENG}{ZWNJ}{ZWJ}{REPEAT}]+|[\\s{ZWSP}]+|[^\\W\\d_\u1780-\u17ff]+|\\d+(?:[.,]\\d+)*|(?s:.)"
)
_WORD_MAY_START: Final = re.compile(f"(?<=[{_LETTERS}{MARKS}{REPEAT}])(?=[{BASES}])")
_WORD_LETTER: Final = re.compile(f"[{BASES}]")
_FINAL_CONSONANT: Final = re.compile("[\u1780-\u17a2][\u17cb\u17cd]?")

_tagging = Lock()


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """Cut a text into its words, runs of spaces and single signs; joined they give it back exactly.

    The words of Khmer are those of khmercut 0.2 (a conditional random field trained on 10,000 articles), which is
    loaded at first use; where it is not installed, the words are syllables. A word starts at a letter behind a letter
    or mark: other cuts of khmercut (``ព|.ស|.|២៥៦៩``) are ignored, as letters, digits, spaces and signs part by
    themselves.

    Source: khPOS OPEN-TEST, on which khmercut cuts inside a word 0.25 % of the time; Unicode UAX 29 for the clusters.
    """
    cuts = _word_starts(text).union(piece.start() for piece in _PIECES.finditer(text))
    ends = (*sorted(cuts.intersection(cluster_breaks(text))), len(text))
    return tuple(text[start:end] for start, end in pairwise((0, *ends)) if end)


def cluster_breaks(text: str) -> tuple[int, ...]:
    """Offsets between the clusters of a text: where a word that is wider than its column is cut.

    Source: `clusters`; never inside ``base (17D2 base)* marks*``.
    """
    return tuple(accumulate(map(len, clusters(text))))[:-1]


def _word_starts(text: str) -> set[int]:
    """Offsets of the words inside runs of Khmer."""
    may_start = {found.start() for found in _WORD_MAY_START.finditer(text)}
    between_clusters = may_start.intersection(cluster_breaks(text))
    return between_clusters.intersection(_cuts(text)) if between_clusters else set()


def _cuts(text: str) -> Iterator[int]:
    """Where the segmenter cuts. It reads line by line and sees no break hints, which would hide the context."""
    start = 0
    for line in text.splitlines(keepends=True):
        seen = [start + at for at, sign in enumerate(line) if sign != ZWSP]
        tokens = _tokens("".join(text[at] for at in seen))
        yield from (seen[at] for at in accumulate(map(len, tokens)) if at < len(seen))
        start += len(line)


def _tokens(line: str) -> list[str]:
    with _tagging:  # the tagger holds the sentence that it tags
        tokens = _segmenter()(line) if line.strip() else [line]
    return tokens if "".join(tokens) == line else _syllables(line)


@cache
def _segmenter() -> Callable[[str], list[str]]:
    try:
        from khmercut import tokenize
    except ImportError:
        return _syllables
    tokenizer: Callable[[str], list[str]] = tokenize
    return tokenizer


def _syllables(line: str) -> list[str]:
    """Cut before each cluster, but keep one bare consonant with the cluster before it, whose final it probably is."""
    found: list[str] = []
    open_syllable = False
    for cluster in clusters(line):
        closes = open_syllable and _FINAL_CONSONANT.fullmatch(cluster) is not None
        if closes:
            found[-1] += cluster
        else:
            found.append(cluster)
        open_syllable = not closes and _WORD_LETTER.match(cluster) is not None
    return found
