"""What a signed paper offers to the part of a page that shows its signatures and scans."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from tlbb_desktop.domain.case_plans import SignatureForm, Signer
from tlbb_desktop.domain.signed_papers import PaperScan


class Trail(Protocol):
    """One paper. Acts may raise TlbbError."""

    @property
    def key(self) -> tuple[str, int]:
        """What tells one paper from another."""
        ...

    @property
    def signers(self) -> tuple[Signer, ...]:
        """Who signs it, in its order."""
        ...

    @property
    def today(self) -> date:
        """The working day."""
        ...

    def name_of(self, signer: Signer) -> str:
        """The name that is proposed."""
        ...

    def may_sign(self) -> bool:
        """Whether the reader notes signatures."""
        ...

    def may_attach(self) -> bool:
        """Whether the reader puts pages in."""
        ...

    def may_look(self) -> bool:
        """Whether the reader sees the pages."""
        ...

    def signatures(self) -> tuple[SignatureForm, ...]:
        """Those that were noted."""
        ...

    def sign(self, form: SignatureForm) -> None:
        """Note a signature."""
        ...

    def scans(self) -> tuple[PaperScan, ...]:
        """The pages, the replaced ones behind those that replaced them."""
        ...

    def picture(self, scan_id: int) -> bytes:
        """A page as JPEG."""
        ...

    def attach(self, jpeg: bytes, page: int | None = None) -> int:
        """Put a page in, or replace one."""
        ...
