"""Release plans: opened from the timeline, kept item by item, proposed and approved. Printing never waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from tlbb_desktop.data import models
from tlbb_desktop.data.queries import releases as queries
from tlbb_desktop.domain.case_plans import Doer, PlanStatus
from tlbb_desktop.domain.cases import CaseFile
from tlbb_desktop.domain.errors import NotFound, NotPermitted, Refused
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.release_plan_rules import NEEDED_FOR_APPROVAL, checked_form, checked_item, release_gaps
from tlbb_desktop.domain.release_plans import (
    ItemChange,
    ItemForm,
    Readiness,
    ReleaseItem,
    ReleasePlan,
    ReleasePlanForm,
    open_counts,
    proposed_items,
)
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services import legal_reading
from tlbb_desktop.services.case_access import CaseAccess, note_reading, require_service
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.release_reading import (
    ITEM_COMPARTMENTS,
    OPEN_COMPARTMENTS,
    compartment_of,
    counts_of,
    items_of,
    read_plan,
    relapse_is_critical,
    seen_counts,
)
from tlbb_desktop.services.sealed_forms import RELEASE_ITEM, RELEASE_PLAN


class ReleasePlanService:
    """The plans for the day on which people leave.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._access = CaseAccess(office)

    # -- reading -----------------------------------------------------------------------------------------------------

    def plan(self, case_id: int, reason: ReadReason | None = None) -> ReleasePlan | None:
        """The newest version of a case's plan, or None; reading it is written to the audit.

        Items of health and substances are there for the one who is responsible, and for a manager who gives a reason;
        for others they are counted.
        """
        case = self._access.file(case_id, reason)
        self._office.permit(Action.CARE_READ, self._access.where(case))
        compartments = self._seen_by(case, reason)
        with self._office.act(Action.CARE_READ, self._access.where(case), enters=False) as act:
            row = queries.newest_plan(act.connection, case_id)
            if row is None:
                return None
            note_reading(act, case, "release_plan", reason)
            return self._read(act.connection, row, case, compartments)

    def versions(self, case_id: int) -> tuple[ReleasePlan, ...]:
        """All versions of a case's plan, the newest first, without their items; reading them is audited."""
        case = self._access.file(case_id)
        with self._office.act(Action.CARE_READ, self._access.where(case), enters=False) as act:
            rows = queries.plan_rows(act.connection, case_id)
            note_reading(act, case, "release_plan", None)
            return tuple(self._read(act.connection, row, case, frozenset()) for row in rows)

    # -- a plan and its versions -------------------------------------------------------------------------------------

    def open(self, case_id: int) -> ReleasePlan:
        """Open the plan of a case: the whole checklist, each item with an owner and a due day from the timeline.

        Raises:
            Refused: there is one already, the case is not open, or the consents 1 and 2 are missing.
        """
        case = self._access.file(case_id)
        with self._office.act(Action.CARE_WRITE, self._access.where(case)) as act:
            require_service(act, case_id)
            if queries.newest_plan(act.connection, case_id) is not None:
                raise Refused(N_("There is a release plan already. Begin a new version of it."))
            cipher = self._office.cipher
            planned_on = legal_reading.planned_release(act.connection, cipher, case.person_id)
            critical = relapse_is_critical(act.connection, cipher, case_id)
            items = proposed_items(planned_on, act.today, relapse_critical=critical)
            self._keep_version(act, case_id, 1, ReleasePlanForm(), items)
            return self._standing(act, case)

    def new_version(self, case_id: int, seen: int) -> ReleasePlan:
        """Begin the next version with everything as it stands; the one before is superseded.

        Args:
            case_id: row of the case.
            seen: version of the plan's row that was read.

        Raises:
            Refused: there is none yet, the newest one is still a draft, or the consents are missing.
            ChangedMeanwhile: somebody changed it after it was read.
        """
        case = self._access.file(case_id)
        with self._office.act(Action.CARE_WRITE, self._access.where(case)) as act:
            require_service(act, case_id)
            cipher, old = self._office.cipher, self._newest(act, case_id)
            if old.status == PlanStatus.DRAFT:
                raise Refused(N_("This version is not approved yet. Change it instead of beginning another one."))
            form = RELEASE_PLAN.open(cipher, old)
            old.status = PlanStatus.SUPERSEDED
            RELEASE_PLAN.change(act, cipher, old, form, seen)
            kept = items_of(act.connection, cipher, (old.id,), ITEM_COMPARTMENTS).get(old.id, [])
            critical = relapse_is_critical(act.connection, cipher, case_id)
            items = tuple(_with_relapse(item.form, critical=critical) for item in kept if not item.form.struck)
            self._keep_version(act, case_id, old.number + 1, form, items)
            return self._standing(act, case)

    def save(self, plan_id: int, form: ReleasePlanForm, seen: int) -> ReleasePlan:
        """Keep what is said of a plan itself; whatever is missing may stay so.

        Raises:
            Refused: the version is approved or superseded, or a value cannot be true.
            ChangedMeanwhile: somebody changed it after it was read.
        """
        case, tidy = self._case_of(plan_id), checked_form(form)
        with self._office.act(Action.CARE_WRITE, self._access.where(case)) as act:
            row = _draft(act, plan_id)
            RELEASE_PLAN.change(act, self._office.cipher, row, tidy, seen)
            _tell(act, "release_plan", row)
            return self._standing(act, case)

    def propose(self, plan_id: int, seen: int) -> ReleasePlan:
        """Put a version into the list of approvals. Printing it and releasing somebody never wait for that.

        Raises:
            Refused: it is no draft.
            ChangedMeanwhile: somebody changed it after it was read.
        """
        case = self._case_of(plan_id)
        with self._office.act(Action.CARE_WRITE, self._access.where(case)) as act:
            row = _draft(act, plan_id)
            row.proposed_at = act.at
            self._change(act, row, seen)
            _tell(act, "release_plan_proposed", row)
            return self._standing(act, case)

    def approve(self, plan_id: int, seen: int) -> ReleasePlan:
        """Approve a version; it is the plan that counts from now on.

        Raises:
            Refused: it is no draft, or lacks something that an approval needs.
            ChangedMeanwhile: somebody changed it after it was read.
        """
        case = self._case_of(plan_id)
        with self._office.act(Action.PLAN_APPROVE, self._access.where(case)) as act:
            row = _draft(act, plan_id)
            whole = self._read(act.connection, queries.plan_row(act.connection, plan_id), case, ITEM_COMPARTMENTS)
            if NEEDED_FOR_APPROVAL & set(release_gaps(whole)):
                raise Refused(N_("Something that an approval needs is missing. It stands beside the plan."))
            row.status, row.approved_at, row.approved_by = PlanStatus.ACTIVE, act.at, act.actor.staff_id
            self._change(act, row, seen)
            _tell(act, "release_plan_approved", row)
            return self._standing(act, case)

    # -- items -------------------------------------------------------------------------------------------------------

    def add_item(self, plan_id: int, form: ItemForm) -> ItemChange:
        """Add an item of one's own to a plan.

        Raises:
            Refused: it has no title, or the version is superseded.
            NotPermitted: it is about health or substances, and somebody else is responsible.
        """
        case = self._case_of(plan_id)
        with self._office.act(Action.CARE_WRITE, self._access.where(case)) as act:
            if compartment_of(form.group) is Compartment.COUNSELLING:
                self._access.require_own(case)
            tidy = checked_item(replace(form, key="", struck=False), act.today)
            plan = _standing_row(act, plan_id)
            item = self._add_item(act, plan_id, tidy)
            readiness = self._recount(act, case, plan, counts_of(plan).moved(None, tidy))
            _tell(act, "release_item", plan, f"item:{item.id} added")
            return ItemChange(plan_id, None, item, readiness)

    def set_item(self, item_id: int, form: ItemForm, seen: int) -> ItemChange:
        """Set status, owner, due day or note of an item in one act; the counts of the plan follow in the same act.

        A liaison sets the liaison's own items. What the form of the programme says of an item stays as it is.

        Args:
            item_id: row of the item.
            form: as it shall be.
            seen: version of the item that was read.

        Raises:
            Refused: a value cannot be true, or the version of the plan is superseded.
            NotPermitted: the item is not the actor's to change.
            ChangedMeanwhile: somebody changed the item after it was read.
        """
        place = self._place_of(item_id)
        case = self._access.file(place.case_id)
        with self._office.act(Action.RELEASE_ITEM_WRITE, self._access.where(case)) as act:
            row = act.session.get_one(models.ReleaseItemRow, item_id)
            all_items = self._may_set_all(case, row)
            before = RELEASE_ITEM.open(self._office.cipher, row)
            after = checked_item(_within(before, form), act.today)
            if not all_items and {before.owner, after.owner} != {Doer.LIAISON}:
                raise NotPermitted
            plan = _standing_row(act, place.plan_id)
            old = ReleaseItem(before, item_id, row.version)
            RELEASE_ITEM.change(act, self._office.cipher, row, after, seen)
            readiness = self._recount(act, case, plan, counts_of(plan).moved(before, after))
            _tell(act, "release_item", plan, f"item:{item_id} version:{row.version}")
            return ItemChange(place.plan_id, old, ReleaseItem(after, item_id, row.version), readiness)

    def take_back(self, change: ItemChange) -> ItemChange:
        """Undo a change of an item, if nobody has changed the item since; one that was added is struck.

        Raises:
            ChangedMeanwhile: somebody changed it since.
        """
        after = change.after
        before = replace(after.form, struck=True) if change.before is None else change.before.form
        return self.set_item(after.id or 0, before, after.version)

    # ----------------------------------------------------------------------------------------------------------------

    def _seen_by(self, case: CaseFile, reason: ReadReason | None) -> frozenset[Compartment]:
        return ITEM_COMPARTMENTS if self._access.opens_restricted(case, reason) else OPEN_COMPARTMENTS

    def _may_set_all(self, case: CaseFile, row: models.ReleaseItemRow) -> bool:
        """Whether every item in the row's compartment is the actor's to change, not only a liaison's own ones."""
        if row.compartment == Compartment.COUNSELLING:
            self._access.require_own(case)
        if self._office.may(Action.CARE_WRITE, self._access.where(case)):
            return True
        if row.compartment != Compartment.LEGAL:
            raise NotPermitted
        return False

    def _case_of(self, plan_id: int) -> CaseFile:
        with self._office.store.read() as connection:
            case_id = queries.case_of_plan(connection, plan_id)
        if case_id is None:
            raise NotFound(N_("This release plan is not on record."))
        return self._access.file(case_id)

    def _place_of(self, item_id: int) -> Any:
        with self._office.store.read() as connection:
            place = queries.item_place(connection, item_id)
        if place is None:
            raise NotFound(N_("This item is not on record."))
        return place

    def _newest(self, act: Act, case_id: int) -> models.ReleasePlanRow:
        found = queries.newest_plan(act.connection, case_id)
        if found is None:
            raise Refused(N_("There is no release plan yet. Open one first."))
        return act.session.get_one(models.ReleasePlanRow, found.id)

    def _change(self, act: Act, row: models.ReleasePlanRow, seen: int) -> None:
        form = RELEASE_PLAN.open(self._office.cipher, row)
        RELEASE_PLAN.change(act, self._office.cipher, row, form, seen)

    def _keep_version(
        self, act: Act, case_id: int, number: int, form: ReleasePlanForm, items: Iterable[ItemForm]
    ) -> None:
        forms = tuple(items)
        counts = open_counts(forms)
        row = models.ReleasePlanRow(
            case_id=case_id,
            number=number,
            status=PlanStatus.DRAFT,
            items=counts.items,
            done=counts.done,
            critical=counts.critical,
            critical_done=counts.critical_done,
        )
        plan_id = RELEASE_PLAN.add(act, self._office.cipher, row, form)
        for item in forms:
            self._add_item(act, plan_id, item)
        _tell(act, "release_plan", row, f"case:{case_id} number:{number}")

    def _add_item(self, act: Act, plan_id: int, form: ItemForm) -> ReleaseItem:
        row = models.ReleaseItemRow(plan_id=plan_id, compartment=compartment_of(form.group))
        item_id = RELEASE_ITEM.add(act, self._office.cipher, row, form)
        return ReleaseItem(form, item_id, row.version)

    def _recount(self, act: Act, case: CaseFile, plan: models.ReleasePlanRow, counts: Readiness) -> Readiness:
        """Keep the counts, whose row's version stays as they are not sealed; returns them as the actor sees them."""
        plan.items, plan.done = counts.items, counts.done
        plan.critical, plan.critical_done = counts.critical, counts.critical_done
        act.session.flush()
        return seen_counts(act.connection, self._office.cipher, plan, self._seen_by(case, None))

    def _standing(self, act: Act, case: CaseFile) -> ReleasePlan:
        """The newest version as the actor sees it without a reason."""
        act.session.flush()
        row = queries.newest_plan(act.connection, case.id or 0)
        return self._read(act.connection, row, case, self._seen_by(case, None))

    def _read(self, connection: Connection, row: Any, case: CaseFile, seen: frozenset[Compartment]) -> ReleasePlan:
        cipher = self._office.cipher
        official = legal_reading.official_release(connection, cipher, case.person_id)
        return read_plan(connection, cipher, row, seen, (official, _planned(connection, official)))


def _planned(connection: Connection, official: date | None) -> date | None:
    return None if official is None else legal_reading.planned(connection, official)


def _standing_row(act: Act, plan_id: int) -> models.ReleasePlanRow:
    row = act.session.get_one(models.ReleasePlanRow, plan_id)
    if row.status in (PlanStatus.SUPERSEDED, PlanStatus.CLOSED):
        raise Refused(N_("There is a newer version of this release plan. Open that one."))
    return row


def _draft(act: Act, plan_id: int) -> models.ReleasePlanRow:
    row = _standing_row(act, plan_id)
    if row.status != PlanStatus.DRAFT:
        raise Refused(N_("This version is approved. Begin a new version to change it."))
    return row


def _with_relapse(item: ItemForm, *, critical: bool) -> ItemForm:
    return replace(item, critical=item.critical or critical) if item.key == "relapse_plan" else item


def _within(before: ItemForm, wished: ItemForm) -> ItemForm:
    """What may be changed of an item: group and key never, title and weight only of one that was added."""
    if before.key:
        return replace(
            wished, key=before.key, group=before.group, title="", critical=before.critical, struck=before.struck
        )
    return replace(wished, key="", group=before.group)


def _tell(act: Act, kind: str, plan: models.ReleasePlanRow, detail: str = "") -> None:
    act.record(kind, f"release_plan:{plan.id}", detail or f"case:{plan.case_id} version:{plan.version}")
    act.changed("release_plan", plan.id)
    act.changed("case", plan.case_id)
