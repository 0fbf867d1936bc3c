from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo, QImage, QPainter
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tlbb_desktop.qt import fonts
from tlbb_desktop.qt.fonts import BODY_FAMILY, HEADING_FAMILY, FontMissing, body_font, heading_font, loading_fonts
from tlbb_desktop.qt.theme import apply_theme

# Real words with marks far above and letters stacked far below: the font's own metrics cut most of them.
TALL_KHMER = ("ញ្ញូ", "ប៉័ង", "ស្ត្រី", "ក្រ៊ីម", "លក្ខ្មី", "ហ៊ឹង", "ច្រៀង")


def _label(text: str) -> QWidget:
    return QLabel(text)


def _line_edit(text: str) -> QWidget:
    return QLineEdit(text)


def _button(text: str) -> QWidget:
    return QPushButton(text)


def _primary(text: str) -> QWidget:
    button = QPushButton(text)
    button.setProperty("role", "primary")
    return button


def _place(text: str) -> QWidget:
    button = QPushButton(text)
    button.setProperty("role", "place")
    return button


def _tool_button(text: str) -> QWidget:
    button = QToolButton()
    button.setText(text)
    return button


def _badge(text: str) -> QWidget:
    label = QLabel(text)
    label.setProperty("role", "badge-info")
    return label


def _title(text: str) -> QWidget:
    label = QLabel(text)
    label.setProperty("role", "title")
    return label


def _combo(text: str) -> QWidget:
    combo = QComboBox()
    combo.addItems([text, ""])
    return combo


def _group(text: str) -> QWidget:
    group = QGroupBox(text)
    QVBoxLayout(group).addWidget(QLabel(" " * 40))
    return group


def _tab(text: str) -> QWidget:
    bar = QTabBar()
    bar.addTab(text)
    return bar


WIDGETS = [
    _label,
    _line_edit,
    _button,
    _primary,
    _place,
    _tool_button,
    _badge,
    _title,
    _combo,
    _group,
    _tab,
    QCheckBox,
    QRadioButton,
]


def _emptied(widget: QWidget) -> None:
    if isinstance(widget, QTabBar):
        widget.setTabText(0, "")
    elif isinstance(widget, QComboBox):
        widget.setCurrentIndex(1)
    elif isinstance(widget, QGroupBox):
        widget.setTitle("")
    else:
        widget.setText("")


def _height_of_difference(one: QImage, other: QImage) -> int:
    """Return how many rows lie between the first and the last in which the two pictures differ."""
    rows = [y for y in range(one.height()) if any(one.pixel(x, y) != other.pixel(x, y) for x in range(one.width()))]
    return rows[-1] - rows[0] + 1 if rows else 0


def _ink_in(widget: QWidget) -> int:
    size = widget.sizeHint()
    widget.resize(size.width() + 20, size.height())
    written = widget.grab().toImage()
    _emptied(widget)
    widget.resize(written.size() / written.devicePixelRatio())
    return _height_of_difference(written, widget.grab().toImage())


def _ink_on_open_paper(widget: QWidget, text: str) -> int:
    paper = QImage(400, 200, QImage.Format.Format_RGB32)
    paper.fill(QColor("white"))
    blank = paper.copy()
    painter = QPainter(paper)
    painter.setFont(widget.font())
    painter.drawText(QPoint(50, 100), text)
    painter.end()
    return _height_of_difference(paper, blank)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("make", WIDGETS, ids=lambda make: make.__name__.strip("_"))
def test_no_khmer_mark_is_cut_in_a_widget_of_its_natural_size(qapp, qtbot, make, scale):
    apply_theme(qapp, "light", scale)
    try:
        for text in TALL_KHMER:
            widget = make(text)
            qtbot.addWidget(widget)
            widget.ensurePolished()
            whole = _ink_on_open_paper(widget, text)
            assert whole > 0
            assert abs(_ink_in(widget) - whole) <= 1, f"{text} at {scale}"
    finally:
        apply_theme(qapp, "light")


def test_our_own_face_is_the_font_of_everything(qapp):
    assert QFontInfo(qapp.font()).family() == BODY_FAMILY
    assert QFontInfo(QLineEdit().font()).family() == BODY_FAMILY


def test_bold_is_a_real_bold_face(qapp):
    assert "Bold" in QFontDatabase.styles(BODY_FAMILY)


def test_the_text_size_follows_the_reader(qapp):
    assert body_font(2.0).pointSizeF() == 2 * body_font().pointSizeF()


def test_the_title_face_is_there_when_it_is_asked_for(qapp):
    assert QFontInfo(heading_font(14)).family() == HEADING_FAMILY


def test_one_face_serves_khmer_and_latin(qapp):
    systems = QFontDatabase.writingSystems(BODY_FAMILY)
    assert QFontDatabase.WritingSystem.Khmer in systems
    assert QFontDatabase.WritingSystem.Latin in systems


def test_a_missing_font_is_told_though_it_is_looked_for_beside_other_work(qapp, monkeypatch):
    monkeypatch.setattr(fonts, "BODY_FILES", ("NoSuchFont.ttf",))
    done = []
    with pytest.raises(FontMissing), loading_fonts(qapp):
        done.append("the other work")
    assert done == ["the other work"]
