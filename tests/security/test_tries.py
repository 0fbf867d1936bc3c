from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tlbb_desktop.domain.errors import TooManyTries
from tlbb_desktop.security import tries as tries_module
from tlbb_desktop.security.tries import LONGEST_WAIT, Tries, wait_after

START = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


class SetClock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.moment = START

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.date()

    def pass_by(self, **span: float) -> None:
        self.moment += timedelta(**span)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "tries.json"


def seconds_to_wait(tries: Tries, account: str = "sokha") -> int:
    try:
        tries.check(account)
    except TooManyTries as refusal:
        return int(str(refusal.fields["seconds"]))
    return 0


def fail(tries: Tries, times: int, account: str = "sokha") -> None:
    for _ in range(times):
        tries.wrong(account)


def test_three_wrong_tries_are_free_and_the_fourth_costs_a_wait(path, clock):
    tries = Tries(path, clock)
    fail(tries, 3)
    assert seconds_to_wait(tries) == 0
    fail(tries, 1)
    assert seconds_to_wait(tries) == 5


def test_the_wait_doubles_up_to_fifteen_minutes():
    assert [wait_after(number) for number in range(3, 13)] == [0, 5, 10, 20, 40, 80, 160, 320, 640, 900]
    assert wait_after(10_000) == LONGEST_WAIT == 900


def test_the_sentence_says_how_long(path, clock):
    tries = Tries(path, clock)
    fail(tries, 5)
    with pytest.raises(TooManyTries, match="Wait 10 seconds") as refusal:
        tries.check("sokha")
    assert refusal.value.exit_code == 4
    assert refusal.value.fields["until"] == START + timedelta(seconds=10)


def test_after_the_wait_the_next_try_is_taken(path, clock):
    tries = Tries(path, clock)
    fail(tries, 4)
    clock.pass_by(seconds=4.9)
    assert seconds_to_wait(tries) == 1
    clock.pass_by(seconds=0.1)
    assert seconds_to_wait(tries) == 0


def test_nobody_is_locked_out_for_good(path, clock):
    tries = Tries(path, clock)
    fail(tries, 100)
    clock.pass_by(minutes=15)
    assert seconds_to_wait(tries) == 0


def test_a_restart_does_not_shorten_the_wait(path, clock):
    fail(Tries(path, clock), 8)
    assert seconds_to_wait(Tries(path, clock)) == 80


def test_a_second_process_counts_with_the_first(path, clock):
    window, command = Tries(path, clock), Tries(path, clock)
    fail(window, 3)
    fail(command, 1)
    assert seconds_to_wait(window) == 5


def test_a_right_passphrase_forgets_the_wrong_ones(path, clock):
    tries = Tries(path, clock)
    fail(tries, 4)
    tries.right("sokha")
    fail(tries, 3)
    assert seconds_to_wait(tries) == 0


def test_one_members_wrong_tries_do_not_hold_up_another(path, clock):
    tries = Tries(path, clock)
    fail(tries, 9)
    tries.check("dara")
    tries.right("dara")
    assert seconds_to_wait(tries) == 160


@pytest.mark.parametrize("back", [{"minutes": 1}, {"days": 1}, {"days": 3652}])
def test_a_clock_set_back_costs_at_most_one_more_wait(path, clock, back):
    fail(Tries(path, clock), 12)
    clock.pass_by(**{unit: -amount for unit, amount in back.items()})
    tries = Tries(path, clock)
    assert seconds_to_wait(tries) <= LONGEST_WAIT
    clock.pass_by(minutes=10)
    assert 0 < seconds_to_wait(Tries(path, clock)) <= 6 * 60
    clock.pass_by(minutes=6)
    assert seconds_to_wait(Tries(path, clock)) == 0


def test_a_clock_set_forward_keeps_the_count(path, clock):
    tries = Tries(path, clock)
    fail(tries, 12)
    clock.pass_by(days=3652)
    assert seconds_to_wait(tries) == 0
    fail(tries, 1)
    assert seconds_to_wait(tries) == 900


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'{"sokha": 1}', b'{"sokha": {"wrong": "x", "not_before": 1}}',
     b'{"sokha": {"wrong": 5, "not_before": Infinity}}', b'{"sokha": {"wrong": 5, "not_before": NaN}}',
     b'{"sokha": {"wrong": 1e999, "not_before": 1}}', b"\xff\xfe"],
)  # fmt: skip
def test_a_damaged_count_does_not_keep_anybody_out(path, clock, content):
    path.write_bytes(content)
    tries = Tries(path, clock)
    assert seconds_to_wait(tries) == 0
    fail(tries, 4)
    assert seconds_to_wait(tries) == 5


@pytest.mark.parametrize("moment", ["1e300", "99999999999", "-5"])
def test_an_edited_moment_cannot_lock_anybody_out(path, clock, moment):
    path.write_text(f'{{"sokha": {{"wrong": 100000000, "not_before": {moment}}}}}')
    assert seconds_to_wait(Tries(path, clock)) <= LONGEST_WAIT


def test_on_a_full_disk_the_count_goes_on_in_memory(path, clock, monkeypatch):
    tries = Tries(path, clock)
    fail(tries, 2)

    def full(*_arguments):
        raise OSError(28, "full")

    monkeypatch.setattr(tries_module, "write_atomically", full)
    fail(tries, 4)
    assert seconds_to_wait(tries) == 20
    tries.right("sokha")
    assert seconds_to_wait(tries) == 0


def test_the_file_names_nobody_who_is_unknown(path, clock, staffed):
    tries = Tries(path, clock)
    tries.wrong(staffed.keyring.account("my secret words typed in the wrong field"))
    assert b"secret" not in path.read_bytes()
    assert list(path.parent.iterdir()) == [path]
