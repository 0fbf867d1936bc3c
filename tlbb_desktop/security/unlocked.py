"""The keys that one member of staff holds while the program is open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NoReturn, Self

from tlbb_desktop.domain.errors import NotPermitted
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.security.compartments import DB_KEY_LENGTH, FIELD_KEY_LENGTH, Compartment, compartments_of
from tlbb_desktop.security.slots import KeyMaterial


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class UnlockedKeys:
    """The open keys of one member of staff; printing it shows nothing, and it cannot be pickled.

    Args:
        keyring_id: the keyring they come from.
        user: stable id of the member of staff, or ``recovery``.
        username: login name; empty for the recovery key.
        role: their work.
        admin_duty: whether they also keep users, keys and backups.
        epoch: the keyring's epoch that these keys stand for.
        material: keys by compartment and epoch.
    """

    keyring_id: str
    user: str
    username: str
    role: Role
    admin_duty: bool
    epoch: int
    material: KeyMaterial

    def __repr__(self) -> str:
        return "<UnlockedKeys>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("keys never leave the process")

    @property
    def compartments(self) -> frozenset[Compartment]:
        """The compartments whose current key is held."""
        return frozenset(self.material)

    @property
    def db_key(self) -> bytes:
        """SQLCipher's raw key, 32 bytes."""
        return self.key(Compartment.DB)[:DB_KEY_LENGTH]

    @property
    def db_salt(self) -> bytes:
        """SQLCipher's salt, 16 bytes, kept here so that a torn first page cannot lose it."""
        return self.key(Compartment.DB)[DB_KEY_LENGTH:]

    @property
    def audit_key(self) -> bytes:
        """The key of the audit chain, 32 bytes; it is never renewed, so that the chain stays one."""
        return self.key(Compartment.AUDIT)

    @property
    def signing_seed(self) -> bytes:
        """Seed of the Ed25519 certificate key, 32 bytes; managers only."""
        return self.key(Compartment.SIGNING)[:FIELD_KEY_LENGTH]

    @property
    def bundle_key(self) -> bytes:
        """The sender's key for exchange bundles, 32 bytes; managers only."""
        return self.key(Compartment.SIGNING)[FIELD_KEY_LENGTH:]

    @property
    def db_epochs(self) -> tuple[int, ...]:
        """Epochs whose database key is still kept, oldest first; more than one while a re-keying is not verified."""
        return tuple(sorted(self.material[Compartment.DB]))

    def key(self, compartment: Compartment) -> bytes:
        """The current key material of *compartment*.

        Raises:
            NotPermitted: the role does not hold it.
        """
        epochs = self.material.get(compartment)
        if not epochs:
            raise NotPermitted
        return epochs[max(epochs)]

    def at_epoch(self, epoch: int) -> Self:
        """The same member's keys as they stood at an earlier *epoch*, to read the database of before a re-keying."""
        earlier = {
            compartment: {number: key for number, key in epochs.items() if number <= epoch}
            for compartment, epochs in self.material.items()
        }
        return replace(self, epoch=epoch, material={name: epochs for name, epochs in earlier.items() if epochs})

    def limited_to(self, role: Role, admin_duty: bool) -> Self:
        """The keys that are left when the member's own work changes."""
        wanted = compartments_of(role, admin_duty)
        kept = {compartment: epochs for compartment, epochs in self.material.items() if compartment in wanted}
        return replace(self, role=role, admin_duty=admin_duty, material=kept)
