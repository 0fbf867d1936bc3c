"""What a paper has on every page, and what its file says of itself."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from tests.documents.ink import pdf_page
from tests.documents.papers import BARE, paper_of, read_with_pdfium
from tlbb_desktop.documents.typesetting import (
    Check,
    CheckLine,
    Family,
    FileFacts,
    Footer,
    Heading,
    KhmerParagraph,
    PageMark,
    PaperCanvas,
    PaperLanguage,
    PaperStyle,
    PhotoBox,
    PhotoUnreadable,
    SignatureBlock,
    Words,
    build_paper,
    khmer_table,
    signature_row,
    thumbprint_box,
)

KINGDOM, MOTTO = "ព្រះរាជាណាចក្រកម្ពុជា", "ជាតិ សាសនា ព្រះមហាក្សត្រ"
ISSUER = (Words("អង្គការ", "The Organisation"),)


def two_pages() -> list[KhmerParagraph]:
    return [KhmerParagraph("កខគ\n" * 50)]


def picture(size: tuple[int, int], kind: str = "JPEG", **options) -> bytes:
    stream = BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(stream, kind, **options)
    return stream.getvalue()


def everything(language: PaperLanguage) -> bytes:
    return build_paper(
        [
            KhmerParagraph(language.spans(Words("វិញ្ញាបនបត្រ", "Certificate"))),
            CheckLine(Check.TICKED, "បាន"),
            khmer_table([["ល.រ"]], [[language.number(each)] for each in range(60)], [60]),
            signature_row([SignatureBlock("គ្រូ"), thumbprint_box("ស្នាមមេដៃ"), PhotoBox(picture((400, 600)))]),
        ],
        PaperStyle(language, heading=Heading.STATE, issuer=ISSUER, marks=frozenset(PageMark), demonstration=True),
        FileFacts("ចំណងជើង", date(2026, 11, 27)),
    ).pdf


@pytest.mark.parametrize("language", PaperLanguage, ids=lambda language: language.value)
def test_the_same_paper_is_the_same_file(language):
    assert everything(language) == everything(language)


def test_pages_are_counted_in_the_digits_of_the_paper():
    texts = {
        language: read_with_pdfium(paper_of(*two_pages(), style=PaperStyle(language)).pdf) for language in PaperLanguage
    }
    assert "ទំព័រទី ២ នៃ ២" in texts[PaperLanguage.KHMER]
    assert "Page 2 of 2" in texts[PaperLanguage.ENGLISH]
    assert "ទំព័រទី ១ នៃ ២ / Page 1 of 2" in texts[PaperLanguage.BOTH]


def test_the_footer_says_what_it_is_told():
    text = " ".join(read_with_pdfium(paper_of(*two_pages(), style=PaperStyle(footer=Footer("បញ្ជី", "AB-12"))).pdf))
    assert [text.count(word) for word in ("បញ្ជី", "AB-12")] == [2, 2]


@pytest.mark.parametrize("language", list(PaperLanguage), ids=lambda each: each.value)
def test_long_texts_of_the_footer_keep_clear_of_the_count_of_pages(language):
    style = PaperStyle(language, footer=Footer("left side " * 12, " right" * 12))
    with pypdfium2.PdfDocument(paper_of(KhmerParagraph("ក"), style=style).pdf) as document:
        text = document[0].get_textpage()
        whole = text.get_text_range()
        edges = {word: text.get_charbox(whole.index(word)) for word in ("right", "ទំព័រ", "Page") if word in whole}
        ends = text.get_charbox(whole.rindex("side") + 3)[2]
    count = min(box[0] for word, box in edges.items() if word != "right")
    assert ends < count - 5
    assert edges["right"][0] > style.page_size[0] - count + 5, "the count stands in the middle"


@pytest.mark.parametrize(
    ("heading", "kingdom", "issuer"),
    [(Heading.STATE, 1, 1), (Heading.JOINT, 1, 1), (Heading.NGO, 0, 1), (Heading.NONE, 0, 0)],
    ids=lambda value: getattr(value, "value", None),
)
def test_the_heading_is_a_switch(heading, kingdom, issuer):
    style = PaperStyle(heading=heading, issuer=ISSUER)
    text = " ".join(read_with_pdfium(paper_of(*two_pages(), style=style).pdf))
    assert [text.count(word) for word in (KINGDOM, MOTTO, "អង្គការ")] == [kingdom, kingdom, issuer]


def test_side_by_side_says_everything_twice():
    style = PaperStyle(PaperLanguage.BOTH, heading=Heading.STATE, issuer=ISSUER, marks=frozenset({PageMark.DUPLICATE}))
    text = read_with_pdfium(paper_of(*two_pages(), style=style).pdf)
    assert [text.count(each) for each in (KINGDOM, "KINGDOM OF CAMBODIA", MOTTO, "NATION RELIGION KING")] == [1] * 4
    assert text.count("ស្ទួន / DUPLICATE") == 2


def test_a_word_that_is_missing_in_one_language_stands_in_the_other():
    assert PaperLanguage.ENGLISH.text(Words("ក")) == "ក"
    assert PaperLanguage.KHMER.text(Words("", "only")) == "only"
    assert PaperLanguage.BOTH.text(Words("ក", "ក")) == "ក"
    assert PaperLanguage.BOTH.text(Words("", "")) == ""


@pytest.mark.parametrize("landscape", [False, True], ids=["portrait", "landscape"])
def test_warnings_stand_on_every_page(landscape):
    style = PaperStyle(landscape=landscape, marks=frozenset(PageMark), demonstration=True)
    pdf = paper_of(*two_pages(), style=style).pdf
    text = " ".join(read_with_pdfium(pdf))
    pages = len(pypdf.PdfReader(BytesIO(pdf)).pages)
    assert text.count("ស្ទួន") == pages
    assert text.count("ព្រាង") == 2 * pages, "in the corner and across the page"
    assert text.count("ទិន្នន័យសាកល្បង") == pages


def test_a_real_paper_has_no_ribbon():
    assert "សាកល្បង" not in " ".join(read_with_pdfium(paper_of(*two_pages()).pdf))


def test_the_file_names_its_title_and_language_and_nothing_else():
    for language, code in ((PaperLanguage.KHMER, "km"), (PaperLanguage.ENGLISH, "en"), (PaperLanguage.BOTH, "km")):
        pdf = paper_of(KhmerParagraph("ក"), style=PaperStyle(language), title="វិញ្ញាបនបត្រ").pdf
        reader = pypdf.PdfReader(BytesIO(pdf))
        facts = {name: value for name, value in reader.metadata.items() if value}
        assert facts == {
            "/Title": "វិញ្ញាបនបត្រ",
            "/CreationDate": "D:20261127000000Z",
            "/ModDate": "D:20261127000000Z",
            "/Trapped": "/False",
        }
        assert reader.trailer["/Root"]["/Lang"] == code
        assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_file_says_who_made_it_when_it_is_told():
    facts = {"author": "អង្គការ", "creator": "Office", "producer": "Library", "subject": "ប្រធានបទ"}
    metadata = pypdf.PdfReader(BytesIO(paper_of(KhmerParagraph("ក"), **facts).pdf)).metadata
    assert (metadata.author, metadata.creator, metadata.producer, metadata.subject) == tuple(facts.values())


def test_a_page_is_told_as_it_begins_and_may_end_the_work():
    class Stopped(Exception):
        pass

    told: list[int] = []
    build_paper(two_pages(), BARE, FileFacts("t", date(2026, 1, 1)), told.append)
    assert told == [1, 2]

    def stop(_number: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        build_paper(two_pages(), BARE, FileFacts("t", date(2026, 1, 1)), stop)


def test_a_short_paper_is_small():
    assert len(everything(PaperLanguage.BOTH)) < 60_000


def test_a_photo_of_forty_megapixels_becomes_small():
    pdf = paper_of(PhotoBox(picture((8000, 5000)))).pdf
    (image,) = pypdf.PdfReader(BytesIO(pdf)).pages[0].images
    assert image.image.size == (472, 709)
    assert len(pdf) < 60_000


def test_a_photo_lies_upright_and_keeps_nothing_of_its_camera():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera"  # turned by 90 degrees, and its maker
    stream = BytesIO()
    turned = Image.new("RGB", (600, 400), "white")
    turned.paste((0, 0, 0), (0, 0, 300, 400))
    turned.save(stream, "JPEG", exif=exif)
    pdf = paper_of(PhotoBox(stream.getvalue())).pdf
    (image,) = pypdf.PdfReader(BytesIO(pdf)).pages[0].images
    grey = image.image.convert("L")
    assert grey.getpixel((236, 40)) < 40, "black on top"
    assert grey.getpixel((236, 660)) > 215, "white below"
    assert b"Camera" not in image.data


@pytest.mark.parametrize(
    "photo", [b"no picture", picture((400, 600))[:200], picture((400, 600), "PNG")[:60]], ids=["text", "cut", "cut png"]
)
def test_a_broken_photo_is_refused(photo):
    with pytest.raises(PhotoUnreadable):
        PhotoBox(photo)


def test_an_empty_photo_box_says_its_size():
    assert read_with_pdfium(paper_of(PhotoBox(None)).pdf) == ["4 x 6"]


def test_pages_drawn_by_hand_are_finished_in_their_order():
    stream = BytesIO()
    canvas = PaperCanvas(stream, pagesize=(300, 200), invariant=1)
    canvas.finish_page = lambda page, number, pages: page.text(20, 20, f"{number} of {pages}", 9)
    for word in ("ក", "ខ", "គ"):
        canvas.text(20, 100, word, 12)
        canvas.showPage()
    canvas.save()
    assert canvas.page_count == 3
    assert read_with_pdfium(stream.getvalue()) == ["ក", "1 of 3", "ខ", "2 of 3", "គ", "3 of 3"]


def grey_page(*marks: PageMark, language: PaperLanguage = PaperLanguage.KHMER) -> Image.Image:
    """A page that a grey table covers."""
    cells = khmer_table([["ក"]], [], [400], commands=[("BACKGROUND", (0, 0), (-1, -1), "#EDEDED")], heights=[600])
    paper = paper_of(cells, style=PaperStyle(language, marks=frozenset(marks), footer=Footer(counted=False)))
    return pdf_page(paper.pdf, 1)


def test_a_draft_says_so_also_over_grey_cells() -> None:
    plain, draft = grey_page(PageMark.DUPLICATE), grey_page(PageMark.DRAFT)
    middle = (150, 300, 450, 550)
    darker = ImageChops.subtract(plain.crop(middle), draft.crop(middle)).histogram()
    assert sum(darker[10:]) > 3000
    assert sum(darker[80:]) == 0, "the text under it can still be read"


def test_latin_alone_in_a_title_takes_the_bold_face_and_khmer_the_face_of_titles() -> None:
    for language in PaperLanguage:
        (span,) = language.spans(Words("This Life Cambodia"), family=Family.TITLE)
        assert span.family is Family.BOLD
        (span,) = language.spans(Words("កម្ពុជា"), family=Family.TITLE)
        assert span.family is None
        (span,) = language.spans(Words("This Life Cambodia"), family=Family.TEXT)
        assert span.family is None
