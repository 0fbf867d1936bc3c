"""The words of Today."""

from __future__ import annotations

from tlbb_desktop.domain.assessment import KIND_NAMES, OUTCOME_NAMES, LastAttempt
from tlbb_desktop.domain.attendance import MARK_NAMES, UNMARKED_NAME, SessionState
from tlbb_desktop.domain.questions import GuestRow, OpenQuestion
from tlbb_desktop.domain.register import LastMark, SheetState
from tlbb_desktop.domain.sheet_rules import SheetLine
from tlbb_desktop.domain.today import ApprovalLine, SiteLine, TodaySession
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _, _n, _p, language
from tlbb_desktop.i18n.days import WEEKDAY_NAMES, day_text, digits, moment_text, time_text
from tlbb_desktop.qt.icons import IconRole

Sign = tuple[str, IconRole]


def in_reader(khmer: str, english: str) -> str:
    """The wording of data that carries both languages."""
    first, second = (khmer, english) if language() == catalog.KHMER else (english, khmer)
    return first or second


def session_words(session: TodaySession) -> str:
    """Times and course of a session."""
    course = in_reader(session.course_km, session.course_en)
    return f"{time_text(session.starts)}–{time_text(session.ends)}   {course}"


def session_caption(session: TodaySession) -> str:
    """Code and headcount; that it was cancelled."""
    heads = _n("{n} learner", "{n} learners", session.learners).format(n=digits(session.learners))
    female = _("female {n}").format(n=digits(session.female))
    words = f"{session.class_code} · {heads} ({female})"
    return " · ".join((words, _p("session", "cancelled"))) if session.state is SessionState.CANCELLED else words


def session_sign(session: TodaySession) -> Sign:
    """Icon of a session; its words stand beside it."""
    if session.state is SessionState.CANCELLED:
        return "ban", "muted"
    return ("check", "success") if session.complete else ("clock", "accent")


def marked_words(session: TodaySession) -> str:
    """Such as ``Register 1/25``."""
    marked = digits(f"{session.marked}/{session.learners}")
    return _("Register {marked}").format(marked=marked)


def past_words(session: TodaySession) -> str:
    """An earlier session in which marks are missing."""
    course = in_reader(session.course_km, session.course_en)
    return f"{_(WEEKDAY_NAMES[session.day.weekday()])} {day_text(session.day)} · {course}"


def past_caption(session: TodaySession) -> str:
    """How many marks are missing there."""
    missing = session.learners - session.marked
    words = _n("{n} mark missing", "{n} marks missing", missing).format(n=digits(missing))
    return f"{session.class_code} · {words}"


def last_mark_words(mark: LastMark) -> str:
    """The first line after an unexpected stop."""
    name = _(MARK_NAMES[mark.code]) if mark.code is not None else _(UNMARKED_NAME)
    return _("The program stopped unexpectedly. The last mark is kept: {name}, {mark}, {day}, entered {at}.").format(
        name=mark.shown_name, mark=name, day=day_text(mark.session_day), at=moment_text(mark.at)
    )


def last_attempt_words(last: LastAttempt) -> str:
    """The first line after an unexpected stop, where the last thing kept is an attempt."""
    came_to = OUTCOME_NAMES[last.basis][last.outcome] if last.outcome is not None else KIND_NAMES[last.kind]
    return _(
        "The program stopped unexpectedly. The last result is kept: {name}, {unit} {result}, {day}, entered {at}."
    ).format(
        name=last.shown_name, unit=last.unit_code, result=_(came_to), day=day_text(last.day), at=moment_text(last.at)
    )


def sheet_words(line: SheetLine) -> str:
    """A class's sheet: course and code."""
    return f"{in_reader(line.course_km, line.course_en)} · {line.class_code}"


def sheet_caption(line: SheetLine) -> str:
    """Sessions marked of those of the month, and how far the sheet is."""
    count = _("{marked} of {all} sessions marked").format(
        marked=digits(line.marked), all=digits(line.sessions + line.to_come)
    )
    return f"{count} · {sheet_state(line)}"


def sheet_state(line: SheetLine) -> str:
    """How far the sheet is."""
    if line.changed:
        return _("changed after it was issued")
    if line.state is SheetState.SIGNED:
        return _("signed")
    if line.state is SheetState.ISSUED:
        return _("issued, not signed yet")
    return _("ready to be issued") if line.complete else _("not complete yet")


def sheet_sign(line: SheetLine) -> Sign:
    """Icon of a sheet."""
    if line.changed:
        return "triangle-alert", "warning"
    if line.state is SheetState.SIGNED:
        return "badge-check", "success"
    return ("circle-check", "success") if line.complete else ("hourglass", "muted")


def question_words(question: OpenQuestion) -> str:
    """What is asked about whom."""
    return _("Is {name} gone?").format(name=question.shown_name)


def question_caption(question: OpenQuestion) -> str:
    """Who asked when, from which class."""
    asked = _("{name} asked on {day}").format(name=question.asked_by, day=day_text(question.asked_at.date()))
    return " · ".join(part for part in (question.code, question.class_code, asked, question.text) if part)


def guest_words(guest: GuestRow) -> str:
    """Somebody who is not on the list."""
    return _("Who is {name}?").format(name=guest.shown_name)


def guest_caption(guest: GuestRow) -> str:
    """Where and when, and how many marks wait."""
    marks = _n("{n} mark", "{n} marks", guest.marks).format(n=digits(guest.marks))
    days = ", ".join(day_text(day) for day in guest.days[:5])
    return " · ".join(part for part in (guest.class_code, days, marks, guest.note) if part)


def approval_words(line: ApprovalLine) -> str:
    """How many certificates of a class wait."""
    waiting = _n("{n} certificate waits for approval", "{n} certificates wait for approval", line.count)
    return waiting.format(n=digits(line.count))


def approval_caption(line: ApprovalLine) -> str:
    """The class that they are for."""
    return f"{line.class_code} · {in_reader(line.course_km, line.course_en)}"


def site_words(site: SiteLine) -> str:
    """A site with its code."""
    return f"{site.code} · {in_reader(site.name_km, site.name_en)}"


def site_caption(site: SiteLine) -> str:
    """Its classes and the last day with a mark."""
    classes = _n("{n} class", "{n} classes", site.classes).format(n=digits(site.classes))
    if site.last_mark_on is None:
        return " · ".join((classes, _("nothing marked yet")))
    return " · ".join((classes, _("last marked day {day}").format(day=day_text(site.last_mark_on))))
