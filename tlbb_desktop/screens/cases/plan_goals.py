"""The goals of a plan and their actions, as lists with forms."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from tlbb_desktop.domain.assessment_words import DOMAIN_NAMES, LEVEL_NAMES
from tlbb_desktop.domain.case_plans import (
    ActionForm,
    Doer,
    GoalForm,
    GoalStage,
    GoalStatus,
    PlanAction,
    PlanGoal,
)
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.plan_words import DOER_NAMES, GOAL_STAGE_NAMES, GOAL_STATUS_NAMES
from tlbb_desktop.domain.strengths import StrengthDomain
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import day_text, digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.qt.icons import IconRole
from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.screens.cases.choices import choices_of
from tlbb_desktop.screens.cases.plan_presenter import PlanPresenter
from tlbb_desktop.widgets.answers import Choices
from tlbb_desktop.widgets.record_pane import FollowingRecords
from tlbb_desktop.widgets.section_form import Question, Section

NOTHING: Final = "—"
PRIORITIES: Final = (1, 2, 3)
GOAL_OF_ACTION: Final = Np_("of an action", "Goal")
_ENDS: Final = ("status", "why_dropped")


def goal_words(goal: PlanGoal) -> str:
    """A goal in a line: its domain, and what the participant said."""
    domain = _(DOMAIN_NAMES[goal.form.domain])
    return labelled(domain, goal.form.statement) if goal.form.statement else domain


def levels_words(form: GoalForm) -> str:
    """Such as ``2 → 4``."""
    return " → ".join(NOTHING if level is None else digits(level) for level in (form.baseline, form.target))


def done_words(goal: PlanGoal) -> str:
    """Such as ``1 / 3``: actions that are done."""
    done = sum(action.form.done_on is not None for action in goal.actions)
    return f"{digits(done)} / {digits(len(goal.actions))}" if goal.actions else NOTHING


class GoalRecords(FollowingRecords[PlanGoal]):
    """The goals of the version that is shown.

    Args:
        presenter: the plan.
    """

    columns: tuple[Column[PlanGoal], ...] = (
        Column("domain", Np_("of a goal", "Domain"), lambda row: _(DOMAIN_NAMES[row.form.domain])),
        Column("statement", Np_("of a goal", "In the participant's own words"), lambda row: row.form.statement or "—"),
        Column("levels", Np_("of a goal", "Level"), lambda row: levels_words(row.form)),
        Column("actions", N_("Actions done"), done_words),
        Column("status", Np_("of a goal", "State"), lambda row: _(GOAL_STATUS_NAMES[row.form.status])),
    )
    wide = 1
    sections = (
        Section(
            N_("The goal"),
            (
                Question("domain", Np_("of a goal", "Domain"), "choice", choices_of(DOMAIN_NAMES)),
                Question("stage", Np_("of a goal", "When it is worked on"), "choice", choices_of(GOAL_STAGE_NAMES)),
                Question("statement", Np_("of a goal", "In the participant's own words"), "text", wide=True),
                Question("strength", N_("Strength that is used"), "text", wide=True),
                Question("baseline", N_("Level now"), "level", choices_of(LEVEL_NAMES)),
                Question("target", N_("Level to reach"), "level", choices_of(LEVEL_NAMES)),
                Question("target_on", N_("To be reached by"), "day"),
                Question("priority", N_("Priority, 1 first"), "keys", lambda: [(each, "") for each in PRIORITIES]),
                Question("status", N_("How it ends"), "choice", choices_of(GOAL_STATUS_NAMES)),
                Question("why_dropped", N_("Why it was dropped")),
            ),
        ),
    )

    def __init__(self, presenter: PlanPresenter) -> None:
        self._presenter = presenter

    def lines(self) -> dict[int, PlanGoal]:
        """Every goal that the reader may see, the first priority first."""
        goals = sorted(self._presenter.goals, key=lambda goal: goal.form.priority)
        return {goal.id or 0: goal for goal in goals}

    def sign(self, record: PlanGoal) -> tuple[str, IconRole] | None:
        """Whether something is missing, or how it ended."""
        if any(self.missing(record)) or (record.form.status is GoalStatus.OPEN and not record.actions):
            return "triangle-alert", "warning"
        return ("circle-check", "success") if record.form.status is GoalStatus.ACHIEVED else None

    def values_of(self, record: PlanGoal | None) -> Mapping[str, Any]:
        """The form of a goal; a new one is about the first domain that has none."""
        form = record.form if record is not None else GoalForm(self._next_domain(), stage=self._next_stage())
        return {question.name: getattr(form, question.name) for question in self.sections[0].questions}

    def missing(self, record: PlanGoal) -> Iterable[str]:
        """What an approval needs of a goal."""
        form = record.form
        if form.status is GoalStatus.DROPPED:
            return () if form.why_dropped.strip() else ("why_dropped",)
        if form.status is not GoalStatus.OPEN:
            return ()
        return [name for name in ("statement", "strength") if not getattr(form, name).strip()]

    def may_add(self) -> bool:
        """Goals are added to drafts."""
        return self._presenter.may_draft

    def may_change(self, record: PlanGoal) -> bool:  # noqa: ARG002 - the version decides
        """Whether anything of it can change."""
        return self._presenter.may_edit

    def asked(self, record: PlanGoal | None, values: Mapping[str, Any]) -> Collection[str]:  # noqa: ARG002
        """Why it was dropped, only where it was."""
        names = {question.name for question in self.sections[0].questions}
        return names if values.get("status") is GoalStatus.DROPPED else names - {"why_dropped"}

    def locked(self, record: PlanGoal | None) -> Collection[str]:  # noqa: ARG002 - the version decides
        """In an approved plan only how a goal ends can change."""
        if self._presenter.may_draft:
            return ()
        return {question.name for question in self.sections[0].questions}.difference(_ENDS)

    def keep(self, record: PlanGoal | None, values: Mapping[str, Any]) -> int:
        """Store a goal, complete or not."""
        plan = self._presenter.plan
        if plan is None or plan.id is None:
            return 0
        given = {**values, "why_dropped": values.get("why_dropped", "")}
        if given["priority"] is None:
            raise Refused(N_("A priority is 1 to 3."), place="priority")
        goal = PlanGoal(GoalForm(**given), id=record.id if record else None, version=record.version if record else 0)
        return self._presenter.desk.case_plans.save_goal(plan.id, goal)

    def _next_domain(self) -> StrengthDomain:
        taken = {goal.form.domain for goal in self._presenter.goals}
        return next((domain for domain in StrengthDomain if domain not in taken), StrengthDomain.HOME)

    def _next_stage(self) -> GoalStage:
        goals = self._presenter.goals
        return goals[-1].form.stage if goals else GoalStage.PRISON


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """An action with the goal that it serves."""

    goal: PlanGoal
    action: PlanAction


class ActionRecords(FollowingRecords[PlannedAction]):
    """The actions of all goals of the version that is shown.

    Args:
        presenter: the plan.

    Attributes:
        goal_id: the goal that a new action is proposed for.
    """

    columns: tuple[Column[PlannedAction], ...] = (
        Column("what", Np_("of an action", "What"), lambda row: row.action.form.what),
        Column("goal", GOAL_OF_ACTION, lambda row: _(DOMAIN_NAMES[row.goal.form.domain])),
        Column("who", Np_("of an action", "Who"), lambda row: doer_words(row.action.form)),
        Column("due", Np_("of an action", "Due"), lambda row: _day(row.action.form.due_on)),
        Column("done", Np_("of an action", "Done"), lambda row: _day(row.action.form.done_on)),
    )
    wide = 0

    def __init__(self, presenter: PlanPresenter) -> None:
        self._presenter = presenter
        self.goal_id: int | None = None
        self.sections = (
            Section(
                N_("The action"),
                (
                    Question("goal", GOAL_OF_ACTION, "choice", self._goal_choices, wide=True),
                    Question("what", Np_("of an action", "What"), "text", wide=True),
                    Question("doer", Np_("of an action", "Who"), "choice", choices_of(DOER_NAMES)),
                    Question("who", N_("Name or agency, where it says more")),
                    Question("due_on", N_("To be done by"), "day"),
                    Question("done_on", N_("Done on"), "day"),
                    Question("result", N_("What came of it"), "text", wide=True),
                    Question("cost", N_("What it cost"), "money", wide=True),
                ),
            ),
        )

    def lines(self) -> dict[int, PlannedAction]:
        """Every action: what is not done first, by the day that it is due."""
        all_of = [PlannedAction(goal, action) for goal in self._presenter.goals for action in goal.actions]
        ordered = sorted(all_of, key=lambda each: (_days_done(each), _days_due(each), each.action.id or 0))
        return {each.action.id or 0: each for each in ordered}

    def sign(self, record: PlannedAction) -> tuple[str, IconRole] | None:
        """Done, late, or neither."""
        form = record.action.form
        if form.done_on is not None:
            return "circle-check", "success"
        return ("clock", "danger") if form.due_on is not None and form.due_on < self._presenter.today else None

    def values_of(self, record: PlannedAction | None) -> Mapping[str, Any]:
        """The form of an action; a new one serves the goal that was looked at."""
        if record is None:
            return {"goal": self.goal_id, "doer": Doer.CASE_WORKER}
        names = (question.name for question in self.sections[0].questions if question.name != "goal")
        return {"goal": record.goal.id, **{name: getattr(record.action.form, name) for name in names}}

    def missing(self, record: PlannedAction) -> Iterable[str]:
        """An action has a day."""
        form = record.action.form
        return () if form.due_on or form.done_on else ("due_on",)

    def may_add(self) -> bool:
        """Actions are added while a version stands, and there is a goal."""
        return self._presenter.may_edit and bool(self._presenter.goals)

    def may_change(self, record: PlannedAction) -> bool:  # noqa: ARG002 - the version decides
        """Whether it can be changed and closed."""
        return self._presenter.may_edit

    def locked(self, record: PlannedAction | None) -> Collection[str]:
        """An action stays with its goal."""
        return () if record is None else ("goal",)

    def keep(self, record: PlannedAction | None, values: Mapping[str, Any]) -> int:
        """Store an action."""
        goal_id = record.goal.id if record is not None else values["goal"]
        if goal_id is None:
            raise Refused(N_("Choose the goal that the action serves."), place="goal")
        if not values["what"]:
            raise Refused(N_("Say what is to be done."), place="what")
        said = {name: value for name, value in values.items() if name != "goal"}
        form = replace(record.action.form, **said) if record is not None else ActionForm(**said)
        if form.cost is not None:
            form.cost.check("cost")
        action = PlanAction(
            form, record.action.id if record is not None else None, record.action.version if record is not None else 0
        )
        return self._presenter.desk.case_plans.save_action(goal_id, action)

    def _goal_choices(self) -> Choices:
        return [(goal.id, goal_words(goal)) for goal in self._presenter.goals]


def doer_words(form: ActionForm) -> str:
    """Who does it, with the name where there is one."""
    doer = _(DOER_NAMES[form.doer])
    return labelled(doer, form.who) if form.who else doer


def _day(day: Any) -> str:
    return NOTHING if day is None else day_text(day)


def _days_done(each: PlannedAction) -> int:
    return 0 if each.action.form.done_on is None else 1


def _days_due(each: PlannedAction) -> int:
    due = each.action.form.due_on or each.action.form.done_on
    return due.toordinal() if due is not None else 0
