"""A process that marks and says each mark that the service acknowledged: session, person and a note, one a line.

Reads one line of JSON from its input: database, key, salt and audit key in hexadecimal, class, staff, prison, sessions,
people, number of marks (0 = until it is killed).
"""

from __future__ import annotations

import json
import os
import sys
from itertools import count, cycle, product
from pathlib import Path
from types import SimpleNamespace

from tlbb_desktop.data.engine import open_engine
from tlbb_desktop.data.store import Store
from tlbb_desktop.domain.actors import Actor
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.register import SetMark
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.services.attendance import AttendanceService
from tlbb_desktop.services.audit_trail import AuditTrail
from tlbb_desktop.services.office import Office


def main() -> None:
    job = SimpleNamespace(**json.loads(sys.stdin.readline()))
    store = Store(open_engine(Path(job.database), bytes.fromhex(job.key), bytes.fromhex(job.salt)))
    actor = Actor(job.staff, "sokha", Role.MANAGER, True, frozenset({job.prison}))
    office = Office(store, None, AuditTrail(bytes.fromhex(job.audit)), actor, SystemClock())
    attendance = AttendanceService(office)
    cells = cycle(product(job.sessions, job.people))
    numbers = count() if job.marks == 0 else range(job.marks)
    for number, (session, person) in zip(numbers, cells, strict=False):
        note = f"{os.getpid()}-{number}"
        attendance.mark(job.group, [SetMark(session, person, MarkCode.PRESENT, note=note)])
        sys.stdout.write(f"{session} {person} {note}\n")
        sys.stdout.flush()


main()
