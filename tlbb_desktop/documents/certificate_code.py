"""The square code of a certificate: compact CBOR, signed, in base45, drawn as a QR.

CBOR in its canonical form (RFC 8949 §4.2), base45 (RFC 9285), as the EU's health certificates did it. The text holds no
space, so that a messenger that breaks or trims lines cannot damage it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any, Final

from tlbb_desktop.domain.certificate_numbers import parse_number
from tlbb_desktop.domain.certificates import Certificate, CertificateKind
from tlbb_desktop.domain.errors import BadFile, Refused, TlbbError
from tlbb_desktop.domain.verification import SignedCode, SignedFacts
from tlbb_desktop.i18n.marks import N_

PREFIX: Final = "C1:"
#: The largest QR that a phone reads from a photocopy: version 14 at error correction Q.
LARGEST_VERSION: Final = 14
LONGEST_CODE: Final = 376
QUIET_ZONE: Final = 4

Sign = Callable[[bytes], bytes]

_FIRST_DAY: Final = date(2000, 1, 1)
_KINDS: Final = tuple(CertificateKind)
_SALT_BYTES: Final = 2
_MOST_BYTES: Final = (LONGEST_CODE - len(PREFIX)) // 3 * 2 - _SALT_BYTES  # base45 writes two bytes as three letters
_SALTS: Final = 1 << 16
_KEY_ID_BYTES: Final = 6
_SIGNATURE_BYTES: Final = 64
_UNSEEN: Final = re.compile(r"[\s\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad]+")
_KHMER_BLOCK: Final = 0x1780
_BROKEN: Final = N_("This is not the code of a certificate.")


def signed_code(certificate: Certificate, key_id: str, sign: Sign) -> tuple[str, bytes]:
    """The text of the QR, and the bytes in it that are kept.

    Args:
        certificate: what it says.
        key_id: of the signing key, 12 hexadecimal digits.
        sign: gives the signature of a payload.

    Raises:
        Refused: names or codes are too long for a QR that a phone can read.
    """
    payload = encode_payload(certificate)
    envelope = bytes.fromhex(key_id) + sign(payload) + payload
    if len(envelope) > _MOST_BYTES:
        raise Refused(
            N_("The names are too long for the square code of a certificate. Shorten them in the person's form."),
            place="name",
        )
    return text_of(envelope), envelope


def encode_payload(certificate: Certificate) -> bytes:
    """The canonical bytes that are signed."""
    import cbor2

    days = (certificate.starts_on, certificate.ends_on, certificate.issued_on)
    return cbor2.dumps(
        [
            certificate.number,
            _KINDS.index(certificate.kind),
            _packed(certificate.name_km),
            certificate.name_latin,
            certificate.course_code,
            certificate.hours,
            *((day - _FIRST_DAY).days for day in days),
        ],
        canonical=True,
    )


def text_of(envelope: bytes) -> str:
    """The QR's text for an envelope: always the same, and without a space.

    The envelope is masked with a stream that two bytes in front of it give, and those are counted up until no space is
    left; that takes some dozens of tries.
    """
    import base45

    for salt in range(_SALTS):
        start = salt.to_bytes(_SALT_BYTES)
        text = PREFIX + str(base45.b45encode(start + _masked(start, envelope)), "ascii")
        if " " not in text:
            return text
    raise AssertionError("no mask gives a code without a space")


def read_code(text: str) -> SignedCode:
    """Take a code apart; white space and case do not count.

    Raises:
        BadFile: it is not a code of a certificate, or was damaged.
    """
    import base45

    compact = _UNSEEN.sub("", text).upper()
    if not compact.startswith(PREFIX) or len(compact) > LONGEST_CODE:
        raise BadFile(_BROKEN)
    try:
        masked = base45.b45decode(compact[len(PREFIX) :])
    except ValueError as error:
        raise BadFile(_BROKEN) from error
    envelope = _masked(masked[:_SALT_BYTES], masked[_SALT_BYTES:])
    start = _KEY_ID_BYTES + _SIGNATURE_BYTES
    payload = envelope[start:]
    facts = read_payload(payload)
    return SignedCode(envelope[:_KEY_ID_BYTES].hex(), payload, envelope[_KEY_ID_BYTES:start], facts)


def is_code(text: str) -> bool:
    """Whether *text* wants to be a code of a certificate, sound or damaged."""
    return _UNSEEN.sub("", text).upper().startswith(PREFIX)


def read_payload(payload: bytes) -> SignedFacts:
    """What a payload says.

    Raises:
        BadFile: it is not one, or not in its canonical form.
    """
    import cbor2

    try:
        parts = cbor2.loads(payload)
        if cbor2.dumps(parts, canonical=True) != payload:
            raise BadFile(_BROKEN)
        number, kind, name_km, name_latin, course_code, hours, starts, ends, issued = parts
        return SignedFacts(
            number=str(parse_number(_text(number))),
            kind=_KINDS[_count(kind)],
            name_km=_unpacked(name_km),
            name_latin=_text(name_latin),
            course_code=_text(course_code),
            starts_on=_day(starts),
            ends_on=_day(ends),
            hours=_count(hours),
            issued_on=_day(issued),
        )
    except (cbor2.CBORError, ValueError, TypeError, LookupError, OverflowError, TlbbError) as error:
        raise BadFile(_BROKEN) from error


def modules_of(text: str) -> tuple[tuple[bool, ...], ...]:
    """The QR without its quiet zone, row by row, True = dark; error correction Q, at most version 14."""
    return tuple(tuple(bool(module) for module in row) for row in _qr(text).matrix)


def version_of(text: str) -> int:
    """The QR's version, 1 to 14."""
    return int(_qr(text).version)


def qr_png(text: str, scale: int = 8) -> bytes:
    """The QR with its quiet zone as a PNG.

    Args:
        text: of the code.
        scale: pixels of a module.
    """
    written = BytesIO()
    _qr(text).save(written, kind="png", scale=scale, border=QUIET_ZONE)
    return written.getvalue()


def _qr(text: str) -> Any:
    import segno

    return segno.make_qr(text, error="q", boost_error=False, mode="alphanumeric")


def _masked(salt: bytes, content: bytes) -> bytes:
    """*content* XOR SHA-256(salt, 0), SHA-256(salt, 1) and so on; doing it twice undoes it."""
    blocks = range(-(-len(content) // hashlib.sha256().digest_size))
    stream = b"".join(hashlib.sha256(salt + bytes([block])).digest() for block in blocks)
    return bytes(byte ^ mask for byte, mask in zip(content, stream, strict=False))


def _packed(name: str) -> bytes | str:
    """Khmer with ASCII in one byte a sign, as the Khmer block has 128 places; anything else stays text."""
    if all(ord(sign) < 0x80 or 0 <= ord(sign) - _KHMER_BLOCK < 0x80 for sign in name):
        return bytes(ord(sign) if ord(sign) < 0x80 else 0x80 + ord(sign) - _KHMER_BLOCK for sign in name)
    return name


def _unpacked(value: object) -> str:
    if isinstance(value, bytes):
        return "".join(chr(byte if byte < 0x80 else _KHMER_BLOCK + byte - 0x80) for byte in value)
    return _text(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError
    return value


def _day(value: object) -> date:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return _FIRST_DAY + timedelta(days=value)
