"""The keyring: who may open the record, and with which keys.

A keyring never changes; the acts of ``membership.py`` and ``epochs.py`` give a new one. It is authenticated as a whole
by a MAC under a key that comes from the database key, so slots that were added, removed, moved or edited outside the
program are found as soon as anybody logs in. Every member of staff holds the database key; what the MAC keeps out is
whoever does not.
"""

from __future__ import annotations

import hmac
import unicodedata
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from tlbb_desktop.domain.errors import ChangedMeanwhile, NotFound, StorageDamaged, WrongPassphrase
from tlbb_desktop.domain.staff import MemberTile
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.canonical_json import canonical_json
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.kdf import KEYRING_DAMAGED, SALT_LENGTH, KdfCost, derive
from tlbb_desktop.security.passphrases import canonicalise
from tlbb_desktop.security.recovery import PrintedCode
from tlbb_desktop.security.slots import Slot, WrapPlace
from tlbb_desktop.security.typed_text import visible
from tlbb_desktop.security.unlocked import UnlockedKeys

FORMAT = 1
RECOVERY_USER = "recovery"
UNKNOWN_USER = "unknown"
WRONG_CODE = N_("This code is not right. Compare it with the paper, group by group.")
_EDITED = N_("The keyring was changed outside the program. Nothing was opened. Restore the last good backup.")


@dataclass(frozen=True, slots=True)
class Keyring:
    """All slots and what authenticates them.

    Args:
        keyring_id: random, hexadecimal; bound into every slot.
        generation: grows by one with each change.
        epoch: grows by one with each re-keying.
        cost: what new slots cost, and what an unknown name costs.
        slots: one per member of staff.
        recovery: the slot of the printed recovery key.
        mac: HMAC-SHA256 over all of the above.
    """

    keyring_id: str
    generation: int
    epoch: int
    cost: KdfCost
    slots: tuple[Slot, ...]
    recovery: Slot
    mac: bytes = b""

    def tiles(self) -> tuple[MemberTile, ...]:
        """The members of staff for the login page, in the order in which they were added."""
        return tuple(MemberTile(slot.username, slot.display_name, slot.role) for slot in self.slots)

    def find(self, username: str) -> Slot | None:
        """The slot of *username*, in any case and encoding."""
        wanted = username_key(username)
        return next((slot for slot in self.slots if username_key(slot.username) == wanted), None)

    def slot_of(self, username: str) -> Slot:
        """The slot of *username*.

        Raises:
            NotFound: nobody has that login name.
        """
        slot = self.find(username)
        if slot is None:
            raise NotFound(N_("There is no member of staff with the login name {username}."), username=username)
        return slot

    def account(self, username: str) -> str:
        """Under which name wrong tries are counted: the stable id, or one common name for all unknown ones."""
        slot = self.find(username)
        return slot.user if slot else UNKNOWN_USER

    def unlock(self, username: str, passphrase: str) -> UnlockedKeys:
        """Open the keys of a member of staff. An unknown name takes as long as a known one.

        Raises:
            WrongPassphrase: unknown name or wrong passphrase.
            StorageDamaged: the keyring was changed outside the program.
        """
        slot = self.known(username, canonicalise(passphrase))
        return self.opened(slot, self.private_half(slot, passphrase))

    def unlock_with_recovery(self, code: PrintedCode) -> UnlockedKeys:
        """Open all keys with the printed recovery key.

        Raises:
            WrongPassphrase: the code belongs to another keyring, or was replaced.
            StorageDamaged: the keyring was changed outside the program.
        """
        try:
            private = self.place("recovery", RECOVERY_USER).unwrap(self.recovery.passphrase, code.secret)
        except WrongPassphrase as error:
            raise WrongPassphrase(WRONG_CODE) from error
        return self.opened(self.recovery, private)

    def known(self, username: str, secret: bytes) -> Slot:
        """The slot of *username*; for an unknown name the time of a derivation is spent on *secret*.

        Raises:
            WrongPassphrase: nobody has that login name.
        """
        slot = self.find(username)
        if slot is None:
            raise self.unknown(secret)
        return slot

    def unknown(self, secret: bytes, message: str = "") -> WrongPassphrase:
        """The error of an unknown name, after the time that a known one takes."""
        derive(secret, bytes(SALT_LENGTH), self.cost)
        return WrongPassphrase(message)

    def private_half(self, slot: Slot, passphrase: str) -> bytes:
        """The private half of *slot*, opened with the member's passphrase.

        Raises:
            WrongPassphrase: it is another passphrase.
        """
        secret = canonicalise(passphrase, slot.passphrase.canonical_version)
        return self.place("passphrase", slot.user).unwrap(slot.passphrase, secret)

    def place(self, purpose: str, user: str) -> WrapPlace:
        """Where a wrapped private half of this keyring belongs."""
        return WrapPlace(purpose, self.keyring_id, user)

    def opened(self, slot: Slot, private: bytes) -> UnlockedKeys:
        """The keys sealed to *slot*, after the whole keyring has proved authentic.

        Raises:
            StorageDamaged: a slot was added, removed, moved or edited outside the program.
        """
        keys = UnlockedKeys(
            self.keyring_id,
            slot.user,
            slot.username,
            slot.role,
            slot.admin_duty,
            self.epoch,
            slot.unseal(self.keyring_id, private),
        )
        self.verify(keys)
        return keys

    def verify(self, keys: UnlockedKeys) -> None:
        """Check that *keys* belong to this keyring and that it is as the program wrote it.

        Raises:
            ChangedMeanwhile: the keys were opened before a re-keying.
            StorageDamaged: the MAC does not fit.
        """
        if (keys.keyring_id, keys.epoch) != (self.keyring_id, self.epoch):
            raise ChangedMeanwhile
        if Compartment.DB not in keys.compartments or not hmac.compare_digest(self.mac, self.expected_mac(keys)):
            raise StorageDamaged(_EDITED)

    def authenticated(self, keys: UnlockedKeys) -> Self:
        """This content as the next generation, with its MAC."""
        grown = replace(self, generation=self.generation + 1)
        return replace(grown, mac=grown.expected_mac(keys))

    def expected_mac(self, keys: UnlockedKeys) -> bytes:
        """The MAC over all content under a key that comes from the current database key."""
        mac_key = hmac.digest(keys.key(Compartment.DB), b"tlbb keyring mac 1", "sha256")
        return hmac.digest(mac_key, canonical_json(self._content()), "sha256")

    def _content(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "keyring_id": self.keyring_id,
            "generation": self.generation,
            "epoch": self.epoch,
            "cost": asdict(self.cost),
            "slots": [slot.to_json() for slot in self.slots],
            "recovery": self.recovery.to_json(),
        }

    def to_json(self) -> dict[str, Any]:
        """As the keyring file holds it."""
        return {**self._content(), "mac": b64encode(self.mac).decode("ascii")}

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Self:
        """Read what ``to_json`` wrote.

        Raises:
            StorageDamaged: anything is missing, additional, of another type or out of bounds.
        """
        try:
            keyring = cls(
                raw["keyring_id"],
                raw["generation"],
                raw["epoch"],
                KdfCost(**raw["cost"]),
                tuple(Slot.from_json(slot) for slot in raw["slots"]),
                Slot.from_json(raw["recovery"]),
                b64decode(raw["mac"], validate=True),
            )
            exact = canonical_json(keyring.to_json()) == canonical_json(raw)
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
            raise StorageDamaged(KEYRING_DAMAGED) from error
        if not exact:
            raise StorageDamaged(KEYRING_DAMAGED)
        return keyring


def username_key(username: str) -> str:
    """What makes two login names equal: case, encoding and invisible characters do not count."""
    return visible(unicodedata.normalize("NFC", username)).casefold()
