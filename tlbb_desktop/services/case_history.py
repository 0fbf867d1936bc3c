"""Takes releases of earlier years into the record: for the figures only, exempt from consent, and flagged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

from sqlalchemy import Connection

from tlbb_desktop.data import models
from tlbb_desktop.data.models.vocabulary import Record, new_uuid, to_milliseconds
from tlbb_desktop.data.queries import outcomes as queries
from tlbb_desktop.data.repositories.aftercare import insert_sealed, next_row
from tlbb_desktop.domain.history_import import HistoryLine, HistoryTable, read_history
from tlbb_desktop.domain.people import Names, PersonKind, PersonRecord, PersonStatus
from tlbb_desktop.domain.releases import ReleaseForm
from tlbb_desktop.domain.reoffences import EventSource, EvidenceLevel, OutcomeKnownForm, ReoffenceForm
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.outcome_reading import opened
from tlbb_desktop.services.people_batch import PeopleBatch
from tlbb_desktop.services.sealed_forms import OUTCOME_KNOWN, RELEASE, REOFFENCE, SealedForm
from tlbb_desktop.services.spreadsheets import read_spreadsheet

_STAMP: Final = ("id", "uuid", "version", "created_at", "created_by", "changed_at", "changed_by")
_RELEASE: Final = (*_STAMP, "person_id", "imported", "void", "content")
_PERSONAL: Final = (*_STAMP, "person_id", "content")


@dataclass(frozen=True, slots=True)
class HistoryTaken:
    """What was taken in.

    Args:
        releases: how many releases.
        events: how many events.
        code_only: codes that nobody bore; each is a record with a code and nothing else.
        known_already: how many lines said nothing new.
        same_day: lines with an event on the day of release, kept and never counted.
    """

    releases: int
    events: int
    code_only: tuple[str, ...]
    known_already: int
    same_day: tuple[HistoryLine, ...]


class CaseHistoryService:
    """The history of the years before this program.

    Args:
        office: who takes it in.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    def read(self, path: Path) -> HistoryTable:
        """What a file says; nothing is changed.

        Raises:
            BadFile: it is no table with the columns ``code`` and ``released``.
            NotPermitted: the actor takes in no history.
        """
        self._office.permit(Action.HISTORY_IMPORT)
        return read_history(read_spreadsheet(path)[0], self._office.clock.today())

    def take(self, lines: Sequence[HistoryLine]) -> HistoryTaken:
        """Take in lines, all in one transaction. What is on record already is not taken in again.

        Raises:
            NotPermitted: the actor takes in no history.
            StorageFull: the disk has no room; nothing was taken in.
        """
        with self._office.act(Action.HISTORY_IMPORT) as act:
            people, code_only = _people(act, self._office.cipher, [line.code for line in lines])
            on_record = _OnRecord(act.connection, self._office.cipher)
            batch = _Batch(act, self._office.cipher)
            silent = sum(not _take(line, people[line.code], on_record, batch) for line in lines)
            batch.write()
            act.record("history_import", f"lines:{len(lines)}", f"releases:{batch.releases} events:{batch.events}")
            act.changed("person", *(people[code] for code in code_only))
            act.changed("outcome", *people.values())
        same_day = tuple(line for line in lines if line.same_day)
        return HistoryTaken(batch.releases, batch.events, code_only, silent, same_day)


def _people(act: Act, cipher: FieldCipher, codes: Iterable[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Code -> person, and the codes that were added because nobody bore them."""
    wanted = tuple(dict.fromkeys(codes))
    known = queries.person_ids_of_codes(act.connection, wanted)
    new = tuple(code for code in wanted if code not in known)
    records = [PersonRecord(None, code, Names(), None, PersonKind.PARTICIPANT, PersonStatus.CLOSED) for code in new]
    return known | dict(zip(new, PeopleBatch(act, cipher, "").add(records), strict=True)), new


def _take(line: HistoryLine, person_id: int, on_record: _OnRecord, batch: _Batch) -> bool:
    """Put what a line says and the record does not into the batch; whether there was anything."""
    said = False
    if line.released_on not in on_record.releases.setdefault(person_id, {}):
        on_record.releases[person_id][line.released_on] = line.completed
        batch.add_release(person_id, ReleaseForm(line.released_on, completed=bool(line.completed)))
        said = True
    if line.event_on is not None and line.event_on not in on_record.events.setdefault(person_id, set()):
        on_record.events[person_id].add(line.event_on)
        level = line.level or EvidenceLevel.REPORT
        batch.add_event(person_id, ReoffenceForm(line.event_on, level, batch.today, EventSource.HISTORY))
        said = True
    until = on_record.known.get(person_id)
    if line.known_until is not None and (until is None or line.known_until > until):
        on_record.known[person_id] = line.known_until
        batch.add_known(person_id, OutcomeKnownForm(line.known_until, source=EventSource.HISTORY))
        said = True
    return said


class _OnRecord:
    """What the record knows of releases, events and days up to which outcomes are known, by person."""

    def __init__(self, connection: Connection, cipher: FieldCipher) -> None:
        self.releases: dict[int, dict[date, bool | None]] = {}
        self.events: dict[int, set[date]] = {}
        self.known: dict[int, date] = {}
        for row in queries.releases(connection, None, 0):
            form = opened(RELEASE, cipher, row)
            self.releases.setdefault(row.person_id, {})[date.fromisoformat(form["released_on"])] = form["completed"]
        for row in queries.reoffences(connection):
            form = opened(REOFFENCE, cipher, row)
            if not form.get("void"):
                self.events.setdefault(row.person_id, set()).add(date.fromisoformat(form["event_on"]))
        for row in queries.outcomes_known(connection):
            form = opened(OUTCOME_KNOWN, cipher, row)
            if form.get("prison_id") is None and not form.get("void"):
                until = date.fromisoformat(form["until"])
                self.known[row.person_id] = max(until, self.known.get(row.person_id, until))


class _Batch:
    """Sealed rows of one act, written together."""

    def __init__(self, act: Act, cipher: FieldCipher) -> None:
        self._act, self._cipher = act, cipher
        self.today = act.today
        at, staff = to_milliseconds(act.at), act.actor.staff_id
        self._first_version = (1, at, staff, at, staff)
        self._next: dict[type[Record], int] = {
            model: next_row(act.connection, model)
            for model in (models.ReleaseRow, models.ReoffenceRow, models.OutcomeKnownRow)
        }
        self._rows: Mapping[type[Record], list[tuple[object, ...]]] = {model: [] for model in self._next}

    @property
    def releases(self) -> int:
        """How many releases are in it."""
        return len(self._rows[models.ReleaseRow])

    @property
    def events(self) -> int:
        """How many events are in it."""
        return len(self._rows[models.ReoffenceRow])

    def add_release(self, person_id: int, form: ReleaseForm) -> None:
        """A release of the history."""
        self._add(models.ReleaseRow, RELEASE, (person_id, True, False), form)

    def add_event(self, person_id: int, form: ReoffenceForm) -> None:
        """An event."""
        self._add(models.ReoffenceRow, REOFFENCE, (person_id,), form)

    def add_known(self, person_id: int, form: OutcomeKnownForm) -> None:
        """A day up to which the outcome is known."""
        self._add(models.OutcomeKnownRow, OUTCOME_KNOWN, (person_id,), form)

    def write(self) -> None:
        """Store them all."""
        insert_sealed(self._act.connection, models.ReleaseRow, _RELEASE, self._rows[models.ReleaseRow])
        for model in (models.ReoffenceRow, models.OutcomeKnownRow):
            insert_sealed(self._act.connection, model, _PERSONAL, self._rows[model])

    def _add(self, model: type[Record], sealed: SealedForm[Any], values: tuple[object, ...], form: object) -> None:
        row = SimpleNamespace(uuid=new_uuid(), version=1, content=b"")
        sealed.seal(self._cipher, row, form)
        row_id = self._next[model]
        self._next[model] = row_id + 1
        self._rows[model].append((row_id, row.uuid, *self._first_version, *values, row.content))
