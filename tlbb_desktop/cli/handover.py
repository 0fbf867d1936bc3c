"""Commands about what leaves the programme: a learner's signed record, and the lists for the Ministry."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tlbb_desktop.cli.dates import parse_day
from tlbb_desktop.cli.frame import CommandSession
from tlbb_desktop.domain.submissions import SUBMISSION_NAMES
from tlbb_desktop.i18n.catalog import LANGUAGES, _, _n

if TYPE_CHECKING:
    from datetime import date

    from tlbb_desktop.domain.submissions import SubmissionLine
    from tlbb_desktop.services.submissions import SubmissionService


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``record`` and ``ministry``."""
    record = commands.add_parser("record", help="a learner's signed training record").add_subparsers(
        required=True, metavar="ACT"
    )
    give = record.add_parser("give", help="write units and hours into a signed file for another laptop")
    take = record.add_parser("take", help="take in such a file for a learner of a class of the same course")
    for act in (give, take):
        act.add_argument("--class", dest="class_code", required=True, metavar="CLASS")
        act.add_argument("person", metavar="CODE", help="code of the learner")
    give.add_argument("--out", required=True, type=Path, metavar="FILE")
    give.set_defaults(run=_give)
    take.add_argument("--file", required=True, type=Path, metavar="FILE")
    take.add_argument("--same-person", action="store_true", help="it is the same person although the names differ")
    take.set_defaults(run=_take)
    ministry = commands.add_parser("ministry", help="certificates for the Ministry").add_subparsers(
        required=True, metavar="ACT"
    )
    listing = ministry.add_parser("list", help="what is to be submitted, with its clock of six months")
    listing.add_argument("--json", action="store_true")
    listing.add_argument("--out", type=Path, metavar="FILE", help="as XLSX")
    listing.add_argument("--lang", dest="paper_language", choices=LANGUAGES)
    listing.set_defaults(run=_list)
    sent = ministry.add_parser("sent", help="certificates went to the Ministry")
    sent.add_argument("--on", required=True, metavar="DATE")
    sent.add_argument("numbers", nargs="+", metavar="NUMBER")
    sent.set_defaults(run=_sent)
    returned = ministry.add_parser("returned", help="a certificate came back signed")
    returned.add_argument("--on", required=True, metavar="DATE")
    returned.add_argument("--as", dest="ministry_number", required=True, metavar="NUMBER", help="the Ministry's number")
    returned.add_argument("number", metavar="NUMBER")
    returned.set_defaults(run=_returned)
    results = ministry.add_parser("results", help="the day of the results, from which the six months run")
    results.add_argument("--on", required=True, metavar="DATE")
    results.add_argument("number", metavar="NUMBER")
    results.set_defaults(run=_results)
    t1 = ministry.add_parser("t1", help="the learners of a class in the shape of TVETMIS form T1, as XLSX")
    t1.add_argument("--class", dest="class_code", required=True, metavar="CLASS")
    t1.add_argument("--out", required=True, type=Path, metavar="FILE")
    t1.add_argument("--reason", required=True, metavar="TEXT", help="who gets the names, and what for; it is kept")
    t1.add_argument("--lang", dest="paper_language", choices=LANGUAGES)
    t1.set_defaults(run=_t1)


def _give(session: CommandSession, options: argparse.Namespace) -> int:
    desk = session.desk()
    class_id = desk.classes.class_named(options.class_code)
    desk.portable_records.give(class_id, desk.people.person_with_code(options.person), options.out)
    session.say(str(options.out))
    return 0


def _take(session: CommandSession, options: argparse.Namespace) -> int:
    desk = session.desk()
    taken = desk.portable_records.take(
        desk.classes.class_named(options.class_code),
        desk.people.person_with_code(options.person),
        options.file,
        although_named=options.same_person,
    )
    count = len(taken.taken)
    session.say(_n("{n} unit taken in.", "{n} units taken in.", count).format(n=count))
    if taken.unknown:
        session.warn(_("Not taught here: {units}.").format(units=", ".join(taken.unknown)))
    return 0


def _list(session: CommandSession, options: argparse.Namespace) -> int:
    desk = session.desk()
    if options.out:
        session.say(str(desk.submissions.export(options.out, options.paper_language or session.language)))
        return 0
    lines, today = desk.submissions.lines(), desk.office.clock.today()
    if options.json:
        session.print_json([_as_json(line, today) for line in lines])
        return 0
    for line in lines:
        state = _(SUBMISSION_NAMES[line.state])
        session.say(f"{line.number}\t{line.names.shown}\t{line.deadline.isoformat()}\t{state}")
    return 0


def _as_json(line: SubmissionLine, today: date) -> dict[str, Any]:
    return {
        "number": line.number,
        "name": line.names.shown,
        "class": line.class_code,
        "course": line.course_code,
        "hours": line.hours,
        "results_on": line.results_on.isoformat(),
        "deadline": line.deadline.isoformat(),
        "days_left": line.days_left(today),
        "state": str(line.state),
        "sent_on": line.sent_on.isoformat() if line.sent_on else None,
        "returned_on": line.returned_on.isoformat() if line.returned_on else None,
        "ministry_number": line.ministry_number or None,
    }


def _versions(submissions: SubmissionService) -> dict[str, int]:
    return {line.number: line.version for line in submissions.lines()}


def _sent(session: CommandSession, options: argparse.Namespace) -> int:
    submissions = session.desk().submissions
    submissions.note_sent(options.numbers, parse_day(options.on), _versions(submissions))
    return 0


def _returned(session: CommandSession, options: argparse.Namespace) -> int:
    submissions = session.desk().submissions
    seen = _versions(submissions).get(options.number)
    submissions.note_returned(options.number, parse_day(options.on), options.ministry_number, seen)
    return 0


def _results(session: CommandSession, options: argparse.Namespace) -> int:
    submissions = session.desk().submissions
    submissions.note_results(options.number, parse_day(options.on), _versions(submissions).get(options.number))
    return 0


def _t1(session: CommandSession, options: argparse.Namespace) -> int:
    desk = session.desk()
    class_id = desk.classes.class_named(options.class_code)
    language = options.paper_language or session.language
    session.say(str(desk.submissions.export_t1(class_id, options.out, language, options.reason)))
    return 0
