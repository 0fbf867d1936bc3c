"""The history of earlier years goes in as a table, and recidivism comes out as the facts file counts it."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from tests.domain.test_recidivism import FACTS
from tlbb_desktop.documents.page_images import PaperPages

COLUMNS = ("code", "released", "completed", "event", "event_level", "known_until")
FACT_LINES = [(code, released, "yes", event, "5" if event else "", "") for code, (released, event) in FACTS.items()]


@pytest.fixture
def history(tmp_path):
    """Write lines as a CSV file and give its path."""

    def write(*lines: tuple[object, ...], columns: tuple[str, ...] = COLUMNS) -> Path:
        path = tmp_path / "history.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows([columns, *lines])
        return path

    return write


def figures(run, *options: str) -> list[dict]:
    code, out, _err = run("outcome", "recidivism", "--json", *options)
    assert code == 0
    return json.loads(out)


def test_the_tables_of_the_facts_file_are_reproduced(run, history) -> None:
    code, out, err = run("case", "import", history(*FACT_LINES))
    assert (code, err) == (0, "")
    assert out.startswith("9 releases taken in.\n7 events taken in.\n9 codes were not on record")
    six, twelve = figures(run, "--as-of", "2025-03-31", "--months", "6,12", "--level", "2")
    assert (six["months"], six["n"], six["events"]) == (6, 7, 2)
    assert (twelve["months"], twelve["n"], twelve["events"]) == (12, 5, 3)
    assert (six["known"], six["unknown"]) == (2, 5)
    assert [six[name] for name in ("rate_recorded", "rate_known", "rate_worst", "interval")] == [None] * 4


#: Person -> at six and at twelve months: whether the window is mature, and whether the person returned within it.
FACTS_TABLE = {
    "A": ((1, 0), (1, 0)),
    "B": ((1, 1), (1, 1)),
    "C": ((1, 0), (1, 1)),
    "E": ((1, 1), (0, 0)),
    "F": ((1, 0), (0, 0)),
    "G": ((0, 0), (0, 0)),
    "H": ((0, 0), (0, 0)),
    "I": ((1, 0), (1, 0)),
    "J": ((1, 0), (1, 1)),
}


def test_each_line_of_the_facts_file_counts_as_its_table_says(run, history) -> None:
    stood, found = [(0, 0), (0, 0)], {}
    for line in FACT_LINES:
        run("case", "import", history(line))
        now = [(each["n"], each["events"]) for each in figures(run, "--as-of", "2025-03-31", "--months", "6,12")]
        found[line[0]] = tuple((n - m, events - f) for (n, events), (m, f) in zip(now, stood, strict=True))
        stood = now
    assert found == FACTS_TABLE


@pytest.mark.parametrize(
    ("events", "people", "low", "high"),
    [(0, 20, 0, 16.8), (1, 20, 0.1, 24.9), (3, 20, 3.2, 37.9), (4, 100, 1.1, 9.9), (2, 105, 0.2, 6.7)],
)
def test_the_exact_intervals_of_the_facts_file_are_reproduced(run, history, events, people, low, high) -> None:
    back = ("2024-03-01", "5", "")
    lines = [(f"{n:04}", "2024-01-15", "yes", *(back if n < events else ("", "", "2024-07-15"))) for n in range(people)]
    run("case", "import", history(*lines))
    (six,) = figures(run, "--as-of", "2025-03-31", "--months", "6")
    assert (six["n"], six["events"], six["unknown"]) == (people, events, 0)
    assert [round(100 * bound, 1) for bound in six["interval"]] == [low, high]


def test_a_workbook_with_real_dates_says_the_same_as_a_csv_file(run, tmp_path) -> None:
    book = openpyxl.Workbook()
    book.active.append(COLUMNS)
    for code, released, completed, event, level, _known in FACT_LINES:
        days = (datetime.fromisoformat(released), datetime.fromisoformat(event) if event else None)
        book.active.append((code, days[0], completed, days[1], int(level) if level else None, None))
    book.save(tmp_path / "history.xlsx")
    assert run("case", "import", tmp_path / "history.xlsx")[0] == 0
    six, twelve = figures(run, "--as-of", "2025-03-31")
    assert [(each["n"], each["events"]) for each in (six, twelve)] == [(7, 2), (5, 3)]


def test_three_figures_and_the_exact_interval_stand_for_twenty_people(run, history) -> None:
    lines = [
        (f"{n:04}", "2024-01-15", "yes" if n < 12 else "no", "", "", "2024-07-15" if n < 15 else "") for n in range(20)
    ]
    lines[0] = ("0000", "2024-01-15", "yes", "2024-03-01", "3", "")
    run("case", "import", history(*lines))
    (six,) = figures(run, "--as-of", "2025-03-31", "--months", "6")
    assert (six["n"], six["events"], six["known"], six["unknown"]) == (20, 1, 15, 5)
    assert (six["rate_recorded"], six["rate_known"], six["rate_worst"]) == (0.05, pytest.approx(1 / 15), 0.3)
    assert six["interval"] == pytest.approx([0.00127, 0.24873], abs=1e-5)
    (completers,) = figures(run, "--as-of", "2025-03-31", "--months", "6", "--completers")
    assert (completers["n"], completers["events"], completers["known"]) == (12, 1, 12)
    (convicted,) = figures(run, "--as-of", "2025-03-31", "--months", "6", "--level", "4")
    assert (convicted["events"], convicted["unknown"]) == (0, 6)


def test_the_sentences_say_what_nobody_knows(run, history) -> None:
    run("case", "import", history(*FACT_LINES))
    code, out, _err = run("outcome", "recidivism", "--as-of", "2025-03-31", "--months", "6")
    assert code == 0
    assert "Of 7 released at least 6 months ago, 2 came into conflict with the law within 6 months; of 5 nothing" in out
    assert "Fewer than ten people: no percentage is given." in out
    assert "%" not in out
    khmer = run("outcome", "recidivism", "--as-of", "2025-03-31", "--months", "6", language="km")[1]
    assert "7" in khmer
    assert "Of 7" not in khmer


def test_lines_that_cannot_be_true_are_refused_and_the_others_taken(run, history) -> None:
    code, out, err = run(
        "case",
        "import",
        history(
            ("0001", "2024-01-15", "yes", "2024-01-14", "2", ""),
            ("0002", "2024-02-30", "yes", "", "", ""),
            ("0003", "2124-01-15", "yes", "", "", ""),
            ("0004", "2024-01-15", "perhaps", "", "", ""),
            ("0005", "2024-01-15", "yes", "2024-02-01", "6", ""),
            ("0006", "2024-01", "yes", "", "", ""),
            ("", "2024-01-15", "yes", "", "", ""),
            ("0007", "", "yes", "", "", ""),
            ("0008", "2024-01-15", "no", "", "", "2124-01-01"),
            ("", "", "", "", "", ""),
            ("០០០៩", "២៩/០២/២០២៤", "ចាស", "", "", ""),
        ),
    )
    assert (code, out.splitlines()[0]) == (0, "1 release taken in.")
    assert err.splitlines()[0] == "9 lines refused:"
    assert [line.split("\t")[0] for line in err.splitlines()[1:]] == [str(number) for number in range(2, 11)]


def test_a_return_on_the_day_of_release_is_told_and_never_counts(run, history) -> None:
    code, _out, err = run("case", "import", history(("0001", "2024-01-15", "yes", "2024-01-15", "5", "2025-01-01")))
    assert (code, err) == (0, "2\t0001\tThe event is on the day of release: it never counts.\n")
    code, out, err = run("outcome", "recidivism", "--as-of", "2025-03-31", "--json", "--months", "6")
    assert [(each["n"], each["events"], each["known"]) for each in json.loads(out)] == [(1, 0, 1)]
    assert err == "0001\t15/01/2024\tThe event is on the day of release.\n"


def test_the_same_table_again_adds_nothing(run, history) -> None:
    path = history(*FACT_LINES)
    run("case", "import", path)
    code, out, _err = run("case", "import", path)
    assert (code, out) == (0, "0 releases taken in.\n9 lines said nothing new.\n")
    assert figures(run, "--as-of", "2025-03-31")[0]["n"] == 7


def test_two_lines_of_one_person_are_one_person_with_two_events(run, history) -> None:
    run(
        "case",
        "import",
        history(
            ("0001", "2024-01-15", "yes", "2024-02-01", "1", ""),
            ("0001", "2024-01-15", "yes", "2024-09-01", "5", "2024-12-01"),
        ),
    )
    six, twelve = figures(run, "--as-of", "2025-03-31")
    assert [(each["n"], each["events"]) for each in (six, twelve)] == [(1, 0), (1, 1)]


def test_somebody_on_record_keeps_their_record(run, history, desk) -> None:
    from tests.services.test_people import newcomer

    person = desk.people.save(newcomer(desk.prisons.own().id, code="SR-24-0001"))
    code, out, _err = run("case", "import", history(("SR-24-0001", "2024-01-15", "yes", "", "", "")))
    assert (code, out) == (0, "1 release taken in.\n")
    assert desk.people.person_with_code("SR-24-0001") == person


def test_a_table_without_the_columns_is_refused_whole(run, history) -> None:
    code, _out, err = run("case", "import", history(("0001", "2024-01-15"), columns=("who", "when")))
    assert (code, err) == (1, "The table has no columns “code” and “released”. Nothing was taken in.\n")


@pytest.mark.parametrize("options", [("--months", "0"), ("--months", "six"), ("--level", "6"), ("--as-of", "soon")])
def test_a_question_that_makes_no_sense_is_a_wrong_command(run, options) -> None:
    assert run("outcome", "recidivism", *options)[0] == 2


def test_nobody_knows_the_outcomes_of_tomorrow(run) -> None:
    code, _out, err = run("outcome", "recidivism", "--as-of", "2199-01-01")
    assert code == 1
    assert err.endswith("has not come yet.\n")


def test_the_report_is_written_issued_and_held_against_what_came_later(run, history, tmp_path) -> None:
    run("case", "import", history(*FACT_LINES))
    code, out, err = run(
        "outcome",
        "report",
        "--as-of",
        "2025-03-31",
        "--issue",
        "donor",
        "--json",
        "--out",
        tmp_path / "r.pdf",
        "--lang",
        "both",
    )
    assert (code, err) == (0, "")
    said = json.loads(out)
    figure = next(each for each in said["figures"] if each["key"] == "recidivism-6")
    assert (figure["n"], figure["events"], figure["people"]["events"]) == (7, 2, ["B", "E"])
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
    assert run("outcome", "changes", said["number"]) == (0, "", "")
    run("case", "import", history(("A", "2024-01-15", "yes", "2024-02-01", "3", "")))
    code, out, _err = run("outcome", "changes", said["number"], "--json")
    (change,) = [each for each in json.loads(out) if (each["key"], each["code"]) == ("recidivism-6", "A")]
    assert (change["was"], change["now"]) == ("unknown", "events")
    assert change["why"] == "Something was entered that makes this person count."


def test_an_issued_report_is_printed_again_and_each_change_says_what_was_entered(run, history, tmp_path) -> None:
    run("case", "import", history(*FACT_LINES))
    out = run("outcome", "report", "--as-of", "2025-03-31", "--issue", "donor", "--json")[1]
    number = json.loads(out)["number"]
    run("case", "import", history(("A", "2024-01-15", "yes", "2024-02-01", "3", "")))
    place = tmp_path / "again.pdf"
    assert run("outcome", "print", number, "--out", place, "--lang", "en") == (0, f"{place}\n", "")
    said = " ".join(PaperPages(place.read_bytes()).text(0).split())
    assert "Of 7 released at least 6 months ago, 2 came into conflict" in said
    changes = json.loads(run("outcome", "changes", number, "--json")[1])
    moved = next(each for each in changes if (each["key"], each["code"]) == ("recidivism-6", "A"))
    assert "event" in {each["what"] for each in moved["entered"]}
    assert "an event was entered or corrected on" in run("outcome", "changes", number)[1]
    assert run("outcome", "print", "A-26-R999", "--out", tmp_path / "none.pdf")[0] == 1
    assert not (tmp_path / "none.pdf").exists()


def test_a_report_is_asked_for_by_windows_and_evidence(run, history) -> None:
    run("case", "import", history(*FACT_LINES))
    out = run("outcome", "report", "--as-of", "2025-03-31", "--months", "3,6", "--level", "5", "--json")[1]
    keys = [each["key"] for each in json.loads(out)["figures"]]
    assert keys[:4] == [
        "recidivism-3-level-5",
        "recidivism-6-level-5",
        "recidivism-3-completers-level-5",
        "recidivism-6-completers-level-5",
    ]
    assert run("outcome", "report", "--months", "soon")[0] == 2


def test_the_report_speaks_in_sentences(run, history) -> None:
    run("case", "import", history(*FACT_LINES))
    code, out, _err = run("outcome", "report", "--as-of", "2025-03-31", "--sex", "F")
    assert code == 0
    assert out.splitlines()[0].startswith("Of 0 released at least 6 months ago")
    assert run("outcome", "report", "--prison", "XX")[0] == 1


def test_a_paper_of_a_case_is_printed_and_somebody_without_a_case_has_none(run, desk, tmp_path) -> None:
    from tests.services.test_people import newcomer

    person = desk.people.save(newcomer(desk.prisons.own().id, code="SR-24-0001"))
    paper = tmp_path / "checklist.pdf"
    code, _out, err = run("case", "print", "SR-24-0001", "--what", "checklist", "--lang", "both", "--out", paper)
    assert (code, err) == (1, "SR-24-0001 has no case. Open one first.\n")
    desk.cases.open(person)
    code, out, err = run("case", "print", "SR-24-0001", "--what", "checklist", "--lang", "both", "--out", paper)
    assert (code, out, err) == (0, f"{paper}\n", "")
    assert paper.read_bytes().startswith(b"%PDF")
    assert run("case", "print", "SR-24-0001", "--what", "novel", "--out", paper)[0] == 2
