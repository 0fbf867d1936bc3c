"""Where Khmer text may be cut, and what in it cannot be read."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from typing import Final

from tlbb_desktop.khmer.letters import BASES, COENG, MARKS, VOWELS, ZWJ, ZWNJ, ZWSP
from tlbb_desktop.khmer.normal import normalise

_CLUSTER: Final = re.compile(
    f"(?:{COENG}[{BASES}]|[^\\s\x00-\x1f{ZWSP}])(?:{COENG}[{BASES}]?|[{MARKS}{ZWNJ}{ZWJ}\u0300-\u036f])*|(?s:.)"
)
_HANGING: Final = re.compile(f"[{MARKS}{COENG}]")
_CARRIES_MARKS: Final = re.compile(f"[{BASES}\u17a3\u17a4]")
_DANGLING_COENG: Final = re.compile(f"{COENG}(?![{BASES}])")
_VOWEL: Final = re.compile(f"[{VOWELS}]")
_MOST_COENGS: Final = 2


class Fault(enum.Enum):
    """What is wrong with a cluster; no rule can repair these, a person has to look."""

    DANGLING_COENG = "dangling_coeng"
    MARK_WITHOUT_BASE = "mark_without_base"
    TWO_VOWELS = "two_vowels"
    TOO_MANY_COENGS = "too_many_coengs"


@dataclass(frozen=True, slots=True)
class Problem:
    """A cluster that breaks the Khmer syllable.

    Attributes:
        fault: What is wrong.
        cluster: The cluster as it would be stored.
    """

    fault: Fault
    cluster: str


def clusters(text: str) -> list[str]:
    """Cut a text where it may be cut: never inside base, coeng letters and marks.

    Source: Unicode UAX 29 extended grapheme clusters, tailored for Khmer (a coeng joins the next letter).

    Returns:
        Pieces that joined give the text again; the length of the list is the length that a reader sees.
    """
    return _CLUSTER.findall(text)


def problems(text: str) -> tuple[Problem, ...]:
    """List what `normalise` cannot repair, in the order of the text.

    Source: Khmer Encoding Structure v2, validity expression for Modern Khmer: at most two coengs and one dependent
    vowel to a base, every coeng with its letter, every mark with its base.
    """
    return tuple(Problem(fault, cluster) for cluster in clusters(normalise(text)) for fault in _faults(cluster))


def _faults(cluster: str) -> list[Fault]:
    found = {
        Fault.DANGLING_COENG: _DANGLING_COENG.search(cluster) is not None,
        Fault.MARK_WITHOUT_BASE: not _CARRIES_MARKS.match(cluster) and _HANGING.search(cluster) is not None,
        Fault.TWO_VOWELS: len(_VOWEL.findall(cluster)) > 1,
        Fault.TOO_MANY_COENGS: cluster.count(COENG) > _MOST_COENGS,
    }
    return [fault for fault, there in found.items() if there]
