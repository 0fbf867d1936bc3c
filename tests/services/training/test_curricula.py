"""Curricula: the samples, new versions, what a prison leaves out, and files in and out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from tlbb_desktop.data.sample_curricula import SAMPLES
from tlbb_desktop.domain.curricula import Basis, CurriculumRefused, Unit
from tlbb_desktop.domain.errors import BadFile, ChangedMeanwhile, NotFound, Refused
from tlbb_desktop.domain.stigma import StigmaLint
from tlbb_desktop.domain.unit_hours import Part
from tlbb_desktop.khmer import normalise

SHIPPED = {
    "moto": (16, 650),
    "electronics": (14, 640),
    "life-skills": (14, 72),
    "electrical": (12, 420),
    "aircon": (11, 400),
}


def course(workshop, code: str = "moto") -> int:
    return workshop.desk.classes.course_named(code)


def newest(workshop, code: str = "moto"):
    found = workshop.desk.curricula.newest(course(workshop, code))
    assert found is not None
    return found


def test_the_samples_have_the_units_and_hours_that_were_agreed_and_say_that_they_are_samples(workshop) -> None:
    found = {code: newest(workshop, code) for code in SAMPLES}
    assert {code: (len(each.units), each.hours) for code, each in found.items()} == SHIPPED
    assert all(each.sample and "Sample" in each.source for each in found.values())
    assert found["life-skills"].basis is Basis.PARTICIPATION
    for code in ("moto", "electronics", "life-skills"):
        assert all(unit.criteria and unit.critical for unit in found[code].units), code


def test_every_word_of_the_samples_is_normalised_khmer_beside_english_and_shows_no_detention(workshop) -> None:
    lint = StigmaLint()
    for code in SAMPLES:
        for unit in newest(workshop, code).units:
            for each in (unit, *unit.criteria):
                assert normalise(each.name_km) == each.name_km
                assert any("\u1780" <= sign <= "\u17ff" for sign in each.name_km), each
                assert each.name_en.isascii(), each
            lint.require_clean({"unit": f"{unit.name_km} {unit.name_en}"})


def test_a_changed_curriculum_is_a_new_version_and_running_classes_go_on_with_it(workshop) -> None:
    before = newest(workshop)
    units = (replace(before.units[0], hours=20), *before.units[1:])
    stored = workshop.desk.curricula.save(replace(before, units=units), 1)
    assert (stored.number, stored.sample, stored.hours) == (2, False, 654)
    assert [each.id for each in stored.units] == [each.id for each in before.units]
    assert workshop.desk.curricula.of_class(workshop.class_id).number == 2
    assert [each.number for each in workshop.desk.curricula.versions(before.course_id)] == [2, 1]
    assert workshop.desk.curricula.versions(before.course_id)[1].hours == 650
    with pytest.raises(ChangedMeanwhile):
        workshop.desk.curricula.save(before, 1)
    with pytest.raises(Refused, match="says all this already"):
        workshop.desk.curricula.save(stored, 2)


def test_a_unit_in_which_attempts_stand_cannot_go_while_the_class_runs(workshop) -> None:
    workshop.assess(0, "M02")
    before = newest(workshop)
    shorter = replace(before, units=tuple(unit for unit in before.units if unit.code != "M02"))
    with pytest.raises(CurriculumRefused, match="Unit M02 is missing"):
        workshop.desk.curricula.save(shorter, 1)
    assert newest(workshop).number == 1
    stored = workshop.desk.curricula.save(shorter, 1, classes_follow=False)
    assert workshop.desk.curricula.of_class(workshop.class_id).number == 1
    with pytest.raises(CurriculumRefused, match="Unit M02 is missing"):
        workshop.desk.curricula.follow(workshop.class_id, stored.id)
    workshop.desk.assessment.take_back(workshop.state(0, "M02").entry_id, "wrong unit")
    workshop.desk.curricula.follow(workshop.class_id, stored.id)
    assert workshop.desk.curricula.of_class(workshop.class_id).number == 2


def test_what_would_be_refused_can_be_asked_before_it_is_saved(workshop) -> None:
    workshop.assess(0, "M02")
    before = newest(workshop)
    shorter = replace(before, units=(*before.units[:1], *before.units[2:]))
    bad = replace(shorter, units=(replace(before.units[0], hours=-3), *shorter.units[1:]))
    objections = workshop.desk.curricula.objections
    assert objections(before) == ()
    assert [line.fields.get("code") for line in objections(shorter)] == ["M02"]
    assert objections(shorter, classes_follow=False) == ()
    assert [line.fields.get("code") for line in objections(bad)] == ["M01", "M02"]
    assert newest(workshop).number == 1


def test_each_class_of_a_course_is_listed_with_the_version_that_it_follows(workshop) -> None:
    before = newest(workshop)
    units = (replace(before.units[0], hours=20), *before.units[1:])
    workshop.desk.curricula.save(replace(before, units=units), 1, classes_follow=False)
    (found,) = workshop.desk.curricula.followers(before.course_id)
    group = workshop.desk.classes.group(workshop.class_id)
    assert (found.class_id, found.code, found.number) == (group.id, group.code, 1)
    assert (found.starts_on, found.ends_on, found.prison_id) == (group.starts_on, group.ends_on, group.prison_id)
    workshop.desk.curricula.follow(workshop.class_id, None)
    assert workshop.desk.curricula.followers(before.course_id)[0].number is None
    assert workshop.desk.curricula.followers(course(workshop, "electronics")) == ()


def test_everything_that_is_wrong_is_told_line_by_line_and_nothing_is_stored(workshop) -> None:
    before = newest(workshop)
    bad = (
        Unit(None, "A 1", "ឯកតា", "Unit", 5),
        Unit(None, "A2", "", "", 5),
        Unit(None, "A3", "ឯកតា", "Unit", -5),
        Unit(None, "a3", "ឯកតា", "Unit", 0),
    )
    with pytest.raises(CurriculumRefused) as told:
        workshop.desk.curricula.save(replace(before, units=bad), 1)
    said = [line.message for line in told.value.lines]
    assert len(said) == 5
    assert sum("code {code}" in line for line in said) == 1
    assert sum("{hours} hours" in line for line in said) == 2
    with pytest.raises(CurriculumRefused, match="no unit"):
        workshop.desk.curricula.save(replace(before, units=()), 1)
    assert newest(workshop).number == 1


def test_a_unit_that_a_prison_leaves_out_is_not_on_the_board_and_its_hours_are_not_asked_for(workshop) -> None:
    workshop.room.mark(5, 0, "present")
    unit_id = workshop.unit_id("M01")
    with pytest.raises(Refused, match="reason"):
        workshop.desk.curricula.switch(workshop.room.prison_id, unit_id, off=True)
    workshop.desk.curricula.switch(workshop.room.prison_id, unit_id, off=True, reason="no workshop")
    board = workshop.board()
    assert (len(board.units), board.curriculum.hours) == (15, 634)
    assert [(each.code, each.reason) for each in board.off] == [("M01", "no workshop")]
    workshop.desk.curricula.switch(workshop.room.prison_id, unit_id, off=False)
    assert workshop.board().curriculum.hours == 650


def test_a_file_goes_out_is_changed_and_comes_in_as_the_next_version(workshop, tmp_path: Path) -> None:
    file = tmp_path / "moto.xlsx"
    workshop.desk.curriculum_files.export(course(workshop), file)
    book = openpyxl.load_workbook(file)
    assert book["units"]["A2"].value == "M01"
    assert book["course"]["B1"].value == "moto"
    book["units"]["D2"] = 18
    book["units"].append(["M17", "ថែទាំម៉ូតូអគ្គិសនី", "Electric motorbikes", 30])
    book["criteria"].append(["M17", 1, "ផ្តាច់ថ្មមុនធ្វើការ", "Disconnects the battery first", "yes"])
    book.save(file)
    taken = workshop.desk.curriculum_files.take(course(workshop), file)
    assert (taken.number, len(taken.units), taken.hours, taken.sample) == (2, 17, 682, False)
    assert taken.units[16].criteria[0].critical
    assert taken.units[1].criteria == newest(workshop).units[1].criteria
    board = workshop.board()
    assert [unit.code for unit in board.units][-1] == "M17"


def test_an_exported_file_that_nobody_changed_makes_a_sample_ones_own(workshop, tmp_path: Path) -> None:
    file = workshop.desk.curriculum_files.export(course(workshop), tmp_path / "moto.xlsx")
    taken = workshop.desk.curriculum_files.take(course(workshop), file)
    assert taken.says_the_same(workshop.desk.curricula.versions(course(workshop))[1])
    with pytest.raises(Refused, match="says all this already"):
        workshop.desk.curriculum_files.take(course(workshop), file)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["M01", "ឯកតា", "Unit", "many"]], "no number of whole hours"),
        ([["M01", "ឯកតា", "Unit", 2.5]], "no number of whole hours"),
        ([["M01", "ឯកតា", "Unit", -3]], "-3 hours"),
        ([["M01", "ឯកតា", "Unit", 3], ["m01", "ឯកតា", "Unit", 3]], "Two units have the code M01"),
        ([], "no unit"),
    ],
)
def test_a_bad_file_is_refused_and_changes_nothing(workshop, tmp_path: Path, rows, said) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.append(["code", "title_km", "title_en", "hours"])
    for row in rows:
        page.append(row)
    book.save(tmp_path / "bad.xlsx")
    with pytest.raises(CurriculumRefused) as told:
        workshop.desk.curriculum_files.take(course(workshop), tmp_path / "bad.xlsx")
    assert said in str(told.value)
    assert newest(workshop).number == 1


def test_a_file_of_another_course_or_of_something_else_is_refused(workshop, tmp_path: Path) -> None:
    file = workshop.desk.curriculum_files.export(course(workshop, "electronics"), tmp_path / "other.xlsx")
    with pytest.raises(CurriculumRefused, match="of the course electronics"):
        workshop.desk.curriculum_files.take(course(workshop), file)
    people = Path(__file__).parents[2] / "fixtures" / "samples" / "people.xlsx"
    with pytest.raises(BadFile, match="no sheet whose first row"):
        workshop.desk.curriculum_files.take(course(workshop), people)


def test_a_text_that_looks_like_a_formula_stays_a_text_in_the_file(workshop, tmp_path: Path) -> None:
    before = newest(workshop)
    evil = replace(before.units[0], name_en='=HYPERLINK("http://x","y")')
    workshop.desk.curricula.save(replace(before, units=(evil, *before.units[1:])), 1)
    file = workshop.desk.curriculum_files.export(course(workshop), tmp_path / "moto.xlsx")
    cell = openpyxl.load_workbook(file)["units"]["C2"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x","y")')
    assert cell.hyperlink is None


def test_a_class_keeps_its_units_when_it_moves_to_another_course_only_before_anything_was_assessed(workshop) -> None:
    group = workshop.desk.classes.group(workshop.class_id)
    moved = replace(group, course_id=course(workshop, "electronics"))
    workshop.desk.classes.save(moved)
    assert workshop.board().units[0].code == "E01"
    assert workshop.board().unit_today == workshop.unit_id("E01")
    workshop.assess(0, "E01")
    back = replace(workshop.desk.classes.group(workshop.class_id), course_id=course(workshop))
    with pytest.raises(Refused, match="were assessed"):
        workshop.desk.classes.save(back)


def test_sessions_forget_their_units_when_the_class_moves_to_another_course(workshop) -> None:
    session = workshop.room.session(28)
    workshop.desk.teaching.set_parts(session.id, (Part(workshop.unit_id("M02"), 180),), session.version)
    group = workshop.desk.classes.group(workshop.class_id)
    workshop.desk.classes.save(replace(group, course_id=course(workshop, "electronics")))
    assert workshop.desk.teaching.parts(session.id) == (Part(workshop.unit_id("E01"), 180),)


def test_a_class_that_begins_earlier_is_at_its_first_unit_from_its_new_first_day(workshop) -> None:
    group = workshop.desk.classes.group(workshop.class_id)
    earlier = group.starts_on - timedelta(days=14)
    workshop.desk.classes.save(replace(group, starts_on=earlier))
    (spell,) = workshop.desk.teaching.spells(workshop.class_id)
    assert (spell.starts_on, spell.unit_id) == (earlier, workshop.unit_id("M01"))
    first = workshop.desk.classes.sessions(workshop.class_id, earlier, group.starts_on)[0]
    assert workshop.desk.teaching.parts(first.id) == (Part(workshop.unit_id("M01"), 180),)


def test_a_class_that_took_up_units_on_the_way_keeps_that_day_when_it_begins_earlier(workshop) -> None:
    group = workshop.desk.classes.group(workshop.class_id)
    with workshop.desk.office.store.write() as session:
        session.connection().exec_driver_sql("UPDATE class_unit SET starts_on = '2026-10-12'")
    workshop.desk.classes.save(replace(group, starts_on=group.starts_on - timedelta(days=14)))
    assert [each.starts_on for each in workshop.desk.teaching.spells(workshop.class_id)] == [date(2026, 10, 12)]


def test_a_unit_that_a_running_class_is_at_or_that_a_session_teaches_cannot_go(workshop) -> None:
    session = workshop.room.session(28)
    workshop.desk.teaching.set_parts(session.id, (Part(workshop.unit_id("M03"), 180),), session.version)
    workshop.desk.teaching.set_unit(workshop.class_id, workshop.unit_id("M02"), date(2026, 10, 8))
    before = newest(workshop)
    gone = {"M01", "M02", "M03", "M04"}
    shorter = replace(before, units=tuple(unit for unit in before.units if unit.code not in gone))
    with pytest.raises(CurriculumRefused) as told:
        workshop.desk.curricula.save(shorter, 1)
    assert [line.fields["code"] for line in told.value.lines] == ["M01", "M02", "M03"]
    assert all("is taught it" in line.message for line in told.value.lines)
    stored = workshop.desk.curricula.save(shorter, 1, classes_follow=False)
    with pytest.raises(CurriculumRefused, match="Unit M01 is missing"):
        workshop.desk.curricula.follow(workshop.class_id, stored.id)


def test_a_file_that_was_exported_before_somebody_stored_a_version_does_not_take_its_place(
    workshop, tmp_path: Path
) -> None:
    file = workshop.desk.curriculum_files.export(course(workshop), tmp_path / "moto.xlsx")
    before = newest(workshop)
    workshop.desk.curricula.save(replace(before, units=(replace(before.units[0], hours=20), *before.units[1:])), 1)
    book = openpyxl.load_workbook(file)
    book["units"]["D3"] = 30
    book.save(file)
    with pytest.raises(ChangedMeanwhile):
        workshop.desk.curriculum_files.take(course(workshop), file)
    assert newest(workshop).number == 2


def test_a_file_of_a_laptop_that_has_stored_more_versions_is_taken_in(workshop, tmp_path: Path) -> None:
    file = workshop.desk.curriculum_files.export(course(workshop), tmp_path / "moto.xlsx")
    book = openpyxl.load_workbook(file)
    assert (book["course"]["A4"].value, book["course"]["B4"].value) == ("version", 1)
    book["course"]["B4"] = 7
    book.save(file)
    assert workshop.desk.curriculum_files.take(course(workshop), file).number == 2


def test_a_unit_that_somebody_else_switched_meanwhile_is_not_switched_unseen(workshop) -> None:
    prison_id, unit_id, curricula = workshop.room.prison_id, workshop.unit_id("M01"), workshop.desk.curricula
    curricula.switch(prison_id, unit_id, off=True, reason="no workshop", version=0)
    with pytest.raises(ChangedMeanwhile):
        curricula.switch(prison_id, unit_id, off=True, reason="no tools", version=0)
    (seen,) = curricula.switches(prison_id)
    curricula.switch(prison_id, unit_id, off=True, reason="no tools", version=seen.version)
    with pytest.raises(ChangedMeanwhile):
        curricula.switch(prison_id, unit_id, off=False, version=seen.version)
    assert [each.reason for each in curricula.switches(prison_id)] == ["no tools"]
    curricula.switch(prison_id, unit_id, off=False)
    curricula.switch(prison_id, unit_id, off=True, reason="no workshop", version=0)


def test_a_class_that_somebody_else_saved_meanwhile_is_not_put_on_another_version_unseen(workshop) -> None:
    seen = workshop.desk.classes.group(workshop.class_id)
    workshop.desk.classes.save(replace(seen, code="SR-MOTO-27"))
    with pytest.raises(ChangedMeanwhile):
        workshop.desk.curricula.follow(workshop.class_id, None, version=seen.version)
    now = workshop.desk.classes.group(workshop.class_id)
    workshop.desk.curricula.follow(workshop.class_id, None, version=now.version)
    assert workshop.desk.curricula.of_class(workshop.class_id) is None


def test_units_are_named_by_their_code_or_all_are_told(workshop) -> None:
    assert workshop.desk.curricula.unit_named(course(workshop), "m05").code == "M05"
    with pytest.raises(NotFound, match="no unit with the code X1"):
        workshop.desk.curricula.unit_named(course(workshop), "X1")


def test_a_class_of_a_course_without_curriculum_is_taught_without_units(workshop, new_class) -> None:
    from tlbb_desktop.domain.classes import Course

    sewing = workshop.desk.classes.save_course(Course(None, "sewing", "ការដេរ", "Sewing"))
    class_id = workshop.desk.classes.save(new_class("SR-SEW-26", course_id=sewing, starts_on=date(2026, 10, 2)))
    assert workshop.desk.progress.board(class_id).units == ()
    assert workshop.desk.progress.standing(class_id).forecast.outlooks == ()
