from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlbb_desktop.security.audit_chain import FIRST_MAC, AuditEntry, head_code, next_mac, verify
from tlbb_desktop.security.recovery import ALPHABET

KEY = bytes(range(32))


def chain(length: int) -> list[tuple[AuditEntry, bytes]]:
    events: list[tuple[AuditEntry, bytes]] = []
    previous = FIRST_MAC
    for seq in range(1, length + 1):
        entry = AuditEntry(
            seq, 1_800_000_000_000 + seq, seq % 3 or None, "mark", f"session:{seq}", "ច្ប" if seq % 2 else ""
        )
        previous = next_mac(KEY, previous, entry)
        events.append((entry, previous))
    return events


def test_a_chain_as_written_is_whole():
    assert verify(chain(50), KEY) is None
    assert verify([], KEY) is None


@pytest.mark.parametrize(
    "change",
    [{"seq": 99}, {"at": 1}, {"staff_id": 9}, {"staff_id": None}, {"kind": "print"}, {"subject": ""}, {"detail": "x"}],
)
def test_a_changed_event_is_found_at_its_number(change):
    events = chain(10)
    events[3] = (replace(events[3][0], **change), events[3][1])
    assert verify(events, KEY) == 4


def test_text_cannot_move_from_one_field_to_the_next():
    split = AuditEntry(1, 1, None, "mark", "ab", "c")
    moved = AuditEntry(1, 1, None, "mark", "a", "bc")
    assert next_mac(KEY, FIRST_MAC, split) != next_mac(KEY, FIRST_MAC, moved)


@pytest.mark.parametrize("value", [b"bytes", 1.5, object()])
def test_a_cell_of_a_wrong_type_is_a_broken_link_and_no_crash(value):
    events = chain(4)
    events[2] = (replace(events[2][0], subject=value), events[2][1])
    assert verify(events, KEY) == 3
    events = chain(4)
    events[1] = (events[1][0], value)
    assert verify(events, KEY) == 2


@given(st.integers(1, 20), st.integers(0, 19), st.integers(0, 31))
def test_a_changed_mac_is_found(length, index, byte):
    events = chain(length)
    index %= length
    entry, mac = events[index]
    events[index] = (entry, mac[:byte] + bytes([mac[byte] ^ 1]) + mac[byte + 1 :])
    assert verify(events, KEY) == index + 1


def test_an_event_taken_out_put_in_twice_or_exchanged_is_found():
    events = chain(10)
    assert verify(events[:4] + events[5:], KEY) == 5
    assert verify(events[1:], KEY) == 1
    assert verify([*events[:5], events[4], *events[5:]], KEY) == 6
    assert verify([events[1], events[0], *events[2:]], KEY) == 1


def test_a_cut_tail_shows_in_the_code_of_the_head():
    events = chain(10)
    assert verify(events[:8], KEY) is None
    assert head_code(events[7][1]) != head_code(events[9][1])


def test_another_key_does_not_verify():
    assert verify(chain(3), bytes(32)) == 1


def test_checking_can_go_on_from_a_known_point():
    events = chain(10)
    assert verify(events[6:], KEY, after_seq=6, after_mac=events[5][1]) is None
    assert verify(events[6:], KEY, after_seq=6, after_mac=events[4][1]) == 7


@given(st.binary(min_size=32, max_size=32))
def test_the_head_code_is_eight_characters_that_nobody_confuses(mac):
    code = head_code(mac)
    assert len(code) == 8
    assert set(code) <= set(ALPHABET)
    assert int("".join(f"{ALPHABET.index(character):05b}" for character in code), 2) == int.from_bytes(mac[:5], "big")
