"""The program's entry: the window, the command line or the tour."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from tlbb_desktop.domain.errors import NotFound, Refused, TlbbError
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.services.home import Home, default_home
from tlbb_desktop.services.native_crash import COMMAND, NativeLog

_WITH_VALUE = frozenset({"--home", "--database", "--user", "--passphrase-file", "--lang", "--today"})
_HELP = frozenset({"-h", "--help", "--version"})
FAILED = N_("The program itself failed. What was saved is safe. Please report this.")
PART_MISSING = N_(
    "The program cannot start, because a part of it or of the system is missing: {part}. What was saved is safe."
    " Install the program anew."
)
TOUR, DEMO = "tour", "demo"


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window, or run the command that *argv* names; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return _main(arguments)
    except ImportError as error:
        missing = error.name or str(error)
        return _tell_fault(error, Refused(PART_MISSING, part=missing), arguments)
    except Exception as error:  # noqa: BLE001  # the last stop: whatever fails becomes a log and a sentence
        return _tell_fault(error, Refused(FAILED), arguments)


def _main(arguments: list[str]) -> int:
    place = place_of_command(arguments)
    if place is None:
        return _open_window(arguments)
    if arguments[place] == TOUR:
        from tlbb_desktop import tour

        return tour.main([*arguments[:place], *arguments[place + 1 :]])
    from tlbb_desktop import cli

    with NativeLog(_home_in(arguments), COMMAND):
        code = cli.main(arguments)
    if code == 0 and arguments[place] == DEMO and "--open" in arguments:
        return _open_demonstration(arguments[:place])
    return code


def _open_window(arguments: list[str]) -> int:
    if _has_screen():
        from tlbb_desktop import app

        try:
            if any(each.startswith("--database") for each in arguments):
                _join_server(arguments)
            return app.main(arguments)
        except TlbbError as error:
            return _tell(error, arguments)

    no_screen = N_("There is no screen for the window here. The commands work without one: tlbb-desktop --help")
    return _tell(Refused(no_screen), arguments)


def _tell_fault(fault: Exception, error: TlbbError, arguments: list[str]) -> int:
    from tlbb_desktop.domain.clock import SystemClock
    from tlbb_desktop.services.fault_log import note_fault

    if os.environ.get("TLBB_DEBUG") == "1":
        raise fault
    note_fault(_home_in(arguments), fault, SystemClock().now())
    return _tell(error, arguments)


def _home_in(arguments: list[str]) -> Home:
    """The home that *arguments* name, however little else of them can be understood."""
    split = [part for each in arguments for part in each.split("=", 1)]
    named = [value for option, value in pairwise(split) if option == "--home"]
    return Home(Path(named[0])) if named else Home(default_home())


def _join_server(arguments: list[str]) -> None:
    """Let an empty home use the server that was named, before the window looks into it.

    Where no programme is on it yet, the home stays empty, and the window offers to begin one there.
    """
    from tlbb_desktop.services.server_home import use_server
    from tlbb_desktop.window_options import read_options

    options = read_options(arguments)
    with suppress(NotFound):
        use_server(options.home, options.database)


def _tell(error: TlbbError, arguments: list[str]) -> int:
    from tlbb_desktop import cli

    return cli.tell(error, arguments)


def _has_screen() -> bool:
    """Whether Qt finds a screen; without one it would end the process itself."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(map(os.environ.get, names))


def _open_demonstration(options: list[str]) -> int:
    """Open the window on the demonstration, already unlocked as its trainer; *options* are those before the command."""
    from tlbb_desktop.demonstration.build import TRAINER, demo_login
    from tlbb_desktop.window_options import read_options

    login = demo_login(read_options(options).home, TRAINER)
    return _open_window([*options, "--user", TRAINER, "--passphrase-file", str(login)])


def place_of_command(arguments: Sequence[str]) -> int | None:
    """Index of the command (or of the wish for help or the version) in *arguments*; None for the window."""
    skipped = False
    for place, argument in enumerate(arguments):
        if skipped:
            skipped = False
        elif argument in _WITH_VALUE:
            skipped = True
        elif argument in _HELP or not argument.startswith("-"):
            return place
    return None


if __name__ == "__main__":
    sys.exit(main())
