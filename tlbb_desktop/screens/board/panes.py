"""What one opens from the board: the path of a learner, how the class stands, a bench sheet, a paper."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.progress import LearnerPath
from tlbb_desktop.qt.icons import apply_icons
from tlbb_desktop.qt.tasks import Task, TaskRunner
from tlbb_desktop.qt.theme import current_scale
from tlbb_desktop.screens.board.bench_pane import BenchPane
from tlbb_desktop.screens.board.bench_presenter import BenchPresenter
from tlbb_desktop.screens.board.class_pane import ClassPane
from tlbb_desktop.screens.board.learner_pane import LearnerPane
from tlbb_desktop.screens.board.paper_pane import BoardPapers, PaperPane
from tlbb_desktop.screens.board.presenter import BoardPresenter
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.widgets.reflow import StackedWhenNarrow
from tlbb_desktop.widgets.scrolling import scrolling
from tlbb_desktop.wiring import Desk

NEEDED_PIXELS = 960


class BoardPanes(QObject):
    """Shows one of them instead of the grid.

    Args:
        desk: the services.
        presenter: the board.
        tasks: work in the background.
        page: carries acts out and says what happened.
        body: where the panes stand.

    Signals:
        left: back to the grid.
        recorded: a bench sheet was recorded; the board must be read again.
    """

    left = Signal()
    recorded = Signal()

    def __init__(
        self, desk: Desk, presenter: BoardPresenter, tasks: TaskRunner, page: Page, body: QStackedWidget
    ) -> None:
        super().__init__(page)
        self._desk, self._presenter, self._tasks, self._page, self._body = desk, presenter, tasks, page, body
        self._bench_presenter = BenchPresenter(desk)
        self._learner, self._class = LearnerPane(page), ClassPane(page)
        self._bench = BenchPane(self._bench_presenter, page)
        self._paper = PaperPane(BoardPapers(desk), tasks, page)
        self._homes: dict[QWidget, QWidget] = {pane: pane for pane in (self._bench, self._paper)}
        self._add_scrolling(self._learner, self._learner.columns)
        self._add_scrolling(self._class, self._class.columns)
        for home in self._homes.values():
            body.addWidget(home)
        self._person_id: int | None = None
        self._came_from: QWidget | None = None
        self._reading: Task | None = None
        self._wire()
        for pane in self._homes:
            apply_icons(pane)

    @property
    def shown(self) -> QWidget | None:
        """The pane that stands there instead of the grid."""
        return next((pane for pane, home in self._homes.items() if self._body.currentWidget() is home), None)

    def open_learner(self, person_id: int) -> None:
        """Show the path of a learner; it is read in the background."""
        board = self._presenter.board
        if board is None:
            return
        self._person_id = person_id
        if self._reading is not None:
            self._reading.cancel()
        class_id = board.group.id
        self._reading = self._tasks.submit(
            lambda _progress: self._desk.progress.path(class_id, person_id), self._page, self._show_path, self._fail
        )

    def open_class(self) -> None:
        """Show how the class stands, as soon as that is worked out."""
        self._class.show_standing(self._presenter.standing)
        self._show(self._class)
        self._class.take_cursor()

    def open_bench(self, unit_id: int) -> None:
        """Open the bench sheet of a unit for the day of the attempts."""
        board, day = self._presenter.board, self._presenter.day
        if board is not None and self._page.done(lambda: self._bench_presenter.load(board.group.id, unit_id, day)):
            self._show(self._bench)
            self._bench.show_sheet()

    def bench_draft(self) -> dict[str, object] | None:
        """The bench sheet that is half typed, in JSON values; None where none is open."""
        return self._bench_presenter.as_draft() if self.shown is self._bench else None

    def take_bench_draft(self, draft: object) -> None:
        """Go on with a bench sheet that was half typed."""
        if isinstance(draft, dict) and self._page.done(lambda: self._bench_presenter.take_draft(draft)):
            self._show(self._bench)
            self._bench.show_sheet()

    def follow_standing(self) -> None:
        """How the class stands is known anew."""
        self._class.show_standing(self._presenter.standing)

    def print_paper(self) -> None:
        """Show the paper of what is shown; of a paper, ask for a printer."""
        if self.shown is self._paper:
            self._paper.print_it()
        elif self.shown is self._learner:
            self._print_record()
        elif self.shown is self._bench:
            self._print_bench_sheet()

    def read_again(self) -> None:
        """Something on record is another now."""
        if self.shown is self._learner and self._person_id is not None:
            self.open_learner(self._person_id)
        elif self.shown is self._bench:
            self._bench.read_again()

    def go_back(self) -> bool:
        """Leave a paper for what it is about, any other pane for the board; False where the board is shown."""
        if self.shown is None:
            return False
        came_from, self._came_from = self._came_from, None
        if came_from is not None and self.shown is not came_from:
            self._show(came_from)
            (self._class.take_cursor if came_from is self._class else came_from.setFocus)()
        else:
            self.left.emit()
        return True

    def _wire(self) -> None:
        for pane in (self._learner, self._class, self._bench, self._paper):
            pane.left.connect(self.go_back)
        self._learner.stepped.connect(self._step)
        self._learner.record_wanted.connect(self._print_record)
        self._class.learner_wanted.connect(self._open_learner_of_class)
        self._class.plan_wanted.connect(self._plan)
        self._bench.paper_wanted.connect(self._print_bench_sheet)
        self._bench.recorded.connect(lambda _class_id: self.recorded.emit())

    def _add_scrolling(self, pane: QWidget, columns: QBoxLayout) -> None:
        area = self._homes[pane] = scrolling(pane)
        StackedWhenNarrow(area, columns, _needed)

    def _show(self, pane: QWidget) -> None:
        self._body.setCurrentWidget(self._homes[pane])

    def _show_path(self, path: LearnerPath) -> None:
        if path.row.person_id == self._person_id:
            self._show(self._learner)
            self._learner.show_path(path)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, TlbbError):
            raise error
        self._page.troubled.emit(error)

    def _step(self, by: int) -> None:
        people = [each.person_id for each in self._presenter.rows]
        if self._person_id in people:
            place = people.index(self._person_id) + by
            if 0 <= place < len(people):
                self.open_learner(people[place])

    def _open_learner_of_class(self, person_id: int) -> None:
        self._came_from = self._class
        self.open_learner(person_id)

    def _plan(self) -> None:
        if self._presenter.board is not None:
            self._page.go_to.emit("classes", self._presenter.board.group.id)

    def _print_record(self) -> None:
        if self._person_id is not None:
            self._came_from = self._learner
            self._show(self._paper)
            self._paper.show_training_record(self._person_id)

    def _print_bench_sheet(self) -> None:
        sheet = self._bench_presenter.sheet
        if sheet is not None:
            self._came_from = self._bench
            self._show(self._paper)
            self._paper.show_bench_sheet(sheet, sheet.day)


def _needed() -> int:
    """Pixels that the two columns of a pane need beside each other."""
    return round(NEEDED_PIXELS * current_scale())
