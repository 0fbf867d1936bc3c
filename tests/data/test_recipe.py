"""The recipe by which the program opens a record, in a process that is in no haste."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ASK = """
import sys
from pathlib import Path
from tlbb_desktop.data.engine import connect

connection = connect(Path(sys.argv[1]), bytes(range(32)), bytes(range(16)))
print(connection.execute(f"PRAGMA {sys.argv[2]}").fetchone()[0])
"""


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("cipher_memory_security", "1"),
        ("journal_mode", "wal"),
        ("synchronous", "2"),
        ("foreign_keys", "1"),
        ("secure_delete", "1"),
        ("temp_store", "2"),
        ("trusted_schema", "0"),
    ],
)
def test_a_record_is_opened_by_the_whole_recipe(tmp_path: Path, pragma: str, value: str) -> None:
    command = [sys.executable, "-c", ASK, str(tmp_path / "programme.db"), pragma]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert (done.stdout.strip(), done.stderr) == (value, "")
