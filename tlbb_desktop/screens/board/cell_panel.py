"""The panels about one cell: everything that was entered in it, and prior learning."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget
from typing_extensions import override

from tlbb_desktop.domain.assessment import KIND_NAMES, OUTCOME_NAMES, AttemptStory, EntryKind, Outcome
from tlbb_desktop.domain.curricula import Basis, Unit
from tlbb_desktop.forms.ui_cell_panel import Ui_CellPanelForm
from tlbb_desktop.forms.ui_prior_panel import Ui_PriorPanelForm
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import day_text, digits, moment_text
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.qt.icons import IconRole
from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.screens.board.columns import hours_of, unit_words
from tlbb_desktop.widgets.page import ENTER

LINES_IN_SIGHT = 4
_TAKEN_BACK = Np_("entry about a unit", "taken back")


def entry_words(story: AttemptStory, basis: Basis) -> str:
    """What an entry came to."""
    entry = story.entry
    if entry.kind is EntryKind.TAKEN_BACK:
        return _(KIND_NAMES[EntryKind.TAKEN_BACK])
    words = _(OUTCOME_NAMES[basis][entry.outcome]) if entry.outcome else ""
    if entry.kind is not EntryKind.ATTEMPT:
        words = " · ".join(filter(None, (words, _(KIND_NAMES[entry.kind]))))
    return words if story.stands else f"{words} · {_(_TAKEN_BACK)}"


def entry_details(story: AttemptStory) -> str:
    """What was not shown, what the learner was told, who assessed, who entered it and when."""
    lines = []
    if story.not_shown:
        lines.append(_("Not shown: {numbers}").format(numbers=digits(", ".join(map(str, story.not_shown)))))
    lines += [text for text in (story.feedback, story.reason) if text]
    lines.append(_("Assessed by {name}, class {code}").format(name=story.assessor, code=story.class_code))
    lines.append(_("Entered by {name}, {moment}").format(name=story.by, moment=moment_text(story.at)))
    return "\n".join(lines)


class CellPanel(QFrame):
    """Shows a cell in full and lets a wrong entry be taken back.

    Signals:
        taken_back: (row of the entry, reason).
        prior_wanted: prior learning is to be entered.
        checked: what the reader found as second assessor.
        photo_wanted: the photo of an entry is to be shown.
        photo_chosen: (row of the entry, JPEG or None).
        troubled: a TlbbError about a picture.
        closed: back to the grid.
    """

    checked = Signal(object)
    photo_wanted = Signal(int)
    photo_chosen = Signal(int, object)
    troubled = Signal(object)
    taken_back = Signal(int, str)
    prior_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = Ui_CellPanelForm()
        self._form.setupUi(self)
        self._stories: dict[int, AttemptStory] = {}
        self._unit: Unit | None = None
        self._basis, self._minutes, self._who, self._may = Basis.COMPETENCE, 0, "", False
        self._may_check, self._second, self._photos = False, "", False
        form = self._form
        form.photoFrame.set_outline("camera")
        form.photoFrame.changed.connect(self._photo_changed)
        form.photoFrame.troubled.connect(self.troubled)
        columns: tuple[Column[AttemptStory], ...] = (
            Column("day", N_("Day"), lambda story: day_text(story.entry.day)),
            Column("outcome", Np_("of an attempt", "Result"), lambda story: entry_words(story, self._basis)),
        )
        form.table.set_columns(columns, 1, self._sign)
        form.table.keep_lines_in_sight(LINES_IN_SIGHT)
        form.table.moved.connect(self._show_entry)
        form.takeBackButton.clicked.connect(self._take_back)
        form.reasonEdit.returnPressed.connect(self._take_back)
        form.priorButton.clicked.connect(self.prior_wanted)
        form.agreeButton.clicked.connect(lambda: self.checked.emit(Outcome.COMPETENT))
        form.differButton.clicked.connect(lambda: self.checked.emit(Outcome.NOT_YET))
        form.closeButton.clicked.connect(self.closed)

    def ask(
        self,
        who: str,
        unit: Unit,
        minutes: int,
        stories: tuple[AttemptStory, ...],
        basis: Basis,
        *,
        may_assess: bool,
        may_check: bool = False,
        second: str = "",
        photos: bool = False,
    ) -> None:
        """Show a cell.

        Args:
            who: the learner.
            unit: the column.
            minutes: attended in it.
            stories: every entry, oldest first.
            basis: what the unit is judged by.
            may_assess: whether the reader may take entries back.
            may_check: whether the reader may say what a second assessor found.
            second: what there is to say about a second assessor.
            photos: whether photos of practical work are kept.
        """
        self._may_check, self._second, self._photos = may_check, second, photos
        self._who, self._unit, self._minutes, self._basis, self._may = who, unit, minutes, basis, may_assess
        self._stories = {story.entry.id: story for story in reversed(stories)}
        self._form.reasonEdit.clear()
        self._form.table.show_lines(self._stories)
        self._show()
        (self._form.table if self._stories else self._form.closeButton).setFocus()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
            self._show()
        super().changeEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not isinstance(self.focusWidget(), QPushButton):
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        unit, form = self._unit, self._form
        if unit is None:
            return
        form.whoLabel.setText(self._who)
        form.unitLabel.setText(unit_words(unit))
        form.hoursLabel.setText(hours_of(self._minutes // 60, unit.hours))
        form.hoursBar.setMaximum(unit.minutes)
        form.hoursBar.setValue(min(self._minutes, unit.minutes))
        form.priorButton.setVisible(self._may)
        form.secondLabel.setText(self._second)
        form.secondLabel.setVisible(bool(self._second))
        form.secondArea.setVisible(self._may_check)
        form.agreeButton.setText(_(OUTCOME_NAMES[self._basis][Outcome.COMPETENT]))
        form.differButton.setText(_(OUTCOME_NAMES[self._basis][Outcome.NOT_YET]))
        form.table.setVisible(bool(self._stories))
        self._show_entry()

    def _show_entry(self) -> None:
        story, form = self._stories.get(self._form.table.current_id() or 0), self._form
        can_go = story is not None and story.stands and self._may
        form.photoFrame.hide()
        if self._photos and story is not None and story.entry.kind is EntryKind.ATTEMPT:
            self.photo_wanted.emit(story.entry.id)
        form.reasonEdit.setVisible(can_go)
        form.takeBackButton.setVisible(can_go)
        if story is not None and self._unit is not None:
            form.entryLabel.setText(entry_details(story))
        else:
            form.entryLabel.setText(_("Nothing was entered yet."))

    def show_photo(self, jpeg: bytes | None, *, may_change: bool) -> None:
        """Show the photo of the entry with the cursor, or that there is none."""
        frame = self._form.photoFrame
        frame.show_jpeg(jpeg)
        frame.set_editable(may_change)
        frame.setVisible(jpeg is not None or may_change)

    def _photo_changed(self) -> None:
        entry_id = self._form.table.current_id()
        if entry_id is not None:
            self.photo_chosen.emit(entry_id, self._form.photoFrame.jpeg)

    def _take_back(self) -> None:
        entry_id = self._form.table.current_id()
        if entry_id is not None:
            self.taken_back.emit(entry_id, self._form.reasonEdit.text())

    @staticmethod
    def _sign(story: AttemptStory) -> tuple[str, IconRole]:
        if story.entry.kind is EntryKind.TAKEN_BACK or not story.stands:
            return "undo-2", "muted"
        if story.entry.outcome is None:
            return "clock", "muted"
        return ("circle-check", "success") if story.entry.outcome == "competent" else ("hourglass", "warning")


class PriorPanel(QFrame):
    """Asks what prior learning rests on and which hours it counts.

    Signals:
        kept: (reason, hours).
        closed: nothing is to be recorded.
    """

    kept = Signal(str, int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = Ui_PriorPanelForm()
        self._form.setupUi(self)
        form = self._form
        form.keepButton.clicked.connect(self._keep)
        form.reasonEdit.returnPressed.connect(self._keep)
        form.closeButton.clicked.connect(self.closed)

    def ask(self, who: str, unit: Unit) -> None:
        """Ask about a learner and a unit."""
        form = self._form
        form.whoLabel.setText(who)
        form.unitLabel.setText(unit_words(unit))
        form.reasonEdit.clear()
        form.hoursEdit.setRange(0, unit.hours)
        form.hoursEdit.setValue(0)
        form.reasonEdit.setFocus()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
        super().changeEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not isinstance(self.focusWidget(), QPushButton):
            self._keep()
        else:
            super().keyPressEvent(event)

    def _keep(self) -> None:
        self.kept.emit(self._form.reasonEdit.text(), self._form.hoursEdit.value())
