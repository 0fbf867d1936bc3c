"""Our interval and our curve against SciPy and lifelines, which only the tests know."""

from __future__ import annotations

import math
import warnings
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.special import betainc
from scipy.stats import beta, binomtest

from tlbb_desktop.domain.exact_interval import exact_interval, regularised_beta
from tlbb_desktop.domain.survival import Observation, kaplan_meier, median_of

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of the libraries that lifelines loads, about each other
    from lifelines import KaplanMeierFitter


@pytest.mark.parametrize(
    ("events", "of", "low", "high"),
    [(0, 20, 0, 16.8), (1, 20, 0.1, 24.9), (3, 20, 3.2, 37.9), (4, 100, 1.1, 9.9), (2, 105, 0.2, 6.7)],
)
def test_the_intervals_of_the_facts_file(events, of, low, high) -> None:
    found = exact_interval(events, of)
    assert (round(100 * found.low, 1), round(100 * found.high, 1)) == (low, high)


@given(st.integers(1, 3000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))), st.floats(0.5, 0.999))
def test_scipy_gives_the_same_interval(share, confidence) -> None:
    events, of = share
    ours, theirs = exact_interval(events, of, confidence), binomtest(events, of).proportion_ci(confidence, "exact")
    assert ours == pytest.approx((theirs.low, theirs.high), abs=1e-9)


@given(st.floats(0, 1), st.floats(0.5, 2000), st.floats(0.5, 2000))
@example(x=math.nextafter(1, 0), a=0.5, b=0.5)
def test_scipy_gives_the_same_incomplete_beta(x, a, b) -> None:
    """As closely as the number x is known: at the ends the curve can be steeper than floats are dense."""
    least, most = betainc(a, b, max(0.0, math.nextafter(x, -1))), betainc(a, b, min(1.0, math.nextafter(x, 2)))
    assert least - 1e-9 <= regularised_beta(x, a, b) <= most + 1e-9


@pytest.mark.parametrize("x", [0, 1e-16, 0.25, 0.5, 1 - 1e-9, math.nextafter(1, 0), 1])
def test_two_halves_give_the_arcsine_law(x) -> None:
    tail = 2 / math.pi * math.asin(math.sqrt(min(x, 1 - x)))
    assert regularised_beta(x, 0.5, 0.5) == pytest.approx(tail if x < 0.5 else 1 - tail, abs=1e-12)


def test_the_interval_holds_what_it_promises() -> None:
    found = exact_interval(7, 60)
    assert beta.cdf(found.low, 7, 54) == pytest.approx(0.025)
    assert beta.cdf(found.high, 8, 53) == pytest.approx(0.975)


@pytest.mark.parametrize(("events", "of"), [(1, 0), (0, 0), (-1, 5), (6, 5)])
def test_more_events_than_people_have_no_interval(events, of) -> None:
    with pytest.raises(ValueError, match="of"):
        exact_interval(events, of)


@pytest.mark.parametrize("seed", range(12))
def test_lifelines_draws_the_same_curve_through_a_random_cohort(seed) -> None:
    chance = Random(seed)
    seen = [
        Observation(chance.choice((0, 1, 2.5, 6, chance.uniform(0, 24))), event=chance.random() < 0.3)
        for _ in range(chance.randint(2, 400))
    ]
    ours = kaplan_meier(seen)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = KaplanMeierFitter().fit([each.time for each in seen], [each.event for each in seen])
        bounds = theirs.confidence_interval_survival_function_
        table = theirs.event_table
        for step in ours.steps:
            assert step.free == pytest.approx(float(theirs.survival_function_.loc[step.time].iloc[0]))
            assert (step.at_risk, step.events) == (table.at_risk[step.time], table.observed[step.time])
            if step.interval is not None:
                assert step.interval == pytest.approx(tuple(bounds.loc[step.time]), abs=1e-9)
    assert len(ours.steps) == (table.observed > 0).sum()


def test_greenwoods_error_on_a_curve_that_can_be_followed_by_hand() -> None:
    curve = kaplan_meier([Observation(1, True), Observation(2, False), Observation(3, True), Observation(4, False)])
    first, second = curve.steps
    assert (first.at_risk, first.free, first.deviation) == (4, 0.75, pytest.approx(0.75 * (1 / 12) ** 0.5))
    assert (second.at_risk, second.free) == (2, 0.375)
    assert second.deviation == pytest.approx(0.375 * (1 / 12 + 1 / 2) ** 0.5)
    assert curve.step_before(1) is None
    assert curve.step_before(3) == first
    assert curve.step_before(3.5) == second
    assert [curve.at_risk(time) for time in (0, 1, 1.5, 4, 5)] == [4, 4, 3, 1, 0]


def test_when_the_last_one_has_the_event_nobody_is_free_and_no_interval_can_be_given() -> None:
    (step,) = kaplan_meier([Observation(2, True)]).steps
    assert (step.free, step.deviation, step.interval) == (0.0, 0.0, None)
    assert kaplan_meier([]).steps == ()


def test_the_median_of_an_even_number_lies_between_the_two_in_the_middle() -> None:
    assert (median_of([3, 1, 2]), median_of([4, 1]), median_of([])) == (2, 2.5, None)
