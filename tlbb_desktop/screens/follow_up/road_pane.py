"""A journey: the days and the district, whom to see, and the papers as they will be printed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, QStandardPaths, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.stylesheet import GAP_LARGE, GAP_SMALL
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.qt.theme import set_role
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.screens.follow_up.day_room import fit_day
from tlbb_desktop.screens.follow_up.road_presenter import RoadPresenter
from tlbb_desktop.screens.follow_up.road_words import (
    LANGUAGES,
    PAPER_NAMES,
    STOP_COLUMNS,
    STOP_PLACE,
    district_words,
    stops_words,
)
from tlbb_desktop.services.road_packs import RoadPack
from tlbb_desktop.widgets.flow_layout import FlowLayout
from tlbb_desktop.widgets.khmer_date_edit import KhmerDateEdit
from tlbb_desktop.widgets.line_table import LineTable
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.widgets.paper_acts import Paper, PaperActs
from tlbb_desktop.widgets.paper_preview import PaperPreview
from tlbb_desktop.widgets.reflow import Panes

WEEK = timedelta(days=6)


class RoadPane(QWidget):
    """Plans a journey and shows its papers.

    Args:
        presenter: of the journey.
        tasks: make, draw, print and write in the background.
        page: says what happened.

    Signals:
        left: back to the list.
        typing_wanted: the papers of a journey are to be typed in.
    """

    left = Signal()
    typing_wanted = Signal()

    def __init__(self, presenter: RoadPresenter, tasks: TaskRunner, page: Page) -> None:
        super().__init__(page)
        self._presenter, self._page = presenter, page
        self._back, self._title = QPushButton(self), QLabel(self)
        self.first_edit, self.last_edit = KhmerDateEdit(self), KhmerDateEdit(self)
        self.district_box, self.paper_box, self.language_box = (QComboBox(self) for _number in range(3))
        self._count, self._about = QLabel(self), WrappingLabel(self)
        self.make_button, self.typing_button = QPushButton(self), QPushButton(self)
        self.table, self.preview, self._panes = LineTable(self), PaperPreview(self), Panes(self)
        self.table.set_columns(STOP_COLUMNS, STOP_PLACE)
        for box in (self.district_box, self.paper_box, self.language_box):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for code, name in LANGUAGES.items():
            self.language_box.addItem(name, code)
        self._acts = PaperActs(self.preview, tasks, _documents)
        self._acts.said.connect(page.said)
        self._acts.troubled.connect(page.troubled)
        self._lay_out()
        self._wire()
        self._word()

    def _lay_out(self) -> None:
        set_role(self._title, "heading")
        for label in (self._count, self._about):
            label.setProperty("role", "caption")
        set_icon(self._back, "arrow-left")
        set_icon(self.typing_button, "keyboard", "text")
        set_icon(self.make_button, "printer", "on_accent")
        set_role(self.make_button, "primary")
        head, choices = QHBoxLayout(), FlowLayout(spacing=GAP_SMALL)
        head.setSpacing(GAP_SMALL)
        head.addWidget(self._back)
        head.addWidget(self._title, 1)
        for widget in (self.typing_button, self.make_button):
            head.addWidget(widget)
        for widget in (
            *(self.first_edit, self.last_edit, self.district_box),
            *(self.paper_box, self.language_box, self._count),
        ):
            choices.addWidget(widget)
        self._panes.addWidget(self.table)
        self._panes.addWidget(self.preview)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_LARGE, 4, GAP_LARGE, GAP_SMALL)
        column.setSpacing(GAP_SMALL)
        column.addLayout(head)
        column.addLayout(choices)
        column.addWidget(self._about)
        column.addWidget(self._panes, 1)

    def _wire(self) -> None:
        self._back.clicked.connect(self.left)
        self.first_edit.day_changed.connect(self._week_from)
        self.last_edit.day_changed.connect(lambda _day: self._look())
        self.district_box.activated.connect(lambda _number: self._look())
        for box in (self.paper_box, self.language_box):
            box.activated.connect(lambda _number: self._show_paper())
        self.make_button.clicked.connect(self.make)
        self.typing_button.clicked.connect(self.typing_wanted)

    def start(self) -> None:
        """Plan the journey of this week."""
        self.first_edit.set_day(self._presenter.first)
        self.last_edit.set_day(self._presenter.last)
        self.language_box.setCurrentIndex(max(0, self.language_box.findData(catalog.language())))
        self._look()
        self.table.setFocus()

    def make(self) -> None:
        """Keep the order of the journey, and show its papers."""
        pack = self._page.attempt(self._presenter.make)
        if pack is not None:
            self._show_paper()
            self.preview.setFocus()

    def print_it(self) -> None:
        """Ask for a printer; the papers are made first."""
        if self._presenter.pack is None:
            self.make()
        else:
            self._acts.print_it()

    def close_paper(self) -> bool:
        """Back from the papers to whom to see; False when they are not shown."""
        if self._panes.currentWidget() is self.table:
            return False
        self._look()
        self.table.setFocus()
        return True

    @property
    def shows_paper(self) -> bool:
        """Whether the papers are shown."""
        return self._panes.currentWidget() is self.preview

    def _week_from(self, day: date | None) -> None:
        if day is not None:
            self.last_edit.set_day(day + WEEK)
        self._look()

    def _look(self) -> None:
        """Read whom to see; the papers of the choice before are put away."""
        try:
            first, last = self.first_edit.day(), self.last_edit.day()
            here = self.district_box.currentData() or ""
            self._presenter.look(first or self._presenter.first, last or self._presenter.last, here)
        except TlbbError as error:
            self._page.troubled.emit(error)
            return
        self._panes.setCurrentWidget(self.table)
        self.table.show_lines({stop.follow_up_id: stop for stop in self._presenter.stops})
        self._offer_districts()
        self._say()

    def _offer_districts(self) -> None:
        box, presenter = self.district_box, self._presenter
        box.clear()
        box.addItem(_("Every district"), "")
        for code in presenter.districts:
            box.addItem(district_words(presenter.place_names(code)), code)
        box.setCurrentIndex(max(0, box.findData(presenter.district)))

    def _show_paper(self) -> None:
        pack = self._presenter.pack
        if pack is not None:
            self._acts.show(self._paper(pack))
            self._panes.setCurrentWidget(self.preview)
            self._say()

    def _paper(self, pack: RoadPack) -> Paper:
        packs = self._presenter.desk.road_packs
        sheets, language = bool(self.paper_box.currentIndex()), str(self.language_box.currentData())
        return Paper(
            f"visits-{pack.code}",
            lambda: packs.paper(pack, language, sheets=sheets).pdf,
            lambda _pages, _copies: None,
            lambda path: packs.save(pack, language, path, sheets=sheets),
        )

    def _say(self) -> None:
        stops, pack = self._presenter.stops, self._presenter.pack
        self._count.setText(stops_words(len(stops)))
        self.make_button.setEnabled(bool(stops))
        if pack is not None and self.shows_paper:
            words = _("The code is needed to type the visits in afterwards.")
            self._about.setText(". ".join((labelled(_("Code of the paper"), pack.code), words)))
        elif stops:
            self._about.setText(_("In the order of the way. The papers bear code and nickname only."))
        else:
            self._about.setText(_("Nobody is due there in these days."))

    def _word(self) -> None:
        self._back.setText(_("Back"))
        self._title.setText(_("Road pack"))
        self.first_edit.setAccessibleName(_("First day of the journey"))
        self.last_edit.setAccessibleName(_("Last day of the journey"))
        self.district_box.setAccessibleName(_("District"))
        self.paper_box.setAccessibleName(_("Which paper"))
        self.language_box.setAccessibleName(_("Language of the paper"))
        self.table.setAccessibleName(_("Whom to see"))
        self.make_button.setText(_("Make the papers"))
        self.typing_button.setText(_("Type in"))
        self.typing_button.setToolTip(_("Type in the papers of a journey (T)"))
        for edit in (self.first_edit, self.last_edit):
            fit_day(edit)
        here = max(0, self.paper_box.currentIndex())
        self.paper_box.clear()
        self.paper_box.addItems([_(name) for name in PAPER_NAMES.values()])
        self.paper_box.setCurrentIndex(here)
        self._offer_districts()
        self._say()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)


def _documents() -> Path:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) if Path(documents).is_dir() else Path.home()
