"""The cards of the work list: due today, overdue, this week, done lately, who leaves, plans to approve."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final, Protocol

from PySide6.QtWidgets import QWidget

from tlbb_desktop.domain.case_plans import SignedPaper
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.domain.today import PlanApproval
from tlbb_desktop.domain.work_list import WorkKind, WorkLine
from tlbb_desktop.i18n.catalog import _, _p
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.screens.today import work_words as say
from tlbb_desktop.screens.today.presenter import TodayPresenter
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.destinations import OpenCase
from tlbb_desktop.widgets.task_line import TaskLine

LINES_SHOWN: Final = 8
HEADINGS: Final = {"today": N_("Due today"), "overdue": N_("Overdue"), "week": N_("This week")}
#: The part of a case that has the form of a line; releases and contacts have pages of their own.
SECTIONS: Final = {
    WorkKind.TASK: "overview",
    WorkKind.WORKER_LEFT: "overview",
    WorkKind.CONSENTS: "consents",
    WorkKind.REVIEW: "plan",
    WorkKind.PLAN_MISSING: "plan",
    WorkKind.PLAN_STARTS: "plan",
    WorkKind.ACTION: "plan",
    WorkKind.REFERRAL: "referrals",
    WorkKind.VISIT_GAP: "visits",
}
RELEASES: Final = frozenset({WorkKind.RELEASE, WorkKind.RELEASE_ITEM})


class WorkDoer(Protocol):
    """What the lines lead to."""

    def go(self, place: str, argument: object = None) -> None:
        """Open another page."""
        ...

    def show_all(self, part: str) -> None:
        """Show every line of a part of the list."""
        ...


class WorkCards:
    """Makes the cards of the work list.

    Args:
        presenter: what was read.
        doer: what the buttons do.
    """

    def __init__(self, presenter: TodayPresenter, doer: WorkDoer) -> None:
        self._presenter, self._doer = presenter, doer

    def list(self) -> Iterator[QWidget]:
        """Due today, overdue and this week; who has a case list sees the first also while nothing is due."""
        work = self._presenter.work
        if work is None:
            return
        for part, heading in HEADINGS.items():
            lines: tuple[WorkLine, ...] = getattr(work, part)
            if self._presenter.role is Role.LIAISON:  # who leaves stands in a card of its own
                lines = tuple(line for line in lines if line.kind is not WorkKind.RELEASE)
            if lines:
                yield self._part(part, heading, lines)
            elif part == "today" and self._presenter.role is Role.SOCIAL_WORKER:
                card = Card(heading)
                card.body.addWidget(TaskLine(("circle-check", "success"), _("Nothing is due today.")))
                yield card

    def done(self) -> QWidget | None:
        """What was typed in within a week: in time, in time but entered later, late."""
        done = self._presenter.done_lately
        if not done:
            return None
        card = Card(N_("Done within a week"))
        for line in self._cut("done", done):
            card.body.addWidget(TaskLine(say.done_sign(line), say.done_words(line), say.done_caption(line)))
        self._add_more(card, "done", len(done))
        return card

    def leaving(self) -> QWidget | None:
        """Who leaves soon with what is missing, as counts."""
        leaving = self._presenter.leaving
        if not leaving:
            return None
        card = Card(N_("Who leaves within 90 days"))
        for line in self._cut("leaving", leaving):
            shown = TaskLine(say.leaving_sign(line), say.leaving_words(line), say.leaving_caption(line))
            shown.add_button(_p("line of the work list", "Open"), partial(self._doer.go, "releases"), icon="door-open")
            card.body.addWidget(shown)
        self._add_more(card, "leaving", len(leaving))
        return card

    def plans(self) -> Iterator[TaskLine]:
        """Plans that wait for an approval."""
        page = self._presenter.page
        for number, line in enumerate(page.plans if page is not None else ()):
            shown = TaskLine(("badge-check", "accent"), say.plan_words(line), say.plan_caption(line))
            first = number == 0 and page is not None and not page.approvals
            shown.add_button(_p("plans to approve", "Look"), partial(self._look, line), primary=first)
            yield shown

    def _part(self, part: str, heading: str, lines: tuple[WorkLine, ...]) -> Card:
        today = self._presenter.today
        card = Card(heading)
        for line in self._cut(part, lines):
            shown = TaskLine(say.work_sign(line, today), say.work_words(line), say.work_caption(line, today))
            shown.add_button(_p("line of the work list", "Open"), partial(self._open, line))
            card.body.addWidget(shown)
        self._add_more(card, part, len(lines))
        return card

    def _cut(self, part: str, lines: tuple[say.Line, ...]) -> tuple[say.Line, ...]:
        return lines if part in self._presenter.whole else lines[:LINES_SHOWN]

    def _add_more(self, card: Card, part: str, count: int) -> None:
        if count <= LINES_SHOWN or part in self._presenter.whole:
            return
        more = _("{count} more lines").format(count=digits(count - LINES_SHOWN))
        line = TaskLine(("ellipsis", "muted"), more)
        line.add_button(_p("more lines of a list", "Show all"), partial(self._doer.show_all, part))
        card.body.addWidget(line)

    def _open(self, line: WorkLine) -> None:
        if line.kind in RELEASES:
            whose = None if self._presenter.role is Role.LIAISON else line.person_id
            self._doer.go("releases", whose)
        elif line.kind in SECTIONS:
            record = line.subject_id if line.kind is WorkKind.REFERRAL else None
            self._doer.go("cases", OpenCase(line.case_id, SECTIONS[line.kind], record))
        elif line.kind is WorkKind.FOLLOW_UP:
            self._doer.go("follow_up", OpenCase(line.case_id, record_id=line.subject_id))
        else:
            self._doer.go("follow_up", line.subject_id)

    def _look(self, line: PlanApproval) -> None:
        if line.paper is SignedPaper.RELEASE_PLAN:
            self._doer.go("releases", self._presenter.person_of(line.case_id))
        else:
            self._doer.go("cases", OpenCase(line.case_id, "plan"))
