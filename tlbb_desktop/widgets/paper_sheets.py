"""Sheets of paper below each other, as large as the reader wants them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from enum import Enum, auto

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.documents.page_images import POINTS_PER_INCH, PageImage, PageSize
from tlbb_desktop.i18n.catalog import _p
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.qt.palettes import LIGHT
from tlbb_desktop.qt.stylesheet import GAP, GAP_SMALL
from tlbb_desktop.qt.theme import current_scale, current_theme

LEAST, MOST = 0.1, 4.0
STEP = 1.25
SEEN_PIXELS = 320
FOCUS_PIXELS = 2
#: A page further away than this many from the ones in sight is drawn again when it comes back.
KEPT_AROUND = 2


class Zoom(Enum):
    """How large the pages are."""

    PAGE_WIDTH = auto()
    WHOLE_PAGE = auto()
    ACTUAL_SIZE = auto()
    FREE = auto()


class PaperSheets(QScrollArea):
    """White paper in every theme, on the page's own ground.

    Signals:
        page_wanted: a page in sight has no picture of its size yet.
        current_changed: the page that is read, from 0.
        zoom_changed: how large the pages are now.
    """

    page_wanted = Signal()
    current_changed = Signal(int)
    zoom_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self._sizes: tuple[PageSize, ...] = ()
        self._pages: list[_Page] = []
        self._zoom, self._factor = Zoom.PAGE_WIDTH, 1.0
        self._current = 0
        ground = QWidget()
        self._column = QVBoxLayout(ground)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(ground)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._fit)
        self.verticalScrollBar().valueChanged.connect(self._look)
        self.verticalScrollBar().rangeChanged.connect(self._look)

    @property
    def zoom(self) -> Zoom:
        """What the size of the pages follows."""
        return self._zoom

    @property
    def factor(self) -> float:
        """Size of the pages on the screen; 1.0 is their size on paper."""
        return self._factor

    @property
    def current(self) -> int:
        """The page that is read, from 0."""
        return self._current

    def show_sizes(self, sizes: Sequence[PageSize]) -> None:
        """Show blank pages of these sizes, the first one in front; a paper of the same form keeps its place."""
        if tuple(sizes) == self._sizes:
            for page in self._pages:
                page.outdate()
            self._later.start(0)
            return
        for page in self._pages:
            self._column.removeWidget(page)
            page.setParent(None)
            page.deleteLater()
        self._sizes = tuple(sizes)
        self._pages = [_Page(number) for number in range(len(sizes))]
        for page in self._pages:
            self._column.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self._current = 0
        self.word()
        self._fit()
        self.verticalScrollBar().setValue(0)

    def word(self) -> None:
        """Say again, in the reader's language, which page is which."""
        for page in self._pages:
            page.setAccessibleName(page_words(page.number, len(self._pages)))

    # what is to be drawn -------------------------------------------------------------------------------------------

    def wanted(self) -> int | None:
        """The page that has most need of a picture: those in sight first, then those right after and before."""
        seen = self._in_sight()
        if not seen:
            return None
        around = (*seen, seen[-1] + 1, seen[0] - 1)
        return next((n for n in around if 0 <= n < len(self._pages) and self._pages[n].is_blurred), None)

    def untold(self) -> int | None:
        """A page whose text is not known yet."""
        return next((page.number for page in self._pages if not page.is_told), None)

    def dots_per_inch(self) -> float:
        """How sharp a picture fits the screen's own pixels."""
        return self._factor * self.logicalDpiX() * self.devicePixelRatioF()

    def show_image(self, number: int, image: PageImage, dots_per_inch: float) -> None:
        """Show a page as it was drawn with *dots_per_inch*; pages far away lose their pictures."""
        sharp = abs(dots_per_inch - self.dots_per_inch()) < 0.01
        self._pages[number].show_image(_qimage(image), sharp=sharp)
        seen = self._in_sight() or [number]
        for page in self._pages:
            if not seen[0] - KEPT_AROUND <= page.number <= seen[-1] + KEPT_AROUND:
                page.drop()

    def show_text(self, number: int, text: str) -> None:
        """Let a screen reader say what stands on a page."""
        self._pages[number].tell(text)

    def _in_sight(self) -> list[int]:
        top = self.verticalScrollBar().value()
        view = QRect(0, top, self.viewport().width(), self.viewport().height())
        return [page.number for page in self._pages if page.geometry().intersects(view.adjusted(-9999, 0, 9999, 0))]

    # size ----------------------------------------------------------------------------------------------------------

    def set_zoom(self, zoom: Zoom) -> None:
        """Fit the pages, or show them as large as on paper."""
        self._zoom = zoom
        self._fit()

    def enlarge(self) -> None:
        """One step larger."""
        self._free(self._factor * STEP)

    def reduce(self) -> None:
        """One step smaller."""
        self._free(self._factor / STEP)

    def _free(self, factor: float) -> None:
        self._zoom = Zoom.FREE
        self._factor = min(MOST, max(LEAST, factor))
        self._fit()

    def _fit(self) -> None:
        if not self._pages:
            return
        gap = round(GAP * current_scale())
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(gap)
        self._factor = self._fitting()
        place = self._place()
        for page, size in zip(self._pages, self._sizes, strict=True):
            page.set_size(self._on_screen(size))
        self._column.activate()
        self._return_to(place)
        self.zoom_changed.emit()
        self._look()

    def _fitting(self) -> float:
        if self._zoom is Zoom.FREE:
            return self._factor
        if self._zoom is Zoom.ACTUAL_SIZE:
            return 1.0
        room = self.maximumViewportSize()
        bar = self.verticalScrollBar().sizeHint().width() + round(GAP_SMALL * current_scale())
        dots = self.logicalDpiX() / POINTS_PER_INCH
        across = (room.width() - bar) / (max(size.width for size in self._sizes) * dots)
        if self._zoom is Zoom.WHOLE_PAGE:
            across = min(across, room.height() / (max(size.height for size in self._sizes) * dots))
        return min(MOST, max(LEAST, across))

    def _on_screen(self, size: PageSize) -> QSize:
        dots = self._factor * self.logicalDpiX() / POINTS_PER_INCH
        return QSize(int(size.width * dots), int(size.height * dots))

    def _place(self) -> tuple[int, float]:
        """The page that is read, and how far down it the view begins, in parts of its height."""
        page = self._pages[self._current]
        return self._current, (self.verticalScrollBar().value() - page.y()) / max(1, page.height())

    def _return_to(self, place: tuple[int, float]) -> None:
        page = self._pages[place[0]]
        self.verticalScrollBar().setValue(page.y() + round(place[1] * page.height()))

    # reading -------------------------------------------------------------------------------------------------------

    def go(self, number: int) -> None:
        """Bring a page to the top."""
        if 0 <= number < len(self._pages):
            self.verticalScrollBar().setValue(self._pages[number].y())

    def read_on(self) -> None:
        """A screenful down, but never past the head of the next page."""
        bar = self.verticalScrollBar()
        heads = [page.y() for page in self._pages]
        after = bisect_right(heads, bar.value())
        step = bar.value() + bar.pageStep()
        bar.setValue(min(step, heads[after]) if after < len(heads) else step)

    def read_back(self) -> None:
        """A screenful up, but never past the head of a page."""
        bar = self.verticalScrollBar()
        heads = [page.y() for page in self._pages if page.y() < bar.value()]
        bar.setValue(max(bar.value() - bar.pageStep(), heads[-1] if heads else 0))

    def _look(self) -> None:
        """Find the page that is read: the one in the middle, or the last when the end is reached."""
        if not self._pages:
            return
        bar = self.verticalScrollBar()
        at_end = bar.maximum() > 0 and bar.value() == bar.maximum()
        middle = bar.value() + self.viewport().height() // 2
        heads = [page.y() for page in self._pages]
        current = len(heads) - 1 if at_end else max(0, bisect_right(heads, middle) - 1)
        if current != self._current:
            self._current = current
            self._show_focus()
            self.current_changed.emit(current)
        if self.wanted() is not None:
            self.page_wanted.emit()

    def _show_focus(self) -> None:
        for page in self._pages:
            page.show_focus(has=page.number == self._current and self.hasFocus())

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_focus()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_focus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_PageDown:
            self.read_on()
        elif event.key() == Qt.Key.Key_PageUp:
            self.read_back()
        elif event.key() == Qt.Key.Key_Home:
            self.go(0)
        elif event.key() == Qt.Key.Key_End:
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        else:
            super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), round(SEEN_PIXELS * current_scale()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._later.start(0)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.DevicePixelRatioChange} and hasattr(self, "_later"):
            self._later.start(0)
        super().changeEvent(event)


class _Page(QWidget):
    """One page; blank until its picture is there, then the last picture until a sharper one is."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self._image = QImage()
        self._sharp = self._has_focus = False
        self.is_told = False

    @property
    def is_blurred(self) -> bool:
        """Whether a picture of its size is still to be drawn."""
        return not self._sharp

    def set_size(self, size: QSize) -> None:
        """Become larger or smaller."""
        if size != self.size():
            self.setFixedSize(size)
            self._sharp = False

    def outdate(self) -> None:
        """Show another paper of the same form."""
        self._sharp = self.is_told = False

    def show_image(self, image: QImage, *, sharp: bool) -> None:
        """Show the page."""
        self._image, self._sharp = image, sharp
        self.update()

    def show_focus(self, *, has: bool) -> None:
        """Frame the page that the keys move, or no longer."""
        if has != self._has_focus:
            self._has_focus = has
            self.update()

    def drop(self) -> None:
        """Free the memory of the picture."""
        self._image, self._sharp = QImage(), False

    def tell(self, text: str) -> None:
        """Take the text of the page."""
        self.setAccessibleDescription(text)
        self.is_told = True

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(LIGHT.surface))
        if self._sharp:  # dot for dot
            self._image.setDevicePixelRatio(self.devicePixelRatioF())
            painter.drawImage(0, 0, self._image)
        elif not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.rect(), self._image)
        painter.setPen(QColor(current_theme().edge))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self._has_focus:  # on paper, which is white in every theme
            painter.setPen(QPen(QColor(LIGHT.focus), FOCUS_PIXELS))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))


def page_words(number: int, pages: int) -> str:
    """Such as ``Page 1 of 3``; *number* counts from 0."""
    return _p("paper", "Page {page} of {pages}").format(page=digits(number + 1), pages=digits(pages))


def _qimage(image: PageImage) -> QImage:
    shared = QImage(image.pixels, image.width, image.height, image.bytes_per_line, QImage.Format.Format_RGB32)
    return shared.copy()
