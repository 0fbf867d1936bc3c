"""The file in which a learner's units and hours travel to another laptop: signed, dated, readable JSON."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final

from tlbb_desktop.domain.assessment import Outcome
from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.domain.curricula import MOST_UNITS
from tlbb_desktop.domain.errors import BadFile, Refused
from tlbb_desktop.domain.portable_records import CarriedUnit, PortableRecord
from tlbb_desktop.i18n.marks import N_

FORMAT: Final = "training-record"
VERSION: Final = 1
MOST_BYTES: Final = 500_000
_MOST_WORDS: Final = 300
_MOST_MINUTES: Final = 600_000
_NAMED: Final = (
    "record_id", "training_id", "programme", "issuer_km", "issuer_en", "course_code", "course_km", "course_en",
    "signed_with",
)  # fmt: skip
_BROKEN: Final = N_("{name} is not a training record, or is damaged.")

Sign = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class SignedRecord:
    """A file as it was read, its signature not checked yet: *content* are the signed bytes."""

    record: PortableRecord
    content: bytes
    signature: bytes


def written(record: PortableRecord, sign: Sign) -> bytes:
    """The file's bytes; *sign* gives the signature of its content."""
    content = {"format": FORMAT, "version": VERSION, **json.loads(json.dumps(asdict(record), default=_plain))}
    signature = b64encode(sign(_signed_bytes(content))).decode("ascii")
    return json.dumps({**content, "signature": signature}, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


def read(content: bytes, name: str) -> SignedRecord:
    """Take a file apart.

    Args:
        content: its bytes.
        name: of the file, for the sentence when it cannot be read.

    Raises:
        BadFile: it is no such file.
        Refused: it was written by another version of the program that this one does not understand.
    """
    if len(content) > MOST_BYTES:
        raise BadFile(_BROKEN, name=name)
    try:
        raw = json.loads(content.decode("utf-8-sig"))
        version = _version(raw)
        signature = b64decode(raw.pop("signature"), validate=True)
        record = _typed(raw) if version == VERSION else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadFile(_BROKEN, name=name) from error
    if record is None:
        raise Refused(
            N_("{name} was written by another version of the program (version {version}). Nothing was changed."),
            name=name,
            version=str(version),
        )
    return SignedRecord(record, _signed_bytes(raw), signature)


def _version(raw: dict[str, Any]) -> object:
    if raw["format"] != FORMAT:
        raise ValueError
    return raw["version"]


def _typed(raw: dict[str, Any]) -> PortableRecord:
    dated = datetime.fromisoformat(raw["dated"])
    units = raw["units"]
    if dated.tzinfo is None or len(units) > MOST_UNITS:
        raise ValueError
    dated = dated.astimezone(CAMBODIA)
    carried = tuple(_unit(each) for each in units)
    if any(unit.day is not None and unit.day > dated.date() for unit in carried):
        raise ValueError
    return PortableRecord(
        **{name: _words(raw[name]) for name in _NAMED},
        name_km=_words(raw["name_km"], empty=True),
        name_latin=_words(raw["name_latin"], empty=True),
        dated=dated,
        minutes_due=_minutes(raw["minutes_due"]),
        minutes_attended=_minutes(raw["minutes_attended"]),
        units=carried,
    )


def _unit(raw: dict[str, Any]) -> CarriedUnit:
    outcome = Outcome(raw["outcome"]) if raw["outcome"] is not None else None
    day = date.fromisoformat(raw["day"]) if raw["day"] is not None else None
    if (outcome is None) != (day is None):
        raise ValueError
    return CarriedUnit(
        code=_words(raw["code"]),
        name_km=_words(raw["name_km"], empty=True),
        name_en=_words(raw["name_en"], empty=True),
        hours=_minutes(raw["hours"]),
        minutes=_minutes(raw["minutes"]),
        outcome=outcome,
        day=day,
    )


def _words(value: object, *, empty: bool = False) -> str:
    if not isinstance(value, str) or len(value) > _MOST_WORDS or not (empty or value.strip()):
        raise ValueError
    return value


def _minutes(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST_MINUTES:
        raise ValueError
    return value


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError


def _signed_bytes(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii")
