"""Marks that were kept outside the program: in a spreadsheet, or by hand on the blank register."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from tlbb_desktop.domain.class_papers import ClassPaper
from tlbb_desktop.forms.ui_sheets import Ui_SheetsForm
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.sheets.hand_marked_panel import HandMarkedPanel
from tlbb_desktop.screens.sheets.import_panel import ImportPanel
from tlbb_desktop.screens.sheets.import_presenter import ImportPresenter
from tlbb_desktop.screens.sheets.paper import SheetPaper
from tlbb_desktop.screens.sheets.presenter import SheetsPresenter
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.wiring import Desk


class MarksFromOutside(QObject):
    """The two ways in, each by its name in the menu of one button.

    Args:
        form: the page's.
        presenter: the page's.
        paper: knows in which folder files are.
        desk: the services.
        tasks: read in the background.
        page: says what happened, and leads to the register.
    """

    def __init__(
        self,
        form: Ui_SheetsForm,
        presenter: SheetsPresenter,
        paper: SheetPaper,
        desk: Desk,
        tasks: TaskRunner,
        page: Page,
    ) -> None:
        super().__init__(page)
        self._form, self._presenter, self._paper = form, presenter, paper
        self.list = ImportPanel(ImportPresenter(desk), tasks, page)
        self.by_hand = HandMarkedPanel(desk, page)
        for panel in (self.list, self.by_hand):
            form.strip.add(panel)
            panel.closed.connect(form.strip.close_panel)
            panel.troubled.connect(page.troubled)
        self.list.opened.connect(self._show_list)
        self.list.said.connect(page.said)
        self.by_hand.found.connect(page.go_to)
        self._menu = QMenu(form.takeInButton)
        self.code_entry = self._menu.addAction("", self.ask_code)
        self.list_entry = self._menu.addAction("", self.choose_list)
        form.takeInButton.setMenu(self._menu)
        form.handMarkedButton.clicked.connect(self.ask_code)
        self.word()

    def show_acts(self) -> None:
        """Offer what this reader may take in."""
        form, presenter = self._form, self._presenter
        may_mark, shown = presenter.may(Action.MARK), presenter.sheet is not None
        form.takeInButton.setVisible(may_mark)
        self.list_entry.setEnabled(shown)
        form.handMarkedButton.setVisible(may_mark and shown and presenter.paper is ClassPaper.BLANK_REGISTER)

    def word(self) -> None:
        """Name the ways in again, in the reader's language."""
        self.code_entry.setText(_("Type in a register that was marked by hand"))
        self.list_entry.setText(_("Take in an absence list"))

    def ask_code(self) -> None:
        """Ask for the code on the paper."""
        self._form.strip.ask(self.by_hand)
        self.by_hand.ask()

    def choose_list(self) -> None:
        """Let the reader choose a spreadsheet for the class in sight."""
        if self._presenter.class_id is not None:
            self.list.choose(self._presenter.class_id, self._paper.folder())

    def _show_list(self) -> None:
        self._form.strip.ask(self.list)
