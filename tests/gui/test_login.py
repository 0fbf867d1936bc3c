"""The login page: tiles, one field, and the usual reasons for a wrong passphrase."""

from __future__ import annotations

from threading import Event

import pytest
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtTest import QTest

from tests.gui.accessible import unnamed_controls
from tests.gui.text_fits import cut_texts
from tests.programme import MANAGER, PASSPHRASE
from tlbb_desktop.domain.errors import TooManyTries
from tlbb_desktop.domain.staff import MemberTile, Role
from tlbb_desktop.khmer import segmentation
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.theme import apply_theme
from tlbb_desktop.screens.login.doorkeeper import HomeDoorkeeper
from tlbb_desktop.screens.login.other_way import OtherWayPage
from tlbb_desktop.screens.login.screen import LoginPage
from tlbb_desktop.services import calendar
from tlbb_desktop.widgets.icon_label import IconLabel
from tlbb_desktop.widgets.member_tile import FACE_PIXELS
from tlbb_desktop.widgets.passphrase_field import KHMER_LAYOUT, LATIN_LAYOUT, PassphraseField

STAFF = (
    MemberTile("dara", "សុខ ដារ៉ា", Role.TRAINER),
    MemberTile(MANAGER, "សុខា", Role.MANAGER),
    MemberTile("visal", "Keo Visal", Role.LIAISON),
)


@pytest.fixture
def doorkeeper(home) -> HomeDoorkeeper:
    return HomeDoorkeeper(home, ChangeSignal().publish)


@pytest.fixture
def page(qtbot, doorkeeper, tasks) -> LoginPage:
    page = LoginPage(STAFF, MANAGER, doorkeeper, tasks)
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    qtbot.waitExposed(page)
    return page


def test_whoever_sat_here_last_is_chosen(page):
    assert page.member.username == MANAGER


def test_the_right_passphrase_opens_the_record(qtbot, page):
    page.field.set_text(PASSPHRASE)
    with qtbot.waitSignal(page.opened, timeout=20_000) as opened:
        QTest.keyClick(page.field.field, Qt.Key.Key_Return)
    desk = opened.args[0].desk
    assert desk.actor.username == MANAGER
    assert page.field.text == ""
    desk.close()


def test_what_the_first_page_needs_is_loaded_while_the_passphrase_is_typed(doorkeeper):
    for kept in (calendar._package_holidays, segmentation.words, segmentation._segmenter):
        kept.cache_clear()
    doorkeeper.prepare()
    assert calendar._package_holidays.cache_info().currsize == 1
    assert segmentation._segmenter.cache_info().currsize == 1


def test_the_page_answers_while_the_keys_are_derived(qtbot, page, doorkeeper, monkeypatch):
    answered = Event()

    def unlock_after_the_answer(username, passphrase):
        assert answered.wait(20), "the page stood still"
        return passphrase

    monkeypatch.setattr(doorkeeper, "unlock", unlock_after_the_answer)
    page.field.set_text(PASSPHRASE)
    with qtbot.waitSignal(page.opened, timeout=20_000):
        page.enter()
        QTimer.singleShot(0, answered.set)


def test_a_wrong_passphrase_says_what_to_check_and_keeps_the_text_for_mending(qtbot, page):
    page.field.set_text("moon river bamboo lantern harbor")
    page.enter()
    qtbot.waitUntil(lambda: page.trouble.text() != "", timeout=20_000)
    assert "Caps Lock" in page.trouble.text()
    assert page.field.text


def test_a_wait_is_counted_down_and_the_field_returns(qtbot, page):
    page.show_trouble(TooManyTries(seconds=2))
    assert "2" in page.trouble.text()
    assert not page.field.isEnabled()
    qtbot.waitUntil(page.field.isEnabled, timeout=5_000)
    assert page.trouble.text() == ""


def test_typing_again_takes_the_trouble_away(qtbot, page):
    page.field.set_text("wrong")
    page.enter()
    qtbot.waitUntil(lambda: page.trouble.text() != "", timeout=20_000)
    page.field.set_text("wrong again")
    assert page.trouble.text() == ""


def test_choosing_another_tile_empties_the_field(qtbot, page):
    page.field.set_text("somebody's secret")
    tile = next(each for each in page._tiles.buttons() if each.member.username == "dara")
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert page.username == "dara"
    assert page.field.text == ""


def test_no_text_is_cut_and_every_control_has_a_name(qapp, page, language):
    assert cut_texts(page) == []
    assert unnamed_controls(page) == []


@pytest.mark.parametrize("scale", [1.5, 2.0])
def test_no_text_is_cut_at_large_sizes(qapp, page, language, scale):
    apply_theme(qapp, "light", scale)
    try:
        assert cut_texts(page) == []
    finally:
        apply_theme(qapp, "light")


def test_faces_and_the_sign_of_the_program_follow_the_theme_and_the_text_size(qapp, page):
    tile, sign = page._tiles.buttons()[0], page.findChild(IconLabel)
    before, size = (tile.icon().cacheKey(), sign.pixmap().cacheKey()), sign.size()
    apply_theme(qapp, "dark", 2.0)
    try:
        assert tile.icon().cacheKey() != before[0]
        assert sign.pixmap().cacheKey() != before[1]
        assert sign.size() == 2 * size
        assert tile.iconSize() == 2 * QSize(FACE_PIXELS, FACE_PIXELS)
    finally:
        apply_theme(qapp, "light")


def test_the_field_tells_the_layout_by_what_is_typed(qtbot):
    field = PassphraseField()
    qtbot.addWidget(field)
    field.show()
    field.field.insert("x")
    QTest.keyClicks(field.field, "a")
    assert field.layout_name == LATIN_LAYOUT
    field.field.textEdited.emit("")
    field.field.setText("ក")
    field.field.textEdited.emit("ក")
    assert field.layout_name == KHMER_LAYOUT


def test_the_field_warns_of_caps_lock(qtbot):
    field = PassphraseField()
    qtbot.addWidget(field)
    field.show()
    QTest.keyClick(field.field, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    assert not field.caps_lock
    QTest.sendKeyEvent(QTest.KeyAction.Click, field.field, Qt.Key.Key_A, "A", Qt.KeyboardModifier.NoModifier)
    assert field.caps_lock


def test_one_key_shows_what_is_typed(qtbot):
    field = PassphraseField()
    qtbot.addWidget(field)
    field.show()
    assert field.field.echoMode() is field.field.EchoMode.Password
    QTest.keyClick(field.field, Qt.Key.Key_F2)
    assert field.field.echoMode() is field.field.EchoMode.Normal


def test_the_recovery_key_sets_a_new_passphrase(qtbot, doorkeeper, tasks, recovery_key):
    page = OtherWayPage("recovery", STAFF[1], doorkeeper, tasks)
    qtbot.addWidget(page)
    page.show()
    page.code.fill(recovery_key.lower().replace("-", " "))
    assert not page.enter_button.isEnabled()
    page.chooser.again.set_text(page.chooser.proposal.text())
    assert page.enter_button.isEnabled()
    new = page.chooser.passphrase
    with qtbot.waitSignal(page.opened, timeout=20_000) as opened:
        QTest.mouseClick(page.enter_button, Qt.MouseButton.LeftButton)
    opened.args[0].desk.close()
    doorkeeper.unlock(MANAGER, new).desk.close()


def test_a_mistyped_group_of_the_code_is_marked_at_once(qtbot, doorkeeper, tasks, recovery_key):
    page = OtherWayPage("recovery", STAFF[1], doorkeeper, tasks)
    qtbot.addWidget(page)
    page.show()
    wrong = ("A" if recovery_key[0] != "A" else "B") + recovery_key[1:]
    page.code.fill(wrong)
    assert not page.code.complete
    assert page.code._signs[0].text() == "✗"
    assert page.code._signs[1].text() == "✓"


def test_a_slip_lets_in_once_and_is_replaced(qtbot, doorkeeper, tasks, desk):
    slip = desk.staff.make_own_slip(PASSPHRASE)
    desk.close()
    page = OtherWayPage("slip", STAFF[1], doorkeeper, tasks)
    qtbot.addWidget(page)
    page.show()
    page.code.fill(slip)
    page.chooser.again.set_text(page.chooser.proposal.text())
    with qtbot.waitSignal(page.opened, timeout=20_000) as opened:
        page.enter()
    assert opened.args[0].slip not in {"", slip}
    opened.args[0].desk.close()


def test_the_other_ways_in_are_whole_in_every_language(qapp, qtbot, doorkeeper, tasks, language):
    for way in ("slip", "recovery"):
        page = OtherWayPage(way, STAFF[1], doorkeeper, tasks)
        qtbot.addWidget(page)
        page.resize(1366, 768)
        page.show()
        assert cut_texts(page) == []
        assert unnamed_controls(page) == []
