"""The one file that public keys and the list of withdrawn certificates travel in: signed, dated, readable JSON."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from tlbb_desktop.domain.certificate_numbers import parse_number
from tlbb_desktop.domain.certificates import INVALID, CertificateState
from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.domain.errors import BadFile, TlbbError
from tlbb_desktop.domain.verification import TrustedKey, Withdrawal
from tlbb_desktop.i18n.marks import N_

FORMAT: Final = "certificate-keys-1"
MOST_BYTES: Final = 5_000_000
_MOST_KEYS: Final = 1_000
_MOST_WORDS: Final = 200
_BROKEN: Final = N_("{name} is not a file of certificate keys, or is damaged.")

Sign = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What such a file says.

    Args:
        programme: opaque id of the programme.
        issuer_km, issuer_en: its organisation.
        dated: when the list was made.
        keys: public keys, also earlier ones.
        withdrawals: numbers that are no longer valid.
        signed_with: id of the key, one of *keys*, that signed the file.
    """

    programme: str
    issuer_km: str
    issuer_en: str
    dated: datetime
    keys: tuple[TrustedKey, ...]
    withdrawals: tuple[Withdrawal, ...]
    signed_with: str

    def key(self, key_id: str) -> TrustedKey | None:
        """The key with this id, or None."""
        return next((key for key in self.keys if key.key_id == key_id), None)


@dataclass(frozen=True, slots=True)
class SignedKeyFile:
    """A file as it was read, its signature not checked yet: *content* are the signed bytes."""

    file: KeyFile
    content: bytes
    signature: bytes


def written(file: KeyFile, sign: Sign) -> bytes:
    """The file's bytes; *sign* gives the signature of its content."""
    content = {
        "format": FORMAT,
        "programme": file.programme,
        "issuer_km": file.issuer_km,
        "issuer_en": file.issuer_en,
        "dated": file.dated.isoformat(timespec="milliseconds"),
        "keys": [
            {
                "id": key.key_id,
                "public": b64encode(key.public).decode("ascii"),
                "until": key.until.isoformat() if key.until else "",
            }
            for key in file.keys
        ],
        "withdrawn": [
            {
                "number": gone.number,
                "state": str(gone.state),
                "on": gone.on.isoformat(),
                "replaced_by": gone.replaced_by,
            }
            for gone in file.withdrawals
        ],
        "signed_with": file.signed_with,
    }
    signature = b64encode(sign(_signed_bytes(content))).decode("ascii")
    whole = {**content, "signature": signature}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


def read(content: bytes, name: str) -> SignedKeyFile:
    """Take a file apart.

    Args:
        content: its bytes.
        name: of the file, for the sentence when it cannot be read.

    Raises:
        BadFile: it is no such file.
    """
    if len(content) > MOST_BYTES:
        raise BadFile(_BROKEN, name=name)
    try:
        raw = json.loads(content.decode("utf-8-sig"))
        signature = b64decode(raw.pop("signature"), validate=True)
        return SignedKeyFile(_typed(raw), _signed_bytes(raw), signature)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, TlbbError) as error:
        raise BadFile(_BROKEN, name=name) from error


def _typed(raw: dict[str, Any]) -> KeyFile:
    if raw["format"] != FORMAT or len(raw["keys"]) > _MOST_KEYS:
        raise ValueError
    programme = _words(raw["programme"])
    dated = datetime.fromisoformat(raw["dated"])
    if dated.tzinfo is None:
        raise ValueError
    return KeyFile(
        programme=programme,
        issuer_km=_words(raw["issuer_km"]),
        issuer_en=_words(raw["issuer_en"]),
        dated=dated.astimezone(CAMBODIA),
        keys=tuple(_key(each, programme) for each in raw["keys"]),
        withdrawals=tuple(_withdrawal(each) for each in raw["withdrawn"]),
        signed_with=_words(raw["signed_with"]),
    )


def _key(raw: dict[str, Any], programme: str) -> TrustedKey:
    until = date.fromisoformat(raw["until"]) if raw["until"] else None
    return TrustedKey(_words(raw["id"]), b64decode(raw["public"], validate=True), programme, until)


def _withdrawal(raw: dict[str, Any]) -> Withdrawal:
    state = CertificateState(raw["state"])
    if state not in INVALID:
        raise ValueError
    successor = str(parse_number(raw["replaced_by"])) if raw["replaced_by"] else ""
    return Withdrawal(str(parse_number(raw["number"])), state, date.fromisoformat(raw["on"]), successor)


def _words(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > _MOST_WORDS:
        raise ValueError
    return value


def _signed_bytes(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii")
