"""Act two: a morning in the demonstration programme, as its trainer, its liaison and its manager."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPushButton, QTableView

from tlbb_desktop.demonstration.build import TRAINER, build_demonstration
from tlbb_desktop.demonstration.cast import MANAGER
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.screens.login.screen import LoginPage
from tlbb_desktop.screens.settings.screen import SettingsScreen
from tlbb_desktop.services.home import Home
from tlbb_desktop.tour.hand import CONTROL
from tlbb_desktop.tour.stage import Stage
from tlbb_desktop.tour.training_morning import TrainingMorning
from tlbb_desktop.widgets.command_palette import CommandPalette
from tlbb_desktop.widgets.key_list import KeyList
from tlbb_desktop.widgets.month_grid import MonthGrid

Key = Qt.Key
LIAISON = "rithy"
#: What is pressed for the first ten learners: present, absent, ill, late 20 minutes, kept by the prison.
REGISTER = "ppape1pl20ppi1"
NOTE = "ឈឺពោះ"
GUEST = "សុខ ចំរើន"


class TrainersMorning:
    """Looks at every page with something on it."""

    def __init__(self, stage: Stage) -> None:
        self._stage, self._hand = stage, stage.hand
        self.home = Home(stage.folder / "demo-home")
        self.papers: list[Path] = []

    def walk(self) -> None:
        """Do it all."""
        build_demonstration(self.home)
        self._stage.open(self.home, catalog.KHMER)
        self._stage.show_in_languages("login")
        self._mistype_passphrase()
        self._stage.log_in(TRAINER)
        self._stage.show_both_ways("trainer-today")
        self._take_register()
        TrainingMorning(self._stage).walk()
        self._find_anything()
        self._look_at_people()
        self._look_for_help()
        self._stage.close()
        self._come_as(LIAISON)
        self._hand.photograph("liaison-today")
        self._hand_over_prison_month()
        self._stage.close()
        self._come_as(MANAGER)
        self._stage.show_in_languages("manager-today")
        self._look_at_settings()
        self._stage.close()

    # the door ------------------------------------------------------------------------------------------------------

    def _come_as(self, username: str) -> None:
        self._stage.open(self.home, catalog.KHMER)
        self._stage.log_in(username)

    def _mistype_passphrase(self) -> None:
        hand, page = self._hand, self._hand.find(LoginPage)
        hand.click(page.field.field)
        hand.write("demonstration trainer")
        hand.key(Key.Key_Return)
        hand.wait_for(lambda: bool(page.trouble.text()), "wrong passphrase")
        hand.photograph("login-wrong-passphrase")

    # trainer -------------------------------------------------------------------------------------------------------

    def _take_register(self) -> None:
        hand = self._hand
        self._stage.go("today")
        hand.key(Key.Key_Return)
        hand.wait_for(lambda: self._stage.workplace.place == "register", "register")
        cells = hand.find(MonthGrid).cells
        hand.wait_for(cells.hasFocus, "cursor in the register")
        hand.write(REGISTER)
        hand.photograph("register-ten-marked")
        hand.key(*[Key.Key_Up] * 6)
        hand.key(Key.Key_F2)
        hand.write(NOTE)
        hand.photograph("register-note")
        hand.key(Key.Key_Return)
        hand.wait_for(cells.hasFocus, "cursor in the register")
        hand.key(Key.Key_Return, modifiers=CONTROL)
        hand.photograph("register-all-marked")
        self._stage.show_both_ways("register-done")
        hand.key(Key.Key_Z, modifiers=CONTROL)
        hand.photograph("register-undone")
        hand.key(Key.Key_Y, modifiers=CONTROL)
        hand.click(hand.named(QPushButton, "guestButton"))
        hand.write(GUEST)
        hand.photograph("register-guest")
        hand.key(Key.Key_Return)
        hand.wait_for(cells.hasFocus, "cursor in the register")
        hand.key(Key.Key_Slash, modifiers=CONTROL)
        hand.find(KeyList)
        hand.photograph("register-keys")
        hand.key(Key.Key_Escape)

    def _find_anything(self) -> None:
        hand = self._hand
        for text, name in (("", "everything"), ("ដារ៉ា", "khmer"), ("moto", "class")):
            hand.key(Key.Key_K, modifiers=CONTROL)
            hand.find(CommandPalette)
            hand.write(text)
            hand.photograph(f"find-{name}")
            hand.key(Key.Key_Escape)

    def _look_at_people(self) -> None:
        hand = self._hand
        self._stage.go("people")
        table = hand.named(QTableView, "table")
        self._stage.show_in_languages("people-list")
        for text, name in (("ខៀវ", "khmer"), ("dara", "latin")):
            self._search_people(table, text)
            hand.photograph(f"people-found-{name}")
        hand.key(Key.Key_Down, Key.Key_Return)
        hand.wait_for(lambda: not table.isVisible(), "person")
        self._stage.show_in_languages("person")
        hand.key(Key.Key_Escape)

    def _search_people(self, table: QTableView, text: str) -> None:
        before = table.model().rowCount()
        self._hand.fill(self._hand.named(QLineEdit, "findEdit"), text)
        self._hand.wait_for(lambda: 0 < table.model().rowCount() != before, f"people named {text}")

    def _look_for_help(self) -> None:
        self._stage.go("register")
        self._hand.key(Key.Key_F1)
        self._hand.wait_for(lambda: self._stage.workplace.place == "help", "help")
        self._stage.show_in_languages("help")
        self._hand.key(Key.Key_Escape)

    # liaison -------------------------------------------------------------------------------------------------------

    def _hand_over_prison_month(self) -> None:
        hand, folder = self._hand, self._stage.folder
        self._stage.go("sheets")
        hand.choose_file(hand.named(QAbstractButton, "folderButton"), folder)
        hand.photograph("prison-month")
        written = self._stage.save_paper(hand.named(QPushButton, "wholeButton"))
        self.papers.append(written.replace(folder / f"prison-month-{catalog.language()}.xlsx"))
        hand.photograph("prison-month-saved")

    # manager -------------------------------------------------------------------------------------------------------

    def _look_at_settings(self) -> None:
        hand = self._hand
        self._stage.go("classes")
        hand.photograph("classes")
        self._stage.go("settings")
        sections = hand.find(SettingsScreen).list
        hand.reach(sections)
        for row in range(sections.count()):
            sections_row = sections.currentRow()
            hand.photograph(f"settings-{sections.item(sections_row).data(Qt.ItemDataRole.UserRole)}")
            if row + 1 < sections.count():
                hand.key(Key.Key_Down)
        hand.key(Key.Key_K, modifiers=CONTROL)
        hand.write(_("Make a backup"))
        hand.key(Key.Key_Return)
        self._stage.show_in_languages("backup")
