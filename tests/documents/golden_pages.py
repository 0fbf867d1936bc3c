"""Golden pictures of the pages of every paper.

They are made anew by ``python -m tests.documents.golden_pages``; look at each that changed before it is committed.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

from tests.documents.every_paper import PAPERS, pictured
from tests.documents.papers import ROOT
from tlbb_desktop.documents.typesetting import PaperLanguage

GOLDEN: Final = ROOT / "tests" / "documents" / "golden"
REVIEW: Final = ROOT / "build" / "golden"
DOTS_PER_INCH: Final = 75
#: Pictures have this many greys; pdfium's own rounding moves a dot by one of them at most.
GREYS: Final = 16
STEP: Final = 255 // (GREYS - 1)
_GAP: Final = 12
_CAPTION: Final = 18


@dataclass(frozen=True, slots=True)
class Difference:
    """What a page looks like otherwise.

    Attributes:
        dots: how many differ by more than one grey; of pages of different size, all.
        review: picture of what was expected, what is there, and where they differ, side by side.
    """

    dots: int
    review: Path


def pages_of(name: str, language: PaperLanguage) -> dict[str, Image.Image]:
    """Name of the picture -> page of a paper, in sixteen greys."""
    with pypdfium2.PdfDocument(PAPERS[name](language).pdf) as document:
        return {
            f"{name}-{language.value}-{number}.png": _grey(page.render(scale=DOTS_PER_INCH / 72).to_pil())
            for number, page in enumerate(document, 1)
        }


def difference(expected: Image.Image, actual: Image.Image, review: Path) -> Difference | None:
    """What differs between two pictures, or None; the review is written only where something does."""
    if expected.size == actual.size:
        differing = ImageChops.difference(expected, actual).point(lambda level: 255 * (level > STEP))
        dots = differing.histogram()[255]
    else:
        differing, dots = Image.new("L", actual.size, 255), actual.width * actual.height
    if not dots:
        return None
    _side_by_side(expected, actual, differing).save(_made(review))
    return Difference(dots, review)


def _grey(page: Image.Image) -> Image.Image:
    return page.convert("L").point(lambda level: round(level / STEP) * STEP)


def _side_by_side(expected: Image.Image, actual: Image.Image, differing: Image.Image) -> Image.Image:
    """Expected, actual, and the actual page pale with what differs in red."""
    marked = Image.blend(actual.convert("RGB"), Image.new("RGB", actual.size, "white"), 0.7)
    marked.paste("red", mask=differing)
    pictures = {"expected": expected, "actual": actual, "difference": marked}
    width = sum(each.width + _GAP for each in pictures.values()) + _GAP
    sheet = Image.new("RGB", (width, max(each.height for each in pictures.values()) + _CAPTION + _GAP), "silver")
    left = _GAP
    for caption, picture in pictures.items():
        ImageDraw.Draw(sheet).text((left, 3), caption, fill="black")
        sheet.paste(picture.convert("RGB"), (left, _CAPTION))
        left += picture.width + _GAP
    return sheet


def _made(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def renew() -> None:
    """Make every golden picture anew; pictures of papers that are gone go too."""
    kept: set[str] = set()
    for name, language in pictured():
        for picture_name, picture in pages_of(name, language).items():
            kept.add(picture_name)
            path = _made(GOLDEN / picture_name)
            if path.exists() and ImageChops.difference(Image.open(path).convert("L"), picture).getbbox() is None:
                continue
            picture.quantize(GREYS).save(path, optimize=True)
            sys.stdout.write(f"renewed: {path.relative_to(ROOT)}\n")
    for path in GOLDEN.glob("*.png"):
        if path.name not in kept:
            path.unlink()
            sys.stdout.write(f"gone: {path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    renew()
