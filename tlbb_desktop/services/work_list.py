"""Today is the work list: what is due today, overdue, this week, for the cases that somebody works with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection

from tlbb_desktop.data.queries import today as today_queries
from tlbb_desktop.data.queries import work_list as queries
from tlbb_desktop.data.queries.people import names_of
from tlbb_desktop.domain.case_plans import Doer
from tlbb_desktop.domain.release_dates import planned_day
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.domain.work_list import (
    WEEK_DAYS,
    DoneLine,
    WorkKind,
    WorkLine,
    WorkList,
    bucket,
    punctuality,
)
from tlbb_desktop.security.permissions import Action, Scope
from tlbb_desktop.services import due_sources as sources
from tlbb_desktop.services.done_reading import done_since
from tlbb_desktop.services.due_index import DueIndex, DueSource
from tlbb_desktop.services.due_sources import Due
from tlbb_desktop.services.legal_reading import LONGEST_RUN, days_off_around
from tlbb_desktop.services.office import Office

#: So many lines of each part are shown; the counts are of all.
MOST_LINES: Final = 300
_BUCKETS: Final = ("overdue", "today", "week")


class _Found(NamedTuple):
    """A line before it is worded, so that names are read of shown lines only."""

    due_on: date
    kind: WorkKind
    case_id: int
    subject_id: int
    title: str = ""
    restricted: bool = False


class WorkListService:
    """The work list.

    Args:
        office: who acts on which record.
        index: remembers the sealed due days.
    """

    def __init__(self, office: Office, index: DueIndex) -> None:
        self._office = office
        self._index = index

    def page(self, *, mine: bool | None = None) -> WorkList:
        """What the actor has to do.

        A social worker sees the cases that are theirs, a manager all, a liaison releases and the own items. Titles and
        due days are protected: reading them is written to the audit.

        Args:
            mine: only cases that the actor is responsible for; None = as the role works.
        """
        limit = self._office.prison_limit(Action.WORK_LIST)
        role, me, today = self._office.actor.role, self._office.actor.staff_id, self._office.clock.today()
        only_mine = role is Role.SOCIAL_WORKER if mine is None else mine
        with self._office.read(Action.WORK_LIST) as connection:
            cases = {key.case_id: key for key in queries.open_cases(connection, limit, me, mine=only_mine)}
            found = self._of_liaison if role is Role.LIAISON else self._of_care
            lines = self._sorted(found(connection, cases, today), cases, today)
            shown = {name: each[:MOST_LINES] for name, each in lines.items()}
            people = queries.people_shown(connection, {line.case_id for each in shown.values() for line in each})
            worded = {name: tuple(self._line(line, people, cases) for line in each) for name, each in shown.items()}
            counts = {name: len(each) for name, each in lines.items()}
            page = WorkList(today, worded["overdue"], worded["today"], worded["week"], counts)
            page = self._with_approvals(connection, page, limit)
        self._note_read(Action.WORK_LIST, sum(counts.values()))
        return page

    def lately(self, days: int = WEEK_DAYS + 1) -> tuple[DoneLine, ...]:
        """What was typed in as done within so many days, the newest first: on time, on time but entered later, late.

        Reading it is written to the audit.

        Args:
            days: how far back, today counted in.
        """
        limit = self._office.prison_limit(Action.CARE_READ)
        role, me = self._office.actor.role, self._office.actor.staff_id
        since = self._office.clock.today() - timedelta(days=days - 1)
        with self._office.read(Action.CARE_READ) as connection:
            mine = role is Role.SOCIAL_WORKER
            cases = {key.case_id for key in queries.open_cases(connection, limit, me, mine=mine)}
            done = [each for each in done_since(connection, self._office.cipher, since) if each.case_id in cases]
            people = queries.people_shown(connection, {each.case_id for each in done})
        self._note_read(Action.CARE_READ, len(done))
        lines = [
            DoneLine(
                each.kind,
                each.case_id,
                people[each.case_id].code,
                names_of(people[each.case_id]).shown,
                each.due_on,
                each.done_on,
                each.entered_on,
                punctuality(each.due_on, each.done_on, each.entered_on),
            )
            for each in done
        ]
        return tuple(sorted(lines, key=lambda line: (line.entered_on, line.done_on), reverse=True))

    def _note_read(self, action: Action, lines: int) -> None:
        """An act of its own, so that nobody waits for the writer while a long list is read."""
        with self._office.act(action, enters=False) as act:
            act.record("protected_read", "work_list", f"lines:{lines}")

    def _of_care(self, connection: Connection, cases: dict[int, queries.CaseKey], today: date) -> Iterator[_Found]:
        until = today + timedelta(days=WEEK_DAYS)
        for kind, source in sources.SEALED_WORK:
            yield from _due(kind, self._values(connection, source), until)
        for row, due in self._values(connection, sources.FIRST_CONTACTS).items():
            if due.due_on is not None:
                yield _Found(due.due_on + timedelta(days=3), WorkKind.FIRST_CONTACT, due.case_id, row)
        yield from self._releases(connection, cases, today)
        for kind, rows in (
            (WorkKind.CONSENTS, queries.consents_due(connection)),
            (WorkKind.PLAN_MISSING, queries.plans_missing(connection, until)),
            (WorkKind.VISIT_GAP, queries.visits_missing(connection, today)),
        ):
            for case_id, due_on in rows:
                yield _Found(due_on, kind, case_id, case_id)
        if self._office.scope(Action.CASE_ASSIGN) is not Scope.NONE:
            for key in cases.values():
                if key.worker_left:
                    yield _Found(today, WorkKind.WORKER_LEFT, key.case_id, key.case_id)

    def _of_liaison(self, connection: Connection, cases: dict[int, queries.CaseKey], today: date) -> Iterator[_Found]:
        """Releases, urgent legal tasks, and the items that are the liaison's own."""
        until = today + timedelta(days=WEEK_DAYS)
        yield from _due(WorkKind.TASK, self._values(connection, sources.LEGAL_TASKS), until)
        items = self._values(connection, sources.LIAISON_ITEMS)
        own = {row: due for row, due in items.items() if due.owner is Doer.LIAISON}
        yield from _due(WorkKind.RELEASE_ITEM, own, until)
        yield from self._releases(connection, cases, today)

    def _releases(self, connection: Connection, cases: dict[int, queries.CaseKey], today: date) -> Iterator[_Found]:
        """Those whose planned day is at most a week ahead; a passed one says that nobody noted the release."""
        by_person = {key.person_id: key.case_id for key in cases.values()}
        last = today + timedelta(days=WEEK_DAYS) + LONGEST_RUN
        near = [
            (by_person[due.case_id], due.due_on)
            for due in self._values(connection, sources.RELEASE_DATES).values()
            if due.case_id in by_person and due.due_on is not None and due.due_on <= last
        ]
        off = days_off_around(connection, (day for _, day in near))
        for case_id, official in near:
            yield _Found(planned_day(official, off), WorkKind.RELEASE, case_id, case_id)

    def _sorted(
        self, found: Iterable[_Found], cases: dict[int, queries.CaseKey], today: date
    ) -> dict[str, list[_Found]]:
        lines: dict[str, list[_Found]] = {name: [] for name in _BUCKETS}
        for line in found:
            name = bucket(line.due_on, today) if line.case_id in cases else None
            if name is not None:
                lines[name].append(line)
        return {name: sorted(each) for name, each in lines.items()}

    def _line(self, line: _Found, people: dict[int, Any], cases: dict[int, queries.CaseKey]) -> WorkLine:
        person = people[line.case_id]
        kept_back = line.restricted and not self._opens(cases[line.case_id])
        return WorkLine(
            line.kind,
            line.due_on,
            line.case_id,
            person.person_id,
            person.code,
            names_of(person).shown,
            person.prison,
            line.subject_id,
            "" if kept_back else line.title,
            kept_back,
            person.worker,
        )

    def _opens(self, key: queries.CaseKey) -> bool:
        """As ``CaseAccess.opens_own``, for a case that is among the actor's already."""
        mine = key.worker_id == self._office.actor.staff_id
        nobodys = key.worker_id is None and self._office.scope(Action.COUNSELLING_OWN) is Scope.OWN
        return mine or nobodys

    def _values(self, connection: Connection, source: DueSource) -> dict[int, Due]:
        return self._index.values(connection, self._office.cipher, source)

    def _with_approvals(self, connection: Connection, page: WorkList, limit: frozenset[int] | None) -> WorkList:
        if not self._office.may(Action.PLAN_APPROVE):
            return page
        certificates, plans = today_queries.approvals(connection, limit, plans=True)
        return WorkList(page.day, page.overdue, page.today, page.week, page.counts, plans, certificates)


def _due(kind: WorkKind, values: dict[int, Due], until: date) -> Iterator[_Found]:
    for row, due in values.items():
        if due.due_on is not None and due.due_on <= until:
            yield _Found(due.due_on, kind, due.case_id, row, due.title, due.restricted)
