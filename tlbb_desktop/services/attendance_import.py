"""Takes a month's absence list from a spreadsheet into a class's register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from tlbb_desktop.data.queries import classes as class_queries
from tlbb_desktop.data.queries import register as queries
from tlbb_desktop.data.queries.roster import learners
from tlbb_desktop.domain.attendance import Mark, MarkCode, SessionRow, SessionState
from tlbb_desktop.domain.attendance_import import AttendanceImport, AttendanceTaken, RefusedCell
from tlbb_desktop.domain.errors import BadFile, Refused, TlbbError
from tlbb_desktop.domain.paper_register import PaperRegister, PaperRow, Silence, mark_of_sign, read_paper_registers
from tlbb_desktop.domain.register import Learner, SetMark
from tlbb_desktop.i18n.days import WEEKDAY_NAMES
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import search_key
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.class_access import ClassPrisons
from tlbb_desktop.services.marking import Marking
from tlbb_desktop.services.office import Office
from tlbb_desktop.services.refused_cells import write_refused_cells
from tlbb_desktop.services.spreadsheets import read_spreadsheet

#: Marks that look alike on the absence list: late and left early are blank, a mark of the prison reads as excused.
_SAME_ON_PAPER = (
    frozenset({MarkCode.PRESENT, MarkCode.LATE, MarkCode.LEFT_EARLY}),
    frozenset({MarkCode.EXCUSED, MarkCode.INSTITUTION}),
    frozenset({MarkCode.ABSENT}),
)


class AttendanceImportService:
    """Reads a list, shows what it would do, and does it as one act that one undo takes back."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._prisons = ClassPrisons(office)

    def read(self, class_id: int, path: Path) -> AttendanceImport:
        """What the list at *path* would do to the register of the class.

        Raises:
            BadFile: it is no spreadsheet, no absence list, or has several lists and none names the class.
        """
        self._office.permit(Action.MARK, self._prisons[class_id])
        papers = read_paper_registers(read_spreadsheet(path))
        with self._office.read(Action.SHEET_READ, self._prisons[class_id]) as connection:
            code = class_queries.class_row(connection, self._office.clock.today(), class_id).code
            return _ListJudge(connection, class_id, _paper_of(papers, code), self._office.clock.today()).judged()

    def take(self, preview: AttendanceImport) -> AttendanceTaken:
        """Set what *preview* shows, all or nothing; sessions that get a mark become held.

        Raises:
            Refused: the register changed since the preview, so that one of its cells is not allowed any more.
        """
        with self._office.act(Action.MARK, self._prisons[preview.class_id]) as act:
            marked = Marking(self._office, act, preview.class_id).set_cells(preview.wishes, "import")
        return AttendanceTaken(marked, preview.refused)

    def write_refused(self, taken: AttendanceTaken, path: Path, language: str) -> None:
        """Write the cells left out, each with its reason in *language*, as CSV."""
        write_refused_cells(taken.refused, path, language)


def _paper_of(papers: Sequence[PaperRegister], class_code: str) -> PaperRegister:
    """The only list of a workbook, or the one whose sheet bears the class's code."""
    if len(papers) == 1:
        return papers[0]
    named = [paper for paper in papers if search_key(class_code) in search_key(paper.sheet)]
    if len(named) != 1:
        raise BadFile(
            N_("The file has {count} lists and none of its sheets is named {code}. Give each class a file of its own."),
            count=len(papers),
            code=class_code,
        )
    return named[0]


class _ListJudge:
    """Compares a list with the register, cell by cell."""

    def __init__(self, connection: Connection, class_id: int, paper: PaperRegister, today: date) -> None:
        self._class_id = class_id
        self._paper = paper
        self._today = today
        self._learners = learners(connection, class_id, paper.month)
        self._marks: Mapping[tuple[int, int], Mark] = queries.marks(
            connection, class_id, paper.month.first, paper.month.last
        )
        self._sessions: dict[date, list[SessionRow]] = {}
        for session in class_queries.sessions(connection, class_id, paper.month.first, paper.month.last):
            self._sessions.setdefault(session.day, []).append(session)
        self._wishes: list[SetMark] = []
        self._refused: list[RefusedCell] = []
        self._unchanged = 0

    def judged(self) -> AttendanceImport:
        """What the list would do."""
        named: set[int] = set()
        for row in self._paper.rows:
            try:
                learner = self._learner(row, named)
            except TlbbError as why:
                self._refuse_row(row, why)
                continue
            named.add(learner.person_id)
            for day, text in row.cells.items():
                self._judge_cell(row, learner, day, text)
        days = tuple(day for day in sorted(self._sessions) if day in self._paper.columns and self._open_sessions(day))
        return AttendanceImport(
            class_id=self._class_id,
            month=self._paper.month,
            sheet=self._paper.sheet,
            wishes=tuple(self._wishes),
            unchanged=self._unchanged,
            refused=tuple(self._refused),
            days=days,
            missing=tuple(
                (learner.code, learner.names.shown)
                for learner in self._learners
                if learner.person_id not in named and any(map(learner.enrolled_on, days))
            ),
        )

    def _learner(self, row: PaperRow, named: set[int]) -> Learner:
        """The learner of a row: by code where it has one, else by name.

        Raises:
            Refused: nobody in the class is called so, or several are, or the list names somebody twice.
        """
        if row.code:
            found = [one for one in self._learners if search_key(one.code) == search_key(row.code)]
        else:
            key = search_key(row.name)
            found = [one for one in self._learners if key in {search_key(one.names.khmer), search_key(one.names.latin)}]
        if not found:
            raise Refused(N_("Nobody in this class and month has this code or name."))
        if len(found) > 1:
            raise Refused(N_("Several learners have this name. Write the code."))
        if found[0].person_id in named:
            raise Refused(N_("The list names this learner twice; the first row counts."))
        return found[0]

    def _judge_cell(self, row: PaperRow, learner: Learner, day: date, text: str) -> None:
        """Wish a mark for the day's sessions, or note why the cell is left out; a blank only where a session is."""
        sessions = self._open_sessions(day)
        try:
            sign = mark_of_sign(text) if text else MarkCode.PRESENT
            if sign is Silence.SILENT or (not text and not (sessions and learner.enrolled_on(day))):
                return
            if sign is None:
                raise Refused(N_("Unknown mark {mark}."), mark=text)
            self._require_session(learner, day, sessions)
        except TlbbError as why:
            self._refused.append(RefusedCell(self._paper.place(row, day), learner.code, row.name, day, text, why))
            return
        if isinstance(sign, MarkCode):
            self._wish(learner, sessions, sign)

    def _open_sessions(self, day: date) -> list[SessionRow]:
        """The day's sessions that may be marked: up to today and not cancelled."""
        sessions = self._sessions.get(day, []) if day <= self._today else []
        return [session for session in sessions if session.state is not SessionState.CANCELLED]

    def _require_session(self, learner: Learner, day: date, sessions: Sequence[SessionRow]) -> None:
        if day > self._today:
            raise Refused(N_("This day is still to come."))
        if not sessions and day in self._sessions:
            raise Refused(N_("The session of this day was cancelled."))
        if not sessions:
            raise Refused(N_("No session on this day ({weekday})."), weekday=WEEKDAY_NAMES[day.weekday()])
        if not learner.enrolled_on(day):
            raise Refused(N_("Not enrolled on this day."))

    def _wish(self, learner: Learner, sessions: Sequence[SessionRow], code: MarkCode) -> None:
        for session in sessions:
            standing = self._marks.get((session.id, learner.person_id))
            if standing is not None and _reads_the_same(standing.code, code):
                self._unchanged += 1
            else:
                self._wishes.append(SetMark(session.id, learner.person_id, code))

    def _refuse_row(self, row: PaperRow, why: TlbbError) -> None:
        self._refused.append(RefusedCell(str(row.number), row.code, row.name, None, "", why))


def _reads_the_same(standing: MarkCode, written: MarkCode) -> bool:
    """Whether both stand for the same sign; a mark that says more than the list is never flattened by it."""
    return any(standing in alike and written in alike for alike in _SAME_ON_PAPER)
