"""Bench sheets: the paper of a class and a unit, and its entry in the same order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from tlbb_desktop.data.queries import classes as class_queries
from tlbb_desktop.data.queries import sheets as sheet_queries
from tlbb_desktop.data.queries import training as queries
from tlbb_desktop.data.queries.roster import class_learners
from tlbb_desktop.domain.assessment import Assessed, states
from tlbb_desktop.domain.bench_sheets import BenchException, BenchSheet, bench_wishes
from tlbb_desktop.domain.class_papers import PAPER_LANGUAGES
from tlbb_desktop.domain.errors import NotFound, UsageError
from tlbb_desktop.domain.form_code import bench_code, read_bench_code
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.khmer_keyboard import latin_keys
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.assessment import AssessmentService
from tlbb_desktop.services.class_access import ClassPrisons
from tlbb_desktop.services.class_curricula import ClassCurricula, unit_here
from tlbb_desktop.services.office import Office
from tlbb_desktop.services.whole_file import write_whole

if TYPE_CHECKING:
    from tlbb_desktop.documents.typesetting import FinishedPaper, PaperLanguage


class BenchSheetService:
    """Prints bench sheets and takes in what was written on them.

    Args:
        office: who acts on which record.
        assessment: records the attempts.
    """

    def __init__(self, office: Office, assessment: AssessmentService) -> None:
        self._office, self._assessment = office, assessment
        self._prisons = ClassPrisons(office)
        self._curricula = ClassCurricula()

    def sheet(self, class_id: int, unit_id: int, day: date) -> BenchSheet:
        """The sheet of a class and a unit for the list of a day; its order is that of the register.

        Raises:
            Refused: the class is taught without units, or its prison leaves the unit out.
            NotFound: the class's curriculum does not have the unit.
        """
        with self._office.read(Action.PROGRESS_READ, self._prisons[class_id]) as connection:
            return self._read(connection, class_id, unit_id, day)

    def with_code(self, code: str) -> tuple[int, int]:
        """The class and the unit of the sheet that bears a code.

        Args:
            code: as it was typed, in any case and with either keyboard layout.

        Raises:
            Refused: the code is mistyped.
            NotFound: no class has it.
        """
        class_id, unit_id = read_bench_code(latin_keys(code))
        with self._office.store.read() as connection:
            prison_id = class_queries.prison_of_class(connection, class_id)
        if prison_id is None:
            raise NotFound(N_("No class has a bench sheet with this code. Compare it with the paper."))
        self._office.permit(Action.PROGRESS_READ, prison_id)
        return class_id, unit_id

    def paper(self, class_id: int, unit_id: int, day: date, language: str) -> FinishedPaper:
        """The paper to look at; nothing is handed out. Raises UsageError for an unknown language."""
        from tlbb_desktop.documents.bench_sheet_pdf import bench_sheet_pdf

        return bench_sheet_pdf(self.sheet(class_id, unit_id, day), _language(language))

    def file_name(self, class_id: int, unit_id: int, day: date, language: str) -> str:
        """The name that the paper is offered under; no person's name."""
        from tlbb_desktop.documents.bench_sheet_pdf import bench_sheet_file_title

        return f"{bench_sheet_file_title(self.sheet(class_id, unit_id, day), _language(language))}.pdf"

    def hand_out(self, class_id: int, unit_id: int, day: date, language: str) -> FinishedPaper:
        """The paper for the printer or a file; the audit row is there before the paper leaves the program."""
        self._office.permit(Action.SHEET_PRINT, self._prisons[class_id])
        finished = self.paper(class_id, unit_id, day, language)
        with self._office.act(Action.SHEET_PRINT, self._prisons[class_id], enters=False) as act:
            act.record("bench_sheet_printed", f"class:{class_id}", f"unit:{unit_id} {day} {language}")
        return finished

    def save(self, class_id: int, unit_id: int, day: date, language: str, path: Path) -> FinishedPaper:
        """Write the paper to *path*; an older file is replaced as a whole.

        Raises:
            StorageFull, Refused: the file could not be written.
        """
        finished = self.hand_out(class_id, unit_id, day, language)
        write_whole(path, finished.pdf)
        return finished

    def enter(self, sheet: BenchSheet, exceptions: Mapping[int, BenchException]) -> Assessed:
        """Record a filled sheet in one act: everybody on it showed everything, but for the exceptions.

        Args:
            sheet: as it was read for the day of the practical.
            exceptions: person -> what was different, or that the person was absent.

        Raises:
            ChangedMeanwhile: somebody was assessed in the unit since the sheet was read.
            Refused: see ``AssessmentService.assess``; then nothing is changed.
        """
        return self._assessment.assess(sheet.group.id, bench_wishes(sheet, exceptions, seen=True))

    def _read(self, connection: Connection, class_id: int, unit_id: int, day: date) -> BenchSheet:
        found, curriculum = self._curricula.required(connection, class_id)
        unit = unit_here(found, unit_id)
        roster = class_learners(connection, class_id)
        learners = tuple(each for each in roster if not each.guest and each.enrolled_on(day))
        people = [each.person_id for each in learners]
        cells = states(queries.entries_of_people(connection, people, found.course_id))
        return BenchSheet(
            group=class_queries.class_row(connection, self._office.clock.today(), class_id),
            unit=unit,
            basis=curriculum.basis,
            day=day,
            learners=learners,
            states={person: state for (person, cell_unit), state in cells.items() if cell_unit == unit_id},
            code=bench_code(class_id, unit_id),
            demonstration=bool(sheet_queries.settings(connection, "demonstration").get("demonstration")),
        )


def _language(language: str) -> PaperLanguage:
    from tlbb_desktop.documents.typesetting import PaperLanguage

    if language not in PAPER_LANGUAGES:
        raise UsageError(N_("The language of a paper is km, en or both."))
    return PaperLanguage(language)
