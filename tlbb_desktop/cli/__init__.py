"""The same services without a window and without Qt."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import NoReturn

from typing_extensions import override

from tlbb_desktop.cli import (
    attendance,
    backups,
    bench,
    case_records,
    certificates,
    classes,
    courses,
    demo,
    diagnose,
    exchange,
    handover,
    moving,
    outcomes,
    people,
    sheets,
    training,
    vault,
    work,
)
from tlbb_desktop.cli.frame import CommandSession
from tlbb_desktop.domain.addresses import without_password
from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.errors import TlbbError, UsageError
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import day_text
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.services.closed_record import MOVED_AWAY, moved_day
from tlbb_desktop.services.fault_log import note_fault
from tlbb_desktop.services.home import Home, default_home
from tlbb_desktop.services.plain_words import say_without_window
from tlbb_desktop.services.server_home import use_server
from tlbb_desktop.services.window_memory import read_memory

AREAS = (
    vault,
    backups,
    moving,
    people,
    courses,
    classes,
    attendance,
    sheets,
    training,
    bench,
    certificates,
    work,
    handover,
    demo,
    diagnose,
    case_records,
    outcomes,
    exchange,
)
DONE, FAULT, STOPPED = 0, 1, 130

_Run = Callable[[CommandSession, argparse.Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: arguments without the program's name; those of the process when None.

    Returns:
        0 done, 1 refused, 2 usage, 3 data damaged, 4 wrong passphrase or no permission.
    """
    _speak_utf8()
    try:
        options = _parser().parse_args(argv)
    except SystemExit:  # the help or the version was asked for and shown
        return DONE
    except UsageError as error:
        return tell(error, argv)
    home = Home(options.global_home or default_home())
    language = _activate(options.global_lang or _language_of(home))
    programme_language = options.global_lang or catalog.KHMER
    with CommandSession(
        home,
        options.global_user,
        options.global_passphrase_file,
        language,
        programme_language,
        options.global_today,
        options.global_database,
    ) as session:
        return _run(session, options)


def tell(error: TlbbError, argv: Sequence[str] | None = None) -> int:
    """Say why no command is run, in the language that *argv* or its home speaks; returns the exit code."""
    _speak_utf8()
    arguments = [part for each in (sys.argv[1:] if argv is None else argv) for part in each.split("=", 1)]
    given = {name: value for name, value in pairwise(arguments) if name in {"--home", "--lang"}}
    language = given.get("--lang", "")
    home = Home(Path(given["--home"]) if "--home" in given else default_home())
    _activate(language if language in catalog.LANGUAGES else _language_of(home))
    say_without_window(explain(error))
    return error.exit_code


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, in the reader's language."""

    @override
    def error(self, message: str) -> NoReturn:
        raise UsageError(
            N_("The command is not written right ({reason}). See: {command} --help"),
            reason=without_password(message),
            command=self.prog,
        )


class _TellVersion(argparse.Action):
    """Looks the version up only when it is asked for."""

    @override
    def __call__(self, parser: argparse.ArgumentParser, *_given: object) -> None:
        from tlbb_desktop.bundle.parts import program_version

        sys.stdout.write(f"TLBB Desktop {program_version()}\n")
        parser.exit()


def _run(session: CommandSession, options: argparse.Namespace) -> int:
    run: _Run = options.run
    try:
        if getattr(options, "program", None) is None:  # the program's own files have nothing to do with a record
            session.home.require_reachable()
        if session.server and not getattr(options, "founds", False):
            use_server(session.home, session.server)
        if (day := moved_day(session.home)) is not None:
            session.warn(_(MOVED_AWAY).format(day=day_text(day)))
        return run(session, options)
    except TlbbError as error:
        _debug()
        session.warn(explain(error))
        return error.exit_code
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:  # whoever read our output has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:  # noqa: BLE001 - the last stop: a fault of the program becomes a log and a sentence
        _debug()
        log = note_fault(session.home, error, SystemClock().now())
        session.warn(_("The program itself failed. What was saved is safe. Please report this."))
        if log:
            session.warn(str(log))
        return FAULT


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="tlbb-desktop", description="Without a command, tlbb-desktop opens its window.", allow_abbrev=False
    )
    parser.add_argument("--version", action=_TellVersion, nargs=0, help="the version")
    parser.add_argument("--home", dest="global_home", type=Path, metavar="DIR", help="where the programme lies")
    parser.add_argument(
        "--database",
        dest="global_database",
        default="",
        metavar="URL",
        help="where it lies on a server: postgresql://…",
    )
    parser.add_argument("--user", dest="global_user", default="", metavar="NAME", help="login name")
    parser.add_argument("--passphrase-file", dest="global_passphrase_file", type=Path, metavar="FILE")
    parser.add_argument("--lang", dest="global_lang", choices=catalog.LANGUAGES, help="language of messages")
    parser.add_argument(
        "--today",
        dest="global_today",
        default="",
        metavar="DATE",
        help="what day it is, where the laptop's is wrong; for marks and papers",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for area in AREAS:
        area.add_commands(commands)
    return parser


def _language_of(home: Home) -> str:
    """The home's language, which its window remembers; English where there is no home yet."""
    with suppress(OSError):
        if home.window_memory.exists():
            return read_memory(home).language
    return catalog.SOURCE_LANGUAGE


def _activate(language: str) -> str:
    try:
        catalog.activate(language)
    except FileNotFoundError:  # a source tree whose catalogue was not built
        catalog.activate(catalog.SOURCE_LANGUAGE)
    return catalog.language()


def _speak_utf8() -> None:
    """Windows gives programs a code page that has no Khmer."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _debug() -> None:
    if os.environ.get("TLBB_DEBUG") == "1":
        traceback.print_exc()
