"""What is asked: as-of day, windows, whom, evidence, prison, trade, sex, year of release."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget
from typing_extensions import override

from tlbb_desktop.domain.people import SEX_NAMES
from tlbb_desktop.domain.reoffences import EvidenceLevel
from tlbb_desktop.i18n.catalog import _, _p, language
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.screens.reports import words as say
from tlbb_desktop.screens.reports.presenter import WINDOWS, ReportsPresenter
from tlbb_desktop.widgets.flow_layout import FlowLayout
from tlbb_desktop.widgets.khmer_date_edit import KhmerDateEdit

LEVELS: Final = tuple(level for level in EvidenceLevel if level is not EvidenceLevel.ACQUITTED)
BOXES: Final = ("months", "completers", "level", "prison_id", "trade", "sex", "year")


class FilterBar(QWidget):
    """A day, seven boxes, and the button that shows the paper.

    Args:
        presenter: the page's.

    Signals:
        asked: (name of a field of ``Wish``, its value) something else is asked.
    """

    asked = Signal(str, object)

    def __init__(self, presenter: ReportsPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.day_edit = KhmerDateEdit(self)
        self.print_button = QPushButton(self)
        set_icon(self.print_button, "printer")
        self.print_button.setAutoDefault(False)
        self.boxes = {name: QComboBox(self) for name in BOXES}
        row = FlowLayout(self, spacing=GAP_SMALL)
        row.addWidget(self.day_edit)
        for name, box in self.boxes.items():
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # in each language
            row.addWidget(box)
            box.activated.connect(lambda number, name=name: self._choose(name, number))
        row.addWidget(self.print_button)
        self.day_edit.day_changed.connect(self._choose_day)
        self.word()

    def show_wish(self) -> None:
        """Show what is asked now."""
        wish = self._presenter.wish
        self.day_edit.set_day(wish.as_of)
        for name, box in self.boxes.items():
            values = [value for value, _words in self._choices(name)]
            box.setCurrentIndex(values.index(getattr(wish, name)))

    def word(self) -> None:
        """Fill the boxes in the reader's language."""
        names = {
            "months": _("Windows"),
            "completers": _("Whom the figures are about"),
            "level": _("Evidence that counts"),
            "prison_id": _("Prison"),
            "trade": _("Trade"),
            "sex": _("Sex"),
            "year": _("Year of release"),
        }
        self.print_button.setText(_("Print"))
        self.print_button.setToolTip(_("The report as it will be printed (Ctrl+P)"))
        self.day_edit.setAccessibleName(_("As of day"))
        self.day_edit.setToolTip(_("As of day"))
        for name, box in self.boxes.items():
            box.setAccessibleName(names[name])
            box.setToolTip(names[name])
            box.clear()
            box.addItems([words for _value, words in self._choices(name)])
        self.show_wish()

    def _choices(self, name: str) -> tuple[tuple[object, str], ...]:
        makers = {
            "months": self._windows,
            "completers": self._cohorts,
            "level": self._levels,
            "prison_id": self._prisons,
            "trade": self._trades,
            "sex": self._sexes,
            "year": self._years,
        }
        return tuple(makers[name]())

    def _windows(self) -> Iterable[tuple[object, str]]:
        return ((months, say.months_words(months)) for months in WINDOWS)

    def _cohorts(self) -> Iterable[tuple[object, str]]:
        return ((completers, say.cohort_words(completers=completers)) for completers in (False, True))

    def _levels(self) -> Iterable[tuple[object, str]]:
        return ((level, say.level_words(level)) for level in LEVELS)

    def _prisons(self) -> Iterable[tuple[object, str]]:
        yield None, _p("filter", "All prisons")
        for prison in self._presenter.prisons():
            yield prison.id, prison.code

    def _trades(self) -> Iterable[tuple[object, str]]:
        yield None, _p("filter", "All trades")
        for course in self._presenter.trades():
            yield course.code, course.name_km if language() == "km" else course.name_en

    def _sexes(self) -> Iterable[tuple[object, str]]:
        yield None, _p("filter", "Male and female")
        for sex, name in SEX_NAMES.items():
            yield sex, _(name)

    def _years(self) -> Iterable[tuple[object, str]]:
        yield None, _p("filter", "All years")
        for year in self._presenter.years():
            yield year, _("Released {year}").format(year=digits(year))

    def _choose(self, name: str, number: int) -> None:
        self.asked.emit(name, self._choices(name)[number][0])

    def _choose_day(self, day: object) -> None:
        if day is None:
            self.show_wish()
        else:
            self.asked.emit("as_of", day)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.word()
        super().changeEvent(event)
