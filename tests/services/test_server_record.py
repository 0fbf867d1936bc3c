"""A programme on a server: founded, worked with, backed up, moved there, put under new keys, joined by computers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.motorbike_class import OCTOBER, motorbike_class
from tests.programme import MANAGER, PASSPHRASE, Template, make_template
from tests.server import OWNER, Server
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.certificates import CertificateKind
from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.errors import ChangedMeanwhile, NotFound, NotPermitted, Refused, ServerAway
from tlbb_desktop.domain.people import (
    CustodyStay,
    Identity,
    Names,
    PeopleFilter,
    PersonKind,
    PersonRecord,
    PersonStatus,
    Sex,
)
from tlbb_desktop.domain.register import SetMark
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.services.entering import enter
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.keyring_place import keyring_of
from tlbb_desktop.services.restoring import restore
from tlbb_desktop.services.server_home import use_server
from tlbb_desktop.services.staff import NewMember
from tlbb_desktop.services.vault import NewProgramme, create_programme, members, unlock
from tlbb_desktop.wiring import Desk, open_desk

WORDS = "seven rivers carry yellow paper boats"


@pytest.fixture(scope="session")
def server_template(server: Server, tmp_path_factory) -> Template:
    """An empty programme of Siem Reap on the server."""
    return make_template(tmp_path_factory.mktemp("on-server"), server)


@pytest.fixture
def home(server_template: Template, tmp_path: Path) -> Home:
    return server_template.copy(server_template.home, tmp_path / "home")


@pytest.fixture
def desk(home: Home, server_template: Template) -> Iterator[Desk]:
    desk = open_desk(home, enter(home, keyring_of(home).load(), server_template.keys, SystemClock(), "login"))
    yield desk
    desk.close()


@pytest.fixture
def join(home: Home, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Opens the programme from a further computer: ``join("vanna", WORDS)``, over another account when one is given."""
    opened: list[Desk] = []

    def sit_down(username: str, passphrase: str, server: str = "") -> Desk:
        other = Home(tmp_path / f"computer-{len(opened)}")
        use_server(other, server or home.server)
        opened.append(open_desk(other, unlock(other, username, passphrase)))
        return opened[-1]

    yield sit_down
    for desk in opened:
        desk.close()


def somebody(desk: Desk, given: str, code: str, prison_id: int, identity: Identity | None = None) -> int:
    """Take in a person who is at a prison since September."""
    names = Names("គឹម", given, "KIM", given.upper())
    stays = (CustodyStay(prison_id, date(2026, 9, 1)),)
    kind, status = PersonKind.PARTICIPANT, PersonStatus.ENROLLED
    return desk.people.save(PersonRecord(None, code, names, Sex.MALE, kind, status, stays=stays, identity=identity))


@dataclass
class Class:
    """A class of October with two people, and its first session."""

    id: int
    people: list[int]
    session_id: int


def class_of(desk: Desk) -> Class:
    own = desk.prisons.own().id
    people = [somebody(desk, "vanna", "2026-0001", own), somebody(desk, "rithy", "2026-0002", own)]
    class_id = desk.classes.save(motorbike_class(desk))
    desk.classes.enrol(class_id)
    session = desk.classes.sessions(class_id, OCTOBER.first, OCTOBER.last)[0]
    return Class(class_id, people, session.id)


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


# rows ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def account(server: Server, home: Home) -> Iterator[Callable[[str], str]]:
    """Makes a database account, as whoever looks after the server does; gives the address with it."""
    made: list[str] = []
    database = home.server.partition("@/")[2].partition("?")[0]

    def make(name: str) -> str:
        with server.superuser() as connection:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(name)))
        made.append(name)
        return server.url(database, name)

    yield make
    with server.superuser(database) as connection:
        for name in made:
            connection.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(name)))
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


@pytest.fixture
def two_prisons(desk: Desk) -> tuple[int, int, dict[str, int]]:
    """Somebody at Siem Reap, somebody at Battambang and somebody who moved from the one to the other."""
    own, other = desk.prisons.own().id, desk.prisons.prison_with_code("BMC").id
    people = {
        "here": somebody(desk, "vanna", "2026-0001", own, Identity(id_numbers={"national_id": "theft"})),
        "there": somebody(desk, "rithy", "2026-0002", other, Identity(id_numbers={"national_id": "fraud"})),
        "moved": somebody(desk, "bopha", "2026-0003", other),
    }
    moved = desk.people.record(people["moved"])
    stays = (CustodyStay(own, date(2026, 8, 1), date(2026, 8, 31)), *moved.stays)
    desk.people.save(replace(moved, stays=stays))
    return own, other, people


def test_an_account_of_one_prison_reads_no_row_of_another_by_any_statement(desk: Desk, account, two_prisons) -> None:
    own, other, people = two_prisons
    room = class_of_two(desk, own, people["here"])
    elsewhere = class_of_two(desk, other, people["there"])
    for each in (room, elsewhere):
        desk.attendance.mark(each.id, [SetMark(each.session_id, each.people[0], MarkCode.PRESENT)])
    desk.staff.add(NewMember("lina", "", Role.LIAISON, WORDS, prisons=(own,)))
    address = account("lina_db")
    desk.server_accounts.give("lina", "lina_db")
    with psycopg.connect(address, autocommit=True) as raw:
        raw.execute("SET search_path = tlbb")
        seen = {row[0] for row in raw.execute("SELECT id FROM person")}
        assert seen == {people["here"], people["moved"]}
        assert raw.execute(
            "SELECT count(*) FROM person_identity WHERE person_id = %s", (people["there"],)
        ).fetchone() == (0,)
        assert [row[0] for row in raw.execute("SELECT id FROM training_class")] == [room.id]
        assert {row[0] for row in raw.execute("SELECT session_id FROM mark")} == {room.session_id}
        assert {row[0] for row in raw.execute("SELECT session_id FROM mark_history")} == {room.session_id}
        assert raw.execute("UPDATE person SET note = 'x' WHERE id = %s", (people["there"],)).rowcount == 0
        for evasion in (
            "SET app.prisons = '1,2,3'",
            "SET row_security = off",
            "CREATE OR REPLACE FUNCTION tlbb.sees_everything() RETURNS boolean LANGUAGE sql AS 'SELECT true'",
            f"SET ROLE {OWNER}",
            "ALTER TABLE tlbb.person DISABLE ROW LEVEL SECURITY",
            "INSERT INTO tlbb.server_account VALUES ('lina_db', 'sokha')",
            "UPDATE tlbb.audit_event SET subject = ''",
            "COPY tlbb.person TO PROGRAM 'cat'",
        ):
            try:
                raw.execute(evasion)
                found = {row[0] for row in raw.execute("SELECT id FROM person")}
            except psycopg.Error:
                raw.execute("SET row_security = on")
                found = {row[0] for row in raw.execute("SELECT id FROM person")}
            assert found == seen, evasion


def test_an_account_without_a_member_or_whose_member_left_sees_nobody(desk: Desk, account, two_prisons) -> None:
    own, _other, _people = two_prisons
    desk.staff.add(NewMember("lina", "", Role.LIAISON, WORDS, prisons=(own,)))
    stranger, left = account("stranger_db"), account("left_db")
    desk.server_accounts.give("lina", "left_db")
    desk.staff.deactivate("lina")
    with psycopg.connect(left) as raw:
        assert raw.execute("SELECT count(*) FROM tlbb.person").fetchone() == (0,)
    with psycopg.connect(stranger) as raw, pytest.raises(psycopg.errors.InsufficientPrivilege):
        raw.execute("SELECT count(*) FROM tlbb.person")


def test_a_managers_account_sees_every_prison(desk: Desk, account, two_prisons) -> None:
    address = account("boss_db")
    desk.server_accounts.give(MANAGER, "boss_db")
    with psycopg.connect(address) as raw:
        assert raw.execute("SELECT count(*) FROM tlbb.person").fetchone() == (3,)


def test_the_program_works_over_an_account_of_ones_own(desk: Desk, account, two_prisons, join) -> None:
    own, _other, people = two_prisons
    room = class_of_two(desk, own, people["here"])
    desk.staff.add(NewMember("lina", "", Role.LIAISON, WORDS, prisons=(own,)))
    desk.staff.add(NewMember("dara", "", Role.TRAINER, WORDS, prisons=(own,)))
    addresses = {name: account(f"{name}_db") for name in ("lina", "dara")}
    for name in addresses:
        desk.server_accounts.give(name, f"{name}_db")
    trainer = join("dara", WORDS, addresses["dara"])
    trainer.attendance.mark(room.id, [SetMark(room.session_id, room.people[0], MarkCode.PRESENT)])
    trainer.attendance.undo(room.id)
    trainer.attendance.mark(room.id, [SetMark(room.session_id, room.people[0], MarkCode.EXCUSED)])
    liaison = join("lina", WORDS, addresses["lina"])
    added = somebody(liaison, "kosal", "2026-0009", own)
    assert added > max(people.values())
    assert liaison.people.record(added).code == "2026-0009"
    assert desk.attendance.register(room.id, OCTOBER).marks
    assert desk.audit.first_broken() is None
    with pytest.raises(Refused, match="already"):
        somebody(liaison, "again", "2026-0002", own)  # the code of somebody whom this account does not see
    with pytest.raises(NotPermitted):
        trainer.server_accounts.give("dara", "lina_db")


def test_an_account_that_may_do_everything_or_does_not_exist_is_refused(desk: Desk, template, tmp_path) -> None:
    with pytest.raises(Refused, match="may do everything"):
        desk.server_accounts.give(MANAGER, OWNER)
    with pytest.raises(Refused, match="may do everything"):
        desk.server_accounts.give(MANAGER, "postgres")
    with pytest.raises(NotFound):
        desk.server_accounts.give(MANAGER, "nobody_db")
    with pytest.raises(NotFound):
        desk.server_accounts.give("nobody", "postgres")


def class_of_two(desk: Desk, prison_id: int, person: int) -> Class:
    """A class at a prison with one person."""
    class_id = desk.classes.save(motorbike_class(desk, f"K-{prison_id}", prison_id=prison_id))
    desk.classes.enrol(class_id, [person])
    session = desk.classes.sessions(class_id, OCTOBER.first, OCTOBER.last)[0]
    return Class(class_id, [person], session.id)
