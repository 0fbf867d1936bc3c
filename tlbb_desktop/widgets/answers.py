"""The fields that a long form is made of; each gives and takes one value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextOption, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from typing_extensions import override

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import normalise, to_ascii_digits
from tlbb_desktop.qt.khmer_input import KhmerEdit
from tlbb_desktop.widgets.khmer_date_edit import KhmerDateEdit

Choices = Sequence[tuple[object, str]]
LINES_SHOWN = 3
MOST_LINES = 14
NO_NUMBER = N_("{text} is no whole number. Write digits only.")


class LineAnswer(KhmerEdit):
    """A line of text."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.textEdited.connect(self.edited)

    def value(self) -> str:
        """What stands there, in its stored form."""
        return self.stored_form(self.text()).strip()

    def show_value(self, value: object) -> None:
        """Put a text in."""
        self.setText(str(value or ""))

    def raw(self) -> object:
        """What is typed, readable or not, in JSON values for a draft."""
        return self.text()

    def show_raw(self, raw: Any) -> None:
        """Put back what :meth:`raw` gave."""
        self.setText(str(raw))


class TextAnswer(QPlainTextEdit):
    """A text of several lines, as high as it is long. Tab goes to the next field, as in every other one.

    Args:
        rows: how many rows it shows while it is empty.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None, *, rows: int = LINES_SHOWN) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._filling = False
        self.textChanged.connect(self._tell)
        self.document().documentLayout().documentSizeChanged.connect(self.updateGeometry)
        self._fit()

    def value(self) -> str:
        """What stands there, in its stored form."""
        return normalise(self.toPlainText()).strip()

    def show_value(self, value: object) -> None:
        """Put a text in."""
        text = str(value or "")
        if text == self.toPlainText() and not self.document().isUndoAvailable():
            return  # it would be laid out anew, and a form has a dozen of them
        self._filling = True
        self.setPlainText(text)
        self._filling = False

    def raw(self) -> object:
        """What is typed, in JSON values for a draft."""
        return self.toPlainText()

    def show_raw(self, raw: Any) -> None:
        """Put back what :meth:`raw` gave."""
        self.show_value(raw)

    def _tell(self) -> None:
        if not self._filling:
            self.edited.emit()

    def _fit(self) -> None:
        self.setMinimumHeight(self._height_of(self._rows))

    def _height_of(self, lines: int) -> int:
        room = 2 * (self.frameWidth() + round(self.document().documentMargin()))
        return lines * self.fontMetrics().lineSpacing() + room

    @override
    def sizeHint(self) -> QSize:
        """As high as its text, up to a limit; what is longer scrolls."""
        lines = round(self.document().size().height())  # a plain text measures itself in lines
        return QSize(super().sizeHint().width(), self._height_of(max(self._rows, min(lines + 1, MOST_LINES))))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()


class ChoiceAnswer(QComboBox):
    """One of several; nothing is chosen until somebody does, where ``None`` is among them.

    Args:
        choices: gives (value, words) whenever the language changes.
    """

    edited = Signal()

    def __init__(self, choices: Callable[[], Choices], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self._values: list[object] = []  # Qt would keep of an enum only its text
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(self.edited)
        self.offer()

    def value(self) -> Any:
        """The value of the line that is chosen."""
        here = self.currentIndex()
        return self._values[here] if here >= 0 else None

    def show_value(self, value: object) -> None:
        """Choose the line of *value*; the first one where there is none."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else 0)

    def raw(self) -> object:
        """Which line is chosen, for a draft."""
        return self.currentIndex()

    def show_raw(self, raw: Any) -> None:
        """Put back what :meth:`raw` gave."""
        self.setCurrentIndex(int(raw))

    def offer(self) -> None:
        """Word the lines, or offer others, while the same one stays chosen."""
        chosen, offered = self.value(), self._choices()
        self.blockSignals(True)
        self.clear()
        self._values = [value for value, _words in offered]
        self.addItems([words for _value, words in offered])
        self.show_value(chosen)
        self.blockSignals(False)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys with Ctrl belong to the page; the box by itself takes them for letters to search."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel belongs to the page unless the cursor is here: scrolling changes no answer."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.offer()
        super().changeEvent(event)


class DayAnswer(KhmerDateEdit):
    """A day, or none yet."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.textEdited.connect(self.edited)
        self.day_changed.connect(self.edited)

    def value(self) -> object:
        """The day, or None. Raises Refused when the text is no day."""
        return self.day()

    def show_value(self, value: Any) -> None:
        """Put a day in, or empty the field."""
        self.set_day(value)

    def raw(self) -> object:
        """What is typed, readable or not, for a draft."""
        return self.text()

    def show_raw(self, raw: Any) -> None:
        """Put back what :meth:`raw` gave."""
        self.setText(str(raw))


class NumberAnswer(QLineEdit):
    """A whole number in Khmer or ASCII digits, or none yet."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.textEdited.connect(self.edited)

    def value(self) -> int | None:
        """The number, or None for an empty field. Raises Refused when the text is no number."""
        return whole_number(self.text())

    def show_value(self, value: object) -> None:
        """Put a number in, or empty the field."""
        self.setText("" if value is None else digits(value))

    def raw(self) -> object:
        """What is typed, readable or not, for a draft."""
        return self.text()

    def show_raw(self, raw: Any) -> None:
        """Put back what :meth:`raw` gave."""
        self.setText(str(raw))


def yes_or_no() -> Choices:
    """For a question that may be unanswered: not known, yes, no."""
    return ((None, "—"), (True, _("Yes")), (False, _("No")))


def whole_number(text: str) -> int | None:
    """The number that *text* writes in Khmer or ASCII digits, or None for nothing.

    Raises:
        Refused: it is no whole number.
    """
    typed = to_ascii_digits(text).replace(",", "").replace(" ", "")
    if not typed:
        return None
    if not typed.isdigit():
        raise Refused(NO_NUMBER, text=text)
    return int(typed)
