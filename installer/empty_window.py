"""An empty window of Qt; says so as soon as it is painted. The program's start is measured against it."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class EmptyWindow(QMainWindow):
    """Ends the process once it stands."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Paint nothing, then tell."""
        super().paintEvent(event)
        QTimer.singleShot(0, self.tell)

    def tell(self) -> None:
        """Say that the window is painted."""
        print("painted", flush=True)
        os._exit(0)


app = QApplication(sys.argv)
window = EmptyWindow()
window.resize(1280, 720)
window.show()
app.exec()
