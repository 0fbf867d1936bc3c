"""Pictures of signed papers: plans, reviews, assessments, consents. A newer one replaces, the older stays readable."""

from __future__ import annotations

from typing import Final

from tlbb_desktop.data import models
from tlbb_desktop.data.models.vocabulary import new_uuid
from tlbb_desktop.data.queries import signed_papers as queries
from tlbb_desktop.domain.case_plans import SignedPaper
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.signed_papers import PaperScan, in_page_order
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.services.case_access import note_read
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.signed_papers import PaperAccess, PaperPlace

MOST_BYTES: Final = 2_000_000
_JPEG: Final = b"\xff\xd8\xff"


class ScanService:
    """The pages of signed papers as pictures.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._access = PaperAccess(office)

    def of_paper(self, paper: SignedPaper, paper_id: int, reason: ReadReason | None = None) -> tuple[PaperScan, ...]:
        """Which pages there are, the replaced ones behind those that replaced them; no picture is opened.

        Raises:
            NotFound: the paper is not on record.
        """
        place = self._access.place(paper, paper_id, reason)
        with self._office.read(place.read, place.prison_id) as connection:
            rows = queries.scans_of(connection, place.person_id, paper, paper_id)
        return in_page_order(
            PaperScan(row.id, int(row.kind.rpartition("/")[2]), row.created_at, row.name or "") for row in rows
        )

    def picture(self, paper: SignedPaper, paper_id: int, scan_id: int, reason: ReadReason | None = None) -> bytes:
        """One page as JPEG; that it was looked at is written to the audit.

        Raises:
            Refused: only the member of staff who is responsible looks at it, or a manager who says why.
            NotFound: the paper has no such page.
        """
        place = self._access.place(paper, paper_id, reason)
        self._office.permit(place.read, place.prison_id)
        self._access.require_sight(place, reason)
        with self._office.act(place.read, place.prison_id, enters=False) as act:
            row = queries.scan(act.connection, place.person_id, scan_id)
            if row is None or not row.kind.startswith(queries.scan_kind(paper, paper_id, "")):
                raise NotFound(N_("This picture is not on record any more."))
            note_read(act, f"{paper}:{paper_id}", f"attachment:{scan_id}", reason)
        opened = self._office.cipher.decrypt(
            Compartment(row.compartment), "attachment", row.uuid, "content", row.version, row.content
        )
        return opened or b""

    def attach(self, paper: SignedPaper, paper_id: int, jpeg: bytes, page: int | None = None) -> int:
        """Put a page in; returns its row.

        Args:
            paper: kind of the paper.
            paper_id: its row.
            jpeg: encoded anew by the program, at most 2,000,000 bytes.
            page: which page it replaces; None for one more page.

        Raises:
            Refused: it is no such picture, the paper has no such page, or somebody else is responsible for the case.
            NotFound: the paper is not on record.
        """
        if not (jpeg.startswith(_JPEG) and len(jpeg) <= MOST_BYTES):
            raise Refused(N_("The scan must be a JPEG of at most {megabytes} MB."), place="scan", megabytes=2)
        place = self._access.place(paper, paper_id)
        self._office.permit(place.write, place.prison_id)
        self._access.require_scans(place)
        with self._office.act(place.write, place.prison_id) as act:
            kinds = [row.kind for row in queries.scans_of(act.connection, place.person_id, paper, paper_id)]
            pages = {int(kind.rpartition("/")[2]) for kind in kinds}
            if page is not None and page not in pages:
                raise Refused(N_("This paper has no page {page}."), place="scan", page=page)
            number = max(pages, default=0) + 1 if page is None else page
            scan_id = self._store(act, place, queries.scan_kind(paper, paper_id, number), jpeg)
            if paper is SignedPaper.CONSENT and number == 1:
                consent = act.session.get_one(models.Consent, paper_id)
                act.change(consent, consent.version)
                consent.scan_id = scan_id
            act.record("scan_attached", f"{paper}:{paper_id}", f"attachment:{scan_id} page:{number}")
            act.changed(*place.changed)
        return scan_id

    def _store(self, act: Act, place: PaperPlace, kind: str, jpeg: bytes) -> int:
        row = models.Attachment(
            uuid=new_uuid(),
            version=1,
            person_id=place.person_id,
            kind=kind,
            compartment=place.scans,
            mime="image/jpeg",
            taken_on=act.today,
        )
        row.content = self._office.cipher.encrypt(place.scans, "attachment", row.uuid, "content", 1, jpeg) or b""
        act.add(row)
        return row.id
