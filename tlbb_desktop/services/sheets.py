"""The month's sheet: open, issued with frozen figures, signed, corrected; and the files that go out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from tlbb_desktop.data.models import Attachment, MonthSheetRow
from tlbb_desktop.data.models.vocabulary import new_uuid
from tlbb_desktop.data.queries import register as register_queries
from tlbb_desktop.data.queries import sheets as queries
from tlbb_desktop.documents.absence_list import file_title
from tlbb_desktop.documents.attendance_csv import attendance_csv
from tlbb_desktop.documents.attendance_xlsx import month_workbook
from tlbb_desktop.documents.prison_month_xlsx import prison_month_file_title, prison_month_workbook
from tlbb_desktop.domain.errors import NotFound, Refused, UsageError
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.register import MonthSheet, SheetState
from tlbb_desktop.domain.sheet_rules import (
    PrisonMonth,
    SheetLine,
    days_to_come,
    differences,
    sheet_rows,
    unmarked_days,
)
from tlbb_desktop.i18n.catalog import LANGUAGES
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.class_access import ClassPrisons
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.register_reading import read_register
from tlbb_desktop.services.sheet_freezing import freeze, thaw
from tlbb_desktop.services.whole_file import write_whole

Progress = Callable[[int, int], None]

XLSX: Final = "xlsx"
CSV: Final = "csv"
FORMATS: Final = (XLSX, CSV)
#: Reasons of a cancelled session that are the prison's doing; the others (trainer away, no materials) are not.
PRISON_CANCELS: Final = frozenset({"prison-closed"})
MOST_SCAN_BYTES: Final = 2_000_000
_JPEG: Final = b"\xff\xd8\xff"


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What a sheet needs besides the register."""

    reasons: dict[int, tuple[str, str]]
    reason_codes: dict[int, str]
    demonstration: bool
    series: str


class SheetService:
    """Sheets of class-months.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._prisons = ClassPrisons(office)

    # -- reading -----------------------------------------------------------------------------------------------------

    def sheet(self, class_id: int, month: Month) -> MonthSheet:
        """The sheet of a class-month: live figures while it is open, the frozen ones once it was issued."""
        with self._office.read(Action.SHEET_READ, self._prisons[class_id]) as connection:
            return self._sheet(connection, class_id, month, _surroundings(connection))

    def live(self, class_id: int, month: Month) -> MonthSheet:
        """The sheet as it would be issued now, whatever was issued before; with what that would correct."""
        with self._office.read(Action.SHEET_READ, self._prisons[class_id]) as connection:
            live = self._live(connection, class_id, month, _surroundings(connection))
            stored = queries.newest_sheet(connection, class_id, month)
        if stored is None:
            return live
        before = _thawed(stored)
        return replace(live, corrects=before.number, differences=differences(before, live))

    def overview(self, month: Month, prison_id: int | None = None) -> tuple[SheetLine, ...]:
        """How far the sheet of each class is that had or planned a session in *month*.

        Args:
            month: the month.
            prison_id: only the classes of this prison.
        """
        limit = self._office.prison_limit(Action.SHEET_READ)
        with self._office.read(Action.SHEET_READ, prison_id) as connection:
            prisons = limit if prison_id is None else {prison_id}
            return queries.sheet_lines(connection, month, self._office.clock.today(), prisons)

    def hours_lost(self, prison_id: int, month: Month) -> int:
        """Minutes of class, added up over people, lost for reasons of the prison; on no paper that the prison gets."""
        with self._office.read(Action.HOURS_LOST_READ, prison_id) as connection:
            return queries.minutes_lost(connection, prison_id, month, PRISON_CANCELS)

    # -- issuing and signing -----------------------------------------------------------------------------------------

    def issue(self, class_id: int, month: Month) -> MonthSheet:
        """Freeze the figures under the next number; a later number corrects the one before and names what changed.

        Raises:
            Refused: the month has no session, a cell is unmarked, a session is still to come, or nothing has changed
                since the sheet that was issued.
        """
        with self._office.act(Action.SHEET_ISSUE, self._prisons[class_id]) as act:
            connection = act.connection
            live = self._live(connection, class_id, month, _surroundings(connection))
            _check_complete(live, act.today)
            stored = queries.newest_sheet(connection, class_id, month)
            number = stored.number + 1 if stored else 1
            changed = differences(_thawed(stored), live) if stored else ()
            if stored and not changed:
                raise Refused(N_("Nothing has changed since sheet no. {number}. It stays valid."), number=stored.number)
            sheet = replace(
                live,
                state=SheetState.ISSUED,
                number=number,
                corrects=number - 1,
                differences=changed,
                made_on=act.today,
            )
            act.record("sheet_issued", f"class:{class_id}", f"{month} no:{number}")
            sheet = replace(sheet, code=self._office.trail.head_code(connection))
            act.add(_stored(act, sheet, queries.as_of(connection, class_id, month)))
            act.changed("sheet", class_id)
        return sheet

    def sign(self, class_id: int, month: Month, on: date, by: str, scan: bytes | None = None) -> MonthSheet:
        """Note that the prison signed the paper.

        Args:
            class_id: row of the class.
            month: the month.
            on: day of the signature.
            by: who signed.
            scan: the signed paper as JPEG, at most 2,000,000 bytes.

        Raises:
            Refused: the sheet is not issued or was signed before, the day lies before the issue or in the future,
                nobody is named, or the scan is no such picture.
        """
        _check_scan(scan)
        if not by.strip():
            raise Refused(N_("Write who signed the paper."), place="by")
        with self._office.act(Action.SHEET_SIGN, self._prisons[class_id]) as act:
            connection = act.connection
            stored = queries.newest_sheet(connection, class_id, month)
            if stored is None:
                raise Refused(N_("This sheet has not been issued yet. Issue it first."))
            if stored.state is SheetState.SIGNED:
                raise Refused(N_("Sheet no. {number} was signed already."), number=stored.number)
            if not stored.issued_at.date() <= on <= act.today:
                raise Refused(
                    N_("The day of the signature lies between {first} and {last}."),
                    place="on",
                    first=stored.issued_at.date(),
                    last=act.today,
                )
            row = act.session.get_one(MonthSheetRow, stored.id)
            act.change(row, stored.version)
            row.state, row.signed_on, row.signed_by = SheetState.SIGNED, on, by.strip()
            if scan is not None:
                row.scan_id = self._attach(act, scan, on)
            act.record("sheet_signed", f"class:{class_id}", f"{month} no:{stored.number}")
            act.changed("sheet", class_id)
        return self.sheet(class_id, month)

    def scan(self, class_id: int, month: Month) -> bytes | None:
        """The signed paper of the newest sheet as JPEG, or None."""
        with self._office.read(Action.SHEET_READ, self._prisons[class_id]) as connection:
            stored = queries.scan_of(connection, class_id, month)
        if stored is None:
            return None
        return self._office.cipher.decrypt(
            Compartment.DB, "attachment", stored.uuid, "content", stored.version, stored.content
        )

    # -- handing out -------------------------------------------------------------------------------------------------

    def file_name(self, class_id: int, month: Month, *, fmt: str, language: str) -> str:
        """The name that a file of the sheet is offered under."""
        return f"{file_title(self.sheet(class_id, month), language)}.{fmt}"

    def export(self, class_id: int, month: Month, *, fmt: str, language: str, path: Path) -> Path:
        """Write the sheet to *path*; the audit row is there before the file.

        Args:
            class_id: row of the class.
            month: the month.
            fmt: ``xlsx`` for people, ``csv`` for machines.
            language: ``km`` or ``en``.
            path: of the file; an older one is replaced as a whole.

        Raises:
            UsageError: an unknown format or language.
            StorageFull, Refused: the file could not be written.
        """
        _check_format(fmt, language)
        with self._office.act(Action.SHEET_PRINT, self._prisons[class_id], enters=False) as act:
            connection = act.connection
            sheet = self._sheet(connection, class_id, month, _surroundings(connection))
            content = attendance_csv(sheet) if fmt == CSV else month_workbook(sheet, language)
            act.record("sheet_exported", f"class:{class_id}", f"{month} no:{sheet.number} {fmt} {language}")
        write_whole(path, content)
        return path

    def prison_file_name(self, prison_id: int, month: Month, *, language: str) -> str:
        """The name that the file of a prison's month is offered under."""
        with self._office.read(Action.SHEET_READ, prison_id) as connection:
            return f"{prison_month_file_title(_prison_names(connection, prison_id), month, language)}.{XLSX}"

    def export_prison_month(
        self, prison_id: int, month: Month, *, language: str, path: Path, progress: Progress | None = None
    ) -> Path:
        """Write all sheets of a prison's month into one workbook with a summary in front.

        Args:
            prison_id: the site.
            month: the month.
            language: ``km`` or ``en``.
            path: of the file.
            progress: told (pages done, pages); stops the work by raising, and then nothing is written.

        Raises:
            UsageError: an unknown language.
            StorageFull, Refused: the file could not be written.
        """
        _check_format(XLSX, language)
        whole = self.prison_month(prison_id, month)
        content = prison_month_workbook(whole, language, progress)
        with self._office.act(Action.SHEET_PRINT, prison_id, enters=False) as act:
            act.record("sheets_exported", f"prison:{prison_id}", f"{month} classes:{len(whole.sheets)} {language}")
        write_whole(path, content)
        return path

    def prison_month(self, prison_id: int, month: Month) -> PrisonMonth:
        """The sheets of a prison's month, to be handed out together."""
        with self._office.read(Action.SHEET_PRINT, prison_id) as connection:
            around = _surroundings(connection)
            sheets = tuple(
                self._sheet(connection, class_id, month, around)
                for class_id in queries.classes_with_sessions(connection, prison_id, month)
            )
            names = _prison_names(connection, prison_id)
        return PrisonMonth(names, month, sheets, around.demonstration, self._office.clock.today())

    # -- building ----------------------------------------------------------------------------------------------------

    def _sheet(self, connection: Connection, class_id: int, month: Month, around: _Surroundings) -> MonthSheet:
        stored = queries.newest_sheet(connection, class_id, month)
        return _thawed(stored) if stored else self._live(connection, class_id, month, around)

    def _live(self, connection: Connection, class_id: int, month: Month, around: _Surroundings) -> MonthSheet:
        today = self._office.clock.today()
        register = read_register(connection, class_id, month, today)
        unmarked = unmarked_days(register, today)
        return MonthSheet(
            register=register,
            rows=sheet_rows(register),
            state=SheetState.OPEN,
            number=0,
            corrects=0,
            differences=(),
            draft=bool(unmarked or days_to_come(register, today)),
            unmarked_days=unmarked,
            code="",
            reasons=around.reasons,
            prison_names=_prison_names(connection, register.group.prison_id),
            trainer=register.group.trainer,
            demonstration=around.demonstration,
            made_on=today,
            series=around.series,
            reason_codes=around.reason_codes,
        )

    def _attach(self, act: Act, scan: bytes, on: date) -> int:
        uuid = new_uuid()
        sealed = self._office.cipher.encrypt(Compartment.DB, "attachment", uuid, "content", 1, scan)
        attachment = Attachment(
            uuid=uuid,
            version=1,
            kind="sheet",
            compartment=Compartment.DB,
            mime="image/jpeg",
            taken_on=on,
            content=sealed,
        )
        act.add(attachment)
        return attachment.id


def _surroundings(connection: Connection) -> _Surroundings:
    reasons = register_queries.reasons(connection)
    settings = queries.settings(connection, "demonstration", "series")
    return _Surroundings(
        reasons={reason.id: (reason.name_km, reason.name_en) for reason in reasons},
        reason_codes={reason.id: reason.code for reason in reasons},
        demonstration=bool(settings.get("demonstration")),
        series=str(settings.get("series") or ""),
    )


def _prison_names(connection: Connection, prison_id: int) -> tuple[str, str]:
    names = queries.prison_names(connection, prison_id)
    if names is None:
        raise NotFound(N_("This prison is not on record."))
    return names


def _thawed(stored: queries.StoredSheet) -> MonthSheet:
    """The frozen sheet with what happened to it since."""
    return replace(
        thaw(stored.figures),
        state=stored.state,
        number=stored.number,
        corrects=stored.corrects,
        code=stored.code,
        signed_on=stored.signed_on,
        signed_by=stored.signed_by,
    )


def _stored(act: Act, sheet: MonthSheet, as_of: str) -> MonthSheetRow:
    return MonthSheetRow(
        class_id=sheet.register.group.id,
        month=str(sheet.register.month),
        number=sheet.number,
        state=SheetState.ISSUED,
        corrects=sheet.corrects,
        figures=freeze(sheet),
        as_of=as_of,
        code=sheet.code,
        issued_at=act.at,
        issued_by=act.actor.staff_id,
    )


def _check_complete(sheet: MonthSheet, today: date) -> None:
    if not sheet.register.sessions:
        raise Refused(N_("The class has no session in this month, so there is no sheet to issue."))
    if sheet.unmarked_days:
        raise Refused(
            N_("The sheet is still a draft: marks are missing on {days}. Fill them in, then issue it."),
            days=sheet.unmarked_days,
        )
    if to_come := days_to_come(sheet.register, today):
        raise Refused(
            N_("The sheet is still a draft: sessions are still to come on {days}. Hold or cancel them, then issue it."),
            days=to_come,
        )


def _check_scan(scan: bytes | None) -> None:
    if scan is not None and not (scan.startswith(_JPEG) and len(scan) <= MOST_SCAN_BYTES):
        raise Refused(N_("The scan must be a JPEG of at most {megabytes} MB."), place="scan", megabytes=2)


def _check_format(fmt: str, language: str) -> None:
    if fmt not in FORMATS:
        raise UsageError(N_("The format is xlsx or csv."))
    if language not in LANGUAGES:
        raise UsageError(N_("The language of a paper is km or en."))
