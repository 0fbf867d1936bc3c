"""Who may look at a signed paper and add to it: papers of a case, and the consents of a person."""

from __future__ import annotations

from dataclasses import dataclass

from tlbb_desktop.data.queries.consents import person_of_consent
from tlbb_desktop.data.queries.signed_papers import case_of_paper
from tlbb_desktop.domain.case_plans import SignedPaper
from tlbb_desktop.domain.cases import CaseFile
from tlbb_desktop.domain.errors import NotFound
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.case_access import CaseAccess
from tlbb_desktop.services.office import Office


@dataclass(frozen=True, slots=True)
class PaperPlace:
    """Where a paper belongs, and what its reading and writing ask for.

    Args:
        person_id: whose paper.
        case: of which case; None for a consent.
        prison_id: where to ask the permission, or None for one's own case.
        read, write: the permissions.
        scans: the compartment of its pictures. The paper of a plan may show goals of health and substances, so its
            picture is as closed as they are.
    """

    person_id: int
    case: CaseFile | None
    prison_id: int | None
    read: Action = Action.CARE_READ
    write: Action = Action.CARE_WRITE
    scans: Compartment = Compartment.COUNSELLING

    @property
    def changed(self) -> tuple[str, int]:
        """Kind and row of what is another after something was added."""
        return ("person", self.person_id) if self.case is None else ("case", self.case.id or 0)


class PaperAccess:
    """Finds papers.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._cases = CaseAccess(office)

    def place(self, paper: SignedPaper, paper_id: int, reason: ReadReason | None = None) -> PaperPlace:
        """Where a paper belongs.

        Raises:
            Refused: its case is sealed, and no reason is given.
            NotFound: it is not on record.
        """
        if paper is SignedPaper.CONSENT:
            return self._consent(paper_id, reason)
        with self._office.store.read() as connection:
            case_id = case_of_paper(connection, paper, paper_id)
        if case_id is None:
            raise NotFound(N_("This paper is not on record any more."))
        case = self._cases.file(case_id, reason)
        return PaperPlace(case.person_id, case, self._cases.where(case))

    def _consent(self, consent_id: int, reason: ReadReason | None) -> PaperPlace:
        with self._office.store.read() as connection:
            person_id = person_of_consent(connection, consent_id)
        if person_id is None:
            raise NotFound(N_("This consent is not on record any more."))
        where = self._cases.where_unsealed(person_id, reason)
        return PaperPlace(person_id, None, where, Action.CONSENT_READ, Action.CONSENT_WRITE, Compartment.FAMILY)

    def takes_scans(self, place: PaperPlace) -> bool:
        """Whether :meth:`require_scans` lets the actor pass."""
        return place.case is None or self._cases.opens_own(place.case)

    def shows_scans(self, place: PaperPlace, reason: ReadReason | None) -> bool:
        """Whether :meth:`require_sight` lets the actor pass, with a reason that was accepted before."""
        return self.takes_scans(place) or reason is not None

    def require_scans(self, place: PaperPlace) -> None:
        """Raise Refused unless the actor puts pictures of this paper in."""
        if place.case is not None:
            self._cases.require_own(place.case)

    def require_sight(self, place: PaperPlace, reason: ReadReason | None) -> None:
        """Raise Refused or NotPermitted unless the actor sees pictures of this paper, with the reason given."""
        if place.case is not None and not self._cases.opens_restricted(place.case, reason):
            self._cases.require_own(place.case)
