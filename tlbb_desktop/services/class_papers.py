"""The papers about a class as PDF: to look at, to print, to save; what is handed out is audited first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tlbb_desktop.domain.class_papers import PAPER_LANGUAGES, ClassPaper, PaperWish
from tlbb_desktop.domain.errors import NotFound, UsageError
from tlbb_desktop.domain.form_code import read_form_code
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.register import MonthSheet
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.khmer_keyboard import latin_keys
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.class_access import ClassPrisons
from tlbb_desktop.services.office import Office
from tlbb_desktop.services.sheets import SheetService
from tlbb_desktop.services.whole_file import write_whole

if TYPE_CHECKING:
    from tlbb_desktop.documents.typesetting import FinishedPaper, PaperLanguage

Progress = Callable[[int, int], None]

PDF: Final = "pdf"
_AUDITED_AS: Final = {
    ClassPaper.ABSENCE_LIST: "sheet_exported",
    ClassPaper.BLANK_REGISTER: "blank_register_exported",
    ClassPaper.ROLL: "roll_exported",
}
_PRINTED_AS: Final = {
    ClassPaper.ABSENCE_LIST: "sheet_printed",
    ClassPaper.BLANK_REGISTER: "blank_register_printed",
    ClassPaper.ROLL: "roll_printed",
}


class ClassPaperService:
    """Papers about a class.

    Args:
        office: who acts on which record.
        sheets: where the figures come from.
    """

    def __init__(self, office: Office, sheets: SheetService) -> None:
        self._office, self._sheets = office, sheets
        self._prisons = ClassPrisons(office)

    def paper(self, wish: PaperWish) -> FinishedPaper:
        """A paper to look at; nothing is handed out.

        Raises:
            UsageError: an unknown language.
        """
        return self._set(wish, self._sheet(wish))

    def file_name(self, wish: PaperWish) -> str:
        """The name that the paper is offered under; no person's name."""
        from tlbb_desktop.documents.absence_list import file_title
        from tlbb_desktop.documents.blank_register_pdf import blank_register_file_title
        from tlbb_desktop.documents.roll_pdf import roll_file_title

        language, sheet = _language(wish.language), self._sheet(wish)
        if wish.paper is ClassPaper.ROLL:
            return f"{roll_file_title(sheet, wish.day, language)}.{PDF}"
        if wish.paper is ClassPaper.BLANK_REGISTER:
            return f"{blank_register_file_title(sheet, language)}.{PDF}"
        return f"{file_title(sheet, language.code)}.{PDF}"

    def hand_out(self, wish: PaperWish) -> FinishedPaper:
        """A paper for the printer or a file; the audit row is there before the paper leaves the program.

        Raises:
            UsageError: an unknown language.
        """
        prison_id = self._prisons[wish.class_id]
        self._office.permit(Action.SHEET_PRINT, prison_id)
        sheet = self._sheet(wish)
        finished = self._set(wish, sheet)
        with self._office.act(Action.SHEET_PRINT, prison_id, enters=False) as act:
            detail = f"{_about(wish, sheet)} {PDF} {wish.language}"
            act.record(_AUDITED_AS[wish.paper], f"class:{wish.class_id}", detail)
        return finished

    def note_print(self, wish: PaperWish, pages: int, copies: int) -> None:
        """Record that a paper goes to a printer; called before its first page leaves.

        Args:
            wish: the paper.
            pages: of it that are printed.
            copies: of each.
        """
        with self._office.act(Action.SHEET_PRINT, self._prisons[wish.class_id], enters=False) as act:
            detail = f"{_about(wish, self._sheet(wish))} {wish.language} {pages}x{copies}"
            act.record(_PRINTED_AS[wish.paper], f"class:{wish.class_id}", detail)

    def save(self, wish: PaperWish, path: Path) -> FinishedPaper:
        """Write a paper to *path*; an older file is replaced as a whole.

        Raises:
            UsageError: an unknown language.
            StorageFull, Refused: the file could not be written.
        """
        finished = self.hand_out(wish)
        write_whole(path, finished.pdf)
        return finished

    def prison_file_name(self, prison_id: int, month: Month, language: str) -> str:
        """The name that the paper of a prison's month is offered under."""
        name = self._sheets.prison_file_name(prison_id, month, language=_language(language).code)
        return str(Path(name).with_suffix(f".{PDF}"))

    def save_prison_month(
        self, prison_id: int, month: Month, language: str, path: Path, progress: Progress | None = None
    ) -> FinishedPaper:
        """Write all absence lists of a prison's month into one file with a summary in front.

        Args:
            prison_id: the site.
            month: the month.
            language: ``km``, ``en`` or ``both``.
            path: of the file.
            progress: told (papers done, papers); stops the work by raising, and then nothing is written.

        Raises:
            UsageError: an unknown language.
            StorageFull, Refused: the file could not be written.
        """
        spoken = _language(language)
        whole = self._sheets.prison_month(prison_id, month)
        from tlbb_desktop.documents.prison_month_pdf import prison_month_pdf

        finished = prison_month_pdf(whole, spoken, progress)
        with self._office.act(Action.SHEET_PRINT, prison_id, enters=False) as act:
            detail = f"{month} classes:{len(whole.sheets)} {PDF} {language}"
            act.record("sheets_exported", f"prison:{prison_id}", detail)
        write_whole(path, finished.pdf)
        return finished

    def marked_by_hand(self, code: str) -> tuple[int, Month]:
        """The class and month of a register that was marked by hand.

        Args:
            code: as it was typed, in any case and with either keyboard layout.

        Raises:
            Refused: the code is mistyped.
            NotFound: no class of this record has it.
        """
        class_id, month = read_form_code(latin_keys(code))
        self._office.permit(Action.SHEET_READ, self._prisons[class_id])
        if not self._sheets.live(class_id, month).register.sessions:
            raise NotFound(N_("The class has no session in the month of this register."))
        return class_id, month

    def _sheet(self, wish: PaperWish) -> MonthSheet:
        """What the paper shows: the absence list what was issued, the others how things are now."""
        if wish.paper is ClassPaper.ABSENCE_LIST:
            return self._sheets.sheet(wish.class_id, wish.month)
        return self._sheets.live(wish.class_id, wish.month)

    @staticmethod
    def _set(wish: PaperWish, sheet: MonthSheet) -> FinishedPaper:
        from tlbb_desktop.documents.attendance_pdf import attendance_pdf
        from tlbb_desktop.documents.blank_register_pdf import blank_register_pdf
        from tlbb_desktop.documents.roll_pdf import roll_pdf

        language = _language(wish.language)
        if wish.paper is ClassPaper.ROLL:
            return roll_pdf(sheet, wish.day, language)
        make = blank_register_pdf if wish.paper is ClassPaper.BLANK_REGISTER else attendance_pdf
        return make(sheet, language)


def _language(language: str) -> PaperLanguage:
    from tlbb_desktop.documents.typesetting import PaperLanguage

    if language not in PAPER_LANGUAGES:
        raise UsageError(N_("The language of a paper is km, en or both."))
    return PaperLanguage(language)


def _about(wish: PaperWish, sheet: MonthSheet) -> str:
    about = {
        ClassPaper.ABSENCE_LIST: f"{wish.month} no:{sheet.number}",
        ClassPaper.BLANK_REGISTER: f"{wish.month}",
        ClassPaper.ROLL: f"{wish.day}",
    }
    return about[wish.paper]
