"""Certificates at the Ministry: the clock of six months, what is noted, and the two workbooks."""

from __future__ import annotations

from datetime import date, timedelta

import openpyxl
import pytest

from tests.services.certificates.conftest import graduates, home
from tlbb_desktop.domain.certificates import CertificateKind
from tlbb_desktop.domain.errors import ChangedMeanwhile, NotFound, Refused
from tlbb_desktop.domain.submissions import SubmissionState, deadline_of

__all__ = ["graduates", "home"]


@pytest.mark.parametrize(
    ("results", "deadline"),
    [
        (date(2026, 1, 15), date(2026, 7, 15)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 12, 1), date(2027, 6, 1)),
    ],
)
def test_the_deadline_is_six_calendar_months_after_the_results(results, deadline) -> None:
    assert deadline_of(results) == deadline


def test_a_certificate_of_completion_is_due_then_sent_then_returned(graduates) -> None:
    service, number = graduates.room.desk.submissions, graduates.issue()
    graduates.issue(1, kind=CertificateKind.PARTICIPATION)
    (line,) = service.lines()
    assert (line.number, line.state, line.deadline) == (number, SubmissionState.DUE, date(2027, 4, 30))
    assert line.days_left(date(2027, 4, 29)) == 1
    service.note_sent([number], date(2026, 10, 30))
    assert service.lines()[0].state is SubmissionState.SENT
    service.note_returned(number, date(2026, 10, 30), "លេខ ១២៣")
    line = service.lines()[0]
    assert (line.state, line.ministry_number) == (SubmissionState.RETURNED, "លេខ ១២៣")


def test_after_six_months_it_is_late(graduates) -> None:
    graduates.issue()
    graduates.room.clock.moment += timedelta(days=183)
    assert graduates.room.desk.submissions.lines()[0].state is SubmissionState.LATE


def test_what_cannot_be_is_refused(graduates) -> None:
    service, number = graduates.room.desk.submissions, graduates.issue()
    with pytest.raises(Refused, match="still to come"):
        service.note_sent([number], date(2026, 10, 31))
    with pytest.raises(Refused, match="before the results"):
        service.note_sent([number], date(2026, 10, 29))
    with pytest.raises(Refused, match="not sent before"):
        service.note_returned(number, date(2026, 10, 30), "7")
    with pytest.raises(NotFound, match="no valid certificate"):
        service.note_sent(["K-2026-99999-9"], date(2026, 10, 30))
    service.note_results(number, date(2026, 10, 1))
    assert service.lines()[0].deadline == date(2027, 4, 1)
    service.note_sent([number], date(2026, 10, 29))
    with pytest.raises(Refused, match="number that the Ministry"):
        service.note_returned(number, date(2026, 10, 30), " ")
    graduates.service.revoke(number, "wrong person")
    assert service.lines() == ()


def test_what_somebody_else_noted_meanwhile_is_not_overwritten_unseen(graduates) -> None:
    service, number, day = graduates.room.desk.submissions, graduates.issue(), date(2026, 10, 30)
    (seen,) = service.lines()
    service.note_results(number, date(2026, 10, 1), version=seen.version)
    for late in (
        lambda: service.note_results(number, day, version=seen.version),
        lambda: service.note_sent([number], day, versions={number: seen.version}),
        lambda: service.note_returned(number, day, "7", version=seen.version),
    ):
        with pytest.raises(ChangedMeanwhile):
            late()
    (now,) = service.lines()
    assert (now.results_on, now.sent_on) == (date(2026, 10, 1), None)
    service.note_sent([number], day, versions={number: now.version})
    service.note_returned(number, day, "7", version=service.lines()[0].version)
    assert service.lines()[0].state is SubmissionState.RETURNED


def test_results_are_never_settled_after_the_sending(graduates) -> None:
    service, number = graduates.room.desk.submissions, graduates.issue()
    service.note_results(number, date(2026, 10, 1))
    service.note_sent([number], date(2026, 10, 20))
    with pytest.raises(Refused, match="after the day on which it was sent"):
        service.note_results(number, date(2026, 10, 21))
    assert service.lines()[0].results_on == date(2026, 10, 1)
    service.note_results(number, date(2026, 10, 20))


def test_the_list_and_form_t1_are_workbooks_without_prison_or_code(graduates, tmp_path) -> None:
    number = graduates.issue()
    desk = graduates.room.desk
    for language, title in (("km", "លេខ"), ("en", "Certificate")):
        book = openpyxl.load_workbook(desk.submissions.export(tmp_path / f"list-{language}.xlsx", language))
        rows = list(book.worksheets[0].iter_rows(values_only=True))
        assert any(title in str(cell) for cell in rows[0])
        assert rows[1][6] == number
        assert rows[1][8].date() == date(2027, 4, 30)
    with pytest.raises(Refused, match="Give a reason"):
        desk.submissions.export_t1(graduates.class_id, tmp_path / "t1.xlsx", "en", "  ")
    told = desk.submissions.export_t1(graduates.class_id, tmp_path / "t1.xlsx", "en", "the Ministry asks for T1")
    with desk.office.store.read() as connection:
        kept = connection.exec_driver_sql("SELECT detail FROM audit_event WHERE kind = 't1_exported'").scalars().all()
    assert kept == ["people:5 the Ministry asks for T1"]
    book = openpyxl.load_workbook(told)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert len(rows) == 6
    assert rows[0][1:5] == (
        "Family name in Khmer",
        "Given name in Khmer",
        "Family name in Latin",
        "Given name in Latin",
    )
    assert {row[3] for row in rows[1:]} == {"KIM", "CHAN", "LY", "KHIEV", "SIN"}
    everything = " ".join(str(cell) for row in rows for cell in row)
    assert "2026-000" not in everything
    assert "SR" not in everything.split()
