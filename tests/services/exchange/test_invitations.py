"""An invitation is for one laptop: a second one that begins with it is told so, and nothing of either is lost."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace

import pytest

from tests.programme import MANAGER
from tests.services.exchange.conftest import Programme, add_person, codes, note_of, person_id, said, set_note
from tlbb_desktop.documents.bundle_files import bundle_read
from tlbb_desktop.domain.errors import BadFile, Refused, StorageFull
from tlbb_desktop.security.bundle_keys import BundleKeys, signature_holds
from tlbb_desktop.services.exchange_joining import FurtherLaptop, InvitationService
from tlbb_desktop.services.exchange_laptops import own_laptop
from tlbb_desktop.services.exchange_words import taken_lines
from tlbb_desktop.wiring import Desk

CODE = "SR-26-0001"


def registered(programme: Programme, laptop: str, name: str, *prisons: str) -> None:
    card = programme.folder / f"{name}.tlbb-laptop"
    code = programme[laptop].exchange.write_card(card).code
    programme["HO"].exchange.register(card, code, name, prisons, (MANAGER,) if prisons else ())


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


def test_what_was_written_for_the_invitation_comes_too_late_once_head_office_knows_the_laptop(twins):
    """And is not missed: the bundle that came before it held all of it."""
    set_note(twins["HO"], CODE, "early")
    early = twins.send("HO", "KSP")
    twins.carry("KSP", "HO")
    twins.carry("HO", "KSP")
    with pytest.raises(Refused, match="written for the invitation"):
        twins["KSP"].exchange.take_in(early)
    assert note_of(twins["KSP"], CODE) == "early"


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
    taken = twins.carry("HO", "KSP 2")
    assert (taken.repeated, taken.series) == (False, twin.settings.get("series"))
    assert f"its next certificates begin with {taken.series}" in "".join(taken_lines(taken))
    assert "series_changed" in {event.kind for event in twin.audit.events(20)}
    assert twins.carry("HO", "KSP 2").series == ""
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
    with pytest.raises(Refused, match="written for the invitation"):
        laptop.exchange.take_in(early)


def test_a_false_introduction_is_no_introduction(twins, monkeypatch):
    wrong = "tlbb_desktop.security.bundle_keys.INTRODUCTION"
    bundle = twins.send("KSP", "HO")
    with monkeypatch.context() as patched:
        patched.setattr(wrong, b"something else")
        with pytest.raises(BadFile, match="changed after it was written"):
            twins["HO"].exchange.take_in(bundle)
    assert not twins["HO"].exchange.take_in(bundle).repeated


@pytest.mark.parametrize("signed", ["by another key", "for another laptop"])
def test_an_introduction_that_the_invitation_did_not_sign_for_this_laptop_is_none(twins, signed):
    laptop, kept = twins["KSP"], dict(twins["KSP"].settings.get("began_with"))
    with laptop.office.own_act() as act:
        own, keys = own_laptop(act.session, laptop.staff._holder)
    forged = {
        "by another key": b64encode(BundleKeys(b"k" * 32, kept["invitation"]).introduction(keys)).decode(),
        "for another laptop": twins["twin"].settings.get("began_with")["introduction"],
    }
    laptop.settings.put("began_with", kept | {"introduction": forged[signed]})
    with pytest.raises(BadFile, match="changed after it was written"):
        twins.carry("KSP", "HO")
    laptop.settings.put("began_with", kept)
    assert twins.carry("KSP", "HO").sender == "KSP"
    assert own.sender == keys.sender


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


def entered_at(office: Desk, number: int) -> str:
    code = f"SR-26-00{number}"
    add_person(office, code)
    return code


@pytest.mark.parametrize("earlier", [0, 2])
def test_what_a_second_laptop_had_of_the_first_ones_bundles_confirms_none_of_its_own(twins, earlier):
    office, twin = twins["HO"], twins["twin"]
    for number in range(earlier):
        entered_at(office, 80 + number)
        twin.exchange.take_in(twins.send("HO", "KSP"))
    twins.carry("KSP", "HO")
    code = entered_at(office, 88)
    registered(twins, "twin", "KSP 2", "SR")
    twins.desks["KSP 2"] = twin
    for _lost in range(1 + earlier):
        twins.send("HO", "KSP 2")
    twins.carry("KSP 2", "HO")
    twins.carry("HO", "KSP 2")
    assert code in codes(twin)
    twins.carry("KSP 2", "HO")
    assert twins.written("HO", "KSP 2")[1].rows == 0


def test_a_laptop_that_began_with_an_older_invitation_gets_all_that_was_entered_between_the_two(programme, tmp_path):
    office, wish = programme["HO"], FurtherLaptop("KSP", ("SR",), ())
    office.invitations.invite(wish, tmp_path / "older.tlbb-join")
    code = entered_at(office, 88)
    office.invitations.invite(wish, tmp_path / "newer.tlbb-join")
    late = programme.begin(tmp_path / "older.tlbb-join", "KSP")
    with pytest.raises(Refused, match="older invitation"):
        programme.carry("KSP", "HO")
    registered(programme, "KSP", "KSP", "SR")
    programme.carry("KSP", "HO")
    programme.carry("HO", "KSP")
    assert code in codes(late)


def test_neither_of_two_laptops_of_one_invitation_makes_the_keys_of_the_other(twins):
    first, second = (twins[name] for name in ("KSP", "twin"))
    known = bundle_read(twins.send("KSP", "HO").read_bytes(), "bundle")
    with second.office.own_act() as act:
        _own, keys = own_laptop(act.session, second.staff._holder)
    forged = (replace(keys, sender=known.head.sender), BundleKeys(keys.bundle_key, known.head.sender))
    assert keys.bundle_key == first.staff._holder.keys.bundle_key
    assert not any(signature_holds(each.verify_key, known.signature, known.content) for each in forged)
    twins["HO"].exchange.take_in(twins.send("KSP", "HO"))
    answer = bundle_read(twins.send("HO", "KSP").read_bytes(), "bundle")
    assert [each.open(answer.sealed) for each in forged] == [None, None]


def test_a_laptop_that_was_refused_before_its_first_bundle_stays_so(twins):
    office = twins["HO"]
    (invited,) = [each.laptop.sender for each in office.exchange.status() if each.invited]
    office.settings.put("refused_senders", [invited])
    for name in ("KSP", "twin"):
        with pytest.raises(Refused, match="lost or replaced"):
            twins.carry(name, "HO")
    assert [each.laptop.refused for each in office.exchange.status()] == [False, True]


def test_a_card_says_who_works_there_or_nothing_goes_there(programme, tmp_path):
    office, laptop = programme["HO"], programme["SR"]
    programme.carry("SR", "HO")
    card = tmp_path / "SR.tlbb-laptop"
    code = laptop.exchange.write_card(card).code
    with pytest.raises(Refused, match="Say who works there"):
        office.exchange.register(card, code, "SR", ("SR",))
    with pytest.raises(Refused, match="together with a prison only"):
        office.exchange.register(card, code, "SR", (), ("dara",))
    assert office.exchange.register(card, code, "SR").compartments == {"db"}  # its limits stay as they were
    assert office.exchange.register(card, code, "SR", ("SR",), ("dara",)).compartments == {"db"}


def test_the_letter_of_an_invitation_is_given_to_nobody_else_whatever_became_of_the_invitation(programme, tmp_path):
    office, wish = programme["HO"], FurtherLaptop("KSP", ("SR",), ())
    letters = [office.invitations.invite(wish, tmp_path / f"{each}.tlbb-join").series for each in range(8)]
    others = [each.laptop.series for each in office.exchange.status() if each.laptop.name != "KSP"]
    assert len(set(letters)) == len(letters)
    assert not set(letters) & set(others)
    assert office.settings.get("series_used") == office.settings.get("series")  # so its own numbers begin at one


def test_a_laptop_begins_with_an_invitation_of_an_older_program_and_head_office_gets_to_know_it(
    programme, tmp_path, monkeypatch
):
    office = programme["HO"]
    whole = InvitationService._facts
    with monkeypatch.context() as patched:
        without = lambda *given: {name: each for name, each in whole(*given).items() if name != "letters"}  # noqa: E731
        patched.setattr(InvitationService, "_facts", without)
        patched.setattr("tlbb_desktop.services.exchange_joining.note_invited", lambda *_given: None)
        office.invitations.invite(FurtherLaptop("KSP", ("SR",), ()), tmp_path / "old.tlbb-join")
    programme.begin(tmp_path / "old.tlbb-join", "KSP")
    assert len(programme["KSP"].settings.get("series_used")) == 1
    set_note(programme["KSP"], CODE, "from there")
    assert programme.carry("KSP", "HO").sender == "KSP"
    assert note_of(office, CODE) == "from there"
