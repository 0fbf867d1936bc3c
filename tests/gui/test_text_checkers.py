"""The checkers themselves: they find what they are for."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from tests.gui.accessible import unnamed_controls
from tests.gui.text_fits import cut_texts


def test_a_label_without_room_is_found(qtbot):
    label = QLabel("A sentence that needs more room than this")
    qtbot.addWidget(label)
    label.setFixedWidth(60)
    label.show()
    assert len(cut_texts(label)) == 1


def test_a_button_that_runs_out_of_the_window_is_found(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    button = QPushButton("Save", window)
    window.resize(200, 100)
    button.move(180, 10)
    window.show()
    assert any("runs out" in line for line in cut_texts(window))


def test_a_label_with_room_is_left_alone(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(QLabel("ការជួសជុលម៉ូតូ"))
    window.show()
    assert cut_texts(window) == []


def test_a_control_without_a_name_is_found(qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    assert len(unnamed_controls(field)) == 1
    field.setAccessibleName("Name")
    assert unnamed_controls(field) == []
