"""One window to a home: the second says so and waits; commands run beside the first."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.e2e.conftest import ROOT
from tests.programme import MANAGER, PASSPHRASE


def test_the_second_window_says_so_calmly_and_goes_on_when_the_first_is_closed(class_id, window_process) -> None:
    first = window_process("sit_until_told")
    second = window_process("come_second", log_in=False)
    assert any("already open on this laptop" in words for words in second.hear()["words"])
    first.tell()
    assert first.end() == 0
    assert second.hear() == {"login": True}
    second.tell(PASSPHRASE)
    assert second.hear() == {"seated": True}
    assert second.end() == 0
    assert first.errors() == second.errors() == ""


def test_a_command_runs_beside_the_window(home, class_id, window_process, tmp_path) -> None:
    window = window_process("sit_until_told")
    passphrase = tmp_path / "passphrase.txt"
    passphrase.write_text(PASSPHRASE, encoding="utf-8")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tlbb_desktop", "--home", str(home.path), "--user", MANAGER),
            *("--passphrase-file", str(passphrase), "people", "list", "--json"),
        ],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(json.loads(done.stdout)) == 40
    window.tell()
    assert window.end() == 0
