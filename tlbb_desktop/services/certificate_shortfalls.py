"""What stands in the way of certificates, and why they are given all the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from tlbb_desktop.data.models import CertificateRecord
from tlbb_desktop.data.queries import certificates as queries
from tlbb_desktop.domain.certificate_rules import UnitsReached
from tlbb_desktop.domain.certificates import CertificateKind, Eligibility, Missing, RulesNotMet, eligibility
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.services.certificate_units import units_reached
from tlbb_desktop.services.office import Act

LONGEST_REASON = 500


class Shortfall(NamedTuple):
    """A certificate whose learner does not meet every rule today."""

    record: CertificateRecord
    code: str
    missing: tuple[Missing, ...]


def shortfalls(act: Act, records: Sequence[CertificateRecord]) -> list[Shortfall]:
    """Each register is read once, however many of its learners are asked about."""
    found = []
    for class_id in dict.fromkeys(record.class_id for record in records):
        of_class = [record for record in records if record.class_id == class_id]
        learners = learners_of(act.connection, class_id, [record.person_id for record in of_class])
        units = units_reached(act.connection, class_id, learners)
        for record in of_class:
            learner = learners[record.person_id]
            missing = held_against(learner, CertificateKind(record.kind), units.get(record.person_id)).missing
            if missing:
                found.append(Shortfall(record, learner.code, tuple(missing)))
    return found


def lines_of(short: Iterable[Shortfall]) -> tuple[tuple[str, Missing], ...]:
    """Code of the learner and the rule, line by line."""
    return tuple((each.code, missing) for each in short for missing in each.missing)


def reasons_for(
    act: Act, class_id: int, person_ids: Sequence[int], kind: CertificateKind, despite: str
) -> dict[int, str]:
    """Person -> why, where a rule is not met, else ``""``. Raises RulesNotMet when that has no reason."""
    learners = learners_of(act.connection, class_id, person_ids)
    require_short(despite)
    units = units_reached(act.connection, class_id, learners)
    missing = {person: held_against(learners[person], kind, units.get(person)).missing for person in person_ids}
    lines = [(learners[person].code, line) for person, theirs in missing.items() for line in theirs]
    if lines and not despite.strip():
        raise RulesNotMet(lines)
    return {person: despite.strip() if theirs else "" for person, theirs in missing.items()}


def held_against(learner: queries.LearnerTotals, kind: CertificateKind, units: UnitsReached | None) -> Eligibility:
    """What a learner has earned and what is missing, by the rules of the course."""
    names = (learner.names.khmer, learner.names.latin)
    return eligibility(learner.person_id, kind, names, learner.totals, learner.open_minutes, units)


def learners_of(connection: Connection, class_id: int, person_ids: Sequence[int]) -> dict[int, queries.LearnerTotals]:
    """The learners with their totals. Raises Refused for nobody, NotFound for somebody who was never in the class."""
    if not person_ids:
        raise Refused(N_("Name the learners who get a certificate."), place="people")
    learners = queries.learner_totals(connection, class_id, person_ids)
    if strangers := [person for person in person_ids if person not in learners]:
        raise NotFound(
            N_("Never in this class: {people}. Choose learners of the class."),
            place="people",
            people=queries.codes_of(connection, strangers),
        )
    return learners


def require_short(despite: str) -> None:
    """Raise Refused for a reason that nobody would read."""
    if len(despite) > LONGEST_REASON:
        raise Refused(N_("The reason is too long. {most} letters are enough."), place="despite", most=LONGEST_REASON)
