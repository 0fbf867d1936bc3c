"""Lists for the Ministry as plain tables: what is submitted, and the learners in the shape of TVETMIS form T1.

Form T1 asks for more than the programme knows; those columns stay empty for the office to fill in. No list names a
place of detention or a person's code there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tlbb_desktop.documents.plain_workbook import PlainSheet
from tlbb_desktop.domain.births import Birth, BirthPrecision
from tlbb_desktop.domain.people import Names, Sex
from tlbb_desktop.domain.submissions import SUBMISSION_NAMES, SubmissionLine
from tlbb_desktop.i18n.catalog import KHMER, translate_into
from tlbb_desktop.i18n.marks import MarkedWord, Np_

LIST: Final = Np_("list for the Ministry", "Certificates for the Ministry")
T1: Final = Np_("list for the Ministry", "TVETMIS T1")
SHORT_COURSE: Final = Np_("kind of programme on TVETMIS form T1", "Short course")
MALE: Final = Np_("sex on TVETMIS form T1", "Male")
FEMALE: Final = Np_("sex on TVETMIS form T1", "Female")
_NUMBER: Final = Np_("list for the Ministry", "No.")
_COLUMNS: Final = (
    _NUMBER,
    Np_("list for the Ministry", "Name in Khmer"),
    Np_("list for the Ministry", "Name in Latin letters"),
    Np_("list for the Ministry", "Sex"),
    Np_("list for the Ministry", "Course"),
    Np_("list for the Ministry", "Hours"),
    Np_("list for the Ministry", "Certificate"),
    Np_("list for the Ministry", "Day of the results"),
    Np_("list for the Ministry", "Submit by"),
    Np_("list for the Ministry", "Sent on"),
    Np_("list for the Ministry", "Returned on"),
    Np_("list for the Ministry", "Number of the Ministry"),
    Np_("list for the Ministry", "State"),
)
_WIDTHS: Final = (5, 24, 24, 8, 24, 8, 18, 14, 14, 14, 14, 18, 14)
_T1_COLUMNS: Final = (
    _NUMBER,
    Np_("TVETMIS form T1", "Family name in Khmer"),
    Np_("TVETMIS form T1", "Given name in Khmer"),
    Np_("TVETMIS form T1", "Family name in Latin"),
    Np_("TVETMIS form T1", "Given name in Latin"),
    Np_("list for the Ministry", "Sex"),
    Np_("TVETMIS form T1", "Date of birth"),
    Np_("TVETMIS form T1", "National ID"),
    Np_("TVETMIS form T1", "Student ID"),
    Np_("TVETMIS form T1", "Kind of programme"),
    Np_("list for the Ministry", "Course"),
    Np_("TVETMIS form T1", "Starts on"),
    Np_("TVETMIS form T1", "Ends on"),
    Np_("TVETMIS form T1", "Home province"),
    Np_("TVETMIS form T1", "District"),
    Np_("TVETMIS form T1", "Commune"),
    Np_("TVETMIS form T1", "Place of birth"),
    Np_("TVETMIS form T1", "Marital status"),
    Np_("TVETMIS form T1", "Dependants"),
    Np_("TVETMIS form T1", "Guardian"),
    Np_("TVETMIS form T1", "General education"),
    Np_("TVETMIS form T1", "Earlier courses"),
    Np_("TVETMIS form T1", "Employment"),
    Np_("TVETMIS form T1", "Disability"),
    Np_("TVETMIS form T1", "Indigenous minority"),
    Np_("TVETMIS form T1", "Orphan"),
)
_KNOWN: Final = 14
_T1_WIDTHS: Final = (5, *[16] * 4, 8, 14, 16, 14, 16, 24, 12, 12, *[16] * 13)


@dataclass(frozen=True, slots=True)
class T1Learner:
    """What the programme knows of a learner for form T1.

    Args:
        names, sex, birth: of the person.
        national_id: or ``""``.
        course_km, course_en, starts_on, ends_on: of the training.
        province_km, province_en: home province, or ``""``.
    """

    names: Names
    sex: Sex | None
    birth: Birth
    national_id: str
    course_km: str
    course_en: str
    starts_on: date
    ends_on: date
    province_km: str
    province_en: str


def submission_sheet(lines: Sequence[SubmissionLine], language: str) -> PlainSheet:
    """The certificates for the Ministry, with their clock, in Khmer or English."""
    khmer = language == KHMER
    rows = [
        (
            number,
            line.names.khmer,
            line.names.latin,
            _sex(line.sex, language),
            line.course_km if khmer else line.course_en,
            line.hours,
            line.number,
            line.results_on,
            line.deadline,
            line.sent_on or "",
            line.returned_on or "",
            line.ministry_number,
            _say(SUBMISSION_NAMES[line.state], language),
        )
        for number, line in enumerate(lines, 1)
    ]
    return PlainSheet(_say(LIST, language), (_heads(_COLUMNS, language), *rows), _WIDTHS)


def t1_sheet(learners: Sequence[T1Learner], language: str) -> PlainSheet:
    """Learners in the shape of form T1, in Khmer or English."""
    khmer = language == KHMER
    rows = [
        (
            number,
            each.names.family_km,
            each.names.given_km,
            each.names.family_latin,
            each.names.given_latin,
            _sex(each.sex, language),
            _birth(each.birth),
            each.national_id,
            "",
            _say(SHORT_COURSE, language),
            each.course_km if khmer else each.course_en,
            each.starts_on,
            each.ends_on,
            each.province_km if khmer else each.province_en,
            *[""] * (len(_T1_COLUMNS) - _KNOWN),
        )
        for number, each in enumerate(learners, 1)
    ]
    return PlainSheet(_say(T1, language), (_heads(_T1_COLUMNS, language), *rows), _T1_WIDTHS)


def _birth(birth: Birth) -> date | int | str:
    """The day where it is known, otherwise the year alone."""
    if birth.precision is BirthPrecision.DAY:
        return date(birth.year, birth.month, birth.day)
    return birth.year or ""


def _sex(sex: Sex | None, language: str) -> str:
    return "" if sex is None else _say(FEMALE if sex is Sex.FEMALE else MALE, language)


def _heads(columns: Sequence[MarkedWord], language: str) -> tuple[str, ...]:
    return tuple(_say(column, language) for column in columns)


def _say(word: str, language: str) -> str:
    return str(translate_into(language, word))
