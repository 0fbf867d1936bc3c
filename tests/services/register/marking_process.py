"""A process that marks and says each mark that the service acknowledged: session, person and a note, one a line.

Its job: class, staff, prison, sessions, people, number of marks (0 = until it is killed).
"""

from __future__ import annotations

import os
from itertools import count, cycle, product

from tests.services.own_process import read_job, say
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.register import SetMark
from tlbb_desktop.services.attendance import AttendanceService


def main() -> None:
    job, office = read_job()
    attendance = AttendanceService(office)
    cells = cycle(product(job.sessions, job.people))
    numbers = count() if job.marks == 0 else range(job.marks)
    for number, (session, person) in zip(numbers, cells, strict=False):
        note = f"{os.getpid()}-{number}"
        attendance.mark(job.group, [SetMark(session, person, MarkCode.PRESENT, note=note)])
        say(f"{session} {person} {note}")


main()
