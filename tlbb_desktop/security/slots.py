"""A member's slot in the keyring: a key pair whose private half a passphrase opens, and the keys sealed to it.

Keys are sealed to the public half, so that they can be given and renewed while the member of staff is away.
"""

from __future__ import annotations

import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any, Self

from tlbb_desktop.domain.errors import StorageDamaged, WrongPassphrase
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.security.canonical_json import canonical_json
from tlbb_desktop.security.compartments import MATERIAL_LENGTHS, Compartment, compartments_of
from tlbb_desktop.security.kdf import KEYRING_DAMAGED, SALT_LENGTH, KdfCost, derive

NONCE_LENGTH = 12
_BINDING_LENGTH = 32

KeyMaterial = Mapping[Compartment, Mapping[int, bytes]]
"""Keys by compartment and epoch."""


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A private half under ChaCha20-Poly1305 with the Argon2id key of a secret.

    Args:
        epoch: the keyring's epoch when it was wrapped; bound into the ciphertext.
        role: the member's role when it was wrapped; bound into the ciphertext.
        cost: what the derivation costs; bound into the ciphertext.
        salt: 16 bytes.
        nonce: 12 bytes.
        box: the ciphertext.
        canonical_version: which canonical form of the passphrase was derived from.
    """

    epoch: int
    role: Role
    cost: KdfCost
    salt: bytes
    nonce: bytes
    box: bytes
    canonical_version: int

    def to_json(self) -> dict[str, Any]:
        """As the keyring file holds it; bytes in base 64."""
        return {
            "epoch": self.epoch,
            "role": self.role.value,
            "cost": asdict(self.cost),
            "salt": _text(self.salt),
            "nonce": _text(self.nonce),
            "box": _text(self.box),
            "canonical_version": self.canonical_version,
        }

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Self:
        """Read what ``to_json`` wrote."""
        return cls(
            raw["epoch"],
            Role(raw["role"]),
            KdfCost(**raw["cost"]),
            _bytes(raw["salt"]),
            _bytes(raw["nonce"]),
            _bytes(raw["box"]),
            raw["canonical_version"],
        )


@dataclass(frozen=True, slots=True)
class SealedKey:
    """One compartment's key of one epoch, sealed to a member's public half."""

    compartment: Compartment
    epoch: int
    box: bytes

    def to_json(self) -> dict[str, Any]:
        """As the keyring file holds it."""
        return {"compartment": self.compartment.value, "epoch": self.epoch, "box": _text(self.box)}

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Self:
        """Read what ``to_json`` wrote."""
        return cls(Compartment(raw["compartment"]), raw["epoch"], _bytes(raw["box"]))


@dataclass(frozen=True, slots=True)
class Slot:
    """What the keyring holds for one member of staff, or for the recovery key.

    Args:
        user: stable id of the member of staff (hexadecimal UUID), or ``recovery``.
        username: short login name.
        display_name: name on the tile of the login page.
        role: their work.
        admin_duty: whether they also keep users, keys and backups.
        public_key: X25519 public half, 32 bytes.
        passphrase: the private half under the passphrase (or under the recovery key).
        slip: the private half under the printed one-use code, or None.
        sealed: the keys which the role needs.
    """

    user: str
    username: str
    display_name: str
    role: Role
    admin_duty: bool
    public_key: bytes
    passphrase: Wrapped
    slip: Wrapped | None
    sealed: tuple[SealedKey, ...]

    @property
    def compartments(self) -> frozenset[Compartment]:
        """What the role and the duty need."""
        return compartments_of(self.role, self.admin_duty)

    def with_keys(self, keyring_id: str, material: KeyMaterial) -> Self:
        """The slot with every key of *material* that its role needs sealed to it, beside those it has."""
        have = {(key.compartment, key.epoch) for key in self.sealed}
        new = (
            SealedKey(compartment, epoch, _seal(self, keyring_id, compartment, epoch, key))
            for compartment in sorted(self.compartments & material.keys())
            for epoch, key in sorted(material[compartment].items())
            if (compartment, epoch) not in have
        )
        return replace(self, sealed=(*self.sealed, *new))

    def keeping(self, wanted: Iterable[tuple[Compartment, int]]) -> Self:
        """The slot with only the *wanted* sealed keys that its role still needs."""
        kept = set(wanted)
        return replace(
            self,
            sealed=tuple(
                key
                for key in self.sealed
                if (key.compartment, key.epoch) in kept and key.compartment in self.compartments
            ),
        )

    def unseal(self, keyring_id: str, private: bytes) -> KeyMaterial:
        """Open the sealed keys with the private half.

        Raises:
            StorageDamaged: a sealed key was altered or comes from another slot, keyring or compartment.
        """
        from nacl.exceptions import CryptoError
        from nacl.public import PrivateKey, SealedBox

        opener = SealedBox(PrivateKey(private))
        material: dict[Compartment, dict[int, bytes]] = {}
        for key in self.sealed:
            binding = _binding(self.user, keyring_id, key.compartment, key.epoch)
            try:
                plain = opener.decrypt(key.box)
            except CryptoError as error:
                raise StorageDamaged(KEYRING_DAMAGED) from error
            inner = plain[_BINDING_LENGTH:]
            if plain[:_BINDING_LENGTH] != binding or len(inner) != MATERIAL_LENGTHS[key.compartment]:
                raise StorageDamaged(KEYRING_DAMAGED)
            material.setdefault(key.compartment, {})[key.epoch] = inner
        return material

    def to_json(self) -> dict[str, Any]:
        """As the keyring file holds it."""
        return {
            "user": self.user,
            "username": self.username,
            "display_name": self.display_name,
            "role": self.role.value,
            "admin_duty": self.admin_duty,
            "public_key": _text(self.public_key),
            "passphrase": self.passphrase.to_json(),
            "slip": self.slip.to_json() if self.slip else None,
            "sealed": [key.to_json() for key in self.sealed],
        }

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Self:
        """Read what ``to_json`` wrote."""
        return cls(
            raw["user"],
            raw["username"],
            raw["display_name"],
            Role(raw["role"]),
            raw["admin_duty"],
            _bytes(raw["public_key"]),
            Wrapped.from_json(raw["passphrase"]),
            Wrapped.from_json(raw["slip"]) if raw["slip"] is not None else None,
            tuple(SealedKey.from_json(key) for key in raw["sealed"]),
        )


@dataclass(frozen=True, slots=True)
class WrapPlace:
    """Where a wrapped private half belongs; together with the costs it is the associated data of its ciphertext.

    Args:
        purpose: ``passphrase``, ``slip`` or ``recovery``.
        keyring_id: the keyring.
        user: the member of staff.
    """

    purpose: str
    keyring_id: str
    user: str

    def wrap(self, private: bytes, secret: bytes, template: Wrapped) -> Wrapped:
        """Wrap *private* under *secret*, with the epoch, role, cost and version of *template* and new random salts."""
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        salt, nonce = secrets.token_bytes(SALT_LENGTH), secrets.token_bytes(NONCE_LENGTH)
        fresh = replace(template, salt=salt, nonce=nonce)
        key = derive(secret, salt, fresh.cost)
        return replace(fresh, box=ChaCha20Poly1305(key).encrypt(nonce, private, self._associated(fresh)))

    def unwrap(self, wrapped: Wrapped, secret: bytes) -> bytes:
        """The private half.

        Raises:
            WrongPassphrase: *secret* is not the right one, or the slot was altered; the two cannot be told apart.
        """
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        key = derive(secret, wrapped.salt, wrapped.cost)
        try:
            return ChaCha20Poly1305(key).decrypt(wrapped.nonce, wrapped.box, self._associated(wrapped))
        except InvalidTag as error:
            raise WrongPassphrase from error

    def _associated(self, wrapped: Wrapped) -> bytes:
        described = {**wrapped.to_json(), **asdict(self)}
        del described["box"]
        return canonical_json(described)


def new_pair() -> tuple[bytes, bytes]:
    """A new X25519 pair: private half, public half."""
    from nacl.public import PrivateKey

    private = PrivateKey.generate()
    return bytes(private), bytes(private.public_key)


def unwrapped_template(epoch: int, role: Role, cost: KdfCost, canonical_version: int) -> Wrapped:
    """A ``Wrapped`` that says what to bind, before there is a ciphertext."""
    return Wrapped(epoch, role, cost, b"", b"", b"", canonical_version)


def _seal(slot: Slot, keyring_id: str, compartment: Compartment, epoch: int, key: bytes) -> bytes:
    from nacl.public import PublicKey, SealedBox

    binding = _binding(slot.user, keyring_id, compartment, epoch)
    return bytes(SealedBox(PublicKey(slot.public_key)).encrypt(binding + key))


def _binding(user: str, keyring_id: str, compartment: Compartment, epoch: int) -> bytes:
    """Says inside a sealed box where it belongs, so that boxes cannot be exchanged."""
    return sha256(canonical_json([keyring_id, epoch, user, compartment.value])).digest()


def _text(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    return b64decode(text, validate=True)
