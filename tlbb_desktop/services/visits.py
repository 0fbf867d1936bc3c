"""Visits: the day and kind for all who keep an eye on them, the rest for who looks after the family."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from tlbb_desktop.data.models import VisitRow
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.money import Money
from tlbb_desktop.domain.stored_forms import form_tidied
from tlbb_desktop.domain.visits import Visit, VisitForm, VisitGap, VisitKind, visit_gap
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.case_access import CaseAccess, note_reading, require_service
from tlbb_desktop.services.office import Office
from tlbb_desktop.services.sealed_forms import VISIT


class VisitService:
    """Visits of families, of children to a parent inside, of staff to homes.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._access = CaseAccess(office)

    def visits(self, case_id: int) -> tuple[Visit, ...]:
        """The visits of a case with all that is known, the newest first."""
        case = self._access.file(case_id)
        with self._office.act(Action.CARE_READ, self._access.where(case), enters=False) as act:
            note_reading(act, case, "visits", None)
            return tuple(
                replace(_bare(row), form=VISIT.open(self._office.cipher, row)) for row in _rows(act.connection, case_id)
            )

    def days(self, case_id: int) -> tuple[Visit, ...]:
        """Day and kind of the visits of a case, the newest first."""
        with self._office.read(Action.VISIT_DAYS_READ, self._access.where_is(case_id)) as connection:
            return tuple(map(_bare, _rows(connection, case_id)))

    def gap(self, case_id: int) -> VisitGap:
        """How long somebody in prison has had no contact with the family; over 30 days it is told."""
        case = self._access.file(case_id)
        with self._office.read(Action.VISIT_DAYS_READ, self._access.where(case)) as connection:
            visits = [_bare(row) for row in _rows(connection, case_id)]
        return visit_gap(visits, case.opened_on, self._office.clock.today())

    def save(self, visit: Visit) -> int:
        """Keep a visit; returns its row. The day on which it is entered is kept beside the day of the visit.

        Raises:
            Refused: the day lies ahead, a number that no form allows, a closed case, or missing consents.
            ChangedMeanwhile: somebody saved it after it was read.
        """
        tidy: Visit = form_tidied(visit)
        form = _checked(tidy, self._office.clock.today())
        with self._office.act(Action.CARE_WRITE, self._access.where_is(tidy.case_id)) as act:
            require_service(act, tidy.case_id)
            if tidy.id is None:
                row = VisitRow(case_id=tidy.case_id, kind=tidy.kind, on_day=tidy.on_day)
                visit_id = VISIT.add(act, self._office.cipher, row, form)
            else:
                stored = act.session.get(VisitRow, tidy.id)
                if stored is None or stored.case_id != tidy.case_id:
                    raise NotFound(N_("This visit is not on record any more."))
                stored.kind, stored.on_day, visit_id = tidy.kind, tidy.on_day, stored.id
                VISIT.change(act, self._office.cipher, stored, form, tidy.version)
            act.record("visit", f"case:{tidy.case_id}", f"visit:{visit_id} {tidy.kind}")
            act.changed("case", tidy.case_id)
            return visit_id


def _rows(connection: Connection, case_id: int) -> Iterable[Any]:
    wanted = select(VisitRow.__table__).where(VisitRow.case_id == case_id)
    return connection.execute(wanted.order_by(VisitRow.on_day.desc(), VisitRow.id.desc()))


def _bare(row: Any) -> Visit:
    return Visit(
        row.id,
        row.case_id,
        VisitKind(row.kind),
        row.on_day,
        entered_on=row.created_at.date(),
        version=row.version,
    )


def _checked(visit: Visit, today: date) -> VisitForm:
    form = visit.form or VisitForm()
    if visit.on_day > today:
        raise Refused(N_("This day lies in the future."), place="on_day")
    if form.quality not in (None, 1, 2, 3, 4, 5):
        raise Refused(N_("The quality of a visit is 1 to 5."), place="quality")
    if form.minutes < 0:
        raise Refused(N_("A duration is never less than nothing."), place="minutes")
    costs: tuple[Money | None, ...] = (form.transport, form.food, form.for_people, form.fee)
    if any(cost is not None and (cost.amount < 0 or cost.rate < 0) for cost in costs):
        raise Refused(N_("A cost is never less than nothing."), place="costs")
    return form
