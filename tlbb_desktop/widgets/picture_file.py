"""Pictures from files: read upright and small, encoded anew so that nothing of the file's hidden data stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from tlbb_desktop.documents.page_images import PaperPages
from tlbb_desktop.domain.errors import BadFile
from tlbb_desktop.i18n.marks import N_

QUALITIES = (88, 75, 60, 45)
FILE_ENDINGS = "*.jpg *.jpeg *.png *.bmp *.webp"
#: Scanners of offices write PDF.
SCAN_ENDINGS = f"{FILE_ENDINGS} *.pdf"
#: Decoded small while it is read; a camera of today takes 50 to 100 megapixels.
MOST_JPEG_PIXELS = 120_000_000
#: Other kinds are decoded whole, at four bytes a pixel: 200 MB, which a laptop with 4 GB can spare for a moment.
MOST_PIXELS = 50_000_000
#: A page of A4 stays readable at this size.
SCAN_EDGE = 2000
MOST_SCAN_BYTES = 2_000_000
#: Pages of one PDF; a plan has five or six.
MOST_SCAN_PAGES = 30
MOST_PDF_BYTES = 100_000_000
PDF_DOTS_PER_INCH = 170


def read_picture(path: Path, longest: int) -> QImage:
    """The picture in a file, upright; decoded small, so a huge one costs little.

    Args:
        path: of the file.
        longest: pixels of the longer edge at most.

    Raises:
        BadFile: it is no picture that can be read, or one that is too large for the laptop.
    """
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        _require_bearable(path, size, MOST_JPEG_PIXELS if bytes(reader.format().data()) == b"jpeg" else MOST_PIXELS)
        reader.setScaledSize(_fitted(size, longest))
    image = reader.read()
    if image.isNull():
        raise BadFile(N_("This picture cannot be read. Choose a photo in JPEG or PNG."), place="photo")
    return image


def encode_picture(image: QImage, longest: int, most_bytes: int) -> bytes:
    """*image* encoded anew as JPEG, at most *longest* pixels long and *most_bytes* large.

    Raises:
        BadFile: it cannot be made small enough.
    """
    small = image.scaled(
        _fitted(image.size(), longest), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    plain = small.convertToFormat(QImage.Format.Format_RGB32)
    for key in plain.textKeys():
        plain.setText(key, "")
    for quality in QUALITIES:
        content = _jpeg(plain, quality)
        if len(content) <= most_bytes:
            return content
    raise BadFile(N_("This picture cannot be made small enough. Choose another one."), place="photo")


def read_scan(path: Path) -> bytes:
    """The picture of a signed paper as JPEG, at most 2,000 pixels long and 2,000,000 bytes.

    Raises:
        BadFile: it is no picture, or cannot be made small enough.
    """
    return encode_picture(read_picture(path, SCAN_EDGE), SCAN_EDGE, MOST_SCAN_BYTES)


def read_scans(path: Path) -> Iterator[bytes]:
    """The pages of a signed paper: one of a picture, all of a PDF; each as :func:`read_scan` gives it.

    Raises:
        BadFile: it is neither, or it has too many pages.
    """
    if not _is_pdf(path):
        yield read_scan(path)
        return
    count = count_scans(path)
    pages = PaperPages(_content(path))
    for number in range(count):
        drawn = pages.image(number, PDF_DOTS_PER_INCH)
        image = QImage(drawn.pixels, drawn.width, drawn.height, drawn.bytes_per_line, QImage.Format.Format_RGB32)
        yield encode_picture(image, SCAN_EDGE, MOST_SCAN_BYTES)


def count_scans(path: Path) -> int:
    """How many pages :func:`read_scans` gives; errors as there, but for what only reading a page shows."""
    if not _is_pdf(path):
        return 1
    count = len(PaperPages(_content(path)).sizes())
    if count > MOST_SCAN_PAGES:
        raise BadFile(
            N_("{name} has more than {most} pages. Choose the pages of one paper."),
            place="scan",
            name=path.name,
            most=MOST_SCAN_PAGES,
        )
    return count


def _is_pdf(path: Path) -> bool:
    return path.suffix.lower() == ".pdf"


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_PDF_BYTES:
            raise BadFile(
                N_("{name} is larger than {most} MB. Choose the pages of one paper."),
                place="scan",
                name=path.name,
                most=MOST_PDF_BYTES // 1_000_000,
            )
        return path.read_bytes()
    except OSError as error:
        raise BadFile(N_("This picture cannot be read. Choose a photo in JPEG or PNG."), place="scan") from error


def _require_bearable(path: Path, size: QSize, most: int) -> None:
    if size.width() * size.height() > most:
        raise BadFile(
            N_("{name} is too large. A picture has at most {megapixels} megapixels."),
            place="photo",
            name=path.name,
            megapixels=most // 1_000_000,
        )


def _jpeg(image: QImage, quality: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "JPEG", quality):  # type: ignore[call-overload]  # the stubs know names of files only
        raise BadFile(N_("This picture cannot be read. Choose a photo in JPEG or PNG."), place="photo")
    return bytes(buffer.data().data())


def _fitted(size: QSize, longest: int) -> QSize:
    if max(size.width(), size.height()) <= longest:
        return size
    return size.scaled(longest, longest, Qt.AspectRatioMode.KeepAspectRatio)
