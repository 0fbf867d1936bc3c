"""New keys and a restore change no field: an exchange after them asks nobody about what only one side changed."""

from __future__ import annotations

from dataclasses import replace

import cbor2
import pytest
from sqlalchemy import delete, select

from tests.programme import MANAGER, PASSPHRASE
from tests.services.exchange.conftest import Programme, person_id
from tlbb_desktop.data.exchange_tables import exchange_tables
from tlbb_desktop.data.models import ExchangeLaptop, Setting
from tlbb_desktop.data.repositories.exchange import ExchangeRows
from tlbb_desktop.data.sealed_columns import DIGEST_KEY
from tlbb_desktop.domain.errors import BadFile, Refused, StorageDamaged, StorageLocked
from tlbb_desktop.domain.exchange import Decision
from tlbb_desktop.domain.field_clocks import ABSENT, FieldState
from tlbb_desktop.domain.people import Contact
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.security.bundle_keys import BundleKeys, kept, unkept
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.field_digests import FieldDigests
from tlbb_desktop.services import rekeying
from tlbb_desktop.services.backups import put_setting
from tlbb_desktop.services.exchange_laptops import field_digests, own_laptop
from tlbb_desktop.services.exchange_rows import RowBook
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.restoring import restore
from tlbb_desktop.services.seeds import SENDERS_BEFORE
from tlbb_desktop.services.staff import NewMember
from tlbb_desktop.wiring import Desk

CODE = "BTB-26-0001"
PHRASE = "river window bamboo pencil lantern"


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
    desk.staff.add(NewMember("rith", "Rith", Role.MANAGER, PHRASE))
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


@pytest.mark.parametrize("before_the_update", [False, True])
def test_after_a_restore_nothing_looks_changed(agreed, tmp_path, before_the_update):
    if before_the_update:
        as_before_the_update(agreed["BTB"])
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


def keys_stay_due(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody leaves while another window has the record open, so that new keys wait."""
    desk.staff.add(NewMember("rith", "Rith", Role.MANAGER, PHRASE))

    def locked(*_arguments: object) -> None:
        raise StorageLocked

    with monkeypatch.context() as patched:
        patched.setattr(rekeying, "move_record", locked)
        assert not desk.staff.deactivate("rith")
    assert desk.staff.rekey_due


def test_looking_at_the_page_while_new_keys_wait_makes_nothing_look_changed(agreed, monkeypatch):
    desk = agreed["HO"]
    code = desk.exchange.status()[0].laptop.code
    keys_stay_due(desk, monkeypatch)
    assert desk.exchange.conflicts() == ()
    assert desk.exchange.status()[0].laptop.code == code
    assert rekeying.finish_rekeying(desk.office, desk.staff._holder)
    assert desk.exchange.status()[0].laptop.code != code
    set_phones(agreed["BTB"], "022 222 222")
    introduce(agreed, "HO", "BTB", head_office=True)
    taken = agreed.carry("BTB", "HO")
    assert (taken.conflicts, phones_of(desk)) == (0, "022 222 222")


def test_while_new_keys_wait_no_card_is_written_or_taken_in_and_nothing_is_decided(agreed, monkeypatch, tmp_path):
    set_phones(agreed["BTB"], "022 222 222")
    set_phones(agreed["HO"], "033 333 333")
    agreed.carry("BTB", "HO")
    office = agreed["HO"]
    (conflict,) = office.exchange.conflicts()
    card = tmp_path / "BTB.tlbb-laptop"
    code = agreed["BTB"].exchange.write_card(card).code
    keys_stay_due(office, monkeypatch)
    for act in (
        lambda: office.exchange.decide(conflict.id, Decision.MINE),
        lambda: office.exchange.write_card(tmp_path / "HO.tlbb-laptop"),
        lambda: office.exchange.register(card, code, "BTB"),
    ):
        with pytest.raises(Refused, match="keys of this laptop are being renewed"):
            act()
    assert [each.id for each in office.exchange.conflicts()] == [conflict.id]


def test_a_key_of_digests_that_does_not_open_is_never_made_a_second_time(agreed):
    with agreed["HO"].office.own_act() as act:
        put_setting(act.session, DIGEST_KEY, kept(b"x" * 32, b"y" * 64))
    with pytest.raises(StorageDamaged):
        agreed["HO"].exchange.conflicts()


def stored_digests(desk: Desk) -> dict[tuple[str, str, str], str]:
    """Of protected fields, by their place."""
    with desk.office.store.read() as connection:
        rows = ExchangeRows(connection)
        return {
            (table.name, key, name): state.digest
            for table in exchange_tables().values()
            for key, row in rows.known(table.name).items()
            for name, state in row.fields.items()
            if table.is_protected(name) and state.digest != ABSENT
        }


def digests_of(desk: Desk) -> FieldDigests:
    holder = desk.staff._holder
    with desk.office.own_act() as act:
        return field_digests(act.session, BundleKeys(holder.keys.bundle_key, ""))


def test_who_was_a_manager_can_try_no_value_against_what_is_stored_after_new_keys(agreed):
    desk = agreed["HO"]
    desk.staff.add(NewMember("rith", "Rith", Role.MANAGER, PHRASE))
    known, before = digests_of(desk), stored_digests(desk)
    guess = cbor2.dumps(b"011 111 111", canonical=True)
    (place,) = [each for each, digest in before.items() if known.digest(each, guess, protected=True) == digest]
    desk.staff.change_role("rith", Role.TRAINER, False)
    after = stored_digests(desk)
    assert after.keys() == before.keys()
    assert not set(after.values()) & set(before.values())
    assert not [each for each, digest in after.items() if known.digest(each, guess, protected=True) == digest]
    assert digests_of(desk).digest(place, guess, protected=True) == after[place]


def test_equal_values_of_two_people_have_nothing_in_common(agreed):
    desk = agreed["HO"]
    for code in (CODE, "SR-26-0001"):
        record = desk.people.record(person_id(desk, code))
        desk.people.save(replace(record, contact=Contact("", "", "099 999 999")))
    agreed.send("HO", "BTB")
    found = [digest for place, digest in stored_digests(desk).items() if place[0] == "person_contact"]
    assert len(found) == len(set(found)) >= 6


def as_before_the_update(desk: Desk) -> None:
    """A record that exchanged with a program whose digests had one key, and whose laptops had no bytes of their own."""
    holder = desk.staff._holder
    with desk.office.own_act() as act:
        own = act.session.scalars(select(ExchangeLaptop).where(ExchangeLaptop.own)).one()
        keys = BundleKeys(holder.keys.bundle_key, own.sender)
        book = RowBook(ExchangeRows(act.connection), desk.office.cipher, FieldDigests((keys.first_digest_key,)))
        for table in exchange_tables().values():
            known = book.rows.known(table.name)
            for row in book.read(table):
                for name in row.values.keys() - table.once:
                    state = known[row.key].fields[name]
                    digest = book.digest(table, row.key, name, row.values[name])
                    known[row.key].fields[name] = FieldState(digest, state.clock)
            book.rows.put_known(table.name, known.items())
        act.session.execute(delete(Setting).where(Setting.name.in_((DIGEST_KEY, "exchange_own_bytes"))))
        own.verify_key, own.receive_key = keys.verify_key, keys.receive_key


@pytest.mark.parametrize("first_opened", [False, True])
def test_a_record_that_exchanged_before_the_update_keeps_its_keys_and_looks_unchanged_after_new_ones(
    agreed, first_opened
):
    desk = agreed["HO"]
    as_before_the_update(desk)
    introduce(agreed, "HO", "BTB", head_office=True)
    as_before_the_update(desk)
    if first_opened:
        set_phones(agreed["BTB"], "021 212 121")
        assert agreed.carry("BTB", "HO").conflicts == 0
        assert agreed.carry("HO", "BTB").conflicts == 0  # its keys are those that Battambang knows
    desk.staff.add(NewMember("rith", "Rith", Role.MANAGER, PHRASE))
    assert desk.staff.deactivate("rith")
    set_phones(agreed["BTB"], "022 222 222")
    introduce(agreed, "HO", "BTB", head_office=True)
    taken = agreed.carry("BTB", "HO")
    assert (taken.conflicts, phones_of(desk)) == (0, "022 222 222")


def test_a_restored_laptop_has_a_secret_that_the_one_before_does_not_know(agreed, tmp_path):
    (tmp_path / "stick").mkdir()
    made = agreed["BTB"].backups.create(tmp_path / "stick")
    restore(made.path, Home(agreed.folder / "BTB-again"), username=MANAGER, passphrase=PASSPHRASE)
    again = agreed.open("BTB-again")
    assert own_keys(again).own != own_keys(agreed["BTB"]).own
    assert own_keys(again) == own_keys(again)


def own_keys(desk: Desk) -> BundleKeys:
    with desk.office.own_act() as act:
        return own_laptop(act.session, desk.staff._holder)[1]


def test_the_key_of_digests_opens_with_the_bundle_key_of_its_record_only():
    stored = kept(b"a" * 32, b"digests")
    assert unkept(b"a" * 32, stored) == b"digests"
    assert unkept(b"b" * 32, stored) is None
    assert unkept(b"a" * 32, "no base64 at all") is None
