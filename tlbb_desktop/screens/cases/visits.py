"""Visits of a case: who came, what it cost, how it went. A liaison reads the day and the kind."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any, Final

from typing_extensions import override

from tlbb_desktop.domain.case_words import VISIT_KIND_NAMES, VISIT_OUTCOME_NAMES
from tlbb_desktop.domain.cases import CaseFile
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.visits import Visit, VisitForm, VisitKind, Visitor, total_cost
from tlbb_desktop.i18n.catalog import _, _p
from tlbb_desktop.i18n.days import day_text, digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.i18n.punctuation import joined_remarks
from tlbb_desktop.qt.icons import IconRole
from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.screens.cases.choices import NOTHING, choices_of
from tlbb_desktop.screens.cases.protected import SealReader
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.money_words import money_words
from tlbb_desktop.widgets.answers import Choices
from tlbb_desktop.widgets.record_pane import FollowingRecords
from tlbb_desktop.widgets.section_form import Question, Section
from tlbb_desktop.wiring import Desk

QUALITIES: Final = (1, 2, 3, 4, 5)


def _qualities() -> Choices:
    return [(None, NOTHING), *((each, digits(each)) for each in QUALITIES)]


def _ages() -> Choices:
    return [(True, _p("visitor", "Adult")), (False, _p("visitor", "Child"))]


class VisitRecords(FollowingRecords[Visit]):
    """Visits of one case.

    Args:
        desk: the services.
        reader: whoever sits there.
    """

    columns: tuple[Column[Visit], ...] = (
        Column("day", N_("Day"), lambda visit: day_text(visit.on_day)),
        Column("kind", Np_("of a visit", "Kind"), lambda visit: _(VISIT_KIND_NAMES[visit.kind])),
        Column("who", N_("Who came"), lambda visit: visitors_words(visit)),  # noqa: PLW0108 - it stands below
        Column("cost", N_("Cost"), lambda visit: cost_words(visit)),  # noqa: PLW0108 - it stands below
        Column("outcome", Np_("of a visit", "Outcome"), lambda visit: outcome_words(visit)),  # noqa: PLW0108 - as above
    )
    wide = 2
    sections = (
        Section(
            "",
            (
                Question("on_day", N_("Day"), "day"),
                Question("kind", Np_("of a visit", "Kind"), "choice", choices_of(VISIT_KIND_NAMES)),
                Question(
                    "visitors",
                    N_("Who came"),
                    "lines",
                    wide=True,
                    parts=(
                        Question("name", N_("Name"), share=3),
                        Question("relation", N_("Relation"), share=2),
                        Question("adult", Np_("visitor", "Of age"), "choice", _ages, share=2),
                        Question("age", N_("Age"), "number"),
                    ),
                ),
                Question("place", N_("Place")),
                Question("minutes", N_("Minutes"), "number"),
                Question("outcomes", N_("What came of it"), "ticks", choices_of(VISIT_OUTCOME_NAMES), wide=True),
                Question("issues", N_("What was hard"), "text", wide=True),
                Question("quality", N_("How it went, from 1 (badly) to 5 (well)"), "choice", _qualities),
                Question("child_friendly", N_("Was there room for children?"), "yes"),
                Question("next_due_on", N_("Next visit due on"), "day"),
            ),
        ),
        Section(
            N_("Costs"),
            (
                Question("supported", N_("Did the programme pay?"), "yes"),
                Question("transport", N_("Transport"), "money"),
                Question("food", Np_("cost", "Food"), "money"),
                Question("for_people", N_("Paid to the visitors"), "money"),
                Question("fees_asked", N_("Did anybody at the prison ask for money?"), "yes"),
                Question("fee", N_("How much was asked"), "money"),
            ),
        ),
    )

    def __init__(self, desk: Desk, reader: SealReader) -> None:
        self._desk, self._reader = desk, reader
        self._case: CaseFile | None = None

    def show_case(self, case: CaseFile) -> None:
        """From now on, the visits of this case."""
        self._case = case

    def lines(self) -> dict[int, Visit]:
        """Every visit, the newest day first."""
        if self._case is None or self._case.id is None:
            return {}
        return {each.id or 0: each for each in self._desk.visits.of_case(self._case.id, self._reader.reason)}

    @override
    def asked(self, record: Visit | None, values: Mapping[str, Any]) -> Collection[str] | None:
        """Nothing where only the day and the kind may be known; how much was asked only where somebody asked."""
        if record is not None and record.form is None:
            return ()
        return None if values.get("fees_asked") else ALL_QUESTIONS - {"fee"}

    def sign(self, record: Visit) -> tuple[str, IconRole] | None:
        """A warning where somebody at the prison asked for money."""
        asked = record.form is not None and record.form.fees_asked
        return ("triangle-alert", "warning") if asked else None

    def values_of(self, record: Visit | None) -> Mapping[str, Any]:
        """The form of a visit; a new one is of the family, today."""
        if record is None:
            return {"on_day": self._desk.office.clock.today(), "kind": VisitKind.FAMILY_TO_PRISON}
        form = record.form or VisitForm()
        values = {each.name: getattr(form, each.name) for each in fields(form)}
        visitors = [{each.name: getattr(visitor, each.name) for each in fields(visitor)} for visitor in form.visitors]
        about = {"on_day": record.on_day, "kind": record.kind, "minutes": form.minutes or None}
        return {**values, **about, "visitors": visitors}

    def missing(self, record: Visit) -> Iterable[str]:
        """Who came, while nobody is named."""
        return ("visitors",) if record.form is not None and not record.form.visitors else ()

    def may_add(self) -> bool:
        """Whether the reader enters visits in this case."""
        return self._case is not None and self._case.is_open and self._desk.office.may(Action.CARE_WRITE)

    def may_change(self, record: Visit) -> bool:
        """Whoever reads all of a visit corrects it."""
        return self.may_add() and record.form is not None

    def keep(self, record: Visit | None, values: Mapping[str, Any]) -> int:
        """Store a visit."""
        if self._case is None or self._case.id is None:
            return 0
        known = dict(values)
        on_day: date | None = known.pop("on_day")
        kind: VisitKind = known.pop("kind")
        if on_day is None:
            raise Refused(N_("Write the day."), place="on_day")
        known["visitors"] = tuple(Visitor(**line) for line in known["visitors"])
        known |= {"minutes": known["minutes"] or 0, "supported": bool(known["supported"])}
        form = VisitForm(**known)
        if record is None:
            return self._desk.visits.add(self._case.id, kind, on_day, form).id or 0
        return self._desk.visits.change(replace(record, kind=kind, on_day=on_day, form=form)).id or 0


ALL_QUESTIONS: Final = frozenset(question.name for part in VisitRecords.sections for question in part.questions)


def visitors_words(visit: Visit) -> str:
    """Names of who came, or how they are related where no name is known."""
    if visit.form is None:
        return NOTHING
    return joined_remarks(each.name or each.relation for each in visit.form.visitors) or NOTHING


def cost_words(visit: Visit) -> str:
    """What a visit cost, such as ``20,000 riel``."""
    costs = total_cost(visit.form) if visit.form is not None else ()
    return joined_remarks(map(money_words, costs)) or NOTHING


def outcome_words(visit: Visit) -> str:
    """What came of a visit."""
    found = visit.form.outcomes if visit.form is not None else frozenset()
    return joined_remarks(_(name) for outcome, name in VISIT_OUTCOME_NAMES.items() if outcome in found) or NOTHING
