"""Take any one permission check out of the services, and a test fails.

The matrix (`tests/services/test_permission_matrix.py`) shows which roles each method refuses. Here every method says
all that it asks, so that a second check that other methods do not need cannot go unnoticed either, and no check may
stand in a place that no call of these tests reaches. What is left is a check that asks the same twice in one call:
without it the other one refuses.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.record import COLLEAGUES_PASSPHRASE
from tests.services.case_gates import CASE_BESIDES, CASE_FURTHER
from tests.services.exchange_gates import EXCHANGE_BESIDES, EXCHANGE_FURTHER
from tests.services.gate_world import World, home, world
from tests.services.gates import GATES, Call
from tests.services.outcome_gates import OUTCOME_BESIDES, OUTCOME_FURTHER
from tests.services.release_gates import RELEASE_BESIDES, RELEASE_FURTHER
from tlbb_desktop import services
from tlbb_desktop.domain.births import Birth
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.people import Contact, Identity
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.security.permissions import Scope
from tlbb_desktop.services import office as office_module
from tlbb_desktop.services.staff import NewMember
from tlbb_desktop.wiring import Desk

__all__ = ["home", "world"]

ABSENCES = Path(__file__).parents[1] / "fixtures" / "samples" / "attendance-2026-10.xlsx"
FOLDER = Path(services.__file__).parent
ASKING = {"permit", "act", "read", "prison_limit", "may"}

Site = tuple[str, int]


def save_all_parts(desk: Desk, world: World) -> None:
    whole = replace(world.person(code="0009"), identity=Identity(Birth()), contact=Contact(phones="012 345 678"))
    desk.people.save(whole)


def take_list(desk: Desk, world: World) -> None:
    lines = desk.people_import.preview(desk.people_import.propose(world.table(desk)), world.day)
    desk.people_import.take(lines)


def choose_own_prisons(desk: Desk, world: World) -> None:
    """Somebody who is no manager tries to open another prison to themselves."""
    office, me = desk.office, desk.office.actor
    office.actor = replace(me, role=Role.LIAISON)
    try:
        desk.staff.set_prisons(me.username, [world.other])
    finally:
        office.actor = me


#: Calls that reach further than those of the matrix.
FURTHER: dict[str, tuple[Call, ...]] = {
    "people.save": (save_all_parts,),
    "people_import.take": (take_list,),
    "attendance_import.read": (lambda d, w: d.attendance_import.read(w.class_id, ABSENCES),),
    "integrity.check": (lambda d, w: d.diagnosis.save(w.folder),),
    "staff.change_role": (lambda d, w: d.staff.change_role("first", Role.LIAISON, False),),
    "staff.set_prisons": (choose_own_prisons,),
    "staff.hand_over_duty": (lambda d, w: d.staff.hand_over_duty("second"),),
    "staff.reset_passphrase": (lambda d, w: d.staff.reset_passphrase("second", COLLEAGUES_PASSPHRASE),),
    "staff.deactivate": (lambda d, w: d.staff.deactivate("first"),),
    **CASE_FURTHER,
    **RELEASE_FURTHER,
    **OUTCOME_FURTHER,
    **EXCHANGE_FURTHER,
}
#: What a method asks besides the action of its gate.
BESIDES = {
    "case_plans.add_proposed": {"counselling_own"},
    "people.listing": {"identity_read"},
    "people.likely_same": {"identity_read"},
    "people.record": {"identity_read", "contact_read"},
    "people.save": {"identity_write", "contact_write"},
    "people_import.take": {"identity_write"},
    "attendance_import.read": {"sheet_read"},
    "bench_sheets.hand_out": {"progress_read"},
    "bench_sheets.save": {"progress_read"},
    "certificates.withdraw": {"certificate_approve"},
    "class_papers.hand_out": {"sheet_read"},
    "class_papers.note_print": {"sheet_read"},
    "class_papers.save": {"sheet_read"},
    "questions.join_guest": {"people_merge"},
    "submissions.export_t1": {"people_read", "identity_read", "contact_read"},
    "today.page": {"question_answer", "certificate_approve", "progress_read", "plan_approve"},
    **CASE_BESIDES,
    **RELEASE_BESIDES,
    **OUTCOME_BESIDES,
    **EXCHANGE_BESIDES,
}


@pytest.fixture
def staffed(desk: Desk, world: World) -> World:
    """The class of the matrix, with two colleagues."""
    for name in ("first", "second"):
        desk.staff.add(NewMember(name, "", Role.TRAINER, COLLEAGUES_PASSPHRASE))
    return world


def asked_by(desk: Desk, world: World, name: str) -> set[tuple[str, Site]]:
    """The actions that a method asks for, and where in the code."""
    asked: set[tuple[str, Site]] = set()

    def note(_role, _duty, action) -> Scope:
        frame = sys._getframe()
        while Path(frame.f_code.co_filename).parent != FOLDER or frame.f_code.co_filename.endswith("office.py"):
            frame = frame.f_back
        asked.add((str(action), (Path(frame.f_code.co_filename).name, frame.f_lineno)))
        return Scope.ALL

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(office_module, "allowed", note)
        for call in (GATES[name].call, *FURTHER.get(name, ())):
            with suppress(TlbbError):
                call(desk, world)
    return asked


def asked_once(desk: Desk, world: World) -> set[Site]:
    """The places without which some method no longer asks for something; at others the same is asked once more."""
    found = set()
    for name in GATES:
        asked = asked_by(desk, world, name)
        actions = [action for action, _ in asked]
        found |= {site for action, site in asked if actions.count(action) == 1}
    return found


def places_that_ask() -> Iterator[Site]:
    for path in FOLDER.glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and _asks(call) and path.name != "office.py":
                yield path.name, call.lineno


def _asks(call: ast.Call) -> bool:
    return (
        isinstance(call.func, ast.Attribute)
        and call.func.attr in ASKING
        and bool(call.args)
        and ast.unparse(call.args[0]).startswith("Action.")
    )


def test_every_check_is_reached_and_every_method_asks_what_it_must(desk, staffed) -> None:
    reached: set[Site] = set()
    asked: dict[str, set[str]] = {}
    for name in GATES:
        found = asked_by(desk, staffed, name)
        asked[name] = {action for action, _ in found}
        reached |= {site for _, site in found}
    assert asked == {name: {str(gate.action), *BESIDES.get(name, ())} for name, gate in GATES.items()}
    assert sorted(set(places_that_ask()) - reached) == []
