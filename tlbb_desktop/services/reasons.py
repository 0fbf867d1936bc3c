"""The reasons of excuses, institution marks and cancelled sessions, with their weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tlbb_desktop.data.models import AbsenceReason
from tlbb_desktop.data.queries import register as queries
from tlbb_desktop.domain.attendance import Reason, ReasonUse
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import normalise, search_key
from tlbb_desktop.services.office import Act

FULL_WEIGHT = 1000
HIGHEST_DIGIT = 9


def reason_named(known: Sequence[Reason], text: str) -> int:
    """The row of the reason whose code or name *text* is, in either script.

    Raises:
        NotFound: none is; the sentence names the codes.
    """
    wanted = _plain(text)
    for reason in known:
        if wanted in {_plain(reason.code), _plain(reason.name_km), _plain(reason.name_en)}:
            return reason.id
    raise NotFound(
        N_("There is no reason {text}. The reasons are: {known}."),
        text=text,
        known=", ".join(reason.code for reason in known),
    )


def save_reason(act: Act, reason: Reason) -> int:
    """Store a reason inside *act*; see ``AttendanceService.save_reason``."""
    reason = replace(
        reason,
        code="-".join(normalise(reason.code).lower().split()),
        name_km=normalise(reason.name_km).strip(),
        name_en=normalise(reason.name_en).strip(),
    )
    _check(reason, queries.reasons(act.connection, reason.use))
    if reason.id == 0:
        stored = _filled(AbsenceReason(use=reason.use), reason)
        act.add(stored)
    else:
        stored = act.session.get_one(AbsenceReason, reason.id)
        if stored.use != reason.use:
            raise Refused(N_("A reason keeps the use that it was made for. Make a new one."), place="use")
        act.change(_filled(stored, reason), reason.version)
    act.record("reason", f"reason:{stored.id}", f"weight:{reason.weight}")
    act.changed("reason", stored.id)
    return stored.id


def _filled(stored: AbsenceReason, reason: Reason) -> AbsenceReason:
    stored.code, stored.digit, stored.weight = reason.code, reason.digit, reason.weight
    stored.name_km, stored.name_en, stored.active = reason.name_km, reason.name_en, reason.active
    return stored


def _check(reason: Reason, others: Sequence[Reason]) -> None:
    """Raise Refused for a reason that cannot be told from another or that counts for nonsense."""
    others = [other for other in others if other.id != reason.id]
    if not reason.code or not (reason.name_km or reason.name_en):
        raise Refused(N_("A reason needs a code and a name."), place="code")
    if not 0 <= reason.weight <= (FULL_WEIGHT if reason.use is ReasonUse.EXCUSED else 0):
        raise Refused(N_("A weight lies between 0 and 100 percent, and only an excuse has one."), place="weight")
    if not 0 <= reason.digit <= HIGHEST_DIGIT:
        raise Refused(N_("The key of a reason is a digit from 1 to 9, or 0 for none."), place="digit")
    if any(other.code == reason.code for other in others):
        raise Refused(N_("Another reason has the code {code}."), place="code", code=reason.code)
    if reason.active and reason.digit and any(other.active and other.digit == reason.digit for other in others):
        raise Refused(N_("Another reason has the key {digit}."), place="digit", digit=reason.digit)


def _plain(text: str) -> str:
    return search_key(text).replace("-", "").replace("_", "")
