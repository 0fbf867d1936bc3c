"""Many certificates at once: each is issued whole or not at all, and the register stays free between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tlbb_desktop.domain.certificates import RulesNotMet
from tlbb_desktop.domain.errors import Cancelled, TlbbError
from tlbb_desktop.services.certificates import CertificateService

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class IssuedBatch:
    """What came of a batch.

    Args:
        issued: rows of those that have a number now.
        left: rows of those that stay approved.
        trouble: what stopped it, or None.
    """

    issued: tuple[int, ...]
    left: tuple[int, ...] = ()
    trouble: TlbbError | None = None


class CertificateBatchService:
    """Issues one after the other, each in an act of its own: marks need not wait for two hundred signatures.

    Args:
        certificates: issues one.
    """

    def __init__(self, certificates: CertificateService) -> None:
        self._certificates = certificates

    def issue(self, certificate_ids: Sequence[int], despite: str = "", progress: Progress | None = None) -> IssuedBatch:
        """Issue approved certificates; none counts as handed out.

        Args:
            certificate_ids: rows.
            despite: why, where a rule of the course is not met and the proposal gave no reason.
            progress: told (done, all); stops the work by raising ``Cancelled`` between two of them.

        Raises:
            RulesNotMet: a rule is not met and no reason is given; none is issued.
        """
        lines = self._certificates.rules_not_met(certificate_ids)
        if lines and not despite.strip():
            raise RulesNotMet(lines)
        issued: list[int] = []
        try:
            for each in certificate_ids:
                self._certificates.issue([each], despite, handed_out=False)
                issued.append(each)
                if progress and len(issued) < len(certificate_ids):
                    progress(len(issued), len(certificate_ids))
        except Cancelled:
            return IssuedBatch(tuple(issued), tuple(certificate_ids[len(issued) :]))
        except TlbbError as trouble:
            if not issued:
                raise
            return IssuedBatch(tuple(issued), tuple(certificate_ids[len(issued) :]), trouble)
        return IssuedBatch(tuple(issued))
