"""The photo box of certificates: the photo cut to the box, or an empty frame that says its size."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import Final

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from typing_extensions import override

from tlbb_desktop.documents.typesetting.blocks import CAPTION, FramedBox
from tlbb_desktop.documents.typesetting.lines import Content

#: Of photos on paper, in dots to the inch.
RESOLUTION: Final = 300
PHOTO_BOX: Final = (40 * mm, 60 * mm)
_POINTS_OF_INCH: Final = 72
_QUALITY: Final = 88


class PhotoUnreadable(ValueError):
    """The file is no photo, or a broken one, or one that claims to be too large to open."""


class PhotoBox(FramedBox):
    """A photo in a frame.

    Args:
        photo: the bytes of a picture file; None draws the empty frame.
        caption: of the empty frame, such as ``4 x 6``.
        box: width and height.

    Raises:
        PhotoUnreadable: the bytes are no usable picture.
    """

    def __init__(self, photo: bytes | None, caption: Content = "4 x 6", box: tuple[float, float] = PHOTO_BOX) -> None:
        super().__init__("" if photo else caption, box, CAPTION)
        self._photo = printable_photo(photo, box) if photo else None

    @override
    def draw(self) -> None:
        if self._photo:
            self.canv.drawImage(ImageReader(BytesIO(self._photo)), 0, 0, *self._box)
        super().draw()


def printable_photo(photo: bytes, box: tuple[float, float]) -> bytes:
    """A photo as a JPEG of the box's shape, no finer than paper shows, without what a camera wrote into it.

    Args:
        photo: the bytes of a picture file.
        box: width and height in points.

    Raises:
        PhotoUnreadable: the bytes are no usable picture.
    """
    from PIL import Image, ImageOps

    pixels = tuple(round(side * RESOLUTION / _POINTS_OF_INCH) for side in box)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(photo)) as opened:
                opened.draft("RGB", (2 * max(pixels), 2 * max(pixels)))
                upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoUnreadable from error
    written = BytesIO()
    ImageOps.fit(upright, (pixels[0], pixels[1]), Image.Resampling.LANCZOS).save(written, "JPEG", quality=_QUALITY)
    return written.getvalue()
