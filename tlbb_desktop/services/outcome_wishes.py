"""Whose outcomes are counted: the filter of a report over people, as it is kept with the report, and in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Connection, select

from tlbb_desktop.data import models
from tlbb_desktop.data.queries import outcomes as queries
from tlbb_desktop.domain.indicator_facts import PersonFacts
from tlbb_desktop.domain.outcome_reports import EVERYBODY, OutcomeFilter, Whose
from tlbb_desktop.domain.people import Sex
from tlbb_desktop.domain.plan_papers import NOTHING_SAID, PlanText
from tlbb_desktop.services.certificate_issuing import sites
from tlbb_desktop.services.office import Act


def chosen(
    connection: Connection, facts: Iterable[PersonFacts], where: Mapping[int, int | None], wish: OutcomeFilter
) -> list[PersonFacts]:
    """Those of *facts* whom the filter lets through.

    Args:
        connection: to read with.
        facts: of everybody whom the reader may see; of those released, by the first release in the cohort.
        where: person -> prison.
        wish: the filter.
    """
    if wish == EVERYBODY:
        return list(facts)
    people = queries.people_of(connection, where)
    return [
        each
        for each in facts
        if wish.sex in (None, people[each.person_id].sex)
        and (wish.trade is None or wish.trade in people[each.person_id].trades)
        and wish.prison_id in (None, where[each.person_id])
        and (each.released_on is not None or (wish.first is None and wish.last is None))
    ]


def filter_written(wish: OutcomeFilter) -> dict[str, str]:
    """The filter as an issued report keeps it."""
    said = {
        "prison": "" if wish.prison_id is None else str(wish.prison_id),
        "trade": wish.trade or "",
        "sex": wish.sex.value if wish.sex else "",
        "first": wish.first.isoformat() if wish.first else "",
        "last": wish.last.isoformat() if wish.last else "",
    }
    return {name: value for name, value in said.items() if value}


def filter_read(stored: Mapping[str, str]) -> OutcomeFilter:
    """The filter that an issued report was counted with."""
    return OutcomeFilter(
        int(stored["prison"]) if "prison" in stored else None,
        stored.get("trade"),
        Sex(stored["sex"]) if "sex" in stored else None,
        date.fromisoformat(stored["first"]) if "first" in stored else None,
        date.fromisoformat(stored["last"]) if "last" in stored else None,
    )


def whose(act: Act, wish: OutcomeFilter) -> Whose:
    """The filter for a paper, with the names of the prison and of the course."""
    table = models.Course
    named = select(table.name_km, table.name_en).where(table.code == wish.trade)
    course = act.session.execute(named).first() if wish.trade else None
    prisons = {each.id: PlanText(each.name_km, each.name_en) for each in sites(act)}
    return Whose(
        NOTHING_SAID if wish.prison_id is None else prisons[wish.prison_id],
        PlanText(*course) if course else PlanText(wish.trade or ""),
        wish.sex,
        wish.first,
        wish.last,
    )
