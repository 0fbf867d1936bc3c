"""Ed25519 for certificates: signing with the ``signing`` key, checking with public keys."""

from __future__ import annotations

import hashlib
from typing import Final

KEY_ID_BYTES: Final = 6
PUBLIC_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64
#: What is signed begins with its purpose, so that no signature can be passed off as one for something else.
CERTIFICATE: Final = b"certificate 1\x00"
KEY_LIST: Final = b"certificate keys 1\x00"
TRAINING_RECORD: Final = b"training record 1\x00"


def public_key(seed: bytes) -> bytes:
    """The public key, 32 bytes, that belongs to a *seed* of 32 bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def key_id(public: bytes) -> str:
    """The opaque id of a public key: 12 hexadecimal digits that tell nothing about whose it is."""
    return hashlib.sha256(public).digest()[:KEY_ID_BYTES].hex()


def programme_id(keyring_id: str) -> str:
    """The opaque id of the programme that a keyring belongs to; it stays when its keys are renewed."""
    return hashlib.sha256(b"certificates of " + keyring_id.encode()).hexdigest()[:16]


def fingerprint(public: bytes) -> str:
    """What two people read to each other to compare a key: 4 groups of 4 digits and letters."""
    digits = hashlib.sha256(KEY_LIST + public).hexdigest()[:16].upper()
    return "-".join(digits[start : start + 4] for start in range(0, 16, 4))


def sign(seed: bytes, purpose: bytes, message: bytes) -> bytes:
    """The signature, 64 bytes (RFC 8032), over purpose and message."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed).sign(purpose + message)


def holds(public: bytes, signature: bytes, purpose: bytes, message: bytes) -> bool:
    """Whether *public* signed *message* for this *purpose*."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, purpose + message)
    except (InvalidSignature, ValueError):
        return False
    return True
