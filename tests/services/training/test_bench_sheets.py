"""Bench sheets: the paper, its code, and its entry in the same order."""

from __future__ import annotations

from datetime import date

import pytest

from tests.paper_text import text_of
from tlbb_desktop.domain.assessment import Outcome
from tlbb_desktop.domain.bench_sheets import BenchException
from tlbb_desktop.domain.errors import ChangedMeanwhile, Refused, UsageError
from tlbb_desktop.domain.form_code import bench_code, form_code, read_bench_code, read_form_code
from tlbb_desktop.domain.months import Month

DAY = date(2026, 10, 22)


def sheet_of(workshop, code: str = "M05", day: date = DAY):
    return workshop.desk.bench_sheets.sheet(workshop.class_id, workshop.unit_id(code), day)


def test_the_sheet_stands_in_the_order_of_the_register(workshop) -> None:
    register = workshop.room.attendance.register(workshop.class_id, Month(2026, 10))
    assert [each.person_id for each in sheet_of(workshop).learners] == [each.person_id for each in register.learners]


def test_its_code_names_class_and_unit_and_is_no_register_s(workshop) -> None:
    sheet = sheet_of(workshop)
    assert workshop.desk.bench_sheets.with_code(sheet.code.lower()) == (workshop.class_id, sheet.unit.id)
    for number in range(1, 400, 7):
        code = bench_code(number, number % 90 + 1)
        assert read_bench_code(code) == (number, number % 90 + 1)
        with pytest.raises(Refused):
            read_form_code(code)
        with pytest.raises(Refused):
            read_bench_code(form_code(number, Month(2026, 10)))
    with pytest.raises(Refused):
        read_bench_code(sheet.code[:-1] + ("2" if sheet.code[-1] != "2" else "3"))


@pytest.mark.parametrize("language", ["km", "en", "both"])
def test_the_paper_holds_code_criteria_and_everybody_and_marks_the_critical_ones(workshop, tmp_path, language) -> None:
    workshop.assess(1, "M05")
    path = tmp_path / "bench.pdf"
    finished = workshop.desk.bench_sheets.save(workshop.class_id, workshop.unit_id("M05"), DAY, language, path)
    assert finished.missing == ()
    text = text_of(path)
    assert sheet_of(workshop).code in text
    assert "M05" in text
    if language == "en":
        assert all(f"{number} *" in text for number in (2, 6))
        assert "Sets the valve clearance" in " ".join(text.split())
        assert "KIM VANNA" in text
        assert "reached on 15/10/2026" in " ".join(text.split())
    assert "ពន្ធនាគារ" not in text
    with pytest.raises(UsageError):
        workshop.desk.bench_sheets.paper(workshop.class_id, workshop.unit_id("M05"), DAY, "fr")


def test_an_empty_exception_list_makes_everybody_competent_but_those_who_were_before(workshop) -> None:
    workshop.assess(0, "M05")
    before = workshop.state(0, "M05")
    done = workshop.desk.bench_sheets.enter(sheet_of(workshop), {})
    assert len(done.cells) == 4
    assert all(row.competent(workshop.unit_id("M05")) for row in workshop.board().learners)
    assert workshop.state(0, "M05") == before


def test_exceptions_name_what_was_not_ticked_who_was_absent_and_who_is_not_yet(workshop) -> None:
    people = workshop.people
    exceptions = {
        people[0]: BenchException(frozenset({2})),
        people[1]: BenchException(frozenset({1})),
        people[2]: BenchException(absent=True),
        people[3]: BenchException(not_yet=True),
    }
    workshop.desk.bench_sheets.enter(sheet_of(workshop), exceptions)
    found = [workshop.state(person, "M05") for person in range(5)]
    assert [state and state.outcome for state in found] == [
        Outcome.NOT_YET, Outcome.COMPETENT, None, Outcome.NOT_YET, Outcome.COMPETENT,
    ]  # fmt: skip
    story = workshop.desk.assessment.story(workshop.class_id, people[3], workshop.unit_id("M05"))
    assert story[0].passed is None
    assert workshop.desk.assessment.undo(workshop.class_id) is not None
    assert all(workshop.state(person, "M05") is None for person in range(5))


def test_a_sheet_of_an_earlier_day_asks_for_that_day_s_list(workshop) -> None:
    enrolment = workshop.desk.classes.enrolments(workshop.class_id)[0]
    workshop.desk.classes.end_enrolment(enrolment.id, date(2026, 10, 10))
    assert len(sheet_of(workshop, day=date(2026, 10, 8)).learners) == 5
    assert len(sheet_of(workshop).learners) == 4
    with pytest.raises(Refused, match="not on this sheet"):
        workshop.desk.bench_sheets.enter(sheet_of(workshop), {enrolment.person_id: BenchException(absent=True)})


def test_somebody_who_was_assessed_since_the_sheet_was_opened_is_not_overwritten(workshop) -> None:
    sheet = sheet_of(workshop)
    workshop.assess(0, "M05", "not-yet")
    with pytest.raises(ChangedMeanwhile):
        workshop.desk.bench_sheets.enter(sheet, {})
    workshop.desk.assessment.undo(workshop.class_id)
    assert len(workshop.desk.bench_sheets.enter(sheet, {}).cells) == 5
