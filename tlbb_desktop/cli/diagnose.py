"""The command that makes a diagnostic bundle, also where the record does not open."""

from __future__ import annotations

import argparse
from pathlib import Path

from tlbb_desktop.cli.frame import CommandSession
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.services.whole_file import require_place


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``diagnose``."""
    diagnose = commands.add_parser(
        "diagnose", help="make a bundle for whoever looks after the program; with --user also about the record"
    )
    diagnose.add_argument("--out", required=True, type=Path, metavar="FILE", help="a zip file, or a folder for it")
    diagnose.set_defaults(run=_diagnose)


def _diagnose(session: CommandSession, options: argparse.Namespace) -> int:
    out: Path = options.out
    if not out.is_dir():
        require_place(out)
    made = _with_record(session, out) if session.named_user else None
    session.say(_("The diagnostic bundle is made; it names nobody: {path}").format(path=made or _without(session, out)))
    return 0


def _with_record(session: CommandSession, out: Path) -> Path | None:
    """The bundle with what can be said of the record; None where that does not open, which is said."""
    try:
        return session.desk().diagnosis.save(out)
    except TlbbError as error:
        session.warn(explain(error))
        return None


def _without(session: CommandSession, out: Path) -> Path:
    from tlbb_desktop.services.diagnosis import facts_of_laptop, write_bundle

    return write_bundle(session.home, out, facts_of_laptop(session.home))
