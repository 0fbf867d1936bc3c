"""A field of a long form that takes one of many, found while one types in Khmer or Latin letters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import search_key
from tlbb_desktop.qt.khmer_input import KhmerEdit
from tlbb_desktop.widgets.answers import Choices

OFFERED = 30
NameRole = Qt.ItemDataRole.UserRole + 1
ValueRole = Qt.ItemDataRole.UserRole + 2
NOT_IN_LIST = N_("{text} is not in the list. Choose one of the lines that are offered.")


class FindAnswer(KhmerEdit):
    """One of many; an empty line is none.

    Args:
        choices: gives (value, words) whenever the language changes; the words of one value may stand in two scripts.
    """

    edited = Signal()

    def __init__(self, choices: Callable[[], Choices], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self._value: object = None
        self._offers = QStandardItemModel(self)
        completer = QCompleter(self._offers, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCompletionRole(NameRole)
        completer.activated[QModelIndex].connect(self._take_offer)  # type: ignore[index]  # an overload, says Qt
        self.setCompleter(completer)
        self.setClearButtonEnabled(True)
        self.textEdited.connect(self._typed)
        self.textChanged.connect(self._emptied)

    def value(self) -> Any:
        """The value that was chosen, or whose words alone hold what is typed; None for an empty line.

        Raises:
            Refused: what is typed is no line of the list.
        """
        if self._value is None and self.text().strip():
            found = self._found(self.text())
            if len(found) != 1:
                raise Refused(NOT_IN_LIST, text=self.text().strip())
            self.show_value(found[0][0])
        return self._value

    def show_value(self, value: object) -> None:
        """Choose the line of *value*; none where there is no such line."""
        words = dict(self._choices()).get(value, "")
        self._value = value if words else None
        self.setText(words)
        self.setCursorPosition(0)

    def raw(self) -> object:
        """What is typed, for a draft."""
        return self.text()

    def show_raw(self, raw: Any) -> None:
        """Put back what :meth:`raw` gave."""
        self.setText(str(raw))
        self._value = next((value for value, words in self._choices() if words == raw), None)

    def _found(self, text: str) -> Choices:
        wanted = search_key(text)
        return [(value, words) for value, words in self._choices() if wanted in search_key(words)]

    def _typed(self, text: str) -> None:
        """Fill the suggestions before the completer opens them."""
        self._value = None
        self._offers.clear()
        for value, words in self._found(text)[:OFFERED] if text.strip() else ():
            item = QStandardItem(words)
            item.setData(words, NameRole)
            item.setData(value, ValueRole)
            self._offers.appendRow(item)
        self.edited.emit()

    def _emptied(self, text: str) -> None:
        """The button that clears the line tells nobody that something was typed."""
        if not text and self._value is not None and self.hasFocus():
            self._value = None
            self.edited.emit()

    def _take_offer(self, index: QModelIndex) -> None:
        self.show_value(index.data(ValueRole))
        self.edited.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._value is not None:
            self.show_value(self._value)
        super().changeEvent(event)
