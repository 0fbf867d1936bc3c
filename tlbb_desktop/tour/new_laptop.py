"""Act one: from an empty laptop to the prison's monthly attendance sheet, in Khmer."""

from __future__ import annotations

from datetime import date
from importlib.resources import as_file, files
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTableView,
    QWidget,
)

from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.screens.first_run.screen import FirstRunPage
from tlbb_desktop.screens.first_run.steps import RecoveryStep, TypeBackStep
from tlbb_desktop.screens.register.grid_model import RegisterModel
from tlbb_desktop.services.home import Home
from tlbb_desktop.tour.class_form import fill_class_form
from tlbb_desktop.tour.hand import CONTROL
from tlbb_desktop.tour.stage import Stage
from tlbb_desktop.widgets.cell_looks import CellLook
from tlbb_desktop.widgets.code_groups import CodeView
from tlbb_desktop.widgets.month_grid import MonthGrid

Key = Qt.Key
PRISON, COURSE = "SR", "ម៉ូតូ"
MANAGER, LOGIN = "ចាន់ សុភា", "sophea"
FIRST_DAY, LAST_DAY = date(2026, 10, 1), date(2026, 10, 31)
#: What is pressed for the first ten learners: present, absent, ill, late 20 minutes, kept by the prison.
FIRST_SESSION = "ppape1pl20ppi1"
SESSIONS = 14


class NewLaptop:
    """Founds a programme, takes in a list, runs a class for a month and hands over its sheet."""

    def __init__(self, stage: Stage) -> None:
        self._stage, self._hand = stage, stage.hand
        self._home = Home(stage.folder / "home")
        self.papers: list[Path] = []

    def walk(self) -> None:
        """Do it all."""
        self._stage.open(self._home, catalog.KHMER)
        self._found()
        self._take_in_people()
        self._make_class()
        self._take_registers()
        self._hand_over()
        self._stage.close()

    # first start ---------------------------------------------------------------------------------------------------

    def _found(self) -> None:
        hand, page = self._hand, self._hand.find(FirstRunPage)
        self._stage.speak(catalog.SOURCE_LANGUAGE)
        hand.photograph("first-start-en")
        self._stage.speak(catalog.KHMER)
        hand.photograph("first-start-km")
        self._next(page)
        hand.wait_for(lambda: page.prison.box.findData(PRISON) >= 0, "prisons")
        hand.pick(page.prison.box, PRISON)
        hand.photograph("prison")
        self._next(page)
        hand.fill(page.manager.name_edit, MANAGER)
        hand.fill(page.manager.username_edit, LOGIN)
        hand.photograph("first-manager")
        self._next(page)
        hand.click(page.passphrase.chooser.again.field)
        hand.write(page.passphrase.chooser.proposal.text())
        hand.photograph("passphrase")
        self._next(page)
        self._keep_recovery_key(page)
        hand.choose_file(hand.find(QPushButton, lambda each: each.parent() is page.backup), self._usb(), "usb-stick")
        hand.wait_for(lambda: bool(page.backup.outcome.text()), "first backup")
        hand.photograph("first-backup")
        hand.click(page.next_button)
        hand.wait_for(lambda: bool(self._stage.workplace.place), "workplace")
        hand.photograph("today-of-an-empty-programme")

    def _next(self, page: FirstRunPage) -> None:
        before = page.step
        self._hand.click(page.next_button)
        self._hand.wait_for(lambda: page.step is not before, "next step")

    def _keep_recovery_key(self, page: FirstRunPage) -> None:
        hand = self._hand
        shown = hand.find(RecoveryStep).findChildren(CodeView)[0].findChildren(QLabel)
        groups = [label.text() for label in shown if label.property("role") == "title"]
        hand.photograph("recovery-key")
        self._next(page)
        first = hand.find(TypeBackStep)
        hand.click(first.fields.findChildren(QLineEdit)[0])
        for group in groups:
            hand.write(group.lower())
        hand.wait_for(lambda: first.ready, "recovery key")
        hand.photograph("recovery-key-typed-back")
        self._next(page)

    def _usb(self) -> Path:
        folder = self._stage.folder / "usb"
        folder.mkdir()
        return folder

    # people --------------------------------------------------------------------------------------------------------

    def _take_in_people(self) -> None:
        hand = self._hand
        self._stage.go("people")
        hand.photograph("people-nobody-yet")
        hand.press(_("Take in a list"))
        hand.photograph("import-1-source")
        steps = hand.named(QStackedWidget, "steps")
        with as_file(files("tlbb_desktop") / "assets" / "demo" / "people.xlsx") as sample:
            hand.choose_file(hand.named(QPushButton, "fileButton"), sample)
            hand.wait_for(lambda: _shown(steps, "columnsStep"), "columns")
        hand.photograph("import-2-columns")
        hand.click(hand.named(QPushButton, "nextButton"))
        hand.wait_for(lambda: _shown(steps, "previewStep"), "preview")
        hand.photograph("import-3-the-same-person")
        hand.click(hand.named(QPushButton, "sameButton"))
        hand.click(hand.named(QPushButton, "refusedButton"))
        hand.photograph("import-4-refused")
        hand.click(hand.named(QPushButton, "allButton"))
        hand.photograph("import-5-every-line")
        hand.click(hand.named(QPushButton, "nextButton"))
        hand.wait_for(lambda: _shown(steps, "resultStep"), "result")
        left_out = self._stage.folder / "lines-left-out.xlsx"
        hand.choose_file(hand.named(QPushButton, "writeButton"), left_out)
        self.papers.append(left_out)
        hand.photograph("import-6-done")
        hand.click(hand.named(QPushButton, "showButton"))
        hand.wait_for(lambda: hand.named(QTableView, "table").model().rowCount() > 0, "people")
        hand.photograph("people")

    # class ---------------------------------------------------------------------------------------------------------

    def _make_class(self) -> None:
        hand = self._hand
        self._stage.go("classes")
        hand.photograph("classes-none-yet")
        hand.press(_("New class"))
        fill_class_form(hand, COURSE, FIRST_DAY, LAST_DAY, 4)
        hand.photograph("class-form")
        hand.click(hand.named(QPushButton, "saveButton"))
        hand.named(QPushButton, "allButton")
        hand.photograph("class-enrol")
        hand.click(hand.named(QPushButton, "allButton"))
        hand.wait_for(lambda: hand.named(QTableView, "learnersTable").model().rowCount() > 0, "learners")
        hand.photograph("class")

    # register ------------------------------------------------------------------------------------------------------

    def _take_registers(self) -> None:
        hand = self._hand
        hand.click(hand.named(QPushButton, "registerButton"))
        hand.wait_for(lambda: self._stage.workplace.place == "register", "register")
        grid = hand.find(MonthGrid)
        hand.key(Key.Key_Home)
        hand.photograph("register-before")
        hand.write(FIRST_SESSION)
        hand.photograph("register-four-exceptions")
        hand.key(Key.Key_Return, modifiers=CONTROL)
        hand.photograph("register-rest-present")
        for session in range(1, SESSIONS):
            self._go_to_next_session(grid)
            if session == SESSIONS - 1:
                self._cancel_session()
            else:
                hand.write("ae2" if session % 3 else "a")
                hand.key(Key.Key_Return, modifiers=CONTROL)
        self._stage.show_both_ways("register")

    def _go_to_next_session(self, grid: MonthGrid) -> None:
        self._hand.key(Key.Key_Right)
        while _is_holiday(grid):
            self._hand.key(Key.Key_Right)

    def _cancel_session(self) -> None:
        hand = self._hand
        hand.write("h")
        hand.click(hand.named(QWidget, "cancelledButton"))
        hand.photograph("session-cancelled")
        hand.key(Key.Key_Return)

    # sheet ---------------------------------------------------------------------------------------------------------

    def _hand_over(self) -> None:
        hand = self._hand
        hand.key(Key.Key_P, modifiers=CONTROL)
        hand.wait_for(lambda: self._stage.workplace.place == "sheets", "sheets")
        hand.choose_file(hand.named(QAbstractButton, "folderButton"), self._stage.folder)
        self._stage.show_in_languages("sheet")
        for language in (catalog.KHMER, catalog.SOURCE_LANGUAGE):
            hand.pick(hand.named(QComboBox, "languageBox"), language)
            self._export(language)
        hand.photograph("sheet-saved")

    def _export(self, language: str) -> None:
        written = self._stage.save_paper(self._hand.named(QPushButton, "exportButton"))
        self.papers.append(written.replace(self._stage.folder / f"sheet-{language}.xlsx"))


def _shown(steps: QStackedWidget, name: str) -> bool:
    current = steps.currentWidget()
    return current is not None and current.objectName() == name


def _is_holiday(grid: MonthGrid) -> bool:
    model, here = grid.cells.model(), grid.current()
    look = model.look(*here) if isinstance(model, RegisterModel) and here else None
    return isinstance(look, CellLook) and look.sign == "hatch"
