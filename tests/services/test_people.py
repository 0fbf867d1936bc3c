"""The form of a person, its protected parts, photos and codes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tlbb_desktop.domain.births import Birth
from tlbb_desktop.domain.clock import WorkingDayClock
from tlbb_desktop.domain.errors import ChangedMeanwhile, NotFound, NotPermitted, Refused
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import (
    Contact,
    CustodyStay,
    Identity,
    Names,
    PeopleFilter,
    PersonKind,
    PersonRecord,
    PersonStatus,
    Sex,
)
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.services import people as people_service
from tlbb_desktop.services.people import PeopleService
from tlbb_desktop.wiring import Desk

JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 1000
BIRTH = Birth.on(date(2009, 10, 16))


@pytest.fixture
def own(desk: Desk) -> int:
    return desk.prisons.own().id


@pytest.fixture
def other_prison(desk: Desk) -> int:
    return next(prison.id for prison in desk.prisons.prisons() if prison.code == "BMC")


def newcomer(own: int, **changed: object) -> PersonRecord:
    record = PersonRecord(
        id=None,
        code="",
        names=Names("សុខ", "ដារ៉ា", "Sok", "Dara", "តូច"),
        sex=Sex.MALE,
        kind=PersonKind.PARTICIPANT,
        status=PersonStatus.ENROLLED,
        province_code="17",
        release_month=Month(2027, 3),
        stays=(CustodyStay(own, date(2026, 1, 5)),),
        identity=Identity(BIRTH, date(2027, 3, 8), {"national_id": "012345678"}, {"oscar": "SRP-12"}),
        contact=Contact("1710", "ផ្ទះលេខ ៥", "012 345 678"),
        note="x",
    )
    return replace(record, **changed)


def seen(desk: Desk, person_id: int) -> list[str]:
    return [event.kind for event in desk.audit.events() if event.subject == f"person:{person_id}"]


def test_what_was_saved_is_read_back_whole(desk, own) -> None:
    person_id = desk.people.save(newcomer(own))
    record = desk.people.record(person_id)
    (stay,) = record.stays
    assert replace(record, stays=()) == replace(
        newcomer(own),
        id=person_id,
        code=f"SR-{desk.office.clock.today():%y}-0001",
        names=Names("សុខ", "ដារ៉ា", "SOK", "DARA", "តូច"),
        stays=(),
        version=1,
        identity_version=1,
        contact_version=1,
    )
    assert (stay.prison_id, stay.starts_on, stay.ends_on) == (own, date(2026, 1, 5), None)
    row = desk.people.rows([person_id])[person_id]
    assert (row.prison, row.release_month, row.has_photo) == ("SR", Month(2027, 3), False)


def test_a_given_code_is_kept_with_its_zeros_and_belongs_to_one_person(desk, own) -> None:
    first = desk.people.save(newcomer(own, code="00071"))
    assert desk.people.person_with_code("00071") == first
    with pytest.raises(Refused) as refusal:
        desk.people.save(newcomer(own, code=" 00071 "))
    assert refusal.value.place == "code"
    with pytest.raises(NotFound):
        desk.people.person_with_code("71")


def test_codes_go_on_from_the_highest(desk, own, other_prison) -> None:
    year = f"{desk.office.clock.today():%y}"
    desk.people.save(newcomer(own, code=f"SR-{year}-0041"))
    assert desk.people.next_code() == f"SR-{year}-0042"
    elsewhere = desk.people.save(newcomer(own, stays=(CustodyStay(other_prison, date(2026, 1, 5)),)))
    assert desk.people.record(elsewhere).code == f"BMC-{year}-0001"


def test_each_save_counts_up_and_seals_anew(desk, own) -> None:
    person_id = desk.people.save(newcomer(own))
    record = desk.people.record(person_id)
    moved = Contact("1702", "", "")
    desk.people.save(replace(record, note="y", contact=moved, identity=replace(record.identity, release_on=None)))
    again = desk.people.record(person_id)
    assert (again.version, again.identity_version, again.contact_version) == (2, 2, 2)
    assert (again.contact, again.identity.release_on, again.identity.birth) == (moved, None, BIRTH)
    desk.people.save(again)
    assert desk.people.record(person_id).identity_version == 2


def test_two_editors_do_not_overwrite_each_other(desk, own) -> None:
    person_id = desk.people.save(newcomer(own))
    record = desk.people.record(person_id)
    desk.people.save(replace(record, note="first"))
    with pytest.raises(ChangedMeanwhile):
        desk.people.save(replace(record, note="second"))
    assert desk.people.record(person_id).note == "first"


@pytest.mark.parametrize("part", ["identity", "contact"])
def test_the_protected_parts_have_versions_of_their_own(desk, own, part) -> None:
    person_id = desk.people.save(newcomer(own))
    record = desk.people.record(person_id)
    changed = Identity(Birth.on(date(2008, 1, 1))) if part == "identity" else Contact(phones="1")
    desk.people.save(replace(record, **{part: changed}))
    stale = replace(desk.people.record(person_id), **{part: getattr(record, part), f"{part}_version": 1})
    with pytest.raises(ChangedMeanwhile):
        desk.people.save(stale)
    assert getattr(desk.people.record(person_id), part) == changed


def test_an_erased_external_id_is_gone_and_its_row_stays(desk, own) -> None:
    person_id = desk.people.save(newcomer(own))
    record = desk.people.record(person_id)
    desk.people.save(replace(record, identity=replace(record.identity, external_ids={"mosvy": "M1"})))
    assert desk.people.record(person_id).identity.external_ids == {"mosvy": "M1"}
    with desk.office.store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM external_id").scalar() == 2


def test_a_transfer_moves_the_person_to_the_other_prison(desk, own, other_prison) -> None:
    person_id = desk.people.save(newcomer(own))
    record, today = desk.people.record(person_id), desk.office.clock.today()
    left = replace(record.stays[0], ends_on=today)
    desk.people.save(replace(record, stays=(left, CustodyStay(other_prison, today))))
    assert desk.people.rows([person_id])[person_id].prison == "BMC"
    assert len(desk.people.record(person_id).stays) == 2


def test_a_stay_entered_by_mistake_is_struck_out_and_never_deleted(desk, own, other_prison) -> None:
    person_id = desk.people.save(newcomer(own))
    record = desk.people.record(person_id)
    desk.people.save(replace(record, stays=(CustodyStay(other_prison, date(2026, 1, 5)),)))
    assert [stay.prison_id for stay in desk.people.record(person_id).stays] == [other_prison]
    with desk.office.store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM custody_stay").scalar() == 2


def test_prison_and_age_follow_the_day(desk, own, other_prison) -> None:
    today = desk.office.clock.today()
    tomorrow = today + timedelta(days=1)
    born = Birth.on(tomorrow.replace(year=tomorrow.year - 18))
    stays = (CustodyStay(own, date(2026, 1, 5), today), CustodyStay(other_prison, tomorrow))
    person_id = desk.people.save(newcomer(own, stays=stays, identity=Identity(born)))
    row = desk.people.rows([person_id])[person_id]
    assert (row.prison, row.age_band) == ("SR", "16-17")

    desk.office.clock = WorkingDayClock(desk.office.clock, tomorrow)
    desk.people.follow_the_day()
    row = desk.people.rows([person_id])[person_id]
    assert (row.prison, row.age_band) == ("BMC", "18-24")


def test_reading_protected_parts_is_written_to_the_audit(desk, own) -> None:
    person_id = desk.people.save(newcomer(own))
    desk.people.record(person_id)
    assert seen(desk, person_id) == ["protected_read", "person"]


def test_a_trainer_sees_the_person_without_the_protected_parts_and_unaudited(desk, desk_as, own) -> None:
    person_id = desk.people.save(newcomer(own))
    record = desk_as(Role.TRAINER, prisons=frozenset({own})).people.record(person_id)
    assert (record.identity, record.contact, record.names.nickname) == (None, None, "តូច")
    assert seen(desk, person_id) == ["person"]


def test_a_liaison_sees_the_identity_and_not_the_contact(desk, desk_as, own) -> None:
    person_id = desk.people.save(newcomer(own))
    liaison = desk_as(Role.LIAISON, prisons=frozenset({own})).people
    record = liaison.record(person_id)
    assert (record.identity.birth, record.contact) == (BIRTH, None)
    liaison.save(replace(record, note="seen"))
    assert desk.people.record(person_id).contact.phones == "012 345 678"
    with pytest.raises(NotPermitted):
        liaison.save(replace(liaison.record(person_id), contact=Contact()))


@pytest.mark.parametrize("role", [Role.LIAISON, Role.SOCIAL_WORKER, Role.TRAINER])
def test_somebody_at_another_prison_is_neither_read_nor_written(desk, desk_as, own, other_prison, role) -> None:
    person_id = desk.people.save(newcomer(own))
    stranger = desk_as(role, prisons=frozenset({other_prison})).people
    record = desk.people.record(person_id)
    for attempt in (
        lambda: stranger.record(person_id),
        lambda: stranger.save(record),
        lambda: stranger.save(newcomer(own, code="new")),
        lambda: stranger.photo(person_id),
        lambda: stranger.set_photo(person_id, JPEG),
        lambda: stranger.person_with_code(record.code),
        lambda: stranger.merges(person_id),
    ):
        with pytest.raises(NotPermitted):
            attempt()
    assert list(stranger.ids()) == []
    assert stranger.rows([person_id]) == {}


def test_who_left_belongs_to_the_prison_of_the_last_stay(desk, desk_as, own, other_prison) -> None:
    left = (CustodyStay(own, date(2026, 1, 5), date(2026, 2, 1)),)
    person_id = desk.people.save(newcomer(own, stays=left))
    assert list(desk_as(Role.LIAISON, prisons=frozenset({own})).people.ids()) == [person_id]
    assert list(desk_as(Role.LIAISON, prisons=frozenset({other_prison})).people.ids()) == []


def test_the_list_shows_no_protected_text(desk, own) -> None:
    desk.people.save(newcomer(own))
    with desk.office.store.read() as connection:
        dump = "".join(
            str(row) for row in connection.exec_driver_sql("SELECT * FROM person, person_identity, person_contact")
        )
    for secret in ("2009", "012345678", "345 678", "ផ្ទះ"):
        assert secret not in dump


def test_a_photo_is_sealed_bounded_and_its_forerunners_stay(desk, own) -> None:
    person_id = desk.people.save(newcomer(own))
    assert desk.people.photo(person_id) is None
    desk.people.set_photo(person_id, JPEG)
    desk.people.set_photo(person_id, JPEG + b"2")
    assert desk.people.photo(person_id) == JPEG + b"2"
    assert desk.people.rows([person_id])[person_id].has_photo
    with desk.office.store.read() as connection:
        stored = connection.exec_driver_sql("SELECT content FROM attachment").scalars().all()
    assert len(stored) == 2
    assert not any(JPEG[:4] in content for content in stored)
    desk.people.set_photo(person_id, None)
    assert desk.people.photo(person_id) is None


@pytest.mark.parametrize("content", [b"GIF89a", JPEG + b"0" * people_service.MOST_PHOTO_BYTES, b""])
def test_what_is_no_small_jpeg_is_no_photo(desk, own, content) -> None:
    person_id = desk.people.save(newcomer(own))
    with pytest.raises(Refused) as refusal:
        desk.people.set_photo(person_id, content)
    assert refusal.value.place == "photo"


def test_who_is_not_on_record_is_not_found(desk) -> None:
    for attempt in (lambda: desk.people.record(99), lambda: desk.people.set_photo(99, JPEG)):
        with pytest.raises(NotFound):
            attempt()
    assert desk.people.photo(99) is None


def test_a_refused_form_leaves_nothing(desk, own) -> None:
    for wrong in ({"names": Names()}, {"sex": None}, {"identity": Identity(Birth.on(date(2031, 1, 1)))}):
        with pytest.raises(Refused):
            desk.people.save(newcomer(own, **wrong))
    assert list(desk.people.ids()) == []


def test_a_saved_person_is_announced_to_the_open_pages(desk, own) -> None:
    told: list[tuple[str, frozenset[int]]] = []
    desk.office._publish = lambda kind, ids: told.append((kind, ids))
    person_id = PeopleService(desk.office, desk.prisons).save(newcomer(own))
    assert told == [("person", frozenset({person_id}))]


def test_somebody_who_looks_like_a_person_on_record_is_shown_beside_them(desk, own) -> None:
    person_id = desk.people.save(newcomer(own))
    twin = newcomer(own, names=Names("សុខ", "\u200bដារ៉ា"), identity=Identity(Birth.parse("year", "2009")))
    (like,) = desk.people.likely_same(twin)
    assert (like.person.id, like.birth_text) == (person_id, "2009-10-16")
    assert desk.people.likely_same(desk.people.record(person_id)) == ()
    assert desk.people.likely_same(replace(twin, sex=Sex.FEMALE)) == ()
    assert desk.people.likely_same(replace(twin, identity=Identity(Birth.parse("year", "2011")))) == ()


def test_the_birth_date_of_somebody_at_another_prison_is_compared_but_not_shown(
    desk, desk_as, own, other_prison
) -> None:
    stay = CustodyStay(other_prison, date(2026, 1, 5))
    person_id = desk.people.save(newcomer(own, stays=(stay,)))
    liaison = desk_as(Role.LIAISON, prisons=frozenset({own}))
    (like,) = liaison.people.likely_same(newcomer(own))
    assert (like.person.id, like.birth_text) == (person_id, "")
    table = desk.people_import.open_text("គោត្តនាម\tនាម\tភេទ\tថ្ងៃកំណើត\nសុខ\tដារ៉ា\tប\t2009")
    plan = desk.people_import.propose(table)
    (line,) = liaison.people_import.preview(plan, date(2026, 11, 21))
    assert (line.resembles.person.id, line.resembles.birth_text) == (person_id, "")
    assert not any(line.kind == "protected_read" for line in desk.audit.events(5))
    (line,) = desk.people_import.preview(plan, date(2026, 11, 21))
    assert line.resembles.birth_text == "2009-10-16"
    written = desk.audit.events(1)[0]
    assert (written.kind, written.subject, written.detail) == ("protected_read", f"person:{person_id}", "birth")


def test_filters_narrow_the_list(desk, own, other_prison) -> None:
    here = desk.people.save(newcomer(own))
    there = desk.people.save(
        newcomer(own, stays=(CustodyStay(other_prison, date(2026, 1, 1)),), status=PersonStatus.CLOSED)
    )
    mother = desk.people.save(newcomer(own, kind=PersonKind.MOTHER, sex=Sex.FEMALE))
    assert list(desk.people.ids(PeopleFilter(prison_id=other_prison))) == [there]
    assert list(desk.people.ids(PeopleFilter(status=PersonStatus.CLOSED))) == [there]
    assert list(desk.people.ids(PeopleFilter(kind=PersonKind.MOTHER))) == [mother]
    assert set(desk.people.ids()) == {here, there, mother}
