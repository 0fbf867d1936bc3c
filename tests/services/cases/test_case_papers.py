"""The papers of a case: in each language, by name or by code, and nothing of detention on the one that is carried."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.paper_text import pages_of
from tests.services.cases.conftest import CaseRoom
from tests.services.cases.test_case_plans import DRUGS, WORK, approved
from tests.services.cases.test_release_checklist import WHOLE, item
from tests.services.cases.test_strengths import whole
from tlbb_desktop.documents.case_papers.making import documents_of
from tlbb_desktop.domain.case_papers import CasePaper, PrintReason
from tlbb_desktop.domain.case_plans import ActionForm, Doer, PlanAction, PlanGoal
from tlbb_desktop.domain.errors import NotFound, NotPermitted, Refused
from tlbb_desktop.domain.follow_ups import ContactMode, Reached
from tlbb_desktop.domain.release_plans import ItemStatus
from tlbb_desktop.domain.releases import ReleaseForm
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.domain.stigma import StigmaLint
from tlbb_desktop.services.follow_ups import Contact


@pytest.fixture
def case(room: CaseRoom) -> int:
    """Assessed, planned and approved, with a release plan of which two items are done."""
    desk, case_id = room.desk(), room.case(room.person("SR-26-0031"))
    desk.strengths.save(whole(case_id))
    plan_id = desk.case_plans.start(case_id)
    goal = desk.case_plans.save_goal(plan_id, PlanGoal(WORK))
    desk.case_plans.save_action(goal, PlanAction(ActionForm("រកជាង", Doer.CASE_WORKER, due_on=date(2026, 12, 1))))
    desk.case_plans.save_action(goal, PlanAction(ActionForm("រៀនម៉ូតូ", Doer.PARTICIPANT, due_on=date(2027, 2, 1))))
    drugs = desk.case_plans.save_goal(plan_id, PlanGoal(DRUGS))
    desk.case_plans.save_action(drugs, PlanAction(ActionForm("ជួបអ្នកប្រឹក្សា", Doer.AGENCY, due_on=date(2026, 12, 1))))
    desk.case_plans.propose(plan_id, 1)
    room.manager.case_plans.approve(plan_id, 2)
    plan = desk.release_plans.open(case_id)
    plan = desk.release_plans.save(plan.id, WHOLE, plan.version)
    for key in ("birth_certificate", "clothes"):
        found = item(desk.release_plans.plan(case_id), key)
        desk.release_plans.set_item(found.id, replace(found.form, status=ItemStatus.DONE), found.version)
    return case_id


def text_of(room: CaseRoom, case: int, paper: CasePaper, language: str = "km") -> str:
    finished = room.desk().case_papers.paper(case, paper, language, PrintReason.FAMILY)
    pages = pages_of(finished.pdf)
    assert len(pages) == finished.pages
    assert finished.missing == ()
    return "\n".join(pages)


@pytest.mark.parametrize("language", ["km", "en", "both"])
@pytest.mark.parametrize("paper", CasePaper)
def test_every_paper_is_set_in_every_language(room, case, paper, language) -> None:
    assert text_of(room, case, paper, language)


def test_what_family_prison_or_ministry_sign_bears_the_name_and_the_rest_the_code(room, case) -> None:
    for paper in (CasePaper.PLAN, CasePaper.RELEASE, CasePaper.REVIEW, CasePaper.FORMS):
        assert "SIN PISETH" in text_of(room, case, paper, "en")
    for paper in (CasePaper.CHECKLIST, CasePaper.ASSESSMENT, CasePaper.FOLLOW_UP):
        said = text_of(room, case, paper, "en")
        assert "SR-26-0031" in said
        assert "PISETH" not in said


def test_the_checklist_and_my_plan_are_one_page_each(room, case) -> None:
    for language in ("km", "en", "both"):
        for paper in (CasePaper.CHECKLIST, CasePaper.MY_PLAN):
            assert room.desk().case_papers.paper(case, paper, language, PrintReason.FAMILY).pages == 1


def test_the_plan_that_is_carried_tells_neither_code_nor_where_it_was_made(room, case) -> None:
    lint = StigmaLint(room.manager.prisons.prisons(), ("SR-26-0031",), ("Siem Reap", "សៀមរាប"))
    gathered = room.desk().case_papers._gathered(room.manager.cases.file(case))
    (document,) = documents_of(CasePaper.MY_PLAN, gathered)
    texts = list(document.texts())
    assert [lint.found(text) for text in texts if lint.found(text)] == []
    assert "រៀនម៉ូតូ" in texts
    assert DRUGS.statement not in "".join(texts)
    english = text_of(room, case, CasePaper.MY_PLAN, "en")
    assert "SR-26-0031" not in english


def test_a_word_of_detention_in_a_goal_keeps_the_carried_plan_back(room) -> None:
    case_id = room.case()
    desk = room.desk()
    plan_id = desk.case_plans.start(case_id)
    desk.case_plans.save_goal(plan_id, PlanGoal(replace(WORK, statement="ចេញពីពន្ធនាគារហើយបើកហាង")))
    with pytest.raises(Refused, match="must not stand"):
        desk.case_papers.paper(case_id, CasePaper.MY_PLAN, "km", PrintReason.FAMILY)
    assert "ពន្ធនាគារ" in text_of(room, case_id, CasePaper.PLAN)


def test_a_paper_without_anything_on_record_is_a_sheet_to_write_on(room) -> None:
    case_id = room.case()
    for paper in CasePaper:
        assert room.desk().case_papers.paper(case_id, paper, "both", PrintReason.OWN_FILE).pages


def test_nothing_waits_for_an_approval_and_the_paper_says_so(room) -> None:
    case_id = room.case()
    room.desk().case_plans.start(case_id)
    assert "Not yet approved." in text_of(room, case_id, CasePaper.PLAN, "en")
    approved_case = room.case(
        room.person("SR-26-0040", names=replace(room.manager.people.record(1).names, given_km="ខ"))
    )
    approved(room, approved_case)
    assert "Approved on 16/11/2026" in text_of(room, approved_case, CasePaper.PLAN, "en")


def test_contacts_after_the_release_stand_on_their_sheet_and_in_form_five(room, case) -> None:
    desk = room.desk()
    person = desk.cases.file(case).person_id
    release = desk.releases.record(person, ReleaseForm(date(2026, 11, 13)))
    first = desk.follow_ups.of_release(release.id)[0]
    held = Contact(date(2026, 11, 15), ContactMode.HOME_VISIT, Reached.IN_PERSON)
    desk.follow_ups.note_contact(first.id, held, first.version)
    for paper in (CasePaper.FOLLOW_UP, CasePaper.FORMS):
        said = text_of(room, case, paper, "en")
        assert "72 hours" in said
        assert "15/11/2026" in said


def test_the_last_reason_is_proposed_and_every_paper_is_audited(room, case) -> None:
    desk = room.desk()
    assert desk.case_papers.last_reason() is PrintReason.OWN_FILE
    desk.case_papers.paper(case, CasePaper.RELEASE, "km", PrintReason.PRISON)
    assert desk.case_papers.last_reason() is PrintReason.PRISON
    with desk.office.store.read() as connection:
        found = connection.exec_driver_sql("SELECT detail FROM audit_event WHERE kind = 'case_printed'").scalars()
        assert list(found) == ["release km reason:prison"]


def test_a_social_worker_prints_the_own_cases_and_a_manager_every_one(room, case) -> None:
    with pytest.raises(NotPermitted):
        room.desk("colleague").case_papers.paper(case, CasePaper.PLAN, "km", PrintReason.FAMILY)
    assert room.manager.case_papers.paper(case, CasePaper.PLAN, "km", PrintReason.OWN_FILE).pages
    nobodys = room.case(room.person("SR-26-0032"), worker=None)
    assert room.desk("colleague").case_papers.paper(nobodys, CasePaper.CHECKLIST, "km", PrintReason.FAMILY).pages


def test_trainer_liaison_and_a_colleague_elsewhere_print_nothing(room, case) -> None:
    for role in (Role.TRAINER, Role.LIAISON):
        with pytest.raises(NotPermitted):
            room.desk(role.value, role).case_papers.paper(case, CasePaper.PLAN, "km", PrintReason.FAMILY)
    elsewhere = room.desk("colleague", prisons=frozenset({room.other}))
    with pytest.raises(NotPermitted):
        elsewhere.case_papers.paper(case, CasePaper.PLAN, "km", PrintReason.FAMILY)


def test_somebody_without_a_case_has_no_papers(room) -> None:
    room.person("SR-26-0050")
    with pytest.raises(NotFound):
        room.desk().case_papers.case_with_code("SR-26-0050")
