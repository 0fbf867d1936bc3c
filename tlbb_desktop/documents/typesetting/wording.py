"""The language of a paper, and texts that exist in Khmer and English."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from tlbb_desktop.documents.typesetting.faces import Family
from tlbb_desktop.documents.typesetting.lines import Span
from tlbb_desktop.i18n.catalog import KHMER, SOURCE_LANGUAGE, translate_into
from tlbb_desktop.i18n.days import MONTH_NAMES
from tlbb_desktop.khmer import official_date, to_khmer_digits

#: Size of the English under or beside the Khmer.
ENGLISH_SCALE: Final = 0.8


class Words(NamedTuple):
    """A text in both languages; one of them may be missing.

    Attributes:
        khmer: in Khmer.
        english: in English.
    """

    khmer: str
    english: str = ""


class PaperLanguage(enum.Enum):
    """What a paper speaks."""

    KHMER = KHMER
    ENGLISH = SOURCE_LANGUAGE
    BOTH = "both"

    @property
    def code(self) -> str:
        """Of the leading language, as the file declares it."""
        return SOURCE_LANGUAGE if self is PaperLanguage.ENGLISH else KHMER

    def number(self, value: object) -> str:
        """A number in the digits of the leading language."""
        return str(value) if self is PaperLanguage.ENGLISH else to_khmer_digits(str(value))

    def text(self, words: Words, between: str = " / ") -> str:
        """On one line, such as for a title of a file."""
        return between.join(dict.fromkeys(self._texts(words)))

    def spans(self, words: Words, *, beside: bool = False, family: Family = Family.TEXT) -> tuple[Span, ...]:
        """For a paragraph: side by side, the English is smaller and stands below, or *beside* the Khmer.

        Args:
            words: the text.
            beside: on the same line.
            family: of the paragraph; Latin letters alone in a title take the bold face, as Moul's are no titles.
        """
        first, *second = dict.fromkeys(self._texts(words)) or ("",)
        if not second:
            return (Span(first, _face(first, family)),)
        return (
            Span(first + (" " if beside else "\n"), _face(first, family)),
            Span(second[0], _face(second[0], family), ENGLISH_SCALE),
        )

    def _texts(self, words: Words) -> Iterator[str]:
        wanted = {
            PaperLanguage.KHMER: (words.khmer or words.english,),
            PaperLanguage.ENGLISH: (words.english or words.khmer,),
            PaperLanguage.BOTH: words,
        }
        return filter(None, wanted[self])


def words(message: str, **fields: object) -> Words:
    """A marked sentence in both languages; each takes its own side of *fields* that are words, and its own digits."""
    return Words(_said(KHMER, message, fields), _said(SOURCE_LANGUAGE, message, fields))


def day_words(day: date) -> Words:
    """A day as each language writes it on papers: ``ថ្ងៃទី០៩ ខែមីនា ឆ្នាំ២០២៦``, ``9 March 2026``."""
    return Words(official_date(day), f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}")


def _face(text: str, family: Family) -> Family | None:
    return Family.BOLD if family is Family.TITLE and not any(map(_is_khmer, text)) else None


def _is_khmer(letter: str) -> bool:
    return "\u1780" <= letter <= "\u17ff"


def _said(language: str, message: str, fields: dict[str, object]) -> str:
    sentence = translate_into(language, message)
    return sentence.format(**{name: _in(language, value) for name, value in fields.items()}) if fields else sentence


def _in(language: str, value: object) -> object:
    if isinstance(value, Words):
        return (value.khmer or value.english) if language == KHMER else (value.english or value.khmer)
    return to_khmer_digits(str(value)) if isinstance(value, int) and language == KHMER else value
