"""The sheets of the guide are looked at as they will be printed, and Esc goes back to the text."""

from __future__ import annotations

import pytest

from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.screens.help.screen import HelpScreen, _paper


@pytest.fixture
def help_page(qtbot, tasks, desk) -> HelpScreen:
    screen = HelpScreen(desk, tasks, ChangeSignal())
    qtbot.addWidget(screen)
    screen.resize(1166, 700)
    with qtbot.waitExposed(screen):
        screen.show()
    return screen


def test_a_sheet_is_shown_as_its_paper_and_saved(qtbot, help_page, tmp_path):
    help_page.open("sheet_lost_laptop")
    assert help_page.paper_button.isVisible()
    help_page.paper_button.click()
    assert help_page.preview.isVisible()
    assert not help_page.text.isVisible()
    assert help_page.go_back()
    assert help_page.text.isVisible()
    _paper(help_page._chapters["sheet_lost_laptop"]).save(tmp_path / "sheet.pdf")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_another_chapter_is_no_paper(help_page):
    help_page.open("backup")
    assert not help_page.paper_button.isVisible()
    help_page.print_paper()
    assert help_page.text.isVisible()
