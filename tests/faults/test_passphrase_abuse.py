"""Whatever is typed for a passphrase, however often, on whatever day: refused in a sentence, and nobody shut out."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.faults.sentences import in_khmer, is_khmer
from tests.faults.size import SEED, at_gate
from tests.programme import MANAGER, PASSPHRASE
from tlbb_desktop.domain.errors import TlbbError, TooManyTries, WrongPassphrase
from tlbb_desktop.security.tries import LONGEST_WAIT, Tries
from tlbb_desktop.services.vault import unlock

STEPS = at_gate(300, night=100_000)
#: The passphrase with the layout of another keyboard on, and what nobody can have meant.
ABUSE = {
    "nothing": "",
    "only what nobody sees": "\u200b\u200d\ufeff \n",
    "ten megabytes": "a" * 10_000_000,
    "ten megabytes of marks": "ក" + "\u0308" * 5_000_000,
    "a zero byte for a letter": PASSPHRASE.replace("o", "\x00", 1),
    "a zero byte after it": PASSPHRASE + "\x00more",
    "half a surrogate": "\ud83d" + PASSPHRASE,
    "the Khmer layout": "ទូន រឺវេរ បម្បូ ឡន្ដើរ ហរបូរ",
    "a place for a value": "%s {0} {name} \\x00",
}


@pytest.mark.parametrize("typed", ABUSE)
def test_what_nobody_can_have_meant_is_refused_in_a_sentence(home, typed) -> None:
    with in_khmer() as said, pytest.raises(WrongPassphrase) as refused:
        unlock(home, MANAGER, ABUSE[typed])
    assert is_khmer(said(refused.value))
    unlock(home, MANAGER, PASSPHRASE).store.close()


@pytest.mark.parametrize("name", ["", "\x00", "\ud83d", "s" * 1_000_000])
def test_a_name_that_nobody_has_is_refused_like_a_wrong_passphrase(home, name) -> None:
    with pytest.raises(WrongPassphrase):
        unlock(home, name, PASSPHRASE)


class Clock:
    """A laptop whose clock anybody sets."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 10, 30, 8, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment


def test_over_restarts_and_clocks_set_both_ways_the_wait_ends_and_never_vanishes_by_a_restart(tmp_path: Path) -> None:
    """A walk of wrong tries, restarts, and clocks that go on, back for years, or forward."""
    chance, clock, wrong = random.Random(SEED), Clock(), 0
    tries = Tries(tmp_path / "tries.json", clock)
    for step in range(STEPS):
        deed = chance.choice(("try", "try", "restart", "wait", "back", "forward"))
        if deed == "restart":
            before = waiting(tries)
            tries = Tries(tmp_path / "tries.json", clock)
            assert waiting(tries) == before, step
        elif deed == "wait":
            clock.moment += timedelta(seconds=waiting(tries))
            assert waiting(tries) == 0, step
        elif deed == "try" and waiting(tries) == 0:
            tries.wrong("somebody")
            wrong += 1
            assert (waiting(tries) > 0) == (wrong > 3), step
        elif deed in {"back", "forward"}:
            days = chance.choice((1, 400, 4000)) * (1 if deed == "forward" else -1)
            clock.moment = max(clock.moment + timedelta(days=days), datetime(1980, 1, 1, tzinfo=UTC))
            clock.moment = min(clock.moment, datetime(2090, 1, 1, tzinfo=UTC))
        assert waiting(tries) <= LONGEST_WAIT, step


def waiting(tries: Tries) -> int:
    """Seconds until the next try is taken."""
    try:
        tries.check("somebody")
    except TooManyTries as error:
        return error.fields["seconds"]
    except TlbbError as error:
        raise AssertionError from error
    return 0
