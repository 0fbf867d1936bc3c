"""The record on a server keeps what the record in a file keeps: the same tables, refusals, transactions and errors."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, Inspector, inspect, text
from sqlalchemy.exc import DBAPIError

from tests.server import SUPERUSER
from tlbb_desktop.data.engine import READ_ONLY, driver_connection, open_engine
from tlbb_desktop.data.models import Record
from tlbb_desktop.data.schema import HEAD, migrate, schema_revision
from tlbb_desktop.data.server import driver
from tlbb_desktop.data.server.beginning import FirstKeyring, begin_programme
from tlbb_desktop.data.server.engine import open_server_engine
from tlbb_desktop.data.server.row_security import OF_MANAGERS, OF_NO_PRISON, READ_BY_ALL, SEEN
from tlbb_desktop.data.server.wording import said, with_values
from tlbb_desktop.data.store import Store
from tlbb_desktop.domain.errors import Refused, ServerAway, StorageDamaged, StorageFull, StorageLocked

SERVER_ONLY = {"beginning", "keyring", "server_account", "alembic_version"}
#: How the two call the same type.
SAME_TYPES = {"BIGINT": "INTEGER", "BYTEA": "BLOB"}


@pytest.fixture(scope="module")
def migrated(server) -> str:
    """A database with today's tables, which nobody has open."""
    database = server.new_database()
    engine = open_server_engine(server.url(database), READ_ONLY)
    migrate(engine)
    engine.dispose()
    return database


@pytest.fixture
def address(server, migrated) -> str:
    """Of a database that only this test uses."""
    return server.url(server.new_database(migrated))


@pytest.fixture
def engine(address) -> Iterator[Engine]:
    engine = open_server_engine(address, READ_ONLY)
    yield engine
    engine.dispose()


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(tmp_path / "programme.db", os.urandom(32), os.urandom(16))
    migrate(engine)
    yield engine
    engine.dispose()


# tables --------------------------------------------------------------------------------------------------------------


def shape(inspector: Inspector) -> dict[str, dict[str, object]]:
    """Each table's columns with type and whether they may be empty, its keys, references and indexes."""
    found: dict[str, dict[str, object]] = {}
    for table in set(inspector.get_table_names()) - SERVER_ONLY:
        types = {
            column["name"]: str(column["type"]).partition(" COLLATE")[0] for column in inspector.get_columns(table)
        }
        empty = {column["name"]: column["nullable"] for column in inspector.get_columns(table)}
        found[table] = {
            "types": {name: SAME_TYPES.get(kind, kind) for name, kind in types.items()},
            "empty": empty,
            "key": inspector.get_pk_constraint(table)["constrained_columns"],
            "references": {
                (*each["constrained_columns"], each["referred_table"], *each["referred_columns"])
                for each in inspector.get_foreign_keys(table)
            },
            "unique": {(each["name"], *each["column_names"]) for each in inspector.get_unique_constraints(table)},
            "indexes": {
                (each["name"], *each["column_names"])
                for each in inspector.get_indexes(table)
                if "duplicates_constraint" not in each
            },
        }
    return found


def test_both_have_the_same_columns_keys_references_and_indexes(engine: Engine, laptop: Engine) -> None:
    assert shape(inspect(engine)) == shape(inspect(laptop))


def test_the_tables_of_a_server_equal_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), Record.metadata)
        assert schema_revision(connection) == HEAD
    assert {change[1].name for change in found} == SERVER_ONLY - {"alembic_version"}


def test_each_table_is_of_some_prison_or_said_to_be_of_none(engine: Engine) -> None:
    tables = set(Record.metadata.tables)
    guarded_tables = SEEN.keys() | OF_MANAGERS | READ_BY_ALL
    assert guarded_tables | OF_NO_PRISON == tables
    assert len(SEEN) + len(OF_MANAGERS) + len(READ_BY_ALL) + len(OF_NO_PRISON) == len(tables)
    with engine.connect() as connection:
        guarded = connection.exec_driver_sql(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = 'tlbb'::regnamespace"
        )
        assert set(guarded.scalars()) == guarded_tables


def test_a_record_of_an_older_revision_is_brought_up_and_keeps_its_rows(server) -> None:
    engine = open_server_engine(server.url(server.new_database()), READ_ONLY)
    migrate(engine, "0003")
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO course (code, name_km, name_en, active, uuid, version, created_at, changed_at)"
            " VALUES ('moto', 'វគ្គ', 'Course', TRUE, ?, 1, 0, 0)",
            (bytes(16),),
        )
    migrate(engine)
    with engine.connect() as connection:
        planted = connection.exec_driver_sql(
            "SELECT c.course_id, count(*), sum(u.hours) FROM curriculum c"
            " JOIN curriculum_unit u ON u.curriculum_id = c.id GROUP BY c.id"
        ).all()
        assert [tuple(row) for row in planted] == [(1, 16, 650)]
    engine.dispose()


def test_a_migration_that_fails_leaves_nothing(server) -> None:
    engine = open_server_engine(server.url(server.new_database()), READ_ONLY)

    def stop(_connection: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        begin_programme(engine, FirstKeyring(b"", "", 1), lambda _content: False, stop)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_a_record_of_a_newer_program_is_left_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Refused, match="newer TLBB Desktop"):
        migrate(engine)


# refusals ------------------------------------------------------------------------------------------------------------

STAMP = "uuid, version, created_at, changed_at"
COURSE = (
    f"INSERT INTO course (id, code, name_km, name_en, active, {STAMP}) VALUES (1, 'moto', '', '', TRUE, ?, 1, 0, 0)"
)
PRISON = (
    f"INSERT INTO prison (id, code, name_km, name_en, province_code, active, {STAMP})"
    " VALUES (1, 'SR', '', '', '17', TRUE, ?, 1, 0, 0)"
)
PERSON = (
    "INSERT INTO person (id, code, kind, status, family_km, given_km, family_latin, given_latin, nickname, age_band,"
    f" province_code, note, sort_key, latin_sort_key, search_text, duplicate_key, {STAMP})"
    " VALUES (1, '2026-1', 'participant', 'enrolled', '', '', '', '', '', '', '', '', ?, ?, '', '', ?, 1, 0, 0)"
)
CLASS = (
    "INSERT INTO training_class (id, code, course_id, prison_id, starts_on, ends_on, roster_order, sort_key,"
    f" {STAMP}) VALUES (1, 'K', 1, 1, '2026-01-01', '2026-12-31', 'khmer', ?, ?, 1, 0, 0)"
)
CERTIFICATE = (
    f"INSERT INTO certificate (id, person_id, class_id, kind, state, number, content, despite, reason, prints, {STAMP})"
    " VALUES (1, 1, 1, 'completion', 'issued', 'K-2026-00001', ?, '', '', 1, ?, 1, 0, 0)"
)


def begin(engine: Engine) -> None:
    """One certificate, and what it needs."""
    with engine.begin() as connection:
        for statement in (COURSE, PRISON, PERSON, CLASS):
            values = tuple(os.urandom(16) for _ in range(statement.count("?")))
            connection.exec_driver_sql(statement, values)
        connection.exec_driver_sql(CERTIFICATE, ('{"name_km": "a", "name_latin": "b"}', os.urandom(16)))


REFUSED = (
    "UPDATE certificate SET number = 'K-2026-00002'",
    "UPDATE certificate SET content = ''",
    "DELETE FROM certificate",
    "DELETE FROM person",
    "INSERT INTO setting (name, value) VALUES ('a', '1'), ('a', '2')",
    "UPDATE person SET code = NULL",
    "UPDATE person SET prison_id = 77",
)


@pytest.mark.parametrize("statement", REFUSED)
@pytest.mark.parametrize("place", ["laptop", "engine"])
def test_both_refuse_the_same(request, place: str, statement: str) -> None:
    engine = request.getfixturevalue(place)
    begin(engine)
    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize("place", ["laptop", "engine"])
def test_a_certificate_loses_its_name_when_the_case_is_expunged_and_not_before(request, place: str) -> None:
    engine = request.getfixturevalue(place)
    nameless = "UPDATE certificate SET content = json_set(content, '$.name_km', '', '$.name_latin', '')"
    begin(engine)
    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.exec_driver_sql(nameless)
    with engine.begin() as connection:
        columns = inspect(connection).get_columns("case_file")
        values = {
            column["name"]: _something(column)
            for column in columns
            if not column["nullable"] and column["name"] != "id"
        } | {"person_id": 1, "state": "expunged"}
        named = ", ".join(values)
        connection.exec_driver_sql(
            f"INSERT INTO case_file ({named}) VALUES ({', '.join('?' * len(values))})", tuple(values.values())
        )
        connection.exec_driver_sql(nameless)


def _something(column: dict[str, object]) -> object:
    kind = str(column["type"])
    if kind in ("BLOB", "BYTEA"):
        return os.urandom(16)
    if kind == "BOOLEAN":
        return False
    return 0 if kind in ("INTEGER", "BIGINT") else ""


# units of work -------------------------------------------------------------------------------------------------------


def test_a_reader_sees_one_state_also_through_the_driver(engine: Engine) -> None:
    store, count = Store(engine), "SELECT count(*) FROM setting"
    with store.read() as connection:
        reader = driver_connection(connection)
        before = reader.execute(count).fetchone()
        with store.begin() as writer:
            writer.exec_driver_sql("INSERT INTO setting (name, value) VALUES ('meanwhile', '1')")
        assert reader.execute(count).fetchone() == before
    with store.read() as connection:
        assert driver_connection(connection).execute(count).fetchone() == (before[0] + 1,)


def test_a_reader_cannot_write(engine: Engine) -> None:
    with pytest.raises(DBAPIError, match="read-only"), Store(engine).read() as connection:
        connection.exec_driver_sql("DELETE FROM setting")


def test_writers_take_turns_and_what_one_reads_stands_when_it_writes(engine: Engine) -> None:
    store = Store(engine)

    def count_up(_turn: int) -> None:
        with store.begin() as connection:
            found = connection.exec_driver_sql("SELECT value FROM setting WHERE name = 'count'").scalar()
            connection.exec_driver_sql("DELETE FROM setting WHERE name = 'count'")
            values = ("count", str(int(found or 0) + 1))
            connection.exec_driver_sql("INSERT INTO setting (name, value) VALUES (?, ?)", values)

    with ThreadPoolExecutor(4) as people:
        list(people.map(count_up, range(40)))
    with store.read() as connection:
        assert connection.exec_driver_sql("SELECT value FROM setting WHERE name = 'count'").scalar() == "40"


def test_the_impatient_one_is_told(engine: Engine, address, monkeypatch) -> None:
    with Store(engine).write():
        with Store(engine).read() as connection:
            assert connection.execute(text("SELECT count(*) FROM person")).scalar() == 0
        monkeypatch.setitem(driver._SETTINGS, "lock_timeout", "50ms")
        other = open_server_engine(address, READ_ONLY)
        with pytest.raises(StorageLocked), Store(other).write():
            pass
        other.dispose()


def test_a_unit_of_work_that_fails_changes_nothing(engine: Engine) -> None:
    def write_half(store: Store) -> None:
        with store.write() as session:
            session.execute(text("INSERT INTO setting (name, value) VALUES ('half', '1')"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_half(Store(engine))
    with Store(engine).read() as connection:
        assert connection.execute(text("SELECT count(*) FROM setting")).scalar() == 0


# errors --------------------------------------------------------------------------------------------------------------


def test_a_server_that_is_away_is_named_so(tmp_path: Path) -> None:
    away = open_server_engine(f"postgresql://nobody@/nothing?host={tmp_path}", READ_ONLY)
    with pytest.raises(ServerAway), Store(away).begin():
        pass


def test_a_connection_that_breaks_says_so_and_the_next_act_goes_on(engine: Engine, server) -> None:
    store = Store(engine)

    def broken_off() -> None:
        with store.begin() as connection:
            mine = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
            with server.superuser() as administrator:
                administrator.execute(f"SELECT pg_terminate_backend({mine}, 5000)")
            connection.exec_driver_sql("INSERT INTO setting (name, value) VALUES ('lost', '1')")

    with pytest.raises(ServerAway):
        broken_off()
    with store.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM setting").scalar() == 0


@pytest.mark.parametrize(
    ("state", "told"), [("53100", StorageFull), ("40P01", StorageLocked), ("XX001", StorageDamaged)]
)
@pytest.mark.parametrize("through", ["driver", "engine"])
def test_what_the_server_says_becomes_what_a_person_can_do(engine: Engine, state: str, told, through: str) -> None:
    raised = f"DO $$ BEGIN RAISE EXCEPTION 'so' USING ERRCODE = '{state}'; END $$"
    with pytest.raises(told), Store(engine).begin() as connection:
        (driver_connection(connection).execute if through == "driver" else connection.exec_driver_sql)(raised)


# words ---------------------------------------------------------------------------------------------------------------


def test_places_for_values_are_said_the_drivers_way() -> None:
    assert with_values("SELECT '?%' FROM a WHERE b = ? AND c LIKE 'x%'", (1,)) == (
        "SELECT '?%%' FROM a WHERE b = %s AND c LIKE 'x%%'",
        (1,),
    )
    assert with_values("SELECT ?2, ?1, ?2", (1, 2)) == ("SELECT %(p2)s, %(p1)s, %(p2)s", {"p1": 1, "p2": 2})
    assert with_values("SELECT :a, '$.b:c'", {"a": 1}) == ("SELECT %(a)s, '$.b:c'", {"a": 1})


def test_lists_are_packed_the_servers_way() -> None:
    assert said("SELECT json_group_array(f(a, ')')), json_array(json_group_array(b))") == (
        "SELECT coalesce(json_agg(f(a, ')'))::text, '[]'), json_build_array(coalesce(json_agg(b)::text, '[]'))::text"
    )


@pytest.mark.parametrize("place", ["laptop", "engine"])
def test_words_that_a_server_lacks_say_the_same(request, place: str) -> None:
    with request.getfixturevalue(place).begin() as connection:
        row = connection.exec_driver_sql(
            "SELECT instr('abc', 'c'), iif(1 = 2, 'a', 'b'), max(1, 2), min('b', 'a'), max(NULL, 1), hex(?),"
            " (SELECT group_concat(atom) FROM json_each(?)), (SELECT sum(value > 1) FROM json_each('[1, 2, 3]')),"
            " (SELECT json_group_array(value) FROM json_each('[]')), (SELECT count(*) FROM json_each(NULL)),"
            " (SELECT sum(1 << (value - 1)) FROM json_each('[1, 2, 62]'))",
            (b"\x01\xff", '["x", "y"]'),
        ).one()
        changed = connection.exec_driver_sql("SELECT json_set('[1, \"a\"]', '$[1]', '')").scalar_one()
    assert tuple(row) == (3, "b", 2, "a", None, "01FF", "x,y", 2, "[]", 0, 3 + 2**61)
    assert changed.replace(" ", "") == '[1,""]'


def test_the_tests_connect_as_no_superuser(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT current_user").scalar() != SUPERUSER
        assert connection.exec_driver_sql("SELECT current_setting('is_superuser')").scalar() == "off"
