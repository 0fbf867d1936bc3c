"""Commands about certificates: issue, print, verify, revoke, replace, list, and the keys that prove them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tlbb_desktop.cli.certificate_steps import add_steps
from tlbb_desktop.cli.frame import CommandSession
from tlbb_desktop.cli.papers import add_look, look_of, tell_missing
from tlbb_desktop.domain.certificates import KIND_NAMES, CertificateKind, RulesNotMet
from tlbb_desktop.domain.errors import UsageError
from tlbb_desktop.domain.paper_headings import PaperTemplate
from tlbb_desktop.domain.stigma import StigmaLint
from tlbb_desktop.i18n.catalog import _, _n
from tlbb_desktop.i18n.days import moment_text
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.i18n.sentences import explain

if TYPE_CHECKING:
    from tlbb_desktop.domain.certificates import CertificatePaper, CertificateRow
    from tlbb_desktop.domain.verification import Verdict

_GENUINE, _NOT_GENUINE = 0, 1
_LONGEST_PATH = 255
_PICTURE = ".png"


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``certificate``."""
    acts = commands.add_parser("certificate", help="certificates").add_subparsers(required=True, metavar="ACT")
    _add_issue(acts)
    printed = acts.add_parser("print", help="the paper once more, marked as a duplicate")
    printed.add_argument("number", metavar="NUMBER")
    printed.add_argument("--out", required=True, type=Path, metavar="FILE", help="a PDF; as .png the square code alone")
    add_look(printed)
    printed.set_defaults(run=_print)
    verify = acts.add_parser("verify", help="whether a certificate is genuine; 0 = it is, 1 = it is not")
    verify.add_argument("what", metavar="FILE|TEXT", help="picture or PDF; text of the square code; or a number")
    verify.add_argument("--keys", type=Path, metavar="FILE", help="check with this file of keys alone; no login")
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(run=_verify)
    for name, help_text, run in (
        ("revoke", "make a number invalid for good", _revoke),
        ("replace", "issue it anew with today's spelling; the old number is replaced", _replace),
    ):
        act = acts.add_parser(name, help=help_text)
        act.add_argument("number", metavar="NUMBER")
        act.add_argument("--reason", required=True, metavar="REASON")
        if run is _replace:
            act.add_argument("--out", required=True, type=Path, metavar="DIR")
            add_look(act)
        act.set_defaults(run=run)
    listing = acts.add_parser("list", help="every certificate on record")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=_list)
    _add_way(acts)
    add_steps(acts)
    _add_keys(acts)


def _add_issue(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    issue = acts.add_parser("issue", help="issue certificates to learners of a class")
    _add_learners(issue)
    issue.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for the papers")
    add_look(issue)
    issue.set_defaults(run=_issue)


def _add_way(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    missing = acts.add_parser("missing", help="what learners still lack, line by line")
    propose = acts.add_parser("propose", help="propose certificates to the manager")
    for act, run in ((missing, _missing), (propose, _propose)):
        _add_learners(act)
        act.set_defaults(run=run)


def _add_learners(act: argparse.ArgumentParser) -> None:
    act.add_argument("--class", dest="class_code", required=True, metavar="CLASS", help="code of the class")
    act.add_argument("people", nargs="+", metavar="CODE", help="codes of learners")
    act.add_argument("--kind", choices=[str(kind) for kind in CertificateKind], default=str(CertificateKind.COMPLETION))
    act.add_argument("--despite", default="", metavar="REASON", help="why, where a rule of the course is not met")


def _add_keys(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    keys = acts.add_parser("keys", help="public keys and the list of withdrawn numbers")
    ways = keys.add_subparsers(required=True, metavar="ACT")
    export = ways.add_parser("export", help="write the programme's keys and list into one signed file")
    export.add_argument("--out", required=True, type=Path, metavar="FILE")
    export.set_defaults(run=_export_keys)
    take = ways.add_parser("import", help="take in the keys and the list of a programme")
    take.add_argument("file", type=Path, metavar="FILE")
    take.add_argument("--accept", default="", metavar="CODE", help="code of a new key, as its programme reads it out")
    take.set_defaults(run=_import_keys)


def _issue(session: CommandSession, options: argparse.Namespace) -> int:
    _require_folder(options.out)
    desk = session.desk()
    class_id, people = _learners(session, options)
    try:
        papers = desk.certificates.issue_at_once(class_id, people, CertificateKind(options.kind), options.despite)
    except RulesNotMet as error:
        _tell_lines(session, error)
        raise
    for paper in papers:
        _hand_out_into(session, options, paper)
    return 0


def _print(session: CommandSession, options: argparse.Namespace) -> int:
    from tlbb_desktop.services.whole_file import require_place

    StigmaLint().require_clean({"file_name": options.out.stem})
    require_place(options.out)
    paper = session.desk().certificates.reprint(options.number)
    session.say(str(_hand_out(session, options, paper, options.out)))
    return 0


def _hand_out_into(session: CommandSession, options: argparse.Namespace, paper: CertificatePaper) -> None:
    options.out.mkdir(exist_ok=True)
    path = _hand_out(session, options, paper, options.out / f"{paper.file_name}.pdf")
    session.say(f"{paper.certificate.number}\t{path}")


def _hand_out(session: CommandSession, options: argparse.Namespace, paper: CertificatePaper, path: Path) -> Path:
    """Write the paper, or its square code alone where the file is to be a picture."""
    from tlbb_desktop.documents.certificate_code import qr_png
    from tlbb_desktop.documents.certificate_pdf import certificate_pdf
    from tlbb_desktop.services.whole_file import write_whole

    if path.suffix.lower() == _PICTURE:
        write_whole(path, qr_png(paper.code))
        return path
    template = PaperTemplate.of_certificate(paper.certificate.kind)
    shown = session.desk().certificate_papers.with_photo(paper)
    finished = certificate_pdf([shown], *look_of(session, options, template))
    write_whole(path, finished.pdf)
    tell_missing(session, finished)
    return path


def _verify(session: CommandSession, options: argparse.Namespace) -> int:
    verdicts = _verdicts_by_file(options) if options.keys else _verdicts_by_record(session, options.what)
    if options.json:
        session.print_json([_verdict_as_json(verdict) for verdict in verdicts])
    else:
        for verdict in verdicts:
            _tell(session, verdict)
    return _GENUINE if all(verdict.genuine for verdict in verdicts) else _NOT_GENUINE


def _verdicts_by_record(session: CommandSession, what: str) -> Sequence[Verdict]:
    checks = session.desk().certificate_checks
    path = _file_named(what)
    return checks.check_file(path) if path else (checks.check_text(what),)


def _verdicts_by_file(options: argparse.Namespace) -> Sequence[Verdict]:
    from tlbb_desktop.documents.code_pictures import codes_in_file
    from tlbb_desktop.services.certificate_checks import check_codes
    from tlbb_desktop.services.certificate_trust import trust_of_file

    trust = trust_of_file(options.keys)
    path = _file_named(options.what)
    return check_codes(codes_in_file(path) if path else (options.what,), trust)


def _file_named(what: str) -> Path | None:
    """The file that *what* names; None when it is text."""
    from tlbb_desktop.documents.certificate_code import is_code
    from tlbb_desktop.domain.certificate_numbers import looks_like_number

    if is_code(what) or len(what) > _LONGEST_PATH or "\n" in what or "\0" in what:
        return None
    path = Path(what)
    if path.is_file():
        return path
    if looks_like_number(what) or not path.suffix:
        return None
    return path  # a file that is missing is named so by whoever reads it


def _tell(session: CommandSession, verdict: Verdict) -> None:
    say = session.say if verdict.genuine else session.warn
    say(explain(verdict))
    facts = verdict.facts
    if facts is None:
        return
    names = " / ".join(filter(None, (facts.name_km, facts.name_latin)))
    say(f"{facts.number}\t{_(KIND_NAMES[facts.kind])}\t{names}\t{facts.course_code}\t{facts.hours}")
    if verdict.list_dated:
        say(_("List of withdrawn certificates of {dated}.").format(dated=moment_text(verdict.list_dated)))


def _revoke(session: CommandSession, options: argparse.Namespace) -> int:
    session.desk().certificates.revoke(options.number, options.reason)
    session.say(_("Certificate {number} is revoked.").format(number=options.number))
    return 0


def _replace(session: CommandSession, options: argparse.Namespace) -> int:
    _require_folder(options.out)
    paper = session.desk().certificates.replace(options.number, options.reason)
    _hand_out_into(session, options, paper)
    return 0


def _missing(session: CommandSession, options: argparse.Namespace) -> int:
    class_id, people = _learners(session, options)
    found = session.desk().certificates.eligibility(class_id, people, CertificateKind(options.kind))
    for code, each in zip(options.people, found, strict=True):
        session.say(f"{code}\t{each.hours}\t{'' if each.percent is None else each.percent}")
        for line in each.missing:
            session.say(f"{code}\t{explain(line)}")
    return 0


def _propose(session: CommandSession, options: argparse.Namespace) -> int:
    class_id, people = _learners(session, options)
    try:
        ids = session.desk().certificates.propose(class_id, people, CertificateKind(options.kind), options.despite)
    except RulesNotMet as error:
        _tell_lines(session, error)
        raise
    session.say(_n("{n} certificate proposed.", "{n} certificates proposed.", len(ids)).format(n=len(ids)))
    return 0


def _list(session: CommandSession, options: argparse.Namespace) -> int:
    rows = session.desk().certificates.list()
    if options.json:
        session.print_json([_row_as_json(row) for row in rows])
    else:
        for row in rows:
            issued = row.issued_on.isoformat() if row.issued_on else ""
            session.say(f"{row.number}\t{row.state}\t{row.person_code}\t{row.shown_name}\t{row.class_code}\t{issued}")
    return 0


def _export_keys(session: CommandSession, options: argparse.Namespace) -> int:
    session.say(str(session.desk().certificate_keys.export(options.out)))
    return 0


def _import_keys(session: CommandSession, options: argparse.Namespace) -> int:
    taken = session.desk().certificate_keys.take(options.file, options.accept)
    session.say(
        _("{keys} new keys and {withdrawals} withdrawn numbers were taken in; the list is of {dated}.").format(
            keys=taken.keys, withdrawals=taken.withdrawals, dated=moment_text(taken.dated)
        )
    )
    return 0


def _learners(session: CommandSession, options: argparse.Namespace) -> tuple[int, list[int]]:
    desk = session.desk()
    if len(set(options.people)) != len(options.people):
        raise UsageError(N_("A learner is named twice."))
    class_id = desk.classes.class_named(options.class_code)
    return class_id, [desk.people.person_with_code(code) for code in options.people]


def _tell_lines(session: CommandSession, error: RulesNotMet) -> None:
    for code, line in error.lines:
        session.warn(f"{code}\t{explain(line)}")


def _require_folder(folder: Path) -> None:
    """Refuse unless *folder* takes files, or can be made; for an act that must not be done without its papers."""
    from tlbb_desktop.services.whole_file import require_place

    require_place(folder / "certificate.pdf" if folder.is_dir() else folder)


def _verdict_as_json(verdict: Verdict) -> dict[str, Any]:
    facts, gone = verdict.facts, verdict.withdrawal
    said = (
        {
            "kind": str(facts.kind),
            "name_km": facts.name_km,
            "name_latin": facts.name_latin,
            "course": facts.course_code,
            "hours": facts.hours,
            "starts_on": facts.starts_on.isoformat(),
            "ends_on": facts.ends_on.isoformat(),
            "issued_on": facts.issued_on.isoformat(),
        }
        if facts
        else {}
    )
    return {
        "genuine": verdict.genuine,
        "finding": str(verdict.finding),
        "number": verdict.number,
        **said,
        "issuer_km": verdict.issuer_km,
        "issuer_en": verdict.issuer_en,
        "withdrawn_on": gone.on.isoformat() if gone else None,
        "replaced_by": gone.replaced_by or None if gone else None,
        "list_dated": verdict.list_dated.isoformat(timespec="seconds") if verdict.list_dated else None,
    }


def _row_as_json(row: CertificateRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "state": str(row.state),
        "kind": str(row.kind),
        "person": row.person_code,
        "name": row.shown_name,
        "class": row.class_code,
        "course": row.course_code,
        "hours": row.hours,
        "issued_on": row.issued_on.isoformat() if row.issued_on else None,
        "withdrawn_on": row.withdrawn_on.isoformat() if row.withdrawn_on else None,
        "despite": row.despite,
        "reason": row.reason,
        "replaced_by": row.replaced_by or None,
        "prints": row.prints,
    }
