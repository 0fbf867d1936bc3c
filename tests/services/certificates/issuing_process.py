"""A process that issues a certificate, says its number, revokes it and begins again until it is killed.

Reads one line of JSON from its input: database; its key, salt, the audit key and the signing seed in hexadecimal;
keyring, staff, prison, class, person.
"""

from __future__ import annotations

import json
import sys
from itertools import count
from pathlib import Path
from types import SimpleNamespace

from tlbb_desktop.data.engine import open_engine
from tlbb_desktop.data.store import Store
from tlbb_desktop.domain.actors import Actor
from tlbb_desktop.domain.certificates import CertificateKind
from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.services.audit_trail import AuditTrail
from tlbb_desktop.services.certificates import CertificateService
from tlbb_desktop.services.gazetteer import Gazetteer
from tlbb_desktop.services.office import Office


def main() -> None:
    job = SimpleNamespace(**json.loads(sys.stdin.readline()))
    store = Store(open_engine(Path(job.database), bytes.fromhex(job.key), bytes.fromhex(job.salt)))
    actor = Actor(job.staff, "sokha", Role.MANAGER, True, frozenset({job.prison}))
    office = Office(store, None, AuditTrail(bytes.fromhex(job.audit)), actor, SystemClock())
    holder = SimpleNamespace(keys=SimpleNamespace(signing_seed=bytes.fromhex(job.seed), keyring_id=job.keyring))
    service = CertificateService(office, holder, Gazetteer())
    for _each in count():
        (paper,) = service.issue_at_once(job.group, [job.person], CertificateKind.PARTICIPATION)
        sys.stdout.write(f"{paper.certificate.number}\n")
        sys.stdout.flush()
        service.revoke(paper.certificate.number, "again")


main()
