"""Training from the command line: curricula in and out, attempts, the board, the way to a certificate."""

from __future__ import annotations

import json
import re
from datetime import date, time
from pathlib import Path

import openpyxl
import pytest

from tests.paper_text import pages_of
from tests.services.test_people import newcomer
from tlbb_desktop.domain.classes import TimetableSlot, TrainingClass, Weekday
from tlbb_desktop.domain.people import Names
from tlbb_desktop.wiring import Desk


@pytest.fixture
def group(desk: Desk) -> str:
    """A class of October 2025 that is over: 0001 came always, 0002 to none of it."""
    own = desk.prisons.own().id
    people = [
        desk.people.save(newcomer(own, code=code, names=Names("សុខ", given, "SOK", latin)))
        for code, given, latin in (("0001", "ដារ៉ា", "DARA"), ("0002", "សុភា", "SOPHEA"))
    ]
    first, last = date(2025, 10, 1), date(2025, 10, 31)
    week = (TimetableSlot(Weekday.MON, time(8), time(11)),)
    course = desk.classes.course_named("moto")
    class_id = desk.classes.save(TrainingClass(None, "K", course, own, None, first, last, week))
    desk.classes.enrol(class_id, people[:1])
    for session in desk.classes.sessions(class_id, first, last):
        desk.attendance.rest_present(class_id, session.id)
    desk.classes.enrol(class_id, people[1:])
    return "K"


def progress(run) -> dict:
    code, out, err = run("progress", "--class", "K", "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def learner(run, code: str = "0001") -> dict:
    return next(each for each in progress(run)["learners"] if each["code"] == code)


def test_attempts_go_onto_the_board(run, group) -> None:
    code, out, err = run(
        "assess", "--class", "K", "--unit", "M05", "--date", "2025-10-20", "0001=competent:3", "0002=not-yet:2,៥"
    )
    assert (code, out, err) == (0, "2 attempts recorded.\n", "")
    board = progress(run)
    assert (len(board["units"]), board["curriculum"]["hours"], board["curriculum"]["sample"]) == (16, 650, True)
    assert learner(run)["units"]["M05"] == {
        "state": "competent", "minutes": 0, "attempts": 1, "day": "2025-10-20", "by": "attempt", "second": None,
    }  # fmt: skip
    assert learner(run, "0002")["units"]["M05"]["state"] == "not-yet"
    assert learner(run)["units"]["M01"]["minutes"] == learner(run)["minutes_attended"] > 0
    assert board["forecast"]["counts"]["cannot"] == 2
    code, out, _err = run("progress", "--class", "K")
    assert code == 0
    assert "1/16" in out


def test_prior_learning_and_the_class_s_unit(run, group) -> None:
    where = ("--class", "K", "--unit", "M02", "--date", "2025-10-20")
    code, _out, err = run("assess", *where, "--prior", "worked in a shop", "--hours", "10", "0001=competent")
    assert (code, err) == (0, "")
    assert learner(run)["units"]["M02"]["by"] == "prior"
    assert learner(run)["units"]["M02"]["minutes"] == 600
    assert run("teach", "--class", "K", "--unit", "M03", "--from", "2025-10-13")[0] == 0
    assert learner(run)["units"]["M03"]["minutes"] > 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("assess", "--class", "NONE", "--unit", "M05", "--date", "2025-10-20", "0001=competent"), 1),
        (("assess", "--class", "K", "--unit", "X05", "--date", "2025-10-20", "0001=competent"), 1),
        (("assess", "--class", "K", "--unit", "M05", "--date", "2025-09-20", "0001=competent"), 1),
        (("assess", "--class", "K", "--unit", "M05", "--date", "2099-10-20", "0001=competent"), 1),
        (("assess", "--class", "K", "--unit", "M05", "--date", "2025-10-20", "9999=competent"), 1),
        (("assess", "--class", "K", "--unit", "M05", "--date", "2025-10-20", "0001=competent:2"), 1),
        (("assess", "--class", "K", "--unit", "M05", "--date", "2025-10-20", "0001=not-yet:77"), 1),
        (("assess", "--class", "K", "--unit", "M05", "--date", "2025-10-20", "--prior", "x", "--hours", "99",
          "0001=competent"), 1),
        (("assess", "--class", "K", "--unit", "M05", "--date", "2025-10-20", "--prior", "x", "0001=not-yet"), 2),
        (("assess", "--class", "K", "--unit", "M05", "--date", "2025-10-20", "0001=passed"), 2),
        (("assess", "--class", "K", "--unit", "M05", "--date", "2025-10-20", "0001"), 2),
        (("assess", "--class", "K", "--unit", "M05", "--date", "2025-10-20", "0001=not-yet:two"), 2),
        (("assess", "--class", "K", "--unit", "M05", "--date", "2025-10-20", "0001=competent", "0001=not-yet"), 2),
        (("assess", "--class", "K", "--unit", "M05", "--date", "yesterday", "0001=competent"), 2),
        (("teach", "--class", "K", "--unit", "M05", "--from", "2026-10-20"), 1),
        (("course", "export", "nothing", "--out", "x.xlsx"), 1),
        (("course", "import", "moto", "--file", "missing.xlsx"), 1),
        (("course", "switch", "moto", "M15", "off", "--prison", "SR"), 1),
        (("course", "switch", "moto", "M99", "off", "--prison", "SR", "--reason", "x"), 1),
        (("certificate", "approve", "--class", "K", "0001"), 1),
        (("certificate", "eligible", "--class", "NONE"), 1),
        (("progress", "--class", "NONE"), 1),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused_in_one_sentence_and_changes_nothing(run, group, arguments, code) -> None:
    given, out, err = run(*arguments)
    assert (given, out) == (code, "")
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err
    assert all(cell["attempts"] == 0 for cell in learner(run)["units"].values())


def test_a_course_goes_out_and_comes_in_and_every_wrong_line_is_told(run, group, tmp_path: Path) -> None:
    file = tmp_path / "moto.xlsx"
    assert run("course", "export", "moto", "--out", file)[0] == 0
    book = openpyxl.load_workbook(file)
    book["units"]["D2"], book["units"]["A3"] = -4, "M01"
    book.save(tmp_path / "bad.xlsx")
    code, out, err = run("course", "import", "moto", "--file", tmp_path / "bad.xlsx")
    assert (code, out) == (1, "")
    assert "Two units have the code M01" in err
    assert "-4 hours" in err
    book["units"]["D2"], book["units"]["A3"] = 20, "M02"
    book.save(file)
    code, out, err = run("course", "import", "moto", "--file", file)
    assert (code, out) == (0, "Version 2: 16 units, 654 hours.\n"), err
    listed = json.loads(run("course", "units", "moto", "--json")[1])
    assert (listed["version"], listed["sample"], listed["hours"]) == (2, False, 654)
    assert listed["units"][4]["criteria"][1]["critical"]


def test_a_unit_is_left_out_at_a_prison_and_hours_are_recomputed(run, group) -> None:
    assert run("course", "switch", "moto", "M15", "off", "--prison", "SR", "--reason", "no road")[0] == 0
    board = progress(run)
    assert (board["curriculum"]["hours"], board["off"]) == (628, [{"code": "M15", "reason": "no road"}])
    assert run("course", "follow", "K", "--none")[0] == 0
    assert progress(run)["curriculum"] is None
    assert run("course", "follow", "K")[0] == 0
    assert progress(run)["curriculum"]["hours"] == 628


def test_from_the_bench_to_an_approved_and_printed_certificate(run, group, tmp_path: Path) -> None:
    eligible = {each["code"]: each for each in json.loads(run("certificate", "eligible", "--class", "K", "--json")[1])}
    assert eligible["0001"]["eligible"]
    for unit in [f"M{number:02d}" for number in range(1, 16)]:
        assert run("assess", "--class", "K", "--unit", unit, "--date", "2025-10-27", "0001=competent")[0] == 0
    rules = {each["rule"]: each for each in eligible_row(run)["rules"]}
    assert (rules["units"]["met"], rules["units"]["missing"]) == (False, ["M16"])
    assert (rules["hours"]["met"], rules["hours"]["needed"]) == (False, 520)
    assert rules["attendance"]["met"]
    assert not eligible_row(run)["eligible"]
    assert run("certificate", "propose", "--class", "K", "0001")[0] == 1
    reason = ("--despite", "the hours of the old register are on paper")
    assert run("certificate", "propose", "--class", "K", "0001", *reason)[0] == 0
    assert run("certificate", "approve", "--class", "K", "0001")[1] == "1 certificate approved.\n"
    code, out, err = run("certificate", "issue", "--class", "K", "0001", "--out", tmp_path / "papers", *reason)
    assert code == 0, err
    assert run("certificate", "verify", out.strip().split("\t")[1])[0] == 0
    issued = json.loads(run("certificate", "list", "--json")[1])
    assert issued[0]["state"] == "issued"


def eligible_row(run, code: str = "0001", kind: str = "completion") -> dict:
    found = json.loads(run("certificate", "eligible", "--class", "K", "--kind", kind, "--json")[1])
    return next(each for each in found if each["code"] == code)


def test_a_partial_statement_asks_for_one_unit(run, group, tmp_path: Path) -> None:
    run("assess", "--class", "K", "--unit", "M01", "--date", "2025-10-20", "0001=not-yet")
    assert [each["rule"] for each in eligible_row(run, kind="partial")["missing"]] == ["no_unit"]
    run("assess", "--class", "K", "--unit", "M01", "--date", "2025-10-27", "0001=competent")
    assert eligible_row(run, kind="partial")["eligible"]
    code, _out, err = run(
        "certificate", "issue", "--class", "K", "0001", "--kind", "partial", "--out", tmp_path / "papers"
    )
    assert code == 0, err


def test_a_bench_sheet_is_printed_filled_and_taken_in(run, group, tmp_path: Path) -> None:
    paper = tmp_path / "bench.pdf"
    where = ("--class", "K", "--unit", "M05", "--on", "2025-10-20", "--lang", "both")
    assert run("bench", "print", *where, "--out", paper)[0] == 0
    code = bench_code_on(paper)
    given, out, err = run("bench", "enter", code, "--date", "2025-10-20", "--except", "0002=1,2")
    assert (given, out) == (0, "2 attempts recorded.\n"), err
    assert learner(run)["units"]["M05"]["state"] == "competent"
    assert learner(run, "0002")["units"]["M05"]["state"] == "not-yet"
    for wrong, expected in (("0002=ok", 2), ("0002", 2), ("9999=absent", 1), ("0002=88", 1)):
        given, out, err = run("bench", "enter", code, "--date", "2025-10-27", "--except", wrong)
        assert (given, out, len(err.strip().splitlines())) == (expected, "", 1)
    assert run("bench", "enter", "123-456", "--date", "2025-10-27")[0] == 1


def test_whoever_was_away_on_the_day_of_the_sheet_is_left_out_and_named(run, group, tmp_path: Path) -> None:
    paper = tmp_path / "bench.pdf"
    where = ("--class", "K", "--unit", "M05", "--on", "2025-10-20", "--lang", "both")
    assert run("bench", "print", *where, "--out", paper)[0] == 0
    assert run("attendance", "mark", "K", "--date", "2025-10-20", "0001=absent")[0] == 0
    code, out, err = run("bench", "enter", bench_code_on(paper), "--date", "2025-10-20")
    assert code == 0, err
    assert out == "0001 was not there by the register (Absent) and is left out.\n1 attempt recorded.\n"
    named = run("bench", "enter", bench_code_on(paper), "--date", "2025-10-20", "--except", "0001=1")
    assert named[1].endswith("1 attempt recorded.\n")


def bench_code_on(paper: Path) -> str:
    text = pages_of(paper)[0]
    return next(line for line in text.splitlines() if re.fullmatch(r"[1-9A-Z]{3}-[1-9A-Z-]+", line.strip())).strip()


def test_a_record_travels_and_the_ministry_s_list_keeps_its_clock(run, group, tmp_path: Path) -> None:
    run("assess", "--class", "K", "--unit", "M01", "--date", "2025-10-20", "0001=competent")
    file = tmp_path / "learner.json"
    assert run("record", "give", "--class", "K", "0001", "--out", file)[0] == 0
    code, out, err = run("record", "take", "--class", "K", "0002", "--file", file)
    assert (code, out) == (1, "")
    assert "same person" in err
    why = ("--despite", "hours are on paper")
    assert run("certificate", "issue", "--class", "K", "0001", "--out", tmp_path / "papers", *why)[0] == 0
    (line,) = json.loads(run("ministry", "list", "--json")[1])
    assert (line["state"], line["class"]) == ("due", "K")
    assert run("ministry", "results", line["number"], "--on", "2025-10-31")[0] == 0
    (line,) = json.loads(run("ministry", "list", "--json")[1])
    assert line["deadline"] == "2026-04-30"
    assert run("ministry", "sent", line["number"], "--on", "2025-11-05")[0] == 0
    assert run("ministry", "returned", line["number"], "--on", "2025-11-20", "--as", "៧/២៥")[0] == 0
    (line,) = json.loads(run("ministry", "list", "--json")[1])
    assert (line["state"], line["ministry_number"]) == ("returned", "៧/២៥")
    for name, arguments in (
        ("list.xlsx", ("list",)),
        ("t1.xlsx", ("t1", "--class", "K", "--reason", "asked for by the Ministry")),
    ):
        assert run("ministry", *arguments, "--out", tmp_path / name)[0] == 0
        assert openpyxl.load_workbook(tmp_path / name).worksheets[0].max_row >= 2
    assert run("ministry", "sent", "K-2025-00001-1", "--on", "2025-11-05")[0] == 1
