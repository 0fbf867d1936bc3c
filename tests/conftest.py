from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def qapp(qapp):
    """The application as the program sets it up: our words, our font, our light theme."""
    from tlbb_desktop.qt.fonts import use_fonts
    from tlbb_desktop.qt.theme import apply_theme
    from tlbb_desktop.qt.translator import install_translator

    install_translator(qapp)
    use_fonts(qapp)
    apply_theme(qapp, "light")
    return qapp


@pytest.fixture(params=["en", "km", "xx"])
def language(request, qapp) -> Iterator[str]:
    """Each language that a screen must stand: English, Khmer, and English one third longer."""
    from tlbb_desktop.i18n import catalog
    from tlbb_desktop.qt.translator import switch_language

    switch_language(qapp, request.param)
    yield request.param
    switch_language(qapp, catalog.SOURCE_LANGUAGE)


@pytest.fixture
def tasks(qapp):
    from tlbb_desktop.qt.tasks import TaskRunner

    runner = TaskRunner()
    yield runner
    runner.close()
