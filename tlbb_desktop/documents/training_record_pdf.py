"""A person's training record as PDF: A4, in Khmer, English or side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable, Spacer

from tlbb_desktop.documents.typesetting import (
    BODY,
    CELL,
    CELL_CENTRED,
    GREY,
    HEAD_CELL,
    SECTION,
    SMALL,
    TITLE,
    Align,
    Family,
    FileFacts,
    FinishedPaper,
    Gap,
    Heading,
    KhmerParagraph,
    KhmerTable,
    OverSignatures,
    PaperLanguage,
    PaperStyle,
    SignatureBlock,
    TextStyle,
    UnderTitle,
    Words,
    build_paper,
    day_words,
    khmer_table,
    signature_row,
    words,
)
from tlbb_desktop.domain import training_records
from tlbb_desktop.domain.certificates import KIND_NAMES
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.training_records import MINUTES_OF_AN_HOUR, TrainingCourse, TrainingMonth, TrainingRecord
from tlbb_desktop.i18n.days import MONTH_NAMES
from tlbb_desktop.i18n.marks import Np_
from tlbb_desktop.khmer import lunar_date, to_khmer_digits

NAME: Final = Np_("training record", "Name: {name}")
PERIOD: Final = Np_("training record", "From {start} to {end}")
MONTH: Final = Np_("training record", "Month")
SESSIONS: Final = Np_("training record", "Sessions")
ATTENDED: Final = Np_("training record", "Attended")
HOURS: Final = Np_("training record", "Hours attended")
PERCENT: Final = Np_("training record", "Percent of hours")
TOTAL: Final = Np_("training record", "Total")
UNIT: Final = Np_("training record", "Unit learned")
UNIT_HOURS: Final = Np_("training record", "Hours")
CERTIFICATES: Final = Np_("training record", "Certificates")
NUMBER: Final = Np_("training record", "Number")
CERTIFICATE: Final = Np_("training record", "Certificate")
COURSE: Final = Np_("training record", "Course")
ISSUED_ON: Final = Np_("training record", "Issued on")
NOTHING: Final = Np_("training record", "No training is on record.")
COUNTED: Final = Np_("training record", "Sessions count that took place and that the learner could come to.")
DONE_AT: Final = Np_("certificate", "Done at {place}, {day}")

_MONTH_WIDTHS: Final = tuple(width * mm for width in (58, 26, 26, 32, 32))
_UNIT_WIDTHS: Final = tuple(width * mm for width in (24, 118, 32))
_CERTIFICATE_WIDTHS: Final = tuple(width * mm for width in (38, 50, 46, 40))
_TOTAL: Final = replace(CELL, family=Family.BOLD)
_TOTAL_CENTRED: Final = replace(CELL_CENTRED, family=Family.BOLD)
_NAME: Final = replace(BODY, size=12.5, after=0)
_CENTRED: Final = replace(BODY, align=Align.CENTRE, after=0)
_NOTE: Final = replace(SMALL, colour=GREY, before=3)


def training_record_pdf(
    record: TrainingRecord, language: PaperLanguage, heading: Heading = Heading.NGO
) -> FinishedPaper:
    """The training record of a person.

    Args:
        record: what it says.
        language: of the paper.
        heading: who stands at its head.
    """
    style = PaperStyle(
        language=language,
        heading=heading,
        issuer=(Words(record.issuer_km, record.issuer_en),),
        demonstration=record.demonstration,
    )
    facts = FileFacts(language.text(words(training_records.TITLE)), record.made_on)
    return build_paper(list(_Setter(record, language, style.text_width).content()), style, facts)


class _Setter:
    """Sets one record in one language; *width* is that between the margins in points."""

    def __init__(self, record: TrainingRecord, language: PaperLanguage, width: float) -> None:
        self._record, self._language, self._width = record, language, width

    def content(self) -> Iterator[Flowable]:
        record = self._record
        yield self._paragraph(words(training_records.TITLE), TITLE)
        yield self._paragraph(words(NAME, name=self._names()), _NAME)
        for course in record.courses:
            yield from self._course(course)
        if record.courses:
            yield self._paragraph(words(COUNTED), _NOTE)
        else:
            yield self._paragraph(words(NOTHING), BODY)
        yield OverSignatures([*self._certificates(), Spacer(1, 6 * mm)], self._signature(), self._width)

    def _names(self) -> Words:
        """Each language says both names, side by side each its own."""
        khmer, latin = self._record.name_km, self._record.name_latin
        if self._language is PaperLanguage.BOTH:
            return Words(khmer, latin)
        return Words(" · ".join(filter(None, (khmer, latin))), " · ".join(filter(None, (latin, khmer))))

    def _course(self, course: TrainingCourse) -> Iterator[Flowable]:
        period = words(PERIOD, start=day_words(course.starts_on), end=day_words(course.ends_on))
        above = [self._paragraph(Words(course.name_km, course.name_en), SECTION), self._paragraph(period, BODY)]
        tables = ([self._months(course)] if course.months else []) + ([self._units(course)] if course.units else [])
        if not tables:
            yield from above
            return
        yield UnderTitle(above, tables[0])
        for table in tables[1:]:
            yield Gap(1, 2 * mm)
            yield table

    def _months(self, course: TrainingCourse) -> KhmerTable:
        head = [self._head(word) for word in (MONTH, SESSIONS, ATTENDED, HOURS, PERCENT)]
        rows = [self._month_row(_month_words(each.month), each, CELL, CELL_CENTRED) for each in course.months]
        rows.append(self._month_row(words(TOTAL), course.total, _TOTAL, _TOTAL_CENTRED))
        return khmer_table([head], rows, _MONTH_WIDTHS)

    def _units(self, course: TrainingCourse) -> KhmerTable:
        head = [self._head(word) for word in (NUMBER, UNIT, UNIT_HOURS)]
        rows = [
            [
                self._plain(unit.code, CELL_CENTRED),
                self._paragraph(Words(unit.name_km, unit.name_en), CELL),
                self._plain(self._language.number(unit.hours) if unit.hours else "", CELL_CENTRED),
            ]
            for unit in course.units
        ]
        return khmer_table([head], rows, _UNIT_WIDTHS)

    def _month_row(self, name: Words, month: TrainingMonth, left: TextStyle, centred: TextStyle) -> list[Flowable]:
        hours = _hours(month.minutes_attended)
        figures = (month.sessions, month.attended, hours, _percent(month))
        numbers = (self._plain(self._language.number(each), centred) for each in figures)
        return [self._paragraph(name, left, beside=True), *numbers]

    def _certificates(self) -> Iterator[Flowable]:
        certificates = self._record.certificates
        if not certificates:
            return
        yield self._paragraph(words(CERTIFICATES), SECTION)
        head = [self._head(word) for word in (NUMBER, CERTIFICATE, COURSE, ISSUED_ON)]
        rows = [
            [
                self._plain(each.number, CELL_CENTRED),
                self._paragraph(words(KIND_NAMES[each.kind]), CELL),
                self._paragraph(Words(each.course_km, each.course_en), CELL),
                self._paragraph(day_words(each.issued_on), CELL),
            ]
            for each in certificates
        ]
        yield khmer_table([head], rows, _CERTIFICATE_WIDTHS)

    def _signature(self) -> list[Flowable]:
        record, language = self._record, self._language
        place = words(DONE_AT, place=Words(record.place_km, record.place_en), day=day_words(record.made_on))
        above: list[Flowable] = [self._paragraph(place, _CENTRED)]
        if language is not PaperLanguage.ENGLISH:  # a letter to foreigners bears no lunar date
            above.insert(0, self._plain(lunar_date(record.made_on).line(), _CENTRED))
        post = language.spans(Words(record.post_km, record.post_en), family=Family.BOLD)
        block = SignatureBlock(post, name=record.signer, style=replace(_CENTRED, family=Family.BOLD))
        return [signature_row([None, each]) for each in (*above, block)]

    def _head(self, word: str) -> KhmerParagraph:
        return self._paragraph(words(word), HEAD_CELL)

    def _paragraph(self, text: Words, style: TextStyle, *, beside: bool = False) -> KhmerParagraph:
        return KhmerParagraph(self._language.spans(text, beside=beside, family=style.family), style)

    def _plain(self, text: str, style: TextStyle) -> KhmerParagraph:
        return KhmerParagraph(text, style)


def _month_words(month: Month) -> Words:
    name = words(MONTH_NAMES[month.number - 1])
    return Words(f"{name.khmer} {to_khmer_digits(str(month.year))}", f"{name.english} {month.year}")


def _hours(minutes: int) -> str:
    """Hours, with one decimal where they are not full; the point is that of the class's own sheets."""
    tenths = minutes * 10 // MINUTES_OF_AN_HOUR
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else f"{tenths // 10}"


def _percent(month: TrainingMonth) -> str:
    if not month.minutes_due:
        return "–"
    return f"{100 * month.minutes_attended // month.minutes_due} %"
