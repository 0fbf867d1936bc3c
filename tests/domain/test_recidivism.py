"""Recidivism by the tables of the facts file, by hand on the edges, and by properties on any cohort."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlbb_desktop.domain.calendar_spans import months_after
from tlbb_desktop.domain.recidivism import (
    Aftermath,
    DataFault,
    ListCheck,
    RecidivismQuestion,
    ReleaseOn,
    ReoffenceOn,
    recidivism,
)
from tlbb_desktop.domain.reoffences import EvidenceLevel

AS_OF = date(2025, 3, 31)
#: Case-management facts, section 5: person -> release, return.
FACTS = {
    "A": ("2024-01-15", ""),
    "B": ("2024-01-15", "2024-07-14"),
    "C": ("2024-01-15", "2024-07-15"),
    "E": ("2024-08-31", "2025-02-27"),
    "F": ("2024-08-31", "2025-02-28"),
    "G": ("2024-11-20", "2025-01-05"),
    "H": ("2024-11-20", ""),
    "I": ("2023-06-10", "2024-06-10"),
    "J": ("2023-06-10", "2024-06-09"),
}


def day(text: str) -> date:
    return date.fromisoformat(text)


def person(number: int, released: str, event: str = "", **known) -> Aftermath:
    events = (ReoffenceOn(day(event)),) if event else ()
    return Aftermath(number, (ReleaseOn(day(released)),), events, **known)


def ask(people, as_of: date = AS_OF, **wishes):
    return recidivism(people, RecidivismQuestion(as_of, **wishes))


def window(people, months: int, as_of: date = AS_OF, **wishes):
    (found,) = ask(people, as_of, months=(months,), **wishes).windows
    return found


def named(numbers) -> str:
    return "".join("ABCEFGHIJ"[number] for number in sorted(numbers))


def test_the_table_of_the_facts_file_comes_out_as_it_was_computed() -> None:
    six, twelve = ask(person(number, *dates) for number, dates in enumerate(FACTS.values())).windows
    assert (len(six.events), six.n, named(six.events)) == (2, 7, "BE")
    assert named(six.events + six.free + six.unknown) == "ABCEFIJ"
    assert named(six.immature) == "GH"
    assert (len(twelve.events), twelve.n, named(twelve.events)) == (3, 5, "BCJ")
    assert named(twelve.immature) == "EFGH"


def test_no_percentage_stands_for_fewer_than_ten() -> None:
    six, _twelve = ask(person(number, *dates) for number, dates in enumerate(FACTS.values())).windows
    assert (six.rate_recorded, six.rate_known, six.rate_worst, six.interval) == (None, None, None, None)


def test_the_year_after_a_release_ends_on_its_own_day() -> None:
    returned = person(1, "2008-09-19", "2009-09-19")
    assert not window([returned], 12).events
    assert window([returned], 24).events == (1,)


@pytest.mark.parametrize(
    ("released", "windows"), [("2015-01-26", [12, 24, 36]), ("2015-01-27", [12, 24]), ("2015-01-25", [12, 24, 36])]
)
def test_a_window_is_mature_on_the_day_on_which_it_ends(released, windows) -> None:
    found = ask([person(1, released)], day("2018-01-26"), months=(12, 24, 36, 48)).windows
    assert [each.months for each in found if each.n] == windows


@pytest.mark.parametrize(
    ("released", "months", "last_day_inside"),
    [
        ("2024-02-29", 12, "2025-02-27"),
        ("2024-02-29", 48, "2028-02-28"),
        ("2023-08-29", 6, "2024-02-28"),
        ("2023-08-30", 6, "2024-02-28"),
        ("2023-08-31", 6, "2024-02-28"),
        ("2022-08-31", 6, "2023-02-27"),
        ("2024-02-28", 12, "2025-02-27"),
    ],
)
def test_a_window_over_the_end_of_february(released, months, last_day_inside) -> None:
    inside = day(last_day_inside)
    after = (inside + timedelta(days=1)).isoformat()
    as_of = date(2030, 1, 1)
    assert window([person(1, released, last_day_inside)], months, as_of).events == (1,)
    assert window([person(1, released, after)], months, as_of).events == ()


def test_an_event_on_the_29th_of_february_is_a_day_like_another() -> None:
    assert window([person(1, "2023-08-30", "2024-02-29")], 6).events == ()
    assert window([person(1, "2023-09-01", "2024-02-29")], 6).events == (1,)
    assert window([person(1, "2024-02-29", "2024-03-01")], 6).events == (1,)


def test_a_return_on_the_day_of_release_is_an_error_and_does_not_count() -> None:
    found = ask([person(1, "2024-01-15", "2024-01-15", known_until=AS_OF)], months=(6,))
    assert (found.windows[0].events, found.windows[0].free) == ((), (1,))
    assert [(each.person_id, each.fault) for each in found.faults] == [(1, DataFault.SAME_DAY)]


def test_an_event_before_the_release_is_an_error_and_does_not_count() -> None:
    found = ask([person(1, "2024-01-15", "2024-01-14")], months=(6,))
    assert (found.windows[0].events, found.windows[0].unknown) == ((), (1,))
    assert [each.fault for each in found.faults] == [DataFault.BEFORE_RELEASE]


def test_an_outcome_is_known_only_up_to_the_day_that_somebody_knows_of() -> None:
    released = "2024-01-15"
    assert window([person(1, released, known_until=day("2024-07-14"))], 6).unknown == (1,)
    assert window([person(1, released, known_until=day("2024-07-15"))], 6).free == (1,)
    late = window([person(1, released, "2024-08-01")], 6)
    assert (late.unknown, late.known) == ((1,), 0)


def test_three_figures_and_an_exact_interval_stand_for_ten_and_more() -> None:
    returned = [person(number, "2024-01-15", "2024-03-01") for number in range(2)]
    free = [person(number, "2024-01-15", known_until=AS_OF) for number in range(2, 12)]
    lost = [person(number, "2024-01-15") for number in range(12, 20)]
    six = window(returned + free + lost, 6)
    assert (six.n, len(six.events), six.known, len(six.unknown)) == (20, 2, 12, 8)
    assert (six.rate_recorded, six.rate_known, six.rate_worst) == (0.1, 2 / 12, 0.5)
    assert [round(each, 3) for each in six.interval] == [0.012, 0.317]


def test_the_share_of_those_known_needs_ten_who_are_known() -> None:
    six = window([person(number, "2024-01-15") for number in range(12)], 6)
    assert (six.rate_recorded, six.rate_known, six.rate_worst) == (0.0, None, 1.0)


def test_an_event_counts_from_the_level_that_is_asked_for() -> None:
    reported = Aftermath(1, (ReleaseOn(day("2024-01-15")),), (ReoffenceOn(day("2024-02-01"), EvidenceLevel.REPORT),))
    assert window([reported], 6).events == ()
    assert window([reported], 6, level=EvidenceLevel.REPORT).events == (1,)
    acquitted = replace(reported, events=(ReoffenceOn(day("2024-02-01"), EvidenceLevel.ACQUITTED),))
    assert window([acquitted], 6, level=EvidenceLevel.REPORT).events == ()


def test_the_first_counted_event_decides_also_when_a_weaker_one_came_before() -> None:
    events = (ReoffenceOn(day("2024-02-01"), EvidenceLevel.REPORT), ReoffenceOn(day("2024-08-01")))
    both = Aftermath(1, (ReleaseOn(day("2024-01-15")),), events)
    assert window([both], 6).events == ()
    assert window([both], 12).events == (1,)


def test_who_died_before_the_window_ended_leaves_it_and_is_listed() -> None:
    died = person(1, "2024-01-15", died_on=day("2024-07-14"))
    assert (window([died], 6).n, window([died], 6).died) == (0, (1,))
    later = replace(died, died_on=day("2024-07-15"))
    assert (window([later], 6).n, window([later], 12).died) == (1, (1,))


def test_an_event_before_a_death_is_not_forgotten() -> None:
    found = window([person(1, "2024-01-15", "2024-02-01", died_on=day("2024-03-01"))], 6)
    assert (found.events, found.died) == ((1,), ())


def test_people_count_once_by_their_first_release_in_the_cohort() -> None:
    twice = Aftermath(
        1,
        (ReleaseOn(day("2023-09-01"), completed=True), ReleaseOn(day("2022-01-10"))),
        (ReoffenceOn(day("2023-10-01")),),
    )
    assert (window([twice], 6).n, window([twice], 6).events) == (1, ())
    assert window([twice], 6, completers=True).events == (1,)
    assert window([twice], 6, first=day("2023-01-01")).events == (1,)
    assert window([twice], 6, last=day("2022-12-31")).events == ()
    assert window([twice], 6, first=day("2024-01-01")).n == 0


def test_completers_and_all_are_two_cohorts() -> None:
    people = [Aftermath(number, (ReleaseOn(day("2024-01-15"), completed=number > 3),)) for number in range(10)]
    assert (window(people, 6).n, window(people, 6, completers=True).n) == (10, 6)


def test_what_happened_after_the_day_that_is_asked_for_is_not_yet_there() -> None:
    later = person(1, "2024-01-15", "2025-04-01")
    assert ask([later], months=(24,)).ever.events == ()
    assert ask([later], date(2026, 1, 15), months=(24,)).ever.events == (1,)
    assert ask([person(1, "2025-04-01")]).ever.released == ()


def test_an_admission_list_makes_an_outcome_known_at_its_own_prison_only() -> None:
    checked = person(1, "2024-01-15", checks=(ListCheck(AS_OF, 7),))
    assert window([checked], 6).unknown == (1,)
    assert window([checked], 6, prison_id=7).free == (1,)
    assert window([checked], 6, prison_id=8).unknown == (1,)
    elsewhere = replace(checked, events=(ReoffenceOn(day("2024-03-01"), EvidenceLevel.IMPRISONMENT, prison_id=8),))
    assert window([elsewhere], 6).events == (1,)
    assert window([elsewhere], 6, prison_id=7).free == (1,)
    assert window([elsewhere], 6, prison_id=8).events == (1,)


def test_ever_says_for_how_long_people_were_seen() -> None:
    people = [
        person(1, "2024-01-15", "2024-02-15"),
        person(2, "2024-01-15", known_until=day("2024-05-15")),
        person(3, "2024-01-15"),
    ]
    ever = ask(people).ever
    assert (ever.events, ever.released, ever.median_months) == ((1,), (1, 2, 3), 1.0)
    assert ask([]).ever.median_months is None


DAYS = st.dates(date(2018, 1, 1), date(2026, 12, 31)) | st.sampled_from(
    [date(2020, 2, 29), date(2024, 2, 29), date(2023, 8, 31), date(2024, 2, 28)]
)
EVENTS = st.builds(ReoffenceOn, DAYS, st.sampled_from(EvidenceLevel), st.sampled_from((None, 1, 2)))
RELEASES = st.lists(st.builds(ReleaseOn, DAYS, st.booleans()), min_size=1, max_size=3).map(tuple)
OPTIONAL_DAYS = st.none() | DAYS
COHORTS = st.lists(
    st.builds(
        Aftermath,
        person_id=st.just(0),
        releases=RELEASES,
        events=st.lists(EVENTS, max_size=3).map(tuple),
        known_until=OPTIONAL_DAYS,
        died_on=OPTIONAL_DAYS,
    ),
    max_size=30,
).map(lambda people: [replace(each, person_id=number) for number, each in enumerate(people)])
QUESTIONS = st.builds(
    RecidivismQuestion,
    as_of=DAYS,
    months=st.lists(st.integers(1, 48), min_size=1, max_size=3, unique=True).map(tuple),
    completers=st.booleans(),
    level=st.sampled_from(list(EvidenceLevel)[1:]),
)


@given(COHORTS, QUESTIONS)
def test_everybody_released_stands_in_exactly_one_list_of_a_window(people, question) -> None:
    table = recidivism(people, question)
    for found in table.windows:
        everybody = found.events + found.free + found.unknown + found.died + found.immature
        assert sorted(everybody) == sorted(table.ever.released)
        assert found.n == len(found.events) + len(found.free) + len(found.unknown)
        assert set(found.events) <= set(table.ever.events)


@given(COHORTS, QUESTIONS)
def test_the_three_figures_stand_in_order(people, question) -> None:
    for found in recidivism(people, question).windows:
        if found.rate_recorded is not None:
            assert found.rate_recorded <= found.rate_worst
            assert found.interval.low <= found.rate_recorded <= found.interval.high
            assert found.rate_known is None or found.rate_recorded <= found.rate_known


@given(COHORTS, QUESTIONS)
def test_a_stricter_level_never_finds_more(people, question) -> None:
    strict = recidivism(people, replace(question, level=EvidenceLevel.IMPRISONMENT))
    for loose, tight in zip(recidivism(people, question).windows, strict.windows, strict=True):
        assert set(tight.events) <= set(loose.events)


@given(COHORTS, DAYS, st.integers(1, 24))
def test_where_everything_is_known_the_curve_says_what_the_count_says(people, as_of, months) -> None:
    seen = [replace(each, known_until=as_of, died_on=None) for each in people]
    mature = [each for each in seen if months_after(min(each.releases).day, months) <= as_of]
    table = ask(mature, as_of, months=(months,))
    (found,) = table.windows
    step = table.estimate(months)
    assert found.n == len(mature)
    if mature:
        assert (1 - step.free if step else 0) == pytest.approx(len(found.events) / len(mature))
