"""The active gettext catalogue: one for Python, forms and Qt's own buttons."""

from __future__ import annotations

from functools import cache
from math import ceil
from pathlib import Path

from tlbb_desktop.i18n.word_book import WordBook, read_words
from tlbb_desktop.overriding import override

DOMAIN = "tlbb"
SOURCE_LANGUAGE = "en"
KHMER = "km"
PSEUDO_LANGUAGE = "xx"
LANGUAGES = (KHMER, SOURCE_LANGUAGE)
LOCALE = Path(__file__).resolve().parents[1] / "locale"  # importlib.resources would cost the first paint 4 ms


_active = WordBook(SOURCE_LANGUAGE, {})


class _StretchedWordBook(WordBook):
    """Every word that has a translation, in English and one third longer: tests find cut labels with it."""

    @override
    def gettext(self, message: str) -> str:
        return _stretched(message, super().gettext(message))

    @override
    def pgettext(self, context: str, message: str) -> str:
        return _stretched(message, super().pgettext(context, message))

    @override
    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return _stretched(singular if n == 1 else plural, super().ngettext(singular, plural, n))


def _stretched(source: str, found: str) -> str:
    return source if found == source else source + "~" * ceil(len(source) / 3)


def activate(language: str) -> None:
    """Make *language* the active catalogue in one rebinding.

    Args:
        language: ``km``, ``en`` or, in tests, ``xx`` (English, one third longer).

    Raises:
        FileNotFoundError: there is no compiled catalogue for *language*.
    """
    global _active
    _active = _load(language)


def _load(language: str) -> WordBook:
    if language == SOURCE_LANGUAGE:
        return WordBook(SOURCE_LANGUAGE, {})
    pseudo = language == PSEUDO_LANGUAGE
    source = LOCALE / (KHMER if pseudo else language) / "LC_MESSAGES" / f"{DOMAIN}.mo"
    return (_StretchedWordBook if pseudo else WordBook)(language, read_words(source))


def language() -> str:
    """Return the code of the active language."""
    return _active.language


def lookup(message: str, context: str | None = None) -> str | None:
    """Return the translation of *message*, or None when there is none.

    A word that is missing in its *context* is looked for without one.
    """
    return _found(_active, message, context)


def _found(catalogue: WordBook, message: str, context: str | None) -> str | None:
    if not message:
        return None  # "" stands for the catalogue's header
    if context:
        found = catalogue.pgettext(context, message)
        if found != message:
            return found
    found = catalogue.gettext(message)
    return found if found != message else None


def translate_into(language: str, message: str) -> str:
    """Translate *message* into *language*, whatever the window speaks: a paper has its own language.

    Raises:
        FileNotFoundError: there is no compiled catalogue for *language*.
    """
    return _found(_catalogue_of(language), message, getattr(message, "context", None)) or message


@cache
def _catalogue_of(language: str) -> WordBook:
    return _load(language)


def _(message: str) -> str:
    """Translate *message*; a word marked with ``Np_`` is looked up in its own context."""
    return lookup(message, getattr(message, "context", None)) or message


def _n(singular: str, plural: str, n: int) -> str:
    """Translate the form of a counted text that *n* asks for; fill in ``{n}`` with ``format`` afterwards."""
    return _active.ngettext(singular, plural, n)


def _p(context: str, message: str) -> str:
    """Translate *message* as it is meant in *context*."""
    return lookup(message, context) or message
