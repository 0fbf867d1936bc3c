"""The scripts of the archive for Linux put the program in its place, renew it, take it away, and touch no record."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import debian_package
import pytest

from tlbb_desktop.bundle.listing import LISTING, list_files

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="scripts for Linux")

LINUX = Path(__file__).resolve().parents[2] / "installer" / "linux"


#: Tells its version, and copies the record where it can.
SMALL_PROGRAM = """#!/bin/sh
[ "$*" = "backup copy" ] || exec echo version {version}
[ ! -e "$HOME/no room" ] || exit 1
echo "{version} copied $(cat "$HOME/.local/share/tlbb-desktop/programme.db")" >> "$HOME/copies"
"""


class Laptop:
    """An unpacked archive, and somebody's home."""

    def __init__(self, folder: Path) -> None:
        self.unpacked, self.home = folder / "unpacked", folder / "home of sokha"
        self.place = self.home / ".local" / "lib" / "tlbb-desktop"
        self.record = self.home / ".local" / "share" / "tlbb-desktop" / "programme.db"
        self.record.parent.mkdir(parents=True)
        self.record.write_bytes(b"the record")
        (self.unpacked / "share").mkdir(parents=True)
        for script in ("install.sh", "uninstall.sh", "places.sh"):
            shutil.copy(LINUX / script, self.unpacked / script)
        shutil.copy(LINUX / "tlbb-desktop.desktop", self.unpacked / "share")
        (self.unpacked / "share" / "tlbb-desktop.svg").write_text("<svg/>")
        (self.unpacked / "packages.txt").write_text("libc6\n")
        self.bring("1")

    def bring(self, version: str) -> None:
        """Put a program of this version into the archive."""
        program = self.unpacked / "program"
        shutil.rmtree(program, ignore_errors=True)
        program.mkdir()
        (program / "tlbb-desktop").write_text(SMALL_PROGRAM.format(version=version))
        (program / "tlbb-desktop").chmod(0o755)
        shutil.copy(shutil.which("sleep") or "", program / "window")
        (program / LISTING).write_text(list_files(program), encoding="utf-8")

    def run(self, script: Path, *arguments: str, code: int = 0, language: str = "en_GB.UTF-8") -> str:
        environment = {"HOME": str(self.home), "PATH": "/usr/bin:/bin", "LC_ALL": language}
        done = subprocess.run(["sh", script, *arguments], env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stderr
        return done.stdout + done.stderr

    def program(self) -> str:
        started = [self.home / ".local" / "bin" / "tlbb-desktop"]
        return subprocess.run(started, capture_output=True, text=True, check=True).stdout.strip()

    def copies(self) -> list[str]:
        """What was backed up, and by which version."""
        told = self.home / "copies"
        return told.read_text().splitlines() if told.exists() else []

    @contextmanager
    def open_window(self) -> Iterator[None]:
        window = subprocess.Popen([self.place / "program" / "window", "600"])
        try:
            yield
        finally:
            window.kill()
            window.wait()


@pytest.fixture
def laptop(tmp_path) -> Laptop:
    return Laptop(tmp_path)


def test_installed_for_me_it_starts_and_stands_in_the_menu(laptop):
    assert "Installed" in laptop.run(laptop.unpacked / "install.sh", "--only-me")
    assert laptop.program() == "version 1"
    entry = (laptop.home / ".local/share/applications/tlbb-desktop.desktop").read_text(encoding="utf-8")
    assert f'Exec="{laptop.place}/program/tlbb-desktop"' in entry
    assert "Name[km]=" in entry


def test_a_newer_one_takes_the_place_and_the_record_stays_through_removal(laptop):
    laptop.run(laptop.unpacked / "install.sh", "--only-me")
    laptop.bring("2")
    laptop.run(laptop.unpacked / "install.sh", "--only-me")
    assert laptop.program() == "version 2"
    names = sorted(path.name for path in laptop.place.iterdir())
    assert names == ["places.sh", "program", (laptop.place / "program").readlink().name, "uninstall.sh"]
    assert "Your record stays" in laptop.run(laptop.place / "uninstall.sh")
    assert not laptop.place.exists()
    assert [path for path in laptop.home.rglob("tlbb-desktop*") if path != laptop.record.parent] == []
    assert laptop.record.read_bytes() == b"the record"


def test_a_damaged_copy_changes_nothing_and_says_so_in_khmer(laptop):
    laptop.run(laptop.unpacked / "install.sh", "--only-me")
    laptop.bring("2")
    (laptop.unpacked / "program" / "tlbb-desktop").write_text("#!/bin/sh\necho else\n")
    said = laptop.run(laptop.unpacked / "install.sh", "--only-me", code=1, language="km_KH.UTF-8")
    assert "គ្មានអ្វីផ្លាស់ប្តូរទេ" in said
    assert laptop.program() == "version 1"


def test_the_new_program_copies_the_record_before_it_takes_the_place(laptop):
    laptop.run(laptop.unpacked / "install.sh", "--only-me")
    assert laptop.copies() == ["1 copied the record"], "a record may be there before any program is"
    laptop.bring("2")
    laptop.run(laptop.unpacked / "install.sh", "--only-me")
    assert laptop.copies() == ["1 copied the record", "2 copied the record"]


def test_without_a_backup_the_older_program_stays(laptop):
    laptop.run(laptop.unpacked / "install.sh", "--only-me")
    laptop.bring("2")
    (laptop.home / "no room").touch()
    said = laptop.run(laptop.unpacked / "install.sh", "--only-me", code=1)
    assert "could not be backed up" in said
    assert laptop.program() == "version 1"
    assert len(list(laptop.place.glob("program-*"))) == 1
    assert "./install.sh --without-backup" in said


def test_whoever_says_so_installs_without_a_backup(laptop):
    """One bad disk can hurt the program and the keyring, and without a whole program no backup is brought back."""
    laptop.run(laptop.unpacked / "install.sh", "--only-me")
    laptop.bring("2")
    (laptop.home / "no room").touch()
    laptop.run(laptop.unpacked / "install.sh", "--only-me", "--without-backup")
    assert laptop.program() == "version 2"
    assert laptop.record.read_bytes() == b"the record"


@pytest.mark.parametrize("script", ["install.sh", "uninstall.sh"])
def test_an_open_window_is_seen_though_a_link_leads_to_the_home(laptop, script):
    real = laptop.home.rename(laptop.home.with_name("data"))
    laptop.home.symlink_to(real)
    laptop.run(laptop.unpacked / "install.sh", "--only-me")
    place = laptop.unpacked if script == "install.sh" else laptop.place
    with laptop.open_window():
        assert "is open" in laptop.run(place / script, "--only-me", code=1)
        assert (laptop.place / "program" / "window").exists()
    laptop.run(place / script, "--only-me")


def test_a_program_whose_link_leads_nowhere_is_followed_with_a_backup(laptop):
    laptop.run(laptop.unpacked / "install.sh", "--only-me")
    shutil.rmtree((laptop.place / "program").resolve())
    laptop.bring("2")
    laptop.run(laptop.unpacked / "install.sh", "--only-me")
    assert laptop.program() == "version 2"
    assert laptop.copies()[-1] == "2 copied the record"


def test_two_installations_do_not_work_at_once(laptop):
    laptop.run(laptop.unpacked / "install.sh", "--only-me")
    command = ["flock", laptop.place, "sh", "-c", "echo held; exec sleep 600"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        assert "at work" in laptop.run(laptop.unpacked / "install.sh", "--only-me", code=1)
        other.kill()
    assert laptop.program() == "version 1"


def test_an_installation_that_is_stopped_takes_its_half_program_along(laptop):
    laptop.run(laptop.unpacked / "install.sh", "--only-me")
    laptop.bring("2")
    program = laptop.unpacked / "program" / "tlbb-desktop"
    program.write_text(program.read_text().replace("[ !", 'kill -TERM "$PPID"; [ !', 1))
    (laptop.unpacked / "program" / LISTING).write_text(list_files(laptop.unpacked / "program"), encoding="utf-8")
    laptop.run(laptop.unpacked / "install.sh", "--only-me", code=130)
    assert laptop.program() == "version 1"
    assert len(list(laptop.place.glob("program-*"))) == 1


@pytest.mark.parametrize("script", ["install.sh", "uninstall.sh"])
def test_an_open_window_keeps_its_program_and_it_is_said_in_khmer(laptop, script):
    laptop.run(laptop.unpacked / "install.sh", "--only-me")
    laptop.bring("2")
    place = laptop.unpacked if script == "install.sh" else laptop.place
    with laptop.open_window():
        said = laptop.run(place / script, "--only-me", code=1, language="km_KH.UTF-8")
        assert "TLBB Desktop កំពុងបើក" in said
    assert laptop.program() == "version 1"
    assert laptop.copies() == ["1 copied the record"]


def test_a_window_opened_while_files_are_copied_keeps_them_until_the_next_update(laptop):
    laptop.run(laptop.unpacked / "install.sh", "--only-me")
    first = (laptop.place / "program").resolve()
    script = laptop.unpacked / "install.sh"
    before_the_switch = script.read_text(encoding="utf-8").replace("require_closed\n", "")
    script.write_text(before_the_switch, encoding="utf-8")
    laptop.bring("2")
    with laptop.open_window():
        laptop.run(script, "--only-me")
        assert laptop.program() == "version 2"
        assert (first / "window").exists()
    laptop.run(script, "--only-me")
    assert not first.exists()


def test_what_was_broken_off_is_cleared_by_the_next_update(laptop):
    laptop.run(laptop.unpacked / "install.sh", "--only-me")
    half = laptop.place / "program-broken"
    half.mkdir()
    (half / "tlbb-desktop").write_text("half of it")
    (laptop.place / "program.next").symlink_to(half.name)
    laptop.run(laptop.unpacked / "install.sh", "--only-me")
    assert not half.exists()
    assert laptop.program() == "version 1"
    assert not (laptop.place / "program.next").is_symlink()


def test_a_program_of_the_first_installer_is_followed(laptop):
    shutil.copytree(laptop.unpacked / "program", laptop.place / "program")
    laptop.bring("2")
    laptop.run(laptop.unpacked / "install.sh", "--only-me")
    assert laptop.program() == "version 2"
    assert [path.name for path in laptop.place.glob("program-*")] == [(laptop.place / "program").readlink().name]


#: As root becomes another account, but for that.
RUN_AS = 'echo "$2" >> "{asked}"; shift 3; exec "$@"'


def accounts(folder: Path, **homes: int) -> dict[str, str]:
    """Surroundings where the system has these accounts, each with a record, and nobody has to be root to act as one.

    Args:
        folder: where the homes lie.
        homes: name of the account -> its number.
    """
    programs = folder / "programs"
    programs.mkdir()
    lines = ["daemon:x:1:1::/usr/sbin:/bin/sh"]
    for name, number in homes.items():
        record = folder / name / ".local" / "share" / "tlbb-desktop" / "programme.db"
        record.parent.mkdir(parents=True)
        record.write_text(f"the record of {name}")
        lines.append(f"{name}:x:{number}:{number}::{folder / name}:/bin/sh")
    listed = "\n".join(lines)
    bodies = {"getent": f"cat <<'.'\n{listed}\n.", "runuser": RUN_AS.format(asked=folder / "asked")}
    for name, body in bodies.items():
        (programs / name).write_text(f"#!/bin/sh\n{body}\n")
        (programs / name).chmod(0o755)
    return {"PATH": f"{programs}:/usr/bin:/bin", "SECRET": "of root"}


@pytest.fixture
def program(laptop) -> Path:
    """A program that copies the record of the home it is given."""
    path = laptop.unpacked / "program" / "tlbb-desktop"
    path.write_text(path.read_text().replace('"$*" = ', '"$3 $4" = '))
    return path


def upgrade(program: Path, surroundings: dict[str, str], *act: str) -> str:
    """What dpkg runs after it has unpacked the package, and says."""
    script = debian_package.after_unpacking().replace("/usr/lib/tlbb-desktop/tlbb-desktop", str(program))
    done = subprocess.run(
        ["sh", "-c", script, "postinst", *act], env=surroundings, capture_output=True, text=True, check=True
    )
    return done.stderr


def copied(folder: Path) -> list[str]:
    return [path.read_text().strip() for path in sorted(folder.glob("*/copies"))]


def test_upgraded_for_all_every_accounts_record_is_copied_and_one_that_fails_is_named(program, tmp_path):
    surroundings = accounts(tmp_path, dara=1000, chantha=1001, bopha=1234567, nobody=65534)
    (tmp_path / "chantha" / "no room").touch()
    said = upgrade(program, surroundings, "configure", "0.1.0")
    assert "the account chantha was not backed up" in said
    assert "dara" not in said
    assert copied(tmp_path) == ["1 copied the record of bopha", "1 copied the record of dara"]
    assert (tmp_path / "asked").read_text().split() == ["dara", "chantha", "bopha"]


def test_an_account_whose_home_hangs_does_not_hold_up_the_others(program, tmp_path):
    surroundings = accounts(tmp_path, dara=1000, bopha=1001)
    program.write_text(program.read_text().replace("[ !", '[ "$HOME" != "${HOME%dara}" ] && exec sleep 600; [ !', 1))
    script = f'. ./places.sh; BACKUP_SECONDS=1; back_up_accounts "{program}"'
    done = subprocess.run(
        ["sh", "-euc", script], cwd=LINUX, env=surroundings, capture_output=True, text=True, check=True
    )
    assert "the account dara was not backed up" in done.stderr
    assert copied(tmp_path) == ["1 copied the record of bopha"]


def test_an_account_gets_nothing_of_what_root_works_with(program, tmp_path):
    surroundings = accounts(tmp_path, dara=1000)
    program.write_text('#!/bin/sh\n{ env; tty; ps -o sid= -p $$; echo $$; } > "$HOME/seen" 2>&1\n')
    upgrade(program, surroundings, "configure", "0.1.0")
    seen = (tmp_path / "dara" / "seen").read_text()
    assert f"HOME={tmp_path / 'dara'}" in seen
    assert "SECRET" not in seen
    assert "not a tty" in seen
    assert int(seen.split()[-2]) != os.getsid(0)


@pytest.mark.parametrize("missing", ["runuser", "getent", "program"])
def test_what_keeps_an_upgrade_from_copying_is_told_and_refuses_nothing(program, missing, tmp_path):
    surroundings = accounts(tmp_path, dara=1000)
    if missing == "program":
        program.unlink()
    else:
        (tmp_path / "programs" / missing).write_text("#!/bin/sh\nexit 127\n")
    assert "backed up before the update" in upgrade(program, surroundings, "configure", "0.1.0")
    assert copied(tmp_path) == []


@pytest.mark.parametrize("act", [["configure", ""], ["configure"], ["abort-upgrade", "0.1.0"], []])
def test_the_debian_package_copies_nothing_but_at_an_upgrade(program, act, tmp_path):
    assert upgrade(program, accounts(tmp_path, dara=1000), *act) == ""
    assert copied(tmp_path) == []


def test_the_script_of_the_archive_removes_nothing(laptop):
    laptop.run(laptop.unpacked / "install.sh", "--only-me")
    laptop.run(laptop.unpacked / "uninstall.sh", code=1)
    assert laptop.program() == "version 1"


def test_an_unknown_wish_is_refused(laptop):
    laptop.run(laptop.unpacked / "install.sh", "--everywhere", code=1)
    assert not laptop.place.exists()
