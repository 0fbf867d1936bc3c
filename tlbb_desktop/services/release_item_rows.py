"""Opens and writes the items of release plans, each in the compartment of its group, and keeps the counts true."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, select

from tlbb_desktop.data.models import ReleaseItemRow, ReleasePlanRow
from tlbb_desktop.domain.case_plans import Doer
from tlbb_desktop.domain.release_items import ItemGroup
from tlbb_desktop.domain.release_plans import ItemForm, Readiness, ReleaseItem, readiness_of
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.services.office import Act
from tlbb_desktop.services.sealed_forms import RELEASE_ITEM

GROUP_COMPARTMENTS: Final = {
    ItemGroup.HOME: Compartment.FAMILY,
    ItemGroup.PAPERS: Compartment.LEGAL,
    ItemGroup.HEALTH: Compartment.COUNSELLING,
    ItemGroup.SUBSTANCES: Compartment.COUNSELLING,
    ItemGroup.EDUCATION: Compartment.DB,
    ItemGroup.WORK: Compartment.DB,
    ItemGroup.MONEY: Compartment.FAMILY,
    ItemGroup.LEGAL: Compartment.LEGAL,
    ItemGroup.FAMILY: Compartment.FAMILY,
    ItemGroup.PEERS: Compartment.FAMILY,
    ItemGroup.BASICS: Compartment.DB,
    ItemGroup.SELF: Compartment.FAMILY,
}
#: What each role calls its own items.
OWN_DOER: Final = {
    Role.TRAINER: Doer.TRAINER,
    Role.SOCIAL_WORKER: Doer.CASE_WORKER,
    Role.LIAISON: Doer.LIAISON,
    Role.MANAGER: Doer.CASE_WORKER,
}


def add_items(act: Act, cipher: FieldCipher, plan_id: int, forms: Iterable[ItemForm]) -> None:
    """Store new items of a plan."""
    for form in forms:
        row = ReleaseItemRow(plan_id=plan_id, compartment=GROUP_COMPARTMENTS[form.group])
        RELEASE_ITEM.add(act, cipher, row, form)


def readable_items(
    connection: Connection, cipher: FieldCipher, plan_ids: Iterable[int], *, restricted: bool
) -> dict[int, list[ReleaseItem]]:
    """The items of each plan whose compartment the actor holds; restricted ones only where they are asked for."""
    wanted = list(plan_ids)
    rows = connection.execute(select(ReleaseItemRow.__table__).where(ReleaseItemRow.plan_id.in_(wanted)))
    found: dict[int, list[ReleaseItem]] = {plan_id: [] for plan_id in wanted}
    for row in rows:
        if _opens(cipher, row, restricted=restricted):
            item = ReleaseItem(RELEASE_ITEM.open(cipher, row), row.id, row.version)
            found[row.plan_id].append(item)
    return {plan_id: sorted(items, key=_place) for plan_id, items in found.items()}


def change_item(
    act: Act, cipher: FieldCipher, plan: ReleasePlanRow, row: ReleaseItemRow, form: ItemForm, seen: int
) -> None:
    """Keep an item and move the counts of its plan by what changed, which needs no other item."""
    before = readiness_of((RELEASE_ITEM.open(cipher, row),))
    RELEASE_ITEM.change(act, cipher, row, form, seen)
    add_counts(plan, before, -1)
    add_counts(plan, readiness_of((form,)), 1)
    act.session.flush()


def add_counts(plan: ReleasePlanRow, counts: Readiness, sign: int) -> None:
    """Move the counts of a plan; they stand beside what is sealed, so the row keeps its version."""
    plan.items += sign * counts.items
    plan.done += sign * counts.done
    plan.critical += sign * counts.critical
    plan.critical_done += sign * counts.critical_done


def readiness_in(row: Any) -> Readiness:
    """The counts that a row of ``release_plan`` holds."""
    return Readiness(row.items, row.done, row.critical, row.critical_done)


def _opens(cipher: FieldCipher, row: Any, *, restricted: bool) -> bool:
    compartment = Compartment(row.compartment)
    return cipher.opens(compartment) and (restricted or compartment is not Compartment.COUNSELLING)


def _place(item: ReleaseItem) -> tuple[int, bool, int]:
    """By group, critical ones first, then as they were added."""
    return item.form.group, not item.form.critical, item.id or 0
