"""Commands about attendance: mark, import, summary; the sheet is exported by ``cli.sheets``."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from tlbb_desktop.cli.dates import parse_day
from tlbb_desktop.cli.frame import CommandSession
from tlbb_desktop.cli.sheets import add_export
from tlbb_desktop.domain.attendance import MarkCode, ReasonUse, SessionRow, Tally
from tlbb_desktop.domain.errors import NotFound, Refused, UsageError
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.register import Learner, SetMark
from tlbb_desktop.domain.timetables import parse_times
from tlbb_desktop.i18n.catalog import _, _n
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.khmer import to_ascii_digits
from tlbb_desktop.services.whole_file import require_place

_CLEAR = "clear"
_REASON_OF = {MarkCode.EXCUSED: ReasonUse.EXCUSED, MarkCode.INSTITUTION: ReasonUse.INSTITUTION}
_WITH_MINUTES = (MarkCode.LATE, MarkCode.LEFT_EARLY)


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``attendance``."""
    acts = commands.add_parser("attendance", help="registers").add_subparsers(required=True, metavar="ACT")
    mark = acts.add_parser("mark", help="mark people in the session of a day")
    mark.add_argument("code", metavar="CLASS")
    mark.add_argument("--date", required=True, metavar="DATE")
    mark.add_argument("--time", metavar="TIMES", help="such as 08:00-11:00, where the day has several sessions")
    mark.add_argument(
        "marks",
        nargs="+",
        metavar="CODE=MARK",
        help="present, absent, excused[:REASON], late[:MINUTES], left[:MINUTES], institution[:REASON] or clear",
    )
    mark.set_defaults(run=_mark)
    take = acts.add_parser("import", help="take in a month's absence list (XLSX, XLS, ODS, CSV)")
    take.add_argument("code", metavar="CLASS")
    take.add_argument("file", type=Path, metavar="FILE")
    take.add_argument("--refused", type=Path, metavar="FILE", help="where the cells left out go (CSV)")
    take.set_defaults(run=_import)
    summary = acts.add_parser("summary", help="totals and percent of a month")
    summary.add_argument("code", metavar="CLASS")
    summary.add_argument("--month", required=True, metavar="MONTH", help="such as 2026-10")
    summary.add_argument("--json", action="store_true")
    summary.set_defaults(run=_summary)
    add_export(acts)


def _mark(session: CommandSession, options: argparse.Namespace) -> int:
    attendance = session.dated_desk().attendance
    class_id = session.desk().classes.class_named(options.code)
    day = parse_day(options.date)
    register = attendance.register(class_id, Month.of(day))
    lesson = _session_of_day(register.sessions, day, options.time)
    wishes = [_wish(session, lesson, register.learners, text) for text in options.marks]
    marked = attendance.mark(class_id, wishes, kind="command line")
    count = len(marked.cells)
    session.say(_n("{n} mark saved.", "{n} marks saved.", count).format(n=count))
    return 0


def _session_of_day(sessions: tuple[SessionRow, ...], day: date, times: str | None) -> SessionRow:
    """The session of *day*, by its planned times where there are several."""
    found = [one for one in sessions if one.day == day]
    if times is not None:
        wanted = parse_times(times)
        found = [one for one in found if (one.starts, one.ends) == wanted]
    if not found:
        raise Refused(N_("The class has no session on {day}."), day=day)
    if len(found) > 1:
        planned = ", ".join(f"{one.starts:%H:%M}-{one.ends:%H:%M}" for one in found)
        raise UsageError(N_("{day} has several sessions; choose one with --time: {planned}."), day=day, planned=planned)
    return found[0]


def _wish(session: CommandSession, lesson: SessionRow, learners: tuple[Learner, ...], text: str) -> SetMark:
    """Read ``CODE=late:15``."""
    code, equals, said = text.partition("=")
    learner = next((one for one in learners if one.code == code.strip()), None)
    if not equals:
        raise UsageError(N_("{text} is not a mark. A mark is written like 2026-0001=present."), text=text)
    if learner is None:
        raise NotFound(N_("Nobody with the code {code} is in this class in that month."), code=code)
    word, _colon, more = said.partition(":")
    if word.strip().lower() == _CLEAR:
        return SetMark(lesson.id, learner.person_id, None)
    mark = _mark_code(word, text)
    return SetMark(
        lesson.id,
        learner.person_id,
        mark,
        reason_id=_reason(session, mark, more, text),
        minutes=_minutes(mark, more, text),
    )


def _mark_code(word: str, text: str) -> MarkCode:
    try:
        return MarkCode(word.strip().lower())
    except ValueError as error:
        raise UsageError(
            N_("{text}: the marks are present, absent, excused, late, left, institution and clear."), text=text
        ) from error


def _reason(session: CommandSession, mark: MarkCode, more: str, text: str) -> int | None:
    use = _REASON_OF.get(mark)
    if more and use is None and mark not in _WITH_MINUTES:
        raise UsageError(N_("{text}: this mark stands alone."), text=text)
    return session.desk().attendance.reason_named(use, more) if use and more.strip() else None


def _minutes(mark: MarkCode, more: str, text: str) -> int:
    if mark not in _WITH_MINUTES or not more.strip():
        return 0
    digits = to_ascii_digits(more).strip()
    if not (digits.isascii() and digits.isdigit() and int(digits)):
        raise UsageError(N_("{text}: minutes are a number such as 15."), text=text)
    return int(digits)


def _import(session: CommandSession, options: argparse.Namespace) -> int:
    if options.refused:
        require_place(options.refused)
    service = session.dated_desk().attendance_import
    taken = service.take(service.read(session.desk().classes.class_named(options.code), options.file))
    marks, left = len(taken.marked.cells), len(taken.refused)
    session.say(_n("{n} mark taken.", "{n} marks taken.", marks).format(n=marks))
    if options.refused:
        service.write_refused(taken, options.refused, session.language)
    if left:
        session.warn(_n("{n} cell refused:", "{n} cells refused:", left).format(n=left))
    for one in taken.refused:
        session.warn(f"{one.cell}\t{one.code or one.name}\t{one.day or ''}\t{explain(one.why)}")
    return 0


def _summary(session: CommandSession, options: argparse.Namespace) -> int:
    class_id = session.desk().classes.class_named(options.code)
    summary = session.desk().attendance.summary(class_id, Month.parse(options.month))
    if options.json:
        session.print_json([_figures(learner, tally) for learner, tally in summary])
        return 0
    for learner, tally in summary:
        percent = "" if tally.percent is None else f"{tally.percent:.1f}"
        session.say(f"{learner.code}\t{learner.names.shown}\t{tally.absent}\t{tally.excused}\t{percent}")
    if not summary:
        session.warn(_("Nobody is enrolled in this month."))
    return 0


def _figures(learner: Learner, tally: Tally) -> dict[str, object]:
    """One line of the summary for a program; those who left early count in ``held`` and in the minutes only."""
    counted = ("held", "present", "late", "excused", "absent", "institution", "unmarked")
    minutes = ("minutes_due", "minutes_attended", "percent")
    return {"code": learner.code, **{name: getattr(tally, name) for name in (*counted, *minutes)}}
