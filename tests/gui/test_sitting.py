"""From login to lock: what is half typed survives, the window is covered, an unexpected stop is noticed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtTest import QTest

from tlbb_desktop.documents.typesetting.lines import _units, _whole
from tlbb_desktop.documents.typesetting.shaping import shaped, text_width
from tlbb_desktop.domain.clock import SystemClock, WorkingDayClock
from tlbb_desktop.khmer import with_break_hints, words
from tlbb_desktop.main_window import MainWindow
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.screens.shell import workplace as shell
from tlbb_desktop.screens.shell.places import Place
from tlbb_desktop.screens.shell.sitting import DRAFT, Sitting
from tlbb_desktop.widgets.destinations import AFTER_STOP
from tlbb_desktop.wiring import open_desk


@pytest.fixture
def sit_down(monkeypatch, qtbot, tasks):
    today = Place("today", "Today", "sun", (), "tests.gui.typing_page:TypingPage")
    people = Place("people", "People", "users", (), "tests.gui.typing_page:SecondPage")
    monkeypatch.setattr(shell, "PLACES", (today, people))
    windows = []

    def build(desk) -> Sitting:
        window = MainWindow()
        windows.append(window)
        qtbot.addWidget(window)
        sitting = Sitting(desk, tasks, ChangeSignal(), window)
        window.show_inside(sitting.workplace)
        window.resize(1000, 700)
        window.show()
        sitting.begin()
        return sitting

    return build


@pytest.fixture
def again(home, unlocked):
    """A later desk of the same member over the same record."""
    return lambda: open_desk(home, unlocked)


def type_half(sitting):
    sitting.workplace.go("people")
    QTest.keyClicks(sitting.workplace.page.field, "half a name")
    sitting.workplace.page.field.setCursorPosition(4)


def test_after_a_lock_the_page_the_text_and_the_cursor_return(sit_down, desk, again):
    sitting = sit_down(desk)
    type_half(sitting)
    sitting.keep_for_lock()
    sitting.end()
    later = sit_down(again())
    field = later.workplace.page.field
    assert (later.workplace.place, field.text(), field.cursorPosition()) == ("people", "half a name", 4)


def test_what_returned_after_a_lock_stays_kept_until_it_is_done(sit_down, desk, again):
    sitting = sit_down(desk)
    type_half(sitting)
    sitting.keep_for_lock()
    sitting.end()
    later = sit_down(again())
    assert desk.drafts.load(DRAFT) is not None, "the power may go before the next turn"
    later.workplace.page.field.clear()
    later.keep_half_typed()
    assert desk.drafts.load(DRAFT) is None


def test_what_is_offered_and_not_taken_is_offered_again_after_a_lock(sit_down, desk, again):
    sitting = sit_down(desk)
    type_half(sitting)
    sitting.keep_half_typed()
    second = sit_down(again())  # after a power cut; the banner is not pressed
    second.keep_half_typed()
    second.keep_for_lock()
    second.end()
    third = sit_down(again())
    assert third.workplace.banner.text == "What was half typed before is kept."


def test_safe_mode_leaves_alone_what_was_half_typed(sit_down, desk, again):
    sitting = sit_down(desk)
    type_half(sitting)
    sitting.keep_half_typed()
    kept = desk.drafts.load(DRAFT)
    safe = sit_down(replace(again(), safe_mode=True))
    type_half(safe)
    safe.keep_half_typed()
    safe.keep_for_lock()
    assert desk.drafts.load(DRAFT) == kept


def test_after_a_lock_an_empty_page_returns_too(sit_down, desk, again):
    sitting = sit_down(desk)
    sitting.workplace.go("people")
    sitting.keep_for_lock()
    sitting.end()
    assert sit_down(again()).workplace.place == "people"


def test_after_a_kill_today_is_told_and_the_draft_is_a_button_away(sit_down, desk, again):
    sitting = sit_down(desk)
    type_half(sitting)
    sitting.keep_half_typed()
    later = sit_down(again())  # the first sitting never ended
    assert later.workplace.place == "today"
    assert ("open", AFTER_STOP) in later.workplace.page.asked
    assert later.workplace.banner.text == "What was half typed before is kept."
    later.workplace.banner.acted.emit()
    assert (later.workplace.place, later.workplace.page.field.text()) == ("people", "half a name")


def test_after_an_orderly_end_nothing_is_said(sit_down, desk, again):
    sitting = sit_down(desk)
    sitting.end()
    sitting.take_flag_down()
    later = sit_down(again())
    assert ("open", None) in later.workplace.page.asked
    assert later.workplace.banner.text == ""


def test_a_stop_while_something_is_still_being_written_is_told(sit_down, desk, again):
    sit_down(desk).end()  # and the power goes before the last job has ended
    assert ("open", AFTER_STOP) in sit_down(again()).workplace.page.asked


def test_a_draft_is_kept_every_few_seconds_and_dropped_when_the_page_is_done(qtbot, sit_down, desk):
    sitting = sit_down(desk)
    sitting._timer.setInterval(20)
    type_half(sitting)
    qtbot.waitUntil(lambda: desk.drafts.load(DRAFT) is not None)
    sitting.workplace.page.field.clear()
    qtbot.waitUntil(lambda: desk.drafts.load(DRAFT) is None)


def test_nothing_that_is_typed_lies_readable_in_the_home(sit_down, desk):
    sitting = sit_down(desk)
    sitting.workplace.go("people")
    QTest.keyClicks(sitting.workplace.page.field, "Canary4711")
    sitting.keep_half_typed()
    sitting.keep_for_lock()
    assert not [path for path in desk.home.path.rglob("*") if path.is_file() and b"Canary4711" in path.read_bytes()]


def test_at_the_lock_no_name_stays_among_the_texts_that_papers_and_labels_keep(sit_down, desk):
    sitting = sit_down(desk)
    with_break_hints("សុខ ដារ៉ា")
    assert words.cache_info().currsize
    text_width("សុខ ដារ៉ា", 12)
    assert shaped.cache_info().currsize
    sitting.end()
    assert [kept.cache_info().currsize for kept in (words, shaped, _whole, _units)] == [0, 0, 0, 0]


def test_the_cover_is_painted_before_it_returns(sit_down, desk, qtbot):
    window = sit_down(desk).workplace.window()
    qtbot.waitExposed(window)
    before = window.grab().toImage()
    window.cover()
    assert window.covered
    after = window.grab().toImage()
    assert after != before
    points = [(x, y) for x in range(0, 1000, 50) for y in range(0, 300, 50)]
    assert len({after.pixel(x, y) for x, y in points}) == 1


def test_idle_time_stays_within_its_bounds(sit_down, desk):
    sitting = sit_down(desk)
    assert sitting.idle_watch.minutes == 5
    for wished, given in ((1, 2), (7, 7), (60, 15)):
        sitting.idle_watch.set_minutes(wished)
        assert sitting.idle_watch.minutes == given


def test_idle_time_asks_for_the_lock(qtbot, sit_down, desk):
    sitting = sit_down(desk)
    with qtbot.waitSignal(sitting.lock_wanted):
        sitting.idle_watch._timer.start(10)


def test_a_key_begins_the_count_anew(sit_down, desk):
    sitting = sit_down(desk)
    sitting.idle_watch._timer.stop()
    QTest.keyClicks(sitting.workplace.page.field, "a")
    assert sitting.idle_watch._timer.isActive()


def test_closing_the_window_copies_what_was_entered(sit_down, desk, home):
    sitting = sit_down(desk)
    desk.settings.put("late_minutes", 20)
    sitting.end()
    sitting.last_copy.finish()
    assert len(list(home.backups.glob("*.tlbb"))) == 1


def test_a_damaged_record_is_left_without_a_copy(sit_down, desk, home):
    sitting = sit_down(desk)
    desk.settings.put("late_minutes", 20)
    sitting.last_copy.wanted = False
    sitting.last_copy.finish()
    assert list(home.backups.glob("*.tlbb")) == []


def test_the_morning_after_a_power_cut_makes_the_copy_of_the_day_before(sit_down, desk, home, tasks, qtbot):
    desk.settings.put("late_minutes", 20)
    desk.office.clock = WorkingDayClock(SystemClock(), desk.office.clock.today() + timedelta(days=1))
    sit_down(desk)
    qtbot.waitUntil(lambda: len(list(home.backups.glob("*.tlbb"))) == 1, timeout=30_000)
