"""Forks the processes of windows from one that has the program loaded; each is a window of its own, a second sooner.

    python -m tests.e2e.window_server SOCKET

takes on the socket (a number) what to run, with three open files for input, output and errors, and answers with the
number of the process. Neither a thread nor Qt's application exists before a process is forked: a window begins with
what it would have imported, and nothing else.
"""

from __future__ import annotations

import gc
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import IO, Any

MOST_BYTES = 65_536
#: What a member of staff at the window loads by and by.
LOADED = (
    "tests.e2e.window_process",
    *(f"tlbb_desktop.screens.{area}.screen" for area in ("today", "register", "people", "sheets", "help")),
    "tlbb_desktop.screens.shell.sitting",
    *("argon2", "concurrent.futures.thread", "cryptography.hazmat.primitives.ciphers.aead", "nacl.public"),
)


class WindowServer:
    """The server, seen from a test."""

    def __init__(self) -> None:
        self._ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.e2e.window_server", str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                cwd=Path(__file__).resolve().parents[2],
            )

    def start(self, script: str, folder: Path, environment: dict[str, str], files: Sequence[IO[Any]]) -> int:
        """Run *script* in *folder* with *files* as input, output and errors; gives the number of its process."""
        wish = {"script": script, "folder": str(folder), "environment": environment}
        socket.send_fds(self._ours, [json.dumps(wish).encode()], [file.fileno() for file in files])
        return int(self._answer()["process"])

    def ended(self, process: int, seconds: float) -> int:
        """Wait until a window has ended; gives its exit code, below 0 the signal that killed it."""
        end = time.monotonic() + seconds
        while True:
            self._ours.send(json.dumps({"ended": process}).encode())
            status = self._answer()["status"]
            if status is not None:
                return os.waitstatus_to_exitcode(status)
            assert time.monotonic() < end, f"the window has not ended in {seconds} s"
            time.sleep(0.01)

    def close(self) -> None:
        """End it; its windows are ended already."""
        self._ours.close()
        self._process.wait()

    def _answer(self) -> dict[str, Any]:
        content = self._ours.recv(MOST_BYTES)
        assert content, "the server of windows has ended"
        answer: dict[str, Any] = json.loads(content)
        return answer


def serve(requests: socket.socket) -> None:
    """Answer until nobody asks any more; returns in the server alone."""
    while True:
        content, files, _flags, _address = socket.recv_fds(requests, MOST_BYTES, 3)
        if not content:
            return
        wish = json.loads(content)
        if "ended" in wish:
            process, status = os.waitpid(wish["ended"], os.WNOHANG)
            answer = {"status": status if process else None}
        else:
            answer = {"process": os.fork() or _run(requests, wish, files)}
            for file in files:
                os.close(file)
        requests.send(json.dumps(answer).encode())


def _run(requests: socket.socket, wish: dict[str, Any], files: Sequence[int]) -> int:
    """Become the process of *wish*; ends it."""
    requests.close()
    for place, file in enumerate(files):
        os.dup2(file, place)
        os.close(file)
    os.environ.clear()
    os.environ.update(wish["environment"])
    os.chdir(wish["folder"])
    tempfile.tempdir = None
    exec(compile(wish["script"], "<script>", "exec"), {"__name__": "__main__"})  # as python -c does
    sys.exit()


def load() -> None:
    """Load what windows need, without a thread."""
    from tlbb_desktop.screens.login.doorkeeper import HomeDoorkeeper
    from tlbb_desktop.services.home import Home

    for name in LOADED:
        import_module(name)
    HomeDoorkeeper(Home(Path(os.devnull)), lambda _kind, _ids: None).prepare()
    gc.collect()
    gc.freeze()
    assert len([*Path("/proc/self/task").iterdir()]) == 1, "a forked process would lack the other threads"


if __name__ == "__main__":
    asked = socket.socket(fileno=int(sys.argv[1]))
    load()
    serve(asked)
