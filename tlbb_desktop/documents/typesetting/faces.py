"""The faces that papers are set in, opened from the files of the package."""

from __future__ import annotations

import enum
import unicodedata
from functools import cache, cached_property
from pathlib import Path
from typing import Final

import uharfbuzz as hb

FONTS: Final = Path(__file__).resolve().parents[2] / "assets" / "fonts"
#: Signs without ink: joiners that steer the shaping, and hints of where a line may or may not break.
INVISIBLE: Final = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f")
#: Units of one em of text, as PDF counts them.
EM: Final = 1000


class FontUnusable(RuntimeError):
    """A font file of the package is absent or damaged: the installation is broken."""


class Face:
    """One font file: what it covers, how wide its glyphs are, and its outlines.

    Args:
        path: of a TrueType file.
        name: under which a paper embeds it; it says nothing of the program.

    Raises:
        FontUnusable: the file cannot be read.
    """

    def __init__(self, path: Path, name: str) -> None:
        try:
            self.data = path.read_bytes()
        except OSError as error:
            raise FontUnusable(str(path)) from error
        self.name = name
        self.outlines = hb.Face(hb.Blob(self.data))
        if not self.outlines.glyph_count:
            raise FontUnusable(str(path))
        self.font = hb.Font(self.outlines)
        self.scale = EM / self.outlines.upem
        characters = map(chr, self.outlines.unicodes)
        self.covered = INVISIBLE.union(each for each in characters if unicodedata.category(each) != "Cc")

    @cached_property
    def advances(self) -> tuple[float, ...]:
        """Width of each glyph in thousandths of an em."""
        return tuple(self.font.get_glyph_h_advance(glyph) * self.scale for glyph in range(self.outlines.glyph_count))

    def glyph(self, character: str) -> int:
        """The glyph of a character that the face covers."""
        return int(self.font.get_nominal_glyph(ord(character)) or 0)


class Family(enum.Enum):
    """A face for a purpose; what it lacks is taken from the next of its files."""

    TEXT = ("regular",)
    BOLD = ("bold",)
    TITLE = ("moul", "regular")

    @property
    def faces(self) -> tuple[Face, ...]:
        """The faces, the wanted one first."""
        return tuple(_face(key) for key in self.value)


_FILES: Final = {
    "regular": ("TLBBKhmer-Regular.ttf", "NotoSansKhmer-Regular"),
    "bold": ("TLBBKhmer-Bold.ttf", "NotoSansKhmer-Bold"),
    "moul": ("Moul-Regular.ttf", "Moul-Regular"),
}


@cache
def _face(key: str) -> Face:
    file, name = _FILES[key]
    return Face(FONTS / file, name)
