"""Processes that work in a home with the keys that they are told, and may be killed at it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from types import SimpleNamespace

from tests.process_server import SERVER
from tlbb_desktop.data.engine import READ_ONLY, open_engine
from tlbb_desktop.data.server.engine import open_server_engine
from tlbb_desktop.data.store import Store
from tlbb_desktop.domain.actors import Actor
from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.security.unlocked import UnlockedKeys
from tlbb_desktop.services.audit_trail import AuditTrail
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.office import Office

#: How a process tells what was acknowledged.
Say = Callable[[str], None]
#: What a process does: with what it was told, over the manager's office.
Job = Callable[[SimpleNamespace, Office, Say], None]


class OwnProcess:
    """One of them, which says a line whenever something was acknowledged.

    Args:
        job: a function of a module.
        told: what it needs besides the office.
    """

    def __init__(self, job: Job, told: dict[str, object]) -> None:
        self._heard, said = SERVER.Pipe(duplex=False)
        self._process = SERVER.Process(target=_work, args=(said, job, told))
        self._process.start()
        said.close()

    def hear(self) -> list[str]:
        """All that it says until it ends."""
        heard: list[str] = []
        with suppress(EOFError, OSError):  # the latter where a kill cut a line in two
            while True:
                heard.append(self._heard.recv())
        return heard

    def hear_and_kill(self, lines: int) -> list[str]:
        """Kill it after it has said so many lines; gives every whole line that left it.

        Raises:
            EOFError: it ended before.
        """
        heard = [self._heard.recv() for _ in range(lines)]
        self._process.kill()
        heard += self.hear()
        self.close()
        return heard

    def end(self) -> int:
        """Wait for its end; gives its exit code, below 0 the signal that killed it."""
        self._process.join()
        return self._process.exitcode or 0

    def close(self) -> None:
        """Kill it if it still runs, and give back what it took here."""
        if not self._heard.closed:
            self._process.kill()
            self._process.join()
            self._process.close()
            self._heard.close()


class OwnProcesses:
    """Starts processes, and ends those that are left.

    Args:
        home: where they work.
        keys: of the manager, told to each.
    """

    def __init__(self, home: Home, keys: UnlockedKeys) -> None:
        self._told: dict[str, object] = {
            "home": home,
            "key": keys.db_key,
            "salt": keys.db_salt,
            "audit": keys.audit_key,
            "seed": keys.signing_seed,
            "keyring": keys.keyring_id,
        }
        self._running: list[OwnProcess] = []

    def start(self, job: Job, **told: object) -> OwnProcess:
        """Begin *job* in a process of its own."""
        self._running.append(OwnProcess(job, self._told | told))
        return self._running[-1]

    def end(self) -> None:
        """Kill what still runs."""
        for process in self._running:
            process.close()


def _work(pipe: Connection, job: Job, told: dict[str, object]) -> None:
    """In the process: do the job and go."""
    facts = SimpleNamespace(**told)
    engine = (
        open_server_engine(facts.home.server, READ_ONLY)
        if facts.home.server
        else open_engine(facts.home.database, facts.key, facts.salt)
    )
    actor = Actor(facts.staff, "sokha", Role.MANAGER, True, frozenset({facts.prison}))
    job(facts, Office(Store(engine), None, AuditTrail(facts.audit), actor, SystemClock()), pipe.send)
