"""A workbook for paper: styles of the official lists, A4 set-up, text that never turns into a formula or a link."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from tlbb_desktop.documents.cell_text import clean_text, looks_like_formula, sheet_name
from tlbb_desktop.documents.sheet_words import PAGE, PaperWords

if TYPE_CHECKING:
    from datetime import date

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet as Page
else:
    Page: TypeAlias = Any

BODY_FONT: Final = "Khmer OS Battambang"
HEADING_FONT: Final = "Khmer OS Muol Light"
BODY_SIZE: Final = 10
SMALL_SIZE: Final = 9
NOTE_SIZE: Final = 8
INDENT_PIXELS: Final = 9
_A4: Final = 9
_MARGIN_INCHES: Final = 0.28
_MARGIN_WITH_LINE_INCHES: Final = 0.5

_BODY: Final = {"font_name": BODY_FONT, "font_size": BODY_SIZE, "valign": "vcenter"}
_STYLES: Final[dict[str, dict[str, Any]]] = {
    "state heading": {"font_name": HEADING_FONT, "font_size": 13, "align": "center"},
    "heading": {"font_name": HEADING_FONT, "font_size": 12, "align": "center"},
    "centred": {"align": "center"},
    "set in": {"align": "left", "indent": 1},
    "bold": {"bold": True},
    "small": {"font_size": SMALL_SIZE},
    "note": {"font_size": NOTE_SIZE, "text_wrap": True},
    "wrapped": {"text_wrap": True},
    "top": {"valign": "top", "align": "center", "text_wrap": True},
    "lined": {"border": 1},
    "header": {"border": 1, "bg_color": "#E0E0E0", "align": "center", "text_wrap": True},
    "grey": {"bg_color": "#EDEDED"},
    "red": {"font_color": "#C00000"},
    "turned": {"rotation": 90, "align": "center", "valign": "bottom"},
    "quoted": {"quote_prefix": True},
}


class PaperBook:
    """A workbook in the making.

    Args:
        words: of the paper.
        title: of the file, in its properties; no person's name.
        made_on: day of the paper, so that the same paper gives the same file.
    """

    def __init__(self, words: PaperWords, title: str, made_on: date) -> None:
        from xlsxwriter import Workbook

        self.words = words
        self._stream = BytesIO()
        self._workbook = Workbook(
            self._stream,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        self._workbook.set_properties({"title": title, "created": datetime.combine(made_on, time())})
        self._styles: dict[tuple[str, ...], Format] = {}
        self._page_names: list[str] = []
        self._formats: dict[str, dict[str, Any]] = {
            "number": {"num_format": words.number_format},
            "count": {"num_format": words.count_format},
            "percent": {"num_format": words.percent_format},
        }

    def style(self, *names: str) -> Format:
        """The cell style that joins the named properties; later names win."""
        found = self._styles.get(names)
        if found is None:
            properties = dict(_BODY)
            for name in names:
                properties |= self._formats.get(name) or _STYLES[name]
            found = self._styles[names] = self._workbook.add_format(properties)
        return found

    def add_page(self, name: str) -> Page:
        """A worksheet set up for A4 landscape, one page wide, as many pages long as it takes."""
        self._page_names.append(sheet_name(name, self._page_names))
        page = self._workbook.add_worksheet(self._page_names[-1])
        page.set_paper(_A4)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.center_horizontally()
        page.hide_gridlines(2)
        return page

    def set_edges(self, page: Page, *, top: str, left: str, right: str) -> None:
        """What stands in the margins of every printed page: a warning on top, the paper's name and code below."""
        page.set_margins(
            left=_MARGIN_INCHES,
            right=_MARGIN_INCHES,
            top=_MARGIN_WITH_LINE_INCHES if top else _MARGIN_INCHES,
            bottom=_MARGIN_WITH_LINE_INCHES,
        )
        font = f'&"{BODY_FONT},Regular"&{NOTE_SIZE} '
        if top:
            page.set_header(f"&C{font}{_edge_text(top)}", {"margin": 0.2})
        counted = self.words.say(PAGE, page="&P", pages="&N")
        page.set_footer(f"&L{font}{_edge_text(left)}&C{font}{counted}&R{font}{_edge_text(right)}", {"margin": 0.2})

    def text(self, page: Page, row: int, column: int, text: str, *styles: str) -> None:
        """Write *text* as text, whatever it looks like."""
        cleaned = clean_text(text)
        if looks_like_formula(cleaned):
            styles = (*styles, "quoted")
        page.write_string(row, column, cleaned, self.style(*styles))

    def wide_text(self, page: Page, row: int, columns: tuple[int, int], text: str, *styles: str) -> None:
        """Write *text* over several columns of one row; line breaks stay."""
        lines = "\n".join(clean_text(line) for line in text.split("\n"))
        page.merge_range(row, columns[0], row, columns[1], "", self.style(*styles))
        page.write_string(row, columns[0], lines, self.style(*styles))

    def finish(self) -> bytes:
        """The file; afterwards nothing more can be written."""
        self._workbook.close()
        return self._stream.getvalue()


def _edge_text(text: str) -> str:
    return clean_text(text).replace("&", "&&")[:70]
