"""The command that builds the demonstration programme."""

from __future__ import annotations

import argparse

from tlbb_desktop.cli.frame import CommandSession
from tlbb_desktop.demonstration.programme_size import ProgrammeSize
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.staff import ROLE_NAMES
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``demo``."""
    demo = commands.add_parser("demo", help="build the demonstration programme, with a login per role")
    demo.add_argument("--open", action="store_true", help="then open its window, as a trainer; built once only")
    demo.add_argument("--people", type=int, metavar="N", help="instead: an invented programme of N people")
    demo.add_argument("--prisons", type=int, metavar="N", help="at so many prisons; 3 where only --people is given")
    demo.set_defaults(run=_demo)


def _demo(session: CommandSession, options: argparse.Namespace) -> int:
    from tlbb_desktop.demonstration.any_size import build_programme
    from tlbb_desktop.demonstration.build import build_demonstration, demo_login, is_demonstration
    from tlbb_desktop.demonstration.half_made import clear_half_made

    if is_demonstration(session.home):
        if not options.open:
            raise Refused(N_("The demonstration is here already. Nothing was changed."))
        return 0
    if clear_half_made(session.home):
        session.say(_("A demonstration that was broken off lay here. It is removed, and a new one is built."))
    size = _size(options)
    logins = build_demonstration(session.home) if size is None else build_programme(session.home, size)
    session.say(_("The demonstration programme is ready in {folder}.").format(folder=session.home.path))
    for login in logins:
        role = _(ROLE_NAMES[login.role])
        session.say(f"  {login.username:10} {role:20} {demo_login(session.home, login.username)}")
    return 0


def _size(options: argparse.Namespace) -> ProgrammeSize | None:
    """The wished size, or None for the demonstration as it is told."""
    if options.people is None and options.prisons is None:
        return None
    usual = ProgrammeSize()
    return ProgrammeSize(options.people or usual.people, options.prisons or usual.prisons)
