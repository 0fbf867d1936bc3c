"""One case: who it is above, its parts at the left, the chosen part at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QListWidgetItem, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.cases import CaseFile
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.forms.ui_case import Ui_CaseForm
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.icons import apply_icons, icon
from tlbb_desktop.qt.stylesheet import GAP, GAP_SMALL
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.qt.theme import current_scale
from tlbb_desktop.screens.cases.presenter import CasesPresenter
from tlbb_desktop.screens.cases.section import CaseSection
from tlbb_desktop.screens.cases.words import case_words, consent_words, worker_words
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.widgets.scrolling import scrolling
from tlbb_desktop.wiring import Desk

LIST_PIXELS = 200
LIST_EDGES = 4
COLUMN_PIXELS = 900


@dataclass(frozen=True, slots=True)
class Entry:
    """A part of a case.

    Args:
        name: in code; other pages use it.
        label: marked word.
        icon: Lucide name.
        needed: the act that the reader must be allowed.
        make: builds it when it is first opened.
    """

    name: str
    label: str
    icon: str
    needed: Action
    make: Callable[[Desk, TaskRunner], CaseSection]


class CasePane(QWidget):
    """Shows one case at a time.

    Args:
        desk: the services.
        tasks: the queue of background work.
        presenter: the page's.
        entries: every part; those that the reader may not open are left out.

    Signals:
        left: back to the list.
        said, troubled, go_to: as of a page.
        case_changed: the case must be read again.
    """

    left = Signal()
    said = Signal(str)
    troubled = Signal(object)
    go_to = Signal(str, object)
    case_changed = Signal()

    def __init__(
        self,
        desk: Desk,
        tasks: TaskRunner,
        presenter: CasesPresenter,
        entries: Sequence[Entry],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._presenter = desk, tasks, presenter
        self._entries = [entry for entry in entries if desk.office.may(entry.needed)]
        self._sections: dict[str, CaseSection] = {}
        self._areas: dict[str, QScrollArea] = {}
        self._case: CaseFile | None = None
        self._current = 0
        self.form = Ui_CaseForm()
        self.form.setupUi(self)
        box = self.form.sectionList
        box.ensurePolished()
        for entry in self._entries:
            QListWidgetItem(icon(entry.icon, "muted"), "", box)
        box.setCurrentRow(0)
        box.currentRowChanged.connect(self._section_chosen)
        box.installEventFilter(self)
        self.form.backButton.clicked.connect(self.left)
        self._word()
        apply_icons(self)

    def show_case(self, case: CaseFile, section: str = "", record: int | None = None) -> None:
        """Show a case; *section* names the part to go to, *record* an entry there."""
        self._case = case
        self._say_head()
        wanted = next((number for number, entry in enumerate(self._entries) if entry.name == section), self._current)
        self.form.sectionList.blockSignals(True)
        self.form.sectionList.setCurrentRow(wanted)
        self.form.sectionList.blockSignals(False)
        self._current = wanted
        self._show_section()
        if record is not None:
            self.section.show_record(record)

    @property
    def section(self) -> CaseSection:
        """The part that is shown."""
        name = self._entries[self._current].name
        return self._sections.get(name) or self._make(self._entries[self._current])

    @property
    def section_names(self) -> list[str]:
        """The names of all parts that the reader may open, from top to bottom."""
        return [entry.name for entry in self._entries]

    @property
    def section_name(self) -> str:
        """Its name."""
        return self._entries[self._current].name

    def next_section(self, step: int) -> None:
        """Go to the part before or after."""
        self.form.sectionList.setCurrentRow(max(0, min(self._current + step, len(self._entries) - 1)))

    def draft(self) -> dict[str, object] | None:
        """What is half typed in the part that is shown."""
        typed = self.section.draft() if self._case is not None else None
        if typed is None or self._case is None:
            return None
        return {"case": self._case.id, "section": self.section_name, "typed": typed}

    def take_draft(self, draft: Mapping[str, Any]) -> None:
        """Put back what is half typed; the case is shown already."""
        self.section.take_draft(draft["typed"])

    def _section_chosen(self, number: int) -> None:
        if number == self._current:
            return
        if not self.section.may_be_left():
            self.form.sectionList.blockSignals(True)
            self.form.sectionList.setCurrentRow(self._current)
            self.form.sectionList.blockSignals(False)
            return
        self._current = number
        self._show_section()

    def _show_section(self) -> None:
        entry, section = self._entries[self._current], self.section
        self.form.stack.setCurrentWidget(self._areas[entry.name])
        if self._case is None:
            return
        try:
            with self._presenter.view_of_case():
                section.show_case(self._case)
        except TlbbError as error:
            self.troubled.emit(error)

    def _make(self, entry: Entry) -> CaseSection:
        section = entry.make(self._desk, self._tasks)
        section.said.connect(self.said)
        section.troubled.connect(self.troubled)
        section.go_to.connect(self.go_to)
        section.case_changed.connect(self.case_changed)
        section.setMaximumWidth(round(COLUMN_PIXELS * current_scale()))
        area, column = self._home()
        column.addWidget(section)
        section.show()  # at once, where the place is on the screen already
        self._sections[entry.name], self._areas[entry.name] = section, area
        return section

    def _home(self) -> tuple[QScrollArea, QVBoxLayout]:
        """A place that scrolls. It stands before it is filled: what is moved later is gone through once more, whole."""
        middle = QWidget(self)
        area = scrolling(middle)
        self.form.stack.addWidget(area)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, GAP_SMALL, GAP)
        return area, column

    def _say_head(self) -> None:
        case = self._case
        if case is None:
            return
        self.form.nameLabel.setText(case.names.shown or case.code)
        self.form.factsLabel.setText(f"{case_words(case)} · {worker_words(case)}")
        standing = self._presenter.consents(case)
        warning = consent_words(standing, case) if standing is not None else ""
        self.form.warningLabel.setText(warning)
        self.form.warningLabel.setVisible(bool(warning))

    def _word(self) -> None:
        for number, entry in enumerate(self._entries):
            self.form.sectionList.item(number).setText(_(entry.label))
        box = self.form.sectionList
        box.setFixedWidth(max(round(LIST_PIXELS * current_scale()), box.sizeHintForColumn(0) + LIST_EDGES))
        self._say_head()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Digits belong to the part that is shown; the list by itself would search for them."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.text().isdigit():
            QApplication.sendEvent(self.section, event)
            return True
        return super().eventFilter(watched, event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.form.retranslateUi(self)
            self._word()
        elif event.type() == QEvent.Type.StyleChange:
            for number, entry in enumerate(self._entries):
                self.form.sectionList.item(number).setIcon(icon(entry.icon, "muted"))
        super().changeEvent(event)


#: The list takes the arrow keys; these go from part to part wherever the cursor is.
SECTION_KEYS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
