"""An invitation is for one laptop: a second one that begins with it is told so, and nothing of either is lost."""

from __future__ import annotations

import pytest

from tests.services.exchange.conftest import Programme, add_person, codes, note_of, person_id, said, set_note
from tlbb_desktop.domain.errors import BadFile, Refused, StorageFull
from tlbb_desktop.services.exchange_joining import FurtherLaptop
from tlbb_desktop.wiring import Desk

CODE = "SR-26-0001"


def registered(programme: Programme, laptop: str, name: str, *prisons: str) -> None:
    card = programme.folder / f"{name}.tlbb-laptop"
    code = programme[laptop].exchange.write_card(card).code
    programme["HO"].exchange.register(card, code, name, prisons)


def test_each_laptop_that_begins_with_an_invitation_is_a_laptop_of_its_own(twins):
    one, other = (twins[name].settings.get("sender") for name in ("KSP", "twin"))
    assert one != other
    codes_told = {twins[name].exchange.status()[0].laptop.code for name in ("KSP", "twin")}
    assert len(codes_told) == 2


def test_head_office_knows_the_first_by_its_bundle_and_tells_of_the_second_without_taking_anything(twins):
    office = twins["HO"]
    assert [each.invited for each in office.exchange.status()] == [False, True]
    set_note(twins["KSP"], CODE, "first")
    set_note(twins["twin"], CODE, "second")
    twins.carry("KSP", "HO")
    assert [each.invited for each in office.exchange.status()] == [False, False]
    before = said(office)
    with pytest.raises(Refused, match="second laptop that began with the invitation for KSP"):
        twins.carry("twin", "HO")
    assert said(office) == before
    assert note_of(office, CODE) == "first"


def test_the_second_laptop_is_told_when_it_takes_in_what_is_for_the_first(twins):
    twins.carry("KSP", "HO")
    with pytest.raises(Refused, match="another laptop that began with the same invitation"):
        twins["twin"].exchange.take_in(twins.send("HO", "KSP"))


def test_after_its_card_everything_of_the_second_laptop_arrives_and_it_counts_numbers_under_another_letter(twins):
    office, twin = twins["HO"], twins["twin"]
    set_note(twins["KSP"], CODE, "first")
    add_person(twin, "SR-26-0077")
    set_note(twin, CODE, "second")
    twins.carry("KSP", "HO")
    registered(twins, "twin", "KSP 2", "SR")
    twins.desks["KSP 2"] = twin
    taken = twins.carry("KSP 2", "HO")
    assert (taken.conflicts, note_of(office, CODE)) == (1, "first")
    assert "SR-26-0077" in codes(office)
    add_person(office, "SR-26-0088")
    assert not twins.carry("HO", "KSP 2").repeated
    assert {"SR-26-0077", "SR-26-0088"} <= codes(twin)
    letters = [twins[name].settings.get("series") for name in ("HO", "KSP", "KSP 2")]
    assert len(set(letters)) == 3
    assert not twins.carry("HO", "KSP").repeated
    assert "SR-26-0088" in codes(twins["KSP"])


def test_what_head_office_wrote_before_it_heard_of_the_laptop_is_taken_in_once(twins):
    office, laptop = twins["HO"], twins["KSP"]
    set_note(office, CODE, "meanwhile")
    early = twins.send("HO", "KSP")
    assert laptop.exchange.take_in(early).changed == 1
    assert laptop.exchange.take_in(early).repeated
    twins.carry("KSP", "HO")
    twins.carry("HO", "KSP")
    twins.carry("KSP", "HO")
    assert twins.written("HO", "KSP")[1].rows == 0
    with pytest.raises(Refused, match="older than what this laptop has"):
        laptop.exchange.take_in(early)


def test_a_false_introduction_is_no_introduction(twins, monkeypatch):
    wrong = "tlbb_desktop.security.bundle_keys.INTRODUCTION"
    bundle = twins.send("KSP", "HO")
    with monkeypatch.context() as patched:
        patched.setattr(wrong, b"something else")
        with pytest.raises(BadFile, match="changed after it was written"):
            twins["HO"].exchange.take_in(bundle)
    assert not twins["HO"].exchange.take_in(bundle).repeated


@pytest.mark.parametrize("trouble", [StorageFull(), Refused("refused"), KeyboardInterrupt()])
def test_an_invitation_that_cannot_be_written_leaves_its_name_free(programme, monkeypatch, tmp_path, trouble):
    office, wish = programme["HO"], FurtherLaptop("KSP", ("KSP",), ())

    def fails(*_arguments: object, **_named: object) -> None:
        raise trouble

    before = office.exchange.status()
    with monkeypatch.context() as patched:
        patched.setattr("tlbb_desktop.services.exchange_joining.write_whole", fails)
        with pytest.raises(type(trouble)):
            office.invitations.invite(wish, tmp_path / "KSP.tlbb-join")
    assert office.exchange.status() == before
    assert office.invitations.invite(wish, tmp_path / "KSP.tlbb-join").name == "KSP"


def test_a_folder_that_refuses_the_file_is_said_before_anything_is_registered(programme, tmp_path):
    office = programme["HO"]
    before = office.exchange.status()
    with pytest.raises(Refused, match="could not be written"):
        office.invitations.invite(FurtherLaptop("KSP", ("KSP",), ()), tmp_path / "nowhere" / "KSP.tlbb-join")
    assert office.exchange.status() == before


def test_a_laptop_from_which_nothing_came_may_be_invited_again_and_the_older_file_is_told_apart(programme, tmp_path):
    office, wish = programme["HO"], FurtherLaptop("KSP", ("SR",), ())
    files = [tmp_path / "lost.tlbb-join", tmp_path / "again.tlbb-join"]
    for file in files:
        office.invitations.invite(wish, file)
    assert [each.laptop.name for each in office.exchange.status()].count("KSP") == 1
    for name, file in zip(("late", "KSP"), files, strict=True):
        programme.begin(file, name)
    add_person(programme["late"], "SR-26-0099")
    with pytest.raises(Refused, match="older invitation for KSP"):
        programme.carry("late", "HO")
    assert programme.carry("KSP", "HO").number == 1
    with pytest.raises(Refused, match="called KSP already"):
        office.invitations.invite(wish, tmp_path / "third.tlbb-join")
    registered(programme, "late", "late", "SR")
    programme.carry("late", "HO")
    assert "SR-26-0099" in codes(office)
    assert person_id(office, "SR-26-0099")


def test_a_laptop_whose_keys_were_lost_before_its_first_bundle_takes_the_place_of_its_invitation(programme):
    laptop: Desk = programme["SR"]
    laptop.settings.put("sender", "ab" * 8)  # as a restored laptop has it
    registered(programme, "SR", "SR")
    assert [each.laptop.name for each in programme["HO"].exchange.status()] == ["HO", "BTB", "SR"]
    set_note(laptop, CODE, "restored")
    programme.carry("SR", "HO")
    assert note_of(programme["HO"], CODE) == "restored"
    assert programme["HO"].exchange.status()[-1].laptop.prisons == ("SR",)
