from __future__ import annotations

import pytest

from tlbb_desktop.domain.staff import Role
from tlbb_desktop.security.compartments import Compartment, compartments_of

HELD = {
    Role.TRAINER: {"db", "audit"},
    Role.SOCIAL_WORKER: {"db", "legal", "family", "counselling", "aftercare", "audit"},
    Role.LIAISON: {"db", "legal", "audit"},
    Role.MANAGER: {"db", "legal", "family", "counselling", "aftercare", "audit", "signing"},
}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("admin_duty", [False, True])
def test_a_role_holds_exactly_the_keys_of_the_design_and_the_duty_adds_no_case_data(role, admin_duty):
    assert {str(compartment) for compartment in compartments_of(role, admin_duty)} == HELD[role]


def test_every_compartment_is_held_by_somebody():
    assert compartments_of(Role.MANAGER, False) == set(Compartment)
