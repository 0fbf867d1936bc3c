"""The signatures under a paper as records of a pane; one is noted, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tlbb_desktop.domain.case_plans import SignatureForm, Signer, SignMethod
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.plan_words import SIGN_METHOD_NAMES, SIGNER_NAMES
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import day_text
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.qt.icons import IconRole
from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.widgets.answers import Choices
from tlbb_desktop.widgets.section_form import Question, Section
from tlbb_desktop.widgets.trail import Trail
from tlbb_desktop.widgets.word_choices import choices_of


class SignatureRecords:
    """The signatures under the paper that is shown; its *trail* is set from outside."""

    columns: tuple[Column[SignatureForm], ...] = (
        Column("signer", Np_("of a signature", "As"), lambda row: _(SIGNER_NAMES[row.signer])),
        Column("name", N_("Name"), lambda row: row.name),
        Column("day", N_("Day"), lambda row: day_text(row.signed_on)),
        Column("how", Np_("of a signature", "How"), lambda row: _(SIGN_METHOD_NAMES[row.method])),
    )
    wide = 1

    def __init__(self) -> None:
        self.trail: Trail | None = None
        self.sections = (
            Section(
                N_("The signature"),
                (
                    Question("signer", Np_("of a signature", "As"), "choice", self._signers),
                    Question("name", N_("Name")),
                    Question("signed_on", N_("Day of the signature"), "day"),
                    Question("method", Np_("of a signature", "How"), "keys", choices_of(SIGN_METHOD_NAMES)),
                ),
            ),
        )

    def lines(self) -> dict[int, SignatureForm]:
        """Every signature, in the order in which they were noted."""
        return dict(enumerate(self.trail.signatures(), 1)) if self.trail is not None else {}

    def sign(self, record: SignatureForm) -> tuple[str, IconRole] | None:  # noqa: ARG002 - none needs one
        """None."""
        return None

    def values_of(self, record: SignatureForm | None) -> Mapping[str, Any]:
        """The form of a signature; the participant's comes first."""
        if record is None and self.trail is not None:
            signed = {each.signer for each in self.trail.signatures()}
            signer = next((each for each in self.trail.signers if each not in signed), Signer.PARTICIPANT)
            proposed = self.trail.name_of(signer), self.trail.today, SignMethod.SIGNATURE
            return dict(zip(("signer", "name", "signed_on", "method"), (signer, *proposed), strict=True))
        return {question.name: getattr(record, question.name, None) for question in self.sections[0].questions}

    def missing(self, record: SignatureForm) -> Iterable[str]:  # noqa: ARG002 - it is whole or refused
        """Nothing."""
        return ()

    def may_add(self) -> bool:
        """While the paper takes signatures."""
        return self.trail is not None and self.trail.may_sign()

    def may_change(self, record: SignatureForm) -> bool:  # noqa: ARG002 - what is signed is signed
        """Never."""
        return False

    def keep(self, record: SignatureForm | None, values: Mapping[str, Any]) -> int:
        """Note a signature."""
        if self.trail is None or record is not None:
            return 0
        if values["signed_on"] is None:
            raise Refused(N_("Write the day of the signature."), place="signed_on")
        method = values["method"] or SignMethod.SIGNATURE
        self.trail.sign(SignatureForm(values["signer"], values["name"], values["signed_on"], method))
        return len(self.trail.signatures())

    def _signers(self) -> Choices:
        signers = tuple(Signer) if self.trail is None else self.trail.signers
        return [(each, _(SIGNER_NAMES[each])) for each in signers]
