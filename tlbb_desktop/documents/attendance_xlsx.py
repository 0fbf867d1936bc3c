"""The monthly absence list as a workbook: one class, or all classes of a prison with a summary in front.

Totals are live formulas with their values written beside them, so that programs that do not calculate read the same
numbers. Layout: see :mod:`tlbb_desktop.documents.sheet_words` for the source.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tlbb_desktop.documents import absence_list as lists
from tlbb_desktop.documents import sheet_words as say
from tlbb_desktop.documents.absence_list import DayColumn
from tlbb_desktop.documents.cell_text import clean_text
from tlbb_desktop.documents.paper_book import BODY_SIZE, INDENT_PIXELS, NOTE_SIZE, SMALL_SIZE, PaperBook
from tlbb_desktop.documents.sheet_totals import PeopleTotals, totals_of
from tlbb_desktop.documents.sheet_words import PaperWords
from tlbb_desktop.documents.text_width import line_height, lines_needed, pixel_width
from tlbb_desktop.domain.people import Sex
from tlbb_desktop.domain.register import MonthSheet, SheetRow

NUMBER, CODE, NAME, SEX, FIRST_DAY = range(5)
_NAME_PIXELS: Final = (110, 230)
_REMARK_PIXELS: Final = (100, 190)
_COUNT_COLUMNS: Final = ((SEX, 5), (6, 8), (9, 11))
_TWO_ABOVE_LESS_ABOVE: Final = "{column}{two_above}-{column}{above}"
_POINTS_PER_PIXEL: Final = 0.75
_HIGHEST_ROW: Final = 409  # points; a limit of the file format
_NOTES_COLUMN: Final = 13
_SIGNATURE_LINES: Final = 8


@dataclass(frozen=True, slots=True)
class _Count:
    """A line of the block of counts; no formula = the number itself."""

    word: str
    of_sex: str
    of_all: str
    value_of: Callable[[PeopleTotals], float | None]
    number: str = "number"


def month_workbook(sheet: MonthSheet, language: str) -> bytes:
    """The absence list of one class-month as an XLSX file.

    Args:
        sheet: the class-month.
        language: ``km`` or ``en``.
    """
    words = PaperWords(language)
    month = sheet.register.month
    name = f"{words.month_name(month)} {words.number(month.year)}"
    book = PaperBook(words, f"{clean_text(sheet.register.group.code)} {month}", sheet.made_on)
    add_absence_list(book, sheet, name)
    return book.finish()


def add_absence_list(book: PaperBook, sheet: MonthSheet, name: str) -> None:
    """Add the absence list of one class-month to *book* on a page called *name*."""
    _AbsenceListPage(book, sheet, name).write()


class _AbsenceListPage:
    def __init__(self, book: PaperBook, sheet: MonthSheet, name: str) -> None:
        self.book = book
        self.words: PaperWords = book.words
        self.sheet = sheet
        self.page = book.add_page(name)
        self.columns = lists.day_columns(sheet)
        self.last_day = FIRST_DAY + len(self.columns) - 1
        self.absent, self.excused, self.total, self.due, self.attended, self.percent, self.remarks = range(
            self.last_day + 1, self.last_day + 8
        )
        self.remark_texts = [lists.remarks(self.words, sheet, row) for row in sheet.rows]
        self.totals = totals_of(sheet)
        self.signs: set[str] = set()
        self.row = 0
        self.first_learner = self.last_learner = 0

    def write(self) -> None:
        self._widths()
        self._heading()
        self._column_heads()
        self._learners()
        self._sums()
        self._counts_and_notes()
        self._signatures()
        self._print_setup()

    # -- columns ---------------------------------------------------------------------------------------------------

    def _widths(self) -> None:
        rows = self.sheet.rows
        names = [self.words.person(row.learner.names) for row in rows]
        codes = [row.learner.code for row in rows]
        letters = [self.words.say(letter) for letter in say.WEEKDAY_LETTERS]
        sign = max(pixel_width(text, SMALL_SIZE) for text in (self.words.absent, self.words.number(30), *letters))
        minute_texts = (self.words.say(say.MINUTES_DUE), self.words.say(say.MINUTES_ATTENDED))
        most_minutes = self.words.number(self.totals.everybody.minutes_due)
        minutes = max(pixel_width(text, SMALL_SIZE) for text in (*minute_texts, most_minutes))
        self.pixels = [
            pixel_width(self.words.number(888), SMALL_SIZE),
            _widest(codes, SMALL_SIZE, (60, 130)),
            _widest(names, BODY_SIZE, _NAME_PIXELS),
            pixel_width(self.words.say(say.SEX), SMALL_SIZE),
            *[sign] * len(self.columns),
            *[max(sign, pixel_width(self.words.number(888), SMALL_SIZE))] * 2,
            pixel_width(self.words.say(say.TOTAL), SMALL_SIZE),
            *[minutes] * 2,
            max(pixel_width(text, SMALL_SIZE) for text in (self.words.say(say.PERCENT), self.words.number("100.0"))),
            _widest(self.remark_texts, NOTE_SIZE, _REMARK_PIXELS),
        ]
        for column, pixels in enumerate(self.pixels):
            self.page.set_column_pixels(column, column, pixels)

    # -- above the list --------------------------------------------------------------------------------------------

    def _heading(self) -> None:
        sheet, group, month = self.sheet, self.sheet.register.group, self.sheet.register.month
        self._line(self.words.say(say.KINGDOM), "state heading", height=line_height(13, 1) + 4)
        self._line(self.words.say(say.MOTTO), "heading", height=line_height(12, 1) + 4)
        for text in (self.words.say(say.MINISTRY), self.words.say(say.DEPARTMENT), self.words.pick(sheet.prison_names)):
            self._line(text)
        title = self.words.say(say.TITLE, month=self.words.month_name(month), year=month.year)
        self._line(title, "heading", height=line_height(12, 1) + 4)
        course = self.words.pick((group.course_km, group.course_en))
        trainer = self.words.staff(sheet.trainer) or say.TO_FILL
        self._line(self.words.say(say.CLASS_LINE, code=group.code, course=course, trainer=trainer), "centred")
        self._line(self.words.say(say.COUNT_LINE, total=len(sheet.rows), female=lists.female(sheet)), "centred")
        warnings = self._warnings()
        loud = ("bold", "red") if warnings else ()
        self._line(" · ".join([*warnings, lists.state_line(self.words, sheet)]), "centred", *loud)

    def _warnings(self) -> list[str]:
        demonstration = [self.words.say(say.DEMONSTRATION)] if self.sheet.demonstration else []
        return demonstration + lists.draft_lines(self.words, self.sheet)

    def _line(self, text: str, *styles: str, height: float | None = None) -> None:
        lines = lines_needed(text, BODY_SIZE, sum(self.pixels))
        self.page.set_row(self.row, height or line_height(BODY_SIZE, lines))
        self.book.wide_text(self.page, self.row, (0, self.remarks), text, "wrapped", *styles)
        self.row += 1

    def _column_heads(self) -> None:
        top = self.row
        head, page = self.book.style("header", "small"), self.page
        self.page.set_row(top, line_height(SMALL_SIZE) + 2)
        self.page.set_row(top + 1, line_height(SMALL_SIZE) + 2)
        for column, word in ((NUMBER, say.NUMBER), (CODE, say.PERSON_CODE), (NAME, say.NAME), (SEX, say.SEX)):
            page.merge_range(top, column, top + 1, column, self.words.say(word), head)
        letters = [self.words.say(letter) for letter in say.WEEKDAY_LETTERS]
        for position, each in enumerate(self.columns, FIRST_DAY):
            red = ("red",) if each.weekend else ()
            page.write_string(top, position, letters[each.day.weekday()], self.book.style("header", "small", *red))
            page.write_number(top + 1, position, each.day.day, self.book.style("header", "small", "number", *red))
        page.merge_range(top, self.absent, top, self.total, self.words.say(say.ABSENCES), head)
        page.merge_range(top, self.due, top, self.attended, self.words.say(say.MINUTES), head)
        for column, word in ((self.absent, say.ABSENT), (self.excused, say.EXCUSED), (self.total, say.TOTAL)):
            page.write_string(top + 1, column, self.words.say(word), head)
        for column, word in ((self.due, say.MINUTES_DUE), (self.attended, say.MINUTES_ATTENDED)):
            page.write_string(top + 1, column, self.words.say(word), head)
        for column, word in ((self.percent, say.PERCENT), (self.remarks, say.REMARKS)):
            page.merge_range(top, column, top + 1, column, self.words.say(word), head)
        page.repeat_rows(top, top + 1)
        page.freeze_panes(top + 2, FIRST_DAY)
        self.row = top + 2

    # -- the list --------------------------------------------------------------------------------------------------

    def _learners(self) -> None:
        self.first_learner = self.row
        for number, (row, remark) in enumerate(zip(self.sheet.rows, self.remark_texts, strict=True), 1):
            self._learner(number, row, remark)
            self.row += 1
        if not self.sheet.rows:
            self.row += 1  # formulas need a range, an empty line says that nobody is on the list
        self.last_learner = self.row - 1
        codes = f"{_cell(self.first_learner, CODE)}:{_cell(self.last_learner, CODE)}"
        self.page.ignore_errors({"number_stored_as_text": codes})

    def _learner(self, number: int, row: SheetRow, remark: str) -> None:
        page, book, at = self.page, self.book, self.row
        lines = lines_needed(remark, NOTE_SIZE, self.pixels[self.remarks] - INDENT_PIXELS) if remark else 1
        page.set_row(at, max(line_height(BODY_SIZE), line_height(NOTE_SIZE, lines)))
        page.write_number(at, NUMBER, number, book.style("lined", "centred", "small", "number"))
        book.text(page, at, CODE, row.learner.code, "lined", "centred", "small")
        book.text(page, at, NAME, self.words.person(row.learner.names), "lined", "set in")
        page.write_string(at, SEX, self.words.sex(row.learner.sex), book.style("lined", "centred"))
        self._cells(at, row)
        days = f"{_cell(at, FIRST_DAY)}:{_cell(at, self.last_day)}"
        tally, count = row.tally, book.style("lined", "centred", "small", "count")
        with_permission = tally.excused + tally.institution
        page.write_formula(at, self.absent, f'COUNTIF({days},"{self.words.absent}")', count, tally.absent)
        page.write_formula(at, self.excused, f'COUNTIF({days},"{self.words.excused}")', count, with_permission)
        total = f"{_cell(at, self.absent)}+{_cell(at, self.excused)}"
        page.write_formula(at, self.total, total, count, tally.absent + with_permission)
        page.write_number(at, self.due, tally.minutes_due, book.style("lined", "centred", "note", "number"))
        page.write_number(at, self.attended, tally.minutes_attended, book.style("lined", "centred", "note", "number"))
        self._percent(at, self.percent, _cell(at, self.attended), _cell(at, self.due), tally.percent)
        book.text(page, at, self.remarks, remark, "lined", "note", "set in")

    def _cells(self, at: int, row: SheetRow) -> None:
        page, words, sheet = self.page, self.words, self.sheet
        plain, grey = self.book.style("lined", "centred", "small"), self.book.style("lined", "centred", "small", "grey")
        for position, column in enumerate(self.columns, FIRST_DAY):
            if column.session is None:
                page.write_blank(at, position, None, grey)
                continue
            sign = lists.cell_sign(words, sheet, row, column.session)
            if not sign:
                page.write_blank(at, position, None, plain)
                continue
            self.signs.add(sign)
            page.write_string(at, position, sign, grey if column.cancelled else plain)

    def _percent(self, row: int, column: int, attended: str, due: str, value: float | None, *styles: str) -> None:
        formula = f'IF({due}=0,"",ROUND(100*{attended}/{due},1))'
        style = self.book.style("lined", "centred", "small", "percent", *styles)
        self.page.write_formula(row, column, formula, style, "" if value is None else value)

    def _sums(self) -> None:
        page, at, total = self.page, self.row, self.totals.everybody
        self.book.wide_text(page, at, (NUMBER, SEX), self.words.say(say.TOTAL), "header")
        reasons = [self._cancel_reason(column) for column in self.columns]
        longest = max([0.0, *(pixel_width(reason, SMALL_SIZE) * _POINTS_PER_PIXEL for reason in reasons if reason)])
        height = max(line_height(BODY_SIZE), longest)
        page.set_row(at, min(height, _HIGHEST_ROW))
        for position, reason in enumerate(reasons, FIRST_DAY):
            self.book.text(page, at, position, reason, "header", "small", "turned")
        style = self.book.style("header", "small", "count")
        for column, value in (
            (self.absent, total.absent),
            (self.excused, total.excused),
            (self.total, total.absences),
            (self.due, total.minutes_due),
            (self.attended, total.minutes_attended),
        ):
            page.write_formula(at, column, f"SUM({self._learner_cells(column)})", style, value)
        self._percent(at, self.percent, _cell(at, self.attended), _cell(at, self.due), total.percent, "header")
        page.write_blank(at, self.remarks, None, style)
        self.row += 1

    def _cancel_reason(self, column: DayColumn) -> str:
        if not column.cancelled or column.session is None:
            return ""
        return lists.reason_text(self.words, self.sheet, column.session.reason_id) or self.words.say(say.NO_REASON)

    def _learner_cells(self, column: int) -> str:
        return f"{_cell(self.first_learner, column, fixed=True)}:{_cell(self.last_learner, column, fixed=True)}"

    # -- under the list --------------------------------------------------------------------------------------------

    def _counts_and_notes(self) -> None:
        self.row += 1
        notes, counts = lists.notes(self.words, self.sheet, self.signs), self._counts()
        room = sum(self.pixels[_NOTES_COLUMN:])
        for position in range(max(len(notes), len(counts) + 1)):
            note = notes[position] if position < len(notes) else ""
            lines = lines_needed(note, NOTE_SIZE, room) if note else 1
            self.page.set_row(self.row, min(_HIGHEST_ROW, max(line_height(BODY_SIZE), line_height(NOTE_SIZE, lines))))
            if note:
                self.book.wide_text(self.page, self.row, (_NOTES_COLUMN, self.remarks), note, "note")
            if position == 0:
                self._count_heads()
            elif position <= len(counts):
                self._count_row(counts[position - 1])
            self.row += 1

    def _counts(self) -> tuple[_Count, ...]:
        people, sexes = self._learner_cells(NUMBER), self._learner_cells(SEX)
        totals, attended, due = (self._learner_cells(each) for each in (self.total, self.attended, self.due))
        of_sex = f'SUMIF({sexes},"{{sex}}",'
        percent = 'IF({below}=0,"",ROUND(100*{above}/{below},1))'
        return (
            _Count(say.COUNTED_ON_LIST, f'COUNTIF({sexes},"{{sex}}")', f"COUNT({people})", lambda each: each.people),
            _Count(say.COUNTED_DUE, "", "", lambda each: each.sessions_due),
            _Count(say.COUNTED_ABSENT, f"{of_sex}{totals})", f"SUM({totals})", lambda each: each.absences),
            _Count(say.COUNTED_ATTENDED, _TWO_ABOVE_LESS_ABOVE, _TWO_ABOVE_LESS_ABOVE, lambda each: each.came),
            _Count(
                say.COUNTED_PERCENT,
                percent.format(above=f"{of_sex}{attended})", below=f"{of_sex}{due})"),
                percent.format(above=f"SUM({attended})", below=f"SUM({due})"),
                lambda each: each.percent,
                "percent",
            ),
        )

    def _count_heads(self) -> None:
        letters = (self.words.sexes[Sex.MALE], self.words.sexes[Sex.FEMALE], self.words.say(say.TOTAL))
        self.book.wide_text(self.page, self.row, (NUMBER, NAME), "", "header")
        for columns, letter in zip(_COUNT_COLUMNS, letters, strict=True):
            self.book.wide_text(self.page, self.row, columns, letter, "header", "small")

    def _count_row(self, count: _Count) -> None:
        self.book.wide_text(self.page, self.row, (NUMBER, NAME), self.words.say(count.word), "lined", "small", "set in")
        style = self.book.style("lined", "centred", "small", count.number)
        groups = (
            (self.totals.male, count.of_sex, self.words.sexes[Sex.MALE]),
            (self.totals.female, count.of_sex, self.words.sexes[Sex.FEMALE]),
            (self.totals.everybody, count.of_all, ""),
        )
        for (first, last), (group, pattern, sex) in zip(_COUNT_COLUMNS, groups, strict=True):
            self.page.merge_range(self.row, first, self.row, last, "", style)
            value = count.value_of(group)
            if pattern:
                formula = pattern.format(sex=sex, column=_letters(first), above=self.row, two_above=self.row - 1)
                self.page.write_formula(self.row, first, formula, style, "" if value is None else value)
            else:
                self.page.write_number(self.row, first, value or 0, style)

    def _signatures(self) -> None:
        self.row += 1
        made_on = self.sheet.made_on
        lunar, done = self.words.lunar_day(made_on), self.words.place_and_date(made_on)
        to_fill = self.words.say(say.DATE_TO_FILL)
        blocks = (
            f"{self.words.say(say.SEEN_AND_APPROVED)}\n{to_fill}\n{self.words.say(say.DIRECTOR)}",
            f"\n{to_fill}\n{self.words.say(say.LIAISON)}",
            f"{lunar}\n{done}\n{self.words.say(say.TRAINER)}\n\n\n\n{self.words.staff(self.sheet.trainer)}",
        )
        # one tall row: a page break can fall before it, never into it
        self.page.set_row(self.row, line_height(BODY_SIZE, _SIGNATURE_LINES))
        for columns, block in zip(self._thirds(), blocks, strict=True):
            self.book.wide_text(self.page, self.row, columns, block, "top")

    def _thirds(self) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]]:
        whole, passed = sum(self.pixels), 0
        cuts: list[int] = []
        for column, pixels in enumerate(self.pixels):
            passed += pixels
            if len(cuts) < 2 and passed >= whole * (len(cuts) + 1) / 3:
                cuts.append(column)
        return (0, cuts[0]), (cuts[0] + 1, cuts[1]), (cuts[1] + 1, self.remarks)

    def _print_setup(self) -> None:
        top = [self.words.say(say.DEMONSTRATION)] * self.sheet.demonstration
        top += [self.words.say(say.DRAFT)] * self.sheet.draft
        left, right = lists.class_and_month(self.words, self.sheet), lists.number_and_code(self.words, self.sheet)
        self.book.set_edges(self.page, top=" · ".join(top), left=left, right=right)
        self.page.print_area(0, 0, self.row, self.remarks)


def _widest(texts: list[str], size: float, bounds: tuple[int, int]) -> int:
    least, most = bounds
    return min(most, max([least, *(pixel_width(text, size) + INDENT_PIXELS for text in texts)]))


def _cell(row: int, column: int, *, fixed: bool = False) -> str:
    return f"${_letters(column)}${row + 1}" if fixed else f"{_letters(column)}{row + 1}"


def _letters(column: int) -> str:
    if column < 26:
        return chr(65 + column)
    return chr(64 + column // 26) + chr(65 + column % 26)
