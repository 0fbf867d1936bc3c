"""The reports page: outcomes as of a day, who stands behind each number, and reports as they were issued."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.i18n.catalog import _, _n, _p
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.icons import apply_icons
from tlbb_desktop.qt.stylesheet import GAP, GAP_LARGE, GAP_SMALL
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.screens.reports import words as say
from tlbb_desktop.screens.reports.cards import ReportCards
from tlbb_desktop.screens.reports.filter_bar import FilterBar
from tlbb_desktop.screens.reports.paper_pane import PaperPane
from tlbb_desktop.screens.reports.people_panel import PeoplePanel
from tlbb_desktop.screens.reports.presenter import ReportsPresenter
from tlbb_desktop.services.exchange_words import sites_text
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.widgets.reflow import Panes
from tlbb_desktop.widgets.scrolling import scrolling
from tlbb_desktop.wiring import Desk


class ReportsScreen(Page):
    """Opened with None."""

    def __init__(self, desk: Desk, tasks: TaskRunner, changes: ChangeSignal, parent: QWidget | None = None) -> None:  # noqa: ARG002 - every page is made with the same four
        super().__init__(parent)
        self._presenter = ReportsPresenter(desk)
        self._cards: list[QWidget] = []
        self._panes, self.figures_pane = Panes(self), QWidget(self)
        self.filter_bar, self.people_panel = FilterBar(self._presenter, self), PeoplePanel(self)
        self._content, self.sites = QWidget(self), WrappingLabel(self)
        self.sites.setProperty("role", "caption")
        self.paper_pane = PaperPane(self._presenter, tasks, self)
        self._makers = ReportCards(self._presenter, self.show_people, self._issue, self._tell_changes, self.show_paper)
        self._lay_out()
        self.filter_bar.asked.connect(self._ask)
        self.filter_bar.print_button.clicked.connect(self.print_paper)
        self.people_panel.closed.connect(self.go_back)
        self.people_panel.chosen.connect(self._open_person)
        self.paper_pane.left.connect(self.go_back)

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, 4, GAP)
        self._column.setSpacing(GAP)
        self._column.addStretch(1)
        self.area = scrolling(self._content)
        body = QHBoxLayout()
        body.setSpacing(GAP)
        body.addWidget(self.area, 1)
        body.addWidget(self.people_panel)
        column = QVBoxLayout(self.figures_pane)
        column.setContentsMargins(GAP_LARGE, 4, GAP_LARGE, GAP_SMALL)
        column.setSpacing(GAP_SMALL)
        column.addWidget(self.filter_bar)
        column.addWidget(self.sites)
        column.addLayout(body, 1)
        for pane in (self.figures_pane, self.paper_pane):
            self._panes.addWidget(pane)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._panes)

    # what the window asks ------------------------------------------------------------------------------------------

    @override
    def open(self, argument: object = None) -> None:
        if self.done(self._presenter.load):
            self.filter_bar.show_wish()
            self._show()

    @override
    def title(self) -> str:
        return _p("place", "Reports")

    @override
    def help_topic(self) -> str:
        return "reports"

    @override
    def key_list(self) -> tuple[tuple[str, str], ...]:
        return say.REPORT_KEYS

    @override
    def print_paper(self) -> None:
        if self._panes.currentWidget() is self.paper_pane:
            self.paper_pane.print_it()
        elif self._presenter.report is not None:
            self.show_paper(self._presenter.issued_as)

    @override
    def go_back(self) -> bool:
        if self._panes.currentWidget() is self.paper_pane:
            self._panes.setCurrentWidget(self.figures_pane)
            return True
        if self.people_panel.isHidden():
            return False
        self.people_panel.hide()
        self.filter_bar.boxes["months"].setFocus()
        return True

    # inside --------------------------------------------------------------------------------------------------------

    def show_paper(self, number: str = "") -> None:
        """Show what was counted as it would be printed, or the report that was issued as *number*."""
        self._panes.setCurrentWidget(self.paper_pane)
        self.paper_pane.show_report(number)

    def show_people(self, what: str, rows: object) -> None:
        """List by code who stands behind a number."""
        people = self.attempt(lambda: self._presenter.people(cast("Iterable[int]", rows)))
        if people is not None:
            count = _n("{n} person", "{n} people", len(people)).format(n=digits(len(people)))
            self.people_panel.show_people(f"{what}{say.BETWEEN}{count}", people)

    def _ask(self, name: str, value: object) -> None:
        if self.done(lambda: self._presenter.ask(**{name: value})):
            self.people_panel.hide()
            self._show()
        else:
            self.filter_bar.show_wish()

    def _issue(self, reason: str, corrects: str) -> None:
        number = self.attempt(lambda: self._presenter.issue(reason, corrects))
        if number:
            self._show()
            self.said.emit(_("Issued as {number}.").format(number=number))

    def _tell_changes(self, number: str) -> None:
        changes = self.attempt(lambda: self._presenter.changes(number))
        if changes is not None:
            lines = [words for each in changes for words in (say.change_words(each), say.why_words(each))]
            lines = lines or [_("Everybody stands where they stood.")]
            self.people_panel.show_lines(_("Changed since {number}").format(number=number), lines)

    def _open_person(self, person_id: int) -> None:
        if self._presenter.may_open_people():
            self.go_to.emit("people", person_id)

    def _show(self) -> None:
        self.sites.setText(sites_text(self._presenter.sites))
        self.sites.setVisible(bool(self._presenter.sites))
        for card in self._cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = self._makers.all()
        for number, card in enumerate(self._cards):
            self._column.insertWidget(number, card)
            apply_icons(card)
            card.show()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)
