"""The login page stands before anything heavy is loaded."""

from __future__ import annotations

import os
from pathlib import Path

from tests.house.first_paint import heavy_modules_after

ROOT = Path(__file__).resolve().parents[2]
PAINT_AND_STOP = """
import sys
from tlbb_desktop import app
application = app.make_application()
program = app.WindowProgram(application, app.read_options(["--home", {home!r}, "--lang", {language!r}]))
program.window.painted.disconnect()
program.window.painted.connect(application.quit)
program.start()
application.exec()
assert program.window.content.username == "sokha"
"""


def test_the_login_page_in_either_language_is_painted_without_the_database(home):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    for language in ("km", "en"):
        statements = PAINT_AND_STOP.format(home=str(home.path), language=language)
        assert heavy_modules_after(statements, environment) == set()
