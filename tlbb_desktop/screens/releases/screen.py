"""The releases page: who leaves, and the plan of one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.case_papers import CasePaper
from tlbb_desktop.domain.errors import ChangedMeanwhile, TlbbError
from tlbb_desktop.domain.release_plans import ItemForm, LeavingLine, ReleaseItem, ReleasePlanForm
from tlbb_desktop.i18n.catalog import _, _p
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.shortcuts import physical_key
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.releases.list_pane import ListPane
from tlbb_desktop.screens.releases.paper_pane import PaperPane
from tlbb_desktop.screens.releases.plan_pane import PlanPane
from tlbb_desktop.screens.releases.presenter import STATUSES, ReleasesPresenter
from tlbb_desktop.screens.releases.words import RELEASE_KEYS
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.widgets.reflow import Panes
from tlbb_desktop.wiring import Desk

Key = Qt.Key
SHOWN_KINDS = ("release", "release_plan", "person", "case")
STATUS_KEYS: Final = {Key(Key.Key_1 + number): status for number, status in enumerate(STATUSES)}
_LEFT: Final = N_("Recorded: left today. Ctrl+Z takes it back.")
_LEFT_WITH_PAPER: Final = N_("Recorded: left today. Ctrl+P prints what they take along. Ctrl+Z takes it back.")
_LEFT_UNTIL_LOGIN: Final = N_(
    "Recorded: left today. The contact within 72 hours opens when a social worker or a manager logs in."
    " Ctrl+Z takes it back."
)
GROUP_KEYS: Final = {Key.Key_Up: -1, Key.Key_Down: 1}


class ReleasesScreen(Page):
    """Opened with None (the list) or the row of a person."""

    def __init__(self, desk: Desk, tasks: TaskRunner, changes: ChangeSignal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = ReleasesPresenter(desk)
        self._panes = Panes(self)
        self._before_paper: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._panes)
        self.list_pane = ListPane(self._presenter, self._panes)
        self.plan_pane = PlanPane(self._presenter, tasks, self._panes)
        self.paper_pane = PaperPane(desk, tasks, self)
        for pane in (self.list_pane, self.plan_pane, self.paper_pane):
            self._panes.addWidget(pane)
        self._wire(changes)

    def _wire(self, changes: ChangeSignal) -> None:
        self.list_pane.chosen.connect(self.show_person)
        self.list_pane.left.connect(self._note_left)
        self.list_pane.wanted.connect(self._show_list)
        self.list_pane.gate_wanted.connect(self.show_gate_list)
        pane, form = self.plan_pane, self.plan_pane.form
        pane.left.connect(self.go_back)
        pane.items.kept.connect(self._keep_item)
        pane.plan_form.kept.connect(self._keep_form)
        pane.trail.said.connect(self.said)
        pane.trail.troubled.connect(self.troubled)
        pane.trail.kept.connect(self._signed)
        self.paper_pane.left.connect(self.go_back)
        presenter = self._presenter
        form.printButton.clicked.connect(self.print_paper)
        form.beginButton.clicked.connect(lambda: self._act(presenter.begin, _("The release plan is open.")))
        form.proposeButton.clicked.connect(lambda: self._act(presenter.propose, _("Handed in for approval.")))
        form.approveButton.clicked.connect(lambda: self._act(presenter.approve, _("Approved.")))
        form.versionButton.clicked.connect(lambda: self._act(presenter.new_version, _("A new version has begun.")))
        changes.changed.connect(self._something_changed)

    # what the window asks ------------------------------------------------------------------------------------------

    @override
    def open(self, argument: object = None) -> None:
        if isinstance(argument, int) and self.done(self._presenter.load):
            self.show_person(argument)
        elif self.shown is self.list_pane:
            self._show_list()

    @override
    def title(self) -> str:
        return _p("place", "Releases")

    @override
    def help_topic(self) -> str:
        return "releases"

    @override
    def key_list(self) -> tuple[tuple[str, str], ...]:
        return RELEASE_KEYS

    @override
    def undo(self) -> None:
        if self.attempt(self._presenter.undo):
            self._show_again()
            self.said.emit(_("Taken back."))

    @override
    def print_paper(self) -> None:
        line = self._presenter.line
        if self.shown is self.paper_pane:
            self.paper_pane.print_it()
        elif self.shown is self.list_pane:
            self.show_gate_list()
        elif self.shown is self.plan_pane and line is not None and line.case_id and self._presenter.may_print():
            self._show_paper(line, CasePaper.RELEASE)

    def _show_paper(self, line: LeavingLine, paper: CasePaper) -> None:
        self._before_paper = self.shown
        self._panes.setCurrentWidget(self.paper_pane)
        self.paper_pane.show_case(line.case_id or 0, line.code, line.shown_name, paper)

    @override
    def start_find(self) -> None:
        if self.shown is self.list_pane:
            self.list_pane.start_find()

    @override
    def go_back(self) -> bool:
        if self.shown is self.list_pane:
            return False
        if self.shown is self.paper_pane and self._before_paper is self.list_pane:
            self._show_list()
        elif self.shown is self.paper_pane:
            self._panes.setCurrentWidget(self.plan_pane)
            self.plan_pane.put_cursor()
        elif not self.plan_pane.items.close_panel():
            self._show_list()
        return True

    @override
    def read_again(self) -> None:
        if self.shown is self.list_pane:
            self._show_list()
        elif self.shown is self.plan_pane and self.done(self._presenter.read_again):
            self.plan_pane.show_plan()

    @override
    def draft(self) -> dict[str, object] | None:
        pane, line = self.plan_pane, self._presenter.line
        if self.shown is not pane or line is None:
            return None
        typed, signature = pane.plan_form.raw() if pane.plan_form.typed else None, pane.trail.draft()
        if typed is None and signature is None:
            return None
        return {"person": line.person_id, "typed": typed, "signature": signature}

    @override
    def draft_compartment(self) -> str:
        return "family"

    @override
    def take_draft(self, draft: dict[str, object]) -> None:
        kept = cast("dict[str, Any]", draft)
        self.open(kept["person"])
        if self.shown is self.plan_pane:
            self.plan_pane.form.groupList.setCurrentRow(0)
            if kept["typed"] is not None:
                self.plan_pane.plan_form.show_raw(kept["typed"])
            if kept.get("signature") is not None:
                self.plan_pane.trail.take_draft(kept["signature"])

    @property
    def shown(self) -> QWidget | None:
        """The list or the plan."""
        return self._panes.currentWidget()

    # inside ---------------------------------------------------------------------------------------------------------

    def show_person(self, person_id: int) -> None:
        """Open the plan of somebody on the list."""
        if self.attempt(lambda: self._presenter.open(person_id)) is not None:
            self._panes.setCurrentWidget(self.plan_pane)
            self.plan_pane.show_plan()
            self.plan_pane.put_cursor()

    def show_gate_list(self) -> None:
        """Show the names for the gate as they will be printed."""
        self._before_paper = self.list_pane
        self._panes.setCurrentWidget(self.paper_pane)
        self.paper_pane.show_gate_list()

    def _show_list(self) -> None:
        if self.done(self._presenter.load):
            self.list_pane.show_lines()
            self._panes.setCurrentWidget(self.list_pane)
            self.list_pane.form.table.setFocus()

    def _show_again(self) -> None:
        if self.shown is self.plan_pane:
            self.plan_pane.show_state()
        else:
            self._show_list()

    def _act(self, act: Callable[[], object], words: str) -> None:
        if self.done(act):
            self.plan_pane.show_plan()
            self.plan_pane.put_cursor()
            self.said.emit(words)

    def _note_left(self, person_id: int) -> None:
        line = self._presenter.lines().get(person_id)
        if self.attempt(lambda: self._presenter.left_today(person_id)) is None:
            return
        self._show_list()
        if line is not None and self._presenter.may_print_for(line):
            self._show_paper(line, CasePaper.MY_PLAN)
            self.said.emit(_(_LEFT_WITH_PAPER))
        else:
            self.said.emit(_(_LEFT if self._presenter.opens_contacts() else _LEFT_UNTIL_LOGIN))

    def _set_status(self, key: Key) -> None:
        item = self._item_here()
        if item is not None and self.done(lambda: self._presenter.set_status(item, STATUS_KEYS[key])):
            if self.shown is self.plan_pane:
                self.plan_pane.show_state()
            else:
                self.list_pane.show_lines()

    def _item_here(self) -> ReleaseItem | None:
        if self.shown is self.plan_pane:
            shown = self.plan_pane.group is not None and self._presenter.may_write()
            return self.plan_pane.items.current() if shown else None
        own = self._presenter.own_items(self.list_pane.current_person())
        return own.get(self.list_pane.form.ownTable.current_id() or 0)

    def _keep_item(self, item: ReleaseItem | None, form: ItemForm) -> None:
        presenter = self._presenter
        if self._kept(lambda: presenter.add_item(form) if item is None else presenter.set_item(item, form)):
            self.plan_pane.items.close_panel()
            self.plan_pane.show_state()
            self.said.emit(_("Saved"))

    def _keep_form(self, form: ReleasePlanForm) -> None:
        if self._kept(lambda: self._presenter.save(form)):
            self.plan_pane.show_plan()
            self.said.emit(_("Saved"))

    def _signed(self) -> None:
        """Somebody signed, or a page was scanned: what is missing may be less; what is typed in the form stays."""
        if self.done(self._presenter.read_again):
            self.plan_pane.show_state()
            self.plan_pane.trail.show_trail(self._presenter.trail())

    def _kept(self, act: Callable[[], object]) -> bool:
        """Carry *act* out; trouble stands at its field where there is one."""
        try:
            act()
        except ChangedMeanwhile as error:
            self.read_again()
            self.troubled.emit(error)
            return False
        except TlbbError as error:
            if not self.plan_pane.show_trouble(error):
                self.troubled.emit(error)
            return False
        return True

    def _something_changed(self, kind: str, _ids: object) -> None:
        if self.isVisible() and kind in SHOWN_KINDS and self.shown is self.list_pane and not self._in_items():
            self._show_list()

    def _in_items(self) -> bool:
        """Whether the cursor is among a liaison's items: what is shown follows each key by itself."""
        return self.list_pane.form.ownTable.hasFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = physical_key(event), not event.modifiers()
        in_plan = self.shown is self.plan_pane
        if plain and key in STATUS_KEYS:
            self._set_status(Key(key))
        elif in_plan and event.modifiers() == Qt.KeyboardModifier.AltModifier and key in GROUP_KEYS:
            self.plan_pane.next_group(GROUP_KEYS[Key(key)])
        elif plain and (in_plan, key) in self._keys:
            self._keys[in_plan, Key(key)]()
        else:
            super().keyPressEvent(event)

    @property
    def _keys(self) -> dict[tuple[bool, Key], Callable[[], object]]:
        items = self.plan_pane.items
        return {
            (True, Key.Key_F2): items.edit,
            (True, Key.Key_N): items.add,
            (False, Key.Key_L): self.list_pane.note_left,
            (False, Key.Key_Slash): self.start_find,
        }
