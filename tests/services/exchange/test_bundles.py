"""What a bundle is, and every way in which one is refused: each time with a sentence, and nothing changed."""

from __future__ import annotations

import pytest

from tests.programme import MANAGER, PASSPHRASE
from tests.services.exchange.conftest import add_person, codes, note_of, said, set_note
from tlbb_desktop.documents import bundle_files
from tlbb_desktop.documents.bundle_files import bundle_read, card_read, invitation_read
from tlbb_desktop.domain.errors import BadFile, NotFound, NotPermitted, Refused, StorageFull, WrongPassphrase
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.services import seeds
from tlbb_desktop.services.exchange_joining import FurtherLaptop, invited, join
from tlbb_desktop.services.exchange_laptops import REFUSED_SENDERS
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.restoring import restore
from tlbb_desktop.services.vault import members, unlock
from tlbb_desktop.wiring import open_desk


def test_a_further_laptop_has_the_record_of_its_prison_its_own_series_and_the_same_passphrases(programme):
    laptop = programme["SR"]
    assert codes(laptop) == {"SR-26-0001"}
    office = programme["HO"]
    for name in ("series", "sender"):
        assert laptop.settings.get(name) != office.settings.get(name)
    assert laptop.settings.get("prison") == "SR"
    assert [tile.username for tile in members(laptop.home)] == [MANAGER, "dara"]
    assert all(line.sound for line in laptop.integrity.check())


def test_what_one_side_changed_arrives_and_a_bundle_is_taken_in_once(programme):
    laptop, office = programme["SR"], programme["HO"]
    set_note(laptop, "SR-26-0001", "ពូកែ")
    add_person(laptop, "SR-26-0002", name="ថា")
    bundle = programme.send("SR", "HO")
    taken = office.exchange.take_in(bundle)
    assert (taken.added, taken.conflicts, taken.waiting) == (2, 0, 0)  # the person and the stay
    assert note_of(office, "SR-26-0001") == "ពូកែ"
    before = said(office)
    assert office.exchange.take_in(bundle).repeated
    assert said(office) == before


def test_a_bundle_that_was_lost_is_missed_by_nobody(programme):
    laptop, office = programme["SR"], programme["HO"]
    set_note(laptop, "SR-26-0001", "one")
    lost = programme.send("SR", "HO")
    add_person(laptop, "SR-26-0002")
    later = programme.send("SR", "HO")
    office.exchange.take_in(later)
    assert note_of(office, "SR-26-0001") == "one"
    assert office.exchange.take_in(lost).repeated


def test_a_bundle_is_empty_once_everything_was_confirmed(programme):
    programme.carry("SR", "HO")
    programme.carry("HO", "SR")
    programme.carry("SR", "HO")
    assert programme.written("HO", "SR")[1].rows == 0
    assert programme.written("SR", "HO")[1].rows == 0


def test_a_bundle_that_follows_a_missing_one_is_refused(programme, monkeypatch):
    programme.carry("SR", "HO")
    programme.carry("HO", "SR")  # confirms bundle 1 of SR
    with programme["HO"].office.store.write() as session:
        session.connection().exec_driver_sql("UPDATE exchange_laptop SET received = 0 WHERE name = 'SR'")
    before = said(programme["HO"])
    with pytest.raises(Refused, match="Bundle 2 of SR follows bundle 1, but the last one taken in here is 0"):
        programme.carry("SR", "HO")
    assert said(programme["HO"]) == before


def test_a_changed_byte_is_found_wherever_it_is(programme):
    set_note(programme["SR"], "SR-26-0001", "changed")
    bundle = programme.send("SR", "HO")
    content, before = bundle.read_bytes(), said(programme["HO"])
    for place in (5, 40, 200, 420, -100, -1):
        changed = bytearray(content)
        changed[place] ^= 1
        bundle.write_bytes(bytes(changed))
        with pytest.raises((BadFile, Refused), match=r"Nothing was changed"):
            programme["HO"].exchange.take_in(bundle)
    assert said(programme["HO"]) == before


def test_a_bundle_that_was_cut_or_is_something_else_is_no_bundle(programme, tmp_path):
    bundle = programme.send("SR", "HO")
    content = bundle.read_bytes()
    for cut in (0, 10, 60, len(content) // 2, len(content) - 1):
        bundle.write_bytes(content[:cut])
        with pytest.raises(BadFile):
            programme["HO"].exchange.take_in(bundle)
    with pytest.raises(BadFile, match="cannot be read"):
        programme["HO"].exchange.take_in(tmp_path / "nothing.tlbb-bundle")


def test_a_bundle_for_another_laptop_is_refused_by_its_name(programme):
    bundle = programme.send("HO", "SR")
    with pytest.raises(Refused, match="not for this laptop"):
        programme["BTB"].exchange.take_in(bundle)
    with pytest.raises(Refused, match="is for SR"):
        programme["HO"].exchange.take_in(bundle)


def test_nothing_is_taken_from_a_laptop_that_was_lost_and_nothing_written_for_it(programme):
    programme.carry("SR", "HO")
    bundle = programme.send("SR", "HO")
    office = programme["HO"]
    office.settings.put(REFUSED_SENDERS, [programme["SR"].settings.get("sender")])
    with pytest.raises(Refused, match="SR, a laptop that was lost or replaced"):
        office.exchange.take_in(bundle)
    with pytest.raises(Refused, match="SR was lost or replaced"):
        programme.send("HO", "SR")
    assert [each.laptop.name for each in office.exchange.status() if each.laptop.refused] == ["SR"]


def test_a_bundle_of_a_newer_program_is_left_alone(programme, monkeypatch):
    monkeypatch.setattr("tlbb_desktop.services.exchange_sending.HEAD", "9999")
    bundle = programme.send("SR", "HO")
    with pytest.raises(Refused, match="newer TLBB Desktop"):
        programme["HO"].exchange.take_in(bundle)


def test_a_laptop_that_is_not_known_introduces_itself_with_a_card_and_its_code(programme, tmp_path):
    laptop, office = programme["SR"], programme["HO"]
    programme.carry("SR", "HO")
    laptop.settings.put("sender", "ab" * 8)  # as a restored laptop has it
    set_note(laptop, "SR-26-0001", "restored")
    bundle = programme.send("SR", "HO")
    with pytest.raises(Refused, match="not known here"):
        office.exchange.take_in(bundle)
    card = tmp_path / "card.tlbb-laptop"
    code = laptop.exchange.write_card(card).code
    with pytest.raises(Refused, match="code does not belong"):
        office.exchange.register(card, "0000-0000-0000-0000", "SR 2", ("SR",), ("dara",))
    with pytest.raises(Refused, match="called SR already"):
        office.exchange.register(card, code, "SR", ("SR",), ("dara",))
    with pytest.raises(Refused, match="for which prisons"):
        office.exchange.register(card, code, "SR 2")
    office.exchange.register(card, code.lower(), "SR 2", ("SR",), ("dara",))
    office.exchange.take_in(bundle)
    assert note_of(office, "SR-26-0001") == "restored"
    programme.desks["SR 2"] = laptop
    assert programme.carry("HO", "SR 2").conflicts == 0


def test_only_managers_exchange(desk_as):
    for role in (Role.TRAINER, Role.SOCIAL_WORKER, Role.LIAISON):
        for act in ("status", "conflicts"):
            with pytest.raises(NotPermitted):
                getattr(desk_as(role, admin_duty=True).exchange, act)()


def test_an_invitation_is_opened_by_a_manager_with_the_passphrase_that_they_have_and_by_nobody_else(
    programme, tmp_path
):
    file = tmp_path / "SR.tlbb-join"
    programme["HO"].invitations.invite(FurtherLaptop("SR 2", ("SR",), ("dara",)), file)
    name, managers = invited(file)
    assert (name, [tile.username for tile in managers]) == ("SR 2", [MANAGER])
    home = Home(tmp_path / "further")
    with pytest.raises(WrongPassphrase):
        join(file, home, MANAGER, "another river bamboo lantern harbour")
    with pytest.raises(NotPermitted):
        join(file, home, "dara", "kite window mango pencil")
    content = file.read_bytes()
    file.write_bytes(content.replace(b'\\"SR\\"', b'\\"KSP\\"', 1))
    with pytest.raises(BadFile, match="changed after it was written"):
        join(file, home, MANAGER, PASSPHRASE)
    file.write_bytes(content[:-5])
    with pytest.raises(BadFile):
        join(file, home, MANAGER, PASSPHRASE)
    assert home.is_empty()
    file.write_bytes(content)
    assert join(file, home, MANAGER, PASSPHRASE).name == "SR 2"
    with pytest.raises(Refused, match="something in"):
        join(file, home, MANAGER, PASSPHRASE)


def test_the_keys_of_a_further_laptop_are_its_own_and_only_those_of_who_works_there(programme):
    office = programme["HO"]
    assert programme.keys["SR"].key(Compartment.LEGAL) != programme.keys["HO"].key(Compartment.LEGAL)
    assert programme.keys["SR"].db_key != programme.keys["HO"].db_key
    with programme["SR"].office.store.read() as connection:
        assert connection.exec_driver_sql("SELECT active FROM staff WHERE username = 'vanna'").scalar() == 0
    with office.office.store.read() as connection:
        assert connection.exec_driver_sql("SELECT active FROM staff WHERE username = 'vanna'").scalar() == 1
    programme.carry("SR", "HO")
    with office.office.store.read() as connection:
        assert connection.exec_driver_sql("SELECT active FROM staff WHERE username = 'vanna'").scalar() == 1


def test_a_cut_tail_of_the_audit_chain_is_noticed_on_the_other_laptop(programme):
    laptop = programme["SR"]
    programme.carry("SR", "HO")
    with laptop.office.store.begin() as connection:
        connection.exec_driver_sql("DELETE FROM audit_event WHERE seq > 1")
    assert programme.carry("SR", "HO").audit_cut
    assert programme.carry("HO", "SR").own_audit_cut
    assert programme.carry("SR", "HO").conflicts == 0


def test_a_full_stick_or_disk_leaves_everything_as_it_was(programme, monkeypatch):
    set_note(programme["SR"], "SR-26-0001", "noted")
    bundle = programme.send("SR", "HO")
    before = said(programme["HO"])

    def full(*_arguments: object) -> None:
        raise StorageFull

    with monkeypatch.context() as patched:
        patched.setattr("tlbb_desktop.services.exchange_settling.Settling.settle", full)
        with pytest.raises(StorageFull):
            programme["HO"].exchange.take_in(bundle)
    assert said(programme["HO"]) == before
    programme["HO"].exchange.take_in(bundle)
    assert note_of(programme["HO"], "SR-26-0001") == "noted"


def test_an_unknown_name_of_a_laptop_a_prison_or_a_colleague_is_said(programme, tmp_path):
    office = programme["HO"]
    with pytest.raises(NotFound, match="No other laptop is called XX"):
        office.exchange.send("XX", tmp_path / "x")
    with pytest.raises(NotFound, match="code XX"):
        office.invitations.invite(FurtherLaptop("X", ("XX",), ()), tmp_path / "x")
    with pytest.raises(NotFound, match="login name nobody"):
        office.invitations.invite(FurtherLaptop("X", ("SR",), ("nobody",)), tmp_path / "x")
    with pytest.raises(Refused, match="Name the prison"):
        office.invitations.invite(FurtherLaptop("X", (), ()), tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_nothing_readable_lies_in_a_bundle_or_an_invitation(programme):
    set_note(programme["HO"], "SR-26-0001", "CANARY-4711")
    programme["HO"].invitations.invite(FurtherLaptop("KSP", ("SR",), ()), programme.folder / "KSP.tlbb-join")
    programme.send("HO", "SR")
    files = [path for path in programme.folder.iterdir() if path.is_file()]
    assert len(files) == 2
    for file in files:
        assert b"CANARY" not in file.read_bytes()
        assert "ចាន់".encode() not in file.read_bytes()


def test_a_restored_laptop_takes_a_letter_that_no_other_laptop_of_the_programme_has(programme, monkeypatch, tmp_path):
    office = programme["HO"]
    taken = {programme[name].settings.get("series") for name in ("HO", "SR", "BTB")}
    free = next(letter for letter in seeds.SERIES_LETTERS if letter not in taken)
    (tmp_path / "stick").mkdir()
    made = office.backups.create(tmp_path / "stick")
    monkeypatch.setattr(seeds, "SERIES_LETTERS", "".join(sorted({*taken, free})))
    again = Home(tmp_path / "again")
    restore(made.path, again, username=MANAGER, passphrase=PASSPHRASE)
    assert unlocked_series(again) == free


def unlocked_series(home: Home) -> str:
    desk = open_desk(home, unlock(home, MANAGER, PASSPHRASE))
    letter = desk.settings.get("series")
    desk.close()
    return str(letter)


@pytest.mark.parametrize("read", [bundle_read, card_read, invitation_read])
def test_brackets_without_end_are_no_file_of_ours(programme, read):
    deep = b"[" * 30_000
    start = {bundle_read: bundle_files._BUNDLE, invitation_read: bundle_files._JOIN, card_read: b""}[read]
    with pytest.raises(BadFile):
        read(start + deep + b"\n", "deep")


def test_a_laptop_that_was_lost_is_refused_by_all_once_a_bundle_came(programme):
    laptop, office = programme["SR"], programme["HO"]
    lost = programme["BTB"].settings.get("sender")
    office.settings.put(REFUSED_SENDERS, [lost])
    programme.carry("HO", "SR")
    assert laptop.settings.get(REFUSED_SENDERS) == [lost]


def test_a_bundle_of_a_program_that_knew_no_invitations_is_taken_in(programme, monkeypatch):
    add_person(programme["SR"], "SR-26-0050")
    newer = ("invitation", "introduction", "series", "confirms_as")
    whole = bundle_files._line
    programme.carry("SR", "HO")
    set_note(programme["SR"], "SR-26-0050", "older program")
    with monkeypatch.context() as patched:
        patched.setattr(
            bundle_files, "_line", lambda plain: whole({name: plain[name] for name in plain if name not in newer})
        )
        bundle = programme.send("SR", "HO")
    assert bundle_read(bundle.read_bytes(), "").head.confirms_as == ""
    assert programme["HO"].exchange.take_in(bundle).changed == 1
    assert note_of(programme["HO"], "SR-26-0050") == "older program"
