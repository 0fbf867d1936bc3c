"""Where processes of tests come from: on Linux each is forked from one that has loaded the program for all of them."""

from __future__ import annotations

import sys
from multiprocessing import get_context

if sys.platform == "linux":
    SERVER = get_context("forkserver")
    SERVER.set_forkserver_preload(["tests.preloaded"])
else:
    SERVER = get_context("spawn")
