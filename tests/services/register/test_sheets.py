from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date, datetime, time
from io import BytesIO, StringIO

import openpyxl
import pytest
from sqlalchemy import event, select

from tlbb_desktop.data.models import AuditEvent, MonthSheetRow
from tlbb_desktop.domain.attendance import SessionState
from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.domain.errors import Cancelled, NotPermitted, Refused, StorageDamaged, UsageError
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.register import SetSession, SheetState
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.services.sheet_freezing import freeze, thaw
from tlbb_desktop.services.sheets import SheetService

OCTOBER = Month(2026, 10)
JPEG = b"\xff\xd8\xff\xe0 a signed paper"


@pytest.fixture
def sheets(room) -> SheetService:
    return SheetService(room.desk.office)


@pytest.fixture
def full(room):
    """Every session of October is marked: all present but for a few."""
    for session in room.sessions():
        room.attendance.rest_present(room.class_id, session.id)
    room.mark(5, 0, "absent")
    room.mark(6, 1, "late", 15)
    room.mark(7, 2, "institution", reason_id=room.reason("institution", "court"))
    return room


def audited(room) -> list[tuple[str, str, str]]:
    with room.desk.office.store.read() as connection:
        rows = connection.execute(
            select(AuditEvent.kind, AuditEvent.subject, AuditEvent.detail).order_by(AuditEvent.seq)
        )
        return [tuple(row) for row in rows]


def test_an_open_sheet_shows_the_figures_of_now(full, sheets) -> None:
    sheet = sheets.sheet(full.class_id, OCTOBER)
    assert (sheet.state, sheet.number, sheet.draft) == (SheetState.OPEN, 0, False)
    by_person = {row.learner.person_id: row.tally for row in sheet.rows}
    assert by_person[full.people[0]].absent == 1
    assert by_person[full.people[1]].minutes_due - by_person[full.people[1]].minutes_attended == 15
    assert by_person[full.people[2]].institution == 1
    assert sheet.prison_names[1]


def test_a_month_with_an_unmarked_cell_is_a_draft_that_names_the_day(full, sheets) -> None:
    full.mark(14, 3, None)
    sheet = sheets.sheet(full.class_id, OCTOBER)
    assert sheet.draft
    assert sheet.unmarked_days == (date(2026, 10, 14),)


def test_a_draft_is_not_issued_and_the_refusal_names_the_days(full, sheets) -> None:
    full.mark(14, 3, None)
    with pytest.raises(Refused) as refused:
        sheets.issue(full.class_id, OCTOBER)
    assert refused.value.fields["days"] == (date(2026, 10, 14),)
    assert sheets.sheet(full.class_id, OCTOBER).state is SheetState.OPEN


def test_a_month_with_a_session_to_come_is_not_issued(full, sheets) -> None:
    full.clock.moment = datetime(2026, 10, 20, 17, tzinfo=CAMBODIA)
    with pytest.raises(Refused):
        sheets.issue(full.class_id, Month(2026, 11))


def test_a_month_without_sessions_is_not_issued(full, sheets) -> None:
    with pytest.raises(Refused):
        sheets.issue(full.class_id, Month(2026, 9))


def test_issuing_gives_a_number_and_the_code_of_the_audit_chain(full, sheets) -> None:
    sheet = sheets.issue(full.class_id, OCTOBER)
    assert (sheet.state, sheet.number, sheet.corrects) == (SheetState.ISSUED, 1, 0)
    assert len(sheet.code) == 8
    assert ("sheet_issued", f"class:{full.class_id}", "2026-10 no:1") in audited(full)
    assert sheets.sheet(full.class_id, OCTOBER) == replace(
        sheet, register=sheets.sheet(full.class_id, OCTOBER).register
    )


def test_an_issued_sheet_keeps_its_figures_when_marks_change(full, sheets) -> None:
    before = sheets.issue(full.class_id, OCTOBER)
    full.mark(5, 0, "present")
    after = sheets.sheet(full.class_id, OCTOBER)
    assert after.rows == before.rows
    assert sheets.overview(OCTOBER)[0].changed


def test_a_correction_gets_the_next_number_and_lists_what_changed(full, sheets) -> None:
    first = sheets.issue(full.class_id, OCTOBER)
    full.mark(5, 0, "excused", reason_id=full.reason("excused", "sick"))
    second = sheets.issue(full.class_id, OCTOBER)
    assert (second.number, second.corrects) == (2, 1)
    assert second.code != first.code
    (change,) = second.differences
    assert (change.kind, change.day, change.before, change.after) == (
        "mark", date(2026, 10, 5), "absent", "excused:sick",
    )  # fmt: skip
    assert sheets.sheet(full.class_id, OCTOBER).differences == second.differences


def test_the_earlier_sheet_stays_in_the_record(full, sheets) -> None:
    first = sheets.issue(full.class_id, OCTOBER)
    full.mark(5, 0, "present")
    sheets.issue(full.class_id, OCTOBER)
    with full.desk.office.store.read() as connection:
        rows = connection.execute(
            select(MonthSheetRow.number, MonthSheetRow.figures).order_by(MonthSheetRow.number)
        ).all()
    assert [row.number for row in rows] == [1, 2]
    assert thaw(rows[0].figures).rows == first.rows


def test_nothing_to_correct_is_refused(full, sheets) -> None:
    sheets.issue(full.class_id, OCTOBER)
    full.mark(5, 0, "present")
    full.mark(5, 0, "absent")
    with pytest.raises(Refused, match="Nothing has changed"):
        sheets.issue(full.class_id, OCTOBER)


def test_a_cancelled_session_is_a_difference(full, sheets) -> None:
    sheets.issue(full.class_id, OCTOBER)
    closed = full.reason("cancelled", "prison-closed")
    full.attendance.set_session(SetSession.of(full.session(8), SessionState.CANCELLED, closed))
    changes = sheets.issue(full.class_id, OCTOBER).differences
    assert [(change.kind, change.before, change.after) for change in changes] == [
        ("session", "held:180", "cancelled:prison-closed")
    ]


def test_what_a_correction_would_say_is_known_before_it_is_issued(full, sheets) -> None:
    sheets.issue(full.class_id, OCTOBER)
    full.mark(5, 0, "present")
    would_be = sheets.live(full.class_id, OCTOBER)
    assert (would_be.state, would_be.corrects, len(would_be.differences)) == (SheetState.OPEN, 1, 1)


def test_the_signature_is_noted_with_day_name_and_scan(full, sheets) -> None:
    sheets.issue(full.class_id, OCTOBER)
    signed = sheets.sign(full.class_id, OCTOBER, date(2026, 10, 30), " Director ", JPEG)
    assert (signed.state, signed.signed_on, signed.signed_by) == (
        SheetState.SIGNED, date(2026, 10, 30), "Director",
    )  # fmt: skip
    assert sheets.scan(full.class_id, OCTOBER) == JPEG
    assert ("sheet_signed", f"class:{full.class_id}", "2026-10 no:1") in audited(full)


@pytest.mark.parametrize(
    ("day", "by", "scan"),
    [
        (date(2026, 10, 29), "Director", None),
        (date(2026, 11, 2), "Director", None),
        (date(2026, 10, 30), "  ", None),
        (date(2026, 10, 30), "Director", b"GIF89a"),
        (date(2026, 10, 30), "Director", JPEG + bytes(2_000_000)),
    ],
)
def test_a_signature_that_cannot_be_is_refused(full, sheets, day, by, scan) -> None:
    sheets.issue(full.class_id, OCTOBER)
    with pytest.raises(Refused):
        sheets.sign(full.class_id, OCTOBER, day, by, scan)
    assert sheets.sheet(full.class_id, OCTOBER).state is SheetState.ISSUED


def test_an_open_or_a_signed_sheet_is_not_signed(full, sheets) -> None:
    with pytest.raises(Refused):
        sheets.sign(full.class_id, OCTOBER, date(2026, 10, 30), "Director")
    sheets.issue(full.class_id, OCTOBER)
    sheets.sign(full.class_id, OCTOBER, date(2026, 10, 30), "Director")
    with pytest.raises(Refused):
        sheets.sign(full.class_id, OCTOBER, date(2026, 10, 30), "Director")


def test_a_frozen_sheet_thaws_as_it_was(full, sheets) -> None:
    sheet = sheets.sheet(full.class_id, OCTOBER)
    assert thaw(freeze(sheet)) == sheet


def test_a_frozen_mark_names_its_fields(full, sheets) -> None:
    _cell, mark = json.loads(freeze(sheets.sheet(full.class_id, OCTOBER)))["sheet"]["register"]["marks"][0]
    assert set(mark) == {"session_id", "person_id", "code", "reason_id", "minutes", "note", "marked_at", "marked_by"}


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format":1,"sheet":{}}', "null"])
def test_a_damaged_frozen_sheet_is_named_so(text) -> None:
    with pytest.raises(StorageDamaged):
        thaw(text)


def test_the_overview_counts_sessions_marked_of_sessions_due(full, sheets) -> None:
    (line,) = sheets.overview(OCTOBER)
    assert line.sessions == line.marked == len(full.sessions())
    assert line.complete
    full.mark(14, 3, None)
    (line,) = sheets.overview(OCTOBER)
    assert (line.sessions - line.marked, line.complete, line.state) == (1, False, SheetState.OPEN)
    full.clock.moment = datetime(2026, 10, 13, 8, tzinfo=CAMBODIA)
    (line,) = sheets.overview(OCTOBER)
    assert line.to_come == 0
    assert line.sessions < len(full.sessions())


def test_the_overview_of_a_coming_month_counts_sessions_to_come(full, sheets) -> None:
    (line,) = sheets.overview(Month(2026, 11))
    assert (line.sessions, line.marked) == (0, 0)
    assert line.to_come > 10


def test_hours_lost_are_institution_marks_and_sessions_that_the_prison_cancelled(full, sheets) -> None:
    assert sheets.hours_lost(full.prison_id, OCTOBER) == 180
    for day, code in ((8, "prison-closed"), (19, "trainer-away")):
        reason = full.reason("cancelled", code)
        full.attendance.set_session(SetSession.of(full.session(day), SessionState.CANCELLED, reason))
    assert sheets.hours_lost(full.prison_id, OCTOBER) == 180 + 5 * 180


def test_a_workbook_is_written_and_the_audit_knows(full, sheets, tmp_path) -> None:
    path = sheets.export(full.class_id, OCTOBER, fmt="xlsx", language="km", path=tmp_path / "sheet.xlsx")
    page = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    assert page["A1"].value == "ព្រះរាជាណាចក្រកម្ពុជា"
    assert list(tmp_path.glob("*.tmp")) == []
    assert ("sheet_exported", f"class:{full.class_id}", "2026-10 no:0 xlsx km") in audited(full)


def test_a_csv_holds_every_mark(full, sheets, tmp_path) -> None:
    path = sheets.export(full.class_id, OCTOBER, fmt="csv", language="en", path=tmp_path / "marks.csv")
    rows = list(csv.DictReader(StringIO(path.read_bytes().decode("utf-8-sig"))))
    assert len(rows) == 5 * len(full.sessions())
    assert {row["reason_code"] for row in rows} == {"", "court"}


def test_an_issued_sheet_is_written_from_its_frozen_figures(full, sheets, tmp_path) -> None:
    issued = sheets.issue(full.class_id, OCTOBER)
    full.mark(5, 0, "present")
    path = sheets.export(full.class_id, OCTOBER, fmt="xlsx", language="en", path=tmp_path / "sheet.xlsx")
    shown = [str(cell.value) for row in openpyxl.load_workbook(path).worksheets[0].iter_rows() for cell in row]
    assert any(issued.code in text for text in shown)
    assert "A" in shown


def test_an_unwritable_place_is_refused_and_the_old_file_stays(full, sheets, tmp_path) -> None:
    for bad in (tmp_path / "missing" / "sheet.xlsx", tmp_path):
        with pytest.raises(Refused):
            sheets.export(full.class_id, OCTOBER, fmt="xlsx", language="km", path=bad)
    assert list(tmp_path.rglob("*.tmp")) == []


@pytest.mark.parametrize(("fmt", "language"), [("pdf", "km"), ("xlsx", "fr")])
def test_an_unknown_format_or_language_is_a_wrong_use(full, sheets, tmp_path, fmt, language) -> None:
    with pytest.raises(UsageError):
        sheets.export(full.class_id, OCTOBER, fmt=fmt, language=language, path=tmp_path / "x")


def test_a_prisons_month_is_one_file(full, sheets, tmp_path) -> None:
    path = sheets.export_prison_month(full.prison_id, OCTOBER, language="en", path=tmp_path / "month.xlsx")
    assert openpyxl.load_workbook(BytesIO(path.read_bytes())).sheetnames == ["Summary", "SR-MOTO-26"]
    assert audited(full)[-1][0] == "sheets_exported"


def test_a_cancelled_prisons_month_leaves_no_file(full, sheets, tmp_path) -> None:
    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        sheets.export_prison_month(full.prison_id, OCTOBER, language="en", path=tmp_path / "m.xlsx", progress=stop)
    assert list(tmp_path.iterdir()) == [tmp_path / "home"]


def test_file_names_name_the_class_and_the_month_only(full, sheets) -> None:
    assert sheets.file_name(full.class_id, OCTOBER, fmt="xlsx", language="en") == "absences SR-MOTO-26 2026-10.xlsx"
    assert sheets.file_name(full.class_id, OCTOBER, fmt="xlsx", language="km").endswith("២០២៦-១០.xlsx")


def acts(sheets, room, tmp_path):
    yield "read", lambda: sheets.sheet(room.class_id, OCTOBER)
    yield "read", lambda: sheets.live(room.class_id, OCTOBER)
    yield "read", lambda: sheets.scan(room.class_id, OCTOBER)
    yield "read", lambda: sheets.overview(OCTOBER, room.prison_id)
    yield "print", lambda: sheets.export(room.class_id, OCTOBER, fmt="csv", language="en", path=tmp_path / "x.csv")
    yield "print", lambda: sheets.export_prison_month(room.prison_id, OCTOBER, language="en", path=tmp_path / "x.xlsx")
    yield "issue", lambda: sheets.issue(room.class_id, OCTOBER)
    yield "sign", lambda: sheets.sign(room.class_id, OCTOBER, date(2026, 10, 30), "Director")
    yield "lost", lambda: sheets.hours_lost(room.prison_id, OCTOBER)


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.TRAINER, {"read", "print"}),
        (Role.SOCIAL_WORKER, {"read", "print"}),
        (Role.LIAISON, {"read", "print", "issue", "sign", "lost"}),
        (Role.MANAGER, {"read", "print", "issue", "sign", "lost"}),
    ],
)
@pytest.mark.parametrize("own", [True, False])
def test_each_role_does_what_is_its_own(full, desk_as, tmp_path, role, allowed, own) -> None:
    prisons = frozenset({full.prison_id}) if own else frozenset()
    desk = desk_as(role, prisons=prisons)
    desk.office.clock = full.clock
    theirs = SheetService(desk.office)
    everywhere = role is Role.MANAGER
    for needed, act in acts(theirs, full, tmp_path):
        if needed in allowed and (own or everywhere):
            act()
        else:
            with pytest.raises(NotPermitted):
                act()


def test_the_overview_costs_the_same_however_many_classes_there_are(full, sheets, new_class) -> None:
    def counted() -> int:
        statements = []
        event.listen(full.desk.office.store.engine, "before_cursor_execute", lambda *seen: statements.append(seen[2]))
        sheets.overview(OCTOBER)
        return len([each for each in statements if not each.startswith(("BEGIN", "PRAGMA"))])

    once = counted()
    for number in range(3):
        full.classes.save(new_class(f"SR-LIFE-{number}"))
    assert counted() <= 2 * once  # the second count runs under two listeners
    assert len(sheets.overview(OCTOBER)) == 4
    assert once == 1


@pytest.fixture
def made_up(full):
    """A make-up on the 9th of what the first learner missed on the 5th; only he came."""
    session = full.session(5)
    full.classes.add_session(full.class_id, date(2026, 10, 9), time(13), time(16), repairs=session.id)
    full.mark(9, 0, "present")
    return full


def test_a_make_up_to_which_only_the_absent_came_lacks_no_mark_of_the_others(made_up, sheets) -> None:
    sheet = sheets.sheet(made_up.class_id, OCTOBER)
    assert not sheet.draft
    other = next(row for row in sheet.rows if row.learner.person_id == made_up.people[1])
    assert (other.tally.unmarked, other.tally.held) == (0, len(made_up.sessions()) - 1)
    assert sheets.issue(made_up.class_id, OCTOBER).number == 1


def test_a_make_up_that_nobody_marked_still_waits(full, sheets) -> None:
    session = full.session(5)
    full.classes.add_session(full.class_id, date(2026, 10, 9), time(13), time(16), repairs=session.id)
    assert sheets.sheet(full.class_id, OCTOBER).unmarked_days == (date(2026, 10, 9),)


def test_the_overview_counts_a_make_up_with_one_mark_as_marked(made_up, sheets) -> None:
    line = next(each for each in sheets.overview(OCTOBER) if each.class_id == made_up.class_id)
    assert line.marked == line.sessions == len(made_up.sessions())


def test_rest_present_in_a_make_up_marks_who_missed_something_of_the_session(full) -> None:
    full.mark(5, 3, "left", 30)
    session = full.session(5)
    full.classes.add_session(full.class_id, date(2026, 10, 9), time(13), time(16), repairs=session.id)
    marked = full.attendance.rest_present(full.class_id, full.session(9).id)
    assert {person for _session, person, _mark in marked.cells} == {full.people[0], full.people[3]}
