"""What came of a bundle, what a conflict is called for a reader, and how a value is shown."""

from __future__ import annotations

import json
from typing import Any, Final

from tlbb_desktop.domain.attendance import MARK_NAMES, MarkCode
from tlbb_desktop.domain.exchange import TakenIn
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_

_TABLES: Final = {
    "person": N_("Person"),
    "person_identity": N_("Birth and identity"),
    "person_contact": N_("Address and phones"),
    "custody_stay": N_("Stay in prison"),
    "enrolment": N_("Enrolment"),
    "training_class": N_("Class"),
    "class_session": N_("Session"),
    "mark": N_("Mark"),
    "month_sheet": N_("Month sheet"),
    "certificate": N_("Certificate"),
    "case_file": N_("Case"),
    "case_plan": N_("Case plan"),
    "plan_goal": N_("Goal"),
    "case_note": N_("Note"),
    "visit": N_("Visit"),
    "referral": N_("Referral"),
    "release_plan": N_("Release plan"),
    "release_item": N_("Item of the release plan"),
    "release": N_("Release"),
    "follow_up": N_("Contact after the release"),
    "legal_file": N_("Legal file"),
    "question": N_("Question"),
    "consent": N_("Consent"),
    "setting": N_("Setting"),
}
_OTHER: Final = N_("Other record")
_MEMBER: Final = "content."
_KEY_LENGTH: Final = 32


def taken_lines(taken: TakenIn) -> list[str]:
    """What a bundle brought, in sentences."""
    names = {"number": taken.number, "name": taken.sender}
    if taken.repeated:
        return [_("Bundle {number} of {name} was taken in before. Nothing happened.").format(**names)]
    said = _("Bundle {number} of {name}: {added} rows added, {changed} changed, {removed} removed.")
    lines = [said.format(**names, added=taken.added, changed=taken.changed, removed=taken.removed)]
    if taken.conflicts:
        lines.append(_("{count} fields were changed on both sides. Decide each one.").format(count=taken.conflicts))
    if taken.waiting:
        lines.append(_("{count} rows wait for something that is not here yet.").format(count=taken.waiting))
    for before, after in taken.told_apart:
        lines.append(_("Two had the code {before}; the younger one is now {after}.").format(before=before, after=after))
    if taken.audit_cut:
        lines.append(_("The list of events of {name} lacks some that it had. Ask what happened there.").format(**names))
    if taken.own_audit_cut:
        lines.append(_("The list of events of this laptop lacks some that it had. Run the checks, and tell a manager."))
    return lines


def table_text(table: str) -> str:
    """What a row of a table is called, as a marked English word."""
    return _TABLES.get(table, _OTHER)


def field_text(field: str) -> str:
    """A field as it is stored, made readable: ``given_km`` as ``given km``."""
    return field.removeprefix(_MEMBER).replace("_", " ")


def value_text(value: Any, field: str) -> str:
    """A value as one line, in the reader's language where it is a mark."""
    if field == "code" and isinstance(value, list):
        code, _reason, minutes, note = value
        parts = (_(MARK_NAMES[MarkCode(code)]) if code in set(MarkCode) else str(code), minutes or "", note)
        return " ".join(str(part) for part in parts if part)
    if value is None or value == "":
        return _("nothing")
    if isinstance(value, bytes):
        return _text_of(value)
    if isinstance(value, str):
        return "…" if len(value) == _KEY_LENGTH and _is_key(value) else value
    return json.dumps(value, ensure_ascii=False, default=str)


def _text_of(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return _("a picture")


def _is_key(value: str) -> bool:
    return all(sign in "0123456789abcdef" for sign in value)
