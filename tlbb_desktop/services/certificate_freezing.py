"""An issued certificate as text in the record, and back: a reprint says what the first paper said."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from tlbb_desktop.domain.certificates import Certificate, CertificateKind, Competence
from tlbb_desktop.domain.errors import Refused, StorageDamaged
from tlbb_desktop.i18n.marks import N_

_DAYS: Final = ("starts_on", "ends_on", "issued_on")


def freeze(certificate: Certificate) -> str:
    """Everything that the paper says, as JSON with a name for each field."""
    return json.dumps(asdict(certificate), ensure_ascii=False, default=_plain, separators=(",", ":"))


def thaw(text: str) -> Certificate:
    """The certificate that was frozen.

    Raises:
        StorageDamaged: the text is no certificate.
    """
    try:
        content: dict[str, Any] = json.loads(text)
        days = {name: date.fromisoformat(content[name]) for name in _DAYS}
        units = tuple(Competence(**unit) for unit in content["competences"])
        kind = CertificateKind(content["kind"])
        return Certificate(**{**content, **days, "competences": units, "kind": kind})
    except (ValueError, KeyError, TypeError) as problem:
        raise StorageDamaged from problem


def signed_words(envelope: bytes | None, number: str | None) -> bytes:
    """What was signed of an issued certificate.

    Raises:
        Refused: it went with the name when the person was expunged.
    """
    if not envelope:
        raise Refused(N_("The name on certificate {number} was expunged, so it has no paper any more."), number=number)
    return envelope


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError
