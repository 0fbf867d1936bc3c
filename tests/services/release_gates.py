"""The services of releases, visits and referrals with the action that each method asks for; see ``gates``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tlbb_desktop.data import models
from tlbb_desktop.domain.births import Birth
from tlbb_desktop.domain.consents import ConsentPurpose
from tlbb_desktop.domain.people import Identity
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.referrals import LegalNeed, Referral, ReferralForm, ReferralKind
from tlbb_desktop.domain.release_items import ItemGroup
from tlbb_desktop.domain.release_plans import ItemChange, ItemForm, Readiness, ReleaseItem, ReleasePlanForm
from tlbb_desktop.domain.releases import Release, ReleaseForm
from tlbb_desktop.domain.visits import Visit, VisitForm, VisitKind
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.wiring import Desk

if TYPE_CHECKING:
    from tests.services.gate_world import World

Call = Callable[[Desk, Any], Any]
LEGAL = ReferralForm(ReferralKind.LEGAL, need=LegalNeed.APPEAL)
DETOX = ReferralForm(ReferralKind.SERVICE, "drug_alcohol_counselling")


@dataclass(frozen=True)
class ReleaseParts:
    """A case for which nobody is responsible with a plan, a visit and a referral, and somebody who has left.

    ``escort`` is the liaison's own item, ``medicine`` a restricted one.
    """

    case_id: int
    plan_id: int
    escort: ReleaseItem
    medicine: ReleaseItem
    visit: Visit
    referral: Referral
    detox: Referral
    gone: Release

    @property
    def change(self) -> ItemChange:
        """As if the liaison's item had been changed just now."""
        return ItemChange(self.plan_id, self.escort, self.escort, Readiness())


def release_parts(desk: Desk, world: World) -> ReleaseParts:
    """Build them as the manager."""
    identity = Identity(Birth(), world.day + timedelta(days=40))
    leaving, left = (desk.people.save(replace(world.person(code=code), identity=identity)) for code in ("0008", "0009"))
    for purpose in (ConsentPurpose.SERVICE, ConsentPurpose.STORE_DATA):
        desk.consents.note(leaving, purpose, given=True)
    case_id = desk.cases.open(leaving, desk.actor.staff_id)
    plan = desk.release_plans.open(case_id)
    items = {each.form.key: each for each in plan.items}
    visit = desk.visits.add(case_id, VisitKind.FAMILY_TO_PRISON, world.day, VisitForm())
    referral, detox = (desk.referrals.add(case_id, form) for form in (LEGAL, DETOX))
    with desk.office.store.write() as session:
        session.get_one(models.CaseFileRow, case_id).worker_id = None
    assert plan.id is not None
    gone = desk.releases.left_today(left)
    return ReleaseParts(case_id, plan.id, items["escort"], items["medicine"], visit, referral, detox, gone)


def _person(world: World) -> int:
    """Somebody at the own prison who has not left."""
    return world.second_id


def _begin_follow_up_again(desk: Desk, world: World) -> None:
    """As if a liaison had recorded the release: nobody with the key has begun the follow-up yet."""
    with desk.office.store.write() as session:
        session.connection().exec_driver_sql("DELETE FROM follow_up WHERE release_id = ?", (world.parts.gone.id,))
    desk.releases.open_missing_follow_ups()


A = Action
#: Name -> action, call, and whether it refuses another prison.
RELEASE_GATES: dict[str, tuple[Action, Call, bool]] = {
    "release_plans.plan": (A.CARE_READ, lambda d, w: d.release_plans.plan(w.parts.case_id), True),
    "release_plans.versions": (A.CARE_READ, lambda d, w: d.release_plans.versions(w.parts.case_id), True),
    "release_plans.open": (A.CARE_WRITE, lambda d, w: d.release_plans.open(w.parts.case_id), True),
    "release_plans.new_version": (A.CARE_WRITE, lambda d, w: d.release_plans.new_version(w.parts.case_id, 1), True),
    "release_plans.save": (
        A.CARE_WRITE,
        lambda d, w: d.release_plans.save(w.parts.plan_id, ReleasePlanForm(), 1),
        True,
    ),
    "release_plans.propose": (A.CARE_WRITE, lambda d, w: d.release_plans.propose(w.parts.plan_id, 1), True),
    "release_plans.approve": (A.PLAN_APPROVE, lambda d, w: d.release_plans.approve(w.parts.plan_id, 1), True),
    "release_plans.add_item": (
        A.CARE_WRITE,
        lambda d, w: d.release_plans.add_item(w.parts.plan_id, ItemForm("", ItemGroup.WORK, "x")),
        True,
    ),
    "release_plans.set_item": (
        A.RELEASE_ITEM_WRITE,
        lambda d, w: d.release_plans.set_item(w.parts.escort.id, w.parts.escort.form, w.parts.escort.version),
        True,
    ),
    "release_plans.take_back": (
        A.RELEASE_ITEM_WRITE,
        lambda d, w: d.release_plans.take_back(w.parts.change),
        True,
    ),
    "release_lists.leaving": (A.RELEASE_LIST, lambda d, w: d.release_lists.leaving(), False),
    "release_lists.gate_list": (A.RELEASE_LIST, lambda d, w: d.release_lists.gate_list(), False),
    "release_lists.gate_paper": (A.RELEASE_LIST, lambda d, w: d.release_lists.gate_paper("km"), False),
    "release_lists.save_gate_paper": (
        A.RELEASE_LIST,
        lambda d, w: d.release_lists.save_gate_paper("km", w.folder / "gate.pdf"),
        False,
    ),
    "releases.of_person": (A.LEGAL_READ, lambda d, w: d.releases.of_person(w.parts.gone.person_id), True),
    "releases.record": (A.RELEASE_NOTE, lambda d, w: d.releases.record(_person(w), ReleaseForm(w.day)), True),
    "releases.left_today": (A.RELEASE_NOTE, lambda d, w: d.releases.left_today(_person(w)), True),
    "releases.take_back": (A.RELEASE_NOTE, lambda d, w: d.releases.take_back(w.parts.gone.id, 1), True),
    "visits.of_case": (A.VISIT_DAYS_READ, lambda d, w: d.visits.of_case(w.parts.case_id), True),
    "visits.add": (
        A.CARE_WRITE,
        lambda d, w: d.visits.add(w.parts.case_id, VisitKind.COMMUNITY, w.day, VisitForm()),
        True,
    ),
    "visits.change": (A.CARE_WRITE, lambda d, w: d.visits.change(w.parts.visit), True),
    "visits.gaps": (A.VISIT_DAYS_READ, lambda d, w: d.visits.gaps(), False),
    "referrals.of_case": (A.CARE_READ, lambda d, w: d.referrals.of_case(w.parts.case_id), True),
    "referrals.add": (A.CARE_WRITE, lambda d, w: d.referrals.add(w.parts.case_id, LEGAL), True),
    "referrals.change": (A.CARE_WRITE, lambda d, w: d.referrals.change(w.parts.referral), True),
    "referrals.open_ones": (A.CARE_READ, lambda d, w: d.referrals.open_ones(), False),
}
#: Public facts, and what the program does by itself for those who hold the key.
RELEASE_OPEN = {"referrals.services", "releases.open_missing_follow_ups"}
_OWN = {"counselling_own"}
#: What a method asks besides.
RELEASE_BESIDES: dict[str, set[str]] = {
    "release_plans.plan": _OWN | {"counselling_reason"},
    "release_plans.save": _OWN,
    "release_plans.add_item": _OWN,
    "release_plans.set_item": _OWN | {"care_write"},
    "release_plans.take_back": {"care_write"},
    "visits.of_case": {"care_read"},
    "referrals.of_case": _OWN | {"counselling_reason"},
    "referrals.add": _OWN,
    "referrals.change": _OWN,
    "referrals.open_ones": _OWN,
}
#: Calls that reach further.
RELEASE_FURTHER: dict[str, tuple[Call, ...]] = {
    "release_plans.plan": (lambda d, w: d.release_plans.plan(w.parts.case_id, ReadReason.SAFETY),),
    "release_plans.add_item": (
        lambda d, w: d.release_plans.add_item(w.parts.plan_id, ItemForm("", ItemGroup.HEALTH, "x")),
    ),
    "release_plans.set_item": (
        lambda d, w: d.release_plans.set_item(w.parts.medicine.id, w.parts.medicine.form, w.parts.medicine.version),
    ),
    "releases.record": (_begin_follow_up_again,),
    "referrals.of_case": (lambda d, w: d.referrals.of_case(w.parts.case_id, ReadReason.SAFETY),),
    "referrals.add": (lambda d, w: d.referrals.add(w.parts.case_id, DETOX),),
    "referrals.change": (lambda d, w: d.referrals.change(w.parts.detox),),
}
