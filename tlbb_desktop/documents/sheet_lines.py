"""The month's sheet as lines of cells, the same that the paper prints, for showing it on the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tlbb_desktop.documents import absence_list as lists
from tlbb_desktop.documents import sheet_words as say
from tlbb_desktop.documents.absence_list import DayColumn
from tlbb_desktop.documents.sheet_totals import PeopleTotals, totals_of
from tlbb_desktop.documents.sheet_words import PaperWords
from tlbb_desktop.domain.people import Sex
from tlbb_desktop.domain.register import MonthSheet, SheetRow
from tlbb_desktop.i18n.punctuation import labelled

FIRST_DAY = 4
HEAD_LINES = 2
AFTER_DAYS = 7


@dataclass(frozen=True, slots=True)
class PaperCell:
    """One cell of the paper.

    Args:
        text: what is printed; blank means present.
        spoken: what a screen reader says.
        head: whether it stands on the grey of heads and sums.
        grey: whether there was no session, or a cancelled one.
        red: whether it is printed in red (weekends).
        left: whether the text starts at the left edge.
        turned: whether it is printed upwards.
    """

    text: str = ""
    spoken: str = ""
    head: bool = False
    grey: bool = False
    red: bool = False
    left: bool = False
    turned: bool = False


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table of the paper.

    Args:
        lines: of equal length, from the top.
        spans: (line, column, lines, columns) of joined cells.
    """

    lines: tuple[tuple[PaperCell, ...], ...]
    spans: tuple[tuple[int, int, int, int], ...]


class Signer(NamedTuple):
    """Where somebody signs.

    Attributes:
        above: the lines over the role: what the signature means, the date.
        role: of the signer.
        name: of the signer, or ``""``.
    """

    above: tuple[str, str]
    role: str
    name: str = ""


class SheetLines:
    """What stands above, in, and under the list.

    Args:
        sheet: the class-month.
        language: ``km`` or ``en``.
    """

    def __init__(self, sheet: MonthSheet, language: str) -> None:
        self.words = PaperWords(language)
        self.sheet = sheet
        self.columns = lists.day_columns(sheet)
        self._totals = totals_of(sheet)

    def state_heading(self) -> tuple[str, str]:
        """The Kingdom and its motto."""
        return self.words.say(say.KINGDOM), self.words.say(say.MOTTO)

    def institution(self) -> tuple[str, ...]:
        """Who the paper is for, from the ministry down."""
        return (self.words.say(say.MINISTRY), self.words.say(say.DEPARTMENT), self.words.pick(self.sheet.prison_names))

    def title(self) -> str:
        """The title with its month."""
        month = self.sheet.register.month
        return self.words.say(say.TITLE, month=self.words.month_name(month), year=month.year)

    def about(self) -> tuple[str, str]:
        """The class, and how many are on the list."""
        group = self.sheet.register.group
        course = self.words.pick((group.course_km, group.course_en))
        return (
            self.words.say(
                say.CLASS_LINE, code=group.code, course=course, trainer=self.words.staff(self.sheet.trainer)
            ),
            self.words.say(say.COUNT_LINE, total=len(self.sheet.rows), female=lists.female(self.sheet)),
        )

    def warnings(self) -> str:
        """That it is a draft or a demonstration, or ``""``."""
        demonstration = [self.words.say(say.DEMONSTRATION)] if self.sheet.demonstration else []
        return " · ".join([*demonstration, *lists.draft_lines(self.words, self.sheet)])

    def state(self) -> str:
        """Number, day of issue and signature."""
        return lists.state_line(self.words, self.sheet)

    def drafts(self) -> list[str]:
        """What is missing, with class and days."""
        return lists.draft_lines(self.words, self.sheet)

    def explanations(self) -> list[str]:
        """What the signs of the list mean, and how it counts."""
        return lists.explanations(self.words, self.sheet, self._signs())

    def corrections(self) -> list[str]:
        """Everything that the list corrects."""
        return lists.correction_lines(self.words, self.sheet)

    def code(self) -> list[str]:
        """The code of the record, explained."""
        return lists.code_lines(self.words, self.sheet)

    def _signs(self) -> set[str]:
        return {
            sign
            for row in self.sheet.rows
            for column in self.columns
            if column.session and (sign := lists.cell_sign(self.words, self.sheet, row, column.session))
        }

    def notes(self) -> list[str]:
        """The lines under the list."""
        return lists.notes(self.words, self.sheet, self._signs())

    def signers(self) -> tuple[Signer, Signer, Signer]:
        """Director, liaison and trainer."""
        words, made_on, to_fill = self.words, self.sheet.made_on, self.words.say(say.DATE_TO_FILL)
        return (
            Signer((words.say(say.SEEN_AND_APPROVED), to_fill), words.say(say.DIRECTOR)),
            Signer(("", to_fill), words.say(say.LIAISON)),
            Signer(
                (words.lunar_day(made_on), words.place_and_date(made_on)),
                words.say(say.TRAINER),
                words.staff(self.sheet.trainer),
            ),
        )

    def signatures(self) -> tuple[str, str, str]:
        """The same as blocks of lines."""
        director, liaison, trainer = ("\n".join((*signer.above, signer.role)) for signer in self.signers())
        return director, liaison, f"{trainer}\n\n\n{self.words.staff(self.sheet.trainer)}"

    def table(self) -> PaperTable:
        """The list: two lines of heads, a line per learner, the sums."""
        learners = (self._learner(number, row) for number, row in enumerate(self.sheet.rows, 1))
        lines = (*self._heads(), *learners, self._sums())
        after = FIRST_DAY + len(self.columns)
        pinned = tuple((0, column, HEAD_LINES, 1) for column in (*range(FIRST_DAY), after + 5, after + 6))
        groups = ((0, after, 1, 3), (0, after + 3, 1, 2), (len(lines) - 1, 0, 1, FIRST_DAY))
        return PaperTable(lines, pinned + groups)

    def counts(self) -> PaperTable:
        """The block of counts: male, female, all."""
        groups = (self._totals.male, self._totals.female, self._totals.everybody)
        heads = ("", self.words.sexes[Sex.MALE], self.words.sexes[Sex.FEMALE], self.words.say(say.TOTAL))
        wanted: tuple[tuple[str, Callable[[PeopleTotals], object]], ...] = (
            (say.COUNTED_ON_LIST, lambda each: each.people),
            (say.COUNTED_DUE, lambda each: each.sessions_due),
            (say.COUNTED_ABSENT, lambda each: each.absences),
            (say.COUNTED_ATTENDED, lambda each: each.came),
            (say.COUNTED_PERCENT, lambda each: self._percent(each.percent)),
        )
        lines = tuple(
            (
                PaperCell(self.words.say(word), left=True),
                *(
                    self._figure(value(group), f"{self.words.say(word)}, {head}")
                    for group, head in zip(groups, heads[1:], strict=True)
                ),
            )
            for word, value in wanted
        )
        return PaperTable((tuple(PaperCell(head, head=True) for head in heads), *lines), ())

    def _heads(self) -> tuple[tuple[PaperCell, ...], tuple[PaperCell, ...]]:
        letters = [self.words.say(letter) for letter in say.WEEKDAY_LETTERS]
        pinned = self._head_cells((say.NUMBER, say.PERSON_CODE, say.NAME, say.SEX))
        upper = [PaperCell(letters[each.day.weekday()], head=True, red=each.weekend) for each in self.columns]
        lower = [PaperCell(self.words.number(each.day.day), head=True, red=each.weekend) for each in self.columns]
        blank = PaperCell(head=True)
        groups = self._head_cells((say.ABSENCES, say.MINUTES, say.PERCENT, say.REMARKS))
        below = self._head_cells((say.ABSENT, say.EXCUSED, say.TOTAL, say.MINUTES_DUE, say.MINUTES_ATTENDED))
        return (
            (*pinned, *upper, groups[0], blank, blank, groups[1], blank, groups[2], groups[3]),
            (*(blank for _ in pinned), *lower, *below, blank, blank),
        )

    def _head_cells(self, words: Sequence[str]) -> list[PaperCell]:
        return [PaperCell(self.words.say(word), head=True) for word in words]

    def _learner(self, number: int, row: SheetRow) -> tuple[PaperCell, ...]:
        words, learner, tally = self.words, row.learner, row.tally
        name = words.person(learner.names)
        with_permission = tally.excused + tally.institution
        return (
            PaperCell(words.number(number)),
            PaperCell(learner.code),
            PaperCell(name, left=True),
            PaperCell(words.sex(learner.sex)),
            *(self._day(row, name, column) for column in self.columns),
            self._count(tally.absent, self._about(name, words.absent)),
            self._count(with_permission, self._about(name, words.excused)),
            self._count(tally.absent + with_permission, self._about(name, words.say(say.TOTAL))),
            PaperCell(words.number(tally.minutes_due)),
            PaperCell(words.number(tally.minutes_attended)),
            PaperCell(self._percent(tally.percent)),
            PaperCell(lists.remarks(words, self.sheet, row), left=True),
        )

    def _day(self, row: SheetRow, name: str, column: DayColumn) -> PaperCell:
        where = f"{name}, {self.words.number(column.day.day)}"
        if column.session is None:
            return PaperCell(spoken=self._about(where, "–"), grey=True)
        sign = lists.cell_sign(self.words, self.sheet, row, column.session)
        mark = row.marks.get(column.session.id)
        spoken = self.words.mark_name(mark.code) if mark and not column.cancelled else sign
        return PaperCell(sign, self._about(where, spoken), grey=column.cancelled)

    def _sums(self) -> tuple[PaperCell, ...]:
        total, words = self._totals.everybody, self.words
        joined = (PaperCell(words.say(say.TOTAL), head=True), *(PaperCell(head=True) for _ in range(FIRST_DAY - 1)))
        figures = (total.absent, total.excused, total.absences, total.minutes_due, total.minutes_attended)
        return (
            *joined,
            *(PaperCell(self._cancel_reason(column), head=True, turned=True) for column in self.columns),
            *(PaperCell(words.number(figure) if figure else "", head=True) for figure in figures),
            PaperCell(self._percent(total.percent), head=True),
            PaperCell(head=True),
        )

    def _cancel_reason(self, column: DayColumn) -> str:
        if not column.cancelled or column.session is None:
            return ""
        return lists.reason_text(self.words, self.sheet, column.session.reason_id) or self.words.say(say.NO_REASON)

    def _count(self, figure: int, where: str) -> PaperCell:
        """A zero total stays blank."""
        return PaperCell(self.words.number(figure) if figure else "", f"{where} {self.words.number(figure)}")

    def _figure(self, value: object, where: str) -> PaperCell:
        text = value if isinstance(value, str) else self.words.number(value)
        return PaperCell(text, self._about(where, text))

    def _about(self, what: str, told: str) -> str:
        return labelled(what, told, self.words.language)

    def _percent(self, percent: float | None) -> str:
        return "" if percent is None else self.words.number(f"{percent:.1f}")
