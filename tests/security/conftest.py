from __future__ import annotations

from dataclasses import dataclass

import pytest

from tlbb_desktop.domain.staff import Role
from tlbb_desktop.security.kdf import FLOOR
from tlbb_desktop.security.keyring import Keyring
from tlbb_desktop.security.membership import Founded, Member, add_member, create_keyring
from tlbb_desktop.security.recovery import PrintedCode
from tlbb_desktop.security.unlocked import UnlockedKeys

PASSPHRASES = {
    "dara": "river mango lantern violin paper",
    "sokha": "ទន្លេ ស្វាយ គោម សៀវភៅ",
    "bopha": "window garden silver monkey",
    "vuthy": "១២៣៤ ៥៦៧ ៨៩០ ១២៣",
    "kosal": "harvest copper island drum",
}


@dataclass(frozen=True)
class Staffed:
    """A keyring with one member of staff per role, and a trainer with the administrator duty."""

    keyring: Keyring
    manager: UnlockedKeys
    recovery: PrintedCode
    slip_of_sokha: PrintedCode


@pytest.fixture(scope="session")
def founded() -> Founded:
    manager = Member("aa" * 16, "dara", "ចាន់ ដារ៉ា", Role.MANAGER, admin_duty=True)
    return create_keyring(manager, PASSPHRASES["dara"], FLOOR)


@pytest.fixture(scope="session")
def staffed(founded: Founded) -> Staffed:
    members = (
        Member("b1" * 16, "sokha", "Sokha", Role.TRAINER),
        Member("b2" * 16, "bopha", "Bopha", Role.SOCIAL_WORKER),
        Member("b3" * 16, "vuthy", "Vuthy", Role.LIAISON),
        Member("b4" * 16, "kosal", "Kosal", Role.TRAINER, admin_duty=True),
    )
    keyring, slip = founded.keyring, None
    for member in members:
        admitted = add_member(
            keyring, founded.keys, member, PASSPHRASES[member.username], slip=member.username == "sokha"
        )
        keyring, slip = admitted.keyring, slip or admitted.slip
    assert slip is not None
    return Staffed(keyring, founded.keys, founded.recovery, slip)


@pytest.fixture(scope="session")
def keys_of(staffed: Staffed) -> dict[str, UnlockedKeys]:
    return {name: staffed.keyring.unlock(name, passphrase) for name, passphrase in PASSPHRASES.items()}
