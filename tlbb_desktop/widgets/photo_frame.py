"""A person's photo: shown, chosen from a file, pasted, taken away."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import BadFile, TlbbError
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.icons import icon, set_icon
from tlbb_desktop.qt.pictures import pictures_are_drawn
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.qt.theme import current_scale
from tlbb_desktop.widgets.picture_file import FILE_ENDINGS, encode_picture, read_picture

LONGEST_EDGE = 600
MOST_BYTES = 400_000
SHOWN_PIXELS = 168


class PhotoFrame(QWidget):
    """Shows a photo or the outline of a person, with the buttons to change it.

    Signals:
        changed: another photo, or none, was chosen.
        troubled: a TlbbError.
    """

    changed = Signal()
    troubled = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jpeg: bytes | None = None
        self._outline = "circle-user-round"
        self._picture = QLabel(self)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._choose, self._paste, self._remove = QToolButton(self), QToolButton(self), QToolButton(self)
        set_icon(self._choose, "folder-open")
        set_icon(self._paste, "clipboard-paste")
        set_icon(self._remove, "trash-2")
        self._choose.clicked.connect(self._choose_file)
        self._paste.clicked.connect(self.paste)
        self._remove.clicked.connect(self._take_away)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_SMALL)
        buttons.addStretch(1)
        for button in (self._choose, self._paste, self._remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._picture)
        column.addLayout(buttons)
        self._word()
        self.show_jpeg(None)

    @property
    def jpeg(self) -> bytes | None:
        """The photo that is shown."""
        return self._jpeg

    def show_jpeg(self, jpeg: bytes | None) -> None:
        """Show a photo, or that there is none."""
        self._jpeg = jpeg
        edge = round(SHOWN_PIXELS * current_scale())
        self._picture.setMinimumSize(edge, edge)
        pixmap = QPixmap()
        if jpeg is not None and pictures_are_drawn() and pixmap.loadFromData(QByteArray(jpeg)):
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            self._picture.setPixmap(pixmap.scaled(edge, edge, keep, smooth))
        else:
            self._picture.setPixmap(icon(self._outline, "muted").pixmap(QSize(edge // 2, edge // 2)))
        self._remove.setEnabled(jpeg is not None)
        self._word()

    def set_outline(self, name: str) -> None:
        """Show another icon where there is no photo: one of something else than a person."""
        self._outline = name
        self.show_jpeg(self._jpeg)

    def set_editable(self, editable: bool) -> None:
        """Show or hide the buttons."""
        for button in (self._choose, self._paste, self._remove):
            button.setVisible(editable)

    def take_file(self, path: Path) -> None:
        """Use the picture in a file; trouble is told by ``troubled``."""
        try:
            self._take(read_picture(path, LONGEST_EDGE))
        except TlbbError as error:
            self.troubled.emit(error)

    def paste(self) -> None:
        """Use the picture on the clipboard."""
        image = QGuiApplication.clipboard().image()
        if image.isNull():
            self.troubled.emit(BadFile(N_("There is no picture on the clipboard. Copy one first."), place="photo"))
            return
        try:
            self._take(image)
        except TlbbError as error:
            self.troubled.emit(error)

    def _take(self, image: QImage) -> None:
        self.show_jpeg(encode_picture(image, LONGEST_EDGE, MOST_BYTES))
        self.changed.emit()

    def _take_away(self) -> None:
        self.show_jpeg(None)
        self.changed.emit()

    def _choose_file(self) -> None:
        pictures = _("Pictures") + f" ({FILE_ENDINGS})"
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose a photo"), "", pictures)
        if name:
            self.take_file(Path(name))

    def _word(self) -> None:
        self._picture.setAccessibleName(_("Photo") if self._jpeg is not None else _("No photo"))
        words = {
            self._choose: _("Choose a photo from a file"),
            self._paste: _("Paste a photo from the clipboard"),
            self._remove: _("Take the photo away"),
        }
        for button, text in words.items():
            button.setToolTip(text)
            button.setAccessibleName(text)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        elif event.type() == QEvent.Type.PaletteChange:
            self.show_jpeg(self._jpeg)
        super().changeEvent(event)
