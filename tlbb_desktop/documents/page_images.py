"""The pages of a finished PDF as pictures and as text, for the screen and for printers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final, NamedTuple

from tlbb_desktop.domain.errors import BadFile
from tlbb_desktop.i18n.marks import N_

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

POINTS_PER_INCH: Final = 72.0
#: A page is never drawn with more than this, 16 inches square at 300 dots; a picture then takes 92 MB.
MOST_PIXELS: Final = 4800 * 4800
#: pdfium works for one thread at a time.
_PDFIUM: Final = Lock()


class PageSize(NamedTuple):
    """In points."""

    width: float
    height: float

    @property
    def is_landscape(self) -> bool:
        """Whether the page is wider than high."""
        return self.width > self.height


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page on white.

    Attributes:
        width, height: in pixels.
        bytes_per_line: of *pixels*.
        pixels: four bytes each, blue, green, red and one unused.
    """

    width: int
    height: int
    bytes_per_line: int
    pixels: bytes


class PaperPages:
    """A finished paper, page by page; may be asked from any thread.

    The file is opened anew for each answer, which takes a fraction of a millisecond: a document that lived on could be
    closed by the garbage collector while another thread draws. pypdfium2 is loaded with the first answer.

    Args:
        pdf: all of the file.
    """

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf

    def sizes(self) -> tuple[PageSize, ...]:
        """The size of each page.

        Raises:
            BadFile: it is no PDF.
        """
        with self._opened() as document:
            return tuple(PageSize(*document.get_page_size(number)) for number in range(len(document)))

    def image(self, number: int, dots_per_inch: float) -> PageImage:
        """Draw a page; fewer dots than asked for, where the picture would be too large for a laptop.

        Args:
            number: of the page, from 0.
            dots_per_inch: how sharp.
        """
        with self._page(number) as page:
            width, height = page.get_size()
            scale = min(dots_per_inch / POINTS_PER_INCH, (MOST_PIXELS / (width * height)) ** 0.5)
            bitmap = page.render(scale=scale, prefer_bgrx=True)
            try:
                return PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            finally:
                bitmap.close()

    def text(self, number: int) -> str:
        """What a screen reader says of page *number*, from 0."""
        with self._page(number) as page:
            text = page.get_textpage()
            try:
                return "\n".join(str(text.get_text_range()).splitlines())
            finally:
                text.close()

    @contextmanager
    def _page(self, number: int) -> Iterator[PdfPage]:
        with self._opened() as document:
            page = document[number]
            try:
                yield page
            finally:
                page.close()

    @contextmanager
    def _opened(self) -> Iterator[PdfDocument]:
        from pypdfium2 import PdfDocument, PdfiumError

        with _PDFIUM:
            try:
                document = PdfDocument(self._pdf)
                try:
                    yield document
                finally:
                    document.close()
            except PdfiumError as error:  # a damaged page shows itself only when it is read
                raise BadFile(N_("This file cannot be read as a paper. Make the paper again.")) from error
