"""The pages that somebody meets when the program failed: readable in every language, and of use."""

from __future__ import annotations

import zipfile

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel

from tests.gui.accessible import unnamed_controls
from tests.gui.text_fits import cut_texts
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.crash import CrashDialog
from tlbb_desktop.qt.pictures import draw_pictures
from tlbb_desktop.screens.help.screen import HelpScreen
from tlbb_desktop.screens.login.notices import SafeModePage
from tlbb_desktop.widgets.destinations import TROUBLE_CHAPTER
from tlbb_desktop.widgets.paper_preview import PaperPreview
from tlbb_desktop.widgets.photo_frame import PhotoFrame


@pytest.fixture
def without_pictures():
    draw_pictures(wanted=False)
    yield
    draw_pictures(wanted=True)


@pytest.fixture
def help_page(desk, tasks, qtbot):
    page = HelpScreen(desk, tasks, ChangeSignal())
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.open(TROUBLE_CHAPTER)
    return page


def test_the_crash_dialog_and_the_offer_of_safe_mode_can_be_read_in_every_language(qtbot, language):
    for page in (CrashDialog("builtins.ValueError\n  x.py:1 y"), SafeModePage()):
        qtbot.addWidget(page)
        page.resize(900, 600)
        page.show()
        assert cut_texts(page) == []
        assert unnamed_controls(page) == []


def test_the_chapter_on_trouble_stands_beside_the_way_to_a_bundle(help_page, language):
    assert help_page.chapter == TROUBLE_CHAPTER
    assert cut_texts(help_page) == []
    assert unnamed_controls(help_page) == []
    assert help_page.diagnose_button.isVisible()


def test_the_bundle_goes_where_somebody_chooses_and_the_page_says_so(help_page, qtbot, tmp_path, monkeypatch):
    asked = []

    def choose(_parent, _title, start, _kinds):
        asked.append(start)
        return str(tmp_path / "bundle.zip"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    with qtbot.waitSignal(help_page.said) as said:
        help_page.diagnose_button.click()
    assert "bundle.zip" in said.args[0]
    assert asked[0].endswith(".zip")
    assert "diagnosis.json" in zipfile.ZipFile(tmp_path / "bundle.zip").namelist()
    assert help_page.diagnose_button.isEnabled()


def test_a_bundle_that_cannot_be_written_is_a_sentence_in_the_banner(help_page, qtbot, tmp_path):
    with qtbot.waitSignal(help_page.troubled) as troubled:
        help_page.save_diagnosis(tmp_path / "none" / "bundle.zip")
    assert isinstance(troubled.args[0], Refused)
    assert help_page.diagnose_button.isEnabled()


def test_who_chooses_no_place_gets_no_bundle(help_page, tasks, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    help_page.diagnose_button.click()
    assert tasks.is_idle


def test_safe_mode_draws_neither_a_broken_photo_nor_a_broken_paper(qtbot, tasks, without_pictures):
    frame, preview = PhotoFrame(), PaperPreview()
    for widget in (frame, preview):
        qtbot.addWidget(widget)
        widget.show()
    frame.show_jpeg(b"\xff\xd8 broken")
    assert frame.jpeg == b"\xff\xd8 broken"  # saving the form keeps what is on record
    preview.show_paper(b"%PDF broken", tasks)
    assert tasks.is_idle
    assert any("Safe mode" in label.text() for label in preview.findChildren(QLabel) if label.isVisible())
