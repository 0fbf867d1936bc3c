"""A filled bench sheet while it is typed in: everybody showed everything, but for the exceptions. No widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tlbb_desktop.domain.assessment import Assessed, Outcome
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.bench_sheets import BenchException, BenchSheet, bench_wishes
from tlbb_desktop.domain.curricula import Criterion
from tlbb_desktop.domain.person_keys import places_found
from tlbb_desktop.domain.register import Learner
from tlbb_desktop.screens.board.away import read_away
from tlbb_desktop.wiring import Desk

#: Somebody who did not come to the practical, or was competent before.
ABSENT = BenchException(absent=True)


class BenchPresenter:
    """Rows are the learners of the paper in its order; columns are the criteria of its unit."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.sheet: BenchSheet | None = None
        self._exceptions: dict[int, BenchException] = {}
        self._away: Mapping[int, MarkCode] = {}

    @property
    def learners(self) -> tuple[Learner, ...]:
        """The rows."""
        return self.sheet.learners if self.sheet is not None else ()

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The columns."""
        return self.sheet.unit.criteria if self.sheet is not None else ()

    @property
    def is_touched(self) -> bool:
        """Whether an exception was typed in."""
        return bool(self._exceptions)

    def load(self, class_id: int, unit_id: int, day: date) -> None:
        """Read the sheet of a day; exceptions of people who are on it stay when only the day is another."""
        sheet = self._desk.bench_sheets.sheet(class_id, unit_id, day)
        same = self.sheet is not None and (self.sheet.group.id, self.sheet.unit.id) == (class_id, unit_id)
        on_sheet = {each.person_id for each in sheet.learners}
        kept = {person: each for person, each in self._exceptions.items() if person in on_sheet}
        self._away = read_away(self._desk, class_id, sheet.group.prison_id, day)
        self.sheet, self._exceptions = sheet, kept if same else {}

    def load_code(self, code: str, day: date) -> None:
        """Read the sheet that bears a code. Raises Refused and NotFound as the service."""
        class_id, unit_id = self._desk.bench_sheets.with_code(code)
        self.load(class_id, unit_id, day)

    def as_draft(self) -> dict[str, object] | None:
        """What is half typed, in JSON values."""
        sheet = self.sheet
        if sheet is None:
            return None
        exceptions = [
            [person, sorted(each.failed), each.not_yet, each.absent] for person, each in self._exceptions.items()
        ]
        return {"unit": sheet.unit.id, "class": sheet.group.id, "day": sheet.day.isoformat(), "exceptions": exceptions}

    def take_draft(self, draft: Mapping[str, Any]) -> None:
        """Put back what :meth:`as_draft` gave; whoever is not on the sheet any more is left out."""
        self._exceptions = {}
        self.load(int(draft["class"]), int(draft["unit"]), date.fromisoformat(draft["day"]))
        on_sheet = {each.person_id for each in self.learners}
        for person, failed, not_yet, absent in draft["exceptions"]:
            if person in on_sheet:
                self._exceptions[person] = BenchException(frozenset(failed), bool(not_yet), bool(absent))

    def exception(self, row: int) -> BenchException | None:
        """What was different for a learner; who was competent before, or away, and is not named is left out, too."""
        return self._exceptions.get(self.learners[row].person_id)

    def takes_part(self, row: int) -> bool:
        """Whether an attempt will be recorded for a learner."""
        known = self.exception(row)
        if known is not None:
            return not known.absent
        return not self.was_competent(row) and self.away(row) is None

    def away(self, row: int) -> MarkCode | None:
        """The mark of a learner whom the register says to have been away on the day of the sheet."""
        return self._away.get(self.learners[row].person_id)

    def left_out(self) -> list[tuple[str, MarkCode]]:
        """(name, mark) of whoever was away and will not be assessed."""
        return [
            (each.names.shown, code)
            for row, each in enumerate(self.learners)
            if (code := self.away(row)) is not None and not self.takes_part(row) and not self.was_competent(row)
        ]

    def was_competent(self, row: int) -> bool:
        """Whether the learner was competent before this sheet."""
        return self.sheet is not None and self.sheet.competent_before(self.learners[row].person_id)

    def shown(self, row: int, column: int) -> bool:
        """Whether a criterion stands as ticked on the paper."""
        known = self.exception(row)
        return known is None or self.criteria[column].number not in known.failed

    def outcome(self, row: int) -> Outcome | None:
        """What will be recorded for a learner; None for nothing."""
        known = self.exception(row)
        if not self.takes_part(row) or self.sheet is None:
            return None
        lacking = known is not None and (known.not_yet or bool(known.failed & self.sheet.unit.critical))
        return Outcome.NOT_YET if lacking else Outcome.COMPETENT

    def toggle(self, row: int, column: int) -> None:
        """A criterion was not ticked on the paper, or was after all."""
        known = self._known(row)
        self._put(row, replace(known, failed=known.failed ^ {self.criteria[column].number}, absent=False))

    def toggle_not_yet(self, row: int) -> None:
        """The result on the paper says *not yet competent* without saying which criteria, or not after all."""
        known = self._known(row)
        self._put(row, replace(known, not_yet=not known.not_yet, absent=False))

    def toggle_absent(self, row: int) -> None:
        """The learner was not assessed that day, or was after all."""
        if self.takes_part(row):
            self._put(row, ABSENT)
        else:
            self._exceptions[self.learners[row].person_id] = BenchException()
            self._tidy(row)

    def clear(self, row: int) -> None:
        """Nothing was different for a learner."""
        self._exceptions.pop(self.learners[row].person_id, None)

    def counts(self) -> tuple[int, int]:
        """How many will be competent, and how many not yet."""
        found = [self.outcome(row) for row in range(len(self.learners))]
        return found.count(Outcome.COMPETENT), found.count(Outcome.NOT_YET)

    def rows_matching(self, text: str) -> list[int]:
        """Rows whose name, nickname or code holds *text*, in any script and encoding, or sounds like it."""
        return places_found(text, ((each.names, each.code) for each in self.learners))

    def record(self) -> Assessed:
        """Record the whole sheet in one act."""
        if self.sheet is None:
            return Assessed({})
        on_sheet = {each.person_id for each in self.learners}
        exceptions = {**{person: ABSENT for person in self._away if person in on_sheet}, **self._exceptions}
        if not bench_wishes(self.sheet, exceptions, seen=True):
            return Assessed({})
        found = self._desk.bench_sheets.enter(self.sheet, exceptions)
        self._exceptions = {}
        return found

    def _known(self, row: int) -> BenchException:
        return self.exception(row) or BenchException()

    def _put(self, row: int, exception: BenchException) -> None:
        self._exceptions[self.learners[row].person_id] = exception
        self._tidy(row)

    def _tidy(self, row: int) -> None:
        """An exception that says nothing is none, but for somebody who is assessed though left out otherwise."""
        if self.exception(row) == BenchException() and not self.was_competent(row) and self.away(row) is None:
            self.clear(row)
