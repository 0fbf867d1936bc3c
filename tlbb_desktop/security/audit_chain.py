"""The audit chain: each event's HMAC covers the one before, so nothing can be changed, taken out or put in between.

A tail that was cut off is noticed elsewhere: the head's code is printed on every attendance sheet and goes with every
bundle.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tlbb_desktop.security.canonical_json import canonical_json
from tlbb_desktop.security.recovery import ALPHABET

MAC_LENGTH = 32
GENESIS = bytes(MAC_LENGTH)
"""What stands before the first event."""
FIRST_SEQ = 1
HEAD_CODE_LENGTH = 8

EventValue = str | int | None


@dataclass(frozen=True, slots=True)
class ChainedEvent:
    """A stored event.

    Args:
        seq: its number, from 1 without gaps.
        event: its canonical bytes (``event_bytes``).
        mac: its HMAC.
    """

    seq: int
    event: bytes
    mac: bytes


def event_bytes(seq: int, fields: Mapping[str, EventValue]) -> bytes:
    """The canonical bytes of an event.

    Args:
        seq: its number in the chain; it is part of what is authenticated.
        fields: text, whole numbers or None; moments as ISO 8601 text, ids in hexadecimal.

    Raises:
        TypeError: a value is of another type.
    """
    return canonical_json([seq, dict(fields)])


def next_mac(key: bytes, previous: bytes, event: bytes) -> bytes:
    """The HMAC-SHA256 of *event* after an event with the HMAC *previous* (``GENESIS`` for the first), 32 bytes.

    Args:
        key: the audit key.
        previous: 32 bytes.
        event: canonical bytes.
    """
    return hmac.digest(key, previous + event, "sha256")


def verify(
    events: Iterable[ChainedEvent], key: bytes, *, after_seq: int = FIRST_SEQ - 1, after_mac: bytes = GENESIS
) -> int | None:
    """Check a chain from its start, or onwards from a point that is known to be good.

    Args:
        events: in the order of their numbers.
        key: the audit key.
        after_seq: number of the last event that is known to be good; 0 = none.
        after_mac: its HMAC.

    Returns:
        The number of the first event that is missing or does not fit; None when all fit.
    """
    previous = after_mac
    expected = after_seq
    for stored in events:
        expected += 1
        mac = next_mac(key, previous, stored.event)
        if stored.seq != expected or not hmac.compare_digest(mac, stored.mac):
            return expected
        previous = mac
    return None


def head_code(mac: bytes) -> str:
    """The 8-character code of the chain's head for paper: its first 40 bits in Crockford's base 32."""
    bits = int.from_bytes(mac[:5], "big")
    return "".join(ALPHABET[bits >> shift & 31] for shift in range(35, -1, -5))
