"""A count of starts that came to nothing, and a home that is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.start_record import LAST_START, StartRecord, last_start
from tlbb_desktop.services.window_lock import WindowLock
from tlbb_desktop.services.window_memory import WindowMemory, keep_memory, read_memory


def test_starts_without_a_first_page_are_counted_until_one_gets_there(tmp_path):
    record = StartRecord(Home(tmp_path))
    assert [record.begin(), record.begin(), record.begin()] == [0, 1, 2]
    record.painted()
    assert record.begin() == 0


def test_a_start_is_no_reason_to_call_a_home_used(tmp_path):
    StartRecord(Home(tmp_path)).begin()
    assert Home(tmp_path).is_empty()


@pytest.mark.parametrize("content", [b"", b"\xff", b"many", b"[" * 50_000])
def test_a_broken_count_is_none(tmp_path, content):
    (tmp_path / "starting").write_bytes(content)
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / LAST_START).write_bytes(content)
    assert StartRecord(Home(tmp_path)).begin() == 0
    assert last_start(Home(tmp_path)) == {}


def test_where_there_is_no_home_nothing_is_counted(tmp_path):
    record = StartRecord(Home(tmp_path / "none"))
    assert [record.begin(), record.begin()] == [0, 0]
    record.keep({"safe": 1})
    assert not (tmp_path / "none").exists()


def test_of_the_last_start_only_known_numbers_are_told(tmp_path):
    StartRecord(Home(tmp_path)).keep({"processor_seconds": 0.4, "safe": 0, "name": 5})
    assert last_start(Home(tmp_path)) == {"processor_seconds": 0.4, "safe": 0.0}
    (tmp_path / "logs" / LAST_START).write_text(json.dumps({"processor_seconds": "Sok"}))
    assert last_start(Home(tmp_path)) == {}


@pytest.mark.parametrize(
    "broken",
    [
        b"[" * 100_000,
        b'{"language": "fr"}',
        b'{"scale": NaN}',
        b'{"scale": 1e999}',
        b'{"theme": "\\u0000"}',
        b'{"members": {"a": [1]}}',
        b"\x00\xff",
    ],
)
def test_a_broken_memory_of_the_window_is_as_none(tmp_path, broken):
    (tmp_path / "window.json").write_bytes(broken)
    memory = read_memory(Home(tmp_path))
    assert memory == WindowMemory()
    keep_memory(Home(tmp_path), memory)
    assert read_memory(Home(tmp_path)) == memory


def test_a_folder_that_cannot_be_opened_is_told_in_a_sentence(tmp_path):
    blocked = tmp_path / "file"
    blocked.touch()
    for path in (blocked, blocked / "home", tmp_path / ("a" * 300)):
        with pytest.raises(Refused, match="cannot be used"):
            WindowLock(Home(path))
    assert sorted(tmp_path.iterdir()) == [blocked]
    Home(tmp_path / "not-yet").require_reachable()


def test_a_folder_without_the_right_to_look_inside_is_told_too(tmp_path, monkeypatch):
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.scandir", refuse)
    with pytest.raises(Refused, match="Permission denied"):
        Home(tmp_path).require_reachable()
