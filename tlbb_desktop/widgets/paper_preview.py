"""A finished paper in the window, exactly as it will be printed, with the ways to take it along."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from tlbb_desktop.documents.page_images import PageImage, PageSize, PaperPages
from tlbb_desktop.domain.errors import Refused, TlbbError
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.qt.icons import apply_icons, set_icon
from tlbb_desktop.qt.pictures import pictures_are_drawn
from tlbb_desktop.qt.shortcuts import physical_key
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.widgets.flow_layout import FlowLayout
from tlbb_desktop.widgets.paper_sheets import PaperSheets, Zoom, page_words
from tlbb_desktop.widgets.print_line import PrintLine

T = TypeVar("T")
Key = Qt.Key
ZOOM_WORDS = ((Zoom.PAGE_WIDTH, N_("Page width")), (Zoom.WHOLE_PAGE, N_("Whole page")), (Zoom.ACTUAL_SIZE, ""))
#: The keys of every preview, for a page's list of keys.
PREVIEW_KEYS = (
    ("PageUp PageDown", N_("Read the paper")),
    ("Ctrl++ Ctrl+−", N_("Larger or smaller")),
    ("Ctrl+0", N_("Page width")),
)


class PaperPreview(QWidget):
    """Pages of a PDF, drawn in the background, those in sight first.

    Attributes:
        sheets: the pages.
        printing: how far the printer is; hidden while nothing is printed.

    Signals:
        print_wanted: the reader wants it on paper.
        save_wanted: the reader wants it as a file.
        shown: the first page in sight stands there sharp.
    """

    print_wanted = Signal()
    save_wanted = Signal()
    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks: TaskRunner | None = None
        self._paper: PaperPages | None = None
        self._pages = 0
        self._drawing = False
        self._error: TlbbError | None = None
        self._taking_words = ("", "")
        self.sheets = PaperSheets(self)
        self.printing = PrintLine(self)
        self._position = QLabel(self)
        self._tools = QWidget(self)
        self._tool_row = QHBoxLayout(self._tools)
        self._smaller, self._larger = QToolButton(self), QToolButton(self)
        self._zoom_box = QComboBox(self)
        self._save, self._print = QPushButton(self), QPushButton(self)
        self._trouble = WrappingLabel(self)
        self._lay_out()
        self._wire()
        self._word()

    def _lay_out(self) -> None:
        self._position.setProperty("role", "caption")
        self._zoom_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for zoom, words in ZOOM_WORDS:
            self._zoom_box.addItem(words, zoom.name)
        bar = FlowLayout(spacing=GAP_SMALL)
        for button, icon in ((self._smaller, "minus"), (self._larger, "plus")):
            button.setProperty("role", "quiet")
            set_icon(button, icon)
        for push, icon in ((self._save, "save"), (self._print, "printer")):
            push.setAutoDefault(False)
            set_icon(push, icon)
        self._position.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._tool_row.setContentsMargins(0, 0, 0, 0)
        self._tool_row.setSpacing(GAP_SMALL)
        self._tools.hide()
        size = (self._smaller, self._zoom_box, self._larger)
        for widget in (self._position, self._tools, *size, self._save, self._print):
            bar.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addLayout(bar)
        column.addWidget(self.printing)
        column.addWidget(self._trouble)
        column.addWidget(self.sheets, 1)
        self._trouble.hide()
        self._trouble.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(self.sheets)
        apply_icons(self)

    def _wire(self) -> None:
        self.sheets.page_wanted.connect(self._draw_next)
        self.sheets.current_changed.connect(self._say_position)
        self.sheets.zoom_changed.connect(self._show_zoom)
        self._smaller.clicked.connect(self.sheets.reduce)
        self._larger.clicked.connect(self.sheets.enlarge)
        self._zoom_box.activated.connect(self._choose_zoom)
        self._save.clicked.connect(self.save_wanted)
        self._print.clicked.connect(self.print_wanted)

    @property
    def current(self) -> int:
        """The page that is read, from 0."""
        return self.sheets.current

    def take_tools(self, *tools: QWidget) -> None:
        """Put a page's own ways to change what is shown into the bar, after the number of the page."""
        for tool in tools:
            self._tool_row.addWidget(tool)
        self._tools.show()

    @property
    def is_calm(self) -> bool:
        """Whether the pages in sight stand there sharp, and nothing is being drawn."""
        return self._pages > 0 and not self._drawing and self.sheets.wanted() is None

    @property
    def save_button(self) -> QPushButton:
        """Saves what goes along."""
        return self._save

    def allow_taking_along(self, *, allowed: bool) -> None:
        """Show or hide the buttons that print and save, for readers who may only look."""
        self._save.setVisible(allowed)
        self._print.setVisible(allowed)

    def say_what_goes(self, save: str = "", print_: str = "") -> None:
        """Put other words on the two buttons, where they act on more than the paper in sight; ``""`` = the usual ones.

        Args:
            save: translated.
            print_: translated.
        """
        self._taking_words = (save, print_)
        self._word_taking()

    def show_paper(self, pdf: bytes, tasks: TaskRunner) -> None:
        """Show another paper, from its first page; one of the same form stays where it is.

        Args:
            pdf: all of the file.
            tasks: draw the pages.
        """
        if not pictures_are_drawn():
            self.show_trouble(Refused(N_("Safe mode shows no papers. They can be printed and saved as usual.")))
            return
        self._paper, self._tasks = PaperPages(pdf), tasks
        self._ask(PaperPages.sizes, self._opened)

    def show_trouble(self, error: TlbbError | None) -> None:
        """Say in place of the pages why there is no paper; None takes the sentence away."""
        self._error = error
        self._trouble.setVisible(error is not None)
        for widget in (self.sheets, self._position, self._smaller, self._zoom_box, self._larger):
            widget.setVisible(error is None)
        self._trouble.setText("" if error is None else explain(error))

    def _opened(self, sizes: tuple[PageSize, ...]) -> None:
        self._pages = len(sizes)
        self.show_trouble(None)
        self.sheets.show_sizes(sizes)
        self._say_position()

    # one page after the other, always the one that is most wanted -----------------------------------------------

    def _draw_next(self) -> None:
        if self._drawing or not self._pages:
            return
        wanted, dots = self.sheets.wanted(), self.sheets.dots_per_inch()
        if wanted is None:
            self._read_next()
            return

        def show(image: PageImage) -> None:
            self.sheets.show_image(wanted, image, dots)
            self.shown.emit()

        self._ask(lambda paper: paper.image(wanted, dots), show)

    def _read_next(self) -> None:
        number = self.sheets.untold()
        if number is not None:
            self._ask(lambda paper: paper.text(number), lambda text: self.sheets.show_text(number, text))

    def _ask(self, question: Callable[[PaperPages], T], take: Callable[[T], object]) -> None:
        """Ask the paper in the background; an answer about a paper that was replaced meanwhile is dropped."""
        paper, tasks = self._paper, self._tasks
        if paper is None or tasks is None or tasks.is_closed:
            return
        self._drawing = True

        def answered(answer: T) -> None:
            if paper is self._paper:
                self._drawing = False
                take(answer)
                self._draw_next()

        def failed(error: Exception) -> None:
            if not isinstance(error, TlbbError):
                tasks.unhandled.emit(error)
            elif paper is self._paper:
                self._paper = None
                self.show_trouble(error)

        tasks.submit(lambda _progress: question(paper), self, answered, failed)

    # bar and keys ------------------------------------------------------------------------------------------------

    def _choose_zoom(self) -> None:
        self.sheets.set_zoom(Zoom[self._zoom_box.currentData()])

    def _show_zoom(self) -> None:
        percent = digits(round(self.sheets.factor * 100))
        self._zoom_box.setPlaceholderText(f"{percent} %")
        self._zoom_box.setCurrentIndex(self._zoom_box.findData(self.sheets.zoom.name))
        self._zoom_box.setAccessibleDescription(f"{percent} %")

    def _say_position(self) -> None:
        self._position.setText(page_words(self.sheets.current, self._pages) if self._pages else "")
        if (layout := self.layout()) is not None:
            layout.activate()  # no longer number is cut until the next turn of the events

    def _word(self) -> None:
        for index, (_zoom, words) in enumerate(ZOOM_WORDS):
            self._zoom_box.setItemText(index, _(words) if words else f"{digits(100)} %")
        named = (
            (self._smaller, _("Smaller"), "Ctrl+−"),
            (self._larger, _("Larger"), "Ctrl++"),
            (self._zoom_box, _("Size of the pages"), ""),
        )
        for widget, name, key in named:
            widget.setAccessibleName(name)
            widget.setToolTip(f"{name} ({key})" if key else name)
        self._word_taking()
        self.sheets.setAccessibleName(_("The paper as it will be printed"))
        self.sheets.word()
        self.show_trouble(self._error)
        self._say_position()
        self._show_zoom()

    def _word_taking(self) -> None:
        save, print_ = self._taking_words
        self._save.setText(save or _("Save as PDF"))
        self._print.setText(print_ or _("Print"))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = {
            Key.Key_Plus: self.sheets.enlarge,
            Key.Key_Equal: self.sheets.enlarge,
            Key.Key_Minus: self.sheets.reduce,
            Key.Key_0: self._back_to_width,
        }.get(physical_key(event))
        if act is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            act()
        else:
            super().keyPressEvent(event)

    def _back_to_width(self) -> None:
        self.sheets.set_zoom(Zoom.PAGE_WIDTH)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
