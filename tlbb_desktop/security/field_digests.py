"""What stands for the fields that an exchange compares: equal values of one field of one row have equal digests.

The first key is over a protected value, and an open one has none. Every further key is over the digest before it and
its place, so that equal protected values of two rows have nothing in common, and so that a further key can follow
without the values: whoever knows only the earlier keys, such as a manager who left or became something else, can try no
value against what is stored.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, Self

_KEY_BYTES: Final = 32
_DIGEST_BYTES: Final = 9
Place = tuple[str, str, str]
"""Table, key of the row (``""`` for an open field), name of the field."""


@dataclass(frozen=True, slots=True, repr=False)
class FieldDigests:
    """Makes digests.

    Args:
        keys: 32 bytes each, the oldest first.
    """

    keys: tuple[bytes, ...]

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """What :meth:`to_bytes` gave."""
        return cls(tuple(stored[start : start + _KEY_BYTES] for start in range(0, len(stored), _KEY_BYTES)))

    def to_bytes(self) -> bytes:
        """All keys, as a record keeps them."""
        return b"".join(self.keys)

    def with_further_key(self) -> Self:
        """The same with a new random key after the others; what is stored is to be lengthened by it."""
        return type(self)((*self.keys, secrets.token_bytes(_KEY_BYTES)))

    def digest(self, place: Place, content: bytes, *, protected: bool) -> str:
        """The digest of a value, 18 hexadecimal digits."""
        if protected:
            found = hmac.digest(self.keys[0], content, "sha256")[:_DIGEST_BYTES].hex()
        else:
            found = blake2b(content, digest_size=_DIGEST_BYTES).hexdigest()
        for key in self.keys[1:]:
            found = _longer(key, place, found)
        return found

    def lengthened(self, place: Place, digest: str) -> str:
        """A digest that was made before the last key followed, as it is with it."""
        return _longer(self.keys[-1], place, digest)


def _longer(key: bytes, place: Place, digest: str) -> str:
    return blake2b("\0".join((*place, digest)).encode(), key=key, digest_size=_DIGEST_BYTES).hexdigest()
