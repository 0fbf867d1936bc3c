"""Who has a database account of their own sees what belongs to their prisons, by the program and by any statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import psycopg
import pytest
from psycopg import sql

from tests.motorbike_class import OCTOBER
from tests.programme import MANAGER, PASSPHRASE
from tests.server import OWNER, Server
from tests.services.exchange.conftest import Programme, add_person
from tests.services.server.conftest import WORDS, class_of_two, somebody
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.errors import NotFound, NotPermitted, Refused
from tlbb_desktop.domain.people import (
    CustodyStay,
    Identity,
)
from tlbb_desktop.domain.register import SetMark
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.staff import NewMember
from tlbb_desktop.wiring import Desk

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


#: What somebody with another tool may try to see more.
_STAMP = "uuid, version, created_at, changed_at"
EVASIONS = (
    "SET app.prisons = '1,2,3'",
    "SET row_security = off",
    "CREATE OR REPLACE FUNCTION tlbb.sees_everything() RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    f"SET ROLE {OWNER}",
    "ALTER TABLE tlbb.person DISABLE ROW LEVEL SECURITY",
    "INSERT INTO tlbb.server_account VALUES ('lina_db', 'sokha')",
    "INSERT INTO tlbb.beginning VALUES (1, 'init SR')",
    "UPDATE tlbb.staff SET role = 'manager'",
    "UPDATE tlbb.staff_prison SET prison_id = prison_id + 1",
    "INSERT INTO tlbb.staff_prison (staff_id, prison_id, starts_on) SELECT id, {other}, '2026-01-01' FROM tlbb.staff",
    f"INSERT INTO tlbb.custody_stay (person_id, prison_id, starts_on, {_STAMP})"  # noqa: ISC004
    " VALUES ({person}, {own}, '2026-01-01', '\\x00', 1, 0, 0)",
    f"INSERT INTO tlbb.enrolment (class_id, person_id, starts_on, end_reason, {_STAMP})"  # noqa: ISC004
    " VALUES ({group}, {person}, '2026-01-01', '', '\\x01', 1, 0, 0)",
    "UPDATE tlbb.audit_event SET subject = ''",
    "COPY tlbb.person TO PROGRAM 'cat'",
)


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
        for evasion in EVASIONS:
            statement = evasion.format(own=own, other=other, person=people["there"], group=room.id)
            try:
                raw.execute(statement)
                found = {row[0] for row in raw.execute("SELECT id FROM person")}
            except psycopg.Error:
                raw.execute("SET row_security = on")
                found = {row[0] for row in raw.execute("SELECT id FROM person")}
            assert found == seen, evasion


def test_tables_of_ones_own_by_the_same_names_make_nobody_a_manager(desk: Desk, account, two_prisons) -> None:
    """``pg_temp`` is looked through first unless a function that runs with more rights names it last."""
    own, _other, people = two_prisons
    desk.staff.add(NewMember("lina", "", Role.LIAISON, WORDS, prisons=(own,)))
    address = account("lina_db")
    desk.server_accounts.give("lina", "lina_db")
    with psycopg.connect(address, autocommit=True) as raw:
        raw.execute("CREATE TEMP TABLE server_account (role text, username text)")
        raw.execute("CREATE TEMP TABLE staff (id bigint, username text, role text, active boolean)")
        raw.execute("INSERT INTO pg_temp.server_account VALUES (session_user, 'x')")
        raw.execute("INSERT INTO pg_temp.staff VALUES (1, 'x', 'manager', true)")
        raw.execute("GRANT SELECT ON pg_temp.server_account, pg_temp.staff TO PUBLIC")
        found = {row[0] for row in raw.execute("SELECT id FROM tlbb.person")}
    assert found == {people["here"], people["moved"]}


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


def test_what_the_exchange_remembers_is_seen_by_managers_accounts_only(
    desk: Desk, account, two_prisons, join, tmp_path
) -> None:
    own, _other, _people = two_prisons
    programme = Programme(tmp_path / "laptops", desks={"HO": desk})
    programme.folder.mkdir()
    programme.join("SR", "SR").close()
    desk.staff.add(NewMember("lina", "", Role.LIAISON, WORDS, prisons=(own,)))
    addresses = {name: account(name) for name in ("lina_db", "boss_db")}
    desk.server_accounts.give("lina", "lina_db")
    desk.server_accounts.give(MANAGER, "boss_db")
    counted = "SELECT count(*) FROM tlbb.{}"
    with psycopg.connect(addresses["lina_db"], autocommit=True) as raw:
        for table in ("exchange_row", "exchange_alias", "exchange_conflict", "exchange_sent"):
            assert raw.execute(counted.format(table)).fetchone() == (0,), table
        assert raw.execute(counted.format("exchange_laptop")).fetchone() == (2,)
        assert raw.execute("UPDATE tlbb.exchange_laptop SET name = 'x'").rowcount == 0
        assert raw.execute("DELETE FROM tlbb.exchange_laptop").rowcount == 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            raw.execute("INSERT INTO tlbb.exchange_row VALUES ('person', 'x', 1, '', '[]')")
    with psycopg.connect(addresses["boss_db"]) as raw:
        assert raw.execute(counted.format("exchange_row")).fetchone()[0] > 0
    boss = join(MANAGER, PASSPHRASE, addresses["boss_db"])
    add_person(boss, "SR-26-0007")
    assert boss.exchange.send("SR", tmp_path / "for-sr.tlbb-exchange")


def test_what_is_half_typed_is_seen_by_whoever_types_it(desk: Desk, account, two_prisons, join) -> None:
    own, _other, _people = two_prisons
    desk.staff.add(NewMember("lina", "", Role.LIAISON, WORDS, prisons=(own,)))
    address = account("lina_db")
    desk.server_accounts.give("lina", "lina_db")
    desk.drafts.save("person", {"name": "half"})
    liaison = join("lina", WORDS, address)
    liaison.drafts.save("person", {"name": "other half"})
    with psycopg.connect(address) as raw:
        assert raw.execute("SELECT count(*) FROM tlbb.draft").fetchone() == (1,)


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
