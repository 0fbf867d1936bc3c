"""What the installed program does not take from its environment: where Qt, Python or the system's loader find code.

Run before anything else of the program, so that nothing is loaded from a place that somebody else has named.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, MutableMapping

#: Screen, text size, input method and screen reader are choices of whoever sits there; none of them names a place.
ALLOWED = frozenset({
    "QT_ACCESSIBILITY", "QT_FONT_DPI", "QT_IM_MODULE", "QT_IM_MODULES", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON",
    "QT_QPA_PLATFORM", "QT_SCALE_FACTOR", "QT_SCREEN_SCALE_FACTORS",
})  # fmt: skip
REDIRECTING = ("QT", "QML", "PYTHON", "RL_")
NAMED = frozenset({"OPENSSL_CONF", "OPENSSL_ENGINES", "OPENSSL_MODULES", "SSLKEYLOGFILE"})
#: Read by the system's loader before the program runs; only a new start can do without them.
LOADER = ("LD_PRELOAD", "LD_AUDIT", "LD_LIBRARY_PATH_ORIG")
BEGUN_ANEW = "TLBB_BEGUN_ANEW"


def redirections(environment: Mapping[str, str]) -> list[str]:
    """The names in *environment* that would make Qt or Python load from elsewhere, or give secrets away."""
    return [name for name in environment if _redirects(name.upper())]


def _redirects(name: str) -> bool:
    return name in NAMED or (name.startswith(REDIRECTING) and name not in ALLOWED)


def forget_redirections(environment: MutableMapping[str, str] | None = None) -> None:
    """Take them out of *environment*, for this process and those that it starts.

    Args:
        environment: of this process when None.
    """
    environment = os.environ if environment is None else environment
    for name in redirections(environment):
        del environment[name]


def without_loader(environment: Mapping[str, str]) -> dict[str, str] | None:
    """The environment to begin anew with, when the system's loader was told to load something else; otherwise None.

    ``LD_LIBRARY_PATH_ORIG`` is what the starter found as ``LD_LIBRARY_PATH`` before it named the bundle there.
    """
    if environment.get(BEGUN_ANEW) or not any(environment.get(name) for name in LOADER):
        return None
    kept = {name: value for name, value in environment.items() if name not in {*LOADER, "LD_LIBRARY_PATH"}}
    return {**kept, BEGUN_ANEW: "1"}


def stand_alone() -> None:
    """Listen to nothing that redirects; begins anew where the loader was told to. Called by the bundle only."""
    forget_redirections()
    if sys.platform.startswith("linux"):
        fresh = without_loader(os.environ)
        if fresh is not None:
            os.execve(sys.executable, [sys.executable, *sys.argv[1:]], fresh)  # noqa: S606  # no shell is wanted
        for name in (BEGUN_ANEW, "LD_LIBRARY_PATH"):  # of the bundle; programs that are started here have their own
            os.environ.pop(name, None)
