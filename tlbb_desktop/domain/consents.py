"""What people agree to, and what nothing may be done without."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

#: Name of the setting: whether certificates show the photos of those who agreed to it.
PHOTOS_ON_CERTIFICATES: Final = "certificate_photos"
#: So many days people from before may go without their consents on record.
TO_BE_RECORDED_DAYS: Final = 30

#: Name of the setting: whether photos of practical work are kept of those who agreed to it.
PRACTICAL_PHOTOS: Final = "practical_photos"


class ConsentPurpose(StrEnum):
    """What an agreement is about (programme facts, form A: purposes 1 to 5; photos on certificates apart)."""

    SERVICE = "service"
    STORE_DATA = "store_data"
    SHARE = "share"
    PHOTO_STORY = "photo_story"
    CONTACT_AFTER = "contact_after"
    PHOTO_ON_PAPERS = "photo_on_papers"
    PHOTO_OF_WORK = "photo_of_work"


#: Without these two no assessment, plan, note, visit or referral is added.
NEEDED_FOR_SERVICE: Final = (ConsentPurpose.SERVICE, ConsentPurpose.STORE_DATA)


class ConsentGiver(StrEnum):
    """Who agreed."""

    PARTICIPANT = "participant"
    PARENT = "parent"
    GUARDIAN = "guardian"


class ConsentMethod(StrEnum):
    """How the agreement was given."""

    SIGNATURE = "signature"
    THUMBPRINT = "thumbprint"
    VERBAL_WITNESS = "verbal_witness"


@dataclass(frozen=True, slots=True)
class ConsentForm:
    """An agreement or a refusal.

    Args:
        purpose: what it is about.
        given: False for a refusal.
        given_on: the day of the paper.
        given_by: who agreed.
        method: how.
        language: ``km`` or ``en``, of the form that was read out.
        agency: with whom, for sharing.
        reason: why a guardian was not asked, where none was reached.
        expires_on: the last day on which it holds, or None.
        withdrawn_on: the day from which it no longer holds, or None.
        id: row, or None for a new one.
        version: for detecting two editors.
    """

    purpose: ConsentPurpose
    given: bool
    given_on: date
    given_by: ConsentGiver = ConsentGiver.PARTICIPANT
    method: ConsentMethod = ConsentMethod.SIGNATURE
    language: str = "km"
    agency: str = ""
    reason: str = ""
    expires_on: date | None = None
    withdrawn_on: date | None = None
    id: int | None = None
    version: int = 0

    def holds_on(self, day: date) -> bool:
        """Whether it is an agreement that holds on *day*."""
        ended = self.withdrawn_on is not None and self.withdrawn_on <= day
        over = self.expires_on is not None and self.expires_on < day
        return self.given and self.given_on <= day and not ended and not over


class ConsentStanding(StrEnum):
    """How it stands with the agreements that a service needs."""

    GIVEN = "given"
    TO_BE_RECORDED = "to_be_recorded"
    MISSING = "missing"
    REFUSED = "refused"


def standing_on(
    day: date, consents: Iterable[ConsentForm], to_be_recorded_until: date | None = None
) -> ConsentStanding:
    """Whether somebody may be served on *day*.

    Args:
        day: the day.
        consents: all that the person ever gave, refused or withdrew, in any order.
        to_be_recorded_until: the last day on which the consents of somebody from before may still be missing.
    """
    newest = _newest(consents)
    if all(purpose in newest and newest[purpose].holds_on(day) for purpose in NEEDED_FOR_SERVICE):
        return ConsentStanding.GIVEN
    if any(_was_refused(newest.get(purpose), day) for purpose in NEEDED_FOR_SERVICE):
        return ConsentStanding.REFUSED
    if to_be_recorded_until is not None and day <= to_be_recorded_until:
        return ConsentStanding.TO_BE_RECORDED
    return ConsentStanding.MISSING


def _newest(consents: Iterable[ConsentForm]) -> Mapping[ConsentPurpose, ConsentForm]:
    in_order = sorted(consents, key=lambda each: (each.given_on, each.id or 0))
    return {each.purpose: each for each in in_order}


def _was_refused(consent: ConsentForm | None, day: date) -> bool:
    if consent is None:
        return False
    return not consent.given or (consent.withdrawn_on is not None and consent.withdrawn_on <= day)
