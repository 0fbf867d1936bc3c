"""Commands about cases: the history of earlier years, and papers."""

from __future__ import annotations

import argparse
from pathlib import Path

from tlbb_desktop.cli.frame import CommandSession
from tlbb_desktop.cli.papers import tell_missing
from tlbb_desktop.domain.case_papers import CasePaper, PrintReason
from tlbb_desktop.domain.class_papers import PAPER_LANGUAGES
from tlbb_desktop.i18n.catalog import _, _n
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.services.whole_file import require_place


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``case``."""
    acts = commands.add_parser("case", help="cases").add_subparsers(required=True, metavar="ACT")
    take = acts.add_parser(
        "import",
        help="take in releases of earlier years (XLSX, XLS, ODS, CSV): code, released, completed, event, event_level,"
        " known_until",
    )
    take.add_argument("file", type=Path, metavar="FILE")
    take.set_defaults(run=_import)
    printed = acts.add_parser("print", help="a paper of somebody's case as PDF")
    printed.add_argument("code", metavar="CODE")
    printed.add_argument("--what", required=True, choices=[paper.value for paper in CasePaper])
    printed.add_argument("--lang", dest="paper_language", choices=PAPER_LANGUAGES, help="language of the paper")
    printed.add_argument("--out", required=True, type=Path, metavar="FILE")
    printed.add_argument(
        "--reason", choices=[reason.value for reason in PrintReason], help="kept in the audit; the last one without it"
    )
    printed.set_defaults(run=_print)


def _print(session: CommandSession, options: argparse.Namespace) -> int:
    require_place(options.out)
    desk = session.dated_desk()
    service = desk.case_papers
    reason = PrintReason(options.reason) if options.reason else service.last_reason()
    case_id = service.case_with_code(options.code)
    language = options.paper_language or session.language
    paper = service.save(case_id, CasePaper(options.what), language, reason, options.out)
    tell_missing(session, paper)
    session.say(str(options.out))
    return 0


def _import(session: CommandSession, options: argparse.Namespace) -> int:
    service = session.desk().case_history
    table = service.read(options.file)
    taken = service.take(table.lines)
    session.say(_n("{n} release taken in.", "{n} releases taken in.", taken.releases).format(n=taken.releases))
    if taken.events:
        session.say(_n("{n} event taken in.", "{n} events taken in.", taken.events).format(n=taken.events))
    if taken.code_only:
        count = len(taken.code_only)
        session.say(
            _n(
                "{n} code was not on record: it is a record of the history now, with its code only.",
                "{n} codes were not on record: they are records of the history now, with their codes only.",
                count,
            ).format(n=count)
        )
    if taken.known_already:
        count = taken.known_already
        session.say(_n("{n} line said nothing new.", "{n} lines said nothing new.", count).format(n=count))
    for line in taken.same_day:
        session.warn(f"{line.number}\t{line.code}\t" + _("The event is on the day of release: it never counts."))
    if table.refused:
        count = len(table.refused)
        session.warn(_n("{n} line refused:", "{n} lines refused:", count).format(n=count))
    for refused in table.refused:
        session.warn(f"{refused.number}\t{refused.code}\t{explain(refused.why)}")
    return 0
