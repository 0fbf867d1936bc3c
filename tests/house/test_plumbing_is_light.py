from __future__ import annotations

import os
from pathlib import Path

from tests.house.first_paint import heavy_modules_after


def test_theme_fonts_icons_and_translator_load_nothing_heavy():
    statements = (
        "import tlbb_desktop.qt.theme, tlbb_desktop.qt.fonts, tlbb_desktop.qt.icons, tlbb_desktop.qt.translator\n"
        "import tlbb_desktop.qt.crash, tlbb_desktop.qt.tasks, tlbb_desktop.qt.khmer_input"
    )
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    assert heavy_modules_after(statements, environment) == set()


def test_the_helper_notices_a_heavy_module():
    assert heavy_modules_after("import fontTools", dict(os.environ)) == {"fontTools"}
