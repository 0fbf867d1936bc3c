"""Pages of a finished paper as pictures and text."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from reportlab.platypus import PageBreak

from tests.documents.papers import BARE, paper_of
from tlbb_desktop.documents.page_images import MOST_PIXELS, PaperPages
from tlbb_desktop.documents.typesetting import BODY, KhmerParagraph, PaperStyle
from tlbb_desktop.domain.errors import BadFile

FIRST, SECOND = "បញ្ជីអវត្តមាន", "ហត្ថលេខា"


@pytest.fixture
def pages() -> PaperPages:
    return PaperPages(paper_of(KhmerParagraph(FIRST, BODY), PageBreak(), KhmerParagraph(SECOND, BODY)).pdf)


def ink(image) -> int:
    """How much black stands on the page, by its green."""
    return sum(255 - green for green in image.pixels[1::4])


def test_a_page_has_the_size_of_its_paper(pages):
    first, second = pages.sizes()
    assert first == second
    assert first == pytest.approx((595.3, 841.9), abs=0.1)
    assert not first.is_landscape
    landscape = PaperStyle(landscape=True, footer=BARE.footer)
    assert PaperPages(paper_of(KhmerParagraph(FIRST, BODY), style=landscape).pdf).sizes()[0].is_landscape


def test_a_page_is_drawn_as_sharp_as_is_asked(pages):
    coarse, fine = pages.image(0, 72), pages.image(0, 144)
    assert (coarse.width, coarse.height) == (596, 842)
    assert abs(fine.width - 2 * coarse.width) <= 1
    assert len(fine.pixels) == fine.bytes_per_line * fine.height
    assert ink(fine) == pytest.approx(4 * ink(coarse), rel=0.1)


def test_no_picture_is_too_large_for_a_laptop(pages):
    huge = pages.image(0, 2400)
    assert 0.9 * MOST_PIXELS < huge.width * huge.height <= 1.01 * MOST_PIXELS


def test_each_page_says_its_own_text(pages):
    assert [pages.text(number).strip() for number in range(2)] == [FIRST, SECOND]


def test_several_threads_draw_the_same_paper(pages):
    with ThreadPoolExecutor(4) as threads:
        drawn = set(threads.map(lambda number: pages.image(number % 2, 72).pixels, range(16)))
    assert len(drawn) == 2


def test_what_is_no_paper_is_refused_with_a_sentence():
    with pytest.raises(BadFile):
        PaperPages(b"no paper").sizes()
