"""Takes back the contact or the try that one entered last after a release; it is on record, so a lock loses none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Final, TypeVar

from sqlalchemy import select

from tlbb_desktop.data import models
from tlbb_desktop.data.queries.aftercare import AftercarePlace
from tlbb_desktop.domain.cases import CaseState
from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.follow_up_schedule import next_try
from tlbb_desktop.domain.follow_ups import AttemptForm, FollowUpForm, FollowUpKind
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.aftercare_access import AftercareAccess
from tlbb_desktop.services.follow_ups import risk_of
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.sealed_forms import ATTEMPT, FOLLOW_UP, OUTCOME_KNOWN, REOFFENCE, REOFFENCE_HISTORY

_OPEN: Final = frozenset({"", CaseState.OPEN})
Told = TypeVar("Told", models.OutcomeKnownRow, models.ReoffenceRow)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was taken back.

    Args:
        follow_up_id: row of the contact.
        contact: whether it was one at which somebody was found; else a try that reached nobody.
    """

    follow_up_id: int
    contact: bool


class ContactUndoService:
    """The acts of one member of staff after one release, of the working day.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._access = AftercareAccess(office)

    def take_back(self, release_id: int) -> TakenBack | None:
        """Take the actor's newest contact or try of the day back; None where there is none.

        The contact is due again, with those that were over by it. What it made known of the outcome and the event that
        it opened do not count any more.

        Raises:
            Refused: the case is not open, somebody else wrote there since, or the event was changed since.
            NotFound: the release is not on record.
        """
        place = self._access.of_release(release_id)
        with self._office.act(Action.AFTERCARE_WRITE, self._access.prison(place)) as act:
            if place.case_state not in _OPEN:
                raise Refused(N_("This case is not open."))
            contacts = act.session.scalars(
                select(models.FollowUpRow).where(models.FollowUpRow.release_id == release_id)
            ).all()
            last = self._last(act, contacts)
            if last is None:
                return None
            if any(row.changed_at > last.changed_at and row.changed_by != act.actor.staff_id for row in contacts):
                raise Refused(N_("Somebody else has entered something here meanwhile. It was left as it is."))
            if isinstance(last, models.FollowUpAttempt):
                self._take_try(act, place, last)
                taken = TakenBack(last.follow_up_id, contact=False)
            else:
                self._take_contact(act, place, last, contacts)
                taken = TakenBack(last.id, contact=True)
            kind = "contact" if taken.contact else "try"
            act.record("follow_up_taken_back", f"follow_up:{taken.follow_up_id}", kind)
            act.changed("follow_up", release_id)
            return taken

    # ----------------------------------------------------------------------------------------------------------------

    def _last(
        self, act: Act, contacts: Sequence[models.FollowUpRow]
    ) -> models.FollowUpRow | models.FollowUpAttempt | None:
        """The newest of what the actor entered today and did not take back."""
        midnight, me = datetime.combine(act.today, time(), CAMBODIA), act.actor.staff_id
        cipher = self._office.cipher
        entered: list[models.FollowUpRow | models.FollowUpAttempt] = [
            row for row in _tries(act, contacts) if not ATTEMPT.open(cipher, row).void
        ]
        entered += [row for row in contacts if row.done and FOLLOW_UP.open(cipher, row).held_on is not None]
        mine = [row for row in entered if row.changed_by == me and row.changed_at >= midnight]
        return max(mine, key=lambda row: row.changed_at, default=None)

    def _take_try(self, act: Act, place: AftercarePlace, tried: models.FollowUpAttempt) -> None:
        cipher = self._office.cipher
        ATTEMPT.change(act, cipher, tried, replace(ATTEMPT.open(cipher, tried), void=True), tried.version)
        row = act.session.get_one(models.FollowUpRow, tried.follow_up_id)
        if not row.done:
            self._reopen(act, place, row)

    def _take_contact(
        self, act: Act, place: AftercarePlace, held: models.FollowUpRow, contacts: Sequence[models.FollowUpRow]
    ) -> None:
        """What one act wrote bears one moment; that is how it is found again."""
        moment = held.changed_at
        over = [row for row in contacts if row.done and row.changed_at == moment and row.id != held.id]
        self._void_known(act, _told(act, models.OutcomeKnownRow, place, moment))
        self._void_events(act, _told(act, models.ReoffenceRow, place, moment))
        for row in (held, *over):
            self._reopen(act, place, row)

    def _void_known(self, act: Act, rows: Sequence[models.OutcomeKnownRow]) -> None:
        cipher = self._office.cipher
        for row in rows:
            OUTCOME_KNOWN.change(act, cipher, row, replace(OUTCOME_KNOWN.open(cipher, row), void=True), row.version)

    def _void_events(self, act: Act, rows: Sequence[models.ReoffenceRow]) -> None:
        cipher = self._office.cipher
        for row in rows:
            if row.version > 1:
                raise Refused(N_("The event that this contact opened was changed since. Correct it under Events."))
            form = REOFFENCE.open(cipher, row)
            REOFFENCE_HISTORY.add(act, cipher, models.ReoffenceHistory(reoffence_id=row.id), form)
            REOFFENCE.change(act, cipher, row, replace(form, void=True), row.version)
            act.record("reoffence", f"reoffence:{row.id}", "taken back")
            act.changed("reoffence", row.person_id)

    def _reopen(self, act: Act, place: AftercarePlace, row: models.FollowUpRow) -> None:
        """To be held again, and next when the last try that stands says; an extra one was never asked for."""
        cipher = self._office.cipher
        form = FOLLOW_UP.open(cipher, row)
        row.done = form.kind is FollowUpKind.EXTRA
        days = [each.on for each in self._standing(act, row)]
        due_again = next_try(form, max(days), risk_of(act, cipher, place)) if days else None
        FOLLOW_UP.change(act, cipher, row, _not_held(form, due_again), row.version)

    def _standing(self, act: Act, row: models.FollowUpRow) -> Iterator[AttemptForm]:
        for each in _tries(act, [row]):
            form = ATTEMPT.open(self._office.cipher, each)
            if not form.void:
                yield form


def _not_held(form: FollowUpForm, next_on: date | None) -> FollowUpForm:
    return replace(form, held_on=None, mode=None, reached=None, findings=None, next_on=next_on)


def _tries(act: Act, contacts: Sequence[models.FollowUpRow]) -> Sequence[models.FollowUpAttempt]:
    table, ids = models.FollowUpAttempt, [row.id for row in contacts]
    return act.session.scalars(select(table).where(table.follow_up_id.in_(ids)).order_by(table.id)).all()


def _told(act: Act, table: type[Told], place: AftercarePlace, moment: datetime) -> Sequence[Told]:
    """What the act of that moment told of the person."""
    wanted = select(table).where(table.person_id == place.person_id, table.created_at == moment)
    return act.session.scalars(wanted.where(table.created_by == act.actor.staff_id)).all()
