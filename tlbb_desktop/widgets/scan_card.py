"""The scans of a signed paper: looked at, put in from files, replaced page by page; the older ones stay in the list."""

from __future__ import annotations

from collections.abc import Iterable
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
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.flow_layout import FlowLayout
from tlbb_desktop.widgets.line_table import LineTable
from tlbb_desktop.widgets.picture_file import SCAN_ENDINGS, read_scans
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

    Signals:
        said: a quiet success, translated.
        troubled: a TlbbError.
        kept: a page was put in.
    """

    said = Signal(str)
    troubled = Signal(object)
    kept = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(N_("Scans of the signed paper"), "", parent)
        self._trail: Trail | None = None
        self._view: ScanView | None = None
        self.table, self._nothing = LineTable(self), QLabel(self)
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
        for shown in (self._nothing, self.table, buttons):
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

    def attach(self, paths: Iterable[Path], page: int | None = None) -> int:
        """Put the pages of files in; returns how many. Trouble is told and ends it."""
        count, newest = 0, None
        try:
            for path in paths:
                for jpeg in read_scans(path):
                    if self._trail is not None:
                        newest = self._trail.attach(jpeg, page)
                        count += 1
                    if page is not None:
                        break
        except TlbbError as error:
            self.troubled.emit(error)
        if count:
            self.show_trail(self._trail)
            self.table.go(newest)
            self.said.emit(_n("{n} page was put in.", "{n} pages were put in.", count).format(n=digits(count)))
            self.kept.emit()
        return count

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

    def replace_with(self, path: Path) -> int:
        """Put a file in place of the page that has the cursor; the older picture stays readable."""
        scan = self._current()
        return 0 if scan is None else self.attach([path], scan.page)

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
        self._nothing.setVisible(not shown)
        self.attach_button.setVisible(may_attach)
        self.replace_button.setVisible(may_attach and shown)
        self.look_button.setVisible(may_look and shown)

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


def _sign(scan: PaperScan) -> tuple[str, IconRole]:
    return ("history", "muted") if scan.replaced else ("circle-check", "success")


def _state(scan: PaperScan) -> str:
    return _p("of a scan", "Replaced") if scan.replaced else _p("of a scan", "Holds")
