"""The window over a damaged record: it offers a backup, keeps what is damaged and says where."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from tests.gui.accessible import unnamed_controls
from tests.gui.text_fits import cut_texts
from tests.programme import MANAGER, PASSPHRASE, Template
from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.errors import StorageDamaged
from tlbb_desktop.i18n.days import moment_text
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.translator import switch_language
from tlbb_desktop.screens.first_run.damaged import DamagedPage
from tlbb_desktop.screens.first_run.presenter import FirstRunPresenter
from tlbb_desktop.screens.login.doorkeeper import HomeDoorkeeper
from tlbb_desktop.screens.login.screen import LoginPage
from tlbb_desktop.security.keyring_file import KeyringFile
from tlbb_desktop.services.entering import enter
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.removable_media import FoundBackup, Medium, backups_in
from tlbb_desktop.services.vault import members, unlock
from tlbb_desktop.wiring import open_desk

PAGE = 4096


@pytest.fixture
def damaged(home: Home, template: Template) -> Home:
    """A home with a backup of its own, whose database has lost its head."""
    desk = open_desk(home, enter(home, KeyringFile(home.path).load(), template.keys, SystemClock(), "login"))
    desk.backups.create()
    desk.close()
    home.database.write_bytes(bytes(PAGE) + home.database.read_bytes()[PAGE:])
    return home


@pytest.fixture
def page_at(qtbot, tasks, monkeypatch):
    def build(home: Home) -> DamagedPage:
        presenter = FirstRunPresenter(home, None)
        monkeypatch.setattr(presenter, "media", lambda: ())
        page = DamagedPage(StorageDamaged(), presenter, tasks)
        qtbot.addWidget(page)
        page.resize(1366, 768)
        with qtbot.waitExposed(page):
            page.show()
        return page

    return build


def test_the_login_page_leads_there_when_the_record_does_not_open(qtbot, tasks, damaged) -> None:
    page = LoginPage(members(damaged), MANAGER, HomeDoorkeeper(damaged, ChangeSignal().publish), tasks)
    qtbot.addWidget(page)
    page.field.set_text(PASSPHRASE)
    with qtbot.waitSignal(page.damaged, timeout=20_000) as told:
        page.enter()
    assert isinstance(told.args[0], StorageDamaged)


def test_the_newest_backup_of_the_home_is_proposed_and_comes_back(qtbot, damaged, page_at) -> None:
    page = page_at(damaged)
    assert page.sentence.text() == explain(StorageDamaged())
    assert "not deleted" in page.explanation.text()
    assert not page.restore_button.isEnabled()
    page.restore.username_edit.setText(MANAGER)
    page.restore.passphrase_field.set_text(PASSPHRASE)
    page.restore_button.click()
    qtbot.waitUntil(lambda: page.sentence.text() == "The programme is back.", timeout=30_000)
    (kept,) = damaged.set_aside.iterdir()
    assert str(kept) in page.explanation.text()
    assert (kept / damaged.database.name).read_bytes().startswith(bytes(PAGE))
    with qtbot.waitSignal(page.left):
        page._back.click()
    unlock(damaged, MANAGER, PASSPHRASE).store.close()


def test_of_the_copies_here_and_on_sticks_the_newest_is_proposed_with_its_moment(damaged, page_at, tmp_path) -> None:
    (at_home,) = backups_in(damaged.backups)
    page = page_at(damaged)
    assert page.restore.wish.path == at_home.path
    said = [label.text() for label in page.restore.findChildren(QLabel)]
    assert f"{at_home.path.name}\n{moment_text(at_home.made_at)}" in said
    presenter = FirstRunPresenter(damaged, None)
    for hours, expected in ((-1, at_home.path), (1, tmp_path / "on-stick.tlbb")):
        on_stick = FoundBackup(tmp_path / "on-stick.tlbb", at_home.made_at + timedelta(hours=hours))
        presenter.media = lambda backup=on_stick: (Medium(tmp_path, "KINGSTON", 0, (backup,)),)
        assert presenter.find_backup(at_home=True) == expected


def test_a_wrong_passphrase_is_said_and_nothing_is_touched(qtbot, damaged, page_at) -> None:
    page, before = page_at(damaged), damaged.database.read_bytes()
    page.restore.username_edit.setText(MANAGER)
    page.restore.passphrase_field.set_text("another five words of mine")
    page.restore_button.click()
    qtbot.waitUntil(page._banner.isVisible, timeout=30_000)
    assert damaged.database.read_bytes() == before
    assert not damaged.set_aside.exists()


def test_who_only_looks_changes_nothing(qtbot, damaged, page_at) -> None:
    before = damaged.database.read_bytes()
    page = page_at(damaged)
    with qtbot.waitSignal(page.left):
        page._back.click()
    assert damaged.database.read_bytes() == before


def test_every_control_is_named_and_no_text_is_cut(damaged, page_at, language) -> None:
    page = page_at(damaged)
    for act in (
        lambda: None,
        lambda: page._restored(Path("/home/office/.local/share/tlbb-desktop/set-aside/20261127")),
    ):
        act()
        QApplication.processEvents()
        assert unnamed_controls(page) == []
        assert cut_texts(page) == []


def test_the_words_follow_the_language(damaged, page_at, qapp) -> None:
    page = page_at(damaged)
    before = page.explanation.text()
    try:
        switch_language(qapp, "km")
        QApplication.processEvents()
        assert page.explanation.text() != before
    finally:
        switch_language(qapp, "en")
