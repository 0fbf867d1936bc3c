"""Certificates by the thousand: each signed and frozen as it is when somebody issues it, but for the paper."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from tlbb_desktop.data.models import CertificateRecord
from tlbb_desktop.demonstration.cast import DAY
from tlbb_desktop.domain.certificates import CertificateKind, CertificateState
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.certificate_issuing import Issuing
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.wiring import Desk

if TYPE_CHECKING:
    from tlbb_desktop.demonstration.build import StoryClock

#: Learners of a class that is over who have one.
A_CLASS: Final = 5
_DESPITE: Final = "demonstration"
_FINISHED: Final = """
    SELECT c.id, c.ends_on, (SELECT json_group_array(e.person_id) FROM (
        SELECT person_id FROM enrolment WHERE class_id = c.id AND ends_on IS NULL ORDER BY id LIMIT :most
    ) AS e) AS people
    FROM training_class AS c WHERE c.ends_on < :today ORDER BY c.ends_on, c.id
"""


def issue_certificates(desk: Desk, clock: StoryClock, holder: KeyHolder) -> None:
    """Issue certificates to some of each class that is over, on the day after its end.

    Args:
        desk: the manager's.
        clock: set to the day of each act, and to that of the demonstration afterwards.
        holder: the keys, with the one that signs.
    """
    with desk.office.store.read() as connection:
        values = {"most": A_CLASS, "today": DAY.isoformat()}
        classes = connection.exec_driver_sql(_FINISHED, values).all()
    for row in classes:
        clock.set(date.fromisoformat(row.ends_on) + timedelta(days=1))
        _issue(desk, holder, row.id, json.loads(row.people))
    clock.set(DAY)


def _issue(desk: Desk, holder: KeyHolder, class_id: int, people: list[int]) -> None:
    with desk.office.act(Action.CERTIFICATE_ISSUE) as act:
        records = [
            CertificateRecord(
                class_id=class_id,
                person_id=person,
                kind=CertificateKind.COMPLETION,
                state=CertificateState.APPROVED,
                despite=_DESPITE,
            )
            for person in people
        ]
        for record in records:
            act.add(record)
        issuing = Issuing(act, holder, desk.gazetteer)
        issuing.look_up(records)
        for record in records:
            issuing.keep(record, issuing.compiled(record), handed_out=True)
