"""A process that issues a certificate, says its number, revokes it and begins again until it is killed.

Its job: staff, prison, class, person.
"""

from __future__ import annotations

from itertools import count
from types import SimpleNamespace

from tests.services.own_process import read_job, say
from tlbb_desktop.domain.certificates import CertificateKind
from tlbb_desktop.services.certificates import CertificateService
from tlbb_desktop.services.gazetteer import Gazetteer


def main() -> None:
    job, office = read_job()
    holder = SimpleNamespace(keys=SimpleNamespace(signing_seed=bytes.fromhex(job.seed), keyring_id=job.keyring))
    service = CertificateService(office, holder, Gazetteer())
    for _each in count():
        (paper,) = service.issue_at_once(job.group, [job.person], CertificateKind.PARTICIPATION)
        say(paper.certificate.number)
        service.revoke(paper.certificate.number, "again")


main()
