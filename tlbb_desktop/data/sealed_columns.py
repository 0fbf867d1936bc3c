"""Which columns hold sealed fields, and under which compartment."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import LargeBinary

from tlbb_desktop.data import models
from tlbb_desktop.data.models import Attachment, Draft, ExternalId, PersonContact, PersonIdentity, Record

#: The setting that keeps the key of the digests of an exchange, sealed under the bundle key (``security.bundle_keys``).
DIGEST_KEY = "exchange_digest_key"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed field stands; all of it is bound into the ciphertext."""

    compartment: str
    table: str
    uuid: bytes
    column: str
    version: int


@dataclass(frozen=True, slots=True)
class SealedTable:
    """A table with sealed columns.

    Args:
        name: of the table.
        compartment: an SQL expression for the row's compartment: a quoted name, or a column.
        columns: the sealed ones.
    """

    name: str
    compartment: str
    columns: tuple[str, ...]


_COMPARTMENTS: dict[type[Record], str] = {
    PersonIdentity: "'legal'",
    PersonContact: "'family'",
    ExternalId: "'legal'",
    Attachment: "compartment",
    Draft: "compartment",
    models.LegalFileRow: "'legal'",
    models.ReleaseDateBatch: "'legal'",
    models.ReleaseDateRow: "'legal'",
    models.AssessmentRow: "'family'",
    models.AssessmentRestricted: "'counselling'",
    models.ScoreRow: "'counselling'",
    models.CaseTaskRow: "compartment",
    models.KeptStatistic: "'aftercare'",
    models.CasePlanRow: "'family'",
    models.PlanGoalRow: "compartment",
    models.PlanActionRow: "compartment",
    models.PlanReviewRow: "'family'",
    models.SignatureRow: "'family'",
    models.CaseNoteRow: "compartment",
    models.NoteAddendum: "compartment",
    models.VisitRow: "'family'",
    models.ReferralRow: "compartment",
    models.ReleasePlanRow: "'family'",
    models.ReleaseItemRow: "compartment",
    models.ReleaseRow: "'legal'",
    models.FollowUpRow: "'aftercare'",
    models.FollowUpAttempt: "'aftercare'",
    models.ReoffenceRow: "'aftercare'",
    models.ReoffenceHistory: "'aftercare'",
    models.OutcomeKnownRow: "'aftercare'",
    models.AdmissionCheck: "'aftercare'",
    models.AdmissionPair: "'aftercare'",
    models.IssuedReport: "'aftercare'",
    models.ExchangeConflict: "compartment",
}


def sealed_tables() -> tuple[SealedTable, ...]:
    """Every table with sealed fields."""
    return tuple(
        SealedTable(model.__tablename__, compartment, _binary_columns(model))
        for model, compartment in _COMPARTMENTS.items()
    )


def _binary_columns(model: type[Record]) -> tuple[str, ...]:
    """The columns of type ``Sealed``; never the identity of a row."""
    return tuple(
        column.name for column in model.__table__.columns if type(column.type) is LargeBinary and column.name != "uuid"
    )
