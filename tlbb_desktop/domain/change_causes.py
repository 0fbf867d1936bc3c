"""What was entered in between, where a figure is another than when it was issued."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from tlbb_desktop.i18n.marks import N_


class EnteredKind(StrEnum):
    """What was entered or corrected."""

    EVENT = "event"
    KNOWN = "known"
    CONTACT = "contact"
    RELEASE = "release"
    CERTIFICATE = "certificate"
    VISIT = "visit"
    STAY = "stay"
    CASE = "case"


class Entered(NamedTuple):
    """What was entered, and on which day."""

    kind: EnteredKind
    on: date


ENTERED_SENTENCES: Final = {
    EnteredKind.EVENT: N_("an event was entered or corrected on {day}"),
    EnteredKind.KNOWN: N_("on {day} it came to be known up to when the outcome is known"),
    EnteredKind.CONTACT: N_("a contact was entered or corrected on {day}"),
    EnteredKind.RELEASE: N_("a release was entered or corrected on {day}"),
    EnteredKind.CERTIFICATE: N_("a certificate was issued or changed on {day}"),
    EnteredKind.VISIT: N_("a visit was entered or corrected on {day}"),
    EnteredKind.STAY: N_("a stay in prison was entered or corrected on {day}"),
    EnteredKind.CASE: N_("the case was changed on {day}"),
}
_K: Final = EnteredKind
_OF_OUTCOME: Final = (_K.EVENT, _K.KNOWN, _K.CONTACT, _K.RELEASE, _K.CERTIFICATE)
_OF_CONTACTS: Final = (_K.CONTACT, _K.RELEASE)
#: Which entries can move somebody in a figure, by the first word of its key.
_MOVERS: Final = {
    "recidivism": _OF_OUTCOME,
    "ready": (_K.RELEASE, _K.CASE),
    "family": (_K.VISIT, _K.STAY, _K.CASE, _K.RELEASE),
}


def movers_of(key: str) -> tuple[EnteredKind, ...]:
    """The kinds of entry that can move somebody in the figure of an indicator."""
    return _MOVERS.get(key.partition("-")[0], _OF_CONTACTS)
