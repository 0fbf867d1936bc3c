"""The commands about people, as a script of the head office uses them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[1] / "fixtures" / "samples"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture
def take(run):
    def take(*more: object) -> tuple[int, str, str]:
        return run("people", "import", SAMPLES / "people.xlsx", "--as-of", "2026-11-21", *more)

    return take


def listed(run, *more: object) -> list[dict[str, object]]:
    code, out, _err = run("people", "list", "--json", *more)
    assert code == 0
    return json.loads(out)


def by_code(people: list[dict[str, object]]) -> list[dict[str, object]]:
    return sorted(people, key=lambda person: str(person["code"]))


def test_the_sample_list_is_taken_in_as_expected(run, take) -> None:
    code, out, err = take()
    assert (code, out) == (0, "34 people taken in.\n")
    assert by_code(listed(run)) == by_code(EXPECTED["accepted"])
    lines = err.splitlines()
    assert lines[0] == "4 lines refused:"
    assert [line.split("\t")[1] for line in lines[1:]] == ["2026-X001", "2026-X002", "2026-X003", "2026-X004"]
    assert EXPECTED["duplicate"]["of"] in lines[4]


def test_a_dry_run_says_the_same_and_changes_nothing(run, take, tmp_path) -> None:
    code, out, err = take("--dry-run", "--refused", tmp_path / "dry.csv")
    assert (code, out) == (0, "34 people would be taken in.\n")
    assert listed(run) == []
    assert take("--refused", tmp_path / "real.csv")[2] == err
    assert (tmp_path / "dry.csv").read_bytes() == (tmp_path / "real.csv").read_bytes()


def test_duplicates_are_taken_in_where_that_is_allowed(run, take) -> None:
    _code, out, err = take("--allow-duplicates")
    assert out == "35 people taken in.\n"
    assert "2026-X004" not in err
    assert "2026-X004" in {person["code"] for person in listed(run)}


def test_ages_count_from_the_given_day(run) -> None:
    run("people", "import", SAMPLES / "people.xlsx", "--as-of", "២០២៥-១១-២១")
    ages = {person["code"]: person["birth"] for person in listed(run) if person["birth_precision"] == "age"}
    assert ages["2026-1272"] == "2009"


def test_nobody_is_taken_in_when_the_refused_lines_cannot_be_written(run, take, tmp_path) -> None:
    code, out, err = take("--refused", tmp_path / "missing" / "refused.csv")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert listed(run) == []


def test_the_refused_lines_are_written_in_the_readers_language(run, tmp_path) -> None:
    path = tmp_path / "refused.csv"
    arguments = ("people", "import", SAMPLES / "people.xlsx", "--as-of", "2026-11-21", "--refused", path)
    _code, _out, err = run(*arguments, language="km")
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert len(rows) == 5
    assert rows[1][-1] in err
    assert "There is no name" not in err


@pytest.mark.parametrize("typed", ["គឹម សន្តិ", "គឹម\u200bសន្ដិ", "kim santi", "2024-4745"])
def test_the_list_is_searched_in_both_scripts_and_every_encoding(run, take, typed) -> None:
    take()
    assert "2024-4745" in {person["code"] for person in listed(run, "--search", typed)}


def test_an_unknown_birth_date_and_province_are_null(run, tmp_path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("code,name,sex,date of birth\n007,Sok Dara,M,Unknown\n", encoding="utf-8")
    assert run("people", "import", path)[0] == 0
    (person,) = listed(run)
    assert person == {
        "code": "007",
        "family_km": "",
        "given_km": "",
        "family_latin": "SOK",
        "given_latin": "DARA",
        "sex": "M",
        "birth_precision": "unknown",
        "birth": None,
        "province_code": None,
    }


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\x00\x01", b"a,b\n1,2\n", b"PK\x03\x04broken"])
def test_a_file_that_cannot_be_read_ends_in_one_sentence(run, tmp_path, content) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)
    code, out, err = run("people", "import", path)
    assert (code, out, len(err.splitlines())) == (1, "", 1)
    assert listed(run) == []


def test_a_file_that_is_not_there_and_a_day_that_is_none_are_said_plainly(run, take, tmp_path) -> None:
    code, _out, err = run("people", "import", tmp_path / "gone.xlsx")
    assert (code, len(err.splitlines())) == (1, 1)
    assert run("people", "import", SAMPLES / "people.xlsx", "--as-of", "2026-02-30")[0] == 2


def test_the_plain_list_is_one_line_each(run, take) -> None:
    take()
    _code, out, _err = run("people", "list")
    assert len(out.splitlines()) == 34
