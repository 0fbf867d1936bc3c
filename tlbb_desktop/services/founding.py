"""Puts a programme together out of sight, and shows it in the home only when it is whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tlbb_desktop.data.durable import move
from tlbb_desktop.domain.errors import disk_errors_told
from tlbb_desktop.security.keyring_names import NAMES as KEYRING_FILES
from tlbb_desktop.services.home import OWNER_ONLY, Home

_SMALL = Home(Path())
#: Files of the window and of the home itself, which stay when a record is set aside.
_NOT_OF_THE_RECORD = frozenset(
    each.name
    for each in (
        _SMALL.window_lock,
        _SMALL.window_memory,
        _SMALL.running,
        _SMALL.ballast,
        _SMALL.tries,
        _SMALL.failed_logins,
    )
)


@contextmanager
def founding(home: Home) -> Iterator[Home]:
    """A hidden home inside *home* to fill; its files move out at the end of the block, the keyring last.

    A home without a keyring counts as empty, so a crash or an error at any step leaves an empty home.

    Raises:
        Refused: *home* is not empty, or lies where data is lost.
        StorageFull, StorageFailing: the disk does not take it.
    """
    home.require_safe_place()
    home.require_empty()
    home.make_folders()
    clear_unfinished(home)
    hidden = Home(home.unfinished)
    hidden.make_folders()
    try:
        yield hidden
        with disk_errors_told():
            _move_in(hidden, home)
    except BaseException:
        clear_unfinished(home)
        raise
    _share_between_accounts(home)


@contextmanager
def replacing(home: Home, name: str) -> Iterator[Home]:
    """A hidden home inside a damaged *home* to fill; it takes that one's place at the end of the block.

    What is damaged moves into a folder, the database first and the keyring last, and stays there. After an error in the
    block *home* is as it was; after a crash between the moves it counts as empty or as damaged, and can be restored
    again.

    Args:
        home: the damaged one.
        name: of the folder in ``home.set_aside``, which does not exist yet.

    Raises:
        Refused: *home* lies where data is lost, or the folder cannot be made.
        StorageFull, StorageFailing: the disk does not take it.
    """
    home.require_safe_place()
    shutil.rmtree(home.replacing, ignore_errors=True)
    hidden = Home(home.replacing)
    hidden.make_folders()
    try:
        yield hidden
        with disk_errors_told():
            _set_aside(home, home.set_aside / name)
            _move_in(hidden, home)
    finally:
        shutil.rmtree(hidden.path, ignore_errors=True)
    _share_between_accounts(home)


def _set_aside(home: Home, folder: Path) -> None:
    folder.mkdir(mode=OWNER_ONLY, parents=True)
    found = [path for path in home.path.iterdir() if path.is_file() and path.name not in _NOT_OF_THE_RECORD]
    # A database without its -wal would open as a sound one that lacks the latest marks.
    for path in sorted(found, key=lambda path: (path.name in KEYRING_FILES, path.name != home.database.name)):
        move(path, folder / path.name)


def _move_in(hidden: Home, home: Home) -> None:
    if hidden.server:
        move(hidden.server_file, home.server_file)
    else:
        move(hidden.database, home.database)
    move(hidden.path / KEYRING_FILES[0], home.path / KEYRING_FILES[0])
    with suppress(OSError):  # the second copy of the keyring is made again when the first is read
        move(hidden.path / KEYRING_FILES[1], home.path / KEYRING_FILES[1])
    shutil.rmtree(hidden.path, ignore_errors=True)


def clear_unfinished(home: Home) -> None:
    """Remove what a broken-off beginning left behind; a database without a keyring is only that."""
    if not home.unfinished.exists():
        return
    if not home.has_keyring:
        home.server_file.unlink(missing_ok=True)
        for ending in ("", "-wal", "-shm", "-journal"):
            home.database.with_name(home.database.name + ending).unlink(missing_ok=True)
    shutil.rmtree(home.unfinished, ignore_errors=True)


def _share_between_accounts(home: Home) -> None:
    """Let every account of a Windows laptop write to the home; what protects it is the encryption."""
    if os.name != "nt":
        return
    import subprocess

    everybody_known_here = "*S-1-5-11:(OI)(CI)M"
    with suppress(OSError):
        command = ["icacls", str(home.path), "/grant", everybody_known_here, "/T", "/Q"]
        no_console = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # it would flash up black over the window
        subprocess.run(command, check=False, creationflags=no_console)
