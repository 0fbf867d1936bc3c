"""The program's entry: the window, the command line or the tour."""

from __future__ import annotations

import sys
from collections.abc import Sequence

_WITH_VALUE = frozenset({"--home", "--user", "--passphrase-file", "--lang"})
_HELP = frozenset({"-h", "--help"})
TOUR, DEMO = "tour", "demo"


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window, or run the command that *argv* names; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    place = place_of_command(arguments)
    if place is None:
        from tlbb_desktop import app

        return app.main(arguments)
    if arguments[place] == TOUR:
        from tlbb_desktop import tour

        return tour.main([*arguments[:place], *arguments[place + 1 :]])
    from tlbb_desktop import cli

    code = cli.main(arguments)
    if code == 0 and arguments[place] == DEMO and "--open" in arguments:
        return _open_demonstration(arguments[:place])
    return code


def _open_demonstration(options: list[str]) -> int:
    """Open the window on the demonstration, already unlocked as its trainer; *options* are those before the command."""
    from tlbb_desktop import app
    from tlbb_desktop.demonstration.build import TRAINER, demo_login

    login = demo_login(app.read_options(options).home, TRAINER)
    return app.main([*options, "--user", TRAINER, "--passphrase-file", str(login)])


def place_of_command(arguments: Sequence[str]) -> int | None:
    """Index of the command (or of the wish for help) in *arguments*; None when there is none, for the window."""
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
