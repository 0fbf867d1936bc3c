"""An absence list from a spreadsheet becomes marks, and what it cannot say is refused cell by cell."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from tlbb_desktop.domain.attendance import MarkCode, SessionState
from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.domain.errors import BadFile, NotPermitted
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import Names
from tlbb_desktop.domain.register import SetSession
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.services.attendance_import import AttendanceImportService

OCTOBER = Month(2026, 10)
SAMPLE = Path(__file__).parents[2] / "fixtures" / "samples" / "attendance-2026-10.xlsx"
EXPECTED = json.loads((SAMPLE.parent / "expected.json").read_text(encoding="utf-8"))
FIRST_ROW = 7
FIRST_DAY_COLUMN = 5


@pytest.fixture
def importing(room):
    def take(path: Path):
        service = AttendanceImportService(room.desk.office)
        return service.take(service.read(room.class_id, path))

    return take


@pytest.fixture
def sample_room(empty_room, new_class):
    """The class of the sample: everybody whom the list of people brought in."""
    for person in EXPECTED["accepted"]:
        names = Names(person["family_km"], person["given_km"], person["family_latin"], person["given_latin"])
        empty_room.people.append(empty_room.add_person(names, person["code"], person["sex"]))
    empty_room.class_id = empty_room.classes.save(new_class())
    empty_room.classes.enrol(empty_room.class_id)
    return empty_room


@pytest.fixture
def paper(room, tmp_path):
    """Writes an absence list of October 2026 for the five; ``cells`` maps (row 0.., day) to what a cell says."""

    def write(cells: dict[tuple[int, int], str], title: str = "បញ្ជីអវត្តមានប្រចាំខែតុលា ឆ្នាំ២០២៦", **changes) -> Path:
        book = openpyxl.Workbook()
        page = book.active
        page.title = changes.get("sheet", "Sheet1")
        page.cell(3, 1, title)
        for column, head in enumerate(("ល.រ", "អត្តលេខ", "គោត្តនាម និងនាម", "ភេទ"), 1):
            page.cell(5, column, head)
        for day in range(1, 32):
            weekday = date(2026, 10, day).weekday()
            page.cell(5, FIRST_DAY_COLUMN + day - 1, ["ច", "អ", "ព", "ព្រ", "សុ", "ស", "អា"][weekday])
            page.cell(6, FIRST_DAY_COLUMN + day - 1, changes.get("digits", str)(day))
        learners = room.attendance.register(room.class_id, OCTOBER).learners
        in_entry_order = sorted(learners, key=lambda one: one.person_id)
        for position, learner in enumerate(in_entry_order):
            page.cell(FIRST_ROW + position, 1, position + 1)
            page.cell(FIRST_ROW + position, 2, changes.get("codes", {}).get(position, learner.code))
            page.cell(FIRST_ROW + position, 3, learner.names.khmer)
        for (position, day), text in cells.items():
            page.cell(FIRST_ROW + position, FIRST_DAY_COLUMN + day - 1, text)
        page.cell(FIRST_ROW + 7, 3, "សរុប")
        path = tmp_path / "list.xlsx"
        book.save(path)
        return path

    return write


def test_the_sample_gives_exactly_what_is_expected_of_it(sample_room) -> None:
    room = sample_room
    service = AttendanceImportService(room.desk.office)
    preview = service.read(room.class_id, SAMPLE)
    taken = service.take(preview)
    register = room.attendance.register(room.class_id, OCTOBER)
    days = {session.id: session.day for session in register.sessions}
    codes = {learner.person_id: learner.code for learner in register.learners}
    held = [session.day.day for session in register.sessions if session.state is SessionState.HELD]
    assert held == EXPECTED["held_days"]
    assert [session.day.day for session in register.sessions] == held
    absences = {
        (codes[mark.person_id], days[mark.session_id].isoformat(), mark.code.value)
        for mark in register.marks.values()
        if mark.code is not MarkCode.PRESENT
    }
    on_list = {row["code"] for row in EXPECTED["absences"]} & set(codes.values())
    assert absences == {
        (row["code"], row["date"], row["mark"]) for row in EXPECTED["absences"] if row["code"] in on_list
    }
    assert [(one.code, one.day.isoformat()) for one in taken.refused if one.day] == [
        (one["code"], one["date"]) for one in EXPECTED["refused_cells"]
    ]
    tallies = {learner.code: tally for learner, tally in room.attendance.summary(room.class_id, OCTOBER)}
    assert tallies["2024-9247"].unmarked == 1
    named = set(codes.values()) - {code for code, _ in preview.missing}
    assert all(tally.unmarked == (code == "2024-9247") for code, tally in tallies.items() if code in named)


def test_the_whole_list_is_one_act_that_undo_takes_back(sample_room) -> None:
    service = AttendanceImportService(sample_room.desk.office)
    service.take(service.read(sample_room.class_id, SAMPLE))
    sample_room.attendance.undo(sample_room.class_id)
    register = sample_room.attendance.register(sample_room.class_id, OCTOBER)
    assert register.marks == {}
    assert {session.state for session in register.sessions} == {SessionState.PLANNED}


def test_reading_changes_nothing(room, paper) -> None:
    preview = AttendanceImportService(room.desk.office).read(room.class_id, paper({(0, 1): "អច្ប"}))
    assert len(preview.wishes) == 5 * 14
    assert room.attendance.register(room.class_id, OCTOBER).marks == {}


def test_signs_in_both_scripts_are_understood(room, paper, importing) -> None:
    signs = {1: "អច្ប", 5: "ច្ប", 6: "A", 7: "e", 8: "P", 13: "មកយឺត", 14: "✓"}
    taken = importing(paper({(0, day): sign for day, sign in signs.items()}))
    assert taken.refused == ()
    assert [room.standing(day, 0) for day in signs] == [
        "absent", "excused", "absent", "excused", "present", "late", "present"
    ]  # fmt: skip


def test_a_sign_that_says_nothing_leaves_the_cell_unmarked(room, paper, importing) -> None:
    importing(paper({(0, 1): "?", (0, 5): "–", (0, 6): "×"}))
    assert [room.standing(day, 0) for day in (1, 5, 6, 7)] == [None, None, None, "present"]


def test_khmer_digits_and_names_instead_of_codes_are_read(room, paper, importing) -> None:
    from tlbb_desktop.khmer import to_khmer_digits

    path = paper({(1, 5): "អច្ប"}, codes={1: None}, digits=lambda day: to_khmer_digits(str(day)))
    assert importing(path).refused == ()
    assert room.standing(5, 1) == "absent"


def test_each_refused_cell_names_itself_and_the_rest_is_taken(room, paper, importing, tmp_path) -> None:
    closed = room.reason("cancelled", "prison-closed")
    room.attendance.set_session(SetSession.of(room.session(6), SessionState.CANCELLED, closed))
    taken = importing(paper({(0, 1): "X", (1, 3): "A", (2, 6): "A", (3, 5): "@SUM(1)"}, codes={4: "2020-9999"}))
    assert [(one.cell, one.code, one.day and one.day.day) for one in taken.refused] == [
        ("E7", "2026-0001", 1),
        ("G8", "2026-0002", 3),
        ("J9", "2026-0003", 6),
        ("I10", "2026-0004", 5),
        ("11", "2020-9999", None),
    ]
    assert room.standing(1, 0) is None
    assert room.standing(1, 1) == "present"
    target = tmp_path / "refused.csv"
    AttendanceImportService(room.desk.office).write_refused(taken, target, "en")
    lines = list(csv.reader(target.read_text(encoding="utf-8-sig").splitlines()))
    assert lines[2] == ["G8", "2026-0002", "ចាន់ រិទ្ធី", "2026-10-03", "A", "No session on this day (Saturday)."]
    assert lines[4][4] == "'@SUM(1)"


def test_a_mark_that_says_more_than_the_list_is_kept(room, paper, importing) -> None:
    room.mark(1, 0, "late", 20)
    room.mark(5, 0, "institution", reason_id=room.reason("institution", "court"))
    room.mark(6, 0, "absent")
    importing(paper({(0, 5): "ច្ប", (0, 6): "ច្ប"}))
    assert [room.standing(day, 0) for day in (1, 5, 6)] == ["late", "institution", "excused"]


def test_days_to_come_are_neither_marked_nor_held(room, paper, importing) -> None:
    room.clock.moment = datetime(2026, 10, 8, 12, tzinfo=CAMBODIA)
    taken = importing(paper({(0, 20): "A"}))
    assert [(one.cell, one.day.day) for one in taken.refused] == [("X7", 20)]
    held = [one.day.day for one in room.sessions() if one.state is SessionState.HELD]
    assert held == [1, 5, 6, 7, 8]


def test_somebody_the_list_does_not_name_stays_unmarked_and_is_named(room, paper) -> None:
    path = paper({})
    room.people.append(room.add_person(Names("ញ៉ែម", "ធីតា"), "2026-0009"))
    room.classes.enrol(room.class_id)
    preview = AttendanceImportService(room.desk.office).read(room.class_id, path)
    assert preview.missing == (("2026-0009", "ញ៉ែម ធីតា"),)


def test_the_sheet_name_tells_the_month_when_the_title_does_not(room, paper, importing) -> None:
    importing(paper({(0, 1): "អច្ប"}, title="បញ្ជីអវត្តមាន", sheet="តុលា ២០២៦"))
    assert room.standing(1, 0) == "absent"


@pytest.mark.parametrize(
    ("title", "said"),
    [("បញ្ជីអវត្តមាន", "does not say its month"), ("ខែកញ្ញា ឆ្នាំ២០២៦", "not those of 2026-09")],
)
def test_a_list_of_another_or_no_month_is_refused_as_a_whole(room, paper, title, said) -> None:
    with pytest.raises(BadFile, match=said):
        AttendanceImportService(room.desk.office).read(room.class_id, paper({}, title=title))


def test_a_file_that_is_no_list_is_refused(room, tmp_path) -> None:
    other = tmp_path / "people.csv"
    other.write_text("code,name\n1,x\n", encoding="utf-8")
    with pytest.raises(BadFile, match="not a month's list"):
        AttendanceImportService(room.desk.office).read(room.class_id, other)


def test_of_several_lists_the_one_named_after_the_class_is_taken(room, paper, importing) -> None:
    path = paper({(0, 1): "អច្ប"}, sheet="SR-MOTO-26")
    book = openpyxl.load_workbook(path)
    copy = book.copy_worksheet(book["SR-MOTO-26"])
    copy.title = "SR-LIFE-26"
    book.save(path)
    assert importing(path).marked.cells
    book["SR-MOTO-26"].title = "another"
    book.save(path)
    with pytest.raises(BadFile, match="2 lists"):
        importing(path)


def test_who_may_not_mark_may_not_import(room, desk_as, paper) -> None:
    path = paper({})
    with pytest.raises(NotPermitted):
        AttendanceImportService(desk_as(Role.LIAISON).office).read(room.class_id, path)
