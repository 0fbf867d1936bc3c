"""New keys and a restore change no field: an exchange after them asks nobody about what only one side changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.programme import MANAGER, PASSPHRASE
from tests.services.exchange.conftest import Programme, person_id
from tlbb_desktop.domain.errors import BadFile
from tlbb_desktop.domain.people import Contact
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.security.bundle_keys import kept, unkept
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.services.backups import put_setting
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.restoring import restore
from tlbb_desktop.services.seeds import SENDERS_BEFORE
from tlbb_desktop.services.staff import NewMember
from tlbb_desktop.wiring import Desk

CODE = "BTB-26-0001"


def set_phones(desk: Desk, phones: str) -> None:
    record = desk.people.record(person_id(desk, CODE))
    contact = record.contact or Contact("", "", "")
    desk.people.save(replace(record, contact=replace(contact, phones=phones)))


def phones_of(desk: Desk) -> str:
    contact = desk.people.record(person_id(desk, CODE)).contact
    return contact.phones if contact else ""


@pytest.fixture
def agreed(programme: Programme) -> Programme:
    """Head office and Battambang, which both have somebody's phone and know so of each other."""
    set_phones(programme["HO"], "011 111 111")
    for _time in range(2):
        programme.carry("HO", "BTB")
        programme.carry("BTB", "HO")
    assert phones_of(programme["BTB"]) == "011 111 111"
    return programme


def introduce(programme: Programme, laptop: str, there: str, *, head_office: bool = False) -> None:
    card = programme.folder / f"{programme.count}-{laptop}.tlbb-laptop"
    own = programme[laptop].exchange.write_card(card)
    programme[there].exchange.register(card, own.code, laptop, head_office=head_office)


def somebody_leaves(desk: Desk) -> None:
    phrase = "river window bamboo pencil lantern"
    desk.staff.add(NewMember("rith", "Rith", Role.MANAGER, phrase))
    before = desk.staff._holder.keys.bundle_key
    assert desk.staff.deactivate("rith")
    keys = desk.staff._holder.keys
    assert keys.bundle_key != before
    assert len(keys.material[Compartment.FAMILY]) == 1


def laptop_was_lost(desk: Desk) -> None:
    with desk.office.own_act() as act:
        put_setting(act.session, SENDERS_BEFORE, ["ab" * 8])
    before = desk.staff._holder.keys.bundle_key
    assert desk.lost_laptops.replace_lost()
    assert desk.staff._holder.keys.bundle_key != before


@pytest.mark.parametrize(("renewed", "happens"), [("HO", somebody_leaves), ("BTB", laptop_was_lost)])
def test_after_new_keys_nothing_looks_changed_and_a_change_of_one_side_is_taken_without_a_question(
    agreed, renewed, happens
):
    other = {"HO": "BTB", "BTB": "HO"}[renewed]
    happens(agreed[renewed])
    set_phones(agreed[other], "022 222 222")
    introduce(agreed, renewed, other, head_office=renewed == "HO")
    taken = agreed.carry(other, renewed)
    assert (taken.conflicts, phones_of(agreed[renewed])) == (0, "022 222 222")
    back = agreed.carry(renewed, other)
    assert (back.conflicts, phones_of(agreed[other])) == (0, "022 222 222")
    set_phones(agreed[renewed], "033 333 333")
    assert agreed.carry(renewed, other).conflicts == 0
    assert phones_of(agreed[other]) == "033 333 333"
    assert agreed[renewed].exchange.conflicts() == agreed[other].exchange.conflicts() == ()


def test_a_change_of_before_the_new_keys_is_still_a_change_after_them(agreed):
    set_phones(agreed["BTB"], "022 222 222")
    somebody_leaves(agreed["BTB"])
    with pytest.raises(BadFile, match="or BTB has new keys since"):
        agreed.carry("BTB", "HO")
    introduce(agreed, "BTB", "HO")
    assert agreed.carry("BTB", "HO").conflicts == 0
    assert phones_of(agreed["HO"]) == "022 222 222"


def test_a_field_that_both_sides_changed_around_new_keys_is_still_asked(agreed):
    set_phones(agreed["BTB"], "022 222 222")
    set_phones(agreed["HO"], "033 333 333")
    somebody_leaves(agreed["BTB"])
    introduce(agreed, "BTB", "HO")
    assert agreed.carry("BTB", "HO").conflicts == 1
    assert phones_of(agreed["HO"]) == "033 333 333"


def test_after_a_restore_nothing_looks_changed(agreed, tmp_path):
    (tmp_path / "stick").mkdir()
    made = agreed["BTB"].backups.create(tmp_path / "stick")
    restore(made.path, Home(agreed.folder / "BTB-again"), username=MANAGER, passphrase=PASSPHRASE)
    agreed.open("BTB-again")
    set_phones(agreed["HO"], "044 444 444")
    introduce_again(agreed)
    taken = agreed.carry("HO", "BTB-again")
    assert (taken.conflicts, phones_of(agreed["BTB-again"])) == (0, "044 444 444")
    assert agreed.carry("BTB-again", "HO").conflicts == 0


def introduce_again(programme: Programme) -> None:
    card = programme.folder / "again.tlbb-laptop"
    code = programme["BTB-again"].exchange.write_card(card).code
    programme["HO"].exchange.register(card, code, "BTB-again", ("BTB",), ("vanna",))


def test_the_key_of_digests_opens_with_the_bundle_key_of_its_record_only():
    stored = kept(b"a" * 32, b"digests")
    assert unkept(b"a" * 32, stored) == b"digests"
    assert unkept(b"b" * 32, stored) is None
    assert unkept(b"a" * 32, "no base64 at all") is None
