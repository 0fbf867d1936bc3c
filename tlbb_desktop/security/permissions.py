"""Who may do what: one table, and what is not in it is denied.

Source: vault design, "Roles". Services ask ``allowed`` before they do anything; hiding a button is no protection.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, StrEnum

from tlbb_desktop.domain.staff import Role


class Scope(IntEnum):
    """How far a permission reaches: nowhere, one's own prisons or assigned people, everywhere."""

    NONE = 0
    OWN = 1
    ALL = 2


class Action(StrEnum):
    """The acts that need a permission."""

    PEOPLE_READ = "people_read"
    PEOPLE_WRITE = "people_write"
    PEOPLE_IMPORT = "people_import"
    PEOPLE_MERGE = "people_merge"
    GUEST_ADD = "guest_add"
    IDENTITY_READ = "identity_read"
    IDENTITY_WRITE = "identity_write"
    CONTACT_READ = "contact_read"
    CONTACT_WRITE = "contact_write"
    PHOTO_READ = "photo_read"
    PHOTO_WRITE = "photo_write"
    CONSENT_READ = "consent_read"
    CONSENT_WRITE = "consent_write"
    COURSE_WRITE = "course_write"
    CLASS_READ = "class_read"
    CLASS_WRITE = "class_write"
    ENROL = "enrol"
    MARK = "mark"
    SESSION_WRITE = "session_write"
    SHEET_READ = "sheet_read"
    SHEET_PRINT = "sheet_print"
    SHEET_ISSUE = "sheet_issue"
    SHEET_SIGN = "sheet_sign"
    REASON_WRITE = "reason_write"
    HOLIDAY_WRITE = "holiday_write"
    PRISON_WRITE = "prison_write"
    SETTINGS_WRITE = "settings_write"
    STAFF_READ = "staff_read"
    STAFF_WRITE = "staff_write"
    KEYS_WRITE = "keys_write"
    BACKUP_MAKE = "backup_make"
    BACKUP_RESTORE = "backup_restore"
    AUDIT_READ_OWN = "audit_read_own"
    AUDIT_READ = "audit_read"
    AUDIT_VERIFY = "audit_verify"
    QUESTION_ASK = "question_ask"
    QUESTION_ANSWER = "question_answer"
    HOURS_LOST_READ = "hours_lost_read"
    AFTERCARE_READ = "aftercare_read"
    AFTERCARE_WRITE = "aftercare_write"
    OUTCOME_READ = "outcome_read"
    OUTCOME_ISSUE = "outcome_issue"
    HISTORY_IMPORT = "history_import"
    CASE_PRINT = "case_print"
    CASE_CLOSE = "case_close"
    RETENTION = "retention"
    CERTIFICATE_PROPOSE = "certificate_propose"
    CERTIFICATE_READ = "certificate_read"
    CERTIFICATE_APPROVE = "certificate_approve"
    CERTIFICATE_ISSUE = "certificate_issue"
    CERTIFICATE_PRINT = "certificate_print"
    CERTIFICATE_REVOKE = "certificate_revoke"
    CERTIFICATE_KEYS = "certificate_keys"
    PROGRESS_READ = "progress_read"
    ASSESS = "assess"
    CLASS_CURRICULUM = "class_curriculum"
    UNIT_SWITCH = "unit_switch"
    RECORD_GIVE = "record_give"
    RECORD_TAKE = "record_take"
    SUBMISSION = "submission"
    CASE_READ = "case_read"
    CASE_WRITE = "case_write"
    CASE_ASSIGN = "case_assign"
    LEGAL_READ = "legal_read"
    LEGAL_WRITE = "legal_write"
    RELEASE_DATE_WRITE = "release_date_write"
    RELEASE_NOTE = "release_note"
    RELEASE_LIST = "release_list"
    RELEASE_ITEM_WRITE = "release_item_write"
    CARE_READ = "care_read"
    CARE_WRITE = "care_write"
    COUNSELLING_OWN = "counselling_own"
    COUNSELLING_REASON = "counselling_reason"
    VISIT_DAYS_READ = "visit_days_read"
    PLAN_APPROVE = "plan_approve"
    WORK_LIST = "work_list"
    EXCHANGE = "exchange"


_A = Action
_EVERYBODY = {_A.BACKUP_MAKE: Scope.ALL, _A.AUDIT_READ_OWN: Scope.OWN}
_LOOK_AT_CLASSES = dict.fromkeys(
    (_A.PEOPLE_READ, _A.PHOTO_READ, _A.CLASS_READ, _A.SHEET_READ, _A.SHEET_PRINT, _A.PROGRESS_READ), Scope.OWN
)
_KEEP_PEOPLE = dict.fromkeys((_A.PEOPLE_WRITE, _A.IDENTITY_READ, _A.IDENTITY_WRITE, _A.PHOTO_WRITE), Scope.OWN)

_LEGAL_WORK = dict.fromkeys(
    (
        _A.CASE_READ,
        _A.LEGAL_READ,
        _A.LEGAL_WRITE,
        _A.RELEASE_DATE_WRITE,
        _A.RELEASE_NOTE,
        _A.RELEASE_LIST,
        _A.RELEASE_ITEM_WRITE,
        _A.VISIT_DAYS_READ,
        _A.WORK_LIST,
    ),
    Scope.OWN,
)
_AFTER_RELEASE = dict.fromkeys((_A.AFTERCARE_READ, _A.AFTERCARE_WRITE, _A.OUTCOME_READ, _A.CASE_PRINT), Scope.OWN)

_BY_ROLE: Mapping[Role, Mapping[Action, Scope]] = {
    Role.TRAINER: {
        **_EVERYBODY,
        **_LOOK_AT_CLASSES,
        _A.GUEST_ADD: Scope.OWN,
        _A.CLASS_WRITE: Scope.OWN,
        _A.ENROL: Scope.OWN,
        _A.MARK: Scope.OWN,
        _A.SESSION_WRITE: Scope.OWN,
        _A.QUESTION_ASK: Scope.OWN,
        _A.CERTIFICATE_PROPOSE: Scope.OWN,
        _A.ASSESS: Scope.OWN,
    },
    Role.SOCIAL_WORKER: {
        **_EVERYBODY,
        **_LOOK_AT_CLASSES,
        **_KEEP_PEOPLE,
        **_AFTER_RELEASE,
        _A.CONTACT_READ: Scope.OWN,
        _A.CONTACT_WRITE: Scope.OWN,
        _A.CONSENT_READ: Scope.OWN,
        _A.CONSENT_WRITE: Scope.OWN,
        _A.CERTIFICATE_READ: Scope.OWN,
        **_LEGAL_WORK,
        _A.CASE_WRITE: Scope.OWN,
        _A.CARE_READ: Scope.OWN,
        _A.CARE_WRITE: Scope.OWN,
        _A.COUNSELLING_OWN: Scope.OWN,
    },
    Role.LIAISON: {
        **_EVERYBODY,
        **_LOOK_AT_CLASSES,
        **_KEEP_PEOPLE,
        _A.PEOPLE_IMPORT: Scope.OWN,
        _A.PEOPLE_MERGE: Scope.OWN,
        _A.SHEET_ISSUE: Scope.OWN,
        _A.SHEET_SIGN: Scope.OWN,
        _A.QUESTION_ANSWER: Scope.OWN,
        _A.HOURS_LOST_READ: Scope.OWN,
        _A.CERTIFICATE_READ: Scope.OWN,
        **_LEGAL_WORK,
    },
    Role.MANAGER: dict.fromkeys(Action, Scope.ALL),
}
_BY_ADMIN_DUTY: Mapping[Action, Scope] = dict.fromkeys(
    (
        _A.STAFF_READ,
        _A.STAFF_WRITE,
        _A.KEYS_WRITE,
        _A.BACKUP_MAKE,
        _A.BACKUP_RESTORE,
        _A.SETTINGS_WRITE,
        _A.AUDIT_VERIFY,
    ),
    Scope.ALL,
)


def allowed(role: Role, admin_duty: bool, action: Action) -> Scope:
    """How far a member of staff may carry out *action*.

    Args:
        role: their work.
        admin_duty: whether they also keep users, keys and backups.
        action: the act.
    """
    by_role = _BY_ROLE[role].get(action, Scope.NONE)
    by_duty = _BY_ADMIN_DUTY.get(action, Scope.NONE) if admin_duty else Scope.NONE
    return max(by_role, by_duty)
