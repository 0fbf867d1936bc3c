"""Errors, sorted by who can do something about them.

A :class:`TlbbError` is for the person at the screen: its sentence says what happened, what is safe and what to do
next, and is translated when it is shown. Anything else that is raised is a fault of the program.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar, Final

from tlbb_desktop.i18n.marks import N_

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_WINDOWS_HANDLE_DISK_FULL: Final = 39


class TlbbError(Exception):
    """Something that a person can act on.

    Args:
        message: an English sentence marked with ``N_``; ``{name}`` places are filled from *fields* after translation.
        place: name of the form field that the sentence belongs to, or ``""`` for the page.
        fields: values for the places; dates and numbers stay values, so that each language words them its own way.
    """

    exit_code: ClassVar[int] = 1
    default_message: ClassVar[str] = N_("This cannot be done.")

    def __init__(self, message: str = "", *, place: str = "", **fields: object) -> None:
        self.message = message or self.default_message
        self.place = place
        self.fields = fields
        super().__init__(self.message)

    def __str__(self) -> str:
        return self.message.format(**self.fields) if self.fields else self.message


class Refused(TlbbError):
    """A rule of the programme forbids it; nothing was changed."""


class NotFound(TlbbError):
    """A code or name that nobody and nothing bears."""


class ChangedMeanwhile(TlbbError):
    """Somebody saved the same record after it was opened."""

    default_message = N_(
        "Somebody else has changed this record meanwhile. Nothing was saved. Open it again to see the change."
    )


class BadFile(TlbbError):
    """A file from outside that cannot be read as what it should be."""


class UsageError(TlbbError):
    """A command line that cannot be understood."""

    exit_code = 2


class StorageFull(TlbbError):
    """The disk has no room; what was saved before is safe."""

    default_message = N_("The disk is full. What was saved before is safe. Free some space and try again.")


class StorageFailing(TlbbError):
    """The disk or the system refused to write; what was saved before is safe."""

    default_message = N_(
        "The disk did not take what was to be written. What was saved before is safe. Try again."
        " If it happens again, make a backup on a USB stick and use another laptop."
    )


class StorageLocked(TlbbError):
    """Another window or command holds the record."""

    default_message = N_("Another window is busy with the record. Nothing was lost. Try again in a moment.")


class ServerAway(TlbbError):
    """The server that holds the record does not answer, or does not let this computer in."""

    default_message = N_(
        "The head office's server does not answer. What was saved before is safe. Check the network, then try again;"
        " if that does not help, tell whoever looks after the server."
    )


class ServerNotTrusted(ServerAway):
    """The server does not encrypt, or did not prove that it is the right one; nothing was sent to it."""

    default_message = N_(
        "The head office's server did not prove that it is the right one, so nothing was sent to it. Its certificate is"
        " not one that this computer trusts, or it names another server. Tell whoever looks after the server."
    )


class StorageDamaged(TlbbError):
    """The stored record fails its own checks."""

    exit_code = 3
    default_message = N_("The stored record is damaged. Do not go on entering. Restore the last good backup.")


class ProgramDamaged(TlbbError):
    """Files of the installed program are not as they were made; ``names`` are some of them."""

    exit_code = 3
    default_message = N_(
        "Files of the program itself are not as they were installed: {names}. Your record was not touched."
        " Do not log in here. Install TLBB Desktop again from the file that your office handed out."
    )


class ProgramRenewed(TlbbError):
    """Another version was put in the place of the program while it runs; what it has not loaded yet is gone."""

    default_message = N_(
        "TLBB Desktop was renewed while it was open. What was saved is safe. Lock the window (Ctrl+L) or close it, and"
        " log in again: then you work with the new one. What is half typed is kept."
    )


class ProgramRemoved(ProgramRenewed):
    """The program is being taken away while it runs."""

    default_message = N_(
        "TLBB Desktop was removed from this computer while it was open. What was saved is safe, and the record stays."
        " Close the window. To go on working, install TLBB Desktop again."
    )


class NotPermitted(TlbbError):
    """The role of this member of staff does not include the act."""

    exit_code = 4
    default_message = N_("Your role does not include this. Ask a manager.")


class WrongPassphrase(TlbbError):
    """Unknown member of staff or wrong passphrase; the two are never told apart."""

    exit_code = 4
    default_message = N_(
        "The name or the passphrase is not right. Check the keyboard layout and Caps Lock, then try again."
    )


class TooManyTries(TlbbError):
    """The back-off after wrong passphrases has not run out."""

    exit_code = 4
    default_message = N_("Too many wrong tries. Wait {seconds} seconds, then try again.")


class Cancelled(TlbbError):
    """The person stopped a long piece of work; nothing of it was kept."""

    default_message = N_("Stopped. Nothing was changed.")


@contextmanager
def disk_errors_told() -> Iterator[None]:
    """Raise StorageFull or StorageFailing in place of what the system says of the laptop's own disk."""
    try:
        yield
    except OSError as error:
        raise (StorageFull if is_no_room(error) else StorageFailing) from error


def is_no_room(error: OSError) -> bool:
    """Whether the system says with *error* that the medium has no room for the file."""
    return error.errno in _NO_ROOM or getattr(error, "winerror", None) == _WINDOWS_HANDLE_DISK_FULL
