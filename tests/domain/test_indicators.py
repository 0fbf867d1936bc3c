"""Indicators are data over measures of one person; each is checked on somebody who can be followed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.test_recidivism import COHORTS, DAYS
from tlbb_desktop.domain.evidence_indicators import counts_reoffending, indicator_with_key, level_of, report_keys
from tlbb_desktop.domain.follow_ups import Reached, WorkStatus
from tlbb_desktop.domain.indicator_facts import ContactFact, PersonFacts
from tlbb_desktop.domain.indicators import BY_KEY, INDICATORS, MEASURES, Indicator, count
from tlbb_desktop.domain.recidivism import RecidivismQuestion, recidivism
from tlbb_desktop.domain.reoffences import EvidenceLevel

RELEASED = date(2025, 8, 31)
AS_OF = date(2026, 11, 27)
FREE = PersonFacts(1, RELEASED, ready=True)


def contact(day: str, **said) -> ContactFact:
    return ContactFact(date.fromisoformat(day), said.pop("reached", Reached.IN_PERSON), **said)


def answer(key: str, person: PersonFacts, as_of: date = AS_OF) -> str:
    figure = count(BY_KEY[key], [person], as_of)
    found = [name for name in ("events", "others", "unknown") if getattr(figure, name)]
    return found[0] if found else "outside"


def facts_of(people) -> list[PersonFacts]:
    return [
        PersonFacts(
            each.person_id,
            min(release.day for release in each.releases),
            min((release.day for release in each.releases if release.completed), default=None),
            events=tuple((event.day, event.level) for event in each.events),
            known_until=each.known_until,
            died_on=each.died_on,
        )
        for each in people
    ]


def test_every_indicator_names_measures_that_exist() -> None:
    assert all(each.among in MEASURES and each.counts in MEASURES for each in INDICATORS)
    assert len(BY_KEY) == len(INDICATORS)


@pytest.mark.parametrize(
    ("work", "hours", "found"),
    [
        (WorkStatus.EMPLOYED, 40, "events"),
        (WorkStatus.SELF_EMPLOYED, None, "events"),
        (WorkStatus.EMPLOYED, 0, "others"),
        (WorkStatus.APPRENTICE, 40, "others"),
        (WorkStatus.SEEKING, None, "others"),
        (None, None, "unknown"),
    ],
)
def test_work_in_month_six_is_what_the_contact_around_it_says(work, hours, found) -> None:
    assert answer("employment-6", replace(FREE, contacts=(contact("2026-03-05", work=work, hours=hours),))) == found


def test_a_contact_too_far_from_the_month_says_nothing_of_it() -> None:
    told = replace(FREE, contacts=(contact("2026-01-20", work=WorkStatus.EMPLOYED),))
    assert (answer("employment-6", told), answer("employment-3", told)) == ("unknown", "unknown")
    near = replace(FREE, contacts=(contact("2025-12-30", work=WorkStatus.EMPLOYED),))
    assert answer("employment-3", near) == "events"


def test_the_last_answer_around_a_month_decides() -> None:
    contacts = (contact("2026-03-20", work=WorkStatus.SEEKING), contact("2026-02-20", work=WorkStatus.EMPLOYED))
    assert answer("employment-6", replace(FREE, contacts=contacts)) == "others"


def test_who_is_not_out_for_long_enough_is_outside() -> None:
    assert answer("employment-6", FREE, date(2026, 2, 27)) == "outside"
    assert answer("employment-6", FREE, date(2026, 2, 28)) == "unknown"


def test_follow_up_counts_who_was_spoken_to_and_not_who_was_heard_of() -> None:
    family = replace(FREE, contacts=(contact("2026-03-01", reached=Reached.FAMILY_ONLY),))
    assert answer("coverage-6", family) == "others"
    assert answer("coverage-6", replace(FREE, contacts=(contact("2026-03-01", reached=Reached.BY_PHONE),))) == "events"


def test_the_first_contact_is_in_time_on_the_third_day() -> None:
    assert answer("first-contact", replace(FREE, contacts=(contact("2025-09-03"),))) == "events"
    assert answer("first-contact", replace(FREE, contacts=(contact("2025-09-04"),))) == "others"


def test_the_promise_of_six_months_needs_a_contact_for_each() -> None:
    days = ("2025-09-30", "2025-10-31", "2025-11-30", "2025-12-31", "2026-01-31", "2026-03-01")
    assert answer("promise-6", replace(FREE, contacts=tuple(map(contact, days)))) == "events"
    assert answer("promise-6", replace(FREE, contacts=tuple(map(contact, days[2:])))) == "others"


def test_readiness_leaves_out_whom_nobody_planned_for() -> None:
    assert answer("ready", FREE) == "events"
    assert answer("ready", replace(FREE, ready=False)) == "others"
    assert answer("ready", replace(FREE, ready=None)) == "outside"


def test_family_contact_is_of_juveniles_inside() -> None:
    inside = PersonFacts(1, family_contacts=(date(2026, 8, 28),), juvenile=True)
    assert answer("family-contact", inside) == "events"
    assert answer("family-contact", replace(inside, family_contacts=(date(2026, 8, 27),))) == "others"
    assert answer("family-contact", replace(inside, juvenile=False)) == "outside"
    assert answer("family-contact", FREE) == "outside"


def test_the_trade_is_asked_of_those_in_work() -> None:
    working = contact("2026-03-01", work=WorkStatus.EMPLOYED, trained=True)
    assert answer("trade-6", replace(FREE, contacts=(working,))) == "events"
    assert answer("trade-6", replace(FREE, contacts=(working._replace(trained=None),))) == "unknown"
    assert answer("trade-6", replace(FREE, contacts=(working._replace(work=WorkStatus.SEEKING),))) == "outside"


def test_a_further_indicator_is_a_line_of_data() -> None:
    nine = Indicator("employment-9", "", "", "mature", "employed", 9)
    person = replace(FREE, contacts=(contact("2026-05-31", work=WorkStatus.EMPLOYED),))
    assert count(nine, [person], AS_OF).events == (1,)


@pytest.mark.parametrize(
    ("key", "months", "level"),
    [
        ("recidivism-6", 6, EvidenceLevel.ARREST),
        ("recidivism-24", 24, EvidenceLevel.ARREST),
        ("recidivism-12-completers-level-4", 12, EvidenceLevel.CONVICTION),
    ],
)
def test_the_key_of_an_indicator_spells_window_cohort_and_evidence(key, months, level) -> None:
    indicator = indicator_with_key(key)
    assert (indicator.key, indicator.months, level_of(key), counts_reoffending(indicator)) == (key, months, level, True)
    assert {indicator.among, indicator.counts} <= MEASURES.keys()


@pytest.mark.parametrize("key", ["recidivism-0", "recidivism-6-level-6", "recidivism-6-level-0", "recidivism", "work"])
def test_a_key_that_spells_no_question_has_no_indicator(key) -> None:
    assert indicator_with_key(key) is None


def test_a_report_asks_about_all_and_completers_apart_and_then_everything_else() -> None:
    keys = report_keys((6, 12), EvidenceLevel.CHARGE, (False, True))
    assert keys[:4] == (
        "recidivism-6-level-3",
        "recidivism-12-level-3",
        "recidivism-6-completers-level-3",
        "recidivism-12-completers-level-3",
    )
    assert set(keys[4:]) == {each.key for each in INDICATORS if not each.key.startswith("recidivism")}


@given(COHORTS, DAYS, st.sampled_from(EvidenceLevel), st.sampled_from((1, 3, 6, 12, 24)), st.booleans())
def test_each_level_window_and_cohort_is_counted_as_the_table_counts_it(people, as_of, level, months, only) -> None:
    level = max(level, EvidenceLevel.REPORT)
    figure = count(indicator_with_key(report_keys((months,), level, (only,))[0]), facts_of(people), as_of)
    (window,) = recidivism(people, RecidivismQuestion(as_of, (months,), completers=only, level=level)).windows
    assert (set(figure.events), set(figure.others), set(figure.unknown)) == (
        set(window.events), set(window.free), set(window.unknown),
    )  # fmt: skip


@given(COHORTS, DAYS)
def test_the_registry_counts_re_offending_as_the_table_does(people, as_of) -> None:
    table = recidivism(people, RecidivismQuestion(as_of, (6,)))
    figure = count(BY_KEY["recidivism-6"], facts_of(people), as_of)
    (window,) = table.windows
    assert (set(figure.events), set(figure.others), set(figure.unknown)) == (
        set(window.events), set(window.free), set(window.unknown),
    )  # fmt: skip
