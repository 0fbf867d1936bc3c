"""A week of visits: the order of the way on paper without a word of detention, and the same order typed in."""

from __future__ import annotations

from datetime import date

import pytest

from tests.paper_text import text_of
from tests.services.aftercare.conftest import release_of
from tests.services.test_people import newcomer
from tlbb_desktop.domain.errors import NotFound, NotPermitted, Refused
from tlbb_desktop.domain.follow_ups import LawTrouble, LivesWith, Reached, WorkerView, WorkStatus
from tlbb_desktop.domain.history_import import HistoryLine
from tlbb_desktop.domain.people import Contact, Names
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.services.contact_undo import TakenBack

FIRST, LAST = date(2026, 11, 23), date(2026, 11, 29)


@pytest.fixture
def villages(desk) -> dict[str, int]:
    """Three who left on 20 November: two in one commune of Siem Reap, one in Banteay Meanchey."""
    places = {"SR-26-0001": "17100104", "SR-26-0002": "01020101", "SR-26-0003": "17100101"}
    releases = {}
    for code, place in places.items():
        person = desk.people.save(
            newcomer(
                desk.prisons.own().id,
                code=code,
                names=Names("សុខ", "ដារ៉ា", "SOK", "DARA", "តូច"),
                contact=Contact(place_code=place, phones="012 345 678"),
            )
        )
        desk.case_history.take([HistoryLine(2, code, date(2026, 11, 20))])
        releases[code] = release_of(desk, person)
        desk.follow_ups.plan(releases[code])
    return releases


def codes(stops) -> list[str]:
    return [stop.code for stop in stops]


def packed(desk, district: str = ""):
    return desk.road_packs.make(desk.road_packs.stops(district, FIRST, LAST), FIRST)


def test_whom_to_see_comes_in_the_order_of_the_way_once_each(desk, villages) -> None:
    assert codes(desk.road_packs.stops("", FIRST, LAST)) == ["SR-26-0002", "SR-26-0003", "SR-26-0001"]
    assert codes(desk.road_packs.stops("1710", FIRST, LAST)) == ["SR-26-0003", "SR-26-0001"]
    assert desk.road_packs.stops("", date(2026, 11, 1), date(2026, 11, 2)) == ()


@pytest.mark.parametrize("sheets", [False, True])
@pytest.mark.parametrize("language", ["km", "en", "both"])
def test_the_paper_bears_code_and_nickname_and_no_word_of_detention(desk, villages, language, sheets) -> None:
    pack = packed(desk)
    finished = desk.road_packs.paper(pack, language, sheets=sheets)
    said = text_of(finished.pdf)
    assert all(code in said for code in villages)
    assert pack.code in said
    for word in ("SOK", "DARA", "សុខ ដារ៉ា", "012 345 678", "This Life", "rison", "elease", "ពន្ធនាគារ", "ដោះលែង"):
        assert word not in said
    assert finished.missing == ()
    assert language == "both" or finished.pages == (len(villages) if sheets else 1)


def test_a_journey_that_is_opened_again_knows_every_row_that_was_typed_in(desk, villages) -> None:
    packs, last = desk.road_packs, date(2026, 12, 27)
    code = packs.make(packs.stops("", FIRST, last), FIRST).code
    pack = packs.with_code(code)
    assert {stop.kind.value for stop in pack.stops} == {"m1"}
    packs.enter(pack, 1, "113", date(2026, 11, 27))  # before the month is over: a contact in between
    packs.not_met(pack, 2, date(2026, 11, 27))
    ids = [stop.follow_up_id for stop in pack.stops]
    again = packs.with_code(code)
    assert (again.done, again.tried) == (frozenset(ids[:1]), frozenset(ids[1:2]))
    assert packs.take_back(again, 2) == TakenBack(ids[1], contact=False)
    assert packs.take_back(again, 1).contact
    again = packs.with_code(code)
    assert (again.done, again.tried) == (frozenset(), frozenset())


def test_rows_are_typed_in_the_order_of_the_paper(desk, villages) -> None:
    pack = desk.road_packs.with_code(packed(desk).code.lower())
    assert (codes(pack.stops), pack.done) == (["SR-26-0002", "SR-26-0003", "SR-26-0001"], frozenset())
    noted = desk.road_packs.enter(pack, 2, "113 1120 1411".replace(" ", ""), date(2026, 11, 26))
    assert noted.next_on == date(2026, 11, 28)
    (held,) = [each for each in desk.follow_ups.of_release(villages["SR-26-0003"]) if each.form.held_on]
    findings = held.form.findings
    assert (held.form.reached, findings.lives_with, findings.safe, findings.work) == (
        Reached.IN_PERSON, LivesWith.PARENTS, 3, WorkStatus.EMPLOYED,
    )  # fmt: skip
    assert (findings.trained_trade, findings.in_school, findings.risky_peers) == (True, False, True)
    assert (findings.substances, findings.family, findings.trouble, findings.view) == (
        None, 4, LawTrouble.NONE, WorkerView.ON_TRACK,
    )  # fmt: skip
    assert desk.road_packs.with_code(pack.code).done == {pack.stops[1].follow_up_id}


def test_nobody_met_is_one_key_and_proposes_the_next_day(desk, villages) -> None:
    pack = packed(desk)
    assert desk.road_packs.not_met(pack, 1, date(2026, 11, 25)) == date(2026, 12, 2)
    found = desk.follow_ups.of_release(villages["SR-26-0002"])
    assert [each.form.kind.value for each in found if each.attempts] == ["w1"]


@pytest.mark.parametrize(("number", "typed"), [(0, "1"), (4, "1"), (1, ""), (1, "4"), (1, "1x"), (1, "111111111111")])
def test_what_the_paper_does_not_have_is_refused(desk, villages, number, typed) -> None:
    with pytest.raises(Refused):
        desk.road_packs.enter(packed(desk), number, typed, date(2026, 11, 26))


def test_a_code_of_another_paper_or_another_laptop_is_not_found(desk, villages) -> None:
    from tlbb_desktop.domain.form_code import bench_code, road_code

    with pytest.raises(Refused):
        desk.road_packs.with_code(bench_code(1, 1))
    with pytest.raises(NotFound):
        desk.road_packs.with_code(road_code(99))


def test_a_journey_to_nobody_is_refused_and_a_trainer_travels_without_papers(desk, villages, desk_as) -> None:
    with pytest.raises(Refused):
        desk.road_packs.make((), FIRST)
    for role in (Role.TRAINER, Role.LIAISON):
        with pytest.raises(NotPermitted):
            desk_as(role).road_packs.stops("", FIRST, LAST)


def test_the_code_of_a_journey_opens_it_only_where_its_people_are_the_readers(desk, desk_as, villages) -> None:
    pack = packed(desk)
    elsewhere = next(each.id for each in desk.prisons.prisons() if each.id != desk.prisons.own().id)
    with pytest.raises(NotPermitted):
        desk_as(Role.SOCIAL_WORKER, prisons=frozenset({elsewhere})).road_packs.with_code(pack.code)
    desk_as(Role.SOCIAL_WORKER, prisons=frozenset({desk.prisons.own().id})).road_packs.with_code(pack.code)
    with desk.office.store.read() as connection:
        last = connection.exec_driver_sql("SELECT kind, detail FROM audit_event ORDER BY seq DESC").first()
    assert tuple(last) == ("protected_read", f"pack:{pack.code} contacts:3")


@pytest.mark.parametrize("sheets", [False, True])
def test_a_nickname_that_betrays_detention_keeps_the_paper_back_on_whichever_sheet_it_stands(
    desk, villages, sheets
) -> None:
    stops = desk.road_packs.stops("", FIRST, LAST)
    pack = desk.road_packs.make([stops[0]._replace(nickname="Prisoner"), *stops[1:]], FIRST)
    with pytest.raises(Refused, match="prison"):
        desk.road_packs.paper(pack, "en", sheets=sheets)
