"""Month sheets: files for the prison and for machines, issuing and signing."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tlbb_desktop.cli.dates import parse_day
from tlbb_desktop.cli.frame import CommandSession
from tlbb_desktop.domain.class_papers import PAPER_LANGUAGES, ClassPaper, PaperWish
from tlbb_desktop.domain.errors import BadFile
from tlbb_desktop.domain.months import Month
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_

if TYPE_CHECKING:
    from datetime import date

    from tlbb_desktop.documents.typesetting import FinishedPaper
    from tlbb_desktop.domain.register import MonthSheet
    from tlbb_desktop.domain.sheet_rules import SheetLine

_FORMATS = ("xlsx", "pdf", "csv")
_PDF = "pdf"


def add_export(attendance: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``export`` and ``export-prison`` to the acts of ``attendance``."""
    export = attendance.add_parser("export", help="write the sheet of a class-month")
    export.add_argument("class_code", metavar="CLASS", help="code of the class")
    _add_month(export)
    export.add_argument(
        "--format",
        dest="fmt",
        choices=_FORMATS,
        default=_FORMATS[0],
        help="xlsx to work on, pdf to print, csv for machines",
    )
    _add_paper(export)
    export.set_defaults(run=_export)
    whole = attendance.add_parser("export-prison", help="write all sheets of a prison's month into one file")
    whole.add_argument("--prison", required=True, metavar="CODE")
    _add_month(whole)
    whole.add_argument("--format", dest="fmt", choices=_FORMATS[:2], default=_FORMATS[0])
    _add_paper(whole)
    whole.set_defaults(run=_export_prison)
    blank = attendance.add_parser("blank", help="write a register for hand marking (PDF)")
    blank.add_argument("class_code", metavar="CLASS", help="code of the class")
    _add_month(blank)
    _add_paper(blank)
    blank.set_defaults(run=_blank)
    roll = attendance.add_parser("roll", help="write the names of a class with nicknames (PDF)")
    roll.add_argument("class_code", metavar="CLASS", help="code of the class")
    roll.add_argument("--on", metavar="DATE", help="whose list; today")
    _add_paper(roll)
    roll.set_defaults(run=_roll)


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``sheet issue``, ``sheet sign`` and ``sheet list``."""
    sheet = commands.add_parser("sheet", help="month sheets").add_subparsers(required=True, metavar="ACT")
    issue = sheet.add_parser("issue", help="freeze the figures under the next number")
    issue.add_argument("class_code", metavar="CLASS", help="code of the class")
    _add_month(issue)
    issue.set_defaults(run=_issue)
    sign = sheet.add_parser("sign", help="note that the prison signed the paper")
    sign.add_argument("class_code", metavar="CLASS", help="code of the class")
    _add_month(sign)
    sign.add_argument("--by", required=True, metavar="NAME", help="who signed")
    sign.add_argument("--on", metavar="DATE", help="day of the signature; today")
    sign.add_argument("--scan", type=Path, metavar="FILE", help="the signed paper as JPEG")
    sign.set_defaults(run=_sign)
    listing = sheet.add_parser("list", help="how far the sheet of each class is")
    _add_month(listing)
    listing.add_argument("--prison", metavar="CODE", help="only the classes of this prison")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=_list)


def _add_month(command: argparse.ArgumentParser) -> None:
    command.add_argument("--month", required=True, metavar="YYYY-MM")


def _add_paper(command: argparse.ArgumentParser) -> None:
    command.add_argument("--lang", dest="paper_language", choices=PAPER_LANGUAGES, help="both only as PDF")
    command.add_argument("--out", required=True, type=Path, metavar="FILE")


def _export(session: CommandSession, options: argparse.Namespace) -> int:
    month, desk = Month.parse(options.month), session.dated_desk()
    if options.fmt == _PDF:
        return _save(session, options, ClassPaper.ABSENCE_LIST, month.first)
    desk.sheets.export(
        desk.classes.class_named(options.class_code),
        month,
        fmt=options.fmt,
        language=options.paper_language or session.language,
        path=options.out,
    )
    session.say(str(options.out))
    return 0


def _export_prison(session: CommandSession, options: argparse.Namespace) -> int:
    month, desk = Month.parse(options.month), session.dated_desk()
    prison_id = desk.prisons.prison_with_code(options.prison).id
    language = options.paper_language or session.language
    if options.fmt == _PDF:
        _report(session, desk.class_papers.save_prison_month(prison_id, month, language, options.out))
    else:
        desk.sheets.export_prison_month(prison_id, month, language=language, path=options.out)
    session.say(str(options.out))
    return 0


def _blank(session: CommandSession, options: argparse.Namespace) -> int:
    return _save(session, options, ClassPaper.BLANK_REGISTER, Month.parse(options.month).first)


def _roll(session: CommandSession, options: argparse.Namespace) -> int:
    day = parse_day(options.on) if options.on else session.dated_desk().office.clock.today()
    return _save(session, options, ClassPaper.ROLL, day)


def _save(session: CommandSession, options: argparse.Namespace, paper: ClassPaper, day: date) -> int:
    desk = session.dated_desk()
    class_id = desk.classes.class_named(options.class_code)
    wish = PaperWish(paper, class_id, day, options.paper_language or session.language)
    _report(session, desk.class_papers.save(wish, options.out))
    session.say(str(options.out))
    return 0


def _report(session: CommandSession, finished: FinishedPaper) -> None:
    """Name the characters that stand on the paper as boxes."""
    for each in finished.missing:
        session.warn(
            _("The paper shows {code} ({name}) as a box: no font has it.").format(code=each.code_point, name=each.name)
        )


def _issue(session: CommandSession, options: argparse.Namespace) -> int:
    month, desk = Month.parse(options.month), session.dated_desk()
    sheet = desk.sheets.issue(desk.classes.class_named(options.class_code), month)
    session.say(
        _("Sheet no. {number} of {code} is issued. Code: {check}").format(
            number=sheet.number, code=sheet.register.group.code, check=sheet.code
        )
    )
    return 0


def _sign(session: CommandSession, options: argparse.Namespace) -> int:
    month, desk = Month.parse(options.month), session.dated_desk()
    scan = _scan(options.scan)
    day = parse_day(options.on) if options.on else desk.office.clock.today()
    sheet: MonthSheet = desk.sheets.sign(desk.classes.class_named(options.class_code), month, day, options.by, scan)
    session.say(
        _("Sheet no. {number} of {code} is signed.").format(number=sheet.number, code=sheet.register.group.code)
    )
    return 0


def _scan(path: Path | None) -> bytes | None:
    from tlbb_desktop.services.sheets import MOST_SCAN_BYTES

    if path is None:
        return None
    try:
        with path.open("rb") as stream:
            return stream.read(MOST_SCAN_BYTES + 1)  # one more than is allowed tells that it is too large
    except OSError as problem:
        raise BadFile(
            N_("{name} cannot be read ({reason})."), name=path.name, reason=problem.strerror or ""
        ) from problem


def _list(session: CommandSession, options: argparse.Namespace) -> int:
    month, desk = Month.parse(options.month), session.desk()
    prison_id = desk.prisons.prison_with_code(options.prison).id if options.prison else None
    lines = desk.sheets.overview(month, prison_id)
    if options.json:
        session.print_json([_as_json(line) for line in lines])
    else:
        for line in lines:
            session.say(f"{line.class_code}\t{line.marked}/{line.sessions}\t{line.state}\t{line.number or ''}")
    return 0


def _as_json(line: SheetLine) -> dict[str, Any]:
    return {
        "class": line.class_code,
        "course": line.course_en,
        "prison": line.prison,
        "sessions": line.sessions,
        "marked": line.marked,
        "to_come": line.to_come,
        "state": str(line.state),
        "number": line.number,
        "changed": line.changed,
    }
