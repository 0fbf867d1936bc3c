"""The drill: bringing a copy back on trial, so that nobody learns on the bad day that it does not work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from tlbb_desktop.data.backup import DAMAGED, read_content, unpack
from tlbb_desktop.data.record_digest import RecordSaid, record_said
from tlbb_desktop.data.schema import HEAD, revision_of
from tlbb_desktop.data.sealed_columns import Place
from tlbb_desktop.domain.clock import Clock
from tlbb_desktop.domain.errors import NotFound, StorageDamaged
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.security.keyring_file import KeyringFile
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.security.unlocked import UnlockedKeys
from tlbb_desktop.services.backup_contents import DATABASE_PART, BackupInfo, workshop
from tlbb_desktop.services.backups import BackupService, put_setting
from tlbb_desktop.services.entering import open_store
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.office import Office
from tlbb_desktop.services.restoring import Word, admitted, restore
from tlbb_desktop.services.settings import SettingsService

LAST_DRILL: Final = "last_drill"
#: Tables in which a restored record differs from its copy: its new series and sender, and that it was restored.
STARTED_ANEW: Final = frozenset({"setting", "audit_event"})


@dataclass(frozen=True, slots=True)
class Drill:
    """A copy that came back whole.

    Args:
        copy: which.
        rows: how many rows came back.
        fields: how many protected fields were opened.
    """

    copy: BackupInfo
    rows: int
    fields: int


class DrillService:
    """Drills on the copies of the open record.

    Args:
        office: who acts on which record.
        holder: home and open keys.
        backups: the copies.
        settings: where the last drill is remembered.
    """

    def __init__(self, office: Office, holder: KeyHolder, backups: BackupService, settings: SettingsService) -> None:
        self._office, self._holder = office, holder
        self._backups, self._settings = backups, settings

    def drill(self, path: Path | None, recovery_key: str) -> Drill:
        """Bring a copy back on trial with the recovery key alone, and write down that it worked.

        Args:
            path: the copy; None = the newest that can be reached now.
            recovery_key: the printed code.

        Raises:
            NotFound: there is no copy yet.
            BadFile, StorageDamaged, WrongPassphrase, StorageFull: see :func:`drill`.
        """
        self._office.permit(Action.BACKUP_RESTORE)
        copy = path or self._newest()
        done = drill(copy, self._holder.home, Word(recovery_key=recovery_key), self._office.clock)
        with self._office.own_act(enters=False) as act:
            put_setting(act.session, LAST_DRILL, act.at.isoformat())
            act.record("drill", done.copy.digest[:16])
            act.changed("backup")
        return done

    def _newest(self) -> Path:
        """The newest copy that is there; the newest of all, to be named in the refusal, where none is."""
        listed = [info.path for info in self._backups.made()]
        if not listed:
            raise NotFound(N_("There is no backup yet."))
        return next((path for path in listed if path.is_file()), listed[0])

    def last(self) -> datetime | None:
        """When a copy last came back whole on trial."""
        kept = self._settings.get(LAST_DRILL)
        return datetime.fromisoformat(kept) if kept else None


def drill(path: Path, beside: Home, word: Word, clock: Clock) -> Drill:
    """Restore *path* into a home that is removed again, and compare what it says with what the copy says.

    Args:
        path: the copy.
        beside: in whose folder for backups the trial lies for a moment.
        word: with whose word it is opened.
        clock: where the time comes from.

    Raises:
        BadFile: it is not a backup.
        WrongPassphrase: the words do not open it.
        StorageDamaged: something did not come back as it was.
        StorageFull: no room for the trial.
    """
    content = read_content(path)
    with workshop(beside.backups) as folder:
        trial = Home(folder / "trial")
        info = restore(
            path, trial, username=word.username, passphrase=word.passphrase, recovery_key=word.recovery_key, clock=clock
        )
        _keyring, keys = admitted(KeyringFile(trial.path).load(), word)
        store, fitting = open_store(trial, keys)
        store.close()
        back, fields = _said(trial.database, fitting)
        copy = folder / DATABASE_PART
        unpack(path, content, DATABASE_PART, copy)
        is_newest = revision_of(copy, fitting.db_key, fitting.db_salt) == HEAD  # an older one was brought up to date
        if is_newest and _said(copy, fitting) != (back, fields):
            raise StorageDamaged(DAMAGED)
    return Drill(info, sum(back.counts.values()), fields)


def _said(database: Path, keys: UnlockedKeys) -> tuple[RecordSaid, int]:
    """What *database* says with protected fields opened, less what a restore begins anew; and how many were opened."""
    opener = _Opener(keys)
    said = record_said(database, keys.db_key, keys.db_salt, opener, without=STARTED_ANEW)
    return said, opener.count


class _Opener:
    """Opens the fields whose keys are held, and counts them; the recovery key holds all."""

    def __init__(self, keys: UnlockedKeys) -> None:
        self._cipher: FieldCipher = FieldCipher(keys)
        self.count = 0

    def __call__(self, place: Place, sealed: bytes) -> bytes:
        compartment = Compartment(place.compartment)
        if not self._cipher.opens(compartment):
            return sealed
        self.count += 1
        where = (place.table, place.uuid, place.column, place.version)
        return self._cipher.decrypt(compartment, *where, sealed) or b""
