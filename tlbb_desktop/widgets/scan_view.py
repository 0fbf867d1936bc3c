"""A page of a signed paper over the window, to be read; Esc puts it away."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QWidget
from typing_extensions import override

from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.stylesheet import GAP
from tlbb_desktop.widgets.overlay import Overlay

WIDTH_PIXELS = 900
MARGINS = 4 * GAP


class ScanView(Overlay):
    """Shows one picture as wide as its panel.

    Args:
        window: what it lies over.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, WIDTH_PIXELS)
        self._pixmap = QPixmap()
        self._title, self._close, self.picture = QLabel(self), QPushButton(self), QLabel(self)
        self._title.setProperty("role", "heading")
        self.picture.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._area = QScrollArea(self)
        self._area.setWidget(self.picture)
        self._area.setWidgetResizable(True)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        self.column.addLayout(head)
        self.column.addWidget(self._area, 1)
        self._close.setAutoDefault(False)
        self._close.clicked.connect(self.leave)
        self._word()

    def show_picture(self, jpeg: bytes, title: str) -> None:
        """Show a JPEG under a title."""
        self._title.setText(title)
        self._area.setAccessibleName(title)
        self.picture.setAccessibleName(title)
        self._pixmap.loadFromData(QByteArray(jpeg))
        self.open()
        self._area.setFocus()

    @override
    def place(self) -> None:
        self.setGeometry(self._window.rect())
        height = self.height() - 2 * GAP
        super().place()
        self.panel.resize(self.panel.width(), height)
        self.panel.move(self.panel.x(), GAP)
        if not self._pixmap.isNull():
            room = self.panel.width() - MARGINS - self._area.verticalScrollBar().sizeHint().width()
            self.picture.setPixmap(self._pixmap.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation))

    def _word(self) -> None:
        self._close.setText(_("Close"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
