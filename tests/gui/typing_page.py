"""A page for trying the window: one field, a draft, and a note of what it was asked."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from tlbb_desktop.widgets.page import Page


class TypingPage(Page):
    def __init__(self, desk, tasks, changes, parent=None):
        super().__init__(parent)
        self.field = QLineEdit(self)
        self.field.setAccessibleName("field")
        QVBoxLayout(self).addWidget(self.field)
        self.setFocusProxy(self.field)
        self.asked: list[object] = []

    def open(self, argument=None):
        self.asked.append(("open", argument))

    def title(self):
        return "Typing"

    def help_topic(self):
        return "register"

    def undo(self):
        self.asked.append("undo")

    def print_paper(self):
        self.asked.append("print")

    def start_find(self):
        self.asked.append("find")

    def draft(self):
        return {"text": self.field.text(), "cursor": self.field.cursorPosition()} if self.field.text() else None

    def take_draft(self, draft):
        self.field.setText(draft["text"])
        self.field.setCursorPosition(draft["cursor"])


class SecondPage(TypingPage):
    def title(self):
        return "Second"
