"""A list on its way in, without widgets: table, plan, lines, decisions, result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

from tlbb_desktop.domain.people_import import (
    ImportField,
    ImportLine,
    ImportOutcome,
    ImportPlan,
    ImportResult,
    ImportTable,
    LineDecision,
)
from tlbb_desktop.wiring import Desk


class ImportPresenter:
    """The list that is being taken in; each step builds on the one before."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.as_of = self.today
        self.plan: ImportPlan | None = None
        self.lines: tuple[ImportLine, ...] = ()
        self.shown: list[ImportLine] = []
        self.decisions: dict[int, LineDecision] = {}
        self.result: ImportResult | None = None
        self._only: ImportOutcome | None = None

    @property
    def today(self) -> date:
        """The working day."""
        return self._desk.office.clock.today()

    def start(self) -> None:
        """Forget everything; begin with another list."""
        self.as_of, self.plan, self.result = self.today, None, None
        self.take_lines(())

    def open_file(self, path: Path) -> ImportTable:
        """Read a file; changes nothing here, so it may run in the background."""
        return self._desk.people_import.open_file(path)

    def open_text(self, pasted: str) -> ImportTable:
        """Read pasted rows."""
        return self._desk.people_import.open_text(pasted)

    def take_table(self, table: ImportTable) -> None:
        """Go on with this table and what its headings say."""
        self.plan = self._desk.people_import.propose(table)
        self.take_lines(())

    def choose_heading(self, row: int) -> None:
        """The headings stand in this row of the sheet, counted from 1; 0 = there are none."""
        if self.plan is not None:
            self.plan = self._desk.people_import.with_heading(self.plan.table, row - 1 if row else None)

    def choose_column(self, position: int, field: ImportField | None) -> None:
        """A column holds this field, or is left out."""
        if self.plan is not None:
            self.plan = self.plan.with_column(position, field)

    def previewed(self, plan: ImportPlan) -> tuple[ImportLine, ...]:
        """What will happen to each line; may run in the background."""
        return self._desk.people_import.preview(plan, self.as_of)

    def take_lines(self, lines: tuple[ImportLine, ...]) -> None:
        """These are the lines now; nothing is decided."""
        self.lines, self.decisions = lines, {}
        self.show_only(None)

    def show_only(self, outcome: ImportOutcome | None) -> None:
        """Show the lines with this outcome; None = all."""
        self._only = outcome
        self.shown = [line for line in self.lines if outcome in (None, line.outcome)]

    def counts(self) -> Counter[ImportOutcome]:
        """How many lines have each outcome."""
        return Counter(line.outcome for line in self.lines)

    def decide(self, line: ImportLine, decision: LineDecision) -> None:
        """A person decided on a line that may be somebody known."""
        self.decisions[line.number] = decision

    @property
    def to_add(self) -> int:
        """How many people will be taken in as it stands."""
        decided = sum(decision is LineDecision.ADD for decision in self.decisions.values())
        return self.counts()[ImportOutcome.ADD] + decided

    @property
    def undecided(self) -> int:
        """How many lines may be somebody known and wait for a decision."""
        return self.counts()[ImportOutcome.LIKELY_SAME] - len(self.decisions)

    def taken(self, progress: Callable[[int, int], None]) -> ImportResult:
        """Take the good lines in, all or none; may run in the background."""
        return self._desk.people_import.take(self.lines, self.decisions, progress)

    def write_left_out(self, path: Path, language: str) -> None:
        """Write the lines that were left out, each with its reason."""
        if self.result is not None:
            self._desk.people_import.write_refused(self.result, path, language)
