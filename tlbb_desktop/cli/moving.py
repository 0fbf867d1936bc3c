"""Commands for moving the record to another laptop: move."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from tlbb_desktop.cli.frame import CommandSession, read_secret
from tlbb_desktop.domain.errors import StorageDamaged, UsageError
from tlbb_desktop.domain.record_counts import shown_counts
from tlbb_desktop.i18n.catalog import _, _p
from tlbb_desktop.i18n.days import day_text, digits
from tlbb_desktop.i18n.marks import N_


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``move``."""
    move = commands.add_parser("move", help="move the record to another laptop").add_subparsers(
        required=True, metavar="ACT"
    )
    prepare = move.add_parser("prepare", help="write the bundle, prove that it opens, and close this record")
    prepare.add_argument("--out", type=Path, required=True, metavar="DEST", help="a folder, or a file: *.tlbb")
    prepare.set_defaults(run=_prepare)
    receive = move.add_parser("receive", help="take the record over from a bundle, into an empty home")
    receive.add_argument("file", type=Path, metavar="FILE")
    receive.add_argument("--recovery-file", type=Path, metavar="FILE", help="the recovery key, instead of a passphrase")
    receive.set_defaults(run=_receive)
    finish = move.add_parser("finish", help="on the old laptop: type the code that the new one showed")
    finish.add_argument("code", metavar="CODE")
    finish.set_defaults(run=_finish)
    reopen = move.add_parser("reopen", help="on the old laptop: go on there after all")
    reopen.add_argument("--reason", required=True, metavar="TEXT")
    reopen.set_defaults(run=_reopen)
    show = move.add_parser("show", help="what is known of a move")
    show.add_argument("--json", action="store_true")
    show.set_defaults(run=_show)


def _prepare(session: CommandSession, options: argparse.Namespace) -> int:
    desk = session.desk()
    info = desk.moving.prepare(options.out)
    moved = desk.moving.moved_away()
    _say_counts(session, moved.counts if moved else {})
    session.say(_("The bundle is written and proved to open: {path}").format(path=info.path))
    session.say(_("This record is closed now. Take the bundle to the new laptop, and receive it there."))
    return 0


def _receive(session: CommandSession, options: argparse.Namespace) -> int:
    from tlbb_desktop.services.moving import receive
    from tlbb_desktop.services.restoring import Word

    recovery = read_secret(options.recovery_file) if options.recovery_file else ""
    if not (recovery or session.named_user):
        raise UsageError(N_("Say who you are: put --user NAME before the command."))
    session.home.require_empty()
    word = Word(recovery_key=recovery) if recovery else Word(session.named_user, session.passphrase())
    came = receive(options.file, session.home, word)
    _say_counts(session, came.theirs, came.ours)
    if not came.equal:
        raise StorageDamaged
    session.say(
        _("All is here. Type this code on the old laptop, so that it stays closed: {code}").format(code=came.code)
    )
    return 0


def _finish(session: CommandSession, options: argparse.Namespace) -> int:
    session.desk().moving.finish(options.code)
    session.say(
        _("The move is finished. This record stays closed; its folder may be deleted: {folder}").format(
            folder=session.home.path
        )
    )
    return 0


def _reopen(session: CommandSession, options: argparse.Namespace) -> int:
    session.desk().moving.reopen(options.reason)
    session.say(_("This record is open again. Destroy the bundle, so that there are not two of it."))
    return 0


def _show(session: CommandSession, options: argparse.Namespace) -> int:
    desk = session.desk()
    away, came = desk.moving.moved_away(), desk.moving.came_here()
    if options.json:
        session.print_json(
            {
                "moved_on": away.on.isoformat() if away else None,
                "confirmed": bool(away and away.confirmed),
                "counts": dict(away.counts) if away else None,
                "came_on": came.on.isoformat() if came else None,
                "code": came.code if came else None,
                "bundle": dict(came.theirs) if came else None,
                "here": dict(came.ours) if came else None,
            }
        )
        return 0
    if away is not None:
        session.say(_("Moved to another laptop on {day}.").format(day=day_text(away.on)))
        _say_counts(session, away.counts)
    if came is not None:
        session.say(_("Came from another laptop on {day}. Code: {code}").format(day=day_text(came.on), code=came.code))
        _say_counts(session, came.theirs, came.ours)
    if away is None and came is None:
        session.say(_("This record was not moved."))
    return 0


def _say_counts(session: CommandSession, theirs: Mapping[str, int], ours: Mapping[str, int] | None = None) -> None:
    """A line for each thing that is counted: in the bundle, and here where it was received."""
    here = dict(shown_counts(ours)) if ours is not None else {}
    for word, count in shown_counts(theirs):
        line = [_p("counted", word), digits(count), *([digits(here[word])] if here else [])]
        session.say("\t".join(line))
