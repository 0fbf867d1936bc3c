"""Commands about the programme as a whole: init, staff, check."""

from __future__ import annotations

import argparse
from contextlib import closing, suppress
from pathlib import Path

from tlbb_desktop.bundle import soundness
from tlbb_desktop.cli.frame import CommandSession, read_secret
from tlbb_desktop.domain.errors import Refused, ServerAway, StorageDamaged
from tlbb_desktop.domain.staff import ROLE_NAMES, Role
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.services.whole_file import require_place, write_whole


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``init``, ``staff`` and ``check``."""
    _add_init(commands)
    _add_staff(commands)
    check = commands.add_parser("check", help="check record, audit chain and keyring")
    check.add_argument("--json", action="store_true", help="print the checks as JSON")
    check.add_argument(
        "--program",
        nargs="?",
        const="",
        metavar="FOLDER",
        help="check the program's own files instead, without a passphrase; those in FOLDER when given",
    )
    check.set_defaults(run=_check)


def _add_init(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    init = commands.add_parser("init", help="make a new programme in an empty home")
    init.add_argument("--prison", required=True, metavar="CODE", help="the home's prison, such as SR")
    init.add_argument("--manager", required=True, metavar="NAME", help="login name of the first manager")
    init.add_argument("--manager-name", default="", metavar="NAME", help="the manager's name as it is shown")
    init.add_argument("--passphrase-file", dest="new_passphrase_file", type=Path, metavar="FILE")
    init.add_argument("--recovery-file", required=True, type=Path, metavar="FILE", help="where the recovery key goes")
    init.set_defaults(run=_init, founds=True)


def _add_staff(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    staff = commands.add_parser("staff", help="members of staff").add_subparsers(required=True, metavar="ACT")
    add = staff.add_parser("add", help="add a member of staff")
    add.add_argument("name", metavar="NAME", help="login name")
    add.add_argument("--role", required=True, type=_role, metavar="ROLE", help=", ".join(Role))
    add.add_argument("--name", dest="shown_name", default="", metavar="NAME", help="name as it is shown")
    add.add_argument("--prison", action="append", default=[], metavar="CODE", help="theirs; may be given again")
    add.add_argument("--admin-duty", action="store_true", help="also keeps users, keys and backups")
    add.add_argument("--passphrase-file", dest="new_passphrase_file", required=True, type=Path, metavar="FILE")
    add.add_argument("--slip-file", type=Path, metavar="FILE", help="make a reset slip and write it there")
    add.set_defaults(run=_staff_add)
    account = staff.add_parser("account", help="on a server: say which database account is a member's")
    account.add_argument("name", metavar="NAME", help="login name")
    account.add_argument("account", metavar="ACCOUNT", help="the account, which exists on the server")
    account.set_defaults(run=_staff_account)
    listing = staff.add_parser("list", help="list the members of staff")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=_staff_list)


def _role(text: str) -> Role:
    try:
        return Role(text.strip().lower().replace("-", "_").replace(" ", "_"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(Role)}") from None


def _init(session: CommandSession, options: argparse.Namespace) -> int:
    from tlbb_desktop.security.kdf import calibrate
    from tlbb_desktop.services.vault import NewProgramme, create_programme, give_up, recovery_key_kept
    from tlbb_desktop.services.window_memory import WindowMemory, keep_memory

    recovery: Path = options.recovery_file
    if recovery.exists() and recovery.stat().st_size > 0:
        raise Refused(N_("{name} exists already. Nothing was changed. Name another file."), name=recovery.name)
    session.home.require_empty()
    wishes = NewProgramme(
        options.prison,
        options.manager,
        read_secret(options.new_passphrase_file) if options.new_passphrase_file else session.passphrase(),
        options.manager_name,
        session.programme_language,
    )
    require_place(recovery)  # before there is a key that could be lost
    with session.alone():
        created = create_programme(session.home, wishes, calibrate(), server=session.server)
        try:
            write_whole(recovery, f"{created.recovery_key}\n".encode(), secret=True)
        except BaseException:
            give_up(created)
            raise
        with closing(created.unlocked.store), suppress(ServerAway):  # the first who logs in says the same
            recovery_key_kept(created)
    keep_memory(session.home, WindowMemory(language=wishes.language))
    ready = N_("The programme is ready. Keep the recovery key on paper, away from this laptop, and delete the file.")
    if session.server:
        ready = N_(
            "The programme is ready on the server. Keep the recovery key on paper, locked away. Delete the file."
        )
    session.say(_(ready))
    return 0


def _staff_add(session: CommandSession, options: argparse.Namespace) -> int:
    from tlbb_desktop.services.staff import NewMember

    if options.slip_file:
        require_place(options.slip_file)
    passphrase = read_secret(options.new_passphrase_file)
    desk = session.desk()
    prisons = [desk.prisons.prison_with_code(code).id for code in options.prison] or sorted(desk.actor.prisons)
    slip = desk.staff.add(
        NewMember(
            options.name,
            options.shown_name,
            options.role,
            passphrase,
            options.admin_duty,
            tuple(prisons),
            options.slip_file is not None,
        )
    )
    if slip:
        write_whole(options.slip_file, f"{slip}\n".encode(), secret=True)
    session.say(_("{name} can log in now.").format(name=options.name))
    return 0


def _staff_account(session: CommandSession, options: argparse.Namespace) -> int:
    session.desk().server_accounts.give(options.name, options.account)
    session.say(_("The account {account} is {name}'s now.").format(account=options.account, name=options.name))
    return 0


def _staff_list(session: CommandSession, options: argparse.Namespace) -> int:
    rows = session.desk().staff.list()
    if options.json:
        session.print_json(
            [
                {
                    "username": row.username,
                    "name": row.name,
                    "role": row.role.value,
                    "admin_duty": row.admin_duty,
                    "active": row.active,
                    "prisons": list(row.prisons),
                }
                for row in rows
            ]
        )
        return 0
    for row in rows:
        left = "" if row.active else _("has left")
        session.say("\t".join((row.username, row.name, _(ROLE_NAMES[row.role]), ", ".join(row.prisons), left)).rstrip())
    return 0


def _check(session: CommandSession, options: argparse.Namespace) -> int:
    if options.program is not None:
        return _check_program(session, options.program)
    from tlbb_desktop.services.integrity import CHECK_NAMES, needs_backup, set_again

    lines = session.desk().integrity.check()
    if options.json:
        session.print_json({line.check: line.sound for line in lines})
    else:
        for line in lines:
            session.say(f"{'✓' if line.sound else '✗'} {_(CHECK_NAMES[line.check])}")
    if (trouble := set_again(lines)) is not None:
        if not needs_backup(lines):  # the record is sound enough to put them right in it
            raise trouble
        session.warn(explain(trouble))
    if any(not line.sound for line in lines):
        raise StorageDamaged
    return 0


def _check_program(session: CommandSession, folder: str) -> int:
    """Look through the files of a program; installers ask this before they switch to it."""
    files = soundness.ProgramFiles(Path(folder)) if folder else soundness.PROGRAM
    if not files.are_listed:
        raise Refused(N_("This program runs from its source, which has no list of its files."))
    files.require_sound()
    session.say(_("Every file of the program is as it was made."))
    return 0
