"""Commands about copies of the record: backup."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tlbb_desktop.cli.frame import CommandSession, read_secret
from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.errors import UsageError
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import digits, moment_text
from tlbb_desktop.i18n.marks import N_

if TYPE_CHECKING:
    from tlbb_desktop.services.backup_contents import BackupInfo
    from tlbb_desktop.services.drills import Drill


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``backup``."""
    backup = commands.add_parser("backup", help="make, check or restore backups").add_subparsers(
        required=True, metavar="ACT"
    )
    create = backup.add_parser("create", help="make a backup")
    create.add_argument("destination", type=Path, metavar="DEST", help="a folder, or a file that ends with .tlbb")
    create.set_defaults(run=_backup_create)
    copy = backup.add_parser("copy", help="copy a closed record as it lies, without a passphrase; before an update")
    copy.set_defaults(run=_backup_copy)
    verify = backup.add_parser("verify", help="check a backup; with --user also the record inside")
    verify.add_argument("file", type=Path, metavar="FILE")
    verify.set_defaults(run=_backup_verify)
    restore = backup.add_parser("restore", help="bring a programme back into an empty home")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--recovery-file", type=Path, metavar="FILE", help="the recovery key, instead of a passphrase")
    restore.add_argument(
        "--over-damaged", action="store_true", help="take the place of a damaged record, which is kept in a folder"
    )
    restore.set_defaults(run=_backup_restore, founds=True)
    trial = backup.add_parser("drill", help="bring a copy back on trial, compare it, and remove it again")
    trial.add_argument(
        "file", type=Path, nargs="?", metavar="FILE", help="a copy; with --user the newest when left out"
    )
    trial.add_argument("--recovery-file", type=Path, required=True, metavar="FILE", help="the recovery key")
    trial.set_defaults(run=_backup_drill)


def _backup_create(session: CommandSession, options: argparse.Namespace) -> int:
    info = session.desk().backups.create(options.destination)
    session.say(_("The backup is made and checked: {path}").format(path=info.path))
    return 0


def _backup_copy(session: CommandSession, _options: argparse.Namespace) -> int:
    from tlbb_desktop.services.closed_copy import copy_closed

    waits = partial(session.warn, _("The last copy is still being made. Waiting for it."))
    made = copy_closed(session.home, SystemClock().now(), waits)
    if made is None:
        session.say(_("There is no programme on this laptop yet, so there was nothing to copy."))
    elif made.as_backup:
        session.say(_("The closed record is backed up: {path}").format(path=made.path))
    else:
        session.say(
            _("The record was not closed properly the last time. Its encrypted files lie as they are in {path}").format(
                path=made.path
            )
        )
    return 0


def _backup_verify(session: CommandSession, options: argparse.Namespace) -> int:
    from tlbb_desktop.services.backups import verify

    info = session.desk().backups.verify(options.file) if session.named_user else verify(options.file)
    session.say(_describe(info))
    return 0


def _describe(info: BackupInfo) -> str:
    sentence = (
        _("The backup of {when} is whole, and the record inside passed its checks.")
        if info.opened
        else _("The backup of {when} is whole.")
    )
    return sentence.format(when=moment_text(info.made_at))


def _backup_restore(session: CommandSession, options: argparse.Namespace) -> int:
    from tlbb_desktop.services.restoring import restore, restore_over_damaged
    from tlbb_desktop.services.window_lock import WindowLock

    recovery = read_secret(options.recovery_file) if options.recovery_file else ""
    if not (recovery or session.named_user):
        raise UsageError(N_("Say who you are: put --user NAME before the command."))
    if not options.over_damaged:
        session.home.require_empty()
    wanted = not recovery or (session.named_user and session.has_passphrase_file)
    passphrase = session.passphrase() if wanted else ""
    user = session.named_user
    if options.over_damaged:
        with WindowLock(session.home):
            info, kept = restore_over_damaged(
                options.file, session.home, username=user, passphrase=passphrase, recovery_key=recovery
            )
        session.say(_("The damaged record is kept in {folder}; nothing of it was deleted.").format(folder=kept))
    else:
        with session.alone():
            info = restore(
                options.file,
                session.home,
                username=user,
                passphrase=passphrase,
                recovery_key=recovery,
                server=session.server,
            )
    back = N_("The programme of {when} is back on this laptop.")
    if session.server:
        back = N_("The programme of {when} is back on the server.")
    session.say(_(back).format(when=moment_text(info.made_at)))
    return 0


def _backup_drill(session: CommandSession, options: argparse.Namespace) -> int:
    from tlbb_desktop.services.drills import drill
    from tlbb_desktop.services.restoring import Word

    recovery = read_secret(options.recovery_file)
    if session.named_user:
        done = session.desk().drills.drill(options.file, recovery)
    elif options.file is None:
        raise UsageError(N_("Say who you are: put --user NAME before the command."))
    else:
        done = drill(options.file, session.home, Word(recovery_key=recovery), SystemClock())
    session.say(_drill_words(done))
    return 0


def _drill_words(done: Drill) -> str:
    return _("The copy of {when} came back whole: {rows} rows and {fields} protected fields, all as they were.").format(
        when=moment_text(done.copy.made_at), rows=digits(done.rows), fields=digits(done.fields)
    )
