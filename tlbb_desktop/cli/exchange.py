"""Commands about the other laptops of the programme: invite, join, send, take in, decide."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tlbb_desktop.cli.frame import CommandSession
from tlbb_desktop.domain.exchange import Decision
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.i18n.catalog import _, _n
from tlbb_desktop.services.exchange_words import about_text, taken_lines, until_text, value_text, what_text

if TYPE_CHECKING:
    from tlbb_desktop.domain.exchange import Conflict, LaptopStanding, Side, TakenIn


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``exchange``."""
    acts = commands.add_parser("exchange", help="bundles between the laptops of a programme").add_subparsers(
        required=True, metavar="ACT"
    )
    _add_bundles(acts)
    _add_conflicts(acts)
    _add_laptops(acts)


def _add_bundles(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    export = acts.add_parser("export", help="write the next bundle for a laptop")
    export.add_argument("--to", required=True, metavar="LAPTOP", help="its name, as status lists it")
    export.add_argument("--out", required=True, type=Path, metavar="FILE")
    export.set_defaults(run=_export)
    take = acts.add_parser("import", help="take in a bundle of another laptop")
    take.add_argument("file", type=Path, metavar="FILE")
    take.add_argument("--json", action="store_true")
    take.set_defaults(run=_import)
    status = acts.add_parser("status", help="the laptops, and how far each is")
    status.add_argument("--json", action="store_true")
    status.set_defaults(run=_status)


def _add_conflicts(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    conflicts = acts.add_parser("conflicts", help="what was changed on both sides, side by side")
    conflicts.add_argument("--reason", type=ReadReason, choices=tuple(ReadReason), help="shows counselling, too")
    conflicts.add_argument("--json", action="store_true")
    conflicts.set_defaults(run=_conflicts)
    decide = acts.add_parser("decide", help="let one of the two values stand")
    decide.add_argument("number", type=int, metavar="N", help="as conflicts lists it")
    decide.add_argument("side", type=Decision, choices=(Decision.MINE, Decision.THEIRS), metavar="mine|theirs")
    decide.add_argument("--reason", type=ReadReason, choices=tuple(ReadReason))
    decide.set_defaults(run=_decide)


def _add_laptops(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    invite = acts.add_parser("invite", help="invite a further laptop; it begins with the file")
    invite.add_argument("name", metavar="NAME", help="what the laptop is called, such as SR")
    _add_limits(invite)
    invite.add_argument("--out", required=True, type=Path, metavar="FILE")
    invite.set_defaults(run=_invite)
    join = acts.add_parser("join", help="begin in an empty home as a further laptop")
    join.add_argument("file", type=Path, metavar="FILE", help="the invitation of head office")
    join.set_defaults(run=_join)
    card = acts.add_parser("card", help="write the card of this laptop, for another one that is to know it")
    card.add_argument("--out", required=True, type=Path, metavar="FILE")
    card.set_defaults(run=_card)
    register = acts.add_parser("register", help="get to know a laptop by its card")
    register.add_argument("file", type=Path, metavar="FILE")
    register.add_argument("--code", required=True, help="its 16 digits and letters, read out at that laptop")
    register.add_argument("--name", default="", metavar="NAME", help="what it is called here")
    _add_limits(register)
    register.add_argument("--head-office", action="store_true", help="everything may go there")
    register.set_defaults(run=_register)


def _add_limits(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--prison", action="append", default=[], metavar="CODE", help="theirs; may be given again")
    parser.add_argument("--staff", action="append", default=[], metavar="USER", help="works there; may be given again")


def _export(session: CommandSession, options: argparse.Namespace) -> int:
    written = session.desk().exchange.send(options.to, options.out)
    said = _n(
        "Bundle {number} for {name} holds {count} row.", "Bundle {number} for {name} holds {count} rows.", written.rows
    )
    session.say(said.format(number=written.number, name=options.to, count=written.rows))
    return 0


def _import(session: CommandSession, options: argparse.Namespace) -> int:
    taken = session.desk().exchange.take_in(options.file)
    if options.json:
        session.print_json(_taken_json(taken))
        return 0
    for line in taken_lines(taken):
        session.say(line)
    return 0


def _taken_json(taken: TakenIn) -> dict[str, Any]:
    return {
        "sender": taken.sender,
        "number": taken.number,
        "repeated": taken.repeated,
        "added": taken.added,
        "changed": taken.changed,
        "removed": taken.removed,
        "conflicts": taken.conflicts,
        "waiting": taken.waiting,
        "told_apart": [list(pair) for pair in taken.told_apart],
        "audit_cut": taken.audit_cut,
        "own_audit_cut": taken.own_audit_cut,
        "series": taken.series,
    }


def _status(session: CommandSession, options: argparse.Namespace) -> int:
    standings = session.desk().exchange.status()
    if options.json:
        session.print_json([_standing_json(each) for each in standings])
        return 0
    for each in standings:
        session.say(_standing_line(each))
    return 0


def _standing_line(each: LaptopStanding) -> str:
    laptop = each.laptop
    if laptop.own:
        this = _("this laptop")
        return f"{laptop.name}\t{this}\t{laptop.series}\t{laptop.code}"
    until = until_text(each)
    sent = _("sent {sent}, confirmed {confirmed}, taken in {received}").format(
        sent=each.sent, confirmed=each.confirmed, received=each.received
    )
    refused = _("refused") if laptop.refused else ""
    waiting = _("{count} to decide").format(count=each.open_conflicts) if each.open_conflicts else ""
    where = _("head office") if laptop.head_office else ", ".join(laptop.prisons)
    return f"{laptop.name}\t{where}\t{until}\t{sent}\t{waiting}\t{refused}".rstrip()


def _standing_json(each: LaptopStanding) -> dict[str, Any]:
    laptop = each.laptop
    moments = {"sent_at": each.sent_at, "received_at": each.received_at, "current_until": each.current_until}
    return {
        "name": laptop.name,
        "sender": laptop.sender,
        "own": laptop.own,
        "head_office": laptop.head_office,
        "series": laptop.series,
        "code": laptop.code,
        "prisons": list(laptop.prisons),
        "compartments": sorted(laptop.compartments),
        "refused": laptop.refused,
        "invited": each.invited,
        "sent": each.sent,
        "confirmed": each.confirmed,
        "received": each.received,
        "open_conflicts": each.open_conflicts,
        **{name: moment.isoformat() if moment else None for name, moment in moments.items()},
    }


def _conflicts(session: CommandSession, options: argparse.Namespace) -> int:
    found = session.desk().exchange.conflicts(options.reason)
    if options.json:
        session.print_json([_conflict_json(each) for each in found])
        return 0
    for each in found:
        session.say(_conflict_line(each))
    return 0


def _conflict_line(each: Conflict) -> str:
    sides = (
        _("here: {value}").format(value=_shown(each.mine)),
        _("{name}: {value}").format(name=each.sender, value=_shown(each.theirs)),
    )
    return "\t".join((str(each.id), about_text(each.about), what_text(each), *sides))


def _shown(side: Side | None) -> str:
    return _("sealed; say why with --reason") if side is None else value_text(side.value)


def _conflict_json(each: Conflict) -> dict[str, Any]:
    return {
        "id": each.id,
        "table": each.table,
        "field": each.field,
        "about": about_text(each.about),
        "what": what_text(each),
        "sender": each.sender,
        "compartment": each.compartment,
        "found_at": each.found_at.isoformat(),
        "mine": _side_json(each.mine),
        "theirs": _side_json(each.theirs),
    }


def _side_json(side: Side | None) -> dict[str, Any] | None:
    if side is None:
        return None
    at = side.at.isoformat() if side.at else None
    return {"value": value_text(side.value), "by": side.by, "at": at}


def _decide(session: CommandSession, options: argparse.Namespace) -> int:
    session.desk().exchange.decide(options.number, options.side, options.reason)
    session.say(_("Decided. The next bundle carries it to the other laptop."))
    return 0


def _invite(session: CommandSession, options: argparse.Namespace) -> int:
    from tlbb_desktop.services.exchange_joining import FurtherLaptop

    wish = FurtherLaptop(options.name, tuple(options.prison), tuple(options.staff))
    laptop = session.desk().invitations.invite(wish, options.out)
    session.say(
        _("{name} may begin with this file. A manager opens it there, with their own passphrase.").format(
            name=laptop.name
        )
    )
    return 0


def _join(session: CommandSession, options: argparse.Namespace) -> int:
    from tlbb_desktop.domain.errors import UsageError
    from tlbb_desktop.i18n.marks import N_
    from tlbb_desktop.services.exchange_joining import join

    if not session.named_user:
        raise UsageError(N_("Say who you are: put --user NAME before the command."))
    joined = join(options.file, session.home, session.named_user, session.passphrase())
    said = _("This laptop is {name} now. Log in with the passphrase that you have.")
    session.say(said.format(name=joined.name))
    return 0


def _card(session: CommandSession, options: argparse.Namespace) -> int:
    laptop = session.desk().exchange.write_card(options.out)
    session.say(
        _("The card of {name} is written. Its code, to be read out: {code}").format(name=laptop.name, code=laptop.code)
    )
    return 0


def _register(session: CommandSession, options: argparse.Namespace) -> int:
    laptop = session.desk().exchange.register(
        options.file,
        options.code,
        options.name,
        tuple(options.prison),
        tuple(options.staff),
        head_office=options.head_office,
    )
    session.say(_("{name} is known now.").format(name=laptop.name))
    return 0
