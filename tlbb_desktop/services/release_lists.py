"""Who leaves soon: with what is missing, as counts and own items; and the list for the gate."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import Connection, select

from tlbb_desktop.data import models
from tlbb_desktop.data.queries import releases as queries
from tlbb_desktop.data.queries.people import names_of
from tlbb_desktop.domain.case_plans import Doer, PlanStatus
from tlbb_desktop.domain.plan_papers import PlanSigner, PlanText
from tlbb_desktop.domain.release_dates import planned_day
from tlbb_desktop.domain.release_plans import LeavingLine, Light, Readiness, ReleaseItem, in_order
from tlbb_desktop.domain.staff import ROLE_NAMES, Role
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.certificate_issuing import is_demonstration, sites
from tlbb_desktop.services.certificate_signing import issuer
from tlbb_desktop.services.due_index import DueIndex
from tlbb_desktop.services.due_sources import RELEASE_DATES
from tlbb_desktop.services.legal_reading import LONGEST_RUN, days_off_around
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.release_reading import ITEM_COMPARTMENTS, counts_of, items_of
from tlbb_desktop.services.whole_file import require_place, write_whole

if TYPE_CHECKING:
    from tlbb_desktop.documents.typesetting import FinishedPaper

LEAVING_DAYS: Final = 90
GATE_DAYS: Final = 7
_NOTHING: Final = Readiness()
#: Somebody without a plan has at least one critical thing to do: to make one.
_NO_PLAN: Final = Readiness(items=1, critical=1)


class _Leaving(NamedTuple):
    """A row of ``queries.releases.leaving`` with its official and planned day."""

    row: Any
    official_on: date
    planned_on: date


class ReleaseListService:
    """Lists of those who leave.

    Args:
        office: who acts on which record.
        index: remembers the sealed release dates.
    """

    def __init__(self, office: Office, index: DueIndex) -> None:
        self._office = office
        self._index = index

    def leaving(self, within: int = LEAVING_DAYS) -> tuple[LeavingLine, ...]:
        """Who leaves within so many days, or should have left: the one who leaves first comes first.

        A social worker sees all open items of the own cases; a liaison sees counts and the liaison's own items, never
        the title of another; a manager sees counts. Reading is written to the audit.

        Args:
            within: days ahead, 0 or more.
        """
        limit = self._office.prison_limit(Action.RELEASE_LIST)
        with self._office.act(Action.RELEASE_LIST, enters=False) as act:
            found = self._found(act, within, limit)
            act.record("protected_read", "release_list", f"people:{len(found)} within:{within}")
            items = self._items(act.connection, [each.row for each in found if each.row.plan_id is not None])
            return tuple(_line(each, act.today, items.get(each.row.plan_id, ())) for each in found)

    def gate_list(self, within: int = GATE_DAYS) -> tuple[LeavingLine, ...]:
        """The names for the gate: who leaves within so many days, without anything about their plans."""
        limit = self._office.prison_limit(Action.RELEASE_LIST)
        with self._office.act(Action.RELEASE_LIST, enters=False) as act:
            found = self._found(act, within, limit)
            act.record("gate_list", "release_list", f"people:{len(found)} within:{within}")
            return tuple(_gate_line(each, act.today) for each in found)

    def gate_paper(self, language: str, within: int = GATE_DAYS) -> FinishedPaper:
        """The list for the gate as PDF; that it was made is written to the audit.

        Args:
            language: ``km``, ``en`` or ``both``.
            within: days ahead, 0 or more.
        """
        from tlbb_desktop.documents.case_papers.texts import said
        from tlbb_desktop.documents.gate_list import gate_list
        from tlbb_desktop.documents.plan_pdf import plan_pdf
        from tlbb_desktop.documents.typesetting import PaperLanguage

        lines = self.gate_list(within)
        actor = self._office.actor
        with self._office.act(Action.RELEASE_LIST, enters=False) as act:
            name = act.session.scalar(select(models.Staff.name).where(models.Staff.id == actor.staff_id)) or ""
            act.record("gate_list_printed", "release_list", f"people:{len(lines)} within:{within} {language}")
            document = gate_list(
                lines,
                act.today,
                within,
                {each.code: PlanText(each.name_km, each.name_en) for each in sites(act)},
                PlanSigner(said(ROLE_NAMES[actor.role]), name),
                PlanText(*issuer(act)),
                demonstration=is_demonstration(act),
            )
        return plan_pdf(document, PaperLanguage(language))

    def save_gate_paper(self, language: str, path: Path, within: int = GATE_DAYS) -> FinishedPaper:
        """Write the list for the gate to *path*; an older file is replaced as a whole."""
        require_place(path)
        finished = self.gate_paper(language, within)
        write_whole(path, finished.pdf)
        return finished

    def _found(self, act: Act, within: int, limit: frozenset[int] | None) -> list[_Leaving]:
        """Those whose planned day comes in time, in order of that day."""
        last = act.today + timedelta(days=within)
        dates = self._index.values(act.connection, self._office.cipher, RELEASE_DATES).values()
        near = {due.case_id: due.due_on for due in dates if due.due_on and due.due_on <= last + LONGEST_RUN}
        off = days_off_around(act.connection, near.values())
        planned = {person: planned_day(day, off) for person, day in near.items()}
        leaving = [person for person, day in planned.items() if day <= last]
        rows = queries.leaving(act.connection, leaving, limit, self._office.actor.staff_id)
        found = [_Leaving(row, near[row.person_id], planned[row.person_id]) for row in rows]
        return sorted(found, key=lambda each: (each.planned_on, each.row.code))

    def _items(self, connection: Connection, rows: list[Any]) -> dict[int, tuple[ReleaseItem, ...]]:
        """The items that the actor sees of each plan, done ones too."""
        actor, cipher = self._office.actor, self._office.cipher
        if actor.role is Role.LIAISON:
            found = items_of(connection, cipher, [row.plan_id for row in rows], {Compartment.LEGAL})
            own = {plan: [each for each in items if each.form.owner is Doer.LIAISON] for plan, items in found.items()}
        else:
            mine = [row.plan_id for row in rows if row.worker_id == actor.staff_id]
            own = items_of(connection, cipher, mine, ITEM_COMPARTMENTS)
        return {plan: in_order(items) for plan, items in own.items()}


def _line(leaving: _Leaving, today: date, items: tuple[ReleaseItem, ...]) -> LeavingLine:
    row, days_left = leaving.row, (leaving.planned_on - today).days
    counts = _NOTHING if row.plan_id is None else counts_of(row).with_restricted(each.form for each in items)
    return LeavingLine(
        case_id=row.case_id,
        person_id=row.person_id,
        code=row.code,
        shown_name=names_of(row).shown,
        prison=row.prison,
        official_on=leaving.official_on,
        planned_on=leaving.planned_on,
        days_left=days_left,
        plan_id=row.plan_id,
        readiness=counts,
        light=(_NO_PLAN if row.plan_id is None else counts).light(days_left),
        own_items=tuple(each for each in items if each.form.is_open),
        approved=row.plan_status in (PlanStatus.APPROVED, PlanStatus.ACTIVE),
        worker=row.worker,
    )


def _gate_line(leaving: _Leaving, today: date) -> LeavingLine:
    row = leaving.row
    return LeavingLine(
        case_id=None,
        person_id=row.person_id,
        code=row.code,
        shown_name=names_of(row).shown,
        prison=row.prison,
        official_on=leaving.official_on,
        planned_on=leaving.planned_on,
        days_left=(leaving.planned_on - today).days,
        plan_id=None,
        readiness=_NOTHING,
        light=Light.EARLY,
    )
