"""A screen for machines that have none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.i18n.marks import N_

SIZE = "1366x768x24"


def has_screen() -> bool:
    """Whether a window can be opened as things are."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextmanager
def some_screen() -> Iterator[None]:
    """The screen that is there, or a virtual one of 1366 x 768 while the block runs.

    Raises:
        Refused: there is no screen and no Xvfb to make one.
    """
    if has_screen():
        yield
        return
    program = shutil.which("Xvfb")
    if program is None:
        raise Refused(N_("There is no screen here, and Xvfb is missing. Install it: apt-get install xvfb openbox"))
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [program, "-displayfd", str(writing), "-screen", "0", SIZE, "-nolisten", "tcp"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as number:
        os.environ["DISPLAY"] = f":{number.readline().strip()}"
    os.environ["QT_QPA_PLATFORM"] = "xcb"
    manager = _window_manager()
    try:
        yield
    finally:
        for process in (manager, server):
            if process is not None:
                process.terminate()
                process.wait()
        del os.environ["DISPLAY"]


def _window_manager() -> subprocess.Popen[bytes] | None:
    """Windows only get the focus from a window manager."""
    program = shutil.which("openbox")
    if program is None:
        return None
    return subprocess.Popen([program], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
