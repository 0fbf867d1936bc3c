"""When somebody is seen after release, and when the case may be closed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlbb_desktop.domain.calendar_spans import months_after
from tlbb_desktop.domain.cases import Risk
from tlbb_desktop.domain.follow_up_schedule import (
    ClosingFacts,
    ClosingGap,
    closing_gaps,
    next_due,
    next_try,
    passed_over,
    schedule,
)
from tlbb_desktop.domain.follow_ups import FollowUpForm, FollowUpKind, WorkerView

RELEASE = date(2024, 8, 31)
VIEW = WorkerView


def form(release: date, kind: FollowUpKind, risk: Risk = Risk.MEDIUM) -> FollowUpForm:
    return next(FollowUpForm(*each) for each in schedule(release, risk) if each.kind is kind)


def test_the_schedule_at_medium_risk_is_that_of_the_form() -> None:
    assert [(each.kind.value, each.late_after.isoformat()) for each in schedule(RELEASE)] == [
        ("72h", "2024-09-03"),
        ("w1", "2024-09-07"),
        ("w2", "2024-09-14"),
        ("w4", "2024-09-28"),
        ("m1", "2024-10-07"),
        ("m2", "2024-11-07"),
        ("m3", "2024-12-07"),
        ("m4", "2025-01-07"),
        ("m5", "2025-02-07"),
        ("m6", "2025-03-07"),
        ("m9", "2025-06-07"),
        ("m12", "2025-09-07"),
    ]


def test_high_risk_is_seen_weekly_then_every_two_weeks_and_low_risk_monthly() -> None:
    high, low = (Counter(each.kind.value[0] for each in schedule(RELEASE, risk)) for risk in (Risk.HIGH, Risk.LOW))
    assert (high["w"], high["f"], high["m"]) == (4, 4, 8)
    assert dict(low) == {"7": 1, "m": 8}


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)) | st.just(date(2024, 2, 29)), st.sampled_from(Risk))
def test_the_contact_of_a_month_is_never_made_before_its_window_has_ended(release, risk) -> None:
    for each in schedule(release, risk):
        assert release <= each.due_on <= each.late_after
        if each.kind.value.startswith("m"):
            assert each.due_on == months_after(release, int(each.kind.value[1:]))


def test_released_on_29_february_the_year_is_over_on_the_28th() -> None:
    assert form(date(2024, 2, 29), FollowUpKind.MONTH_12).due_on == date(2025, 2, 28)


def test_who_was_not_reached_is_tried_again_soon() -> None:
    first, third = form(RELEASE, FollowUpKind.HOURS_72), form(RELEASE, FollowUpKind.MONTH_3)
    assert next_try(first, RELEASE + timedelta(days=2)) == RELEASE + timedelta(days=3)
    assert next_try(third, third.due_on) == third.due_on + timedelta(days=7)
    assert next_try(third, third.due_on, Risk.HIGH) == third.due_on + timedelta(days=3)
    assert next_try(third, RELEASE) == third.due_on


def test_after_a_contact_the_day_of_the_next_one_is_proposed() -> None:
    waiting = [FollowUpForm(*each) for each in schedule(RELEASE)]
    assert next_due(waiting, date(2024, 9, 28)) == date(2024, 9, 30)
    assert next_due(waiting, date(2024, 10, 3)) == date(2024, 10, 4)
    assert next_due(waiting, date(2025, 9, 7)) is None


def test_what_should_have_come_before_is_passed_over() -> None:
    waiting = [FollowUpForm(*each) for each in schedule(RELEASE)]
    missed = passed_over(form(RELEASE, FollowUpKind.WEEK_2), waiting)
    assert [each.kind for each in missed] == [FollowUpKind.HOURS_72, FollowUpKind.WEEK_1]


WELL = ClosingFacts(RELEASE, (VIEW.NEEDS_HELP, VIEW.ON_TRACK, VIEW.ON_TRACK), 0, signed=True)


def test_a_case_is_closed_after_six_months_when_all_is_well() -> None:
    assert closing_gaps(WELL, date(2025, 2, 28)) == ()
    assert closing_gaps(WELL, date(2025, 2, 27)) == (ClosingGap.TOO_EARLY,)


@pytest.mark.parametrize(
    ("change", "gap"),
    [
        ({"release": None}, ClosingGap.NOT_RELEASED),
        ({"views": (VIEW.ON_TRACK,)}, ClosingGap.NOT_ON_TRACK),
        ({"views": (VIEW.ON_TRACK, VIEW.CRISIS, VIEW.ON_TRACK)}, ClosingGap.NOT_ON_TRACK),
        ({"views": (VIEW.ON_TRACK, None)}, ClosingGap.NOT_ON_TRACK),
        ({"open_safety_tasks": 1}, ClosingGap.SAFETY_TASKS),
        ({"signed": False}, ClosingGap.NOT_SIGNED),
    ],
)
def test_each_part_of_the_rule_stands_against_closing(change, gap) -> None:
    assert closing_gaps(replace(WELL, **change), date(2025, 6, 1)) == (gap,)
