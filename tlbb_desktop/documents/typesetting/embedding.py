"""The part of a face that one paper uses, as a font inside the PDF.

Each pair of a glyph and the text it stands for gets its own number, so that a reader finds the Unicode text of every
cluster (PDF 32000-1, 9.7.4 and 9.10.3): the first glyph of a cluster maps to the whole cluster, the others to nothing.
"""

from __future__ import annotations

from hashlib import sha256
from math import ceil
from typing import Any, Final

import uharfbuzz as hb
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFStream,
    PDFStreamFilterZCompress,
    PDFString,
)

from tlbb_desktop.documents.typesetting.faces import Face
from tlbb_desktop.documents.typesetting.shaping import Glyph, Run, ShapedText

_SYMBOLIC: Final = 4
_UNUSED_TABLES: Final = ("GSUB", "GPOS", "GDEF", "BASE", "STAT", "DSIG", "OS/2", "name", "post", "cmap", "gasp", "kern")
_CMAP_HEAD: Final = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
    "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
    "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
    "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
)
_CMAP_TAIL: Final = "endcmap CMapName currentdict /CMap defineresource pop end end\n"
_LINES_OF_A_BLOCK: Final = 100
#: Adjustments below this many thousandths of an em are rounding.
_FUZZ: Final = 0.05
_LONGEST_STEP: Final = 90


class Segment:
    """Glyphs of one font, scale and rise as the body of a TJ array, whose em is the scaled one."""

    __slots__ = ("body", "font", "rise", "scale")

    def __init__(self, font: str, scale: float, rise: float, body: str) -> None:
        self.font, self.scale, self.rise, self.body = font, scale, rise, body


class EmbeddedFace:
    """One face in one document.

    Args:
        face: to embed.
        key: internal name of the font in the document, such as ``K1``.
    """

    def __init__(self, face: Face, key: str) -> None:
        self.face, self.key = face, key
        self._codes: dict[tuple[int, str], int] = {}
        self._glyphs = [(0, "")]  # code 0 is .notdef

    def segments(self, run: Run) -> list[Segment]:
        """The run as TJ bodies, one for each height of glyphs."""
        if not run.glyphs:  # joiners alone
            return []
        found: list[Segment] = []
        parts: list[str] = []
        shift, rise = 0.0, run.glyphs[0].y
        for glyph in run.glyphs:
            if glyph.y != rise:
                found.append(Segment(self.key, run.scale, rise * run.scale, "".join(parts)))
                parts, rise = [], glyph.y
            shift -= glyph.x
            if abs(shift) > _FUZZ:
                parts.append(moved(shift))
                shift -= round(shift, 1)
            parts.append(f"<{self._code(glyph):04X}>")
            shift += self.face.advances[glyph.number] - glyph.advance + glyph.x
        if abs(shift) > _FUZZ:
            parts.append(moved(shift))
        found.append(Segment(self.key, run.scale, rise * run.scale, "".join(parts).replace("><", "")))
        return found

    def _code(self, glyph: Glyph) -> int:
        key = (glyph.number, glyph.text)
        code = self._codes.get(key)
        if code is None:
            code = self._codes[key] = len(self._glyphs)
            self._glyphs.append(key)
        return code

    def addObjects(self, document: PDFDocument) -> None:  # noqa: N802 - ReportLab calls it by this name
        """Write the font, when all pages are known."""
        name = f"{self._tag()}+{self.face.name}"
        font = PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": f"/{name}",
                "Encoding": "/Identity-H",
                "DescendantFonts": PDFArray([document.Reference(self._descendant(document, name))]),
                "ToUnicode": document.Reference(_stream(self._to_unicode().encode("ascii"))),
            }
        )
        document.idToObject["BasicFonts"].dict[self.key] = document.Reference(font, self.key)

    def _descendant(self, document: PDFDocument, name: str) -> PDFDictionary:
        numbers = b"".join(number.to_bytes(2, "big") for number, _ in self._glyphs)
        widths = [_short(self.face.advances[number]) for number, _ in self._glyphs]
        return PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": f"/{name}",
                "CIDSystemInfo": PDFDictionary(
                    {
                        "Registry": PDFString("Adobe"),
                        "Ordering": PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": document.Reference(self._descriptor(document, name)),
                "DW": 0,
                "W": PDFArray([0, PDFArray(widths)]),
                "CIDToGIDMap": document.Reference(_stream(numbers)),
            }
        )

    def _descriptor(self, document: PDFDocument, name: str) -> PDFDictionary:
        font, scale = self.face.font, self.face.scale
        extents = font.get_font_extents("ltr")
        ascent, descent = round(extents.ascender * scale), round(extents.descender * scale)
        subset = self._subset()
        return PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": f"/{name}",
                "Flags": _SYMBOLIC,
                "FontBBox": PDFArray([-1000, -1000, 2500, 1500]),
                "ItalicAngle": 0,
                "Ascent": ascent,
                "Descent": descent,
                "CapHeight": 714,
                "StemV": 80,
                "FontFile2": document.Reference(_stream(subset, Length1=len(subset))),
            }
        )

    def _subset(self) -> bytes:
        wanted = hb.SubsetInput()
        wanted.flags = (
            hb.SubsetFlags.RETAIN_GIDS
            | hb.SubsetFlags.NO_HINTING
            | hb.SubsetFlags.NOTDEF_OUTLINE
            | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        )
        wanted.glyph_set.update({number for number, _ in self._glyphs})
        wanted.drop_table_tag_set.update(int.from_bytes(tag.encode("ascii"), "big") for tag in _UNUSED_TABLES)
        return bytes(hb.subset(self.face.outlines, wanted).blob.data)

    def _tag(self) -> str:
        digest = sha256(repr(sorted({number for number, _ in self._glyphs})).encode()).digest()
        return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])

    def _to_unicode(self) -> str:
        lines = [f"<{code:04X}> <{utf16(text)}>" for code, (_, text) in enumerate(self._glyphs) if code]
        blocks = (lines[start : start + _LINES_OF_A_BLOCK] for start in range(0, len(lines), _LINES_OF_A_BLOCK))
        body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
        return _CMAP_HEAD + body + _CMAP_TAIL


class EmbeddedFaces:
    """All faces of one document, and every text that was set in it, as segments."""

    def __init__(self, document: PDFDocument) -> None:
        self._document = document
        self._faces: dict[Face, EmbeddedFace] = {}
        self._segments: dict[ShapedText, list[Segment]] = {}
        self.missing: set[str] = set()

    def segments(self, text: ShapedText) -> list[Segment]:
        """The text as TJ bodies."""
        found = self._segments.get(text)
        if found is None:
            found = [segment for run in text.runs for segment in self._embedded(run.face).segments(run)]
            self._segments[text] = found
            self.missing |= text.missing
        return found

    def _embedded(self, face: Face) -> EmbeddedFace:
        embedded = self._faces.get(face)
        if embedded is None:
            embedded = self._faces[face] = EmbeddedFace(face, f"K{len(self._faces) + 1}")
            self._document.delayedFonts.append(embedded)
            self._document.fontMapping[embedded.key] = f"/{embedded.key}"
        return embedded


def moved(shift: float) -> str:
    """A move as numbers of a TJ array: back by *shift* thousandths of an em, forward where it is negative.

    Some readers take a single large move forward for a space, so it is made in steps.
    """
    steps = max(1, ceil(-shift / _LONGEST_STEP))
    return f"{shift:.1f}" if steps == 1 else " ".join([f"{shift / steps:.2f}"] * steps)


def utf16(text: str) -> str:
    """A text as the hexadecimal digits of its UTF-16."""
    return text.encode("utf-16-be", "replace").hex().upper()


def _short(length: float) -> float:
    """A length as a whole number where it is one: shorter and quicker to write."""
    return int(length) if length.is_integer() else round(length, 2)


def _stream(content: bytes, **entries: Any) -> PDFStream:
    return PDFStream(PDFDictionary(entries), content, filters=[PDFStreamFilterZCompress()])
