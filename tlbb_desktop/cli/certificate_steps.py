"""Commands on the way to a certificate: who has earned one, the manager's approval, a proposal that is withdrawn."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from tlbb_desktop.cli.frame import CommandSession
from tlbb_desktop.domain.certificates import PENDING, CertificateKind, CertificateState
from tlbb_desktop.domain.errors import NotFound
from tlbb_desktop.i18n.catalog import _n
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.i18n.sentences import explain

if TYPE_CHECKING:
    from tlbb_desktop.domain.certificates import CertificateRow, Eligibility
    from tlbb_desktop.domain.register import Learner


def add_steps(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``eligible``, ``approve`` and ``withdraw``."""
    eligible = acts.add_parser("eligible", help="everybody of a class held against the rules of the course")
    eligible.add_argument("--class", dest="class_code", required=True, metavar="CLASS", help="code of the class")
    eligible.add_argument(
        "--kind", choices=[str(kind) for kind in CertificateKind], default=str(CertificateKind.COMPLETION)
    )
    eligible.add_argument("--json", action="store_true")
    eligible.set_defaults(run=_eligible)
    approve = acts.add_parser("approve", help="approve what was proposed for learners of a class")
    withdraw = acts.add_parser("withdraw", help="take back what was proposed for learners of a class")
    for act, run in ((approve, _approve), (withdraw, _withdraw)):
        act.add_argument("--class", dest="class_code", required=True, metavar="CLASS", help="code of the class")
        act.add_argument("people", nargs="+", metavar="CODE", help="codes of learners")
        act.set_defaults(run=run)
    withdraw.add_argument("--reason", required=True, metavar="REASON")


def _eligible(session: CommandSession, options: argparse.Namespace) -> int:
    desk = session.desk()
    found = desk.certificates.eligible(desk.classes.class_named(options.class_code), CertificateKind(options.kind))
    if options.json:
        session.print_json([_as_json(learner, each) for learner, each in found])
        return 0
    for learner, each in found:
        percent = "" if each.percent is None else each.percent
        session.say(f"{learner.code}\t{learner.names.shown}\t{each.hours}\t{percent}\t{'✓' if each.earned else ''}")
        for line in each.missing:
            session.say(f"{learner.code}\t{explain(line)}")
    return 0


def _as_json(learner: Learner, each: Eligibility) -> dict[str, Any]:
    return {
        "code": learner.code,
        "name": learner.names.shown,
        "eligible": each.earned,
        "hours": each.hours,
        "percent": each.percent,
        "rules": [
            {
                "rule": str(line.rule),
                "met": line.met,
                "reached": line.reached,
                "needed": line.needed,
                "missing": list(line.missing),
            }
            for line in each.lines
        ],
        "missing": [{"rule": str(line.lack), "sentence": explain(line)} for line in each.missing],
    }


def _approve(session: CommandSession, options: argparse.Namespace) -> int:
    desk = session.desk()
    ids = _waiting(desk.certificates.list(), options, (CertificateState.PROPOSED,))
    desk.certificates.approve(ids)
    session.say(_n("{n} certificate approved.", "{n} certificates approved.", len(ids)).format(n=len(ids)))
    return 0


def _withdraw(session: CommandSession, options: argparse.Namespace) -> int:
    desk = session.desk()
    ids = _waiting(desk.certificates.proposals(), options, PENDING)
    desk.certificates.withdraw(ids, options.reason)
    session.say(_n("{n} proposal withdrawn.", "{n} proposals withdrawn.", len(ids)).format(n=len(ids)))
    return 0


def _waiting(
    rows: Iterable[CertificateRow], options: argparse.Namespace, states: Sequence[CertificateState]
) -> list[int]:
    """The certificates of these learners of the class that are in one of *states*, in the order of the codes."""
    waiting = {
        row.person_code: row.id for row in rows if row.class_code == options.class_code.strip() and row.state in states
    }
    if unknown := [code for code in options.people if code not in waiting]:
        raise NotFound(N_("Nothing is proposed for {people} in this class."), people=tuple(unknown))
    return [waiting[code] for code in dict.fromkeys(options.people)]
