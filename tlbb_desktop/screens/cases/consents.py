"""What the person agreed to, paper by paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from typing_extensions import override

from tlbb_desktop.domain.case_plans import SignedPaper
from tlbb_desktop.domain.case_words import CONSENT_METHOD_NAMES, GIVER_NAMES, PURPOSE_NAMES
from tlbb_desktop.domain.cases import CaseFile, CaseState
from tlbb_desktop.domain.consents import ConsentForm, ConsentPurpose
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import day_text
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.qt.icons import IconRole
from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.screens.cases.choices import choices_of
from tlbb_desktop.screens.cases.signing import trail_of
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.paper_trails import PaperTrail
from tlbb_desktop.widgets.record_pane import SignedRecords
from tlbb_desktop.widgets.section_form import Question, Section
from tlbb_desktop.wiring import Desk

LANGUAGES: Final = {"km": N_("Khmer"), "en": N_("English")}


class ConsentRecords(SignedRecords[ConsentForm]):
    """Agreements and refusals of one person; what was recorded is only withdrawn, never overwritten."""

    columns: tuple[Column[ConsentForm], ...] = (
        Column("purpose", Np_("of a consent", "Purpose"), lambda row: _(PURPOSE_NAMES[row.purpose])),
        Column("given", Np_("of a consent", "Answer"), lambda row: _answer(row)),  # noqa: PLW0108 - it stands below
        Column("day", N_("Day"), lambda row: day_text(row.given_on)),
        Column("by", Np_("of a consent", "By whom"), lambda row: _(GIVER_NAMES[row.given_by])),
    )
    wide = 0
    sections = (
        Section(
            "",
            (
                Question("purpose", Np_("of a consent", "Purpose"), "choice", choices_of(PURPOSE_NAMES)),
                Question("given", N_("Does the person agree?"), "choice", lambda: ((True, _("Yes")), (False, _("No")))),
                Question("given_on", N_("Day of the paper"), "day"),
                Question("given_by", Np_("of a consent", "By whom"), "choice", choices_of(GIVER_NAMES)),
                Question("method", Np_("of a consent", "How"), "choice", choices_of(CONSENT_METHOD_NAMES)),
                Question("language", N_("Language that was read out"), "choice", choices_of(LANGUAGES)),
                Question("agency", N_("With which agency the data may be shared")),
                Question("reason", N_("Why no guardian was asked")),
                Question("expires_on", N_("Holds until"), "day"),
                Question("withdrawn_on", N_("Withdrawn on"), "day"),
            ),
        ),
    )

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._case: CaseFile | None = None

    def show_case(self, case: CaseFile) -> None:
        """From now on, the consents of this person."""
        self._case = case

    def lines(self) -> dict[int, ConsentForm]:
        """Every paper, the newest first."""
        if self._case is None:
            return {}
        found = self._desk.consents.of_person(self._case.person_id)
        newest_first = sorted(found, key=lambda each: (each.given_on, each.id or 0), reverse=True)
        return {each.id or 0: each for each in newest_first}

    def sign(self, record: ConsentForm) -> tuple[str, IconRole] | None:
        """Whether it holds today."""
        holds = record.holds_on(self._desk.office.clock.today())
        return ("circle-check", "success") if holds else ("ban", "muted")

    def values_of(self, record: ConsentForm | None) -> Mapping[str, Any]:
        """The form of a paper; a new one is about the first purpose that is still open, today."""
        shown = record or ConsentForm(self._next_purpose(), True, self._desk.office.clock.today())
        return {name: getattr(shown, name) for name in self._names()}

    def missing(self, record: ConsentForm) -> Iterable[str]:  # noqa: ARG002 - a paper is whole or refused
        """Nothing: a paper is refused where something is missing."""
        return ()

    def may_add(self) -> bool:
        """Whether the reader records consents."""
        return self._desk.office.may(Action.CONSENT_WRITE)

    def may_change(self, record: ConsentForm) -> bool:
        """An agreement that holds can be withdrawn."""
        return self.may_add() and record.given and record.withdrawn_on is None

    def keep(self, record: ConsentForm | None, values: Mapping[str, Any]) -> int:
        """Record a paper, or that an agreement is withdrawn."""
        if self._case is None:
            return 0
        if record is None:
            if values["given_on"] is None:
                raise Refused(N_("Write the day of the paper."), place="given_on")
            new = {name: value for name, value in values.items() if name != "withdrawn_on"}
            return self._desk.consents.record(self._case.person_id, ConsentForm(**new))
        if values["withdrawn_on"] is None:
            raise Refused(
                N_("A paper that is recorded is not changed. Write the day of its withdrawal, or record a new paper."),
                place="withdrawn_on",
            )
        self._desk.consents.withdraw(record.id or 0, values["withdrawn_on"])
        return record.id or 0

    @override
    def trail(self, record: ConsentForm) -> PaperTrail | None:
        """Who signed the paper, and its scan; shut with a sealed case."""
        if self._case is None or record.id is None or self._case.state is CaseState.SEALED:
            return None
        return trail_of(self._desk, self._case, SignedPaper.CONSENT, record.id)

    def _next_purpose(self) -> ConsentPurpose:
        today = self._desk.office.clock.today()
        held = {each.purpose for each in self.lines().values() if each.holds_on(today)}
        return next((purpose for purpose in ConsentPurpose if purpose not in held), ConsentPurpose.SERVICE)

    def _names(self) -> tuple[str, ...]:
        return tuple(question.name for section in self.sections for question in section.questions)


def _answer(record: ConsentForm) -> str:
    if not record.given:
        return _("Refuses")
    if record.withdrawn_on is not None:
        return labelled(_("Withdrawn"), day_text(record.withdrawn_on))
    return _("Agrees")
