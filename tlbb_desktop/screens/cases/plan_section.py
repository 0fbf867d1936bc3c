"""The plan of a case: its versions and what the shown one lacks above, its parts below."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabBar, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.case_plans import GoalStatus, PlanStatus, PlanVersion
from tlbb_desktop.domain.cases import CaseFile
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.plan_words import PLAN_GAP_NAMES, PLAN_STATUS_NAMES
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.i18n.catalog import _, _n, _p
from tlbb_desktop.i18n.days import day_text, digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.qt.icons import IconRole, set_icon
from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.qt.stylesheet import GAP, GAP_SMALL
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.screens.cases.plan_goals import ActionRecords, GoalRecords
from tlbb_desktop.screens.cases.plan_papers import PlanPapers
from tlbb_desktop.screens.cases.plan_presenter import PlanPresenter
from tlbb_desktop.screens.cases.plan_reviews import PlanPage, PlanSignatures, ReviewRecords
from tlbb_desktop.screens.cases.protected import ProtectedReader
from tlbb_desktop.screens.cases.section import CaseSection
from tlbb_desktop.screens.cases.words import plan_state_words
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.flow_layout import FlowLayout
from tlbb_desktop.widgets.line_table import LineTable
from tlbb_desktop.widgets.reason_bar import ReasonBar
from tlbb_desktop.widgets.record_pane import RecordPane
from tlbb_desktop.wiring import Desk

GOALS, ACTIONS, REVIEWS, SIGNATURES, PLAN = range(5)
TAB_NAMES: Final = (
    Np_("part of a plan", "Goals"),
    Np_("part of a plan", "Actions"),
    Np_("part of a plan", "Reviews"),
    Np_("part of a plan", "Signatures"),
    Np_("part of a plan", "About the plan"),
)
TAB_KEYS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
VERSIONS_IN_SIGHT: Final = 2
VERSION_COLUMNS: Final[tuple[Column[PlanVersion], ...]] = (
    Column("number", Np_("of a plan", "Version"), lambda row: digits(row.number)),
    Column("status", Np_("of a plan", "State"), lambda row: _(PLAN_STATUS_NAMES[row.status])),
    Column("proposed", N_("Handed in"), lambda row: day_text(row.proposed_at.date()) if row.proposed_at else "—"),
)
_SIGNS: Final[Mapping[PlanStatus, tuple[str, IconRole]]] = {
    PlanStatus.DRAFT: ("pencil", "warning"),
    PlanStatus.APPROVED: ("check", "info"),
    PlanStatus.ACTIVE: ("circle-check", "success"),
    PlanStatus.SUPERSEDED: ("history", "muted"),
    PlanStatus.CLOSED: ("lock", "muted"),
}


class PlanSection(CaseSection):
    """Versions, goals, actions, reviews, signatures; Alt+← and Alt+→ go from part to part.

    Args:
        desk: the services.
        tasks: the queue of background work.
    """

    compartment = "counselling"

    def __init__(self, desk: Desk, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presenter = PlanPresenter(desk, ProtectedReader(desk))
        self._case: CaseFile | None = None
        self._actions = ActionRecords(self.presenter)
        self._reviewed: tuple[object, ...] = ()
        self._shown_plan: int | None = None
        self.panes: dict[int, RecordPane[Any]] = {}
        self.bar = ReasonBar(self)
        self.bar.given.connect(self.give_reason)
        self.versions = LineTable(self)
        self.versions.set_columns(VERSION_COLUMNS, 1, lambda row: _SIGNS[row.status])
        self.versions.be_as_high_as_the_lines(VERSIONS_IN_SIGHT)
        self.versions.moved.connect(self._version_moved)
        self.missing_card = Card(N_("What is missing"), "", self)
        self.missing, self.state = WrappingLabel(self.missing_card), WrappingLabel(self)
        self.state.setProperty("role", "caption")
        self.start_button, self.goals_button = QPushButton(self), QPushButton(self)
        self.propose_button, self.approve_button, self.activate_button = (QPushButton(self) for _number in range(3))
        self.tabs, self.papers = QTabBar(self), PlanPapers(self.presenter, tasks, self)
        self._current = GOALS
        self._lay_out()
        self._wire()
        self._word()

    def _lay_out(self) -> None:
        set_icon(self.start_button, "plus", "text")
        for button in (self.propose_button, self.approve_button, self.activate_button):
            button.setProperty("role", "primary")
        self.missing_card.body.addWidget(self.missing)
        self.missing_card.body.addStretch()
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.versions, 3, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.missing_card, 2)
        acts = QWidget(self)
        flow = FlowLayout(acts, spacing=GAP_SMALL)
        for button in self._acts():
            flow.addWidget(button)
        for _name in TAB_NAMES:
            self.tabs.addTab("")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._column.addWidget(self.bar)
        self._column.addLayout(top)
        for shown in (self.state, acts, self.tabs, self.papers):
            self._column.addWidget(shown)
        self._column.addStretch(1)

    def _acts(self) -> dict[QPushButton, Callable[[], None]]:
        return {
            self.propose_button: self._propose,
            self.approve_button: self._approve,
            self.activate_button: self._activate,
            self.goals_button: self._add_proposed,
            self.start_button: self._start,
        }

    def _wire(self) -> None:
        for button, act in self._acts().items():
            button.clicked.connect(act)
        self.tabs.currentChanged.connect(self._tab_chosen)
        for signal, there in zip(self.papers.signals, (self.said, self.troubled, self.case_changed), strict=True):
            signal.connect(there)

    # reading --------------------------------------------------------------------------------------------------------

    @override
    def show_case(self, case: CaseFile) -> None:
        self._case = case
        self.presenter.show_case(case)
        try:
            self.presenter.load()
        finally:
            self._show()

    @override
    def show_record(self, row: int) -> None:
        if row in {version.id for version in self.presenter.versions} and self.may_be_left():
            self.presenter.choose(row)
            self._show()

    @property
    def pane(self) -> RecordPane[Any]:
        """The part that is shown."""
        return self._pane(self._current)

    def go_to_part(self, part: int) -> None:
        """Show a part of the plan, such as ``ACTIONS``."""
        self.tabs.setCurrentIndex(part)

    @override
    def may_be_left(self) -> bool:
        return self._current not in self.panes or self.pane.may_be_left()

    @override
    def draft(self) -> dict[str, object] | None:
        plan = self.presenter.plan
        typed = self.pane.draft() if self._current in self.panes and plan is not None else None
        signature = self.papers.draft(self.pane) if plan is not None else {}
        if plan is None or (typed is None and not signature):
            return None
        return {"plan": plan.id, "part": self._current, "typed": typed, **signature}

    @override
    def take_draft(self, draft: Mapping[str, Any]) -> None:
        self.show_record(draft["plan"])
        if self.presenter.plan is not None and self.presenter.plan.id == draft["plan"]:
            self.go_to_part(draft["part"])
            if draft["typed"] is not None:
                self.pane.take_draft(draft["typed"])
            if "signature" in draft:
                self.papers.take_draft(draft, self.pane)

    def give_reason(self, reason: ReadReason) -> None:
        """Open the protected goals for a manager who says why."""
        if self._case is None or not self.may_be_left():
            return
        self.presenter.reader.reason = reason
        self._do(self.presenter.load, "")

    # acts -----------------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        if self.may_be_left():
            self._do(self.presenter.start, _("A new version has begun."))

    def _propose(self) -> None:
        if self.may_be_left():
            self._do(self.presenter.propose, _("The plan waits for approval."))

    def _approve(self) -> None:
        self._do(self.presenter.approve, _("The plan is approved."))

    def _activate(self) -> None:
        self._do(self.presenter.activate, _("The plan has begun."))

    def _add_proposed(self) -> None:
        if not self.may_be_left():
            return
        added: list[int] = []
        if self._do(lambda: added.append(self.presenter.add_proposed()), ""):
            count = added[0]
            said = _n("{n} goal was added.", "{n} goals were added.", count).format(n=digits(count))
            self.said.emit(said if count else _("Every weak domain has its goal already."))

    def _do(self, act: Callable[[], None], said: str) -> bool:
        try:
            act()
            self.presenter.load()
        except TlbbError as error:
            self.troubled.emit(error)
            return False
        finally:
            self._show()
        if said:
            self.said.emit(said)
        return True

    # showing --------------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        here, plan = self.presenter, self.presenter.plan
        self.versions.blockSignals(True)
        self.versions.show_lines({version.id: version for version in here.versions})
        self.versions.go(plan.id if plan is not None else None)
        self.versions.blockSignals(False)
        for shown in (self.versions, self.missing_card, self.tabs):
            shown.setVisible(plan is not None)
        if plan is None or plan.id != self._shown_plan:
            self._shown_plan = plan.id if plan is not None else None
            for pane in self.panes.values():
                pane.forget()
        self._show_acts()
        self._show_part()
        self._say()

    def _show_acts(self) -> None:
        here = self.presenter
        for button, shown in (
            (self.start_button, here.may_start),
            (self.goals_button, here.may_draft),
            (self.propose_button, here.may_propose),
            (self.approve_button, here.may_approve),
            (self.activate_button, here.may_activate),
        ):
            button.setVisible(shown)
        self.bar.show_reader(here.reader)
        hides = here.plan is not None and here.plan.goals_hidden > 0
        self.bar.setVisible(not here.reader.owns and (hides or here.reader.reason is not None))

    def _show_part(self) -> None:
        standing = self.presenter.plan is not None
        if standing:
            self.pane.form.offer_again()
            self.pane.open()
        for part, pane in self.panes.items():
            pane.setVisible(standing and part == self._current)
        self._show_papers()

    def _show_papers(self) -> None:
        """Signatures and scans follow the part, and the review that its form shows."""
        if self._current == SIGNATURES:
            self.papers.show_plan()
        elif self._current == REVIEWS and self.presenter.plan is not None:
            self.papers.show_review(self.pane.record)
        else:
            self.papers.show_nothing()

    def _pane(self, part: int) -> RecordPane[Any]:
        if part == REVIEWS:
            self._renew_reviews()
        if part not in self.panes:
            self.panes[part] = self._make(part)
        return self.panes[part]

    def _make(self, part: int) -> RecordPane[Any]:
        made: RecordPane[Any]
        if part == GOALS:
            made = RecordPane(GoalRecords(self.presenter), TAB_NAMES[part], self)
            made.table.moved.connect(self._goal_moved)
        elif part == ACTIONS:
            made = RecordPane(self._actions, TAB_NAMES[part], self)
        elif part == REVIEWS:
            made = RecordPane(ReviewRecords(self.presenter), TAB_NAMES[part], self)
            made.filled.connect(self._show_papers)
            made.beside = self.papers.review.may_be_left
        elif part == SIGNATURES:
            made = RecordPane(PlanSignatures(self.presenter), TAB_NAMES[part], self)
        else:
            made = RecordPane(PlanPage(self.presenter), TAB_NAMES[part], self, listed=False)
        made.said.connect(self.said)
        made.troubled.connect(self.troubled)
        made.kept.connect(self.case_changed)
        self._column.insertWidget(self._column.indexOf(self.papers), made)
        return made

    def _renew_reviews(self) -> None:
        """The form of a review asks for each goal: other goals, another form."""
        goals = tuple(
            (goal.id, goal.form.domain) for goal in self.presenter.goals if goal.form.status is not GoalStatus.DROPPED
        )
        old = self.panes.get(REVIEWS)
        if goals == self._reviewed or (old is not None and old.is_touched):
            return
        self._reviewed = goals
        if old is not None:
            del self.panes[REVIEWS]
            old.hide()
            old.deleteLater()

    def _goal_moved(self) -> None:
        self._actions.goal_id = self.panes[GOALS].table.current_id() or self._actions.goal_id

    def _version_moved(self) -> None:
        chosen, plan = self.versions.current_id(), self.presenter.plan
        if chosen is None or plan is None or chosen == plan.id:
            return
        if not self.may_be_left():
            self.versions.go(plan.id)
            return
        self._do(lambda: self.presenter.choose(chosen), "")

    def _tab_chosen(self, part: int) -> None:
        if part == self._current:
            return
        if not self.may_be_left():
            self.tabs.setCurrentIndex(self._current)
            return
        self._current = part
        self._actions.goal_id = self._goal_looked_at()
        self._show_part()

    def _goal_looked_at(self) -> int | None:
        pane = self.panes.get(GOALS)
        looked_at = self.presenter.goal(pane.row if pane is not None else None)
        return looked_at.id if looked_at is not None else next((goal.id for goal in self.presenter.goals), None)

    # words ----------------------------------------------------------------------------------------------------------

    def _say(self) -> None:
        lines = [f"• {_(PLAN_GAP_NAMES[gap])}" for gap in self.presenter.gaps]
        self.missing.setText("\n".join(lines) if lines else _("Nothing is missing."))
        self.state.setText(plan_state_words(self.presenter.plan))
        self.state.setVisible(bool(self.state.text()))

    def _word(self) -> None:
        for place, name in enumerate(TAB_NAMES):
            self.tabs.setTabText(place, _(name))
        self.tabs.setAccessibleName(_("Parts of the plan"))
        self.versions.setAccessibleName(_("Versions of the plan"))
        self.start_button.setText(_("New version"))
        self.goals_button.setText(_("Propose goals from the assessment"))
        self.propose_button.setText(_("Hand in for approval"))
        self.approve_button.setText(_p("of a plan", "Approve"))
        self.activate_button.setText(_("Begin the plan"))
        self._say()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        if modifiers == Qt.KeyboardModifier.AltModifier and key in TAB_KEYS and self.presenter.plan is not None:
            wanted = self._current + TAB_KEYS[Qt.Key(key)]
            if 0 <= wanted < len(TAB_NAMES):
                self.go_to_part(wanted)
                self._take_cursor()
        elif modifiers == Qt.KeyboardModifier.NoModifier and self.bar.take_key(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _take_cursor(self) -> None:
        """The cursor goes with the part: into its list, or its form where there is no list."""
        pane = self.pane
        if pane.table.isVisible():
            pane.table.setFocus()
        else:
            self.tabs.setFocus()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
