"""Certificates from the command line, as the head office's scripts use it."""

from __future__ import annotations

import json
from datetime import date, time
from io import BytesIO
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageFilter

from tests.paper_text import pages_of
from tests.services.test_people import newcomer
from tlbb_desktop import cli
from tlbb_desktop.documents.code_pictures import codes_in_file
from tlbb_desktop.domain.classes import TimetableSlot, TrainingClass, Weekday
from tlbb_desktop.domain.consents import PHOTOS_ON_CERTIFICATES, ConsentPurpose
from tlbb_desktop.domain.people import Names
from tlbb_desktop.wiring import Desk


@pytest.fixture
def group(desk: Desk) -> str:
    """A class of October 2025 that is over: 0001 came always, 0002 never."""
    own = desk.prisons.own().id
    people = [
        desk.people.save(newcomer(own, code=code, names=Names("សុខ", given, "SOK", latin)))
        for code, given, latin in (("0001", "ដារ៉ា", "DARA"), ("0002", "សុភា", "SOPHEA"))
    ]
    first, last = date(2025, 10, 1), date(2025, 10, 31)
    week = (TimetableSlot(Weekday.MON, time(8), time(11)),)
    class_id = desk.classes.save(TrainingClass(None, "K", 1, own, None, first, last, week))
    desk.classes.enrol(class_id, people[:1])
    for session in desk.classes.sessions(class_id, first, last):
        desk.attendance.rest_present(class_id, session.id)
    desk.classes.enrol(class_id, people[1:])
    return "K"


@pytest.fixture
def issued(run, group, tmp_path: Path) -> tuple[str, Path]:
    """Number of a certificate, and its paper."""
    code, out, err = run("certificate", "issue", "--class", "K", "0001", "--out", tmp_path / "papers")
    assert code == 0, err
    number, path = out.strip().split("\t")
    return number, Path(path)


def listed(run) -> list[dict]:
    return json.loads(run("certificate", "list", "--json")[1])


def test_a_certificate_is_issued_listed_and_verified(run, issued) -> None:
    number, path = issued
    assert path.name == f"certificate-{number}.pdf"
    (row,) = listed(run)
    assert (row["number"], row["state"], row["person"], row["class"]) == (number, "issued", "0001", "K")
    assert row["hours"] > 0
    code, out, _err = run("certificate", "verify", path)
    assert code == 0
    assert number in out
    assert "SOK DARA" in out
    verdict = json.loads(run("certificate", "verify", path, "--json")[1])[0]
    assert (verdict["genuine"], verdict["finding"], verdict["name_latin"]) == (True, "genuine", "SOK DARA")
    assert verdict["list_dated"]


def test_text_of_the_code_with_spaces_and_line_breaks_is_verified(run, issued) -> None:
    (text,) = codes_in_file(issued[1])
    assert run("certificate", "verify", f" {text[:60]}\n{text[60:].lower()} ")[0] == 0
    wrong = text[:-1] + ("0" if text[-1] != "0" else "1")
    code, out, err = run("certificate", "verify", wrong)
    assert (code, out) == (1, "")
    assert "Not genuine" in err


@pytest.mark.parametrize("language", ["km", "en", "both"])
def test_a_scan_of_the_printed_paper_is_verified(run, issued, tmp_path, language) -> None:
    number, _path = issued
    paper = tmp_path / "paper.pdf"
    assert run("certificate", "print", number, "--out", paper, "--lang", language, "--heading", "state")[0] == 0
    with pypdfium2.PdfDocument(paper) as document:
        sheet = document[0].render(scale=150 / 72, grayscale=True).to_pil().convert("L")
    scan = tmp_path / "scan.jpg"
    sheet.rotate(3, Image.Resampling.BICUBIC, expand=True, fillcolor=244).save(scan, quality=75)
    assert run("certificate", "verify", scan)[0] == 0
    assert run("certificate", "verify", paper)[0] == 0


def test_a_pdf_of_several_pages_and_a_blurred_picture_are_verified(run, issued, tmp_path) -> None:
    number, path = issued
    merged = pypdf.PdfWriter()
    merged.add_blank_page(842, 595)
    merged.append(path)
    merged.write(tmp_path / "paper.pdf")
    assert run("certificate", "verify", tmp_path / "paper.pdf")[0] == 0
    assert run("certificate", "print", number, "--out", tmp_path / "code.png")[0] == 0
    scan = Image.new("L", (1754, 1240), 240)
    scan.paste(Image.open(tmp_path / "code.png").convert("L").resize((200, 200)), (1200, 800))
    scan.rotate(3, fillcolor=255).filter(ImageFilter.GaussianBlur(0.7)).save(tmp_path / "scan.jpg")
    assert run("certificate", "verify", tmp_path / "scan.jpg")[0] == 0


def test_the_keys_alone_verify_without_any_login(run, issued, tmp_path, capsys) -> None:
    number, path = issued
    keys = tmp_path / "keys.json"
    assert run("certificate", "keys", "export", "--out", keys)[0] == 0
    nowhere = ["--home", str(tmp_path / "nowhere"), "--lang", "en"]
    assert cli.main([*nowhere, "certificate", "verify", str(path), "--keys", str(keys)]) == 0
    assert run("certificate", "revoke", number, "--reason", "wrong person")[0] == 0
    run("certificate", "keys", "export", "--out", keys)
    capsys.readouterr()
    assert cli.main([*nowhere, "certificate", "verify", str(path), "--keys", str(keys)]) == 1
    said = capsys.readouterr()
    assert "revoked" in said.err
    assert "List of withdrawn certificates of" in said.err


def test_a_revoked_certificate_is_not_genuine_and_not_printed(run, issued, tmp_path) -> None:
    number, path = issued
    assert run("certificate", "revoke", number, "--reason", "wrong person")[0] == 0
    code, _out, err = run("certificate", "verify", path)
    assert code == 1
    assert "revoked" in err
    assert json.loads(run("certificate", "verify", path, "--json")[1])[0]["finding"] == "revoked"
    assert run("certificate", "print", number, "--out", tmp_path / "again.pdf")[0] == 1
    assert not (tmp_path / "again.pdf").exists()


def test_a_reprint_holds_the_same_code(run, issued, tmp_path) -> None:
    number, path = issued
    assert run("certificate", "print", number, "--out", tmp_path / "again.pdf")[0] == 0
    assert codes_in_file(tmp_path / "again.pdf") == codes_in_file(path)
    assert listed(run)[0]["prints"] == 2


def test_a_corrected_name_replaces_the_number(run, issued, desk, tmp_path) -> None:
    number, path = issued
    with desk.office.store.write() as session:
        session.connection().exec_driver_sql("UPDATE person SET given_latin = 'DARARITH' WHERE code = '0001'")
    code, out, err = run("certificate", "replace", number, "--reason", "spelling", "--out", tmp_path / "papers")
    assert code == 0, err
    new = out.split("\t")[0]
    code, _out, err = run("certificate", "verify", path)
    assert code == 1
    assert new in err


def test_a_rule_that_is_not_met_is_named_line_by_line_and_needs_a_reason(run, group, tmp_path) -> None:
    out_folder = tmp_path / "papers"
    code, out, err = run("certificate", "issue", "--class", "K", "0001", "0002", "--out", out_folder)
    assert (code, out) == (1, "")
    assert "0002\tNo minute of class was attended." in err
    assert "Traceback" not in err
    assert listed(run) == []
    assert not out_folder.exists()
    code, out, _err = run(
        "certificate", "issue", "--class", "K", "0002", "--out", out_folder, "--despite", "paper register was lost"
    )
    assert code == 0
    assert listed(run)[0]["despite"] == "paper register was lost"
    code, out, _err = run("certificate", "missing", "--class", "K", "0001", "0002")
    assert "0002\tNo minute" in out


def test_a_proposal_waits_for_the_manager(run, group, tmp_path) -> None:
    assert run("certificate", "propose", "--class", "K", "0001")[0] == 0
    assert listed(run)[0]["state"] == "proposed"
    assert run("certificate", "issue", "--class", "K", "0001", "--out", tmp_path)[0] == 0
    assert listed(run)[0]["state"] == "issued"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("issue", "--class", "NONE", "0001", "--out", "papers"), 1),
        (("issue", "--class", "K", "9999", "--out", "papers"), 1),
        (("issue", "--class", "K", "0001", "--out", "missing/papers"), 1),
        (("issue", "--class", "K", "0001", "0001", "--out", "papers"), 2),
        (("issue", "--class", "K", "--out", "papers"), 2),
        (("issue", "--class", "K", "0001"), 2),
        (("issue", "--class", "K", "0001", "--kind", "medal", "--out", "papers"), 2),
        (("print", "K-2026-00001-0", "--out", "x.png"), 1),
        (("print", "nonsense", "--out", "x.png"), 1),
        (("print", "K-2026-00001-3", "--out", "prison.pdf"), 1),
        (("revoke", "K-2026-00001-3", "--reason", "x"), 1),
        (("revoke", "K-2026-00001-3"), 2),
        (("verify", "missing.pdf"), 1),
        (("verify", ""), 1),
        (("verify", "hello"), 1),
        (("verify", "K-2026-00001-3"), 1),
        (("verify", "K-2026-00001-4"), 1),
        (("verify", "hello", "--keys", "missing.json"), 1),
        (("keys", "import", "missing.json"), 1),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused_in_one_sentence(run, group, tmp_path, monkeypatch, arguments, code) -> None:
    monkeypatch.chdir(tmp_path)
    given, out, err = run("certificate", *arguments)
    assert (given, out) == (code, "")
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err
    assert not (tmp_path / "papers").exists()
    assert not (tmp_path / "x.png").exists()


def test_broken_files_are_named_in_the_readers_language(run, home, tmp_path) -> None:
    for name, content in (("empty.png", b""), ("broken.jpg", b"\xff\xd8\xff broken"), ("broken.pdf", b"%PDF-1.4 x")):
        (tmp_path / name).write_bytes(content)
        code, out, err = run("certificate", "verify", tmp_path / name, language="km")
        assert (code, out) == (1, "")
        assert name in err
        assert any("\u1780" <= sign <= "\u17ff" for sign in err)


def test_another_programmes_keys_need_the_code_that_it_reads_out(run, issued, tmp_path) -> None:
    file = tmp_path / "own.json"
    run("certificate", "keys", "export", "--out", file)
    assert run("certificate", "keys", "import", file)[0] == 0
    old = file.read_bytes()
    run("certificate", "keys", "export", "--out", file)
    assert run("certificate", "keys", "import", file)[0] == 0
    file.write_bytes(old)
    code, _out, err = run("certificate", "keys", "import", file)
    assert code == 1
    assert "a newer one" in err


def test_a_training_record_goes_to_a_file_in_each_language(run, group, tmp_path) -> None:
    for language, said in (("km", "កំណត់ត្រាបណ្តុះបណ្តាល"), ("en", "Training record"), ("both", "SOK DARA")):
        out = tmp_path / f"record-{language}.pdf"
        code, _out, err = run("people", "record", "0001", "--out", out, "--lang", language)
        assert (code, err) == (0, "")
        assert said in pages_of(out)[0]
    assert run("people", "record", "9999", "--out", tmp_path / "none.pdf")[0] == 1
    assert run("people", "record", "0001", "--out", tmp_path / "prison.pdf")[0] == 1
    assert not (tmp_path / "none.pdf").exists()
    assert not (tmp_path / "prison.pdf").exists()


def test_the_heading_is_that_of_the_settings_unless_another_is_asked_for(run, group, desk, tmp_path) -> None:
    desk.settings.put("heading_certificate", "state")
    assert run("certificate", "issue", "--class", "K", "0001", "--out", tmp_path, "--lang", "en")[0] == 0
    (paper,) = tmp_path.glob("certificate-*.pdf")
    assert "KINGDOM OF CAMBODIA" in pages_of(paper)[0]
    number = paper.stem.removeprefix("certificate-")
    asked = ("certificate", "print", number, "--out", tmp_path / "ngo.pdf", "--lang", "en", "--heading", "ngo")
    assert run(*asked)[0] == 0
    assert "KINGDOM OF CAMBODIA" not in pages_of(tmp_path / "ngo.pdf")[0]


def test_the_photo_is_printed_where_it_is_asked_for_and_agreed_to(run, group, desk, tmp_path) -> None:
    person, photo = desk.people.person_with_code("0001"), BytesIO()
    Image.new("RGB", (400, 600)).save(photo, "JPEG")
    desk.people.set_photo(person, photo.getvalue())
    desk.consents.note(person, ConsentPurpose.PHOTO_ON_PAPERS, given=True)
    assert run("certificate", "issue", "--class", "K", "0001", "--out", tmp_path)[0] == 0
    (paper,) = tmp_path.glob("certificate-*.pdf")
    assert len(pypdf.PdfReader(paper).pages[0].images) == 0
    desk.settings.put(PHOTOS_ON_CERTIFICATES, True)
    number = paper.stem.removeprefix("certificate-")
    assert run("certificate", "print", number, "--out", tmp_path / "again.pdf")[0] == 0
    assert len(pypdf.PdfReader(tmp_path / "again.pdf").pages[0].images) == 1


def test_a_proposal_is_withdrawn_with_its_reason(run, group) -> None:
    assert run("certificate", "propose", "--class", "K", "0001")[0] == 0
    code, out, err = run("certificate", "withdraw", "--class", "K", "0001", "--reason", "the wrong class")
    assert (code, out.strip(), err) == (0, "1 proposal withdrawn.", "")
    (row,) = listed(run)
    assert (row["state"], row["reason"], row["number"]) == ("withdrawn", "the wrong class", "")
    assert run("certificate", "withdraw", "--class", "K", "0001", "--reason", "again")[0] != 0
    assert run("certificate", "propose", "--class", "K", "0001")[0] == 0
    assert run("certificate", "withdraw", "--class", "K", "0001", "--reason", " ")[0] != 0
