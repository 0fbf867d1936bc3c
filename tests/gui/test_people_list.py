"""The list of people in the real page over a real record."""

from __future__ import annotations

import re
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from sqlalchemy import event

from tests.gui.accessible import unnamed_controls
from tests.gui.people import add_person
from tests.gui.text_fits import cut_texts
from tlbb_desktop.domain.people import CustodyStay, PersonStatus
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.paged_table import PAGE_ROWS, IdRole
from tlbb_desktop.qt.theme import current_theme
from tlbb_desktop.qt.translator import switch_language
from tlbb_desktop.screens.people.screen import PeopleScreen

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def people(desk) -> dict[str, int]:
    """Five people whose Khmer order is not the order in which they came."""
    names = {
        "sok": ("សុខ", "ដារ៉ា", ("SOK", "DARA")),
        "kim": ("គឹម", "វណ្ណា", ("KIM", "VANNA")),
        "chan": ("ចាន់", "រិទ្ធី", ("CHAN", "RITHY")),
        "long": ("ឡុង", "ដារ៉ា", ("LONG", "DARA")),
        "kheiv": ("ខៀវ", "ពិសិដ្ឋ", ("KHIEV", "PISETH")),
    }
    return {key: add_person(desk, family, given, latin) for key, (family, given, latin) in names.items()}


@pytest.fixture
def crowd(desk) -> list[int]:
    """One more of a name than a page holds, and somebody else; the last in the list is the last here."""
    add_person(desk, "គឹម", "វណ្ណា")
    return [add_person(desk, family, "ដារ៉ា") for family in ("សុខ",) * PAGE_ROWS + ("ឡុង",)]


@pytest.fixture
def screen_at(qtbot, tasks):
    kept = []

    def build(desk) -> PeopleScreen:
        screen = PeopleScreen(desk, tasks, ChangeSignal())
        kept.append(screen)
        qtbot.addWidget(screen)
        screen.resize(1166, 660)
        with qtbot.waitExposed(screen):
            screen.show()
        screen.open()
        return screen

    return build


@pytest.fixture
def screen(screen_at, desk, people) -> PeopleScreen:
    return screen_at(desk)


def form_of(screen: PeopleScreen):
    return screen.list_page._form


def shown(screen: PeopleScreen, column: int = 0) -> list[str]:
    model = screen.list_page.model
    return [model.index(row, column).data() for row in range(model.rowCount())]


def search(screen: PeopleScreen, text: str) -> None:
    form_of(screen).findEdit.setText(text)
    screen.list_page._search_now()


def test_people_stand_in_the_order_of_the_khmer_dictionary(screen):
    assert [name.split()[0] for name in shown(screen)] == ["ខៀវ", "គឹម", "ចាន់", "សុខ", "ឡុង"]
    assert form_of(screen).countLabel.text() == "5 people"


@pytest.mark.parametrize("typed", ["ដារ៉ា", "dara", "DARA", "ដារ"])
def test_both_scripts_find_the_same_people(screen, typed):
    search(screen, typed)
    assert {name.split()[0] for name in shown(screen)} == {"សុខ", "ឡុង"}


def test_typing_searches_by_itself_and_enter_opens_the_only_one(screen, qtbot):
    screen.start_find()
    QTest.keyClicks(form_of(screen).findEdit, "rithy")
    qtbot.waitUntil(lambda: len(shown(screen)) == 1)
    QTest.keyClick(form_of(screen).findEdit, Key.Key_Return)
    assert screen._pages.currentWidget() is screen.form_page
    assert screen.form_page._form.headingLabel.text() == "ចាន់ រិទ្ធី"


def test_a_search_asks_for_one_page_first_and_for_the_rest_when_that_is_painted(screen_at, crowd, desk, qtbot):
    screen, asked = screen_at(desk), []
    event.listen(desk.office.store.engine, "before_cursor_execute", lambda *seen: asked.append(seen[2]))
    search(screen, "ដារ៉ា")
    assert len(shown(screen)) == PAGE_ROWS
    assert [re.findall(r"LIMIT (\d+)", statement) for statement in asked if "search_text" in statement] == [["51"]]
    qtbot.waitUntil(lambda: form_of(screen).countLabel.text() == "51 people")
    assert shown(screen)[-1] == "ឡុង ដារ៉ា"
    assert sum("search_text" in statement for statement in asked) == 2


def test_somebody_beyond_the_first_page_is_gone_to_at_once(screen_at, crowd, desk):
    screen = screen_at(desk)
    search(screen, "ដារ៉ា")
    screen.list_page.go_to(crowd[-1])
    assert screen.list_page.current_id() == crowd[-1]


def test_a_letter_typed_in_the_list_begins_a_search(screen, qtbot):
    table = form_of(screen).table
    table.setFocus()
    QTest.keyClicks(table, "v")
    QTest.keyClicks(form_of(screen).findEdit, "anna")
    qtbot.waitUntil(lambda: shown(screen) == ["គឹម វណ្ណា"])
    assert form_of(screen).findEdit.text() == "vanna"


def test_keys_of_the_page_reach_it_from_the_list(screen):
    QTest.keyClick(form_of(screen).table, Key.Key_N, CONTROL)
    assert screen._pages.currentWidget() is screen.form_page


def test_arrows_walk_from_the_search_into_the_list_and_enter_opens(screen, people):
    screen.start_find()
    QTest.keyClick(form_of(screen).findEdit, Key.Key_Down)
    table = form_of(screen).table
    assert table.hasFocus()
    QTest.keyClick(table, Key.Key_Down)
    QTest.keyClick(table, Key.Key_Return)
    assert screen._form_presenter.record.id == people["kim"]


def test_escape_leads_back_to_the_line_that_was_open(screen, people):
    screen.open_person(people["chan"])
    assert screen.go_back()
    assert form_of(screen).table.currentIndex().data(IdRole) == people["chan"]
    assert form_of(screen).table.hasFocus()


def test_escape_empties_the_search_before_it_leaves_the_page(screen):
    search(screen, "dara")
    assert screen.go_back()
    assert len(shown(screen)) == 5
    assert not screen.go_back()


def test_a_click_on_a_head_asks_for_another_order(screen):
    header = form_of(screen).table.horizontalHeader()
    column = [each.key for each in screen._list_presenter.columns].index("latin")
    header.setSortIndicator(column, Qt.SortOrder.DescendingOrder)
    header.sectionClicked.emit(column)
    assert shown(screen, column) == ["SOK DARA", "LONG DARA", "KIM VANNA", "KHIEV PISETH", "CHAN RITHY"]


def test_a_head_that_cannot_sort_leaves_the_order_of_names(screen):
    header = form_of(screen).table.horizontalHeader()
    column = [each.key for each in screen._list_presenter.columns].index("nickname")
    header.sectionClicked.emit(column)
    assert shown(screen)[0].startswith("ខៀវ")
    assert header.sortIndicatorSection() == 0


def test_filters_hold_people_back_and_show_everybody_lets_them_through(screen, desk):
    add_person(desk, "នូ", "បូរី", status=PersonStatus.CLOSED)
    screen.list_page.refresh()
    box = form_of(screen).statusBox
    box.setCurrentIndex(box.findData(PersonStatus.CLOSED.value))
    box.activated.emit(box.currentIndex())
    assert shown(screen) == ["នូ បូរី"]
    box.setCurrentIndex(box.findData(PersonStatus.CANDIDATE.value))
    box.activated.emit(box.currentIndex())
    assert form_of(screen).body.currentWidget() is screen.list_page._nobody
    screen.list_page._nobody.wanted.emit()
    assert len(shown(screen)) == 6


def test_chosen_columns_are_kept_for_the_one_who_chose_them(screen, desk, screen_at):
    screen.list_page._actions["release"].setChecked(True)
    screen.list_page._actions["nickname"].setChecked(False)
    keys = [column.key for column in screen_at(desk)._list_presenter.columns]
    assert "release" in keys
    assert "nickname" not in keys
    assert keys[0] == "name"


def test_somebody_saved_elsewhere_appears_at_once(desk, people, qtbot, tasks):
    changes = ChangeSignal()
    screen = PeopleScreen(desk, tasks, changes)
    qtbot.addWidget(screen)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.open()
    new = add_person(desk, "កែវ", "សុភា")
    changes.publish("person", frozenset({new}))
    assert "កែវ សុភា" in shown(screen)


def test_selected_lines_and_the_cursor_are_seen(screen):
    table = form_of(screen).table
    table.setFocus()
    first, second = (table.visualRect(screen.list_page.model.index(row, 1)).bottomRight() for row in (0, 1))
    picture = table.viewport().grab().toImage()
    theme = current_theme()
    assert picture.pixelColor(first.x() - 4, first.y() - 4) == QColor(theme.accent_soft)
    assert picture.pixelColor(second.x() - 4, second.y() - 4) == QColor(theme.surface)


def test_an_empty_list_says_what_to_do_first(screen_at, desk):
    screen = screen_at(desk)
    assert form_of(screen).body.currentWidget() is screen.list_page._empty
    screen.list_page._empty.wanted.emit()
    assert screen._pages.currentWidget() is screen.import_page


def test_a_trainer_reads_but_is_offered_nothing_that_writes(screen_at, desk, desk_as, people):
    screen = screen_at(desk_as(Role.TRAINER))
    form = form_of(screen)
    assert len(shown(screen)) == 5
    assert not any(each.isVisible() for each in (form.addButton, form.importButton, form.compareButton))
    QTest.keyClick(screen, Key.Key_N, CONTROL)
    assert screen._pages.currentWidget() is screen.list_page


def test_somebody_at_another_prison_is_not_listed_for_a_trainer(screen_at, desk, desk_as, people):
    other = next(prison for prison in desk.prisons.prisons() if prison.id != desk.prisons.own().id)
    add_person(desk, "នូ", "បូរី", stays=(CustodyStay(other.id, date(2026, 1, 5)),))
    assert "នូ បូរី" not in shown(screen_at(desk_as(Role.TRAINER)))
    assert "នូ បូរី" in shown(screen_at(desk))


def test_the_list_follows_the_language_and_keeps_the_search(screen, qapp, qtbot):
    search(screen, "dara")
    switch_language(qapp, "km")
    try:
        qtbot.waitUntil(lambda: form_of(screen).countLabel.text() == "2 នាក់")
        assert form_of(screen).findEdit.text() == "dara"
    finally:
        switch_language(qapp, "en")


def test_no_text_is_cut_and_every_control_has_a_name(screen, language, qtbot):
    assert cut_texts(screen) == []
    assert unnamed_controls(screen) == []


def test_the_empty_list_is_worded_whole(screen_at, desk, language):
    assert cut_texts(screen_at(desk)) == []
