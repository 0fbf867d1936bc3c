"""Many certificates at once: a few are issued in one act, and the register stays free between the acts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from tlbb_desktop.domain.certificates import RulesNotMet
from tlbb_desktop.domain.errors import Cancelled, TlbbError
from tlbb_desktop.services.certificates import CertificateService

Progress = Callable[[int, int], None]

#: Certificates of one act: few enough that a mark made meanwhile waits for less than a second.
AT_ONCE: Final = 10


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
    """Issues ten at a time, each ten in an act of its own: marks need not wait for two hundred signatures.

    Args:
        certificates: issues them.
    """

    def __init__(self, certificates: CertificateService) -> None:
        self._certificates = certificates

    def issue(self, certificate_ids: Sequence[int], despite: str = "", progress: Progress | None = None) -> IssuedBatch:
        """Issue approved certificates; none counts as handed out.

        Args:
            certificate_ids: rows.
            despite: why, where a rule of the course is not met and the proposal gave no reason.
            progress: told (done, all); stops the work by raising ``Cancelled``, and then those of the acts before stay.

        Raises:
            RulesNotMet: a rule is not met and no reason is given; none is issued.
        """
        lines = self._certificates.rules_not_met(certificate_ids)
        if lines and not despite.strip():
            raise RulesNotMet(lines)
        issued: list[int] = []
        trouble: TlbbError | None = None
        try:
            for first in range(0, len(certificate_ids), AT_ONCE):
                self._issue_some(
                    certificate_ids[first : first + AT_ONCE], despite, issued, len(certificate_ids), progress
                )
        except Cancelled:
            pass
        except TlbbError as error:
            if not issued:
                raise
            trouble = error
        return IssuedBatch(tuple(issued), tuple(certificate_ids[len(issued) :]), trouble)

    def _issue_some(
        self, ids: Sequence[int], despite: str, issued: list[int], total: int, progress: Progress | None
    ) -> None:
        """Issue *ids* in one act; where one of them stands in the way, those before it one by one."""
        before = len(issued)

        def tell(done: int, _some: int) -> None:
            if progress and before + done < total:
                progress(before + done, total)

        try:
            self._certificates.issue(ids, despite, tell, handed_out=False)
        except Cancelled:
            raise
        except TlbbError:
            for each in ids:
                self._certificates.issue([each], despite, handed_out=False)
                issued.append(each)
        else:
            issued += ids
