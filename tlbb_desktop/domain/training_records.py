"""A person's training record: what somebody learned with us, fit to be carried around and shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tlbb_desktop.domain.attendance import (
    Mark,
    MarkCode,
    MarkedSession,
    SessionRow,
    SessionState,
    Tally,
    attended_minutes,
    tally,
)
from tlbb_desktop.domain.certificates import CertificateKind, Competence
from tlbb_desktop.domain.course_tallies import Stay, make_ups_of
from tlbb_desktop.domain.months import Month
from tlbb_desktop.i18n.marks import Np_

TITLE: Final = Np_("paper", "Training record")
MINUTES_OF_AN_HOUR: Final = 60


@dataclass(frozen=True, slots=True)
class TrainingMonth:
    """A month of a course.

    Args:
        month: the month.
        sessions: that counted: held, marked, and not missed for a reason that was not the learner's.
        attended: of those, also those that the learner came late to or left early.
        minutes_due: length of the sessions that counted.
        minutes_attended: minutes attended of those.
    """

    month: Month
    sessions: int
    attended: int
    minutes_due: int
    minutes_attended: int

    @classmethod
    def of(cls, month: Month, totals: Tally) -> TrainingMonth:
        """The month with the totals of a learner."""
        return cls(
            month,
            totals.held - totals.unmarked - totals.institution,
            totals.present + totals.late + totals.left,
            totals.minutes_due,
            totals.minutes_attended,
        )


@dataclass(frozen=True, slots=True)
class TrainingCourse:
    """A course that somebody took part in.

    Args:
        name_km, name_en: title.
        starts_on, ends_on: first and last day of the training.
        months: with sessions that counted, in order.
        units: that were learned; may be empty.
    """

    name_km: str
    name_en: str
    starts_on: date
    ends_on: date
    months: tuple[TrainingMonth, ...]
    units: tuple[Competence, ...] = ()

    @property
    def total(self) -> TrainingMonth:
        """All months together; the month itself says nothing."""
        sums = [
            sum(getattr(each, name) for each in self.months)
            for name in ("sessions", "attended", "minutes_due", "minutes_attended")
        ]
        return TrainingMonth(Month.of(self.starts_on), *sums)


@dataclass(frozen=True, slots=True)
class TrainingCertificate:
    """A certificate that is valid: its number, what it attests, of which course and of which day."""

    number: str
    kind: CertificateKind
    course_km: str
    course_en: str
    issued_on: date


@dataclass(frozen=True, slots=True)
class TrainingRecord:
    """All that the paper shows.

    Args:
        name_km, name_latin: family name first.
        courses: the earliest first.
        certificates: that are valid, the earliest first.
        made_on: day of the paper.
        place_km, place_en: the province.
        issuer_km, issuer_en: the organisation that answers for the paper.
        signer: name of who signs.
        post_km, post_en: what the signer is.
        demonstration: whether it comes from the demonstration programme and attests nothing.
    """

    name_km: str
    name_latin: str
    courses: tuple[TrainingCourse, ...]
    certificates: tuple[TrainingCertificate, ...]
    made_on: date
    place_km: str
    place_en: str
    issuer_km: str
    issuer_en: str
    signer: str
    post_km: str
    post_en: str
    demonstration: bool = False

    def texts(self) -> dict[str, str]:
        """Every text that the paper takes from the record: where it stands -> text."""
        units = [unit for course in self.courses for unit in course.units]
        titles = [(each.name_km, each.name_en) for each in self.courses]
        titles += [(each.course_km, each.course_en) for each in self.certificates]
        return {
            "name_km": self.name_km,
            "name_latin": self.name_latin,
            "courses": " ".join(f"{km} {en}" for km, en in titles),
            "units": " ".join(f"{unit.code} {unit.name_km} {unit.name_en}" for unit in units),
            "numbers": " ".join(each.number for each in self.certificates),
            "place": f"{self.place_km} {self.place_en}",
            "issuer": f"{self.issuer_km} {self.issuer_en}",
            "signer": f"{self.signer} {self.post_km} {self.post_en}",
        }


def training_months(
    sessions: Iterable[SessionRow],
    marks: Mapping[int, Mark],
    stays: Sequence[Stay],
    weights: Mapping[int | None, int],
) -> tuple[TrainingMonth, ...]:
    """A learner's months of a class, without those in which nothing counted.

    A make-up gives what was missed back to the month of the session that it repairs, as in ``course_tallies``; of a
    session that was not due it counts like any other one, in its own month.

    Args:
        sessions: of the class, in order of day.
        marks: session -> the learner's mark.
        stays: when the learner was enrolled.
        weights: reason -> share of an excused session that counts as attended, in thousandths.
    """
    known = [session for session in sessions if session.state is SessionState.HELD and _within(stays, session.day)]
    cells = {session.id: _cell(session, marks.get(session.id), weights) for session in known}
    days = {session.id: session.day for session in known}
    given: dict[int, int] = {}
    for make_up, root in make_ups_of(known).items():
        if (missed := cells[root].code) is not None and missed is not MarkCode.INSTITUTION:
            given[root] = given.get(root, 0) + _minutes(cells.pop(make_up))
    months: dict[Month, list[MarkedSession]] = {}
    for session_id, cell in cells.items():
        months.setdefault(Month.of(days[session_id]), []).append(_repaired(cell, given.get(session_id, 0)))
    found = (TrainingMonth.of(month, tally(months[month])) for month in sorted(months))
    return tuple(month for month in found if month.sessions)


def _repaired(cell: MarkedSession, given: int) -> MarkedSession:
    """A session with the minutes that its make-ups gave back: late by what is still missing."""
    if not given:
        return cell
    missing = max(0, cell.length - _minutes(cell) - given)
    return MarkedSession(cell.state, cell.length, MarkCode.LATE if missing else MarkCode.PRESENT, missing)


def _minutes(cell: MarkedSession) -> int:
    return 0 if cell.code is None else attended_minutes(cell.code, cell.length, cell.lost, cell.weight)


def _cell(session: SessionRow, mark: Mark | None, weights: Mapping[int | None, int]) -> MarkedSession:
    if mark is None:
        return MarkedSession(session.state, session.minutes, None)
    weight = weights.get(mark.reason_id, 0)
    return MarkedSession(session.state, session.minutes, mark.code, mark.minutes, weight)


def _within(stays: Iterable[Stay], day: date) -> bool:
    return any(first <= day and (last is None or day <= last) for first, last in stays)
