"""The way to the server: encrypted, and to the right one, or nothing is sent."""

from __future__ import annotations

import socket
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import psycopg
import pytest

from tests.certificates import free_port, put_certificate
from tests.programme import MANAGER, PASSPHRASE
from tests.server import NAME, WITH_PASSWORD, Server
from tlbb_desktop import cli
from tlbb_desktop.data.server import driver
from tlbb_desktop.data.server.address import require_address
from tlbb_desktop.data.server.driver import connect
from tlbb_desktop.data.storage_errors import driver_errors_explained
from tlbb_desktop.domain.errors import Refused, ServerAway, ServerNotTrusted
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.server_home import use_server
from tlbb_desktop.services.vault import unlock
from tlbb_desktop.wiring import Desk, open_desk

SECRET = "rumdul4711"


@pytest.fixture
def database(home: Home) -> str:
    return home.server.partition("@/")[2].partition("?")[0]


@pytest.fixture(autouse=True)
def no_settings_of_ones_own(monkeypatch, tmp_path: Path) -> Iterator[None]:
    """libpq looks for a root certificate in the account's folder, and for wishes in the environment."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PGSSLMODE", "disable")
    yield
    catalog.activate(catalog.SOURCE_LANGUAGE)  # a command leaves the reader's own behind


def said_in_khmer(error: Refused | ServerAway) -> str:
    catalog.activate(catalog.KHMER)
    try:
        return explain(error)
    finally:
        catalog.activate(catalog.SOURCE_LANGUAGE)


def require_khmer(error: Refused | ServerAway) -> None:
    said = said_in_khmer(error)
    assert said != explain(error)
    assert any("ក" <= sign <= "៹" for sign in said)


@pytest.mark.parametrize("wish", ["", "verify-full"])
def test_a_computer_works_over_the_network_with_a_server_that_proves_who_it_is(
    server: Server, database: str, tmp_path: Path, wish: str
) -> None:
    wishes = {"sslrootcert": server.root_certificate} | ({"sslmode": wish} if wish else {})
    url = server.url_over_network(database, **wishes)
    other = Home(tmp_path / "other")
    use_server(other, url)
    desk = open_desk(other, unlock(other, MANAGER, PASSPHRASE))
    assert [row.username for row in desk.staff.list()] == [MANAGER]
    desk.close()
    with closing(connect(url)) as connection:
        asked = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        assert connection.execute(asked).fetchone() == (True,)


def test_a_wrong_certificate_is_refused_in_the_readers_language(server: Server, database: str, tmp_path: Path) -> None:
    stranger = tmp_path / "stranger.crt"
    stranger.write_bytes(put_certificate(tmp_path, NAME))
    other = Home(tmp_path / "other")
    with pytest.raises(ServerNotTrusted, match="did not prove that it is the right one") as refused:
        use_server(other, server.url_over_network(database, sslrootcert=stranger))
    require_khmer(refused.value)
    assert other.is_empty()


def test_the_certificate_of_another_server_is_refused(server: Server, database: str) -> None:
    url = server.url_over_network(database, "another.test", sslrootcert=server.root_certificate)
    with pytest.raises(ServerNotTrusted, match="names another server") as refused:
        use_server(Home(Path("nowhere")), url)
    assert "does not match host name" in str(refused.value.__cause__)  # and not: an authority that is not known


def test_a_computer_without_a_certificate_to_check_with_says_what_to_do(server: Server, database: str) -> None:
    with pytest.raises(ServerNotTrusted, match=r"root\.crt") as refused:
        use_server(Home(Path("nowhere")), server.url_over_network(database))
    require_khmer(refused.value)


@pytest.fixture
def plain_listener() -> Iterator[tuple[int, Callable[[], list[bytes]]]]:
    """What answers that it does not encrypt; gives its port, and what it was told until the other side left."""
    port, told = free_port(), []
    listening = socket.create_server(("127.0.0.1", port))

    def answer() -> None:
        connection, _address = listening.accept()
        with connection:
            connection.settimeout(20)
            told.append(connection.recv(8))
            connection.sendall(b"N")
            told.append(connection.recv(4096))

    thread = threading.Thread(target=answer)
    thread.start()

    def heard() -> list[bytes]:
        thread.join()
        return told

    yield port, heard
    thread.join()
    listening.close()


def test_a_server_that_does_not_encrypt_is_told_nothing(plain_listener, tmp_path: Path) -> None:
    port, heard = plain_listener
    with pytest.raises(ServerNotTrusted, match="does not encrypt") as refused:
        use_server(Home(tmp_path / "other"), f"postgresql://owner@127.0.0.1:{port}/programme?sslrootcert=system")
    require_khmer(refused.value)
    assert [len(each) for each in heard()] == [8, 0]  # only the question whether it encrypts


@pytest.mark.parametrize("wish", ["disable", "allow", "prefer", "require", "verify-ca"])
def test_an_address_that_asks_for_less_is_refused(server: Server, database: str, tmp_path: Path, wish: str) -> None:
    url = server.url_over_network(database, sslmode=wish)
    other = Home(tmp_path / "other")
    with pytest.raises(Refused, match=f"sslmode={wish}") as refused:
        use_server(other, url)
    require_khmer(refused.value)
    assert other.is_empty()
    with pytest.raises(Refused, match="Nothing was sent"):
        connect(url)  # also where somebody wrote it into the home's file


def test_a_socket_of_this_computer_needs_no_certificate(server: Server, database: str) -> None:
    for wish in ("", "&sslmode=disable", "&sslmode=verify-full"):
        with closing(connect(server.url(database) + wish)) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_socket_by_its_name_that_settings_lead_over_the_network_is_checked_like_any_server(
    server: Server, database: str, monkeypatch
) -> None:
    by_socket = f"{server.url(database)}&sslmode=disable"
    with pytest.raises(Refused, match="sslmode=disable"):
        connect(f"{by_socket}&hostaddr=127.0.0.1")
    monkeypatch.setenv("PGHOSTADDR", "127.0.0.1")
    with pytest.raises(ServerNotTrusted):
        use_server(Home(Path("nowhere")), by_socket)


def test_several_servers_are_checked_as_soon_as_one_of_them_is_on_a_network() -> None:
    require_address("postgresql://a@/d?host=/tmp,/run&sslmode=disable")
    with pytest.raises(Refused, match="sslmode"):
        require_address("postgresql://a@/d?host=/tmp,example.org&sslmode=disable")


@pytest.fixture
def with_password(server: Server, database: str, desk: Desk) -> Iterator[str]:
    """The manager's account of their own, which has a password; gives the address with it."""
    with server.superuser() as administrator:
        administrator.execute(f"CREATE ROLE {WITH_PASSWORD} LOGIN PASSWORD '{SECRET}'")
    desk.server_accounts.give(MANAGER, WITH_PASSWORD)
    yield server.url_over_network(database, role=WITH_PASSWORD, sslrootcert=server.root_certificate)
    with server.superuser(database) as administrator:
        administrator.execute(f"DROP OWNED BY {WITH_PASSWORD}")
        administrator.execute(f"DROP ROLE {WITH_PASSWORD}")


def test_a_password_is_found_in_the_password_file_and_a_wrong_one_is_told_from_a_server_that_is_away(
    server: Server, database: str, with_password: str, tmp_path: Path, monkeypatch
) -> None:
    passwords, other = tmp_path / "pgpass", Home(tmp_path / "other")
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    for line in ("", f"{NAME}:{server.port}:{database}:{WITH_PASSWORD}:another"):
        passwords.write_text(line)
        passwords.chmod(0o600)
        with pytest.raises(ServerAway, match="does not let this account in") as refused:
            use_server(other, with_password)
        require_khmer(refused.value)
        assert SECRET not in str(refused.value)
    passwords.write_text(f"{NAME}:{server.port}:{database}:{WITH_PASSWORD}:{SECRET}")
    use_server(other, with_password)
    unlock(other, MANAGER, PASSPHRASE).store.close()


@pytest.fixture
def mute_port() -> Iterator[int]:
    """Where somebody takes the call and says nothing, as if the network swallowed it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield int(listening.getsockname()[1])


def test_a_server_that_says_nothing_is_away(mute_port: int, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(driver, "PATIENCE", 1)
    with pytest.raises(ServerAway, match="does not answer") as away:
        use_server(Home(tmp_path / "other"), f"postgresql://owner@127.0.0.1:{mute_port}/programme?sslrootcert=system")
    assert type(away.value) is ServerAway


class Cable:
    """Between a program and a server on this computer, until it is cut.

    Args:
        port: of the server.
    """

    def __init__(self, port: int) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._server = port
        self._ends: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._connect)]
        self._threads[0].start()

    def _connect(self) -> None:
        near, _address = self._listening.accept()
        self._ends += [near, socket.create_connection(("127.0.0.1", self._server))]
        for ends in (self._ends, self._ends[::-1]):
            self._threads.append(threading.Thread(target=self._carry, args=ends))
            self._threads[-1].start()

    @staticmethod
    def _carry(here: socket.socket, there: socket.socket) -> None:
        with suppress(OSError):
            while said := here.recv(65_536):
                there.sendall(said)

    def cut(self) -> None:
        """Both sides hear nothing more of each other."""
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for end in (*self._ends, self._listening):
            end.close()


def test_a_connection_that_is_cut_is_a_server_that_is_away_and_no_false_one(server: Server, database: str) -> None:
    cable = Cable(server.port)
    url = server.url_over_network(database, sslrootcert=server.root_certificate)
    connection = connect(url.replace(f":{server.port}/", f":{cable.port}/"))
    assert connection.execute("SELECT 1").fetchone() == (1,)
    cable.cut()
    with pytest.raises(ServerAway, match="does not answer") as away, driver_errors_explained():
        connection.execute("SELECT 1")
    connection.close()
    assert type(away.value) is ServerAway


def test_a_server_that_wants_a_certificate_of_this_computer_lets_it_not_in() -> None:
    said = "connection failed: FATAL:  connection requires a valid client certificate"
    with pytest.raises(ServerAway, match="does not let this account in") as refused, driver_errors_explained():
        raise psycopg.OperationalError(said)
    assert type(refused.value) is ServerAway


# passwords -----------------------------------------------------------------------------------------------------------

WITH_SECRET = (
    f"postgresql://a:{SECRET}@b/c",
    f"postgresql://a:{SECRET}@b",
    f"postgresql://a:12/{SECRET}@b/c",
    f"postgresql://a:x#{SECRET}@b/c",
    f"postgresql://a:{SECRET}@[::1/c",
    f"postgresql://b/c?password={SECRET}",
    f"postgresql://b/c?pass%77ord={SECRET}",
    f"postgresql://b/c?sslpassword={SECRET}",
    f"mysql://a:{SECRET}@b/c",
    f"postgresql://a:my {SECRET}@b/c",
    f"postgresql://b/c?password=my {SECRET}",
    f"host=b password = {SECRET}",
    f"host=b password='my {SECRET}'",
)


@pytest.mark.parametrize("language", ["en", "km"])
@pytest.mark.parametrize("address", WITH_SECRET)
def test_a_password_in_an_address_is_refused_and_repeated_nowhere(
    address: str, language: str, tmp_path: Path, capsys
) -> None:
    home = tmp_path / "home"
    given = ["--home", str(home), "--lang", language]
    with pytest.raises(Refused, match=r"must not hold a password|not the address of a database"):
        require_address(address)
    assert cli.main([*given, "--database", address, "staff", "list"]) == 1
    assert cli.main([*given, f"--databse={address}", "staff", "list"]) == 2
    assert cli.main([*given, "staff", "list", address]) == 2
    told = capsys.readouterr()
    assert SECRET not in told.out + told.err
    for kept in filter(Path.is_file, home.rglob("*")):
        assert SECRET not in kept.read_text(errors="replace")


def test_an_address_that_a_space_tears_apart_is_not_repeated(tmp_path: Path, capsys) -> None:
    torn = f"postgresql://a:my {SECRET}@b/c".split(" ")
    assert cli.main(["--home", str(tmp_path), "--lang", "en", "--database", *torn, "staff", "list"]) == 2
    told = capsys.readouterr()
    assert SECRET not in told.out + told.err


def test_a_password_that_somebody_wrote_into_the_homes_file_gets_into_no_log_and_no_bundle(
    home: Home, tmp_path: Path, capsys
) -> None:
    words = tmp_path / "words.txt"
    words.write_text(PASSPHRASE, encoding="utf-8")
    given = ["--home", str(home.path), "--lang", "en", "--user", MANAGER, "--passphrase-file", str(words)]
    home.server_file.write_text(f"{home.server}&password={SECRET}", encoding="utf-8")
    assert cli.main([*given, "check"]) == 0
    bundle = tmp_path / "bundle.zip"
    assert cli.main([*given, "diagnose", "--out", str(bundle)]) == 0
    home.server_file.write_text(f"postgresql://a:{SECRET}@/nothing?host={tmp_path}", encoding="utf-8")
    assert cli.main([*given, "staff", "list"]) == 1
    home.server_file.write_text(f"postgresql://a:{SECRET}@[::1/nothing", encoding="utf-8")
    assert cli.main([*given, "staff", "list"]) == 1
    told = capsys.readouterr()
    assert SECRET not in told.out + told.err
    with zipfile.ZipFile(bundle) as parts:
        assert SECRET not in "".join(parts.read(name).decode(errors="replace") for name in parts.namelist())
    logs = "".join(each.read_text(errors="replace") for each in home.logs.rglob("*") if each.is_file())
    assert SECRET not in logs
