"""The reviews of a plan, its signatures, and what is said of the plan itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from typing_extensions import override

from tlbb_desktop.domain.assessment_words import DOMAIN_NAMES, LEVEL_NAMES
from tlbb_desktop.domain.case_plans import (
    CasePlan,
    GoalProgress,
    GoalStatus,
    PlanForm,
    PlanReview,
    ReviewForm,
    SignatureForm,
)
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import day_text, digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.i18n.punctuation import joined_remarks, labelled
from tlbb_desktop.qt.icons import IconRole
from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.screens.cases.choices import NOTHING, choices_of
from tlbb_desktop.screens.cases.plan_presenter import PlanPresenter
from tlbb_desktop.widgets.answers import Choices
from tlbb_desktop.widgets.record_pane import FollowingRecords
from tlbb_desktop.widgets.section_form import Question, Section
from tlbb_desktop.widgets.signatures import SignatureRecords

PERCENTS: Final = (0, 25, 50, 75, 100)
_TEXTS: Final = ("present", "helped", "obstacles", "changes")


def percent_name(goal_id: int) -> str:
    """The question for how far a goal is."""
    return f"percent_{goal_id}"


def level_name(goal_id: int) -> str:
    """The question for the level that a goal is at now."""
    return f"level_{goal_id}"


def _percents() -> Choices:
    return [(None, NOTHING), *((each, f"{digits(each)} %") for each in PERCENTS)]


class ReviewRecords(FollowingRecords[PlanReview]):
    """The reviews of the version that is shown; the form asks for each of its goals, so it is made for one plan.

    Args:
        presenter: the plan.
    """

    columns: tuple[Column[PlanReview], ...] = (
        Column("day", N_("Day"), lambda row: day_text(row.on_day)),
        Column("progress", Np_("of a review", "Progress"), lambda row: progress_words(row.form)),
        Column("next", N_("Next review"), lambda row: day_text(row.form.next_on)),
    )
    wide = 1

    def __init__(self, presenter: PlanPresenter) -> None:
        self._presenter = presenter
        self._goals = {goal.id or 0: goal for goal in presenter.goals if goal.form.status is not GoalStatus.DROPPED}
        asked = [
            question
            for goal_id, goal in self._goals.items()
            for question in (
                Question(
                    percent_name(goal_id),
                    DOMAIN_NAMES[goal.form.domain],
                    "choice",
                    _percents,
                    about=Np_("of a review", "Progress"),
                ),
                Question(
                    level_name(goal_id),
                    N_("Level now"),
                    "level",
                    choices_of(LEVEL_NAMES),
                    about=DOMAIN_NAMES[goal.form.domain],
                ),
            )
        ]
        about = Section(
            N_("The review"),
            (
                Question("on_day", N_("Day of the review"), "day"),
                Question("next_on", N_("Next review"), "day"),
                Question("present", N_("Who was present"), wide=True),
            ),
        )
        said = Section(
            "",
            (
                Question("helped", N_("What helped"), "text"),
                Question("obstacles", N_("What stood in the way"), "text"),
                Question("changes", N_("What is changed"), "text", wide=True),
            ),
        )
        goals = (Section(N_("How far each goal is"), tuple(asked)),) if asked else ()
        self.sections: Sequence[Section] = (about, *goals, said)

    def lines(self) -> dict[int, PlanReview]:
        """Every review, the newest first."""
        plan = self._presenter.plan
        return {each.id or 0: each for each in plan.reviews} if plan is not None else {}

    def sign(self, record: PlanReview) -> tuple[str, IconRole] | None:  # noqa: ARG002 - none needs one
        """None: a review is whole."""
        return None

    def values_of(self, record: PlanReview | None) -> Mapping[str, Any]:
        """The form of a review; a new one is of today, the next one when the risk asks for it."""
        if record is None:
            today = self._presenter.today
            plan = self._presenter.plan
            due = self._presenter.desk.case_plans.next_review(plan.id or 0, today) if plan is not None else None
            return {"on_day": today, "next_on": due}
        form = record.form
        found = {"on_day": record.on_day, "next_on": form.next_on, **{name: getattr(form, name) for name in _TEXTS}}
        for each in form.progress:
            found |= {percent_name(each.goal_id): each.percent, level_name(each.goal_id): each.level}
        return found

    def missing(self, record: PlanReview) -> Iterable[str]:
        """The goals of which nothing is said."""
        told = {each.goal_id for each in record.form.progress}
        return [percent_name(goal_id) for goal_id in self._goals if goal_id not in told]

    def may_add(self) -> bool:
        """A draft is not reviewed."""
        return self._presenter.may_review

    def may_change(self, record: PlanReview) -> bool:  # noqa: ARG002 - the version decides
        """Whether it can be mended."""
        return self._presenter.may_review

    def remarks(self, record: PlanReview | None, values: Mapping[str, Any]) -> Mapping[str, str]:  # noqa: ARG002
        """What each goal says, and how far it was at the review before."""
        before = self._before(record)
        found = {}
        for goal_id in self._goals:
            goal, earlier = self._presenter.goal(goal_id), before.get(goal_id)
            said = goal.form.statement if goal is not None else ""
            told = "" if earlier is None else _("earlier: {value}").format(value=f"{digits(earlier)} %")
            found[percent_name(goal_id)] = joined_remarks(part for part in (said, told) if part)
        return found

    def keep(self, record: PlanReview | None, values: Mapping[str, Any]) -> int:
        """Store a review."""
        plan = self._presenter.plan
        if plan is None or plan.id is None:
            return 0
        for name in ("on_day", "next_on"):
            if values[name] is None:
                raise Refused(N_("Write the day."), place=name)
        told = tuple(
            GoalProgress(goal_id, percent, values[level_name(goal_id)])
            for goal_id in self._goals
            if (percent := values[percent_name(goal_id)]) is not None
        )
        unseen = [each for each in record.form.progress if each.goal_id not in self._goals] if record else []
        form = ReviewForm(values["next_on"], (*told, *unseen), **{name: values[name] for name in _TEXTS})
        new = PlanReview(values["on_day"], form, record.id if record else None, record.version if record else 0)
        return self._presenter.desk.case_plans.review(plan.id, new)

    def _before(self, record: PlanReview | None) -> dict[int, int]:
        older = list(self.lines().values())
        if record is not None:
            older = [each for each in older if (each.on_day, each.id or 0) < (record.on_day, record.id or 0)]
        return {each.goal_id: each.percent for each in older[0].form.progress} if older else {}


def progress_words(form: ReviewForm) -> str:
    """Such as ``25 %; 100 %``."""
    return joined_remarks(f"{digits(each.percent)} %" for each in form.progress) or NOTHING


class PlanSignatures(SignatureRecords):
    """The signatures under the version that is shown.

    Args:
        presenter: the plan.
    """

    def __init__(self, presenter: PlanPresenter) -> None:
        super().__init__()
        self._presenter = presenter

    @override
    def lines(self) -> dict[int, SignatureForm]:
        self.trail = self._presenter.plan_trail()
        return super().lines()


class PlanPage(FollowingRecords[CasePlan]):
    """What is said of the plan itself: one record without a list.

    Args:
        presenter: the plan.
    """

    columns: tuple[Column[CasePlan], ...] = (
        Column("number", Np_("of a plan", "Version"), lambda row: digits(row.number)),
    )
    wide = 0
    sections = (
        Section(
            N_("The plan"),
            (
                Question("starts_on", N_("Begins on"), "day"),
                Question("review_due_on", N_("Next review"), "day"),
                Question("present", N_("Who planned together"), wide=True),
                Question("note", Np_("of a plan", "Note"), "text", wide=True),
            ),
        ),
    )

    def __init__(self, presenter: PlanPresenter) -> None:
        self._presenter = presenter

    def lines(self) -> dict[int, CasePlan]:
        """The version that is shown."""
        plan = self._presenter.plan
        return {plan.id or 0: plan} if plan is not None else {}

    def sign(self, record: CasePlan) -> tuple[str, IconRole] | None:  # noqa: ARG002 - the list is not shown
        """None."""
        return None

    def values_of(self, record: CasePlan | None) -> Mapping[str, Any]:
        """Its form."""
        if record is None:
            return {}
        return {question.name: getattr(record.form, question.name) for question in self.sections[0].questions}

    def missing(self, record: CasePlan) -> Iterable[str]:
        """Who planned together is worth saying."""
        return () if record.form.present.strip() else ("present",)

    def may_add(self) -> bool:
        """A version is begun by its button."""
        return False

    def may_change(self, record: CasePlan) -> bool:  # noqa: ARG002 - the presenter knows it
        """While it is a draft."""
        return self._presenter.may_draft

    def keep(self, record: CasePlan | None, values: Mapping[str, Any]) -> int:
        """Store what is said of the plan."""
        if record is None or record.id is None:
            return 0
        for name in ("starts_on", "review_due_on"):
            if values[name] is None:
                raise Refused(N_("Write the day."), place=name)
        self._presenter.desk.case_plans.save_form(record.id, PlanForm(**values), record.version)
        return record.id


def version_words(number: int) -> str:
    """Such as ``Version 2``."""
    return labelled(_("Version"), digits(number))
