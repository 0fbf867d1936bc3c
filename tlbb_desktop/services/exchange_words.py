"""What came of a bundle, what a conflict is called for a reader, and how a value is shown."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from tlbb_desktop.domain.attendance import MARK_NAMES, MarkCode
from tlbb_desktop.domain.exchange import CurrentUntil, LaptopStanding, TakenIn
from tlbb_desktop.domain.people import STATUS_NAMES, PersonStatus
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import day_text
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
_FIELDS: Final = {
    "address": N_("Address"),
    "agency": N_("Agency"),
    "birth": N_("Date of birth"),
    "code": N_("Code"),
    "content": N_("Photo or scan"),
    "day": N_("Day"),
    "despite": N_("Why despite a rule"),
    "ends_on": N_("Last day"),
    "family": N_("Family"),
    "family_km": N_("Family name in Khmer"),
    "family_latin": N_("Family name in Latin letters"),
    "given_km": N_("Given name in Khmer"),
    "given_latin": N_("Given name in Latin letters"),
    "id_numbers": N_("ID numbers"),
    "name_en": N_("Name in English"),
    "name_km": N_("Name in Khmer"),
    "nickname": N_("Nickname"),
    "note": N_("Note"),
    "on_day": N_("Day"),
    "phones": N_("Phones"),
    "place_code": N_("Place"),
    "place_text": N_("Address in words"),
    "plan": N_("Plan"),
    "province_code": N_("Province"),
    "reason": N_("Reason"),
    "release_month": N_("Month of release"),
    "release_on": N_("Release date"),
    "sex": N_("Sex"),
    "starts_on": N_("First day"),
    "state": N_("State"),
    "status": N_("Status"),
    "summary": N_("Summary"),
    "text": N_("Text"),
    "title": N_("Title"),
    "trainer_id": N_("Trainer"),
    "value": N_("Value"),
    "worker_id": N_("Who is responsible"),
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


def until_text(standing: LaptopStanding) -> str:
    """Until which day the record of a laptop is here; one that was invited may be invited again."""
    if standing.current_until:
        return day_text(standing.current_until.date())
    return _("invited, not heard of yet") if standing.invited else _("nothing yet")


def table_text(table: str) -> str:
    """What a row of a table is called, as a marked English word."""
    return _TABLES.get(table, _OTHER)


def sites_text(sites: Iterable[CurrentUntil]) -> str:
    """Until which day the record of each site is here, for what adds them up; ``""`` where there is one laptop."""
    listed = ", ".join(
        _("{name} to {day}").format(name=each.name, day=day_text(each.day))
        if each.day
        else _("{name}: nothing yet").format(name=each.name)
        for each in sites
    )
    return _("Records of the sites: {sites}.").format(sites=listed) if listed else ""


def what_text(table: str, field: str) -> str:
    """What was changed on both sides: the record and its field; a mark or a certificate is changed whole."""
    named = _(table_text(table))
    return named if field in ("code", "state") and table in ("mark", "certificate") else f"{named}: {field_text(field)}"


def field_text(field: str) -> str:
    """A field in the reader's language; one without a name of its own by its stored name."""
    stored = field.removeprefix(_MEMBER)
    return _(_FIELDS[stored]) if stored in _FIELDS else _("field {name}").format(name=stored.replace("_", " "))


def value_text(value: Any, field: str) -> str:
    """A value as one line, in the reader's language where it is a mark."""
    if field == "status" and value in set(PersonStatus):
        return _(STATUS_NAMES[PersonStatus(value)])
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
