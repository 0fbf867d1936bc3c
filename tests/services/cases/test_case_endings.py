"""A case is closed by the rule, sealed and expunged by two members of staff; what is counted stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.services.cases.conftest import CaseRoom
from tests.services.cases.test_strengths import whole, with_risk
from tlbb_desktop.data.sealed_columns import sealed_tables
from tlbb_desktop.domain.births import Birth, BirthPrecision
from tlbb_desktop.domain.case_notes import CaseNote, NoteForm, NoteKind
from tlbb_desktop.domain.case_papers import CasePaper, PrintReason
from tlbb_desktop.domain.case_plans import SignatureForm, SignedPaper, Signer
from tlbb_desktop.domain.cases import CaseState, CloseReason, RetentionAct
from tlbb_desktop.domain.errors import NotPermitted, Refused
from tlbb_desktop.domain.follow_up_schedule import ClosingGap
from tlbb_desktop.domain.follow_ups import (
    ContactFindings,
    ContactMode,
    FollowUpKind,
    LawTrouble,
    Reached,
    WorkerView,
    WorkStatus,
)
from tlbb_desktop.domain.people import Identity
from tlbb_desktop.domain.plan_papers import PlanText
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.recidivism import RecidivismQuestion
from tlbb_desktop.domain.releases import ReleaseForm
from tlbb_desktop.domain.reoffences import EventSource, EvidenceLevel, ReoffenceEvent, ReoffenceForm
from tlbb_desktop.domain.road_pack import RoadStop
from tlbb_desktop.domain.strengths import SafetyRisk
from tlbb_desktop.security.compartments import Compartment
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


def everything(desk) -> str:
    """Every sealed field that the manager's keys open, as one text."""
    said, cipher = [], desk.office.cipher
    with desk.office.store.read() as connection:
        for table in sealed_tables():
            for column in table.columns:
                rows = connection.exec_driver_sql(
                    f"SELECT uuid, version, {table.compartment}, {column} FROM {table.name} WHERE {column} IS NOT NULL"
                )
                for uuid, version, own, field in rows:
                    said.append(repr(cipher.decrypt(Compartment(own), table.name, uuid, column, version, field)))
    return "\n".join(said)


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


def sealed_long_ago(room: CaseRoom, case_id: int, day: date) -> None:
    """The case is closed and sealed, and *day* is today."""
    close(room, case_id)
    room.clock.go_to(date(2027, 7, 1))
    asked_and_approved(room, case_id, RetentionAct.SEAL)
    room.clock.go_to(day)


def test_no_word_about_somebody_outlives_the_expunging_and_every_figure_does(room, seen_through) -> None:
    manager, worker, day = room.manager, room.desk(), date(2034, 10, 16)
    person_id = manager.cases.file(seen_through).person_id
    (release,) = manager.releases.of_person(person_id)
    found = ContactFindings(
        trouble=LawTrouble.NONE,
        work=WorkStatus.EMPLOYED,
        employer="SECRET garage",
        note="SECRET",
        view=WorkerView.ON_TRACK,
    )
    worker.follow_ups.add_extra(release.id, Contact(date(2027, 5, 17), ContactMode.PHONE, Reached.BY_PHONE, found))
    event = ReoffenceForm(
        date(2027, 2, 1),
        EvidenceLevel.ARREST,
        date(2027, 2, 3),
        EventSource.FAMILY,
        place="SECRET market",
        outcome="SECRET",
    )
    worker.reoffences.save(ReoffenceEvent(None, person_id, event))
    pack = worker.road_packs.make(
        [RoadStop(1, "SR-26-0031", "SECRET", "170101", PlanText("SECRET"), FollowUpKind.MONTH_6, LEFT)], LEFT
    )
    worker.people.set_photo(person_id, b"\xff\xd8\xff SECRET face")
    consent = worker.consents.of_person(person_id)[0].id or 0
    worker.signatures.sign(SignedPaper.CONSENT, consent, SignatureForm(Signer.GUARDIAN, "SECRET", LEFT))
    worker.scans.attach(SignedPaper.CONSENT, consent, b"\xff\xd8\xff SECRET name")
    sealed_long_ago(room, seen_through, day)
    before = manager.outcome_reports.report(day)
    asked_and_approved(room, seen_through, RetentionAct.EXPUNGE)
    assert manager.outcome_reports.report(day) == before
    assert {len(each.events) for each in before.figures if each.indicator.key == "employment-6"} == {1}
    assert "SECRET" not in everything(manager)
    assert manager.road_packs.with_code(pack.code).stops[0].code == "SR-26-0031"


def test_a_release_that_is_expunged_keeps_no_note(room) -> None:
    case_id, manager = room.case(room.person("SR-26-0031")), room.manager
    person_id = manager.cases.file(case_id).person_id
    room.desk().releases.record(person_id, ReleaseForm(LEFT, note="SECRET uncle"))
    close(room, case_id, CloseReason.TRANSFERRED)
    room.clock.go_to(date(2027, 7, 1))
    asked_and_approved(room, case_id, RetentionAct.SEAL)
    room.clock.go_to(date(2034, 10, 16))
    asked_and_approved(room, case_id, RetentionAct.EXPUNGE)
    assert "SECRET" not in everything(manager)
    assert manager.outcomes.recidivism(RecidivismQuestion(date(2034, 10, 16))).windows[0].n == 1


def test_a_birth_known_by_year_only_reaches_the_age_of_expunging_at_its_end(room) -> None:
    whose = room.person("SR-26-0031", identity=Identity(Birth(BirthPrecision.YEAR, 2009)))
    case_id = room.case(whose)
    close(room, case_id, CloseReason.TRANSFERRED)
    room.clock.go_to(date(2027, 7, 1))
    asked_and_approved(room, case_id, RetentionAct.SEAL)
    room.clock.go_to(date(2034, 12, 30))
    with pytest.raises(Refused, match="2034-12-31"):
        room.manager.case_endings.ask(case_id, RetentionAct.EXPUNGE, "25 at last")


def test_into_a_sealed_case_only_a_manager_who_says_why_looks(room, seen_through) -> None:
    note = CaseNote(None, seen_through, room.clock.today(), NoteForm(NoteKind.INDIVIDUAL, "He speaks of his mother."))
    room.desk().case_notes.save(note)
    plan_id = room.desk().case_plans.start(seen_through)
    close(room, seen_through)
    room.clock.go_to(date(2027, 7, 1))
    asked_and_approved(room, seen_through, RetentionAct.SEAL)
    person_id = room.manager.cases.file(seen_through).person_id
    (release,) = room.manager.releases.of_person(person_id, ReadReason.SUPERVISION)
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


def test_a_case_closed_on_29_february_of_somebody_born_on_one_comes_of_age_on_the_28th(room) -> None:
    leap = date(2028, 2, 29)
    case_id = room.case(room.person("SR-26-0031", identity=Identity(Birth.on(date(2008, 2, 29)))))
    room.clock.go_to(leap)
    close(room, case_id, CloseReason.TRANSFERRED)
    with pytest.raises(Refused, match="2028-03-30"):
        room.manager.case_endings.ask(case_id, RetentionAct.SEAL, "too early")
    room.clock.go_to(date(2028, 3, 30))
    asked_and_approved(room, case_id, RetentionAct.SEAL)
    with pytest.raises(Refused, match="2033-02-28"):
        room.manager.case_endings.ask(case_id, RetentionAct.EXPUNGE, "too early")
    room.clock.go_to(date(2033, 2, 28))
    asked_and_approved(room, case_id, RetentionAct.EXPUNGE)
    assert room.manager.cases.file(case_id).state is CaseState.EXPUNGED
