"""A printed code, shown in groups or typed back group by group."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QLineEdit, QWidget
from typing_extensions import override

from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.qt.stylesheet import GAP, GAP_SMALL
from tlbb_desktop.qt.theme import current_scale, set_role

GROUPS_A_LINE = 4
FIELD_PIXELS = 104
SPACING_PERCENT = 112


class CodeView(QWidget):
    """The groups of a code, large and numbered, for writing down or comparing."""

    def __init__(self, groups: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(GAP_SMALL)
        for number, group in enumerate(groups):
            caption, text = QLabel(digits(number + 1), self), QLabel(group, self)
            caption.setProperty("role", "caption")
            text.setProperty("role", "title")
            font = text.font()
            font.setLetterSpacing(font.SpacingType.PercentageSpacing, SPACING_PERCENT)
            text.setFont(font)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            line, column = divmod(number, GROUPS_A_LINE)
            grid.addWidget(caption, line, 2 * column, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(text, line, 2 * column + 1)
        grid.setColumnStretch(2 * GROUPS_A_LINE, 1)


class CodeFields(QWidget):
    """One field per group; a right group is ticked and the cursor moves on by itself.

    Args:
        count: number of groups.
        length: characters of a group.
        read: what was typed -> the characters of the code, whatever the layout.
        fits: whether a typed group (its number from 0, its text) is right.

    Signals:
        edited: something changed.
        completed: all groups are right.
    """

    edited = Signal()
    completed = Signal()

    def __init__(
        self,
        count: int,
        length: int,
        read: Callable[[str], str],
        fits: Callable[[int, str], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._length, self._read, self._fits = length, read, fits
        self._fields: list[QLineEdit] = []
        self._signs: list[QLabel] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP_SMALL)
        grid.setVerticalSpacing(GAP_SMALL)
        for number in range(count):
            self._add_group(grid, number)
        grid.setColumnStretch(2 * GROUPS_A_LINE, 1)
        self.setFocusProxy(self._fields[0])
        self._word()

    def _add_group(self, grid: QGridLayout, number: int) -> None:
        field, sign = QLineEdit(self), QLabel(self)
        field.setMinimumWidth(round(FIELD_PIXELS * current_scale()))
        field.setInputMethodHints(Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhPreferUppercase)
        field.textEdited.connect(self._edited)
        field.installEventFilter(self)
        sign.setMinimumWidth(sign.fontMetrics().horizontalAdvance("✓✓"))
        line, column = divmod(number, GROUPS_A_LINE)
        grid.addWidget(field, line, 2 * column)
        grid.addWidget(sign, line, 2 * column + 1)
        self._fields.append(field)
        self._signs.append(sign)

    @property
    def text(self) -> str:
        """All groups, with dashes between."""
        return "-".join(field.text() for field in self._fields)

    @property
    def complete(self) -> bool:
        """Whether every group is right."""
        return all(self._fits(number, field.text()) for number, field in enumerate(self._fields))

    def fill(self, text: str, start: int = 0) -> None:
        """Spread a pasted code over the fields from number *start* on."""
        characters = self._read(text)
        for number in range(start, len(self._fields)):
            part, characters = characters[: self._length], characters[self._length :]
            if not part:
                break
            self._fields[number].setText(part)
            self._judge(number)
        self._tell()

    def clear(self) -> None:
        """Empty all groups."""
        for number, field in enumerate(self._fields):
            field.clear()
            self._judge(number)

    def _edited(self) -> None:
        field = self.sender()
        if not isinstance(field, QLineEdit):
            return
        number = self._fields.index(field)
        characters = self._read(field.text())
        if len(characters) > self._length:
            self.fill(field.text(), number)
            return
        self._judge(number)
        if self._fits(number, field.text()):
            field.setText(characters.upper())
            if number + 1 < len(self._fields):
                self._fields[number + 1].setFocus()
        self._tell()

    def _judge(self, number: int) -> None:
        field, sign = self._fields[number], self._signs[number]
        full = len(self._read(field.text())) >= self._length
        right = full and self._fits(number, field.text())
        sign.setText("✓" if right else "✗" if full else "")
        sign.setAccessibleName(_("right") if right else _("not right") if full else "")
        set_role(field, "wrong" if full and not right else "")

    def _tell(self) -> None:
        self.edited.emit()
        if self.complete:
            self.completed.emit()

    def _word(self) -> None:
        for number, field in enumerate(self._fields):
            field.setAccessibleName(_("Group {number}").format(number=digits(number + 1)))
            field.setPlaceholderText(digits(number + 1))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QLineEdit):
            number = self._fields.index(watched)
            if event.key() == Qt.Key.Key_Backspace and not watched.text() and number:
                self._fields[number - 1].setFocus()
                return True
            if event.matches(QKeySequence.StandardKey.Paste):
                self.fill(QApplication.clipboard().text(), number)
                return True
        return super().eventFilter(watched, event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
