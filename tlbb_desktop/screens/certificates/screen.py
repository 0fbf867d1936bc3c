"""The certificates page: the list at the left, the paper at the right; proposing takes the whole page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QStandardPaths, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.certificates import CertificateState
from tlbb_desktop.i18n.catalog import _, _n, _p
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.shortcuts import physical_key
from tlbb_desktop.qt.stylesheet import GAP, GAP_LARGE, GAP_SMALL
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.qt.theme import current_scale
from tlbb_desktop.screens.certificates.list_pane import ListPane
from tlbb_desktop.screens.certificates.paper_pane import PaperPane
from tlbb_desktop.screens.certificates.presenter import CertificatesPresenter
from tlbb_desktop.screens.certificates.propose_page import ProposePage
from tlbb_desktop.screens.certificates.propose_presenter import ProposePresenter
from tlbb_desktop.screens.certificates.sight import PaperInSight
from tlbb_desktop.screens.certificates.steps import Steps
from tlbb_desktop.screens.certificates.words import CERTIFICATE_KEYS
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.widgets.destinations import OpenCertificates
from tlbb_desktop.widgets.empty_state import EmptyState
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.widgets.paper_saving import ask_where_to_save
from tlbb_desktop.widgets.reflow import Panes, StackedWhenNarrow
from tlbb_desktop.widgets.scrolling import scrolling
from tlbb_desktop.wiring import Desk

Key = Qt.Key
State = CertificateState
LIST_PIXELS, PAPER_PIXELS = 460, 520
STACKED_LINES = 5
QWIDGETSIZE_MAX = 16_777_215


class CertificatesScreen(Page):
    """Opened with None, with OpenCertificates, or with the row of a class to propose for."""

    def __init__(self, desk: Desk, tasks: TaskRunner, changes: ChangeSignal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter = CertificatesPresenter(desk)
        self._opened = False
        may_propose = presenter.may(Action.CERTIFICATE_PROPOSE)
        self.approvals_button, self.propose_button = QPushButton(self), QPushButton(self)
        self.list_pane, self.paper_pane = ListPane(presenter, self), PaperPane(presenter, self)
        self.propose_page = ProposePage(ProposePresenter(desk), self)
        self._sight = PaperInSight(self.paper_pane.preview, tasks)
        self.steps = Steps(presenter, tasks, self.paper_pane, self)
        self._empty = EmptyState(
            "badge-check",
            N_("There is no certificate yet"),
            N_("Propose certificates for the learners of a class whose course is over.")
            if may_propose
            else N_("They appear here when a trainer proposes them."),
            N_("Propose certificates") if may_propose else "",
            self,
        )
        self.approvals_button.setVisible(presenter.may(Action.CERTIFICATE_APPROVE))
        self.propose_button.setVisible(may_propose)
        self._lay_out()
        self._wire(changes)
        self._word()

    @override
    def open(self, argument: object = None) -> None:
        self.steps.close_panel()
        self.read_again()
        if (
            not self._opened
            and self._presenter.may(Action.CERTIFICATE_APPROVE)
            and self._presenter.counted(State.PROPOSED)
        ):
            self.show_approvals()
        self._opened = True
        if isinstance(argument, int) and self._presenter.may(Action.CERTIFICATE_PROPOSE):
            self.start_proposing(argument)
            return
        if isinstance(argument, OpenCertificates):
            self.list_pane.filter_by_state(argument.state, argument.class_code)
        self.show_list()

    @override
    def title(self) -> str:
        return _p("place", "Certificates")

    @override
    def help_topic(self) -> str:
        return "certificates"

    @override
    def key_list(self) -> tuple[tuple[str, str], ...]:
        return CERTIFICATE_KEYS

    @override
    def print_paper(self) -> None:
        if self._panes.currentWidget() is not self.propose_page:
            self.steps.print_chosen()

    @override
    def start_find(self) -> None:
        if self._panes.currentWidget() is self.propose_page:
            self.propose_page.start_find()
            return
        self.list_pane.find_edit.setFocus()
        self.list_pane.find_edit.selectAll()

    @override
    def go_back(self) -> bool:
        if self._panes.currentWidget() is self.propose_page:
            self.show_list()
            return True
        if self.steps.is_busy:
            return True
        return self.steps.close_panel() or self.list_pane.clear_find()

    @override
    def read_again(self) -> None:
        if self.done(self._presenter.load):
            self.list_pane.show_rows()
            self._say_waiting()
            self._show_pane()

    def counted(self, state: CertificateState) -> int:
        """How many certificates are in *state*."""
        return self._presenter.counted(state)

    @property
    def paper_is_calm(self) -> bool:
        """Whether the paper of the certificate with the cursor stands there sharp."""
        return not self._sight.is_busy and self.paper_pane.preview.is_calm

    def show_list(self) -> None:
        """Show list and paper."""
        self._show_pane(self._empty if not self._presenter.rows else self._area)
        (self.list_pane.table if self._presenter.rows else self.propose_button).setFocus()

    def show_approvals(self) -> None:
        """Show what waits for an approval."""
        self._show_pane(self._area)
        self.list_pane.filter_by_state(State.PROPOSED)
        self.list_pane.table.setFocus()

    def start_proposing(self, class_id: int | None = None) -> None:
        """Open the inner page for proposing."""
        if self._presenter.may(Action.CERTIFICATE_PROPOSE) and not self.steps.is_busy:
            self.propose_page.start(self._presenter.rows, class_id)
            self._show_pane(self.propose_page)
            self.propose_page.table.setFocus()

    # building ------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        left, head = QWidget(self), QHBoxLayout()
        head.setSpacing(GAP_SMALL)
        head.addWidget(self.approvals_button)
        head.addWidget(self.propose_button)
        head.addStretch(1)
        set_icon(self.propose_button, "plus")
        set_icon(self.approvals_button, "list-checks")
        left_column = QVBoxLayout(left)
        left_column.setContentsMargins(0, 0, 0, 0)
        left_column.setSpacing(GAP_SMALL)
        left_column.addLayout(head)
        left_column.addWidget(self.list_pane, 1)
        body = QWidget(self)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, body)
        self._columns.setContentsMargins(GAP_LARGE, 4, GAP_LARGE, GAP_SMALL)
        self._columns.setSpacing(GAP)
        self._columns.addWidget(left)
        self._columns.addWidget(self.paper_pane, 1)
        self._left = left
        self._area = scrolling(body)
        self._stacking = StackedWhenNarrow(self._area, self._columns, self._needed_width)
        self._stacking.stacked.connect(self._fit)
        self._panes = Panes(self)
        for pane in (self._area, self._empty, self.propose_page):
            self._panes.addWidget(pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._panes)
        self._fit()

    def _wire(self, changes: ChangeSignal) -> None:
        pane = self.paper_pane
        self.approvals_button.clicked.connect(self.show_approvals)
        self.propose_button.clicked.connect(self._propose_clicked)
        self._empty.wanted.connect(self._propose_clicked)
        self.propose_page.closed.connect(self.show_list)
        self.propose_page.proposed.connect(self._proposed)
        self.propose_page.troubled.connect(self.troubled)
        self.propose_page.said.connect(self.said)
        self.list_pane.moved.connect(self._row_moved)
        self.list_pane.ticked.connect(self._choice_changed)
        self.list_pane.entered.connect(self._next_step)
        pane.language_chosen.connect(self._show_paper)
        pane.preview.save_wanted.connect(self._save)
        pane.each_button.clicked.connect(self._save_each)
        self.steps.changed.connect(self.read_again)
        self.steps.issued.connect(self._show_issued)
        self.steps.replaced.connect(self._show_number)
        changes.changed.connect(self._something_changed)

    def _needed_width(self) -> int:
        margins = self._columns.contentsMargins()
        columns = round((LIST_PIXELS + PAPER_PIXELS) * current_scale()) + self._columns.spacing()
        return columns + margins.left() + margins.right()

    def _fit(self) -> None:
        stacked = self._columns.direction() is QBoxLayout.Direction.TopToBottom
        width = round(LIST_PIXELS * current_scale())
        self._left.setMinimumWidth(0 if stacked else width)
        self._left.setMaximumWidth(QWIDGETSIZE_MAX if stacked else width)
        self.list_pane.table.keep_lines_in_sight(STACKED_LINES if stacked else 0)
        self.paper_pane.preview.setMinimumHeight(round(360 * current_scale()) if stacked else 0)

    # what is shown -------------------------------------------------------------------------------------------------

    def _show_pane(self, pane: QWidget | None = None) -> None:
        """Show *pane*; None = list or empty page, unless somebody is proposing."""
        if pane is None and self._panes.currentWidget() is not self.propose_page:
            pane = self._area if self._presenter.rows else self._empty
        if pane is not None:
            self._panes.setCurrentWidget(pane)

    def _row_moved(self) -> None:
        self._choice_changed()
        row = self._presenter.rows.get(self.list_pane.table.current_id() or 0)
        self.paper_pane.show_row(row)
        self._show_paper()

    def _choice_changed(self) -> None:
        self.steps.choose(self.list_pane.table.chosen_ids)

    def _show_paper(self) -> None:
        current = self.list_pane.table.current_id()
        preview = self.paper_pane.preview
        preview.setVisible(current is not None)
        if current in self._presenter.rows and current is not None:
            self._sight.show(self._presenter.maker(current, self.paper_pane.language))

    def _say_waiting(self) -> None:
        waiting = self._presenter.counted(State.PROPOSED)
        self.approvals_button.setText(_("Approvals ({n})").format(n=digits(waiting)))
        self.approvals_button.setEnabled(bool(waiting))

    def _something_changed(self, kind: str, _ids: object) -> None:
        if self.isVisible() and not self.steps.is_busy and kind in ("certificate", "person", "setting"):
            self.read_again()

    # what is done --------------------------------------------------------------------------------------------------

    def _propose_clicked(self) -> None:
        self.start_proposing()

    def _proposed(self, count: int) -> None:
        self.list_pane.filter_by_state(None)
        self.read_again()
        self.show_list()
        self.said.emit(_n("{n} certificate proposed.", "{n} certificates proposed.", count).format(n=digits(count)))

    def _next_step(self) -> None:
        self.steps.next_step()

    def _show_issued(self, ids: tuple[int, ...]) -> None:
        """Tick what was just issued, so that the next key prints it."""
        self.list_pane.filter_by_state(State.ISSUED)
        table = self.list_pane.table
        table.ticks.clear()
        table.tick(ids)
        if ids:
            table.go(ids[0])
        table.setFocus()

    def _show_number(self, number: str) -> None:
        self.list_pane.filter_by_state(None)
        found = next((row.id for row in self._presenter.rows.values() if row.number == number), None)
        self.list_pane.table.go(found)
        self.list_pane.table.setFocus()

    def _save(self) -> None:
        ids = self.steps.printable
        name = self.attempt(lambda: self._presenter.file_name(ids)) if ids and not self.steps.is_busy else None
        place = ask_where_to_save(self.window(), self._folder(), name) if name else None
        if place is not None:
            self._presenter.keep_folder(place.parent)
            self.steps.save(place)

    def _save_each(self) -> None:
        if self.steps.is_busy or not self.steps.printable:
            return
        chosen = QFileDialog.getExistingDirectory(self, _("Where the files go"), str(self._folder()))
        if chosen:
            self._presenter.keep_folder(Path(chosen))
            self.steps.save_each(Path(chosen))

    def _folder(self) -> Path:
        documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        return self._presenter.folder(documents if documents.is_dir() else Path.home())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed, modifiers = event.text().strip(), event.modifiers()
        if physical_key(event) == Key.Key_N and modifiers == Qt.KeyboardModifier.ControlModifier:
            self.start_proposing()
        elif (
            typed
            and typed.isprintable()
            and not (modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier))
        ):
            self._begin_find(typed)
        else:
            super().keyPressEvent(event)

    def _begin_find(self, typed: str) -> None:
        """A letter in a list begins a search."""
        for pane in (self.list_pane, self.propose_page):
            if pane.table.hasFocus():
                pane.begin_find(typed)

    def _word(self) -> None:
        self.propose_button.setText(_("Propose certificates"))
        self._say_waiting()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        elif event.type() == QEvent.Type.StyleChange:
            self._fit()
        super().changeEvent(event)
