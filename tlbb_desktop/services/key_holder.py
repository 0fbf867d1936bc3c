"""The open keys of the programme's session, for the few services that change or copy keys."""

from __future__ import annotations

from dataclasses import dataclass

from tlbb_desktop.security.keyring import Keyring
from tlbb_desktop.security.keyring_file import KeyringFile
from tlbb_desktop.security.unlocked import UnlockedKeys
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.keyring_place import keyring_of


@dataclass(slots=True, repr=False)
class KeyHolder:
    """Whose keys are open, over which home; the keys change when they are renewed.

    Args:
        home: where keyring and database lie.
        keys: the open keys.
        record_keys: those that fit the database; other than *keys* while a change of keys is unfinished.
    """

    home: Home
    keys: UnlockedKeys
    record_keys: UnlockedKeys

    @property
    def rekey_due(self) -> bool:
        """Whether a change of keys waits to be finished."""
        return self.keys.epoch != self.record_keys.epoch

    @property
    def file(self) -> KeyringFile:
        """The keyring on disk."""
        return keyring_of(self.home)

    def keyring(self) -> Keyring:
        """The keyring as it stands on disk now.

        Raises:
            ChangedMeanwhile: the keys were renewed elsewhere since they were opened here.
            StorageDamaged: it was changed outside the program.
        """
        keyring = self.file.load()
        keyring.verify(self.keys)
        return keyring
