"""The release checklist: proposed by the timeline, counted, lit, approved; what a liaison may know of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.services.cases.conftest import TODAY
from tests.services.cases.test_strengths import whole
from tlbb_desktop.domain.case_plans import Doer, PlanStatus
from tlbb_desktop.domain.errors import ChangedMeanwhile, NotPermitted, Refused
from tlbb_desktop.domain.people import Identity
from tlbb_desktop.domain.release_items import STANDARD_ITEMS, ItemGroup
from tlbb_desktop.domain.release_plans import (
    ItemForm,
    ItemStatus,
    Light,
    Readiness,
    ReceivingAdult,
    ReleaseItem,
    ReleasePlan,
    ReleasePlanForm,
)
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.domain.strengths import Substance
from tlbb_desktop.services.case_access import ReadReason

READY = ReleasePlanForm(place_code="171002", adult=ReceivingAdult("ស៊ិន សុភា", "mother"))


def item(plan: ReleasePlan, key: str) -> ReleaseItem:
    return next(each for each in plan.items if each.form.key == key)


def set_status(desk, plan_id: int, key: str, status: ItemStatus, **more) -> None:
    found = item(desk.release_plans.plan(plan_id), key)
    desk.release_plans.save_item(plan_id, replace(found, form=replace(found.form, status=status, **more)))


def test_a_plan_begins_with_the_twelve_groups_and_eleven_critical_items(room):
    desk, case_id = room.desk(), room.case()
    assessed = whole(case_id)
    desk.strengths.save(
        replace(assessed, restricted=replace(assessed.restricted, substances=frozenset({Substance.GLUE})))
    )
    plan = desk.release_plans.plan(desk.release_plans.start(case_id))
    assert {each.form.group for each in plan.items} == set(ItemGroup)
    assert plan.readiness == Readiness(46, 0, 11, 0)
    assert [each.form.critical for each in plan.items if each.form.group is ItemGroup.HOME] == [True] * 2 + [False] * 3


def test_owners_and_due_days_come_from_the_timeline(room):
    desk = room.desk()
    plan = desk.release_plans.plan(desk.release_plans.start(room.case()))
    assert (plan.official_on, plan.planned_on) == (date(2027, 1, 24), date(2027, 1, 22))
    due = {each.form.key: (each.form.owner, each.form.due_on) for each in plan.items}
    assert due["receiving_adult"] == (Doer.CASE_WORKER, TODAY)  # T − 3 months has passed
    assert due["first_job"] == (Doer.TRAINER, date(2026, 12, 23))
    assert due["transport"] == (Doer.CASE_WORKER, date(2027, 1, 15))
    assert due["food"] == (Doer.CASE_WORKER, date(2027, 1, 22))
    assert due["id_card"] == (Doer.PARTICIPANT, date(2027, 2, 6)), "the card is issued after the release only"
    assert due["birth_certificate"][1] < plan.planned_on


def test_the_relapse_plan_is_critical_for_whom_it_concerns(room):
    desk, case_id = room.desk(), room.case()
    plan = desk.release_plans.plan(desk.release_plans.start(case_id))
    assert not item(plan, "relapse_plan").form.critical
    other = room.case(room.person("0002"))
    assessed = whole(other)
    answers = tuple(n in (1, 2, 3, 4) for n in range(16))
    desk.strengths.save(replace(assessed, restricted=replace(assessed.restricted, ssi_sa=answers)))
    assert item(desk.release_plans.plan(desk.release_plans.start(other)), "relapse_plan").form.critical


def test_without_a_release_date_nothing_is_due_yet(room):
    desk = room.desk()
    plan_id = desk.release_plans.start(room.case(room.person(identity=Identity())))
    plan = desk.release_plans.plan(plan_id)
    assert plan.planned_on is None
    assert {each.form.due_on for each in plan.items} == {None}


def test_the_counts_follow_every_status(room):
    desk = room.desk()
    plan_id = desk.release_plans.start(room.case())
    set_status(desk, plan_id, "safe_place", ItemStatus.DONE)
    set_status(desk, plan_id, "disability_aid", ItemStatus.NOT_APPLICABLE)
    set_status(desk, plan_id, "clothes", ItemStatus.NOT_POSSIBLE)
    plan = desk.release_plans.plan(plan_id)
    assert plan.readiness == Readiness(45, 1, 10, 1)
    assert (item(plan, "safe_place").form.done_on, item(plan, "clothes").form.is_open) == (TODAY, True)
    set_status(desk, plan_id, "safe_place", ItemStatus.IN_PROGRESS)
    assert desk.release_plans.plan(plan_id).readiness == Readiness(45, 0, 10, 0)
    desk.release_plans.add_item(plan_id, ItemForm("", ItemGroup.WORK, "ម៉ូតូ", critical=True))
    plan = desk.release_plans.plan(plan_id)
    assert plan.readiness == Readiness(46, 0, 11, 0)
    with pytest.raises(Refused, match="title"):
        desk.release_plans.add_item(plan_id, ItemForm("", ItemGroup.WORK))


@pytest.mark.parametrize(
    ("readiness", "days", "light"),
    [
        (Readiness(44, 18, 11, 5), 67, Light.AMBER),
        (Readiness(44, 18, 11, 5), 30, Light.RED),
        (Readiness(44, 18, 11, 5), 31, Light.AMBER),
        (Readiness(44, 18, 11, 5), 90, Light.AMBER),
        (Readiness(44, 18, 11, 5), 91, Light.EARLY),
        (Readiness(10, 8, 3, 3), 5, Light.GREEN),
        (Readiness(10, 7, 3, 3), 5, Light.AMBER),
        (Readiness(10, 7, 3, 3), 200, Light.EARLY),
        (Readiness(10, 9, 3, 2), -4, Light.RED),
        (Readiness(10, 9, 3, 2), None, Light.EARLY),
        (Readiness(), 10, Light.AMBER),
    ],
)
def test_the_light_is_red_amber_or_green_by_days_and_counts(readiness, days, light):
    assert readiness.light(days) is light


def test_readiness_is_done_of_those_that_apply():
    assert Readiness(44, 18, 11, 5).percent == 41
    assert (Readiness().percent, Readiness(2, 1, 0, 0).percent, Readiness(3, 2, 0, 0).percent) == (None, 50, 67)


def test_a_plan_is_approved_when_somebody_receives_and_nothing_waits_for_that(room):
    desk, case_id = room.desk(), room.case()
    plan_id = desk.release_plans.start(case_id)
    desk.release_plans.propose(plan_id, 1)
    with pytest.raises(Refused, match="not complete"):
        room.manager.release_plans.approve(plan_id, 2)
    set_status(desk, plan_id, "transport", ItemStatus.DONE)
    desk.release_plans.save_form(plan_id, READY, 2)
    with pytest.raises(NotPermitted):
        desk.release_plans.approve(plan_id, 3)
    room.manager.release_plans.approve(plan_id, 3)
    plan = desk.release_plans.plan(plan_id)
    assert (plan.status, plan.approved_by, plan.form.adult.name) == (PlanStatus.ACTIVE, "សុខា", "ស៊ិន សុភា")
    set_status(desk, plan_id, "clothes", ItemStatus.DONE)


def test_a_new_version_begins_with_what_the_last_one_says(room):
    desk, case_id = room.desk(), room.case()
    first = desk.release_plans.start(case_id)
    desk.release_plans.save_form(first, READY, 1)
    set_status(desk, first, "clothes", ItemStatus.DONE)
    with pytest.raises(Refused, match="draft of this plan already"):
        desk.release_plans.start(case_id)
    room.manager.release_plans.approve(first, 2)
    second = desk.release_plans.start(case_id)
    plan = desk.release_plans.plan(second)
    assert (plan.number, plan.form, plan.readiness.done) == (2, READY, 1)
    room.manager.release_plans.approve(second, 1)
    assert [each.status for each in desk.release_plans.versions(case_id)] == [PlanStatus.ACTIVE, PlanStatus.SUPERSEDED]
    with pytest.raises(Refused, match="closed"):
        desk.release_plans.save_form(first, READY, 3)


def test_items_of_health_and_substances_are_the_responsible_ones(room):
    case_id = room.case()
    plan_id = room.desk().release_plans.start(case_id)
    relapse = item(room.desk().release_plans.plan(plan_id), "relapse_plan")
    for desk in (room.desk("colleague"), room.manager):
        plan = desk.release_plans.plan(plan_id)
        assert not {ItemGroup.HEALTH, ItemGroup.SUBSTANCES} & {each.form.group for each in plan.items}
        assert plan.readiness.items == 46
        with pytest.raises(Refused, match="responsible"):
            desk.release_plans.save_item(plan_id, relapse)
        with pytest.raises(Refused, match="responsible"):
            desk.release_plans.add_item(plan_id, ItemForm("", ItemGroup.HEALTH, "x"))
    assert len(room.manager.release_plans.plan(plan_id, ReadReason.SUPERVISION).items) == 46


def test_a_liaison_changes_the_own_items_and_reads_no_plan(room):
    plan_id = room.desk().release_plans.start(room.case())
    plan = room.desk().release_plans.plan(plan_id)
    liaison = room.desk("liaison", Role.LIAISON).release_plans
    with pytest.raises(NotPermitted):
        liaison.plan(plan_id)
    for key in ("birth_certificate", "clothes", "safe_place", "supportive_adult"):
        with pytest.raises(NotPermitted):
            liaison.save_item(plan_id, item(plan, key))
    with pytest.raises(Refused, match="responsible"):
        liaison.save_item(plan_id, item(plan, "relapse_plan"))
    mine = item(plan, "release_paper")
    stolen = replace(mine.form, status=ItemStatus.DONE, owner=Doer.FAMILY, critical=False)
    liaison.save_item(plan_id, replace(mine, form=stolen))
    kept = item(room.desk().release_plans.plan(plan_id), "release_paper").form
    assert (kept.status, kept.owner, kept.critical) == (ItemStatus.DONE, Doer.LIAISON, True)
    assert room.desk().release_plans.plan(plan_id).readiness.critical_done == 1


def test_two_editors_of_an_item_do_not_overwrite_each_other(room):
    desk = room.desk()
    plan_id = desk.release_plans.start(room.case())
    seen = item(desk.release_plans.plan(plan_id), "clothes")
    desk.release_plans.save_item(plan_id, seen)
    with pytest.raises(ChangedMeanwhile):
        desk.release_plans.save_item(plan_id, seen)


def test_every_standard_item_has_a_name_of_its_own():
    keys = [each.key for each in STANDARD_ITEMS]
    assert len(keys) == len(set(keys))
    assert {each.group for each in STANDARD_ITEMS if each.critical} == {
        ItemGroup.HOME,
        ItemGroup.PAPERS,
        ItemGroup.SUBSTANCES,
        ItemGroup.EDUCATION,
        ItemGroup.WORK,
        ItemGroup.LEGAL,
        ItemGroup.FAMILY,
        ItemGroup.BASICS,
    }
