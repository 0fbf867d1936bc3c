"""Every indicator of the registry over real cases: whom it is about, and that an expunging moves none of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests.services.cases.conftest import CaseRoom
from tests.services.cases.test_case_endings import asked_and_approved
from tests.services.cases.test_release_checklist import WHOLE
from tlbb_desktop.domain.births import Birth
from tlbb_desktop.domain.cases import CloseReason, RetentionAct
from tlbb_desktop.domain.follow_ups import ContactFindings, ContactMode, LawTrouble, Reached, WorkerView, WorkStatus
from tlbb_desktop.domain.indicators import INDICATORS
from tlbb_desktop.domain.legal_files import LegalFile
from tlbb_desktop.domain.outcome_reports import OutcomeFilter, OutcomeReport
from tlbb_desktop.domain.people import Identity, Sex
from tlbb_desktop.domain.recidivism import RecidivismQuestion, RecidivismTable
from tlbb_desktop.domain.release_plans import ItemStatus
from tlbb_desktop.domain.releases import ReleaseForm
from tlbb_desktop.domain.reoffences import EventSource, EvidenceLevel, ReoffenceEvent, ReoffenceForm
from tlbb_desktop.domain.visits import VisitForm, VisitKind
from tlbb_desktop.services.follow_ups import Contact

LEFT = date(2026, 11, 16)
LATER = date(2034, 10, 16)
#: Of whoever is inside, and so of nobody whose case is over.
OF_THOSE_INSIDE = {"family-contact"}


def listed(report: OutcomeReport, key: str, name: str) -> tuple[str, ...]:
    figure = next(each for each in report.figures if each.indicator.key == key)
    return report.people(figure, name)


def test_family_contact_is_of_those_inside_who_were_under_18_at_the_offence(room: CaseRoom) -> None:
    def inside(code: str, born: date, offence_on: date | None) -> int:
        case_id = room.case(room.person(code, identity=Identity(Birth.on(born))))
        if offence_on is not None:
            whose = room.manager.cases.file(case_id).person_id
            room.manager.legal_files.save(whose, LegalFile(offence_on=offence_on), 0)
        return case_id

    seen = inside("SEEN", date(2008, 3, 1), date(2026, 1, 2))
    inside("ALONE", date(2008, 3, 1), date(2026, 1, 2))
    inside("OF-AGE-SINCE", date(2007, 12, 1), date(2025, 11, 30))
    inside("YOUNG-WHEN-TAKEN-IN", date(2008, 1, 6), None)
    grown = inside("GROWN", date(2000, 1, 1), date(2026, 1, 2))
    for case_id in (seen, grown):
        room.desk().visits.add(case_id, VisitKind.FAMILY_TO_PRISON, room.clock.today(), VisitForm())
    report = room.manager.outcome_reports.report(room.clock.today())
    assert listed(report, "family-contact", "events") == ("SEEN",)
    assert listed(report, "family-contact", "others") == ("ALONE", "OF-AGE-SINCE", "YOUNG-WHEN-TAKEN-IN")


def ready(room: CaseRoom, case_id: int) -> None:
    """A release plan with everything done."""
    plans = room.desk().release_plans
    plan = plans.open(case_id)
    plans.save(plan.id, WHOLE, plan.version)
    for item in plans.plan(case_id).items:
        plans.set_item(item.id, replace(item.form, status=ItemStatus.DONE), item.version)


def well(day: date) -> Contact:
    """A contact that went well: in paid work in the trade, at school, on track."""
    findings = ContactFindings(
        trouble=LawTrouble.NONE,
        work=WorkStatus.EMPLOYED,
        hours_last_week=40,
        trained_trade=True,
        in_school=True,
        view=WorkerView.ON_TRACK,
    )
    return Contact(day, ContactMode.HOME_VISIT, Reached.IN_PERSON, findings)


def followed(room: CaseRoom, code: str, sex: Sex, *, fails: bool) -> int:
    """A case from a release to the last contact: everything went well, but for an arrest; or nobody was found."""
    desk, case_id = room.desk(), room.case(room.person(code, sex=sex))
    person_id = desk.cases.file(case_id).person_id
    if not fails:
        ready(room, case_id)
    release = desk.releases.record(person_id, ReleaseForm(LEFT, completed=not fails))
    if fails:
        return case_id
    for days in (2, 20, 50, 80, 110, 140, 170, 182, 365):
        room.clock.go_to(LEFT + timedelta(days=days))
        desk.follow_ups.add_extra(release.id, well(room.clock.today()))
    arrest = ReoffenceForm(date(2027, 2, 1), EvidenceLevel.ARREST, date(2027, 2, 3), EventSource.FAMILY)
    desk.reoffences.save(ReoffenceEvent(None, person_id, arrest))
    return case_id


def all_figures(room: CaseRoom) -> Iterator[OutcomeReport | RecidivismTable]:
    """Every indicator and the tables of recidivism, at several days and through every filter."""
    narrower: tuple[dict[str, Any], ...] = (
        {"sex": Sex.FEMALE},
        {"prison_id": room.own},
        {"trade": "moto"},
        {"first": LEFT, "last": LEFT},
    )
    wishes = [OutcomeFilter(), *(OutcomeFilter(**each) for each in narrower)]
    for day in (date(2027, 3, 1), date(2027, 6, 1), date(2027, 12, 1), LATER):
        for wish in wishes:
            yield room.manager.outcome_reports.report(day, wish)
        for only_completers in (False, True):
            yield room.manager.outcomes.recidivism(RecidivismQuestion(day, (6, 12), only_completers))


def test_every_indicator_of_the_registry_stands_as_it_was_after_an_expunging(room: CaseRoom) -> None:
    cases = [followed(room, "WELL", Sex.MALE, fails=False)]
    room.clock.go_to(LEFT)
    cases.append(followed(room, "LOST", Sex.FEMALE, fails=True))
    room.clock.go_to(LEFT + timedelta(days=400))
    for case_id in cases:
        room.manager.case_endings.close(case_id, CloseReason.LOST_CONTACT, room.manager.cases.file(case_id).version)
    room.clock.go_to(date(2028, 3, 1))
    for case_id in cases:
        asked_and_approved(room, case_id, RetentionAct.SEAL)
    room.clock.go_to(LATER)
    before = list(all_figures(room))
    whole = room.manager.outcome_reports.report(LATER)
    for each in INDICATORS:
        if each.key not in OF_THOSE_INSIDE:
            assert "WELL" in listed(whole, each.key, "events"), f"{each.key} is not put to the test"
    for case_id in cases:
        asked_and_approved(room, case_id, RetentionAct.EXPUNGE)
    assert list(all_figures(room)) == before
