"""The work list and who leaves soon, from the command line."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.services.test_people import newcomer
from tlbb_desktop.domain.consents import NEEDED_FOR_SERVICE, ConsentForm
from tlbb_desktop.domain.people import Identity
from tlbb_desktop.wiring import Desk


@pytest.fixture
def leaving(desk: Desk) -> str:
    """Somebody with an open case and a release plan, who leaves in about two months."""
    today = desk.office.clock.today()
    identity = Identity(release_on=today + timedelta(days=60))
    person = desk.people.save(newcomer(desk.prisons.own().id, code="0001", identity=identity))
    for purpose in NEEDED_FOR_SERVICE:
        desk.consents.record(person, ConsentForm(purpose, True, today))
    case = desk.cases.open(person)
    plan = desk.release_plans.open(case)
    desk.release_plans.propose(plan.id, plan.version)
    return "0001"


def test_the_work_list_is_read_by_a_program(run, leaving) -> None:
    code, out, err = run("worklist", "--json")
    page = json.loads(out)
    assert (code, err) == (0, "")
    assert page["counts"].keys() == {"overdue", "today", "week"}
    assert [(each["paper"], each["code"]) for each in page["approvals"]] == [("release_plan", leaving)]
    due = page["today"]
    assert {(line["kind"], line["code"]) for line in due} == {("release_item", leaving)}
    assert all(line["title"] == "" for line in due if line["restricted"])


def test_the_work_list_of_ones_own_cases(run, leaving) -> None:
    code, out, _ = run("worklist", "--mine", "--json")
    assert (code, json.loads(out)["counts"]) == (0, {"overdue": 0, "today": 0, "week": 0})


def test_the_work_list_is_read_by_people(run, leaving) -> None:
    code, out, _ = run("worklist")
    assert code == 0
    assert "approval\t\trelease_plan\t0001" in out
    assert out.splitlines()[0].startswith("today\t")


def test_who_leaves_is_read_by_a_program(run, leaving) -> None:
    code, out, err = run("release", "list", "--within", "90", "--json")
    (line,) = json.loads(out)
    assert (code, err, line["code"], line["plan"], line["light"]) == (0, "", leaving, True, "amber")
    assert line["readiness"] == {"percent": 0, "items": 46, "done": 0, "critical": 10, "critical_done": 0}
    assert line["planned"] <= line["official"]
    assert run("release", "list", "--within", "5", "--json")[1] == "[]\n"


def test_the_gate_reads_names_and_days(run, leaving) -> None:
    code, out, _ = run("release", "list", "--within", "90", "--gate", "--json")
    assert code == 0
    assert json.loads(out)[0].keys() == {"code", "name", "prison", "official", "planned", "days_left"}
    assert run("release", "list", "--gate")[1].startswith("0001\tសុខ ដារ៉ា")


def test_days_ahead_are_never_less_than_nothing(run) -> None:
    code, out, err = run("release", "list", "--within", "-1")
    assert (code, out) == (2, "")
    assert "0 or more" in err


def test_the_list_for_the_gate_is_written_as_pdf(run, leaving, tmp_path) -> None:
    place = tmp_path / "gate.pdf"
    code, out, err = run("release", "list", "--gate", "--within", "90", "--lang", "km", "--out", str(place))
    assert (code, err, out.strip()) == (0, "", str(place))
    assert place.read_bytes().startswith(b"%PDF")
    refused, _, why = run("release", "list", "--out", str(place))
    assert (refused, "--gate" in why) == (2, True)
