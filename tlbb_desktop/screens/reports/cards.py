"""The cards of the reports page, each made afresh from what was counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from tlbb_desktop.domain.recidivism import RecidivismTable, share
from tlbb_desktop.i18n.catalog import _, _p
from tlbb_desktop.i18n.days import day_text
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.khmer_input import KhmerEdit
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.screens.reports import words as say
from tlbb_desktop.screens.reports.presenter import GROUPS, ReportsPresenter
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.figure_row import FigureRow
from tlbb_desktop.widgets.survival_chart import SurvivalChart
from tlbb_desktop.widgets.task_line import TaskLine

OpenPeople = Callable[[str, object], None]
ISSUED_SHOWN: Final = 6


class ReportCards:
    """Makes the cards from the top.

    Args:
        presenter: what was counted.
        open_people: shows who stands behind a number.
        issue: keeps the report: (reason, number that it corrects).
        tell_changes: shows what changed since a number was issued.
        show_paper: shows the report of a number as it was issued.
    """

    def __init__(
        self,
        presenter: ReportsPresenter,
        open_people: OpenPeople,
        issue: Callable[[str, str], None],
        tell_changes: Callable[[str], None],
        show_paper: Callable[[str], None],
    ) -> None:
        self._presenter = presenter
        self._open_people, self._issue = open_people, issue
        self._tell_changes, self._show_paper = tell_changes, show_paper

    def all(self) -> list[QWidget]:
        """The cards in their order."""
        table = self._presenter.table
        if table is None:
            return []
        return [
            self._reoffending(table),
            self._curve(table),
            *self._faults(table),
            *(self._group(name) for name, _keys in GROUPS),
            *self._issued(),
        ]

    def _reoffending(self, table: RecidivismTable) -> Card:
        card = Card(N_("Re-offending"))
        question = table.question
        card.set_hint(
            say.BETWEEN.join(
                (
                    _("as of {day}").format(day=day_text(question.as_of)),
                    say.cohort_words(completers=question.completers),
                    say.level_words(question.level),
                )
            )
        )
        for window in table.windows:
            few = say.few_words(window.n, window.rate_recorded)
            row = FigureRow(say.window_title(window), say.window_sentence(window), say.window_cells(window), few)
            row.chosen.connect(self._open_people)
            card.body.addWidget(row)
        ever = WrappingLabel(card, text=say.ever_words(table))
        ever.setProperty("role", "caption")
        card.body.addWidget(ever)
        return card

    @staticmethod
    def _curve(table: RecidivismTable) -> Card:
        card = Card(N_("Kaplan-Meier: everybody who was released, seen for as long as anything is known"))
        few = say.few_words(table.curve.observed, share(0, table.curve.observed))
        card.set_hint(few or say.curve_words(table))
        if few or not table.curve.observed:
            return card
        chart = SurvivalChart(card)
        chart.show_curve(table.curve, table.question.months)
        card.body.addWidget(chart)
        return card

    def _faults(self, table: RecidivismTable) -> Iterator[Card]:
        if not table.faults:
            return
        card = Card(N_("Faults in the data"), N_("These events are not counted until they are mended."))
        codes = self._presenter.people({fault.person_id for fault in table.faults})
        for fault in table.faults:
            words = say.fault_words(fault, codes.get(fault.person_id, ""))
            line = TaskLine(("triangle-alert", "warning"), words)
            act = partial(self._open_people, words, (fault.person_id,))
            line.add_button(_p("the people behind a number", "Who"), act, icon="user")
            card.body.addWidget(line)
        yield card

    def _group(self, name: str) -> Card:
        card = Card(say.GROUP_NAMES[name])
        for figure in self._presenter.figures(name):
            few = say.few_words(figure.n, figure.rate)
            title, sentence = _(figure.indicator.title), say.figure_sentence(figure)
            row = FigureRow(title, sentence, say.figure_cells(figure), few)
            row.chosen.connect(self._open_people)
            card.body.addWidget(row)
        return card

    def _issued(self) -> Iterator[Card]:
        if not self._presenter.may_issue():
            return
        card = Card(N_("Issued reports"), N_("An issued report keeps its figures, its day and its people by code."))
        card.body.addLayout(self._issue_row(card))
        for report in self._presenter.issued[:ISSUED_SHOWN]:
            line = TaskLine(("file-text", "muted"), say.issued_words(report), say.issued_caption(report))
            line.add_button(_("Print again"), partial(self._show_paper, report.number), icon="printer")
            line.add_button(_("What changed"), partial(self._tell_changes, report.number), icon="history")
            card.body.addWidget(line)
        yield card

    def _issue_row(self, card: Card) -> QHBoxLayout:
        reason, corrects, button = KhmerEdit(card), QComboBox(card), QPushButton(_p("outcome report", "Issue"), card)
        reason.setPlaceholderText(_("For whom, and why"))
        reason.setAccessibleName(_("For whom, and why"))
        corrects.setAccessibleName(_("Which report it corrects"))
        corrects.addItem(_("corrects no other"), "")
        for report in self._presenter.issued:
            corrects.addItem(_("corrects {number}").format(number=report.number), report.number)
        set_icon(button, "badge-check")
        button.setAutoDefault(False)
        button.setToolTip(_("Keep these figures as they are shown, under a number"))

        def keep() -> None:
            self._issue(reason.stored_form(reason.text()), str(corrects.currentData()))

        button.clicked.connect(keep)
        reason.returnPressed.connect(keep)
        row = QHBoxLayout()
        row.setSpacing(GAP_SMALL)
        row.addWidget(reason, 1)
        row.addWidget(corrects)
        row.addWidget(button)
        return row
