"""Copies that nobody has to think of: made when the window is locked or closed, at home and on the known media."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from shutil import rmtree
from typing import Any, Final

from filelock import FileLock, Timeout
from sqlalchemy import Connection, text

from tlbb_desktop.data.backup import duplicate, read_facts
from tlbb_desktop.data.models.vocabulary import from_milliseconds
from tlbb_desktop.domain.backup_generations import kept_generations
from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.domain.errors import NotFound, Refused, StorageDamaged, StorageFull, TlbbError
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.backup_contents import BackupInfo, write_backup
from tlbb_desktop.services.backups import NAME_START, SENDER, BackupService, new_name, put_setting, signed
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.office import Office
from tlbb_desktop.services.removable_media import BACKUP_ENDING
from tlbb_desktop.services.second_media import KnownMedium, device_of, introduce, plugged_in, read_known
from tlbb_desktop.services.settings import SettingsService

MEDIA: Final = "second_media"
TROUBLE: Final = "copy_trouble"
#: After so many days a copy outside the laptop is asked for; a setting.
DUE_DAYS: Final = "second_copy_days"
USUAL_DUE_DAYS: Final = 7
_LEFT_OVER_SECONDS: Final = 86_400
#: Events that enter nothing: a copy without them lacks nothing.
_FIRST_CHANGE = text(
    "SELECT at FROM audit_event WHERE seq > :head AND kind NOT IN ('login', 'login_failed', 'backup', 'drill')"
    " ORDER BY seq LIMIT 1"
)


class TroubleKind(StrEnum):
    """Why a copy was not made."""

    FULL = "full"
    REFUSED = "refused"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class CopyTrouble:
    """The last copy that was tried was not made; the earlier ones are all there.

    Args:
        at: when.
        medium: name of the stick, or ``""`` for this laptop.
        kind: why.
    """

    at: datetime
    medium: str
    kind: TroubleKind


@dataclass(frozen=True, slots=True)
class CopyStanding:
    """How well the record is copied.

    Args:
        newest: the last good copy, wherever it lies; None when there never was one.
        outside: the last good one on a medium that is known; a file anywhere else may lie beside the record.
        waits: whether something was entered after *outside*, or ever where there is none.
        due_days: after so many days a copy outside is asked for.
        trouble: what went wrong the last time, or None.
    """

    newest: BackupInfo | None
    outside: BackupInfo | None
    waits: bool
    due_days: int
    trouble: CopyTrouble | None

    def is_due(self, today: date) -> bool:
        """Whether a copy outside the laptop is asked for."""
        if self.outside is None:
            return True
        return self.waits and (today - self.outside.made_at.date()).days > self.due_days


class CopyService:
    """Makes them, keeps them by generations, and knows the media.

    Args:
        office: who acts on which record.
        holder: home and open keys.
        backups: the list of good ones.
        settings: the media and the last trouble.
        find_media: id -> folder of the known ones that can be reached; safe mode finds none, as a broken one can hang.
    """

    def __init__(
        self,
        office: Office,
        holder: KeyHolder,
        backups: BackupService,
        settings: SettingsService,
        find_media: Callable[[Iterable[KnownMedium]], dict[str, Path]] = plugged_in,
    ) -> None:
        self._office, self._holder = office, holder
        self._backups, self._settings = backups, settings
        self._find_media = find_media

    def make(self) -> tuple[BackupInfo, ...]:
        """Copy what changed since the last good copy, to the home and to each known medium that is plugged in.

        Trouble is written down for Today instead of raised; nothing that was copied before is touched by it. Where
        another process makes copies at this moment, or nothing changed, nothing is done.

        Returns:
            The copies that were made.
        """
        self._office.permit(Action.BACKUP_MAKE)
        with self._alone() as alone:
            if not alone or self._office.closed_since() is not None:
                return ()
            self._clear_left_over(self._holder.home.backups)
            made: list[BackupInfo] = []
            troubles: list[CopyTrouble] = []
            newest: BackupInfo | None = None
            media: tuple[tuple[KnownMedium, Path], ...] = ()
            with self._noting("", troubles):
                newest = self._at_home(made)
            with self._noting("", troubles):
                media = tuple(self._reachable())
            for medium, folder in media:
                with self._noting(medium.name, troubles):
                    newest = self._onto(medium, folder, newest, made)
            self._note(troubles[0] if troubles else None)
            return tuple(made)

    def day_was_cut_off(self) -> bool:
        """Whether something that was entered before today lies in no copy of this laptop, as after a power cut."""
        self._office.permit(Action.BACKUP_MAKE)
        at_home = self._newest_at_home()
        with self._office.store.read() as connection:
            first = _first_change(connection, at_home.head if at_home else 0)
        return first is not None and self._office.closed_since() is None and first.date() < self._office.clock.today()

    def standing(self) -> CopyStanding:
        """How well the record is copied, for Today and for the settings."""
        self._office.permit(Action.BACKUP_MAKE)
        known = self._backups.made()
        outside = next((info for info in known if info.medium), None)
        with self._office.store.read() as connection:
            waits = _first_change(connection, outside.head if outside else 0) is not None
        due = int(self._settings.get(DUE_DAYS, USUAL_DUE_DAYS))
        return CopyStanding(known[0] if known else None, outside, waits, due, self._trouble())

    def media(self) -> tuple[tuple[KnownMedium, bool], ...]:
        """The known media, and whether each is plugged in."""
        known = read_known(self._settings.get(MEDIA, []))
        found = self._find_media(known)
        return tuple((medium, medium.id in found) for medium in known)

    def choose_medium(self, folder: Path) -> KnownMedium:
        """Put copies into *folder* from now on whenever it can be reached.

        Raises:
            Refused: it lies in the home itself, or on the same disk.
            NotFound: there is no such folder.
            StorageFull, BadFile: it does not take a file.
        """
        self._office.permit(Action.BACKUP_MAKE)
        if not folder.is_dir():
            raise NotFound(N_("There is no folder {folder}. Plug the stick in and try again."), folder=str(folder))
        if self._lies_beside(folder):
            raise Refused(N_("A copy beside the record is lost with it. Choose a USB stick or another disk."))
        medium = introduce(folder)
        self._keep_media((medium, *(each for each, _here in self.media() if each.id != medium.id)))
        return medium

    def put_on(self, folder: Path) -> BackupInfo:
        """Make a backup in *folder* now, and know that medium again from now on.

        Raises:
            Refused, NotFound: as for :meth:`choose_medium`.
            StorageFull, BadFile, StorageDamaged: as for ``BackupService.create``.
        """
        medium = self.choose_medium(folder)
        info = self._backups.create(folder, medium.id)
        gone = self._forget_old(folder, info)
        if gone:
            self._backups.remember(info, gone)
        return info

    def forget_medium(self, medium_id: str) -> None:
        """Put no more copies on a medium; those that lie there stay."""
        self._office.permit(Action.BACKUP_MAKE)
        self._keep_media(tuple(each for each, _here in self.media() if each.id != medium_id))

    # ----------------------------------------------------------------------------------------------------------------

    def _at_home(self, made: list[BackupInfo]) -> BackupInfo:
        """The newest copy in the home, made now where something was entered since."""
        newest = self._newest_at_home()
        if newest is not None and not self._changed_since(newest):
            return newest
        now, folder = self._office.clock.now(), self._holder.home.backups
        info = write_backup(self._holder, now, folder / new_name(now), signed(self._settings)).info
        return self._keep(info, folder, made)

    @contextmanager
    def _noting(self, place: str, troubles: list[CopyTrouble]) -> Iterator[None]:
        """What goes wrong at one place keeps no other from its copy."""
        try:
            yield
        except (TlbbError, OSError) as error:
            troubles.append(CopyTrouble(self._office.clock.now(), place, _kind_of(error)))

    def _onto(self, medium: KnownMedium, folder: Path, newest: BackupInfo | None, made: list[BackupInfo]) -> BackupInfo:
        """The same copy on a medium, where it does not lie there yet; one of its own where there is no newest."""
        if newest is None:
            self._clear_left_over(folder)
            now = self._office.clock.now()
            info = write_backup(self._holder, now, folder / new_name(now), signed(self._settings)).info
            return self._keep(replace(info, medium=medium.id), folder, made)
        target = folder / newest.path.name
        lies_there = any(info.digest == newest.digest and info.medium == medium.id for info in self._backups.made())
        if lies_there and target.is_file() and target.stat().st_size == newest.size:
            return newest
        self._clear_left_over(folder)
        duplicate(newest.path, target)
        self._keep(replace(newest, path=target, medium=medium.id), folder, made)
        return newest

    def _keep(self, info: BackupInfo, folder: Path, made: list[BackupInfo]) -> BackupInfo:
        """Put what was just made on the list, and thin the older ones beside it."""
        made.append(info)
        with suppress(StorageFull):  # the copy is made; a full laptop only cannot list it
            self._backups.remember(info, self._forget_old(folder, info))
        return info

    def _reachable(self) -> Iterator[tuple[KnownMedium, Path]]:
        known = read_known(self._settings.get(MEDIA, []))
        found = self._find_media(known)
        yield from ((medium, found[medium.id]) for medium in known if medium.id in found)

    def _newest_at_home(self) -> BackupInfo | None:
        """The newest good copy of the home that still lies there as it was written."""
        for info in self._backups.made():
            if self._is_at_home(info) and info.path.is_file() and info.path.stat().st_size == info.size:
                return info
        return None

    def _lies_beside(self, folder: Path) -> bool:
        """Whether *folder* is lost with the record: it lies in the home, or on the home's own disk."""
        home = self._holder.home.path
        return folder.resolve().is_relative_to(home.resolve()) or device_of(folder) == device_of(home)

    def _is_at_home(self, info: BackupInfo) -> bool:
        return not info.medium and info.path.parent == self._holder.home.backups

    def _changed_since(self, info: BackupInfo) -> bool:
        with self._office.store.read() as connection:
            return _first_change(connection, info.head) is not None

    def _forget_old(self, folder: Path, newest: BackupInfo) -> list[Path]:
        """Delete the copies of this laptop that no generation keeps; *newest* stays whatever the clock says."""
        dated: dict[Path, datetime] = {}
        is_own = self._own_ones()
        for path in folder.glob(f"{NAME_START}*{BACKUP_ENDING}"):
            facts = read_facts(path) or {}
            if path != newest.path and is_own(path, facts):
                with suppress(KeyError, TypeError, ValueError):
                    dated[path] = datetime.fromisoformat(facts["made_at"]).astimezone(CAMBODIA)
        kept = kept_generations([*dated.values(), newest.made_at], self._office.clock.now())
        gone = [path for path, moment in dated.items() if moment not in kept]
        for path in gone:
            with suppress(OSError):
                path.unlink()
        return [path for path in gone if not path.exists()]

    def _own_ones(self) -> Callable[[Path, dict[str, Any]], bool]:
        """Tells a copy that this laptop made from those of others of its programme, who share the stick and the keys.

        What was made before a restore is another sender's, and is left alone: it may hold what the restored one lacks.
        """
        listed = {info.path for info in self._backups.made()}
        sender, keyring = signed(self._settings)[SENDER], self._holder.keys.keyring_id

        def is_own(path: Path, facts: dict[str, Any]) -> bool:
            if facts.get("keyring") != keyring:
                return False
            return path in listed if SENDER not in facts else facts[SENDER] == sender != ""

        return is_own

    def _clear_left_over(self, folder: Path) -> None:
        """Remove what a kill or a pulled stick left half done a day ago or earlier."""
        with suppress(OSError):
            for path in (*folder.glob(".making-*"), *folder.glob(f".{NAME_START}*.part")):
                if time.time() - path.stat().st_mtime > _LEFT_OVER_SECONDS:
                    rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink()

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        """Whether no other process makes copies in this home."""
        lock = FileLock(self._holder.home.backups / ".copying")
        try:
            self._holder.home.backups.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=0)
        except (Timeout, OSError):
            yield False
            return
        try:
            yield True
        finally:
            lock.release()

    def _keep_media(self, media: tuple[KnownMedium, ...]) -> None:
        with self._office.act(Action.BACKUP_MAKE, enters=False) as act:
            put_setting(act.session, MEDIA, [medium.kept() for medium in media])
            act.record("setting", MEDIA)
            act.changed("backup")

    def _note(self, trouble: CopyTrouble | None) -> None:
        if trouble == self._trouble():
            return
        stored = None if trouble is None else {
            "at": trouble.at.isoformat(), "medium": trouble.medium, "kind": trouble.kind.value
        }  # fmt: skip
        with suppress(TlbbError), self._office.own_act(enters=False) as act:
            put_setting(act.session, TROUBLE, stored)
            act.changed("backup")

    def _trouble(self) -> CopyTrouble | None:
        stored: dict[str, Any] | None = self._settings.get(TROUBLE)
        if not stored:
            return None
        return CopyTrouble(datetime.fromisoformat(stored["at"]), stored["medium"], TroubleKind(stored["kind"]))


def _first_change(connection: Connection, head: int) -> datetime | None:
    """When the first thing after event *head* of the audit was entered, or None when nothing was."""
    at = connection.execute(_FIRST_CHANGE, {"head": head}).scalar()
    return None if at is None else from_milliseconds(at)


def _kind_of(error: Exception) -> TroubleKind:
    if isinstance(error, StorageFull):
        return TroubleKind.FULL
    return TroubleKind.DAMAGED if isinstance(error, StorageDamaged) else TroubleKind.REFUSED
