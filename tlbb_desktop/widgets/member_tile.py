"""A member of staff on the login page."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QToolButton, QWidget

from tlbb_desktop.domain.staff import ROLE_NAMES, MemberTile
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.fonts import BODY_FAMILY
from tlbb_desktop.qt.look_signal import look_signal
from tlbb_desktop.qt.theme import current_scale, current_theme

FACE_PIXELS = 44
TILE_PIXELS = 148
#: Drawn as SVG: a QPen or QBrush would load the ``Qt`` namespace, whose 93 enums the first paint does without.
FACE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 44 44"><circle cx="22" cy="22" r="22" fill="{fill}"/>'
    '<text x="22" y="28" font-family="{family}" font-size="18" font-weight="700" text-anchor="middle" fill="{ink}">'
    "{letter}</text></svg>"
)
#: Qt.ToolButtonStyle.ToolButtonTextUnderIcon
TEXT_UNDER_ICON = 3


class MemberButton(QToolButton):
    """A disc with the first letter of the name, the name and the role."""

    def __init__(self, member: MemberTile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.member = member
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setProperty("toolButtonStyle", TEXT_UNDER_ICON)
        self._word()
        look_signal().language_changed.connect(self._word)
        look_signal().theme_changed.connect(self._word)

    def _word(self) -> None:
        scale = current_scale()
        role = _(ROLE_NAMES[self.member.role])
        self.setText(f"{self.member.name}\n{role}")
        self.setAccessibleName(f"{self.member.name}, {role}")
        self.setIconSize(QSize(FACE_PIXELS, FACE_PIXELS) * scale)
        self.setMinimumWidth(round(TILE_PIXELS * scale))
        letter, theme = self.member.name[:1].upper(), current_theme()
        self.setIcon(_face(letter, theme.accent, theme.on_accent, round(FACE_PIXELS * scale), self.devicePixelRatio()))


@lru_cache(maxsize=64)
def _face(letter: str, fill: str, ink: str, edge: int, ratio: float) -> QIcon:
    """A disc with *letter*; drawn once, because Qt tells of a new look several times before the first paint."""
    pixmap = QPixmap(QSize(edge, edge) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(QColor(0, 0, 0, 0))
    written = "".join(f"&#{ord(sign)};" for sign in letter)
    painter = QPainter(pixmap)
    face = FACE.format(fill=fill, ink=ink, family=BODY_FAMILY, letter=written)
    QSvgRenderer(QByteArray(face.encode())).render(painter)
    painter.end()
    return QIcon(pixmap)
