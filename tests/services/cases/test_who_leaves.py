"""Who leaves soon, as each role may know it, and the names for the gate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.services.cases.conftest import CaseRoom
from tests.services.cases.test_release_checklist import drank
from tlbb_desktop.documents.page_images import PaperPages
from tlbb_desktop.domain.births import Birth
from tlbb_desktop.domain.case_plans import Doer
from tlbb_desktop.domain.errors import NotPermitted
from tlbb_desktop.domain.people import CustodyStay, Identity, PersonStatus
from tlbb_desktop.domain.release_items import PRISON_GROUPS, ItemGroup
from tlbb_desktop.domain.release_plans import ItemStatus, Light, Readiness
from tlbb_desktop.domain.releases import ReleaseForm
from tlbb_desktop.domain.staff import Role

SOON = date(2026, 12, 1)
LATER = date(2027, 6, 1)


def leaving_on(room: CaseRoom, code: str, day: date | None, **changed: object) -> int:
    return room.person(code, identity=Identity(Birth(), day), **changed)


def test_the_list_holds_those_whose_planned_day_comes_in_time_the_first_one_first(room: CaseRoom) -> None:
    for code, day in (("0003", LATER), ("0001", date(2026, 12, 24)), ("0002", SOON), ("0004", None)):
        leaving_on(room, code, day)
    assert [line.code for line in room.manager.release_lists.leaving(90)] == ["0002", "0001"]
    assert [line.code for line in room.manager.release_lists.leaving(365)] == ["0002", "0001", "0003"]


def test_somebody_whose_day_has_passed_stays_on_the_list(room: CaseRoom) -> None:
    leaving_on(room, "0001", date(2026, 11, 10))
    (line,) = room.manager.release_lists.leaving()
    assert (line.days_left, line.plan_id, line.case_id) == (-6, None, None)


def test_the_planned_day_decides_not_the_official_one(room: CaseRoom) -> None:
    leaving_on(room, "0001", date(2026, 11, 22))  # a Sunday
    (line,) = room.manager.release_lists.leaving(4)
    assert (line.official_on, line.planned_on) == (date(2026, 11, 22), date(2026, 11, 20))


def test_those_who_left_and_those_who_withdrew_are_not_listed(room: CaseRoom) -> None:
    gone = leaving_on(room, "0001", SOON)
    leaving_on(room, "0002", SOON, status=PersonStatus.WITHDRAWN)
    room.manager.releases.record(gone, ReleaseForm(room.clock.today()))
    assert room.manager.release_lists.leaving() == ()


def test_the_light_follows_the_days_that_are_left(room: CaseRoom) -> None:
    case_id = room.case()
    worker = room.desk()
    worker.release_plans.open(case_id)
    lights = []
    for today in (date(2026, 10, 1), date(2026, 11, 16), date(2026, 12, 31)):
        room.clock.go_to(today)
        lights.append(worker.release_lists.leaving(365)[0].light)
    assert lights == [Light.EARLY, Light.AMBER, Light.RED]


def test_a_social_worker_sees_all_open_items_of_the_own_cases_and_counts_of_others(room: CaseRoom) -> None:
    own, others = room.case(), room.case(room.person("0002"), "colleague")
    worker, colleague = room.desk(), room.desk("colleague")
    plan = worker.release_plans.open(own)
    colleague.release_plans.open(others)
    by_case = {line.case_id: line for line in worker.release_lists.leaving()}
    assert len(by_case[own].own_items) == plan.readiness.items
    assert by_case[others].own_items == ()
    assert by_case[others].readiness.items == plan.readiness.items
    assert by_case[others].worker == "colleague"


def test_a_liaison_sees_counts_and_the_own_items_never_another_title(room: CaseRoom) -> None:
    case_id = room.case()
    worker, liaison = room.desk(), room.desk("liaison", Role.LIAISON)
    plan = worker.release_plans.open(case_id)
    escort = next(each for each in plan.items if each.form.key == "escort")
    (line,) = liaison.release_lists.leaving()
    assert line.readiness == plan.readiness
    assert {each.form.owner for each in line.own_items} == {Doer.LIAISON}
    assert {each.form.key for each in line.own_items} == {"release_paper", "other_cases", "escort"}
    assert {each.form.group for each in line.own_items} <= PRISON_GROUPS < set(ItemGroup)
    liaison.release_plans.set_item(escort.id, replace(escort.form, status=ItemStatus.DONE), escort.version)
    (line,) = liaison.release_lists.leaving()
    assert "escort" not in {each.form.key for each in line.own_items}


def test_a_liaison_sees_the_own_prison_only_and_a_social_worker_the_own_case_anywhere(room: CaseRoom) -> None:
    elsewhere = room.person("0009", prison=room.other)
    room.case(elsewhere)
    assert room.desk("liaison", Role.LIAISON).release_lists.leaving() == ()
    assert [line.code for line in room.desk().release_lists.leaving()] == ["0009"]
    assert room.desk("colleague").release_lists.leaving() == ()


def test_a_trainer_learns_nothing_of_release_days(room: CaseRoom) -> None:
    trainer = room.desk("trainer", Role.TRAINER)
    for ask in (trainer.release_lists.leaving, trainer.release_lists.gate_list):
        with pytest.raises(NotPermitted):
            ask()


def test_the_gate_list_has_names_and_days_and_nothing_of_a_plan(room: CaseRoom) -> None:
    room.desk().release_plans.open(room.case(leaving_on(room, "0001", SOON)))
    (line,) = room.desk("liaison", Role.LIAISON).release_lists.gate_list(30)
    assert (line.code, line.shown_name, line.planned_on) == ("0001", "ស៊ិន ពិសិដ្ឋ", SOON)
    assert (line.case_id, line.plan_id, line.readiness, line.own_items) == (None, None, Readiness(), ())


@pytest.mark.parametrize("language", ["km", "en", "both"])
def test_the_list_for_the_gate_is_one_page_with_names(room: CaseRoom, language: str, tmp_path: Path) -> None:
    room.desk().release_plans.open(room.case(leaving_on(room, "0001", SOON)))
    liaison = room.desk("liaison", Role.LIAISON)
    paper = liaison.release_lists.save_gate_paper(language, tmp_path / "gate.pdf", 30)
    assert paper.pages == 1
    text = PaperPages((tmp_path / "gate.pdf").read_bytes()).text(0)
    assert "0001" in text
    assert "liaison" in text
    assert room.manager.audit.events(1)[0].kind == "gate_list_printed"


def test_a_list_for_the_gate_without_anybody_says_so(room: CaseRoom) -> None:
    paper = room.desk("liaison", Role.LIAISON).release_lists.gate_paper("en", 0)
    assert "Nobody on record leaves" in PaperPages(paper.pdf).text(0)


def test_reading_the_list_is_written_to_the_audit_without_a_name(room: CaseRoom) -> None:
    leaving_on(room, "0001", SOON)
    room.desk("liaison", Role.LIAISON).release_lists.gate_list(30)
    with room.manager.office.store.read() as connection:
        last = connection.exec_driver_sql("SELECT kind, subject, detail FROM audit_event ORDER BY seq DESC").first()
    assert tuple(last) == ("gate_list", "release_list", "people:1 within:30")


def test_somebody_who_came_back_is_on_the_list_again(room: CaseRoom) -> None:
    person = leaving_on(room, "0001", SOON)
    manager = room.manager
    manager.releases.record(person, ReleaseForm(date(2026, 11, 10)))
    back = manager.people.record(person)
    manager.people.save(
        replace(
            back,
            status=PersonStatus.IN_TRAINING,
            stays=(*back.stays, CustodyStay(room.own, date(2026, 11, 14))),
        )
    )
    assert [line.code for line in manager.release_lists.leaving()] == ["0001"]


def test_the_counts_of_a_liaison_do_not_tell_who_used_something(room: CaseRoom) -> None:
    sober, drinker = room.case(), room.case(room.person("0002"))
    worker = room.desk()
    drank(worker, drinker)
    whole = [worker.release_plans.open(case_id) for case_id in (sober, drinker)]
    assert [plan.readiness.critical for plan in whole] == [10, 11]
    for desk in (room.desk("liaison", Role.LIAISON), room.desk("colleague"), room.manager):
        assert {line.readiness.critical for line in desk.release_lists.leaving()} == {10}
    assert {line.readiness.critical for line in worker.release_lists.leaving()} == {10, 11}
    relapse = next(each for each in whole[1].items if each.form.key == "relapse_plan")
    done = worker.release_plans.set_item(relapse.id, replace(relapse.form, status=ItemStatus.DONE), relapse.version)
    assert done.readiness == Readiness(46, 1, 11, 1)
    seen = {line.case_id: line.readiness for line in room.desk("liaison", Role.LIAISON).release_lists.leaving()}
    assert seen[drinker] == Readiness(46, 1, 10, 0)
