"""Checks certificates: a code that was read or pasted, a picture or PDF, or a number that was typed."""

from __future__ import annotations

from pathlib import Path

from tlbb_desktop.data.queries import certificates as queries
from tlbb_desktop.documents.certificate_code import is_code, read_code
from tlbb_desktop.documents.code_pictures import codes_in_file
from tlbb_desktop.domain.certificate_numbers import looks_like_number, parse_number
from tlbb_desktop.domain.certificates import INVALID, CertificateRow
from tlbb_desktop.domain.errors import BadFile
from tlbb_desktop.domain.verification import Finding, SignedFacts, TrustStore, Verdict, Withdrawal, judge
from tlbb_desktop.security import certificate_keys as crypto
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.certificate_freezing import thaw
from tlbb_desktop.services.office import Office


class CertificateChecks:
    """Anybody may check a certificate: it needs no secret. Only a bare number is looked up in the record.

    Args:
        office: the record with the known keys and lists.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    def check_text(self, text: str) -> Verdict:
        """Judge the text of a square code, or look up a number.

        Raises:
            Refused: the number is mistyped.
            NotPermitted: a bare number, and the actor may not read certificates.
        """
        if looks_like_number(text):
            return self._looked_up(str(parse_number(text)))
        return check_code(text, self._trust())

    def check_file(self, path: Path) -> tuple[Verdict, ...]:
        """Judge every certificate in a picture or PDF.

        Raises:
            BadFile: the file cannot be read as one.
        """
        return check_codes(codes_in_file(path), self._trust())

    def _trust(self) -> TrustStore:
        with self._office.store.read() as connection:
            return queries.trust_store(connection, self._office.clock.now())

    def _looked_up(self, number: str) -> Verdict:
        limit = self._office.prison_limit(Action.CERTIFICATE_READ)
        with self._office.read(Action.CERTIFICATE_READ) as connection:
            row = queries.row_with_number(connection, number)
            content = queries.content_of(connection, row.id) if row else ""
        if row is None or not content or (limit is not None and row.prison_id not in limit):
            return Verdict(Finding.UNKNOWN_NUMBER, number=number)
        said = thaw(content)
        facts = SignedFacts(
            number=number,
            kind=said.kind,
            name_km=said.name_km,
            name_latin=said.name_latin,
            course_code=said.course_code,
            starts_on=said.starts_on,
            ends_on=said.ends_on,
            hours=said.hours,
            issued_on=said.issued_on,
        )
        gone = _withdrawal(row)
        finding = Finding(str(gone.state)) if gone else Finding.ONLY_NUMBER
        return Verdict(finding, facts, said.issuer_km, said.issuer_en, gone, self._office.clock.now(), number)


def check_codes(codes: tuple[str, ...], trust: TrustStore) -> tuple[Verdict, ...]:
    """Judge several codes; none at all is one verdict that says so."""
    return tuple(check_code(code, trust) for code in codes) or (Verdict(Finding.NO_CERTIFICATE),)


def check_code(text: str, trust: TrustStore) -> Verdict:
    """Judge the text of a square code by what is known in *trust*."""
    if not is_code(text):
        return Verdict(Finding.NO_CERTIFICATE)
    try:
        code = read_code(text)
    except BadFile:
        return Verdict(Finding.FORGED)
    key = trust.key(code.key_id)
    holds = key is not None and crypto.holds(key.public, code.signature, crypto.CERTIFICATE, code.payload)
    return judge(code, key, holds, trust)


def _withdrawal(row: CertificateRow) -> Withdrawal | None:
    if row.state not in INVALID or row.withdrawn_on is None:
        return None
    return Withdrawal(row.number, row.state, row.withdrawn_on, row.replaced_by)
