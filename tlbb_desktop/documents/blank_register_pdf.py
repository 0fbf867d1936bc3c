"""The register for hand marking: the learners in the order of the screen, a box for each session, and a code.

Who types it in writes the code and then only the exceptions, in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from typing import Any, Final

from reportlab.lib import colors
from reportlab.platypus import Flowable, PageBreak, Spacer, Table
from typing_extensions import override

from tlbb_desktop.documents import absence_list as lists
from tlbb_desktop.documents import register_words as say
from tlbb_desktop.documents import sheet_words
from tlbb_desktop.documents.cell_text import file_name
from tlbb_desktop.documents.learner_cells import LearnerCells
from tlbb_desktop.documents.paper_words import Spoken
from tlbb_desktop.documents.sheet_heading import side_by_side
from tlbb_desktop.documents.sheet_lines import SheetLines
from tlbb_desktop.documents.sheet_words import NOT_ENROLLED_SIGN, WEEKDAY_LETTERS, PaperWords
from tlbb_desktop.documents.typesetting import (
    GREY,
    RED,
    Align,
    Check,
    Family,
    FileFacts,
    FinishedPaper,
    Footer,
    KhmerParagraph,
    Margins,
    PaperLanguage,
    PaperStyle,
    TableLook,
    TextStyle,
    build_paper,
    draw_check,
    khmer_table,
    words,
)
from tlbb_desktop.documents.typesetting.wording import ENGLISH_SCALE
from tlbb_desktop.domain.attendance import SessionRow, SessionState
from tlbb_desktop.domain.form_code import form_code
from tlbb_desktop.domain.register import Learner, MonthSheet

MARGINS: Final = Margins(top=9, right=9, bottom=13, left=9)
#: Least side of a box to write in, in points: 8 mm.
BOX: Final = 23.0
_BOX_OF_TWO: Final = 30.0
_WIDEST_BOX: Final = 34.0
_MOST_SESSIONS: Final = 20
_SPARE_SESSIONS: Final = 2
_SPARE_LINES: Final = 3
_PINNED: Final = (24.0, 132.0, 70.0, 26.0)
_FOOT_HEIGHT: Final = 40.0
_CHECK: Final = 10.0
_CODE_BOX: Final = 140.0
_GAP: Final = 12.0
_SHADED: Final = colors.Color(0.93, 0.93, 0.93)
_TITLE: Final = TextStyle(size=12, family=Family.TITLE)
_ABOUT: Final = TextStyle(size=9.5)
_NOTE: Final = TextStyle(size=8.5, after=1)
_CODE: Final = TextStyle(size=17, family=Family.BOLD, align=Align.CENTRE)
_CODE_CAPTION: Final = TextStyle(size=8, align=Align.CENTRE, colour=GREY)
_TEXT: Final = TextStyle(size=9)
_MIDDLE: Final = TextStyle(size=9, align=Align.CENTRE)
_SMALL: Final = TextStyle(size=7, align=Align.CENTRE)
_HEAD: Final = TextStyle(size=8.5, family=Family.BOLD, align=Align.CENTRE)
_WEEKEND: Final = TextStyle(size=8.5, family=Family.BOLD, align=Align.CENTRE, colour=RED)
_HEADS: Final = 3


def blank_register_pdf(sheet: MonthSheet, language: PaperLanguage) -> FinishedPaper:
    """The register of a class-month to be marked by hand; cancelled sessions have no column.

    Args:
        sheet: the class-month as it is now.
        language: Khmer, English or both.
    """
    paper = _BlankRegister(sheet, language)
    facts = FileFacts(blank_register_file_title(sheet, language), sheet.made_on)
    return build_paper(list(paper.content()), paper.style, facts)


def blank_register_file_title(sheet: MonthSheet, language: PaperLanguage) -> str:
    """The name of the file without its ending; no person's name."""
    spoken, register = PaperWords(language.code), sheet.register
    return file_name(spoken.say(say.BLANK_FILE_TITLE, code=register.group.code, month=spoken.number(register.month)))


@dataclass(frozen=True, slots=True)
class _Block:
    """The sessions that stand beside each other on a page; None is a spare column for one that nobody planned."""

    sessions: tuple[SessionRow | None, ...]
    box: float


class _BlankRegister:
    def __init__(self, sheet: MonthSheet, language: PaperLanguage) -> None:
        self.sheet, self.language = sheet, language
        self.spoken = Spoken(language, PaperWords)
        self.cells = LearnerCells(language, self.spoken, _TEXT, _MIDDLE, _HEAD)
        self.lines = Spoken(language, lambda spoken: SheetLines(sheet, spoken))
        self.code = form_code(sheet.register.group.id, sheet.register.month)
        self.style = PaperStyle(
            language=language,
            landscape=True,
            margins=MARGINS,
            demonstration=sheet.demonstration,
            footer=Footer(lists.class_and_month(self.spoken.lead, sheet), self.code),
        )

    def content(self) -> Iterator[Flowable]:
        for number, block in enumerate(self._blocks()):
            if number:
                yield PageBreak()
            yield self._heading()
            yield Spacer(1, 4)
            yield self._table(block)

    def _blocks(self) -> list[_Block]:
        planned = [each for each in self.sheet.register.sessions if each.state is not SessionState.CANCELLED]
        parts = max(1, ceil((len(planned) + _SPARE_SESSIONS) / _MOST_SESSIONS))
        columns: list[SessionRow | None] = [*planned, *[None] * _SPARE_SESSIONS]
        size = ceil(len(columns) / parts) if planned else _MOST_SESSIONS
        columns += [None] * (parts * size - len(columns))
        room = self.style.text_width - sum(_PINNED)
        box = min(_WIDEST_BOX, room / size)
        return [_Block(tuple(columns[at : at + size]), box) for at in range(0, len(columns), size)]

    # -- above the list --------------------------------------------------------------------------------------------

    def _heading(self) -> Table:
        month = self.sheet.register.month
        title = self.spoken.words(
            lambda spoken: spoken.say(say.BLANK_TITLE, month=spoken.month_name(month), year=month.year)
        )
        left = [self.spoken.paragraph(title, _TITLE)]
        left += [self.spoken.paragraph(line, _ABOUT) for line in self.lines.lines(SheetLines.about)[:1]]
        left += [
            self.spoken.paragraph(self.spoken.words(_how_to_mark), _NOTE),
            self.spoken.paragraph(words(say.NOT_LISTED), _NOTE),
        ]
        caption = self.spoken.paragraph(words(say.FORM_CODE), _CODE_CAPTION)
        code = Table([[[KhmerParagraph(self.code, _CODE), caption]]], [_CODE_BOX])
        code.setStyle([("BOX", (0, 0), (-1, -1), 1, colors.black), ("TOPPADDING", (0, 0), (-1, -1), 2)])
        widths = (self.style.text_width - _CODE_BOX - _GAP, _GAP, _CODE_BOX)
        return side_by_side([left, [], [code]], widths)

    # -- the list --------------------------------------------------------------------------------------------------

    def _table(self, block: _Block) -> Table:
        learners = self.sheet.register.learners
        rows = [self._line(number, learner, block) for number, learner in enumerate(learners, 1)]
        rows += [[None] * (len(_PINNED) + len(block.sessions)) for _line in range(_SPARE_LINES)]
        feet = [self._foot(label, block) for label in (say.NOT_HELD, say.INITIALS)]
        room = self.style.text_width - sum(_PINNED)
        box = block.box
        first = room - box * len(block.sessions)
        widths = (_PINNED[0], _PINNED[1] + first, *_PINNED[2:], *[box] * len(block.sessions))
        line = BOX if self.language is not PaperLanguage.BOTH else _BOX_OF_TWO
        heights = [None, None, line, *[None] * len(learners), *[line] * _SPARE_LINES, _FOOT_HEIGHT, line]
        commands = self._commands(block, len(rows))
        return khmer_table(self._heads(block), [*rows, *feet], widths, TableLook(), commands, heights)

    def _heads(self, block: _Block) -> list[list[Any]]:
        pinned = self.cells.heads(sheet_words.NUMBER, sheet_words.NAME, say.NICKNAME, sheet_words.SEX)
        letters: list[Any] = [self._weekday(session) for session in block.sessions]
        days: list[Any] = [self._day(session) for session in block.sessions]
        held = self.spoken.cell(words(say.HELD), TextStyle(size=8.5, align=Align.RIGHT))
        return [
            [*pinned, *letters],
            [*[None] * len(_PINNED), *days],
            [held, *[None] * (len(_PINNED) - 1), *[_CheckBox() for _session in block.sessions]],
        ]

    def _weekday(self, session: SessionRow | None) -> Flowable | None:
        if session is None:
            return None
        style = _WEEKEND if session.day.weekday() >= 5 else _HEAD
        return self.spoken.cell(words(WEEKDAY_LETTERS[session.day.weekday()]), style)

    def _day(self, session: SessionRow | None) -> list[Flowable] | None:
        """The day, and the hour it begins where the day has several sessions."""
        if session is None:
            return None
        style = _WEEKEND if session.day.weekday() >= 5 else _HEAD
        shown: list[Flowable] = [KhmerParagraph(self.language.number(session.day.day), style)]
        if session.day in self._busy_days():
            shown.append(KhmerParagraph(self.language.number(f"{session.starts:%H:%M}"), _SMALL))
        return shown

    def _busy_days(self) -> set[Any]:
        days = [each.day for each in self.sheet.register.sessions if each.state is not SessionState.CANCELLED]
        return {day for day, group in groupby(sorted(days)) if len(list(group)) > 1}

    def _line(self, number: int, learner: Learner, block: _Block) -> list[Any]:
        cells, marks = self.cells, [self._place(learner, session) for session in block.sessions]
        return [cells.number(number), cells.names(learner), cells.nickname(learner), cells.sex(learner), *marks]

    def _place(self, learner: Learner, session: SessionRow | None) -> Flowable | None:
        if session is None or learner.enrolled_on(session.day):
            return None
        return KhmerParagraph(NOT_ENROLLED_SIGN, _MIDDLE)

    def _foot(self, label: str, block: _Block) -> list[Any]:
        said = self.spoken.cell(words(label), TextStyle(size=8.5, align=Align.RIGHT))
        return [said, *[None] * (len(_PINNED) - 1 + len(block.sessions))]

    def _commands(self, block: _Block, rows: int) -> list[tuple[Any, ...]]:
        last = len(_PINNED) - 1
        joined = [("SPAN", (column, 0), (column, 1)) for column in range(len(_PINNED))]
        joined += [("SPAN", (0, line), (last, line)) for line in (_HEADS - 1, _HEADS + rows, _HEADS + rows + 1)]
        air = [
            (side, (0, _HEADS + line), (last, _HEADS + line), self._air(learner))
            for line, learner in enumerate(self.sheet.register.learners)
            for side in ("TOPPADDING", "BOTTOMPADDING")
        ]
        shaded = [
            ("BACKGROUND", (len(_PINNED) + column, _HEADS + line), (len(_PINNED) + column, _HEADS + line), _SHADED)
            for column, session in enumerate(block.sessions)
            for line, learner in enumerate(self.sheet.register.learners)
            if session is not None and not learner.enrolled_on(session.day)
        ]
        return [
            *joined,
            *air,
            *shaded,
            ("BACKGROUND", (0, _HEADS - 1), (-1, _HEADS - 1), colors.white),
        ]

    def _air(self, learner: Learner) -> float:
        """Padding above and below a name that makes its line as high as a box, also where one language is missing."""
        both = self.language is PaperLanguage.BOTH
        twice = both and (learner.sex is not None or (learner.names.khmer and learner.names.latin))
        lines = 1 + ENGLISH_SCALE if twice else 1.0
        return max(0.5, ((_BOX_OF_TWO if both else BOX) - _TEXT.line_height * lines) / 2)

    # -- words -----------------------------------------------------------------------------------------------------


def _how_to_mark(spoken: PaperWords) -> str:
    return spoken.say(
        say.HOW_TO_MARK,
        absent=spoken.absent,
        excused=spoken.excused,
        late=spoken.say(say.LATE_LETTER),
        left=spoken.say(say.LEFT_LETTER),
        institution=spoken.say(say.INSTITUTION_LETTER),
    )


class _CheckBox(Flowable):  # type: ignore[misc] # ReportLab has no types
    """An empty box in the middle of its cell."""

    @override
    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width, self.height = available_width, _CHECK
        return self.width, self.height

    @override
    def draw(self) -> None:
        draw_check(self.canv, (self.width - _CHECK) / 2, 0, _CHECK, Check.EMPTY)
