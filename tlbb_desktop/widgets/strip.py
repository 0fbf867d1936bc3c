"""Room for one question at a time; it takes none while nothing is asked."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget


class Strip(QWidget):
    """Shows at most one of its panels, in that panel's own size; a stack would keep room for the largest."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panels: list[QWidget] = []
        self._cursor_before: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def add(self, panel: QWidget) -> None:
        """Take a panel in, hidden."""
        panel.hide()
        self._panels.append(panel)
        self._column.addWidget(panel)

    @property
    def shown(self) -> QWidget | None:
        """The panel that asks now."""
        return next((panel for panel in self._panels if not panel.isHidden()), None)

    def ask(self, panel: QWidget) -> None:
        """Show *panel* alone; the cursor comes back to where it is now when the panel closes."""
        if not self._has_cursor():
            self._cursor_before = QApplication.focusWidget()
        for each in self._panels:
            each.setVisible(each is panel)
        self.show()

    def close_panel(self) -> bool:
        """Show nothing; False when nothing was shown."""
        was_open = self.shown is not None
        if self._cursor_before is not None and self._has_cursor():
            self._cursor_before.setFocus()
        self._cursor_before = None
        for each in self._panels:
            each.hide()
        self.hide()
        return was_open

    def _has_cursor(self) -> bool:
        cursor = QApplication.focusWidget()
        return cursor is not None and self.isAncestorOf(cursor)
