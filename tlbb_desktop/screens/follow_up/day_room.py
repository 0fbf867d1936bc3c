"""Room for a day in a row of choices."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QSizePolicy

from tlbb_desktop.qt.theme import current_scale

EDGES = 40
LONGEST = "00/00/0000"


def fit_day(edit: QLineEdit) -> None:
    """Make *edit* as wide as a day, or as the words that stand in it while it is empty."""
    metrics = edit.fontMetrics()
    width = max(metrics.horizontalAdvance(LONGEST), metrics.horizontalAdvance(edit.placeholderText()))
    edit.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    edit.setFixedWidth(width + round(EDGES * current_scale()))
