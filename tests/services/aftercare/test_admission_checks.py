"""A prison's list of admissions is compared with those who left; a person decides, and both answers count."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.services.test_people import newcomer
from tlbb_desktop.domain.births import Birth
from tlbb_desktop.domain.errors import BadFile, NotPermitted, Refused
from tlbb_desktop.domain.history_import import HistoryLine
from tlbb_desktop.domain.people import Identity, Names
from tlbb_desktop.domain.recidivism import RecidivismQuestion
from tlbb_desktop.domain.reoffences import EventSource, EvidenceLevel, PairDecision
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.services.admission_checks import ListSpan

BORN = date(2007, 3, 4)


@pytest.fixture
def people(desk) -> dict[str, int]:
    """Three who left Siem Reap in 2025, one in 2024 before any list was kept."""
    own = desk.prisons.own().id
    named = {
        "0001": (Names("សុខ", "ដារ៉ា", "SOK", "DARA"), date(2025, 8, 31)),
        "0002": (Names("ចាន់", "រិទ្ធី"), date(2025, 9, 15)),
        "0003": (Names("", "", "KEO", "VISAL"), date(2025, 10, 1)),
        "0004": (Names("គឹម", "វណ្ណា"), date(2024, 2, 29)),
    }
    ids = {
        code: desk.people.save(newcomer(own, code=code, names=names, identity=Identity(Birth.on(BORN))))
        for code, (names, _left) in named.items()
    }
    desk.case_history.take([HistoryLine(2, code, left) for code, (_names, left) in named.items()])
    return ids


@pytest.fixture
def listed(tmp_path) -> Path:
    """As a prison keeps it: a title, headings in Khmer, names in either script, totals at the end."""
    book = openpyxl.Workbook()
    for row in (
        ("បញ្ជីឈ្មោះអ្នកចូលថ្មី",),
        ("ល.រ", "គោត្តនាម និងនាម", "ភេទ", "ថ្ងៃខែឆ្នាំកំណើត", "ថ្ងៃចូល"),
        (1, "សុខ ដារ៉ា", "ប", "04/03/2007", date(2026, 1, 10)),
        (2, "Chan Rithy", "ប", "2007", date(2026, 2, 1)),
        (3, "កែវ វិសាល", "ស", "", date(2026, 2, 3)),
        (4, "ហេង លីដា", "ប", "", date(2026, 2, 5)),
        (5, "", "ប", "", ""),
        ("សរុប", "", "", "", ""),
    ):
        book.active.append(row)
    book.save(tmp_path / "admissions.xlsx")
    return tmp_path / "admissions.xlsx"


def opened(desk, listed, first=date(2025, 8, 1), last=date(2026, 10, 31)) -> int:
    span = ListSpan(desk.prisons.own().id, first, last)
    return desk.admission_checks.open(desk.admission_checks.read(listed, span), span, listed.name)


def test_names_are_matched_in_both_scripts_and_another_sex_is_somebody_else(desk, people, listed) -> None:
    pairs = desk.admission_checks.pairs(opened(desk, listed))
    assert [(pair.line.row, pair.code, pair.likeness.value) for pair in pairs] == [
        (3, "0001", "same-name-and-birth"),
        (4, "0002", "sounds-alike"),
    ]
    assert all(pair.decision is None for pair in pairs)


def test_somebody_who_is_on_the_list_came_back(desk, people, listed) -> None:
    check = opened(desk, listed)
    first, second = desk.admission_checks.pairs(check)
    event_id = desk.admission_checks.decide(first.id, PairDecision.SAME, first.version)
    (event,) = desk.reoffences.of_person(people["0001"])
    assert event.id == event_id
    assert (event.form.event_on, event.form.level, event.form.source, event.form.prison_id) == (
        date(2026, 1, 10), EvidenceLevel.IMPRISONMENT, EventSource.PRISON_LIST, desk.prisons.own().id,
    )  # fmt: skip
    assert desk.admission_checks.decide(second.id, PairDecision.OTHER, second.version) is None
    outcome = desk.admission_checks.finish(check)
    assert outcome.returned == (people["0001"],)
    assert set(outcome.known_free) == {people["0002"], people["0003"]}
    assert outcome.not_covered == (people["0004"],)


def test_who_is_not_on_the_list_is_known_to_be_free_at_that_prison_only(desk, people, listed) -> None:
    check = opened(desk, listed)
    for pair in desk.admission_checks.pairs(check):
        desk.admission_checks.decide(pair.id, PairDecision.OTHER, pair.version)
    desk.admission_checks.finish(check)
    own = desk.prisons.own().id

    def six(**wish):
        return desk.outcomes.recidivism(RecidivismQuestion(date(2026, 11, 27), (6,), **wish)).windows[0]

    assert (len(six().free), len(six().unknown)) == (0, 4)
    assert set(six(prison_id=own).free) == {people[code] for code in ("0001", "0002", "0003")}
    assert six(prison_id=own).unknown == (people["0004"],)
    assert len(six(prison_id=own + 1).unknown) == 4


def test_the_next_list_goes_on_where_the_last_one_ended(desk, people, listed) -> None:
    for first, last in ((date(2024, 2, 1), date(2025, 12, 31)), (date(2026, 1, 1), date(2026, 9, 30))):
        check = opened(desk, listed, first, last)
        for pair in desk.admission_checks.pairs(check):
            desk.admission_checks.decide(pair.id, PairDecision.OTHER, pair.version)
        outcome = desk.admission_checks.finish(check)
        assert outcome.not_covered == ()
    gap = opened(desk, listed, date(2026, 10, 2), date(2026, 10, 31))
    for pair in desk.admission_checks.pairs(gap):
        desk.admission_checks.decide(pair.id, PairDecision.OTHER, pair.version)
    assert set(desk.admission_checks.finish(gap).not_covered) == set(people.values())


def test_an_event_of_that_day_is_raised_and_not_doubled(desk, people, listed) -> None:
    from tlbb_desktop.domain.reoffences import ReoffenceEvent, ReoffenceForm

    heard = ReoffenceForm(date(2026, 1, 10), EvidenceLevel.REPORT, date(2026, 1, 12), EventSource.FAMILY)
    event_id = desk.reoffences.save(ReoffenceEvent(None, people["0001"], heard))
    first, _second = desk.admission_checks.pairs(opened(desk, listed))
    assert desk.admission_checks.decide(first.id, PairDecision.SAME, first.version) == event_id
    (event,) = desk.reoffences.of_person(people["0001"])
    assert (event.form.level, event.form.source) == (EvidenceLevel.IMPRISONMENT, EventSource.FAMILY)
    assert [each.form.level for each in desk.reoffences.story(event_id)] == [EvidenceLevel.REPORT]


def test_nothing_is_known_while_a_pair_waits_and_nothing_is_decided_twice(desk, people, listed) -> None:
    check = opened(desk, listed)
    with pytest.raises(Refused, match="every pair"):
        desk.admission_checks.finish(check)
    for pair in desk.admission_checks.pairs(check):
        desk.admission_checks.decide(pair.id, PairDecision.OTHER, pair.version)
        with pytest.raises(Refused, match="decided already"):
            desk.admission_checks.decide(pair.id, PairDecision.SAME, pair.version + 1)
    desk.admission_checks.finish(check)
    with pytest.raises(Refused, match="finished"):
        desk.admission_checks.finish(check)


def test_a_list_of_tomorrow_and_a_file_without_names_are_refused(desk, people, listed, tmp_path) -> None:
    with pytest.raises(Refused):
        opened(desk, listed, last=date(2026, 11, 28))
    with pytest.raises(Refused):
        opened(desk, listed, first=date(2026, 11, 1), last=date(2026, 10, 1))
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(BadFile):
        opened(desk, tmp_path / "other.csv")


def test_a_liaison_compares_no_lists(desk, people, listed, desk_as) -> None:
    with pytest.raises(NotPermitted):
        opened(desk_as(Role.LIAISON), listed)
