"""One signed paper as a page shows it: who signed, which pages were scanned, and what may be added."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from tlbb_desktop.domain.case_plans import SignatureForm, SignedPaper, Signer
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.signed_papers import SIGNERS, PaperScan
from tlbb_desktop.services.office import Office
from tlbb_desktop.services.scans import ScanService
from tlbb_desktop.services.signatures import SignatureService
from tlbb_desktop.services.signed_papers import PaperAccess, PaperPlace


class PaperTrail:
    """A paper with its signatures and scans.

    Args:
        office: who acts on which record.
        paper: kind of the paper.
        paper_id: its row.
        names: of those who are known already, proposed where they sign.
        reason: why a manager looks at a protected part, or None.
        signable: whether it still takes signatures.
    """

    def __init__(
        self,
        office: Office,
        paper: SignedPaper,
        paper_id: int,
        names: Mapping[Signer, str],
        reason: ReadReason | None = None,
        *,
        signable: bool = True,
    ) -> None:
        self._office, self._names, self._reason, self._signable = office, names, reason, signable
        self._access = PaperAccess(office)
        self._signatures, self._scans = SignatureService(office), ScanService(office)
        self.paper, self.paper_id = paper, paper_id

    @property
    def key(self) -> tuple[str, int]:
        """What tells one paper from another."""
        return self.paper.value, self.paper_id

    @property
    def signers(self) -> tuple[Signer, ...]:
        """Who signs this paper, in its order."""
        return SIGNERS[self.paper]

    @property
    def today(self) -> date:
        """The working day."""
        return self._office.clock.today()

    def name_of(self, signer: Signer) -> str:
        """The name that is proposed, or ``""``."""
        return self._names.get(signer, "")

    @cached_property
    def _place(self) -> PaperPlace:
        """Found once for what a page asks while it is shown; whatever reads or writes looks for itself."""
        return self._access.place(self.paper, self.paper_id, self._reason)

    def may_sign(self) -> bool:
        """Whether the reader notes signatures now."""
        place = self._place
        stands = place.case is None or place.case.is_open
        return self._signable and stands and self._office.may(place.write, place.prison_id)

    def may_attach(self) -> bool:
        """Whether the reader puts pages in."""
        place = self._place
        return self._office.may(place.write, place.prison_id) and self._access.takes_scans(place)

    def may_look(self) -> bool:
        """Whether the reader sees the pages."""
        place = self._place
        return self._office.may(place.read, place.prison_id) and self._access.shows_scans(place, self._reason)

    def signatures(self) -> tuple[SignatureForm, ...]:
        """Those that were noted, in their order."""
        return self._signatures.signatures(self.paper, self.paper_id, self._reason)

    def sign(self, form: SignatureForm) -> None:
        """Note a signature. Errors as for ``SignatureService.sign``."""
        self._signatures.sign(self.paper, self.paper_id, form)

    def scans(self) -> tuple[PaperScan, ...]:
        """The pages, the replaced ones behind those that replaced them."""
        return self._scans.of_paper(self.paper, self.paper_id, self._reason)

    def picture(self, scan_id: int) -> bytes:
        """A page as JPEG. Errors as for ``ScanService.picture``."""
        return self._scans.picture(self.paper, self.paper_id, scan_id, self._reason)

    def attach(self, jpeg: bytes, page: int | None = None) -> int:
        """Put a page in. Errors as for ``ScanService.attach``."""
        return self._scans.attach(self.paper, self.paper_id, jpeg, page)
