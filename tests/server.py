"""A real PostgreSQL server for the tests: once a process, on a socket in a temporary folder, as no superuser."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from system_libraries import server_programs

#: Nothing here outlives the process, so nothing waits for a disk; what is on the disk when is PostgreSQL's own promise.
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "autovacuum": "off",
    "log_min_messages": "panic",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
CAREFUL = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "autovacuum": "on"}
OWNER = "programme_owner"
SUPERUSER = "postgres"
#: Who runs the server where the tests run as root, which it refuses: the account that Debian's package makes.
ACCOUNT = "postgres"


class Server:
    """The running server and the databases in it.

    Args:
        socket: the folder of its socket.
    """

    def __init__(self, socket: Path) -> None:
        self.socket = socket
        self._numbers = count(1)
        with self.superuser() as connection:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEROLE").format(sql.Identifier(OWNER)))

    def url(self, database: str, role: str = OWNER) -> str:
        """How a program reaches *database* as *role*."""
        return f"postgresql://{role}@/{database}?host={self.socket}"

    @contextmanager
    def superuser(self, database: str = "postgres") -> Iterator[psycopg.Connection]:
        """A connection of the server's administrator, outside any transaction."""
        with psycopg.connect(self.url(database, SUPERUSER), autocommit=True) as connection:
            yield connection

    def new_database(self, like: str = "template0") -> str:
        """A new database that the programme's owner may fill, or a copy of *like*, which nobody has open."""
        name = f"programme_{next(self._numbers)}"
        wanted = "CREATE DATABASE {} TEMPLATE {} OWNER {} ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
        names = (sql.Identifier(each) for each in (name, like, OWNER))
        with self.superuser() as connection:
            connection.execute(sql.SQL(wanted).format(*names))
        return name


@contextmanager
def running_server(*, careful: bool = False) -> Iterator[Server]:
    """Start one, and end it with everything in it; a *careful* one waits for its disk, as a real one does."""
    programs = server_programs()
    assert programs is not None, "PostgreSQL is missing: `make test` installs it"
    folder = Path(tempfile.mkdtemp(prefix="tlbb-pg-"))  # short: a socket's path has at most 107 bytes
    account = {"user": ACCOUNT, "group": ACCOUNT, "extra_groups": ()} if os.geteuid() == 0 else {}
    if account:
        shutil.chown(folder, ACCOUNT, ACCOUNT)
    data = folder / "data"
    made = [programs / "initdb", "-D", data, "-U", SUPERUSER, "-A", "trust", "-N", "--no-locale", "-E", "UTF8"]
    subprocess.run(made, check=True, stdout=subprocess.DEVNULL, cwd=folder, **account)
    settings = SETTINGS | (CAREFUL if careful else {})
    given = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    started = [programs / "postgres", "-D", data, "-k", folder, *given]
    process = subprocess.Popen(started, cwd=folder, **account, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        _wait_until_ready(programs, folder, process)
        yield Server(folder)
    finally:
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()
        process.wait()
        if process.stderr:
            process.stderr.close()
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_ready(programs: Path, folder: Path, process: subprocess.Popen[bytes]) -> None:
    asked = [programs / "pg_isready", "-q", "-h", folder]
    while subprocess.run(asked, check=False).returncode:
        if process.poll() is not None:
            raise AssertionError((process.stderr.read() if process.stderr else b"").decode())


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The server of this process."""
    with running_server() as started:
        yield started
