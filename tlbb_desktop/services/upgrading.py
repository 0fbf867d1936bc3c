"""Brings a record that an older program left to today's schema; a verified copy of it as it was is kept before."""

from __future__ import annotations

from pathlib import Path

from tlbb_desktop.data.schema import HEAD, migrate, outdated_revision
from tlbb_desktop.data.store import Store
from tlbb_desktop.domain.clock import Clock
from tlbb_desktop.services.backup_contents import write_backup
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.removable_media import BACKUP_ENDING


def copy_before_upgrade(home: Home) -> Path:
    """Where the record lies as it was before it came to today's schema; no newer backup takes its place."""
    return home.backups / f"tlbb-before-{HEAD}{BACKUP_ENDING}"


def bring_up(holder: KeyHolder, store: Store, clock: Clock) -> str:
    """Upgrade a record where that is due.

    The copy lies among the home's backups, and a restore takes it like every other one. The upgrade itself is one
    transaction, so the record is the old or the new one whatever happens.

    Args:
        holder: its home and open keys.
        store: over the database.
        clock: where the time comes from.

    Returns:
        For the audit: from which revision to which, or ``""`` when nothing was due.

    Raises:
        Refused: the record was made by a newer program.
        StorageFull: there is no room for the copy; nothing was changed.
        StorageDamaged: the record fails its checks, so that it is not touched.
        StorageLocked: another window or command writes.
    """
    standing = outdated_revision(store.engine)
    if standing is not None and not holder.home.server:  # whoever keeps the server upgrades it after a backup
        write_backup(holder, clock.now(), copy_before_upgrade(holder.home), {"schema": standing})
    migrate(store.engine)
    return f"{standing} {HEAD}" if standing is not None else ""
