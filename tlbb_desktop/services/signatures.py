"""Signatures and thumbprints under the papers of a case, and under consents."""

from __future__ import annotations

from tlbb_desktop.data import models
from tlbb_desktop.data.queries.case_plans import signatures_of
from tlbb_desktop.domain.case_plans import SignatureForm, SignedPaper
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.stored_forms import form_tidied
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.services.case_access import note_read
from tlbb_desktop.services.office import Office
from tlbb_desktop.services.sealed_forms import SIGNATURE
from tlbb_desktop.services.signed_papers import PaperAccess


class SignatureService:
    """Who signed which paper, on which day, by hand or by thumb.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._access = PaperAccess(office)

    def sign(self, paper: SignedPaper, paper_id: int, form: SignatureForm) -> int:
        """Note a signature; returns its row.

        Raises:
            Refused: the day lies ahead, or nobody is named.
            NotFound: the paper is not on record.
        """
        tidy: SignatureForm = form_tidied(form)
        if tidy.signed_on > self._office.clock.today():
            raise Refused(N_("This day lies in the future."), place="signed_on")
        if not tidy.name:
            raise Refused(N_("Say who signed."), place="name")
        place = self._access.place(paper, paper_id)
        with self._office.act(place.write, place.prison_id) as act:
            row = models.SignatureRow(paper=paper, paper_id=paper_id)
            row_id = SIGNATURE.add(act, self._office.cipher, row, tidy)
            act.record("signature", f"{paper}:{paper_id}", f"{tidy.signer} {tidy.method}")
            act.changed(*place.changed)
            return row_id

    def signatures(
        self, paper: SignedPaper, paper_id: int, reason: ReadReason | None = None
    ) -> tuple[SignatureForm, ...]:
        """The signatures under a paper, in the order in which they were noted. Written to the audit."""
        place = self._access.place(paper, paper_id, reason)
        kind, row_id = place.changed
        with self._office.act(place.read, place.prison_id, enters=False) as act:
            note_read(act, f"{kind}:{row_id}", f"signatures {paper}:{paper_id}", reason)
            rows = signatures_of(act.connection, paper, paper_id)
            return tuple(SIGNATURE.open(self._office.cipher, row) for row in rows)
