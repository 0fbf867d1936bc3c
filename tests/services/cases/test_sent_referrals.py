"""People are sent to lawyers and services: consent before sending, an answer in time, an outcome at the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from tests.services.cases.conftest import TODAY, CaseRoom
from tlbb_desktop.domain.consents import ConsentForm, ConsentPurpose
from tlbb_desktop.domain.errors import ChangedMeanwhile, NotPermitted, Refused
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.referrals import (
    LegalNeed,
    Referral,
    ReferralEvent,
    ReferralForm,
    ReferralKind,
    ReferralOutcome,
    Urgency,
    is_late,
)
from tlbb_desktop.domain.service_codes import SERVICE_GROUPS
from tlbb_desktop.domain.staff import Role

LEGAL = ReferralForm(ReferralKind.LEGAL, need=LegalNeed.APPEAL, urgency=Urgency.WEEK, why="ឧទ្ធរណ៍")
SCHOOL = ReferralForm(ReferralKind.SERVICE, "training_education_school_support")
DETOX = ReferralForm(ReferralKind.SERVICE, "drug_alcohol_counselling")


@pytest.fixture
def case_id(room: CaseRoom) -> int:
    return room.case()


def consent_to_share(room: CaseRoom, case_id: int) -> int:
    person = room.manager.cases.file(case_id).person_id
    room.manager.consents.record(person, ConsentForm(ConsentPurpose.SHARE, True, TODAY, agency="LAC"))
    with room.manager.office.store.read() as connection:
        found = connection.exec_driver_sql("SELECT id FROM consent WHERE purpose = 'share' ORDER BY id DESC").scalar()
    return int(found)


def compartment(room: CaseRoom, referral: Referral) -> str:
    with room.manager.office.store.read() as connection:
        found = connection.exec_driver_sql("SELECT compartment FROM referral WHERE id = ?", (referral.id,))
        return str(found.scalar_one())


def test_the_list_of_services_has_every_code_that_the_ministry_exchanges_in_both_languages(room: CaseRoom) -> None:
    services = room.manager.referrals.services()
    assert {each.code for each in services} == set(SERVICE_GROUPS)
    assert len({each.group for each in services}) == 14
    assert all(each.name_km and each.name_en for each in services)
    ids = [each.shared_id for each in services if each.shared_id]
    assert len(ids) == len(set(ids))


def test_what_a_referral_is_for_decides_under_which_key_it_lies(room: CaseRoom, case_id: int) -> None:
    added = [room.desk().referrals.add(case_id, form) for form in (LEGAL, SCHOOL, DETOX)]
    assert [compartment(room, each) for each in added] == ["legal", "family", "counselling"]


def test_a_colleague_and_a_manager_without_a_reason_see_no_health_referral(room: CaseRoom, case_id: int) -> None:
    for form in (SCHOOL, DETOX):
        room.desk().referrals.add(case_id, form)
    own = room.desk().referrals.of_case(case_id)
    assert [each.form.service for each in own] == [DETOX.service, SCHOOL.service]
    for desk in (room.desk("colleague"), room.manager):
        assert [each.form.service for each in desk.referrals.of_case(case_id)] == [SCHOOL.service]
    with_reason = room.manager.referrals.of_case(case_id, ReadReason.SAFETY)
    assert [each.form for each in with_reason] == [DETOX, SCHOOL]
    with pytest.raises(Refused, match="responsible"):
        room.desk("colleague").referrals.add(case_id, DETOX)
    with pytest.raises(NotPermitted):
        room.desk("liaison", Role.LIAISON).referrals.of_case(case_id)


def test_nothing_is_sent_without_a_consent_to_share_that_holds_on_that_day(room: CaseRoom, case_id: int) -> None:
    sent = replace(LEGAL, agency="LAC", sent_on=TODAY)
    with pytest.raises(Refused) as refused:
        room.desk().referrals.add(case_id, sent)
    assert refused.value.place == "consent_id"
    consent = consent_to_share(room, case_id)
    with pytest.raises(Refused):  # it was given after that day
        room.desk().referrals.add(case_id, replace(sent, sent_on=TODAY - timedelta(days=1), consent_id=consent))
    assert room.desk().referrals.add(case_id, replace(sent, consent_id=consent)).form.sent_on == TODAY


def test_another_persons_consent_does_not_count(room: CaseRoom, case_id: int) -> None:
    consent = consent_to_share(room, room.case(room.person("0002")))
    with pytest.raises(Refused):
        room.desk().referrals.add(case_id, replace(LEGAL, agency="LAC", sent_on=TODAY, consent_id=consent))


@pytest.mark.parametrize(
    ("form", "place"),
    [
        (replace(LEGAL, need=None), "need"),
        (replace(SCHOOL, service=""), "service"),
        (replace(SCHOOL, service="no_such_service"), "service"),
        (replace(LEGAL, sent_on=TODAY + timedelta(days=1), agency="LAC"), "sent_on"),
        (replace(LEGAL, sent_on=TODAY), "agency"),
        (replace(LEGAL, accepted_on=TODAY), "sent_on"),
        (replace(LEGAL, agency="LAC", sent_on=TODAY, accepted_on=TODAY, refused_on=TODAY), "refused_on"),
        (replace(LEGAL, agency="LAC", sent_on=TODAY, refused_on=TODAY), "refusal"),
        (replace(LEGAL, agency="LAC", sent_on=TODAY, accepted_on=TODAY - timedelta(days=1)), "accepted_on"),
        (replace(LEGAL, closed_on=TODAY), "outcome"),
        (replace(LEGAL, outcome=ReferralOutcome.ADVICE), "closed_on"),
        (replace(LEGAL, events=(ReferralEvent(TODAY + timedelta(days=1), "x"),)), "events"),
    ],
)
def test_what_cannot_be_true_is_refused_at_its_field(
    room: CaseRoom, case_id: int, form: ReferralForm, place: str
) -> None:
    with pytest.raises(Refused) as refused:
        room.desk().referrals.add(case_id, form)
    assert refused.value.place == place


def test_a_referral_without_an_answer_is_late_after_seven_days_an_urgent_one_after_one() -> None:
    sent = replace(LEGAL, agency="LAC", sent_on=TODAY)
    urgent = replace(sent, urgency=Urgency.DAY)
    assert [is_late(sent, TODAY + timedelta(days=days)) for days in (7, 8)] == [False, True]
    assert [is_late(urgent, TODAY + timedelta(days=days)) for days in (1, 2)] == [False, True]
    assert not is_late(replace(sent, accepted_on=TODAY), TODAY + timedelta(days=60))


def test_a_legal_deadline_that_passed_is_late_until_the_referral_is_closed() -> None:
    due = replace(LEGAL, deadline_on=TODAY - timedelta(days=1))
    assert is_late(due, TODAY)
    assert not is_late(replace(due, closed_on=TODAY, outcome=ReferralOutcome.NO_CHANGE), TODAY)


def test_open_referrals_of_ones_own_cases_are_listed_late_ones_first(room: CaseRoom, case_id: int) -> None:
    worker = room.desk()
    plain = worker.referrals.add(case_id, SCHOOL)
    late = worker.referrals.add(case_id, replace(LEGAL, deadline_on=TODAY - timedelta(days=1)))
    worker.referrals.add(case_id, replace(LEGAL, closed_on=TODAY, outcome=ReferralOutcome.ADVICE))
    listed = worker.referrals.open_ones()
    assert [(each.referral.id, each.late) for each in listed] == [(late.id, True), (plain.id, False)]
    assert room.desk("colleague").referrals.open_ones() == ()


def test_a_manager_lists_open_referrals_but_those_for_health(room: CaseRoom, case_id: int) -> None:
    for form in (SCHOOL, DETOX):
        room.desk().referrals.add(case_id, form)
    assert [each.referral.form.service for each in room.manager.referrals.open_ones()] == [SCHOOL.service]


def test_however_many_are_open_they_are_listed_by_as_many_statements(room: CaseRoom, case_id: int) -> None:
    worker = room.desk()
    asked: list[str] = []
    event.listen(worker.office.store.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    counts = []
    for _more in range(2):
        worker.referrals.add(case_id, SCHOOL)
        asked.clear()
        worker.referrals.open_ones()
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_of_a_sealed_case_no_referral_is_listed(room: CaseRoom, case_id: int) -> None:
    room.desk().referrals.add(case_id, SCHOOL)
    with room.manager.office.own_act() as act:
        act.connection.exec_driver_sql("UPDATE case_file SET state = 'sealed' WHERE id = ?", (case_id,))
    assert room.desk().referrals.open_ones() == room.manager.referrals.open_ones() == ()


def test_what_came_of_it_is_kept_by_one_editor_at_a_time(room: CaseRoom, case_id: int) -> None:
    worker = room.desk()
    referral = worker.referrals.add(case_id, LEGAL)
    closed = replace(LEGAL, closed_on=TODAY, outcome=ReferralOutcome.LAWYER_APPOINTED)
    assert worker.referrals.change(replace(referral, form=closed)).form == closed
    with pytest.raises(ChangedMeanwhile):
        worker.referrals.change(replace(referral, form=closed))


def test_a_referral_does_not_move_under_another_key(room: CaseRoom, case_id: int) -> None:
    referral = room.desk().referrals.add(case_id, SCHOOL)
    with pytest.raises(Refused, match="another kind"):
        room.desk().referrals.change(replace(referral, form=DETOX))
    with pytest.raises(Refused, match="responsible"):
        room.desk("colleague").referrals.change(replace(room.desk().referrals.add(case_id, DETOX), form=DETOX))


def test_without_consents_1_and_2_no_referral_is_added(room: CaseRoom, case_id: int) -> None:
    room.manager.consents.note(room.manager.cases.file(case_id).person_id, ConsentPurpose.STORE_DATA, given=False)
    with pytest.raises(Refused):
        room.desk().referrals.add(case_id, SCHOOL)
