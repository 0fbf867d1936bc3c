"""Mark words for translation where they are written; they are translated where they are shown."""

from __future__ import annotations

from typing import Self


class MarkedWord(str):
    """A source text that remembers the context that tells it from its namesakes.

    Attributes:
        context: what the word is about, for example ``attendance mark``; the catalogue's ``msgctxt``.
    """

    __slots__ = ("context",)

    context: str

    def __new__(cls, context: str, text: str) -> Self:
        word = super().__new__(cls, text)
        word.context = context
        return word


def N_(message: str) -> str:
    """Mark *message* for extraction without translating it; show it with ``_()``."""
    return message


def Np_(context: str, text: str) -> MarkedWord:
    """Mark a word that needs a context; show it with ``_p(context, text)`` or with ``_()``."""
    return MarkedWord(context, text)
