"""Cases by the thousand, from the consents to what came after the release."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final, NamedTuple

from tlbb_desktop.data import models
from tlbb_desktop.demonstration.case_texts import NOTES
from tlbb_desktop.demonstration.cast import DAY, SEED
from tlbb_desktop.demonstration.many_people import Journey
from tlbb_desktop.demonstration.many_rows import ManyRows
from tlbb_desktop.demonstration.programme_size import NOTES_A_PERSON
from tlbb_desktop.domain.case_notes import NoteForm, NoteKind
from tlbb_desktop.domain.case_plans import ActionForm, GoalForm, PlanForm, PlanStatus
from tlbb_desktop.domain.cases import CaseState, CloseReason, Risk
from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.domain.consents import NEEDED_FOR_SERVICE, ConsentGiver, ConsentMethod
from tlbb_desktop.domain.follow_up_schedule import schedule
from tlbb_desktop.domain.follow_ups import ContactMode, FollowUpForm, Reached
from tlbb_desktop.domain.history_import import HistoryLine
from tlbb_desktop.domain.release_dates import DateCause, ReleaseDate
from tlbb_desktop.domain.releases import ReleaseForm
from tlbb_desktop.domain.reoffences import EvidenceLevel
from tlbb_desktop.domain.strengths import StrengthDomain
from tlbb_desktop.khmer import search_key
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services import sealed_forms as forms
from tlbb_desktop.services.office import Act
from tlbb_desktop.wiring import Desk

#: So long after a release the contacts go on and the case is open; earlier releases come as the history of before.
FOLLOWED: Final = timedelta(days=365)
_PLAN_SPAN: Final = timedelta(days=180)
_Event = tuple[datetime, int | None, str, str, str]


class _Case(NamedTuple):
    """Somebody's case and who is responsible."""

    person_id: int
    journey: Journey
    worker_id: int

    @property
    def opened_on(self) -> date:
        return self.journey.came_on + timedelta(days=3)

    @property
    def over(self) -> bool:
        return DAY - self.journey.leaves_on > FOLLOWED


class ManyCases:
    """Writes the cases of all people in one act.

    Args:
        desk: the manager's.
        workers: prison -> the social worker there.
    """

    def __init__(self, desk: Desk, workers: dict[int, int]) -> None:
        self._desk, self._workers = desk, workers
        self._events: list[_Event] = []

    def write(self, journeys: Sequence[Journey], people: Sequence[int]) -> None:
        """Write everything, then the history of the releases of long ago."""
        cases = [
            _Case(person, journey, self._workers[journey.prison_id])
            for person, journey in zip(people, journeys, strict=True)
        ]
        with self._desk.office.act(Action.CASE_WRITE) as act:
            act.connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")  # contacts may be written before releases
            ids = self._files(act, cases)
            self._consents(act, cases)
            self._dates(act, cases)
            self._plans(act, cases, ids)
            self._notes(act, cases, ids)
            self._releases(act, cases, ids)
            self._desk.office.trail.append_many(act.connection, sorted(self._events, key=lambda event: event[0]))
        self._desk.case_history.take(list(_history(cases)))

    def _files(self, act: Act, cases: Sequence[_Case]) -> list[int]:
        columns = ("person_id", "worker_id", "state", "opened_on", "closed_on", "close_reason")
        rows = ManyRows(act, models.CaseFileRow, columns)
        ids = []
        for case in cases:
            ends: tuple[str | None, ...] = (None, None)
            if case.over:
                ends = ((case.journey.leaves_on + FOLLOWED).isoformat(), CloseReason.DONE_AFTER_RELEASE.value)
            state = CaseState.CLOSED if case.over else CaseState.OPEN
            values = (case.person_id, case.worker_id, state.value, case.opened_on.isoformat(), *ends)
            ids.append(rows.add(values, _at(case.opened_on), case.worker_id))
            about = f"person:{case.person_id} {state.value} worker:{case.worker_id}"
            self._tell(case, case.opened_on, "case", f"case:{ids[-1]}", about)
        rows.write()
        return ids

    def _consents(self, act: Act, cases: Sequence[_Case]) -> None:
        columns = ("person_id", "purpose", "given", "given_on", "given_by", "method", "language")
        rows = ManyRows(act, models.Consent, columns)
        how = (ConsentGiver.PARTICIPANT.value, ConsentMethod.SIGNATURE.value, "km")
        for case in cases:
            for purpose in NEEDED_FOR_SERVICE:
                values = (case.person_id, purpose.value, True, case.opened_on.isoformat(), *how)
                rows.add(values, _at(case.opened_on), case.worker_id)
                self._tell(case, case.opened_on, "consent", f"person:{case.person_id}", f"{purpose.value} given")
        rows.write()

    def _dates(self, act: Act, cases: Sequence[_Case]) -> None:
        cipher = self._desk.office.cipher
        rows = ManyRows(act, models.ReleaseDateRow, ("person_id", "struck"), cipher, forms.RELEASE_DATE)
        for case in cases:
            day = case.journey.leaves_on
            form = ReleaseDate(day, day, DateCause.SENTENCE, "", case.opened_on)
            rows.add((case.person_id, False), _at(case.opened_on), case.worker_id, form)
        rows.write()

    def _plans(self, act: Act, cases: Sequence[_Case], ids: Sequence[int]) -> None:
        """An active plan of one goal with two actions for each open case, due around the day of the demonstration."""
        cipher = self._desk.office.cipher
        plans = ManyRows(act, models.CasePlanRow, ("case_id", "number", "status"), cipher, forms.CASE_PLAN)
        goals = ManyRows(act, models.PlanGoalRow, ("plan_id", "compartment", "ended"), cipher, forms.GOAL)
        actions = ManyRows(act, models.PlanActionRow, ("goal_id", "compartment", "done"), cipher, forms.ACTION)
        for number, (case, case_id) in enumerate(zip(cases, ids, strict=True)):
            if case.journey.gone:
                continue
            due, at = DAY + timedelta(days=number % 200 - 20), _at(case.opened_on)
            plan = (case_id, 1, PlanStatus.ACTIVE.value)
            form = PlanForm(case.opened_on, max(due, case.opened_on) + _PLAN_SPAN)
            plan_id = plans.add(plan, at, case.worker_id, form)
            goal = GoalForm(StrengthDomain.WORK, NOTES[number % len(NOTES)])
            goal_id = goals.add((plan_id, Compartment.FAMILY.value, False), at, case.worker_id, goal)
            for extra in range(2):
                action = ActionForm(NOTES[extra], due_on=due + timedelta(days=30 * extra))
                actions.add((goal_id, Compartment.FAMILY.value, False), at, case.worker_id, action)
            self._tell(case, case.opened_on, "case_plan", f"case:{case_id}", f"plan:{plan_id} active")
        for rows in (plans, goals, actions):
            rows.write()

    def _notes(self, act: Act, cases: Sequence[_Case], ids: Sequence[int]) -> None:
        columns = ("case_id", "author_id", "compartment", "on_day")
        rows = ManyRows(act, models.CaseNoteRow, columns, self._desk.office.cipher, forms.NOTE, ("search_key",))
        count = 0
        for case, case_id in zip(cases, ids, strict=True):
            last = min(case.journey.leaves_on, DAY - timedelta(days=1))
            for turn in range(NOTES_A_PERSON):
                count += 1
                day = case.opened_on + (last - case.opened_on) * turn // NOTES_A_PERSON
                text = f"{NOTES[count % len(NOTES)]} {count}"
                form = NoteForm(NoteKind.COUNSELLING if turn % 2 else NoteKind.INDIVIDUAL, text)
                compartment = Compartment.COUNSELLING if form.restricted else Compartment.FAMILY
                values = (case_id, case.worker_id, compartment.value, day.isoformat())
                note_id = rows.add(values, _at(day), case.worker_id, form, (search_key(text),))
                self._tell(case, day, "note", f"case:{case_id}", f"note:{note_id}")
        rows.write()

    def _releases(self, act: Act, cases: Sequence[_Case], ids: Sequence[int]) -> None:
        """Releases of the last year with their contacts, most of those due by now held."""
        cipher = self._desk.office.cipher
        columns = ("person_id", "case_id", "prison_id", "imported", "void")
        releases = ManyRows(act, models.ReleaseRow, columns, cipher, forms.RELEASE)
        contacts = ManyRows(act, models.FollowUpRow, ("release_id", "done"), cipher, forms.FOLLOW_UP)
        for case, case_id in zip(cases, ids, strict=True):
            journey = case.journey
            if not journey.gone or case.over:
                continue
            values = (case.person_id, case_id, journey.prison_id, False, False)
            form = ReleaseForm(journey.leaves_on, completed=True, planned_on=journey.leaves_on)
            release_id = releases.add(values, _at(journey.leaves_on), case.worker_id, form)
            self._tell(case, journey.leaves_on, "release", f"person:{case.person_id}", f"release:{release_id}")
            self._tell(case, journey.leaves_on, "follow_up_plan", f"release:{release_id}", f"risk:{Risk.MEDIUM.value}")
            for number, each in enumerate(schedule(journey.leaves_on, Risk.MEDIUM)):
                held = each.late_after < DAY and (case_id + number) % 20 > 0
                told = (each.due_on, ContactMode.PHONE, Reached.BY_PHONE) if held else ()
                contact = FollowUpForm(*each, *told)
                contacts.add((release_id, held), _at(journey.leaves_on), case.worker_id, contact)
        releases.write()
        contacts.write()

    def _tell(self, case: _Case, day: date, kind: str, subject: str, detail: str) -> None:
        self._events.append((_at(day), case.worker_id, kind, subject, detail))


def _history(cases: Sequence[_Case]) -> Iterator[HistoryLine]:
    """Releases of more than a year ago; one in twenty came back, of one in four nothing is known."""
    random = Random(SEED)
    for number, case in enumerate(case for case in cases if case.over):
        left = case.journey.leaves_on
        span = (DAY - left).days
        came_back = random.random() < 0.05
        yield HistoryLine(
            number + 1,
            case.journey.code,
            left,
            random.random() < 0.6,
            left + timedelta(days=random.randrange(1, span)) if came_back else None,
            EvidenceLevel(random.randint(1, 5)) if came_back else None,
            left + timedelta(days=random.randrange(span)) if random.random() < 0.75 else None,
        )


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9), CAMBODIA)
