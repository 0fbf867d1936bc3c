"""Who leaves soon: with what is missing, as counts and own items; and the list for the gate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Connection, select

from tlbb_desktop.data import models
from tlbb_desktop.data.queries import people as people_queries
from tlbb_desktop.domain.case_plans import PlanStatus
from tlbb_desktop.domain.people import PersonRow
from tlbb_desktop.domain.release_dates import planned_day
from tlbb_desktop.domain.release_plans import LeavingLine, Light, Readiness, ReleaseItem
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.due_index import DueIndex
from tlbb_desktop.services.due_sources import RELEASE_DATES
from tlbb_desktop.services.legal_reading import LONGEST_RUN, days_off_around
from tlbb_desktop.services.office import Office
from tlbb_desktop.services.release_item_rows import OWN_DOER, readable_items, readiness_in

GATE_DAYS: Final = 7
_NOTHING: Final = Readiness()


@dataclass(frozen=True, slots=True)
class _Plan:
    """The plan that counts of somebody: its case and row."""

    case_id: int
    worker: str
    row: Any


class ReleaseListService:
    """Lists of those who leave.

    Args:
        office: who acts on which record.
        index: remembers the sealed release dates.
    """

    def __init__(self, office: Office, index: DueIndex) -> None:
        self._office = office
        self._index = index

    def leaving(self, within: int = 90) -> tuple[LeavingLine, ...]:
        """Whoever leaves within so many days, with the counts of their plan and the reader's own open items.

        Whoever should have left and is not noted as released comes first. Titles of health, substance and family items
        are never among them for a liaison: they lie under keys that a liaison does not hold.

        Args:
            within: days ahead, 0 or more.
        """
        limit = self._office.prison_limit(Action.RELEASE_LIST)
        with self._office.act(Action.RELEASE_LIST, enters=False) as act:
            act.record("protected_read", "release_list", f"within:{within}")
            return self._lines(act.connection, within, limit)

    def gate_list(self, within: int = GATE_DAYS) -> tuple[LeavingLine, ...]:
        """The names for the gate: who leaves within so many days, without anything about their plans."""
        limit = self._office.prison_limit(Action.RELEASE_LIST)
        with self._office.act(Action.RELEASE_LIST, enters=False) as act:
            act.record("gate_list", "release_list", f"within:{within}")
            lines = self._lines(act.connection, within, limit)
        return tuple(_bare(line) for line in lines)

    def _lines(self, connection: Connection, within: int, limit: frozenset[int] | None) -> tuple[LeavingLine, ...]:
        today = self._office.clock.today()
        last = today + timedelta(days=within)
        dates = self._index.values(connection, self._office.cipher, RELEASE_DATES).values()
        near = {due.case_id: due.due_on for due in dates if due.due_on and due.due_on <= last + LONGEST_RUN}
        off = days_off_around(connection, near.values())
        planned = {person: planned_day(day, off) for person, day in near.items()}
        leaving = [person for person, day in planned.items() if day <= last]
        people = people_queries.person_rows(connection, leaving, today, limit)
        plans = self._plans(connection, people)
        items = self._own_items(connection, [plan.row.id for plan in plans.values() if plan.row is not None])
        lines = [
            self._line(person, near[person.id], planned[person.id], plans.get(person.id), items, today)
            for person in people.values()
        ]
        return tuple(sorted(lines, key=lambda each: (each.planned_on, each.code)))

    def _line(
        self,
        person: PersonRow,
        official_on: date,
        planned_on: date,
        plan: _Plan | None,
        items: dict[int, tuple[ReleaseItem, ...]],
        today: date,
    ) -> LeavingLine:
        row = None if plan is None else plan.row
        readiness = _NOTHING if row is None else readiness_in(row)
        days_left = (planned_on - today).days
        return LeavingLine(
            case_id=plan.case_id if plan else 0,
            person_id=person.id,
            code=person.code,
            shown_name=person.names.shown,
            prison=person.prison,
            official_on=official_on,
            planned_on=planned_on,
            days_left=days_left,
            plan_id=None if row is None else row.id,
            readiness=readiness,
            light=light_of(readiness, days_left, planned=row is not None),
            own_items=() if row is None else items.get(row.id, ()),
            approved=row is not None and row.status == PlanStatus.ACTIVE,
            worker=plan.worker if plan else "",
        )

    def _plans(self, connection: Connection, people: Iterable[int]) -> dict[int, _Plan]:
        """The open case of each with the plan that counts: the active one, else the newest draft, else none."""
        case, plan = models.CaseFileRow, models.ReleasePlanRow
        found: dict[int, _Plan] = {}
        cases = connection.execute(
            select(case.id, case.person_id, models.Staff.name.label("worker"))
            .outerjoin(models.Staff, models.Staff.id == case.worker_id)
            .where(case.person_id.in_(list(people)), case.state == "open")
        ).all()
        rows = connection.execute(
            select(plan.__table__)
            .where(plan.case_id.in_([each.id for each in cases]), plan.status.in_(("draft", "active")))
            .order_by(plan.status == "active", plan.number)
        )
        newest = {row.case_id: row for row in rows}
        for each in cases:
            found[each.person_id] = _Plan(each.id, each.worker or "", newest.get(each.id))
        return found

    def _own_items(self, connection: Connection, plan_ids: list[int]) -> dict[int, tuple[ReleaseItem, ...]]:
        """The open items that the reader does, but for health and substances, which stand in the plan itself."""
        mine = OWN_DOER[self._office.actor.role]
        found = readable_items(connection, self._office.cipher, plan_ids, restricted=False)
        return {
            plan_id: tuple(item for item in items if item.form.owner is mine and item.form.is_open)
            for plan_id, items in found.items()
        }


def light_of(readiness: Readiness, days_left: int, *, planned: bool) -> Light:
    """The light of a line; somebody without any plan is red or amber by the days alone."""
    counted = readiness if planned else Readiness(1, 0, 1, 0)
    return counted.light(days_left)


def _bare(line: LeavingLine) -> LeavingLine:
    return LeavingLine(
        case_id=0,
        person_id=line.person_id,
        code=line.code,
        shown_name=line.shown_name,
        prison=line.prison,
        official_on=line.official_on,
        planned_on=line.planned_on,
        days_left=line.days_left,
        plan_id=None,
        readiness=_NOTHING,
        light=line.light,
    )
