"""Release plans: the checklist with its states, how ready somebody is, and what a liaison may know of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from tlbb_desktop.domain.case_plans import Doer, PlanStatus, SignatureForm
from tlbb_desktop.domain.money import Money
from tlbb_desktop.domain.release_dates import months_later
from tlbb_desktop.domain.release_items import RESTRICTED_GROUPS, STANDARD_ITEMS, ItemGroup, Offset

GREEN_PERCENT: Final = 80
RED_DAYS: Final = 30
AMBER_DAYS: Final = 90


class ItemStatus(StrEnum):
    """How an item stands; the keys 1 to 5 set them in this order."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    NOT_POSSIBLE = "not_possible"
    NOT_APPLICABLE = "not_applicable"


class ReleaseType(StrEnum):
    """How somebody leaves."""

    SENTENCE_END = "sentence_end"
    CONDITIONAL = "conditional"
    REDUCTION = "reduction"
    BAIL = "bail"
    ACQUITTED = "acquitted"
    TO_REHABILITATION = "to_rehabilitation"
    ESCAPE = "escape"
    DEATH = "death"


class Light(StrEnum):
    """Red, amber or green; early while more than 90 days are left and it is not green."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    EARLY = "early"


@dataclass(frozen=True, slots=True)
class ItemForm:
    """An item of a plan, sealed whole in the compartment of its group.

    Args:
        key: of ``release_items``, or ``""`` for one that was added.
        group: where it stands.
        title: of one that was added, else ``""``.
        critical: whether nobody should leave without it.
        status: how it stands.
        owner: who does it; ``owner_name`` says more.
        due_on: or None.
        done_on: the day on which it was done, or None.
        note: what matters, such as the relapse plan itself.
        struck: whether one that was added was taken back.
    """

    key: str
    group: ItemGroup
    title: str = ""
    critical: bool = False
    status: ItemStatus = ItemStatus.NOT_STARTED
    owner: Doer = Doer.CASE_WORKER
    owner_name: str = ""
    due_on: date | None = None
    done_on: date | None = None
    note: str = ""
    struck: bool = False

    @property
    def counts(self) -> bool:
        """Whether it applies to this person."""
        return self.status is not ItemStatus.NOT_APPLICABLE and not self.struck

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done; what is not possible stays open."""
        return self.counts and self.status is not ItemStatus.DONE

    def with_status(self, status: ItemStatus, today: date) -> ItemForm:
        """The item with another status; the day on which it was done is noted with it, or forgotten."""
        done_on = (self.done_on or today) if status is ItemStatus.DONE else None
        return replace(self, status=status, done_on=done_on)


@dataclass(frozen=True, slots=True)
class ReleaseItem:
    """An item with its row (None for a new one) and version."""

    form: ItemForm
    id: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What one act did to an item, so that it can be taken back.

    Args:
        plan_id: row of the plan.
        before: as it stood, or None where the act added it.
        after: as it stands, with its new version.
        readiness: the counts of the plan afterwards.
    """

    plan_id: int
    before: ReleaseItem | None
    after: ReleaseItem
    readiness: Readiness


@dataclass(frozen=True, slots=True)
class ReceivingAdult:
    """Who receives the young person: name, relation, phone, when they agreed and were visited, whether it is safe."""

    name: str = ""
    relation: str = ""
    phone: str = ""
    agreed_on: date | None = None
    visited_on: date | None = None
    safe: bool | None = None


@dataclass(frozen=True, slots=True)
class ReleasePlanForm:
    """What is sealed of a plan under ``family``.

    Args:
        kind: how the person is expected to leave.
        place_code, place_text: the address after the release: NCDD code, and words.
        adult: who receives.
        transport: who takes the person home, in words, and the cost.
        transport_cost: or None.
        contact_on: day of the first contact, within 72 hours, or None.
        contact: who makes it, and how.
        note: anything else.
    """

    kind: ReleaseType = ReleaseType.SENTENCE_END
    place_code: str = ""
    place_text: str = ""
    adult: ReceivingAdult = ReceivingAdult()
    transport: str = ""
    transport_cost: Money | None = None
    contact_on: date | None = None
    contact: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Readiness:
    """How far a checklist is, as counts without any title.

    Args:
        items: how many apply.
        done: how many of those are done.
        critical, critical_done: the same of the critical ones.
    """

    items: int = 0
    done: int = 0
    critical: int = 0
    critical_done: int = 0

    @property
    def percent(self) -> int | None:
        """Done of those that apply, rounded half up; None where nothing applies."""
        return (200 * self.done + self.items) // (2 * self.items) if self.items else None

    def moved(self, before: ItemForm | None, after: ItemForm) -> Readiness:
        """The counts after an item was changed or added, told from that item alone: others may be sealed."""
        old, new = open_counts(() if before is None else (before,)), open_counts((after,))
        return Readiness(
            self.items - old.items + new.items,
            self.done - old.done + new.done,
            self.critical - old.critical + new.critical,
            self.critical_done - old.critical_done + new.critical_done,
        )

    def with_restricted(self, items: Iterable[ItemForm]) -> Readiness:
        """Counts in the open with the critical ones of *items* about health and substances, for who may read those."""
        told = readiness_of(item for item in items if item.group in RESTRICTED_GROUPS)
        return replace(
            self, critical=self.critical + told.critical, critical_done=self.critical_done + told.critical_done
        )

    @property
    def critical_open(self) -> int:
        """Critical items that are still to be done."""
        return self.critical - self.critical_done

    def light(self, days_left: int | None) -> Light:
        """The light when so many days are left until the planned release, None where the day is not known.

        Red: a critical item is open with 30 days left or fewer. Green: every critical item and 80 % are done. Amber:
        not green with 90 days left or fewer (form H).
        """
        if days_left is not None and days_left <= RED_DAYS and self.critical_open:
            return Light.RED
        if not self.critical_open and self.items and 100 * self.done >= GREEN_PERCENT * self.items:
            return Light.GREEN
        return Light.AMBER if days_left is not None and days_left <= AMBER_DAYS else Light.EARLY


@dataclass(frozen=True, slots=True)
class ReleasePlan:
    """A release plan, whole, for those who hold its compartments.

    Args:
        id: row, or None for a new one.
        case_id: of which case.
        number: 1, 2, … of the case; 0 for a new one.
        status: where it stands; "not yet approved" stops nothing.
        form: what is said of the plan itself.
        items: by group, critical ones first; what the reader may not see is left out and counted in ``items_hidden``.
        readiness: the counts.
        official_on, planned_on: release days, or None.
        signatures: under it.
        proposed_at, approved_at: when, or None.
        approved_by: name, or ``""``.
        items_hidden: how many items this reader may not see.
        version: for detecting two editors.
    """

    id: int | None
    case_id: int
    number: int
    status: PlanStatus
    form: ReleasePlanForm = ReleasePlanForm()
    items: tuple[ReleaseItem, ...] = ()
    readiness: Readiness = Readiness()
    official_on: date | None = None
    planned_on: date | None = None
    signatures: tuple[SignatureForm, ...] = ()
    proposed_at: datetime | None = None
    approved_at: datetime | None = None
    approved_by: str = ""
    items_hidden: int = 0
    version: int = 0

    @property
    def is_draft(self) -> bool:
        """Whether what is said of the plan itself can still be changed in this version."""
        return self.status is PlanStatus.DRAFT


@dataclass(frozen=True, slots=True)
class LeavingLine:
    """Somebody who leaves soon, as a liaison may know it: counts, and the items that are the liaison's own.

    Args:
        case_id: row of the open case, or None where there is none.
        person_id, code: row and code.
        shown_name: the name; ``""`` where a list goes by codes.
        prison: code of the prison.
        official_on, planned_on: days.
        days_left: until the planned day; negative when it has passed.
        plan_id: row of the plan, or None where there is none.
        readiness: the counts.
        light: red, amber, green or early.
        own_items: the open items that the reader sees: a liaison's own ones, all of one's own case.
        approved: whether the plan is approved.
        worker: name of the member of staff who is responsible, or ``""``.
    """

    case_id: int | None
    person_id: int
    code: str
    shown_name: str
    prison: str
    official_on: date
    planned_on: date
    days_left: int
    plan_id: int | None
    readiness: Readiness
    light: Light
    own_items: tuple[ReleaseItem, ...] = ()
    approved: bool = False
    worker: str = ""


def readiness_of(items: Iterable[ItemForm]) -> Readiness:
    """The counts of a checklist; items that do not apply are left out everywhere."""
    counted = [item for item in items if item.counts]
    critical = [item for item in counted if item.critical]
    return Readiness(
        len(counted),
        sum(not item.is_open for item in counted),
        len(critical),
        sum(not item.is_open for item in critical),
    )


def open_counts(items: Iterable[ItemForm]) -> Readiness:
    """The counts that stand in the open: that an item of health or substances is critical tells of the person."""
    return readiness_of(replace(item, critical=item.critical and item.group not in RESTRICTED_GROUPS) for item in items)


def due_day(planned_on: date, offset: Offset) -> date:
    """The day that an offset of the timeline means."""
    return months_later(planned_on, offset.months) + timedelta(days=offset.days)


def proposed_items(planned_on: date | None, today: date, *, relapse_critical: bool) -> tuple[ItemForm, ...]:
    """The checklist of a new plan.

    Args:
        planned_on: the planned release day; None leaves the due days open.
        today: nothing is proposed for a day that has passed.
        relapse_critical: whether the relapse plan is critical: SSI-SA from 4, or use before (form H).
    """
    return tuple(
        ItemForm(
            item.key,
            item.group,
            critical=item.critical and (relapse_critical or item.key != "relapse_plan"),
            owner=item.owner,
            due_on=None if planned_on is None else max(due_day(planned_on, item.due), today),
        )
        for item in STANDARD_ITEMS
    )


def in_order(items: Iterable[ReleaseItem]) -> tuple[ReleaseItem, ...]:
    """By group, critical ones first, then as the form has them; those that were taken back are left out."""
    return tuple(sorted((item for item in items if not item.form.struck), key=_place))


_PLACES: Final = {item.key: number for number, item in enumerate(STANDARD_ITEMS)}


def _place(item: ReleaseItem) -> tuple[int, bool, int, int]:
    form = item.form
    return form.group, not form.critical, _PLACES.get(form.key, len(_PLACES)), item.id or 0
