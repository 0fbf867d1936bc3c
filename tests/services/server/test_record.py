"""A programme on a server: founded, worked with, backed up, moved there, put under new keys, joined by computers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from tests.motorbike_class import OCTOBER
from tests.programme import MANAGER, PASSPHRASE, Template
from tests.server import OWNER, Server
from tests.services.server.conftest import WORDS, class_of, somebody
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.certificates import CertificateKind
from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.errors import ChangedMeanwhile, NotFound, Refused, ServerAway
from tlbb_desktop.domain.people import (
    Identity,
    PeopleFilter,
)
from tlbb_desktop.domain.register import SetMark
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.services.closed_record import moved_day
from tlbb_desktop.services.entering import enter
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.keyring_place import keyring_of
from tlbb_desktop.services.moving import receive
from tlbb_desktop.services.restoring import Word, restore
from tlbb_desktop.services.server_home import use_server
from tlbb_desktop.services.staff import NewMember
from tlbb_desktop.services.vault import NewProgramme, create_programme, members, unlock
from tlbb_desktop.wiring import Desk, open_desk

# the record ----------------------------------------------------------------------------------------------------------


def test_a_programme_on_a_server_is_worked_with_like_any_other(desk: Desk, join) -> None:
    room = class_of(desk)
    desk.attendance.mark(room.id, [SetMark(room.session_id, person, MarkCode.PRESENT) for person in room.people])
    (paper,) = desk.certificates.issue_at_once(room.id, room.people[:1], CertificateKind.PARTICIPATION)
    there = join(MANAGER, PASSPHRASE)
    assert set(there.people.ids(PeopleFilter())) == set(room.people)
    assert {mark.code for mark in there.attendance.register(room.id, OCTOBER).marks.values()} == {MarkCode.PRESENT}
    assert there.certificate_checks.check_text(paper.code).genuine
    assert there.audit.first_broken() is None
    assert [line.check for line in there.integrity.check() if not line.sound] == []


def test_protected_fields_are_sealed_by_the_programmes_keys(desk: Desk, home: Home) -> None:
    own = desk.prisons.own().id
    somebody(desk, "vanna", "2026-0001", own, Identity(id_numbers={"national_id": "CANARY-4711"}))
    with psycopg.connect(home.server) as connection:
        sealed = connection.execute("SELECT id_numbers FROM tlbb.person_identity").fetchone()
        everything = connection.execute(
            "SELECT string_agg(each::text, '') FROM tlbb.person_identity AS each"
        ).fetchone()
    assert sealed[0]
    assert b"CANARY" not in sealed[0]
    assert "CANARY" not in everything[0]
    assert b"CANARY".hex() not in everything[0]


def test_a_backup_of_a_server_is_one_encrypted_file_and_comes_back_on_a_laptop(desk: Desk, tmp_path: Path) -> None:
    room = class_of(desk)
    desk.attendance.mark(room.id, [SetMark(room.session_id, room.people[0], MarkCode.PRESENT)])
    made = desk.backups.create(tmp_path / "copy.tlbb")
    assert made.opened
    laptop = Home(tmp_path / "laptop")
    restore(made.path, laptop, username=MANAGER, passphrase=PASSPHRASE)
    back = open_desk(laptop, unlock(laptop, MANAGER, PASSPHRASE))
    assert not laptop.server
    assert len(back.attendance.register(room.id, OCTOBER).marks) == 1
    assert [line.check for line in back.integrity.check() if not line.sound] == []
    back.close()


def test_a_servers_record_does_not_move_to_a_new_computer(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="lies on a server"):
        desk.moving.prepare(tmp_path)


def test_a_laptops_record_moves_to_a_server_with_everything_in_it(
    template: Template, server: Server, tmp_path: Path, join
) -> None:
    before = template.copy(template.home, tmp_path / "before")
    desk = open_desk(before, enter(before, keyring_of(before).load(), template.keys, SystemClock(), "login"))
    room = class_of(desk)
    desk.attendance.mark(room.id, [SetMark(room.session_id, person, MarkCode.PRESENT) for person in room.people])
    made, events = desk.backups.create(tmp_path / "copy.tlbb"), desk.audit.count()
    desk.close()
    after, url = Home(tmp_path / "after"), server.url(server.new_database())
    restore(made.path, after, username=MANAGER, passphrase=PASSPHRASE, server=url)
    assert after.server == url
    assert not after.database.exists()
    there = join(MANAGER, PASSPHRASE, url)
    assert len(there.attendance.register(room.id, OCTOBER).marks) == 2
    assert there.audit.first_broken() is None
    assert there.audit.count() >= events
    assert [line.check for line in there.integrity.check() if not line.sound] == []


def test_a_server_takes_over_from_a_laptop_which_is_closed(
    template: Template, server: Server, tmp_path: Path, join
) -> None:
    laptop = template.copy(template.home, tmp_path / "laptop")
    desk = open_desk(laptop, enter(laptop, keyring_of(laptop).load(), template.keys, SystemClock(), "login"))
    room = class_of(desk)
    bundle = desk.moving.prepare(tmp_path)
    desk.close()
    url = server.url(server.new_database())
    came = receive(bundle.path, Home(tmp_path / "after"), Word(MANAGER, PASSPHRASE), server=url)
    assert came.equal
    assert moved_day(laptop) is not None
    there = join(MANAGER, PASSPHRASE, url)
    assert set(there.people.ids(PeopleFilter())) == set(room.people)
    assert [line.check for line in there.integrity.check() if not line.sound] == []


def test_when_somebody_leaves_fields_are_sealed_anew_and_who_holds_old_keys_is_refused(desk: Desk, join) -> None:
    own = desk.prisons.own().id
    desk.staff.add(NewMember("vanna", "", Role.SOCIAL_WORKER, WORDS, prisons=(own,)))
    person = somebody(desk, "rithy", "2026-0001", own, Identity(id_numbers={"national_id": "theft"}))
    worker = join("vanna", WORDS)
    assert desk.staff.deactivate("vanna")
    with pytest.raises(ChangedMeanwhile, match="renewed"):
        worker.people.ids(PeopleFilter())
    assert desk.people.record(person).identity.id_numbers == {"national_id": "theft"}
    with pytest.raises(Exception, match="right"):
        join("vanna", WORDS)
    assert join(MANAGER, PASSPHRASE).people.record(person).identity.id_numbers == {"national_id": "theft"}


# computers -----------------------------------------------------------------------------------------------------------


def test_a_member_added_on_one_computer_logs_in_on_another(desk: Desk, join) -> None:
    other = join(MANAGER, PASSPHRASE)
    desk.staff.add(NewMember("vanna", "", Role.TRAINER, WORDS, prisons=(desk.prisons.own().id,)))
    assert join("vanna", WORDS).actor.role is Role.TRAINER
    assert {row.username for row in other.staff.list()} == {MANAGER, "vanna"}
    assert {tile.username for tile in members(other.home)} == {MANAGER, "vanna"}


def test_the_same_record_changed_on_two_computers_is_not_overwritten(desk: Desk, join) -> None:
    person = somebody(desk, "vanna", "2026-0001", desk.prisons.own().id)
    there = join(MANAGER, PASSPHRASE)
    read = there.people.record(person)
    desk.people.save(replace(desk.people.record(person), note="first"))
    with pytest.raises(ChangedMeanwhile):
        there.people.save(replace(read, note="second"))
    assert desk.people.record(person).note == "first"


@pytest.mark.parametrize(
    "address", ["", "mysql://a@b/c", "postgresql://a@b", "postgresql://a:secret@b/c", "postgresql://b/c?password=x"]
)
def test_what_is_no_address_or_holds_a_password_is_refused_and_nothing_is_kept(tmp_path: Path, address: str) -> None:
    home = Home(tmp_path / "home")
    with pytest.raises(Refused):
        use_server(home, address)
    assert home.is_empty()


def test_a_programme_is_not_made_over_another(home: Home, tmp_path: Path, server_template: Template) -> None:
    new = Home(tmp_path / "new")
    with pytest.raises(Refused, match="already"):
        create_programme(new, NewProgramme("SR", "vanna", WORDS), keyring_of(home).load().cost, server=home.server)
    assert new.is_empty()
    assert {tile.username for tile in members(home)} == {MANAGER}


def test_a_server_without_a_programme_and_one_that_is_away_say_so(server: Server, tmp_path: Path) -> None:
    new = Home(tmp_path / "new")
    with pytest.raises(NotFound, match="no programme"):
        use_server(new, server.url(server.new_database()))
    with pytest.raises(ServerAway):
        use_server(new, f"postgresql://{OWNER}@/nothing?host={tmp_path}")
    assert new.is_empty()
