"""Every method of every service, for every role, at one's own prison and at another.

A method whose check is deleted fails here, and so does a new method that nobody has thought about.
"""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Iterator

import pytest

from tests.services.gate_world import World, home, world
from tests.services.gates import GATES, Call
from tests.services.release_gates import RELEASE_OPEN
from tlbb_desktop.domain.errors import NotPermitted, TlbbError
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.security.permissions import Action, Scope, allowed
from tlbb_desktop.services import office as office_module
from tlbb_desktop.wiring import Desk

__all__ = ["home", "world"]  # fixtures


OPEN = {
    *(f"gazetteer.{name}" for name in ("find", "path", "place", "province_named", "provinces")),
    *(f"prisons.{name}" for name in ("own", "prison_with_code", "prisons")),
    *(f"settings.{name}" for name in ("get", "mine", "put_mine")),
    *(f"drafts.{name}" for name in ("save", "load", "clear")),
    *(f"staff.{name}" for name in ("change_own_passphrase", "make_own_slip")),
    *(f"backups.{name}" for name in ("last", "made", "media")),
    "copies.media",
    "drills.last",
    "lost_laptops.senders_before",
    *(
        f"people_import.{name}"
        for name in ("open_file", "open_text", "propose", "with_heading", "foresee", "write_refused")
    ),
    "attendance_import.write_refused",
    "paper_headings.of",
    "diagnosis.save",
    "certificate_checks.check_file",
    "case_papers.last_reason",
    "people.follow_the_day",
    "today.work_on",
    *RELEASE_OPEN,
}
NOT_SERVICES = {"home", "office", "room"}


def public_methods() -> Iterator[str]:
    for name, service in typing.get_type_hints(Desk).items():
        if name in NOT_SERVICES:
            continue
        for method, _ in inspect.getmembers(service, inspect.isfunction):
            if not method.startswith("_"):
                yield f"{name}.{method}"


def is_refused(call: Call, desk: Desk, world: World) -> bool:
    """Whether the method says that the role does not include it; other refusals are about the values of this test."""
    try:
        call(desk, world)
    except NotPermitted:
        return True
    except TlbbError:
        return False
    return False


def test_every_method_has_a_gate_or_is_named_open():
    assert set(public_methods()) == GATES.keys() | OPEN
    assert not GATES.keys() & OPEN


def all_but(action: Action) -> Callable[[Role, bool, Action], Scope]:
    """A table that allows everything except *action*."""
    return lambda _role, _duty, asked: Scope.NONE if asked is action else Scope.ALL


@pytest.mark.parametrize("name", GATES)
def test_a_method_opens_with_its_action_as_far_as_the_table_says(desk, desk_as, world, monkeypatch, name):
    gate = GATES[name]
    with monkeypatch.context() as patched:
        patched.setattr(office_module, "allowed", all_but(gate.action))
        assert is_refused(gate.call, desk, world), "another action opens it"
    for role in Role:
        for prison_id in (world.other, world.own):
            scope = allowed(role, False, gate.action)
            elsewhere = gate.at_prison and prison_id == world.other
            denied = scope is Scope.NONE or (scope is Scope.OWN and elsewhere)
            at_desk = desk_as(role, prisons=frozenset({prison_id}))
            assert is_refused(gate.call, at_desk, world) == denied, f"{role.value}, elsewhere: {elsewhere}"
    if allowed(Role.TRAINER, True, gate.action):
        keeper = desk_as(Role.TRAINER, admin_duty=True, prisons=frozenset({world.own}))
        assert not is_refused(gate.call, keeper, world), "the administrator duty"
