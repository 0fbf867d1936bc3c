"""Compares a prison's admission list: pairs side by side, each decided by a person, then the check is finished."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.admission_matching import LIKENESS_NAMES
from tlbb_desktop.domain.reoffences import PairDecision
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _, _n
from tlbb_desktop.i18n.days import day_text, digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.qt.icons import IconRole, set_icon
from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.qt.shortcuts import physical_key
from tlbb_desktop.qt.stylesheet import GAP_LARGE, GAP_SMALL
from tlbb_desktop.qt.theme import set_role
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.screens.follow_up.day_room import fit_day
from tlbb_desktop.screens.follow_up.words import BETWEEN
from tlbb_desktop.services.admission_checks import CheckOutcome, ListSpan, PairToDecide, UnfinishedCheck
from tlbb_desktop.widgets.flow_layout import FlowLayout
from tlbb_desktop.widgets.khmer_date_edit import KhmerDateEdit
from tlbb_desktop.widgets.line_table import LineTable
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.widgets.word_choices import NOTHING
from tlbb_desktop.wiring import Desk

#: The table takes the room that there is; without it the rest stays at the top.
ALL_ROOM: Final = 1000
DECISION_NAMES: Final = {
    PairDecision.SAME: Np_("pair", "The same person"),
    PairDecision.OTHER: Np_("pair", "Somebody else"),
}
_DECIDED_SIGNS: Final[dict[PairDecision, tuple[str, IconRole]]] = {
    PairDecision.SAME: ("check", "danger"),
    PairDecision.OTHER: ("x", "muted"),
}


def listed_words(pair: PairToDecide) -> str:
    """The names as the list has them."""
    line = pair.line
    return BETWEEN.join(name for name in (line.name_km, line.name_latin) if name) or NOTHING


def known_words(pair: PairToDecide) -> str:
    """The names on record in both scripts."""
    names = pair.names
    return BETWEEN.join(name for name in (names.khmer, names.latin) if name) or pair.code


def decision_words(pair: PairToDecide) -> str:
    """What a person decided."""
    return NOTHING if pair.decision is None else _(DECISION_NAMES[pair.decision])


PAIR_COLUMNS: Final[tuple[Column[PairToDecide], ...]] = (
    Column("listed", Np_("admission list", "On the list"), listed_words),
    Column("birth", N_("Born"), lambda pair: pair.line.birth or NOTHING),
    Column(
        "admitted",
        Np_("admission list", "Admitted on"),
        lambda pair: NOTHING if pair.line.admitted_on is None else day_text(pair.line.admitted_on),
    ),
    Column("known", Np_("admission list", "On record"), known_words),
    Column("code", Np_("of a person", "Code"), lambda pair: pair.code),
    Column("likeness", Np_("admission list", "Alike in"), lambda pair: _(LIKENESS_NAMES[pair.likeness])),
    Column("decision", Np_("admission list", "Decision"), decision_words),
)


def pair_sign(pair: PairToDecide) -> tuple[str, IconRole]:
    """A sign of what was decided, or that it waits."""
    return ("circle-question-mark", "warning") if pair.decision is None else _DECIDED_SIGNS[pair.decision]


class CheckPane(QWidget):
    """Shows one check at a time.

    Args:
        desk: the services.
        page: says what happened.

    Signals:
        left: back to the list.
    """

    left = Signal()

    def __init__(self, desk: Desk, page: Page) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._check_id: int | None = None
        self._pairs: dict[int, PairToDecide] = {}
        self._outcome: CheckOutcome | None = None
        self._back, self._title, self.about_label = QPushButton(self), QLabel(self), WrappingLabel(self)
        self.prison_box = QComboBox(self)
        self.first_edit = KhmerDateEdit(self, empty=N_("First day of the list"))
        self.last_edit = KhmerDateEdit(self, empty=N_("Last day of the list"))
        self.file_button, self.same_button, self.other_button, self.finish_button = (
            QPushButton(self) for _number in range(4)
        )
        self.table = LineTable(self)
        self.table.set_columns(PAIR_COLUMNS, 0, pair_sign)
        self.table.moved.connect(self._say)
        self._lay_out()
        self._back.clicked.connect(self.left)
        self.file_button.clicked.connect(self._choose_file)
        self.same_button.clicked.connect(lambda: self.decide(PairDecision.SAME))
        self.other_button.clicked.connect(lambda: self.decide(PairDecision.OTHER))
        self.finish_button.clicked.connect(self.finish)
        self._word()

    def _lay_out(self) -> None:
        set_role(self._title, "heading")
        set_role(self.finish_button, "primary")
        set_icon(self._back, "arrow-left")
        set_icon(self.file_button, "file-spreadsheet", "text")
        head, choices, foot = QHBoxLayout(), FlowLayout(spacing=GAP_SMALL), QHBoxLayout()
        head.setSpacing(GAP_SMALL)
        head.addWidget(self._back)
        head.addWidget(self._title, 1)
        for widget in (self.prison_box, self.first_edit, self.last_edit, self.file_button):
            choices.addWidget(widget)
        foot.addStretch(1)
        for button in (self.same_button, self.other_button, self.finish_button):
            button.setAutoDefault(False)
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_LARGE, 4, GAP_LARGE, GAP_SMALL)
        column.setSpacing(GAP_SMALL)
        column.addLayout(head)
        column.addLayout(choices)
        column.addWidget(self.about_label)
        column.addWidget(self.table, ALL_ROOM)
        column.addStretch(1)
        column.addLayout(foot)

    def start(self) -> None:
        """Go on with the check that nobody finished, or ask for a list."""
        self._outcome = None
        waiting = self._page.attempt(self._desk.admission_checks.unfinished) or ()
        if self._check_id is None and waiting:
            self._take_up(waiting[0])
        self.read_again()
        (self.table if self._pairs else self.prison_box).setFocus()

    def import_file(self, path: Path) -> None:
        """Read a list and keep the check with its likely pairs."""
        checks = self._desk.admission_checks

        def begun() -> int:
            span = self._span()
            return checks.open(checks.read(path, span), span, path.name)

        found = self._page.attempt(begun)
        if found is not None:
            self._check_id, self._outcome = found, None
            self.read_again()
            self.table.setFocus()

    def decide(self, decision: PairDecision) -> None:
        """Say whether the pair that has the cursor is one person, and go to the next one."""
        pair = self._pairs.get(self.table.current_id() or 0)
        if pair is None or pair.decision is not None:
            return
        checks = self._desk.admission_checks
        if self._page.done(lambda: checks.decide(pair.id, decision, pair.version)):
            self.read_again()
            following = next((row for row, each in self._pairs.items() if each.decision is None), pair.id)
            self.table.go(following)
            if decision is PairDecision.SAME:
                self._page.said.emit(_("An event of level 5 is open."))

    def finish(self) -> None:
        """Close the check once every pair is decided."""
        check_id = self._check_id
        if check_id is None:
            return
        outcome = self._page.attempt(lambda: self._desk.admission_checks.finish(check_id))
        if outcome is not None:
            self._outcome, self._check_id, self._pairs = outcome, None, {}
            self._show()

    def read_again(self) -> None:
        """Show the pairs as they stand now."""
        check_id = self._check_id
        if check_id is not None:
            found = self._page.attempt(lambda: self._desk.admission_checks.pairs(check_id))
            self._pairs = {pair.id: pair for pair in found or ()}
        self._show()

    def _take_up(self, check: UnfinishedCheck) -> None:
        self._check_id = check.id
        self.prison_box.setCurrentIndex(max(0, self.prison_box.findData(check.span.prison_id)))
        self.first_edit.set_day(check.span.first)
        self.last_edit.set_day(check.span.last)

    def _span(self) -> ListSpan:
        today = self._desk.office.clock.today()
        first, last = self.first_edit.day(), self.last_edit.day()
        return ListSpan(int(self.prison_box.currentData()), first or today.replace(month=1, day=1), last or today)

    def _choose_file(self) -> None:
        kinds = _("Spreadsheets") + " (*.xlsx *.xls *.ods)"
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose the admission list"), "", kinds)
        if name:
            self.import_file(Path(name))

    def _show(self) -> None:
        self.table.show_lines(self._pairs)
        self._say()

    def _say(self) -> None:
        waiting = sum(pair.decision is None for pair in self._pairs.values())
        here = self._pairs.get(self.table.current_id() or 0)
        open_check = self._check_id is not None
        for button in (self.same_button, self.other_button):
            button.setEnabled(here is not None and here.decision is None)
        self.finish_button.setEnabled(open_check and not waiting)
        for widget in (self.prison_box, self.first_edit, self.last_edit, self.file_button):
            widget.setEnabled(not open_check)
        for shown in (self.table, self.same_button, self.other_button, self.finish_button):
            shown.setVisible(open_check)
        self.about_label.setText(self._about(waiting, open_check=open_check))

    def _about(self, waiting: int, *, open_check: bool) -> str:
        if self._outcome is not None:
            return outcome_words(self._outcome)
        if not open_check:
            return _("Choose the prison, the days that its list covers, and the file. Nobody is matched without you.")
        if waiting:
            pairs = _n("{n} pair is to be decided.", "{n} pairs are to be decided.", waiting).format(n=digits(waiting))
            return " ".join((pairs, _("S: the same person. O: somebody else.")))
        return _("Every pair is decided. Finish the check.")

    def _word(self) -> None:
        self._back.setText(_("Back"))
        self._title.setText(_("Admission list"))
        self.file_button.setText(_("Choose the list"))
        self.same_button.setText(_("The same person"))
        self.same_button.setToolTip(_("An event of level 5 opens (S)"))
        self.other_button.setText(_("Somebody else"))
        self.other_button.setToolTip(_("This pair counts no more (O)"))
        self.finish_button.setText(_("Finish the check"))
        self.prison_box.setAccessibleName(_("Prison"))
        self.first_edit.setAccessibleName(_("First day of the list"))
        self.last_edit.setAccessibleName(_("Last day of the list"))
        self.table.setAccessibleName(_("Pairs to decide"))
        for edit in (self.first_edit, self.last_edit):
            fit_day(edit)
        self._offer_prisons()
        self._say()

    def _offer_prisons(self) -> None:
        own, here = self._desk.prisons.own(), self.prison_box.currentData()
        chosen = here or (own.id if own is not None else None)
        self.prison_box.clear()
        for prison in self._desk.prisons.prisons():
            name = prison.name_km if catalog.language() == catalog.KHMER else prison.name_en
            self.prison_box.addItem(name, prison.id)
        self.prison_box.setCurrentIndex(max(0, self.prison_box.findData(chosen)))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {Qt.Key.Key_S: PairDecision.SAME, Qt.Key.Key_O: PairDecision.OTHER}
        key = physical_key(event)
        if not event.modifiers() and key in keys and self.table.hasFocus():
            self.decide(keys[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)


def outcome_words(outcome: CheckOutcome) -> str:
    """What a finished check says."""
    returned, free, others = len(outcome.returned), len(outcome.known_free), len(outcome.not_covered)
    said = _n("{n} person came back.", "{n} people came back.", returned).format(n=digits(returned))
    known = _n(
        "{n} person is known to be free of level 5 at this prison.",
        "{n} people are known to be free of level 5 at this prison.",
        free,
    ).format(n=digits(free))
    parts = [said, known]
    if others:
        parts.append(
            _n(
                "Of {n} person the list says nothing: it begins too late.",
                "Of {n} people the list says nothing: it begins too late.",
                others,
            ).format(n=digits(others))
        )
    return " ".join(parts)
