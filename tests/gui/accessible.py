"""What a screen reader would find: every control that can be used has a name."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QTextEdit,
    QWidget,
)

INTERACTIVE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QTextEdit,
)


def unnamed_controls(root: QWidget) -> list[str]:
    """Return a line for every visible control under *root* that has no accessible name."""
    return [
        f"{type(widget).__name__} {widget.objectName()!r} in {type(widget.parentWidget()).__name__}"
        for widget in (root, *root.findChildren(QWidget))
        if widget.isVisible() and isinstance(widget, INTERACTIVE) and not (_is_inner(widget) or accessible_name(widget))
    ]


def accessible_name(widget: QWidget) -> str:
    """Return what a screen reader says for *widget*."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def _is_inner(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    composed = isinstance(parent, QAbstractSpinBox | QComboBox | QLineEdit | QAbstractItemView)
    return widget.objectName().startswith("qt_") or composed or isinstance(widget, QHeaderView)
