"""The square code is found in what people really bring: scans, photos, PDFs, and files that are something else."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageFilter
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.documents.test_certificate_code import code_of
from tests.domain.test_stigma import CLEAN
from tlbb_desktop.documents.certificate_code import qr_png
from tlbb_desktop.documents.code_pictures import MOST_FILE_BYTES, MOST_PIXELS, codes_in_file, codes_in_picture
from tlbb_desktop.domain.errors import BadFile

MODULE_MM = 0.45


@pytest.fixture(scope="module")
def code() -> str:
    return code_of()


def sheet(code: str, dpi: int) -> Image.Image:
    """An A4 sheet across with the code as it is printed."""
    qr = Image.open(BytesIO(qr_png(code, scale=8))).convert("L")
    side = round(qr.width / 8 * MODULE_MM / 25.4 * dpi)
    page = Image.new("L", (round(11.69 * dpi), round(8.27 * dpi)), 245)
    page.paste(qr.resize((side, side), Image.Resampling.LANCZOS), (dpi, dpi))
    return page


def saved(picture: Image.Image, path: Path) -> Path:
    picture.save(path)
    return path


@pytest.mark.parametrize(("dpi", "blur"), [(150, 0.0), (150, 1.0), (200, 1.5), (300, 1.5)])
def test_a_grey_blurred_scan_that_lies_askew_is_read(code, dpi, blur):
    askew = sheet(code, dpi).rotate(3, fillcolor=255, resample=Image.Resampling.BICUBIC)
    assert codes_in_picture(askew.filter(ImageFilter.GaussianBlur(blur))) == (code,)


@pytest.mark.parametrize("ending", ["png", "jpg"])
def test_a_picture_file_is_read(code, tmp_path, ending):
    assert codes_in_file(saved(sheet(code, 200), tmp_path / f"scan.{ending}")) == (code,)


def test_a_transparent_picture_lies_on_white_paper(code, tmp_path):
    qr = Image.open(BytesIO(qr_png(code))).convert("L")
    clear = Image.new("RGBA", qr.size, (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), mask=qr.point(lambda tone: 255 - tone))
    assert codes_in_file(saved(clear, tmp_path / "clear.png")) == (code,)


def test_every_page_of_a_pdf_is_read(code, tmp_path):
    second = code_of(CLEAN.__class__(**{name: getattr(CLEAN, name) for name in CLEAN.__slots__} | {"hours": 12}))
    path = tmp_path / "papers.pdf"
    canvas = Canvas(str(path), pagesize=landscape(A4))
    for each in (code, second):
        canvas.drawImage(ImageReader(BytesIO(qr_png(each))), 72, 72, 85, 85)
        canvas.showPage()
    canvas.save()
    assert codes_in_file(path) == (code, second)


def test_a_photo_of_40_megapixels_is_made_smaller_and_read(code, tmp_path):
    photo = Image.new("L", (8000, 5000), 230)
    qr = Image.open(BytesIO(qr_png(code, scale=20))).convert("L")
    photo.paste(qr, (900, 900))
    assert codes_in_file(saved(photo, tmp_path / "photo.jpg")) == (code,)


def test_a_picture_beyond_all_bounds_is_refused_before_it_is_unpacked(tmp_path):
    side = int(MOST_PIXELS**0.5) + 100
    path = saved(Image.new("1", (side, side)), tmp_path / "huge.png")
    with pytest.raises(BadFile, match="too large"):
        codes_in_file(path)


def test_a_file_beyond_all_bounds_is_not_read(tmp_path):
    path = tmp_path / "huge.pdf"
    with path.open("wb") as stream:
        stream.truncate(MOST_FILE_BYTES + 1)
    with pytest.raises(BadFile, match="too large"):
        codes_in_file(path)


def test_a_sheet_without_a_code_gives_none(tmp_path):
    assert codes_in_file(saved(Image.new("L", (600, 400), 255), tmp_path / "white.png")) == ()


def test_another_square_code_is_none_of_ours(tmp_path):
    import segno

    segno.make("https://example.org").save(str(tmp_path / "link.png"), scale=6)
    assert codes_in_file(tmp_path / "link.png") == ()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.png", b""),
        ("text.pdf", b"no picture at all"),
        ("broken.pdf", b"%PDF-1.7\nbroken"),
        ("broken.jpg", b"\xff\xd8\xff\xe0broken"),
        ("broken.png", b"\x89PNG\r\n\x1a\n" + bytes(40)),
        ("bitmap.bmp", b"BM" + bytes(100)),
    ],
)
def test_a_broken_file_is_named_in_one_sentence(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BadFile) as refused:
        codes_in_file(path)
    assert refused.value.fields["name"] == name


def test_a_picture_that_was_cut_off_is_refused(code, tmp_path):
    whole = saved(sheet(code, 200), tmp_path / "whole.jpg").read_bytes()
    (tmp_path / "cut.jpg").write_bytes(whole[: len(whole) // 3])
    with pytest.raises(BadFile):
        codes_in_file(tmp_path / "cut.jpg")


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path):
    for path in (tmp_path / "nothing.png", tmp_path):
        with pytest.raises(BadFile):
            codes_in_file(path)
