"""Commands about the work to come: the work list, and who leaves soon."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tlbb_desktop.cli.frame import CommandSession
from tlbb_desktop.cli.papers import tell_missing
from tlbb_desktop.domain.class_papers import PAPER_LANGUAGES
from tlbb_desktop.domain.errors import UsageError
from tlbb_desktop.i18n.days import day_text
from tlbb_desktop.i18n.marks import N_

if TYPE_CHECKING:
    from tlbb_desktop.domain.release_plans import LeavingLine
    from tlbb_desktop.domain.work_list import WorkLine, WorkList


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``worklist`` and ``release list``."""
    worklist = commands.add_parser("worklist", help="what is overdue, due today and this week")
    worklist.add_argument("--mine", action="store_true", help="only cases that you are responsible for")
    worklist.add_argument("--json", action="store_true")
    worklist.set_defaults(run=_worklist)
    release = commands.add_parser("release", help="who leaves").add_subparsers(required=True, metavar="WHAT")
    leaving = release.add_parser("list", help="who leaves within some days, and how ready they are")
    leaving.add_argument("--within", type=int, default=90, metavar="DAYS")
    leaving.add_argument("--gate", action="store_true", help="names and days only, for the gate")
    leaving.add_argument("--json", action="store_true")
    leaving.add_argument("--out", type=Path, metavar="FILE", help="with --gate: the list as PDF")
    leaving.add_argument("--lang", dest="paper_language", choices=PAPER_LANGUAGES)
    leaving.set_defaults(run=_release_list)


def _worklist(session: CommandSession, options: argparse.Namespace) -> int:
    page = session.desk().work_list.page(mine=True if options.mine else None)
    if options.json:
        session.print_json(work_list_as_json(page))
        return 0
    for name, lines in (("overdue", page.overdue), ("today", page.today), ("week", page.week)):
        for line in lines:
            session.say(f"{name}\t{day_text(line.due_on)}\t{line.kind}\t{line.code}\t{line.shown_name}\t{line.title}")
    for waiting in page.approvals:
        session.say(f"approval\t\t{waiting.paper}\t{waiting.code}\t\t{waiting.number}")
    return 0


def work_list_as_json(page: WorkList) -> dict[str, Any]:
    """The work list for a program; kinds as in ``domain.work_list.WorkKind``."""
    return {
        "day": page.day.isoformat(),
        "counts": page.counts,
        "overdue": [_line_as_json(line) for line in page.overdue],
        "today": [_line_as_json(line) for line in page.today],
        "week": [_line_as_json(line) for line in page.week],
        "approvals": [
            {
                "paper": str(each.paper),
                "code": each.code,
                "number": each.number,
                "proposed_at": each.proposed_at.isoformat(),
            }
            for each in page.approvals
        ],
        "certificates": [{"class": each.class_code, "count": each.count} for each in page.certificates],
    }


def _line_as_json(line: WorkLine) -> dict[str, Any]:
    return {
        "kind": str(line.kind),
        "due": line.due_on.isoformat(),
        "code": line.code,
        "name": line.shown_name,
        "prison": line.prison,
        "title": line.title,
        "restricted": line.restricted,
        "worker": line.worker,
    }


def _release_list(session: CommandSession, options: argparse.Namespace) -> int:
    if options.within < 0:
        raise UsageError(N_("The days ahead are 0 or more."))
    if options.out is not None and not options.gate:
        raise UsageError(N_("Only the list for the gate is written to a file: add --gate."))
    lists = session.desk().release_lists
    if options.out is not None:
        paper = lists.save_gate_paper(options.paper_language or session.language, options.out, options.within)
        tell_missing(session, paper)
        session.say(str(options.out))
        return 0
    lines = lists.gate_list(options.within) if options.gate else lists.leaving(options.within)
    if options.json:
        session.print_json([_leaving_as_json(line, gate=options.gate) for line in lines])
        return 0
    for line in lines:
        percent = "" if options.gate or line.readiness.percent is None else f"{line.readiness.percent}"
        light = "" if options.gate else str(line.light)
        session.say(
            f"{line.code}\t{line.shown_name}\t{line.prison}\t{day_text(line.planned_on)}\t{line.days_left}"
            f"\t{light}\t{percent}"
        )
    return 0


def _leaving_as_json(line: LeavingLine, *, gate: bool) -> dict[str, Any]:
    """Somebody who leaves; ``readiness`` is a count without any title, ``own_items`` are the reader's own."""
    known: dict[str, Any] = {
        "code": line.code,
        "name": line.shown_name,
        "prison": line.prison,
        "official": line.official_on.isoformat(),
        "planned": line.planned_on.isoformat(),
        "days_left": line.days_left,
    }
    if gate:
        return known
    counts = line.readiness
    return known | {
        "plan": line.plan_id is not None,
        "approved": line.approved,
        "light": str(line.light),
        "readiness": {
            "percent": counts.percent,
            "items": counts.items,
            "done": counts.done,
            "critical": counts.critical,
            "critical_done": counts.critical_done,
        },
        "own_items": [
            {
                "item": each.form.key or each.form.title,
                "critical": each.form.critical,
                "status": str(each.form.status),
                "due": each.form.due_on.isoformat() if each.form.due_on else None,
            }
            for each in line.own_items
        ],
        "worker": line.worker,
    }
