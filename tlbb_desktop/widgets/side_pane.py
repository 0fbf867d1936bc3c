"""Room beside a grid for one question at a time; it takes none while nothing is asked."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override

from tlbb_desktop.qt.theme import current_scale
from tlbb_desktop.widgets.strip import Strip

WIDTH_PIXELS = 360
HEIGHT_PIXELS = 240


class SidePane(QScrollArea):
    """A strip that stands beside a grid, or under it where the page is narrow, and scrolls when it must."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strip = Strip(self)
        self.setWidget(self._strip)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hide()

    @property
    def shown(self) -> QWidget | None:
        """The panel that asks now."""
        return self._strip.shown

    def add(self, panel: QWidget) -> None:
        """Take a panel in, hidden."""
        self._strip.add(panel)

    def ask(self, panel: QWidget) -> None:
        """Show *panel* alone, from its top."""
        self._strip.ask(panel)
        self.verticalScrollBar().setValue(0)
        self.show()

    def close_panel(self) -> bool:
        """Show nothing; False when nothing was shown."""
        was_open = self._strip.close_panel()
        self.hide()
        return was_open

    @override
    def sizeHint(self) -> QSize:
        return QSize(round(WIDTH_PIXELS * current_scale()), round(HEIGHT_PIXELS * current_scale()))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())  # a question never makes the window wider
