"""What every command stands on: which home, who, which language, and where words go."""

from __future__ import annotations

import json
import sys
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from getpass import getpass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from tlbb_desktop.bundle import soundness
from tlbb_desktop.cli.dates import parse_day
from tlbb_desktop.domain.errors import BadFile, Refused, UsageError
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.services.home import Home

if TYPE_CHECKING:
    from tlbb_desktop.wiring import Desk

LONGEST_SECRET = 4096


class CommandSession:
    """One run of the command line.

    Args:
        home: the home directory.
        username: ``--user``, or ``""``.
        passphrase_file: ``--passphrase-file``, or None: it is asked for.
        language: ``km`` or ``en``, of the messages.
        programme_language: what a programme that is made now speaks.
        today: ``--today``, or ``""``; only :meth:`dated_desk` works with it.
        server: ``--database``, or ``""``.
    """

    def __init__(
        self,
        home: Home,
        username: str,
        passphrase_file: Path | None,
        language: str,
        programme_language: str = catalog.KHMER,
        today: str = "",
        server: str = "",
    ) -> None:
        self.home = home
        self.language = language
        self.programme_language = programme_language
        self._username = username
        self._passphrase_file = passphrase_file
        self._today = today
        self.server = server
        self._given_day: date | None = None
        self._desk: Desk | None = None

    def alone(self) -> AbstractContextManager[object]:
        """Inside the block, where a programme is put together for a server, nothing else joins one in the home."""
        from tlbb_desktop.services.window_lock import WindowLock

        return WindowLock(self.home) if self.server else nullcontext()

    def desk(self) -> Desk:
        """The services, opened at the first call.

        Raises:
            UsageError: the programme has several members of staff and ``--user`` is missing, or ``--today`` is no day.
            WrongPassphrase, TooManyTries, StorageDamaged, ProgramDamaged: see ``services.vault.unlock``.
        """
        if self._desk is None:
            soundness.PROGRAM.begin()  # read beside what is loaded here
            from tlbb_desktop.services.vault import unlock
            from tlbb_desktop.wiring import open_desk

            self._given_day = parse_day(self._today) if self._today else None
            self._desk = open_desk(self.home, unlock(self.home, self.username(), self.passphrase()))
        return self._desk

    def dated_desk(self) -> Desk:
        """The services, for a command that writes marks or hands out papers: it needs to know what day it is.

        Raises:
            Refused: the laptop's clock cannot be right, and no ``--today`` says better; or ``--today`` talks over a
                clock that nothing speaks against, or goes back behind the last mark.
        """
        desk = self.desk()
        day, doubt = self._given_day, desk.today.clock_doubt()
        if doubt is None:
            _require_same_day(day, desk.office.clock.today())
        elif day is None:
            raise Refused(
                N_(
                    "The laptop says {laptop}, but the last mark was entered on {mark}. Nothing was changed."
                    " Say what day it is: put --today YYYY-MM-DD before the command."
                ),
                laptop=doubt.laptop_day,
                mark=doubt.last_mark_at.date(),
            )
        elif day < (mark := doubt.last_mark_at.date()):
            raise Refused(
                N_("--today {day} is before the last mark was entered, on {mark}. Nothing was changed."),
                day=day,
                mark=mark,
            )
        else:
            desk.today.work_on(day)
        return desk

    def username(self) -> str:
        """Who acts: ``--user``, or the only member of staff."""
        if self._username:
            return self._username
        from tlbb_desktop.services.vault import members

        tiles = members(self.home)
        if len(tiles) != 1:
            raise UsageError(N_("Say who you are: put --user NAME before the command."))
        return tiles[0].username

    @property
    def named_user(self) -> str:
        """``--user`` as given, or ``""``."""
        return self._username

    @property
    def has_passphrase_file(self) -> bool:
        """Whether ``--passphrase-file`` was given."""
        return self._passphrase_file is not None

    def passphrase(self) -> str:
        """From ``--passphrase-file``, or asked for at the terminal."""
        if self._passphrase_file is not None:
            return read_secret(self._passphrase_file)
        if not sys.stdin.isatty():
            raise UsageError(N_("Put the passphrase into a file and name it with --passphrase-file FILE."))
        return getpass(_("Passphrase:") + " ")

    def say(self, text: str) -> None:
        """A line for whoever gave the command."""
        sys.stdout.write(f"{text}\n")

    def warn(self, text: str) -> None:
        """A line of trouble, beside the output that a program may read."""
        sys.stderr.write(f"{text}\n")

    def print_json(self, content: Any) -> None:
        """Output for a program: UTF-8 JSON."""
        self.say(json.dumps(content, ensure_ascii=False, indent=1))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._desk is not None:
            self._desk.close()


def _require_same_day(given: date | None, working_day: date) -> None:
    if given not in (None, working_day):
        raise Refused(
            N_("It is {day}, and nothing speaks against it. Nothing was changed. Leave --today out."), day=working_day
        )


def read_secret(path: Path) -> str:
    """The passphrase or code in a small text file; blank lines and a byte order mark do not count.

    Raises:
        BadFile: it cannot be read as text, or is too long for a passphrase.
    """
    try:
        if path.stat().st_size > LONGEST_SECRET:
            raise BadFile(N_("{name} does not hold a passphrase."), name=path.name)
        return path.read_text(encoding="utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise BadFile(N_("{name} does not hold a passphrase."), name=path.name) from error
    except OSError as error:
        raise BadFile(N_("{name} cannot be read ({reason})."), name=path.name, reason=error.strerror or "") from error
