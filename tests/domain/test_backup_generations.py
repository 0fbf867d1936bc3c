"""Which copies stay: the newest of seven days, four weeks and twelve months."""

from __future__ import annotations

from datetime import datetime, timedelta

from tlbb_desktop.domain.backup_generations import kept_generations
from tlbb_desktop.domain.clock import CAMBODIA

NOW = datetime(2026, 11, 28, 17, 0, tzinfo=CAMBODIA)


def days_ago(*days: int) -> list[datetime]:
    return [NOW - timedelta(days=day) for day in days]


def test_of_a_copy_each_day_for_two_years_few_are_left_and_they_reach_back_a_year() -> None:
    kept = kept_generations(days_ago(*range(730)), NOW)
    assert set(days_ago(*range(7))) <= kept
    assert len(kept) <= 7 + 4 + 12
    assert {(moment.year, moment.month) for moment in kept} == {(2025, 12), *((2026, month) for month in range(1, 12))}
    assert len({moment.isocalendar()[:2] for moment in kept if moment > NOW - timedelta(days=27)}) == 4


def test_of_the_copies_of_one_day_the_last_is_kept() -> None:
    morning, noon = NOW.replace(hour=8), NOW.replace(hour=12)
    assert kept_generations([noon, NOW, morning], NOW) == {NOW}


def test_a_holiday_of_two_months_costs_no_copy() -> None:
    before = days_ago(*range(60, 67))
    assert kept_generations(before, NOW) >= set(before)


def test_a_clock_that_ran_ahead_pushes_out_no_right_copy() -> None:
    right, ahead = days_ago(*range(7)), [NOW + timedelta(days=day) for day in range(900, 930)]
    assert set(right) <= kept_generations([*right, *ahead], NOW)
    assert max(ahead) in kept_generations([*right, *ahead], NOW)


def test_the_newest_copy_always_stays() -> None:
    assert kept_generations([NOW], NOW) == {NOW}
    assert kept_generations([], NOW) == frozenset()
