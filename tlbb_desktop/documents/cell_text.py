"""Text from people in files that a spreadsheet opens: never a formula, never a link, never a hidden sign.

A cell whose text begins with ``= + - @`` or a control sign can run as a formula when a spreadsheet reads it as typed
(OWASP, "CSV injection"). Full-width twins and zero-width signs in front of it hide the same thing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

GUARD: Final = "'"
SHEET_NAME_LIMIT: Final = 31
_FORMULA_STARTS: Final = frozenset("=+-@|%")
# Joiners and zero-width spaces belong to Khmer text and stay; they only must not hide what a cell begins with.
_KHMER_INVISIBLES: Final = frozenset("\u200b\u200c\u200d")
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_FORBIDDEN_IN_SHEET_NAME: Final = re.compile(r"[\[\]:*?/\\]")
_FORBIDDEN_IN_FILE_NAME: Final = re.compile(r'[<>:"/\\|?*]')


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet could run *text* as a formula if it were typed into a cell."""
    if text[:1].isalnum():
        return False
    visible = unicodedata.normalize("NFKC", _without_invisible(text, frozenset())).lstrip()
    return visible[:1] in _FORMULA_STARTS


def clean_text(text: str) -> str:
    """*text* on one line, without control and direction signs."""
    if text.isalnum():
        return text
    spaced = re.sub(r"[\t\r\n\v\f\x85\u2028\u2029]+", " ", text)
    return _without_invisible(spaced, _KHMER_INVISIBLES)


def guarded_text(text: str) -> str:
    """*text* for a CSV cell: an apostrophe in front where a spreadsheet could run it."""
    cleaned = clean_text(text)
    return GUARD + cleaned if looks_like_formula(cleaned) else cleaned


def _without_invisible(text: str, kept: frozenset[str]) -> str:
    return "".join(sign for sign in text if sign in kept or unicodedata.category(sign) not in _INVISIBLE)


def sheet_name(wanted: str, taken: Iterable[str]) -> str:
    """A name for a worksheet that every spreadsheet takes: at most 31 signs, none forbidden, none *taken*."""
    plain = _FORBIDDEN_IN_SHEET_NAME.sub("-", clean_text(wanted)).strip(" '") or "-"
    used = {name.casefold() for name in taken} | {"history"}
    name, number = plain[:SHEET_NAME_LIMIT].rstrip(" '"), 1
    while name.casefold() in used:
        number += 1
        ending = f" ({number})"
        name = plain[: SHEET_NAME_LIMIT - len(ending)].rstrip(" '") + ending
    return name


def file_name(wanted: str) -> str:
    """A file name that Windows, Linux and a USB stick take, without an ending."""
    return _FORBIDDEN_IN_FILE_NAME.sub("-", clean_text(wanted)).strip(" .")[:120] or "-"
