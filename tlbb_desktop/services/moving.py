"""Moving the record to another laptop: a bundle that proved to open, a home that is closed, counts that are equal."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout
from sqlalchemy import delete

from tlbb_desktop.data.backup import DAMAGED, disk_errors_explained, read_content, read_facts, unpack
from tlbb_desktop.data.durable import move
from tlbb_desktop.data.engine import driver_connection
from tlbb_desktop.data.integrity import check_file
from tlbb_desktop.data.models import Setting
from tlbb_desktop.data.record_digest import record_said
from tlbb_desktop.domain.clock import Clock, SystemClock
from tlbb_desktop.domain.errors import NotFound, Refused, StorageDamaged, StorageLocked
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import to_ascii_digits
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.backup_contents import DATABASE_PART, BackupInfo, said_inside, workshop, write_backup
from tlbb_desktop.services.backups import put_setting, setting
from tlbb_desktop.services.closed_record import MOVED, closed_since, mark_home
from tlbb_desktop.services.exchange_laptops import used_letters
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.removable_media import BACKUP_ENDING
from tlbb_desktop.services.restoring import MOVE, MOVED_HERE, Word, brought_into, confirmation_code
from tlbb_desktop.services.seeds import begin_series
from tlbb_desktop.services.settings import SettingsService

_NAME_START: Final = "tlbb-move-"
#: Ends what is written of a bundle until the record knows it.
_NAMELESS: Final = ".unproved"
#: The code has letters and 2 to 7; these look like them.
_MISREAD: Final = str.maketrans("018", "OIB")
_BUSY: Final = N_("A bundle is being written at this moment. Nothing was changed. Wait until it is done.")
_STAYS_CLOSED: Final = N_(
    "The last step did not work. This record stays closed, as a whole bundle may lie on the stick."
    " Look there before you go on here."
)


@dataclass(frozen=True, slots=True)
class MovedAway:
    """This record is closed because it moved.

    Args:
        on: day of the closing.
        bundle: name of the bundle, or ``""`` while none has proved good.
        counts: table -> rows in the bundle.
        confirmed: whether the new laptop's code was typed here.
        awaits_code: whether a bundle may have been received that this record knows the code of.
    """

    on: date
    bundle: str
    counts: Mapping[str, int]
    confirmed: bool
    awaits_code: bool


@dataclass(frozen=True, slots=True)
class CameHere:
    """This record came from another laptop.

    Args:
        on: when it was received.
        code: what the old laptop is told, so that it stays closed for good.
        theirs: table -> rows in the bundle.
        ours: table -> rows here when it was received.
    """

    on: datetime
    code: str
    theirs: Mapping[str, int]
    ours: Mapping[str, int]

    @property
    def equal(self) -> bool:
        """Whether all arrived; only then may the old record be wiped."""
        return self.theirs == self.ours


class MoveService:
    """The old laptop's side: closing, confirming, opening again; and what the new one remembers.

    Args:
        office: who acts on which record.
        holder: home and open keys.
        settings: what is remembered of the move.
    """

    def __init__(self, office: Office, holder: KeyHolder, settings: SettingsService) -> None:
        self._office, self._holder, self._settings = office, holder, settings

    def prepare(self, destination: Path) -> BackupInfo:
        """Close this record, write all of it into a bundle, and prove that the bundle opens.

        Where that does not work before the bundle is about to get its name, the record is open again; whatever happens
        later leaves it closed, as a bundle may lie where nobody can look. After a stop in between it stays closed, too,
        and this can be done once more, as it can for a bundle that was lost. A bundle gets its name when the record
        knows it, so that the code of whichever is received is taken; what a stop left without a name is removed the
        next time.

        Args:
            destination: a folder, or a file that ends with ``.tlbb``.

        Raises:
            Refused: the record lies on a server, a change of keys is not finished, the new laptop has the record, or
                the last step did not work and the record stays closed.
            NotFound: there is no such folder.
            StorageLocked: another window or command is at a move of this record.
            StorageFull, BadFile, StorageDamaged: the bundle could not be written, or did not prove good.
        """
        self._office.permit(Action.BACKUP_RESTORE)
        if self._holder.home.server:
            raise Refused(
                N_("This record lies on a server, so nothing has to move. Start the new computer with --database.")
            )
        target = self._target(destination)
        if self._holder.rekey_due:
            raise Refused(N_("A change of keys is not finished yet. Finish it on the staff page, then move."))
        with self._alone():
            return self._write(target)

    def _write(self, target: Path) -> BackupInfo:
        standing = self.moved_away()
        if standing is not None and standing.confirmed:
            raise Refused(N_("The new laptop has this record already. It stays closed here."))
        self._clear_left_over(target.parent)
        begun, nameless = standing is None, target.with_name(f".{target.name}{_NAMELESS}")
        if begun:
            self._close(bundle="", digest="", counts={})
        try:
            written = write_backup(self._holder, self._office.clock.now(), nameless, {"kind": MOVE})
            self._prove(nameless)
            self._expect(written.info.digest)
        except BaseException:
            _remove(nameless)
            if begun:
                self._open()
            raise
        try:
            with disk_errors_explained():
                move(nameless, target)
            self._close(bundle=target.name, digest=written.info.digest, counts=written.said.counts)
        except Exception as error:
            _remove(nameless)
            _remove(target)
            raise Refused(_STAYS_CLOSED) from error
        return replace(written.info, path=target)

    def finish(self, code: str) -> None:
        """Take the code that the new laptop shows; from then on this record stays closed for good.

        Raises:
            Refused: this record did not move, or it is another code.
            StorageLocked: another window or command is at a move of this record.
        """
        self._office.permit(Action.BACKUP_RESTORE)
        with self._alone():
            self._finish(code)

    def _finish(self, code: str) -> None:
        digests = self._kept().get("digests", ())
        if not digests:
            raise Refused(N_("This record did not move to another laptop."))
        typed = "".join(each for each in to_ascii_digits(code).upper() if each.isalnum()).translate(_MISREAD)
        if not any(self._is_code_of(each, typed) for each in digests):
            raise Refused(N_("This is not the code of the new laptop. Look at it there: Settings, New laptop."))
        with self._office.own_act(enters=False) as act:
            put_setting(act.session, MOVED, {**self._kept(), "confirmed": True})
            act.record("move_confirmed", "")
            act.changed("backup")

    def reopen(self, reason: str) -> None:
        """Go on here after all, with a new number series and sender, as the bundle may live somewhere.

        Raises:
            Refused: the actor is no manager, there is no reason, or the new laptop has the record.
            StorageLocked: another window or command is at a move of this record.
        """
        self._office.permit(Action.BACKUP_RESTORE)
        with self._alone():
            self._reopen(reason)

    def _reopen(self, reason: str) -> None:
        standing = self.moved_away()
        if standing is None:
            raise Refused(N_("This record did not move to another laptop."))
        if self._office.actor.role is not Role.MANAGER:
            raise Refused(N_("Only a manager opens a closed record again."))
        if standing.confirmed:
            raise Refused(N_("The new laptop has this record already. It stays closed here."))
        if not reason.strip():
            raise Refused(N_("Say why it is opened again."), place="reason")
        with self._office.own_act(enters=False) as act:
            act.record("move_reopened", "", reason.strip())
            begin_series(act.session, used_letters(act.session), same_laptop=True)
            _forget(act)
        mark_home(self._holder.home, None)

    def moved_away(self) -> MovedAway | None:
        """What is known of the move, where this record is closed."""
        self._office.permit(Action.BACKUP_RESTORE)
        kept = self._kept()
        if not kept:
            return None
        day = datetime.fromisoformat(kept["at"]).date()
        return MovedAway(day, kept["bundle"], kept["counts"], bool(kept.get("confirmed")), bool(kept["digests"]))

    def came_here(self) -> CameHere | None:
        """What is known of the move that brought this record here, with the code that closes the old one for good."""
        self._office.permit(Action.BACKUP_RESTORE)
        kept = self._settings.get(MOVED_HERE)
        return _came(kept) if kept else None

    # ----------------------------------------------------------------------------------------------------------------

    def _kept(self) -> dict[str, Any]:
        return self._settings.get(MOVED) or {}

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let one window or command at a time work at a move, so that none takes back what another has written."""
        self._holder.home.backups.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self._holder.home.backups / ".moving", timeout=0):
                yield
        except Timeout as error:
            raise StorageLocked(_BUSY) from error

    def _is_code_of(self, digest: str, typed: str) -> bool:
        expected = confirmation_code(self._holder.record_keys, digest)
        return hmac.compare_digest(typed.encode(), expected.replace("-", "").encode())

    def _close(self, **facts: Any) -> None:
        with self._office.own_act(enters=False) as act:
            kept = setting(act.session, MOVED, None) or {"at": act.at.isoformat()}
            put_setting(act.session, MOVED, {"digests": [], **kept, **facts})
            act.record("moved" if facts["digest"] else "move_begun", facts["digest"][:16])
            act.changed("backup")
            act.session.flush()
            day = closed_since(driver_connection(act.connection))
        mark_home(self._holder.home, day)

    def _expect(self, digest: str) -> None:
        """Take the code of this bundle from now on, before there is a way to receive it."""
        with self._office.own_act(enters=False) as act:
            kept = setting(act.session, MOVED, None)
            put_setting(act.session, MOVED, {**kept, "digests": [*kept["digests"], digest]})
            act.record("move_proved", digest[:16])

    def _clear_left_over(self, folder: Path) -> None:
        """Remove what a stop left of this record's bundles that never had a name."""
        with suppress(OSError):
            for path in folder.glob(f".*{_NAMELESS}*"):
                facts = read_facts(path) or {}
                if facts.get("kind") == MOVE and facts.get("keyring") == self._holder.keys.keyring_id:
                    path.unlink()

    def _open(self) -> None:
        with self._office.own_act(enters=False) as act:
            act.record("move_failed", "")
            _forget(act)
        mark_home(self._holder.home, None)

    def _prove(self, bundle: Path) -> None:
        """Take the record out of the bundle again, open it, check it, and read every row of it."""
        content, keys = read_content(bundle), self._holder.record_keys
        with workshop(self._holder.home.backups) as folder:
            unpack(bundle, content, DATABASE_PART, folder / DATABASE_PART)
            check_file(folder / DATABASE_PART, keys.db_key, keys.db_salt)
            said = record_said(folder / DATABASE_PART, keys.db_key, keys.db_salt)
            if said != said_inside(bundle, content, folder, keys):
                raise StorageDamaged(DAMAGED)

    def _target(self, destination: Path) -> Path:
        if destination.resolve().is_relative_to(self._holder.home.path.resolve()):
            raise Refused(N_("A bundle beside the record is no use to another laptop. Choose a USB stick."))
        if destination.suffix == BACKUP_ENDING and not destination.is_dir():
            if destination.exists():
                raise Refused(
                    N_("{name} exists already. Nothing was changed. Name another file."), name=destination.name
                )
            return destination
        if not destination.is_dir():
            raise NotFound(N_("There is no folder {folder}. Plug the stick in and try again."), folder=str(destination))
        with disk_errors_explained():
            day = self._office.clock.today()
            return destination / f"{_NAME_START}{day:%Y%m%d}-{secrets.token_hex(2)}{BACKUP_ENDING}"


def receive(path: Path, home: Home, word: Word, clock: Clock | None = None, server: str = "") -> CameHere:
    """Take a record over from another laptop into an empty home; every passphrase goes on working.

    Args:
        path: the bundle.
        home: an empty home.
        word: with whose word it is opened.
        clock: where the time comes from.
        server: ``postgresql://…`` where the record shall lie on an empty server from now on.

    Raises:
        Refused: it is a backup and no bundle, or the home is not empty.
        BadFile, StorageDamaged, WrongPassphrase, NotPermitted: as for ``restoring.restore``.
    """
    home.require_empty()
    if not is_bundle(path):
        raise Refused(
            N_("{name} is a backup, not the bundle of a move. Bring it back as a backup instead."), name=path.name
        )
    _info, told = brought_into(path, home, word, clock or SystemClock(), server)
    return _came(told)


def _remove(path: Path) -> None:
    """Remove what was written, where the medium still lets us."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _came(kept: dict[str, Any]) -> CameHere:
    return CameHere(datetime.fromisoformat(kept["at"]), kept["code"], kept["theirs"], kept["ours"])


def is_bundle(path: Path) -> bool:
    """Whether *path* is the bundle of a move; raises BadFile or StorageDamaged where it is nothing good."""
    return read_content(path).facts.get("kind") == MOVE


def _forget(act: Act) -> None:
    act.session.execute(delete(Setting).where(Setting.name == MOVED))
    act.changed("backup")
