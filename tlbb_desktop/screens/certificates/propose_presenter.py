"""Who of a class may be proposed for a certificate, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tlbb_desktop.domain.certificates import ENDED, CertificateKind, CertificateRow, Missing
from tlbb_desktop.domain.classes import ClassRow
from tlbb_desktop.domain.people import Names, Sex
from tlbb_desktop.domain.person_keys import places_found
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.wiring import Desk


@dataclass(frozen=True, slots=True)
class Candidate:
    """A learner of the class.

    Args:
        person_id: row.
        code, names, sex: whose.
        hours: full hours attended.
        percent: net attendance, or None when nothing was due.
        missing: rules that are not met; empty = earned.
        standing: the certificate of this kind that the learner has or is proposed for, or None.
    """

    person_id: int
    code: str
    names: Names
    sex: Sex | None
    hours: int
    percent: float | None
    missing: tuple[Missing, ...]
    standing: CertificateRow | None

    @property
    def ready(self) -> bool:
        """Whether the learner has earned the certificate and has none yet."""
        return not self.missing and self.standing is None


class ProposePresenter:
    """A class, a kind of certificate, and the learners held against the rules.

    Args:
        desk: the services.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.class_id: int | None = None
        self.kind = CertificateKind.COMPLETION
        self.candidates: dict[int, Candidate] = {}

    def classes(self) -> tuple[ClassRow, ...]:
        """The classes that the reader may propose for, the one that ended last first."""
        office = self._desk.office
        rows = [row for row in self._desk.classes.classes() if office.may(Action.CERTIFICATE_PROPOSE, row.prison_id)]
        return tuple(sorted(rows, key=lambda row: (row.ends_on, row.code), reverse=True))

    def load(self, class_id: int, kind: CertificateKind, rows: Mapping[int, CertificateRow]) -> None:
        """Hold the learners of a class against the rules.

        Args:
            class_id: row.
            kind: what is to be attested.
            rows: every certificate that is on its way or valid.
        """
        self.class_id, self.kind = class_id, kind
        code = self._desk.classes.row(class_id).code
        standing = {
            row.person_id: row
            for row in rows.values()
            if row.class_code == code and row.kind is kind and row.state not in ENDED
        }
        self.candidates = {
            each.person_id: Candidate(
                person_id=each.person_id,
                code=learner.code,
                names=learner.names,
                sex=learner.sex,
                hours=each.hours,
                percent=each.percent,
                missing=each.missing,
                standing=standing.get(each.person_id),
            )
            for learner, each in self._desk.certificates.eligible(class_id, kind)
        }

    def rows_matching(self, text: str) -> list[int]:
        """Where in the list those stand whose name, nickname or code is *text*, in any script, encoding or spelling."""
        return places_found(text, ((each.names, each.code) for each in self.candidates.values()))

    def ready(self) -> tuple[int, ...]:
        """Those who have earned it and have none yet."""
        return tuple(each for each, candidate in self.candidates.items() if candidate.ready)

    def lacking(self, ids: Sequence[int]) -> tuple[Candidate, ...]:
        """Those of *ids* who need a reason."""
        return tuple(self.candidates[each] for each in ids if self.candidates[each].missing)

    def without_any(self, ids: Sequence[int]) -> tuple[int, ...]:
        """Those of *ids* who have no such certificate yet."""
        return tuple(each for each in ids if self.candidates[each].standing is None)

    def propose(self, ids: Sequence[int], despite: str) -> int:
        """Propose; gives how many."""
        if self.class_id is None:
            return 0
        return len(self._desk.certificates.propose(self.class_id, ids, self.kind, despite))
