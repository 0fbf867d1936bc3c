"""Visits: the family comes to the prison, a child to a parent inside, staff to a home. Day and kind are no secret."""

from __future__ import annotations

from datetime import date
from typing import Any

from tlbb_desktop.data import models
from tlbb_desktop.data.queries import visits as queries
from tlbb_desktop.data.queries.people import names_of
from tlbb_desktop.domain.errors import NotFound
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.visits import ContactGap, Visit, VisitForm, VisitKind, checked_visit, gap_days
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.case_access import CaseAccess, note_reading, require_service
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.sealed_forms import VISIT


class VisitService:
    """Who visited whom.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._access = CaseAccess(office)

    def of_case(self, case_id: int, reason: ReadReason | None = None) -> tuple[Visit, ...]:
        """The visits of a case, the newest first; a liaison sees day and kind only.

        Reading who came, what it cost and how it went is written to the audit.
        """
        case, office = self._access.file(case_id, reason), self._office
        where = self._access.where(case)
        whole = office.may(Action.CARE_READ, where) and office.cipher.opens(Compartment.FAMILY)
        with office.act(Action.VISIT_DAYS_READ, where, enters=False) as act:
            rows = queries.visit_rows(act.connection, case_id)
            if whole and rows:
                note_reading(act, case, "visits", reason)
            return tuple(self._visit(row, whole=whole) for row in rows)

    def add(self, case_id: int, kind: VisitKind, on_day: date, form: VisitForm) -> Visit:
        """Enter a visit.

        Raises:
            Refused: it has not come yet, a value cannot be true, or the consents 1 and 2 are missing.
        """
        case = self._access.file(case_id)
        with self._office.act(Action.CARE_WRITE, self._access.where(case)) as act:
            tidy = checked_visit(kind, on_day, form, act.today)
            require_service(act, case_id)
            row = models.VisitRow(case_id=case_id, kind=kind, on_day=on_day)
            VISIT.add(act, self._office.cipher, row, tidy)
            _tell(act, row)
            return self._visit(row, whole=True)

    def change(self, visit: Visit) -> Visit:
        """Correct a visit.

        Args:
            visit: as it shall be, with the row and the version that were read.

        Raises:
            NotFound: it is not on record.
            Refused: a value cannot be true.
            ChangedMeanwhile: somebody changed it after it was read.
        """
        with self._office.store.read() as connection:
            case_id = queries.case_of_visit(connection, visit.id or 0)
        if case_id is None:
            raise NotFound(N_("This visit is not on record."))
        with self._office.act(Action.CARE_WRITE, self._access.where_is(case_id)) as act:
            tidy = checked_visit(visit.kind, visit.on_day, visit.form or VisitForm(), act.today)
            row = act.session.get_one(models.VisitRow, visit.id)
            row.kind, row.on_day = visit.kind, visit.on_day
            VISIT.change(act, self._office.cipher, row, tidy, visit.version)
            _tell(act, row)
            return self._visit(row, whole=True)

    def gaps(self, case_id: int | None = None) -> tuple[ContactGap, ...]:
        """Who is in prison and has had no contact with the family for more than 30 days, the longest first.

        Args:
            case_id: only this case; None = all that the actor may see.
        """
        limit, today = self._office.prison_limit(Action.VISIT_DAYS_READ), self._office.clock.today()
        with self._office.store.read() as connection:
            rows = queries.inside(connection, limit, self._office.actor.staff_id, today.isoformat(), case_id)
        found = [gap for row in rows if (gap := _gap(row, today)) is not None]
        return tuple(sorted(found, key=lambda each: -each.days))

    def _visit(self, row: Any, *, whole: bool) -> Visit:
        return Visit(
            id=row.id,
            case_id=row.case_id,
            kind=VisitKind(row.kind),
            on_day=row.on_day,
            form=VISIT.open(self._office.cipher, row) if whole else None,
            entered_on=row.created_at.date(),
            version=row.version,
        )


def _gap(row: Any, today: date) -> ContactGap | None:
    last_on = date.fromisoformat(row.last_on) if row.last_on else None
    since = date.fromisoformat(row.inside_since) if row.inside_since else None
    days = gap_days(last_on, since, today)
    if days is None:
        return None
    return ContactGap(row.case_id, row.person_id, row.code, names_of(row).shown, row.prison, last_on, days)


def _tell(act: Act, row: models.VisitRow) -> None:
    act.session.flush()
    act.record("visit", f"case:{row.case_id}", f"visit:{row.id} version:{row.version}")
    act.changed("visit", row.id)
    act.changed("case", row.case_id)
