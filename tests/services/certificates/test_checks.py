"""Genuine, forged, unknown, revoked, replaced: and none of it needs a secret."""

from __future__ import annotations

import json
import os
from base64 import b64encode
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.services.certificates.test_certificates import respell
from tlbb_desktop.documents.certificate_code import qr_png, read_code, signed_code
from tlbb_desktop.domain.certificate_numbers import CertificateNumber
from tlbb_desktop.domain.errors import BadFile, NotPermitted, Refused
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.domain.verification import Finding, Verdict
from tlbb_desktop.security import certificate_keys as crypto
from tlbb_desktop.security.kdf import FLOOR
from tlbb_desktop.services.certificate_checks import check_code
from tlbb_desktop.services.certificate_trust import read_key_file, trust_of_file
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.staff import NewMember
from tlbb_desktop.services.vault import NewProgramme, create_programme, unlock
from tlbb_desktop.wiring import Desk, open_desk


@pytest.fixture
def check(graduates):
    def check(text: str) -> Verdict:
        return graduates.room.desk.certificate_checks.check_text(text)

    return check


@pytest.fixture(scope="module")
def stranger_home(tmp_path_factory) -> Home:
    """Another programme, with keys of its own."""
    home = Home(tmp_path_factory.mktemp("stranger") / "home")
    created = create_programme(home, NewProgramme("BTB", "chan", "moon river bamboo lantern", "ចាន់", "km"), FLOOR)
    open_desk(home, created.unlocked).close()
    return home


@pytest.fixture
def stranger(stranger_home) -> Desk:
    desk = open_desk(stranger_home, unlock(stranger_home, "chan", "moon river bamboo lantern"))
    yield desk
    desk.close()


def test_what_was_issued_here_is_genuine_and_says_how_old_the_list_is(graduates, check) -> None:
    (paper,) = graduates.service.issue_at_once(graduates.class_id, graduates.people[:1])
    verdict = check(paper.code)
    assert verdict.genuine
    assert verdict.facts.name_latin == "KIM VANNA"
    assert (verdict.issuer_en, verdict.number) == ("This Life Cambodia", paper.certificate.number)
    assert verdict.list_dated == graduates.room.clock.now()


def test_a_changed_name_is_a_forgery(graduates, check) -> None:
    (paper,) = graduates.service.issue_at_once(graduates.class_id, graduates.people[:1])
    code = read_code(paper.code)
    forged, _envelope = signed_code(
        replace(paper.certificate, name_latin="KIM VANNAK"), code.key_id, lambda _payload: code.signature
    )
    assert check(forged).finding is Finding.FORGED


def test_what_was_signed_anew_with_another_key_is_not_believed(graduates, check) -> None:
    (paper,) = graduates.service.issue_at_once(graduates.class_id, graduates.people[:1])
    seed = os.urandom(32)
    own = crypto.key_id(crypto.public_key(seed))
    for key_id, finding in ((own, Finding.UNKNOWN_KEY), (read_code(paper.code).key_id, Finding.FORGED)):
        text, _envelope = signed_code(
            paper.certificate, key_id, lambda payload: crypto.sign(seed, crypto.CERTIFICATE, payload)
        )
        assert check(text).finding is finding


def test_a_signature_made_for_something_else_does_not_count(graduates, template, check) -> None:
    (paper,) = graduates.service.issue_at_once(graduates.class_id, graduates.people[:1])
    seed = template.keys.signing_seed
    text, _envelope = signed_code(
        paper.certificate, read_code(paper.code).key_id, lambda payload: crypto.sign(seed, crypto.KEY_LIST, payload)
    )
    assert check(text).finding is Finding.FORGED


def test_a_revoked_and_a_replaced_number_are_not_valid(graduates, check) -> None:
    first, second = graduates.issue(0), graduates.issue(1)
    codes = [graduates.code(first), graduates.code(second)]
    respell(graduates, "VANNAK")
    new = graduates.service.replace(first, "spelling").certificate.number
    graduates.service.revoke(second, "wrong person")
    replaced, revoked = map(check, codes)
    assert (replaced.finding, replaced.withdrawal.replaced_by) == (Finding.REPLACED, new)
    assert (revoked.finding, revoked.withdrawal.on) == (Finding.REVOKED, date(2026, 10, 30))
    assert check(graduates.code(new)).genuine


def test_what_is_no_certificate_is_not_genuine(check) -> None:
    for text in ("", "hello", "https://example.org", "C1:", "x" * 100_000):
        assert check(text).finding in {Finding.NO_CERTIFICATE, Finding.FORGED}


def test_a_text_that_a_messenger_broke_is_genuine(graduates, check) -> None:
    code = graduates.code(graduates.issue())
    assert check(" \u200b" + "\r\n ".join(code[at : at + 17] for at in range(0, len(code), 17)).lower()).genuine


def test_a_number_alone_is_looked_up_but_proves_nothing_of_the_paper(graduates, check, desk_as) -> None:
    number = graduates.issue()
    verdict = check(number.replace("-", " "))
    assert (verdict.finding, verdict.genuine, verdict.facts.hours > 0) == (Finding.ONLY_NUMBER, False, True)
    graduates.service.revoke(number, "wrong person")
    assert check(number).finding is Finding.REVOKED
    assert check(str(CertificateNumber("Z", 2020, 1))).finding is Finding.UNKNOWN_NUMBER
    elsewhere = desk_as(Role.LIAISON, prisons=frozenset({10**6}))
    assert elsewhere.certificate_checks.check_text(number).finding is Finding.UNKNOWN_NUMBER
    with pytest.raises(NotPermitted):
        desk_as(Role.TRAINER).certificate_checks.check_text(number)


def test_everybody_may_check_a_code_and_needs_no_signing_key(graduates, desk_as) -> None:
    code = graduates.code(graduates.issue())
    for role in Role:
        assert desk_as(role, prisons=frozenset()).certificate_checks.check_text(code).genuine


def test_the_code_is_read_from_a_picture(graduates, tmp_path) -> None:
    picture = tmp_path / "scan.png"
    picture.write_bytes(qr_png(graduates.code(graduates.issue())))
    (verdict,) = graduates.room.desk.certificate_checks.check_file(picture)
    assert verdict.genuine


# -- keys that travel --------------------------------------------------------------------------------------------------


def export(desk: Desk, path: Path) -> Path:
    return desk.certificate_keys.export(path)


def accept(desk: Desk, path: Path) -> None:
    stranger = desk.certificate_keys.stranger(path)
    desk.certificate_keys.take(path, stranger.fingerprint if stranger else "")


def test_a_file_of_keys_alone_proves_a_certificate(graduates, tmp_path) -> None:
    number = graduates.issue()
    code = graduates.code(number)
    before = trust_of_file(export(graduates.room.desk, tmp_path / "before.json"))
    graduates.service.revoke(number, "wrong person")
    after = trust_of_file(export(graduates.room.desk, tmp_path / "after.json"))
    assert check_code(code, before).genuine
    assert check_code(code, after).finding is Finding.REVOKED
    assert check_code(code, before).list_dated <= check_code(code, after).list_dated


def test_the_file_holds_no_reason_no_name_and_no_secret(graduates, template, tmp_path) -> None:
    number = graduates.issue()
    graduates.service.revoke(number, "court order")
    text = export(graduates.room.desk, tmp_path / "keys.json").read_text(encoding="utf-8")
    assert number in text
    assert "court order" not in text
    assert "VANNA" not in text
    assert template.keys.signing_seed.hex() not in text
    assert template.keys.keyring_id not in text


def test_a_foreign_key_is_accepted_only_by_somebody_who_compared_its_code(graduates, stranger, tmp_path) -> None:
    number = graduates.issue()
    code = graduates.code(number)
    file = export(graduates.room.desk, tmp_path / "keys.json")
    assert stranger.certificate_checks.check_text(code).finding is Finding.UNKNOWN_KEY
    for said in ("", "0000-0000-0000-0000"):
        with pytest.raises(Refused) as refused:
            stranger.certificate_keys.take(file, said)
    stranger.certificate_keys.take(file, refused.value.fields["fingerprint"].lower().replace("-", " "))
    assert stranger.certificate_checks.check_text(code).genuine
    assert stranger.certificate_keys.stranger(file) is None


def test_a_newer_list_is_taken_an_older_one_refused_and_nothing_withdrawn_becomes_valid(
    graduates, stranger, tmp_path
) -> None:
    number = graduates.issue()
    code = graduates.code(number)
    old = export(graduates.room.desk, tmp_path / "old.json")
    graduates.service.revoke(number, "wrong person")
    graduates.room.clock.moment += timedelta(days=1)
    new = export(graduates.room.desk, tmp_path / "new.json")
    accept(stranger, old)
    assert stranger.certificate_keys.take(new).withdrawals == 1
    assert stranger.certificate_checks.check_text(code).finding is Finding.REVOKED
    with pytest.raises(Refused) as refused:
        stranger.certificate_keys.take(old)
    assert refused.value.fields["known"] == graduates.room.clock.now()
    assert stranger.certificate_checks.check_text(code).finding is Finding.REVOKED
    assert stranger.certificate_keys.take(new).withdrawals == 0


def test_a_clock_that_was_set_back_still_makes_a_newer_list(graduates, tmp_path) -> None:
    first = trust_of_file(export(graduates.room.desk, tmp_path / "a.json"))
    graduates.room.clock.moment -= timedelta(days=400)
    second = trust_of_file(export(graduates.room.desk, tmp_path / "b.json"))
    dates = [next(iter(trust.programmes.values())).dated for trust in (first, second)]
    assert dates[0] < dates[1]


def test_a_programme_can_withdraw_only_its_own_numbers(graduates, stranger, tmp_path) -> None:
    number = graduates.issue()
    code = graduates.code(number)
    hostile = json.loads(export(stranger, tmp_path / "hostile.json").read_text(encoding="utf-8"))
    hostile.pop("signature")
    hostile["withdrawn"] = [{"number": number, "state": "revoked", "on": "2026-10-30", "replaced_by": ""}]
    signed = json.dumps(hostile, sort_keys=True, separators=(",", ":")).encode()
    hostile["signature"] = b64encode(crypto.sign(_seed(stranger), crypto.KEY_LIST, signed)).decode()
    file = tmp_path / "hostile.json"
    file.write_text(json.dumps(hostile), encoding="utf-8")
    accept(graduates.room.desk, file)
    assert graduates.room.desk.certificate_checks.check_text(code).genuine


CHANGES = (
    lambda raw: raw | {"dated": "2099-01-01T00:00:00+07:00"},
    lambda raw: raw | {"withdrawn": []},
    lambda raw: raw | {"programme": "0" * 16},
    lambda raw: raw | {"withdrawn": [{"number": "K-2026-00001-3", "state": "issued", "on": "x", "replaced_by": ""}]},
    lambda raw: raw | {"withdrawn": [{**raw["withdrawn"][0], "on": "2026-02-30"}]},
    lambda raw: raw | {"keys": []},
    lambda raw: raw | {"signature": ""},
    lambda raw: {name: value for name, value in raw.items() if name != "issuer_km"},
    lambda raw: [raw],
    lambda _raw: "C1:",
)


def test_a_file_that_was_changed_is_refused_in_one_sentence(graduates, tmp_path) -> None:
    graduates.service.revoke(graduates.issue(), "wrong person")
    whole = json.loads(export(graduates.room.desk, tmp_path / "keys.json").read_text(encoding="utf-8"))
    for change in CHANGES:
        (tmp_path / "keys.json").write_text(json.dumps(change(dict(whole))), encoding="utf-8")
        with pytest.raises(BadFile):
            graduates.room.desk.certificate_keys.take(tmp_path / "keys.json")


def test_what_is_no_file_of_keys_is_refused(tmp_path) -> None:
    file = tmp_path / "keys.json"
    for content in (b"", b"\xff\xfe", b"{", b"[" * 100_000, b"%PDF-1.7"):
        file.write_bytes(content)
        with pytest.raises(BadFile):
            read_key_file(file)
    with pytest.raises(BadFile):
        read_key_file(tmp_path / "nothing.json")


def test_after_new_keys_the_old_certificates_still_verify_and_a_thief_cannot_go_on(graduates, home, tmp_path) -> None:
    desk = graduates.room.desk
    number = graduates.issue()
    code, seed = graduates.code(number), _seed(desk)
    desk.staff.add(NewMember("dara", "តារា", Role.MANAGER, "kite window mango pencil stone"))
    desk.staff.deactivate("dara")
    assert _seed(desk) != seed
    graduates.room.clock.moment = datetime.fromisoformat("2026-10-31T09:00:00+07:00")
    second = graduates.issue(1)
    checks = desk.certificate_checks
    assert checks.check_text(code).genuine
    assert checks.check_text(graduates.code(second)).genuine
    later = replace(graduates.service.reprint(second).certificate, issued_on=date(2026, 11, 2))
    stolen, _envelope = signed_code(
        later, read_code(code).key_id, lambda payload: crypto.sign(seed, crypto.CERTIFICATE, payload)
    )
    assert checks.check_text(stolen).finding is Finding.FORGED
    trust = trust_of_file(export(desk, tmp_path / "keys.json"))
    assert len(trust.keys) == 2
    assert check_code(code, trust).genuine


def _seed(desk: Desk) -> bytes:
    return desk.certificates._holder.keys.signing_seed
