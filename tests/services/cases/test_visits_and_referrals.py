"""Visits with their gap of 30 days; referrals with the Ministry's codes and the consent that they need."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.services.cases.conftest import TODAY
from tlbb_desktop.domain.consents import ConsentForm, ConsentPurpose
from tlbb_desktop.domain.errors import ChangedMeanwhile, NotFound, NotPermitted, Refused
from tlbb_desktop.domain.money import Currency, Money
from tlbb_desktop.domain.referrals import LegalNeed, Referral, ReferralForm, ReferralKind, ReferralOutcome, Urgency
from tlbb_desktop.domain.service_codes import SERVICE_GROUPS
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.domain.visits import Visit, VisitForm, VisitKind, Visitor, VisitOutcome
from tlbb_desktop.services.case_access import ReadReason

MOTHER = VisitForm(
    (Visitor("ស៊ិន សុភា", "mother"),),
    "SR",
    supported=True,
    transport=Money(40_000),
    fee=Money(250, Currency.USD, 4100),
    fees_asked=True,
    outcome=VisitOutcome.AGREED_TO_RECEIVE,
)
LAWYER = ReferralForm(ReferralKind.LEGAL, need=LegalNeed.APPEAL, urgency=Urgency.WEEK, agency="LAC")
DETOX = ReferralForm(ReferralKind.SERVICE, "drug_alcohol_detox_support", agency="Mith Samlanh")


def visit(case_id: int, days_ago: int = 0, kind: VisitKind = VisitKind.FAMILY_TO_PRISON) -> Visit:
    return Visit(None, case_id, kind, TODAY - timedelta(days=days_ago), MOTHER)


def test_a_visit_is_read_back_with_its_costs_and_the_day_on_which_it_was_entered(room):
    desk, case_id = room.desk(), room.case()
    desk.visits.save(visit(case_id, 4))
    (kept,) = desk.visits.visits(case_id)
    assert (kept.form, kept.on_day, kept.entered_on) == (MOTHER, TODAY - timedelta(days=4), TODAY)
    desk.visits.save(replace(kept, form=replace(MOTHER, minutes=40)))
    with pytest.raises(ChangedMeanwhile):
        desk.visits.save(kept)
    with pytest.raises(NotFound):
        desk.visits.save(replace(kept, id=99))


def test_a_liaison_knows_day_and_kind_of_a_visit_and_no_more(room):
    case_id = room.case()
    room.desk().visits.save(visit(case_id))
    liaison = room.desk("liaison", Role.LIAISON)
    (seen,) = liaison.visits.days(case_id)
    assert (seen.kind, seen.on_day, seen.form) == (VisitKind.FAMILY_TO_PRISON, TODAY, None)
    with pytest.raises(NotPermitted):
        liaison.visits.visits(case_id)


def test_more_than_thirty_days_without_the_family_are_told(room):
    desk, case_id = room.desk(), room.case()
    assert (desk.visits.gap(case_id).days, desk.visits.gap(case_id).too_long) == (0, False)
    desk.visits.save(visit(case_id, 30))
    assert not desk.visits.gap(case_id).too_long
    room.clock.go_to(TODAY + timedelta(days=1))
    assert (desk.visits.gap(case_id).days, desk.visits.gap(case_id).too_long) == (31, True)
    desk.visits.save(visit(case_id, 0, VisitKind.HOME_VISIT))
    assert desk.visits.gap(case_id).too_long, "staff at the home is no contact of the family"
    desk.visits.save(visit(case_id, 0, VisitKind.VIDEO_PHONE))
    assert (desk.visits.gap(case_id).days, desk.visits.gap(case_id).last_on) == (1, TODAY)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"on_day": TODAY + timedelta(days=1)}, "on_day"),
        ({"form": replace(MOTHER, quality=0)}, "quality"),
        ({"form": replace(MOTHER, minutes=-5)}, "minutes"),
        ({"form": replace(MOTHER, food=Money(-1))}, "costs"),
    ],
)
def test_a_visit_that_cannot_be_true_is_refused(room, change, place):
    with pytest.raises(Refused) as refusal:
        room.desk().visits.save(replace(visit(room.case()), **change))
    assert refusal.value.place == place


def sharing(room, person: int, agency: str = "LAC") -> int:
    return room.manager.consents.record(person, ConsentForm(ConsentPurpose.SHARE, True, TODAY, agency=agency))


def test_a_referral_is_sent_with_a_consent_and_followed_to_its_outcome(room):
    person = room.person()
    case_id, desk = room.case(person), room.desk()
    row = desk.referrals.save(Referral(None, case_id, LAWYER))
    sent = replace(LAWYER, sent_on=TODAY)
    with pytest.raises(Refused, match="consent 3"):
        desk.referrals.save(Referral(row, case_id, sent, 1))
    sent = replace(sent, consent_id=sharing(room, person))
    desk.referrals.save(Referral(row, case_id, sent, 1))
    (kept,) = desk.referrals.referrals(case_id)
    assert kept.form.answer_due_on == TODAY + timedelta(days=7)
    room.clock.go_to(TODAY + timedelta(days=3))
    done = replace(
        sent,
        accepted_on=TODAY + timedelta(days=2),
        outcome=ReferralOutcome.LAWYER_APPOINTED,
        closed_on=TODAY + timedelta(days=3),
    )
    desk.referrals.save(replace(kept, form=done))
    assert desk.referrals.referrals(case_id)[0].form.answer_due_on is None
    with pytest.raises(ChangedMeanwhile):
        desk.referrals.save(kept)


def test_an_urgent_referral_wants_its_answer_the_next_day():
    assert replace(LAWYER, urgency=Urgency.DAY, sent_on=TODAY).answer_due_on == TODAY + timedelta(days=1)


def test_a_consent_of_somebody_else_or_for_something_else_does_not_do(room):
    person, other = room.person("0001"), room.person("0002")
    case_id, desk = room.case(person), room.desk()
    service = next(each for each in desk.consents.of_person(person) if each.purpose is ConsentPurpose.SERVICE)
    for consent in (sharing(room, other), service.id, 99):
        with pytest.raises(Refused, match="consent 3"):
            desk.referrals.save(Referral(None, case_id, replace(LAWYER, sent_on=TODAY, consent_id=consent)))


def test_a_referral_for_detox_is_read_by_the_responsible_one_only(room):
    case_id = room.case()
    room.desk().referrals.save(Referral(None, case_id, DETOX))
    room.desk().referrals.save(Referral(None, case_id, LAWYER))
    assert [each.form.service for each in room.desk().referrals.referrals(case_id)] == ["", DETOX.service]
    assert [each.form for each in room.desk("colleague").referrals.referrals(case_id)] == [LAWYER]
    assert len(room.manager.referrals.referrals(case_id, ReadReason.SAFETY)) == 2
    with pytest.raises(Refused, match="responsible"):
        room.desk("colleague").referrals.save(Referral(None, case_id, DETOX))


def test_the_service_of_a_referral_decides_who_reads_it_and_stays(room):
    desk, case_id = room.desk(), room.case()
    row = desk.referrals.save(Referral(None, case_id, DETOX))
    with pytest.raises(Refused, match="make a new one"):
        desk.referrals.save(Referral(row, case_id, replace(DETOX, service="training_education_life_skills"), 1))
    with pytest.raises(NotFound):
        desk.referrals.save(Referral(99, case_id, DETOX, 1))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"service": "magic"}, "service"),
        ({"kind": ReferralKind.SERVICE}, "service"),
        ({"sent_on": TODAY + timedelta(days=1)}, "sent_on"),
        ({"sent_on": TODAY, "accepted_on": TODAY - timedelta(days=1)}, "accepted_on"),
        ({"accepted_on": TODAY}, "sent_on"),
        ({"sent_on": TODAY, "refused_on": TODAY}, "refusal"),
        ({"sent_on": TODAY, "agency": ""}, "agency"),
    ],
)
def test_a_referral_that_cannot_be_true_is_refused(room, change, place):
    with pytest.raises(Refused) as refusal:
        room.desk().referrals.save(Referral(None, room.case(), replace(LAWYER, **change)))
    assert refusal.value.place == place


def test_the_codes_of_the_ministry_stand_as_they_are_exchanged():
    assert len(SERVICE_GROUPS) == 50
    assert "legal_support_prision_visitation" in SERVICE_GROUPS
