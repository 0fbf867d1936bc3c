"""The fixed words of the attendance papers, in the language of the paper.

Source of the Khmer wording and order: monthly absence lists of Cambodian schools (design page "training facts", 4a).
"""

from __future__ import annotations

from datetime import date
from typing import Final

from tlbb_desktop.documents.cell_text import clean_text
from tlbb_desktop.domain.attendance import MARK_NAMES, MarkCode
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import SEX_LETTERS, Names, Sex
from tlbb_desktop.domain.staff import name_in_scripts
from tlbb_desktop.i18n.catalog import KHMER, translate_into
from tlbb_desktop.i18n.days import MONTH_NAMES
from tlbb_desktop.i18n.marks import Np_
from tlbb_desktop.khmer import lunar_date, official_date, to_khmer_digits

KINGDOM = Np_("absence list", "KINGDOM OF CAMBODIA")
MOTTO = Np_("absence list", "NATION RELIGION KING")
MINISTRY = Np_("absence list", "Ministry of Interior")
DEPARTMENT = Np_("absence list", "General Department of Prisons")
TITLE = Np_("absence list", "List of absences of trainees, {month} {year}")
CLASS_LINE = Np_("absence list", "Class {code} · {course} · Trainer: {trainer}")
COUNT_LINE = Np_("absence list", "Trainees: {total} (of whom female: {female})")

NUMBER = Np_("absence list", "No.")
PERSON_CODE = Np_("absence list", "ID")
NAME = Np_("absence list", "Family and given name")
SEX = Np_("absence list", "Sex")
ABSENCES = Np_("absence list", "Absences")
ABSENT = Np_("absence list, without permission", "A")
EXCUSED = Np_("absence list, with permission", "E")
TOTAL = Np_("absence list", "Total")
MINUTES = Np_("absence list", "Minutes")
MINUTES_DUE = Np_("absence list, minutes", "due")
MINUTES_ATTENDED = Np_("absence list, minutes", "attended")
PERCENT = Np_("absence list", "Percent")
REMARKS = Np_("absence list", "Remarks")
WEEKDAY_LETTERS = (
    Np_("absence list, weekday", "Mo"),
    Np_("absence list, weekday", "Tu"),
    Np_("absence list, weekday", "We"),
    Np_("absence list, weekday", "Th"),
    Np_("absence list, weekday", "Fr"),
    Np_("absence list, weekday", "Sa"),
    Np_("absence list, weekday", "Su"),
)

UNMARKED_SIGN: Final = "?"
CANCELLED_SIGN: Final = "×"
NOT_ENROLLED_SIGN: Final = "–"
TO_COME_SIGN: Final = "…"
TO_FILL: Final = "…………"

LATE = Np_("absence list", "late {times} × ({minutes} min)")
LEFT_EARLY = Np_("absence list", "left early {times} × ({minutes} min)")
INSTITUTION = Np_("absence list", "{sign} on {days}: {reason}")
NO_REASON = Np_("absence list", "reason not given")
GUEST = Np_("absence list", "not on the list")
ENROLLED_FROM = Np_("absence list", "from day {day}")
ENROLLED_UNTIL = Np_("absence list", "until day {day}")

LEGEND = Np_(
    "absence list",
    "Blank = present (late and left early: see remarks) · {absent} = absent without permission"
    " · {excused} = absent with permission · grey = no session",
)
LEGEND_UNMARKED = Np_("absence list", "{sign} = not yet marked")
LEGEND_CANCELLED = Np_("absence list", "{sign} = session cancelled")
LEGEND_NOT_ENROLLED = Np_("absence list", "{sign} = not on the list that day")
LEGEND_TO_COME = Np_("absence list", "{sign} = session to come")
HOLIDAYS = Np_("absence list", "Holidays: {days}")
RULE = Np_(
    "absence list",
    "Percent = minutes attended ÷ minutes of the sessions held while on the list;"
    " minutes that the prison kept the trainee away are left out.",
)
CLOSED = Np_("absence list", "List closed this month at {held} sessions held, {cancelled} cancelled.")

DRAFT = Np_("absence list", "DRAFT")
DRAFT_UNMARKED = Np_("absence list", "DRAFT · class {code} · not yet marked: day {days}")
DRAFT_TO_COME = Np_("absence list", "DRAFT · class {code} · sessions to come: day {days}")
DEMONSTRATION = Np_("absence list", "DEMONSTRATION: no real register")
NOT_ISSUED = Np_("absence list", "Not yet issued")
ISSUED = Np_("absence list", "No. {number} · issued on {day}")
CORRECTS = Np_("absence list", "corrects no. {number}")
SIGNED = Np_("absence list", "signed on {day} by {who}")
CHANGED = Np_("absence list", "Changed since no. {number}:")
CODE_LINE = Np_("absence list", "Code {code}: it stands for the record as it was when this list was issued.")
ON_LIST_WORD = Np_("absence list", "on the list")
SESSION_WORD = Np_("absence list", "session")
SESSION_STATES = {
    "planned": Np_("absence list, state of a session", "planned"),
    "held": Np_("absence list, state of a session", "held ({minutes} min)"),
    "cancelled": Np_("absence list, state of a session", "cancelled"),
}

COUNTED_ON_LIST = Np_("absence list, totals", "On the list")
COUNTED_DUE = Np_("absence list, totals", "Attendances due")
COUNTED_ABSENT = Np_("absence list, totals", "Absences")
COUNTED_ATTENDED = Np_("absence list, totals", "Attended")
COUNTED_PERCENT = Np_("absence list, totals", "Percent")

SEEN_AND_APPROVED = Np_("absence list", "Seen and approved")
DIRECTOR = Np_("absence list", "Director of the prison")
LIAISON = Np_("absence list", "Prison liaison")
TRAINER = Np_("absence list", "Trainer")
PLACE_AND_DATE = Np_("absence list", "Done at …………………, {day} {month} {year}")
DATE_TO_FILL = Np_("absence list", "Date …… / …… / …………")
PAGE = Np_("absence list", "Page {page} of {pages}")

FILE_TITLE = Np_("name of a file", "absences {code} {month}")
PRISON_FILE_TITLE = Np_("name of a file", "attendance {prison} {month}")

SUMMARY = Np_("prison's month", "Summary")
SUMMARY_TITLE = Np_("prison's month", "Attendance of trainees, {month} {year}")
SUMMARY_CLASS = Np_("prison's month", "Class")
SUMMARY_COURSE = Np_("prison's month", "Course")
SUMMARY_LEARNERS = Np_("prison's month", "Trainees")
SUMMARY_FEMALE = Np_("prison's month", "of whom female")
SUMMARY_HELD = Np_("prison's month", "Sessions held")
SUMMARY_CANCELLED = Np_("prison's month", "Sessions cancelled")
SUMMARY_STATE = Np_("prison's month", "List")
SUMMARY_PEOPLE = Np_("prison's month", "Different people in all classes: {total} (of whom female: {female})")
SUMMARY_EMPTY = Np_("prison's month", "No class of this prison had a session in this month.")

# Numeral shape 12 = Khmer digits, language 0453 = Khmer: the cell stays a number.
_KHMER_NUMBER: Final = "[$-12000453]0"


class PaperWords:
    """Words, days and numbers of one paper.

    Args:
        language: ``km`` or ``en``.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        khmer = language == KHMER
        number = _KHMER_NUMBER if khmer else "0"
        self.number_format = number
        self.count_format = f"{number};;"
        self.percent_format = f"{number}.0"
        self.absent = self.say(ABSENT)
        self.excused = self.say(EXCUSED)
        self.sexes = {sex: self.say(letter) for sex, letter in SEX_LETTERS.items()}

    def say(self, message: str, **fields: object) -> str:
        """*message* in the paper's language; numbers among *fields* get its digits."""
        sentence = translate_into(self.language, message)
        if not fields:
            return sentence
        return sentence.format(
            **{name: self.number(value) if isinstance(value, int) else value for name, value in fields.items()}
        )

    def number(self, value: object) -> str:
        """*value* as text in the paper's digits."""
        return to_khmer_digits(str(value)) if self.language == KHMER else str(value)

    def day(self, day: date) -> str:
        """Such as ``21/11/2026``."""
        return self.number(f"{day:%d/%m/%Y}")

    def long_day(self, day: date) -> str:
        """Such as ``21 November 2026``, in Khmer in the wording of offices."""
        return (
            official_date(day) if self.language == KHMER else f"{day.day} {self.month_name(Month.of(day))} {day.year}"
        )

    def lunar_day(self, day: date) -> str:
        """The line that stands above the date on papers for offices, in Khmer on every paper."""
        return lunar_date(day).line()

    def place_and_date(self, day: date) -> str:
        """Such as ``Done at …………, 30 November 2026``."""
        number = self.number(f"{day:%d}") if self.language == KHMER else day.day
        return self.say(PLACE_AND_DATE, day=number, month=self.month_name(Month.of(day)), year=day.year)

    def days(self, days: tuple[date, ...]) -> str:
        """Days of one month, such as ``12, 13``."""
        return ", ".join(self.number(day.day) for day in days)

    def month_name(self, month: Month) -> str:
        """Such as ``November``."""
        return self.say(MONTH_NAMES[month.number - 1])

    def pick(self, names: tuple[str, str]) -> str:
        """The one of a Khmer and an English name that the paper speaks, or the other where it is missing."""
        khmer, english = names
        return clean_text((khmer or english) if self.language == KHMER else (english or khmer))

    def person(self, names: Names) -> str:
        """The name of a person in the script of the paper, or in the other where it is missing."""
        return self.pick((names.khmer, names.latin))

    def staff(self, name: str) -> str:
        """The name of a member of staff in the script of the paper, where it is written in both."""
        return self.pick(name_in_scripts(name))

    def sex(self, sex: Sex | None) -> str:
        """One letter, or ``""`` when not recorded."""
        return self.sexes[sex] if sex else ""

    def sign(self, code: MarkCode) -> str:
        """What a marked cell shows on the absence list: ``""`` for everybody who came."""
        if code is MarkCode.ABSENT:
            return self.absent
        return self.excused if code in (MarkCode.EXCUSED, MarkCode.INSTITUTION) else ""

    def summary_heads(self) -> tuple[str, ...]:
        """The heads of the columns in the summary of a prison's month."""
        minutes = self.say(MINUTES)
        return (
            *map(self.say, (SUMMARY_CLASS, SUMMARY_COURSE, SUMMARY_LEARNERS, SUMMARY_FEMALE)),
            *map(self.say, (SUMMARY_HELD, SUMMARY_CANCELLED)),
            self.absent,
            self.excused,
            self.say(TOTAL),
            f"{minutes} {self.say(MINUTES_DUE)}",
            f"{minutes} {self.say(MINUTES_ATTENDED)}",
            self.say(PERCENT),
            self.say(SUMMARY_STATE),
        )

    def mark_name(self, code: MarkCode) -> str:
        """The word for a mark."""
        return self.say(MARK_NAMES[code])
