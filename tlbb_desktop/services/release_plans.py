"""Release plans: the checklist with owners and due days, how ready somebody is, approval."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection, select

from tlbb_desktop.data import models
from tlbb_desktop.data.queries import case_plans as plan_queries
from tlbb_desktop.domain.case_plans import PlanStatus, PlanVersion, SignedPaper
from tlbb_desktop.domain.cases import CaseFile
from tlbb_desktop.domain.errors import NotFound, NotPermitted, Refused
from tlbb_desktop.domain.release_plans import (
    ItemForm,
    ItemStatus,
    ReleaseItem,
    ReleasePlan,
    ReleasePlanForm,
    proposed_items,
    readiness_of,
)
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.domain.stored_forms import form_tidied
from tlbb_desktop.domain.strengths import Substance, ssi_sa_score
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services import legal_reading
from tlbb_desktop.services.case_access import CaseAccess, ReadReason, note_reading, require_service
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.release_item_rows import (
    GROUP_COMPARTMENTS,
    OWN_DOER,
    add_counts,
    add_items,
    change_item,
    readable_items,
    readiness_in,
)
from tlbb_desktop.services.sealed_forms import RELEASE_ITEM, RELEASE_PLAN, SIGNATURE
from tlbb_desktop.services.strengths import newest_restricted

_REFER_FROM: Final = 4
_OPEN: Final = (PlanStatus.DRAFT, PlanStatus.ACTIVE)


class ReleasePlanService:
    """What has to be ready before somebody leaves.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._access = CaseAccess(office)

    def versions(self, case_id: int) -> tuple[PlanVersion, ...]:
        """The release plans of a case, the newest first."""
        table = models.ReleasePlanRow
        with self._office.read(Action.CARE_READ, self._access.where_is(case_id)) as connection:
            rows = connection.execute(
                select(table.id, table.number, table.status, table.proposed_at)
                .where(table.case_id == case_id)
                .order_by(table.number.desc())
            )
            return tuple(PlanVersion(row.id, row.number, PlanStatus(row.status), row.proposed_at) for row in rows)

    def plan(self, plan_id: int, reason: ReadReason | None = None) -> ReleasePlan:
        """A release plan, whole; the counts are of all items.

        Items of health and substances come along for the one who is responsible, and for a manager who gives a reason.
        """
        case = self._case_of(plan_id)
        self._office.permit(Action.CARE_READ, self._access.where(case))
        restricted = self._access.opens_restricted(case, reason)
        with self._office.act(Action.CARE_READ, self._access.where(case), enters=False) as act:
            note_reading(act, case, f"release_plan:{plan_id}", reason if restricted else None)
            return self._read(act.connection, case, plan_id, restricted=restricted)

    def start(self, case_id: int) -> int:
        """Begin a plan: the twelve groups with owners and due days by the timeline, or what the last plan says.

        Raises:
            Refused: there is a draft already, the case is closed, or consents are missing.
        """
        cipher = self._office.cipher
        with self._office.act(Action.CARE_WRITE, self._access.where_is(case_id)) as act:
            case = require_service(act, case_id)
            last = _last(act, case_id)
            if last is not None and last.status == PlanStatus.DRAFT:
                raise Refused(N_("There is a draft of this plan already. Go on with that one."))
            form = ReleasePlanForm() if last is None else RELEASE_PLAN.open(cipher, last)
            forms = self._proposed(act, case) if last is None else self._copied(act.connection, last.id)
            counts = readiness_of(forms)
            row = models.ReleasePlanRow(
                case_id=case_id,
                number=1 if last is None else last.number + 1,
                status=PlanStatus.DRAFT,
                items=counts.items,
                done=counts.done,
                critical=counts.critical,
                critical_done=counts.critical_done,
            )
            plan_id = RELEASE_PLAN.add(act, cipher, row, form)
            add_items(act, cipher, plan_id, forms)
            _told(act, case_id, f"release_plan:{plan_id} {PlanStatus.DRAFT}")
            return plan_id

    def save_form(self, plan_id: int, form: ReleasePlanForm, seen: int) -> None:
        """Change who receives, where to, how and who comes first; in an active plan, too, as nothing waits.

        Raises:
            ChangedMeanwhile: somebody saved it after it was read.
        """
        tidy: ReleasePlanForm = form_tidied(form)
        with self._office.act(Action.CARE_WRITE, self._access.where(self._case_of(plan_id))) as act:
            row = self._open_row(act, plan_id)
            RELEASE_PLAN.change(act, self._office.cipher, row, tidy, seen)
            _told(act, row.case_id, f"release_plan:{plan_id} form")

    def add_item(self, plan_id: int, form: ItemForm) -> int:
        """Add an item with a title of its own; returns its row.

        Raises:
            Refused: it has no title, or belongs to a restricted group and somebody else is responsible.
        """
        tidy: ItemForm = replace(form_tidied(form), key="")
        if not tidy.title:
            raise Refused(N_("Give the item a title."), place="title")
        case = self._case_of(plan_id)
        with self._office.act(Action.CARE_WRITE, self._access.where(case)) as act:
            plan = self._open_row(act, plan_id)
            compartment = GROUP_COMPARTMENTS[tidy.group]
            if compartment is Compartment.COUNSELLING:
                self._access.require_own(case)
            row = models.ReleaseItemRow(plan_id=plan_id, compartment=compartment)
            item_id = RELEASE_ITEM.add(act, self._office.cipher, row, tidy)
            add_counts(plan, readiness_of((tidy,)), 1)
            _told(act, plan.case_id, f"release_item:{item_id}")
            return item_id

    def save_item(self, plan_id: int, item: ReleaseItem) -> None:
        """Keep an item: its status, owner, due day, note.

        A liaison changes the status and note of the own items only; their group, title and owner stay.

        Raises:
            NotPermitted: the item is not the actor's to change.
            NotFound: it is no item of this plan.
            ChangedMeanwhile: somebody saved it after it was read.
        """
        tidy: ReleaseItem = form_tidied(item)
        case = self._case_of(plan_id)
        with self._office.act(Action.RELEASE_ITEM_WRITE, self._access.where(case)) as act:
            plan = self._open_row(act, plan_id)
            row = act.session.get(models.ReleaseItemRow, tidy.id)
            if row is None or row.plan_id != plan_id:
                raise NotFound(N_("This item is not on record any more."))
            stored = self._openable(case, row)
            fixed = replace(tidy.form, key=stored.key, group=stored.group)
            if fixed.done_on is None and fixed.status is ItemStatus.DONE:
                fixed = replace(fixed, done_on=act.today)
            if self._office.actor.role is Role.LIAISON:
                fixed = replace(stored, status=fixed.status, note=fixed.note, done_on=fixed.done_on)
            change_item(act, self._office.cipher, plan, row, fixed, tidy.version)
            _told(act, plan.case_id, f"release_item:{row.id} {fixed.status}")

    def propose(self, plan_id: int, seen: int) -> None:
        """Hand a draft in for approval, complete or not."""
        with self._office.act(Action.CARE_WRITE, self._access.where(self._case_of(plan_id))) as act:
            row = self._open_row(act, plan_id, draft_only=True)
            row.proposed_at = act.at
            RELEASE_PLAN.change(act, self._office.cipher, row, RELEASE_PLAN.open(self._office.cipher, row), seen)
            _told(act, row.case_id, f"release_plan:{plan_id} proposed")

    def approve(self, plan_id: int, seen: int) -> None:
        """Approve a draft; it is the plan that counts from now on. Items may still be open: they are what is planned.

        Raises:
            Refused: it is no draft, or nobody receives the young person yet.
            ChangedMeanwhile: somebody saved it after it was read.
        """
        cipher = self._office.cipher
        with self._office.act(Action.PLAN_APPROVE, self._access.where(self._case_of(plan_id))) as act:
            row = self._open_row(act, plan_id, draft_only=True)
            form = RELEASE_PLAN.open(cipher, row)
            if not form.adult.name or not (form.place_code or form.place_text):
                raise Refused(N_("This plan is not complete. What is missing stands beside it."))
            for other in act.session.scalars(_active(row.case_id)):
                other.status = PlanStatus.SUPERSEDED
                RELEASE_PLAN.change(act, cipher, other, RELEASE_PLAN.open(cipher, other), other.version)
            row.status, row.approved_at, row.approved_by = PlanStatus.ACTIVE, act.at, act.actor.staff_id
            RELEASE_PLAN.change(act, cipher, row, form, seen)
            _told(act, row.case_id, f"release_plan:{plan_id} {row.status}")

    def _openable(self, case: CaseFile, row: models.ReleaseItemRow) -> ItemForm:
        """An item that the actor may change: a restricted one the responsible one only, a liaison the own ones."""
        if row.compartment == Compartment.COUNSELLING:
            self._access.require_own(case)
        form = RELEASE_ITEM.open(self._office.cipher, row)
        if self._office.actor.role is Role.LIAISON and form.owner is not OWN_DOER[Role.LIAISON]:
            raise NotPermitted
        return form

    def _proposed(self, act: Act, case: CaseFile) -> tuple[ItemForm, ...]:
        cipher = self._office.cipher
        planned = legal_reading.planned_release(act.connection, cipher, case.person_id)
        part = newest_restricted(act.connection, cipher, case.id or 0)
        used = part is not None and bool(part.substances - {Substance.TOBACCO})
        score = None if part is None else ssi_sa_score(part.ssi_sa)
        critical = used or (score is not None and score >= _REFER_FROM)
        return proposed_items(planned, act.today, relapse_critical=critical)

    def _copied(self, connection: Connection, plan_id: int) -> tuple[ItemForm, ...]:
        items = readable_items(connection, self._office.cipher, (plan_id,), restricted=True)[plan_id]
        return tuple(item.form for item in items)

    def _read(self, connection: Connection, case: CaseFile, plan_id: int, *, restricted: bool) -> ReleasePlan:
        cipher, table = self._office.cipher, models.ReleasePlanRow
        row = connection.execute(
            select(table.__table__, models.Staff.name.label("approver"))
            .outerjoin(models.Staff, models.Staff.id == table.approved_by)
            .where(table.id == plan_id)
        ).one()
        official = legal_reading.official_release(connection, cipher, case.person_id)
        signed = plan_queries.signatures_of(connection, SignedPaper.RELEASE_PLAN, plan_id)
        return ReleasePlan(
            id=row.id,
            case_id=row.case_id,
            number=row.number,
            status=PlanStatus(row.status),
            form=RELEASE_PLAN.open(cipher, row),
            items=tuple(readable_items(connection, cipher, (plan_id,), restricted=restricted)[plan_id]),
            readiness=readiness_in(row),
            official_on=official,
            planned_on=None if official is None else legal_reading.planned(connection, official),
            signatures=tuple(SIGNATURE.open(cipher, each) for each in signed),
            proposed_at=row.proposed_at,
            approved_at=row.approved_at,
            approved_by=row.approver or "",
            version=row.version,
        )

    def _case_of(self, plan_id: int) -> CaseFile:
        with self._office.store.read() as connection:
            case_id = plan_queries.case_of_release_plan(connection, plan_id)
        if case_id is None:
            raise NotFound(N_("This plan is not on record any more."))
        return self._access.file(case_id)

    def _open_row(self, act: Act, plan_id: int, *, draft_only: bool = False) -> models.ReleasePlanRow:
        row = act.session.get_one(models.ReleasePlanRow, plan_id)
        require_service(act, row.case_id)
        if row.status not in ((PlanStatus.DRAFT,) if draft_only else _OPEN):
            raise Refused(N_("This version of the plan is closed. Begin a new one to change it."))
        return row


def _last(act: Act, case_id: int) -> models.ReleasePlanRow | None:
    table = models.ReleasePlanRow
    return act.session.scalars(select(table).where(table.case_id == case_id).order_by(table.number.desc())).first()


def _active(case_id: int) -> Any:
    table = models.ReleasePlanRow
    return select(table).where(table.case_id == case_id, table.status == PlanStatus.ACTIVE)


def _told(act: Act, case_id: int, what: str) -> None:
    act.record("release_plan", f"case:{case_id}", what)
    act.changed("case", case_id)
