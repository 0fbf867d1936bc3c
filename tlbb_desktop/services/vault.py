"""The door of the record: a new programme, who may enter, and entering. Nobody acts here yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from tlbb_desktop.bundle import soundness
from tlbb_desktop.data.engine import open_engine
from tlbb_desktop.data.models import Staff, StaffPrison
from tlbb_desktop.data.models.vocabulary import new_uuid
from tlbb_desktop.data.schema import migrate
from tlbb_desktop.data.store import Store, session_in
from tlbb_desktop.domain.clock import Clock, SystemClock
from tlbb_desktop.domain.errors import NotFound
from tlbb_desktop.domain.staff import MemberTile, Role
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.kdf import KdfCost
from tlbb_desktop.security.keyring import RECOVERY_USER, Keyring
from tlbb_desktop.security.keyring_file import KeyringFile
from tlbb_desktop.security.membership import Founded, Member, create_keyring, reset_passphrase
from tlbb_desktop.security.membership import unlock_with_slip as open_with_slip
from tlbb_desktop.security.recovery import SLIP_GROUPS, parse_code
from tlbb_desktop.security.unlocked import UnlockedKeys
from tlbb_desktop.services.audit_trail import AuditTrail
from tlbb_desktop.services.entering import Unlocked, enter
from tlbb_desktop.services.failed_logins import guarded
from tlbb_desktop.services.founding import clear_unfinished, founding
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.keyring_place import keyring_of
from tlbb_desktop.services.record_place import record_exists, stand_on_server
from tlbb_desktop.services.seeds import plant
from tlbb_desktop.services.server_home import begin_on_server, leave_server, require_room

__all__ = [
    "Created",
    "HomeState",
    "NewProgramme",
    "SlipUnlocked",
    "Unlocked",
    "create_programme",
    "give_up",
    "home_state",
    "members",
    "recovery_key_kept",
    "unlock",
    "unlock_with_recovery",
    "unlock_with_slip",
]


class HomeState(StrEnum):
    """What a home directory holds."""

    EMPTY = "empty"
    READY = "ready"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class NewProgramme:
    """What the first-run wizard asks for.

    Args:
        prison_code: the home's prison, such as ``SR``.
        manager_username: login name of the first manager, without spaces.
        passphrase: theirs.
        manager_name: shown on the tile; the login name when empty.
        language: ``km`` or ``en``.
        demonstration: whether it is the demonstration programme.
    """

    prison_code: str
    manager_username: str
    passphrase: str
    manager_name: str = ""
    language: str = "km"
    demonstration: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Created:
    """A new programme: the recovery key to print, the record opened for its first manager, and its keyring."""

    recovery_key: str
    unlocked: Unlocked
    keyring: Keyring


@dataclass(frozen=True, slots=True, repr=False)
class SlipUnlocked:
    """A record opened with a reset slip, and the slip that replaces the used one."""

    slip: str
    unlocked: Unlocked


def home_state(home: Home) -> HomeState:
    """What lies in *home*; never raises for a damaged one."""
    if home.is_empty():
        return HomeState.EMPTY
    return HomeState.READY if home.has_keyring and record_exists(home) else HomeState.INCOMPLETE


def members(home: Home) -> tuple[MemberTile, ...]:
    """Who may log in, for the tiles of the login page.

    Raises:
        NotFound: there is no programme here.
        StorageDamaged: the keyring cannot be read.
    """
    return _keyring(home).tiles()


def create_programme(
    home: Home, wishes: NewProgramme, cost: KdfCost, clock: Clock | None = None, server: str = ""
) -> Created:
    """Make a new programme in an empty home; it is there whole or not at all.

    Args:
        home: an empty directory.
        wishes: prison, first manager, passphrase, language.
        cost: what opening a slot costs, from ``security.kdf.calibrate``.
        clock: where the time comes from.
        server: ``postgresql://…`` where the record shall lie on a server, in a database of its own.

    Raises:
        Refused: the home is not empty or lies where data is lost, the passphrase is weak, or the server holds a
            programme. One that was founded there for the same prison with the same words, and whose recovery key was
            never kept, is founded anew: see :func:`recovery_key_kept`.
        NotFound: no prison has that code.
        ServerAway: the server does not answer; whatever it did, the same call may be made again.
        ProgramDamaged: the program's own files are not as they were installed.
    """
    soundness.PROGRAM.require_sound()
    clock = clock or SystemClock()
    uuid = new_uuid()
    name = wishes.manager_name.strip() or wishes.manager_username
    with founding(home) as hidden:

        def opening(begun: Keyring) -> object:
            return begun.unlock(wishes.manager_username, wishes.passphrase)

        room = require_room(server, f"init {wishes.prison_code}", opening) if server else None
        member = Member(uuid.hex(), wishes.manager_username, name, Role.MANAGER, admin_duty=True)
        founded = create_keyring(member, wishes.passphrase, cost)
        KeyringFile(hidden.path).save(founded.keyring, replaces=None)

        def fill(connection: Connection) -> None:
            with session_in(connection) as session:
                _write_beginning(session, founded, wishes, clock)
                session.flush()

        if room is not None:
            begin_on_server(hidden, room, founded.keyring, founded.keys, fill)
        else:
            _begin_in_file(hidden, founded.keys, fill)
    return Created(str(founded.recovery), _first_login(home, founded, clock), founded.keyring)


def recovery_key_kept(created: Created) -> None:
    """Let a new programme stand for good, as its recovery key is on paper or in a file.

    Raises:
        ChangedMeanwhile: it was founded anew on another computer, so this recovery key opens nothing.
        ServerAway: the server does not answer; the same call may be made again.
    """
    if created.unlocked.home.server:
        with created.unlocked.store.begin() as connection:
            stand_on_server(connection, created.keyring)


def give_up(created: Created) -> None:
    """Close a new programme whose recovery key could not be kept; on a server the same words found it anew."""
    created.unlocked.store.close()
    if created.unlocked.home.server:
        leave_server(created.unlocked.home)


def _begin_in_file(hidden: Home, keys: UnlockedKeys, fill: Callable[[Connection], None]) -> None:
    store = Store(open_engine(hidden.database, keys.db_key, keys.db_salt))
    try:
        migrate(store.engine)
        with store.begin() as connection:
            fill(connection)
    finally:
        store.close()


def _write_beginning(session: Session, founded: Founded, wishes: NewProgramme, clock: Clock) -> None:
    manager, now = founded.keyring.slots[0], clock.now()
    prison = plant(session, wishes.prison_code, wishes.language, now, demonstration=wishes.demonstration)
    staff = Staff(
        uuid=UUID(manager.user).bytes,
        username=manager.username,
        name=manager.display_name,
        role=Role.MANAGER,
        admin_duty=True,
        active=True,
        created_at=now,
        changed_at=now,
    )
    session.add(staff)
    session.flush()
    session.add(StaffPrison(staff_id=staff.id, prison_id=prison.id, starts_on=clock.today(), ends_on=None))
    trail = AuditTrail(founded.keys.audit_key)
    trail.append(session.connection(), now, staff.id, "programme_created", prison.code)


def _first_login(home: Home, founded: Founded, clock: Clock) -> Unlocked:
    try:
        return enter(home, founded.keyring, founded.keys, clock, "login", founder=True)
    except BaseException:  # nobody has seen the recovery key yet: on a server the same words make the beginning again
        if home.server:
            leave_server(home)
        raise


def unlock(home: Home, username: str, passphrase: str, clock: Clock | None = None) -> Unlocked:
    """Open the record with a member's passphrase.

    Raises:
        WrongPassphrase: unknown name or wrong passphrase.
        TooManyTries: too soon after wrong ones.
        StorageDamaged: keyring or record fail their checks.
        ProgramDamaged: the program's own files are not as they were installed.
    """
    clock = clock or SystemClock()
    keyring = _keyring(home)
    keys = guarded(home, keyring.account(username), clock, lambda: keyring.unlock(username, passphrase))
    return enter(home, keyring, keys, clock, "login")


def unlock_with_recovery(home: Home, code: str, username: str, passphrase: str, clock: Clock | None = None) -> Unlocked:
    """Open the record with the printed recovery key, and give the member *username* a new passphrase.

    Raises:
        Refused: a group of the code is mistyped, or the new passphrase is weak.
        NotFound: nobody has that login name.
        WrongPassphrase: it is another programme's code.
        TooManyTries: too soon after wrong ones.
    """
    clock = clock or SystemClock()
    keyring = _keyring(home)
    parsed = parse_code(code)
    all_keys = guarded(home, RECOVERY_USER, clock, lambda: keyring.unlock_with_recovery(parsed))
    changed = reset_passphrase(keyring, all_keys, username, passphrase).keyring
    keys = changed.unlock(username, passphrase)
    keyring_of(home).save(changed, replaces=keyring)
    return enter(home, changed, keys, clock, "login_recovery")


def unlock_with_slip(home: Home, username: str, code: str, passphrase: str, clock: Clock | None = None) -> SlipUnlocked:
    """Open the record with a member's printed reset slip, which sets a new passphrase and is replaced by a new slip.

    Raises:
        Refused: a group of the code is mistyped, or the new passphrase is weak.
        WrongPassphrase: unknown name, no slip, or another code.
        TooManyTries: too soon after wrong ones.
    """
    clock = clock or SystemClock()
    keyring = _keyring(home)
    parsed = parse_code(code, SLIP_GROUPS)
    account = keyring.account(username)
    used = guarded(home, account, clock, lambda: open_with_slip(keyring, username, parsed, passphrase))
    keyring_of(home).save(used.keyring, replaces=keyring)
    return SlipUnlocked(str(used.slip), enter(home, used.keyring, used.keys, clock, "login_slip"))


def _keyring(home: Home) -> Keyring:
    soundness.PROGRAM.require_sound()
    home.require_safe_place()
    if home.is_empty():
        raise NotFound(
            N_("There is no programme in {folder} yet. Make one with init, or restore a backup."), folder=str(home.path)
        )
    clear_unfinished(home)
    return keyring_of(home).load()
