"""The same record changed on two laptops: what merges, what a person decides, and what must never be asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from tests.motorbike_class import OCTOBER
from tests.services.exchange.conftest import add_person, codes, note_of, person_id, said, set_note
from tlbb_desktop.data.repositories.retention import forget_conflicts
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.certificates import CertificateState
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.exchange import Decision
from tlbb_desktop.domain.people import Contact
from tlbb_desktop.domain.register import SetMark

CODE = "SR-26-0001"


def test_two_fields_of_one_person_changed_on_two_laptops_are_both_kept(programme):
    laptop, office = programme["SR"], programme["HO"]
    set_note(laptop, CODE, "from the site")
    person = office.people.record(person_id(office, CODE))
    office.people.save(replace(person, names=replace(person.names, given_km="ថ្មី")))
    assert programme.carry("SR", "HO").conflicts == 0
    assert programme.carry("HO", "SR").conflicts == 0
    for desk in (laptop, office):
        merged = desk.people.record(person_id(desk, CODE))
        assert (merged.note, merged.names.given_km) == ("from the site", "ថ្មី")
    assert said(laptop)["person"][person_key(laptop)] == said(office)["person"][person_key(office)]


def person_key(desk) -> str:
    with desk.office.store.read() as connection:
        found = connection.exec_driver_sql("SELECT lower(hex(uuid)) FROM person WHERE code = ?", (CODE,)).scalar()
    return str(found)


@pytest.fixture
def conflict(programme):
    set_note(programme["SR"], CODE, "site")
    set_note(programme["HO"], CODE, "office")
    assert programme.carry("SR", "HO").conflicts == 1
    return programme["HO"].exchange.conflicts()[0]


def test_the_same_field_changed_on_both_sides_is_shown_side_by_side_and_nothing_is_overwritten(programme, conflict):
    assert (conflict.mine.value, conflict.theirs.value) == ("office", "site")
    assert conflict.mine.at < conflict.found_at
    assert conflict.theirs.by == "សុខា"
    assert (conflict.sender, conflict.about.km) == ("SR", f"{CODE} ចាន់ សុខ")
    assert note_of(programme["HO"], CODE) == "office"
    assert programme["HO"].exchange.status()[-1].open_conflicts == 1


@pytest.mark.parametrize(("decision", "note"), [(Decision.MINE, "office"), (Decision.THEIRS, "site")])
def test_a_decision_travels_and_closes_the_question_on_the_other_laptop(programme, conflict, decision, note):
    programme.carry("HO", "SR")
    assert len(programme["SR"].exchange.conflicts()) == 1
    programme["HO"].exchange.decide(conflict.id, decision)
    assert note_of(programme["HO"], CODE) == note
    assert programme.carry("HO", "SR").conflicts == 0
    assert note_of(programme["SR"], CODE) == note
    assert programme["SR"].exchange.conflicts() == ()
    assert programme.carry("SR", "HO").conflicts == 0
    with pytest.raises(NotFound, match="decided already"):
        programme["HO"].exchange.decide(conflict.id, decision)


def test_who_decided_what_stays_in_the_record_with_both_values(programme, conflict):
    office = programme["HO"]
    office.exchange.decide(conflict.id, Decision.THEIRS)
    with office.office.store.read() as connection:
        kept = connection.exec_driver_sql("SELECT decision, decided_by, decided_at FROM exchange_conflict").one()
        event = connection.exec_driver_sql("SELECT detail FROM audit_event WHERE kind = 'conflict_decided'").scalar()
    assert (kept.decision, kept.decided_by) == ("theirs", office.actor.staff_id)
    assert kept.decided_at is not None
    assert "note theirs" in str(event)
    assert "site" not in str(event)


def test_a_field_changed_again_after_the_decision_is_asked_again(programme, conflict):
    programme["HO"].exchange.decide(conflict.id, Decision.MINE)
    set_note(programme["SR"], CODE, "site again")
    assert programme.carry("HO", "SR").conflicts == 1
    assert note_of(programme["SR"], CODE) == "site again"


def test_both_sides_writing_the_same_is_no_question(programme):
    set_note(programme["SR"], CODE, "the same")
    set_note(programme["HO"], CODE, "the same")
    assert programme.carry("SR", "HO").conflicts == 0
    assert programme.carry("HO", "SR").conflicts == 0


def test_protected_fields_merge_under_the_keys_of_each_laptop(programme):
    office, laptop = programme["HO"], programme["BTB"]
    code = "BTB-26-0001"
    for desk, contact in ((office, Contact("", "by the river", "")), (laptop, Contact("", "", "012 345 678"))):
        desk.people.save(replace(desk.people.record(person_id(desk, code)), contact=contact))
    taken = programme.carry("BTB", "HO")
    assert taken.conflicts == 2  # each form was empty on one side: both laptops made one
    for conflict in office.exchange.conflicts():
        keep = Decision.MINE if conflict.mine.value else Decision.THEIRS
        office.exchange.decide(conflict.id, keep)
    programme.carry("HO", "BTB")
    for desk in (office, laptop):
        assert desk.people.record(person_id(desk, code)).contact == Contact("", "by the river", "012 345 678")


def test_two_people_with_one_code_stay_two_and_the_younger_gets_an_addition(programme):
    office, laptop = programme["HO"], programme["SR"]
    add_person(office, "SR-26-0009", name="ទីមួយ")
    add_person(laptop, "SR-26-0009", name="ទីពីរ")
    taken = programme.carry("SR", "HO")
    assert [before for before, _after in taken.told_apart] == ["SR-26-0009"]
    programme.carry("HO", "SR")
    programme.carry("SR", "HO")
    assert codes(laptop) - {CODE} == codes(office) - {CODE, "BTB-26-0001"}
    assert len(codes(laptop)) == 3


def test_a_session_that_two_laptops_added_is_one_and_its_marks_are_both_there(three):
    sessions = {}
    for name, code in (("HO", "SR-26-0001"), ("A", "SR-26-0002")):
        desk = three[name]
        class_id = desk.classes.class_named("SR-MOTO-26")
        sessions[name] = desk.classes.add_session(class_id, date(2026, 10, 9), time(13), time(15))
        desk.attendance.mark(class_id, [SetMark(sessions[name], person_id(desk, code), MarkCode.PRESENT)])
    assert three.carry("A", "HO").conflicts == 0
    three.carry("HO", "A")
    three.carry("A", "HO")
    three.carry("HO", "B")
    for name in ("HO", "A", "B"):
        with three[name].office.store.read() as connection:
            found = connection.exec_driver_sql(
                "SELECT count(*), count(DISTINCT m.person_id) FROM class_session s JOIN mark m ON m.session_id = s.id"
                " WHERE s.day = '2026-10-09' AND s.starts = 780"
            ).one()
        assert tuple(found) == (2, 2), name
        assert all(line.sound for line in three[name].integrity.check())


def test_a_mark_set_differently_on_two_laptops_is_decided_and_its_history_ends_with_what_stands(three):
    office, laptop = three["HO"], three["A"]
    for desk, mark in ((office, MarkCode.PRESENT), (laptop, MarkCode.ABSENT)):
        class_id = desk.classes.class_named("SR-MOTO-26")
        session = desk.classes.sessions(class_id, date(2026, 10, 1), date(2026, 10, 31))[0]
        desk.attendance.mark(class_id, [SetMark(session.id, person_id(desk, CODE), mark)])
    assert three.carry("A", "HO").conflicts == 1
    (conflict,) = office.exchange.conflicts()
    assert (conflict.mine.value[0], conflict.theirs.value[0]) == ("present", "absent")
    office.exchange.decide(conflict.id, Decision.THEIRS)
    three.carry("HO", "A")
    for desk in (office, laptop):
        class_id = desk.classes.class_named("SR-MOTO-26")
        session = desk.classes.sessions(class_id, date(2026, 10, 1), date(2026, 10, 31))[0]
        assert desk.attendance.story(session.id, person_id(desk, CODE))[-1].code is MarkCode.ABSENT
        assert all(line.sound for line in desk.integrity.check())


def test_a_proposal_of_a_site_is_approved_and_issued_at_head_office_and_comes_back_with_its_number(three):
    office, laptop = three["HO"], three["A"]
    class_id = laptop.classes.class_named("SR-MOTO-26")
    laptop.certificates.propose(class_id, [person_id(laptop, CODE)], despite="an exam at the workshop")
    three.carry("A", "HO")
    (proposal,) = office.certificates.proposals()
    assert (proposal.state, proposal.person_code) == (CertificateState.PROPOSED, CODE)
    office.certificates.approve([proposal.id])
    assert three.carry("HO", "A").conflicts == 0
    assert [row.state for row in laptop.certificates.proposals()] == [CertificateState.APPROVED]
    (paper,) = office.certificates.issue([proposal.id])
    assert three.carry("HO", "A").conflicts == 0
    (there,) = laptop.certificates.list()
    assert (there.number, there.state) == (paper.certificate.number, CertificateState.ISSUED)
    assert laptop.certificates.reprint(there.number).code == paper.code
    three.carry("A", "HO")


def test_one_proposal_that_both_sides_issued_keeps_each_number_and_says_what_to_do(three):
    office, laptop = three["HO"], three["A"]
    class_id = laptop.classes.class_named("SR-MOTO-26")
    laptop.certificates.propose(class_id, [person_id(laptop, CODE)], despite="an exam at the workshop")
    three.carry("A", "HO")
    for desk in (office, laptop):
        (row,) = desk.certificates.proposals()
        desk.certificates.approve([row.id])
        desk.certificates.issue([row.id])
    number = office.certificates.list()[0].number
    assert three.carry("A", "HO").conflicts == 1
    (conflict,) = office.exchange.conflicts()
    with pytest.raises(Refused, match="second number"):
        office.exchange.decide(conflict.id, Decision.THEIRS)
    assert office.certificates.list()[0].number == number
    office.exchange.decide(conflict.id, Decision.MINE)
    three.carry("HO", "A")
    assert laptop.certificates.list()[0].number != number
    assert len(laptop.exchange.conflicts()) == 1


def test_two_certificates_under_one_number_never_become_one(three, monkeypatch):
    monkeypatch.setattr("tlbb_desktop.services.certificate_numbering.secrets.randbelow", lambda _most: 0)
    for name, code in (("A", CODE), ("B", "SR-26-0002")):
        desk = three[name]
        desk.settings.put("series", "X")  # as two laptops that began with one invitation have it
        class_id = desk.classes.class_named("SR-MOTO-26")
        desk.certificates.propose(class_id, [person_id(desk, code)], despite="an exam at the workshop")
        (row,) = desk.certificates.proposals()
        desk.certificates.approve([row.id])
        desk.certificates.issue([row.id])
    (number,) = {three[name].certificates.list()[0].number for name in ("A", "B")}
    assert three.carry("A", "HO").waiting == 0
    assert three.carry("B", "HO").waiting == 1
    assert three.carry("B", "HO").waiting == 1  # it is tried again
    (kept,) = three["HO"].certificates.list()
    assert (kept.number, kept.person_code) == (number, CODE)
    assert three.carry("HO", "B").waiting == 1
    (kept,) = three["B"].certificates.list()
    assert (kept.number, kept.person_code) == (number, "SR-26-0002")


def test_a_mark_that_was_cleared_is_cleared_everywhere(three):
    office, laptop = three["HO"], three["A"]
    class_id = laptop.classes.class_named("SR-MOTO-26")
    session = laptop.classes.sessions(class_id, date(2026, 10, 1), date(2026, 10, 31))[0].id
    wish = SetMark(session, person_id(laptop, CODE), MarkCode.PRESENT)
    laptop.attendance.mark(class_id, [wish])
    three.carry("A", "HO")
    laptop.attendance.mark(class_id, [replace(wish, code=None)])
    assert three.carry("A", "HO").removed == 1
    with office.office.store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM mark").scalar() == 0
    assert all(line.sound for line in office.integrity.check())


def test_an_issued_sheet_stays_unchanged_on_the_other_laptop_until_a_mark_comes_in(three):
    office, laptop = three["HO"], three["A"]
    class_id = laptop.classes.class_named("SR-MOTO-26")
    for each in laptop.classes.sessions(class_id, OCTOBER.first, OCTOBER.last):
        laptop.attendance.rest_present(class_id, each.id)
    laptop.sheets.issue(class_id, OCTOBER)
    three.carry("A", "HO")
    three.carry("HO", "A")

    def changed(desk) -> list[bool]:
        return [line.changed for line in desk.sheets.overview(OCTOBER)]

    assert changed(office) == changed(laptop) == [False]
    assert office.sheets.sheet(office.classes.class_named("SR-MOTO-26"), OCTOBER).rows
    session = laptop.classes.sessions(class_id, date(2026, 10, 1), date(2026, 10, 31))[0].id
    laptop.attendance.mark(class_id, [SetMark(session, person_id(laptop, CODE), MarkCode.ABSENT)])
    three.carry("A", "HO")
    assert changed(office) == changed(laptop) == [True]


def test_what_both_sides_said_of_somebody_goes_when_their_case_is_expunged(programme, conflict):
    office = programme["HO"]
    with office.office.store.begin() as connection:
        forget_conflicts(connection, person_id(office, "BTB-26-0001"))
    assert [each.id for each in office.exchange.conflicts()] == [conflict.id]
    with office.office.store.begin() as connection:
        forget_conflicts(connection, person_id(office, CODE))
    assert office.exchange.conflicts() == ()
