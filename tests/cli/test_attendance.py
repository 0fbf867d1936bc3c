"""Courses, classes and attendance from the command line: the walk of the samples, and what is refused."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.programme import MANAGER, PASSPHRASE
from tlbb_desktop.services.vault import unlock
from tlbb_desktop.wiring import open_desk

SAMPLES = Path(__file__).parents[1] / "fixtures" / "samples"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
CLASS = "SR-MOTO-26"
FIGURES = {
    "code", "held", "present", "late", "excused", "absent", "institution", "unmarked",
    "minutes_due", "minutes_attended", "percent",
}  # fmt: skip


@pytest.fixture
def add_class(run):
    def add(**changes: str) -> tuple[int, str, str]:
        wishes = {
            "course": "moto",
            "prison": "SR",
            "code": CLASS,
            "days": "mon,tue,wed,thu",
            "time": "08:00-11:00",
            "from": "2026-10-01",
            "to": "2026-10-31",
            **changes,
        }
        return run("class", "add", *(part for name, value in wishes.items() for part in (f"--{name}", value)))

    return add


@pytest.fixture
def filled(run, add_class) -> None:
    """The people of the sample, enrolled from the first day."""
    assert run("people", "import", SAMPLES / "people.xlsx", "--as-of", "2026-11-21")[0] == 0
    assert add_class()[0] == 0
    assert run("class", "enrol", CLASS, "--all") == (0, "34 people enrolled.\n", "")


def summary(run) -> dict[str, dict[str, object]]:
    code, out, err = run("attendance", "summary", CLASS, "--month", "2026-10", "--json")
    assert code == 0, err
    return {line["code"]: line for line in json.loads(out)}


def test_the_walk_over_both_samples_gives_the_expected_figures(run, filled, tmp_path) -> None:
    refused = tmp_path / "refused.csv"
    code, _out, err = run("attendance", "import", CLASS, SAMPLES / "attendance-2026-10.xlsx", "--refused", refused)
    assert code == 0
    assert err.startswith("2 cells refused")
    cells = list(csv.DictReader(refused.read_text(encoding="utf-8-sig").splitlines()))
    assert [(cell["Code"], cell["Date"]) for cell in cells] == [
        (cell["code"], cell["date"]) for cell in EXPECTED["refused_cells"]
    ]
    wanted = Counter((mark["code"], mark["mark"]) for mark in EXPECTED["absences"])
    lines = summary(run)
    assert len(lines) == len(EXPECTED["accepted"])
    for code, line in lines.items():
        assert set(line) == FIGURES
        unmarked = 1 if code == "2024-9247" else 0
        absent, excused = wanted[code, "absent"], wanted[code, "excused"]
        present = len(EXPECTED["held_days"]) - absent - excused - unmarked
        assert [line[name] for name in ("held", "present", "excused", "absent", "unmarked")] == [
            14, present, excused, absent, unmarked
        ]  # fmt: skip
        assert (line["minutes_due"], line["minutes_attended"]) == ((14 - unmarked) * 180, present * 180)
        assert line["percent"] == pytest.approx(100 * present / (14 - unmarked), abs=0.051)


def test_a_sheet_handed_out_can_be_taken_in_again_and_changes_nothing(run, filled, tmp_path) -> None:
    run("attendance", "import", CLASS, SAMPLES / "attendance-2026-10.xlsx")
    run("attendance", "mark", CLASS, "--date", "2026-10-01", "2024-3944=late:20", "2026-9552=institution:court")
    before = summary(run)
    for lang in ("km", "en"):
        sheet = tmp_path / f"{lang}.xlsx"
        assert run("attendance", "export", CLASS, "--month", "2026-10", "--lang", lang, "--out", sheet)[0] == 0
        assert run("attendance", "import", CLASS, sheet) == (0, "0 marks taken.\n", "")
        assert summary(run) == before


def test_marks_are_set_and_cleared_by_code(run, filled) -> None:
    marks = (
        "2026-1543=present",
        "2024-3944=late:15",
        "2026-9552=left:20",
        "2024-4745=excused:Sick",
        "2026-2962=absent",
    )
    assert run("attendance", "mark", CLASS, "--date", "2026-10-05", *marks, "2024-9247=institution:no_escort")[0] == 0
    lines = summary(run)
    assert lines["2024-3944"]["minutes_attended"] == 165
    assert lines["2026-9552"]["minutes_attended"] == 160
    assert (lines["2024-9247"]["institution"], lines["2024-9247"]["percent"]) == (1, None)
    assert lines["2025-7629"]["unmarked"] == 1
    assert run("attendance", "mark", CLASS, "--date", "២០២៦-១០-០៥", "2026-1543=clear")[0] == 0
    assert summary(run)["2026-1543"]["unmarked"] == 1


@pytest.mark.parametrize(
    ("day", "mark", "code", "said"),
    [
        ("2026-10-05", "2026-1543=late:181", 1, "181 minutes"),
        ("2026-10-05", "2026-1543=late:soon", 2, "number such as 15"),
        ("2026-10-05", "2026-1543=excused:lockdown", 1, "sick, medical"),
        ("2026-10-05", "2026-1543=present:yes", 2, "stands alone"),
        ("2026-10-05", "2026-1543=gone", 2, "the marks are"),
        ("2026-10-05", "2026-1543", 2, "not a mark"),
        ("2026-10-05", "0000-0000=present", 1, "0000-0000"),
        ("2026-10-03", "2026-1543=present", 1, "no session on 03/10/2026"),
        ("2026-02-30", "2026-1543=present", 2, "2026-02-30"),
    ],
)
def test_a_mark_against_the_rules_is_one_sentence_and_changes_nothing(run, filled, day, mark, code, said) -> None:
    found, out, err = run("attendance", "mark", CLASS, "--date", day, "2024-3944=present", mark)
    assert (found, out) == (code, "")
    assert said in err
    assert len(err.strip().splitlines()) == 1
    assert summary(run)["2024-3944"]["held"] == 0


def test_of_two_sessions_of_a_day_one_is_chosen_by_its_time(run, filled, home, unlocked) -> None:
    from datetime import date, time

    from tlbb_desktop.wiring import open_desk

    classes = open_desk(home, unlocked).classes
    classes.add_session(classes.class_named(CLASS), date(2026, 10, 5), time(14), time(16))
    code, _out, err = run("attendance", "mark", CLASS, "--date", "2026-10-05", "2026-1543=present")
    assert (code, "08:00-11:00, 14:00-16:00" in err) == (2, True)
    chosen = ("--time", "14:00-16:00", "2026-1543=present")
    assert run("attendance", "mark", CLASS, "--date", "2026-10-05", *chosen)[0] == 0
    assert summary(run)["2026-1543"]["minutes_due"] == 120


@pytest.mark.parametrize(
    ("changes", "code", "said"),
    [
        ({"course": "surfing"}, 1, "moto"),
        ({"prison": "XX"}, 1, "XX"),
        ({"days": "someday"}, 2, "mon,tue,wed"),
        ({"time": "11:00-08:00"}, 1, "ends before it starts"),
        ({"time": "morning"}, 2, "08:00-11:00"),
        ({"to": "2026-09-30"}, 1, "ends before it starts"),
        ({"from": "2026-13-01"}, 2, "2026-13-01"),
        ({"trainer": "nobody"}, 1, "nobody"),
    ],
)
def test_a_class_that_cannot_be_is_refused(add_class, changes, code, said) -> None:
    found, out, err = add_class(**changes)
    assert (found, out) == (code, "")
    assert said in err


def test_courses_and_classes_are_listed_for_programs_and_people(run, add_class) -> None:
    assert add_class()[1] == "SR-MOTO-26: 14 sessions planned.\n"
    assert {course["code"] for course in json.loads(run("course", "list", "--json")[1])} == {
        "moto", "electronics", "electrical", "aircon", "life-skills"
    }  # fmt: skip
    (group,) = json.loads(run("class", "list", "--json")[1])
    assert (group["code"], group["course"], group["prison"], group["learners"]) == (CLASS, "moto", "SR", 0)
    assert "Motorbike repair" in run("class", "list")[1]
    assert "ការជួសជុលម៉ូតូ" in run("course", "list", language="km")[1]


def test_enrolling_names_people_or_says_all(run, filled) -> None:
    assert run("class", "enrol", CLASS)[0] == 2
    assert run("class", "enrol", CLASS, "--all", "2026-1543")[0] == 2
    assert run("class", "enrol", CLASS, "0000-0000")[0] == 1
    assert run("class", "enrol", "NO-CLASS", "--all")[0] == 1
    assert run("class", "enrol", CLASS, "--all")[1] == "0 people enrolled.\n"


def test_nothing_is_marked_when_the_refused_cells_cannot_be_written(run, filled, tmp_path) -> None:
    before = run("attendance", "summary", CLASS, "--month", "2026-10", "--json")
    refused = tmp_path / "missing" / "cells.csv"
    sample = SAMPLES / "attendance-2026-10.xlsx"
    assert run("attendance", "import", CLASS, sample, "--refused", refused)[0] == 1
    assert run("attendance", "summary", CLASS, "--month", "2026-10", "--json") == before


def test_a_file_that_is_no_list_is_refused_with_one_sentence(run, filled, tmp_path) -> None:
    code, _out, err = run("attendance", "import", CLASS, SAMPLES / "people.xlsx")
    assert code == 1
    assert len(err.strip().splitlines()) == 1
    assert run("attendance", "import", CLASS, tmp_path / "missing.xlsx")[0] == 1


def test_check_names_the_marks_that_differ_from_their_history(run, filled, home) -> None:
    assert run("attendance", "mark", CLASS, "--date", "2026-10-06", "2024-3944=late:20")[0] == 0
    desk = open_desk(home, unlock(home, MANAGER, PASSPHRASE))
    with desk.office.store.write() as session:
        session.execute(text("UPDATE mark SET minutes = 0"))
    desk.close()
    for command in (("check",), ("check", "--json")):
        code, out, err = run(*command)
        assert code == 3
        assert f"{CLASS} 06/10/2026 2024-3944. Compare" in err
        assert "set them again" in err
        assert err.count("\n") == 1
    assert [name for name, sound in json.loads(out).items() if not sound] == ["marks"]
