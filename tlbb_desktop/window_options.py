"""What the window is started with, read from the command line."""

from __future__ import annotations

from collections.abc import Sequence
from getopt import GetoptError, getopt
from pathlib import Path
from typing import NamedTuple

from tlbb_desktop.domain.addresses import without_password
from tlbb_desktop.domain.errors import UsageError
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.services.home import Home, default_home

_NAMES = ("home=", "database=", "user=", "passphrase-file=", "lang=", "safe-mode", "painted", "damaged")
_ALLOWED = "--home DIR, --database URL, --user NAME, --passphrase-file FILE, --lang km|en, --safe-mode"


class WindowOptions(NamedTuple):
    """What the window is started with.

    Args:
        home: the home directory.
        user: who comes in without being asked, with ``passphrase_file``.
        passphrase_file: their passphrase; for the demonstration.
        language: ``km`` or ``en``; ``""`` = as it was.
        tell_painted: print ``painted`` when the login page stands; the window before this one waits for it.
        damaged: a check found damage in the record, so a backup is offered before anybody logs in.
        safe_mode: do without everything that a broken setting, draft or picture could stop.
        database: the server that the home shall use from now on, and that a first programme is begun on; ``""`` = as it
            is.
    """

    home: Home
    user: str = ""
    passphrase_file: Path | None = None
    language: str = ""
    tell_painted: bool = False
    damaged: bool = False
    safe_mode: bool = False
    database: str = ""


def read_options(argv: Sequence[str]) -> WindowOptions:
    """Read the window's options from the command line.

    ``argparse`` would cost the first paint 3 ms.

    Raises:
        UsageError: what is wrong, and what is allowed.
    """
    try:
        found, rest = getopt(list(argv), "", list(_NAMES))
    except GetoptError as error:
        raise _misunderstood(error.opt) from error
    if rest:
        raise _unknown(" ".join(rest))
    given = dict(found)
    home, language, secret = given.get("--home"), given.get("--lang", ""), given.get("--passphrase-file")
    if language not in {"", *catalog.LANGUAGES}:
        raise UsageError(N_("There is no language {given}. Write --lang km or --lang en."), given=language)
    return WindowOptions(
        Home(Path(home) if home else default_home()),
        given.get("--user", ""),
        Path(secret) if secret else None,
        language,
        "--painted" in given,
        "--damaged" in given,
        "--safe-mode" in given,
        given.get("--database", ""),
    )


def _misunderstood(option: str) -> UsageError:
    if f"{option}=" in _NAMES:
        return UsageError(
            N_("Something is missing after {option}. The window takes: {allowed}"),
            option=f"--{option}",
            allowed=_ALLOWED,
        )
    return _unknown(f"--{option}" if len(option) > 1 else f"-{option}")


def _unknown(words: str) -> UsageError:
    return UsageError(
        N_("The window does not know {words}. It takes: {allowed}"),
        words=without_password(words),
        allowed=_ALLOWED,
    )
