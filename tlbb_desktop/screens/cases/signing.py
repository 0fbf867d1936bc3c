"""The signed papers of a case as its pages show them."""

from __future__ import annotations

from tlbb_desktop.domain.case_plans import SignedPaper, Signer
from tlbb_desktop.domain.cases import CaseFile
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.services.paper_trails import PaperTrail
from tlbb_desktop.wiring import Desk


def trail_of(
    desk: Desk,
    case: CaseFile,
    paper: SignedPaper,
    paper_id: int,
    reason: ReadReason | None = None,
    *,
    signable: bool = True,
) -> PaperTrail:
    """A paper of *case*; participant and case worker are proposed by name."""
    names = {Signer.PARTICIPANT: case.names.shown, Signer.CASE_WORKER: case.worker}
    return PaperTrail(desk.office, paper, paper_id, names, reason, signable=signable)
