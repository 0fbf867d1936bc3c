"""Khmer and English set perfectly on ReportLab's pages.

ReportLab lays out, splits and numbers; this package shapes, embeds, breaks lines and draws the blocks of official
papers. It loads ReportLab and HarfBuzz, so it is imported where a paper is made, never before the first paint.
"""

from __future__ import annotations

from tlbb_desktop.documents.typesetting.blocks import (
    SIGNERS_GAP,
    Centred,
    Check,
    CheckLine,
    DottedLine,
    FramedBox,
    Gap,
    OrnamentLine,
    SignatureBlock,
    TurnedText,
    draw_check,
    signature_row,
    thumbprint_box,
)
from tlbb_desktop.documents.typesetting.canvas import PaperCanvas
from tlbb_desktop.documents.typesetting.faces import Family, FontUnusable
from tlbb_desktop.documents.typesetting.fitting import draw_stack, fitted
from tlbb_desktop.documents.typesetting.headings import Heading, heading_block, kingdom
from tlbb_desktop.documents.typesetting.keeping import OverSignatures, UnderTitle, height_in_pages
from tlbb_desktop.documents.typesetting.lines import Span, forget_texts
from tlbb_desktop.documents.typesetting.page_marks import Footer, PageMark
from tlbb_desktop.documents.typesetting.paper import (
    FileFacts,
    FinishedPaper,
    Margins,
    MissingCharacter,
    PaperPart,
    PaperStyle,
    build_paper,
    build_parts,
)
from tlbb_desktop.documents.typesetting.paragraphs import KhmerParagraph, marker_indent
from tlbb_desktop.documents.typesetting.photo import PhotoBox, PhotoUnreadable
from tlbb_desktop.documents.typesetting.shaping import text_width
from tlbb_desktop.documents.typesetting.styles import (
    BLACK,
    BODY,
    CELL,
    CELL_CENTRED,
    GREY,
    HEAD_CELL,
    RED,
    SECTION,
    SMALL,
    TITLE,
    Align,
    Colour,
    TextStyle,
)
from tlbb_desktop.documents.typesetting.tables import (
    LINED,
    UNLINED,
    Cell,
    KhmerTable,
    TableLook,
    column_width,
    khmer_table,
)
from tlbb_desktop.documents.typesetting.wording import PaperLanguage, Words, day_words, words

__all__ = [
    "BLACK",
    "BODY",
    "CELL",
    "CELL_CENTRED",
    "GREY",
    "HEAD_CELL",
    "LINED",
    "RED",
    "SECTION",
    "SIGNERS_GAP",
    "SMALL",
    "TITLE",
    "UNLINED",
    "Align",
    "Cell",
    "Centred",
    "Check",
    "CheckLine",
    "Colour",
    "DottedLine",
    "Family",
    "FileFacts",
    "FinishedPaper",
    "FontUnusable",
    "Footer",
    "FramedBox",
    "Gap",
    "Heading",
    "KhmerParagraph",
    "KhmerTable",
    "Margins",
    "MissingCharacter",
    "OrnamentLine",
    "OverSignatures",
    "PageMark",
    "PaperCanvas",
    "PaperLanguage",
    "PaperPart",
    "PaperStyle",
    "PhotoBox",
    "PhotoUnreadable",
    "SignatureBlock",
    "Span",
    "TableLook",
    "TextStyle",
    "TurnedText",
    "UnderTitle",
    "Words",
    "build_paper",
    "build_parts",
    "column_width",
    "day_words",
    "draw_check",
    "draw_stack",
    "fitted",
    "forget_texts",
    "heading_block",
    "height_in_pages",
    "khmer_table",
    "kingdom",
    "marker_indent",
    "signature_row",
    "text_width",
    "thumbprint_box",
    "words",
]
