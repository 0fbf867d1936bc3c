"""What every service works with, and the unit of work that all acts share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import date, datetime
from functools import cached_property
from typing import Final

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from tlbb_desktop.data.engine import driver_connection
from tlbb_desktop.data.models.vocabulary import Versioned
from tlbb_desktop.data.store import Store, session_in
from tlbb_desktop.domain.actors import Actor
from tlbb_desktop.domain.clock import Clock
from tlbb_desktop.domain.errors import ChangedMeanwhile, NotPermitted, Refused, StorageFull, StorageLocked
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.security.permissions import Action, Scope, allowed
from tlbb_desktop.services.audit_trail import AuditTrail
from tlbb_desktop.services.closed_record import MOVED_AWAY, closed_since
from tlbb_desktop.services.disk_room import DiskRoom

Publish = Callable[[str, frozenset[int]], None]
#: The prison of what belongs to none: only who reaches every prison may act there.
NOWHERE: Final = 0


def tell_nobody(kind: str, ids: frozenset[int]) -> None:
    """The publisher of a program without a window."""


class Act:
    """One act in progress: everything written through it is committed together, or not at all."""

    def __init__(self, connection: Connection, actor: Actor, at: datetime, today: date, trail: AuditTrail) -> None:
        self.connection = connection
        self.actor = actor
        self.at = at
        self.today = today
        self._trail = trail
        self._opened = ExitStack()
        self.changes: dict[str, set[int]] = {}

    @cached_property
    def session(self) -> Session:
        """The mapper's session, made when the act first needs one: a key in the register does without."""
        return self._opened.enter_context(session_in(self.connection))

    @contextmanager
    def closing(self) -> Iterator[Act]:
        """Leave nothing unwritten in the session, and close it."""
        with self._opened:
            yield self
            if "session" in self.__dict__:
                self.session.flush()

    def add(self, record: Versioned) -> None:
        """Store a new record with who and when; its id is known afterwards."""
        record.created_at = record.changed_at = self.at
        record.created_by = record.changed_by = self.actor.staff_id
        self.session.add(record)
        self.session.flush()

    def change(self, record: Versioned, expected_version: int) -> None:
        """Count up the version of a record that is about to change.

        Raises:
            ChangedMeanwhile: somebody saved it after *expected_version* was read.
        """
        if record.version != expected_version:
            raise ChangedMeanwhile
        record.version += 1
        record.changed_at = self.at
        record.changed_by = self.actor.staff_id

    def record(self, kind: str, subject: str, detail: str = "") -> None:
        """Append to the audit chain. *subject* and *detail* hold ids and codes, never names or protected text."""
        self._trail.append(self.connection, self.at, self.actor.staff_id, kind, subject, detail)

    def changed(self, kind: str, *ids: int) -> None:
        """Tell the open pages, after the commit, that these rows of *kind* are new."""
        self.changes.setdefault(kind, set()).update(ids)


def require_unchanged(standing: int, seen: int | None) -> None:
    """Refuse a change of what somebody else changed after it was read.

    Args:
        standing: version that stands, 0 for nothing.
        seen: version that was read, 0 for nothing; None = whatever stands.

    Raises:
        ChangedMeanwhile: they differ.
    """
    if seen is not None and seen != standing:
        raise ChangedMeanwhile


class Office:
    """The record, the open keys, who acts and what time it is.

    Args:
        store: units of work over the encrypted database.
        cipher: seals and opens protected fields with the keys that the actor holds.
        trail: the audit chain.
        actor: who acts.
        clock: where the time comes from.
        laptop_clock: the laptop's own time, kept beside the working day.
        publish: called after each commit with a kind and the ids that changed.
        room: watches the disk; no act begins when it runs out.
    """

    def __init__(
        self,
        store: Store,
        cipher: FieldCipher,
        trail: AuditTrail,
        actor: Actor,
        clock: Clock,
        laptop_clock: Clock | None = None,
        publish: Publish = tell_nobody,
        room: DiskRoom | None = None,
    ) -> None:
        self.store = store
        self.cipher = cipher
        self.trail = trail
        self.actor = actor
        self.clock = clock
        self.laptop_clock = laptop_clock or clock
        self._publish = publish
        self._room = room

    def renew(self, engine: Engine, cipher: FieldCipher) -> None:
        """Go on with a database under new keys; every service that has this office follows."""
        self.store.close()
        self.store.engine = engine
        self.cipher = cipher

    def closed_since(self) -> date | None:
        """The day on which this record moved to another laptop, or None; then nothing is entered here any more."""
        with self.store.read() as connection:
            return closed_since(driver_connection(connection))

    def scope(self, action: Action) -> Scope:
        """How far the actor's role goes in *action*."""
        return allowed(self.actor.role, self.actor.admin_duty, action)

    def may(self, action: Action, prison_id: int | None = None) -> bool:
        """Whether the actor may do *action*, at *prison_id* where one is given; see ``NOWHERE``."""
        scope = self.scope(action)
        if scope is Scope.OWN and prison_id is not None:
            return prison_id in self.actor.prisons
        return scope is not Scope.NONE

    def permit(self, action: Action, prison_id: int | None = None) -> None:
        """Raise NotPermitted unless the actor may do *action* (at *prison_id*); a refusal is written to the audit."""
        if self.may(action, prison_id):
            return
        with suppress(StorageFull, StorageLocked), self.store.begin() as connection:
            at, where = self.clock.now(), str(prison_id or "")
            self.trail.append(connection, at, self.actor.staff_id, "refused", str(action), where)
        raise NotPermitted

    def prison_limit(self, action: Action) -> frozenset[int] | None:
        """The prisons that a list for *action* is limited to; None = all. Raises NotPermitted for none at all."""
        self.permit(action)
        return self.actor.prisons if self.scope(action) is Scope.OWN else None

    @contextmanager
    def act(self, action: Action, prison_id: int | None = None, *, enters: bool = True) -> Iterator[Act]:
        """One act of the actor: permission, one transaction, audit, commit, then the change signal.

        Args:
            action: what is done.
            prison_id: where.
            enters: whether it enters something. What only reads or hands out goes on while the disk is nearly full.

        Raises:
            NotPermitted: the actor may not.
            StorageFull: too little room is left, or none at all; nothing was changed.
            Refused: it enters something, and the record moved to another laptop.
        """
        self.permit(action, prison_id)
        with self._unit_of_work(enters=enters) as act:
            yield act

    @contextmanager
    def own_act(self, *, enters: bool = True) -> Iterator[Act]:
        """An act on oneself, such as a new passphrase: it needs no permission, and is audited like any other."""
        with self._unit_of_work(enters=enters) as act:
            yield act

    @contextmanager
    def _unit_of_work(self, *, enters: bool) -> Iterator[Act]:
        if self._room and enters:
            self._room.require()
        try:
            with self.store.begin() as connection:
                if enters and (day := closed_since(driver_connection(connection))) is not None:
                    raise Refused(MOVED_AWAY, day=day)
                act = Act(connection, self.actor, self.clock.now(), self.clock.today(), self.trail)
                with act.closing():
                    yield act
        except StorageFull:
            if self._room:
                self._room.give_reserve()
            raise
        for kind, ids in act.changes.items():
            self._publish(kind, frozenset(ids))

    @contextmanager
    def read(self, action: Action, prison_id: int | None = None) -> Iterator[Connection]:
        """A consistent view for reading what *action* allows."""
        self.permit(action, prison_id)
        with self.store.read() as connection:
            yield connection

    @contextmanager
    def view(self) -> Iterator[None]:
        """To open a page: what its parts read in the block is of one moment, and read once if several ask for it."""
        with self.store.view():
            yield
