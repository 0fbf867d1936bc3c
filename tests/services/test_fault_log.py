"""The log of the program's own faults: bounded, private, and without a word of what was typed."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest

from tlbb_desktop.services.fault_log import (
    FILE_NAME,
    describe,
    note_fault,
    noted_faults,
    untold_fault,
    was_told,
)
from tlbb_desktop.services.home import Home

AT = datetime(2026, 11, 28, 8, 5, tzinfo=UTC)
CANARY = "Zwqcanary"


class Fault(Exception):
    pass


def caught(text: str = CANARY) -> Exception:
    try:
        raise Fault(text)
    except Fault as error:
        error.add_note(text)
        return error


def deep(levels: int) -> None:
    if levels:
        deep(levels - 1)
    raise Fault(CANARY)


@pytest.fixture
def place(tmp_path) -> Home:
    return Home(tmp_path)


def test_a_description_follows_the_causes_and_names_no_folder():
    try:
        raise RuntimeError(CANARY) from caught()
    except RuntimeError as error:
        text = describe(error)
    assert text.index("RuntimeError") < text.index("Fault")
    assert "/tests/" not in text
    assert CANARY not in text


def test_errors_that_are_each_others_cause_are_described_once():
    first, second = caught(), caught()
    first.__cause__, second.__cause__ = second, first
    assert describe(first).count("Fault") == 2


def test_the_logs_stay_under_a_megabyte_whatever_fails(place):
    with pytest.raises(Fault) as info:
        deep(500)
    for _time in range(900):
        note_fault(place, info.value, AT)
    logs = list(place.logs.glob(f"{FILE_NAME}*"))
    assert len(logs) == 4
    assert sum(log.stat().st_size for log in logs) < 1_000_000
    assert len(noted_faults(place)) > 500_000


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_no_other_account_reads_the_logs(place):
    note_fault(place, caught(), AT)
    assert {path.stat().st_mode & 0o077 for path in (place.logs, *place.logs.iterdir())} == {0}


def test_what_others_wrote_into_the_log_is_handed_to_nobody(place):
    note_fault(place, caught(), AT)
    with (place.logs / FILE_NAME).open("a", encoding="utf-8") as log:
        log.write(f"សុខ ដារ៉ា\nname: {CANARY}\n  /home/{CANARY}/a b:3 x\n{CANARY} said\n")
    text = noted_faults(place)
    assert "test_fault_log.Fault" in text
    assert CANARY not in text
    assert "សុខ" not in text


def test_a_fault_is_told_once(place):
    assert untold_fault(place) is None
    note_fault(place, caught(), AT)
    assert untold_fault(place) == AT
    was_told(place)
    assert untold_fault(place) is None


def test_a_home_that_is_none_takes_no_log(tmp_path):
    assert note_fault(Home(tmp_path / "none"), caught(), AT) is None
    assert not (tmp_path / "none").exists()
