"""Files from outside: every kind is read, every hostile one ends in one sentence and little memory."""

from __future__ import annotations

import io
import random
import struct
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tlbb_desktop.domain.errors import BadFile
from tlbb_desktop.services import spreadsheet_guard, spreadsheets
from tlbb_desktop.services.spreadsheets import read_spreadsheet, read_text

SAMPLES = Path(__file__).parents[1] / "fixtures" / "samples"
SHEETS = SAMPLES.parent / "spreadsheets"
SAMPLE = SAMPLES / "people.xlsx"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def workbook(path: Path, rows: list[list[object]], **options: object) -> Path:
    with xlsxwriter.Workbook(str(path), options) as book:
        page = book.add_worksheet("One")
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return path


def repacked(path: Path, **changed: bytes) -> Path:
    """The sample with parts replaced; names are given with dots for slashes."""
    with zipfile.ZipFile(SAMPLE) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, changed.pop(entry.filename, None) or old.read(entry))
        for name, content in changed.items():
            new.writestr(name, content)
    return path


def sheet_with(cells: str) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>'.encode()


def ods(path: Path, rows: str, manifest: str = "<manifest/>") -> Path:
    content = (
        '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="T">{rows}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", ODS_TYPE)
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", manifest)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(BadFile) as caught:
        read_spreadsheet(path)
    return str(caught.value)


def test_the_sample_is_read_with_its_dates_and_zero_width_spaces() -> None:
    (table,) = read_spreadsheet(SAMPLE)
    assert len(table.rows) == 45
    assert table.rows[5][2] == "គឹម\u200bវណ្ណា"
    assert table.rows[6][5] == date(2007, 7, 14)
    assert table.rows[2] == ()


@pytest.mark.parametrize("name", ["people.xls", "people.ods"])
def test_older_and_free_formats_give_the_same_cells(name: str) -> None:
    assert read_spreadsheet(SHEETS / name)[0].rows == read_spreadsheet(SAMPLE)[0].rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_whatever_its_encoding_and_delimiter(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "list.csv"
    text = "\r\n".join(delimiter.join(row) for row in (("ឈ្មោះ", "ភេទ"), ('"សុខ\n ដារ៉ា"', "ប"), ("លី ម៉ាលី", "ស")))
    path.write_bytes(text.encode(encoding))
    (table,) = read_spreadsheet(path)
    assert table.rows == (("ឈ្មោះ", "ភេទ"), ("សុខ\n ដារ៉ា", "ប"), ("លី ម៉ាលី", "ស"))


def test_a_stray_zero_does_not_turn_a_list_into_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(("ឈ្មោះ,ភេទ\r\nស\x00ុខ ដារ៉ា,ប\r\n" + "លី ម៉ាលី,ស\r\n" * 5).encode())
    assert read_spreadsheet(path)[0].rows[:2] == (("ឈ្មោះ", "ភេទ"), ("សុខ ដារ៉ា", "ប"))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_read_without_its_mark(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Name;Sex\r\nSok Dara;M\r\n".encode(encoding))
    assert read_spreadsheet(path)[0].rows == (("Name", "Sex"), ("Sok Dara", "M"))


def test_an_old_windows_file_is_read_as_such(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Name;Café\r\nDéa;1\r\n".encode("cp1252"))
    assert read_spreadsheet(path)[0].rows == (("Name", "Café"), ("Déa", "1"))


def test_what_was_pasted_from_a_spreadsheet_is_a_table() -> None:
    assert read_text("ឈ្មោះ\tភេទ\nសុខ, ដារ៉ា\tប\n\n").rows == (("ឈ្មោះ", "ភេទ"), ("សុខ, ដារ៉ា", "ប"))


def test_the_kind_of_file_is_told_from_its_content(tmp_path: Path) -> None:
    path = tmp_path / "really_a_workbook.csv"
    path.write_bytes(SAMPLE.read_bytes())
    assert len(read_spreadsheet(path)[0].rows) == 45


def test_formulas_give_the_value_they_had_and_merged_cells_their_first(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.merge_range("A1:C1", "ព្រះរាជាណាចក្រកម្ពុជា")
        page.write_formula("A2", "=1+1", None, 2)
        page.write_formula("B2", '=HYPERLINK("http://x")', None, "សុខ ដារ៉ា")
    (table,) = read_spreadsheet(path)
    assert table.rows == (("ព្រះរាជាណាចក្រកម្ពុជា",), (2.0, "សុខ ដារ៉ា"))


def test_control_characters_and_lone_surrogates_are_left_out(tmp_path: Path) -> None:
    assert read_text("a\x00\x07b,\ufeffc\x85\n").rows == (("ab", "c"),)


def test_hidden_and_empty_sheets_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Empty")
        book.add_worksheet("Full").write(0, 0, "x")
        hidden = book.add_worksheet("Hidden")
        hidden.write(0, 0, "secret")
        hidden.hide()
    assert [table.name for table in read_spreadsheet(path)] == ["Full"]


@pytest.mark.parametrize("content", [b"", b" \r\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    assert refusal(path) == "The file is empty."


def test_a_file_that_is_not_there_or_a_folder_cannot_be_opened(tmp_path: Path) -> None:
    assert "cannot be opened" in refusal(tmp_path / "gone.xlsx")
    assert "cannot be opened" in refusal(tmp_path)


@pytest.mark.parametrize("start", [b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"MZ\x90\x00", b"\x7fELF"])
def test_other_kinds_of_files_are_no_spreadsheets(tmp_path: Path, start: bytes) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(start + random.Random(1).randbytes(5000))
    assert "not a spreadsheet" in refusal(path)


def test_a_document_in_a_zip_is_no_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<x/>")
    assert "not a spreadsheet" in refusal(path)


def compound_file(*streams: str) -> bytes:
    """The header and directory of an OLE compound file (MS-CFB) with these streams."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += b"\0" * 6 + struct.pack("<IIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE) + struct.pack("<I", 0)
    header = header.ljust(76, b"\0") + struct.pack("<I", 0) + b"\xff" * 432
    fat = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * 504
    directory = b""
    for name in ("Root Entry", *streams):
        encoded = name.encode("utf-16-le")
        directory += (encoded.ljust(64, b"\0") + struct.pack("<H", len(encoded) + 2) + b"\x05\x01").ljust(128, b"\0")
    return header + fat + directory.ljust(512, b"\0")


def test_a_password_protected_workbook_says_so(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(compound_file("EncryptionInfo", "EncryptedPackage"))
    assert "protected with a password" in refusal(path)


def test_a_protected_ods_says_so(tmp_path: Path) -> None:
    path = ods(tmp_path / "list.ods", "", "<manifest><encryption-data/></manifest>")
    assert "protected with a password" in refusal(path)


def test_an_encrypted_zip_says_so(tmp_path: Path) -> None:
    data = bytearray(SAMPLE.read_bytes())
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(sign)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(sign, place + 4)
    path = tmp_path / "list.xlsx"
    path.write_bytes(data)
    assert "protected with a password" in refusal(path)


def test_an_ole_file_that_is_no_workbook_or_a_broken_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.xls"
    path.write_bytes(compound_file("WordDocument"))
    assert "not a spreadsheet" in refusal(path)
    path.write_bytes(compound_file("Workbook"))
    assert "empty" in refusal(path)
    data = (SHEETS / "people.xls").read_bytes()
    path.write_bytes(data[:600] + random.Random(1).randbytes(4000) + data[4600:])
    assert "damaged" in refusal(path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_workbook_is_damaged(tmp_path: Path, share: float) -> None:
    data = SAMPLE.read_bytes()
    path = tmp_path / "list.xlsx"
    path.write_bytes(data[: int(len(data) * share)])
    assert "damaged" in refusal(path)


def test_no_damaged_workbook_ends_in_anything_but_a_sentence(tmp_path: Path) -> None:
    data, chance = SAMPLE.read_bytes(), random.Random(7)
    path = tmp_path / "list.xlsx"
    for _ in range(300):
        hurt = bytearray(data)
        for _ in range(chance.randint(1, 30)):
            hurt[chance.randrange(len(hurt))] = chance.randrange(256)
        path.write_bytes(hurt)
        try:
            read_spreadsheet(path)
        except BadFile:
            continue


@given(st.binary(max_size=400))
def test_no_xml_in_a_sheet_ends_in_anything_but_a_sentence(tmp_path_factory, xml: bytes) -> None:
    path = repacked(tmp_path_factory.getbasetemp() / "fuzz.xlsx", **{"xl/worksheets/sheet1.xml": b"<a>" + xml})
    try:
        read_spreadsheet(path)
    except BadFile:
        return


def small_memory(path: Path) -> str:
    """The refusal, which must come without much memory."""
    tracemalloc.start()
    try:
        said = refusal(path)
        assert tracemalloc.get_traced_memory()[1] < 160 * 1024 * 1024
    finally:
        tracemalloc.stop()
    return said


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    path = repacked(tmp_path / "bomb.xlsx", **{"xl/sharedStrings.xml": b"0" * (200 * 1024 * 1024)})
    assert path.stat().st_size < 400_000
    assert "too large" in small_memory(path)


def test_a_zip_that_lies_about_its_sizes_is_refused(tmp_path: Path) -> None:
    path = repacked(tmp_path / "bomb.xlsx", **{"xl/worksheets/sheet1.xml": b" " * 30_000_000})
    data = bytearray(path.read_bytes())
    for sign, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.find(sign)
        while place >= 0:
            if struct.unpack_from("<I", data, place + offset)[0] == 30_000_000:
                struct.pack_into("<I", data, place + offset, 1000)
            place = data.find(sign, place + 4)
    path.write_bytes(data)
    assert small_memory(path)


def test_two_cells_in_opposite_corners_do_not_fill_the_memory(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    path = repacked(tmp_path / "far.xlsx", **{"xl/worksheets/sheet1.xml": sheet_with(cells)})
    assert "too large" in small_memory(path)
    prefixed = cells.replace("<c ", "<x:c ").replace("</c", "</x:c").replace("<v", "<x:v").replace("</v", "</x:v")
    path = repacked(tmp_path / "far2.xlsx", **{"xl/worksheets/sheet1.xml": sheet_with(prefixed.replace('"', "'"))})
    assert small_memory(path)


def test_formats_without_content_do_not_count(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1"><v>7</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    path = repacked(tmp_path / "far.xlsx", **{"xl/worksheets/sheet1.xml": sheet_with(cells)})
    assert read_spreadsheet(path)[0].rows == ((7.0,),)


def test_cells_that_do_not_say_where_they_stand_are_read(tmp_path: Path) -> None:
    cells = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    path = repacked(tmp_path / "bare.xlsx", **{"xl/worksheets/sheet1.xml": sheet_with(cells)})
    assert read_spreadsheet(path)[0].rows == ((1.0, 2.0), (3.0,))


def test_one_long_text_in_a_million_cells_is_refused(tmp_path: Path) -> None:
    strings = b"<sst><si><t>" + b"x" * 30_000 + b"</t></si></sst>"
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 40_001))
    parts = {"xl/sharedStrings.xml": strings, "xl/worksheets/sheet1.xml": sheet_with(cells)}
    assert "too large" in small_memory(repacked(tmp_path / "long.xlsx", **parts))


def test_an_ods_row_repeated_a_million_times_is_refused(tmp_path: Path) -> None:
    cell = (
        '<table:table-cell office:value-type="string" table:number-columns-repeated="1000">'
        "<text:p>x</text:p></table:table-cell>"
    )
    path = ods(tmp_path / "far.ods", f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>')
    assert "too large" in small_memory(path)


def test_blank_repeated_rows_of_an_ods_do_not_count(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    blank = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    )
    path = ods(tmp_path / "list.ods", f"<table:table-row>{cell}</table:table-row>{blank}")
    assert read_spreadsheet(path)[0].rows == (("x",),)


def test_a_million_lines_of_csv_are_refused_without_reading_them_all(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"name,sex\n" + b"a,m\n" * 1_000_000)
    assert "at most 50000 rows" in small_memory(path)


def test_a_workbook_with_too_many_rows_says_how_many_are_taken(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(spreadsheet_guard, "MOST_ROWS", 20)
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 20)
    assert "at most 20 rows" in refusal(workbook(tmp_path / "list.xlsx", [["a"]] * 21))
    assert len(read_spreadsheet(workbook(tmp_path / "list.xlsx", [["a"]] * 20))[0].rows) == 20


def test_a_huge_file_is_refused_unread(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(spreadsheets, "MOST_BYTES", 100)
    assert "too large" in refusal(SAMPLE)


def test_an_endless_quote_is_read_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b'name,sex\n"' + b"a" * 300_000)
    assert "damaged" in refusal(path)


def test_a_part_that_occurs_twice_is_refused(tmp_path: Path) -> None:
    data = io.BytesIO(SAMPLE.read_bytes())
    with zipfile.ZipFile(data, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("xl/workbook.xml", b"<x/>")
    path = tmp_path / "list.xlsx"
    path.write_bytes(data.getvalue())
    assert "damaged" in refusal(path)
