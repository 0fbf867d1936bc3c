"""Puts a programme together out of sight, and shows it in the home only when it is whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tlbb_desktop.data.durable import move
from tlbb_desktop.security.keyring_names import NAMES as KEYRING_FILES
from tlbb_desktop.services.home import Home


@contextmanager
def founding(home: Home) -> Iterator[Home]:
    """A hidden home inside *home* to fill; its files move out at the end of the block, the keyring last.

    A home without a keyring counts as empty, so a crash or an error at any step leaves an empty home.

    Raises:
        Refused: *home* is not empty, or lies where data is lost.
    """
    home.require_safe_place()
    home.require_empty()
    home.make_folders()
    clear_unfinished(home)
    hidden = Home(home.unfinished)
    hidden.make_folders()
    try:
        yield hidden
        move(hidden.database, home.database)
        move(hidden.path / KEYRING_FILES[0], home.path / KEYRING_FILES[0])
    except BaseException:
        clear_unfinished(home)
        raise
    with suppress(OSError):  # the second copy of the keyring is made again when the first is read
        move(hidden.path / KEYRING_FILES[1], home.path / KEYRING_FILES[1])
    shutil.rmtree(hidden.path, ignore_errors=True)
    _share_between_accounts(home)


def clear_unfinished(home: Home) -> None:
    """Remove what a broken-off beginning left behind; a database without a keyring is only that."""
    if not home.unfinished.exists():
        return
    if not home.has_keyring:
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
        subprocess.run(["icacls", str(home.path), "/grant", everybody_known_here, "/T", "/Q"], check=False)  # noqa: S607
