"""The card of this laptop, and a laptop that is got to know by its card: after a restore, after new keys."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from tlbb_desktop.domain.exchange import HEAD_OFFICE, Laptop
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.screens.settings.members import MemberTicks
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.small_form import Field, SmallForm
from tlbb_desktop.wiring import Desk

_AS_BEFORE: Final = ""
_EVERYTHING: Final = f"*{HEAD_OFFICE}"


class KnownLaptopCard(Card):
    """Writes this laptop's card, and takes in the one of another laptop with the code that is read out there."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(
            N_("Known by its card"),
            N_(
                "After a restore or new keys the other laptops do not know a laptop any more. Write its card there,"
                " take it in here, and have its code read out by telephone."
            ),
            parent,
        )
        self._desk = desk
        self.form = SmallForm(
            (
                Field("code", N_("Its code, as it is read out there")),
                Field("name", N_("Name of the laptop")),
                Field("prison", N_("What may go there"), "choice", self._places),
            ),
            self,
        )
        self.staff, self.outcome = MemberTicks(desk, self), WrappingLabel(self)
        self.card_button, self.register_button = QPushButton(self), QPushButton(self)
        set_icon(self.card_button, "usb", "text")
        set_icon(self.register_button, "plus", "text")
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_SMALL)
        buttons.addWidget(self.register_button)
        buttons.addWidget(self.card_button)
        buttons.addStretch()
        for widget in (self.form, self.staff):
            self.body.addWidget(widget)
        self.body.addLayout(buttons)
        self.body.addWidget(self.outcome)

    def open(self) -> None:
        """An empty form, with who may work there."""
        self.outcome.clear()
        self.form.fill({}, existing=False)
        self.staff.open()
        self.form.refresh_choices()
        self.word()

    def register(self, path: Path) -> Laptop:
        """Get to know the laptop whose card lies at *path*, as the form says; raises as the service does."""
        values = self.form.values()
        where = str(values["prison"] or _AS_BEFORE)
        return self._desk.exchange.register(
            path,
            str(values["code"]),
            str(values["name"]),
            () if where in (_AS_BEFORE, _EVERYTHING) else (where,),
            self.staff.ticked,
            head_office=where == _EVERYTHING,
        )

    def _places(self) -> list[tuple[object, str]]:
        before = (_AS_BEFORE, _("as until now"))
        return [before, (_EVERYTHING, _("everything: it is head office")), *prison_choices(self._desk)]

    def word(self) -> None:
        """All words."""
        self.staff.word()
        self.card_button.setText(_("Write the card of this laptop"))
        self.register_button.setText(_("Take in a card"))


def prison_choices(desk: Desk) -> list[tuple[object, str]]:
    """Code and name of every prison, for a choice."""
    khmer = catalog.language() == catalog.KHMER
    return [(each.code, f"{each.name_km if khmer else each.name_en}  ({each.code})") for each in desk.prisons.prisons()]
