"""What was typed, without what cannot be seen; part of version 1 of the passphrases and never changed."""

from __future__ import annotations

import unicodedata


def visible(text: str) -> str:
    """*text* without white space, control and format characters, with every Unicode decimal digit in ASCII."""
    return "".join(map(_visible, text))


def _visible(character: str) -> str:
    if character.isspace() or unicodedata.category(character) in {"Cf", "Cc"}:
        return ""
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)
