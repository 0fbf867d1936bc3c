"""Collects garbage only in the thread that the widgets live in.

Python looks for cyclic garbage in whichever thread made one object too many. If that is a worker thread and there are
widgets among the garbage, they are destroyed there, which Qt forbids: the program hangs or crashes, now and then.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QCoreApplication, QTimer

MILLISECONDS_BETWEEN_LOOKS: Final = 500
_NAME: Final = "garbage"


def collect_garbage_here() -> None:
    """From now on garbage is looked for now and then in the thread of the application, and in no other.

    Asked again it does nothing.
    """
    gc.disable()
    application = QCoreApplication.instance()
    if application is None or application.findChild(QTimer, _NAME) is not None:
        return
    timer = QTimer(application)
    timer.setObjectName(_NAME)
    timer.setInterval(MILLISECONDS_BETWEEN_LOOKS)
    timer.timeout.connect(collect_what_is_due)
    timer.start()


def collect_what_is_due() -> None:
    """Collect the oldest generation that Python itself would collect by now, with all that are younger."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in reversed(range(len(counts))):
        if counts[generation] > thresholds[generation]:
            gc.collect(generation)
            return
