"""Release plans, releases, what comes after, and reports as they were issued. See ``cases`` for sealed ``content``."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from tlbb_desktop.data.models.vocabulary import At, Day, Record, Sealed, Versioned


class ReleasePlanRow(Versioned, Record):
    """Compartment ``family``; the counts are ``db``, so that a liaison knows how far it is without any title.

    ``items`` are those that count, that is all but the ones that do not apply.
    """

    __tablename__ = "release_plan"
    __table_args__ = (UniqueConstraint("case_id", "number"),)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    number: Mapped[int]
    status: Mapped[str]
    items: Mapped[int]
    done: Mapped[int]
    critical: Mapped[int]
    critical_done: Mapped[int]
    proposed_at: Mapped[At | None]
    approved_at: Mapped[At | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    content: Mapped[Sealed]


class ReleaseItemRow(Versioned, Record):
    """An item of the checklist, wholly sealed in the compartment of its group."""

    __tablename__ = "release_item"
    plan_id: Mapped[int] = mapped_column(ForeignKey("release_plan.id"), index=True)
    compartment: Mapped[str]
    content: Mapped[Sealed]


class ReleaseRow(Versioned, Record):
    """Compartment ``legal``: somebody left prison. ``void`` where it was entered by mistake.

    ``imported`` marks a record of the history, which needs no consent and no case.
    """

    __tablename__ = "release"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    prison_id: Mapped[int | None] = mapped_column(ForeignKey("prison.id"))
    imported: Mapped[bool] = mapped_column(default=False)
    void: Mapped[bool] = mapped_column(default=False)
    content: Mapped[Sealed]


class FollowUpRow(Versioned, Record):
    """Compartment ``aftercare``: a contact that is due after a release, and what was found."""

    __tablename__ = "follow_up"
    __table_args__ = (Index("ix_follow_up_open", "release_id", sqlite_where=text("NOT done")),)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), index=True)
    done: Mapped[bool] = mapped_column(default=False)
    content: Mapped[Sealed]


class FollowUpAttempt(Versioned, Record):
    """Compartment ``aftercare``: one try to reach somebody, kept although nobody was reached."""

    __tablename__ = "follow_up_attempt"
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_up.id"), index=True)
    content: Mapped[Sealed]


class ReoffenceRow(Versioned, Record):
    """Compartment ``aftercare``: a re-offence event as it stands now."""

    __tablename__ = "reoffence"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    content: Mapped[Sealed]


class ReoffenceHistory(Versioned, Record):
    """Compartment ``aftercare``: how an event stood before it was changed."""

    __tablename__ = "reoffence_history"
    reoffence_id: Mapped[int] = mapped_column(ForeignKey("reoffence.id"), index=True)
    content: Mapped[Sealed]


class OutcomeKnownRow(Versioned, Record):
    """Compartment ``aftercare``: until which day an outcome is known, and from what."""

    __tablename__ = "outcome_known"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    content: Mapped[Sealed]


class AdmissionCheck(Versioned, Record):
    """Compartment ``aftercare``: a prison's admission list that was compared with the record."""

    __tablename__ = "admission_check"
    prison_id: Mapped[int] = mapped_column(ForeignKey("prison.id"), index=True)
    listed_until: Mapped[Day]
    finished_at: Mapped[At | None]
    content: Mapped[Sealed]


class AdmissionPair(Versioned, Record):
    """Compartment ``aftercare``: a line of the list beside a person, and what somebody decided."""

    __tablename__ = "admission_pair"
    check_id: Mapped[int] = mapped_column(ForeignKey("admission_check.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    decided_at: Mapped[At | None]
    content: Mapped[Sealed]


class IssuedReport(Versioned, Record):
    """Compartment ``aftercare``: figures as they were printed, with definitions and the people by code."""

    __tablename__ = "issued_report"
    kind: Mapped[str]
    number: Mapped[str] = mapped_column(unique=True)
    as_of: Mapped[Day]
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("issued_report.id"))
    content: Mapped[Sealed]
