"""Asks for owner, due day and note of an item, or for a new one."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import Refused, TlbbError
from tlbb_desktop.domain.release_items import ItemGroup
from tlbb_desktop.domain.release_plans import ItemForm, ReleaseItem
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.qt.theme import set_role
from tlbb_desktop.screens.releases.words import doers
from tlbb_desktop.widgets.section_form import Question, Section, SectionForm

_QUESTIONS = (
    Question("title", Np_("of a release plan", "What has to be done"), wide=True),
    Question("owner", Np_("of an item", "Who"), "choice", doers),
    Question("owner_name", N_("Name, where it says more")),
    Question("due_on", Np_("of an item", "Due"), "day"),
    Question("critical", N_("Nobody should leave without it"), "yes"),
    Question("note", Np_("of an item", "Note"), "text", wide=True),
)
#: What only an added item is asked for; the form of the programme says it of the others.
_OF_ADDED = ("title", "critical")


class ItemPanel(QWidget):
    """Shows one item at a time.

    Signals:
        kept: (the item or None, its form) it is to be kept like this.
        closed: nothing is to be kept.
    """

    kept = Signal(object, object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item: ReleaseItem | None = None
        self._start = ItemForm("", ItemGroup.SELF)
        self.form = SectionForm((Section("", _QUESTIONS),), self)
        note = self.form.answers["note"]
        note.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.save_button, self.cancel_button = QPushButton(self), QPushButton(self)
        set_role(self.save_button, "primary")
        for button in (self.save_button, self.cancel_button):
            button.setAutoDefault(False)
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.closed)
        foot = QHBoxLayout()
        foot.setSpacing(GAP_SMALL)
        foot.addStretch()
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(self.form)
        column.addLayout(foot)
        self._word()

    def ask(self, item: ReleaseItem | None, group: ItemGroup) -> None:
        """Ask about an item, or for a new one of a group."""
        self._item = item
        self._start = ItemForm("", group) if item is None else item.form
        start = self._start
        values = {question.name: getattr(start, question.name) for question in _QUESTIONS}
        self.form.fill(values)
        for name in _OF_ADDED:
            self.form.fields[name].setVisible(not start.key)
        first = "owner" if start.key else "title"
        self.form.answers[first].setFocus()

    def save(self) -> None:
        """Hand over what stands there, if it can be read."""
        try:
            values = self.form.values()
        except Refused:
            return
        critical = bool(values.pop("critical"))
        self.kept.emit(self._item, replace(self._start, **values, critical=critical))

    def show_trouble(self, error: TlbbError) -> bool:
        """Say at its field what is wrong; False when there is no such field."""
        return self.form.show_trouble(error)

    def _word(self) -> None:
        self.save_button.setText(_("Save"))
        self.cancel_button.setText(_("Cancel"))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() == Qt.Key.Key_S and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.save()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
