"""Encrypting single fields of the record, each under the key of its compartment.

ChaCha20-Poly1305 with a random 12-byte nonce; the associated data is table | row uuid | column | row version, so that a
value that was copied to another row, column or version is found.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from tlbb_desktop.domain.errors import NotPermitted, StorageDamaged
from tlbb_desktop.security.compartments import FIELD_COMPARTMENTS, Compartment
from tlbb_desktop.security.slots import NONCE_LENGTH
from tlbb_desktop.security.unlocked import UnlockedKeys

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305


class FieldCipher:
    """The field cipher of one member of staff.

    Args:
        keys: their open keys; compartments that they do not hold stay shut.
    """

    def __init__(self, keys: UnlockedKeys) -> None:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        self._altered: tuple[type[Exception], ...] = (InvalidTag, ValueError)
        held = FIELD_COMPARTMENTS & keys.compartments
        self._ciphers = {
            compartment: ChaCha20Poly1305(hmac.digest(keys.key(compartment), b"tlbb field cipher 1", "sha256"))
            for compartment in held
        }

    def __repr__(self) -> str:
        return "<FieldCipher>"

    def opens(self, compartment: Compartment) -> bool:
        """Whether fields of *compartment* can be read and written."""
        return compartment in self._ciphers

    def encrypt(
        self,
        compartment: Compartment,
        table: str,
        row_uuid: bytes,
        column: str,
        version: int,
        plaintext: str | bytes | None,
    ) -> bytes | None:
        """The stored form of a field: nonce, ciphertext, tag. None stays None.

        Args:
            compartment: whose key is used.
            table: name of the table.
            row_uuid: the row's UUID, 16 bytes.
            column: name of the column.
            version: the row's version that is being written.
            plaintext: text (stored as UTF-8) or bytes.

        Raises:
            NotPermitted: the compartment's key is not held.
        """
        cipher = self._cipher(compartment)
        if plaintext is None:
            return None
        data = plaintext.encode() if isinstance(plaintext, str) else plaintext
        nonce = os.urandom(NONCE_LENGTH)
        return nonce + cipher.encrypt(nonce, data, _associated(table, row_uuid, column, version))

    def decrypt(
        self,
        compartment: Compartment,
        table: str,
        row_uuid: bytes,
        column: str,
        version: int,
        stored: bytes | None,
    ) -> bytes | None:
        """The bytes of a field; None stays None. Arguments as for ``encrypt``.

        Raises:
            NotPermitted: the compartment's key is not held.
            StorageDamaged: the field was altered, or belongs to another row, column or version.
        """
        cipher = self._cipher(compartment)
        if stored is None:
            return None
        try:
            return cipher.decrypt(
                stored[:NONCE_LENGTH], stored[NONCE_LENGTH:], _associated(table, row_uuid, column, version)
            )
        except self._altered as error:
            raise StorageDamaged from error

    def decrypt_text(
        self,
        compartment: Compartment,
        table: str,
        row_uuid: bytes,
        column: str,
        version: int,
        stored: bytes | None,
    ) -> str | None:
        """The text of a field; as ``decrypt``."""
        data = self.decrypt(compartment, table, row_uuid, column, version, stored)
        return None if data is None else data.decode()

    def rows_holding(
        self,
        compartment: Compartment,
        table: str,
        column: str,
        sought: bytes,
        rows: Iterable[tuple[Any, bytes, int, bytes]],
    ) -> list[Any]:
        """What names the rows whose field holds *sought*: each is opened as by ``decrypt``, without a call for it.

        Args:
            compartment: whose key is used.
            table: name of the table.
            column: name of the column.
            sought: is looked for in the field's bytes.
            rows: what names a row, its UUID, its version, and the stored field.

        Raises:
            NotPermitted: the compartment's key is not held.
            StorageDamaged: a field was altered, or belongs to another row, column or version.
        """
        decrypt, length = self._cipher(compartment).decrypt, NONCE_LENGTH
        before, after = table.encode() + b"|", b"|" + column.encode() + b"|%d"
        try:
            return [
                name
                for name, row_uuid, version, stored in rows
                # "in" takes twice the time of "find"
                if decrypt(stored[:length], stored[length:], before + row_uuid + after % version).find(sought) >= 0
            ]
        except self._altered as error:
            raise StorageDamaged from error

    def _cipher(self, compartment: Compartment) -> ChaCha20Poly1305:
        cipher = self._ciphers.get(compartment)
        if cipher is None:
            raise NotPermitted
        return cipher


def _associated(table: str, row_uuid: bytes, column: str, version: int) -> bytes:
    """Unambiguous because names hold no ``|`` and a UUID is always 16 bytes."""
    return b"%b|%b|%b|%d" % (table.encode(), row_uuid, column.encode(), version)
