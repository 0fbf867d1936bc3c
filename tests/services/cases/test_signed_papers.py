"""Signed papers: signatures under reviews, release plans, assessments and consents, and the scans of their pages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.services.cases.conftest import TODAY
from tests.services.cases.test_case_plans import approved
from tlbb_desktop.domain.case_plans import (
    PlanReview,
    ReviewForm,
    SignatureForm,
    SignedPaper,
    Signer,
    SignMethod,
)
from tlbb_desktop.domain.errors import NotFound, NotPermitted, Refused
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.domain.strengths import Assessment, AssessmentKind
from tlbb_desktop.security.compartments import Compartment

JPEG = b"\xff\xd8\xff first"
NEWER = b"\xff\xd8\xff second"
THUMB = SignatureForm(Signer.PARTICIPANT, "ស៊ិន ពិសិដ្ឋ", TODAY, SignMethod.THUMBPRINT)


@pytest.fixture
def papers(room):
    """One paper of each kind that can be signed, by kind, and the person's case."""
    desk, case_id = room.desk(), room.case()
    plan_id = approved(room, case_id)
    review = desk.case_plans.review(plan_id, PlanReview(TODAY, ReviewForm(TODAY + timedelta(days=90))))
    consent = desk.consents.of_person(desk.cases.file(case_id).person_id)[0].id
    assert consent is not None
    release_plan = desk.release_plans.open(case_id)
    return {
        SignedPaper.ASSESSMENT: desk.strengths.save(Assessment(None, case_id, AssessmentKind.INTAKE, TODAY)),
        SignedPaper.CASE_PLAN: plan_id,
        SignedPaper.REVIEW: review,
        SignedPaper.RELEASE_PLAN: release_plan if isinstance(release_plan, int) else release_plan.id,
        SignedPaper.CLOSURE: case_id,
        SignedPaper.CONSENT: consent,
    }


def test_every_paper_takes_signatures_and_thumbprints(room, papers):
    desk = room.desk()
    for paper, row in papers.items():
        desk.signatures.sign(paper, row, THUMB)
        assert desk.signatures.signatures(paper, row) == (THUMB,)


def test_a_scan_is_attached_shown_and_replaced_and_the_older_one_stays(room, papers):
    desk = room.desk()
    for paper, row in papers.items():
        first = desk.scans.attach(paper, row, JPEG)
        second_page = desk.scans.attach(paper, row, JPEG)
        newer = desk.scans.attach(paper, row, NEWER, page=1)
        scans = desk.scans.of_paper(paper, row)
        assert [(scan.id, scan.page, scan.replaced) for scan in scans] == [
            (newer, 1, False),
            (first, 1, True),
            (second_page, 2, False),
        ]
        assert {scan.attached_by for scan in scans} == {"worker"}
        assert desk.scans.picture(paper, row, newer) == NEWER
        assert desk.scans.picture(paper, row, first) == JPEG


def test_the_picture_of_a_plan_is_as_closed_as_its_protected_goals(room, papers):
    row = papers[SignedPaper.CASE_PLAN]
    scan = room.desk().scans.attach(SignedPaper.CASE_PLAN, row, JPEG)
    with room.manager.office.store.read() as connection:
        stored = connection.exec_driver_sql("SELECT compartment, content FROM attachment WHERE id = ?", (scan,)).one()
    assert stored[0] == Compartment.COUNSELLING
    assert b"first" not in stored[1]
    colleague = room.desk("colleague")
    assert len(colleague.scans.of_paper(SignedPaper.CASE_PLAN, row)) == 1
    for desk in (colleague, room.manager):
        with pytest.raises(Refused):
            desk.scans.picture(SignedPaper.CASE_PLAN, row, scan)
        with pytest.raises(Refused):
            desk.scans.attach(SignedPaper.CASE_PLAN, row, JPEG)
    assert room.manager.scans.picture(SignedPaper.CASE_PLAN, row, scan, ReadReason.SUPERVISION) == JPEG
    noted = {(each.kind, each.subject) for each in room.manager.audit.events()}
    assert ("break_glass", f"case_plan:{row}") in noted


def test_a_colleague_of_the_prison_sees_the_scan_of_a_consent_and_others_see_none(room, papers):
    row = papers[SignedPaper.CONSENT]
    scan = room.desk().scans.attach(SignedPaper.CONSENT, row, JPEG)
    assert room.desk("colleague").scans.picture(SignedPaper.CONSENT, row, scan) == JPEG
    for name, role in (("liaison", Role.LIAISON), ("trainer", Role.TRAINER)):
        with pytest.raises(NotPermitted):
            room.desk(name, role).scans.picture(SignedPaper.CONSENT, row, scan)
    with pytest.raises(NotPermitted):
        room.desk("colleague", prisons=frozenset({room.other})).scans.of_paper(SignedPaper.CONSENT, row)


def test_a_scan_of_one_paper_is_not_found_under_another(room, papers):
    desk = room.desk()
    scan = desk.scans.attach(SignedPaper.CASE_PLAN, papers[SignedPaper.CASE_PLAN], JPEG)
    with pytest.raises(NotFound):
        desk.scans.picture(SignedPaper.CONSENT, papers[SignedPaper.CONSENT], scan)


def test_only_a_small_jpeg_of_a_paper_on_record_is_taken(room, papers):
    desk, row = room.desk(), papers[SignedPaper.REVIEW]
    for wrong in (b"%PDF-1.7", JPEG + bytes(2_000_000)):
        with pytest.raises(Refused, match="JPEG"):
            desk.scans.attach(SignedPaper.REVIEW, row, wrong)
    with pytest.raises(Refused, match="no page"):
        desk.scans.attach(SignedPaper.REVIEW, row, JPEG, page=3)
    with pytest.raises(NotFound):
        desk.scans.attach(SignedPaper.REVIEW, 999, JPEG)


def test_a_record_that_is_joined_to_another_keeps_its_scans(room, papers):
    desk, row = room.desk(), papers[SignedPaper.CONSENT]
    scan = desk.scans.attach(SignedPaper.CONSENT, row, JPEG)
    person_id = desk.cases.file(papers[SignedPaper.CLOSURE]).person_id
    twin = room.person("SR-26-0099")
    room.manager.people.merge(twin, person_id)
    assert room.manager.scans.picture(SignedPaper.CONSENT, row, scan) == JPEG
