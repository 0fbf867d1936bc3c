"""Facts about two things beside each other; what differs is told by a sign and weight, not by colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QFont, QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.khmer import canonical
from tlbb_desktop.qt.stylesheet import GAP, GAP_SMALL
from tlbb_desktop.qt.theme import current_scale

PHOTO_PIXELS = 120
DIFFERENT = "≠"


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the comparison, in words of the reader's language."""

    label: str
    left: str
    right: str

    @property
    def differs(self) -> bool:
        """Whether both are told and are not the same; the same word in another encoding is the same."""
        return bool(self.left) and bool(self.right) and canonical(self.left) != canonical(self.right)


class SideBySide(QWidget):
    """Two columns under two heads, a line for each fact."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(GAP_SMALL)
        self._grid.setColumnStretch(2, 1)
        self._grid.setColumnStretch(3, 1)

    def show_facts(
        self, heads: tuple[str, str], facts: Sequence[Fact], photos: tuple[bytes | None, bytes | None] = (None, None)
    ) -> None:
        """Show the facts under their heads; photos as JPEG where there are any."""
        self._clear()
        for column, (head, photo) in enumerate(zip(heads, photos, strict=True), 2):
            self._put(head, 0, column, "heading")
            if photo is not None:
                self._put_photo(photo, column)
        for row, fact in enumerate(facts, 2):
            self._put(fact.label, row, 0, "caption")
            if fact.differs:
                self._put(DIFFERENT, row, 1, "badge-warning").setAccessibleName(_("different"))
            self._put(fact.left or "–", row, 2, bold=fact.differs).setAccessibleDescription(fact.label)
            self._put(fact.right or "–", row, 3, bold=fact.differs).setAccessibleDescription(fact.label)

    def texts(self) -> list[str]:
        """Everything that is shown, row by row."""
        labels = [self._grid.itemAt(number).widget() for number in range(self._grid.count())]  # type: ignore[union-attr]
        return [label.text() for label in labels if isinstance(label, QLabel)]

    def _put(self, text: str, row: int, column: int, role: str = "", *, bold: bool = False) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", role)
        label.setWordWrap(column >= 2)
        if bold:
            font = QFont(label.font())
            font.setBold(True)
            label.setFont(font)
        if column < 2:
            label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
        return label

    def _put_photo(self, jpeg: bytes, column: int) -> None:
        edge = round(PHOTO_PIXELS * current_scale())
        pixmap = QPixmap()
        if pixmap.loadFromData(QByteArray(jpeg)):
            label = self._put("", 1, column)
            label.setAccessibleName(_("Photo"))
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            label.setPixmap(pixmap.scaled(edge, edge, keep, smooth))

    def _clear(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
