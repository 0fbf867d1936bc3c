"""Indicators are data over measures of one person; each is checked on somebody who can be followed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from tests.domain.test_recidivism import COHORTS, DAYS
from tlbb_desktop.domain.follow_ups import Reached, WorkStatus
from tlbb_desktop.domain.indicators import BY_KEY, INDICATORS, MEASURES, ContactFact, Indicator, PersonFacts, count
from tlbb_desktop.domain.recidivism import RecidivismQuestion, recidivism

RELEASED = date(2025, 8, 31)
AS_OF = date(2026, 11, 27)
FREE = PersonFacts(1, RELEASED, ready=True)


def contact(day: str, **said) -> ContactFact:
    return ContactFact(date.fromisoformat(day), said.pop("reached", Reached.IN_PERSON), **said)


def answer(key: str, person: PersonFacts, as_of: date = AS_OF) -> str:
    figure = count(BY_KEY[key], [person], as_of)
    found = [name for name in ("events", "others", "unknown") if getattr(figure, name)]
    return found[0] if found else "outside"


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


@given(COHORTS, DAYS)
def test_the_registry_counts_re_offending_as_the_table_does(people, as_of) -> None:
    table = recidivism(people, RecidivismQuestion(as_of, (6,)))
    facts = [
        PersonFacts(
            each.person_id,
            min(release.day for release in each.releases),
            events=tuple((event.day, event.level) for event in each.events),
            known_until=each.known_until,
            died_on=each.died_on,
        )
        for each in people
    ]
    figure = count(BY_KEY["recidivism-6"], facts, as_of)
    (window,) = table.windows
    assert (set(figure.events), set(figure.others), set(figure.unknown)) == (
        set(window.events), set(window.free), set(window.unknown),
    )  # fmt: skip
