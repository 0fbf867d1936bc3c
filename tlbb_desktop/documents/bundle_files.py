"""The files that go between laptops: bundles, invitations for a further laptop, and the card of a laptop.

A bundle: a line that says what it is, its head as one line of JSON, what is sealed to the receiver, and the signature
(64 bytes) over all of that. An invitation: a line, a line of JSON (keyring, laptops, MAC), and a bundle. Nothing that
is secret lies open in either.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import MISSING, asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import cbor2

from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.domain.errors import BadFile
from tlbb_desktop.domain.exchange import BundleHead
from tlbb_desktop.i18n.marks import N_

MOST_BYTES: Final = 2_000_000_000
_MOST_LINE: Final = 16 * 1024 * 1024
_BUNDLE: Final = b"TLBB exchange bundle 1\n"
_JOIN: Final = b"TLBB further laptop 1\n"
_CARD: Final = "TLBB laptop 1"
_SIGNATURE: Final = 64
_NO_BUNDLE: Final = N_("{name} is not a bundle of TLBB Desktop, or it is damaged. Nothing was changed. Copy it again.")
_NO_INVITATION: Final = N_(
    "{name} does not invite a further laptop, or it is damaged. Nothing was changed. Copy it again."
)
_NO_CARD: Final = N_("{name} is not the card of a laptop, or it is damaged. Nothing was changed. Copy it again.")


@dataclass(frozen=True, slots=True, repr=False)
class SignedBundle:
    """A bundle as it was read; neither is its signature checked nor what it holds opened."""

    head: BundleHead
    sealed: bytes
    content: bytes
    signature: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Invitation:
    """What a further laptop begins with.

    Args:
        facts: keyring, laptops and settings, as JSON holds them.
        content: the bytes that the MAC is over.
        mac: of who made the keys of the laptop.
        bundle: the first bundle for it.
    """

    facts: dict[str, Any]
    content: bytes
    mac: bytes
    bundle: bytes


@dataclass(frozen=True, slots=True)
class Card:
    """A laptop as another one gets to know it.

    Args:
        programme: opaque id of the programme.
        sender: id of the laptop.
        name, series: what it is called, and the letter of its number series.
        verify_key, receive_key: its public keys.
    """

    programme: str
    sender: str
    name: str
    series: str
    verify_key: bytes
    receive_key: bytes


def bundle_written(
    head: BundleHead, payload: Any, seal: Callable[[bytes], bytes], sign: Callable[[bytes], bytes]
) -> bytes:
    """The bytes of a bundle; *seal* closes what it holds, *sign* signs the whole."""
    plain = asdict(head) | {"made_at": head.made_at.isoformat()}
    content = _BUNDLE + _line(plain) + seal(zlib.compress(cbor2.dumps(payload), level=6))
    return content + sign(content)


def bundle_read(content: bytes, name: str) -> SignedBundle:
    """Take a bundle apart; raises BadFile where it is none."""
    try:
        plain, start = _headed(content, _BUNDLE)
        head = _head(plain)
        _require(len(content) >= start + _SIGNATURE)
    except (ValueError, TypeError) as error:
        raise BadFile(_NO_BUNDLE, name=name) from error
    return SignedBundle(head, content[start:-_SIGNATURE], content[:-_SIGNATURE], content[-_SIGNATURE:])


def _head(plain: dict[str, Any]) -> BundleHead:
    whole = {each.name for each in fields(BundleHead)}
    old = {each.name for each in fields(BundleHead) if each.default is MISSING}
    _require(old <= plain.keys() <= whole)
    made_at = datetime.fromisoformat(plain["made_at"]).astimezone(CAMBODIA)
    head = BundleHead(**plain | {"made_at": made_at})
    _require(all(isinstance(getattr(head, each.name), _TYPES[str(each.type)]) for each in fields(BundleHead)))
    return head


def payload_read(opened: bytes, name: str) -> Any:
    """What a bundle holds, once it is opened; raises BadFile where it cannot be read."""
    try:
        return cbor2.loads(zlib.decompress(opened))
    except (zlib.error, ValueError, EOFError) as error:
        raise BadFile(_NO_BUNDLE, name=name) from error


def invitation_written(facts: dict[str, Any], mac: Callable[[bytes], bytes], bundle: bytes) -> bytes:
    """The bytes of an invitation; *mac* vouches for *facts*."""
    line = _line(facts)
    return _JOIN + line + b64encode(mac(line)) + b"\n" + bundle


def invitation_read(content: bytes, name: str) -> Invitation:
    """Take an invitation apart; raises BadFile where it is none."""
    try:
        facts, start = _headed(content, _JOIN)
        end = content.index(b"\n", start)
        mac = b64decode(content[start:end], validate=True)
    except ValueError as error:
        raise BadFile(_NO_INVITATION, name=name) from error
    return Invitation(facts, content[len(_JOIN) : start], mac, content[end + 1 :])


def card_written(card: Card) -> bytes:
    """The bytes of a laptop's card."""
    plain = {name: b64encode(value).decode() if isinstance(value, bytes) else value for name, value in _parts(card)}
    return json.dumps({"format": _CARD, **plain}, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


def card_read(content: bytes, name: str) -> Card:
    """Read a laptop's card; raises BadFile where it is none."""
    try:
        plain = json.loads(content)
        _require(plain.pop("format", None) == _CARD and all(isinstance(each, str) for each in plain.values()))
        keys = {part: b64decode(plain[part], validate=True) for part in ("verify_key", "receive_key")}
        return Card(**plain | keys)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BadFile(_NO_CARD, name=name) from error


def read_bytes(path: Path) -> bytes:
    """The bytes of a file; raises BadFile where it cannot be read or is too long for a bundle."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadFile(N_("{name} cannot be read ({reason})."), name=path.name, reason=error.strerror or "") from error
    if len(content) > MOST_BYTES:
        raise BadFile(_NO_BUNDLE, name=path.name)
    return content


_TYPES: Final = {"str": str, "int": int, "datetime": datetime}


def _line(plain: dict[str, Any]) -> bytes:
    return json.dumps(plain, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii") + b"\n"


def _headed(content: bytes, first: bytes) -> tuple[dict[str, Any], int]:
    """The JSON of the second line, and where what follows it begins."""
    _require(content.startswith(first))
    end = content.index(b"\n", len(first), len(first) + _MOST_LINE)
    try:
        head = json.loads(content[len(first) : end])
    except RecursionError as error:
        raise ValueError from error
    _require(isinstance(head, dict))
    return head, end + 1


def _parts(card: Card) -> list[tuple[str, str | bytes]]:
    return [(each.name, getattr(card, each.name)) for each in fields(card)]


def _require(holds: bool) -> None:
    if not holds:
        raise ValueError
