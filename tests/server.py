"""A real PostgreSQL server for the tests: once a process, as no superuser, on a socket in a temporary folder.

It listens on this computer's own network, too, with TLS and a certificate made for it.
"""

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

from tests.certificates import free_port, put_certificate

#: Nothing here outlives the process, so nothing waits for a disk; what is on the disk when is PostgreSQL's own promise.
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "listen_addresses": "127.0.0.1",
    "ssl": "on",
    "ssl_cert_file": "server.crt",
    "ssl_key_file": "server.key",
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
#: What its certificate says; a name that no network knows.
NAME = "head-office.test"
#: The one account that needs a password, over the network.
WITH_PASSWORD = "with_password"
ROOT_CERTIFICATE = "root.crt"


class Server:
    """The running server and the databases in it.

    Args:
        socket: the folder of its socket, and of the certificate that it is checked with.
        port: on the network.
    """

    def __init__(self, socket: Path, port: int) -> None:
        self.socket, self.port = socket, port
        self.root_certificate = socket / ROOT_CERTIFICATE
        self._numbers = count(1)
        self._of_homes: dict[str, Path] = {}
        with self.superuser() as connection:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEROLE").format(sql.Identifier(OWNER)))

    def url(self, database: str, role: str = OWNER) -> str:
        """How a program reaches *database* as *role*."""
        return f"postgresql://{role}@/{database}?host={self.socket}&port={self.port}"

    def url_over_network(self, database: str, host: str = NAME, role: str = OWNER, **wishes: object) -> str:
        """The same over the network, where *host* is what its certificate has to say."""
        asked = "&".join(f"{name}={value}" for name, value in {"hostaddr": "127.0.0.1", **wishes}.items())
        return f"postgresql://{role}@{host}:{self.port}/{database}?{asked}"

    @contextmanager
    def superuser(self, database: str = "postgres") -> Iterator[psycopg.Connection]:
        """A connection of the server's administrator, outside any transaction."""
        with psycopg.connect(self.url(database, SUPERUSER), autocommit=True) as connection:
            yield connection

    def new_database(self, like: str = "template0", home: Path | None = None) -> str:
        """A new database that the programme's owner may fill, or a copy of *like*, which nobody has open.

        It goes with the folder of the *home* whose record it is; see :meth:`drop_databases_of`.
        """
        name = f"programme_{next(self._numbers)}"
        wanted = "CREATE DATABASE {} TEMPLATE {} OWNER {} ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
        names = (sql.Identifier(each) for each in (name, like, OWNER))
        with self.superuser() as connection:
            connection.execute(sql.SQL(wanted).format(*names))
        if home is not None:
            self._of_homes[name] = home
        return name

    def drop_databases_of(self, folder: Path) -> None:
        """Drop the records of all homes in *folder*; of thousands of tests they would fill the disk."""
        gone = [name for name, home in self._of_homes.items() if home.is_relative_to(folder)]
        if gone:
            with self.superuser() as connection:
                for name in gone:
                    connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
                    del self._of_homes[name]


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
    rules = data / "pg_hba.conf"
    rules.write_text(f"hostssl all {WITH_PASSWORD} 127.0.0.1/32 scram-sha-256\n{rules.read_text()}")
    (folder / ROOT_CERTIFICATE).write_bytes(put_certificate(data, NAME))
    for name in ("server.crt", "server.key") if account else ():
        shutil.chown(data / name, ACCOUNT, ACCOUNT)
    settings = SETTINGS | (CAREFUL if careful else {}) | {"port": str(port := free_port())}
    given = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    started = [programs / "postgres", "-D", data, "-k", folder, *given]
    process = subprocess.Popen(started, cwd=folder, **account, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        _wait_until_ready(programs, folder, port, process)
        yield Server(folder, port)
    finally:
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()
        process.wait()
        if process.stderr:
            process.stderr.close()
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_ready(programs: Path, folder: Path, port: int, process: subprocess.Popen[bytes]) -> None:
    asked = [programs / "pg_isready", "-q", "-h", folder, "-p", str(port)]
    while subprocess.run(asked, check=False).returncode:
        if process.poll() is not None:
            raise AssertionError((process.stderr.read() if process.stderr else b"").decode())


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The server of this process."""
    with running_server() as started:
        yield started
