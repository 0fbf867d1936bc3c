"""How far the printer is, with a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QWidget
from typing_extensions import override

from tlbb_desktop.i18n.catalog import _, _p
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.qt.wrapping_label import WrappingLabel


class PrintLine(QFrame):
    """Stands over a paper while its pages go to the printer.

    Signals:
        stop_wanted: no more pages are to go there.
    """

    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sent, self._pages = 0, 0
        self.setProperty("role", "card")
        self._words = WrappingLabel(self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._stop = QPushButton(self)
        self._stop.setAutoDefault(False)
        self._stop.clicked.connect(self.stop_wanted)
        line = QHBoxLayout(self)
        line.setContentsMargins(GAP_SMALL, GAP_SMALL, GAP_SMALL, GAP_SMALL)
        line.setSpacing(GAP_SMALL)
        line.addWidget(self._words, 1)
        line.addWidget(self._bar, 1)
        line.addWidget(self._stop)
        self.hide()
        self._word()

    def start(self) -> None:
        """Show that the paper is on its way; how many pages it has is not known yet."""
        self.show_progress(0, 0)
        self.show()

    def show_progress(self, sent: int, pages: int) -> None:
        """Show that *sent* of *pages* are at the printer."""
        self._sent, self._pages = sent, pages
        self._bar.setRange(0, pages)
        self._bar.setValue(sent)
        self._word()

    def words(self, sent: int, pages: int) -> str:
        """How far it is, translated; *pages* is 0 while that is not known."""
        if not pages:
            return _("Printing…")
        return _p("printer", "Printing: {sent} of {pages}").format(sent=digits(sent), pages=digits(pages))

    def stop_words(self) -> str:
        """What the button says, translated."""
        return _("Stop printing")

    def _word(self) -> None:
        words = self.words(self._sent, self._pages)
        self._words.setText(words)
        self._bar.setAccessibleName(words)
        self._stop.setText(self.stop_words())

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
