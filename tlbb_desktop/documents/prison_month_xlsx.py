"""A month of all classes of a prison in one workbook: a summary page, then an absence list per class."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tlbb_desktop.documents import absence_list as lists
from tlbb_desktop.documents import sheet_words as say
from tlbb_desktop.documents.attendance_xlsx import add_absence_list
from tlbb_desktop.documents.cell_text import file_name, sheet_name
from tlbb_desktop.documents.paper_book import BODY_SIZE, NOTE_SIZE, PaperBook
from tlbb_desktop.documents.sheet_totals import PeopleTotals, different_people, figures_of
from tlbb_desktop.documents.sheet_words import PaperWords
from tlbb_desktop.documents.text_width import line_height, lines_needed
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.register import MonthSheet
from tlbb_desktop.domain.sheet_rules import PrisonMonth

Progress = Callable[[int, int], None]

_CLASS, _COURSE, _LEARNERS, _FEMALE, _HELD, _CANCELLED = range(6)
_ABSENT, _EXCUSED, _TOTAL, _DUE, _ATTENDED, _PERCENT, _LIST = range(6, 13)
_PIXELS: Final = (130, 200, 80, 80, 90, 90, 65, 65, 65, 80, 80, 75, 260)
_SUMMED: Final = (_LEARNERS, _FEMALE, _HELD, _CANCELLED, _ABSENT, _EXCUSED, _TOTAL, _DUE, _ATTENDED)


def prison_month_workbook(month: PrisonMonth, language: str, progress: Progress | None = None) -> bytes:
    """The file that a prison gets.

    Args:
        month: all class-months.
        language: ``km`` or ``en``.
        progress: told (pages done, pages); stops the work by raising.
    """
    words = PaperWords(language)
    book = PaperBook(words, f"{month.month}", month.made_on)
    pages = len(month.sheets) + 1
    summary = words.say(say.SUMMARY)
    names = [summary]
    for sheet in month.sheets:
        names.append(sheet_name(sheet.register.group.code, names))
    tell = progress or _tell_nobody
    tell(0, pages)
    _SummaryPage(book, month, summary, names[1:]).write()
    for done, (sheet, name) in enumerate(zip(month.sheets, names[1:], strict=True), 1):
        tell(done, pages)
        add_absence_list(book, sheet, name)
    content = book.finish()
    tell(pages, pages)
    return content


def prison_month_file_title(prison_names: tuple[str, str], month: Month, language: str) -> str:
    """The name of the file without its ending."""
    words = PaperWords(language)
    return file_name(words.say(say.PRISON_FILE_TITLE, prison=words.pick(prison_names), month=words.number(month)))


def _tell_nobody(done: int, total: int) -> None:
    """The progress of a caller who does not wait."""


class _SummaryPage:
    def __init__(self, book: PaperBook, month: PrisonMonth, name: str, page_names: list[str]) -> None:
        self.book = book
        self.words: PaperWords = book.words
        self.month = month
        self.page_names = page_names
        self.page = book.add_page(name)
        self.row = 0

    def write(self) -> None:
        for column, pixels in enumerate(_PIXELS):
            self.page.set_column_pixels(column, column, pixels)
        self._heading()
        first = self._column_heads()
        for sheet in self.month.sheets:
            self._class_row(sheet)
        if self.month.sheets:
            self._sums(first)
            self._notes()
        else:
            self._line(self.words.say(say.SUMMARY_EMPTY), "centred")
        warnings = [self.words.say(say.DEMONSTRATION)] * self.month.demonstration
        warnings += [self.words.say(say.DRAFT)] * any(sheet.draft for sheet in self.month.sheets)
        title = f"{self.words.pick(self.month.prison_names)} · {self._month_text()}"
        self.book.set_edges(self.page, top=" · ".join(warnings), left=title, right="")
        self.page.print_area(0, 0, self.row, _LIST)

    def _month_text(self) -> str:
        return f"{self.words.month_name(self.month.month)} {self.words.number(self.month.month.year)}"

    def _heading(self) -> None:
        month, words = self.month.month, self.words
        self._line(words.say(say.KINGDOM), "state heading", size=13)
        self._line(words.say(say.MOTTO), "heading", size=12)
        for text in (words.say(say.MINISTRY), words.say(say.DEPARTMENT), words.pick(self.month.prison_names)):
            self._line(text)
        self._line(words.say(say.SUMMARY_TITLE, month=words.month_name(month), year=month.year), "heading", size=12)
        warnings = [words.say(say.DEMONSTRATION)] if self.month.demonstration else []
        warnings += [line for sheet in self.month.sheets for line in lists.draft_lines(words, sheet)]
        for warning in warnings:
            self._line(warning, "centred", "bold", "red")

    def _line(self, text: str, *styles: str, size: int = BODY_SIZE) -> None:
        lines = lines_needed(text, size, sum(_PIXELS))
        self.page.set_row(self.row, line_height(size, lines) + 2)
        self.book.wide_text(self.page, self.row, (0, _LIST), text, "wrapped", *styles)
        self.row += 1

    def _column_heads(self) -> int:
        words = self.words
        self.page.set_row(self.row, line_height(BODY_SIZE, 2))
        for column, text in enumerate(words.summary_heads()):
            self.page.write_string(self.row, column, text, self.book.style("header", "small"))
        self.page.repeat_rows(self.row)
        self.row += 1
        return self.row

    def _class_row(self, sheet: MonthSheet) -> None:
        page, book, words, group = self.page, self.book, self.words, sheet.register.group
        figures = figures_of([sheet])
        totals = figures.totals
        course, state = words.pick((group.course_km, group.course_en)), self._state(sheet)
        lines = max(lines_needed(course, BODY_SIZE, _PIXELS[_COURSE]), lines_needed(state, NOTE_SIZE, _PIXELS[_LIST]))
        page.set_row(self.row, line_height(BODY_SIZE, lines))
        book.text(page, self.row, _CLASS, group.code, "lined", "set in", "wrapped")
        book.text(page, self.row, _COURSE, course, "lined", "set in", "wrapped")
        number = book.style("lined", "centred", "number")
        for column, value in (
            (_LEARNERS, figures.learners),
            (_FEMALE, figures.female),
            (_HELD, figures.held),
            (_CANCELLED, figures.cancelled),
            (_ABSENT, totals.absent),
            (_EXCUSED, totals.excused),
            (_DUE, totals.minutes_due),
            (_ATTENDED, totals.minutes_attended),
        ):
            page.write_number(self.row, column, value, number)
        line = self.row + 1
        page.write_formula(self.row, _TOTAL, f"G{line}+H{line}", number, totals.absences)
        self._percent(totals)
        book.text(page, self.row, _LIST, state, "lined", "note", "set in")
        self.row += 1

    def _state(self, sheet: MonthSheet) -> str:
        return lists.short_state(self.words, sheet)

    def _percent(self, totals: PeopleTotals, *styles: str) -> None:
        line = self.row + 1
        formula = f'IF(J{line}=0,"",ROUND(100*K{line}/J{line},1))'
        style = self.book.style("lined", "centred", "percent", *styles)
        self.page.write_formula(self.row, _PERCENT, formula, style, "" if totals.percent is None else totals.percent)

    def _sums(self, first: int) -> None:
        page, figures = self.page, figures_of(self.month.sheets)
        totals = figures.totals
        values = {
            _LEARNERS: figures.learners,
            _FEMALE: figures.female,
            _HELD: figures.held,
            _CANCELLED: figures.cancelled,
            _ABSENT: totals.absent,
            _EXCUSED: totals.excused,
            _TOTAL: totals.absences,
            _DUE: totals.minutes_due,
            _ATTENDED: totals.minutes_attended,
        }
        page.set_row(self.row, line_height(BODY_SIZE))
        self.book.wide_text(page, self.row, (_CLASS, _COURSE), self.words.say(say.TOTAL), "header")
        style = self.book.style("header", "number")
        for column in _SUMMED:
            letter = chr(65 + column)
            page.write_formula(self.row, column, f"SUM({letter}{first + 1}:{letter}{self.row})", style, values[column])
        self._percent(totals, "header")
        page.write_blank(self.row, _LIST, None, style)
        self.row += 1

    def _notes(self) -> None:
        people, women = different_people(self.month.sheets)
        self._line(self.words.say(say.SUMMARY_PEOPLE, total=people, female=women), "note")
        self._line(self.words.say(say.RULE), "note")
