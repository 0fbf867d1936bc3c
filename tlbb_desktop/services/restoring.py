"""Bringing a programme back from a backup: into an empty home, or in the place of a damaged record."""

from __future__ import annotations

import base64
import hmac
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from tlbb_desktop.bundle import soundness
from tlbb_desktop.data.backup import DAMAGED, BackupContent, read_content, unpack
from tlbb_desktop.data.integrity import check_file
from tlbb_desktop.data.models import Setting, Staff
from tlbb_desktop.data.record_digest import RecordSaid, record_said
from tlbb_desktop.data.schema import migrate
from tlbb_desktop.domain.clock import Clock, SystemClock
from tlbb_desktop.domain.errors import NotFound, NotPermitted, Refused, StorageDamaged, WrongPassphrase
from tlbb_desktop.domain.record_counts import COUNTED
from tlbb_desktop.i18n.catalog import KHMER
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.keyring import RECOVERY_USER, Keyring
from tlbb_desktop.security.keyring_file import KeyringFile
from tlbb_desktop.security.membership import reset_passphrase
from tlbb_desktop.security.permissions import Action, Scope, allowed
from tlbb_desktop.security.recovery import parse_code
from tlbb_desktop.security.unlocked import UnlockedKeys
from tlbb_desktop.services.audit_trail import AuditTrail
from tlbb_desktop.services.backup_contents import DATABASE_PART, BackupInfo, info_of, keyring_inside, said_inside
from tlbb_desktop.services.backups import RESTORED_FROM, put_setting, setting
from tlbb_desktop.services.closed_record import MOVED
from tlbb_desktop.services.entering import open_store
from tlbb_desktop.services.exchange_laptops import used_letters
from tlbb_desktop.services.failed_logins import guarded
from tlbb_desktop.services.founding import founding, replacing
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.integrity import RecordInQuestion, checked, needs_backup
from tlbb_desktop.services.seeds import begin_series
from tlbb_desktop.services.server_home import move_to_server, require_room
from tlbb_desktop.services.window_memory import WindowMemory, keep_memory

#: What a bundle of a move says it is; a backup says nothing.
MOVE: Final = "move"
MOVED_HERE: Final = "moved_here"
#: What the setting of that name keeps; empty for a backup.
Told = dict[str, Any]


def restore(
    path: Path,
    home: Home,
    *,
    username: str = "",
    passphrase: str = "",
    recovery_key: str = "",
    clock: Clock | None = None,
    server: str = "",
) -> BackupInfo:
    """Bring a programme back into an empty home; it is there whole or not at all.

    The laptop gets a new letter for its number series and a new sender id, and the setting ``restored_from`` tells
    Today what has to be entered again from paper, until ``BackupService.entered_again``. The login page speaks the
    programme's language unless another was chosen here.

    Args:
        path: the backup.
        home: an empty home.
        username: a member who may restore. With a recovery key: whose passphrase is set anew, or ``""``.
        passphrase: theirs. With a recovery key: the new one.
        recovery_key: the printed code, instead of a member's passphrase.
        clock: where the time comes from.
        server: ``postgresql://…`` where the record shall lie on an empty server from now on.

    Raises:
        BadFile: it is not a backup.
        StorageDamaged: it is damaged.
        WrongPassphrase: unknown name, wrong passphrase or another programme's recovery key.
        NotPermitted: the member may not restore.
        Refused: the home is not empty, or lies where data is lost.
        ProgramDamaged: the program's own files are not as they were installed.
    """
    word = Word(username, passphrase, recovery_key)
    return brought_into(path, home, word, clock or SystemClock(), server)[0]


def brought_into(path: Path, home: Home, word: Word, clock: Clock, server: str) -> tuple[BackupInfo, Told]:
    """As :func:`restore`; also what a bundle of a move has to tell, and nothing of a backup."""
    soundness.PROGRAM.require_sound()
    home.require_empty()
    with founding(home) as hidden:
        return _bring_back(path, hidden, home, word, clock, server)


def restore_over_damaged(
    path: Path,
    home: Home,
    *,
    username: str = "",
    passphrase: str = "",
    recovery_key: str = "",
    clock: Clock | None = None,
) -> tuple[BackupInfo, Path]:
    """Bring a programme back in the place of one that is damaged, which is kept in a folder of the home.

    Until the backup has proven good, and its owner has proven who they are, nothing of the record is touched. The
    caller holds the home's ``WindowLock``: a window that goes on marking would mark what is set aside.

    Args:
        path: the backup.
        home: a home whose record is damaged.
        username: as for :func:`restore`.
        passphrase: as for :func:`restore`.
        recovery_key: as for :func:`restore`.
        clock: where the time comes from.

    Returns:
        The backup, and the folder that keeps the damaged record.

    Raises:
        Refused: the record lies on a server, is sound, or whether it is cannot be told with these words.
        TooManyTries: too soon after words that did not open the record on this laptop.
        BadFile, StorageDamaged, WrongPassphrase, NotPermitted, ProgramDamaged: as for :func:`restore`.
    """
    soundness.PROGRAM.require_sound()
    if home.server:
        raise Refused(
            N_(
                "This record lies on a server, so nothing here can be put in its place. Nothing was changed."
                " Restore the backup into an empty folder, with --database and an empty database."
            )
        )
    clock, word = clock or SystemClock(), Word(username, passphrase, recovery_key)
    _require_damaged(home, word, clock)
    name = f"{clock.now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    with replacing(home, name) as hidden:
        info, _told = _bring_back(path, hidden, home, word, clock)
    return info, home.set_aside / name


@dataclass(frozen=True, slots=True, repr=False)
class Word:
    """With whose word a backup is opened; see :func:`restore`."""

    username: str = ""
    passphrase: str = ""
    recovery_key: str = ""


def _require_damaged(home: Home, word: Word, clock: Clock) -> None:
    """Raise Refused unless the keyring or the record of *home* is damaged, in any way that a check finds."""
    try:
        keyring = KeyringFile(home.path).load()
    except StorageDamaged:
        return
    try:
        keys = _keys_of(home, keyring, word, clock)
    except (WrongPassphrase, NotFound) as error:
        raise Refused(
            N_(
                "These words do not open the record on this laptop, so whether it is damaged cannot be told."
                " Nothing was changed. Use those that opened it last, or the recovery key."
            )
        ) from error
    try:
        store, fitting = open_store(home, keys)
    except StorageDamaged:
        return
    try:
        if needs_backup(checked(RecordInQuestion(home, store, fitting, keys, AuditTrail(keys.audit_key)))):
            return
    finally:
        store.close()
    raise Refused(N_("The record on this laptop is not damaged. Nothing was changed. Log in and go on working."))


def _keys_of(home: Home, keyring: Keyring, word: Word, clock: Clock) -> UnlockedKeys:
    """The keys that these words open on this laptop, where wrong ones are counted as at the login."""
    if word.recovery_key:
        parsed = parse_code(word.recovery_key)
        return guarded(home, RECOVERY_USER, clock, lambda: keyring.unlock_with_recovery(parsed))
    account = keyring.account(word.username)
    return guarded(home, account, clock, lambda: keyring.unlock(word.username, word.passphrase))


def _bring_back(
    path: Path, hidden: Home, home: Home, word: Word, clock: Clock, server: str = ""
) -> tuple[BackupInfo, Told]:
    content = read_content(path)
    keyring = keyring_inside(path, content, hidden.path)
    keyring, keys = admitted(keyring, word)
    room = require_room(server, f"restore {content.digest}", lambda begun: admitted(begun, word)) if server else None
    unpack(path, content, DATABASE_PART, hidden.database)
    KeyringFile(hidden.path).save(keyring, replaces=None)
    store, fitting = open_store(hidden, keys)
    try:
        check_file(hidden.database, fitting.db_key, fitting.db_salt)
        store.close()
        said = said_inside(path, content, hidden.path, fitting)
        if said is not None and said != record_said(hidden.database, fitting.db_key, fitting.db_salt):
            raise StorageDamaged(DAMAGED)
        migrate(store.engine)
        with store.write() as session:
            told = _start_anew(session, fitting, content, info_of(path, content), said, clock)
            language = setting(session, "language", KHMER)
    finally:
        store.close()
    if room is not None:
        move_to_server(hidden, room, keyring, fitting)
    if not home.window_memory.exists():
        keep_memory(home, WindowMemory(language=language))
    return info_of(path, content, opened=True), told


def admitted(keyring: Keyring, word: Word) -> tuple[Keyring, UnlockedKeys]:
    """The keys of who restores, and the keyring, changed where a passphrase is set anew.

    Raises:
        WrongPassphrase: the words open nothing.
        NotPermitted: they are a member's who may not restore.
    """
    if not word.recovery_key:
        keys = keyring.unlock(word.username, word.passphrase)
        if allowed(keys.role, keys.admin_duty, Action.BACKUP_RESTORE) is Scope.NONE:
            raise NotPermitted
        return keyring, keys
    keys = keyring.unlock_with_recovery(parse_code(word.recovery_key))
    if word.username and word.passphrase:
        keyring = reset_passphrase(keyring, keys, word.username, word.passphrase).keyring
    return keyring, keys


def _start_anew(
    session: Session,
    keys: UnlockedKeys,
    content: BackupContent,
    info: BackupInfo,
    said: RecordSaid | None,
    clock: Clock,
) -> Told:
    """Give the laptop its own number series and sender id, and note where the record comes from."""
    begin_series(session, used_letters(session))
    told: Told = {}
    if content.facts.get("kind") == MOVE:
        kind = "moved_here"
        session.execute(delete(Setting).where(Setting.name == MOVED))
        code = confirmation_code(keys, content.digest)
        theirs = said.counts if said else {}
        ours = {table: _count(session, table) for table in theirs}
        told = {"at": clock.now().isoformat(), "code": code, "theirs": _counted(theirs), "ours": _counted(ours)}
        put_setting(session, MOVED_HERE, told)
    else:
        kind = "restored"
        session.execute(delete(Setting).where(Setting.name.in_((MOVED, MOVED_HERE))))  # of laptops before this one
        came = {"made_at": info.made_at.isoformat(), "restored_at": clock.now().isoformat()}
        put_setting(session, RESTORED_FROM, came)
    member = None
    with suppress(ValueError):  # the recovery key is nobody's
        member = session.scalars(select(Staff.id).where(Staff.uuid == UUID(keys.user).bytes)).first()
    trail = AuditTrail(keys.audit_key)
    trail.append(session.connection(), clock.now(), member, kind, info.digest[:16], info.made_at.isoformat())
    return told


def confirmation_code(keys: UnlockedKeys, digest: str) -> str:
    """The code by which a new laptop tells the old one that it has the record: nobody makes it who cannot open that.

    Args:
        keys: those of the record.
        digest: of the bundle, hexadecimal.
    """
    code = base64.b32encode(hmac.digest(keys.db_key, b"tlbb moved 1" + digest.encode(), "sha256")).decode()
    return f"{code[:4]}-{code[4:8]}"


def _count(session: Session, table: str) -> int:
    return int(session.execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one())


def _counted(counts: Mapping[str, int]) -> dict[str, int]:
    return {table: number for table, number in counts.items() if table in COUNTED}
