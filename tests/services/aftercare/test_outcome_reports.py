"""A report is counted at a day, kept as it was issued, and says later who stands elsewhere."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.aftercare.conftest import TODAY
from tests.services.aftercare.test_follow_ups import planned, seen
from tlbb_desktop.domain.errors import NotFound, NotPermitted, Refused
from tlbb_desktop.domain.history_import import HistoryLine
from tlbb_desktop.domain.outcome_reports import Change, OutcomeFilter
from tlbb_desktop.domain.people import Sex
from tlbb_desktop.domain.reoffences import EventSource, EvidenceLevel, ReoffenceEvent, ReoffenceForm
from tlbb_desktop.domain.staff import Role


def figure(report, key: str):
    return next(each for each in report.figures if each.indicator.key == key)


def numbers(report, key: str) -> tuple[int, int, int]:
    found = figure(report, key)
    return len(found.events), len(found.others), len(found.unknown)


def test_each_number_opens_its_people_by_code(desk, freed) -> None:
    found = planned(desk, freed)
    desk.follow_ups.note_contact(found["m6"].id, seen(date(2026, 3, 1)), found["m6"].version)
    desk.case_history.take([HistoryLine(2, "H-1", date(2025, 9, 1)), HistoryLine(3, "H-2", date(2025, 9, 1))])
    report = desk.outcome_reports.report(TODAY)
    assert numbers(report, "employment-6") == (1, 0, 2)
    assert numbers(report, "coverage-6") == (1, 2, 0)
    assert numbers(report, "recidivism-6") == (0, 1, 2)
    assert report.people(figure(report, "employment-6"), "events") == ("SR-25-0001",)
    assert report.people(figure(report, "employment-6"), "unknown") == ("H-1", "H-2")


def test_a_filter_counts_those_it_lets_through(desk, freed) -> None:
    desk.case_history.take([HistoryLine(2, "H-1", date(2024, 9, 1))])
    own = desk.prisons.own().id

    def n(**wish) -> int:
        return figure(desk.outcome_reports.report(TODAY, OutcomeFilter(**wish)), "recidivism-6").n

    assert (n(), n(sex=Sex.MALE), n(sex=Sex.FEMALE), n(prison_id=own), n(trade="moto")) == (2, 1, 0, 1, 0)
    assert (n(first=date(2025, 1, 1)), n(last=date(2024, 12, 31))) == (1, 1)


def test_an_issued_figure_stays_and_a_later_run_says_what_changed(desk, freed) -> None:
    number = desk.outcome_reports.issue(desk.outcome_reports.report(TODAY), "donor")
    assert number.endswith("-26-R001")
    assert desk.outcome_reports.changes(number) == ()
    event = ReoffenceForm(date(2025, 10, 1), EvidenceLevel.ARREST, TODAY, EventSource.POLICE)
    desk.reoffences.save(ReoffenceEvent(None, freed.person_id, event))
    desk.case_history.take([HistoryLine(2, "H-1", date(2025, 9, 1))])
    changed = [each for each in desk.outcome_reports.changes(number) if each.key == "recidivism-6"]
    assert changed == [
        Change("recidivism-6", "H-1", "", "unknown"),
        Change("recidivism-6", "SR-25-0001", "unknown", "events"),
    ]
    (kept,) = desk.outcome_reports.issued()
    then = next(each for each in kept.form.figures if each.key == "recidivism-6")
    assert (kept.as_of, kept.form.reason, then.values["n"], then.people["unknown"]) == (
        TODAY, "donor", "1", ("SR-25-0001",),
    )  # fmt: skip


def test_a_correction_names_the_report_that_it_takes_the_place_of(desk, freed) -> None:
    first = desk.outcome_reports.issue(desk.outcome_reports.report(TODAY))
    second = desk.outcome_reports.issue(desk.outcome_reports.report(TODAY), corrects=first)
    assert [(each.number, each.corrects) for each in desk.outcome_reports.issued()] == [(second, first), (first, "")]
    with pytest.raises(NotFound):
        desk.outcome_reports.issue(desk.outcome_reports.report(TODAY), corrects="X-1")
    with pytest.raises(NotFound):
        desk.outcome_reports.changes("X-1")


def test_nothing_is_counted_for_a_day_to_come_or_without_an_indicator(desk) -> None:
    with pytest.raises(Refused):
        desk.outcome_reports.report(date(2026, 11, 28))
    with pytest.raises(NotFound):
        desk.outcome_reports.report(TODAY, keys=["happiness"])


def test_a_social_worker_counts_the_own_prison_and_issues_nothing(desk, freed, desk_as) -> None:
    own = desk_as(Role.SOCIAL_WORKER, prisons=frozenset({desk.prisons.own().id}))
    assert figure(own.outcome_reports.report(TODAY), "recidivism-6").n == 1
    with pytest.raises(NotPermitted):
        own.outcome_reports.issue(own.outcome_reports.report(TODAY))
    for role in (Role.TRAINER, Role.LIAISON):
        with pytest.raises(NotPermitted):
            desk_as(role).outcome_reports.report(TODAY)


def test_a_report_that_is_printed_stands_in_the_audit(desk, freed) -> None:
    report = desk.outcome_reports.report(TODAY)
    number = desk.outcome_reports.issue(report, "donor")
    assert desk.outcome_reports.paper(report, "km", number).pdf.startswith(b"%PDF")
    with desk.office.store.read() as connection:
        last = connection.exec_driver_sql("SELECT kind, subject FROM audit_event ORDER BY seq DESC").first()
    assert tuple(last) == ("outcome_printed", f"report:{number}")


def test_a_number_opens_nobody_of_another_prison(desk, desk_as, freed) -> None:
    own = desk.prisons.own().id
    elsewhere = next(each.id for each in desk.prisons.prisons() if each.id != own)
    codes = [
        [each.code for each in desk_as(Role.SOCIAL_WORKER, prisons=frozenset({at})).outcomes.people([freed.person_id])]
        for at in (own, elsewhere)
    ]
    assert codes == [["SR-25-0001"], []]
