"""Texts that a paper says in Khmer, in English or in both, with the words that the workbooks use."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, Generic, TypeVar

from reportlab.platypus.flowables import Flowable
from typing_extensions import override

from tlbb_desktop.documents.cell_text import clean_text
from tlbb_desktop.documents.typesetting import (
    Family,
    KhmerParagraph,
    PaperCanvas,
    PaperLanguage,
    Span,
    TextStyle,
    Words,
    text_width,
)
from tlbb_desktop.i18n.catalog import KHMER, SOURCE_LANGUAGE

Speaker = TypeVar("Speaker")
_SPOKEN: Final = {
    PaperLanguage.KHMER: (KHMER, KHMER),
    PaperLanguage.ENGLISH: (SOURCE_LANGUAGE, SOURCE_LANGUAGE),
    PaperLanguage.BOTH: (KHMER, SOURCE_LANGUAGE),
}
_ARROW: Final = str.maketrans("→", "›")
_NEARLY: Final = 0.1
_END: Final = 2.5


class Spoken(Generic[Speaker]):
    """Something that says the same in the languages of a paper.

    Args:
        language: of the paper.
        make: makes a speaker for ``km`` or ``en``.
    """

    def __init__(self, language: PaperLanguage, make: Callable[[str], Speaker]) -> None:
        self.language = language
        first, second = _SPOKEN[language]
        self.lead = make(first)
        self.second = self.lead if second == first else make(second)

    def words(self, tell: Callable[[Speaker], str]) -> Words:
        """What each speaker tells."""
        return Words(clean_lines(tell(self.lead)), clean_lines(tell(self.second)))

    def lines(self, tell: Callable[[Speaker], Iterable[str]]) -> list[Words]:
        """What each speaker tells, line by line."""
        return [
            Words(clean_lines(first), clean_lines(second))
            for first, second in zip(tell(self.lead), tell(self.second), strict=True)
        ]

    def paragraph(self, said: Words, style: TextStyle, *, beside: bool = False) -> KhmerParagraph:
        """A text, the English under the Khmer or *beside* it."""
        return KhmerParagraph(self.language.spans(said, beside=beside, family=style.family), style)

    def cell(self, said: Words, style: TextStyle) -> KhmerParagraph:
        """The text of a cell; a figure is written once."""
        return KhmerParagraph(paper_spans(self.language, said, style.family), style)


def clean_lines(text: str) -> str:
    """A text without control and direction signs; its own line breaks stay, and an arrow becomes one of the faces."""
    return "\n".join(map(clean_text, text.translate(_ARROW).split("\n")))


def paper_spans(language: PaperLanguage, said: Words, family: Family = Family.TEXT) -> tuple[Span, ...]:
    """The parts of a cell; a figure is written once, in the digits of the leading language."""
    figure = said.english.replace(".", "").isdigit()
    return language.spans(Words(said.khmer) if figure else said, family=family)


def spans_width(spans: Iterable[Span], style: TextStyle) -> float:
    """Width in points that the widest written line takes unbroken."""
    return max(
        (
            text_width(line, style.size * span.scale, span.family or style.family)
            for span in spans
            for line in span.text.split("\n")
        ),
        default=0.0,
    )


class TurnedParagraph(Flowable):  # type: ignore[misc] # ReportLab has no types
    """A text that is read upwards, such as why the session of a narrow column was cancelled.

    Args:
        spans: the text.
        style: how it is set.
        longest: length in points from which on its lines break.
    """

    def __init__(self, spans: tuple[Span, ...], style: TextStyle, longest: float) -> None:
        super().__init__()
        self._paragraph = KhmerParagraph(spans, style)
        self._length = min(longest, spans_width(spans, style) + _NEARLY)
        self.thickness: float = self._paragraph.wrap(self._length, 0)[1]

    @override
    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width, self.height = available_width, self._length + 2 * _END
        return self.width, self.height

    @override
    def draw(self) -> None:
        canvas: PaperCanvas = self.canv
        canvas.rotate(90)
        self._paragraph.drawOn(canvas, _END, -(self.width + self.thickness) / 2)

    @override
    def split(self, available_width: float, available_height: float) -> list[Any]:
        return []
