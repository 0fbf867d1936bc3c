"""Commands about bench sheets: print one, and take in what was written on it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tlbb_desktop.cli.dates import parse_day
from tlbb_desktop.cli.frame import CommandSession
from tlbb_desktop.cli.papers import tell_missing
from tlbb_desktop.domain.class_papers import PAPER_LANGUAGES
from tlbb_desktop.domain.errors import NotFound, UsageError
from tlbb_desktop.i18n.catalog import _, _n
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import to_ascii_digits
from tlbb_desktop.security.permissions import Action

if TYPE_CHECKING:
    from tlbb_desktop.domain.attendance import MarkCode
    from tlbb_desktop.domain.bench_sheets import BenchException, BenchSheet
    from tlbb_desktop.wiring import Desk

_ABSENT: Final = "absent"
_NOT_YET: Final = "not-yet"


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``bench``."""
    acts = commands.add_parser("bench", help="bench sheets").add_subparsers(required=True, metavar="ACT")
    printed = acts.add_parser("print", help="the sheet of a class and a unit, to be filled by hand")
    printed.add_argument("--class", dest="class_code", required=True, metavar="CLASS")
    printed.add_argument("--unit", required=True, metavar="UNIT")
    printed.add_argument("--on", metavar="DATE", help="whose list; today when left out")
    printed.add_argument("--lang", dest="paper_language", choices=PAPER_LANGUAGES)
    printed.add_argument("--out", required=True, type=Path, metavar="FILE")
    printed.set_defaults(run=_print)
    enter = acts.add_parser(
        "enter", help="take in a filled sheet: everybody on it was competent, but for the exceptions"
    )
    enter.add_argument("code", metavar="CODE", help="that stands on the sheet")
    enter.add_argument("--date", required=True, metavar="DATE", help="day of the practical")
    enter.add_argument(
        "--except",
        dest="exceptions",
        nargs="+",
        action="extend",
        default=[],
        metavar="CODE=WHAT",
        help="numbers of criteria that were not ticked, such as 0001=2,5; not-yet; or absent",
    )
    enter.set_defaults(run=_enter)


def _print(session: CommandSession, options: argparse.Namespace) -> int:
    desk = session.dated_desk()
    class_id = desk.classes.class_named(options.class_code)
    unit = desk.assessment.unit_named(class_id, options.unit)
    day = parse_day(options.on) if options.on else desk.office.clock.today()
    language = options.paper_language or session.language
    tell_missing(session, desk.bench_sheets.save(class_id, unit.id or 0, day, language, options.out))
    session.say(str(options.out))
    return 0


def _enter(session: CommandSession, options: argparse.Namespace) -> int:
    from tlbb_desktop.domain.attendance import MARK_NAMES
    from tlbb_desktop.domain.bench_sheets import BenchException

    desk = session.dated_desk()
    class_id, unit_id = desk.bench_sheets.with_code(options.code)
    sheet = desk.bench_sheets.sheet(class_id, unit_id, parse_day(options.date))
    exceptions = dict(_exception(sheet, text) for text in options.exceptions)
    if len(exceptions) != len(options.exceptions):
        raise UsageError(N_("A learner is named twice."))
    away = _away(desk, sheet)
    for learner in sheet.learners:
        if learner.person_id in away and learner.person_id not in exceptions:
            told = _("{code} was not there by the register ({mark}) and is left out.")
            session.say(told.format(code=learner.code, mark=_(MARK_NAMES[away[learner.person_id]])))
    exceptions = {**dict.fromkeys(away, BenchException(absent=True)), **exceptions}
    count = len(desk.bench_sheets.enter(sheet, exceptions).cells)
    session.say(_n("{n} attempt recorded.", "{n} attempts recorded.", count).format(n=count))
    return 0


def _away(desk: Desk, sheet: BenchSheet) -> dict[int, MarkCode]:
    """Whoever is on the sheet and was away on its day, as far as the reader may see the register."""
    if not desk.office.may(Action.SHEET_READ, sheet.group.prison_id):
        return {}
    on_sheet = {learner.person_id for learner in sheet.learners}
    return {
        person: mark for person, mark in desk.attendance.away(sheet.group.id, sheet.day).items() if person in on_sheet
    }


def _exception(sheet: BenchSheet, text: str) -> tuple[int, BenchException]:
    from tlbb_desktop.domain.bench_sheets import BenchException

    code, equals, said = text.partition("=")
    learner = next((each for each in sheet.learners if each.code == code.strip()), None)
    word = to_ascii_digits(said).strip().lower()
    numbers = [part.strip() for part in word.split(",")]
    if not equals or not (word in {_ABSENT, _NOT_YET} or all(each.isascii() and each.isdigit() for each in numbers)):
        raise UsageError(
            N_("{text} is no exception. Write the numbers not ticked, such as 0001=2,5, or not-yet, or absent."),
            text=text,
        )
    if learner is None:
        raise NotFound(N_("Nobody with the code {code} is on the list of that day."), code=code)
    if word in {_ABSENT, _NOT_YET}:
        return learner.person_id, BenchException(absent=word == _ABSENT, not_yet=word == _NOT_YET)
    return learner.person_id, BenchException(frozenset(map(int, numbers)))
