"""Processes that work in a home with the keys that they are told, and may be killed at it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import tlbb_desktop
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


class OwnProcesses:
    """Starts processes, and ends those that are left.

    Args:
        home: where they work.
        keys: of the manager, told to each on its input.
    """

    def __init__(self, home: Home, keys: UnlockedKeys) -> None:
        self._home, self._keys = home, keys
        self._running: list[subprocess.Popen[str]] = []

    def start(self, script: Path, **job: object) -> subprocess.Popen[str]:
        """Run *script* on *job*; it reads both from its input with :func:`read_job`."""
        keys = {
            "key": self._keys.db_key.hex(),
            "salt": self._keys.db_salt.hex(),
            "audit": self._keys.audit_key.hex(),
            "seed": self._keys.signing_seed.hex(),
            "keyring": self._keys.keyring_id,
        }
        process = subprocess.Popen(
            [sys.executable, str(script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path(tlbb_desktop.__file__).parents[1])},
        )
        self._running.append(process)
        process.stdin.write(json.dumps({"home": str(self._home.path), **keys, **job}) + "\n")
        process.stdin.close()
        return process

    def end(self) -> None:
        """Kill what still runs."""
        for process in self._running:
            process.kill()
            process.stdout.close()
            process.wait()


def said_until_killed(process: subprocess.Popen[str], lines: int) -> list[str]:
    """Kill *process* after it has said so many lines; gives every whole line that left it."""
    said = "".join(process.stdout.readline() for _ in range(lines))
    process.kill()
    said += process.stdout.read()
    process.wait()
    return said[: said.rfind("\n")].splitlines()


def read_job() -> tuple[SimpleNamespace, Office]:
    """In the process: what it is to do, and the manager's office over the home."""
    job = SimpleNamespace(**json.loads(sys.stdin.readline()))
    home = Home(Path(job.home))
    if home.server:
        engine = open_server_engine(home.server, READ_ONLY)
    else:
        engine = open_engine(home.database, bytes.fromhex(job.key), bytes.fromhex(job.salt))
    store = Store(engine)
    actor = Actor(job.staff, "sokha", Role.MANAGER, True, frozenset({job.prison}))
    return job, Office(store, None, AuditTrail(bytes.fromhex(job.audit)), actor, SystemClock())


def say(line: str) -> None:
    """In the process: tell what was acknowledged."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
