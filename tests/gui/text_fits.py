"""Find text that does not fit where it stands: run it over any shown window, in every language."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QRadioButton,
    QTextEdit,
    QWidget,
)

TOLERANCE = 1
#: A label that grew asks for another layout, and so may the one around it.
LAYOUTS = 3


def cut_texts(root: QWidget) -> list[str]:
    """Return a line for every visible text under *root* that is cut or runs out of its window."""
    for _ in range(LAYOUTS):
        QApplication.processEvents()
    found = []
    for widget in (root, *root.findChildren(QWidget)):
        if widget.isVisible() and not _is_inner(widget):
            found += [f"{type(widget).__name__} {text!r}: {fault}" for text, fault in _faults(widget)]
    return found


def _is_inner(widget: QWidget) -> bool:
    """Parts of a composed widget are judged with the whole."""
    parent = widget.parentWidget()
    return widget.objectName().startswith("qt_") or isinstance(parent, QAbstractSpinBox | QComboBox)


def _faults(widget: QWidget) -> Iterator[tuple[str, str]]:
    text = _text_of(widget)
    if text:
        wanted, given = _wanted_size(widget, text), widget.size()
        if wanted.width() > given.width() + TOLERANCE or wanted.height() > given.height() + TOLERANCE:
            yield text, f"wants {wanted.width()}×{wanted.height()}, has {given.width()}×{given.height()}"
        if not _inside_scroll_area(widget) and not _is_whole(widget):
            yield text, "runs out of the window"
    if isinstance(widget, QHeaderView):
        yield from _header_faults(widget)
    if isinstance(widget, QListView):
        yield from _list_faults(widget)


def _text_of(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text()
    if isinstance(widget, QLineEdit):
        return widget.placeholderText()
    if isinstance(widget, QComboBox):
        return widget.currentText() or widget.placeholderText()
    if isinstance(widget, QAbstractSpinBox):
        return widget.text()
    return ""


def _wanted_size(widget: QWidget, text: str) -> QSize:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return QSize(0, widget.heightForWidth(widget.width()))
    if isinstance(widget, QLineEdit):
        frame = 2 * 10
        return QSize(widget.fontMetrics().horizontalAdvance(text) + frame, widget.minimumSizeHint().height())
    if isinstance(widget, QLabel | QCheckBox | QRadioButton):
        return widget.sizeHint()
    if isinstance(widget, QComboBox):
        return QSize(widget.fontMetrics().horizontalAdvance(text) + 36, widget.minimumSizeHint().height())
    return widget.minimumSizeHint()


def _is_whole(widget: QWidget) -> bool:
    seen = widget.visibleRegion().boundingRect()
    return seen.width() + TOLERANCE >= widget.width() and seen.height() + TOLERANCE >= widget.height()


def _inside_scroll_area(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractScrollArea | QTextEdit):
            return True
        parent = parent.parentWidget()
    return False


def _header_faults(header: QHeaderView) -> Iterator[tuple[str, str]]:
    model = header.model()
    if model is None or header.orientation() != Qt.Orientation.Horizontal:
        return
    for section in range(header.count()):
        text = model.headerData(section, Qt.Orientation.Horizontal)
        if text and not header.isSectionHidden(section):
            wanted = header.fontMetrics().horizontalAdvance(str(text)) + 8
            if wanted > header.sectionSize(section) + TOLERANCE:
                yield str(text), f"head wants {wanted}, has {header.sectionSize(section)}"


def _list_faults(view: QListView) -> Iterator[tuple[str, str]]:
    model = view.model()
    for row in range(model.rowCount() if model is not None else 0):
        index = model.index(row, 0)
        rect, text = view.visualRect(index), str(index.data() or "")
        wanted, given = view.sizeHintForIndex(index), QSize(view.viewport().width(), rect.height())
        if text and (wanted.width() > given.width() + TOLERANCE or wanted.height() > given.height() + TOLERANCE):
            yield text, f"row wants {wanted.width()}×{wanted.height()}, has {given.width()}×{given.height()}"
