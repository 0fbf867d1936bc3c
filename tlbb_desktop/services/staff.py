"""Members of staff: who they are, what they may open, and what happens when one leaves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import func, or_, select

from tlbb_desktop.data import models
from tlbb_desktop.data.models.vocabulary import new_uuid
from tlbb_desktop.domain.actors import StaffRow
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security import membership
from tlbb_desktop.security.keyring import Keyring, username_key
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.security.unlocked import UnlockedKeys
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.membership_record import prisons_of
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.rekeying import finish_rekeying


@dataclass(frozen=True, slots=True)
class NewMember:
    """A member of staff to be added.

    Args:
        username: short login name without spaces.
        name: shown on the tile; the login name when empty.
        role: their work.
        passphrase: the one that was proposed or typed.
        admin_duty: whether they also keep users, keys and backups.
        prisons: ids of the sites that are theirs.
        slip: whether to make a reset slip for printing.
    """

    username: str
    name: str
    role: Role
    passphrase: str
    admin_duty: bool = False
    prisons: tuple[int, ...] = ()
    slip: bool = False


class StaffService:
    """The staff page.

    Args:
        office: who acts on which record.
        holder: the open keys, which some of these acts renew.
    """

    def __init__(self, office: Office, holder: KeyHolder) -> None:
        self._office = office
        self._holder = holder

    @property
    def rekey_due(self) -> bool:
        """Whether a change of keys waits for a manager, or for a moment when nobody else has the record open."""
        return self._holder.rekey_due

    def list(self) -> tuple[StaffRow, ...]:
        """Everybody, active ones first, by login name."""
        with self._office.read(Action.STAFF_READ) as connection:
            staff = connection.execute(
                select(
                    models.Staff.id,
                    models.Staff.username,
                    models.Staff.name,
                    models.Staff.role,
                    models.Staff.admin_duty,
                    models.Staff.active,
                    models.Staff.version,
                ).order_by(models.Staff.active.desc(), models.Staff.username)
            ).all()
            today = self._office.clock.today()
            own = connection.execute(
                select(models.StaffPrison.staff_id, models.Prison.code)
                .join(models.Prison, models.Prison.id == models.StaffPrison.prison_id)
                .where(
                    models.StaffPrison.starts_on <= today,
                    or_(models.StaffPrison.ends_on.is_(None), models.StaffPrison.ends_on >= today),
                )
                .order_by(models.Prison.code)
            ).all()
        return tuple(
            StaffRow(
                id=row.id,
                username=row.username,
                name=row.name,
                role=Role(row.role),
                admin_duty=row.admin_duty,
                active=row.active,
                prisons=tuple(code for staff_id, code in own if staff_id == row.id),
                version=row.version,
            )
            for row in staff
        )

    def add(self, member: NewMember) -> str:
        """Add a member of staff; gives the text of the reset slip, ``""`` when none was asked for.

        Raises:
            Refused: the login name or the passphrase will not do, or the actor lacks a key that the role needs.
        """
        self._office.permit(Action.STAFF_WRITE)
        keyring = self._holder.keyring()
        uuid, name = new_uuid(), member.name.strip() or member.username
        slot = membership.Member(uuid.hex(), member.username, name, member.role, member.admin_duty)
        admitted = membership.add_member(keyring, self._holder.keys, slot, member.passphrase, slip=member.slip)
        with self._office.act(Action.STAFF_WRITE) as act:
            self._require_unused(act, member.username)
            row = models.Staff(
                uuid=uuid,
                username=admitted.keyring.slots[-1].username,
                name=name,
                role=member.role,
                admin_duty=member.admin_duty,
                active=True,
            )
            act.add(row)
            _set_prisons(act, row.id, member.prisons)
            self._written(act, "staff_added", row, member.role)
            self._save(admitted.keyring, keyring)
        return str(admitted.slip or "")

    def rename(self, username: str, name: str) -> None:
        """Change the name on the tile; the login name stays."""
        if not name.strip():
            raise Refused(N_("The name is missing."), place="name")
        self._office.permit(Action.STAFF_WRITE)
        keyring = self._holder.keyring()
        renamed = membership.rename_member(keyring, self._holder.keys, username, name.strip())
        with self._office.act(Action.STAFF_WRITE) as act:
            row = _row(act, username)
            row.name = name.strip()
            act.change(row, row.version)
            self._written(act, "staff_renamed", row)
            self._save(renamed, keyring)

    def set_prisons(self, username: str, prisons: Iterable[int]) -> None:
        """Make these sites (ids) a member's own from today on.

        Raises:
            Refused: it is oneself and one is no manager; who keeps the keys does not open other prisons with them.
        """
        if self._is_me(username) and self._office.actor.role is not Role.MANAGER:
            self._office.permit(Action.STAFF_WRITE)
            raise Refused(N_("You cannot choose your own prisons. Ask a manager."))
        with self._office.act(Action.STAFF_WRITE) as act:
            row = _row(act, username)
            _set_prisons(act, row.id, prisons)
            self._written(act, "staff_prisons", row)
            if row.id == self._office.actor.staff_id:
                own = prisons_of(act.session, row.id, act.today)
                self._office.actor = replace(self._office.actor, prisons=own)

    def change_role(self, username: str, role: Role, admin_duty: bool) -> bool:
        """Give somebody else another role or duty; what they lose is put under new keys.

        Returns:
            Whether the record is under its newest keys now; if not, it is done at a manager's next login.

        Raises:
            Refused: it is oneself or the last manager, or the actor lacks a key that the role needs.
        """
        if self._is_me(username):
            raise Refused(N_("You cannot change your own role. Ask another manager."))
        self._office.permit(Action.STAFF_WRITE)
        keyring = self._holder.keyring()
        changed, keys = membership.change_role(keyring, self._holder.keys, username, role, admin_duty)
        with self._office.act(Action.STAFF_WRITE) as act:
            row = _row(act, username)
            row.role, row.admin_duty = role, admin_duty
            act.change(row, row.version)
            self._written(act, "staff_role", row, role)
            self._save(changed, keyring)
        return self._follow(keys)

    def hand_over_duty(self, username: str) -> None:
        """Give the administrator duty, which the actor holds, to somebody else."""
        self._office.permit(Action.KEYS_WRITE)
        if not self._office.actor.admin_duty or self._is_me(username):
            raise Refused(N_("Only somebody with the administrator duty can hand it over, and only to somebody else."))
        keyring, me = self._holder.keyring(), self._office.actor
        role = keyring.slot_of(username).role
        given, keys = membership.change_role(keyring, self._holder.keys, username, role, True)
        left, keys = membership.change_role(given, keys, me.username, me.role, False)
        with self._office.act(Action.KEYS_WRITE) as act:
            for name, duty in ((username, True), (me.username, False)):
                row = _row(act, name)
                row.admin_duty = duty
                act.change(row, row.version)
                self._written(act, "admin_duty", row, "given" if duty else "laid_down")
            self._save(left, keyring)
        self._office.actor = replace(me, admin_duty=False)
        self._follow(keys)

    def deactivate(self, username: str) -> bool:
        """Take away a member's login and put everything that it opened under new keys.

        Returns:
            Whether the record is under its newest keys now; if not, it is done at a manager's next login.

        Raises:
            Refused: it is oneself or the last manager, or the actor lacks a key that must be renewed.
        """
        self._office.permit(Action.STAFF_WRITE)
        keyring = self._holder.keyring()
        left, keys = membership.remove_member(keyring, self._holder.keys, username)
        with self._office.act(Action.STAFF_WRITE) as act:
            row = _row(act, username)
            row.active = False
            act.change(row, row.version)
            _set_prisons(act, row.id, ())
            self._written(act, "staff_removed", row)
            self._save(left, keyring)
        return self._follow(keys)

    def finish_rekeying(self) -> bool:
        """Do what an interrupted change of keys left undone; tells whether the record is under its newest keys now."""
        self._office.permit(Action.KEYS_WRITE)
        return not self.rekey_due or finish_rekeying(self._office, self._holder)

    def reset_passphrase(self, username: str, passphrase: str, *, slip: bool = False) -> str:
        """Give somebody who forgot it a new passphrase; gives the text of a new reset slip, or ``""``."""
        self._office.permit(Action.KEYS_WRITE)
        keyring = self._holder.keyring()
        reset = membership.reset_passphrase(keyring, self._holder.keys, username, passphrase, slip=slip)
        with self._office.act(Action.KEYS_WRITE) as act:
            self._written(act, "passphrase_reset", _row(act, username))
            self._save(reset.keyring, keyring)
        return str(reset.slip or "")

    def change_own_passphrase(self, old: str, new: str) -> None:
        """Replace one's own passphrase. Raises WrongPassphrase when *old* is not right."""
        keyring, me = self._holder.keyring(), self._office.actor.username
        changed = membership.change_passphrase(keyring, me, old, new)
        self._keep_own("passphrase_changed", changed, keyring)

    def make_own_slip(self, passphrase: str) -> str:
        """The text of a new reset slip for oneself; an older one stops working."""
        keyring, me = self._holder.keyring(), self._office.actor.username
        with_slip, slip = membership.make_slip(keyring, me, passphrase)
        self._keep_own("slip_made", with_slip, keyring)
        return str(slip)

    def renew_recovery(self) -> str:
        """The text of a new recovery key; the old paper stops working, except on backups that were made before."""
        self._office.permit(Action.KEYS_WRITE)
        keyring = self._holder.keyring()
        renewed, code = membership.renew_recovery(keyring, self._holder.keys)
        self._keep_own("recovery_renewed", renewed, keyring)
        return str(code)

    def _keep_own(self, kind: str, changed: Keyring, before: Keyring) -> None:
        with self._office.own_act() as act:
            act.record(kind, f"staff:{act.actor.staff_id}")
            self._save(changed, before)

    def _save(self, changed: Keyring, before: Keyring) -> None:
        """The last step of an act: if the commit after it fails, the next login brings the table into step."""
        self._holder.file.save(changed, replaces=before)

    def _follow(self, keys: UnlockedKeys) -> bool:
        """Go on with *keys*; where they are of a new epoch, the record moves under them."""
        renewed = keys.epoch != self._holder.keys.epoch
        self._holder.keys = keys
        if renewed:
            return finish_rekeying(self._office, self._holder)
        if not self.rekey_due:
            self._holder.record_keys = keys
        return True

    def _is_me(self, username: str) -> bool:
        return username_key(username) == username_key(self._office.actor.username)

    @staticmethod
    def _written(act: Act, kind: str, row: models.Staff, detail: str = "") -> None:
        act.record(kind, f"staff:{row.id}", detail)
        act.changed("staff", row.id)

    @staticmethod
    def _require_unused(act: Act, username: str) -> None:
        names = {username_key(name) for name in act.session.scalars(select(models.Staff.username))}
        if username_key(username) in names:
            raise Refused(
                N_(
                    "Somebody who left had the login name {username}."
                    " Take another one, so that the history stays clear."
                ),
                place="username",
                username=username,
            )


def _row(act: Act, username: str) -> models.Staff:
    rows: Sequence[models.Staff] = act.session.scalars(select(models.Staff)).all()
    for row in rows:
        if username_key(row.username) == username_key(username):
            return row
    raise NotFound(N_("There is no member of staff with the login name {username}."), username=username)


def _set_prisons(act: Act, staff_id: int, prisons: Iterable[int]) -> None:
    """End what is no longer theirs yesterday, begin what is new today."""
    wanted = set(prisons)
    known = act.session.scalars(select(func.count()).select_from(models.Prison).where(models.Prison.id.in_(wanted)))
    if known.one() != len(wanted):
        raise NotFound(N_("There is no such prison."), place="prisons")
    table = models.StaffPrison
    for stay in act.session.scalars(select(table).where(table.staff_id == staff_id, table.ends_on.is_(None))):
        if stay.prison_id in wanted:
            wanted.discard(stay.prison_id)
        elif stay.starts_on >= act.today:
            act.session.delete(stay)
        else:
            stay.ends_on = act.today - timedelta(days=1)
    act.session.flush()
    for prison_id in sorted(wanted):
        act.session.add(table(staff_id=staff_id, prison_id=prison_id, starts_on=act.today, ends_on=None))
    act.session.flush()
