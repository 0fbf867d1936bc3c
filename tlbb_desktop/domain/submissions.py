"""Certificates on their way through the Ministry, with its clock of six months.

Source: notice of the Ministry of Labour and Vocational Training of 11 October 2016: institutes submit their printed
certificates for check and signature within six months of the results.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import Names, Sex
from tlbb_desktop.i18n.marks import Np_

MONTHS_TO_SUBMIT: Final = 6


class SubmissionState(StrEnum):
    """How far a certificate is at the Ministry."""

    DUE = "due"
    LATE = "late"
    SENT = "sent"
    RETURNED = "returned"


SUBMISSION_NAMES: Final = {
    SubmissionState.DUE: Np_("certificate at the Ministry", "To be sent"),
    SubmissionState.LATE: Np_("certificate at the Ministry", "Late"),
    SubmissionState.SENT: Np_("certificate at the Ministry", "Sent"),
    SubmissionState.RETURNED: Np_("certificate at the Ministry", "Returned signed"),
}


@dataclass(frozen=True, slots=True)
class SubmissionLine:
    """A certificate of completion on the list for the Ministry.

    Args:
        certificate_id, number: of the certificate.
        person_id, names, sex: whose it is.
        class_code, course_code, course_km, course_en, hours: of which training.
        results_on: day of the results, from which the clock runs.
        sent_on, returned_on: days, or None.
        ministry_number: that the Ministry gave, or ``""``.
        state: as of the day of the list.
        version: for detecting two editors; 0 before anything was noted.
    """

    certificate_id: int
    number: str
    person_id: int
    names: Names
    sex: Sex | None
    class_code: str
    course_code: str
    course_km: str
    course_en: str
    hours: int
    results_on: date
    sent_on: date | None
    returned_on: date | None
    ministry_number: str
    state: SubmissionState
    version: int

    @property
    def deadline(self) -> date:
        """Last day on which it may be sent."""
        return deadline_of(self.results_on)

    def days_left(self, today: date) -> int:
        """Days until the deadline; negative when it is over."""
        return (self.deadline - today).days


def deadline_of(results_on: date) -> date:
    """Six calendar months after the results; a day that the month does not have becomes its last."""
    month = Month.of(results_on).shift(MONTHS_TO_SUBMIT)
    return date(month.year, month.number, min(results_on.day, calendar.monthrange(month.year, month.number)[1]))


def state_on(today: date, results_on: date, sent_on: date | None, returned_on: date | None) -> SubmissionState:
    """How far a certificate is as of *today*."""
    if returned_on is not None:
        return SubmissionState.RETURNED
    if sent_on is not None:
        return SubmissionState.SENT
    return SubmissionState.LATE if today > deadline_of(results_on) else SubmissionState.DUE
