"""What begins on a server may be begun once more by the same act only, and only until somebody has it for good."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.programme import MANAGER, ON_SERVER, PASSPHRASE, Template
from tests.server import Server
from tests.services.server.conftest import FOUNDING, WORDS, require_whole
from tlbb_desktop import cli
from tlbb_desktop.cli import vault as commands
from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.errors import ChangedMeanwhile, Refused, ServerAway, StorageFull, StorageLocked
from tlbb_desktop.security import kdf
from tlbb_desktop.security.kdf import FLOOR
from tlbb_desktop.services import founding, server_home, vault
from tlbb_desktop.services.entering import enter
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.keyring_place import keyring_of
from tlbb_desktop.services.moving import receive
from tlbb_desktop.services.restoring import Word, restore
from tlbb_desktop.services.server_home import leave_server, use_server
from tlbb_desktop.services.vault import (
    Created,
    NewProgramme,
    create_programme,
    recovery_key_kept,
    unlock,
    unlock_with_recovery,
)
from tlbb_desktop.services.window_lock import WindowLock
from tlbb_desktop.wiring import open_desk

Begin = Callable[[Home, str], object]


#: How a first login ends without the recovery key, and whether it is written down by then. At night every way.
ENDS = [(ServerAway, True), (KeyboardInterrupt, False)]
if ON_SERVER:
    ENDS += [(ServerAway, False), (StorageLocked, False), (StorageFull, False), (KeyboardInterrupt, True)]


@pytest.mark.parametrize(("failure", "written"), ENDS)
def test_a_first_login_that_fails_leaves_the_home_empty_and_the_words_found_it_anew(
    server: Server, tmp_path: Path, monkeypatch, failure: type[BaseException], written: bool
) -> None:
    home, url = Home(tmp_path / "home"), server.url(server.new_database())

    def away(*given: object, **named: object) -> None:
        if written:  # and nobody heard of it
            enter(*given, **named).store.close()
        raise failure

    with monkeypatch.context() as broken:
        broken.setattr(vault, "enter", away)
        with pytest.raises(failure):
            create_programme(home, FOUNDING, FLOOR, server=url)
    assert home.is_empty()
    made = create_programme(home, FOUNDING, FLOOR, server=url)
    made.unlocked.store.close()
    require_whole(home)
    unlock_with_recovery(home, made.recovery_key, MANAGER, WORDS).store.close()


def test_a_home_that_is_emptied_and_killed_at_it_is_empty(home: Home, monkeypatch) -> None:
    assert home.has_keyring
    with monkeypatch.context() as killed:
        killed.setattr(server_home, "clear_unfinished", _killed)
        with pytest.raises(KeyboardInterrupt):
            leave_server(home)
    assert home.server
    assert home.is_empty()


def _killed(*_given: object) -> None:
    raise KeyboardInterrupt


# what may be begun once more --------------------------------------------------------------------------------------


def require_refused(act: Begin, url: str, home: Home) -> None:
    before = audited(url)
    with pytest.raises(Refused, match="There is a programme on this server already"):
        act(home, url)
    assert home.is_empty()
    assert audited(url) == before


def audited(url: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT seq, kind, mac FROM tlbb.audit_event ORDER BY seq").fetchall()


def found(home: Home, url: str) -> Created:
    made = create_programme(home, FOUNDING, FLOOR, server=url)
    made.unlocked.store.close()
    return made


def bringing(path: Path) -> Begin:
    def bring(home: Home, url: str) -> None:
        restore(path, home, username=MANAGER, passphrase=PASSPHRASE, server=url)

    return bring


@pytest.fixture(scope="module")
def copies(template: Template, tmp_path_factory) -> tuple[Path, Path]:
    """An older and a newer backup of one laptop."""
    folder = tmp_path_factory.mktemp("copies")
    home = template.copy(template.home, folder / "laptop")
    desk = open_desk(home, enter(home, keyring_of(home).load(), template.keys, SystemClock(), "login"))
    made = [desk.backups.create(folder / f"{name}.tlbb").path for name in ("older", "newer")]
    desk.close()
    return made[0], made[1]


@pytest.fixture(scope="module")
def bundle(template: Template, tmp_path_factory) -> Path:
    """The bundle of a laptop's move."""
    folder = tmp_path_factory.mktemp("bundle")
    home = template.copy(template.home, folder / "laptop")
    desk = open_desk(home, enter(home, keyring_of(home).load(), template.keys, SystemClock(), "login"))
    desk.moving.prepare(folder / "move.tlbb")
    desk.close()
    return folder / "move.tlbb"


def test_nobody_founds_or_brings_an_older_record_over_one_that_was_brought(
    server: Server, copies: tuple[Path, Path], bundle: Path, tmp_path: Path
) -> None:
    older, newer = copies
    url, other = server.url(server.new_database()), Home(tmp_path / "other")
    bringing(newer)(Home(tmp_path / "first"), url)
    for act in (found, bringing(older)):
        require_refused(act, url, other)
    bringing(newer)(Home(tmp_path / "again"), url)  # the very same, which nobody has entered
    url = server.url(server.new_database())
    receive(bundle, Home(tmp_path / "moved"), Word(MANAGER, PASSPHRASE), server=url)
    for act in (found, bringing(newer)):
        require_refused(act, url, other)
    require_whole(Home(tmp_path / "moved"))


def test_a_programme_that_was_entered_stands_for_good_whatever_event_somebody_writes(
    server: Server, tmp_path: Path
) -> None:
    url, colleague, other = server.url(server.new_database()), Home(tmp_path / "colleague"), Home(tmp_path / "other")
    found(Home(tmp_path / "founder"), url)
    use_server(colleague, url)
    unlock(colleague, MANAGER, PASSPHRASE).store.close()
    require_refused(found, url, other)
    like_the_first = "SELECT 100, at, staff_id, kind, subject, detail, mac FROM tlbb.audit_event WHERE seq = 1"
    with psycopg.connect(url) as raw:
        raw.execute(f"INSERT INTO tlbb.audit_event {like_the_first}")
    require_refused(found, url, other)


def test_who_was_overtaken_by_the_same_founding_elsewhere_writes_nothing_into_it(
    server: Server, tmp_path: Path, monkeypatch
) -> None:
    url, slow, fast = server.url(server.new_database()), Home(tmp_path / "slow"), Home(tmp_path / "fast")

    def overtaken(*given: object, **named: object) -> object:
        monkeypatch.undo()
        found(fast, url)
        return enter(*given, **named)

    monkeypatch.setattr(vault, "enter", overtaken)
    with pytest.raises(ChangedMeanwhile, match="begun once more on another computer"):
        found(slow, url)
    assert slow.is_empty()
    require_whole(fast)


def elsewhere(home: Home, url: str) -> None:
    create_programme(home, NewProgramme("BB", MANAGER, PASSPHRASE), FLOOR, server=url)


def test_a_recovery_key_that_opens_nothing_any_more_is_not_kept(server: Server, tmp_path: Path) -> None:
    url = server.url(server.new_database())
    void = create_programme(Home(tmp_path / "void"), FOUNDING, FLOOR, server=url)
    require_refused(elsewhere, url, Home(tmp_path / "elsewhere"))
    made = found(Home(tmp_path / "home"), url)
    with pytest.raises(ChangedMeanwhile, match="void"):
        recovery_key_kept(void)
    void.unlocked.store.close()
    unlock_with_recovery(Home(tmp_path / "home"), made.recovery_key, MANAGER, WORDS).store.close()


def test_what_arrived_with_a_bundle_is_told_also_when_the_server_is_away_again(
    server: Server, bundle: Path, tmp_path: Path, monkeypatch
) -> None:
    database, home = server.new_database(), Home(tmp_path / "home")
    move_in = founding._move_in

    def and_away(*homes: Home) -> None:
        move_in(*homes)
        with server.superuser() as administrator:
            administrator.execute(f"ALTER DATABASE {database} ALLOW_CONNECTIONS false")

    monkeypatch.setattr(founding, "_move_in", and_away)
    came = receive(bundle, home, Word(MANAGER, PASSPHRASE), server=server.url(database))
    assert came.code
    assert came.equal
    assert came.ours["staff"] == 1


def test_init_whose_recovery_file_cannot_be_written_is_done_again(
    server: Server, tmp_path: Path, monkeypatch, capsys
) -> None:
    home, url, words, key = Home(tmp_path / "home"), server.url(server.new_database()), tmp_path / "w", tmp_path / "key"
    words.write_text(PASSPHRASE, encoding="utf-8")
    given = ["--home", str(home.path), "--lang", "en", "--database", url, "init", "--prison", "SR"]
    given += ["--manager", MANAGER, "--passphrase-file", str(words), "--recovery-file", str(key)]

    def full(*_given: object, **_named: object) -> None:
        raise StorageFull

    monkeypatch.setattr(kdf, "calibrate", lambda: FLOOR)
    with monkeypatch.context() as broken:
        broken.setattr(commands, "write_whole", full)
        assert cli.main(given) == StorageFull.exit_code
    assert home.is_empty()
    assert cli.main(given) == 0
    unlock_with_recovery(home, key.read_text().strip(), MANAGER, WORDS).store.close()
    capsys.readouterr()
    assert cli.main([*given[:1], str(tmp_path / "other"), *given[2:-1], str(tmp_path / "another")]) == 1
    assert "There is a programme on this server already" in capsys.readouterr().err


# computers that join ------------------------------------------------------------------------------------------------


def test_nobody_joins_in_a_home_in_which_a_programme_is_being_put_together(home: Home, tmp_path: Path) -> None:
    new = Home(tmp_path / "new")
    new.unfinished.mkdir(parents=True)
    new.database.write_text("half made")
    with WindowLock(new), pytest.raises(StorageLocked):
        use_server(new, home.server)
    assert new.unfinished.exists()
    assert new.database.read_text() == "half made"


def test_a_home_that_has_the_servers_name_and_no_keyring_joins(home: Home, tmp_path: Path) -> None:
    new = Home(tmp_path / "new")
    new.unfinished.mkdir(parents=True)
    new.server_file.write_text(home.server, encoding="utf-8")
    use_server(new, home.server)
    assert new.has_keyring
    unlock(new, MANAGER, PASSPHRASE).store.close()
