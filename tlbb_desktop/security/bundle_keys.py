"""The keys of exchange bundles: a laptop signs with one, and opens what is sealed to it with another.

Both come from the laptop's bundle key, which lies in the ``signing`` set of its keyring, from its sender id, and from a
secret of its own: two laptops that began with one invitation, or with one backup, have the first in common only.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Final, Self

from tlbb_desktop.security.certificate_keys import holds, public_key, sign

BUNDLE: Final = b"exchange bundle 1\0"
INTRODUCTION: Final = b"exchange introduction 1\0"
_SIGNING: Final = b"tlbb exchange signing 1"
_RECEIVING: Final = b"tlbb exchange receiving 1"
_DIGESTS: Final = b"tlbb exchange digests 1"
_KEEPING: Final = b"tlbb exchange keeping 1"
_JOINING: Final = b"tlbb exchange joining 1"
_KEY_BYTES: Final = 32
_GROUP: Final = 4
_CODE_LENGTH: Final = 16


@dataclass(frozen=True, slots=True, repr=False)
class BundleKeys:
    """The secret halves of one laptop.

    Args:
        bundle_key: 32 bytes of the keyring's ``signing`` set.
        sender: the laptop's id.
        own: 32 random bytes that no other laptop has; none for an invitation, and where the laptop exchanged before
            there were any.
    """

    bundle_key: bytes
    sender: str
    own: bytes = b""

    @property
    def verify_key(self) -> bytes:
        """The public half that its bundles are checked with (Ed25519, 32 bytes)."""
        return public_key(self._own_derived(_SIGNING))

    @property
    def receive_key(self) -> bytes:
        """The public half that bundles for it are sealed to (X25519, 32 bytes)."""
        from nacl.public import PrivateKey

        return bytes(PrivateKey(self._own_derived(_RECEIVING)).public_key)

    @property
    def first_digest_key(self) -> bytes:
        """The first key of the digests of protected fields; see ``field_digests``."""
        return self._derived(_DIGESTS)

    def sign(self, content: bytes) -> bytes:
        """The signature over a bundle, 64 bytes."""
        return sign(self._own_derived(_SIGNING), BUNDLE, content)

    def open(self, sealed: bytes) -> bytes | None:
        """What was sealed to this laptop; None where it was sealed to another one, or was changed."""
        from nacl.exceptions import CryptoError
        from nacl.public import PrivateKey, SealedBox

        try:
            return bytes(SealedBox(PrivateKey(self._own_derived(_RECEIVING))).decrypt(sealed))
        except CryptoError:
            return None

    def introduction(self, laptop: Self) -> bytes:
        """By these keys of an invitation: that *laptop* began with it; its public keys (64 bytes) and a signature."""
        public = laptop.verify_key + laptop.receive_key
        return public + sign(self._own_derived(_SIGNING), INTRODUCTION, laptop.sender.encode("ascii") + public)

    def joining_mac(self, content: bytes) -> bytes:
        """Shows a new laptop that its invitation comes from who made its keys."""
        return hmac.digest(self._derived(_JOINING), content, "sha256")

    def _own_derived(self, purpose: bytes) -> bytes:
        return hmac.digest(self._derived(purpose), self.own, "sha256") if self.own else self._derived(purpose)

    def _derived(self, purpose: bytes) -> bytes:
        return hmac.digest(self.bundle_key, purpose + b"\0" + self.sender.encode("ascii"), "sha256")


def new_secret() -> bytes:
    """What makes a laptop's keys its own (32 random bytes)."""
    return secrets.token_bytes(_KEY_BYTES)


def kept(bundle_key: bytes, secret: bytes) -> str:
    """*secret* as a record keeps it (base64), for who holds the bundle key; such as the keys of its digests."""
    from nacl.secret import SecretBox

    return b64encode(SecretBox(hmac.digest(bundle_key, _KEEPING, "sha256")).encrypt(secret)).decode("ascii")


def unkept(bundle_key: bytes, stored: str) -> bytes | None:
    """What :func:`kept` sealed; None where it was another bundle key."""
    from nacl.exceptions import CryptoError
    from nacl.secret import SecretBox

    try:
        return bytes(SecretBox(hmac.digest(bundle_key, _KEEPING, "sha256")).decrypt(b64decode(stored)))
    except (CryptoError, ValueError):
        return None


def seal(receive_key: bytes, content: bytes) -> bytes:
    """*content* for one laptop only."""
    from nacl.public import PublicKey, SealedBox

    return bytes(SealedBox(PublicKey(receive_key)).encrypt(content))


def signature_holds(verify_key: bytes, signature: bytes, content: bytes) -> bool:
    """Whether the laptop of *verify_key* signed a bundle with this content."""
    return holds(verify_key, signature, BUNDLE, content)


def introduced(verify_key: bytes, introduction: bytes, sender: str) -> tuple[bytes, bytes] | None:
    """Verify key and receive key of the laptop *sender*; None where the keys of the invitation did not say so.

    Args:
        verify_key: of the invitation.
        introduction: from :meth:`BundleKeys.introduction`.
        sender: id of the laptop.
    """
    public, signature = introduction[: 2 * _KEY_BYTES], introduction[2 * _KEY_BYTES :]
    if not holds(verify_key, signature, INTRODUCTION, sender.encode("utf-8") + public):
        return None
    return public[:_KEY_BYTES], public[_KEY_BYTES:]


def laptop_code(sender: str, verify_key: bytes, receive_key: bytes) -> str:
    """What two people compare by telephone: 16 digits and letters that stand for a laptop and its public keys."""
    digits = hashlib.sha256(BUNDLE + sender.encode("ascii") + verify_key + receive_key).hexdigest().upper()
    return "-".join(digits[start : start + _GROUP] for start in range(0, _CODE_LENGTH, _GROUP))
