"""What is asked beside the grid: an attempt, everything about a cell, prior learning."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from tlbb_desktop.domain.assessment import Outcome
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.screens.board.attempt_draft import AttemptDraft
from tlbb_desktop.screens.board.attempt_panel import AttemptPanel
from tlbb_desktop.screens.board.away import left_out_words
from tlbb_desktop.screens.board.cell_panel import CellPanel, PriorPanel
from tlbb_desktop.screens.board.columns import name_words, second_words, unit_words
from tlbb_desktop.screens.board.presenter import BoardPresenter, Cell
from tlbb_desktop.screens.board.unit_panel import UnitPanel
from tlbb_desktop.screens.board.words import (
    attempt_day_words,
    basis_of,
    recorded_words,
    redone_words,
    undone_words,
    what_words,
    who_words,
)
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.widgets.side_pane import SidePane


class Questions(QObject):
    """Asks one thing at a time and carries the answer out.

    Args:
        presenter: the board.
        side: where the questions stand.
        page: carries acts out and says what happened.

    Signals:
        asked: a question stands there now.
        changed: the cells that an answer changed.
        recorded: one learner was assessed; the next one can be.
        unit_started: the class is at another unit.
        closed: nothing is asked any more.
    """

    asked = Signal()
    changed = Signal(object)
    recorded = Signal()
    unit_started = Signal()
    closed = Signal()

    def __init__(self, presenter: BoardPresenter, side: SidePane, page: Page) -> None:
        super().__init__(page)
        self._presenter, self._side, self._page = presenter, side, page
        self._attempt, self._cell, self._prior = AttemptPanel(page), CellPanel(page), PriorPanel(page)
        self._about: Cell | None = None
        self._column: int | None = None  # of the practical or the unit that is asked about
        self._unit = UnitPanel(page)
        for panel in (self._attempt, self._cell, self._prior, self._unit):
            side.add(panel)
            panel.closed.connect(self.closed)
        self._attempt.kept.connect(self._record)
        self._cell.taken_back.connect(self._take_back)
        self._cell.checked.connect(self._check)
        self._cell.photo_wanted.connect(self._show_photo)
        self._cell.photo_chosen.connect(self._keep_photo)
        self._cell.troubled.connect(page.troubled)
        self._cell.prior_wanted.connect(self._go_on_to_prior)
        self._prior.kept.connect(self._keep_prior)
        self._unit.kept.connect(self._start_unit)

    def assess(self, cells: Sequence[Cell], outcome: Outcome) -> None:
        """Record at once what has nothing to tick; ask about criteria, and about several learners."""
        draft = self._presenter.draft(cells, outcome)
        if draft is not None and (draft.has_criteria or len(draft.cells) > 1):
            self._ask_attempt(draft)
        elif draft is not None:
            self._record(draft)

    def practical(self, column: int) -> None:
        """Ask about everybody who was there on the day of the attempts and has no result in a unit."""
        draft = self._page.attempt(lambda: self._presenter.practical_draft(column))
        if draft is None:
            return
        if draft.cells:
            self._ask_attempt(draft, column)
        else:
            nobody = _("Everybody has a result in this unit on this day.")
            self._page.said.emit(left_out_words(draft.left_out) or nobody)

    def details(self, cell: Cell) -> None:
        """Show everything that was entered in a cell."""
        row, column = self._about = cell
        learner, unit = self._presenter.rows[row], self._presenter.units[column]
        stories = self._page.attempt(lambda: self._presenter.story(row, column))
        if stories is not None:
            self._side.ask(self._cell)
            self.asked.emit()
            may, basis = self._presenter.may_assess(), basis_of(self._presenter)
            minutes = learner.minutes.get(unit.id or 0, 0)
            self._cell.ask(
                name_words(learner),
                unit,
                minutes,
                stories,
                basis,
                may_assess=may,
                may_check=self._presenter.may_check(row, column),
                second=", ".join(second_words(self._presenter, row, column)),
                photos=self._presenter.keeps_photos(),
            )

    def prior(self, cell: Cell) -> None:
        """Ask about prior learning."""
        if self._presenter.may_assess():
            self._about = cell
            self._side.ask(self._prior)
            self.asked.emit()
            self._prior.ask(name_words(self._presenter.rows[cell[0]]), self._presenter.units[cell[1]])

    def start_unit(self, column: int) -> None:
        """Ask whether the whole class goes on to a unit."""
        self._column = column
        self._side.ask(self._unit)
        self.asked.emit()
        self.word()
        self._unit.ask()

    def undo(self) -> list[Cell]:
        """Take back the reader's newest act and say what it was; an open story is told anew."""
        return self._step(self._presenter.undo, undone_words)

    def redo(self) -> list[Cell]:
        """Bring back what was undone last and say what it was."""
        return self._step(self._presenter.redo, redone_words)

    def _step(
        self, act: Callable[[], list[Cell] | None], words: Callable[[BoardPresenter, list[Cell]], str]
    ) -> list[Cell]:
        taken = self._page.attempt(lambda: act() or [])
        if taken is None:
            return []
        changed = self._presenter.places(taken)
        self.changed.emit(changed)
        if self._about is not None and self._side.shown is self._cell:
            self.details(self._about)
        self._page.said.emit(words(self._presenter, taken))
        return changed

    def word(self) -> None:
        """Say the open question anew, as when its day is another."""
        if self._side.shown is self._unit and self._column is not None:
            unit = unit_words(self._presenter.units[self._column])
            self._unit.show_words(unit, attempt_day_words(self._presenter))
        draft = self._attempt.draft
        if draft is None or self._side.shown is not self._attempt:
            return
        column = self._column
        if column is not None:
            self._page.done(lambda: self._presenter.follow_day(draft, column))
        day, left_out = attempt_day_words(self._presenter), left_out_words(draft.left_out)
        self._attempt.show_words(who_words(self._presenter, draft), what_words(draft), day, left_out)

    def _ask_attempt(self, draft: AttemptDraft, column: int | None = None) -> None:
        self._column = column
        self._side.ask(self._attempt)
        self.asked.emit()
        self._attempt.ask(draft, basis_of(self._presenter))
        self.word()

    def _record(self, draft: AttemptDraft) -> None:
        found = self._page.attempt(lambda: self._presenter.record(draft))
        if found is None:
            return
        self.changed.emit(found)
        self.closed.emit()
        self._page.said.emit(recorded_words(self._presenter, draft, found))
        if len(draft.cells) == 1:
            self.recorded.emit()

    def _start_unit(self) -> None:
        column = self._column
        if column is not None and self._page.done(lambda: self._presenter.start_unit(column)):
            self.unit_started.emit()
            self.closed.emit()
            self._page.said.emit(_("The class is at this unit from this day on."))

    def _take_back(self, entry_id: int, reason: str) -> None:
        found = self._page.attempt(lambda: self._presenter.take_back(entry_id, reason))
        if found is not None and self._about is not None:
            self.changed.emit(found)
            self.details(self._about)
            self._page.said.emit(_("Taken back; the entry stays readable."))

    def _show_photo(self, entry_id: int) -> None:
        found = self._page.attempt(lambda: (self._presenter.photo(entry_id),))
        if found is not None:
            self._cell.show_photo(found[0], may_change=self._presenter.may_assess())

    def _keep_photo(self, entry_id: int, jpeg: bytes | None) -> None:
        if self._page.done(lambda: self._presenter.set_photo(entry_id, jpeg)):
            self._page.said.emit(_("Saved"))
        self._show_photo(entry_id)

    def _check(self, outcome: Outcome) -> None:
        cell = self._about
        if cell is None:
            return
        found = self._page.attempt(lambda: self._presenter.check(*cell, outcome))
        if found is not None:
            self.changed.emit(found)
            self.details(cell)
            self._page.said.emit(_("Recorded; the first result goes on to count."))

    def _go_on_to_prior(self) -> None:
        if self._about is not None:
            self.prior(self._about)

    def _keep_prior(self, reason: str, hours: int) -> None:
        cell = self._about
        if cell is None:
            return
        found = self._page.attempt(lambda: self._presenter.recognise(*cell, reason, hours))
        if found is not None:
            self.changed.emit(found)
            self.closed.emit()
            self._page.said.emit(_("Prior learning recorded."))
