"""A month of all classes of a prison as one paper: a summary page, then the absence list of each class."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from reportlab.platypus import Flowable, Spacer, Table

from tlbb_desktop.documents import absence_list as lists
from tlbb_desktop.documents import sheet_words as say
from tlbb_desktop.documents.attendance_pdf import HEAD_GREY, MARGINS, absence_list_part
from tlbb_desktop.documents.cell_text import clean_text
from tlbb_desktop.documents.paper_words import Spoken
from tlbb_desktop.documents.prison_month_xlsx import prison_month_file_title
from tlbb_desktop.documents.sheet_heading import WARNING, sheet_heading
from tlbb_desktop.documents.sheet_totals import ClassFigures, different_people, figures_of
from tlbb_desktop.documents.sheet_words import PaperWords
from tlbb_desktop.documents.typesetting import (
    LINED,
    Align,
    Family,
    FileFacts,
    FinishedPaper,
    Footer,
    PageMark,
    PaperLanguage,
    PaperPart,
    PaperStyle,
    TableLook,
    TextStyle,
    Words,
    build_parts,
    fitted,
    khmer_table,
    words,
)
from tlbb_desktop.domain.register import MonthSheet
from tlbb_desktop.domain.sheet_rules import PrisonMonth

Progress = Callable[[int, int], None]

_WIDTHS: Final = (72, 112, 46, 40, 60, 62, 30, 30, 34, 58, 64, 44)
_LEFT: Final = TextStyle(size=8.5)
_CENTRED: Final = TextStyle(size=8.5, align=Align.CENTRE)
_HEAD: Final = TextStyle(size=8.5, family=Family.BOLD, align=Align.CENTRE)
_STATE: Final = TextStyle(size=8)
_NOTE: Final = TextStyle(size=8, after=1)
_EMPTY: Final = TextStyle(size=10, align=Align.CENTRE, before=12)


def prison_month_pdf(month: PrisonMonth, language: PaperLanguage, progress: Progress | None = None) -> FinishedPaper:
    """The file that a prison gets.

    Args:
        month: all class-months.
        language: Khmer, English or both.
        progress: told (papers done, papers), the summary being the first; stops the work by raising.
    """
    papers = len(month.sheets) + 1
    tell = progress or _tell_nobody
    tell(0, papers)
    summary = _SummaryPaper(month, language)
    parts = [PaperPart(list(summary.content()), summary.style)]
    parts += [absence_list_part(sheet, language) for sheet in month.sheets]
    facts = FileFacts(prison_month_file_title(month.prison_names, month.month, language.code), month.made_on)
    finished = build_parts(parts, facts, lambda _page, part: tell(part - 1, papers))
    tell(papers, papers)
    return finished


def _tell_nobody(done: int, total: int) -> None:
    """The progress of a caller who does not wait."""


class _SummaryPaper:
    def __init__(self, month: PrisonMonth, language: PaperLanguage) -> None:
        self.month, self.language = month, language
        self.spoken = Spoken(language, PaperWords)
        self.style = PaperStyle(
            language=language,
            landscape=True,
            margins=MARGINS,
            marks=frozenset({PageMark.DRAFT} if any(sheet.draft for sheet in month.sheets) else ()),
            demonstration=month.demonstration,
            footer=Footer(f"{self.spoken.lead.pick(month.prison_names)} · {self._month(self.spoken.lead)}"),
        )

    def content(self) -> Iterator[Flowable]:
        month = self.month.month
        title = self.spoken.words(
            lambda spoken: spoken.say(say.SUMMARY_TITLE, month=spoken.month_name(month), year=month.year)
        )
        yield from sheet_heading(self.language, self.month.prison_names, title, (), Words(""), self.style.text_width)
        for sheet in self.month.sheets:
            for line in self._drafts(sheet):
                yield self.spoken.paragraph(line, WARNING, beside=True)
        yield Spacer(1, 6)
        if not self.month.sheets:
            yield self.spoken.paragraph(words(say.SUMMARY_EMPTY), _EMPTY)
            return
        yield self._table()
        yield Spacer(1, 6)
        for note in self._notes():
            yield self.spoken.paragraph(note, _NOTE)

    def _drafts(self, sheet: MonthSheet) -> list[Words]:
        return self.spoken.lines(lambda spoken: lists.draft_lines(spoken, sheet))

    def _month(self, spoken: PaperWords) -> str:
        return f"{spoken.month_name(self.month.month)} {spoken.number(self.month.month.year)}"

    def _table(self) -> Table:
        heads = [self.spoken.cell(head, _HEAD) for head in self.spoken.lines(PaperWords.summary_heads)]
        rows = [self._row(sheet) for sheet in self.month.sheets]
        total = self.spoken.cell(words(say.TOTAL), _HEAD)
        sums = [total, None, *self._figures(figures_of(self.month.sheets), _HEAD), None]
        widths = (*_WIDTHS, self.style.text_width - sum(_WIDTHS))
        commands = [("SPAN", (0, -1), (1, -1)), ("BACKGROUND", (0, -1), (-1, -1), HEAD_GREY)]
        return khmer_table([heads], [*rows, sums], widths, TableLook(), commands)

    def _row(self, sheet: MonthSheet) -> list[Flowable]:
        group = sheet.register.group
        course = self.spoken.words(lambda spoken: spoken.pick((group.course_km, group.course_en)))
        state = self.spoken.words(lambda spoken: lists.short_state(spoken, sheet))
        return [
            fitted(clean_text(group.code), _LEFT, _WIDTHS[0] - 2 * LINED.padding, _LEFT.line_height),
            self.spoken.cell(course, _LEFT),
            *self._figures(figures_of([sheet]), _CENTRED),
            self.spoken.cell(state, _STATE),
        ]

    def _figures(self, figures: ClassFigures, style: TextStyle) -> list[Flowable]:
        totals = figures.totals
        percent = "" if totals.percent is None else f"{totals.percent:.1f}"
        people = (figures.learners, figures.female, figures.held, figures.cancelled)
        absences = (totals.absent, totals.excused, totals.absences, totals.minutes_due, totals.minutes_attended)
        return [self.spoken.cell(Words(self.language.number(each)), style) for each in (*people, *absences, percent)]

    def _notes(self) -> Sequence[Words]:
        people, women = different_people(self.month.sheets)
        return words(say.SUMMARY_PEOPLE, total=people, female=women), words(say.RULE)
