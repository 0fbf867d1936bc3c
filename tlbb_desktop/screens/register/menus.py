"""The keys of the register for a hand on the mouse: a menu on every cell and one on every day's head."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from tlbb_desktop.domain.attendance import MARK_NAMES, MarkCode
from tlbb_desktop.i18n.catalog import _, _n, _p
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.screens.register.columns import reason_words
from tlbb_desktop.screens.register.grid_model import LEFT
from tlbb_desktop.screens.register.keys import RegisterKeys
from tlbb_desktop.screens.register.presenter import MINUTE_CODES, REASON_USES, RegisterPresenter
from tlbb_desktop.screens.register.words import LETTERS, story_words
from tlbb_desktop.widgets.month_grid import MonthGrid

OFFERED_MINUTES = (5, 10, 15, 20, 30, 45, 60)
CELL_ACTS = (
    ("Backspace", N_("Clear the mark")),
    ("F2", N_("Note on this mark")),
    ("Ctrl+D", N_("Copy the mark down")),
    ("G", N_("Ask whether a learner has gone")),
)
DAY_ACTS = (("Ctrl+Enter", N_("Rest present")), ("H", N_("Session held or cancelled, real times")))


class RegisterMenus(QObject):
    """Opens the menus; an entry presses the key that stands beside it.

    Args:
        grid: what is pointed at.
        presenter: what may be said about a cell.
        keys: carries out what a key means.
        mark_with: sets a mark with its reason's row or its minutes.
    """

    def __init__(
        self,
        grid: MonthGrid,
        presenter: RegisterPresenter,
        keys: RegisterKeys,
        mark_with: Callable[[MarkCode, int | None, int | None], None],
    ) -> None:
        super().__init__(grid)
        self._grid, self._presenter, self._keys, self._mark_with = grid, presenter, keys, mark_with
        head = grid.cells.horizontalHeader()
        for widget in (grid.cells, head):
            widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        grid.cells.customContextMenuRequested.connect(self._open_on_cell)
        head.customContextMenuRequested.connect(self._open_on_day)
        head.sectionDoubleClicked.connect(self._ask_session)

    def cell_menu(self) -> QMenu:
        """What can be done with the chosen cells."""
        menu = QMenu(self._grid)
        for code, letter in LETTERS.items():
            if code in REASON_USES or code in MINUTE_CODES:
                self._add_kinds(menu.addMenu(_(MARK_NAMES[code])), code, letter)
            else:
                self._add_key(menu, letter, _(MARK_NAMES[code]))
        menu.addSeparator()
        for cap, words in (*CELL_ACTS, *DAY_ACTS):
            self._add_key(menu, cap, _(words))
        self._add_story(menu)
        return menu

    def day_menu(self) -> QMenu:
        """What can be done with the session of the cursor's column."""
        menu = QMenu(self._grid)
        for cap, words in DAY_ACTS:
            self._add_key(menu, cap, _(words))
        return menu

    def _add_key(self, menu: QMenu, cap: str, words: str) -> None:
        menu.addAction(f"{words}\t{cap}", partial(self._keys.press, cap))

    def _add_kinds(self, menu: QMenu, code: MarkCode, letter: str) -> None:
        """The reasons or the minutes that a mark can have."""
        if code in MINUTE_CODES:
            self._add_key(menu, letter, _("Usual minutes"))
            for minutes in OFFERED_MINUTES:
                words = _n("{n} minute", "{n} minutes", minutes).format(n=digits(minutes))
                menu.addAction(words, partial(self._mark_with, code, None, minutes))
            return
        self._add_key(menu, letter, _p("excuse", "reason not given"))
        for reason in self._presenter.offered_reasons(REASON_USES[code]):
            menu.addAction(reason_words(reason), partial(self._mark_with, code, reason.id, None))

    def _add_story(self, menu: QMenu) -> None:
        """Every state of the cell, the newest first, to be read."""
        here = self._grid.current()
        lines = story_words(self._presenter, here[0], here[1] - LEFT)[1].splitlines() if here else []
        if lines:
            story = menu.addMenu(_("Who marked this, and when"))
            for line in lines:
                story.addAction(line)

    def _open_on_cell(self, place: QPoint) -> None:
        cells = self._grid.cells
        pointed = cells.indexAt(place)
        if pointed.isValid() and (pointed.row(), pointed.column()) not in self._grid.chosen():
            self._grid.go(pointed.row(), pointed.column())
        if self._grid.current() is not None:
            self._open(self.cell_menu(), cells.viewport().mapToGlobal(place))

    def _open_on_day(self, place: QPoint) -> None:
        head = self._grid.cells.horizontalHeader()
        if self._go_to_day(head.logicalIndexAt(place)):
            self._open(self.day_menu(), head.mapToGlobal(place))

    def _ask_session(self, column: int) -> None:
        if self._go_to_day(column):
            self._keys.press("H")

    def _go_to_day(self, column: int) -> bool:
        here = self._grid.current()
        if here is not None and column >= LEFT:
            self._grid.go(here[0], column)
        return here is not None and column >= LEFT

    @staticmethod
    def _open(menu: QMenu, place: QPoint) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)
