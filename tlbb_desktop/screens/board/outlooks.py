"""Works out in the background how everybody in the class stands; the grid is painted first."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.progress import ClassProgress
from tlbb_desktop.qt.at_rest import AtRest
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.board.presenter import BoardPresenter
from tlbb_desktop.widgets.page import Page


class Outlooks(QObject):
    """Follows the board that is shown.

    Args:
        presenter: whose board.
        tasks: works in the background.
        page: is told of trouble.

    Signals:
        found: the presenter knows how everybody stands.
    """

    found = Signal()

    def __init__(self, presenter: BoardPresenter, tasks: TaskRunner, page: Page) -> None:
        super().__init__(page)
        self._presenter, self._tasks, self._page = presenter, tasks, page
        self._rest = AtRest(self._ask, self)

    def follow(self) -> None:
        """Another board is shown, or something on it changed."""
        self._rest.start()

    def _ask(self) -> None:
        if self._presenter.board is not None and not self._tasks.is_closed:
            take = partial(self._take, self._presenter.board.group.id)
            self._tasks.submit(lambda _progress: self._presenter.read_standing(), self._page, take, self._fail)

    def _take(self, asked_for: int, found: ClassProgress | None) -> None:
        board = self._presenter.board
        if board is not None and board.group.id == asked_for:
            self._presenter.take_standing(found)
            self.found.emit()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, TlbbError):
            raise error
        self._page.troubled.emit(error)
