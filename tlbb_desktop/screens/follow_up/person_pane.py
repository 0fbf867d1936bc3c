"""One person after release: who it is above, the parts at the left, the chosen part at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QListWidgetItem, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.due_contacts import FollowedPerson
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.forms.ui_followed import Ui_FollowedForm
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.icons import apply_icons, icon
from tlbb_desktop.qt.stylesheet import GAP, GAP_SMALL
from tlbb_desktop.qt.theme import current_scale
from tlbb_desktop.screens.follow_up.part import FollowUpPart
from tlbb_desktop.screens.follow_up.presenter import FollowUpPresenter
from tlbb_desktop.screens.follow_up.words import facts_words, person_words
from tlbb_desktop.widgets.scrolling import scrolling

LIST_PIXELS, LIST_EDGES, COLUMN_PIXELS = 170, 4, 940
#: The list takes the arrow keys; these go from part to part wherever the cursor is.
PART_KEYS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the follow-up: its name in code, marked label, icon, and what builds it."""

    name: str
    label: str
    icon: str
    make: Callable[[FollowUpPresenter], FollowUpPart]


class PersonPane(QWidget):
    """Shows one person at a time.

    Args:
        presenter: the page's.
        parts: from top to bottom.

    Signals:
        left: back to the list.
        said, troubled: as of a page.
        changed: the list is to be read again.
    """

    left = Signal()
    said = Signal(str)
    troubled = Signal(object)
    changed = Signal()

    def __init__(self, presenter: FollowUpPresenter, parts: Sequence[Part], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._current = 0
        self._person: FollowedPerson | None = None
        self.form = Ui_FollowedForm()
        self.form.setupUi(self)
        self.form.warningLabel.hide()
        self.form.sectionList.ensurePolished()
        self.shown_parts: dict[str, FollowUpPart] = {}
        self._areas: dict[str, QScrollArea] = {}
        for part in parts:
            QListWidgetItem(icon(part.icon, "muted"), "", self.form.sectionList)
            self._add(part.name, part.make(presenter))
        self.form.sectionList.setCurrentRow(0)
        self.form.sectionList.currentRowChanged.connect(self._chosen)
        self.form.backButton.clicked.connect(self.left)
        self._word()
        apply_icons(self)

    def _add(self, name: str, shown: FollowUpPart) -> None:
        shown.said.connect(self.said)
        shown.troubled.connect(self.troubled)
        shown.changed.connect(self.changed)
        shown.setMaximumWidth(round(COLUMN_PIXELS * current_scale()))
        middle = QWidget(self)
        self.shown_parts[name], self._areas[name] = shown, scrolling(middle)
        self.form.stack.addWidget(self._areas[name])
        column = QVBoxLayout(middle)  # filled where it stands: what is moved is gone through once more, whole
        column.setContentsMargins(0, 0, GAP_SMALL, GAP)
        column.addWidget(shown)

    @property
    def part(self) -> FollowUpPart:
        """The part that is shown."""
        return self.shown_parts[self.part_name]

    @property
    def part_name(self) -> str:
        """Its name."""
        return self._parts[self._current].name

    def show_person(self, person: FollowedPerson, part: str = "", record: int = 0) -> None:
        """Show a person; *part* names the part to go to, *record* an entry there."""
        self._person = person
        self.form.nameLabel.setText(person_words(person))
        self.form.factsLabel.setText(facts_words(person))
        names = [each.name for each in self._parts]
        self._go(names.index(part) if part in names else self._current)
        if record:
            self.part.show_record(record)

    def next_part(self, step: int) -> None:
        """Go to the part before or after."""
        self.form.sectionList.setCurrentRow(max(0, min(self._current + step, len(self._parts) - 1)))

    def draft(self) -> dict[str, object] | None:
        """What is half typed in the part that is shown."""
        typed = self.part.draft() if self._person is not None else None
        if typed is None or self._person is None:
            return None
        return {"release": self._person.release_id, "part": self.part_name, "typed": typed}

    def take_draft(self, draft: Mapping[str, Any]) -> None:
        """Put back what is half typed; the person is shown already."""
        self.part.take_draft(draft["typed"])

    def _chosen(self, number: int) -> None:
        if number != self._current:
            self._go(number if self.part.may_be_left() else self._current)

    def _go(self, number: int) -> None:
        self._current = number
        box = self.form.sectionList
        box.blockSignals(True)
        box.setCurrentRow(number)
        box.blockSignals(False)
        self.form.stack.setCurrentWidget(self._areas[self.part_name])
        if self._person is None:
            return
        try:
            self.part.show_person(self._person)
        except TlbbError as error:
            self.troubled.emit(error)

    def _word(self) -> None:
        box = self.form.sectionList
        for number, part in enumerate(self._parts):
            box.item(number).setText(_(part.label))
        box.setFixedWidth(max(round(LIST_PIXELS * current_scale()), box.sizeHintForColumn(0) + LIST_EDGES))
        if self._person is not None:
            self.form.factsLabel.setText(facts_words(self._person))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.form.retranslateUi(self)
            self._word()
        elif event.type() == QEvent.Type.StyleChange:
            for number, part in enumerate(self._parts):
                self.form.sectionList.item(number).setIcon(icon(part.icon, "muted"))
        super().changeEvent(event)
