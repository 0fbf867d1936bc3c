"""Referrals of a case: to whom, with which consent, what was answered, what came of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, replace
from typing import Any, Final

from typing_extensions import override

from tlbb_desktop.domain.case_words import (
    LEGAL_NEED_NAMES,
    REFERRAL_KIND_NAMES,
    REFERRAL_OUTCOME_NAMES,
    REFERRAL_RISK_NAMES,
    URGENCY_NAMES,
)
from tlbb_desktop.domain.cases import CaseFile
from tlbb_desktop.domain.consents import ConsentPurpose
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.referrals import Referral, ReferralEvent, ReferralForm, ReferralKind, Service, is_late
from tlbb_desktop.i18n.catalog import KHMER, _, _p, language
from tlbb_desktop.i18n.days import day_text
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.qt.icons import IconRole
from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.screens.cases.choices import NOTHING, choices_of
from tlbb_desktop.screens.cases.protected import ProtectedReader
from tlbb_desktop.screens.cases.words import BETWEEN
from tlbb_desktop.widgets.answers import Choices
from tlbb_desktop.widgets.record_pane import FollowingRecords
from tlbb_desktop.widgets.section_form import Question, Section
from tlbb_desktop.wiring import Desk

#: What only legal aid asks.
LEGAL_QUESTIONS: Final = frozenset({"need"})


class ReferralRecords(FollowingRecords[Referral]):
    """Referrals of one case.

    Args:
        desk: the services.
        reader: how far those for health, substances and abuse open.
    """

    wide = 1

    def __init__(self, desk: Desk, reader: ProtectedReader) -> None:
        self._desk, self._reader = desk, reader
        self._case: CaseFile | None = None
        self._services = {service.code: service for service in desk.referrals.services()}
        self.columns: tuple[Column[Referral], ...] = (
            Column("kind", Np_("of a referral", "Kind"), lambda row: _(REFERRAL_KIND_NAMES[row.form.kind])),
            Column("what", N_("What for"), self._what),
            Column("agency", N_("To whom"), lambda row: row.form.agency or NOTHING),
            Column("state", Np_("of a referral", "State"), lambda row: state_words(row.form)),
        )
        self.sections = (
            Section(
                "",
                (
                    Question("kind", Np_("of a referral", "Kind"), "choice", choices_of(REFERRAL_KIND_NAMES)),
                    Question("urgency", N_("How urgent"), "choice", choices_of(URGENCY_NAMES)),
                    Question("need", N_("Why legal aid is needed"), "choice", choices_of(LEGAL_NEED_NAMES), wide=True),
                    Question("service", N_("Service, found as you type"), "find", self._offered, wide=True),
                    Question("risk", Np_("of a referral", "Risk"), "choice", choices_of(REFERRAL_RISK_NAMES)),
                    Question("deadline_on", N_("Legal deadline"), "day"),
                    Question("agency", N_("To whom: agency or lawyer")),
                    Question("contact", N_("Person there, with phone")),
                    Question("why", N_("Reason in words"), "text", wide=True),
                ),
            ),
            Section(
                N_("Sending and answer"),
                (
                    Question(
                        "consent_id", N_("Consent 3 (sharing) that covers it"), "choice", self._consents, wide=True
                    ),
                    Question("sent_on", N_("Sent on"), "day"),
                    Question("method", N_("How it was sent")),
                    Question("accepted_on", N_("Accepted on"), "day"),
                    Question("appointment_on", N_("Appointment on"), "day"),
                    Question("refused_on", N_("Refused on"), "day"),
                    Question("refusal", N_("Why it was refused")),
                ),
                N_("A referral can be saved before it is sent. Sending needs consent 3, which holds on that day."),
            ),
            Section(
                N_("What happened since"),
                (
                    Question(
                        "events",
                        Np_("of a referral", "Events"),
                        "lines",
                        wide=True,
                        parts=(
                            Question("on", N_("Day"), "day"),
                            Question("what", N_("What happened"), share=3),
                        ),
                    ),
                    Question(
                        "outcome",
                        Np_("of a referral", "Outcome"),
                        "choice",
                        choices_of(REFERRAL_OUTCOME_NAMES, empty=True),
                    ),
                    Question("closed_on", N_("Closed on"), "day"),
                ),
            ),
        )

    def show_case(self, case: CaseFile) -> None:
        """From now on, the referrals of this case."""
        self._case = case

    def lines(self) -> dict[int, Referral]:
        """Every referral that the reader may see, the newest first."""
        if self._case is None or self._case.id is None:
            return {}
        return {each.id or 0: each for each in self._desk.referrals.of_case(self._case.id, self._reader.reason)}

    @override
    def asked(self, record: Referral | None, values: Mapping[str, Any]) -> Collection[str] | None:
        """Why a lawyer is needed only for legal aid; why it was refused only where it was."""
        names = {question.name for part in self.sections for question in part.questions}
        if values["kind"] is not ReferralKind.LEGAL:
            names -= LEGAL_QUESTIONS
        return names if values.get("refused_on") else names - {"refusal"}

    def sign(self, record: Referral) -> tuple[str, IconRole] | None:
        """Late, or closed."""
        if is_late(record.form, self._desk.office.clock.today()):
            return "triangle-alert", "warning"
        return ("circle-check", "success") if record.form.closed_on is not None else None

    def values_of(self, record: Referral | None) -> Mapping[str, Any]:
        """The form of a referral; a new one goes to a service, with the newest consent that holds."""
        form = record.form if record is not None else self._new_form()
        values = {each.name: getattr(form, each.name) for each in fields(form)}
        return {**values, "events": [{"on": each.on, "what": each.what} for each in form.events]}

    def missing(self, record: Referral) -> Iterable[str]:
        """What sending still asks for."""
        if record.form.sent_on is not None:
            return ()
        return tuple(name for name in ("agency", "consent_id") if not getattr(record.form, name))

    def may_add(self) -> bool:
        """Whether the reader refers somebody."""
        return self._reader.may_write

    def may_change(self, record: Referral) -> bool:  # noqa: ARG002 - the service refuses those that are another's
        """Until it is closed and afterwards: an outcome may be corrected."""
        return self.may_add()

    def keep(self, record: Referral | None, values: Mapping[str, Any]) -> int:
        """Store a referral."""
        if self._case is None or self._case.id is None:
            return 0
        known = dict(values)
        if any(line["on"] is None for line in known["events"]):
            raise Refused(N_("Write the day of each event."), place="events")
        known["events"] = tuple(ReferralEvent(**line) for line in known["events"])
        known["service"] = known["service"] or ""
        form = ReferralForm(**known)
        if record is None:
            return self._desk.referrals.add(self._case.id, form).id or 0
        return self._desk.referrals.change(replace(record, form=form)).id or 0

    def service_words(self, service: Service) -> str:
        """What a service is called in the reader's language."""
        return service.name_km if language() == KHMER else service.name_en

    def _offered(self) -> Choices:
        """Services by code; the other script and the Ministry's code stand behind, so that each of them finds one."""
        return [
            (each.code, BETWEEN.join((self.service_words(each), _other_name(each), each.code)))
            for each in self._services.values()
        ]

    def _what(self, record: Referral) -> str:
        if record.form.kind is ReferralKind.LEGAL and record.form.need is not None:
            return _(LEGAL_NEED_NAMES[record.form.need])
        service = self._services.get(record.form.service)
        return self.service_words(service) if service is not None else record.form.service or NOTHING

    def _consents(self) -> Choices:
        """The consents to share that were given, with the agency that they name."""
        offered: list[tuple[object, str]] = [(None, _("None recorded yet"))]
        if self._case is None:
            return offered
        for each in self._shared():
            words = [labelled(day_text(each.given_on), each.agency or _("any agency"))]
            if each.withdrawn_on is not None:
                words.append(_p("consent", "withdrawn"))
            offered.append((each.id, BETWEEN.join(words)))
        return offered

    def _shared(self) -> list[Any]:
        if self._case is None:
            return []
        found = self._desk.consents.of_person(self._case.person_id)
        given = [each for each in found if each.purpose is ConsentPurpose.SHARE and each.given]
        return sorted(given, key=lambda each: (each.given_on, each.id or 0), reverse=True)

    def _new_form(self) -> ReferralForm:
        today = self._desk.office.clock.today()
        holding = next((each.id for each in self._shared() if each.holds_on(today)), None)
        return ReferralForm(ReferralKind.SERVICE, consent_id=holding)


def state_words(form: ReferralForm) -> str:
    """How far a referral has come."""
    if form.closed_on is not None and form.outcome is not None:
        return labelled(_(REFERRAL_OUTCOME_NAMES[form.outcome]), day_text(form.closed_on))
    if form.refused_on is not None:
        return labelled(_p("referral", "Refused"), day_text(form.refused_on))
    if form.accepted_on is not None:
        return labelled(_p("referral", "Accepted"), day_text(form.accepted_on))
    if form.answer_due_on is not None:
        return labelled(_("Sent, answer by"), day_text(form.answer_due_on))
    return _("Not sent yet")


def _other_name(service: Service) -> str:
    return service.name_en if language() == KHMER else service.name_km
