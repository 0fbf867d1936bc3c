"""The bench sheet of a unit: learners in the order of the screen, a box for each criterion, room for thumbprints.

Who types it in writes the code and the day, and then only the exceptions, in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table
from typing_extensions import override

from tlbb_desktop.documents import sheet_words
from tlbb_desktop.documents.cell_text import clean_text, file_name
from tlbb_desktop.documents.paper_words import Spoken
from tlbb_desktop.documents.sheet_heading import side_by_side
from tlbb_desktop.documents.sheet_words import PaperWords
from tlbb_desktop.documents.typesetting import (
    GREY,
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
    SignatureBlock,
    TableLook,
    TextStyle,
    Words,
    build_paper,
    draw_check,
    khmer_table,
    signature_row,
    words,
)
from tlbb_desktop.domain.assessment import OUTCOME_NAMES, Outcome
from tlbb_desktop.domain.bench_sheets import BenchSheet
from tlbb_desktop.domain.curricula import Criterion
from tlbb_desktop.domain.register import Learner
from tlbb_desktop.i18n.marks import Np_

TITLE: Final = Np_("bench sheet", "Bench sheet: {code} {unit}")
CLASS: Final = Np_("bench sheet", "Class {code} · {course} · {hours} hours")
DAY: Final = Np_("bench sheet", "Day of the practical: ……… / ……… / …………")
HOW: Final = Np_(
    "bench sheet",
    "Tick what was shown. The unit is reached only when every criterion with the sign {sign} is ticked.",
)
THUMBPRINT: Final = Np_("bench sheet", "Learner's thumbprint or signature")
BEFORE: Final = Np_("bench sheet", "reached on {day}")
ASSESSOR: Final = Np_("bench sheet", "Assessor")
SEEN: Final = Np_("bench sheet", "Seen by the manager")
FORM_CODE: Final = Np_("bench sheet", "Code of this sheet")
EMPTY: Final = Np_("bench sheet", "Nobody is on the list of this class on that day.")
CRITICAL_SIGN: Final = "*"
FILE_TITLE: Final = Np_("name of a file", "bench {code} {unit}")

_MARGINS: Final = Margins(top=9, right=9, bottom=13, left=9)
_LINE: Final = 13 * mm
_LINE_OF_TWO: Final = 15.5 * mm
_CODE_BOX: Final = 140.0
_GAP: Final = 12.0
_SIGNER: Final = TextStyle(size=9.5, align=Align.CENTRE)
_CHECK: Final = 11.0
_RESULTS: Final = 2
#: The signatures stand in the last row and never alone on a page: two learners stay with them.
_KEPT: Final = 3
_NUMBER, _NAME, _RESULT, _PRINT = 24.0, 124.0, 52.0, 100.0
_WIDEST_BOX: Final = 92.0
_HEAD_TEXT: Final = TextStyle(size=7.5, align=Align.CENTRE)
_HEAD_RESULT: Final = TextStyle(size=8, family=Family.BOLD, align=Align.CENTRE)
_HEAD: Final = TextStyle(size=8.5, family=Family.BOLD, align=Align.CENTRE)
_TITLE: Final = TextStyle(size=12, family=Family.TITLE)
_ABOUT: Final = TextStyle(size=9.5)
_NOTE: Final = TextStyle(size=8.5, after=1)
_CODE: Final = TextStyle(size=17, family=Family.BOLD, align=Align.CENTRE)
_CAPTION: Final = TextStyle(size=8, align=Align.CENTRE, colour=GREY)
_TEXT: Final = TextStyle(size=9.5)
_MIDDLE: Final = TextStyle(size=9, align=Align.CENTRE)
_SMALL: Final = TextStyle(size=7.5, colour=GREY)
_SHADED: Final = colors.Color(0.93, 0.93, 0.93)


def bench_sheet_pdf(sheet: BenchSheet, language: PaperLanguage) -> FinishedPaper:
    """The bench sheet of a class and a unit.

    Args:
        sheet: as it is now.
        language: Khmer, English or both.
    """
    paper = _BenchSheet(sheet, language)
    return build_paper(
        list(paper.content()), paper.style, FileFacts(bench_sheet_file_title(sheet, language), sheet.day)
    )


def bench_sheet_file_title(sheet: BenchSheet, language: PaperLanguage) -> str:
    """The name of the file without its ending; no person's name."""
    spoken = PaperWords(language.code)
    return file_name(spoken.say(FILE_TITLE, code=sheet.group.code, unit=sheet.unit.code))


class _BenchSheet:
    def __init__(self, sheet: BenchSheet, language: PaperLanguage) -> None:
        self.sheet, self.language = sheet, language
        self.spoken = Spoken(language, PaperWords)
        self.style = PaperStyle(
            language=language,
            landscape=True,
            margins=_MARGINS,
            demonstration=sheet.demonstration,
            footer=Footer(f"{clean_text(sheet.group.code)} · {sheet.unit.code}", sheet.code),
        )

    def content(self) -> Iterator[Flowable]:
        yield self._heading()
        yield Spacer(1, 4)
        if self.sheet.learners:
            yield self._table()
        else:
            yield self.spoken.paragraph(words(EMPTY), _ABOUT)
            yield self._signatures()

    def _signatures(self) -> Table:
        assessor, manager = (
            SignatureBlock(self.language.spans(words(who)), room=10 * mm, style=_SIGNER) for who in (ASSESSOR, SEEN)
        )
        return signature_row([assessor, None, manager])

    def _heading(self) -> Table:
        unit, group = self.sheet.unit, self.sheet.group
        left = [
            self.spoken.paragraph(words(TITLE, code=unit.code, unit=_named(unit.name_km, unit.name_en)), _TITLE),
            self.spoken.paragraph(
                words(
                    CLASS,
                    code=clean_text(group.code),
                    course=_named(group.course_km, group.course_en),
                    hours=unit.hours,
                ),
                _ABOUT,
            ),
            self.spoken.paragraph(words(DAY), _ABOUT),
            self.spoken.paragraph(words(HOW, sign=CRITICAL_SIGN), _NOTE),
        ]
        caption = self.spoken.paragraph(words(FORM_CODE), _CAPTION)
        code = Table([[[KhmerParagraph(self.sheet.code, _CODE), caption]]], [_CODE_BOX])
        code.setStyle([("BOX", (0, 0), (-1, -1), 1, colors.black), ("TOPPADDING", (0, 0), (-1, -1), 2)])
        return side_by_side([left, [], [code]], (self.style.text_width - _CODE_BOX - _GAP, _GAP, _CODE_BOX))

    def _table(self) -> Table:
        criteria = self.sheet.unit.criteria
        room = self.style.text_width - _NUMBER - _NAME - 2 * _RESULT - _PRINT
        box = min(_WIDEST_BOX, room / max(1, len(criteria)))
        name = _NAME + room - box * len(criteria)
        widths = (_NUMBER, name, *[box] * len(criteria), _RESULT, _RESULT, _PRINT)
        rows = [self._line(number, learner) for number, learner in enumerate(self.sheet.learners, 1)]
        shaded = [
            ("BACKGROUND", (2 + place, 1), (2 + place, len(rows)), _SHADED)
            for place, criterion in enumerate(criteria)
            if criterion.critical
        ]
        line = _LINE_OF_TWO if self.language is PaperLanguage.BOTH else _LINE
        heights = [None, *[line] * len(rows), None]
        commands = [
            ("GRID", (0, 0), (-1, len(heights) - 2), 0.5, colors.black),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("SPAN", (0, -1), (-1, -1)),
            ("TOPPADDING", (0, -1), (-1, -1), 8),
            ("NOSPLIT", (0, -_KEPT), (-1, -1)),
            *shaded,
        ]
        rows.append([self._signatures(), *[None] * (len(widths) - 1)])
        look = TableLook(lined=False, head_grey=1.0)
        return khmer_table([self._head()], rows, widths, look, commands, heights)

    def _head(self) -> list[Any]:
        pinned = [self.spoken.cell(words(word), _HEAD) for word in (sheet_words.NUMBER, sheet_words.NAME)]
        boxes = [[self._numbered(each), self._worded(each)] for each in self.sheet.unit.criteria]
        results = [OUTCOME_NAMES[self.sheet.basis][each] for each in (Outcome.COMPETENT, Outcome.NOT_YET)]
        return [*pinned, *boxes, *(self.spoken.cell(words(word), _HEAD_RESULT) for word in (*results, THUMBPRINT))]

    def _numbered(self, criterion: Criterion) -> KhmerParagraph:
        sign = CRITICAL_SIGN if criterion.critical else ""
        return KhmerParagraph(f"{self.language.number(criterion.number)} {sign}".strip(), _HEAD)

    def _worded(self, criterion: Criterion) -> KhmerParagraph:
        return self.spoken.cell(_named(criterion.name_km, criterion.name_en), _HEAD_TEXT)

    def _line(self, number: int, learner: Learner) -> list[Any]:
        names = Words(clean_text(learner.names.khmer), clean_text(learner.names.latin))
        shown: list[Flowable] = [self.spoken.cell(names, _TEXT)]
        if self.sheet.competent_before(learner.person_id):
            day = self.sheet.states[learner.person_id].day
            lead = self.spoken.lead
            shown.append(KhmerParagraph(lead.say(BEFORE, day=lead.day(day)), _SMALL))
        boxes = [_Box() for _place in range(len(self.sheet.unit.criteria) + _RESULTS)]
        return [KhmerParagraph(self.language.number(number), _MIDDLE), shown, *boxes, None]


def _named(khmer: str, english: str) -> Words:
    return Words(clean_text(khmer), clean_text(english))


class _Box(Flowable):  # type: ignore[misc] # ReportLab has no types
    """An empty box in the middle of its cell."""

    @override
    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width, self.height = available_width, _CHECK
        return self.width, self.height

    @override
    def draw(self) -> None:
        draw_check(self.canv, (self.width - _CHECK) / 2, 0, _CHECK, Check.EMPTY)
