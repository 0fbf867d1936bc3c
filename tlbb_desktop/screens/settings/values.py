"""A card of values that hold for the whole programme, saved together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.settings.section import Section
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.small_form import Field, SmallForm
from tlbb_desktop.wiring import Desk


class ValuesSection(Section):
    """Shows the values that hold and writes those that were changed.

    Args:
        desk: the services.
        tasks: the queue of background work.
        heading, hint: marked words of the card.
        fields: by the names of the settings.
        defaults: what holds while nobody has set a value; ``""`` where none is named.
    """

    def __init__(
        self,
        desk: Desk,
        tasks: TaskRunner,
        heading: str,
        hint: str,
        fields: Sequence[Field],
        defaults: Mapping[str, object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tasks, parent)
        self._desk, self._defaults = desk, defaults
        self._seen: dict[str, object] = {}
        card = Card(heading, hint, self)
        self.form = SmallForm(fields, card)
        self.save_button = QPushButton(card)
        self.save_button.setProperty("role", "primary")
        self.save_button.clicked.connect(self.save)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.save_button)
        card.body.addWidget(self.form)
        card.body.addLayout(row)
        self.column.addWidget(card)

    @override
    def open(self) -> None:
        self.form.refresh_choices()
        self._seen = {name: self._desk.settings.get(name) for name in self.form.inputs}
        self.form.fill({name: self._shown(name) for name in self._seen}, existing=True)

    def save(self) -> None:
        """Write what has changed."""
        try:
            changed = {name: value for name, value in self.form.values().items() if value != self._shown(name)}
            self._desk.settings.change(changed, self._seen)
        except TlbbError as error:
            self.form.show_trouble(error)
            return
        self._seen |= changed
        self.form.clear_trouble()
        self.said.emit(_("Saved"))

    def _shown(self, name: str) -> object:
        """A value as the form shows it when nobody has set it."""
        return self._defaults.get(name, "") if self._seen[name] is None else self._seen[name]

    @override
    def word(self) -> None:
        self.save_button.setText(_("Save"))
