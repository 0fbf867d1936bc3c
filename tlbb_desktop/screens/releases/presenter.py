"""Who leaves and the plan of one of them, without widgets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from tlbb_desktop.domain.case_plans import PlanStatus, SignedPaper, Signer
from tlbb_desktop.domain.release_items import ItemGroup
from tlbb_desktop.domain.release_plan_rules import ReleaseGap, release_gaps
from tlbb_desktop.domain.release_plans import (
    ItemChange,
    ItemForm,
    ItemStatus,
    LeavingLine,
    ReleaseItem,
    ReleasePlan,
    ReleasePlanForm,
    in_order,
)
from tlbb_desktop.domain.releases import Release
from tlbb_desktop.khmer import holds, search_key
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.case_access import CaseAccess
from tlbb_desktop.services.paper_trails import PaperTrail
from tlbb_desktop.services.release_reading import ITEM_COMPARTMENTS, OPEN_COMPARTMENTS, compartment_of
from tlbb_desktop.wiring import Desk

WITHIN_SETTING: Final = "releases_within"
WITHIN: Final = (30, 90, 180, 365)
#: Beyond this nobody's day of release lies: a plan that another page names is found all the same.
FURTHEST_DAYS: Final = 50 * 366
STATUSES: Final = tuple(ItemStatus)


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group of the plan as the list at the left shows it.

    Args:
        group: which.
        items, done: how many apply, and how many of those are done.
        critical_open: critical ones still to be done.
        hidden: whether the reader may not see its items.
    """

    group: ItemGroup
    items: int
    done: int
    critical_open: int
    hidden: bool


class ReleasesPresenter:
    """The list, the plan that is open, and what can be taken back.

    Args:
        desk: the services.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        kept = desk.settings.mine(WITHIN_SETTING, WITHIN[1])
        self.within: int = kept if kept in WITHIN else WITHIN[1]
        self.line: LeavingLine | None = None
        self.plan: ReleasePlan | None = None
        self._lines: dict[int, LeavingLine] = {}
        self._acts: list[Callable[[], object]] = []

    @property
    def today(self) -> date:
        """The working day."""
        return self._desk.office.clock.today()

    # -- the list ----------------------------------------------------------------------------------------------------

    def choose(self, within: int) -> None:
        """Look so many days ahead, and keep that for this member of staff."""
        self.within = within
        self._desk.settings.put_mine(WITHIN_SETTING, within)

    def load(self) -> None:
        """Read the list afresh."""
        self._lines = {line.person_id: line for line in self._desk.release_lists.leaving(self.within)}

    def lines(self, text: str = "") -> dict[int, LeavingLine]:
        """By person, those whose name or code holds *text*."""
        wanted = search_key(text)
        return {person: line for person, line in self._lines.items() if holds(wanted, line.code, line.shown_name)}

    def own_items(self, person_id: int | None) -> dict[int, ReleaseItem]:
        """The items that a liaison sets from the list itself; empty for who opens the plan."""
        line = self._lines.get(person_id or 0)
        if line is None or self.reads_plans():
            return {}
        return {item.id or 0: item for item in line.own_items}

    def reads_plans(self) -> bool:
        """Whether the reader opens plans; a liaison has the own items on the list."""
        return self._desk.office.may(Action.CARE_READ)

    def opens_contacts(self) -> bool:
        """Whether the contact within 72 hours opens with a release, and not at the next login of who holds its key."""
        return self._desk.office.may(Action.AFTERCARE_WRITE)

    def left_today(self, person_id: int) -> Release:
        """Record that somebody left prison today; it can be taken back."""
        release = self._desk.releases.left_today(person_id)
        self._acts.append(lambda: self._desk.releases.take_back(release.id or 0, release.version))
        return release

    # -- one plan ----------------------------------------------------------------------------------------------------

    def open(self, person_id: int) -> LeavingLine | None:
        """Read the plan of somebody who leaves, also later than the list shows; None where no release day is known."""
        line = self._lines.get(person_id) or self._later(person_id)
        if line is not None:
            self.line = line
            self._acts.clear()
            self.plan = None if line.case_id is None else self._desk.release_plans.plan(line.case_id)
        return line

    def _later(self, person_id: int) -> LeavingLine | None:
        everybody = self._desk.release_lists.leaving(FURTHEST_DAYS)
        return next((line for line in everybody if line.person_id == person_id), None)

    def read_again(self) -> None:
        """Read the plan that is open once more."""
        if self.line is not None and self.line.case_id is not None:
            self.plan = self._desk.release_plans.plan(self.line.case_id)

    def trail(self) -> PaperTrail | None:
        """Who signed the version that is shown, and its scans; None where there is no plan."""
        if self.plan is None or self.plan.id is None or self.line is None:
            return None
        names = {Signer.PARTICIPANT: self.line.shown_name, Signer.CASE_WORKER: self.line.worker}
        signable = self.plan.status is not PlanStatus.SUPERSEDED
        return PaperTrail(self._desk.office, SignedPaper.RELEASE_PLAN, self.plan.id, names, signable=signable)

    def begin(self) -> None:
        """Open a plan for whoever is shown."""
        if self.line is not None and self.line.case_id is not None:
            self.plan = self._desk.release_plans.open(self.line.case_id)

    def may_print(self) -> bool:
        """Whether the reader prints the papers of whoever is shown: of own cases, a manager of all."""
        return self.plan is not None and self.may_print_for(self.line)

    def may_print_for(self, line: LeavingLine | None) -> bool:
        """Whether the reader prints the papers of the case of *line*."""
        case_id = None if line is None else line.case_id
        if case_id is None:
            return False
        access = CaseAccess(self._desk.office)
        return self._desk.office.may(Action.CASE_PRINT, access.where_own(access.head(case_id)))

    def may_write(self) -> bool:
        """Whether the reader keeps plans."""
        return self._desk.office.may(Action.CARE_WRITE)

    def may_approve(self) -> bool:
        """Whether the reader may approve the version that is shown."""
        return self.plan is not None and self.plan.is_draft and self._desk.office.may(Action.PLAN_APPROVE)

    def may_propose(self) -> bool:
        """Whether the version that is shown can be handed in."""
        return self.plan is not None and self.plan.is_draft and self.plan.proposed_at is None and self.may_write()

    def may_begin_version(self) -> bool:
        """Whether the plan that is shown is approved, so that its form is changed in a new version."""
        return self.plan is not None and self.plan.status is PlanStatus.ACTIVE and self.may_write()

    def groups(self) -> tuple[GroupLine, ...]:
        """The twelve groups with what is done of them."""
        return tuple(map(self._group, ItemGroup))

    def items(self, group: ItemGroup) -> dict[int, ReleaseItem]:
        """The items of a group that the reader sees, critical ones first."""
        found = () if self.plan is None else self.plan.items
        return {item.id or 0: item for item in found if item.form.group is group}

    def gaps(self) -> tuple[ReleaseGap, ...]:
        """What is missing in the plan."""
        return () if self.plan is None else release_gaps(self.plan)

    def set_status(self, item: ReleaseItem, status: ItemStatus) -> None:
        """Set a status by a key."""
        self.set_item(item, item.form.with_status(status, self.today))

    def set_item(self, item: ReleaseItem, form: ItemForm) -> None:
        """Keep an item; nothing happens where it is like that already."""
        if form != item.form and item.id is not None:
            self._took(self._desk.release_plans.set_item(item.id, form, item.version))

    def add_item(self, form: ItemForm) -> int | None:
        """Add an item of one's own; returns its row."""
        if self.plan is None or self.plan.id is None:
            return None
        change = self._desk.release_plans.add_item(self.plan.id, form)
        self._took(change)
        return change.after.id

    def save(self, form: ReleasePlanForm) -> None:
        """Keep what is said of the plan itself."""
        if self.plan is not None and self.plan.id is not None and form != self.plan.form:
            self.plan = self._desk.release_plans.save(self.plan.id, form, self.plan.version)

    def propose(self) -> None:
        """Hand the version in for approval."""
        if self.plan is not None and self.plan.id is not None:
            self.plan = self._desk.release_plans.propose(self.plan.id, self.plan.version)

    def approve(self) -> None:
        """Approve the version."""
        if self.plan is not None and self.plan.id is not None:
            self.plan = self._desk.release_plans.approve(self.plan.id, self.plan.version)

    def new_version(self) -> None:
        """Begin the next version; what was done to items of this one is not taken back there."""
        if self.plan is not None:
            self.plan = self._desk.release_plans.new_version(self.plan.case_id, self.plan.version)
            self._acts.clear()

    def undo(self) -> bool:
        """Take back the last change; False when there is none.

        A change that cannot be taken back any more is forgotten, so that the one before it can be.
        """
        if not self._acts:
            return False
        self._acts.pop()()
        return True

    # ----------------------------------------------------------------------------------------------------------------

    def _took(self, change: ItemChange) -> None:
        self._show(change)
        self._acts.append(lambda: self._show(self._desk.release_plans.take_back(change)))

    def _show(self, change: ItemChange) -> None:
        """Bring what is shown up to date without reading all of it again."""
        if self.plan is not None and self.plan.id == change.plan_id:
            others = [item for item in self.plan.items if item.id != change.after.id]
            self.plan = replace(self.plan, items=in_order([*others, change.after]), readiness=change.readiness)
        for person, line in self._lines.items():
            if line.plan_id == change.plan_id:
                kept = [item for item in line.own_items if item.id != change.after.id]
                own = in_order([*kept, change.after] if len(kept) < len(line.own_items) else kept)
                light = change.readiness.light(line.days_left)
                self._lines[person] = replace(line, own_items=own, readiness=change.readiness, light=light)

    def _group(self, group: ItemGroup) -> GroupLine:
        forms = [item.form for item in self.items(group).values() if item.form.counts]
        sealed = compartment_of(group) in ITEM_COMPARTMENTS - OPEN_COMPARTMENTS
        return GroupLine(
            group,
            len(forms),
            sum(not form.is_open for form in forms),
            sum(form.critical and form.is_open for form in forms),
            hidden=sealed and self.plan is not None and self.plan.items_hidden > 0,
        )
