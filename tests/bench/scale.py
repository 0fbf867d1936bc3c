"""What each screen and each act costs as a programme grows: at 1, 10 and 100 parts of a hundred, with the slope.

    python -m tests.bench --scale national          28 prisons, 20,000 people, 2 million marks, 200,000 notes
    python -m tests.bench --scale 2000/9 today people

Costs are processor seconds of the whole program, from the wish until the page is painted and nothing more is being
read: on a busy machine they stay what they are. A slope is the exponent by which the cost follows the size: 0 = not at
all, 1 = as the record grows. What is seen of a screen is of one size, so a slope above ``FLAT`` is marked there; acts
on the whole record, such as a backup, may grow as it does.
"""

from __future__ import annotations

import gc
import math
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import process_time
from typing import Final

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from tests.bench.homes import kept_home
from tests.bench.report import duration, say
from tests.bench.windows import Frame, application, wait_for_paint
from tlbb_desktop.demonstration.any_size import build_programme
from tlbb_desktop.demonstration.build import TRAINER, demo_login
from tlbb_desktop.demonstration.casework import WORKER
from tlbb_desktop.demonstration.cast import DAY, MANAGER
from tlbb_desktop.demonstration.programme_size import NATIONAL, ProgrammeSize
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.errors import UsageError
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.register import SetMark
from tlbb_desktop.qt.at_rest import AtRest
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.shell.places import PLACES
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.vault import unlock
from tlbb_desktop.widgets.destinations import OpenBoard, OpenCase, OpenRegister
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.wiring import Desk, open_desk

SCALES: Final = {"national": NATIONAL}
PARTS: Final = (100, 10, 1)
FLAT: Final = 0.3
#: Below this a difference is noise.
NOTHING: Final = 0.02
ROUNDS: Final = 3
_SOUGHT: Final = "ដារ"


@dataclass(frozen=True, slots=True)
class Costs:
    """Processor seconds of one thing at each size, the smallest first.

    Args:
        what: a screen or an act.
        seconds: its costs.
        whole: whether it is about the whole record, and may grow with it.
    """

    what: str
    seconds: tuple[float, ...]
    whole: bool

    @property
    def slopes(self) -> tuple[float, ...]:
        """From each size to the next one, ten times as large."""
        pairs = zip(self.seconds, self.seconds[1:], strict=False)
        return tuple(math.log10(max(larger, 1e-6) / max(smaller, 1e-6)) for smaller, larger in pairs)

    @property
    def mark(self) -> str:
        """``grows`` where it grows faster than what is seen of it."""
        if self.whole:
            return "whole record"
        grows = self.slopes[-1] > FLAT and self.seconds[-1] - self.seconds[0] > NOTHING
        return "grows" if grows else ""


class Laptop:
    """A programme of one size, with a desk for each of three members of staff, and a window."""

    def __init__(self, home: Home, frame: Frame) -> None:
        self.home, self._frame = home, frame
        self._desks: dict[str, Desk] = {}
        self._pages: dict[tuple[str, str], Page] = {}
        self._tasks, self._changes = TaskRunner(), ChangeSignal()
        trainer, worker = self.desk(TRAINER), self.desk(WORKER)
        self.class_id = max(trainer.classes.classes(), key=lambda each: (each.starts_on <= DAY, each.starts_on)).id
        self.case_id = worker.cases.list()[0].id or 0
        register = trainer.attendance.register(self.class_id, Month.of(DAY))
        past = [each for each in register.sessions if each.day < DAY]
        self._cell = past[-1].id, register.learners[0].person_id
        self._present = False

    def desk(self, username: str) -> Desk:
        """The desk of a member, opened once."""
        if username not in self._desks:
            self._desks[username] = self.logged_in(username)
        return self._desks[username]

    def logged_in(self, username: str) -> Desk:
        """A desk of a member, by the passphrase."""
        passphrase = demo_login(self.home, username).read_text(encoding="utf-8").strip()
        return open_desk(self.home, unlock(self.home, username, passphrase))

    def open(self, username: str, place: str, argument: object = None) -> None:
        """Open a page and wait until it is painted and calm."""
        page = self._pages.get((username, place))
        if page is None:
            maker = next(each for each in PLACES if each.name == place).page_maker()
            page = self._pages[username, place] = maker(self.desk(username), self._tasks, self._changes, self._frame)
        self._frame.put(page)
        page.open(argument)
        wait_for_paint(page)
        while not self._tasks.is_idle or any(wait.isActive() for wait in page.findChildren(AtRest)):
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        QApplication.processEvents()

    def mark(self) -> None:
        """Set one mark, as a key does."""
        self._present = not self._present
        code = MarkCode.PRESENT if self._present else MarkCode.ABSENT
        self.desk(TRAINER).attendance.mark(self.class_id, [SetMark(*self._cell, code)])

    def log_in(self) -> None:
        """Log in and close again."""
        self.logged_in(MANAGER).close()

    def close(self) -> None:
        """Close everything."""
        self._tasks.close()
        for page in self._pages.values():
            self._frame.drop(page)
        for desk in self._desks.values():
            desk.close()


Deed = Callable[[Laptop], object]
SCREENS: Final[dict[str, Deed]] = {
    "today of a manager": lambda laptop: laptop.open(MANAGER, "today"),
    "today of a trainer": lambda laptop: laptop.open(TRAINER, "today"),
    "today of a social worker": lambda laptop: laptop.open(WORKER, "today"),
    "people list": lambda laptop: laptop.open(MANAGER, "people"),
    "people search": lambda laptop: laptop.desk(MANAGER).people.quick_find(_SOUGHT),
    "classes": lambda laptop: laptop.open(MANAGER, "classes"),
    "register": lambda laptop: laptop.open(TRAINER, "register", OpenRegister(laptop.class_id, Month.of(DAY))),
    "key in the register": lambda laptop: laptop.mark(),
    "board": lambda laptop: laptop.open(TRAINER, "board", OpenBoard(laptop.class_id)),
    "month sheets": lambda laptop: laptop.open(MANAGER, "sheets"),
    "certificates": lambda laptop: laptop.open(MANAGER, "certificates"),
    "cases of a social worker": lambda laptop: laptop.open(WORKER, "cases"),
    "cases of a manager": lambda laptop: laptop.open(MANAGER, "cases"),
    "case page": lambda laptop: laptop.open(WORKER, "cases", OpenCase(laptop.case_id)),
    "work list": lambda laptop: laptop.desk(WORKER).work_list.page(),
    "note search of a social worker": lambda laptop: laptop.desk(WORKER).case_notes.search(_SOUGHT),
    "note search of a manager": lambda laptop: laptop.desk(MANAGER).case_notes.search(_SOUGHT),
    "releases of a social worker": lambda laptop: laptop.open(WORKER, "releases"),
    "releases of a manager": lambda laptop: laptop.open(MANAGER, "releases"),
    "follow-up of a social worker": lambda laptop: laptop.open(WORKER, "follow_up"),
    "follow-up of a manager": lambda laptop: laptop.open(MANAGER, "follow_up"),
    "audit, its newest events": lambda laptop: laptop.desk(MANAGER).audit.events(),
    "login": lambda laptop: laptop.log_in(),
}
WHOLE: Final[dict[str, Deed]] = {
    "outcomes": lambda laptop: laptop.open(MANAGER, "reports"),
    "backup": lambda laptop: laptop.desk(MANAGER).backups.create(),
    "check": lambda laptop: laptop.desk(MANAGER).integrity.check(),
}


def size_named(name: str) -> ProgrammeSize:
    """``national``, or people and prisons as ``2000/9``.

    Raises:
        UsageError: it is neither.
    """
    if name in SCALES:
        return SCALES[name]
    people, _slash, prisons = name.partition("/")
    if not (people.isdecimal() and prisons.isdecimal()):
        raise UsageError("A scale is {known}, or people and prisons such as 2000/9.", known=", ".join(SCALES))
    return ProgrammeSize(int(people), int(prisons))


def measure(size: ProgrammeSize, folder: Path, wanted: Sequence[str] = ()) -> Iterator[Costs]:
    """The costs of each thing whose name holds one of *wanted* words; of all where there is none."""
    application()
    deeds = {
        name: (deed, name in WHOLE)
        for name, deed in {**SCREENS, **WHOLE}.items()
        if not wanted or any(word in name for word in wanted)
    }
    found: dict[str, list[float]] = {name: [] for name in deeds}
    for part in PARTS:
        size_now = size.part(part)
        say(f"  {size_now.people:,} people at {size_now.prisons} prisons …")
        frame = Frame()
        laptop = Laptop(_programme(size_now, folder), frame)
        for name, (deed, _whole) in deeds.items():
            found[name].append(_cost(partial(deed, laptop)))
            say(f"    {name}: {duration(found[name][-1])}")
        laptop.close()
        frame.close()
    for name, (_deed, whole) in deeds.items():
        yield Costs(name, tuple(found[name]), whole)


def say_costs(costs: Sequence[Costs], size: ProgrammeSize) -> None:
    """Print the table of all costs, and what grows."""
    sizes = [f"{size.part(part).people:,}" for part in PARTS]
    rows = [("processor time", *sizes, "slope", "", "")]
    rows += [
        (each.what, *map(duration, each.seconds), *(f"{slope:+.2f}" for slope in each.slopes), each.mark)
        for each in costs
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        say("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())


def _programme(size: ProgrammeSize, folder: Path) -> Home:
    kept = kept_home(f"programme-{size.people}-{size.prisons}", folder, partial(build_programme, size=size))
    copy = Home(folder / f"scale-{size.people}")
    shutil.copytree(kept.path, copy.path)
    return copy


def _cost(deed: Callable[[], object]) -> float:
    """The least processor time of some rounds after one to warm up; in one, the machine has other things to do."""
    deed()
    taken = []
    for _round in range(ROUNDS):
        gc.collect()
        started = process_time()
        deed()
        taken.append(process_time() - started)
    return min(taken)
