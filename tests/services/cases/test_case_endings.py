"""A case is closed by the rule, sealed and expunged by two members of staff; what is counted stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.services.cases.conftest import CaseRoom
from tests.services.cases.test_strengths import whole, with_risk
from tlbb_desktop.domain.case_notes import CaseNote, NoteForm, NoteKind
from tlbb_desktop.domain.case_papers import CasePaper, PrintReason
from tlbb_desktop.domain.cases import CaseState, CloseReason, RetentionAct
from tlbb_desktop.domain.errors import NotPermitted, Refused
from tlbb_desktop.domain.follow_up_schedule import ClosingGap
from tlbb_desktop.domain.follow_ups import ContactFindings, ContactMode, LawTrouble, Reached, WorkerView
from tlbb_desktop.domain.recidivism import RecidivismQuestion
from tlbb_desktop.domain.releases import ReleaseForm
from tlbb_desktop.domain.strengths import SafetyRisk
from tlbb_desktop.services.case_access import ReadReason
from tlbb_desktop.services.follow_ups import Contact

LEFT = date(2026, 11, 16)


@pytest.fixture
def seen_through(room: CaseRoom) -> int:
    """A case whose release is half a year ago, with two contacts that went well."""
    case_id, desk = room.case(room.person("SR-26-0031")), room.desk()
    desk.strengths.save(whole(case_id))
    release = desk.releases.record(desk.cases.file(case_id).person_id, ReleaseForm(LEFT))
    for kind, day in (("m5", date(2027, 4, 17)), ("m6", date(2027, 5, 17))):
        room.clock.go_to(day)
        due = next(each for each in desk.follow_ups.of_release(release.id) if each.form.kind.value == kind)
        findings = ContactFindings(trouble=LawTrouble.NONE, view=WorkerView.ON_TRACK)
        held = Contact(day, ContactMode.HOME_VISIT, Reached.IN_PERSON, findings)
        desk.follow_ups.note_contact(due.id, held, due.version)
    return case_id


def close(room: CaseRoom, case_id: int, reason: CloseReason = CloseReason.DONE_AFTER_RELEASE) -> None:
    room.manager.case_endings.close(case_id, reason, room.manager.cases.file(case_id).version)


def asked_and_approved(room: CaseRoom, case_id: int, wish: RetentionAct) -> None:
    """A second manager approves."""
    request = room.manager.case_endings.ask(case_id, wish, "the time is over")
    second(room).case_endings.decide(request, approved=True, seen=1)


def second(room: CaseRoom):
    from tlbb_desktop.domain.staff import Role

    return room.desk("colleague", Role.MANAGER)


def audited(room: CaseRoom, kind: str) -> int:
    with room.manager.office.store.read() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM audit_event WHERE kind = ?", (kind,)).scalar_one()


def test_six_months_on_track_close_a_case_and_a_manager_signs(room, seen_through) -> None:
    assert room.desk().case_endings.gaps(seen_through) == (ClosingGap.NOT_SIGNED,)
    close(room, seen_through)
    case = room.manager.cases.file(seen_through)
    assert (case.state, case.closed_on, case.close_reason) == (
        CaseState.CLOSED, date(2027, 5, 17), CloseReason.DONE_AFTER_RELEASE,
    )  # fmt: skip


def test_a_worker_closes_nothing_alone(room, seen_through) -> None:
    with pytest.raises(NotPermitted):
        room.desk().case_endings.close(seen_through, CloseReason.DONE_AFTER_RELEASE, 1)


def test_a_case_without_a_release_is_closed_for_another_reason_only(room) -> None:
    case_id = room.case()
    with pytest.raises(Refused):
        close(room, case_id)
    close(room, case_id, CloseReason.TRANSFERRED)


def test_an_open_safety_task_keeps_a_case_open(room) -> None:
    case_id = room.case()
    room.desk().strengths.save(with_risk(whole(case_id), SafetyRisk.DEBT))
    with pytest.raises(Refused):
        close(room, case_id, CloseReason.WITHDREW)
    close(room, case_id, CloseReason.DIED)


def test_a_closed_case_is_sealed_after_its_time_by_two(room, seen_through) -> None:
    close(room, seen_through)
    with pytest.raises(Refused, match="2027-06-16"):
        room.manager.case_endings.ask(seen_through, RetentionAct.SEAL, "done")
    room.clock.go_to(date(2027, 6, 16))
    request = room.manager.case_endings.ask(seen_through, RetentionAct.SEAL, "done")
    with pytest.raises(Refused, match="second"):
        room.manager.case_endings.decide(request, approved=True, seen=1)
    with pytest.raises(Refused, match="waits"):
        room.manager.case_endings.ask(seen_through, RetentionAct.SEAL, "again")
    assert [each.code for each in room.manager.case_endings.requests()] == ["SR-26-0031"]
    second(room).case_endings.decide(request, approved=True, seen=1)
    assert room.manager.cases.file(seen_through).state is CaseState.SEALED
    assert room.manager.case_endings.requests() == ()


def test_a_request_that_is_refused_changes_nothing(room, seen_through) -> None:
    close(room, seen_through)
    room.clock.go_to(date(2027, 7, 1))
    request = room.manager.case_endings.ask(seen_through, RetentionAct.SEAL, "done")
    second(room).case_endings.decide(request, approved=False, seen=1)
    assert room.manager.cases.file(seen_through).state is CaseState.CLOSED


def test_a_sealed_case_is_opened_again_by_two(room, seen_through) -> None:
    close(room, seen_through)
    room.clock.go_to(date(2027, 7, 1))
    for wish in (RetentionAct.SEAL, RetentionAct.UNSEAL):
        asked_and_approved(room, seen_through, wish)
    assert room.manager.cases.file(seen_through).state is CaseState.CLOSED


def test_what_is_expunged_is_gone_and_the_figures_stay(room, seen_through) -> None:
    close(room, seen_through)
    room.clock.go_to(date(2027, 7, 1))
    asked_and_approved(room, seen_through, RetentionAct.SEAL)
    with pytest.raises(Refused):
        room.manager.case_endings.ask(seen_through, RetentionAct.EXPUNGE, "too early")
    room.clock.go_to(date(2034, 10, 15))  # the day before the 25th birthday
    with pytest.raises(Refused):
        room.manager.case_endings.ask(seen_through, RetentionAct.EXPUNGE, "too early")
    room.clock.go_to(date(2034, 10, 16))
    before = room.manager.outcomes.recidivism(RecidivismQuestion(date(2034, 10, 16)))
    asked_and_approved(room, seen_through, RetentionAct.EXPUNGE)
    case = room.manager.cases.file(seen_through)
    assert (case.state, case.code, case.names.shown) == (CaseState.EXPUNGED, "SR-26-0031", "")
    assert room.manager.strengths.assessments(seen_through) == ()
    assert room.manager.outcomes.recidivism(RecidivismQuestion(date(2034, 10, 16))) == before
    assert room.manager.people.record(case.person_id).identity == replace(
        room.manager.people.record(case.person_id).identity, id_numbers={}, release_on=None
    )
    with room.manager.office.store.read() as connection:
        for table in ("follow_up", "case_note", "legal_file", "person_identity", "person_contact"):
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() == 0


def test_into_a_sealed_case_only_a_manager_who_says_why_looks(room, seen_through) -> None:
    note = CaseNote(None, seen_through, room.clock.today(), NoteForm(NoteKind.INDIVIDUAL, "He speaks of his mother."))
    room.desk().case_notes.save(note)
    plan_id = room.desk().case_plans.start(seen_through)
    close(room, seen_through)
    room.clock.go_to(date(2027, 7, 1))
    asked_and_approved(room, seen_through, RetentionAct.SEAL)
    person_id = room.manager.cases.file(seen_through).person_id
    (release,) = room.manager.releases.of_person(person_id)
    reads = (
        lambda desk, reason: desk.strengths.assessments(seen_through, reason),
        lambda desk, reason: desk.case_notes.notes(seen_through, reason),
        lambda desk, reason: desk.case_plans.versions(seen_through, reason),
        lambda desk, reason: desk.case_plans.plan(plan_id, reason),
        lambda desk, reason: desk.release_plans.plan(seen_through, reason) or (1,),
        lambda desk, reason: desk.referrals.of_case(seen_through, reason) or (1,),
        lambda desk, reason: desk.scores.records(seen_through, reason) or (1,),
        lambda desk, reason: desk.visits.of_case(seen_through, reason) or (1,),
        lambda desk, reason: desk.follow_ups.of_release(release.id, reason),
        lambda desk, reason: desk.reoffences.of_person(person_id, reason) or (1,),
    )
    for read in reads:
        for desk in (room.desk(), room.manager):
            with pytest.raises(Refused, match="sealed"):
                read(desk, None)
        with pytest.raises(NotPermitted):
            read(room.desk(), ReadReason.SUPERVISION)
        assert read(room.manager, ReadReason.SUPERVISION)
    with pytest.raises(Refused, match="sealed"):
        room.manager.case_papers.paper(seen_through, CasePaper.PLAN, "km", PrintReason.OWN_FILE)
    with pytest.raises(Refused, match="sealed"):
        room.desk().case_tasks.open_tasks(seen_through)
    assert audited(room, "break_glass") >= 4
