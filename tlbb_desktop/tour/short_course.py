"""A short course in the demonstration: two learners from enrolment to what their certificates rest on.

One learner is there to the end and reaches every unit; the other one is released before that.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDateEdit, QLabel, QLineEdit, QPushButton, QTableView, QWidget

from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.screens.board.screen import BoardScreen
from tlbb_desktop.screens.classes.screen import ALL
from tlbb_desktop.tour.class_form import fill_class_form, type_day
from tlbb_desktop.tour.hand import CONTROL
from tlbb_desktop.tour.stage import Stage
from tlbb_desktop.widgets.month_grid import MonthGrid

Key = Qt.Key
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
COURSE: Final = "បំណិនជីវិត"
CLASS: Final = "SR-LIFE-SKILLS-26"
FIRST_DAY, LAST_DAY = date(2026, 10, 1), date(2026, 11, 13)
#: In the order in which they are enrolled; nobody else in the demonstration has these names.
STAYS, LEAVES = "លី ណារិទ្ធ", "ញ៉ែម មុនី"
RELEASED_ON = date(2026, 10, 30)
RELEASE_REASON = "ដោះលែងមុនកំណត់"
#: First days of the 14 units; the last five begin on the day of the release or later.
UNIT_DAYS: Final = (
    *(date(2026, 10, day) for day in (1, 5, 7, 9, 14, 19, 21, 23, 27, 30)),
    *(date(2026, 11, day) for day in (3, 5, 10, 12)),
)
UNITS_BEFORE_RELEASE: Final = 9


class ShortCourse:
    """Walks it as the trainer who is logged in.

    Args:
        stage: holds the open window.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage, self._hand = stage, stage.hand

    def walk(self) -> None:
        """Enrol, teach, mark, assess, release one early and bring the other one to the end."""
        self._make_class()
        self._enrol()
        self._mark_october()
        self._teach_units()
        self._assess_both()
        self._release_early()
        self._mark_november()
        self._assess_to_the_end()

    def _make_class(self) -> None:
        hand = self._hand
        self._stage.go("classes")
        hand.press(_("New class"))
        fill_class_form(hand, COURSE, FIRST_DAY, LAST_DAY, 5)
        hand.click(hand.named(QPushButton, "saveButton"))

    def _enrol(self) -> None:
        hand = self._hand
        hand.wait_for(hand.named(QLineEdit, "findEdit").hasFocus, "people to enrol")
        for name in (STAYS, LEAVES):
            hand.write(name)
            hand.key(Key.Key_Return)
        hand.photograph("short-course-enrol")
        hand.key(Key.Key_Return)
        learners = hand.named(QTableView, "learnersTable")
        hand.wait_for(lambda: learners.model().rowCount() == 2, "two learners")
        hand.photograph("short-course-enrolled")

    # register ------------------------------------------------------------------------------------------------------

    def _mark_october(self) -> None:
        self._open_register()
        month = self._hand.named(QLabel, "monthLabel")
        november = month.text()
        self._hand.key(Key.Key_Left, modifiers=ALT)
        self._hand.wait_for(lambda: month.text() != november, "October")
        self._mark_all_present(2, "short-course-october")

    def _mark_november(self) -> None:
        self._open_register()
        self._mark_all_present(1, "short-course-november")

    def _open_register(self) -> None:
        hand = self._hand
        hand.click(hand.named(QPushButton, "registerButton"))
        hand.wait_for(lambda: self._stage.workplace.place == "register", "register")

    def _mark_all_present(self, learners: int, name: str) -> None:
        """Mark the month of the learners on the list in one act, from its first cell to its last."""
        hand, cells = self._hand, self._cells
        hand.key(Key.Key_Home, modifiers=CONTROL)
        hand.key(*[Key.Key_Down] * (learners - 1), Key.Key_End, modifiers=SHIFT)
        hand.write("p")
        hand.wait_for(cells.hasFocus, "cursor in the register")
        hand.photograph(name)

    # board ---------------------------------------------------------------------------------------------------------

    def _open_board(self) -> None:
        self._stage.go("board")
        self._hand.wait_for(self._cells.hasFocus, "cursor on the board")
        self._hand.key(Key.Key_Home, modifiers=CONTROL)

    def _teach_units(self) -> None:
        """Say of each unit on which day the class came to it."""
        hand = self._hand
        self._open_board()
        for day in UNIT_DAYS:
            self._turn_to(day)
            hand.write("u")
            hand.key(Key.Key_Right)

    def _assess_both(self) -> None:
        hand = self._hand
        self._turn_to(RELEASED_ON)
        hand.key(Key.Key_Home, modifiers=CONTROL)
        hand.key(Key.Key_Return, modifiers=CONTROL)
        self._answer("short-course-practical")
        hand.key(Key.Key_Home, modifiers=CONTROL)
        hand.key(Key.Key_Right)
        hand.key(Key.Key_Down, *[Key.Key_Right] * (UNITS_BEFORE_RELEASE - 2), modifiers=SHIFT)
        hand.write("c")
        self._answer("short-course-several-units")
        hand.photograph("short-course-board")

    def _assess_to_the_end(self) -> None:
        hand = self._hand
        self._open_board()
        self._turn_to(LAST_DAY)
        hand.key(*[Key.Key_Right] * UNITS_BEFORE_RELEASE)
        hand.key(Key.Key_End, modifiers=SHIFT)
        hand.write("c")
        self._answer("short-course-last-units")
        page = hand.find(BoardScreen)
        hand.wait_for(lambda: page.knows_standing, "standing of the class")
        self._stage.show_in_languages("short-course-competent")
        hand.reach(self._cells)
        hand.write("l")
        hand.wait_for(lambda: not self._cells_shown(), "path of a learner")
        self._stage.show_in_languages("short-course-path")
        hand.key(Key.Key_Escape)
        hand.wait_for(self._cells_shown, "the board")

    def _turn_to(self, day: date) -> None:
        """Enter what follows for *day*, with the cursor back in the grid."""
        hand = self._hand
        type_day(hand, "dayEdit", day)
        hand.key(Key.Key_Escape)
        hand.wait_for(self._cells.hasFocus, "cursor on the board")

    def _answer(self, name: str) -> None:
        """Photograph the question about an attempt and say yes to it."""
        hand = self._hand
        hand.wait_for(lambda: not self._cells.hasFocus(), "question about an attempt")
        hand.photograph(name)
        hand.key(Key.Key_Return)
        hand.wait_for(self._cells.hasFocus, "cursor on the board")

    @property
    def _cells(self) -> QWidget:
        return self._hand.find(MonthGrid).cells

    def _cells_shown(self) -> bool:
        return any(each.isVisible() for each in self._stage.page.findChildren(MonthGrid))

    # release -------------------------------------------------------------------------------------------------------

    def _release_early(self) -> None:
        """End the enrolment of the one who goes home before the course is over."""
        hand = self._hand
        self._stage.go("classes")
        hand.pick(hand.named(QComboBox, "whenBox"), ALL)
        hand.go_to_line(hand.named(QTableView, "table"), CLASS)
        hand.key(Key.Key_Return)
        learners = hand.named(QTableView, "learnersTable")
        hand.go_to_line(learners, LEAVES)
        hand.click(hand.named(QPushButton, "endButton"))
        type_day(hand, "dayEdit", RELEASED_ON)
        hand.key(Key.Key_Tab)
        hand.write(RELEASE_REASON)
        hand.photograph("short-course-early-release")
        hand.key(Key.Key_Return)
        hand.wait_for(lambda: not self._asks_day(), "end of the enrolment")
        hand.photograph("short-course-released")

    def _asks_day(self) -> bool:
        return any(each.isVisible() for each in self._stage.page.findChildren(QDateEdit, "dayEdit"))
