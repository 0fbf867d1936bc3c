"""Views for reading: of one moment, and what was asked once is not asked again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, event

from tlbb_desktop.data.engine import open_engine
from tlbb_desktop.data.once import once
from tlbb_desktop.data.store import Store

KEY, SALT = bytes(range(32)), bytes(range(16))


@once
def most(connection: Connection, table: str = "counted") -> int:
    return int(connection.exec_driver_sql(f"SELECT max(number) FROM {table}").scalar_one())


@pytest.fixture
def store(tmp_path):
    engine = open_engine(tmp_path / "programme.db", KEY, SALT)
    store = Store(engine)
    with store.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE counted (number INTEGER)")
        connection.exec_driver_sql("INSERT INTO counted VALUES (1)")
    yield store
    store.close()


def count_on(store: Store) -> None:
    with store.begin() as connection:
        connection.exec_driver_sql("INSERT INTO counted SELECT max(number) + 1 FROM counted")


def read(store: Store) -> int:
    with store.read() as connection:
        return most(connection)


def statements(store: Store) -> list[str]:
    seen: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda _c, _k, said, *_rest: seen.append(said))
    return seen


def test_what_is_read_in_a_view_is_of_one_moment(store):
    with store.view():
        assert read(store) == 1
        count_on(store)
        assert read(store) == 1
    assert read(store) == 2


def test_a_view_inside_a_view_is_the_same(store):
    with store.view():
        assert read(store) == 1
        with store.view():
            count_on(store)
            assert read(store) == 1
        assert read(store) == 1
    assert read(store) == 2


def test_a_view_that_ends_in_trouble_is_over(store):
    with pytest.raises(ZeroDivisionError):
        run_into_trouble(store)
    count_on(store)
    assert read(store) == 2


def run_into_trouble(store: Store) -> None:
    with store.view():
        assert read(store) == 1
        raise ZeroDivisionError


def test_another_thread_reads_a_view_of_its_own(store):
    with store.view(), ThreadPoolExecutor(1) as others:
        assert read(store) == 1
        count_on(store)
        assert others.submit(read, store).result() == 2


def test_a_view_asks_once_and_each_thing_apart(store):
    seen = statements(store)
    with store.view():
        assert [read(store), read(store), read(store)] == [1, 1, 1]
        with store.read() as connection:
            assert most(connection, "(SELECT 7 AS number)") == 7
    assert len(seen) == 2


def test_a_unit_of_work_that_writes_asks_each_time(store):
    with store.begin() as connection:
        assert most(connection) == 1
        connection.exec_driver_sql("INSERT INTO counted VALUES (5)")
        assert most(connection) == 5
