"""Re-offence events: entered with their evidence, raised and lowered with their history kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from tlbb_desktop.data import models
from tlbb_desktop.data.models.vocabulary import from_milliseconds
from tlbb_desktop.data.queries import aftercare as queries
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.reoffences import EvidenceLevel, ReoffenceEvent, ReoffenceForm
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.aftercare_access import AftercareAccess
from tlbb_desktop.services.case_access import note_read
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.sealed_forms import RELEASE, REOFFENCE, REOFFENCE_HISTORY


@dataclass(frozen=True, slots=True)
class EarlierForm:
    """How an event stood before a change.

    Args:
        form: then.
        until: when it was changed.
        by: name of who changed it, or ``""``.
    """

    form: ReoffenceForm
    until: datetime
    by: str


class ReoffenceService:
    """Events after a release.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._access = AftercareAccess(office)

    def of_person(self, person_id: int, reason: ReadReason | None = None) -> tuple[ReoffenceEvent, ...]:
        """The events of somebody who was released, in order of day. Reading them is written to the audit.

        Raises:
            NotFound: no release of this person is on record.
        """
        place = self._access.of_person(person_id, reason)
        with self._office.act(Action.AFTERCARE_READ, self._access.prison(place), enters=False) as act:
            rows = queries.events_of_person(act.connection, person_id)
            note_read(act, f"person:{person_id}", "reoffence", reason)
            found = [
                ReoffenceEvent(row.id, row.person_id, REOFFENCE.open(self._office.cipher, row), row.version)
                for row in rows
            ]
        return tuple(sorted((each for each in found if not each.form.void), key=lambda each: each.form.event_on))

    def story(self, event_id: int, reason: ReadReason | None = None) -> tuple[EarlierForm, ...]:
        """How an event stood before, the oldest first. Reading it is written to the audit."""
        place = self._access.of_event(event_id, reason)
        with self._office.act(Action.AFTERCARE_READ, self._access.prison(place), enters=False) as act:
            note_read(act, f"reoffence:{event_id}", "history", reason)
            rows = queries.event_history(act.connection, event_id)
            cipher = self._office.cipher
            return tuple(
                EarlierForm(REOFFENCE_HISTORY.open(cipher, row), from_milliseconds(row.created_at), row.by)
                for row in rows
            )

    def save(self, event: ReoffenceEvent, why: str = "") -> int:
        """Keep an event; of one on record the old form stays in its history.

        Args:
            event: with its row and version, or new.
            why: why it is changed; needed for one on record.

        Raises:
            Refused: a day is in the future, on the day of release or before it, or nobody says why.
            ChangedMeanwhile: somebody changed it after it was read.
            NotFound: no release of this person is on record.
        """
        place = self._access.of_person(event.person_id, reads=event.id is not None)
        with self._office.act(Action.AFTERCARE_WRITE, self._access.prison(place)) as act:
            self._require_true(act, event)
            return self._kept(act, event, why)

    def set_level(self, event_id: int, level: EvidenceLevel, why: str, seen: int) -> None:
        """Raise or lower the evidence of an event; an acquittal takes it to 0.

        Raises:
            Refused: nobody says why.
            ChangedMeanwhile: somebody changed it after version *seen* was read.
            NotFound: it is not on record.
        """
        place = self._access.of_event(event_id)
        with self._office.act(Action.AFTERCARE_WRITE, self._access.prison(place)) as act:
            row = act.session.get_one(models.ReoffenceRow, event_id)
            form = replace(REOFFENCE.open(self._office.cipher, row), level=level)
            self._kept(act, ReoffenceEvent(event_id, row.person_id, form, seen), why)

    # ----------------------------------------------------------------------------------------------------------------

    def _kept(self, act: Act, event: ReoffenceEvent, why: str) -> int:
        cipher = self._office.cipher
        if event.id is None:
            event_id = REOFFENCE.add(act, cipher, models.ReoffenceRow(person_id=event.person_id), event.form)
        else:
            if not why.strip():
                raise Refused(N_("Say why the event is changed."), place="why")
            event_id = event.id
            row = act.session.get_one(models.ReoffenceRow, event_id)
            before = REOFFENCE.open(cipher, row)
            REOFFENCE_HISTORY.add(act, cipher, models.ReoffenceHistory(reoffence_id=event_id), before)
            REOFFENCE.change(act, cipher, row, replace(event.form, why=why.strip()), event.version)
        act.record("reoffence", f"reoffence:{event_id}", f"level:{event.form.level.value}")
        act.changed("reoffence", event.person_id)
        return event_id

    def _require_true(self, act: Act, event: ReoffenceEvent) -> None:
        form = event.form
        for place, day in (("event_on", form.event_on), ("known_on", form.known_on)):
            if day > act.today:
                raise Refused(N_("The day {day} has not come yet."), place=place, day=day)
        first = min(self._release_days(act, event.person_id))
        if form.event_on < first and not form.before_release:
            raise Refused(
                N_("The event of {event} is before the release of {released}."),
                place="event_on",
                event=form.event_on,
                released=first,
            )
        if form.event_on == first and not form.before_release:
            raise Refused(N_("The event is on the day of release. Compare the papers: one of the days is wrong."))

    def _release_days(self, act: Act, person_id: int) -> list[date]:
        cipher, connection = self._office.cipher, act.connection
        return [
            RELEASE.open(cipher, queries.sealed_release(connection, place.release_id)).released_on
            for place in queries.places_of_person(connection, person_id)
        ]
