"""Where the keyring of a home is kept: in its two files, or on the server with a copy in them."""

from __future__ import annotations

from typing_extensions import override

from tlbb_desktop.domain.errors import StorageDamaged
from tlbb_desktop.security.keyring import Keyring
from tlbb_desktop.security.keyring_file import KeyringFile, decode, encode
from tlbb_desktop.services.home import Home


def keyring_of(home: Home) -> KeyringFile:
    """The keyring of *home*."""
    return SharedKeyring(home) if home.server else KeyringFile(home.path)


class SharedKeyring(KeyringFile):
    """The keyring that all computers of a programme share. The server's counts; the files show who may log in.

    Args:
        home: of this computer.
    """

    def __init__(self, home: Home) -> None:
        super().__init__(home.path)
        self._server = home.server

    @override
    def load(self) -> Keyring:
        """The server's keyring, which is kept in this home, too.

        Raises:
            ServerAway: the server does not answer.
            StorageDamaged: it holds none, or not a sound one.
        """
        from tlbb_desktop.data.server.shared_keyring import read_keyring

        content = read_keyring(self._server)
        if content is None:
            raise StorageDamaged
        keyring = decode(content)
        self._keep(keyring)
        return keyring

    @override
    def save(self, keyring: Keyring, *, replaces: Keyring | None, both: bool = False) -> None:
        """Put a new generation on the server, then into this home.

        Raises:
            ChangedMeanwhile: another window or computer wrote one since *replaces* was loaded.
            ServerAway: the server does not answer.
        """
        from tlbb_desktop.data.server.shared_keyring import write_keyring

        if replaces is None:
            raise ValueError("a programme's first keyring comes with its rows")
        write_keyring(self._server, encode(keyring), keyring.mac.hex(), replaces.mac.hex())
        self._keep(keyring)

    def _keep(self, keyring: Keyring) -> None:
        for path in self._paths:
            self._repair(path, keyring)
