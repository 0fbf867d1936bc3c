"""An expunged case ends on every laptop that ever had it, and what a row refers to is linked once it comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.services.exchange.conftest import Programme, person_id, said
from tlbb_desktop.data import models
from tlbb_desktop.domain.cases import CaseFile, CaseState
from tlbb_desktop.domain.people import CustodyStay
from tlbb_desktop.domain.releases import ReleaseForm
from tlbb_desktop.services.expunging import expunge
from tlbb_desktop.services.sealed_forms import RELEASE
from tlbb_desktop.wiring import Desk

CODE = "BTB-26-0001"


def begin_case(desk: Desk) -> int:
    person = person_id(desk, CODE)
    with desk.office.own_act() as act:
        case = models.CaseFileRow(person_id=person, state=CaseState.CLOSED, closed_on=date(2026, 11, 1))
        act.add(case)
        consent = models.Consent(
            person_id=person,
            purpose="service",
            given=False,
            given_on=date(2026, 10, 1),
            given_by="participant",
            method="signature",
            language="km",
            reason="SECRET",
        )
        act.add(consent)
        release = models.ReleaseRow(person_id=person, case_id=case.id)
        RELEASE.add(act, desk.office.cipher, release, ReleaseForm(date(2026, 11, 2), note="SECRET"))
        return int(case.id)


def end_case(desk: Desk, case_id: int) -> None:
    with desk.office.own_act() as act:
        row = act.session.get_one(models.CaseFileRow, case_id)
        act.change(row, row.version)
        row.state, row.expunged_on = CaseState.EXPUNGED, act.today
        expunge(act, desk.office.cipher, CaseFile(case_id, row.person_id, CODE))


def move_away(desk: Desk) -> None:
    record = desk.people.record(person_id(desk, CODE))
    there, today = desk.prisons.prison_with_code("KSP").id, desk.office.clock.today()
    left = replace(record.stays[0], starts_on=today - timedelta(days=9), ends_on=today)
    desk.people.save(replace(record, stays=(left, CustodyStay(there, today, None))))


def round_trip(programme: Programme) -> None:
    for _time in range(2):
        programme.carry("HO", "BTB")
        assert programme.carry("BTB", "HO").conflicts == 0


def words(desk: Desk) -> str:
    rows = said(desk)
    return repr([rows[name] for name in ("person", "consent", "release", "case_file")])


@pytest.fixture
def moved(programme: Programme) -> tuple[Programme, int]:
    """Somebody whose case Battambang had, and who was moved to Kampong Speu since."""
    case_id = begin_case(programme["HO"])
    round_trip(programme)
    assert "SECRET" in words(programme["BTB"])
    move_away(programme["HO"])
    round_trip(programme)
    return programme, case_id


def test_a_site_that_lost_sight_of_somebody_empties_what_it_has_when_the_case_is_expunged(moved):
    programme, case_id = moved
    programme.carry("HO", "SR")
    end_case(programme["HO"], case_id)
    assert "SECRET" not in words(programme["HO"])
    round_trip(programme)
    laptop = programme["BTB"]
    assert "SECRET" not in words(laptop)
    assert "សុខ" not in words(laptop)
    (case,) = said(laptop)["case_file"].values()
    assert case["state"] == CaseState.EXPUNGED
    assert all(line.sound for line in laptop.integrity.check())
    assert programme.written("HO", "BTB")[1].rows == 0
    programme.carry("HO", "SR")
    assert said(programme["SR"])["case_file"] == {}


def test_nothing_else_of_the_case_goes_to_a_site_that_lost_sight_of_it(moved):
    programme, case_id = moved
    with programme["HO"].office.own_act() as act:
        release = models.ReleaseRow(person_id=person_id(programme["HO"], CODE), case_id=case_id)
        RELEASE.add(act, programme["HO"].office.cipher, release, ReleaseForm(date(2026, 11, 20)))
    end_case(programme["HO"], case_id)
    round_trip(programme)
    assert len(said(programme["HO"])["release"]) == 2
    assert len(said(programme["BTB"])["release"]) == 1


def test_a_site_that_still_has_the_case_changes_nothing_that_came_emptied(programme):
    case_id = begin_case(programme["HO"])
    round_trip(programme)
    end_case(programme["HO"], case_id)
    programme.carry("HO", "BTB")
    assert "SECRET" not in words(programme["BTB"])
    programme.carry("BTB", "HO")
    programme.carry("HO", "BTB")
    assert programme.written("BTB", "HO")[1].rows == 0


def test_a_photo_that_could_not_come_with_its_person_is_linked_once_it_comes(programme, monkeypatch):
    office, laptop = programme["HO"], programme["BTB"]
    office.people.set_photo(person_id(office, CODE), b"\xff\xd8\xff a face")
    with monkeypatch.context() as patched:
        limit = "tlbb_desktop.services.exchange_reach._STAYS_AT_HEAD_OFFICE"
        patched.setattr(limit, frozenset({"issued_report", "attachment"}))
        programme.carry("HO", "BTB")
    assert laptop.people.photo(person_id(laptop, CODE)) is None
    programme.carry("BTB", "HO")
    assert office.people.photo(person_id(office, CODE)) is not None
    with office.office.own_act() as act:  # what may go there is set anew
        act.connection.exec_driver_sql("UPDATE exchange_laptop SET known_tick = 0, roots = '[]' WHERE name = 'BTB'")
    assert programme.carry("HO", "BTB").conflicts == 0
    assert laptop.people.photo(person_id(laptop, CODE)) is not None
    programme.carry("BTB", "HO")
    programme.carry("HO", "BTB")
    assert programme.written("BTB", "HO")[1].rows == 0
