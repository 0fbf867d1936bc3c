"""Compares a prison's list of admissions with the people released: a person decides about each pair.

Somebody who is on the list came back: a fifth-level event opens. Somebody who is not is known to be free of one at that
prison, and at no other, for the days that the lists of that prison cover without a gap since the release.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Connection

from tlbb_desktop.data import models
from tlbb_desktop.data.queries import admission_checks as queries
from tlbb_desktop.data.queries import aftercare as aftercare_queries
from tlbb_desktop.data.queries.people import births_of_ids, names_of
from tlbb_desktop.domain.admission_lists import AdmissionList, read_admission_list
from tlbb_desktop.domain.admission_matching import Likeness, ListedPerson, Pair, ReleasedPerson, likely_pairs
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.people import Names
from tlbb_desktop.domain.reoffences import (
    AdmissionCheckForm,
    AdmissionLine,
    AdmissionPairForm,
    EventSource,
    EvidenceLevel,
    OutcomeKnownForm,
    PairDecision,
    ReoffenceForm,
)
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.outcome_reading import OutcomeReading, ReleaseFact, read_outcomes
from tlbb_desktop.services.person_seal import open_birth
from tlbb_desktop.services.sealed_forms import (
    ADMISSION_CHECK,
    ADMISSION_PAIR,
    OUTCOME_KNOWN,
    REOFFENCE,
    REOFFENCE_HISTORY,
)
from tlbb_desktop.services.spreadsheets import read_spreadsheet


@dataclass(frozen=True, slots=True)
class ListSpan:
    """Which admissions a list holds.

    Args:
        prison_id: whose list.
        first: first day that it covers.
        last: last day that it covers.
    """

    prison_id: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class PairToDecide:
    """A line of the list beside somebody on record.

    Args:
        id: row.
        line: as the list has it.
        person_id, code, names: who may be meant.
        likeness: how they are alike.
        decision: None while nobody decided.
        version: for detecting two editors.
    """

    id: int
    line: AdmissionLine
    person_id: int
    code: str
    names: Names
    likeness: Likeness
    decision: PairDecision | None
    version: int


@dataclass(frozen=True, slots=True)
class UnfinishedCheck:
    """A check whose pairs are still decided.

    Args:
        id: row.
        span: whose list, and which admissions it holds.
        file_name: of the list.
        lines: how many people it names.
    """

    id: int
    span: ListSpan
    file_name: str
    lines: int


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """What a finished check says.

    Args:
        returned: people who are on the list.
        known_free: people who are not, and of whom that is known since their release.
        not_covered: people who are not, but who left before the lists of this prison begin.
    """

    returned: tuple[int, ...]
    known_free: tuple[int, ...]
    not_covered: tuple[int, ...]


class AdmissionCheckService:
    """Checks against admission lists.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    def read(self, path: Path, span: ListSpan) -> AdmissionList:
        """What a file says; nothing is changed.

        Raises:
            BadFile: it is no list with names.
        """
        self._office.permit(Action.AFTERCARE_WRITE, span.prison_id)
        return read_admission_list(read_spreadsheet(path)[0], span.last)

    def open(self, found: AdmissionList, span: ListSpan, file_name: str) -> int:
        """Keep a check with its likely pairs; returns its row.

        Raises:
            Refused: the days are in the future or in the wrong order.
        """
        if span.last < span.first:
            raise Refused(N_("The last day lies before the first."), place="last")
        if span.last > self._office.clock.today():
            raise Refused(N_("The day {day} has not come yet."), place="last", day=span.last)
        prisons = self._office.prison_limit(Action.AFTERCARE_WRITE)
        with self._office.act(Action.AFTERCARE_WRITE, span.prison_id) as act:
            cipher = self._office.cipher
            reading = read_outcomes(act.connection, cipher, prisons, act.actor.staff_id)
            released = self._released(act.connection, reading, span.last)
            form = AdmissionCheckForm(
                file_name, span.first, span.last, len(found.people), tuple(each.person_id for each in released)
            )
            row = models.AdmissionCheck(prison_id=span.prison_id, listed_until=span.last)
            check_id = ADMISSION_CHECK.add(act, cipher, row, form)
            for pair in likely_pairs(found.people, released):
                stored = models.AdmissionPair(check_id=check_id, person_id=pair.released.person_id)
                ADMISSION_PAIR.add(act, cipher, stored, _pair_form(pair))
            act.record("admission_check", f"check:{check_id}", f"prison:{span.prison_id} people:{len(released)}")
        return check_id

    def unfinished(self) -> tuple[UnfinishedCheck, ...]:
        """Checks that somebody began and nobody finished, the oldest first."""
        prisons = self._office.prison_limit(Action.AFTERCARE_READ)
        with self._office.read(Action.AFTERCARE_READ) as connection:
            rows = queries.unfinished(connection)
            shown = [row for row in rows if prisons is None or row.prison_id in prisons]
            forms = [(row, ADMISSION_CHECK.open(self._office.cipher, row)) for row in shown]
        return tuple(
            UnfinishedCheck(
                row.id, ListSpan(row.prison_id, form.listed_from, form.listed_until), form.file_name, form.lines
            )
            for row, form in forms
        )

    def pairs(self, check_id: int) -> tuple[PairToDecide, ...]:
        """The pairs of a check, the closest first.

        Raises:
            NotFound: the check is not on record.
        """
        with self._office.act(Action.AFTERCARE_READ, self._prison(check_id), enters=False) as act:
            found = _pairs(act.connection, self._office, check_id)
            act.record("protected_read", f"check:{check_id}", "admission_pair")
        return found

    def decide(self, pair_id: int, decision: PairDecision, seen: int) -> int | None:
        """Say whether a line means that person; returns the row of the event that opened, or None.

        Raises:
            Refused: the check is finished, or the pair decided already.
            ChangedMeanwhile: somebody decided after it was read.
            NotFound: it is not on record.
        """
        with self._office.store.read() as connection:
            check_id = queries.check_of_pair(connection, pair_id)
        if check_id is None:
            raise NotFound(N_("This pair is not on record any more."))
        with self._office.act(Action.AFTERCARE_WRITE, self._prison(check_id)) as act:
            cipher = self._office.cipher
            check = _open_check(act, check_id)
            pair = act.session.get_one(models.AdmissionPair, pair_id)
            form = ADMISSION_PAIR.open(cipher, pair)
            if form.decision is not None:
                raise Refused(N_("This pair was decided already."))
            event_id = self._event(act, pair.person_id, check, form) if decision is PairDecision.SAME else None
            pair.decided_at = act.at
            decided = replace(form, decision=decision, reoffence_id=event_id)
            ADMISSION_PAIR.change(act, cipher, pair, decided, seen)
            act.record("admission_pair", f"pair:{pair_id}", f"{decision} event:{event_id or ''}")
            act.changed("reoffence", pair.person_id)
        return event_id

    def finish(self, check_id: int) -> CheckOutcome:
        """Close a check once every pair is decided: whoever is not on the list is known to be free at that prison.

        Raises:
            Refused: a pair waits for a decision, or the check is finished already.
            NotFound: it is not on record.
        """
        with self._office.act(Action.AFTERCARE_WRITE, self._prison(check_id)) as act:
            cipher = self._office.cipher
            check = _open_check(act, check_id)
            pairs = _pairs(act.connection, self._office, check_id)
            if any(pair.decision is None for pair in pairs):
                raise Refused(N_("Decide about every pair first."))
            form = ADMISSION_CHECK.open(cipher, check)
            returned = {pair.person_id for pair in pairs if pair.decision is PairDecision.SAME}
            others = [person for person in form.person_ids if person not in returned]
            reading = read_outcomes(act.connection, cipher, None, act.actor.staff_id)
            covered = _covered(reading, check.prison_id, form.listed_from)
            free = [person for person in others if person in covered]
            for person_id in free:
                known = OutcomeKnownForm(
                    form.listed_until,
                    EvidenceLevel.IMPRISONMENT,
                    EventSource.PRISON_LIST,
                    check.prison_id,
                    check_id,
                )
                OUTCOME_KNOWN.add(act, cipher, models.OutcomeKnownRow(person_id=person_id), known)
            act.change(check, check.version)
            check.finished_at = act.at
            ADMISSION_CHECK.seal(cipher, check, form)
            act.record("admission_check", f"check:{check_id}", f"returned:{len(returned)} free:{len(free)}")
            act.changed("outcome", *form.person_ids)
        return CheckOutcome(
            tuple(sorted(returned)), tuple(free), tuple(person for person in others if person not in covered)
        )

    # ----------------------------------------------------------------------------------------------------------------

    def _prison(self, check_id: int) -> int:
        with self._office.store.read() as connection:
            prison_id = queries.prison_of_check(connection, check_id)
        if prison_id is None:
            raise NotFound(N_("This check is not on record any more."))
        return prison_id

    def _released(self, connection: Connection, reading: OutcomeReading, last: date) -> list[ReleasedPerson]:
        """Everybody who was free before the list ends, with the last release before that."""
        left = {person: _last_before(facts, last) for person, facts in reading.releases.items()}
        births = births_of_ids(connection, [person for person, fact in left.items() if fact is not None])
        return [
            ReleasedPerson(
                person,
                births[person].names,
                births[person].sex,
                open_birth(self._office.cipher, births[person]),
                fact.on,
            )
            for person, fact in left.items()
            if fact is not None and person in births
        ]

    def _event(self, act: Act, person_id: int, check: models.AdmissionCheck, form: AdmissionPairForm) -> int:
        """A new event of the fifth level, or the one of that day raised to it."""
        cipher = self._office.cipher
        came_on = form.line.admitted_on or check.listed_until
        for row in aftercare_queries.events_of_person(act.connection, person_id):
            before = REOFFENCE.open(cipher, row)
            if not before.void and came_on in (before.event_on, before.custody_on):
                stored = act.session.get_one(models.ReoffenceRow, row.id)
                REOFFENCE_HISTORY.add(act, cipher, models.ReoffenceHistory(reoffence_id=row.id), before)
                raised = replace(
                    before, level=EvidenceLevel.IMPRISONMENT, custody_on=came_on, prison_id=check.prison_id
                )
                REOFFENCE.change(act, cipher, stored, raised, row.version)
                return int(row.id)
        event = ReoffenceForm(
            came_on,
            EvidenceLevel.IMPRISONMENT,
            act.today,
            EventSource.PRISON_LIST,
            custody_on=came_on,
            prison_id=check.prison_id,
        )
        return REOFFENCE.add(act, cipher, models.ReoffenceRow(person_id=person_id), event)


def _pair_form(pair: Pair) -> AdmissionPairForm:
    listed: ListedPerson = pair.listed
    line = AdmissionLine(listed.line, listed.names.khmer, listed.names.latin, listed.admitted_on, listed.birth.text())
    return AdmissionPairForm(line, likeness=pair.likeness.value)


def _pairs(connection: Connection, office: Office, check_id: int) -> tuple[PairToDecide, ...]:
    found = []
    for row in queries.pairs(connection, check_id):
        form = ADMISSION_PAIR.open(office.cipher, row)
        likeness = Likeness(form.likeness or Likeness.SOUNDS_ALIKE)
        found.append(
            PairToDecide(
                row.id, form.line, row.person_id, row.code, names_of(row), likeness, form.decision, row.version
            )
        )
    return tuple(found)


def _open_check(act: Act, check_id: int) -> models.AdmissionCheck:
    check = act.session.get_one(models.AdmissionCheck, check_id)
    if check.finished_at is not None:
        raise Refused(N_("This check is finished already."))
    return check


def _last_before(facts: Sequence[ReleaseFact], day: date) -> ReleaseFact | None:
    return max((fact for fact in facts if fact.on < day), key=lambda fact: fact.on, default=None)


def _covered(reading: OutcomeReading, prison_id: int, listed_from: date) -> frozenset[int]:
    """The people for whom the lists of this prison reach back to the first release without a gap."""
    day_before = listed_from - timedelta(days=1)
    found = set()
    for each in reading.aftermaths:
        released_on = reading.releases[each.person_id][0].on
        reached = (check.until for check in each.checks if check.prison_id == prison_id)
        if max(reached, default=released_on) >= day_before:
            found.add(each.person_id)
    return frozenset(found)
