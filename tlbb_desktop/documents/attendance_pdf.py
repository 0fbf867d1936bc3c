"""The monthly absence list as a paper: A4 across, with the words and figures of the workbook.

A day without a session is narrow, as nothing is ever written there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from reportlab.lib import colors
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from tlbb_desktop.documents import absence_list as lists
from tlbb_desktop.documents.paper_words import Spoken, TurnedParagraph, paper_spans, spans_width
from tlbb_desktop.documents.sheet_heading import WARNING, sheet_heading, side_by_side
from tlbb_desktop.documents.sheet_lines import (
    AFTER_DAYS,
    FIRST_DAY,
    HEAD_LINES,
    PaperCell,
    PaperTable,
    SheetLines,
    Signer,
)
from tlbb_desktop.documents.typesetting import (
    BLACK,
    RED,
    Align,
    Family,
    FileFacts,
    FinishedPaper,
    Footer,
    KhmerParagraph,
    Margins,
    PageMark,
    PaperLanguage,
    PaperPart,
    PaperStyle,
    SignatureBlock,
    Span,
    TableLook,
    TextStyle,
    Words,
    build_paper,
    khmer_table,
    signature_row,
)
from tlbb_desktop.domain.register import MonthSheet

MARGINS: Final = Margins(top=9, right=9, bottom=13, left=9)
HEAD_GREY: Final = colors.Color(0.88, 0.88, 0.88)
_CELL_GREY: Final = colors.Color(0.93, 0.93, 0.93)
_NAME: Final = 2
_SIZES: Final = (8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0)
_PADDING: Final = 2.0
_NEARLY: Final = 0.2
_MOST_NAME: Final = 130.0
_LEAST_COUNT: Final = 16.0
_REMARKS: Final = (60.0, 110.0)
_LONGEST_REASON: Final = 120.0
_COUNT_SIZE: Final = 8.5
_COUNT_WIDTHS: Final = (110.0, 36.0, 36.0, 40.0)
_COUNTS_WIDTH: Final = sum(_COUNT_WIDTHS) + 14
_NOTE: Final = TextStyle(size=8, after=1)
_CORRECTION: Final = TextStyle(size=8, after=5)
_SIGNER: Final = TextStyle(size=9.5, align=Align.CENTRE)


def attendance_pdf(sheet: MonthSheet, language: PaperLanguage) -> FinishedPaper:
    """The absence list of one class-month.

    Args:
        sheet: the class-month.
        language: Khmer, English or both.
    """
    part = absence_list_part(sheet, language)
    return build_paper(part.content, part.style, FileFacts(lists.file_title(sheet, language.code), sheet.made_on))


def absence_list_part(sheet: MonthSheet, language: PaperLanguage) -> PaperPart:
    """The absence list as a part of a file."""
    paper = _AbsenceListPaper(sheet, language)
    return PaperPart(list(paper.content()), paper.style)


@dataclass(frozen=True, slots=True)
class _Fitted:
    """The size of the letters at which the list fits across the page, and the widths of its columns, in points."""

    size: float
    widths: tuple[float, ...]


class _AbsenceListPaper:
    def __init__(self, sheet: MonthSheet, language: PaperLanguage) -> None:
        self.sheet, self.language = sheet, language
        self.spoken = Spoken(language, lambda spoken: SheetLines(sheet, spoken))
        words = self.spoken.lead.words
        self.style = PaperStyle(
            language=language,
            landscape=True,
            margins=MARGINS,
            marks=frozenset({PageMark.DRAFT} if sheet.draft else ()),
            demonstration=sheet.demonstration,
            footer=Footer(lists.class_and_month(words, sheet), lists.number_and_code(words, sheet)),
        )

    def content(self) -> Iterator[Flowable]:
        yield from sheet_heading(
            self.language,
            self.sheet.prison_names,
            self.spoken.words(SheetLines.title),
            self.spoken.lines(SheetLines.about),
            self.spoken.words(lambda lines: lines.state().replace(" · ", "\n")),
            self.style.text_width,
        )
        for line in self.spoken.lines(SheetLines.drafts):
            yield self.spoken.paragraph(line, WARNING, beside=True)
        yield Spacer(1, 4)
        yield self._list()
        yield Spacer(1, 6)
        for line in self.spoken.lines(SheetLines.corrections):
            yield self.spoken.paragraph(line, _CORRECTION)
        yield KeepTogether([self._counts_and_notes(), Spacer(1, 6), self._signatures()])

    # -- the list --------------------------------------------------------------------------------------------------

    def _list(self) -> Table:
        table, said = self.spoken.lead.table(), self._said(self.spoken.lead.table(), self.spoken.second.table())
        fitted = self._fit(table, said)
        rows = [
            [self._cell(cell, words, fitted.size) for cell, words in zip(line, texts, strict=True)]
            for line, texts in zip(table.lines, said, strict=True)
        ]
        look = TableLook(padding=_PADDING)
        return khmer_table(rows[:HEAD_LINES], rows[HEAD_LINES:], fitted.widths, look, _commands(table))

    @staticmethod
    def _said(lead: PaperTable, second: PaperTable) -> list[list[Words]]:
        return [
            [Words(cell.text, other.text) for cell, other in zip(line, others, strict=True)]
            for line, others in zip(lead.lines, second.lines, strict=True)
        ]

    def _cell(self, cell: PaperCell, said: Words, size: float) -> Flowable | None:
        if not cell.text:
            return None
        style = _cell_style(cell, size)
        spans = paper_spans(self.language, said, style.family)
        return TurnedParagraph(spans, style, _LONGEST_REASON) if cell.turned else KhmerParagraph(spans, style)

    def _fit(self, table: PaperTable, said: list[list[Words]]) -> _Fitted:
        """The largest letters that leave room for the remarks; where none do, the smallest and narrower days."""
        least, most = _REMARKS
        for size in _SIZES:
            *widths, remarks = self._natural_widths(table, said, size)
            left = self.style.text_width - sum(widths)
            if left >= min(max(remarks, least), most):
                return _Fitted(size, (*widths, left))
        days = slice(FIRST_DAY, FIRST_DAY + len(self.spoken.lead.columns))
        squeezed = 1 - (least - left) / sum(widths[days])
        widths[days] = [width * squeezed for width in widths[days]]
        return _Fitted(size, (*widths, least))

    def _natural_widths(self, table: PaperTable, said: list[list[Words]], size: float) -> list[float]:
        """What the texts of each column take unbroken; days with a session are of one width, and days without."""
        joined = {(line, column) for line, column, _lines, columns in table.spans if columns > 1}
        widths = [0.0] * len(table.lines[0])
        for line, cells in enumerate(table.lines):
            for column, cell in enumerate(cells):
                if cell.text and (line, column) not in joined:
                    widths[column] = max(widths[column], self._width(cell, said[line][column], size))
        widths = [width + 2 * _PADDING + _NEARLY for width in widths]
        widths[_NAME] = min(widths[_NAME], _MOST_NAME)
        counts = len(widths) - AFTER_DAYS
        widths[counts : counts + 2] = [max(width, _LEAST_COUNT) for width in widths[counts : counts + 2]]
        sign = TextStyle(size=size)
        widest = spans_width([Span(self.spoken.lead.words.absent)], sign) + 2 * _PADDING + _NEARLY
        days = dict(enumerate(self.spoken.lead.columns, FIRST_DAY))
        taught = [at for at, day in days.items() if day.session and not day.cancelled]
        empty = [at for at, day in days.items() if day.session is None]
        for alike, least in ((taught, widest), (empty, 0.0)):
            common = max([least, *(widths[at] for at in alike)])
            widths = [common if at in alike else width for at, width in enumerate(widths)]
        return widths

    def _width(self, cell: PaperCell, said: Words, size: float) -> float:
        style = _cell_style(cell, size)
        spans = paper_spans(self.language, said, style.family)
        return TurnedParagraph(spans, style, _LONGEST_REASON).thickness if cell.turned else spans_width(spans, style)

    # -- under the list --------------------------------------------------------------------------------------------

    def _counts_and_notes(self) -> Table:
        said = self.spoken.lines(SheetLines.explanations) + self.spoken.lines(SheetLines.code)
        counts = self._counts()
        counts.hAlign = "LEFT"
        notes = [self.spoken.paragraph(line, _NOTE) for line in said]
        return side_by_side([[counts], notes], (_COUNTS_WIDTH, self.style.text_width - _COUNTS_WIDTH))

    def _counts(self) -> Table:
        table, said = self.spoken.lead.counts(), self._said(self.spoken.lead.counts(), self.spoken.second.counts())
        rows = [
            [self._cell(cell, words, _COUNT_SIZE) for cell, words in zip(line, texts, strict=True)]
            for line, texts in zip(table.lines, said, strict=True)
        ]
        return khmer_table(rows[:1], rows[1:], _COUNT_WIDTHS)

    def _signatures(self) -> Table:
        signers = zip(self.spoken.lead.signers(), self.spoken.second.signers(), strict=True)
        return signature_row([self._signer(*signer) for signer in signers])

    def _signer(self, lead: Signer, second: Signer) -> SignatureBlock:
        first = self.language.spans(Words(lead.above[0], second.above[0]), beside=True)
        last = self.language.spans(Words(lead.above[1], second.above[1]))
        role = self.language.spans(Words(lead.role, second.role), beside=True)
        return SignatureBlock(role, (*first, Span("\n"), *last), lead.name, style=_SIGNER)


def _cell_style(cell: PaperCell, size: float) -> TextStyle:
    return TextStyle(
        size=size,
        family=Family.BOLD if cell.head and not cell.turned else Family.TEXT,
        align=Align.LEFT if cell.left or cell.turned else Align.CENTRE,
        colour=RED if cell.red else BLACK,
    )


def _commands(table: PaperTable) -> list[tuple[Any, ...]]:
    """Joined cells, and the grey of days without a session and of the sums."""
    last = len(table.lines) - 1
    spans = [
        ("SPAN", (column, line), (column + columns - 1, line + lines - 1))
        for line, column, lines, columns in table.spans
    ]
    greys = [
        ("BACKGROUND", (column, line), (column, line), _CELL_GREY)
        for line, cells in enumerate(table.lines)
        for column, cell in enumerate(cells)
        if cell.grey
    ]
    return [*spans, *greys, ("BACKGROUND", (0, last), (-1, last), HEAD_GREY)]
