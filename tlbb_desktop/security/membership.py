"""Who gets a slot, and with what: each act takes a keyring and gives a new one."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass, replace

from tlbb_desktop.domain.errors import Refused, WrongPassphrase
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.compartments import Compartment, compartments_of
from tlbb_desktop.security.epochs import FIRST_EPOCH, new_material, renew, require_held
from tlbb_desktop.security.kdf import KdfCost
from tlbb_desktop.security.keyring import RECOVERY_USER, WRONG_CODE, Keyring, username_key
from tlbb_desktop.security.passphrases import CANONICAL_VERSION, canonicalise, require_strong
from tlbb_desktop.security.recovery import RECOVERY_GROUPS, SLIP_GROUPS, PrintedCode, new_code
from tlbb_desktop.security.slots import Slot, WrapPlace, new_pair, unwrapped_template
from tlbb_desktop.security.unlocked import UnlockedKeys

MAX_USERNAME = 32
_ONLY_A_MANAGER_GIVES = N_("Only a manager can give this role.")
_ONLY_A_MANAGER_RESETS = N_("Only a manager can set a new passphrase for this member of staff.")
_ONLY_A_MANAGER_REMOVES = N_("Only a manager can remove this member of staff.")
_LAST_MANAGER = N_("This is the last manager. Make somebody else a manager first.")


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff who is to get a slot.

    Args:
        user: stable id, hexadecimal UUID.
        username: short login name, 1 to 32 characters.
        display_name: name on the tile.
        role: their work.
        admin_duty: whether they also keep users, keys and backups.
    """

    user: str
    username: str
    display_name: str
    role: Role
    admin_duty: bool = False


@dataclass(frozen=True, slots=True)
class Founded:
    """A new keyring with its first manager's open keys and the recovery key to print."""

    keyring: Keyring
    keys: UnlockedKeys
    recovery: PrintedCode


@dataclass(frozen=True, slots=True)
class Admitted:
    """A keyring after a slot was made, and the reset slip to print for it, if one was asked for."""

    keyring: Keyring
    slip: PrintedCode | None


@dataclass(frozen=True, slots=True)
class SlipUsed:
    """What using a reset slip gives: the new keyring, the open keys, and the slip that replaces the used one."""

    keyring: Keyring
    keys: UnlockedKeys
    slip: PrintedCode


def create_keyring(manager: Member, passphrase: str, cost: KdfCost) -> Founded:
    """A new keyring with new random keys.

    Args:
        manager: the first member of staff, who becomes a manager whatever role is named.
        passphrase: theirs.
        cost: what every slot costs, as ``calibrate`` found it.

    Raises:
        Refused: the passphrase is too weak or the login name is not usable.
    """
    require_strong(passphrase)
    keyring_id = secrets.token_hex(16)
    recovery, code = _recovery_slot(keyring_id, FIRST_EPOCH, cost)
    bare = Keyring(keyring_id, 0, FIRST_EPOCH, cost, (), recovery)
    _require_usable_name(bare, manager.username)
    material = new_material()
    slot, _ = _slot_for(bare, replace(manager, role=Role.MANAGER), passphrase, slip=False)
    slot = slot.with_keys(keyring_id, material)
    keys = UnlockedKeys(keyring_id, slot.user, slot.username, slot.role, slot.admin_duty, FIRST_EPOCH, material)
    filled = replace(bare, slots=(slot,), recovery=recovery.with_keys(keyring_id, material))
    return Founded(filled.authenticated(keys), keys, code)


def add_member(
    keyring: Keyring, keys: UnlockedKeys, member: Member, passphrase: str, *, slip: bool = False
) -> Admitted:
    """Give a new member of staff a slot, with a reset slip when *slip*.

    Raises:
        Refused: the actor lacks a key that the role needs, the passphrase is weak or the login name is not usable.
    """
    keyring.verify(keys)
    require_strong(passphrase)
    _require_usable_name(keyring, member.username)
    require_held(keys, compartments_of(member.role, member.admin_duty), _ONLY_A_MANAGER_GIVES)
    slot, code = _slot_for(keyring, member, passphrase, slip=slip)
    slot = slot.with_keys(keyring.keyring_id, keys.material)
    return Admitted(replace(keyring, slots=(*keyring.slots, slot)).authenticated(keys), code)


def keyring_for_laptop(keyring: Keyring, keys: UnlockedKeys, usernames: frozenset[str]) -> tuple[Keyring, UnlockedKeys]:
    """A keyring for a further laptop of the programme: the slots of who works there, over keys of its own.

    Passphrases and the printed recovery key go on working, as each slot's pair stays. Everything else is new but the
    seed that certificates are signed with: a laptop that is lost opens no other one's record. Reset slips stay behind.

    Args:
        keyring: of this laptop.
        keys: the actor's open ones, a manager's.
        usernames: who works there; the actor always does.

    Raises:
        NotFound: nobody has one of the names.
    """
    keyring.verify(keys)
    wanted = {keyring.slot_of(name).user for name in usernames} | {keys.user}
    material = new_material()
    bundle_key = material[Compartment.SIGNING][FIRST_EPOCH][len(keys.signing_seed) :]
    material[Compartment.SIGNING] = {FIRST_EPOCH: keys.signing_seed + bundle_key}
    slots = tuple(
        replace(slot, slip=None).keeping(()).with_keys(keyring.keyring_id, material)
        for slot in keyring.slots
        if slot.user in wanted
    )
    recovery = keyring.recovery.keeping(()).with_keys(keyring.keyring_id, material)
    bare = replace(keyring, generation=0, epoch=FIRST_EPOCH, slots=slots, recovery=recovery)
    fresh = replace(keys, epoch=FIRST_EPOCH, material=material)
    return bare.authenticated(fresh), fresh


def change_passphrase(keyring: Keyring, username: str, old: str, new: str) -> Keyring:
    """Replace one's own passphrase; the keys, and a reset slip that lies in a drawer, stay good.

    Raises:
        WrongPassphrase: *old* is not right.
        Refused: *new* is too weak.
    """
    slot, private, keys = _opened_by_owner(keyring, username, old)
    require_strong(new)
    return _with_slot(keyring, _rewrapped(keyring, slot, private, new)).authenticated(keys)


def reset_passphrase(
    keyring: Keyring, keys: UnlockedKeys, username: str, passphrase: str, *, slip: bool = False
) -> Admitted:
    """Give a member of staff who forgot the passphrase a new key pair under a new one; an old slip stops working.

    Raises:
        NotFound: nobody has that login name.
        Refused: the actor lacks a key that the member's role needs, or the passphrase is weak.
    """
    keyring.verify(keys)
    require_strong(passphrase)
    old = keyring.slot_of(username)
    require_held(keys, old.compartments, _ONLY_A_MANAGER_RESETS)
    member = Member(old.user, old.username, old.display_name, old.role, old.admin_duty)
    slot, code = _slot_for(keyring, member, passphrase, slip=slip)
    return Admitted(
        _with_slot(keyring, slot.with_keys(keyring.keyring_id, keys.material)).authenticated(keys),
        code,
    )


def change_role(
    keyring: Keyring, keys: UnlockedKeys, username: str, role: Role, admin_duty: bool
) -> tuple[Keyring, UnlockedKeys]:
    """Give a member of staff another role or duty; what they lose is renewed, so a new epoch may begin.

    The caller copies the database when the epoch of the result is higher.

    Raises:
        NotFound: nobody has that login name.
        Refused: the actor lacks a key that is given or renewed, or the last manager would lose the role.
    """
    keyring.verify(keys)
    slot = keyring.slot_of(username)
    if role is not Role.MANAGER:
        _require_another_manager(keyring, slot)
    lost = slot.compartments - compartments_of(role, admin_duty)
    require_held(keys, lost | compartments_of(role, admin_duty), _ONLY_A_MANAGER_GIVES)
    changed = replace(slot, role=role, admin_duty=admin_duty).with_keys(keyring.keyring_id, keys.material)
    changed = changed.keeping((key.compartment, key.epoch) for key in changed.sealed)
    with_slot = _with_slot(keyring, changed)
    if lost:
        renewed, keys = renew(with_slot, keys, lost)
    else:
        renewed = with_slot.authenticated(keys)
    return renewed, keys.limited_to(role, admin_duty) if keys.user == slot.user else keys


def remove_member(keyring: Keyring, keys: UnlockedKeys, username: str) -> tuple[Keyring, UnlockedKeys]:
    """Take a slot away and begin a new epoch in which everything that it opened has new keys.

    Raises:
        NotFound: nobody has that login name.
        Refused: the actor lacks a key that must be renewed, acts on the own slot, or removes the last manager.
    """
    keyring.verify(keys)
    slot = keyring.slot_of(username)
    if slot.user == keys.user:
        raise Refused(N_("You cannot remove yourself. Ask another manager."))
    _require_another_manager(keyring, slot)
    require_held(keys, slot.compartments, _ONLY_A_MANAGER_REMOVES)
    left = replace(keyring, slots=tuple(other for other in keyring.slots if other.user != slot.user))
    return renew(left, keys, slot.compartments)


def rename_member(keyring: Keyring, keys: UnlockedKeys, username: str, display_name: str) -> Keyring:
    """Change the name on a member's tile; the login name stays."""
    keyring.verify(keys)
    renamed = replace(keyring.slot_of(username), display_name=display_name)
    return _with_slot(keyring, renamed).authenticated(keys)


def make_slip(keyring: Keyring, username: str, passphrase: str) -> tuple[Keyring, PrintedCode]:
    """Print a new reset slip for oneself; an older one stops working.

    Raises:
        WrongPassphrase: it is not the member's passphrase.
    """
    slot, private, keys = _opened_by_owner(keyring, username, passphrase)
    slot, code = _with_slip(keyring, slot, private)
    return _with_slot(keyring, slot).authenticated(keys), code


def unlock_with_slip(keyring: Keyring, username: str, code: PrintedCode, passphrase: str) -> SlipUsed:
    """Open a slot with its reset slip; the member sets a new passphrase and the slip is replaced in the same act.

    Raises:
        WrongPassphrase: unknown name, no slip, or another code.
        Refused: the new passphrase is too weak.
    """
    require_strong(passphrase)
    slot = keyring.find(username)
    if slot is None or slot.slip is None:
        raise keyring.unknown(code.secret, WRONG_CODE)
    try:
        private = keyring.place("slip", slot.user).unwrap(slot.slip, code.secret)
    except WrongPassphrase as error:
        raise WrongPassphrase(WRONG_CODE) from error
    keys = keyring.opened(slot, private)
    slot, fresh = _with_slip(keyring, _rewrapped(keyring, slot, private, passphrase), private)
    return SlipUsed(_with_slot(keyring, slot).authenticated(keys), keys, fresh)


def renew_recovery(keyring: Keyring, keys: UnlockedKeys) -> tuple[Keyring, PrintedCode]:
    """Replace the recovery key, when its paper is lost or was seen; the old one stops working on this keyring.

    Raises:
        Refused: the actor does not hold all keys.
    """
    keyring.verify(keys)
    require_held(keys, frozenset(Compartment), N_("Only a manager can make a new recovery key."))
    slot, code = _recovery_slot(keyring.keyring_id, keyring.epoch, keyring.cost)
    slot = slot.with_keys(keyring.keyring_id, keys.material)
    return replace(keyring, recovery=slot).authenticated(keys), code


def _opened_by_owner(keyring: Keyring, username: str, passphrase: str) -> tuple[Slot, bytes, UnlockedKeys]:
    slot = keyring.known(username, canonicalise(passphrase))
    private = keyring.private_half(slot, passphrase)
    return slot, private, keyring.opened(slot, private)


def _slot_for(keyring: Keyring, member: Member, passphrase: str, *, slip: bool) -> tuple[Slot, PrintedCode | None]:
    """A new slot without keys, with a new pair under *passphrase*."""
    private, public = new_pair()
    unwrapped = unwrapped_template(keyring.epoch, member.role, keyring.cost, CANONICAL_VERSION)
    username = unicodedata.normalize("NFC", member.username.strip())
    slot = Slot(member.user, username, member.display_name, member.role, member.admin_duty, public, unwrapped, None, ())
    slot = _rewrapped(keyring, slot, private, passphrase)
    return _with_slip(keyring, slot, private) if slip else (slot, None)


def _rewrapped(keyring: Keyring, slot: Slot, private: bytes, passphrase: str) -> Slot:
    template = unwrapped_template(keyring.epoch, slot.role, keyring.cost, CANONICAL_VERSION)
    wrapped = keyring.place("passphrase", slot.user).wrap(private, canonicalise(passphrase), template)
    return replace(slot, passphrase=wrapped)


def _with_slip(keyring: Keyring, slot: Slot, private: bytes) -> tuple[Slot, PrintedCode]:
    code = new_code(SLIP_GROUPS)
    template = unwrapped_template(keyring.epoch, slot.role, keyring.cost, CANONICAL_VERSION)
    return replace(slot, slip=keyring.place("slip", slot.user).wrap(private, code.secret, template)), code


def _recovery_slot(keyring_id: str, epoch: int, cost: KdfCost) -> tuple[Slot, PrintedCode]:
    private, public = new_pair()
    code = new_code(RECOVERY_GROUPS)
    template = unwrapped_template(epoch, Role.MANAGER, cost, CANONICAL_VERSION)
    wrapped = WrapPlace("recovery", keyring_id, RECOVERY_USER).wrap(private, code.secret, template)
    return Slot(RECOVERY_USER, "", "", Role.MANAGER, True, public, wrapped, None, ()), code


def _with_slot(keyring: Keyring, slot: Slot) -> Keyring:
    return replace(keyring, slots=tuple(slot if other.user == slot.user else other for other in keyring.slots))


def _require_usable_name(keyring: Keyring, username: str) -> None:
    if not 0 < len(username_key(username)) <= MAX_USERNAME or not username.isprintable():
        raise Refused(N_("A login name has 1 to {count} letters or digits."), place="username", count=MAX_USERNAME)
    if keyring.find(username):
        raise Refused(N_("Somebody already has the login name {username}."), place="username", username=username)


def _require_another_manager(keyring: Keyring, slot: Slot) -> None:
    others = (other for other in keyring.slots if other.role is Role.MANAGER and other.user != slot.user)
    if slot.role is Role.MANAGER and not any(others):
        raise Refused(_LAST_MANAGER)
