"""Row-level security: who has a database account of their own reads and writes what belongs to their prisons.

A person's rows belong to every prison where the person is, was, or is enrolled, and to the member of staff who carries
the case. The server decides by the account that is logged in, never by a setting that a statement could change.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

_EVERYTHING: Final = "(SELECT sees_everything())"
_PRISON: Final = "prison_id IN (SELECT my_prisons())"
_PERSON: Final = "person_id IN (SELECT my_people())"
_CLASS: Final = "class_id IN (SELECT id FROM training_class)"
_CASE: Final = "case_id IN (SELECT id FROM case_file)"

#: Table -> what of it is seen. Where it looks into another table, it finds what is seen of that one.
SEEN: Final = {
    "person": f"{_PRISON} OR id IN (SELECT my_people())",
    "training_class": _PRISON,
    "admission_check": _PRISON,
    "unit_switch": _PRISON,
    **dict.fromkeys(
        (
            "attempt",
            "brought_record",
            "case_file",
            "certificate",
            "consent",
            "custody_stay",
            "enrolment",
            "external_id",
            "legal_file",
            "outcome_known",
            "person_contact",
            "person_identity",
            "person_link",
            "question",
            "release",
            "release_date",
            "reoffence",
        ),
        _PERSON,
    ),
    **dict.fromkeys(("class_session", "class_unit", "mark_act", "month_sheet", "timetable_slot"), _CLASS),
    **dict.fromkeys(
        (
            "case_note",
            "case_plan",
            "case_task",
            "kept_statistic",
            "referral",
            "release_plan",
            "retention_request",
            "score",
            "strengths_assessment",
            "visit",
        ),
        _CASE,
    ),
    "attachment": f"person_id IS NULL OR {_PERSON}",
    "draft": "staff_id = (SELECT my_staff_id())",
    "admission_pair": "check_id IN (SELECT id FROM admission_check)",
    "assessment_restricted": "assessment_id IN (SELECT id FROM strengths_assessment)",
    "attempt_photo": "attempt_id IN (SELECT id FROM attempt)",
    "follow_up": "release_id IN (SELECT id FROM release)",
    "follow_up_attempt": "follow_up_id IN (SELECT id FROM follow_up)",
    "mark": "session_id IN (SELECT id FROM class_session)",
    "mark_history": "session_id IN (SELECT id FROM class_session)",
    "note_addendum": "note_id IN (SELECT id FROM case_note)",
    "person_merge": "kept_id IN (SELECT my_people()) OR merged_id IN (SELECT my_people())",
    "plan_action": "goal_id IN (SELECT id FROM plan_goal)",
    "plan_goal": "plan_id IN (SELECT id FROM case_plan)",
    "plan_review": "plan_id IN (SELECT id FROM case_plan)",
    "release_item": "plan_id IN (SELECT id FROM release_plan)",
    "reoffence_history": "reoffence_id IN (SELECT id FROM reoffence)",
    "session_unit": "session_id IN (SELECT id FROM class_session)",
    "submission": "certificate_id IN (SELECT id FROM certificate)",
}
#: What only the accounts of managers see, who alone exchange bundles: digests and clocks of every row of every prison.
OF_MANAGERS: Final = frozenset({"exchange_alias", "exchange_conflict", "exchange_row", "exchange_sent"})
#: What every account reads and only those of managers write: which laptops there are, and until when their word came.
READ_BY_ALL: Final = frozenset({"exchange_laptop"})
#: What belongs to no prison. Signatures, batches of dates and reports are sealed, and name nobody outside that.
OF_NO_PRISON: Final = frozenset(
    {
        "absence_reason",
        "audit_event",
        "certificate_key",
        "certificate_programme",
        "certificate_withdrawal",
        "course",
        "course_unit",
        "criterion",
        "curriculum",
        "curriculum_unit",
        "holiday",
        "issued_report",
        "prison",
        "release_date_batch",
        "setting",
        "signature",
        "staff",
        "staff_prison",
    }
)
#: What an account may do with a table where that is not everything. Who is a manager and whose a prison is stands in
#: tables that only the programme's owner writes.
_LESS: Final = {
    "alembic_version": "SELECT",
    "audit_event": "SELECT, INSERT",
    "keyring": "SELECT, UPDATE",
    "prison": "SELECT",
    "staff": "SELECT",
    "staff_prison": "SELECT",
}
_ALL: Final = "SELECT, INSERT, UPDATE, DELETE"


def policies() -> Iterator[str]:
    """The statements that let each account see its own rows. They may be given again."""
    for table, seen in SEEN.items():
        yield from _policy(table, "own_prisons", f"USING ({_EVERYTHING} OR {seen})")
    for table in sorted(OF_MANAGERS | READ_BY_ALL):
        yield from _policy(table, "managers", f"USING ({_EVERYTHING})")
    for table in sorted(READ_BY_ALL):
        yield from _policy(table, "everybody_reads", "FOR SELECT USING (TRUE)")


def _policy(table: str, name: str, rule: str) -> Iterator[str]:
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"DROP POLICY IF EXISTS {name} ON {table}"
    yield f"CREATE POLICY {name} ON {table} {rule}"


def grants(role: str, schema: str) -> Iterator[str]:
    """The statements that give the quoted *role* what an account of a member of staff needs."""
    yield f"GRANT USAGE ON SCHEMA {schema} TO {role}"
    for table in (*SEEN, *sorted(OF_MANAGERS | READ_BY_ALL | OF_NO_PRISON), "alembic_version", "keyring"):
        yield f"GRANT {_LESS.get(table, _ALL)} ON {table} TO {role}"
