"""The scans of a signed paper: looked at, put in from files, replaced page by page; the older ones stay in the list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.signed_papers import PaperScan
from tlbb_desktop.i18n.catalog import _, _n, _p
from tlbb_desktop.i18n.days import day_text, digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.qt.icons import IconRole, set_icon
from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.qt.tasks import Progress, Task, TaskRunner
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.flow_layout import FlowLayout
from tlbb_desktop.widgets.line_table import LineTable
from tlbb_desktop.widgets.picture_file import SCAN_ENDINGS, count_scans, read_scans
from tlbb_desktop.widgets.print_line import PrintLine
from tlbb_desktop.widgets.scan_view import ScanView
from tlbb_desktop.widgets.trail import Trail

LINES_IN_SIGHT = 3
COLUMNS: tuple[Column[PaperScan], ...] = (
    Column("page", Np_("of a scan", "Page"), lambda row: digits(row.page)),
    Column("day", Np_("of a scan", "Put in on"), lambda row: day_text(row.attached_at.date())),
    Column("by", Np_("of a scan", "By whom"), lambda row: row.attached_by),
    Column("state", Np_("of a scan", "State"), lambda row: _state(row)),  # noqa: PLW0108 - it stands below
)


class ScanCard(Card):
    """Shows the pages of one paper.

    Args:
        tasks: read and keep pages in the background: one takes a quarter of a second, and a plan has six.

    Signals:
        said: a quiet success, translated.
        troubled: a TlbbError.
        kept: a page was put in.
        ended: putting in has ended, with so many pages.
    """

    said = Signal(str)
    troubled = Signal(object)
    kept = Signal()
    ended = Signal(int)

    def __init__(self, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(N_("Scans of the signed paper"), "", parent)
        self._tasks = tasks
        self._task: Task | None = None
        self._trail: Trail | None = None
        self._view: ScanView | None = None
        self.table, self._nothing, self.line = LineTable(self), QLabel(self), ScanLine(self)
        self.line.stop_wanted.connect(self._stop)
        self.table.set_columns(COLUMNS, 2, _sign)
        self.table.keep_lines_in_sight(LINES_IN_SIGHT)
        self.attach_button, self.replace_button, self.look_button = (QPushButton(self) for _number in range(3))
        self._nothing.setProperty("role", "caption")
        buttons = QWidget(self)
        flow = FlowLayout(buttons, spacing=GAP_SMALL)
        icons = ((self.attach_button, "plus"), (self.replace_button, "refresh-cw"), (self.look_button, "eye"))
        for button, name in icons:
            set_icon(button, name, "text")
            button.setAutoDefault(False)
            flow.addWidget(button)
        for shown in (self._nothing, self.table, buttons, self.line):
            self.body.addWidget(shown)
        self.attach_button.clicked.connect(lambda: self._choose(replaces=False))
        self.replace_button.clicked.connect(lambda: self._choose(replaces=True))
        self.look_button.clicked.connect(self.look)
        self.table.chosen.connect(lambda _row: self.look())
        self.table.moved.connect(self._say)
        self._say_words()

    @property
    def view(self) -> ScanView:
        """Where a page is shown, over the window."""
        if self._view is None or self._view.parentWidget() is not self.window():
            self._view = ScanView(self.window())
        return self._view

    def show_trail(self, trail: Trail | None) -> None:
        """Show the pages of a paper, read afresh."""
        self._trail = trail
        scans = trail.scans() if trail is not None else ()
        self.table.show_lines({scan.id: scan for scan in scans})
        self._say()

    def attach(self, paths: Iterable[Path], page: int | None = None) -> None:
        """Put the pages of files in, beside all else; trouble is told and ends it. ``ended`` says how many it were."""
        trail, chosen = self._trail, tuple(paths)
        if trail is None or not chosen or self._task is not None:
            return
        self.line.start()
        self._task = self._tasks.submit(
            lambda progress: _put_in(trail, chosen, page, progress),
            self,
            lambda put: self._end(trail, put),
            self._failed,
            self.line.show_progress,
        )
        self._say()

    def _end(self, trail: Trail, put: PutIn) -> None:
        self._task = None
        self.line.hide()
        here = self._trail is not None and self._trail.key == trail.key  # or another paper is shown meanwhile
        if put.count and here:
            self.show_trail(self._trail)
            self.table.go(put.newest)
        self._say()
        if put.error is not None:
            self.troubled.emit(put.error)
        if put.count:
            text = _n("{n} page was put in.", "{n} pages were put in.", put.count)
            self.said.emit(text.format(n=digits(put.count)))
            self.kept.emit()
        self.ended.emit(put.count)

    def _failed(self, error: Exception) -> None:
        self._task = None
        self.line.hide()
        self._say()
        self._tasks.unhandled.emit(error)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.progress.cancel()

    def look(self) -> None:
        """Show the page that has the cursor."""
        scan = self._current()
        if scan is None or self._trail is None or not self._trail.may_look():
            return
        try:
            jpeg = self._trail.picture(scan.id)
        except TlbbError as error:
            self.troubled.emit(error)
            return
        self.view.show_picture(jpeg, _p("of a scan", "Page {n}").format(n=digits(scan.page)))

    def replace_with(self, path: Path) -> None:
        """Put a file in place of the page that has the cursor; the older picture stays readable."""
        scan = self._current()
        if scan is not None:
            self.attach([path], scan.page)

    def _choose(self, *, replaces: bool) -> None:
        kinds = _("Pictures") + f" ({SCAN_ENDINGS})"
        title = _("Picture of the signed paper")
        if replaces:
            name, _filter = QFileDialog.getOpenFileName(self, title, "", kinds)
            if name:
                self.replace_with(Path(name))
        else:
            names, _filter = QFileDialog.getOpenFileNames(self, title, "", kinds)
            self.attach(map(Path, names))

    def _current(self) -> PaperScan | None:
        here = self.table.current_id()
        scans = self._trail.scans() if self._trail is not None else ()
        return next((scan for scan in scans if scan.id == here), None)

    def _say(self) -> None:
        shown = self.table.current_id() is not None
        may_attach = self._trail is not None and self._trail.may_attach()
        may_look = self._trail is not None and self._trail.may_look()
        self.table.setVisible(shown)
        self._nothing.setVisible(not shown and self._task is None)
        self.attach_button.setVisible(may_attach)
        self.replace_button.setVisible(may_attach and shown)
        self.look_button.setVisible(may_look and shown)
        for button in (self.attach_button, self.replace_button):
            button.setEnabled(self._task is None)

    def _say_words(self) -> None:
        self.table.setAccessibleName(_("Scans of the signed paper"))
        self._nothing.setText(_("No page is scanned yet."))
        self.attach_button.setText(_("Put pages in"))
        self.replace_button.setText(_("Replace this page"))
        self.look_button.setText(_("Look at this page"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say_words()
        super().changeEvent(event)


class ScanLine(PrintLine):
    """How far it is with putting pages in."""

    @override
    def words(self, sent: int, pages: int) -> str:
        if not pages:
            return _("The pages are being read…")
        return _p("scans", "Put in: {done} of {pages}").format(done=digits(sent), pages=digits(pages))

    @override
    def stop_words(self) -> str:
        return _("Put in no more")


@dataclass(frozen=True, slots=True)
class PutIn:
    """What came of it.

    Args:
        count: pages that are in.
        newest: the last of them.
        error: what ended it before its end, or None.
    """

    count: int
    newest: int | None
    error: TlbbError | None = None


def _put_in(trail: Trail, paths: Sequence[Path], page: int | None, progress: Progress) -> PutIn:
    """Each page by itself, so that the laptop need not hold a whole paper; with *page* one alone, in its place."""
    count, newest = 0, None
    try:
        all_of_them = 1 if page is not None else sum(map(count_scans, paths))
        for jpeg in chain.from_iterable(map(read_scans, paths)):
            if progress.cancelled:
                break
            newest = trail.attach(jpeg, page)
            count += 1
            progress.report(count, all_of_them)
            if page is not None:
                break
    except TlbbError as error:
        return PutIn(count, newest, error)
    return PutIn(count, newest)


def _sign(scan: PaperScan) -> tuple[str, IconRole]:
    return ("history", "muted") if scan.replaced else ("circle-check", "success")


def _state(scan: PaperScan) -> str:
    return _p("of a scan", "Replaced") if scan.replaced else _p("of a scan", "Holds")
