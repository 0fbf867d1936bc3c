"""The PySide6 that is installed must not lose references to None, as 6.12.0 does before Python 3.12."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QTableWidgetItem
from typing_extensions import override

CALLS = 2000
ALLOWED_DRIFT = CALLS // 10


class _EmptyModel(QAbstractTableModel):
    @override
    def rowCount(self, parent=None):
        return 5

    @override
    def columnCount(self, parent=None):
        return 5

    @override
    def data(self, index, role=0):
        return None


def _painting(repeat: int) -> None:
    pixmap, colour = QPixmap(50, 50), QColor("red")
    painter = QPainter(pixmap)
    for _ in range(repeat):
        painter.fillRect(0, 0, 5, 5, colour)
    painter.end()


def _setting(repeat: int) -> None:
    target = QObject()
    for _ in range(repeat):
        target.setObjectName("a")


def _asking_for_a_parent(repeat: int) -> None:
    target = QObject()
    for _ in range(repeat):
        target.parent()


def _filling_an_item(repeat: int) -> None:
    item = QTableWidgetItem("a")
    for _ in range(repeat):
        item.setText("b")


def _reading_an_empty_model(repeat: int) -> None:
    model = _EmptyModel()
    index = model.index(0, 0, QModelIndex())
    for _ in range(repeat):
        QAbstractTableModel.itemData(model, index)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
@pytest.mark.parametrize(
    "calls", [_painting, _setting, _asking_for_a_parent, _filling_an_item, _reading_an_empty_model]
)
def test_calls_into_qt_keep_the_count_of_none(qapp, calls):
    spare = [None] * 200_000  # keeps the interpreter alive should the references be lost
    calls(10)
    before = sys.getrefcount(None)
    calls(CALLS)
    assert abs(sys.getrefcount(None) - before) < ALLOWED_DRIFT
    assert len(spare) == 200_000
