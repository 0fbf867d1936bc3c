"""Honest outcomes: recidivism over the people whom the reader may see, and who stands behind each number."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from tlbb_desktop.data.queries import outcomes as queries
from tlbb_desktop.data.queries.outcomes import OutcomePerson
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.outcome_reports import EVERYBODY, OutcomeFilter
from tlbb_desktop.domain.recidivism import Aftermath, RecidivismQuestion, RecidivismTable, recidivism
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.office import Office
from tlbb_desktop.services.outcome_reading import OutcomeMemory, OutcomeReading, collector_at_rest, first_in


class OutcomeService:
    """Figures about what came after releases.

    Args:
        office: who asks, and on which record.
        memory: what was opened for other figures.
    """

    def __init__(self, office: Office, memory: OutcomeMemory) -> None:
        self._office, self._memory = office, memory

    def recidivism(self, question: RecidivismQuestion, wish: OutcomeFilter = EVERYBODY) -> RecidivismTable:
        """The answer to a question about re-offending, with people as rows. Reading it is written to the audit.

        Raises:
            Refused: the as-of day has not come yet, or a window has no length.
            NotPermitted: the reader sees no outcomes.
        """
        if question.as_of > self._office.clock.today():
            raise Refused(N_("The day {day} has not come yet."), place="as_of", day=question.as_of)
        if not question.months or min(question.months) < 1:
            raise Refused(N_("A window is one month long or more."), place="months")
        prisons = self._office.prison_limit(Action.OUTCOME_READ)
        with collector_at_rest(), self._office.act(Action.OUTCOME_READ, enters=False) as act:
            reading = self._memory.outcomes(act.connection, self._office.cipher, prisons, act.actor.staff_id)
            act.record("protected_read", "outcome:recidivism", f"people:{len(reading.releases)}")
            wanted = _wanted(act.connection, reading, wish)
            return recidivism(wanted, question)

    def people(self, ids: Iterable[int]) -> tuple[OutcomePerson, ...]:
        """Who stands behind a number, in order of code; people whose outcomes the reader does not see are left out.

        Raises:
            NotPermitted: the reader sees no outcomes.
        """
        prisons, wanted = self._office.prison_limit(Action.OUTCOME_READ), set(ids)
        with self._office.read(Action.OUTCOME_READ) as connection:
            if prisons is not None:
                me = self._office.actor.staff_id
                seen = {row.person_id for row in queries.releases(connection, prisons, me)}
                wanted &= seen | queries.inside(connection, prisons, me, self._office.clock.today().isoformat()).keys()
            return tuple(sorted(queries.people_of(connection, wanted).values(), key=lambda each: each.code))


def _wanted(connection: Connection, reading: OutcomeReading, wish: OutcomeFilter) -> Iterable[Aftermath]:
    if wish == EVERYBODY:
        return reading.aftermaths
    people = queries.people_of(connection, reading.releases)
    return [each for each in reading.aftermaths if _is_wanted(reading, people[each.person_id], wish)]


def _is_wanted(reading: OutcomeReading, person: OutcomePerson, wish: OutcomeFilter) -> bool:
    first = first_in(wish, reading.releases[person.id])
    return (
        wish.sex in (None, person.sex)
        and (wish.trade is None or wish.trade in person.trades)
        and (wish.prison_id is None or (first is not None and first.prison_id == wish.prison_id))
    )
