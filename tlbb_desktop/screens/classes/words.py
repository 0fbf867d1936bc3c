"""The words of the classes: a course, a week, a session, whom a class has."""

from __future__ import annotations

from datetime import date, time

from tlbb_desktop.domain.attendance import Reason, SessionRow, SessionState
from tlbb_desktop.domain.classes import ClassRow, Course, Enrolment, TimetableSlot
from tlbb_desktop.domain.curricula import Unit
from tlbb_desktop.domain.people import PersonRow, Prison
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _, _n, _p, language
from tlbb_desktop.i18n.days import WEEKDAYS_SHORT, day_text, digits, time_text
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.qt.icons import IconRole
from tlbb_desktop.qt.paged_table import TRAILING, Column

STATE_NAMES = {
    SessionState.PLANNED: Np_("a class session", "Planned"),
    SessionState.HELD: Np_("a class session", "Held"),
    SessionState.CANCELLED: Np_("a class session", "Cancelled"),
}
STATE_SIGNS: dict[SessionState, tuple[str, IconRole]] = {
    SessionState.PLANNED: ("calendar", "muted"),
    SessionState.HELD: ("check", "success"),
    SessionState.CANCELLED: ("ban", "warning"),
}
CLASS_KEYS = (
    ("Enter", N_("Open the class")),
    ("N", N_("New class")),
    ("/", N_("Find a class")),
    ("Ctrl+S", N_("Save the form")),
)


def in_reader(khmer: str, english: str) -> str:
    """The wording of data that carries both languages."""
    first, second = (khmer, english) if language() == catalog.KHMER else (english, khmer)
    return first or second


def course_words(row: ClassRow | Course) -> str:
    """The title of a course."""
    if isinstance(row, ClassRow):
        return in_reader(row.course_km, row.course_en)
    return in_reader(row.name_km, row.name_en)


def prison_words(prison: Prison) -> str:
    """A site with its code."""
    return f"{prison.code} · {in_reader(prison.name_km, prison.name_en)}"


def headcount(row: ClassRow) -> str:
    """Learners, of whom female."""
    heads = _n("{n} learner", "{n} learners", row.learners).format(n=digits(row.learners))
    return f"{heads} ({_of_whom(row.female)})"


def _of_whom(female: int) -> str:
    return _("female {n}").format(n=digits(female))


def span(first: date, last: date) -> str:
    """Such as ``01/10/2026 – 30/11/2026``."""
    return f"{day_text(first)} – {day_text(last)}"


def times(starts: time, ends: time) -> str:
    """Such as ``08:00–11:00``."""
    return f"{time_text(starts)}–{time_text(ends)}"


def week_words(slots: tuple[TimetableSlot, ...]) -> str:
    """A timetable, such as ``Mon Tue 08:00–11:00 · Fri 14:00–16:00``."""
    by_time: dict[tuple[time, time], list[str]] = {}
    for slot in slots:
        by_time.setdefault((slot.starts, slot.ends), []).append(_(WEEKDAYS_SHORT[slot.weekday]))
    return " · ".join(f"{' '.join(days)} {times(*when)}" for when, days in by_time.items())


CLASS_COLUMNS: tuple[Column[ClassRow], ...] = (
    Column("code", N_("Class"), lambda row: row.code),
    Column("course", N_("Course"), course_words),
    Column("prison", N_("Prison"), lambda row: row.prison),
    Column("trainer", Np_("role", "Trainer"), lambda row: row.trainer),
    Column("learners", N_("Learners"), lambda row: digits(row.learners), TRAILING),
    Column("female", Np_("of whom", "Female"), lambda row: digits(row.female), TRAILING),
    Column("dates", N_("First and last day"), lambda row: span(row.starts_on, row.ends_on)),
)
COURSE_COLUMN = 1

LEARNER_COLUMNS: tuple[Column[Enrolment], ...] = (
    Column("number", Np_("number on a list", "No."), lambda row: digits(row.list_number or ""), TRAILING),
    Column("name", N_("Name"), lambda row: row.shown_name),
    Column("code", Np_("of a person", "Code"), lambda row: row.code),
    Column("from", Np_("a day", "From"), lambda row: day_text(row.starts_on)),
    Column("until", Np_("a day", "Until"), lambda row: day_text(row.ends_on) if row.ends_on else ""),
)
NAME_COLUMN = 1


def person_words(person: PersonRow) -> str:
    """Somebody to enrol: names in both scripts, nickname, code."""
    names = person.names
    both = " · ".join(part for part in (names.khmer, names.latin) if part)
    nickname = f" ({names.nickname})" if names.nickname else ""
    return f"{both}{nickname}   {person.code}"


def session_day(session: SessionRow) -> str:
    """Such as ``Mon 02/11/2026``."""
    return f"{_(WEEKDAYS_SHORT[session.day.weekday()])} {day_text(session.day)}"


def session_words(session: SessionRow, reasons: dict[int, Reason], repaired: dict[int, SessionRow]) -> str:
    """State of a session, why it was cancelled, and which missed one it makes up for."""
    words = _(STATE_NAMES[session.state])
    if session.state is SessionState.CANCELLED and (reason := reasons.get(session.reason_id or 0)):
        words = labelled(words, in_reader(reason.name_km, reason.name_en))
    missed = repaired.get(session.repairs_session_id or 0)
    if missed is not None:
        words = " · ".join((words, _("makes up for {day}").format(day=day_text(missed.day))))
    return words


def unit_now_words(unit: Unit, day: date) -> str:
    """The unit that a class is at."""
    title = in_reader(unit.name_km, unit.name_en)
    return _("At unit {code} {title} from {day}").format(code=unit.code, title=title, day=day_text(day))


def missed_words(session: SessionRow) -> str:
    """A missed session in the list of those that a new one may make up for."""
    when = f"{session_day(session)} {times(session.starts, session.ends)}"
    return _p("a session", "Makes up for {day}").format(day=when)
