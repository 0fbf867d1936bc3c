"""The checklist for the day of release: opened from the timeline, kept item by item, approved while none waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.services.cases.conftest import CaseRoom
from tlbb_desktop.data import models
from tlbb_desktop.domain.case_plans import Doer, PlanStatus
from tlbb_desktop.domain.consents import ConsentForm, ConsentPurpose
from tlbb_desktop.domain.errors import ChangedMeanwhile, NotPermitted, Refused
from tlbb_desktop.domain.money import Currency, Money
from tlbb_desktop.domain.people import Identity
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.release_items import STANDARD_ITEMS, ItemGroup
from tlbb_desktop.domain.release_plan_rules import ReleaseGap, release_gaps
from tlbb_desktop.domain.release_plans import (
    ItemForm,
    ItemStatus,
    ReceivingAdult,
    ReleaseItem,
    ReleasePlan,
    ReleasePlanForm,
    readiness_of,
)
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.domain.strengths import RestrictedForm, Substance
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.services.release_reading import ITEM_COMPARTMENTS, items_of
from tlbb_desktop.services.sealed_forms import RESTRICTED
from tlbb_desktop.wiring import Desk

WHOLE = ReleasePlanForm(
    place_text="ភូមិទី៣",
    adult=ReceivingAdult("សុខ សុភា", "ម្តាយ", "012 345 678", date(2026, 11, 10), date(2026, 11, 12), safe=True),
    transport="Bus",
    transport_cost=Money(1250, Currency.USD, 4100),
    contact_on=date(2027, 1, 25),
    contact="Visit at home",
)


def item(plan: ReleasePlan, key: str) -> ReleaseItem:
    return next(each for each in plan.items if each.form.key == key)


def stored_counts_are_true(desk: Desk, plan: ReleasePlan) -> bool:
    """Whether the counts of the row are those of all its items, whoever sees them."""
    with desk.office.store.read() as connection:
        row = connection.exec_driver_sql("SELECT * FROM release_plan WHERE id = ?", (plan.id,)).one()
        items = items_of(connection, desk.office.cipher, (row.id,), ITEM_COMPARTMENTS)[row.id]
    counts = readiness_of(each.form for each in items)
    return (row.items, row.done, row.critical, row.critical_done) == (
        counts.items,
        counts.done,
        counts.critical,
        counts.critical_done,
    )


def drank(desk: Desk, case_id: int) -> None:
    """An assessment that knows of alcohol."""
    with desk.office.own_act() as act:
        assessment = models.AssessmentRow(case_id=case_id, kind="intake", on_day=act.today, content=b"")
        act.add(assessment)
        form = RestrictedForm(substances=frozenset({Substance.ALCOHOL}))
        RESTRICTED.add(act, desk.office.cipher, models.AssessmentRestricted(assessment_id=assessment.id), form)


@pytest.fixture
def case_id(room: CaseRoom) -> int:
    return room.case()


@pytest.fixture
def worker(room: CaseRoom) -> Desk:
    return room.desk()


@pytest.fixture
def plan(worker: Desk, case_id: int) -> ReleasePlan:
    return worker.release_plans.open(case_id)


def test_a_plan_opens_with_every_item_of_the_form_owned_and_dated(plan: ReleasePlan) -> None:
    assert {each.form.key for each in plan.items} == {each.key for each in STANDARD_ITEMS}
    assert (plan.number, plan.status) == (1, PlanStatus.DRAFT)
    assert (plan.official_on, plan.planned_on) == (
        date(2027, 1, 24),
        date(2027, 1, 22),
    )  # a Sunday, so the Friday before
    assert item(plan, "escort").form.owner is Doer.LIAISON
    assert item(plan, "transport").form.due_on == date(2027, 1, 15)
    assert item(plan, "id_card").form.due_on == date(2027, 2, 6)


def test_nothing_is_proposed_for_a_day_that_has_passed(plan: ReleasePlan) -> None:
    assert item(plan, "safe_place").form.due_on == date(2026, 11, 16)  # three months before is long over


def test_critical_items_stand_first_in_each_group(plan: ReleasePlan) -> None:
    for group in ItemGroup:
        weights = [each.form.critical for each in plan.items if each.form.group is group]
        assert weights == sorted(weights, reverse=True)


def test_the_relapse_plan_is_critical_only_for_those_who_used_something(room: CaseRoom, worker: Desk) -> None:
    sober, drinker = room.case(), room.case(room.person("0002"))
    drank(worker, drinker)
    assert not item(worker.release_plans.open(sober), "relapse_plan").form.critical
    assert item(worker.release_plans.open(drinker), "relapse_plan").form.critical


def test_a_high_score_of_the_ssi_sa_makes_it_critical_too(room: CaseRoom, worker: Desk, case_id: int) -> None:
    with worker.office.own_act() as act:
        assessment = models.AssessmentRow(case_id=case_id, kind="intake", on_day=act.today, content=b"")
        act.add(assessment)
        form = RestrictedForm(ssi_sa=tuple(number in (1, 2, 3, 4) for number in range(16)))
        RESTRICTED.add(act, worker.office.cipher, models.AssessmentRestricted(assessment_id=assessment.id), form)
    assert item(worker.release_plans.open(case_id), "relapse_plan").form.critical


def test_without_a_release_day_nothing_is_due_yet(room: CaseRoom, worker: Desk) -> None:
    plan = worker.release_plans.open(room.case(room.person("0002", identity=Identity())))
    assert plan.planned_on is None
    assert {each.form.due_on for each in plan.items} == {None}
    assert ReleaseGap.RELEASE_DAY in release_gaps(plan)


def test_without_consents_1_and_2_no_plan_is_opened(room: CaseRoom, worker: Desk) -> None:
    person = room.person("0003")
    case_id = room.manager.cases.open(person, room.workers["worker"])
    room.manager.consents.record(person, ConsentForm(ConsentPurpose.SERVICE, False, room.clock.today()))
    with pytest.raises(Refused):
        worker.release_plans.open(case_id)


def test_one_plan_is_opened_once(worker: Desk, plan: ReleasePlan, case_id: int) -> None:
    with pytest.raises(Refused, match="already"):
        worker.release_plans.open(case_id)


def test_done_notes_the_day_and_the_counts_move_in_the_same_act(worker: Desk, plan: ReleasePlan) -> None:
    clothes = item(plan, "clothes")
    today = date(2026, 11, 16)
    change = worker.release_plans.set_item(
        clothes.id, clothes.form.with_status(ItemStatus.DONE, today), clothes.version
    )
    assert change.after.form.done_on == today
    assert (change.readiness.done, change.readiness.critical_done) == (1, 1)
    assert change.readiness == worker.release_plans.plan(plan.case_id).readiness
    assert stored_counts_are_true(worker, plan)


def test_what_does_not_apply_counts_nowhere_and_what_is_not_possible_stays_open(
    worker: Desk, plan: ReleasePlan
) -> None:
    before = plan.readiness
    for key, status in (("own_children", ItemStatus.NOT_APPLICABLE), ("savings", ItemStatus.NOT_POSSIBLE)):
        each = item(plan, key)
        worker.release_plans.set_item(each.id, replace(each.form, status=status), each.version)
    after = worker.release_plans.plan(plan.case_id).readiness
    assert (after.items, after.done) == (before.items - 1, 0)
    assert stored_counts_are_true(worker, plan)


def test_the_last_change_is_taken_back_with_its_day(worker: Desk, plan: ReleasePlan) -> None:
    clothes = item(plan, "clothes")
    done = clothes.form.with_status(ItemStatus.DONE, date(2026, 11, 16))
    change = worker.release_plans.set_item(clothes.id, done, clothes.version)
    back = worker.release_plans.take_back(change)
    assert back.after.form == clothes.form
    assert back.readiness == plan.readiness
    assert stored_counts_are_true(worker, plan)


def test_a_change_that_somebody_else_changed_since_is_not_taken_back(worker: Desk, plan: ReleasePlan) -> None:
    food = item(plan, "food")
    change = worker.release_plans.set_item(food.id, replace(food.form, note="rice"), food.version)
    worker.release_plans.set_item(food.id, replace(food.form, note="rice and fish"), change.after.version)
    with pytest.raises(ChangedMeanwhile):
        worker.release_plans.take_back(change)


def test_an_item_of_ones_own_counts_until_it_is_taken_back(worker: Desk, plan: ReleasePlan) -> None:
    added = worker.release_plans.add_item(plan.id, ItemForm("", ItemGroup.WORK, "  ទិញកាំបិតកាត់សក់ ", critical=True))
    assert added.after.form.title == "ទិញកាំបិតកាត់សក់"
    assert added.readiness.items == plan.readiness.items + 1
    worker.release_plans.take_back(added)
    after = worker.release_plans.plan(plan.case_id)
    assert added.after.id not in {each.id for each in after.items}
    assert after.readiness == plan.readiness
    assert stored_counts_are_true(worker, plan)


def test_an_item_of_the_form_keeps_its_group_and_weight(worker: Desk, plan: ReleasePlan) -> None:
    cash = item(plan, "cash")
    wished = replace(cash.form, key="", group=ItemGroup.BASICS, title="Money", critical=True, note="200,000")
    kept = worker.release_plans.set_item(cash.id, wished, cash.version).after.form
    assert kept == replace(cash.form, note="200,000")


@pytest.mark.parametrize(
    ("wished", "place"),
    [
        (ItemForm("", ItemGroup.WORK, " "), "title"),
        (ItemForm("", ItemGroup.WORK, "x" * 121), "title"),
        (ItemForm("", ItemGroup.WORK, "x", done_on=date(2026, 11, 17)), "done_on"),
        (ItemForm("", ItemGroup.FAMILY, "x", owner=Doer.LIAISON), "owner"),
    ],
)
def test_an_item_that_cannot_be_true_is_refused(worker: Desk, plan: ReleasePlan, wished: ItemForm, place: str) -> None:
    with pytest.raises(Refused) as refused:
        worker.release_plans.add_item(plan.id, wished)
    assert refused.value.place == place
    assert stored_counts_are_true(worker, plan)


# -- who sees and changes what ---------------------------------------------------------------------------------------


def test_a_colleague_sees_that_there_are_health_items_but_not_which(room: CaseRoom, plan: ReleasePlan) -> None:
    seen = room.desk("colleague").release_plans.plan(plan.case_id)
    groups = {each.form.group for each in seen.items}
    assert not groups & {ItemGroup.HEALTH, ItemGroup.SUBSTANCES}
    assert seen.items_hidden == 7
    assert seen.readiness == plan.readiness


def test_a_manager_reads_health_items_with_a_reason_and_the_audit_keeps_it(room: CaseRoom, plan: ReleasePlan) -> None:
    manager = room.manager
    assert manager.release_plans.plan(plan.case_id).items_hidden == 7
    assert manager.release_plans.plan(plan.case_id, ReadReason.SUPERVISION).items_hidden == 0
    with manager.office.store.read() as connection:
        kinds = connection.exec_driver_sql("SELECT kind, detail FROM audit_event ORDER BY seq DESC LIMIT 1").one()
    assert tuple(kinds) == ("break_glass", "release_plan reason:supervision")


def test_a_colleague_cannot_change_a_health_item(room: CaseRoom, plan: ReleasePlan) -> None:
    medicine = item(plan, "medicine")
    with pytest.raises(Refused, match="responsible"):
        room.desk("colleague").release_plans.set_item(medicine.id, medicine.form, medicine.version)


def test_a_liaison_sets_the_own_items_and_no_other(room: CaseRoom, worker: Desk, plan: ReleasePlan) -> None:
    liaison = room.desk("liaison", Role.LIAISON)
    escort, clothes, safe = (item(plan, key) for key in ("escort", "clothes", "safe_place"))
    done = escort.form.with_status(ItemStatus.DONE, date(2026, 11, 16))
    assert liaison.release_plans.set_item(escort.id, done, escort.version).readiness.done == 1
    for other in (clothes, safe):
        with pytest.raises(NotPermitted):
            liaison.release_plans.set_item(other.id, other.form, other.version)
    handed_over = replace(done, owner=Doer.CASE_WORKER)
    with pytest.raises(NotPermitted):
        liaison.release_plans.set_item(escort.id, handed_over, escort.version + 1)
    assert stored_counts_are_true(worker, plan)


def test_a_liaison_holds_no_key_of_home_family_health_and_substance_items(room: CaseRoom, plan: ReleasePlan) -> None:
    liaison = room.desk("liaison", Role.LIAISON)
    for compartment in (Compartment.FAMILY, Compartment.COUNSELLING):
        with pytest.raises(NotPermitted), liaison.office.store.read() as connection:
            items_of(connection, liaison.office.cipher, (plan.id,), {compartment})


@pytest.mark.parametrize("role", [Role.TRAINER, Role.LIAISON])
def test_the_plan_itself_is_not_for_trainers_and_liaisons(room: CaseRoom, plan: ReleasePlan, role: Role) -> None:
    with pytest.raises(NotPermitted):
        room.desk(role.value, role).release_plans.plan(plan.case_id)


# -- what is missing, approval, versions -----------------------------------------------------------------------------


def test_an_empty_plan_is_kept_and_says_what_is_missing(plan: ReleasePlan) -> None:
    assert release_gaps(plan) == (
        ReleaseGap.ADDRESS,
        ReleaseGap.ADULT,
        ReleaseGap.ADULT_AGREED,
        ReleaseGap.HOME_SAFE,
        ReleaseGap.TRANSPORT,
        ReleaseGap.FIRST_CONTACT,
        ReleaseGap.PARTICIPANT_SIGNATURE,
    )


def test_a_critical_relapse_plan_without_its_text_is_missing(room: CaseRoom, worker: Desk) -> None:
    case_id = room.case(room.person("0002"))
    drank(worker, case_id)
    plan = worker.release_plans.open(case_id)
    assert ReleaseGap.RELAPSE_PLAN in release_gaps(plan)
    relapse = item(plan, "relapse_plan")
    worker.release_plans.set_item(relapse.id, replace(relapse.form, note="ទៅវត្ត"), relapse.version)
    assert ReleaseGap.RELAPSE_PLAN not in release_gaps(worker.release_plans.plan(case_id))


def test_a_proposed_plan_is_approved_when_what_form_h_asks_for_is_there(
    room: CaseRoom, worker: Desk, plan: ReleasePlan
) -> None:
    proposed = worker.release_plans.propose(plan.id, plan.version)
    assert proposed.proposed_at is not None
    with pytest.raises(Refused, match="missing"):
        room.manager.release_plans.approve(plan.id, proposed.version)
    whole = worker.release_plans.save(plan.id, WHOLE, proposed.version)
    assert whole.form == WHOLE
    approved = room.manager.release_plans.approve(plan.id, whole.version)
    assert (approved.status, approved.approved_by) == (PlanStatus.ACTIVE, "សុខា")


def test_a_social_worker_approves_nothing(worker: Desk, plan: ReleasePlan) -> None:
    with pytest.raises(NotPermitted):
        worker.release_plans.approve(plan.id, plan.version)


def test_items_of_an_approved_plan_go_on_but_its_own_form_needs_a_new_version(
    room: CaseRoom, worker: Desk, plan: ReleasePlan
) -> None:
    whole = worker.release_plans.save(plan.id, WHOLE, plan.version)
    approved = room.manager.release_plans.approve(plan.id, whole.version)
    clothes = item(plan, "clothes")
    done = clothes.form.with_status(ItemStatus.DONE, date(2026, 11, 16))
    worker.release_plans.set_item(clothes.id, done, clothes.version)
    with pytest.raises(Refused, match="new version"):
        worker.release_plans.save(plan.id, WHOLE, approved.version)
    second = worker.release_plans.new_version(plan.case_id, approved.version)
    assert (second.number, second.status, second.form) == (2, PlanStatus.DRAFT, WHOLE)
    assert item(second, "clothes").form.done_on == date(2026, 11, 16)
    assert second.readiness.done == 1
    assert [each.status for each in worker.release_plans.versions(plan.case_id)] == [
        PlanStatus.DRAFT,
        PlanStatus.SUPERSEDED,
    ]
    with pytest.raises(Refused, match="newer version"):
        worker.release_plans.set_item(clothes.id, clothes.form, clothes.version + 1)


def test_a_draft_is_changed_and_not_versioned(worker: Desk, plan: ReleasePlan) -> None:
    with pytest.raises(Refused, match="not approved"):
        worker.release_plans.new_version(plan.case_id, plan.version)


def test_two_editors_of_one_plan_do_not_overwrite_each_other(worker: Desk, plan: ReleasePlan) -> None:
    worker.release_plans.save(plan.id, WHOLE, plan.version)
    with pytest.raises(ChangedMeanwhile):
        worker.release_plans.save(plan.id, ReleasePlanForm(), plan.version)


def test_an_amount_below_nothing_is_refused(worker: Desk, plan: ReleasePlan) -> None:
    with pytest.raises(Refused) as refused:
        worker.release_plans.save(plan.id, replace(WHOLE, transport_cost=Money(-1)), plan.version)
    assert refused.value.place == "transport_cost"


def test_a_consent_withdrawn_in_the_middle_stops_new_plans_not_the_one_that_stands(
    room: CaseRoom, worker: Desk, plan: ReleasePlan
) -> None:
    person = worker.cases.file(plan.case_id).person_id
    room.manager.consents.note(person, ConsentPurpose.SERVICE, given=False)
    clothes = item(plan, "clothes")
    done = clothes.form.with_status(ItemStatus.DONE, date(2026, 11, 16))
    assert worker.release_plans.set_item(clothes.id, done, clothes.version).readiness.done == 1
