"""What a trainer and a liaison may not read: refused by every service, and by the key of every field.

The fields are those of the schema and the services those of the desk, so a new one of either is held to it, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.faults.test_deleted_checks import FURTHER
from tests.services.case_gates import as_responsible
from tests.services.gate_world import World, home, world
from tests.services.gates import GATES, Call
from tlbb_desktop.data import models
from tlbb_desktop.data.sealed_columns import Place, sealed_tables
from tlbb_desktop.domain.births import Birth
from tlbb_desktop.domain.case_plans import ReviewForm
from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.errors import NotPermitted, StorageDamaged, TlbbError
from tlbb_desktop.domain.exchange import ConflictForm
from tlbb_desktop.domain.history_import import HistoryLine
from tlbb_desktop.domain.kept_statistics import KeptStatisticForm
from tlbb_desktop.domain.people import Contact, Identity
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.domain.strengths import Assessment, AssessmentKind, RestrictedForm
from tlbb_desktop.security.compartments import FIELD_COMPARTMENTS, Compartment, compartments_of
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.services.exchange_conflicts import packed
from tlbb_desktop.services.sealed_forms import CONFLICT, KEPT_STATISTIC, REVIEW
from tlbb_desktop.services.vault import Unlocked
from tlbb_desktop.wiring import Desk, open_desk

__all__ = ["home", "world"]  # fixtures

#: Compartment, table and column of a sealed field.
Field = tuple[str, str, str]
OUTSIDERS = (Role.TRAINER, Role.LIAISON)
CALLS: tuple[tuple[str, Call], ...] = (
    *((name, gate.call) for name, gate in GATES.items()),
    *((name, call) for name, calls in FURTHER.items() for call in calls),
)
#: Calls of the matrix that write what its world does not have yet.
WRITING = (
    "legal_files.save",
    "scores.save",
    "case_notes.add",
    "case_plans.save_action",
    "signatures.sign",
    "follow_ups.note_attempt",
    "reoffences.set_level",
)
#: Only whoever typed a draft reads it, so it is nobody's field.
NOBODYS = {("counselling", "draft", "content")}


@pytest.fixture
def whole(desk: Desk, world: World) -> World:
    """The world of the matrix with something in every sealed column."""
    told = Identity(Birth(), None, {"national_id": "1"}, {"oscar": "2"})
    home = Contact("1701", "near the market", "1")
    desk.people.save(replace(desk.people.record(world.second_id), identity=told, contact=home))
    desk.people.set_photo(world.second_id, b"\xff\xd8\xff")
    for name in WRITING:
        as_responsible(GATES[name].call)(desk, world)
    intake = Assessment(None, world.cases.case_id, AssessmentKind.INTAKE, world.day, restricted=RestrictedForm())
    as_responsible(lambda at, w: at.strengths.save(intake))(desk, world)
    desk.drafts.save("case", {"note": "half typed"}, Compartment.COUNSELLING)
    _add_rows(desk, world)
    _fill_empty_columns(desk)
    return world


def _add_rows(desk: Desk, world: World) -> None:
    """What only a long life of the record brings about."""
    cipher, days = desk.office.cipher, [world.day - timedelta(days=each) for each in (300, 200)]
    desk.case_history.take([HistoryLine(1, "0099", days[0], known_until=days[1])])
    FURTHER["road_packs.with_code"][0](desk, world)
    with desk.office.own_act() as act:
        review = models.PlanReviewRow(plan_id=world.cases.plan_id, on_day=world.day)
        REVIEW.add(act, cipher, review, ReviewForm(world.day))
        KEPT_STATISTIC.add(act, cipher, models.KeptStatistic(case_id=world.cases.case_id), KeptStatisticForm())
        asked = models.ExchangeConflict(
            table_name="person_contact",
            row_key="00" * 16,
            field="phones",
            sender="",
            clock="{}",
            compartment=Compartment.FAMILY,
            decision="",
        )
        CONFLICT.add(act, cipher, asked, ConflictForm(packed(b"1"), packed(b"2")))


def _fill_empty_columns(desk: Desk) -> None:
    for place, stored in fields_of(desk, with_empty=True):
        if stored is None:
            sealed = desk.office.cipher.encrypt(
                Compartment(place.compartment), place.table, place.uuid, place.column, place.version, ""
            )
            with desk.office.own_act() as act:
                act.connection.exec_driver_sql(
                    f"UPDATE {place.table} SET {place.column} = ? WHERE uuid = ?", (sealed, place.uuid)
                )


def fields_of(desk: Desk, *, with_empty: bool = False) -> Iterator[tuple[Place, bytes | None]]:
    """Every sealed field of the record as it is stored."""
    with desk.office.store.read() as connection:
        for table in sealed_tables():
            for column in table.columns:
                rows = connection.exec_driver_sql(
                    f"SELECT {table.compartment}, uuid, version, {column} FROM {table.name}"
                ).all()
                for own, uuid, version, stored in rows:
                    if with_empty or stored is not None:
                        yield Place(own, table.name, uuid, column, version), stored


def restricted(role: Role) -> frozenset[Compartment]:
    return FIELD_COMPARTMENTS - compartments_of(role, False)


@contextmanager
def watched() -> Iterator[set[Field]]:
    """Which fields are opened meanwhile, whoever opens them."""
    seen: set[Field] = set()
    one, many = FieldCipher.decrypt, FieldCipher.rows_holding

    def decrypt(self, compartment, table, row_uuid, column, version, stored):
        if stored is not None and self.opens(compartment):
            seen.add((str(compartment), table, column))
        return one(self, compartment, table, row_uuid, column, version, stored)

    def rows_holding(self, compartment, table, column, sought, rows):
        opened = list(rows)
        if opened:
            seen.add((str(compartment), table, column))
        return many(self, compartment, table, column, sought, opened)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(FieldCipher, "decrypt", decrypt)
        patched.setattr(FieldCipher, "rows_holding", rows_holding)
        yield seen


@pytest.fixture
def newcomer(home, unlocked: Unlocked, whole: World) -> Callable[..., Desk]:
    """The desk of somebody who wrote nothing yet; with every key, so that only the services refuse, or the own ones."""

    def sit_down(role: Role, *, every_key: bool) -> Desk:
        now = SystemClock().now()
        with unlocked.store.write() as session:
            row = models.Staff(username="new", name="new", role=role, active=True, created_at=now, changed_at=now)
            session.add(row)
            session.flush()
            actor = replace(unlocked.actor, staff_id=row.id, username="new", role=role, admin_duty=False)
        keys = unlocked.keys if every_key else unlocked.keys.limited_to(role, False)
        return open_desk(home, replace(unlocked, actor=actor, keys=keys, record_keys=keys))

    return sit_down


@pytest.mark.parametrize("role", OUTSIDERS)
def test_no_method_of_any_service_opens_a_restricted_field_even_to_whoever_got_hold_of_every_key(
    newcomer, whole, role
) -> None:
    desk = newcomer(role, every_key=True)
    told = {}
    for name, call in CALLS:
        with watched() as seen, suppress(TlbbError):
            call(desk, whole)
        told[name] = sorted(each for each in seen if each[0] in restricted(role))
    assert {name: fields for name, fields in told.items() if fields} == {}


def test_each_restricted_field_is_one_that_services_open_to_those_who_may(desk, whole) -> None:
    stored = {(place.compartment, place.table, place.column) for place, _ in fields_of(desk)}
    with watched() as opened:
        for _, call in CALLS:
            for said in (call, as_responsible(call)):
                with suppress(TlbbError):
                    said(desk, whole)
    assert {each for each in stored if each[0] != Compartment.DB} - opened == NOBODYS


@pytest.mark.parametrize("role", OUTSIDERS)
def test_every_restricted_field_is_shut_by_its_key(desk, unlocked, whole, role) -> None:
    keys = unlocked.keys.limited_to(role, False)
    shut = restricted(role)
    columns = {(table.name, column) for table in sealed_tables() for column in table.columns}
    tried = set()
    for place, stored in fields_of(desk):
        where = (place.table, place.uuid, place.column, place.version)
        tried.add((place.table, place.column))
        if place.compartment not in shut:
            continue
        part = Compartment(place.compartment)
        with pytest.raises(NotPermitted):
            FieldCipher(keys).decrypt(part, *where, stored)
        for held in keys.compartments:
            forged = replace(keys, material={part: {1: keys.key(held)[:32]}})
            with pytest.raises(StorageDamaged):
                FieldCipher(forged).decrypt(part, *where, stored)
    assert tried == columns
