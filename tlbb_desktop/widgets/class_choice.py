"""The box that chooses the class of a page."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from tlbb_desktop.domain.classes import ClassName
from tlbb_desktop.i18n.catalog import language


class ClassChoice:
    """Fills the box; only anew when the classes or the language are others, as filling takes longer than asking.

    Args:
        box: shows a course and a code a line.
    """

    def __init__(self, box: QComboBox) -> None:
        self._box = box
        self.classes: tuple[ClassName, ...] = ()
        self._language = ""

    def fill(self, classes: tuple[ClassName, ...]) -> None:
        """Offer *classes*; the one that was chosen stays chosen."""
        if (classes, language()) == (self.classes, self._language):
            return
        self.classes, self._language = classes, language()
        chosen = self._box.currentData()
        self._box.clear()
        for row in classes:
            course = row.course_km if self._language == "km" else row.course_en
            self._box.addItem(f"{course} · {row.code}", row.id)
        self.choose(chosen)

    def choose(self, class_id: int | None) -> None:
        """Let the box show the class *class_id*, or the first one."""
        self._box.setCurrentIndex(max(0, self._box.findData(class_id)))
