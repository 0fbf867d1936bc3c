"""What the invented classes are taught, and what their learners show at the bench."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from tlbb_desktop.demonstration.cast import DAY, SEED
from tlbb_desktop.domain.assessment import Outcome, SetAttempt
from tlbb_desktop.domain.attendance import SessionRow, SessionState
from tlbb_desktop.domain.curricula import Curriculum, Unit
from tlbb_desktop.domain.months import Month
from tlbb_desktop.wiring import Desk

if TYPE_CHECKING:
    from tlbb_desktop.demonstration.build import StoryClock

#: At this prison nobody may bring telephones in, so the unit about them is left out.
WITHOUT_TELEPHONES: Final = ("SR", "electronics", "E12")
PRIOR_LEARNING: Final = ("SR-MOTO-25", "M02", 6 * 60)
_RETRY_AFTER: Final = timedelta(days=14)
_TRIES: Final = 3
_FEEDBACK: Final = ("", "", "", "ធ្វើបានល្អ", "ត្រូវអនុវត្តបន្ថែម")


@dataclass(frozen=True, slots=True)
class _Spell:
    """A unit with the first and the last day on which the class was taught it."""

    unit: Unit
    first: date
    last: date
    over: bool


class Workshop:
    """Moves classes through their units and assesses their learners, with luck of its own.

    Args:
        desk: the manager's.
        clock: set to the day of each act.
        until: person -> last day on any list.
    """

    def __init__(self, desk: Desk, clock: StoryClock, until: dict[int, date]) -> None:
        self._desk, self._clock, self._until = desk, clock, until
        self._random = Random(SEED)
        self._skill: dict[int, float] = {}

    def leave_out(self, prison_id: int) -> None:
        """Leave the unit about telephones out at the prison that does not allow them."""
        _prison, course, unit = WITHOUT_TELEPHONES
        course_id = self._desk.classes.course_named(course)
        unit_id = self._desk.curricula.unit_named(course_id, unit).id or 0
        self._desk.curricula.switch(prison_id, unit_id, off=True, reason="ទូរស័ព្ទមិនអនុញ្ញាតឱ្យយកចូល")

    def train(self, code: str, class_id: int, trainer: Desk, roster: Sequence[tuple[int, date]]) -> None:
        """Teach a class up to the day before the demonstration plays.

        Args:
            code: of the class.
            class_id: its row.
            trainer: whose desk.
            roster: (person, first day).
        """
        curriculum = self._desk.curricula.of_class(class_id)
        if curriculum is None:
            return
        group = self._desk.classes.group(class_id)
        sessions = self._desk.classes.sessions(class_id, group.starts_on, group.ends_on)
        self._recognise(code, class_id, trainer, roster)
        attempts: list[SetAttempt] = []
        for spell in _spells(curriculum, sessions):
            self._clock.set(max(spell.first, group.starts_on), 12)
            trainer.teaching.set_unit(class_id, spell.unit.id or 0, spell.first)
            if spell.over:
                attempts += self._tries(spell, roster)
        for entered in _by_month(attempts):
            self._clock.set(entered[-1].day, 15)
            trainer.assessment.assess(class_id, entered)
        self._clock.set(DAY - timedelta(days=1), 16)  # nobody who comes later may be missing from the prison now

    def _tries(self, spell: _Spell, roster: Sequence[tuple[int, date]]) -> Iterator[SetAttempt]:
        """The practical at the end of a unit, and later tries of those who were not yet competent."""
        waiting, day = [person for person, _first in roster], spell.last
        for _try in range(_TRIES):
            there = [person for person, first in roster if person in waiting and first <= day <= self._until[person]]
            if not there or day >= DAY:
                return
            wishes = [self._wish(person, spell.unit, day) for person in there]
            yield from wishes
            waiting = [wish.person_id for wish in wishes if wish.outcome is Outcome.NOT_YET]
            day += _RETRY_AFTER

    def _wish(self, person: int, unit: Unit, day: date) -> SetAttempt:
        skill = self._skill.setdefault(person, self._random.choice((0.72, 0.84, 0.92, 0.97)))
        passed = self._random.random() < skill
        critical = sorted(unit.critical)
        others = sorted(unit.numbers - unit.critical)
        if passed:
            failed = (
                frozenset(self._random.sample(others, 1)) if others and self._random.random() < 0.1 else frozenset()
            )
            return SetAttempt(person, unit.id or 0, day, Outcome.COMPETENT, failed)
        missed = frozenset(self._random.sample(critical, 1)) if critical else None
        return SetAttempt(person, unit.id or 0, day, Outcome.NOT_YET, missed, self._random.choice(_FEEDBACK))

    def _recognise(self, code: str, class_id: int, trainer: Desk, roster: Sequence[tuple[int, date]]) -> None:
        wanted, unit, minutes = PRIOR_LEARNING
        person, first = roster[0]
        if code == wanted:
            self._clock.set(first, 16)
            unit_id = trainer.assessment.unit_named(class_id, unit).id or 0
            reason = "ធ្លាប់ជួយការងារនៅហាងជួសជុលម៉ូតូ"
            trainer.assessment.recognise(class_id, person, unit_id, first, reason, minutes)


def _by_month(attempts: Sequence[SetAttempt]) -> Iterator[list[SetAttempt]]:
    """The attempts of each month in one act; who tries a unit again in the same month does so in the next act."""
    batches: dict[tuple[Month, int], list[SetAttempt]] = {}
    tries: Counter[tuple[Month, int, int]] = Counter()
    for attempt in sorted(attempts, key=lambda each: each.day):
        month = Month.of(attempt.day)
        tries[month, attempt.person_id, attempt.unit_id] += 1
        number = tries[month, attempt.person_id, attempt.unit_id]
        batches.setdefault((month, number), []).append(attempt)
    yield from (batches[key] for key in sorted(batches))


def _spells(curriculum: Curriculum, sessions: Sequence[SessionRow]) -> Iterator[_Spell]:
    """The units that a class was taught before the demonstration plays, each for its share of the whole course."""
    counted = [
        session
        for session in sessions
        if session.state is not SessionState.CANCELLED and session.repairs_session_id is None
    ]
    whole = sum(session.minutes for session in counted)
    past = [session for session in counted if session.day < DAY]
    place = taught = planned = 0
    for unit in curriculum.units:
        planned += unit.minutes
        ends = whole * planned // sum(each.minutes for each in curriculum.units)
        mine: list[SessionRow] = []
        while place < len(past) and (taught < ends or not mine):
            mine.append(past[place])
            taught += past[place].minutes
            place += 1
        if not mine:
            return
        yield _Spell(unit, mine[0].day, mine[-1].day, over=place < len(past))
