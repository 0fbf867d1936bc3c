"""Takes a site's list of people into the record."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import Connection

from tlbb_desktop.data.repositories import people as repository
from tlbb_desktop.domain.births import Birth, age_band
from tlbb_desktop.domain.errors import BadFile, Refused, TlbbError
from tlbb_desktop.domain.import_line import ListMeaning, holds_nobody, read_line
from tlbb_desktop.domain.import_mapping import find_heading, plan_with_heading, propose_plan
from tlbb_desktop.domain.people import CustodyStay, LikelySame, PersonRecord, PersonRow, Sex
from tlbb_desktop.domain.people_import import (
    ImportField,
    ImportLine,
    ImportOutcome,
    ImportPlan,
    ImportResult,
    ImportTable,
    LineDecision,
)
from tlbb_desktop.domain.person_keys import duplicate_key
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.gazetteer import Gazetteer
from tlbb_desktop.services.namesakes import Namesake, namesakes, note_births_shown
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.people_batch import PeopleBatch
from tlbb_desktop.services.prisons import PrisonService
from tlbb_desktop.services.refused_lines import write_refused_lines
from tlbb_desktop.services.spreadsheets import read_spreadsheet, read_text

Progress = Callable[[int, int], None]
_Key: TypeAlias = tuple[str, Sex | None]
_CHUNK = 1000


class PeopleImportService:
    """Open a list, say what its columns mean, look at what will happen, take it in.

    Args:
        office: who acts on which record.
        prisons: names the home's own prison, where the people of a list stay.
        gazetteer: knows the provinces.
    """

    def __init__(self, office: Office, prisons: PrisonService, gazetteer: Gazetteer) -> None:
        self._office = office
        self._prisons = prisons
        self._gazetteer = gazetteer

    def open_file(self, path: Path) -> ImportTable:
        """The sheet of the file that has a row of headings; without one, its first sheet.

        Raises:
            BadFile: it cannot be read as a spreadsheet; the sentence says why.
        """
        tables = read_spreadsheet(path)
        chosen = next((table for table in tables if find_heading(table) is not None), tables[0])
        return replace(chosen, name=path.name)

    def open_text(self, pasted: str) -> ImportTable:
        """The table that was pasted from a spreadsheet.

        Raises:
            BadFile: it is empty or too large.
        """
        table = read_text(pasted)
        if not table.rows:
            raise BadFile(N_("Nothing was pasted. Copy the rows in the spreadsheet first."))
        return table

    def propose(self, table: ImportTable) -> ImportPlan:
        """The row with the headings and what each column means, as far as the headings tell."""
        return self._readable(propose_plan(table))

    def with_heading(self, table: ImportTable, heading: int | None) -> ImportPlan:
        """The plan when a person says which row has the headings (None: there is none)."""
        return self._readable(plan_with_heading(table, heading))

    def preview(self, plan: ImportPlan, as_of: date) -> tuple[ImportLine, ...]:
        """What will happen to each line; lines of totals and blank ones are left out. Nothing is changed.

        Args:
            plan: with a name among its columns.
            as_of: the day on which the list was true; ages count from it.

        Raises:
            BadFile: the plan has no column with names.
            NotPermitted: the actor takes in no lists.
        """
        self._office.permit(Action.PEOPLE_IMPORT, self._prison_id())
        if not plan.is_complete:
            raise BadFile(N_("No column with names was found. Say which column holds the names."))
        today, prison_id = self._office.clock.today(), self._prison_id()
        stays = () if prison_id is None else (CustodyStay(prison_id, min(as_of, today)),)
        meaning = ListMeaning(as_of, today, stays, cache(self._gazetteer.province_named))
        first = 0 if plan.heading is None else plan.heading + 1
        with _collector_at_rest():
            lines = [
                _line_read(number, plan, meaning)
                for number in range(first + 1, len(plan.table.rows) + 1)
                if not holds_nobody(plan.table.rows[number - 1], plan)
            ]
            with self._office.store.read() as connection:
                settled = _Doubts(self._office, connection, lines).settled()
        note_births_shown(self._office, (line.resembles for line in settled if line.resembles))
        return settled

    def take(
        self,
        lines: Sequence[ImportLine],
        decisions: Mapping[int, LineDecision | str] | None = None,
        progress: Progress | None = None,
    ) -> ImportResult:
        """Take in the good lines, all in one transaction.

        Args:
            lines: from :meth:`preview`.
            decisions: line number -> ``add`` or ``skip``; a line that may be somebody known is skipped without one.
            progress: called with (lines done, all lines); raising from it leaves the record as it was.

        Raises:
            NotPermitted: the actor takes in no lists, or not at this prison.
            StorageFull: the disk has no room; nothing was taken in.
        """
        decided = {number: LineDecision(decision) for number, decision in (decisions or {}).items()}
        wanted = [line for line in lines if _is_wanted(line, decided.get(line.number))]
        prison_id = self._prison_id()
        self._office.permit(Action.IDENTITY_WRITE, prison_id)
        own = self._prisons.own()
        with _collector_at_rest(), self._office.act(Action.PEOPLE_IMPORT, prison_id) as act:
            too_late = _taken_meanwhile(act, wanted)
            good = [line for line in wanted if line.number not in too_late]
            batch = PeopleBatch(act, self._office.cipher, own.code if own else "")
            added = self._add(act, batch, good, progress)
        taken = {line.number for line in good}
        refused = [too_late.get(line.number, line) for line in lines if line.number not in taken]
        return ImportResult(lines[0].headings if lines else (), tuple(added), tuple(refused))

    def foresee(
        self, lines: Sequence[ImportLine], decisions: Mapping[int, LineDecision | str] | None = None
    ) -> ImportResult:
        """What :meth:`take` would leave out; nothing is changed, so nobody is added."""
        decided = {number: LineDecision(decision) for number, decision in (decisions or {}).items()}
        refused = tuple(line for line in lines if not _is_wanted(line, decided.get(line.number)))
        return ImportResult(lines[0].headings if lines else (), (), refused)

    def write_refused(self, result: ImportResult, path: Path, language: str) -> None:
        """Write the refused lines as they stood in the list, each with its reason: XLSX by the name's ending, else CSV.

        Raises:
            StorageFull: the disk has no room.
            Refused: the place cannot be written to.
        """
        write_refused_lines(result, path, language)

    def _add(
        self, act: Act, batch: PeopleBatch, good: Sequence[ImportLine], progress: Progress | None
    ) -> Iterable[int]:
        added: list[int] = []
        for start in range(0, len(good), _CHUNK):
            chunk = good[start : start + _CHUNK]
            added += batch.add([line.record for line in chunk if line.record is not None])
            if progress is not None:
                progress(start + len(chunk), len(good))
        if added:
            act.record("people_import", f"person:{added[0]}-{added[-1]}", f"count:{len(added)}")
            act.changed("person", *added)
        return added

    def _readable(self, plan: ImportPlan) -> ImportPlan:
        """The plan without the columns of a compartment that the actor does not hold."""
        if self._office.cipher.opens(Compartment.FAMILY):
            return plan
        shut = (ImportField.ADDRESS, ImportField.PHONES)
        return replace(plan, columns=tuple(None if field in shut else field for field in plan.columns))

    def _prison_id(self) -> int | None:
        own = self._prisons.own()
        return own.id if own else None


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Without it a sixth of the time goes into looking for unreachable rings among lines that are all in use."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _line_read(number: int, plan: ImportPlan, meaning: ListMeaning) -> ImportLine:
    rows = plan.table.rows
    headings = () if plan.heading is None else rows[plan.heading]
    cells = rows[number - 1]
    try:
        record = read_line(cells, plan.columns, meaning)
        return ImportLine(number, cells, record, ImportOutcome.ADD, headings=headings)
    except Refused as why:
        return ImportLine(number, cells, None, ImportOutcome.REFUSED, why, headings=headings)


def _refused(line: ImportLine, why: TlbbError) -> ImportLine:
    return replace(line, record=None, outcome=ImportOutcome.REFUSED, why=why)


def _is_wanted(line: ImportLine, decision: LineDecision | None) -> bool:
    if line.record is None or decision is LineDecision.SKIP:
        return False
    return line.outcome is ImportOutcome.ADD or decision is LineDecision.ADD


def _on_record(code: str) -> Refused:
    return Refused(N_("Somebody with the code {code} is on record already."), place="code", code=code)


def _taken_meanwhile(act: Act, wanted: Sequence[ImportLine]) -> dict[int, ImportLine]:
    """The lines whose code somebody got after the preview, refused."""
    codes = {line.record.code: line for line in wanted if line.record is not None and line.record.code}
    taken = repository.codes_taken(act.connection, codes)
    return {codes[code].number: _refused(codes[code], _on_record(code)) for code in taken}


class _Doubts:
    """Finds the lines whose person is on record, or stands on an earlier line."""

    def __init__(self, office: Office, connection: Connection, lines: Sequence[ImportLine]) -> None:
        self._office = office
        self._lines = lines
        self._keys = {
            line.number: (duplicate_key(line.record.names), line.record.sex)
            for line in lines
            if line.record is not None
        }
        codes = {line.record.code for line in lines if line.record is not None and line.record.code}
        self._codes_on_record = repository.codes_taken(connection, codes)
        self._codes_of_lines: dict[str, int] = {}
        self._known: dict[_Key, list[Namesake]] = {}
        self._load_known(connection)
        self._earlier: dict[_Key, list[ImportLine]] = {}

    def settled(self) -> tuple[ImportLine, ...]:
        """The lines with what will happen to each."""
        return tuple(line if line.record is None else self._settle(line, line.record) for line in self._lines)

    def _load_known(self, connection: Connection) -> None:
        for each in namesakes(self._office, connection, {key for key, _ in self._keys.values() if key}):
            self._known.setdefault((each.key, each.sex), []).append(each)

    def _settle(self, line: ImportLine, record: PersonRecord) -> ImportLine:
        why = self._code_is_taken(line, record)
        if why is not None:
            return _refused(line, why)
        key, birth = self._keys[line.number], _birth(record)
        for known in self._known.get(key, ()):
            if known.birth.agrees_with(birth):
                doubt = Refused(N_("Perhaps the same person as {code}."), code=known.shown.person.code)
                return replace(line, outcome=ImportOutcome.LIKELY_SAME, why=doubt, resembles=known.shown)
        for earlier in self._earlier.get(key, ()):
            if earlier.record is not None and _birth(earlier.record).agrees_with(birth):
                return _like_earlier(line, earlier.number, earlier.record)
        self._earlier.setdefault(key, []).append(line)
        return line

    def _code_is_taken(self, line: ImportLine, record: PersonRecord) -> Refused | None:
        if not record.code:
            return None
        if record.code in self._codes_on_record:
            return _on_record(record.code)
        first = self._codes_of_lines.setdefault(record.code, line.number)
        if first == line.number:
            return None
        return Refused(N_("The code {code} stands on line {line} already."), place="code", code=record.code, line=first)


def _birth(record: PersonRecord) -> Birth:
    return record.identity.birth if record.identity else Birth()


def _like_earlier(line: ImportLine, number: int, earlier: PersonRecord) -> ImportLine:
    if earlier.code:
        doubt = Refused(N_("Perhaps the same person as {code}."), code=earlier.code)
    else:
        doubt = Refused(N_("Perhaps the same person as on line {line}."), line=number)
    like = LikelySame(_row_to_be(earlier), _birth(earlier).text())
    return replace(line, outcome=ImportOutcome.LIKELY_SAME, why=doubt, resembles=like)


def _row_to_be(record: PersonRecord) -> PersonRow:
    """Somebody on an earlier line, as the list would show them."""
    return PersonRow(
        id=0,
        code=record.code,
        names=record.names,
        sex=record.sex,
        kind=record.kind,
        status=record.status,
        prison="",
        age_band=age_band(None),
        province_code=record.province_code,
        release_month=record.release_month,
        classes="",
        has_photo=False,
    )
