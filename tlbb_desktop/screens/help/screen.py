"""The help page: chapters on the left, one chapter on the right, a field that finds."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QStandardPaths, Qt, QUrl
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.khmer.search import search_key
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.reader import Reader
from tlbb_desktop.qt.stylesheet import GAP, GAP_LARGE, GAP_SMALL
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.qt.theme import current_scale
from tlbb_desktop.qt.window_facts import window_facts
from tlbb_desktop.screens.help.about import about_chapter
from tlbb_desktop.screens.help.chapters import CHAPTERS, Chapter, all_chapters
from tlbb_desktop.services.whole_file import write_whole
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.widgets.paper_acts import Paper, PaperActs
from tlbb_desktop.widgets.paper_preview import PaperPreview
from tlbb_desktop.wiring import Desk

LIST_PIXELS = 290
NameRole = Qt.ItemDataRole.UserRole


class HelpScreen(Page):
    """Opened by F1 with (chapter, the place where the reader was); Esc goes back there."""

    def __init__(self, desk: Desk, tasks: TaskRunner, changes: ChangeSignal, parent: QWidget | None = None) -> None:  # noqa: ARG002
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._came_from = ""
        self._chapters: dict[str, Chapter] = {}
        self.field, self.chapters, self.text = QLineEdit(self), QListWidget(self), Reader(self)
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._filter)
        self.chapters.setProperty("role", "sections")
        self.chapters.ensurePolished()  # rows are measured with their padding from the beginning
        self.chapters.currentItemChanged.connect(self._show_current)
        self.diagnose_button = QPushButton(self)
        self.diagnose_button.setAutoDefault(False)
        set_icon(self.diagnose_button, "save")
        self.diagnose_button.clicked.connect(self._choose_place)
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        left = QVBoxLayout()
        left.setSpacing(GAP_SMALL)
        left.addWidget(self.field)
        left.addWidget(self.chapters, 1)
        left.addWidget(self.diagnose_button)
        side = QWidget(self)
        side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        side.setFixedWidth(round(LIST_PIXELS * current_scale()))
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_LARGE, 4, GAP_LARGE, GAP_SMALL)
        row.setSpacing(GAP)
        self.paper_button, self.preview = QPushButton(self), PaperPreview(self)
        self.paper_button.setCheckable(True)
        set_icon(self.paper_button, "printer", "text")
        self.paper_button.toggled.connect(self._show_current)
        self._acts = PaperActs(self.preview, tasks, _documents)
        self._acts.said.connect(self.said)
        self._acts.troubled.connect(self.troubled)
        right = QVBoxLayout()
        right.setSpacing(GAP_SMALL)
        right.addWidget(self.paper_button, 0, Qt.AlignmentFlag.AlignLeft)
        right.addWidget(self.text, 1)
        right.addWidget(self.preview, 1)
        row.addWidget(side)
        row.addLayout(right, 1)
        self.text.document().setDocumentMargin(GAP_LARGE)
        self._word()

    @override
    def open(self, argument: object = None) -> None:
        topic = CHAPTERS[0]
        if isinstance(argument, tuple) and len(argument) == 2:
            topic, self._came_from = str(argument[0]), str(argument[1])
        elif isinstance(argument, str):
            topic = argument
        self.field.clear()
        self._choose(topic if topic in self._chapters else CHAPTERS[0])
        self.text.setFocus()  # the arrows read on

    @override
    def title(self) -> str:
        return _("Help")

    @override
    def start_find(self) -> None:
        self.field.setFocus()
        self.field.selectAll()

    @override
    def print_paper(self) -> None:
        if self._chapters[self.chapter].is_sheet:
            self.paper_button.setChecked(True)
            self._acts.print_it()

    @override
    def go_back(self) -> bool:
        if self.paper_button.isChecked():
            self.paper_button.setChecked(False)
            return True
        if not self._came_from or self._came_from == "help":
            return False
        self.go_to.emit(self._came_from, None)
        return True

    @property
    def chapter(self) -> str:
        """Name of the chapter that is shown."""
        item = self.chapters.currentItem()
        return str(item.data(NameRole)) if item is not None else ""

    def _choose(self, name: str) -> None:
        for row in range(self.chapters.count()):
            if self.chapters.item(row).data(NameRole) == name:
                self.chapters.setCurrentRow(row)

    def _show_current(self) -> None:
        if not self.chapter:
            return
        chapter = self._chapters[self.chapter]
        as_paper = chapter.is_sheet and self.paper_button.isChecked()
        self.paper_button.setVisible(chapter.is_sheet)
        self.text.setVisible(not as_paper)
        self.preview.setVisible(as_paper)
        if as_paper:
            self._acts.show(_paper(chapter))
        else:
            self.text.setMarkdown(chapter.text)

    def _follow(self, link: QUrl) -> None:
        self._choose(link.path().removesuffix(".md"))

    def _filter(self, text: str) -> None:
        wanted = search_key(text)
        for row in range(self.chapters.count()):
            item = self.chapters.item(row)
            item.setHidden(bool(wanted) and wanted not in search_key(self._chapters[item.data(NameRole)].text))

    def _choose_place(self) -> None:
        media = () if self._desk.safe_mode else self._desk.backups.media()
        start = next((medium.path for medium in media), Path.home())
        name = f"tlbb-diagnosis-{self._desk.office.clock.today():%Y-%m-%d}.zip"
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Where the bundle goes"), str(start / name), "ZIP (*.zip)")
        if chosen:
            self.save_diagnosis(Path(chosen))

    def save_diagnosis(self, path: Path) -> None:
        """Write the diagnostic bundle in the background; the status line says where it is."""
        facts = window_facts()
        self.diagnose_button.setEnabled(False)
        self._tasks.submit(
            lambda _progress: self._desk.diagnosis.save(path, facts),
            self,
            self._was_saved,
            self._was_not_saved,
            writes=True,
        )

    def _was_saved(self, path: Path) -> None:
        self.diagnose_button.setEnabled(True)
        self.said.emit(_("The diagnostic bundle is made; it names nobody: {path}").format(path=path.name))

    def _was_not_saved(self, error: Exception) -> None:
        self.diagnose_button.setEnabled(True)
        if not isinstance(error, TlbbError):
            raise error
        self.troubled.emit(error)

    def _word(self) -> None:
        self.diagnose_button.setText(_("Diagnostic bundle…"))
        self.diagnose_button.setToolTip(_("For whoever looks after the program; it names nobody"))
        shown = self.chapter
        language = catalog.KHMER if catalog.language() == catalog.KHMER else catalog.SOURCE_LANGUAGE
        self._chapters = {chapter.name: chapter for chapter in (*all_chapters(language), about_chapter())}
        self.chapters.clear()
        for chapter in self._chapters.values():
            item = QListWidgetItem(chapter.title, self.chapters)
            item.setData(NameRole, chapter.name)
        self._choose(shown or CHAPTERS[0])
        self.field.setPlaceholderText(_("Find in the guide"))
        self.field.setAccessibleName(_("Find in the guide"))
        self.chapters.setAccessibleName(_("Chapters"))
        self.text.setAccessibleName(_("Chapter"))
        self.paper_button.setText(_("As a paper"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)


def _paper(chapter: Chapter) -> Paper:
    """A chapter of one page in the reader's language; it holds nothing of the record, so nobody needs to know of it."""
    language, today = catalog.language(), SystemClock().today()

    def pdf() -> bytes:
        from tlbb_desktop.documents.guide_sheet_pdf import guide_sheet_pdf
        from tlbb_desktop.documents.typesetting import PaperLanguage

        speaks = PaperLanguage.KHMER if language == catalog.KHMER else PaperLanguage.ENGLISH
        return guide_sheet_pdf(chapter.text, speaks, today).pdf

    return Paper(chapter.name, pdf, lambda _pages, _copies: None, lambda path: write_whole(path, pdf()))


def _documents() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
