"""Language, light or dark, text size, digits: each takes effect at once."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.qt.theme import current_scale
from tlbb_desktop.screens.settings.section import Section
from tlbb_desktop.services.window_memory import SCALES
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.language_switch import NAMES
from tlbb_desktop.widgets.small_form import Choices, Field, SmallForm
from tlbb_desktop.wiring import Desk

THEME_NAMES = {
    "light": Np_("theme", "Light"),
    "dark": Np_("theme", "Dark"),
    "system": Np_("theme", "As the laptop"),
}


class AppearanceSection(Section):
    """How the window looks for this member of staff."""

    title = Np_("settings", "Appearance")
    icon = "contrast"

    def __init__(self, desk: Desk, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._desk = desk
        card = Card(N_("Appearance"), N_("Only for you. Everything you have typed stays."), self)
        self.form = SmallForm(
            (
                Field("language", N_("Language"), "choice", self._languages),
                Field("theme", N_("Light or dark"), "choice", self._themes),
                Field("scale", N_("Text size"), "choice", self._scales),
                Field("khmer_digits", N_("Khmer digits on pages in Khmer"), "yes"),
            ),
            card,
        )
        self.form.edited.connect(self._take)
        card.body.addWidget(self.form)
        self.column.addWidget(card)
        self.column.addStretch()

    def open(self) -> None:
        """Show the look that holds."""
        with QSignalBlocker(self.form):
            look = {
                "language": catalog.language(),
                "theme": self._desk.settings.mine("theme", "system"),
                "scale": current_scale(),
                "khmer_digits": self._desk.settings.mine("khmer_digits", False),
            }
            self.form.fill(look, existing=True)
        self._shown = self.form.values()

    def word(self) -> None:
        """The language may have been switched elsewhere."""
        self.open()

    def _take(self) -> None:
        values = self.form.values()
        for name, value in values.items():
            if value != self._shown.get(name):
                self._shown = values
                self.look_wanted.emit(name, value)

    @staticmethod
    def _languages() -> Choices:
        return [(code, full) for code, (_short, full) in NAMES.items()]

    @staticmethod
    def _themes() -> Choices:
        return [(name, _(words)) for name, words in THEME_NAMES.items()]

    @staticmethod
    def _scales() -> Choices:
        return [(scale, digits(f"{round(scale * 100)} %")) for scale in SCALES]
