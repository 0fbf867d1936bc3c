"""Opening a case, the waiting list, who is responsible, and the consents that everything waits for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.services.cases.conftest import TODAY
from tlbb_desktop.data import models
from tlbb_desktop.domain.case_notes import CaseNote, NoteForm, NoteKind
from tlbb_desktop.domain.cases import CaseState
from tlbb_desktop.domain.consents import (
    NEEDED_FOR_SERVICE,
    ConsentForm,
    ConsentGiver,
    ConsentPurpose,
    ConsentStanding,
)
from tlbb_desktop.domain.errors import ChangedMeanwhile, NotFound, NotPermitted, Refused, WrongPassphrase
from tlbb_desktop.domain.legal_files import LegalFile, LegalStatus, StatusChange
from tlbb_desktop.domain.people import CustodyStay, Names, PersonKind, PersonRecord, PersonStatus, Sex
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.release_dates import DateCause
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.domain.work_list import WorkKind
from tlbb_desktop.services.staff import NewMember
from tlbb_desktop.services.vault import unlock
from tlbb_desktop.wiring import open_desk

P = ConsentPurpose


def test_a_social_worker_opens_a_case_and_is_responsible(room):
    person, desk = room.person(), room.desk()
    case = desk.cases.file(desk.cases.open(person))
    assert (case.worker_id, case.worker, case.state, case.opened_on) == (
        room.workers["worker"],
        "worker",
        CaseState.OPEN,
        TODAY,
    )
    assert case.prison_id == room.own


def test_nobody_has_two_open_cases(room):
    person = room.person()
    room.manager.cases.open(person)
    for again in (room.manager.cases.open, room.manager.cases.wait):
        with pytest.raises(Refused, match="has a case already"):
            again(person)


def test_a_guest_gets_no_case(room):
    with pytest.raises(Refused, match="Join this row"):
        room.manager.cases.open(room.person(kind=PersonKind.GUEST))


def test_the_responsible_one_works_at_any_prison_and_others_at_their_own(room):
    person = room.person(prison=room.other)
    case_id = room.manager.cases.open(person, room.workers["worker"])
    assert room.desk("worker").cases.file(case_id).prison_id == room.other
    assert [case.id for case in room.desk("worker").cases.list()] == [case_id]
    with pytest.raises(NotPermitted):
        room.desk("colleague").cases.file(case_id)
    assert room.desk("colleague").cases.list() == ()
    assert room.desk("colleague", prisons=frozenset({room.other})).cases.file(case_id).id == case_id


def test_a_trainer_opens_no_case_page(room):
    case_id = room.case()
    with pytest.raises(NotPermitted):
        room.desk("trainer", Role.TRAINER).cases.file(case_id)


@pytest.mark.parametrize("name", ["liaison", "trainer"])
def test_only_somebody_who_holds_all_keys_becomes_responsible(room, name):
    with pytest.raises(Refused, match="can be responsible"):
        room.manager.cases.open(room.person(), room.workers[name])


def test_the_cases_of_somebody_who_left_are_given_to_a_colleague(room):
    case_id = room.case()
    with room.manager.office.store.write() as session:
        session.get_one(models.Staff, room.workers["worker"]).active = False
    case = room.manager.cases.file(case_id)
    assert not case.worker_active
    room.manager.cases.assign(case_id, room.workers["colleague"], case.version)
    assert room.manager.cases.file(case_id).worker == "colleague"
    with pytest.raises(Refused, match="can be responsible"):
        room.manager.cases.assign(case_id, room.workers["worker"], case.version + 1)


def test_the_open_case_of_a_worker_who_is_taken_off_stays_readable_under_the_new_keys(home, desk) -> None:
    phrase, day = "kite window mango pencil", desk.office.clock.today()
    desk.staff.add(NewMember("dara", "", Role.SOCIAL_WORKER, phrase, prisons=(desk.prisons.own().id,)))
    person = PersonRecord(
        None, "", Names("ស៊ិន", "ពិសិដ្ឋ"), Sex.MALE, PersonKind.PARTICIPANT, PersonStatus.ENROLLED,
        stays=(CustodyStay(desk.prisons.own().id, day - timedelta(days=9)),),
    )  # fmt: skip
    whose = desk.people.save(person)
    theirs = open_desk(home, unlock(home, "dara", phrase))
    for purpose in NEEDED_FOR_SERVICE:
        theirs.consents.record(whose, ConsentForm(purpose, True, day))
    case_id = theirs.cases.open(whose)
    theirs.case_notes.save(CaseNote(None, case_id, day, NoteForm(NoteKind.COUNSELLING, "ចង់ឈប់ប្រើ", 30)))
    theirs.close()
    assert desk.staff.deactivate("dara")
    assert [each.kind for each in desk.work_list.page().today if each.kind is WorkKind.WORKER_LEFT]
    (note,) = desk.case_notes.notes(case_id, ReadReason.ABSENCE)
    assert note.form.summary == "ចង់ឈប់ប្រើ"
    case = desk.cases.file(case_id)
    assert (case.state, case.worker_active) == (CaseState.OPEN, False)
    with pytest.raises(WrongPassphrase):
        unlock(home, "dara", phrase)


def test_two_managers_who_assign_at_once_do_not_overwrite_each_other(room):
    case_id = room.case()
    seen = room.manager.cases.file(case_id).version
    room.manager.cases.assign(case_id, room.workers["colleague"], seen)
    with pytest.raises(ChangedMeanwhile):
        room.manager.cases.assign(case_id, room.workers["worker"], seen)


def test_a_social_worker_assigns_nobody(room):
    case_id = room.case()
    with pytest.raises(NotPermitted):
        room.desk().cases.assign(case_id, room.workers["colleague"], 1)


def test_a_case_that_is_not_there(room):
    with pytest.raises(NotFound):
        room.manager.cases.file(99)


def test_the_waiting_list_says_who_can_be_taken(room):
    first = room.person("0001", status=PersonStatus.CANDIDATE)
    second = room.person("0002", status=PersonStatus.CANDIDATE)
    room.manager.cases.wait(first)
    room.clock.go_to(TODAY + timedelta(days=1))
    room.manager.cases.wait(second)
    room.manager.legal_files.save(first, LegalFile((StatusChange(LegalStatus.CONVICTED, date(2026, 2, 1)),)), 0)
    room.manager.release_dates.set_date(first, date(2028, 3, 1), DateCause.SENTENCE, "court", date(2027, 1, 24))
    lines = room.desk().cases.waiting_list()
    assert [line.case.code for line in lines] == ["0001", "0002"]
    assert (lines[0].eligibility.convicted, lines[0].eligibility.months_left) == (True, 15)
    assert lines[0].eligibility.holds
    assert (lines[1].eligibility.convicted, lines[1].eligibility.months_left) == (None, 2)
    assert not lines[1].eligibility.holds
    assert lines[0].consents is ConsentStanding.MISSING


def test_whoever_waits_keeps_the_case_when_it_is_opened(room):
    person = room.person(status=PersonStatus.CANDIDATE)
    waiting = room.manager.cases.wait(person)
    assert room.manager.cases.open(person) == waiting
    case = room.manager.cases.file(waiting)
    assert (case.state, case.waiting_since, case.opened_on) == (CaseState.OPEN, TODAY, TODAY)
    assert room.manager.cases.waiting_list() == ()


def test_people_from_before_have_thirty_days_for_their_consents(room):
    person = room.person(status=PersonStatus.IN_TRAINING)
    case_id = room.manager.cases.open(person)
    assert room.manager.cases.file(case_id).consents_due_on == TODAY + timedelta(days=30)
    assert room.manager.consents.standing(person) is ConsentStanding.TO_BE_RECORDED
    room.clock.go_to(TODAY + timedelta(days=30))
    assert room.manager.consents.standing(person) is ConsentStanding.TO_BE_RECORDED
    room.clock.go_to(TODAY + timedelta(days=31))
    assert room.manager.consents.standing(person) is ConsentStanding.MISSING


def test_a_candidate_agrees_first(room):
    person = room.person(status=PersonStatus.CANDIDATE)
    case_id = room.manager.cases.open(person)
    assert room.manager.cases.file(case_id).consents_due_on is None
    assert room.manager.consents.standing(person) is ConsentStanding.MISSING


def test_a_consent_that_was_withdrawn_in_the_middle_stays_readable_and_no_longer_holds(room):
    person = room.person()
    room.case(person)
    assert room.manager.consents.standing(person) is ConsentStanding.GIVEN
    service = next(each for each in room.manager.consents.of_person(person) if each.purpose is P.SERVICE)
    room.clock.go_to(TODAY + timedelta(days=9))
    room.desk().consents.withdraw(service.id, TODAY + timedelta(days=9))
    assert room.manager.consents.standing(person) is ConsentStanding.REFUSED
    kept = {each.purpose: each for each in room.manager.consents.of_person(person)}
    assert (kept[P.SERVICE].given_on, kept[P.SERVICE].withdrawn_on) == (TODAY, TODAY + timedelta(days=9))
    with pytest.raises(Refused, match="does not hold any more"):
        room.manager.consents.withdraw(service.id, TODAY)


def test_a_consent_given_anew_holds_again(room):
    person = room.person()
    room.manager.consents.record(person, ConsentForm(P.SERVICE, False, TODAY - timedelta(days=3)))
    room.manager.consents.record(person, ConsentForm(P.STORE_DATA, True, TODAY - timedelta(days=3)))
    assert room.manager.consents.standing(person) is ConsentStanding.REFUSED
    room.manager.consents.record(person, ConsentForm(P.SERVICE, True, TODAY, ConsentGiver.PARENT))
    assert room.manager.consents.standing(person) is ConsentStanding.GIVEN


def test_a_consent_ends_with_its_last_day(room):
    person = room.person()
    last = TODAY + timedelta(days=1)
    room.agree(person)
    room.manager.consents.record(person, ConsentForm(P.SERVICE, True, TODAY, expires_on=last))
    room.clock.go_to(last)
    assert room.manager.consents.standing(person) is ConsentStanding.GIVEN
    room.clock.go_to(last + timedelta(days=1))
    assert room.manager.consents.standing(person) is ConsentStanding.MISSING


@pytest.mark.parametrize(
    ("form", "place"),
    [
        (ConsentForm(P.SERVICE, True, TODAY + timedelta(days=1)), "given_on"),
        (ConsentForm(P.SERVICE, True, TODAY, expires_on=TODAY - timedelta(days=1)), "expires_on"),
        (ConsentForm(P.SHARE, True, TODAY, agency=" "), "agency"),
    ],
)
def test_a_consent_that_cannot_be_true_is_refused(room, form, place):
    with pytest.raises(Refused) as refusal:
        room.manager.consents.record(room.person(), form)
    assert refusal.value.place == place


def test_a_withdrawal_ahead_or_before_the_consent_is_refused(room):
    person = room.person()
    consent = room.manager.consents.record(person, ConsentForm(P.SERVICE, True, TODAY))
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(Refused, match="withdrawn between"):
            room.manager.consents.withdraw(consent, day)


def test_a_liaison_reads_no_consents(room):
    with pytest.raises(NotPermitted):
        room.desk("liaison", Role.LIAISON).consents.of_person(room.person())


def test_two_records_with_an_open_case_each_are_not_made_one(room):
    one, two = room.person("0001"), room.person("0002")
    for each in (one, two):
        room.manager.cases.open(each)
    with pytest.raises(Refused, match="Close one of them"):
        room.manager.people.merge(one, two)


def test_a_case_goes_over_to_the_record_that_stays(room):
    one, two = room.person("0001"), room.person("0002")
    case_id = room.manager.cases.open(two)
    file = LegalFile(charge="ចោរកម្ម")
    room.manager.legal_files.save(two, file, 0)
    room.manager.people.merge(one, two)
    assert room.manager.cases.file(case_id).code == "0001"
    assert room.manager.legal_files.read(one).file == file


def test_a_case_without_any_prison_is_for_the_one_who_is_responsible_and_for_managers(room):
    person = room.person(stays=())
    case_id = room.manager.cases.open(person)
    assert room.manager.cases.file(case_id).prison_id is None
    for desk in (room.desk(), room.desk("colleague", prisons=frozenset({room.other}))):
        for read in (
            lambda desk=desk: desk.cases.file(case_id),
            lambda desk=desk: desk.case_notes.notes(case_id),
            lambda desk=desk: desk.legal_files.read(person),
            lambda desk=desk: desk.consents.of_person(person),
        ):
            with pytest.raises(NotPermitted):
                read()
    room.manager.cases.assign(case_id, room.workers["worker"], 1)
    assert room.desk().cases.file(case_id).worker == "worker"
    assert room.desk().case_notes.notes(case_id) == ()


def test_for_somebody_new_without_a_stay_a_social_worker_opens_a_case_and_is_responsible(room):
    case_id = room.desk().cases.open(room.person(stays=()))
    assert room.desk().cases.file(case_id).worker == "worker"
    with pytest.raises(NotPermitted):
        room.desk("colleague").cases.file(case_id)


def test_somebody_who_left_prison_belongs_to_the_last_one(room):
    person = room.person(stays=(CustodyStay(room.own, date(2026, 1, 5), date(2026, 6, 1)),))
    case_id = room.manager.cases.open(person)
    assert room.desk("colleague").cases.file(case_id).prison == "SR"
    assert replace(room.manager.cases.file(case_id), prison="").prison_id == room.own
