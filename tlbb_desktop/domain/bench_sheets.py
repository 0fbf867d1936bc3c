"""The bench sheet of a unit: learners × criteria on paper, and its entry in the same order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tlbb_desktop.domain.assessment import CellState, Outcome, SetAttempt
from tlbb_desktop.domain.classes import ClassRow
from tlbb_desktop.domain.curricula import Basis, Unit
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.register import Learner
from tlbb_desktop.i18n.marks import N_


@dataclass(frozen=True, slots=True)
class BenchSheet:
    """All that the paper and its entry show.

    Args:
        group: the class.
        unit: with its criteria.
        basis: what the unit is judged by.
        day: whose list it is.
        learners: on the list that day, in the roster's order, without guests.
        states: person -> what was reached before; who is missing was never assessed.
        code: that stands on the paper.
        demonstration: whether it comes from the demonstration programme.
    """

    group: ClassRow
    unit: Unit
    basis: Basis
    day: date
    learners: tuple[Learner, ...]
    states: Mapping[int, CellState]
    code: str
    demonstration: bool = False

    def competent_before(self, person_id: int) -> bool:
        """Whether the learner needs no new attempt."""
        state = self.states.get(person_id)
        return state is not None and state.competent


@dataclass(frozen=True, slots=True)
class BenchException:
    """Somebody who did not simply show everything.

    Args:
        failed: numbers of the criteria that were not ticked.
        not_yet: whether the result says *not yet competent* without saying which criteria.
        absent: whether the learner was not assessed that day.
        feedback: for the learner.
    """

    failed: frozenset[int] = frozenset()
    not_yet: bool = False
    absent: bool = False
    feedback: str = ""


def bench_wishes(sheet: BenchSheet, exceptions: Mapping[int, BenchException], seen: bool) -> tuple[SetAttempt, ...]:
    """The attempts of a filled sheet: everybody on it showed everything, but for the exceptions.

    Who was competent before is left out unless an exception names them. A critical criterion that was not ticked makes
    the attempt *not yet competent*.

    Args:
        sheet: as it was read.
        exceptions: person -> what was different.
        seen: whether a cell that somebody changed since the sheet was read is to be refused.

    Raises:
        Refused: an exception names somebody who is not on the sheet.
    """
    on_sheet = {learner.person_id for learner in sheet.learners}
    if exceptions.keys() - on_sheet:
        raise Refused(N_("Somebody is not on this sheet. Choose people of the list of that day."), place="people")
    wishes = []
    for learner in sheet.learners:
        person = learner.person_id
        exception = exceptions.get(person)
        if exception is None and sheet.competent_before(person):
            continue
        if exception is not None and exception.absent:
            continue
        state = sheet.states.get(person)
        wishes.append(
            SetAttempt(
                person,
                sheet.unit.id or 0,
                sheet.day,
                _outcome(sheet.unit, exception),
                _failed(exception),
                exception.feedback if exception else "",
                seen=(state.entry_id if state else 0) if seen else None,
            )
        )
    return tuple(wishes)


def _failed(exception: BenchException | None) -> frozenset[int] | None:
    if exception is None:
        return frozenset()
    return None if exception.not_yet and not exception.failed else exception.failed


def _outcome(unit: Unit, exception: BenchException | None) -> Outcome:
    if exception is None:
        return Outcome.COMPETENT
    lacking = exception.not_yet or bool(exception.failed & unit.critical)
    return Outcome.NOT_YET if lacking else Outcome.COMPETENT
