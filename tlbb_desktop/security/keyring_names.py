"""Names of the keyring's two files, apart from what reads them, as the window looks for them before its first paint."""

from __future__ import annotations

NAMES = ("keyring.A.json", "keyring.B.json")
