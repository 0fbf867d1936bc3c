"""Takes out of the record what is expunged; what figures are counted from stays, by code.

Certificates and attempts never change but for this: triggers of the schema let only these words go, and only of
somebody whose case is expunged.
"""

from __future__ import annotations

import json
from typing import Final

from sqlalchemy import Connection

_CASE: Final = "case_id = :case"
_PEOPLE: Final = "SELECT id FROM person WHERE id = :person OR merged_into_id = :person"
_PERSON: Final = f"person_id IN ({_PEOPLE})"
_SCANS: Final = f"SELECT id FROM attachment WHERE {_PERSON}"
_PLANS: Final = "SELECT id FROM case_plan WHERE case_id = :case"
_GOALS: Final = f"SELECT id FROM plan_goal WHERE plan_id IN ({_PLANS})"
_REVIEWS: Final = f"SELECT id FROM plan_review WHERE plan_id IN ({_PLANS})"
_ASSESSMENTS: Final = "SELECT id FROM strengths_assessment WHERE case_id = :case"
_RELEASE_PLANS: Final = "SELECT id FROM release_plan WHERE case_id = :case"
_RELEASES: Final = "SELECT id FROM release WHERE case_id = :case"
_CONTACTS: Final = f"SELECT id FROM follow_up WHERE release_id IN ({_RELEASES})"
_NOTES: Final = "SELECT id FROM case_note WHERE case_id = :case"
_EVENTS: Final = "SELECT id FROM reoffence WHERE person_id = :person"
#: Table and condition, the inner ones first; ``:case`` is the case, ``:person`` whose it is.
_DELETED: Final = (
    ("signature", f"paper = 'assessment' AND paper_id IN ({_ASSESSMENTS})"),
    ("signature", f"paper = 'release_plan' AND paper_id IN ({_RELEASE_PLANS})"),
    ("signature", f"paper = 'review' AND paper_id IN ({_REVIEWS})"),
    ("signature", f"paper = 'case_plan' AND paper_id IN ({_PLANS})"),
    ("signature", "paper = 'closure' AND paper_id = :case"),
    ("signature", f"paper = 'consent' AND paper_id IN (SELECT id FROM consent WHERE {_PERSON})"),
    ("assessment_restricted", f"assessment_id IN ({_ASSESSMENTS})"),
    ("strengths_assessment", _CASE),
    ("score", _CASE),
    ("case_task", _CASE),
    ("note_addendum", f"note_id IN ({_NOTES})"),
    ("case_note", _CASE),
    ("plan_action", f"goal_id IN ({_GOALS})"),
    ("plan_goal", f"plan_id IN ({_PLANS})"),
    ("plan_review", f"plan_id IN ({_PLANS})"),
    ("case_plan", _CASE),
    ("visit", _CASE),
    ("referral", _CASE),
    ("release_item", f"plan_id IN ({_RELEASE_PLANS})"),
    ("release_plan", _CASE),
    ("follow_up_attempt", f"follow_up_id IN ({_CONTACTS})"),
    ("follow_up", f"release_id IN ({_RELEASES})"),
    ("admission_pair", _PERSON),
    ("release_date", _PERSON),
    ("legal_file", _PERSON),
    ("reoffence_history", f"reoffence_id IN ({_EVENTS})"),
    ("external_id", _PERSON),
    ("person_identity", _PERSON),
    ("person_contact", _PERSON),
    ("person_link", f"{_PERSON} OR other_id IN ({_PEOPLE})"),
    ("attachment", _PERSON),
)
#: Of a reason that was given stays that there was one.
_GIVEN: Final = "{0} = CASE {0} WHEN '' THEN '' ELSE '…' END"
_NAMELESS: Final = "content = json_set(content, '$.name_km', '', '$.name_latin', '')"
_MERGES: Final = f"kept_id IN ({_PEOPLE}) OR merged_id IN ({_PEOPLE})"
#: What is emptied before: table, assignment and condition.
_EMPTIED: Final = (
    ("consent", "reason = '', agency = '', scan_id = NULL", _PERSON),
    ("question", "text = '', answer = ''", _PERSON),
    ("attempt_photo", "attachment_id = NULL", f"attachment_id IN ({_SCANS})"),
    ("person_merge", "reason = ''", _MERGES),
    ("retention_request", "reason = ''", _CASE),
    ("mark", "note = ''", _PERSON),
    ("mark_history", "note = '', before = iif(before = '', '', json_set(before, '$[3]', ''))", _PERSON),
    ("attempt", "feedback = '', reason = ''", _PERSON),
    (
        "certificate",
        f"envelope = NULL, {_NAMELESS}, {_GIVEN.format('despite')}, {_GIVEN.format('reason')}",
        _PERSON,
    ),
    ("brought_record", _NAMELESS, _PERSON),
)

#: What stays of somebody, without what was said.
_LEFT: Final = (
    "consent", "question", "attempt", "certificate", "brought_record", "custody_stay", "enrolment", "release",
    "reoffence", "outcome_known",
)  # fmt: skip


def expunge(connection: Connection, case_id: int, person_id: int) -> None:
    """Delete everything of a case that tells who somebody is or what they said; releases and events stay."""
    values = {"case": case_id, "person": person_id}
    for table, assignment, condition in _EMPTIED:
        connection.exec_driver_sql(f"UPDATE {table} SET {assignment} WHERE {condition}", values)
    _empty_notes_left(connection, values)
    for table, condition in _DELETED:
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE {condition}", values)
    forget_conflicts(connection, person_id)


def forget_conflicts(connection: Connection, person_id: int) -> None:
    """Take away what was changed on two laptops about somebody, decided or not: it holds what was said."""
    gone = {table for table, _condition in _DELETED}
    for table in sorted(gone):
        connection.exec_driver_sql(
            f"DELETE FROM exchange_conflict WHERE table_name = '{table}'"
            f" AND row_key NOT IN (SELECT lower(hex(uuid)) FROM {table})"
        )
    for table in _LEFT:
        connection.exec_driver_sql(
            f"DELETE FROM exchange_conflict WHERE table_name = '{table}'"
            f" AND row_key IN (SELECT lower(hex(uuid)) FROM {table} WHERE {_PERSON})",
            {"person": person_id},
        )
    connection.exec_driver_sql(
        "DELETE FROM exchange_conflict WHERE table_name IN ('person', 'mark') AND EXISTS"
        f" (SELECT 1 FROM person WHERE id IN ({_PEOPLE}) AND instr(row_key, lower(hex(uuid))) > 0)",
        {"person": person_id},
    )


def _empty_notes_left(connection: Connection, values: dict[str, int]) -> None:
    """Empty the notes of marks that were left behind when records were joined."""
    for row in connection.exec_driver_sql(f"SELECT id, moved FROM person_merge WHERE {_MERGES}", values).all():
        moved = json.loads(row.moved)
        for mark in moved["marks"]["left"]:
            mark["note"] = ""
        emptied = {"id": row.id, "moved": json.dumps(moved)}
        connection.exec_driver_sql("UPDATE person_merge SET moved = :moved WHERE id = :id", emptied)


def open_request(connection: Connection, case_id: int) -> int | None:
    """The request about a case that waits for a decision, or None."""
    found = connection.exec_driver_sql(
        "SELECT id FROM retention_request WHERE case_id = ? AND decided_at IS NULL", (case_id,)
    ).scalar()
    return None if found is None else int(found)


def other_cases(connection: Connection, case_id: int, person_id: int) -> int:
    """How many other cases of a person are not expunged."""
    return int(
        connection.exec_driver_sql(
            "SELECT count(*) FROM case_file WHERE person_id = ? AND id <> ? AND state <> 'expunged'",
            (person_id, case_id),
        ).scalar_one()
    )
