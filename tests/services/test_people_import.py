"""A site's list goes into the record: the good lines at once, the others back with a reason."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tlbb_desktop.domain.birth_text import read_birth
from tlbb_desktop.domain.errors import BadFile, Cancelled, NotPermitted
from tlbb_desktop.domain.people import PeopleFilter, PersonListing
from tlbb_desktop.domain.people_import import ImportField, ImportLine, ImportOutcome
from tlbb_desktop.domain.staff import Role

SAMPLES = Path(__file__).parents[1] / "fixtures" / "samples"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
AS_OF = date(2026, 11, 21)
HEADINGS = "code\tname\tsex\tdate of birth\n"


def sample_lines(desk) -> tuple[ImportLine, ...]:
    service = desk.people_import
    return service.preview(service.propose(service.open_file(SAMPLES / "people.xlsx")), AS_OF)


def pasted_lines(desk, text: str) -> tuple[ImportLine, ...]:
    service = desk.people_import
    return service.preview(service.propose(service.open_text(HEADINGS + text)), AS_OF)


def fields(person: PersonListing) -> dict[str, str | None]:
    return {
        "code": person.code,
        "family_km": person.names.family_km,
        "given_km": person.names.given_km,
        "family_latin": person.names.family_latin,
        "given_latin": person.names.given_latin,
        "sex": person.sex,
        "birth_precision": person.birth.precision,
        "birth": person.birth.text(),
        "province_code": person.province_code or None,
    }


def test_the_sample_gives_exactly_the_expected_people(desk) -> None:
    lines = sample_lines(desk)
    records = [line.record for line in lines if line.outcome is ImportOutcome.ADD]
    previewed = [
        fields(PersonListing(each.code, each.names, each.sex, each.identity.birth, each.province_code))
        for each in records
    ]
    assert previewed == EXPECTED["accepted"]
    result = desk.people_import.take(lines)
    stored = {person.code: fields(person) for person in desk.people.listing()}
    assert stored == {each["code"]: each for each in EXPECTED["accepted"]}
    assert [desk.people.rows([added])[added].code for added in result.added] == [
        each["code"] for each in EXPECTED["accepted"]
    ]


def test_the_sample_gives_exactly_the_expected_refusals(desk) -> None:
    refused = [line for line in sample_lines(desk) if line.outcome is ImportOutcome.REFUSED]
    assert [line.cells[1] for line in refused] == [each["code"] for each in EXPECTED["refused"]]
    said = [str(line.why) for line in refused]
    assert said == [
        "There is no name.",
        "Neither the sex ? nor the birth date 31/02/2010 can be read.",
        "The birth date lies in the future.",
    ]


def test_the_sample_gives_exactly_the_expected_duplicate(desk) -> None:
    (line,) = [line for line in sample_lines(desk) if line.outcome is ImportOutcome.LIKELY_SAME]
    assert line.record.code == EXPECTED["duplicate"]["code"]
    assert line.resembles.person.code == EXPECTED["duplicate"]["of"]
    assert EXPECTED["duplicate"]["of"] in str(line.why)


def test_people_of_a_list_stay_at_the_homes_prison_and_reach_their_age_band(desk) -> None:
    result = desk.people_import.take(sample_lines(desk))
    own = desk.prisons.own()
    assert list(desk.people.ids(PeopleFilter(prison_id=own.id), sort="code")) == sorted(
        result.added, key=lambda each: desk.people.rows([each])[each].code
    )
    record = desk.people.record(result.added[0])
    assert [stay.prison_id for stay in record.stays] == [own.id]
    assert desk.people.rows(result.added)[result.added[0]].age_band in {"18-24", "25+"}


def test_the_same_list_again_is_refused_line_by_line(desk) -> None:
    desk.people_import.take(sample_lines(desk))
    again = sample_lines(desk)
    assert not [line for line in again if line.outcome is ImportOutcome.ADD]
    assert "on record already" in str(again[0].why)


def test_a_duplicate_on_record_is_found_at_the_coarser_precision(desk) -> None:
    desk.people_import.take(pasted_lines(desk, "A1\tគឹម សន្តិ\tប\t18/01/2008\nA2\tលី ម៉ាលី\tស\t16 ឆ្នាំ\n"))
    lines = pasted_lines(
        desk,
        "B1\tគឹម\u200bសន្ដិ\tប\t2008\n"  # the same year, in another encoding
        "B2\tគឹម សន្តិ\tប\t2009\n"  # another year
        "B3\tគឹម សន្តិ\tស\t18/01/2008\n"  # another sex
        "B4\tលី ម៉ាលី\tស\t03/04/2011\n"  # an age is a year more or less
        "B5\tលី ម៉ាលី\tស\t2012\n"  # two years apart
        "B6\tលីម៉ាលី\tស\t\n",  # nothing known, nothing against it
    )
    doubts = {line.record.code: line.resembles.person.code for line in lines if line.resembles}
    assert doubts == {"B1": "A1", "B4": "A2", "B6": "A2"}


def test_a_person_decides_on_each_doubt(desk) -> None:
    desk.people_import.take(pasted_lines(desk, "A1\tគឹម សន្តិ\tប\t2008\n"))
    lines = pasted_lines(desk, "B1\tគឹម សន្តិ\tប\t2008\nB2\tសុខ ដារ៉ា\tប\t2008\nB3\tលី ម៉ាលី\tស\t2008\n")
    result = desk.people_import.take(lines, {2: "add", 3: "skip"})
    assert {person.code for person in desk.people.listing()} == {"A1", "B1", "B3"}
    assert [line.number for line in result.refused] == [3]


def test_a_code_twice_in_one_list_is_refused_with_its_line(desk) -> None:
    lines = pasted_lines(desk, "A1\tគឹម សន្តិ\tប\t2008\nA1\tលី ម៉ាលី\tស\t2008\n")
    assert str(lines[1].why) == "The code A1 stands on line 2 already."


def test_a_code_taken_between_preview_and_taking_is_refused_then(desk) -> None:
    lines = pasted_lines(desk, "A1\tគឹម សន្តិ\tប\t2008\nA2\tសុខ ដារ៉ា\tប\t2008\n")
    desk.people_import.take(pasted_lines(desk, "A1\tលី ម៉ាលី\tស\t2008\n"))
    result = desk.people_import.take(lines)
    assert len(result.added) == 1
    assert "on record already" in str(result.refused[0].why)


def test_who_has_no_code_gets_the_next_one_of_the_prison(desk) -> None:
    table = desk.people_import.open_text("ឈ្មោះ\tភេទ\nសុខ ដារ៉ា\tប\nលី ម៉ាលី\tស\n")
    result = desk.people_import.take(desk.people_import.preview(desk.people_import.propose(table), AS_OF))
    codes = [desk.people.rows(result.added)[each].code for each in result.added]
    year = f"{desk.office.clock.today():%y}"
    assert codes == [f"SR-{year}-0001", f"SR-{year}-0002"]
    assert desk.people.next_code() == f"SR-{year}-0003"


def test_a_cancelled_import_leaves_the_record_as_it_was(desk) -> None:
    def stop(done: int, of: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        desk.people_import.take(sample_lines(desk), progress=stop)
    assert list(desk.people.ids()) == []


def test_progress_counts_to_the_last_line(desk) -> None:
    seen: list[tuple[int, int]] = []
    desk.people_import.take(sample_lines(desk), progress=lambda done, of: seen.append((done, of)))
    assert seen[-1] == (34, 34)


def test_an_import_is_one_event_of_the_audit_that_names_nobody(desk) -> None:
    desk.people_import.take(sample_lines(desk))
    event = next(event for event in desk.audit.events() if event.kind == "people_import")
    assert (event.subject, event.detail) == ("person:1-34", "count:34")
    assert desk.audit.first_broken() is None


def test_birth_dates_are_sealed_in_the_database(desk) -> None:
    desk.people_import.take(sample_lines(desk))
    with desk.office.store.read() as connection:
        stored = connection.exec_driver_sql("SELECT birth FROM person_identity").scalars().all()
    assert len(stored) == 34
    assert not any(b"20" in birth[12:14] or b"day" in birth for birth in stored)


@pytest.mark.parametrize("role", [Role.TRAINER, Role.SOCIAL_WORKER])
def test_who_takes_in_no_lists_is_refused_and_nothing_changes(desk, desk_as, role) -> None:
    lines = sample_lines(desk)
    other = desk_as(role)
    with pytest.raises(NotPermitted):
        sample_lines(other)
    with pytest.raises(NotPermitted):
        other.people_import.take(lines)
    assert list(desk.people.ids()) == []


def test_a_liaison_takes_in_lists_of_the_own_prison_without_addresses(desk, desk_as) -> None:
    liaison = desk_as(Role.LIAISON, prisons=frozenset({desk.prisons.own().id})).people_import
    table = liaison.open_text("ឈ្មោះ\tភេទ\tទូរស័ព្ទ\nសុខ ដារ៉ា\tប\t012345678\n")
    plan = liaison.propose(table)
    assert ImportField.PHONES not in plan.columns
    assert len(liaison.take(liaison.preview(plan, AS_OF)).added) == 1
    with pytest.raises(NotPermitted):
        sample_lines(desk_as(Role.LIAISON, prisons=frozenset({9999})))


def test_a_manager_takes_in_addresses_and_phones_sealed(desk) -> None:
    table = desk.people_import.open_text("ឈ្មោះ\tភេទ\tទូរស័ព្ទ\tអាសយដ្ឋាន\nសុខ ដារ៉ា\tប\t012345678\tភូមិថ្មី\n")
    result = desk.people_import.take(desk.people_import.preview(desk.people_import.propose(table), AS_OF))
    contact = desk.people.record(result.added[0]).contact
    assert (contact.phones, contact.place_text) == ("012345678", "ភូមិថ្មី")


def test_a_list_without_names_says_so(desk) -> None:
    table = desk.people_import.open_text("a\tb\nc\td\n")
    with pytest.raises(BadFile, match="names"):
        desk.people_import.preview(desk.people_import.propose(table), AS_OF)
    with pytest.raises(BadFile, match="pasted"):
        desk.people_import.open_text(" \n")


def test_the_sheet_with_headings_is_chosen(desk, tmp_path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Instructions"])
    book.create_sheet("list").append(["Name", "Sex"])
    book.save(tmp_path / "list.xlsx")
    table = desk.people_import.open_file(tmp_path / "list.xlsx")
    assert (table.name, table.rows[0]) == ("list.xlsx", ("Name", "Sex"))


def test_refused_lines_go_back_as_they_stood_with_a_reason_in_the_readers_language(desk, tmp_path) -> None:
    result = desk.people_import.take(sample_lines(desk))
    path = tmp_path / "refused.csv"
    desk.people_import.write_refused(result, path, "en")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert rows[0][2] == "អត្តលេខ"
    assert [row[2] for row in rows[1:]] == ["2026-X001", "2026-X002", "2026-X003", "2026-X004"]
    assert rows[1][-1] == "There is no name."
    assert "2024-4745" in rows[4][-1]
    assert read_birth(rows[4][6], AS_OF).text() == "2008-01-18"


def test_refused_lines_go_into_a_workbook_where_that_is_asked(desk, tmp_path) -> None:
    lines = pasted_lines(desk, "=1+1\t\tប\t2008\nA2\tសុខ ដារ៉ា\t?\thttp://x\n")
    path = tmp_path / "refused.XLSX"
    desk.people_import.write_refused(desk.people_import.take(lines), path, "en")
    page = openpyxl.load_workbook(path).active
    assert [cell.value for cell in page[2]][:3] == [2, "=1+1", None]
    assert page["B2"].data_type == "s"
    assert page["E3"].hyperlink is None


@pytest.mark.parametrize("payload", ["=1+1", "+1", "-1+1", "@SUM(A1)", "\u200b=1+1", "＝1+1", "\t=1"])
def test_no_cell_of_the_csv_runs_as_a_formula(desk, tmp_path, payload) -> None:
    lines = pasted_lines(desk, f'"{payload}"\t\tប\t2008\n')
    path = tmp_path / "refused.csv"
    desk.people_import.write_refused(desk.people_import.take(lines), path, "en")
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert rows[1][1].startswith("'")
