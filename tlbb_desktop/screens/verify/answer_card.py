"""A card with one answer: a large sign and word, the reason, and what to compare with the paper."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tlbb_desktop.qt.stylesheet import GAP, GAP_SMALL
from tlbb_desktop.screens.verify.presenter import Answer
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.icon_label import IconLabel

SIGN_PIXELS = 32


class AnswerCard(Card):
    """Shows one answer.

    Args:
        answer: in words of the active language.
    """

    def __init__(self, answer: Answer, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.word, self.sentence = QLabel(answer.word, self), QLabel(answer.sentence, self)
        self.word.setProperty("role", "title")
        self.sentence.setWordWrap(True)
        row, said = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(GAP)
        said.setSpacing(GAP_SMALL)
        said.addWidget(self.word)
        said.addWidget(self.sentence)
        row.addWidget(IconLabel(answer.icon, answer.role, SIGN_PIXELS, self), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(said, 1)
        self.body.addLayout(row)
        self._add_lines(answer.lines)

    def _add_lines(self, lines: tuple[tuple[str, str], ...]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(GAP_SMALL)
        grid.setColumnStretch(1, 1)
        for place, (label, value) in enumerate(lines):
            name, shown = QLabel(label, self), QLabel(value, self)
            name.setProperty("role", "caption")
            shown.setWordWrap(True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(shown, place, 1)
        self.body.addLayout(grid)
