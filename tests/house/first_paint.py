"""What must not be loaded before the window has been painted, and how to ask a fresh interpreter."""

from __future__ import annotations

import json
import subprocess
import sys

HEAVY_MODULES = (
    "alembic",
    "babel",
    "calamine",
    "fontTools",
    "holidays",
    "khmercut",
    "numpy",
    "openpyxl",
    "pypdfium2",
    "pyqtgraph",
    "python_calamine",
    "reportlab",
    "sqlalchemy",
    "uharfbuzz",
    "xlsxwriter",
)


def heavy_modules_after(statements: str, environment: dict[str, str]) -> set[str]:
    """Run *statements* in a fresh interpreter and return which heavy modules are loaded at their end."""
    tail = "\nimport json, sys\nprint('\\n' + json.dumps(sorted(sys.modules)))"
    answer = subprocess.run(
        [sys.executable, "-c", statements + tail],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    loaded = {name.partition(".")[0] for name in json.loads(answer.stdout.splitlines()[-1])}
    return loaded.intersection(HEAVY_MODULES)
