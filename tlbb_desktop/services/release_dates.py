"""Release dates: the story of each with its causes, and the change of many at once, with one undo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from tlbb_desktop.data import models
from tlbb_desktop.data.queries import cases as case_queries
from tlbb_desktop.data.queries import people as people_queries
from tlbb_desktop.data.repositories import people as people_repository
from tlbb_desktop.domain.errors import ChangedMeanwhile, NotFound, Refused
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.release_dates import (
    DateBatch,
    DateCause,
    DateChange,
    KeptBatch,
    ReleaseDate,
    ReleaseStory,
    new_day,
    planned_day,
)
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import normalise
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services import legal_reading
from tlbb_desktop.services.case_access import CaseAccess, note_read
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.release_date_writing import move_release
from tlbb_desktop.services.sealed_forms import DATE_BATCH, RELEASE_DATE

MOST_MONTHS: Final = 600
_BATCHES_SHOWN: Final = 50

#: Composed once.
_STORY: Final = (
    select(models.ReleaseDateRow.__table__)
    .where(models.ReleaseDateRow.person_id == bindparam("person"), models.ReleaseDateRow.struck.is_(False))
    .order_by(models.ReleaseDateRow.id.desc())
)


class ReleaseDateService:
    """When people may leave.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._access = CaseAccess(office)

    def story(self, person_id: int, reason: ReadReason | None = None) -> ReleaseStory:
        """The release date as it stands and how it came to it; reading it is written to the audit.

        Raises:
            Refused: the case is sealed, the person is in no prison, and no reason is given.
        """
        with self._office.act(Action.LEGAL_READ, self._where(person_id, reason), enters=False) as act:
            note_read(act, f"person:{person_id}", "release_date", reason)
            return self._story(act.connection, person_id)

    def set_date(
        self, person_id: int, official_on: date | None, cause: DateCause, source: str, seen: date | None
    ) -> ReleaseStory:
        """Move somebody's official release day.

        Args:
            person_id: whose.
            official_on: the new official day, or None where there is none any more.
            cause: what moved it.
            source: who or which paper said so.
            seen: the official day that was read.

        Raises:
            Refused: nobody is named as the source, the day lies before the admission, or the case is sealed and the
                person in no prison.
            ChangedMeanwhile: another day stands than the one that was read.
        """
        said = _said(source)
        with self._office.act(Action.RELEASE_DATE_WRITE, self._where(person_id)) as act:
            standing = legal_reading.official_release(act.connection, self._office.cipher, person_id)
            if standing != seen:
                raise ChangedMeanwhile
            admitted = case_queries.admissions(act.connection, (person_id,)).get(person_id)
            if official_on is not None and admitted is not None and official_on < admitted:
                raise Refused(N_("{day} lies before the admission."), place="official_on", day=official_on)
            planned = None if official_on is None else legal_reading.planned(act.connection, official_on)
            if official_on != standing:
                line = ReleaseDate(official_on, planned, cause, said, act.today, standing)
                self._write(act, person_id, line)
                act.record("release_date", f"person:{person_id}", str(cause))
            return self._story(act.connection, person_id)

    def preview(self, batch: DateBatch, person_ids: Sequence[int]) -> tuple[DateChange, ...]:
        """Old and new of each person, in the order given; nothing is changed.

        Somebody without a release date, or whom the change would release before the admission, has no new day.

        Raises:
            Refused: the change says neither months nor a day, both, or no source.
        """
        _check(batch)
        self._permit_all(person_ids)
        with self._office.read(Action.RELEASE_DATE_WRITE) as connection:
            return self._changes(connection, batch, person_ids)

    def apply(self, batch: DateBatch, changes: Sequence[DateChange]) -> int:
        """Make a change of many as it was previewed; returns its row.

        Raises:
            Refused: nobody's date would change.
            ChangedMeanwhile: somebody's date is not the previewed one any more; nobody's was changed.
        """
        _check(batch)
        self._permit_all([change.person_id for change in changes])
        wanted = [change for change in changes if change.changes]
        if not wanted:
            raise Refused(N_("No release date would change."))
        with self._office.act(Action.RELEASE_DATE_WRITE) as act:
            again = self._changes(act.connection, batch, [change.person_id for change in wanted])
            if list(again) != wanted:
                raise ChangedMeanwhile
            batch_id = DATE_BATCH.add(act, self._office.cipher, models.ReleaseDateBatch(people=len(wanted)), batch)
            for change in wanted:
                line = ReleaseDate(
                    change.new_on, change.planned_on, batch.cause, _said(batch.source), act.today, change.old_on
                )
                self._write(act, change.person_id, line, batch_id)
            act.record("release_dates", f"batch:{batch_id}", f"people:{len(wanted)} {batch.cause}")
            return batch_id

    def undo(self, batch_id: int) -> tuple[str, ...]:
        """Take a change of many back, once; returns the codes of those whose date was moved since and stays.

        Raises:
            NotFound: it is not on record.
            Refused: it was taken back before.
        """
        with self._office.read(Action.RELEASE_DATE_WRITE) as connection:
            people = _people_of(connection, batch_id)
        self._permit_all(people)
        with self._office.act(Action.RELEASE_DATE_WRITE) as act:
            batch = act.session.get(models.ReleaseDateBatch, batch_id)
            if batch is None:
                raise NotFound(N_("This change of release dates is not on record."))
            if batch.undone_at is not None:
                raise Refused(N_("This change of release dates was taken back already."))
            form = DATE_BATCH.open(self._office.cipher, batch)
            batch.undone_at = act.at
            DATE_BATCH.change(act, self._office.cipher, batch, form, batch.version)
            left = [code for row in self._lines(act, batch_id) if (code := self._take_back(act, row))]
            act.record("release_dates", f"batch:{batch_id}", f"undone left:{len(left)}")
            return tuple(left)

    def batches(self) -> tuple[KeptBatch, ...]:
        """The changes of many that moved somebody of the actor's prisons or cases, the newest first.

        A manager sees all. Reading them is written to the audit.
        """
        limit, me = self._office.prison_limit(Action.RELEASE_DATE_WRITE), self._office.actor.staff_id
        with self._office.act(Action.RELEASE_DATE_WRITE, enters=False) as act:
            rows = case_queries.date_batches(act.connection, limit, me, _BATCHES_SHOWN)
            act.record("protected_read", "release_dates", f"batches:{len(rows)}")
        return tuple(
            KeptBatch(
                row.id, DATE_BATCH.open(self._office.cipher, row), row.people, row.created_at, row.undone_at is not None
            )
            for row in rows
        )

    def _story(self, connection: Connection, person_id: int) -> ReleaseStory:
        cipher = self._office.cipher
        official = legal_reading.official_release(connection, cipher, person_id)
        lines = [RELEASE_DATE.open(cipher, row) for row in connection.execute(_STORY, {"person": person_id})]
        planned = None if official is None else legal_reading.planned(connection, official)
        if official != (lines[0].official_on if lines else None):  # the person's form was changed since
            today = self._office.clock.today()
            lines.insert(0, ReleaseDate(official, planned, DateCause.UNSAID, "", today))
        return ReleaseStory(official, planned, tuple(lines))

    def _changes(self, connection: Connection, batch: DateBatch, people: Sequence[int]) -> tuple[DateChange, ...]:
        cipher = self._office.cipher
        rows = people_queries.person_rows(connection, people, self._office.clock.today())
        old = {each: legal_reading.official_release(connection, cipher, each) for each in people}
        new = {each: new_day(batch, day) for each, day in old.items()}
        off = legal_reading.days_off_around(connection, new.values())
        admitted = case_queries.admissions(connection, people)
        found = []
        for each in people:
            row, day = rows[each], new[each]
            if day is not None and each in admitted and day < admitted[each]:
                day = None
            planned = None if day is None else planned_day(day, off)
            found.append(DateChange(each, row.code, row.names.shown, old[each], day, planned))
        return tuple(found)

    def _write(self, act: Act, person_id: int, line: ReleaseDate, batch_id: int | None = None) -> None:
        move_release(act, self._office.cipher, person_id, line.official_on, line.planned_on)
        RELEASE_DATE.add(
            act,
            self._office.cipher,
            models.ReleaseDateRow(person_id=person_id, batch_id=batch_id, struck=False),
            line,
        )

    def _lines(self, act: Act, batch_id: int) -> list[models.ReleaseDateRow]:
        wanted = select(models.ReleaseDateRow).where(models.ReleaseDateRow.batch_id == batch_id)
        return list(act.session.scalars(wanted.order_by(models.ReleaseDateRow.id)))

    def _take_back(self, act: Act, row: models.ReleaseDateRow) -> str:
        """Bring back the day of before; the person's code where another day stands by now."""
        cipher = self._office.cipher
        line = RELEASE_DATE.open(cipher, row)
        if legal_reading.official_release(act.connection, cipher, row.person_id) != line.official_on:
            return people_repository.person_to_change(act.session, row.person_id).code
        before = line.before_on
        planned = None if before is None else legal_reading.planned(act.connection, before)
        move_release(act, cipher, row.person_id, before, planned)
        row.struck = True
        RELEASE_DATE.change(act, cipher, row, line, row.version)
        return ""

    def _permit_all(self, person_ids: Iterable[int]) -> None:
        for person_id in person_ids:
            self._office.permit(Action.RELEASE_DATE_WRITE, self._where(person_id))

    def _where(self, person_id: int, reason: ReadReason | None = None) -> int | None:
        """Where to ask; whoever is in a prison leaves it some day, so their date stands open beside a sealed case."""
        with self._office.store.read() as connection:
            inside = people_queries.is_inside(connection, person_id)
        if inside and reason is None:
            return self._access.where_lives(person_id)
        return self._access.where_unsealed(person_id, reason)


def _said(source: str) -> str:
    said = normalise(source).strip()
    if not said:
        raise Refused(N_("Say who or which paper gives this date."), place="source")
    return said


def _check(batch: DateBatch) -> None:
    _said(batch.source)
    if (batch.months is None) == (batch.day is None):
        raise Refused(N_("Say either by how many months, or to which day."), place="months")
    if batch.months is not None and not 1 <= batch.months <= MOST_MONTHS:
        raise Refused(N_("A reduction is 1 to {most} months."), place="months", most=MOST_MONTHS)


def _people_of(connection: Connection, batch_id: int) -> list[Any]:
    wanted = select(models.ReleaseDateRow.person_id).where(models.ReleaseDateRow.batch_id == batch_id)
    return list(connection.execute(wanted).scalars())
