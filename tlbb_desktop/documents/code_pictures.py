"""Finds the square codes of certificates in a photo, a scan or a PDF."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tlbb_desktop.documents.certificate_code import is_code
from tlbb_desktop.domain.errors import BadFile
from tlbb_desktop.i18n.marks import N_

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_FILE_BYTES: Final = 60_000_000
MOST_PIXELS: Final = 60_000_000
MOST_PAGES: Final = 1_000
#: Longest side that is looked at, in pixels; 300 dpi on A4. A larger picture is made smaller first.
LONGEST_SIDE: Final = 3_508
_SMALL_SIDE: Final = 1_800
_POINTS_PER_INCH: Final = 72
_PAGE_DPI: Final = 200
_MOST_PAGE_PIXELS: Final = 12_000_000
_PDF: Final = b"%PDF-"
_FORMATS: Final = ("PNG", "JPEG")
_UNREADABLE: Final = N_("{name} cannot be read as a picture (PNG, JPEG) or PDF. Take the picture again.")


def codes_in_file(path: Path) -> tuple[str, ...]:
    """The text of every certificate's code in the file, page by page; empty when there is none.

    Raises:
        BadFile: it cannot be read, is neither PNG, JPEG nor PDF, or is far too large.
    """
    content = _content(path)
    found: dict[str, None] = {}
    for picture in _pictures(path.name, content):
        found.update(dict.fromkeys(codes_in_picture(picture)))
    return tuple(found)


def codes_in_picture(picture: Image) -> tuple[str, ...]:
    """The text of every certificate's code in a grey picture; a small one is also looked at enlarged."""
    import zxingcpp

    sizes = [picture]
    if max(picture.size) <= _SMALL_SIDE:
        sizes.append(picture.resize((picture.width * 2, picture.height * 2)))
    for each in sizes:
        read = zxingcpp.read_barcodes(each, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
        codes = tuple(code.text for code in read if is_code(code.text))
        if codes:
            return codes
    return ()


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_FILE_BYTES:
            raise BadFile(
                N_("{name} is too large. A picture has at most {megabytes} MB."),
                name=path.name,
                megabytes=MOST_FILE_BYTES // 1_000_000,
            )
        content = path.read_bytes()
    except OSError as problem:
        raise BadFile(
            N_("{name} cannot be read ({reason})."), name=path.name, reason=problem.strerror or ""
        ) from problem
    if not content:
        raise BadFile(N_("{name} is empty."), name=path.name)
    return content


def _pictures(name: str, content: bytes) -> Iterator[Image]:
    if content.lstrip()[: len(_PDF)] == _PDF:
        yield from _pages(name, content)
    else:
        yield _photo(name, content)


def _photo(name: str, content: bytes) -> Image:
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the bound below is stricter than Pillow's own warning
            picture = Image.open(BytesIO(content), formats=_FORMATS)
            _check_size(name, picture)
            picture.draft("L", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is made smaller while it is read
            upright = ImageOps.exif_transpose(picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise BadFile(_UNREADABLE, name=name) from problem
    grey = _grey(upright)
    grey.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return grey


def _grey(picture: Image) -> Image:
    """In grey; what is transparent is white, as paper is."""
    from PIL import Image

    if picture.mode in {"LA", "PA"} or "transparency" in picture.info:
        picture = picture.convert("RGBA")
    if picture.mode == "RGBA":
        paper = Image.new("L", picture.size, 255)
        paper.paste(picture.convert("L"), mask=picture.getchannel("A"))
        return paper
    return picture.convert("L")


def _check_size(name: str, picture: Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise BadFile(
            N_("{name} is too large. A picture has at most {megapixels} megapixels."),
            name=name,
            megapixels=MOST_PIXELS // 1_000_000,
        )


def _pages(name: str, content: bytes) -> Iterator[Image]:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(content) as document:
            for number in range(min(len(document), MOST_PAGES)):
                page = document[number]
                inches = (page.get_width() / _POINTS_PER_INCH) * (page.get_height() / _POINTS_PER_INCH)
                dpi = min(_PAGE_DPI, (_MOST_PAGE_PIXELS / max(inches, 0.01)) ** 0.5)
                yield page.render(scale=dpi / _POINTS_PER_INCH, grayscale=True).to_pil().convert("L")
                page.close()
    except pypdfium2.PdfiumError as problem:
        raise BadFile(_UNREADABLE, name=name) from problem
