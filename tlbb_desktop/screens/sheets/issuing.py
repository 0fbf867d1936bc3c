"""The sheet gets its number, and then its signature."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal

from tlbb_desktop.forms.ui_sheets import Ui_SheetsForm
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.screens.sheets.panels import IssuePanel, SignPanel
from tlbb_desktop.screens.sheets.presenter import SheetsPresenter
from tlbb_desktop.widgets.destinations import OpenRegister
from tlbb_desktop.widgets.page import Page


class SheetIssuing(QObject):
    """Asks before a number is given or a signature noted.

    Args:
        form: the page's; its buttons act.
        presenter: the page's.
        page: says what happened, and leads to the register.

    Signals:
        changed: the state of the sheet is another one now; what happened, translated.
    """

    changed = Signal(str)

    def __init__(self, form: Ui_SheetsForm, presenter: SheetsPresenter, page: Page) -> None:
        super().__init__(page)
        self._form, self._presenter, self._page = form, presenter, page
        self.issue, self.sign = IssuePanel(page), SignPanel(page)
        for panel in (self.issue, self.sign):
            form.strip.add(panel)
            panel.closed.connect(form.strip.close_panel)
        form.issueButton.clicked.connect(self.ask_issue)
        form.signButton.clicked.connect(self.ask_sign)
        self.issue.issue_wanted.connect(self._issue_now)
        self.issue.day_wanted.connect(self._open_day)
        self.sign.kept.connect(self._sign_now)
        self.sign.troubled.connect(page.troubled)

    def show_acts(self) -> None:
        """Offer what can be done with the sheet in sight, and by whom."""
        form, presenter, in_sight = self._form, self._presenter, self._presenter.shows_sheet
        form.issueButton.setVisible(in_sight and presenter.may_issue())
        form.signButton.setVisible(in_sight and presenter.may_sign())
        form.issuerLabel.setVisible(in_sight and presenter.to_issue and not presenter.may_issue())
        self.word()

    def word(self) -> None:
        """Say again, in the reader's language, what would be issued."""
        self._form.issueButton.setText(_("Issue correction") if self._presenter.changed else _("Issue"))

    def ask_issue(self) -> None:
        """Explain what issuing freezes."""
        presenter = self._presenter
        self._form.strip.ask(self.issue)
        self.issue.ask(
            presenter.next_number(), presenter.unmarked_days(), presenter.days_to_come(), presenter.differences()
        )

    def ask_sign(self) -> None:
        """Ask by whom the paper was signed, and when."""
        self._form.strip.ask(self.sign)
        self.sign.ask(self._presenter.today)

    def _issue_now(self) -> None:
        sheet = self._page.attempt(self._presenter.issue)
        if sheet is not None:
            self.changed.emit(_("Sheet no. {number} is issued.").format(number=digits(sheet.number)))

    def _sign_now(self, day: date, name: str, scan: bytes | None) -> None:
        if self._page.attempt(lambda: self._presenter.sign(day, name, scan)) is not None:
            self.changed.emit(_("The signature is noted."))

    def _open_day(self, day: date) -> None:
        sheet = self._presenter.sheet
        if sheet is not None:
            session = self._presenter.session_on(day)
            self._page.go_to.emit("register", OpenRegister(sheet.register.group.id, self._presenter.month, session))
