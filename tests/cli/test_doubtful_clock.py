"""A command asks nobody: where the laptop's clock cannot be right, it refuses until it is told what day it is."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from tlbb_desktop.domain.clock import CAMBODIA

SAMPLES = Path(__file__).parents[1] / "fixtures" / "samples"
CLASS = "SR-MOTO-26"
ENTERED = datetime(2026, 11, 21, 8, tzinfo=CAMBODIA)
MARK = ("attendance", "mark", CLASS, "--date", "2026-10-06", "2024-3944=late:20")
MARK_AHEAD = ("attendance", "mark", CLASS, "--date", "2026-11-26", "2024-3944=late:20")


@pytest.fixture
def clock():
    with time_machine.travel(ENTERED) as clock:
        yield clock


@pytest.fixture
def filled(run, clock) -> None:
    """A class without a mark, made on the day of ENTERED."""
    assert run("people", "import", SAMPLES / "people.xlsx", "--as-of", "2026-11-21")[0] == 0
    add = ("class", "add", "--course", "moto", "--prison", "SR", "--code", CLASS, "--days", "mon,tue,wed,thu")
    assert run(*add, "--time", "08:00-11:00", "--from", "2026-10-01", "--to", "2026-11-30")[0] == 0
    assert run("class", "enrol", CLASS, "--all")[0] == 0


@pytest.fixture
def marked(run, filled) -> None:
    """The last month's list, taken in today."""
    assert run("attendance", "import", CLASS, SAMPLES / "attendance-2026-10.xlsx")[0] == 0


@pytest.mark.parametrize("days", [-3650, -1, 15])
def test_a_mark_by_a_doubtful_clock_is_refused_with_the_option_that_helps(run, marked, clock, days) -> None:
    clock.move_to(ENTERED + timedelta(days=days))
    code, out, err = run(*MARK)
    assert (code, out) == (1, "")
    assert "the last mark was entered on 21/11/2026" in err
    assert "--today" in err
    assert len(err.strip().splitlines()) == 1


def test_every_command_that_writes_marks_or_hands_out_papers_asks(run, marked, clock, tmp_path) -> None:
    clock.move_to(ENTERED - timedelta(days=3650))
    out = tmp_path / "out.xlsx"
    month = ("--month", "2026-10")
    for command in (
        MARK,
        ("attendance", "import", CLASS, SAMPLES / "attendance-2026-10.xlsx"),
        ("attendance", "export", CLASS, *month, "--out", out),
        ("attendance", "export-prison", "--prison", "SR", *month, "--out", out),
        ("sheet", "issue", CLASS, *month),
        ("sheet", "sign", CLASS, *month, "--by", "SOK Dara"),
    ):
        code, _out, err = run(*command)
        assert (code, "--today" in err) == (1, True), command
    assert not out.exists()
    assert run("attendance", "summary", CLASS, *month)[0] == 0


def test_the_given_day_is_worked_with_and_judges_what_is_still_to_come(run, marked, clock) -> None:
    clock.move_to(ENTERED - timedelta(days=3650))
    code, _out, err = run("--today", "2026-11-23", *MARK_AHEAD)
    assert (code, "still to come" in err) == (1, True)
    assert run("--today", "២០២៦-១១-២៣", *MARK) == (0, "1 mark saved.\n", "")


def test_a_wrong_clock_is_asked_about_again_after_a_mark_of_a_given_day(run, marked, clock) -> None:
    clock.move_to(ENTERED - timedelta(days=3650))
    assert run("--today", "2026-11-23", *MARK)[0] == 0
    clock.shift(timedelta(days=1))
    code, _out, err = run(*MARK)
    assert (code, "--today" in err) == (1, True)
    assert run("--today", "2026-11-24", *MARK)[0] == 0


@pytest.mark.parametrize("day", ["2026-11-30", "2026-11-20", "1999-01-01"])
def test_a_sound_clock_is_not_talked_over(run, marked, day) -> None:
    code, out, err = run("--today", day, *MARK_AHEAD)
    assert (code, out) == (1, "")
    assert "21/11/2026" in err
    assert "--today" in err
    assert len(err.strip().splitlines()) == 1


def test_the_laptops_own_day_may_be_given_and_changes_nothing(run, marked) -> None:
    assert run("--today", "2026-11-21", *MARK) == (0, "1 mark saved.\n", "")
    code, _out, err = run("--today", "2026-11-21", *MARK_AHEAD)
    assert (code, "still to come" in err) == (1, True)


def test_a_day_before_the_last_mark_was_entered_is_refused(run, marked, clock) -> None:
    clock.move_to(ENTERED - timedelta(days=3650))
    for day in ("2026-11-20", "1999-01-01", "2016-11-23"):
        code, out, err = run("--today", day, *MARK)
        assert (code, out) == (1, ""), day
        assert "21/11/2026" in err
        assert len(err.strip().splitlines()) == 1


def test_a_command_that_only_reads_works_with_the_laptops_day(run, marked) -> None:
    for command in (("people", "list", "--json"), ("class", "list", "--json"), ("sheet", "list", "--month", "2026-10")):
        assert run("--today", "1999-01-01", *command) == run(*command)


def test_who_knows_that_the_clock_is_right_gives_its_own_day(run, marked, clock) -> None:
    clock.move_to(ENTERED + timedelta(days=40))
    assert run("--today", "2026-12-31", *MARK)[0] == 0
    assert run(*MARK)[0] == 0  # the newest mark was entered by this clock now


def test_a_day_that_is_none_is_a_usage_error(run, filled) -> None:
    for command in (MARK, ("people", "list")):
        code, _out, err = run("--today", "tomorrow", *command)
        assert (code, "tomorrow is not a day" in err) == (2, True)


def test_months_long_past_are_taken_in_on_one_morning(run, filled, clock) -> None:
    for _month in range(3):
        assert run("attendance", "import", CLASS, SAMPLES / "attendance-2026-10.xlsx")[0] == 0
        clock.shift(timedelta(minutes=1))
    assert run(*MARK)[0] == 0
