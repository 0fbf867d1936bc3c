"""Whatever people typed goes out of the program as text: no formula, no link, no action, in any file that it writes.

The list of exports is the program's own: every method of every service that is given a path, or hands back a paper, is
either called here or named as one that only reads.
"""

from __future__ import annotations

import csv
import inspect
import io
import json
import typing
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle, product
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from tests.documents.test_injection import FUNCTIONS, PAYLOADS
from tests.faults.size import at_gate
from tests.services.case_gates import as_responsible
from tests.services.gate_world import World, home, world
from tests.services.gates import GATES, Call
from tlbb_desktop.documents.typesetting import FinishedPaper
from tlbb_desktop.domain.attendance_import import AttendanceTaken, RefusedCell
from tlbb_desktop.domain.case_papers import CasePaper, PrintReason
from tlbb_desktop.domain.case_plans import GoalForm, PlanGoal
from tlbb_desktop.domain.class_papers import ClassPaper, PaperWish
from tlbb_desktop.domain.errors import Refused, TlbbError
from tlbb_desktop.domain.strengths import StrengthDomain
from tlbb_desktop.wiring import Desk

__all__ = ["home", "world"]

#: Each state of the record carries all of them; a night turns them through all fields.
TURNS = at_gate(1, night=len(PAYLOADS))
MARKUP = ('<a href="http://example.org">x</a>', "<b>x</b>&amp;", "<img src='file:///etc/passwd'/>")
TYPED = (*PAYLOADS, *MARKUP)
#: Columns that hold what somebody typed, in the clear tables.
WORDS = ("family_km", "given_km", "family_latin", "given_latin", "nickname", "name_km", "name_en", "note", "source")
#: What is given a path and only reads from it.
READS = {
    "admission_checks.read",
    "attendance_import.read",
    "backups.remember",
    "backups.verify",
    "case_history.read",
    "certificate_checks.check_file",
    "certificate_keys.stranger",
    "certificate_keys.take",
    "copies.choose_medium",
    "curriculum_files.read",
    "curriculum_files.take",
    "drills.drill",
    "exchange.register",
    "exchange.take_in",
    "people_import.open_file",
    "portable_records.look",
    "portable_records.take",
}
#: What no spreadsheet or reader opens: encrypted copies, sealed bundles, signed cards, numbers of the laptop.
SEALED = {
    "backups.create",
    "copies.put_on",
    "diagnosis.save",
    "exchange.send",
    "exchange.write_card",
    "invitations.invite",
    "moving.prepare",
}


def exports() -> set[str]:
    """Every method of the desk's services that is given a path or hands back a paper."""
    found = set()
    for name, service in typing.get_type_hints(Desk).items():
        for method, function in inspect.getmembers(service, inspect.isfunction):
            told = function.__annotations__
            given = [kind for argument, kind in told.items() if argument != "return"]
            writes = any("Path" in str(kind) for kind in given) or "FinishedPaper" in str(told.get("return"))
            if writes and not method.startswith("_"):
                found.add(f"{name}.{method}")
    return found


@pytest.fixture
def typed_by_the_worst(desk: Desk, world: World, turn: int) -> World:
    """The world of the matrix, where each text that somebody may have typed is one of TYPED."""
    texts = cycle(TYPED[turn:] + TYPED[:turn])
    with desk.office.own_act() as act:
        ask = act.connection.exec_driver_sql
        tables = set(ask("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())
        for table in sorted(tables - {"prison"}):  # what a prison is called stands on no learner's paper
            columns = set(ask(f"SELECT name FROM pragma_table_info('{table}') WHERE type = 'TEXT'").scalars())
            for column in sorted(columns & set(WORDS)):
                ask(f"UPDATE {table} SET {column} = ?", (next(texts),))
        for person in ask("SELECT id FROM person").scalars().all():
            for column in WORDS[:5]:
                ask(f"UPDATE person SET {column} = ? WHERE id = ?", (next(texts), person))
    return world


def refused_people(desk: Desk, world: World) -> None:
    """A list of which each line is refused, or taken in with such a name."""
    lines = [f'C{number}\t"{text}"\tX' for number, text in enumerate(TYPED) if not set(text) & set('\t\r\n\x00"')]
    table = desk.people_import.open_text("code\tname\tsex\n" + "\n".join(lines))
    result = desk.people_import.take(desk.people_import.preview(desk.people_import.propose(table), world.day))
    assert result.refused
    for ending in ("csv", "xlsx"):
        desk.people_import.write_refused(result, world.folder / f"refused people.{ending}", "km")


def refused_cells(desk: Desk, world: World) -> None:
    """Cells of an absence list that say something else."""
    cells = tuple(RefusedCell("F7", each, each, None, each, Refused("{what}", what=each)) for each in TYPED)
    desk.attendance_import.write_refused(AttendanceTaken(None, cells), world.folder / "refused cells.csv", "km")


def papers_of_a_case(desk: Desk, world: World) -> None:
    """Each paper of a case that has one of everything, in words as they were typed."""
    plan, goal = world.cases.plan_id, GoalForm(StrengthDomain.HOME, TYPED[0], TYPED[-1], 1, 2, world.day)
    for text in TYPED:
        desk.case_plans.save_goal(plan, PlanGoal(replace(goal, statement=text, strength=text)))
    for paper in (CasePaper.PLAN, CasePaper.MY_PLAN, CasePaper.FORMS):
        path = world.folder / f"case {paper.value}.pdf"
        desk.case_papers.save(world.cases.case_id, paper, "both", PrintReason.PRISON, path)
    for paper in (CasePaper.RELEASE, CasePaper.CHECKLIST):
        path = world.folder / f"case {paper.value}.pdf"
        desk.case_papers.save(world.parts.case_id, paper, "both", PrintReason.PRISON, path)


def papers_of_a_class(desk: Desk, world: World) -> None:
    """Each paper of a class."""
    for paper in ClassPaper:
        desk.class_papers.save(PaperWish(paper, world.class_id, world.day, "both"), world.folder / f"{paper.value}.pdf")


def month_sheets(desk: Desk, world: World) -> None:
    """The month's sheet in both kinds and languages."""
    for fmt, language in product(("csv", "xlsx"), ("km", "en")):
        path = world.folder / f"sheet {language}.{fmt}"
        desk.sheets.export(world.class_id, world.month, fmt=fmt, language=language, path=path)


def draft_of_a_certificate(desk: Desk, world: World) -> FinishedPaper:
    """What was proposed and has no number yet."""
    desk.classes.enrol(world.class_id, [world.second_id], world.day)
    (made,) = desk.certificates.propose(world.class_id, [world.second_id], despite=TYPED[0])
    return desk.certificate_papers.draft(made, "both")


def issued_report(desk: Desk, world: World) -> FinishedPaper:
    """A report once more as it was issued."""
    return desk.outcome_reports.issued_paper(desk.outcome_reports.issue(desk.outcome_reports.report(world.day)), "both")


#: Calls that write more than those of the matrix.
CALLS: dict[str, Call] = {
    "people_import.write_refused": refused_people,
    "attendance_import.write_refused": refused_cells,
    "sheets.export": month_sheets,
    "certificate_papers.draft": draft_of_a_certificate,
    "outcome_reports.issued_paper": issued_report,
    "class_papers.save": papers_of_a_class,
    "case_papers.save": as_responsible(papers_of_a_case),
}


def check_workbook(content: bytes) -> None:
    """No formula but the program's own, no link, nothing from outside."""
    for page in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        for cell in (cell for row in page.iter_rows() for cell in row):
            assert cell.hyperlink is None
            assert cell.data_type != "f" or FUNCTIONS.match(cell.value), cell.value
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not [name for name in parts.namelist() if "externalLink" in name or "connection" in name]


def check_csv(content: bytes) -> None:
    """No cell that a spreadsheet would run."""
    for cell in (cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row):
        seen = "".join(c for c in unicodedata.normalize("NFKC", cell) if unicodedata.category(c)[0] != "C").strip()
        assert not seen.startswith(("=", "+", "-", "@", "|", "%")), cell


def check_pdf(content: bytes) -> None:
    """Nothing that is pressed, opened or run."""
    reader = PdfReader(io.BytesIO(content))
    root = reader.trailer["/Root"]
    assert not {"/OpenAction", "/AA", "/AcroForm"} & root.keys()
    assert not {"/JavaScript", "/EmbeddedFiles"} & root.get("/Names", {}).keys()
    assert not [page for page in reader.pages if page.get("/Annots") or page.get("/AA")]


def check_json(content: bytes) -> None:
    """It is what it says."""
    json.loads(content)


CHECKS: dict[str, Callable[[bytes], None]] = {
    ".xlsx": check_workbook,
    ".csv": check_csv,
    ".pdf": check_pdf,
    ".json": check_json,
}


def written_by(call: Call, desk: Desk, world: World) -> Iterator[tuple[str, bytes]]:
    """Name and content of everything that a call hands out."""
    before = set(world.folder.rglob("*"))
    handed = call(desk, world)
    yield from (
        (path.name, path.read_bytes()) for path in set(world.folder.rglob("*")) - before if path.suffix in CHECKS
    )
    if isinstance(handed, FinishedPaper):
        yield "handed.pdf", handed.pdf


def test_the_list_of_exports_is_whole() -> None:
    assert exports() >= READS | SEALED
    assert exports() - READS - SEALED <= GATES.keys() | CALLS.keys()


@pytest.mark.parametrize("turn", range(TURNS))
def test_no_file_of_any_export_runs_or_leads_anywhere(desk: Desk, typed_by_the_worst: World) -> None:
    refused: dict[str, str] = {}
    for name in sorted(exports() - READS - SEALED):
        call, files = CALLS[name] if name in CALLS else GATES[name].call, []
        try:
            files = list(written_by(call, desk, typed_by_the_worst))
            assert files, name
        except TlbbError as error:
            refused[name] = str(error)
        for file, content in files:
            try:
                CHECKS[Path(file).suffix](content)
            except AssertionError as error:
                error.add_note(f"{name}: {file}")
                raise
    assert refused == {}
