"""Whether the installed program's files are as they were made; nobody comes in before that is known.

The files are read beside what else happens: while somebody types a passphrase, or while a command loads what it needs.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from threading import Lock, Thread

from tlbb_desktop.bundle.listing import LISTING, Faults, faults
from tlbb_desktop.domain.errors import ProgramDamaged, ProgramRemoved, ProgramRenewed

log = logging.getLogger(__name__)

NAMED_PLACES = 3
_Mark = tuple[int, ...]
_GONE: _Mark = (0,)


class ProgramFiles:
    """The files of this program, looked through once in a process.

    Args:
        folder: where it is installed; None for a program that runs from its source, which has no list.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._begin = Lock()
        self._reading: Thread | None = None
        self._faults = Faults()
        self._begun_as: _Mark | None = None

    @property
    def are_listed(self) -> bool:
        """Whether there is a list to compare them with."""
        return self._folder is not None

    def renewal(self) -> ProgramRenewed | None:
        """What is to be told where others lie there than when they began to be looked through; costs one look."""
        mark = self._mark()
        if self._begun_as is None or mark == self._begun_as:
            return None
        return ProgramRemoved() if mark == _GONE else ProgramRenewed()

    def _mark(self) -> _Mark:
        """What tells the list of files from that of another version, or of the same one installed again."""
        if self._folder is None:
            return ()
        try:
            found = (self._folder / LISTING).stat()
        except OSError:
            return _GONE
        return (found.st_ino, found.st_mtime_ns, found.st_size)

    def begin(self) -> None:
        """Begin to look through them, in a thread of its own; does nothing when that has begun."""
        if self._folder is None:
            return
        with self._begin:
            if self._reading is None:
                self._begun_as = self._mark()
                self._reading = Thread(target=self._look, name="program files", daemon=True)
                self._reading.start()

    def require_sound(self) -> None:
        """Wait until all are looked through.

        Raises:
            ProgramDamaged: one was changed, is missing or was added.
        """
        self.begin()
        if self._reading is not None:
            self._reading.join()
        if self._faults:
            raise ProgramDamaged(names=_named(self._faults))

    def _look(self) -> None:
        if self._folder is None:
            return
        self._faults = Faults(missing=(LISTING,))  # a disk that fails below leaves the program shut
        self._faults = faults(self._folder)
        for kind in Faults._fields:
            for place in getattr(self._faults, kind):
                log.info("program file %s: %s", kind, place)  # a command says it once, in its own sentence


def _named(found: Faults) -> tuple[str, ...]:
    named = found.places[:NAMED_PLACES]
    return (*named, "…") if len(found.places) > NAMED_PLACES else named


def _installed_folder() -> Path | None:
    return Path(sys.executable).parent if getattr(sys, "frozen", False) else None


PROGRAM = ProgramFiles(_installed_folder())
"""Those of this process."""
