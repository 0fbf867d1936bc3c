"""The migrations and the models say the same, on a real encrypted file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text

from tlbb_desktop.data import schema
from tlbb_desktop.data.engine import driver_connection, open_engine
from tlbb_desktop.data.models import Record
from tlbb_desktop.data.schema import HEAD, migrate, schema_revision
from tlbb_desktop.data.store import Store
from tlbb_desktop.domain.errors import Refused, StorageDamaged, StorageLocked


@pytest.fixture
def secrets() -> tuple[bytes, bytes]:
    return os.urandom(32), os.urandom(16)


@pytest.fixture
def engine(tmp_path: Path, secrets: tuple[bytes, bytes]) -> Engine:
    engine = open_engine(tmp_path / "programme.db", *secrets)
    migrate(engine)
    return engine


def test_a_new_database_reaches_the_newest_revision(engine: Engine) -> None:
    with engine.connect() as connection:
        assert schema_revision(connection) == HEAD


def test_the_migrated_schema_equals_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Record.metadata) == []


def test_a_database_of_the_first_revision_is_brought_up_and_keeps_its_rows(tmp_path: Path, secrets) -> None:
    engine = open_engine(tmp_path / "old.db", *secrets)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO setting (name, value) VALUES ('series', '\"K\"')"))
    migrate(engine)
    with engine.connect() as connection:
        assert schema_revision(connection) == HEAD
        assert connection.execute(text("SELECT value FROM setting")).scalars().all() == ['"K"']
        assert compare_metadata(MigrationContext.configure(connection), Record.metadata) == []


def test_a_database_of_a_newer_program_is_left_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Refused, match="newer TLBB Desktop"):
        migrate(engine)


def test_the_file_shows_nothing_to_somebody_without_the_key(engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO setting (name, value) VALUES ('canary', 'CANARY-4711')"))
    engine.dispose()
    for file in tmp_path.iterdir():
        content = file.read_bytes()
        assert b"CANARY" not in content
        assert not content.startswith(b"SQLite format 3")
    stranger = Store(open_engine(tmp_path / "programme.db", os.urandom(32), os.urandom(16)))
    with pytest.raises(StorageDamaged):
        read_settings(stranger)


def read_settings(store: Store) -> None:
    with store.read() as connection:
        connection.execute(text("SELECT * FROM setting"))


def test_two_writers_wait_for_each_other_and_the_impatient_one_is_told(
    engine: Engine, tmp_path: Path, secrets: tuple[bytes, bytes]
) -> None:
    other = Store(open_engine(tmp_path / "programme.db", *secrets))
    with Store(engine).write():
        with other.read() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout=10")
            assert connection.execute(text("SELECT count(*) FROM person")).scalar() == 0
        with pytest.raises(StorageLocked), other.write():
            pass


def test_a_unit_of_work_that_fails_changes_nothing(engine: Engine) -> None:
    store = Store(engine)
    with pytest.raises(ZeroDivisionError):
        write_half(store)
    with store.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM setting")).scalar() == 0


def write_half(store: Store) -> None:
    with store.write() as session:
        session.execute(text("INSERT INTO setting (name, value) VALUES ('half', '1')"))
        raise ZeroDivisionError


def test_a_record_of_the_first_schema_gets_to_know_its_acts(tmp_path: Path, secrets: tuple[bytes, bytes]) -> None:
    engine = open_engine(tmp_path / "programme.db", *secrets)
    migrate(engine, "0001")
    raw = engine.raw_connection()
    driver = raw.dbapi_connection
    driver.execute("PRAGMA foreign_keys=OFF")  # the acts are enough for this; their class may be missing
    driver.execute(
        "INSERT INTO mark_act (id, uuid, class_id, at, kind, undone, sessions_before)"
        " VALUES (1, x'01', 1, 5, 'key', 0, ''), (2, x'02', 1, 6, 'block', 0, '')"
    )
    driver.execute(
        'INSERT INTO mark_history (id, act_id, session_id, person_id, minutes, note, "before", at, laptop_at)'
        " VALUES (1, 1, 1, 1, 0, '', '', 5, 5), (2, 2, 1, 1, 0, '', '', 6, 6), (3, 2, 1, 2, 0, '', '', 6, 6)"
    )
    raw.close()
    migrate(engine)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT id, first_history, cells FROM mark_act ORDER BY id")).all()
    assert [tuple(row) for row in rows] == [(1, 1, 1), (2, 2, 2)]


def test_a_record_without_units_gets_the_samples_and_its_classes_go_on_without_units(tmp_path: Path, secrets) -> None:
    engine = open_engine(tmp_path / "programme.db", *secrets)
    migrate(engine, "0003")
    with engine.begin() as connection:
        for row, code in ((1, "moto"), (2, "sewing")):
            connection.execute(
                text(
                    "INSERT INTO course (id, code, name_km, name_en, active, uuid, version, created_at, changed_at)"
                    " VALUES (:row, :code, 'វគ្គ', 'Course', 1, randomblob(16), 1, 0, 0)"
                ),
                {"row": row, "code": code},
            )
        connection.execute(
            text(
                "INSERT INTO prison (id, code, name_km, name_en, province_code, active, uuid, version, created_at,"
                " changed_at) VALUES (1, 'SR', 'ក', 'A', '17', 1, randomblob(16), 1, 0, 0)"
            )
        )
        connection.execute(
            text(
                "INSERT INTO training_class (id, code, course_id, prison_id, starts_on, ends_on, roster_order,"
                " sort_key, uuid, version, created_at, changed_at)"
                " VALUES (1, 'K', 1, 1, '2026-01-01', '2026-12-31', 'khmer', x'00', randomblob(16), 1, 0, 0)"
            )
        )
    migrate(engine)
    with engine.connect() as connection:
        planted = connection.execute(
            text(
                "SELECT c.course_id, c.number, c.sample, count(*), sum(u.hours) FROM curriculum c"
                " JOIN curriculum_unit u ON u.curriculum_id = c.id GROUP BY c.id"
            )
        ).all()
        assert [tuple(row) for row in planted] == [(1, 1, 1, 16, 650)]
        assert connection.execute(text("SELECT curriculum_id FROM training_class")).scalars().all() == [None]
        assert compare_metadata(MigrationContext.configure(connection), Record.metadata) == []


def test_a_migration_uses_nothing_of_the_program_so_it_does_the_same_for_ever() -> None:
    folder = Path(schema.__file__).parent / "migrations" / "versions"
    scripts = sorted(folder.glob("0*.py"))
    assert len(scripts) >= 4
    assert [path.name for path in scripts if "tlbb_desktop" in path.read_text(encoding="utf-8")] == []


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
