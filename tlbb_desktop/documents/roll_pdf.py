"""The roll of a class: who is on its list on a day, with the names that people are called by, and room for remarks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from reportlab.platypus import Flowable, Spacer, Table

from tlbb_desktop.documents import register_words as say
from tlbb_desktop.documents import sheet_words
from tlbb_desktop.documents.cell_text import clean_text, file_name
from tlbb_desktop.documents.learner_cells import LearnerCells
from tlbb_desktop.documents.paper_words import Spoken
from tlbb_desktop.documents.sheet_lines import SheetLines
from tlbb_desktop.documents.sheet_words import PaperWords
from tlbb_desktop.documents.typesetting import (
    TITLE,
    Align,
    Family,
    FileFacts,
    FinishedPaper,
    Footer,
    Margins,
    PaperLanguage,
    PaperStyle,
    TableLook,
    TextStyle,
    build_paper,
    khmer_table,
    words,
)
from tlbb_desktop.domain.people import Sex
from tlbb_desktop.domain.register import Learner, MonthSheet

_MARGINS: Final = Margins(top=15, right=15, bottom=16, left=15)
_WIDTHS: Final = (28.0, 52.0, 76.0, 140.0, 80.0, 30.0)
_PADDING_ABOVE: Final = 2.5
_ABOUT: Final = TextStyle(size=10.5, align=Align.CENTRE)
_EMPTY: Final = TextStyle(size=10.5, align=Align.CENTRE, before=12)
_TEXT: Final = TextStyle(size=9.5)
_MIDDLE: Final = TextStyle(size=9.5, align=Align.CENTRE)
_HEAD: Final = TextStyle(size=9, family=Family.BOLD, align=Align.CENTRE)


def roll_pdf(sheet: MonthSheet, day: date, language: PaperLanguage) -> FinishedPaper:
    """The roll of a class.

    Args:
        sheet: the month of *day* as it is now.
        day: whose list is written.
        language: Khmer, English or both.
    """
    paper = _Roll(sheet, day, language)
    return build_paper(list(paper.content()), paper.style, FileFacts(roll_file_title(sheet, day, language), day))


def roll_file_title(sheet: MonthSheet, day: date, language: PaperLanguage) -> str:
    """The name of the file without its ending; no person's name."""
    spoken, code = PaperWords(language.code), sheet.register.group.code
    return file_name(spoken.say(say.ROLL_FILE_TITLE, code=code, day=spoken.number(day.isoformat())))


class _Roll:
    def __init__(self, sheet: MonthSheet, day: date, language: PaperLanguage) -> None:
        self.sheet, self.day, self.language = sheet, day, language
        self.spoken = Spoken(language, PaperWords)
        self.cells = LearnerCells(language, self.spoken, _TEXT, _MIDDLE, _HEAD)
        self.lines = Spoken(language, lambda spoken: SheetLines(sheet, spoken))
        self.learners = [learner for learner in sheet.register.learners if learner.enrolled_on(day)]
        self.style = PaperStyle(
            language=language,
            margins=_MARGINS,
            demonstration=sheet.demonstration,
            footer=Footer(f"{clean_text(sheet.register.group.code)} · {self.spoken.lead.day(day)}"),
        )

    def content(self) -> Iterator[Flowable]:
        yield self.spoken.paragraph(
            self.spoken.words(lambda spoken: spoken.say(say.ROLL_TITLE, day=spoken.long_day(self.day))), TITLE
        )
        yield self.spoken.paragraph(self.lines.lines(SheetLines.about)[0], _ABOUT)
        female = sum(learner.sex is Sex.FEMALE for learner in self.learners)
        yield self.spoken.paragraph(words(sheet_words.COUNT_LINE, total=len(self.learners), female=female), _ABOUT)
        yield Spacer(1, 6)
        yield self._table() if self.learners else self.spoken.paragraph(words(say.ROLL_EMPTY), _EMPTY)

    def _table(self) -> Table:
        titles = (sheet_words.NUMBER, say.LIST_NUMBER, sheet_words.PERSON_CODE, sheet_words.NAME, say.NICKNAME)
        head = self.cells.heads(*titles, sheet_words.SEX, sheet_words.REMARKS)
        rows = [self._line(number, learner) for number, learner in enumerate(self.learners, 1)]
        widths = (*_WIDTHS, self.style.text_width - sum(_WIDTHS))
        return khmer_table([head], rows, widths, TableLook(padding_above=_PADDING_ABOVE))

    def _line(self, number: int, learner: Learner) -> list[Any]:
        cells = self.cells
        numbers = [cells.number(number), cells.number(learner.list_number or ""), cells.code(learner)]
        return [*numbers, cells.names(learner), cells.nickname(learner), cells.sex(learner), None]
