"""What the papers of a class say about each learner: number, names, nickname, sex; the same words in the same cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tlbb_desktop.documents.cell_text import clean_text
from tlbb_desktop.documents.paper_words import Spoken
from tlbb_desktop.documents.sheet_words import PaperWords
from tlbb_desktop.documents.typesetting import KhmerParagraph, PaperLanguage, TextStyle, Words, words
from tlbb_desktop.domain.register import Learner


@dataclass(frozen=True, slots=True)
class LearnerCells:
    """Cells of one paper.

    Args:
        language: of the paper.
        spoken: its words.
        text: for names.
        middle: for numbers, codes and signs.
        head: for the heads of the columns.
    """

    language: PaperLanguage
    spoken: Spoken[PaperWords]
    text: TextStyle
    middle: TextStyle
    head: TextStyle

    def heads(self, *titles: str) -> list[Any]:
        """A head for each of these marked words."""
        return [self.spoken.cell(words(title), self.head) for title in titles]

    def number(self, number: object) -> KhmerParagraph:
        """A number in the digits of the paper."""
        return KhmerParagraph(self.language.number(number), self.middle)

    def code(self, learner: Learner) -> KhmerParagraph:
        """Whose certificate and record it is."""
        return KhmerParagraph(clean_text(learner.code), self.middle)

    def names(self, learner: Learner) -> Any:
        """The name in the scripts of the paper."""
        return self.spoken.cell(Words(clean_text(learner.names.khmer), clean_text(learner.names.latin)), self.text)

    def nickname(self, learner: Learner) -> KhmerParagraph:
        """What they are called."""
        return KhmerParagraph(clean_text(learner.names.nickname), self.text)

    def sex(self, learner: Learner) -> Any:
        """Their sex, as short as the paper writes it."""
        return self.spoken.cell(self.spoken.words(lambda spoken: spoken.sex(learner.sex)), self.middle)
