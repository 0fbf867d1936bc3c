"""A programme comes onto a server whole or not at all, and what was broken off is simply done again.

At night (with the programmes of the tests on the server) at more steps.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, Engine, event

import tlbb_desktop
from tests.programme import MANAGER, ON_SERVER, PASSPHRASE, Template
from tests.server import Server
from tests.services.server.conftest import FOUNDING, WORDS, require_whole
from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.errors import NotFound, Refused, ServerAway
from tlbb_desktop.security.kdf import FLOOR
from tlbb_desktop.services import vault
from tlbb_desktop.services.entering import enter
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.keyring_place import keyring_of
from tlbb_desktop.services.restoring import restore
from tlbb_desktop.services.server_home import use_server
from tlbb_desktop.services.vault import NewProgramme, create_programme, unlock_with_recovery
from tlbb_desktop.wiring import open_desk

STEPS_OF_A_DAY = ("after the commit", "between the files")
STEPS = ("before the commit", "after the commit", "between the files") if ON_SERVER else STEPS_OF_A_DAY
ACTS = ["init", "restore"] if ON_SERVER else ["restore"]
#: At most so many statements come after the commit, in the first login.
LOGIN = 60
Begin = Callable[[Home, str], str]


@pytest.fixture(scope="module")
def backup(template: Template, tmp_path_factory) -> Path:
    """A laptop's backup."""
    folder = tmp_path_factory.mktemp("backup")
    home = template.copy(template.home, folder / "laptop")
    desk = open_desk(home, enter(home, keyring_of(home).load(), template.keys, SystemClock(), "login"))
    made = desk.backups.create(folder / "copy.tlbb")
    desk.close()
    return made.path


@pytest.fixture(params=ACTS)
def begin(request, backup: Path) -> Begin:
    """Founds a programme or brings one back, on a server; gives the recovery key, where there is a new one."""

    def found(home: Home, server: str) -> str:
        created = create_programme(home, FOUNDING, FLOOR, server=server)
        created.unlocked.store.close()
        return created.recovery_key

    def bring_back(home: Home, server: str) -> str:
        restore(backup, home, username=MANAGER, passphrase=PASSPHRASE, server=server)
        return ""

    return found if request.param == "init" else bring_back


def require_nothing_there(server: str, home: Home, other: Home) -> None:
    """Neither this computer nor another one finds anything of a programme."""
    assert home.is_empty()
    with pytest.raises(NotFound, match="no programme on this server"):
        use_server(other, server)
    with psycopg.connect(server) as connection:
        assert connection.execute("SELECT to_regnamespace('tlbb')").fetchone() == (None,)


class Breaking:
    """Ends every connection to a database from the server's side when its transactions reach a statement.

    Args:
        server: where it lies.
        database: its name.
        at: which statement, from 1; 0 = none.
        commits: whether at the commit, instead.
    """

    def __init__(self, server: Server, database: str, at: int = 0, *, commits: bool = False) -> None:
        self._server, self._database, self._at, self._commits = server, database, at, commits
        self.seen = 0

    @contextmanager
    def listening(self) -> Iterator[Breaking]:
        event.listen(Engine, "before_cursor_execute", self._count)
        event.listen(Engine, "commit", self._commit)
        try:
            yield self
        finally:
            event.remove(Engine, "before_cursor_execute", self._count)
            event.remove(Engine, "commit", self._commit)

    def _count(self, connection: Connection, *_statement: object) -> None:
        if connection.dialect.name == "postgresql":
            self.seen += 1
            if self.seen == self._at:
                self._break()

    def _commit(self, connection: Connection) -> None:
        if connection.dialect.name == "postgresql" and self._commits:
            self._break()

    def _break(self) -> None:
        with self._server.superuser() as administrator:
            administrator.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", (self._database,)
            )


def test_a_connection_that_breaks_at_any_step_leaves_nothing_and_it_is_simply_done_again(
    begin: Begin, server: Server, tmp_path: Path
) -> None:
    steps = [40]
    if ON_SERVER:
        with Breaking(server, "").listening() as counted:
            begin(Home(tmp_path / "counted"), server.url(server.new_database()))
        steps = list(range(1, counted.seen - LOGIN, 25))
    database = server.new_database()
    home, url = Home(tmp_path / "home"), server.url(database)
    for at in steps:
        with Breaking(server, database, at).listening(), pytest.raises(ServerAway):
            begin(home, url)
        require_nothing_there(url, home, Home(tmp_path / "other"))
    with Breaking(server, database, commits=True).listening(), pytest.raises(ServerAway):
        begin(home, url)
    require_nothing_there(url, home, Home(tmp_path / "other"))
    begin(home, url)
    require_whole(home)


@pytest.mark.parametrize("act", ACTS if ON_SERVER else ["init"])
def test_a_beginning_that_is_killed_at_a_step_is_done_again(
    act: str, server: Server, backup: Path, tmp_path: Path
) -> None:
    kept = str(backup) if act == "restore" else ""
    urls = {step: server.url(server.new_database()) for step in STEPS}
    homes = {step: Home(tmp_path / str(number)) for number, step in enumerate(STEPS)}
    killed = [start(homes[step], urls[step], step, kept) for step in STEPS]
    assert [process.wait() for process in killed] == [-9] * len(STEPS)
    for step in STEPS:
        home, url = homes[step], urls[step]
        assert home.is_empty()
        if step == "before the commit":
            require_nothing_there(url, home, Home(tmp_path / "other"))
        if kept:
            restore(backup, home, username=MANAGER, passphrase=PASSPHRASE, server=url)
        else:
            made = create_programme(home, FOUNDING, FLOOR, server=url)
            made.unlocked.store.close()
            again = unlock_with_recovery(home, made.recovery_key, MANAGER, WORDS)
            again.store.close()
            continue
        require_whole(home)


def start(home: Home, server: str, step: str, backup: str) -> subprocess.Popen[str]:
    """Begin in another process, which dies at *step*."""
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("beginning_process.py"))],
        stdin=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(tlbb_desktop.__file__).parents[1])},
    )
    told = {"home": str(home.path), "server": server, "step": step, "backup": backup}
    with process.stdin as given:
        given.write(json.dumps(told | {"manager": MANAGER, "passphrase": PASSPHRASE}) + "\n")
    return process


def test_nobody_else_founds_over_a_beginning_and_nobody_at_all_over_what_was_entered(
    begin: Begin, server: Server, tmp_path: Path, monkeypatch
) -> None:
    url = server.url(server.new_database())
    begun = Home(tmp_path / "begun")
    with monkeypatch.context() as broken:
        broken.setattr(vault, "enter", lambda *_given, **_named: _Closed())
        begin(begun, url)
    with pytest.raises(Refused, match="already"):
        create_programme(Home(tmp_path / "b"), NewProgramme("SR", MANAGER, WORDS), FLOOR, server=url)
    require_whole(begun)
    with pytest.raises(Refused, match="already"):
        begin(Home(tmp_path / "c"), url)
    require_whole(begun)


class _Closed:
    """In the place of a first login that nobody waits for."""

    def __init__(self) -> None:
        self.store = self

    def close(self) -> None:
        """Nothing was opened."""


def test_a_database_that_cannot_hold_a_programme_says_why(server: Server, tmp_path: Path) -> None:
    home, wishes = Home(tmp_path / "home"), NewProgramme("SR", MANAGER, PASSPHRASE)
    with server.superuser() as administrator:
        administrator.execute("CREATE DATABASE without_khmer TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
        administrator.execute("CREATE DATABASE somebody_elses TEMPLATE template0 ENCODING 'UTF8'")
    with pytest.raises(Refused, match="LATIN1, which has no Khmer"):
        create_programme(home, wishes, FLOOR, server=server.url("without_khmer"))
    with pytest.raises(Refused, match="does not own the database"):
        create_programme(home, wishes, FLOOR, server=server.url("somebody_elses"))
    assert home.is_empty()


def test_tables_of_somebody_else_are_left_alone(begin: Begin, server: Server, tmp_path: Path) -> None:
    url, home = server.url(server.new_database()), Home(tmp_path / "home")
    with psycopg.connect(url) as connection:
        connection.execute("CREATE SCHEMA tlbb CREATE TABLE staff (id integer) CREATE TABLE keyring (id integer)")
    with pytest.raises(Refused, match="without its keyring"):
        begin(home, url)
    assert home.is_empty()
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM tlbb.staff").fetchone() == (0,)


def test_tables_without_a_keyring_are_nobodys_and_are_left_alone(begin: Begin, server: Server, tmp_path: Path) -> None:
    url = server.url(server.new_database())
    begin(Home(tmp_path / "first"), url)
    with psycopg.connect(url) as connection:
        connection.execute("DELETE FROM tlbb.keyring")
    other = Home(tmp_path / "other")
    with pytest.raises(Refused, match="without its keyring"):
        begin(other, url)
    assert other.is_empty()
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM tlbb.staff").fetchone() == (1,)
