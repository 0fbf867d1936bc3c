"""The steps of a certificate from the page, from a proposal withdrawn to a number revoked; asked first where final."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from tlbb_desktop.domain.certificates import Missing
from tlbb_desktop.i18n.catalog import _, _n, _p
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.certificates.batches import Batches
from tlbb_desktop.screens.certificates.panels import FilesPanel, Question, QuestionPanel, WaitPanel
from tlbb_desktop.screens.certificates.paper_pane import PaperPane
from tlbb_desktop.screens.certificates.presenter import CertificatesPresenter
from tlbb_desktop.screens.certificates.words import issued_words, missing_words
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.certificate_batches import IssuedBatch
from tlbb_desktop.widgets.page import Page

MOST_LINES = 6


class Steps(QObject):
    """Acts on what is chosen in the list.

    Args:
        presenter: the page's.
        tasks: do long work.
        pane: where the questions and the buttons stand.
        page: says what happened.

    Signals:
        changed: the list is another now.
        issued: rows that were just issued.
        replaced: the number of a successor.
    """

    changed = Signal()
    issued = Signal(object)
    replaced = Signal(str)

    def __init__(self, presenter: CertificatesPresenter, tasks: TaskRunner, pane: PaperPane, page: Page) -> None:
        super().__init__(page)
        self._presenter, self._pane, self._page = presenter, pane, page
        self._chosen: tuple[int, ...] = ()
        self.question, self.wait, self.files = QuestionPanel(pane), WaitPanel(pane), FilesPanel(pane)
        for panel in (self.question, self.wait, self.files):
            pane.strip.add(panel)
        self.batches = Batches(presenter, tasks, page)
        self._wire()

    def _wire(self) -> None:
        pane, batches = self._pane, self.batches
        pane.approve_button.clicked.connect(self.approve_chosen)
        pane.issue_button.clicked.connect(self.ask_issue)
        pane.withdraw_button.clicked.connect(self.ask_withdraw)
        pane.replace_button.clicked.connect(self.ask_replace)
        pane.revoke_button.clicked.connect(self.ask_revoke)
        pane.preview.print_wanted.connect(self.print_chosen)
        self.question.closed.connect(self.close_panel)
        self.files.closed.connect(self.close_panel)
        self.wait.stopped.connect(batches.stop)
        batches.progressed.connect(self.wait.show_progress)
        batches.ended.connect(self._end_wait)
        batches.issued.connect(self._show_issued)
        batches.saved.connect(self._show_saved)
        batches.printed.connect(self._show_printed)
        batches.stopped.connect(self._show_stopped)
        batches.troubled.connect(self._show_trouble)

    @property
    def is_busy(self) -> bool:
        """Whether a batch is at work."""
        return self.batches.is_busy

    @property
    def printable(self) -> tuple[int, ...]:
        """Those of the chosen that may be handed out, in the order of their numbers."""
        rows, ids = self._presenter.rows, self._presenter.those_for(self._chosen, Action.CERTIFICATE_PRINT)
        return tuple(sorted(ids, key=lambda each: rows[each].number))

    def choose(self, ids: tuple[int, ...]) -> None:
        """Act on these from now on; a question about others is dropped."""
        if ids != self._chosen and self._pane.strip.shown is self.question:
            self.close_panel()
        self._chosen = ids
        self._pane.show_chosen(ids)

    def next_step(self) -> None:
        """What Enter does in the list: approve, else ask whether to issue, else go to the button that prints."""
        if self._presenter.those_for(self._chosen, Action.CERTIFICATE_APPROVE):
            self.approve_chosen()
        elif self._presenter.those_for(self._chosen, Action.CERTIFICATE_ISSUE):
            self.ask_issue()
        else:
            self._pane.preview.setFocus()

    def close_panel(self) -> bool:
        """Close the question or message; False when there was none."""
        return not self.is_busy and self._pane.strip.close_panel()

    # steps ---------------------------------------------------------------------------------------------------------

    def approve_chosen(self) -> None:
        """Approve what is chosen and proposed."""
        ids = self._presenter.those_for(self._chosen, Action.CERTIFICATE_APPROVE)
        if not ids or self.is_busy or not self._page.done(lambda: self._presenter.approve(ids)):
            return
        self.changed.emit()
        said = _n("{n} certificate is approved.", "{n} certificates are approved.", len(ids))
        self._page.said.emit(said.format(n=digits(len(ids))))

    def ask_issue(self) -> None:
        """Ask whether to number and sign what is chosen and approved; a rule that is not met wants a reason."""
        ids = self._presenter.those_for(self._chosen, Action.CERTIFICATE_ISSUE)
        ids = tuple(sorted(ids))  # numbers follow the order in which they were proposed
        if not ids or self.is_busy:
            return
        lines = self._page.attempt(lambda: self._presenter.rules_not_met(ids))
        if lines is not None:
            self._ask(partial(_issue_question, len(ids), lines), partial(self._issue, ids))

    def ask_withdraw(self) -> None:
        """Ask why what is chosen is not to be issued after all."""
        ids = self._presenter.withdrawable(self._chosen)
        if ids and not self.is_busy:
            self._ask(partial(_withdraw_question, len(ids)), partial(self._withdraw, ids))

    def ask_replace(self) -> None:
        """Ask why the chosen certificate is issued anew."""
        number = self._only_number()
        if number:
            self._ask(partial(_replace_question, number), partial(self._replace, self._chosen[0]))

    def ask_revoke(self) -> None:
        """Ask why the chosen number becomes invalid."""
        number = self._only_number()
        if number:
            self._ask(partial(_revoke_question, number), partial(self._revoke, self._chosen[0]))

    def print_chosen(self) -> None:
        """Ask for a printer for what is chosen and issued."""
        if self.printable and not self.is_busy:
            self._wait(lambda: _("Preparing the papers…"))
            self.batches.print(self.printable, self._pane.language)

    def save(self, place: Path) -> None:
        """Write what is chosen and issued into one file."""
        self._wait(lambda: _("Writing…"))
        self.batches.save(self.printable, self._pane.language, place)

    def save_each(self, folder: Path) -> None:
        """Write what is chosen and issued, a file each."""
        self._wait(lambda: _("Writing…"))
        self.batches.save_each(self.printable, self._pane.language, folder)

    def _issue(self, ids: tuple[int, ...], despite: str) -> None:
        self._wait(lambda: _("Issuing…"))
        self.batches.issue(ids, despite)

    def _withdraw(self, ids: tuple[int, ...], reason: str) -> None:
        if self._page.done(lambda: self._presenter.withdraw(ids, reason)):
            self._pane.strip.close_panel()
            self.changed.emit()
            said = _n("{n} proposal withdrawn.", "{n} proposals withdrawn.", len(ids))
            self._page.said.emit(said.format(n=digits(len(ids))))

    def _replace(self, certificate_id: int, reason: str) -> None:
        number = self._page.attempt(lambda: self._presenter.replace(certificate_id, reason))
        if number is not None:
            self._pane.strip.close_panel()
            self.changed.emit()
            self.replaced.emit(number)
            self._page.said.emit(_("The new certificate has the number {number}.").format(number=number))

    def _revoke(self, certificate_id: int, reason: str) -> None:
        number = self._presenter.rows[certificate_id].number
        if self._page.done(lambda: self._presenter.revoke(certificate_id, reason)):
            self._pane.strip.close_panel()
            self.changed.emit()
            self._page.said.emit(_("Certificate {number} is revoked.").format(number=number))

    def _only_number(self) -> str:
        chosen = self._presenter.those_for(self._chosen, Action.CERTIFICATE_REVOKE)
        alone = len(chosen) == len(self._chosen) == 1 and not self.is_busy
        return self._presenter.rows[chosen[0]].number if alone else ""

    def _ask(self, question: Callable[[], Question], answered: Callable[[str], object]) -> None:
        self._pane.strip.ask(self.question)
        self.question.ask(question, answered)

    def _wait(self, about: Callable[[], str]) -> None:
        self._pane.strip.ask(self.wait)
        self.wait.start(about)

    # what came of it -----------------------------------------------------------------------------------------------

    def _end_wait(self) -> None:
        if self._pane.strip.shown is self.wait:
            self._pane.strip.close_panel()

    def _show_issued(self, batch: IssuedBatch) -> None:
        self.changed.emit()
        self.issued.emit(batch.issued)
        self._page.said.emit(issued_words(len(batch.issued), len(batch.left)))
        if batch.trouble is not None:
            self._page.troubled.emit(batch.trouble)

    def _show_saved(self, paths: tuple[Path, ...]) -> None:
        self.changed.emit()
        self._pane.strip.ask(self.files)
        self.files.show_paths(paths)
        self._page.said.emit(
            _n("{n} file is written.", "{n} files are written.", len(paths)).format(n=digits(len(paths)))
        )

    def _show_printed(self, _pages: int) -> None:
        self.changed.emit()
        self._page.said.emit(_("The printer has taken the paper."))

    def _show_stopped(self, done: int) -> None:
        self.changed.emit()
        said = _n("Stopped. {n} file is whole.", "Stopped. {n} files are whole.", done).format(n=digits(done))
        self._page.said.emit(said if done else _("Stopped. Nothing went out."))

    def _show_trouble(self, error: object) -> None:
        self.changed.emit()
        self._page.troubled.emit(error)


def _issue_question(count: int, lines: tuple[tuple[str, Missing], ...]) -> Question:
    heading = _n("Issue {n} certificate?", "Issue {n} certificates?", count).format(n=digits(count))
    text = _("Each gets its number and its signature. What was issued never changes.")
    if lines:
        more = len(lines) - MOST_LINES
        rest = "\n" + _n("and {n} more", "and {n} more", more).format(n=digits(more)) if more > 0 else ""
        text = "\n".join((text, _("Rules that are not met:"), missing_words(lines[:MOST_LINES]) + rest))
    return Question(heading, text, _p("certificate", "Issue"), _("Reason") if lines else "")


def _withdraw_question(count: int) -> Question:
    return Question(
        _n("Withdraw {n} proposal?", "Withdraw {n} proposals?", count).format(n=digits(count)),
        _("Nothing is issued. The learner can be proposed again."),
        _("Withdraw"),
        _("Reason"),
    )


def _replace_question(number: str) -> Question:
    return Question(
        _("Replace certificate {number}?").format(number=number),
        _("It is issued anew with today's spelling of names and titles. The old number is replaced for good."),
        _("Replace"),
        _("Reason"),
    )


def _revoke_question(number: str) -> Question:
    return Question(
        _("Revoke certificate {number}?").format(number=number),
        _("The number becomes invalid for good, and stands in the next list of withdrawn numbers."),
        _("Revoke"),
        _("Reason"),
        danger=True,
    )
