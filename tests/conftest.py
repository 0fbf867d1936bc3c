from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

pytest_plugins = ("tests.programme",)

# What fails often and fast comes first, what drives whole programs last.
ORDER = ("house", "domain", "khmer", "i18n", "security", "data", "services", "documents", "gui", "cli", "e2e")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run the folders of tests in ORDER; a folder that is not named comes before the end-to-end tests.

    Tests that drive whole programs share one screen and its keyboard focus, so one process takes all of them. With
    several processes they come first, because they take longest.
    """
    here = Path(__file__).parent
    places = {name: place for place, name in enumerate(ORDER)}
    for item in items:
        if item.path.relative_to(here).parts[0] == "e2e":
            item.add_marker(pytest.mark.xdist_group("screen"))
    if hasattr(config, "workerinput"):
        places["e2e"] = -1
    items.sort(key=lambda item: places.get(item.path.relative_to(here).parts[0], len(places) - 1.5))


@pytest.fixture
def screen_environment() -> dict[str, str]:
    """The environment for a program that is to open a real window; skips where there is no screen."""
    if sys.platform == "linux" and not os.environ.get("DISPLAY"):
        pytest.skip("no screen: run `make test`, or this under xvfb-run")
    environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    return environment | ({"QT_QPA_PLATFORM": "xcb"} if sys.platform == "linux" else {})


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """What the application is made with, as the program makes it."""
    from tlbb_desktop.qt.stylesheet import STYLE_ARGUMENTS

    return ["tests", *STYLE_ARGUMENTS]


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
