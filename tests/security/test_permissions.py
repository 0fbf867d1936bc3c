from __future__ import annotations

import pytest

from tlbb_desktop.domain.staff import Role
from tlbb_desktop.security.permissions import Action, Scope, allowed

# Trainer, social worker, liaison, manager, what the administrator duty adds. - none, o own, a all.
MATRIX = """
people_read       o o o a -
people_write      - o o a -
people_import     - - o a -
people_merge      - - o a -
guest_add         o - - a -
identity_read     - o o a -
identity_write    - o o a -
contact_read      - o - a -
contact_write     - o - a -
photo_read        o o o a -
photo_write       - o o a -
consent_read      - o - a -
consent_write     - o - a -
course_write      - - - a -
class_read        o o o a -
class_write       o - - a -
enrol             o - - a -
mark              o - - a -
session_write     o - - a -
sheet_read        o o o a -
sheet_print       o o o a -
sheet_issue       - - o a -
sheet_sign        - - o a -
reason_write      - - - a -
holiday_write     - - - a -
prison_write      - - - a -
settings_write    - - - a a
staff_read        - - - a a
staff_write       - - - a a
keys_write        - - - a a
backup_make       a a a a a
backup_restore    - - - a a
exchange          - - - a -
audit_read_own    o o o a -
audit_read        - - - a -
audit_verify      - - - a a
question_ask      o - - a -
question_answer   - - o a -
hours_lost_read   - - o a -
certificate_propose o - - a -
certificate_read    - o o a -
certificate_approve - - - a -
certificate_issue   - - - a -
certificate_print   - - - a -
certificate_revoke  - - - a -
certificate_keys    - - - a -
progress_read       o o o a -
assess              o - - a -
class_curriculum    - - - a -
unit_switch         - - - a -
record_give         - - - a -
record_take         - - - a -
submission          - - - a -
case_read           - o o a -
case_write          - o - a -
case_assign         - - - a -
legal_read          - o o a -
legal_write         - o o a -
release_date_write  - o o a -
release_note        - o o a -
release_list        - o o a -
release_item_write  - o o a -
care_read           - o - a -
care_write          - o - a -
counselling_own     - o - a -
counselling_reason  - - - a -
visit_days_read     - o o a -
plan_approve        - - - a -
work_list           - o o a -
aftercare_read      - o - a -
aftercare_write     - o - a -
outcome_read        - o - a -
outcome_issue       - - - a -
history_import      - - - a -
case_print          - o - a -
case_close          - - - a -
retention           - - - a -
"""
SCOPES = {"-": Scope.NONE, "o": Scope.OWN, "a": Scope.ALL}
ROWS = {line.split()[0]: [SCOPES[cell] for cell in line.split()[1:]] for line in MATRIX.strip().splitlines()}
OF_CASES = (
    "case",
    "legal",
    "release",
    "care",
    "counselling",
    "visit",
    "plan",
    "work_list",
    "aftercare",
    "outcome",
    "history",
    "retention",
)
CASE_DATA = [
    action for action in Action if action.startswith(("people", "identity", "contact", "photo", "consent", *OF_CASES))
]


def test_the_matrix_names_every_action():
    assert set(ROWS) == {str(action) for action in Action}


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_do_what_the_design_says_and_nothing_else(role, action):
    assert allowed(role, False, action) is ROWS[action][list(Role).index(role)]


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("role", list(Role))
def test_the_administrator_duty_adds_its_acts_to_any_role(role, action):
    by_role, by_duty = ROWS[action][list(Role).index(role)], ROWS[action][4]
    assert allowed(role, True, action) is max(by_role, by_duty)


@pytest.mark.parametrize("action", CASE_DATA)
def test_the_administrator_duty_opens_no_case_data(action):
    for role in Role:
        assert allowed(role, True, action) is allowed(role, False, action)


def test_scopes_compare_by_reach():
    assert Scope.NONE < Scope.OWN < Scope.ALL
    assert not Scope.NONE
