"""The work list over 20,000 people with open cases, and a search over 100,000 protected notes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from tests.bench.homes import filled_home
from tests.bench.report import Finding
from tests.bench.timing import race, seconds_of
from tlbb_desktop.data import models
from tlbb_desktop.data.models.vocabulary import new_uuid
from tlbb_desktop.demonstration.many_names import invent_names
from tlbb_desktop.domain.case_notes import NoteForm, NoteKind
from tlbb_desktop.domain.case_plans import ActionForm, GoalForm, PlanForm, PlanStatus
from tlbb_desktop.domain.cases import CaseState
from tlbb_desktop.domain.clock import SystemClock, WorkingDayClock
from tlbb_desktop.domain.people import CustodyStay, Identity, PersonKind, PersonRecord, PersonStatus
from tlbb_desktop.domain.stored_forms import form_stored
from tlbb_desktop.domain.strengths import StrengthDomain
from tlbb_desktop.khmer import search_key
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.office import Act
from tlbb_desktop.services.people_batch import PeopleBatch
from tlbb_desktop.wiring import Desk

PEOPLE = 20_000
NOTES_A_CASE = 5
DAY = date(2026, 11, 16)
_DUE_IN = 200
_OPEN = "SELECT id, version FROM case_file WHERE state = 'open'"
_NOTES = "SELECT id, uuid, version, search_key FROM case_note"
_SUMMARY = "ជួបជាមួយគ្រួសារ និយាយអំពីផែនការចេញពីពន្ធនាគារ និងការងារជួសជុលម៉ូតូ លេខ {}"


def measure(folder: Path) -> Iterator[Finding]:
    """The page of the list as its service gives it: opened again after one change, and opened again unchanged."""
    desk = filled_home("cases", folder, _fill, WorkingDayClock(SystemClock(), DAY))
    desk.office.clock = WorkingDayClock(SystemClock(), DAY)
    first = seconds_of(desk.work_list.page)
    with desk.office.store.read() as connection:
        driver = connection.connection.dbapi_connection
        assert driver is not None
        found = race(
            5,
            lambda: seconds_of(desk.work_list.page),
            lambda: seconds_of(lambda: driver.execute(_OPEN).fetchall()),
        )
        counts = desk.work_list.page().counts
        yield Finding(
            f"work list over {PEOPLE:,} people, warm",
            found.median(),
            "bare SQLCipher query of the ids and versions of the open cases",
            found.median(1),
            found.ratio(),
            most_seconds=0.3,
            remarks=(f"first time {first:.2f} s", f"lines: {counts}"),
        )
        word = f"លេខ {PEOPLE * NOTES_A_CASE // 2}"
        search = race(
            3,
            lambda: seconds_of(lambda: desk.case_notes.search(word)),
            lambda: seconds_of(lambda: driver.execute(_NOTES).fetchall()),
        )
        yield Finding(
            f"search over {PEOPLE * NOTES_A_CASE:,} protected notes",
            search.median(),
            "bare SQLCipher query of the sealed keys",
            search.median(1),
            search.ratio(),
            most_seconds=0.5,
            remarks=(f"found: {len(desk.case_notes.search(word))}",),
        )
    desk.close()


def _fill(desk: Desk) -> None:
    prison = desk.prisons.own()
    assert prison is not None
    stays = (CustodyStay(prison.id, date(2026, 1, 5)),)
    records = [
        PersonRecord(
            id=None,
            code=f"SR-{number:05d}",
            names=names,
            sex=sex,
            kind=PersonKind.PARTICIPANT,
            status=PersonStatus.IN_TRAINING,
            stays=stays,
            identity=Identity(release_on=DAY + timedelta(days=number % 900)),
        )
        for number, (names, sex) in enumerate(invent_names(PEOPLE))
    ]
    with desk.office.act(Action.PEOPLE_IMPORT, prison.id) as act:
        PeopleBatch(act, desk.office.cipher, prison.code).add(records)
    with desk.office.act(Action.CASE_WRITE) as act:
        act.connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")  # the mapper flushes tables in any order
        people = act.connection.exec_driver_sql("SELECT id FROM person ORDER BY id").scalars().all()
        for number, person_id in enumerate(people):
            _case(act, desk, number, person_id)
            if number % 500 == 0:
                act.session.flush()
                act.session.expunge_all()


def _case(act: Act, desk: Desk, number: int, person_id: int) -> None:
    """A case with an active plan of one goal, two actions and a few notes."""
    me, due = act.actor.staff_id, DAY + timedelta(days=number % _DUE_IN - 20)
    case = number + 1
    session = act.session
    session.add(
        models.CaseFileRow(id=case, person_id=person_id, worker_id=me, state=CaseState.OPEN, opened_on=DAY, **_who(act))
    )
    plan = models.CasePlanRow(id=case, case_id=case, number=1, status=PlanStatus.ACTIVE, **_who(act))
    _seal(desk, plan, Compartment.FAMILY, PlanForm(DAY, due + timedelta(days=60)))
    goal = models.PlanGoalRow(id=case, plan_id=case, compartment=Compartment.FAMILY, ended=False, **_who(act))
    _seal(desk, goal, Compartment.FAMILY, GoalForm(StrengthDomain.WORK, "x"))
    session.add_all((plan, goal))
    for extra in range(2):
        action = models.PlanActionRow(goal_id=case, compartment=Compartment.FAMILY, done=False, **_who(act))
        _seal(desk, action, Compartment.FAMILY, ActionForm("x", due_on=due + timedelta(days=extra * 30)))
        session.add(action)
    for extra in range(NOTES_A_CASE):
        text = _SUMMARY.format(number * NOTES_A_CASE + extra)
        note = models.CaseNoteRow(
            case_id=case, author_id=me, compartment=Compartment.COUNSELLING, on_day=DAY, **_who(act)
        )
        _seal(desk, note, Compartment.COUNSELLING, NoteForm(NoteKind.COUNSELLING, text))
        note.search_key = (
            desk.office.cipher.encrypt(
                Compartment.COUNSELLING, "case_note", note.uuid, "search_key", 1, search_key(text)
            )
            or b""
        )
        session.add(note)


def _who(act: Act) -> dict:
    return {
        "uuid": new_uuid(),
        "version": 1,
        "created_at": act.at,
        "changed_at": act.at,
        "created_by": act.actor.staff_id,
        "changed_by": act.actor.staff_id,
    }


def _seal(desk: Desk, row: object, compartment: Compartment, form: object) -> None:
    table, uuid = row.__tablename__, row.uuid  # type: ignore[attr-defined]
    sealed = desk.office.cipher.encrypt(compartment, table, uuid, "content", 1, form_stored(form))
    row.content = sealed  # type: ignore[attr-defined]
