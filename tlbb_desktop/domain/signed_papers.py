"""Papers that were signed: their scans, page by page, and who signs which of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from tlbb_desktop.domain.case_plans import SignedPaper, Signer

_FAMILY_AND_STAFF: Final = (Signer.PARTICIPANT, Signer.GUARDIAN, Signer.CASE_WORKER)
#: Who signs, in the order of the paper (programme facts, forms 2, 3, 5 and 6, forms A, C and H).
SIGNERS: Final = {
    SignedPaper.ASSESSMENT: (*_FAMILY_AND_STAFF, Signer.MANAGER),
    SignedPaper.CASE_PLAN: (*_FAMILY_AND_STAFF, Signer.MANAGER, Signer.LOCAL_AUTHORITY),
    SignedPaper.REVIEW: (*_FAMILY_AND_STAFF, Signer.MANAGER, Signer.LOCAL_AUTHORITY),
    SignedPaper.RELEASE_PLAN: (*_FAMILY_AND_STAFF, Signer.MANAGER, Signer.PRISON, Signer.LOCAL_AUTHORITY),
    SignedPaper.CLOSURE: (*_FAMILY_AND_STAFF, Signer.MANAGER, Signer.LOCAL_AUTHORITY),
    SignedPaper.CONSENT: (*_FAMILY_AND_STAFF, Signer.WITNESS),
}


@dataclass(frozen=True, slots=True)
class PaperScan:
    """A picture of a page of a signed paper.

    Args:
        id: row.
        page: of the paper, from 1.
        attached_at: when it was put in.
        attached_by: by whom, as a name.
        replaced: whether a newer picture of the same page stands; this one stays readable.
    """

    id: int
    page: int
    attached_at: datetime
    attached_by: str = ""
    replaced: bool = False


def in_page_order(scans: Iterable[PaperScan]) -> tuple[PaperScan, ...]:
    """The scans page by page; of each page the newest first, the ones before it marked as replaced."""
    newest_first = sorted(scans, key=lambda scan: (scan.page, -scan.id))
    seen: set[int] = set()
    found = []
    for scan in newest_first:
        found.append(replace(scan, replaced=scan.page in seen))
        seen.add(scan.page)
    return tuple(found)
