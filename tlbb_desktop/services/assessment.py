"""Attempts: recording them for one learner or a whole class, taking them back, reading their story."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from sqlalchemy import Connection

from tlbb_desktop.data.queries import training as queries
from tlbb_desktop.data.queries.register import number_setting
from tlbb_desktop.data.repositories.training import AttemptRows, NewEntry
from tlbb_desktop.domain.assessment import (
    SECOND_ASSESSOR_PERCENT,
    Assessed,
    Assessor,
    AttemptStory,
    CellState,
    Entry,
    EntryKind,
    Outcome,
    SetAttempt,
    credits_of,
    passed_criteria,
    state_of,
)
from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.domain.course_tallies import Stay
from tlbb_desktop.domain.curricula import MOST_HOURS, Curriculum, Unit
from tlbb_desktop.domain.errors import ChangedMeanwhile, NotFound, Refused
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.assessors import assessors_at, require_assessors
from tlbb_desktop.services.class_access import ClassPrisons
from tlbb_desktop.services.class_curricula import ClassCurricula, unit_coded, unit_here
from tlbb_desktop.services.marking import check_enrolled, checked_note, register_rows
from tlbb_desktop.services.office import Act, Office

Cell = tuple[int, int]


class AssessmentService:
    """What a trainer does on the progress board. Every act is committed when the method returns.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._prisons = ClassPrisons(office)
        self._curricula = ClassCurricula()

    def unit_named(self, class_id: int, code: str) -> Unit:
        """A unit that the class is taught, by its code in any case.

        Raises:
            NotFound: its curriculum has no such unit; the units that there are stand in the sentence.
            Refused: its prison leaves the unit out.
        """
        with self._office.read(Action.PROGRESS_READ, self._prisons[class_id]) as connection:
            return unit_coded(self._curricula.of(connection, class_id), code)

    def assessors(self, class_id: int) -> tuple[Assessor, ...]:
        """Who can be named as assessor in the class today, in order of their names."""
        with self._office.read(Action.ASSESS, self._prisons[class_id]) as connection:
            return assessors_at(connection, self._prisons[class_id], self._office.clock.today())

    def assess(self, class_id: int, wishes: Sequence[SetAttempt]) -> Assessed:
        """Record attempts in one act that one undo takes back: one learner, or a whole class after a practical.

        Raises:
            Refused: a day to come, before the enrolment or after the release; a unit that the prison leaves out;
                *competent* without a critical criterion; an assessor who may not assess. Nothing is changed then.
            NotFound: a unit that the class is not taught.
            ChangedMeanwhile: somebody else wrote in a cell after it was read.
        """
        with self._office.act(Action.ASSESS, self._prisons[class_id]) as act:
            if not wishes:
                return Assessed({})
            found, curriculum = self._curricula.required(act.connection, class_id)
            rows = self._rows(act, class_id)
            before = rows.cells(*_of(wishes))
            self._check(act, class_id, wishes, before)
            require_assessors(act.connection, self._prisons[class_id], act.today, _named(act, wishes))
            entries = [_attempt(act, curriculum, unit_here(found, wish.unit_id), wish) for wish in wishes]
            return self._written(act, class_id, "attempt", rows, entries, before)

    def assess_second(self, class_id: int, wish: SetAttempt) -> Assessed:
        """Record what a second assessor found on the day of an attempt; the first result goes on to count.

        Raises:
            Refused: second assessors are switched off, no attempt of that day counts, or its own assessor checks it;
                see also :meth:`assess`.
            ChangedMeanwhile: somebody else wrote in the cell after it was read.
        """
        with self._office.act(Action.ASSESS, self._prisons[class_id]) as act:
            if not number_setting(act.connection, SECOND_ASSESSOR_PERCENT, 0):
                raise Refused(N_("Second assessors are switched off. A manager can switch them on in the settings."))
            found, curriculum = self._curricula.required(act.connection, class_id)
            unit = unit_here(found, wish.unit_id)
            rows = self._rows(act, class_id)
            before = rows.cells([wish.person_id], [wish.unit_id])
            self._check(act, class_id, [wish], before)
            entry = replace(_attempt(act, curriculum, unit, wish), kind=EntryKind.SECOND)
            require_assessors(act.connection, self._prisons[class_id], act.today, _named(act, [wish]))
            _require_second(act, state_of(before.get((wish.person_id, wish.unit_id), ())), entry)
            return self._written(act, class_id, "second_assessment", rows, [entry], before)

    def recognise(
        self,
        class_id: int,
        person_id: int,
        unit_id: int,
        day: date,
        reason: str,
        minutes: int = 0,
        *,
        seen: int | None = None,
    ) -> Assessed:
        """Count a unit as reached by what somebody learned before.

        Args:
            class_id: row of the class.
            person_id: row of the learner.
            unit_id: row of the unit.
            day: on which it was recognised.
            reason: what it rests on; needed.
            minutes: that it credits toward the hours.
            seen: of the cell, as in ``SetAttempt``.

        Raises:
            Refused: no reason, or with what is credited already more hours than the unit has; see also :meth:`assess`.
        """
        reason = checked_note(reason)
        if not reason:
            raise Refused(N_("Prior learning needs a reason: what was seen or shown?"), place="reason")
        if not 0 <= minutes <= MOST_HOURS * 60:
            raise Refused(N_("These hours are more than the unit has."), place="minutes")
        wish = SetAttempt(person_id, unit_id, day, Outcome.COMPETENT, seen=seen)
        with self._office.act(Action.ASSESS, self._prisons[class_id]) as act:
            found, curriculum = self._curricula.required(act.connection, class_id)
            unit = unit_here(found, unit_id)
            rows = self._rows(act, class_id)
            before = rows.cells([person_id], [unit_id])
            self._check(act, class_id, [wish], before)
            _require_room(unit, before.get((person_id, unit_id), ()), minutes)
            entry = NewEntry(
                person_id,
                unit_id,
                curriculum.id or 0,
                EntryKind.PRIOR,
                day,
                Outcome.COMPETENT,
                act.actor.staff_id,
                reason=reason,
                minutes=minutes,
            )
            return self._written(act, class_id, "prior_learning", rows, [entry], before)

    def undo(self, class_id: int) -> Assessed | None:
        """Take back the actor's newest act of today in this class; None when there is none.

        It is written as correcting entries, so nothing is lost.
        """
        with self._office.act(Action.ASSESS, self._prisons[class_id]) as act:
            rows = self._rows(act, class_id)
            entries = rows.last_act(datetime.combine(act.today, time(), CAMBODIA))
            if not entries:
                return None
            return self._written(act, class_id, "attempt_undone", rows, entries, _cells_of(rows, entries))

    def redo(self, class_id: int) -> Assessed | None:
        """Bring back what the actor's last undo of today took back; None when there is nothing, or a new act followed.

        It is written as new entries that name the undoing.

        Raises:
            Refused: somebody else wrote in the cells since, or the entry came from another place's record.
        """
        with self._office.act(Action.ASSESS, self._prisons[class_id]) as act:
            rows = self._rows(act, class_id)
            entries, left = rows.undone_act(datetime.combine(act.today, time(), CAMBODIA))
            if not entries and left:
                raise Refused(N_("Somebody else has recorded something here meanwhile. It was left as it is."))
            if not entries:
                return None
            if any(entry.kind is EntryKind.BROUGHT for entry in entries):
                raise Refused(N_("Take the record in again from its file; nothing else brings it back."))
            before = _cells_of(rows, entries)
            wishes = [SetAttempt(each.person_id, each.unit_id, each.day, Outcome.COMPETENT) for each in entries]
            self._check(act, class_id, wishes, before)
            return self._written(act, class_id, "attempt_redone", rows, entries, before)

    def take_back(self, entry_id: int, reason: str) -> Assessed:
        """Take back one entry that was wrong, of any day.

        Raises:
            Refused: no reason is given, or it was taken back before.
            NotFound: it is not on record.
        """
        reason = checked_note(reason)
        class_id = self._class_of(entry_id)
        with self._office.act(Action.ASSESS, self._prisons[class_id]) as act:
            if not reason:
                raise Refused(N_("Give a reason."), place="reason")
            rows = self._rows(act, class_id)
            entry = rows.correcting(entry_id, reason)
            before = _cells_of(rows, [entry])
            known = before[entry.person_id, entry.unit_id]
            if any(_bars_taking_back(each, entry_id) for each in known):
                raise Refused(N_("This entry was taken back already. Open the story again."))
            return self._written(act, class_id, "attempt_taken_back", rows, [entry], before)

    def story(self, class_id: int, person_id: int, unit_id: int) -> tuple[AttemptStory, ...]:
        """Everything that was entered about a learner of the class and a unit, oldest first."""
        with self._office.read(Action.PROGRESS_READ, self._prisons[class_id]) as connection:
            _require_learner(connection, class_id, person_id)
            return queries.story(connection, person_id, unit_id)

    def _rows(self, act: Act, class_id: int) -> AttemptRows:
        laptop_at = self._office.laptop_clock.now()
        return AttemptRows(act.connection, class_id, act.at, laptop_at, act.actor.staff_id)

    def _class_of(self, entry_id: int) -> int:
        with self._office.store.read() as connection:
            found = queries.class_of_entry(connection, entry_id)
        if found is None:
            raise NotFound(N_("This entry is not on record. Open the story again."))
        return found

    def _check(
        self, act: Act, class_id: int, wishes: Sequence[SetAttempt], before: Mapping[Cell, Sequence[Entry]]
    ) -> None:
        people = tuple({wish.person_id for wish in wishes})
        stays = register_rows(self._office, act).enrolled(class_id, people)
        last_days = queries.last_custody_days(act.connection, people)
        for wish in wishes:
            check_day(wish.day, act.today, stays[wish.person_id], last_days.get(wish.person_id))
            stands = state_of(before.get((wish.person_id, wish.unit_id), ()))
            if wish.seen is not None and wish.seen != (stands.entry_id if stands else 0):
                raise ChangedMeanwhile

    def _written(
        self,
        act: Act,
        class_id: int,
        kind: str,
        rows: AttemptRows,
        entries: Sequence[NewEntry],
        before: Mapping[Cell, Sequence[Entry]],
    ) -> Assessed:
        new = rows.write(entries)
        act.record(kind, f"class:{class_id}", f"act:{new[0].id} entries:{len(new)}")
        act.changed("attempt", *(entry.person_id for entry in new))
        cells: dict[Cell, list[Entry]] = {}
        for entry in new:
            cell = (entry.person_id, entry.unit_id)
            cells.setdefault(cell, list(before.get(cell, ()))).append(entry)
        return Assessed({cell: state_of(known) for cell, known in cells.items()})


def check_day(day: date, today: date, stays: Sequence[Stay], last_in_custody: date | None) -> None:
    """Raise Refused for a day to come, a day on which somebody is not enrolled, or one after the release.

    Args:
        day: of the attempt.
        today: the working day.
        stays: the dated enrolments in the class.
        last_in_custody: last day of a stay that is over, or None while somebody stays or no stay is known.
    """
    if day > today:
        raise Refused(
            N_("{day} is still to come; today is {today}. Nothing was changed."), place="day", day=day, today=today
        )
    if last_in_custody is not None and day > last_in_custody:
        raise Refused(
            N_("This person left on {left}; {day} is after it. Nothing was changed."),
            place="day",
            left=last_in_custody,
            day=day,
        )
    check_enrolled(stays, day)


def _bars_taking_back(known: Entry, entry_id: int) -> bool:
    """Whether *known* took the entry back, or is it and itself takes one back."""
    return known.corrects_id == entry_id or (known.id == entry_id and known.kind is EntryKind.TAKEN_BACK)


def _require_room(unit: Unit, known: Sequence[Entry], minutes: int) -> None:
    """Raise Refused where *minutes* and what *known* entries credit are more than the unit has."""
    if minutes > unit.minutes:
        raise Refused(N_("These hours are more than the unit has."), place="minutes")
    if minutes and minutes + sum(credits_of(known).values()) > unit.minutes:
        raise Refused(
            N_("With the hours that are credited already, these are more than the unit has. Nothing was changed."),
            place="minutes",
        )


def _named(act: Act, wishes: Iterable[SetAttempt]) -> set[int]:
    """The assessors that wishes name; who acts may assess anyway."""
    return {wish.assessor_id for wish in wishes if wish.assessor_id is not None} - {act.actor.staff_id}


def _require_second(act: Act, stands: CellState | None, entry: NewEntry) -> None:
    if stands is None or stands.kind is not EntryKind.ATTEMPT or stands.day != entry.day:
        raise Refused(N_("There is no attempt of this day that a second assessor could check."), place="day")
    if queries.assessor_of(act.connection, stands.counted_id) == entry.assessor_id:
        raise Refused(N_("The second assessor is somebody else than the first."), place="assessor")


def _attempt(act: Act, curriculum: Curriculum, unit: Unit, wish: SetAttempt) -> NewEntry:
    return NewEntry(
        wish.person_id,
        wish.unit_id,
        curriculum.id or 0,
        EntryKind.ATTEMPT,
        wish.day,
        wish.outcome,
        wish.assessor_id or act.actor.staff_id,
        passed_criteria(unit, wish),
        checked_note(wish.feedback),
    )


def _of(wishes: Iterable[SetAttempt]) -> tuple[list[int], list[int]]:
    wishes = list(wishes)
    return sorted({wish.person_id for wish in wishes}), sorted({wish.unit_id for wish in wishes})


def _cells_of(rows: AttemptRows, entries: Sequence[NewEntry]) -> dict[Cell, list[Entry]]:
    return rows.cells(sorted({entry.person_id for entry in entries}), sorted({entry.unit_id for entry in entries}))


def _require_learner(connection: Connection, class_id: int, person_id: int) -> None:
    known = connection.exec_driver_sql(
        "SELECT 1 FROM enrolment WHERE class_id = ? AND person_id = ?", (class_id, person_id)
    ).first()
    if known is None:
        raise NotFound(N_("This person was never in the class."))
