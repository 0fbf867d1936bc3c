"""Case plans, notes, visits, referrals, and the signatures under them. See ``cases`` for sealed ``content``."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from tlbb_desktop.data.models.vocabulary import At, Day, Record, Sealed, Versioned


class CasePlanRow(Versioned, Record):
    """Compartment ``family``: one version of a case plan."""

    __tablename__ = "case_plan"
    __table_args__ = (UniqueConstraint("case_id", "number"),)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    number: Mapped[int]
    status: Mapped[str]
    proposed_at: Mapped[At | None]
    approved_at: Mapped[At | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    content: Mapped[Sealed]


class PlanGoalRow(Versioned, Record):
    """A goal: ``counselling`` where its domain is health or substances, else ``family``.

    ``ended`` says in the open that it was met or dropped, so that nothing of it is due any more.
    """

    __tablename__ = "plan_goal"
    plan_id: Mapped[int] = mapped_column(ForeignKey("case_plan.id"), index=True)
    compartment: Mapped[str]
    ended: Mapped[bool] = mapped_column(default=False)
    content: Mapped[Sealed]


class PlanActionRow(Versioned, Record):
    """An action of a goal, in the compartment of the goal."""

    __tablename__ = "plan_action"
    __table_args__ = (Index("ix_plan_action_open", "goal_id", sqlite_where=text("NOT done")),)
    goal_id: Mapped[int] = mapped_column(ForeignKey("plan_goal.id"), index=True)
    compartment: Mapped[str]
    done: Mapped[bool] = mapped_column(default=False)
    content: Mapped[Sealed]


class PlanReviewRow(Versioned, Record):
    """Compartment ``family``: how a plan was looked at again on one day."""

    __tablename__ = "plan_review"
    plan_id: Mapped[int] = mapped_column(ForeignKey("case_plan.id"), index=True)
    on_day: Mapped[Day]
    content: Mapped[Sealed]


class SignatureRow(Versioned, Record):
    """Compartment ``family``: who signed which paper, on which day, by hand or by thumb."""

    __tablename__ = "signature"
    __table_args__ = (Index("ix_signature_paper", "paper", "paper_id"),)
    paper: Mapped[str]
    paper_id: Mapped[int]
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    content: Mapped[Sealed]


class CaseNoteRow(Versioned, Record):
    """A note: ``counselling`` where only its author may read it, else ``family``.

    It is locked 72 hours after ``created_at``. ``search_key`` is the sealed search form of its text.
    """

    __tablename__ = "case_note"
    __table_args__ = (
        Index("ix_case_note_case", "case_id", "on_day"),
        # Covers the search, which else would read the texts of 100,000 notes to look through their keys.
        Index("ix_case_note_search", "compartment", "author_id", "case_id", "id", "uuid", "version", "search_key"),
    )
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    compartment: Mapped[str]
    on_day: Mapped[Day]
    content: Mapped[Sealed]
    search_key: Mapped[Sealed]


class NoteAddendum(Versioned, Record):
    """What was added to a locked note, in the note's compartment."""

    __tablename__ = "note_addendum"
    note_id: Mapped[int] = mapped_column(ForeignKey("case_note.id"), index=True)
    compartment: Mapped[str]
    content: Mapped[Sealed]
    search_key: Mapped[Sealed]


class VisitRow(Versioned, Record):
    """Day and kind are ``db``; who came, what it cost and how it went are sealed under ``family``."""

    __tablename__ = "visit"
    __table_args__ = (Index("ix_visit_case", "case_id", "on_day"),)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    kind: Mapped[str]
    on_day: Mapped[Day]
    content: Mapped[Sealed]


class ReferralRow(Versioned, Record):
    """A referral: ``legal`` for legal aid, ``counselling`` for health and substances, else ``family``."""

    __tablename__ = "referral"
    __table_args__ = (Index("ix_referral_open", "case_id", sqlite_where=text("NOT closed")),)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    compartment: Mapped[str]
    closed: Mapped[bool] = mapped_column(default=False)
    content: Mapped[Sealed]
