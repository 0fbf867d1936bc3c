"""Runs jobs in processes of their own under `strace`.

A process comes from the server of processes, waits until `strace` holds it, and begins. What it writes goes into files,
so that nothing but the job itself is seen.
"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.faults.own_process import write_at_last
from tests.process_server import SERVER

Job = Callable[..., object]

PR_SET_PTRACER, ANYBODY = 0x59616D61, ctypes.c_ulong(-1)


@dataclass(frozen=True)
class Ended:
    """How a process ended.

    Args:
        code: its exit code; below 0 the signal that killed it.
        said: the lines of its output.
        errors: what it said besides.
    """

    code: int | None
    said: tuple[dict[str, Any], ...]
    errors: str


def run_traced(job: Job, arguments: Sequence[object], options: Sequence[str], folder: Path) -> Ended:
    """Run *job* while `strace` with *options* holds its process.

    Args:
        job: a function of a module.
        arguments: go to it.
        options: of `strace`.
        folder: takes what the process says.

    Raises:
        RuntimeError: this system lets no process be traced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    ours, theirs = SERVER.Pipe()
    process = SERVER.Process(target=_begin, args=(theirs, folder, job, tuple(arguments)))
    process.start()
    ours.recv()
    strace = subprocess.Popen(
        ["strace", "-p", str(process.pid), *options], stderr=subprocess.PIPE, encoding="utf-8", errors="replace"
    )
    assert strace.stderr is not None
    held = strace.stderr.readline()
    if "attached" not in held:
        process.kill()
        raise RuntimeError(held)
    ours.send("begin")
    process.join()
    strace.communicate()
    lines = (folder / "said").read_text(encoding="utf-8").splitlines()
    errors = (folder / "errors").read_text(encoding="utf-8", errors="replace")
    return Ended(process.exitcode, tuple(map(json.loads, lines)), errors)


def _begin(pipe: Connection, folder: Path, job: Job, arguments: tuple[object, ...]) -> None:
    for descriptor, name in ((1, "said"), (2, "errors")):
        os.dup2(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), descriptor)
    ctypes.CDLL(None).prctl(PR_SET_PTRACER, ANYBODY)
    pipe.send("ready")
    pipe.recv()
    try:
        job(*arguments)
    except BaseException:
        write_at_last(2, traceback.format_exc().encode())
        raise
