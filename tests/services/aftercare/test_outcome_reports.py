"""A report is counted at a day, kept as it was issued, and says later who stands elsewhere."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event

from tests.services.aftercare.conftest import TODAY
from tests.services.aftercare.test_follow_ups import planned, seen
from tlbb_desktop.documents.page_images import PaperPages
from tlbb_desktop.domain.change_causes import Entered, EnteredKind
from tlbb_desktop.domain.errors import NotFound, NotPermitted, Refused
from tlbb_desktop.domain.evidence_indicators import report_keys
from tlbb_desktop.domain.history_import import HistoryLine
from tlbb_desktop.domain.indicators import BY_KEY, MEASURES
from tlbb_desktop.domain.outcome_reports import Change, OutcomeFilter
from tlbb_desktop.domain.people import Sex
from tlbb_desktop.domain.recidivism import RecidivismQuestion
from tlbb_desktop.domain.reoffences import EventSource, EvidenceLevel, ReoffenceEvent, ReoffenceForm
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.services.outcome_reading import ReleaseFact, first_in

#: Parts of the statements that bring sealed forms for figures.
OPENED = ("FROM release r", "FROM reoffence", "FROM outcome_known", "FROM follow_up f")


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


def test_somebody_released_twice_counts_in_a_cohort_by_the_first_release_in_it_as_in_the_table(desk, freed) -> None:
    desk.case_history.take(
        [
            HistoryLine(2, "H-1", date(2023, 2, 1), completed=False),
            HistoryLine(3, "H-1", date(2025, 2, 1), True, date(2025, 5, 1), EvidenceLevel.CONVICTION),
        ]
    )
    first, last = date(2025, 1, 1), date(2025, 12, 31)
    cohort = desk.outcome_reports.report(TODAY, OutcomeFilter(first=first, last=last))
    (table,) = desk.outcomes.recidivism(RecidivismQuestion(TODAY, (6,), first=first, last=last)).windows
    assert numbers(cohort, "recidivism-6") == (1, 0, 1) == (len(table.events), len(table.free), len(table.unknown))
    assert numbers(cohort, "recidivism-6-completers") == (1, 0, 1)
    everybody = desk.outcome_reports.report(TODAY)
    assert numbers(everybody, "recidivism-6") == (0, 0, 2)
    assert numbers(everybody, "recidivism-6-completers") == (1, 0, 1), "by the first release after a course"


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


def test_each_change_says_what_was_entered_in_between(desk, freed) -> None:
    number = desk.outcome_reports.issue(desk.outcome_reports.report(TODAY))
    event = ReoffenceForm(date(2025, 10, 1), EvidenceLevel.ARREST, TODAY, EventSource.POLICE)
    desk.reoffences.save(ReoffenceEvent(None, freed.person_id, event))
    desk.case_history.take([HistoryLine(2, "H-1", date(2025, 9, 1))])
    found = {(each.key, each.code): each for each in desk.outcome_reports.changes(number)}
    assert Entered(EnteredKind.EVENT, TODAY) in found["recidivism-6", "SR-25-0001"].entered
    assert found["recidivism-6", "H-1"].entered == (Entered(EnteredKind.RELEASE, TODAY),)
    assert {told.kind for each in found.values() for told in each.entered if each.key.startswith("coverage")} == {
        EnteredKind.RELEASE
    }


def test_a_report_is_printed_again_with_the_figures_that_it_was_issued_with(desk, freed) -> None:
    own = desk.prisons.own().id
    wish = OutcomeFilter(own, sex=Sex.MALE, first=date(2025, 1, 1), last=date(2025, 12, 31))
    keys = report_keys((12,), EvidenceLevel.REPORT, (False,))
    first = desk.outcome_reports.issue(desk.outcome_reports.report(TODAY))
    number = desk.outcome_reports.issue(desk.outcome_reports.report(TODAY, wish, keys), "donor", first)
    event = ReoffenceForm(date(2025, 10, 1), EvidenceLevel.REPORT, TODAY, EventSource.POLICE)
    desk.reoffences.save(ReoffenceEvent(None, freed.person_id, event))
    then, now = desk.outcome_reports.as_issued(number), desk.outcome_reports.report(TODAY, wish, keys)
    assert (numbers(then, keys[0]), numbers(now, keys[0])) == ((0, 0, 1), (1, 0, 0))
    assert then.people(then.figures[0], "unknown") == ("SR-25-0001",)
    assert [each.key for each in desk.outcome_reports.changes(number)] == [keys[0]]
    text = " ".join(PaperPages(desk.outcome_reports.issued_paper(number, "en").pdf).text(0).split())
    assert f"Report {number}, issued on 27/11/2026 by" in text
    assert f"Issued for: donor. It takes the place of {first}." in text
    assert "Male, released from 01/01/2025 to 31/12/2025." in text
    assert "Re-offending within 12 months (level 1 or more: Report only)" in text
    assert "Of 1 released at least 12 months ago, 0 came into conflict" in text


def test_an_issued_report_keeps_its_definitions_when_the_registry_has_others(desk, freed, monkeypatch) -> None:
    report = desk.outcome_reports.report(TODAY, keys=["ready", "coverage-6"])
    number = desk.outcome_reports.issue(report)
    monkeypatch.delitem(BY_KEY, "ready")
    monkeypatch.delitem(MEASURES, "reached")
    again = desk.outcome_reports.as_issued(number)
    assert [each.indicator for each in again.figures] == [each.indicator for each in report.figures]
    assert desk.outcome_reports.issued_paper(number, "both").pages == 1
    assert desk.outcome_reports.changes(number) == ()


def test_only_who_may_issue_hands_out_a_paper_under_a_number(desk, desk_as, freed) -> None:
    number = desk.outcome_reports.issue(desk.outcome_reports.report(TODAY))
    own = desk_as(Role.SOCIAL_WORKER, prisons=frozenset({desk.prisons.own().id}))
    with pytest.raises(NotPermitted):
        own.outcome_reports.paper(own.outcome_reports.report(TODAY), "km", number)
    with pytest.raises(NotFound):
        desk.outcome_reports.issued_paper("A-26-R999", "km")


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


def test_somebody_counts_by_the_first_release_in_the_cohort() -> None:
    earlier, later = (
        ReleaseFact(number, 1, number, day, completed=True, ready=None, unplanned=False, imported=True)
        for number, day in enumerate((date(2022, 3, 1), date(2024, 3, 1)), 1)
    )
    both = (earlier, later)
    assert first_in(OutcomeFilter(), both) == earlier
    assert first_in(OutcomeFilter(first=date(2024, 1, 1)), both) == later
    assert first_in(OutcomeFilter(first=date(2024, 3, 2)), both) is None


def test_what_lies_sealed_is_opened_once_for_all_figures_until_somebody_enters_something(desk, freed) -> None:
    """Of 20,000 people that opening is most of the time, and the page asks again at each change of its filters."""
    asked: list[str] = []
    event.listen(desk.office.store.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    def look() -> list[int]:
        asked.clear()
        table = desk.outcomes.recidivism(RecidivismQuestion(TODAY, (6, 12)))
        report = desk.outcome_reports.report(TODAY)
        assert figure(report, "recidivism-6").n == table.windows[0].n
        return [sum(part in statement for statement in asked) for part in OPENED]

    first = look()
    assert set(first) == {1}
    assert set(look()) == {0}
    desk.case_history.take([HistoryLine(2, "H-1", date(2025, 9, 1))])
    assert look() == first
