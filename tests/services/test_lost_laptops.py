"""After a laptop was lost: new keys for everything, its sender refused, its certificate key ended."""

from __future__ import annotations

import pytest

from tests.programme import MANAGER, PASSPHRASE
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.restoring import restore
from tlbb_desktop.services.staff import NewMember
from tlbb_desktop.services.vault import unlock
from tlbb_desktop.wiring import open_desk

TRAINERS = "orange ladder quiet seven"


@pytest.fixture
def lost(desk, tmp_path):
    """Sender id, key of certificates and open keys of a laptop that is gone; and its record on a new one."""
    desk.staff.add(NewMember("dara", "", Role.TRAINER, TRAINERS))
    desk.certificate_keys.export(tmp_path / "keys.json")
    (tmp_path / "stick").mkdir()
    made = desk.backups.create(tmp_path / "stick")
    new = Home(tmp_path / "new")
    restore(made.path, new, username=MANAGER, passphrase=PASSPHRASE)
    return made, new


def test_everything_is_under_new_keys_and_all_passphrases_go_on_working(desk, unlocked, lost) -> None:
    _made, new = lost
    opened = unlock(new, MANAGER, PASSPHRASE)
    there = open_desk(new, opened)
    assert there.lost_laptops.replace_lost()
    there.close()
    again = unlock(new, MANAGER, PASSPHRASE)
    old = unlocked.keys
    renewed = {each for each in Compartment if again.keys.key(each) != old.key(each)}
    assert renewed == set(Compartment) - {Compartment.AUDIT}
    again.store.close()
    unlock(new, "dara", TRAINERS).store.close()


def test_what_the_lost_laptop_sends_is_refused_and_its_certificate_key_ends(desk, lost) -> None:
    _made, new = lost
    sender = desk.settings.get("sender")
    there = open_desk(new, unlock(new, MANAGER, PASSPHRASE))
    assert there.lost_laptops.senders_before() == (sender,)
    there.lost_laptops.replace_lost()
    assert there.settings.get("refused_senders") == [sender]
    assert there.settings.get("sender") != sender
    assert there.lost_laptops.senders_before() == ()
    with there.office.store.read() as connection:
        ended = connection.exec_driver_sql("SELECT until IS NOT NULL FROM certificate_key ORDER BY accepted_at").all()
    assert [row[0] for row in ended] == [1, 0]
    there.close()


def test_where_no_laptop_was_lost_nothing_is_changed(desk, home) -> None:
    keyring = (home.path / "keyring.A.json").read_bytes()
    with pytest.raises(Refused, match="no lost laptop"):
        desk.lost_laptops.replace_lost()
    assert (home.path / "keyring.A.json").read_bytes() == keyring


def test_who_lacks_a_key_cannot_do_it(desk, lost, desk_as) -> None:
    desk.settings.put("senders_before", ["0011223344556677"])
    with pytest.raises(Refused, match="Only a manager"):
        desk_as(Role.TRAINER, admin_duty=True).lost_laptops.replace_lost()
    assert desk.settings.get("refused_senders") is None
