"""A member of staff on the login page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QToolButton, QWidget
from typing_extensions import override

from tlbb_desktop.domain.staff import ROLE_NAMES, MemberTile
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.theme import current_scale, current_theme

FACE_PIXELS = 44
TILE_PIXELS = 148


class MemberButton(QToolButton):
    """A disc with the first letter of the name, the name and the role."""

    def __init__(self, member: MemberTile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.member = member
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self._word()

    def _word(self) -> None:
        scale = current_scale()
        role = _(ROLE_NAMES[self.member.role])
        self.setText(f"{self.member.name}\n{role}")
        self.setAccessibleName(f"{self.member.name}, {role}")
        self.setIconSize(QSize(FACE_PIXELS, FACE_PIXELS) * scale)
        self.setMinimumWidth(round(TILE_PIXELS * scale))
        self.setIcon(QIcon(self._face(scale)))

    def _face(self, scale: float) -> QPixmap:
        edge = round(FACE_PIXELS * scale)
        ratio = self.devicePixelRatio()
        pixmap = QPixmap(QSize(edge, edge) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        theme = current_theme()
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent))
        painter.drawEllipse(QRectF(0, 0, edge, edge))
        font = self.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.2)
        painter.setFont(font)
        painter.setPen(QColor(theme.on_accent))
        painter.drawText(QRectF(0, 0, edge, edge), Qt.AlignmentFlag.AlignCenter, self.member.name[:1].upper())
        painter.end()
        return pixmap

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange}:
            self._word()
        super().changeEvent(event)
