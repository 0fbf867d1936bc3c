"""Members of staff: adding, changing, removing; and the record under new keys, whatever stops in between."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.programme import MANAGER, PASSPHRASE
from tlbb_desktop.data import durable, rekey
from tlbb_desktop.data.models import Person, PersonIdentity
from tlbb_desktop.data.models.vocabulary import new_uuid
from tlbb_desktop.domain.births import Birth, BirthPrecision
from tlbb_desktop.domain.errors import NotPermitted, Refused, StorageDamaged, WrongPassphrase
from tlbb_desktop.domain.people import Identity, Names, PersonKind, PersonRecord, PersonStatus, Sex
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.security.compartments import FIELD_COMPARTMENTS, Compartment, compartments_of
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services import rekeying
from tlbb_desktop.services.staff import NewMember
from tlbb_desktop.services.vault import members, unlock, unlock_with_slip
from tlbb_desktop.wiring import open_desk

THEIRS = "kite window mango pencil"
NEXT = "orange ladder quiet seven"


def add(desk, username="dara", role=Role.TRAINER, **wishes) -> str:
    return desk.staff.add(NewMember(username, "ដារ៉ា", role, THEIRS, **wishes))


def keep_birth(desk, text="2009-10-16") -> None:
    """A person with one sealed field."""
    with desk.office.act(Action.PEOPLE_WRITE) as act:
        person = Person(code="0001", kind="participant", status="candidate", sex=None, release_month=None)
        act.add(person)
        identity = PersonIdentity(person_id=person.id, uuid=new_uuid(), version=1)
        identity.birth = desk.office.cipher.encrypt(
            Compartment.LEGAL, "person_identity", identity.uuid, "birth", 1, text
        )
        act.add(identity)


def read_birth(desk) -> str | None:
    table = PersonIdentity
    with desk.office.store.read() as connection:
        row = connection.execute(select(table.uuid, table.version, table.birth)).one()
    return desk.office.cipher.decrypt_text(
        Compartment.LEGAL, "person_identity", row.uuid, "birth", row.version, row.birth
    )


def enter_as(home, username, passphrase):
    return open_desk(home, unlock(home, username, passphrase))


def test_a_new_member_logs_in_with_the_keys_of_the_role(home, desk):
    own = desk.prisons.own()
    add(desk, prisons=(own.id,))
    theirs = enter_as(home, "DARA", " kite  window\u200bmango pencil\n")
    assert theirs.actor.role is Role.TRAINER
    assert theirs.actor.prisons == {own.id}
    assert not theirs.office.cipher.opens(Compartment.LEGAL)
    assert [(row.username, row.prisons) for row in desk.staff.list()] == [("dara", ("SR",)), (MANAGER, ("SR",))]
    theirs.close()


def test_a_trainer_adds_nobody(desk, desk_as):
    with pytest.raises(NotPermitted):
        add(desk_as(Role.TRAINER))
    assert len(desk.staff.list()) == 1


def test_the_administrator_duty_gives_no_role_whose_keys_it_lacks(desk_as, home):
    keeper = desk_as(Role.TRAINER, admin_duty=True)
    with pytest.raises(Refused, match="manager"):
        add(keeper, "sophea", Role.SOCIAL_WORKER)
    add(keeper)
    assert {tile.username for tile in members(home)} == {MANAGER, "dara"}


def test_the_administrator_duty_opens_no_other_prison_to_oneself(desk, desk_as):
    other = next(prison.id for prison in desk.prisons.prisons() if prison.id not in desk.actor.prisons)
    keeper = desk_as(Role.TRAINER, admin_duty=True)
    with pytest.raises(Refused):
        keeper.staff.set_prisons(MANAGER, [other])
    assert other not in keeper.actor.prisons


def test_a_login_name_of_somebody_who_left_is_not_given_again(desk):
    add(desk)
    desk.staff.deactivate("dara")
    with pytest.raises(Refused, match="who left"):
        add(desk)


def test_a_reset_slip_opens_once_and_is_replaced(home, desk):
    slip = add(desk, slip=True)
    opened = unlock_with_slip(home, "dara", slip.lower(), NEXT)
    opened.unlocked.store.close()
    with pytest.raises(WrongPassphrase):
        unlock_with_slip(home, "dara", slip, NEXT)
    enter_as(home, "dara", NEXT).close()
    assert opened.slip != slip


def test_a_passphrase_that_was_reset_replaces_the_forgotten_one(home, desk):
    add(desk)
    assert desk.staff.reset_passphrase("dara", NEXT) == ""
    with pytest.raises(WrongPassphrase):
        unlock(home, "dara", THEIRS)
    enter_as(home, "dara", NEXT).close()


def test_ones_own_passphrase_is_changed_with_the_old_one(home, desk):
    with pytest.raises(WrongPassphrase):
        desk.staff.change_own_passphrase(NEXT, THEIRS)
    desk.staff.change_own_passphrase(PASSPHRASE, NEXT)
    enter_as(home, MANAGER, NEXT).close()


def test_the_duty_goes_to_somebody_else(home, desk):
    add(desk)
    desk.staff.hand_over_duty("dara")
    assert {row.username: row.admin_duty for row in desk.staff.list()} == {MANAGER: False, "dara": True}
    assert not desk.actor.admin_duty
    theirs = enter_as(home, "dara", THEIRS)
    assert theirs.office.may(Action.KEYS_WRITE)
    theirs.close()


def test_nobody_changes_their_own_role_and_the_last_manager_stays(desk):
    with pytest.raises(Refused):
        desk.staff.change_role(MANAGER, Role.TRAINER, True)
    with pytest.raises(Refused):
        desk.staff.deactivate(MANAGER)


def test_who_left_opens_nothing_and_the_record_is_under_new_keys(home, desk):
    keep_birth(desk)
    add(desk, "vanna", Role.LIAISON)
    old = desk.office.cipher
    assert desk.staff.deactivate("vanna") is True
    assert read_birth(desk) == "2009-10-16"
    with pytest.raises(WrongPassphrase):
        unlock(home, "vanna", THEIRS)
    assert desk.office.cipher is not old
    again = enter_as(home, MANAGER, PASSPHRASE)
    assert read_birth(again) == "2009-10-16"
    assert len(again.staff.list()) == 2
    again.close()


def test_a_lower_role_loses_the_keys_of_the_higher_one(home, desk):
    keep_birth(desk)
    add(desk, "vanna", Role.LIAISON)
    assert desk.staff.change_role("vanna", Role.TRAINER, False) is True
    theirs = enter_as(home, "vanna", THEIRS)
    assert not theirs.office.cipher.opens(Compartment.LEGAL)
    theirs.close()


def test_a_higher_role_needs_no_new_keys(home, desk):
    keep_birth(desk)
    add(desk)
    cipher = desk.office.cipher
    desk.staff.change_role("dara", Role.LIAISON, False)
    assert desk.office.cipher is cipher
    theirs = enter_as(home, "dara", THEIRS)
    assert read_birth(theirs) == "2009-10-16"
    theirs.close()


def test_a_record_of_many_rows_moves_under_new_keys_part_by_part(home, desk, monkeypatch):
    monkeypatch.setattr(rekey, "ROWS_AT_ONCE", 2)
    names = ["ដារ៉ា", "សុភា", "បូផា", "រិទ្ធី", "វណ្ណា"]
    births = [Birth(BirthPrecision.YEAR, 2006 + number) for number in range(len(names))]
    people = [
        desk.people.save(
            PersonRecord(
                None,
                "",
                Names("សុខ", name),
                Sex.MALE,
                PersonKind.PARTICIPANT,
                PersonStatus.ENROLLED,
                identity=Identity(birth),
            )
        )
        for name, birth in zip(names, births, strict=True)
    ]
    add(desk, "vanna", Role.LIAISON)
    assert desk.staff.deactivate("vanna") is True
    assert [desk.people.record(person_id).identity.birth for person_id in people] == births


def test_while_somebody_else_has_the_record_open_the_new_keys_wait(home, desk):
    keep_birth(desk)
    add(desk, "vanna", Role.LIAISON)
    add(desk, "dara", Role.TRAINER)
    other = unlock(home, "dara", THEIRS)
    with other.store.read() as connection:
        connection.exec_driver_sql("SELECT 1 FROM staff")
        assert desk.staff.deactivate("vanna") is False
    other.store.close()
    assert desk.staff.rekey_due
    assert read_birth(desk) == "2009-10-16"
    assert desk.staff.finish_rekeying() is True
    assert read_birth(desk) == "2009-10-16"


class PowerCut(BaseException):
    """The process ends here."""


STEPS = (
    (rekeying, "remove_leftovers"),
    (rekey, "_row_counts"),
    (rekey, "_reseal_table"),
    (rekey, "check_file"),
    (rekeying, "put_in_place"),
    (rekey, "move"),
    (rekeying, "forget_old_epochs"),
    (durable, "sync_folder"),
)


@pytest.mark.parametrize(("module", "step"), STEPS, ids=[step for _, step in STEPS])
def test_a_stop_at_any_step_of_renewing_keys_leaves_a_home_that_opens(home, desk, monkeypatch, module, step):
    keep_birth(desk)
    add(desk, "vanna", Role.LIAISON)
    add(desk, "dara", Role.TRAINER)

    def stop(*_args, **_kwargs):
        raise PowerCut

    with monkeypatch.context() as patched:
        patched.setattr(module, step, stop)
        with pytest.raises(PowerCut):
            desk.staff.deactivate("vanna")
    desk.close()

    trainer = enter_as(home, "dara", THEIRS)
    assert trainer.settings.get("prison") == "SR"
    trainer.close()
    manager = enter_as(home, MANAGER, PASSPHRASE)
    assert read_birth(manager) == "2009-10-16"
    assert not manager.staff.rekey_due
    assert {row.username: row.active for row in manager.staff.list()} == {MANAGER: True, "dara": True, "vanna": False}
    with pytest.raises(WrongPassphrase):
        unlock(home, "vanna", THEIRS)
    manager.close()
    assert not rekey.next_file(home.database).exists()


def test_who_waits_for_the_old_file_cannot_write_into_it(home, desk):
    """A second process that opened the file before the change must fail, not lose what it writes."""
    add(desk)
    old = home.database.open("rb", buffering=0)
    page = old.read(64)
    desk.staff.deactivate("dara")
    old.seek(0)
    assert old.read(64) != page
    old.close()


def test_no_slot_opens_a_field_outside_its_compartments(home, desk):
    """Neither with its own cipher, nor with any of its keys in the place of the right one: 0 decrypted."""
    where = ("person_identity", b"u" * 16, "birth", 1)
    sealed = {part: desk.office.cipher.encrypt(part, *where, "CANARY") for part in FIELD_COMPARTMENTS}
    tried = 0
    for number, role in enumerate(Role):
        add(desk, f"member{number}", role)
        opened = unlock(home, f"member{number}", THEIRS)
        opened.store.close()
        keys = opened.keys
        assert keys.compartments == compartments_of(role, False)
        for part in FIELD_COMPARTMENTS - keys.compartments:
            with pytest.raises(NotPermitted):
                FieldCipher(keys).decrypt(part, *where, sealed[part])
            for held in keys.compartments:
                forged = replace(keys, material={part: {1: keys.key(held)[:32]}})
                with pytest.raises(StorageDamaged):
                    FieldCipher(forged).decrypt(part, *where, sealed[part])
                tried += 1
    assert tried >= 4 * 2 + 3 * 3
