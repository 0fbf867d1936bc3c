"""Whether a certificate is genuine, judged from public facts alone: keys, and lists of what was withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from tlbb_desktop.domain.certificates import CertificateKind, CertificateState
from tlbb_desktop.i18n.marks import N_


class Finding(StrEnum):
    """The answer to "is it genuine?"."""

    GENUINE = "genuine"
    FORGED = "forged"
    UNKNOWN_KEY = "unknown_key"
    REVOKED = "revoked"
    REPLACED = "replaced"
    NO_CERTIFICATE = "no_certificate"
    UNKNOWN_NUMBER = "unknown_number"
    ONLY_NUMBER = "only_number"


FINDING_SENTENCES: Final = {
    Finding.GENUINE: N_("Genuine. Certificate {number} was issued by {issuer} on {issued_on}."),
    Finding.FORGED: N_("Not genuine: what this certificate says was changed after it was issued, or it is a forgery."),
    Finding.UNKNOWN_KEY: N_(
        "Not proven: it was signed with a key that is not known here."
        " Ask the organisation on the paper for its file of keys, and take that in."
    ),
    Finding.REVOKED: N_("Not valid: certificate {number} was revoked on {withdrawn_on}."),
    Finding.REPLACED: N_("Not valid: certificate {number} was replaced by {replaced_by} on {withdrawn_on}."),
    Finding.NO_CERTIFICATE: N_(
        "No certificate was found. Take a sharper picture of the whole square code, or type the number."
    ),
    Finding.UNKNOWN_NUMBER: N_(
        "The number {number} is not on record here. Check the square code of the paper instead."
    ),
    Finding.ONLY_NUMBER: N_(
        "The number {number} was issued here on {issued_on}."
        " Whether the paper says the same, only its square code tells."
    ),
}


@dataclass(frozen=True, slots=True)
class SignedFacts:
    """What the QR of a certificate says; see :class:`domain.certificates.Certificate` for the fields."""

    number: str
    kind: CertificateKind
    name_km: str
    name_latin: str
    course_code: str
    starts_on: date
    ends_on: date
    hours: int
    issued_on: date


@dataclass(frozen=True, slots=True)
class SignedCode:
    """A code that was read: whose key is said to have signed which bytes.

    Args:
        key_id: opaque id of the key, 12 hexadecimal digits.
        payload: the signed bytes, exactly as they came.
        signature: 64 bytes.
        facts: what the payload says.
    """

    key_id: str
    payload: bytes
    signature: bytes
    facts: SignedFacts


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A public key that somebody here accepted.

    Args:
        key_id: 12 hexadecimal digits, from the key itself.
        public: 32 bytes.
        programme: opaque id of the programme that signs with it.
        until: last day on which it signed, or None while it is in use.
    """

    key_id: str
    public: bytes
    programme: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A number that is no longer valid."""

    number: str
    state: CertificateState
    on: date
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class KnownProgramme:
    """What is known of a programme that issues certificates.

    Args:
        programme: opaque id.
        issuer_km, issuer_en: its organisation.
        dated: moment of the newest revocation list, or None when none came yet.
        withdrawals: by number.
    """

    programme: str
    issuer_km: str
    issuer_en: str
    dated: datetime | None
    withdrawals: Mapping[str, Withdrawal]


@dataclass(frozen=True, slots=True)
class TrustStore:
    """Every key and list that is known here; nothing in it is secret."""

    keys: Mapping[str, TrustedKey]
    programmes: Mapping[str, KnownProgramme]

    def key(self, key_id: str) -> TrustedKey | None:
        """The key with this id, or None."""
        return self.keys.get(key_id)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, with what the certificate says where its signature holds.

    Args:
        finding: the answer.
        facts: what was signed; None unless the signature holds.
        issuer_km, issuer_en: whose key it is, or ``""``.
        withdrawal: why it is no longer valid, or None.
        list_dated: moment of the revocation list that was looked at, or None.
        number: as far as it is known.
    """

    finding: Finding
    facts: SignedFacts | None = None
    issuer_km: str = ""
    issuer_en: str = ""
    withdrawal: Withdrawal | None = None
    list_dated: datetime | None = None
    number: str = ""

    @property
    def genuine(self) -> bool:
        """Whether the paper may be believed."""
        return self.finding is Finding.GENUINE

    @property
    def message(self) -> str:
        """The English sentence with its places."""
        return FINDING_SENTENCES[self.finding]

    @property
    def fields(self) -> Mapping[str, object]:
        """Values of the sentence's places."""
        gone = self.withdrawal
        return {
            "number": self.number,
            "issuer": self.issuer_km if self.issuer_km == self.issuer_en else f"{self.issuer_km} / {self.issuer_en}",
            "issued_on": self.facts.issued_on if self.facts else "",
            "withdrawn_on": gone.on if gone else "",
            "replaced_by": gone.replaced_by if gone else "",
        }


def judge(code: SignedCode, key: TrustedKey | None, signature_holds: bool, trust: TrustStore) -> Verdict:
    """Judge a code whose signature was checked.

    Args:
        code: as it was read.
        key: the key that it names, or None when it is not known.
        signature_holds: whether that key signed these bytes.
        trust: what is known here.
    """
    if key is None:
        return Verdict(Finding.UNKNOWN_KEY)
    if not signature_holds or (key.until is not None and code.facts.issued_on > key.until):
        return Verdict(Finding.FORGED)
    programme = trust.programmes[key.programme]
    gone = programme.withdrawals.get(code.facts.number)
    return Verdict(
        finding=_finding(gone),
        facts=code.facts,
        issuer_km=programme.issuer_km,
        issuer_en=programme.issuer_en,
        withdrawal=gone,
        list_dated=programme.dated,
        number=code.facts.number,
    )


def _finding(gone: Withdrawal | None) -> Finding:
    if gone is None:
        return Finding.GENUINE
    return Finding.REPLACED if gone.state is CertificateState.REPLACED else Finding.REVOKED
