"""Months as a distance agree with each other on every day, 29 February too."""

from __future__ import annotations

from datetime import date

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from tlbb_desktop.domain.calendar_spans import months_after, months_between

DAYS = st.dates(date(1990, 1, 1), date(2080, 12, 31)) | st.builds(
    lambda year: date(4 * year, 2, 29), st.integers(500, 520)
)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 8, 31), 6, date(2025, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2024, 12, 31), 2, date(2025, 2, 28)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2024, 1, 15), -13, date(2022, 12, 15)),
    ],
)
def test_a_day_that_the_month_does_not_have_becomes_its_last(day, months, later) -> None:
    assert months_after(day, months) == later


@given(DAYS, st.integers(-200, 200))
def test_dateutil_counts_alike(day, months) -> None:
    assert months_after(day, months) == day + relativedelta(months=months)


@given(DAYS, st.integers(0, 4000), st.integers(1, 130))
def test_less_than_m_months_have_passed_exactly_before_the_day_m_months_later(start, days, months) -> None:
    end = date.fromordinal(start.toordinal() + days)
    assert (months_between(start, end) < months) == (end < months_after(start, months))


@given(DAYS, st.integers(0, 4000))
def test_a_later_day_is_further_away(start, days) -> None:
    end = date.fromordinal(start.toordinal() + days)
    assert months_between(start, end) < months_between(start, date.fromordinal(end.toordinal() + 1))
    assert months_between(start, start) == 0
