"""What every section of the settings is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.qt.stylesheet import GAP
from tlbb_desktop.qt.tasks import Progress, TaskRunner

Result = TypeVar("Result")


class Section(QWidget):
    """A column of cards.

    Signals:
        said: a quiet success, translated.
        troubled: a TlbbError for the banner.
        look_wanted: another look, see ``widgets.page.Page``.
        rights_changed: the reader may open other sections than before.
        restore_wanted: a backup shall take the place of a damaged record; see ``widgets.page.Page``.
    """

    said = Signal(str)
    troubled = Signal(object)
    look_wanted = Signal(str, object)
    rights_changed = Signal()
    restore_wanted = Signal()

    def __init__(self, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP)

    def open(self) -> None:
        """Show the newest state."""

    def word(self) -> None:
        """Put in the words of the active language."""

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll to *widget* once it has its place."""
        area: QWidget | None = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            QTimer.singleShot(0, widget, partial(area.ensureWidgetVisible, widget))

    def work(self, job: Callable[[], Result], done: Callable[[Result], object], failed: Callable[[], object]) -> None:
        """Do something slow in the background; *failed* is called before its trouble is shown."""

        def in_worker(_progress: Progress) -> Result:
            return job()

        def trouble(error: Exception) -> None:
            failed()
            if not isinstance(error, TlbbError):
                raise error
            self.troubled.emit(error)

        self._tasks.submit(in_worker, self, done, trouble, writes=True)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.word()
        super().changeEvent(event)
