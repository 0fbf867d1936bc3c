"""What the monthly absence list says about each day and each learner, before any file format.

A blank cell means present, so every cell that is not a presence shows something: ``?`` unmarked, ``×`` cancelled,
``–`` not enrolled that day, ``…`` still to come, grey where there was no session at all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from tlbb_desktop.documents import sheet_words as say
from tlbb_desktop.documents.cell_text import clean_text, file_name
from tlbb_desktop.documents.sheet_words import PaperWords
from tlbb_desktop.domain.attendance import MarkCode, SessionRow, SessionState
from tlbb_desktop.domain.people import Sex
from tlbb_desktop.domain.register import MonthSheet, SheetDifference, SheetRow, SheetState
from tlbb_desktop.domain.sheet_rules import days_to_come
from tlbb_desktop.i18n.punctuation import joined_remarks, labelled

#: As many as a cell of a workbook holds.
DIFFERENCES_SHOWN = 40
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class DayColumn:
    """A column of the list: a day, or one of the sessions of a day that had several."""

    day: date
    session: SessionRow | None

    @property
    def weekend(self) -> bool:
        """Whether it is a Saturday or Sunday."""
        return self.day.weekday() >= _SATURDAY

    @property
    def cancelled(self) -> bool:
        """Whether its session was cancelled."""
        return self.session is not None and self.session.state is SessionState.CANCELLED


def day_columns(sheet: MonthSheet) -> tuple[DayColumn, ...]:
    """Every day of the month; a day with several sessions has a column for each."""
    sessions: dict[date, list[SessionRow]] = defaultdict(list)
    for session in sheet.register.sessions:
        sessions[session.day].append(session)
    return tuple(
        DayColumn(day, session) for day in sheet.register.month.days() for session in (sessions.get(day) or (None,))
    )


def cell_sign(words: PaperWords, sheet: MonthSheet, row: SheetRow, session: SessionRow) -> str:
    """What the cell of a learner shows in a column with a session."""
    if session.state is SessionState.CANCELLED:
        return say.CANCELLED_SIGN
    if not row.learner.enrolled_on(session.day):
        return say.NOT_ENROLLED_SIGN
    mark = row.marks.get(session.id)
    if mark is not None:
        return words.sign(mark.code)
    if session.is_for_some:
        return say.NOT_ENROLLED_SIGN
    return say.UNMARKED_SIGN if session.day <= sheet.made_on else say.TO_COME_SIGN


def remarks(words: PaperWords, sheet: MonthSheet, row: SheetRow) -> str:
    """The ផ្សេងៗ of a learner: lateness, absences that the prison caused with their reason, days on the list."""
    said = [words.say(say.GUEST)] if row.learner.guest else []
    said += _enrolment_remarks(words, sheet, row)
    for code, wording in ((MarkCode.LATE, say.LATE), (MarkCode.LEFT_EARLY, say.LEFT_EARLY)):
        minutes = [mark.minutes for mark in row.marks.values() if mark.code is code]
        if minutes:
            said.append(words.say(wording, times=len(minutes), minutes=sum(minutes)))
    return joined_remarks(said + _institution_remarks(words, sheet, row), words.language)


def _enrolment_remarks(words: PaperWords, sheet: MonthSheet, row: SheetRow) -> list[str]:
    month = sheet.register.month
    if row.learner.guest or not row.learner.enrolled:
        return []
    first = min(start for start, _end in row.learner.enrolled)
    ends = [end for _start, end in row.learner.enrolled]
    last = None if None in ends else max(end for end in ends if end is not None)
    said = []
    if first > month.first and first in month:
        said.append(words.say(say.ENROLLED_FROM, day=first.day))
    if last is not None and last < month.last and last in month:
        said.append(words.say(say.ENROLLED_UNTIL, day=last.day))
    return said


def _institution_remarks(words: PaperWords, sheet: MonthSheet, row: SheetRow) -> list[str]:
    days: dict[str, list[date]] = defaultdict(list)
    for session in sheet.register.sessions:
        mark = row.marks.get(session.id)
        if mark is not None and mark.code is MarkCode.INSTITUTION and session.state is not SessionState.CANCELLED:
            days[reason_text(words, sheet, mark.reason_id) or words.say(say.NO_REASON)].append(session.day)
    return [
        words.say(say.INSTITUTION, sign=words.excused, days=words.days(tuple(dict.fromkeys(when))), reason=reason)
        for reason, when in days.items()
    ]


def reason_text(words: PaperWords, sheet: MonthSheet, reason_id: int | None) -> str:
    """The wording of a reason, or ``""`` while none was given."""
    names = sheet.reasons.get(reason_id or 0)
    return words.pick(names) if names else ""


def state_line(words: PaperWords, sheet: MonthSheet) -> str:
    """Number, day of issue, what it corrects, and the signature."""
    if sheet.state is SheetState.OPEN:
        return words.say(say.NOT_ISSUED)
    said = [words.say(say.ISSUED, number=sheet_number(words, sheet, sheet.number), day=words.day(sheet.made_on))]
    if sheet.corrects:
        said.append(words.say(say.CORRECTS, number=sheet_number(words, sheet, sheet.corrects)))
    if sheet.signed_on is not None:
        said.append(words.say(say.SIGNED, day=words.day(sheet.signed_on), who=clean_text(sheet.signed_by)))
    return " · ".join(said)


def short_state(words: PaperWords, sheet: MonthSheet) -> str:
    """The state as the summary of a prison's month says it."""
    return words.say(say.DRAFT) if sheet.draft else state_line(words, sheet)


def sheet_number(words: PaperWords, sheet: MonthSheet, number: int) -> str:
    """The number with the letter of the laptop's series, such as ``A-1``."""
    return f"{sheet.series}-{words.number(number)}" if sheet.series else words.number(number)


def class_and_month(words: PaperWords, sheet: MonthSheet) -> str:
    """Such as ``SR-MOTO-26 · November 2026``, for the edge of every page."""
    month = sheet.register.month
    return f"{clean_text(sheet.register.group.code)} · {words.month_name(month)} {words.number(month.year)}"


def number_and_code(words: PaperWords, sheet: MonthSheet) -> str:
    """Such as ``A-1 · 9F3C21AB``, for the edge of every page; ``""`` before the list is issued."""
    return f"{sheet_number(words, sheet, sheet.number)} · {sheet.code}" if sheet.number else ""


def draft_lines(words: PaperWords, sheet: MonthSheet) -> list[str]:
    """What is missing, with class and days; empty when the list is complete."""
    if not sheet.draft:
        return []
    code = clean_text(sheet.register.group.code)
    said = []
    if sheet.unmarked_days:
        said.append(words.say(say.DRAFT_UNMARKED, code=code, days=words.days(sheet.unmarked_days)))
    if to_come := days_to_come(sheet.register, sheet.made_on):
        said.append(words.say(say.DRAFT_TO_COME, code=code, days=words.days(to_come)))
    return said


def notes(words: PaperWords, sheet: MonthSheet, signs: set[str]) -> list[str]:
    """The lines under the list.

    Args:
        words: of the paper.
        sheet: the class-month.
        signs: what the cells show, so that only those are explained.
    """
    corrections = correction_lines(words, sheet, DIFFERENCES_SHOWN)
    return [*explanations(words, sheet, signs), *corrections, *code_lines(words, sheet)]


def explanations(words: PaperWords, sheet: MonthSheet, signs: set[str]) -> list[str]:
    """What the signs mean, the holidays, the rule of the percent and how many sessions there were."""
    said = [_legend(words, signs)]
    if sheet.register.holidays:
        named = [
            f"{words.number(day.day)} {words.pick(names)}" for day, names in sorted(sheet.register.holidays.items())
        ]
        said.append(words.say(say.HOLIDAYS, days=", ".join(named)))
    said.append(words.say(say.RULE))
    states = Counter(session.state for session in sheet.register.sessions)
    said.append(words.say(say.CLOSED, held=states[SessionState.HELD], cancelled=states[SessionState.CANCELLED]))
    return said


def code_lines(words: PaperWords, sheet: MonthSheet) -> list[str]:
    """The code of the record with the sentence that explains it; nothing before the list is issued."""
    return [words.say(say.CODE_LINE, code=sheet.code)] if sheet.code else []


def _legend(words: PaperWords, signs: set[str]) -> str:
    explained = (
        (say.UNMARKED_SIGN, say.LEGEND_UNMARKED),
        (say.CANCELLED_SIGN, say.LEGEND_CANCELLED),
        (say.NOT_ENROLLED_SIGN, say.LEGEND_NOT_ENROLLED),
        (say.TO_COME_SIGN, say.LEGEND_TO_COME),
    )
    said = [words.say(say.LEGEND, absent=words.absent, excused=words.excused)]
    said += [words.say(wording, sign=sign) for sign, wording in explained if sign in signs]
    return " · ".join(said)


def correction_lines(words: PaperWords, sheet: MonthSheet, most: int | None = None) -> list[str]:
    """What the list says otherwise than the one it corrects; nothing when it corrects none.

    Args:
        words: of the paper.
        sheet: the class-month.
        most: changes that are named; the others are counted.
    """
    if not sheet.differences:
        return []
    lines = [difference_text(words, each) for each in sheet.differences[:most]]
    if len(lines) < len(sheet.differences):
        lines.append(f"… + {words.number(len(sheet.differences) - len(lines))}")
    heading = words.say(say.CHANGED, number=sheet_number(words, sheet, sheet.corrects))
    return [f"{heading} {' · '.join(lines)}"]


def difference_text(words: PaperWords, difference: SheetDifference) -> str:
    """One change, such as ``16 · SOK DARA: A → E``."""
    subject = clean_text(difference.who) if difference.who else words.say(say.SESSION_WORD)
    day = f"{words.number(difference.day.day)} " if difference.day else ""
    wording = {"mark": _mark_words, "session": _session_words, "learner": _listed_words}[difference.kind]
    change = f"{wording(words, difference.before)} → {wording(words, difference.after)}"
    return labelled(f"{day}{subject}", change, words.language)


def _mark_words(words: PaperWords, text: str) -> str:
    if not text:
        return say.UNMARKED_SIGN
    code, _colon, detail = text.partition(":")
    name = words.mark_name(MarkCode(code))
    return f"{name} {words.number(detail)}" if detail.isdigit() else name


def _session_words(words: PaperWords, text: str) -> str:
    if not text:
        return say.NOT_ENROLLED_SIGN
    state, _colon, detail = text.partition(":")
    return words.say(say.SESSION_STATES[state], minutes=words.number(detail))


def _listed_words(words: PaperWords, text: str) -> str:
    return words.say(say.ON_LIST_WORD) if text else say.NOT_ENROLLED_SIGN


def file_title(sheet: MonthSheet, language: str) -> str:
    """The name of the paper's file without its ending, such as ``absences SR-MOTO-26 2026-11``; no person's name."""
    words = PaperWords(language)
    register = sheet.register
    return file_name(words.say(say.FILE_TITLE, code=register.group.code, month=words.number(register.month)))


def female(sheet: MonthSheet) -> int:
    """How many of the list are female."""
    return sum(row.learner.sex is Sex.FEMALE for row in sheet.rows)
