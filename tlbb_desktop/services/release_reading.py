"""Reads release plans out of their sealed rows. No permission is asked here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, select

from tlbb_desktop.data.models import AssessmentRestricted, AssessmentRow, SignatureRow
from tlbb_desktop.data.queries import releases as queries
from tlbb_desktop.domain.case_plans import PlanStatus, SignatureForm, SignedPaper
from tlbb_desktop.domain.release_items import PRISON_GROUPS, RESTRICTED_GROUPS, ItemGroup
from tlbb_desktop.domain.release_plans import Readiness, ReleaseItem, ReleasePlan, in_order
from tlbb_desktop.domain.strengths import RestrictedForm, SsiSaBand, Substance, ssi_sa_band, ssi_sa_score
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.services.sealed_forms import RELEASE_ITEM, RELEASE_PLAN, RESTRICTED, SIGNATURE

#: The compartments that items of a release plan lie in.
ITEM_COMPARTMENTS: Final = frozenset({Compartment.LEGAL, Compartment.FAMILY, Compartment.COUNSELLING})
OPEN_COMPARTMENTS: Final = ITEM_COMPARTMENTS - {Compartment.COUNSELLING}


def compartment_of(group: ItemGroup) -> Compartment:
    """Whose key seals the items of a group."""
    if group in RESTRICTED_GROUPS:
        return Compartment.COUNSELLING
    return Compartment.LEGAL if group in PRISON_GROUPS else Compartment.FAMILY


def counts_of(row: Any) -> Readiness:
    """The counts that stand in the row of a plan."""
    return Readiness(row.items, row.done, row.critical, row.critical_done)


def seen_counts(
    connection: Connection, cipher: FieldCipher, plan: Any, compartments: frozenset[Compartment]
) -> Readiness:
    """The counts of a plan, with critical items of health and substances for who sees that compartment."""
    restricted = compartments & {Compartment.COUNSELLING}
    items = items_of(connection, cipher, (plan.id,), restricted).get(plan.id, ()) if restricted else ()
    return counts_of(plan).with_restricted(item.form for item in items)


def items_of(
    connection: Connection, cipher: FieldCipher, plan_ids: Iterable[int], compartments: Iterable[Compartment]
) -> dict[int, list[ReleaseItem]]:
    """The items of some plans that lie in *compartments*, by plan."""
    found: dict[int, list[ReleaseItem]] = {}
    for row in queries.item_rows(connection, plan_ids, compartments):
        item = ReleaseItem(RELEASE_ITEM.open(cipher, row), row.id, row.version)
        found.setdefault(row.plan_id, []).append(item)
    return found


def read_plan(
    connection: Connection,
    cipher: FieldCipher,
    row: Any,
    compartments: frozenset[Compartment],
    days: tuple[date | None, date | None],
) -> ReleasePlan:
    """A version of a plan.

    Args:
        connection: to read with.
        cipher: opens what is sealed.
        row: of the plan.
        compartments: what the reader sees of the items; others are counted.
        days: the official and the planned day of the release.
    """
    items = items_of(connection, cipher, (row.id,), compartments).get(row.id, [])
    hidden = queries.item_rows(connection, (row.id,), ITEM_COMPARTMENTS - compartments)
    return ReleasePlan(
        id=row.id,
        case_id=row.case_id,
        number=row.number,
        status=PlanStatus(row.status),
        form=RELEASE_PLAN.open(cipher, row),
        items=in_order(items),
        readiness=counts_of(row).with_restricted(item.form for item in items),
        official_on=days[0],
        planned_on=days[1],
        signatures=_signatures(connection, cipher, row.id),
        proposed_at=row.proposed_at,
        approved_at=row.approved_at,
        approved_by=row.approver or "",
        items_hidden=len(hidden),
        version=row.version,
    )


def _signatures(connection: Connection, cipher: FieldCipher, plan_id: int) -> tuple[SignatureForm, ...]:
    wanted = select(SignatureRow.__table__).where(
        SignatureRow.paper == SignedPaper.RELEASE_PLAN, SignatureRow.paper_id == plan_id
    )
    return tuple(SIGNATURE.open(cipher, row) for row in connection.execute(wanted.order_by(SignatureRow.id)))


def relapse_is_critical(connection: Connection, cipher: FieldCipher, case_id: int) -> bool:
    """Whether a relapse plan is needed: SSI-SA from 4 when it was asked last, or use before (form H)."""
    wanted = (
        select(AssessmentRestricted.__table__)
        .join(AssessmentRow, AssessmentRow.id == AssessmentRestricted.assessment_id)
        .where(AssessmentRow.case_id == case_id)
        .order_by(AssessmentRow.on_day.desc(), AssessmentRow.id.desc())
    )
    forms = [RESTRICTED.open(cipher, row) for row in connection.execute(wanted)]
    scores = [score for form in forms if (score := ssi_sa_score(form.ssi_sa)) is not None]
    return (bool(scores) and ssi_sa_band(scores[0]) is SsiSaBand.REFER) or any(map(_used_before, forms))


def _used_before(form: RestrictedForm) -> bool:
    if form.substances:
        return bool(form.substances - {Substance.TOBACCO})
    return form.first_used_age is not None
