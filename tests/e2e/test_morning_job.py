"""The whole job from an empty laptop to the month's sheet, by the installed command, on the two samples."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from tests.programme import open_at_least_cost
from tlbb_desktop.services.home import Home

SAMPLES = Path(__file__).parents[1] / "fixtures" / "samples"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
PASSPHRASE = "moon river bamboo lantern harbour"
CLASS = "SR-MOTO"
MONTH = EXPECTED["month"]


class Laptop:
    """A home in a folder and the command line of its manager."""

    def __init__(self, folder: Path, name: str = "home") -> None:
        self.home = folder / name
        self.passphrase = folder / "manager.txt"
        self.passphrase.write_text(PASSPHRASE + "\n", encoding="utf-8")

    def run(self, *command: str, user: str = "sokha", code: int = 0) -> subprocess.CompletedProcess[str]:
        """Run one command; fails unless it ends with *code*."""
        before = ["--home", str(self.home), "--lang", "en", "--user", user, "--passphrase-file", str(self.passphrase)]
        done = subprocess.run(
            [sys.executable, "-m", "tlbb_desktop", *before, *command],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert done.returncode == code, (command, done.returncode, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
        return done

    def json(self, *command: str) -> list[dict[str, object]]:
        return json.loads(self.run(*command, "--json").stdout)


@pytest.fixture(scope="module")
def laptop(tmp_path_factory) -> Laptop:
    """A laptop on which the walk has been done, up to the month's marks."""
    folder = tmp_path_factory.mktemp("laptop")
    laptop = Laptop(folder)
    recovery = folder / "recovery.txt"
    laptop.run("init", "--prison", "SR", "--manager", "sokha", "--recovery-file", str(recovery))
    open_at_least_cost(Home(laptop.home), "sokha", PASSPHRASE)
    refused = folder / "refused.csv"
    said = laptop.run(
        "people", "import", str(SAMPLES / "people.xlsx"), "--refused", str(refused), "--as-of", "2026-11-21"
    )
    assert "4" in said.stderr
    laptop.run(
        *("class", "add", "--course", "moto", "--prison", "SR", "--code", CLASS),
        *("--days", "mon,tue,wed,thu", "--time", "08:00-11:00", "--from", "2026-10-01", "--to", "2026-10-31"),
    )
    laptop.run("class", "enrol", CLASS, "--all")
    laptop.run(
        *("attendance", "import", CLASS, str(SAMPLES / "attendance-2026-10.xlsx")),
        *("--refused", str(folder / "cells.csv")),
    )
    return laptop


def test_the_people_are_those_that_a_right_import_finds(laptop: Laptop) -> None:
    assert sorted(laptop.json("people", "list"), key=code_of) == sorted(EXPECTED["accepted"], key=code_of)


def code_of(entry: dict[str, object]) -> str:
    return str(entry["code"])


def test_refused_people_are_written_with_their_reason(laptop: Laptop) -> None:
    text = (laptop.home.parent / "refused.csv").read_text(encoding="utf-8-sig")
    for entry in (*EXPECTED["refused"], EXPECTED["duplicate"]):
        assert entry["code"] in text
    assert EXPECTED["duplicate"]["of"] in text


def test_the_month_counts_what_the_absence_list_says(laptop: Laptop) -> None:
    held = len(EXPECTED["held_days"])
    absences = Counter((entry["code"], entry["mark"]) for entry in EXPECTED["absences"])
    unmarked = Counter(
        entry["code"] for entry in EXPECTED["refused_cells"] if int(entry["date"][-2:]) in EXPECTED["held_days"]
    )
    summary = {code_of(entry): entry for entry in laptop.json("attendance", "summary", CLASS, "--month", MONTH)}
    assert set(summary) == {code_of(entry) for entry in EXPECTED["accepted"]}
    for code, entry in summary.items():
        absent, excused, open_cells = absences[code, "absent"], absences[code, "excused"], unmarked[code]
        present = held - absent - excused - open_cells
        due = (held - open_cells) * 180
        assert entry == {
            "code": code,
            "held": held,
            "present": present,
            "late": 0,
            "excused": excused,
            "absent": absent,
            "institution": 0,
            "unmarked": open_cells,
            "minutes_due": due,
            "minutes_attended": present * 180,
            "percent": round(1000 * present * 180 / due + 1e-9) / 10,
        }


def test_refused_cells_are_named_and_the_rest_is_taken(laptop: Laptop) -> None:
    text = (laptop.home.parent / "cells.csv").read_text(encoding="utf-8-sig")
    lines = [line for line in text.splitlines() if line][1:]
    assert len(lines) == len(EXPECTED["refused_cells"])
    for entry in EXPECTED["refused_cells"]:
        assert entry["code"] in text


@pytest.mark.parametrize("language", ["km", "en"])
def test_the_sheet_carries_every_absence(laptop: Laptop, tmp_path: Path, language: str) -> None:
    path = tmp_path / "october.xlsx"
    laptop.run(
        *("attendance", "export", CLASS, "--month", MONTH, "--format", "xlsx"),
        *("--lang", language, "--out", str(path)),
    )
    cells = [cell.value for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row]
    words = Counter(str(cell) for cell in cells)
    absent = sum(entry["mark"] == "absent" for entry in EXPECTED["absences"])
    if language == "km":
        assert words["អច្ប"] >= absent
    assert any(code_of(entry) in words for entry in EXPECTED["accepted"])


@pytest.fixture(scope="module")
def backup(laptop: Laptop, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("stick")
    said = laptop.run("backup", "create", str(folder))
    backup = next(folder.glob("*.tlbb"))
    assert backup.name in said.stdout
    return backup


def test_a_backup_is_verified_and_restored_into_equal_lists(laptop: Laptop, backup: Path, tmp_path: Path) -> None:
    laptop.run("backup", "verify", str(backup))
    other = Laptop(tmp_path, "other")
    other.run("backup", "restore", str(backup))
    assert other.json("people", "list") == laptop.json("people", "list")
    summary = ("attendance", "summary", CLASS, "--month", MONTH)
    assert other.json(*summary) == laptop.json(*summary)
    other.run("check")


def test_a_damaged_backup_is_told_apart(laptop: Laptop, backup: Path, tmp_path: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    damaged = tmp_path / backup.name
    damaged.write_bytes(content)
    laptop.run("backup", "verify", str(damaged), code=3)
    Laptop(tmp_path, "other").run("backup", "restore", str(damaged), code=3)


def test_a_wrong_passphrase_is_refused_with_code_four(laptop: Laptop, tmp_path: Path) -> None:
    stranger = Laptop(tmp_path)
    stranger.home = laptop.home
    stranger.passphrase.write_text("another five words of mine\n", encoding="utf-8")
    stranger.run("people", "list", "--json", code=4)


def test_nothing_of_the_record_lies_in_clear_in_the_home(laptop: Laptop) -> None:
    canaries = [str(EXPECTED["accepted"][0][name]).encode() for name in ("family_km", "given_latin", "code")]
    for path in laptop.home.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(canary in content for canary in canaries), path
