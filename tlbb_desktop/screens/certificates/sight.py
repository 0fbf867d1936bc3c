"""The paper of the certificate with the cursor, made in the background and shown as it would be printed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from tlbb_desktop.domain.errors import Refused, TlbbError
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.tasks import Progress, Task, TaskRunner
from tlbb_desktop.widgets.paper_preview import PaperPreview

#: Said in place of a paper that the reader's role does not open.
NOT_FOR_YOU = N_("Your role does not open this paper. The list says how far the certificate is.")


class PaperInSight(QObject):
    """Who runs through the list waits only for the last of its papers.

    Args:
        preview: shows the paper.
        tasks: make and draw it.
    """

    def __init__(self, preview: PaperPreview, tasks: TaskRunner) -> None:
        super().__init__(preview)
        self._preview, self._tasks = preview, tasks
        self._making: Task | None = None
        self._wish = 0

    @property
    def is_busy(self) -> bool:
        """Whether a paper is being made."""
        return self._making is not None

    def show(self, make: Callable[[], bytes] | None) -> None:
        """Make a paper and show it; None says why there is none."""
        if self._making is not None:
            self._making.cancel()
            self._making = None
        self._wish += 1
        wish = self._wish
        if make is None:
            self._preview.show_trouble(Refused(NOT_FOR_YOU))
        elif not self._tasks.is_closed:

            def job(_progress: Progress) -> bytes:
                return make()

            def made(pdf: bytes) -> None:
                if wish == self._wish:
                    self._making = None
                    self._preview.show_paper(pdf, self._tasks)

            def failed(error: Exception) -> None:
                if not isinstance(error, TlbbError):
                    self._tasks.unhandled.emit(error)
                elif wish == self._wish:
                    self._making = None
                    self._preview.show_trouble(error)

            self._making = self._tasks.submit(job, self._preview, made, failed)
