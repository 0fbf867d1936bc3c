"""A process that marks and says each mark that the service acknowledged: session, person and a note."""

from __future__ import annotations

import os
from itertools import count, cycle, product
from types import SimpleNamespace

from tests.services.own_process import Say
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.register import SetMark
from tlbb_desktop.services.attendance import AttendanceService
from tlbb_desktop.services.office import Office


def mark(told: SimpleNamespace, office: Office, say: Say) -> None:
    """Told are class, staff, prison, sessions, people and the number of marks (0 = until it is killed)."""
    attendance = AttendanceService(office)
    cells = cycle(product(told.sessions, told.people))
    numbers = count() if told.marks == 0 else range(told.marks)
    for number, (session, person) in zip(numbers, cells, strict=False):
        note = f"{os.getpid()}-{number}"
        attendance.mark(told.group, [SetMark(session, person, MarkCode.PRESENT, note=note)])
        say(f"{session} {person} {note}")
