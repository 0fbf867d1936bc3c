"""Cases and what is known of them from intake on. A table holds fields of one compartment only.

A column ``content`` is a whole form, sealed: ``domain.stored_forms`` writes and reads its text. Where the compartment
depends on the row (a health goal, a legal referral) the row names it in ``compartment``.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tlbb_desktop.data.models.vocabulary import At, Day, Record, Sealed, Versioned


class CaseFileRow(Versioned, Record):
    """Compartment ``db``: that somebody has a case, who is responsible, and how it stands (``domain.cases``).

    ``consents_due_on`` is set while the consents of somebody from before are still to be recorded: their last day.
    """

    __tablename__ = "case_file"
    __table_args__ = (
        Index("ix_case_file_person", "person_id", "state"),
        Index("ix_case_file_worker", "worker_id", "state"),
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    state: Mapped[str]
    waiting_since: Mapped[Day | None]
    opened_on: Mapped[Day | None]
    consents_due_on: Mapped[Day | None]
    closed_on: Mapped[Day | None]
    close_reason: Mapped[str | None]
    sealed_on: Mapped[Day | None]
    expunged_on: Mapped[Day | None]


class LegalFileRow(Versioned, Record):
    """Compartment ``legal``: a person's legal status with its story, offence, sentence, social agent, lawyer."""

    __tablename__ = "legal_file"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    content: Mapped[Sealed]


class ReleaseDateBatch(Versioned, Record):
    """Compartment ``legal``: one change of many release dates, such as a royal reduction."""

    __tablename__ = "release_date_batch"
    people: Mapped[int]
    undone_at: Mapped[At | None]
    content: Mapped[Sealed]


class ReleaseDateRow(Versioned, Record):
    """Compartment ``legal``: one line of the story of somebody's release date.

    The date that stands is ``person_identity.release_on``. A ``struck`` line was taken back with its batch.
    """

    __tablename__ = "release_date"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("release_date_batch.id"), index=True)
    struck: Mapped[bool] = mapped_column(default=False)
    content: Mapped[Sealed]


class AssessmentRow(Versioned, Record):
    """Compartment ``family``: an assessment of strengths but for its restricted part."""

    __tablename__ = "strengths_assessment"
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    kind: Mapped[str]
    on_day: Mapped[Day]
    content: Mapped[Sealed]


class AssessmentRestricted(Versioned, Record):
    """Compartment ``counselling``: the domains of health and substances, safety risks, SSI-SA, WHO-5, overall risk."""

    __tablename__ = "assessment_restricted"
    assessment_id: Mapped[int] = mapped_column(ForeignKey("strengths_assessment.id"), unique=True)
    content: Mapped[Sealed]


class ScoreRow(Versioned, Record):
    """Compartment ``counselling``: the scores of one instrument on one day; never its items."""

    __tablename__ = "score"
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    on_day: Mapped[Day]
    content: Mapped[Sealed]


class CaseTaskRow(Versioned, Record):
    """Something that has to be done for a case, such as what a safety risk asks for within 24 hours."""

    __tablename__ = "case_task"
    __table_args__ = (Index("ix_case_task_open", "case_id", sqlite_where=text("done_at IS NULL")),)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    compartment: Mapped[str]
    done_at: Mapped[At | None]
    content: Mapped[Sealed]


class RetentionRequest(Versioned, Record):
    """Compartment ``db``: somebody asks that a case be sealed, opened again or expunged; another one approves."""

    __tablename__ = "retention_request"
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    act: Mapped[str]
    reason: Mapped[str]
    asked_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[At | None]
    approved: Mapped[bool | None]


class KeptStatistic(Versioned, Record):
    """Compartment ``aftercare``: the coded row that stays for statistics when a case was expunged."""

    __tablename__ = "kept_statistic"
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), unique=True)
    content: Mapped[Sealed]
