"""The month's sheet as a finished paper: to look at, to print, to keep as a PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tlbb_desktop.domain.errors import UsageError
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.register import MonthSheet
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.class_access import ClassPrisons
from tlbb_desktop.services.office import Office
from tlbb_desktop.services.sheets import SheetService
from tlbb_desktop.services.whole_file import write_whole

if TYPE_CHECKING:
    from tlbb_desktop.documents.typesetting import FinishedPaper


class SheetPapers:
    """Papers of sheets of class-months.

    Args:
        office: who acts on which record.
        sheets: gives the sheets.
    """

    def __init__(self, office: Office, sheets: SheetService) -> None:
        self._office, self._sheets = office, sheets
        self._prisons = ClassPrisons(office)

    def paper(self, class_id: int, month: Month, *, language: str) -> FinishedPaper:
        """The sheet as it is printed, for whoever may read it.

        Args:
            class_id: row of the class.
            month: the month.
            language: ``km``, ``en`` or ``both``.

        Raises:
            UsageError: an unknown language.
        """
        return _laid_out(self._sheets.sheet(class_id, month), language)

    def note_print(self, class_id: int, month: Month, *, language: str, pages: int, copies: int) -> None:
        """Record that the paper goes to a printer; called before its first page leaves.

        Args:
            class_id: row of the class.
            month: the month.
            language: of the paper.
            pages: of the paper that are printed.
            copies: of each.
        """
        number = self._sheets.sheet(class_id, month).number
        self._record("sheet_printed", class_id, f"{month} no:{number} {language} {pages}x{copies}")

    def save(self, class_id: int, month: Month, *, language: str, path: Path) -> Path:
        """Write the paper to *path*; the audit row is there before the file.

        Args:
            class_id: row of the class.
            month: the month.
            language: ``km``, ``en`` or ``both``.
            path: of the file; an older one is replaced as a whole.

        Raises:
            UsageError: an unknown language.
            StorageFull, Refused: the file could not be written.
        """
        sheet = self._sheets.sheet(class_id, month)
        paper = _laid_out(sheet, language)
        self._record("sheet_exported", class_id, f"{month} no:{sheet.number} pdf {language}")
        write_whole(path, paper.pdf)
        return path

    def _record(self, kind: str, class_id: int, detail: str) -> None:
        with self._office.act(Action.SHEET_PRINT, self._prisons[class_id], enters=False) as act:
            act.record(kind, f"class:{class_id}", detail)


def _laid_out(sheet: MonthSheet, language: str) -> FinishedPaper:
    """Loads ReportLab and HarfBuzz, with the first paper only."""
    from tlbb_desktop.documents.attendance_pdf import attendance_pdf
    from tlbb_desktop.documents.typesetting import PaperLanguage

    try:
        spoken = PaperLanguage(language)
    except ValueError as unknown:
        raise UsageError(N_("The language of a paper is km, en or both.")) from unknown
    return attendance_pdf(sheet, spoken)
