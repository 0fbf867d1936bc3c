"""The inside of the window: who sees which place, what the keys do, what Ctrl+K finds."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.gui.accessible import unnamed_controls
from tests.gui.text_fits import cut_texts
from tlbb_desktop.bundle import parts
from tlbb_desktop.bundle.parts import program_version
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.people import Names, PersonKind, PersonRecord, PersonStatus, Sex
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.marks import Np_
from tlbb_desktop.main_window import MainWindow
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.translator import switch_language
from tlbb_desktop.screens.shell import workplace as shell
from tlbb_desktop.screens.shell.finder import Finder, Fitness, fitness, near
from tlbb_desktop.screens.shell.places import PLACES, Place
from tlbb_desktop.screens.shell.workplace import Workplace

CONTROL = Qt.KeyboardModifier.ControlModifier
ONLY_FOR = {
    "courses": (Role.MANAGER,),
    "cases": (Role.SOCIAL_WORKER, Role.LIAISON, Role.MANAGER),
    "releases": (Role.SOCIAL_WORKER, Role.LIAISON, Role.MANAGER),
    "follow_up": (Role.SOCIAL_WORKER, Role.MANAGER),
    "reports": (Role.SOCIAL_WORKER, Role.MANAGER),
}
EVERYBODY = (
    *("today", "people", "classes", "register", "board", "sheets", "certificates", "courses"),
    *("cases", "releases", "follow_up", "reports", "verify", "settings", "help"),
)


@pytest.fixture
def two_places(monkeypatch):
    typing = Place("today", "Today", "sun", (), "tests.gui.typing_page:TypingPage")
    second = Place("people", "People", "users", (), "tests.gui.typing_page:SecondPage")
    rest = [place for place in PLACES if place.name in {"settings", "help"}]
    monkeypatch.setattr(shell, "PLACES", (typing, second, *rest))


@pytest.fixture
def place_of(qtbot, tasks):
    windows = []

    def build(desk) -> Workplace:
        window = MainWindow()
        windows.append(window)
        qtbot.addWidget(window)
        workplace = Workplace(desk, tasks, ChangeSignal(), desk.office.clock.today(), window)
        window.show_inside(workplace)
        window.resize(1366, 768)
        window.show()
        qtbot.waitExposed(window)
        return workplace

    return build


@pytest.fixture
def workplace(two_places, place_of, desk) -> Workplace:
    workplace = place_of(desk)
    workplace.go("today")
    return workplace


@pytest.mark.parametrize("role", list(Role))
def test_the_rail_shows_the_places_of_the_role(place_of, desk_as, role):
    seen = [place for place in EVERYBODY if role in ONLY_FOR.get(place, tuple(Role))]
    assert place_of(desk_as(role)).rail.places() == tuple(seen)


def test_a_place_that_the_role_may_not_open_is_neither_shown_nor_opened(monkeypatch, place_of, desk_as):
    from tlbb_desktop.security.permissions import Action

    page = "tests.gui.typing_page:TypingPage"
    places = (Place("today", "Today", "sun", (), page), Place("keys", "Keys", "lock", (Action.KEYS_WRITE,), page))
    monkeypatch.setattr(shell, "PLACES", places)
    workplace = place_of(desk_as(Role.TRAINER))
    workplace.go("today")
    workplace.go("keys")
    assert workplace.place == "today"
    assert place_of(desk_as(Role.MANAGER)).rail.places() == ("today", "keys")


@pytest.mark.parametrize(("key", "wish"), [(Qt.Key.Key_P, "print"), (Qt.Key.Key_F, "find"), (Qt.Key.Key_Z, "undo")])
def test_keys_reach_the_page(workplace, key, wish):
    workplace.rail.setFocus()
    QTest.keyClick(workplace, key, CONTROL)
    assert workplace.page.asked[-1] == wish


def test_a_text_field_keeps_its_own_undo(workplace):
    QTest.keyClick(workplace.page.field, Qt.Key.Key_Z, CONTROL)
    assert "undo" not in workplace.page.asked


def test_keys_work_while_the_khmer_layout_is_active(workplace):
    event = (QTest.KeyAction.Press, workplace.page.field, Qt.Key(0x1780), "ក", CONTROL)  # the key K types ក
    QTest.sendKeyEvent(*event)
    assert workplace.palette_panel.isVisible()


def test_ctrl_k_finds_a_place_in_either_language(workplace):
    for text, place in (("sett", "settings"), ("ការកំ", "settings"), ("helo", "help")):
        QTest.keyClick(workplace.page.field if workplace.place == "today" else workplace, Qt.Key.Key_K, CONTROL)
        workplace.palette_panel.field.setText(text)
        QTest.keyClick(workplace.palette_panel.field, Qt.Key.Key_Return)
        assert workplace.place == place
        workplace.go("today")


def recorded(desk, code: str, names: Names) -> int:
    return desk.people.save(
        PersonRecord(
            id=None,
            code=code,
            names=names,
            sex=Sex.MALE,
            kind=PersonKind.PARTICIPANT,
            status=PersonStatus.IN_TRAINING,
        )
    )


def test_ctrl_k_finds_somebody_whose_name_is_in_khmer_only_after_the_exact_finds(desk):
    by_sound = recorded(desk, "SR-001", Names("កែវ", "សុខា"))
    exact = recorded(desk, "SR-002", Names("ហេង", "សុខា", "Heng", "Sokha"))
    for text, expected in (("sokha", [exact, by_sound]), ("keo sok kha", [by_sound])):
        found = [suggestion.target for suggestion in Finder(desk, PLACES, ()).find(text)]
        assert [target.argument for target in found if target.place == "people" and target.argument] == expected


def test_ctrl_k_finds_a_person_in_either_script(workplace, desk):
    person_id = recorded(desk, "SR-001", Names("សុខ", "ដារ៉ា", "Sok", "Dara", ""))
    for text in ("dara", "ដារ៉ា", "សុខដារ"):
        workplace.palette_panel.open()
        workplace.palette_panel.field.setText(text)
        QTest.keyClick(workplace.palette_panel.field, Qt.Key.Key_Return)
        assert workplace.place == "people"
        assert workplace.page.asked[-1] == ("open", person_id)


def test_escape_closes_the_palette_and_gives_the_cursor_back(workplace):
    workplace.page.field.setFocus()
    QTest.keyClick(workplace.page.field, Qt.Key.Key_K, CONTROL)
    QTest.keyClick(workplace.palette_panel.field, Qt.Key.Key_Escape)
    assert not workplace.palette_panel.isVisible()
    assert workplace.window().focusWidget() is workplace.page.field


@pytest.mark.parametrize("wanted", ["regster", "regisster", "regixter"])
def test_one_wrong_letter_is_forgiven(wanted):
    assert near(wanted, "register")


@pytest.mark.parametrize("wanted", ["rxgixter", "rxg"])
def test_two_wrong_letters_or_a_wrong_one_in_a_short_word_are_not(wanted):
    assert not near(wanted, "register")


def test_a_label_is_found_by_its_khmer_word_and_a_likeness_ranks_lower():
    assert fitness("ថ្ងៃនេះ", Np_("place", "Today")) is Fitness.EXACT
    assert fitness("tody", Np_("place", "Today")) is Fitness.LIKE
    assert fitness("xyz", Np_("place", "Today")) is Fitness.NONE


def test_f1_opens_the_chapter_of_the_page_and_escape_returns(workplace):
    QTest.keyClick(workplace.page.field, Qt.Key.Key_F1)
    assert (workplace.place, workplace.page.chapter) == ("help", "register")
    QTest.keyClick(workplace.page.text, Qt.Key.Key_Escape)
    assert workplace.place == "today"


def test_the_keys_of_the_page_are_shown_until_any_key(workplace):
    QTest.keyClick(workplace.page.field, Qt.Key.Key_Slash, CONTROL)
    assert workplace.key_list.isVisible()
    assert cut_texts(workplace.key_list) == []
    QTest.keyClick(workplace.key_list, Qt.Key.Key_A)
    assert not workplace.key_list.isVisible()


def test_doing_it_again_is_listed_only_where_the_page_can_do_it(workplace, monkeypatch):
    def caps() -> set[str]:
        workplace.show_keys()
        return {label.text() for label in workplace.key_list._content.findChildren(QLabel)}

    assert "Ctrl+Z" in caps()
    assert "Ctrl+Y" not in caps()
    monkeypatch.setattr(type(workplace.page), "redo", lambda _page: None)
    assert "Ctrl+Y" in caps()


def test_ctrl_l_asks_for_the_lock(qtbot, workplace):
    with qtbot.waitSignal(workplace.lock_wanted):
        QTest.keyClick(workplace.page.field, Qt.Key.Key_L, CONTROL)


def test_an_error_of_a_page_is_explained_and_re_worded(qapp, qtbot, workplace):
    workplace.page.troubled.emit(Refused("There is no backup yet."))
    assert workplace.banner.text == "There is no backup yet."
    switch_language(qapp, catalog.KHMER)
    try:
        qtbot.waitUntil(lambda: not workplace.banner.text.isascii())
    finally:
        switch_language(qapp, catalog.SOURCE_LANGUAGE)


def test_switching_the_language_keeps_what_is_typed(qapp, qtbot, workplace):
    field = workplace.page.field
    QTest.keyClicks(field, "half a sen")
    workplace.look_wanted.connect(lambda name, value: switch_language(qapp, value))
    switch = workplace._header.switch._buttons[catalog.KHMER]
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
    try:
        qtbot.waitUntil(lambda: workplace.rail._buttons["settings"].accessibleName() == "ការកំណត់")
        assert field.text() == "half a sen"
    finally:
        switch_language(qapp, catalog.SOURCE_LANGUAGE)


def test_nobody_is_named_in_the_title_or_head(workplace):
    assert workplace.window().windowTitle() == "TLBB Desktop"
    texts = [label.text() for label in workplace._header.findChildren(type(workplace._header._title))]
    assert not any("សុខា" in text or "sokha" in text for text in texts)


def test_a_narrow_window_shows_icons_with_their_names(workplace):
    workplace.window().resize(900, 600)
    button = workplace.rail._buttons["settings"]
    assert button.text() == ""
    assert button.accessibleName() == "Settings"
    assert button.toolTip() == "Settings"


def test_a_demonstration_says_so_on_every_page(two_places, place_of, desk):
    desk.settings.put("demonstration", True)
    workplace = place_of(desk)
    for place in ("today", "people", "settings"):
        workplace.go(place)
        assert "Demonstration" in workplace._ribbon.text()
        assert workplace._ribbon.isVisible()


def test_the_frame_is_whole_in_every_language(workplace, language):
    assert cut_texts(workplace) == []
    assert unnamed_controls(workplace) == []
    workplace.palette_panel.open()
    assert cut_texts(workplace.palette_panel) == []
    assert unnamed_controls(workplace.palette_panel) == []


def test_the_guide_is_complete_and_named_alike_in_both_languages(workplace, language):
    from tlbb_desktop.screens.help.chapters import CHAPTERS, all_chapters

    workplace.go("help", ("sheets", "today"))
    assert workplace.page.chapter == "sheets"
    assert [chapter.name for chapter in all_chapters(catalog.KHMER)] == list(CHAPTERS)
    assert cut_texts(workplace.page) == []
    assert unnamed_controls(workplace.page) == []


def test_the_help_ends_with_what_the_program_is(workplace, language):
    workplace.go("help", ("about", "today"))
    page = workplace.page
    assert page.chapter == "about"
    assert program_version() in page.text.toPlainText()
    assert cut_texts(page) == []


def test_an_installed_program_names_its_parts_and_the_folder_of_their_licences(workplace, tmp_path, monkeypatch):
    part = {"name": "Qt", "version": "6.11.3", "licenses": [{"expression": "LGPL-3.0-only"}]}
    other = {"name": "zlib1g", "version": "1.2", "licenses": [{"license": {"name": "see its text"}}]}
    (tmp_path / "sbom.cdx.json").write_text(json.dumps({"components": [part, other]}), encoding="utf-8")
    monkeypatch.setattr(parts, "LICENCES", tmp_path)
    workplace.go("help", ("about", "today"))
    shown = workplace.page.text.toPlainText()
    for words in ("LGPL-3.0-only", "zlib1g", "see its text", tmp_path.name):
        assert words in shown


def test_the_guide_finds_a_word(workplace):
    workplace.go("help")
    workplace.page.field.setText("usb")
    shown = [row for row in range(workplace.page.chapters.count()) if not workplace.page.chapters.item(row).isHidden()]
    assert 0 < len(shown) < workplace.page.chapters.count()


@pytest.mark.parametrize("place", EVERYBODY)
def test_the_cursor_stands_inside_the_page_that_was_opened(place_of, desk, place):
    workplace = place_of(desk)
    workplace.go(place)
    assert workplace.page.isAncestorOf(workplace.window().focusWidget())
