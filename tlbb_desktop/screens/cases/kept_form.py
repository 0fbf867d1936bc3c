"""One form with its button: what is typed is stored by Ctrl+S or the button, and never lost unseen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import ChangedMeanwhile, Refused, TlbbError
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.shortcuts import physical_key
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.widgets.record_pane import CANNOT_BE_CHANGED, NOT_SAVED
from tlbb_desktop.widgets.section_form import Section, SectionForm


class KeptForm(QWidget):
    """A form of which there is one only, such as a legal file.

    Args:
        sections: the form.
        button: marked words of the button.
        keep: stores the values; may raise TlbbError, whose ``place`` names a question.
        parent: where it stands.

    Signals:
        kept: the values were stored.
        troubled: a TlbbError that belongs to no field.
        outdated: somebody else was quicker; what is typed was dropped, and the form is to be filled again.
    """

    kept = Signal()
    troubled = Signal(object)
    outdated = Signal()

    def __init__(
        self,
        sections: Sequence[Section],
        button: str,
        keep: Callable[[dict[str, Any]], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._keep, self._button_words = keep, button
        self._touched = self._warned = False
        self.form = SectionForm(sections, self)
        self.form.edited.connect(self._edited)
        self._state, self.button = QLabel(self), QPushButton(self)
        self._state.setProperty("role", "caption")
        self.button.setProperty("role", "primary")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.save)
        foot = QHBoxLayout()
        foot.addWidget(self._state, 1)
        foot.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(self.form)
        column.addLayout(foot)
        self._word()

    @property
    def is_touched(self) -> bool:
        """Whether something is typed that is not stored."""
        return self._touched

    def fill(self, values: Mapping[str, Any], *, editable: bool = True) -> None:
        """Show values, unless something is typed that they would overwrite."""
        if self._touched:
            return
        self.form.fill(values)
        self.form.set_editable(editable)
        self.button.setVisible(editable)
        self._say_state()

    def forget(self) -> None:
        """Drop what is typed: another record is to be shown."""
        self._touched = self._warned = False

    def save(self) -> bool:
        """Store what is typed; False when it could not be."""
        try:
            self._keep(self.form.values())
        except ChangedMeanwhile as error:
            self.forget()
            self.outdated.emit()
            self.troubled.emit(error)
            return False
        except TlbbError as error:
            if error.place not in self.form.fields:
                self.troubled.emit(error)
            elif not self.form.fields[error.place].is_wrong:
                self.form.show_trouble(error)
            return False
        self.forget()
        self._say_state()
        self.kept.emit()
        return True

    def may_be_left(self) -> bool:
        """Whether nothing would be lost, or the reader was told so and typed nothing since."""
        if not self._touched or self._warned:
            self.forget()
            return True
        self._warned = True
        self.troubled.emit(Refused(NOT_SAVED))
        return False

    def draft(self) -> dict[str, object] | None:
        """What is half typed; None when nothing is."""
        return self.form.raw() if self._touched else None

    def take_draft(self, draft: Mapping[str, Any] | None) -> None:
        """Put back what :meth:`draft` gave."""
        if draft is not None:
            self.form.show_raw(draft)
            self._edited()

    def _edited(self) -> None:
        self._touched, self._warned = True, False
        self._say_state()

    def _say_state(self) -> None:
        if self.button.isHidden():
            self._state.setText(_(CANNOT_BE_CHANGED))
        else:
            self._state.setText(_("Not saved yet") if self._touched else "")

    def _word(self) -> None:
        self.button.setText(_(self._button_words))
        self._say_state()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if physical_key(event) == Qt.Key.Key_S and control and not self.button.isHidden():
            self.save()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
