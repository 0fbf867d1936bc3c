"""Fields that are answered with one key: a row of buttons, each with the digit that presses it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from tlbb_desktop.i18n.days import digits
from tlbb_desktop.khmer import to_ascii_digits
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.qt.theme import set_role
from tlbb_desktop.widgets.answers import Choices

LEVELS = (1, 2, 3, 4)
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class PickAnswer(QWidget):
    """One of a few, on buttons; the digits choose one, Backspace takes it away.

    Args:
        choices: gives (value, words) whenever the language changes; always the same values.
        first: digit of the first choice.

    Signals:
        edited: another one was chosen, or none.
        stepped: the arrow keys ask for the field after (1) or before (-1).

    Attributes:
        buttons: by value.
    """

    edited = Signal()
    stepped = Signal(int)

    def __init__(self, choices: Callable[[], Choices], first: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices, self._first = choices, first
        self._value: Any = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_SMALL // 2)
        self.buttons: dict[Any, QPushButton] = {value: QPushButton(self) for value, _words in choices()}
        for value, button in self.buttons.items():
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _checked=False, value=value: self._choose(value))
            row.addWidget(button)
        row.addStretch()
        self._word()

    def value(self) -> Any:
        """What is chosen, or None."""
        return self._value

    def show_value(self, value: Any) -> None:
        """Show a choice, or none."""
        self._value = value
        for each, button in self.buttons.items():
            button.setChecked(each == value)
            set_role(button, "primary" if each == value else "quiet")
        self._word_choice()

    def raw(self) -> object:
        """Which one is chosen, by its place, for a draft."""
        values = list(self.buttons)
        return values.index(self._value) if self._value in values else None

    def show_raw(self, raw: Any) -> None:
        """Put back what :meth:`raw` gave."""
        self.show_value(None if raw is None else list(self.buttons)[raw])

    def _choose(self, value: Any) -> None:
        self.show_value(value)
        self.edited.emit()

    def _word(self) -> None:
        worded = dict(self._choices())
        for place, (value, button) in enumerate(self.buttons.items()):
            text = f"{digits(self._first + place)} {worded.get(value, '')}".strip()
            self._word_button(button, digits(self._first + place), worded.get(value, ""))
            button.setAccessibleName(text)
        self._word_choice()

    def _word_button(self, button: QPushButton, digit: str, words: str) -> None:
        button.setText(f"{digit} {words}".strip())

    def _word_choice(self) -> None:
        """Say the choice beside the buttons, where they do not say it themselves."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed, plain = to_ascii_digits(event.text()), not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        place = int(typed) - self._first if typed.isdigit() and plain else -1
        if 0 <= place < len(self.buttons):
            self._choose(list(self.buttons)[place])
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._choose(None)
        elif event.key() in STEPS and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.stepped.emit(STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_cursor()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_cursor()

    def _show_cursor(self) -> None:
        for button in self.buttons.values():
            font = button.font()
            font.setUnderline(self.hasFocus())
            button.setFont(font)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)


class LevelAnswer(PickAnswer):
    """A level from 1 to 4; its words stand beside the digits once it is chosen.

    Args:
        names: gives the words of each level whenever the language changes.
    """

    def __init__(self, names: Callable[[], Choices], parent: QWidget | None = None) -> None:
        self._chosen: QLabel | None = None
        self._names = names
        super().__init__(self._levels, LEVELS[0], parent)
        self._chosen = QLabel(self)
        self._chosen.setProperty("role", "caption")
        row = self.layout()
        if isinstance(row, QHBoxLayout):
            row.insertWidget(row.count() - 1, self._chosen)
        self._word_choice()

    def _levels(self) -> Choices:
        words = dict(self._names())
        return [(level, words.get(level, "")) for level in LEVELS]

    @override
    def _word_button(self, button: QPushButton, digit: str, words: str) -> None:
        button.setText(digit)
        button.setToolTip(words)

    @override
    def _word_choice(self) -> None:
        if self._chosen is not None:
            self._chosen.setText(dict(self._levels()).get(self._value, ""))
