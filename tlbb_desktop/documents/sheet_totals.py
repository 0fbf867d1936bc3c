"""Sums over the people of a month's list, for the totals that the workbook's formulas show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tlbb_desktop.domain.attendance import SessionState, Tally
from tlbb_desktop.domain.people import Sex
from tlbb_desktop.domain.register import MonthSheet


@dataclass(frozen=True, slots=True)
class PeopleTotals:
    """Sums over some people; sessions are counted per person, minutes are minutes.

    ``excused`` holds what the list prints as with permission: excused and kept away by the prison.
    """

    people: int
    sessions_due: int
    absent: int
    excused: int
    minutes_due: int
    minutes_attended: int

    @property
    def absences(self) -> int:
        """All absences that the list shows."""
        return self.absent + self.excused

    @property
    def came(self) -> int:
        """Attendances: sessions due without the absences."""
        return self.sessions_due - self.absences

    @property
    def percent(self) -> float | None:
        """By the same rule as each learner's percent; None when nothing was due."""
        return Tally(minutes_due=self.minutes_due, minutes_attended=self.minutes_attended).percent


@dataclass(frozen=True, slots=True)
class SheetTotals:
    """Sums of a list; people without a recorded sex are only in ``everybody``."""

    male: PeopleTotals
    female: PeopleTotals
    everybody: PeopleTotals


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """What the summary says of one list, or of several together; people in two lists count twice."""

    learners: int
    female: int
    held: int
    cancelled: int
    totals: PeopleTotals


def figures_of(sheets: Sequence[MonthSheet]) -> ClassFigures:
    """The figures of some lists together."""
    rows = [row for sheet in sheets for row in sheet.rows]
    states = [session.state for sheet in sheets for session in sheet.register.sessions]
    return ClassFigures(
        learners=len(rows),
        female=sum(row.learner.sex is Sex.FEMALE for row in rows),
        held=states.count(SessionState.HELD),
        cancelled=states.count(SessionState.CANCELLED),
        totals=sum_up(row.tally for row in rows),
    )


def different_people(sheets: Sequence[MonthSheet]) -> tuple[int, int]:
    """How many different people are on some lists, and how many of them are female."""
    learners = {row.learner.person_id: row.learner for sheet in sheets for row in sheet.rows}
    return len(learners), sum(learner.sex is Sex.FEMALE for learner in learners.values())


def totals_of(sheet: MonthSheet) -> SheetTotals:
    """The sums of *sheet*."""
    by_sex = {sex: sum_up(row.tally for row in sheet.rows if row.learner.sex is sex) for sex in (Sex.MALE, Sex.FEMALE)}
    return SheetTotals(by_sex[Sex.MALE], by_sex[Sex.FEMALE], sum_up(row.tally for row in sheet.rows))


def sum_up(tallies: Iterable[Tally]) -> PeopleTotals:
    """Add up the totals of people."""
    counted = list(tallies)
    return PeopleTotals(
        people=len(counted),
        sessions_due=sum(each.held - each.unmarked for each in counted),
        absent=sum(each.absent for each in counted),
        excused=sum(each.excused + each.institution for each in counted),
        minutes_due=sum(each.minutes_due for each in counted),
        minutes_attended=sum(each.minutes_attended for each in counted),
    )
