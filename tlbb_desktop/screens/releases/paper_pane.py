"""The papers of releases, seen as they will be printed: plan, checklist, the plan that is carried, the gate's list."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QStandardPaths, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.case_papers import PRINT_REASON_NAMES, CasePaper, PrintReason
from tlbb_desktop.domain.class_papers import BOTH
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import Np_
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.stylesheet import GAP_LARGE, GAP_SMALL
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.qt.theme import set_role
from tlbb_desktop.screens.releases.words import within_words
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.widgets.paper_acts import Paper, PaperActs
from tlbb_desktop.widgets.paper_preview import PaperPreview
from tlbb_desktop.wiring import Desk

LANGUAGES: Final = {catalog.KHMER: "ខ្មែរ", catalog.SOURCE_LANGUAGE: "English", BOTH: "ខ្មែរ + English"}
PAPER_NAMES: Final = {
    CasePaper.RELEASE: Np_("paper of a release", "Release plan"),
    CasePaper.CHECKLIST: Np_("paper of a release", "Checklist on one page"),
    CasePaper.MY_PLAN: Np_("paper of a release", "My plan, to carry along"),
}


#: How many days ahead the list for the gate looks.
GATE_DAYS: Final = (7, 14, 30)


class PaperPane(QWidget):
    """A preview with what is printed, in which language and why; the reason that was given last is proposed.

    Args:
        desk: the services; making a paper is audited with its reason.
        tasks: make, draw, print and write in the background.
        page: says what happened.

    Signals:
        left: back to the plan, or to the list.
    """

    left = Signal()

    def __init__(self, desk: Desk, tasks: TaskRunner, page: Page) -> None:
        super().__init__(page)
        self._desk = desk
        self._case_id, self._code = 0, ""
        self._back, self._title = QPushButton(self), QLabel(self)
        self.paper_box, self.language_box, self.reason_box = (QComboBox(self) for _number in range(3))
        self.days_box = QComboBox(self)
        for box in (self.paper_box, self.language_box, self.reason_box, self.days_box):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.shows_gate_list = False
        set_role(self._title, "heading")
        set_icon(self._back, "arrow-left")
        for code, name in LANGUAGES.items():
            self.language_box.addItem(name, code)
        self.preview = PaperPreview(self)
        self._acts = PaperActs(self.preview, tasks, _documents)
        self._acts.said.connect(page.said)
        self._acts.troubled.connect(page.troubled)
        self._back.clicked.connect(self.left)
        for box in (self.days_box, self.paper_box, self.language_box, self.reason_box):
            box.activated.connect(self._show)
        self._lay_out()
        self._word()

    def show_case(self, case_id: int, code: str, name: str, paper: CasePaper = CasePaper.RELEASE) -> None:
        """Show a paper of a case as it would be printed now, the release plan unless another is wanted."""
        self._case_id, self._code = case_id, code
        self._title.setText(name)
        self.paper_box.setCurrentIndex(list(PAPER_NAMES).index(paper))
        self.reason_box.setCurrentIndex(list(PrintReason).index(self._desk.case_papers.last_reason()))
        self._begin(gate=False)

    def show_gate_list(self) -> None:
        """Show who leaves within a week, for the gate."""
        self._title.setText(_("List for the gate"))
        self.days_box.setCurrentIndex(0)
        self._begin(gate=True)

    def _begin(self, *, gate: bool) -> None:
        self.shows_gate_list = gate
        self.days_box.setVisible(gate)
        for box in (self.paper_box, self.reason_box):
            box.setVisible(not gate)
        self.language_box.setCurrentIndex(max(0, self.language_box.findData(catalog.language())))
        self._show()
        self.preview.setFocus()

    def print_it(self) -> None:
        """Ask for a printer."""
        self._acts.print_it()

    def _paper(self) -> Paper:
        papers, case_id = self._desk.case_papers, self._case_id
        kind = list(PAPER_NAMES)[self.paper_box.currentIndex()]
        language = str(self.language_box.currentData())
        reason = list(PrintReason)[self.reason_box.currentIndex()]
        # A person's code begins with that of the prison, which the paper that is carried never shows.
        name = kind.value if kind is CasePaper.MY_PLAN else f"{kind.value}-{self._code}"
        return Paper(
            name,
            lambda: papers.paper(case_id, kind, language, reason).pdf,
            lambda _pages, _copies: None,
            lambda path: papers.save(case_id, kind, language, reason, path),
        )

    def _gate_list(self) -> Paper:
        lists, language = self._desk.release_lists, str(self.language_box.currentData())
        within = GATE_DAYS[self.days_box.currentIndex()]
        return Paper(
            f"gate-list-{self._desk.office.clock.today().isoformat()}",
            lambda: lists.gate_paper(language, within).pdf,
            lambda _pages, _copies: None,
            lambda path: lists.save_gate_paper(language, path, within),
        )

    def _show(self) -> None:
        if self.shows_gate_list:
            self._acts.show(self._gate_list())
        elif self._case_id:
            self._acts.show(self._paper())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP_SMALL)
        head.addWidget(self._back)
        head.addWidget(self._title, 1)
        for box in (self.days_box, self.paper_box, self.language_box, self.reason_box):
            head.addWidget(box)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_LARGE, 4, GAP_LARGE, GAP_SMALL)
        column.setSpacing(GAP_SMALL)
        column.addLayout(head)
        column.addWidget(self.preview, 1)

    def _word(self) -> None:
        self._back.setText(_("Back"))
        self.language_box.setAccessibleName(_("Language of the paper"))
        self.paper_box.setAccessibleName(_("Which paper"))
        self.reason_box.setAccessibleName(_("Why it is printed"))
        self.days_box.setAccessibleName(_("How far ahead"))
        ahead = max(0, self.days_box.currentIndex())
        self.days_box.clear()
        self.days_box.addItems([within_words(days) for days in GATE_DAYS])
        self.days_box.setCurrentIndex(ahead)
        for box, names in ((self.paper_box, PAPER_NAMES), (self.reason_box, PRINT_REASON_NAMES)):
            here = max(0, box.currentIndex())
            box.clear()
            box.addItems([_(name) for name in names.values()])
            box.setCurrentIndex(here)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)


def _documents() -> Path:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) if Path(documents).is_dir() else Path.home()
