"""A field of a form: its label above, the field, and below it what is to be known and what is wrong."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QDynamicPropertyChangeEvent, QEvent
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.qt.theme import set_role
from tlbb_desktop.qt.wrapping_label import WrappingLabel

LABEL = "label"
GAP_PIXELS = 3
SIMPLE = (QLineEdit, QComboBox, QPlainTextEdit)


class CompoundEdit(QWidget):
    """A field of several parts, which shows by itself where it is wrong."""

    def mark_wrong(self, wrong: bool) -> None:
        """Show or take away the sign."""
        raise NotImplementedError


class FormField(QWidget):
    """Holds one field; a form puts it into the layout and names it in the dynamic property ``label``.

    The label is the field's accessible name, and a click on it goes to the field. It is taken from the property each
    time that the form is worded again, so it follows the language.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._error: TlbbError | None = None
        self._missing = False
        self._label, self._note, self._sentence = QLabel(self), WrappingLabel(self), WrappingLabel(self)
        self._label.setProperty("role", "caption")
        self._label.hide()
        self._note.setProperty("role", "caption")
        self._note.hide()
        self._sentence.setProperty("role", "error")
        self._sentence.hide()

    @classmethod
    def around(cls, content: QWidget, parent: QWidget | None = None) -> FormField:
        """A field made in code; its owner words it with :meth:`set_label`."""
        field = cls(parent)
        QVBoxLayout(field).addWidget(content)
        return field

    @property
    def content(self) -> QWidget | None:
        """What is filled in."""
        children = [child for child in self.findChildren(QWidget) if child.parentWidget() is self]
        return next((child for child in children if child not in (self._label, self._note, self._sentence)), None)

    @property
    def is_wrong(self) -> bool:
        """Whether the sentence says what is wrong, and not only that something is missing."""
        return self._error is not None

    @property
    def problem_text(self) -> str:
        """The sentence that stands under the field, or ``""``."""
        return self._sentence.text()

    def set_label(self, text: str) -> None:
        """Word the label, already translated."""
        self.setProperty(LABEL, text)

    def show_problem(self, error: TlbbError | None) -> None:
        """Say under the field what is wrong, or take it away."""
        if error is None and self._error is None:
            return
        self._error = error
        content = self.content
        if isinstance(content, CompoundEdit):
            content.mark_wrong(error is not None)
        elif isinstance(content, SIMPLE):
            set_role(content, "wrong" if error is not None else "")
        self._word_problem()

    def show_missing(self, *, missing: bool) -> None:
        """Say under the field, without alarm, that it is still to be filled in."""
        if not missing and not self._missing:
            return
        self._missing = missing
        self._word_problem()

    @property
    def note(self) -> str:
        """The caption under the field, or ``""``."""
        return self._note.text()

    def show_note(self, text: str) -> None:
        """Put a caption under the field, translated: an earlier value, what a number means; ``""`` for none."""
        if text != self._note.text():
            self._note.setText(text)
            self._note.setVisible(bool(text))

    def _word_problem(self) -> None:
        text = explain(self._error) if self._error is not None else _("Still missing") if self._missing else ""
        role = "error" if self._error is not None else "missing"
        if text and self._sentence.property("role") != role:
            set_role(self._sentence, role)
        self._sentence.setText(text)
        self._sentence.setVisible(bool(text))
        if (content := self.content) is not None:
            content.setAccessibleDescription(text)

    def _take_label(self) -> None:
        text = str(self.property(LABEL) or "")
        self._label.setText(text)
        self._label.setVisible(bool(text))
        content = self.content
        if content is None:
            return
        content.setAccessibleName(text)
        self._label.setBuddy(content)

    def _arrange(self) -> None:
        """Put label and sentence around the content, which the form lays out after this was made."""
        column = self.layout()
        if isinstance(column, QVBoxLayout) and column.indexOf(self._label) < 0:
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(GAP_PIXELS)
            column.insertWidget(0, self._label)
            column.addWidget(self._note)
            column.addWidget(self._sentence)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DynamicPropertyChange:
            changed = cast("QDynamicPropertyChangeEvent", event)
            if changed.propertyName().data() == LABEL.encode():
                self._take_label()
        elif event.type() == QEvent.Type.Polish:
            self._arrange()
        return super().event(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word_problem()
        super().changeEvent(event)
