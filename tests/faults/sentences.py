"""Whether what a person reads is in Khmer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.sentences import explain


def is_khmer(sentence: str) -> bool:
    """Whether a sentence is in Khmer throughout; names, and what the system says in brackets, do not count."""
    words = re.sub(r"\(.*?\)|USB|TLBB Desktop|Caps Lock|--[a-z-]+", "", sentence)
    return bool(re.search(r"[\u1780-\u17b3]", words)) and not re.search(r"[A-Za-z]", words)


@contextmanager
def in_khmer() -> Iterator[Callable[[Exception], str]]:
    """The program in Khmer meanwhile; gives what it says of an error."""
    before = catalog.language()
    catalog.activate(catalog.KHMER)

    def said(error: Exception) -> str:
        catalog.activate(catalog.KHMER)
        sentence = explain(error)
        catalog.activate(before)
        return sentence

    try:
        yield said
    finally:
        catalog.activate(before)
