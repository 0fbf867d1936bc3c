"""Which case a signed paper belongs to, and the scans of its pages; the pictures stay sealed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select

from tlbb_desktop.data import models
from tlbb_desktop.data.queries.case_plans import case_of_plan, case_of_release_plan
from tlbb_desktop.domain.case_plans import SignedPaper


def case_of_paper(connection: Connection, paper: SignedPaper, paper_id: int) -> int | None:
    """The case that a paper belongs to, or None; a consent belongs to a person."""
    if paper is SignedPaper.CASE_PLAN:
        return case_of_plan(connection, paper_id)
    if paper is SignedPaper.RELEASE_PLAN:
        return case_of_release_plan(connection, paper_id)
    if paper is SignedPaper.REVIEW:
        wanted = select(models.CasePlanRow.case_id).join(
            models.PlanReviewRow, models.PlanReviewRow.plan_id == models.CasePlanRow.id
        )
        return connection.execute(wanted.where(models.PlanReviewRow.id == paper_id)).scalar()
    if paper is SignedPaper.ASSESSMENT:
        table = models.AssessmentRow
        return connection.execute(select(table.case_id).where(table.id == paper_id)).scalar()
    return connection.execute(select(models.CaseFileRow.id).where(models.CaseFileRow.id == paper_id)).scalar()


def scan_kind(paper: SignedPaper, paper_id: int, page: int | str) -> str:
    """What an attachment is a picture of, such as ``consent:12/1``: page 1 of the consent in row 12."""
    return f"{paper.value}:{paper_id}/{page}"


def scans_of(connection: Connection, person_id: int, paper: SignedPaper, paper_id: int) -> list[Row[Any]]:
    """The pictures of a paper without their content, in the order in which they were put in."""
    table = models.Attachment
    wanted = (
        select(table.id, table.kind, table.created_at, models.Staff.name)
        .outerjoin(models.Staff, models.Staff.id == table.created_by)
        .where(table.person_id == person_id, table.kind.like(scan_kind(paper, paper_id, "%")))
    )
    return list(connection.execute(wanted.order_by(table.id)))


def scan(connection: Connection, person_id: int, scan_id: int) -> Row[Any] | None:
    """One picture, sealed, with what its seal is bound to; None where the person has no such picture."""
    table = models.Attachment
    wanted = select(models.Attachment.__table__)
    return connection.execute(wanted.where(table.id == scan_id, table.person_id == person_id)).first()
