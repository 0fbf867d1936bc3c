"""Commands about people: import, list, record."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tlbb_desktop.cli.dates import parse_day
from tlbb_desktop.cli.frame import CommandSession
from tlbb_desktop.cli.papers import add_look, look_of, tell_missing
from tlbb_desktop.domain.births import BirthPrecision
from tlbb_desktop.domain.paper_headings import PaperTemplate
from tlbb_desktop.domain.people import PersonListing
from tlbb_desktop.domain.people_import import ImportField, ImportLine, ImportPlan, ImportResult, LineDecision
from tlbb_desktop.i18n.catalog import _, _n
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.services.whole_file import require_place, write_whole


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``people``."""
    acts = commands.add_parser("people", help="people").add_subparsers(required=True, metavar="ACT")
    take = acts.add_parser("import", help="take in a list of people (XLSX, XLS, ODS, CSV)")
    take.add_argument("file", type=Path, metavar="FILE")
    take.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
    take.add_argument("--refused", type=Path, metavar="FILE", help="where the lines left out go (CSV or XLSX)")
    take.add_argument("--as-of", metavar="DATE", help="the day on which the list was true; ages count from it")
    take.add_argument("--allow-duplicates", action="store_true", help="also take those who may be on record already")
    take.set_defaults(run=_import)
    listed = acts.add_parser("list", help="everybody on record")
    listed.add_argument("--search", default="", metavar="TEXT", help="name, nickname or code, in either script")
    listed.add_argument("--json", action="store_true")
    listed.set_defaults(run=_list)
    record = acts.add_parser("record", help="somebody's training record as PDF: courses, hours, certificates")
    record.add_argument("code", metavar="CODE")
    record.add_argument("--out", required=True, type=Path, metavar="FILE")
    add_look(record)
    record.set_defaults(run=_record)


def _import(session: CommandSession, options: argparse.Namespace) -> int:
    if options.refused:
        require_place(options.refused)
    desk = session.desk()
    as_of = parse_day(options.as_of) if options.as_of else desk.office.clock.today()
    service = desk.people_import
    plan = service.propose(service.open_file(options.file))
    lines = service.preview(plan, as_of)
    decisions = {line.number: LineDecision.ADD for line in lines} if options.allow_duplicates else {}
    if options.dry_run:
        result = service.foresee(lines, decisions)
        count = len(lines) - len(result.refused)
        session.say(_n("{n} person would be taken in.", "{n} people would be taken in.", count).format(n=count))
    else:
        result = service.take(lines, decisions)
        count = len(result.added)
        session.say(_n("{n} person taken in.", "{n} people taken in.", count).format(n=count))
    if options.refused:
        service.write_refused(result, options.refused, session.language)
    _tell_refused(session, plan, result)
    return 0


def _tell_refused(session: CommandSession, plan: ImportPlan, result: ImportResult) -> None:
    count = len(result.refused)
    if count:
        session.warn(_n("{n} line refused:", "{n} lines refused:", count).format(n=count))
    for line in result.refused:
        why = explain(line.why) if line.why else _("This line was left out.")
        session.warn(f"{line.number}\t{_code_on(line, plan.columns)}\t{why}")


def _code_on(line: ImportLine, columns: Sequence[ImportField | None]) -> str:
    """The code as the line writes it, or ``""``."""
    return next((str(cell) for cell, field in zip(line.cells, columns, strict=False) if field is ImportField.CODE), "")


def _list(session: CommandSession, options: argparse.Namespace) -> int:
    people = session.desk().people.listing(options.search)
    if options.json:
        session.print_json([_fields(person) for person in people])
        return 0
    for person in people:
        session.say(f"{person.code}\t{person.names.shown}\t{person.sex or ''}\t{person.birth.text()}")
    return 0


def _fields(person: PersonListing) -> dict[str, Any]:
    known = person.birth.precision is not BirthPrecision.UNKNOWN
    return {
        "code": person.code,
        "family_km": person.names.family_km,
        "given_km": person.names.given_km,
        "family_latin": person.names.family_latin,
        "given_latin": person.names.given_latin,
        "sex": person.sex,
        "birth_precision": person.birth.precision,
        "birth": person.birth.text() if known else None,
        "province_code": person.province_code or None,
    }


def _record(session: CommandSession, options: argparse.Namespace) -> int:
    from tlbb_desktop.documents.training_record_pdf import training_record_pdf

    require_place(options.out)
    desk = session.desk()
    record = desk.training_records.record(desk.people.person_with_code(options.code), options.out.stem)
    paper = training_record_pdf(record, *look_of(session, options, PaperTemplate.TRAINING_RECORD))
    write_whole(options.out, paper.pdf)
    tell_missing(session, paper)
    session.say(str(options.out))
    return 0
