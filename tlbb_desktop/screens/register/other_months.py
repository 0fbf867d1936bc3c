"""Reads in the background what the class's other months add to the one that is shown, for "can no longer reach"."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from tlbb_desktop.domain.course_tallies import CourseTallies
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.register import Register
from tlbb_desktop.qt.at_rest import AtRest
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.register.grid_model import RegisterModel
from tlbb_desktop.screens.register.presenter import RegisterPresenter
from tlbb_desktop.widgets.page import Page


class OtherMonths(QObject):
    """Follows the register that is shown; the grid is painted first.

    Args:
        presenter: whose register.
        model: shows the answer.
        tasks: reads in a worker.
        page: is told of trouble.
    """

    def __init__(self, presenter: RegisterPresenter, model: RegisterModel, tasks: TaskRunner, page: Page) -> None:
        super().__init__(page)
        self._presenter, self._model, self._tasks, self._page = presenter, model, tasks, page
        self._rest = AtRest(self._ask, self)

    def follow(self) -> None:
        """Another register is shown, or the same one was read again."""
        self._rest.start()

    def _ask(self) -> None:
        take = partial(self._take, self._presenter.register)
        self._tasks.submit(lambda _progress: self._presenter.read_other_months(), self._page, take, self._fail)

    def _take(self, asked_for: Register | None, found: CourseTallies | None) -> None:
        if self._presenter.register is asked_for:
            self._presenter.take_other_months(found)
            self._model.repaint_totals()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, TlbbError):
            raise error
        self._page.troubled.emit(error)
