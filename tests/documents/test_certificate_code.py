from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import base45
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.domain.test_stigma import CLEAN
from tlbb_desktop.documents.certificate_code import (
    LARGEST_VERSION,
    PREFIX,
    encode_payload,
    is_code,
    modules_of,
    read_code,
    read_payload,
    signed_code,
    text_of,
    version_of,
)
from tlbb_desktop.domain.certificate_numbers import CertificateNumber
from tlbb_desktop.domain.certificates import CertificateKind
from tlbb_desktop.domain.errors import BadFile, Refused
from tlbb_desktop.security import certificate_keys as crypto

SEED = bytes(range(32))
KEY_ID = crypto.key_id(crypto.public_key(SEED))
ALPHANUMERIC = re.compile(r"[0-9A-Z$%*+\-./:]+")
days = st.dates(date(1990, 1, 1), date(2100, 1, 1))
certificates = st.builds(
    lambda number, kind, names, course, hours, span: replace(
        CLEAN,
        number=str(number),
        kind=kind,
        name_km=names[0],
        name_latin=names[1],
        course_code=course,
        hours=hours,
        starts_on=span[0],
        ends_on=span[1],
        issued_on=span[2],
    ),
    st.builds(CertificateNumber, st.sampled_from("ABK"), st.integers(2000, 2099), st.integers(1, 99_999)),
    st.sampled_from(CertificateKind),
    st.tuples(st.text("កខគ\u17d2ា ំ\u200b", max_size=20), st.text("ABC é'", max_size=20)),
    st.sampled_from(["moto", "life-skills"]),
    st.integers(0, 5000),
    st.tuples(days, days, days),
)


def sign(payload: bytes) -> bytes:
    return crypto.sign(SEED, crypto.CERTIFICATE, payload)


@cache
def code_of(certificate=CLEAN) -> str:
    return signed_code(certificate, KEY_ID, sign)[0]


@given(certificates)
@settings(deadline=None)
def test_what_is_packed_comes_out_as_it_was(certificate):
    facts = read_payload(encode_payload(certificate))
    for field in (
        "number",
        "kind",
        "name_km",
        "name_latin",
        "course_code",
        "hours",
        "starts_on",
        "ends_on",
        "issued_on",
    ):
        assert getattr(facts, field) == getattr(certificate, field)


@given(certificates)
@settings(deadline=None, max_examples=40)
def test_a_code_names_its_key_and_its_signature_holds(certificate):
    code = read_code(code_of(certificate))
    assert code.key_id == KEY_ID
    assert crypto.holds(crypto.public_key(SEED), code.signature, crypto.CERTIFICATE, code.payload)


def test_the_code_is_short_enough_for_a_phone_and_holds_no_space():
    text = code_of()
    assert ALPHANUMERIC.fullmatch(text)
    assert version_of(text) <= 11
    assert len(modules_of(text)) == 17 + 4 * version_of(text)


def test_long_names_still_fit_the_largest_code_that_a_phone_reads():
    long = replace(CLEAN, name_km="ក" * 60, name_latin="A" * 50, course_code="electronics")
    assert version_of(code_of(long)) <= LARGEST_VERSION


def test_a_name_of_400_letters_is_refused_in_one_sentence():
    with pytest.raises(Refused, match="too long"):
        code_of(replace(CLEAN, name_km="ក" * 400))


def test_the_kept_bytes_give_the_same_text_again():
    text, envelope = signed_code(CLEAN, KEY_ID, sign)
    assert text_of(envelope) == text
    assert signed_code(CLEAN, KEY_ID, sign) == (text, envelope)


def test_a_messenger_may_break_space_and_lower_the_text():
    text = code_of()
    broken = "\n".join(text[start : start + 30] for start in range(0, len(text), 30))
    assert read_code(f"\u200b  {broken.replace('C', ' c')} \r\n") == read_code(text)


def test_no_detention_word_of_a_certificate_is_in_its_payload():
    payload = encode_payload(CLEAN)
    assert all(word not in payload for word in (b"TLBB", b"prison", b"SR-", b"Siem Reap"))


@given(st.integers(min_value=0), st.integers(1, 255))
@example(697, 44)
@settings(deadline=None, max_examples=200)
def test_one_changed_byte_never_passes(place, change):
    text = code_of()
    raw = bytearray(base45.b45decode(text[len(PREFIX) :]))
    raw[place % len(raw)] ^= change
    changed = PREFIX + base45.b45encode(bytes(raw)).decode().replace(" ", "0")
    assume(changed != text)  # where the byte made a space out of a 0, that is the certificate again
    try:
        code = read_code(changed)
    except BadFile:
        return
    signed = crypto.holds(crypto.public_key(SEED), code.signature, crypto.CERTIFICATE, code.payload)
    assert not signed or code.key_id != KEY_ID


@pytest.mark.parametrize("text", ["", "C1:", "C1:A", "C1::::", "hello", "C1:" + "0" * 9000, "C1:ក", "HC1:6BF"])
def test_what_is_no_code_is_named_so(text):
    with pytest.raises(BadFile):
        read_code(text)


def test_a_damaged_code_still_wants_to_be_one():
    assert is_code(" c1:ABC")
    assert not is_code("https://example.org")


@pytest.mark.parametrize("day", [date(2000, 2, 29), date(1999, 12, 31), date(2099, 2, 28)])
def test_days_of_any_century_survive(day):
    assert read_payload(encode_payload(replace(CLEAN, issued_on=day))).issued_on == day


def test_a_payload_that_another_encoder_wrote_differently_is_refused():
    import cbor2

    parts = cbor2.loads(encode_payload(CLEAN))
    with pytest.raises(BadFile):
        read_payload(cbor2.dumps([*parts, "more"]))
    with pytest.raises(BadFile):
        read_payload(encode_payload(CLEAN) + b"\x00")
    with pytest.raises(BadFile):
        read_payload(cbor2.dumps([*parts[:-1], 10**9], canonical=True))
    assert timedelta(days=parts[-1]) + date(2000, 1, 1) == CLEAN.issued_on
