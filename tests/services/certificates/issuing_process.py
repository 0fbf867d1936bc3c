"""A process that issues a certificate, says its number, revokes it and begins again until it is killed."""

from __future__ import annotations

from itertools import count
from types import SimpleNamespace

from tests.services.own_process import Say
from tlbb_desktop.domain.certificates import CertificateKind
from tlbb_desktop.services.certificates import CertificateService
from tlbb_desktop.services.gazetteer import Gazetteer
from tlbb_desktop.services.office import Office

#: For a learner whom others are only just marking.
WHY = "is being marked at this moment"


def issue(told: SimpleNamespace, office: Office, say: Say) -> None:
    """Told are staff, prison, class and person."""
    holder = SimpleNamespace(keys=SimpleNamespace(signing_seed=told.seed, keyring_id=told.keyring))
    service = CertificateService(office, holder, Gazetteer())
    for _each in count():
        (paper,) = service.issue_at_once(told.group, [told.person], CertificateKind.PARTICIPATION, WHY)
        say(paper.certificate.number)
        service.revoke(paper.certificate.number, "again")
