"""Each page of each paper looks as it was approved."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from tests.documents.every_paper import PAPERS, pictured
from tests.documents.golden_pages import GOLDEN, GREYS, REVIEW, ROOT, STEP, difference, pages_of
from tlbb_desktop.documents.typesetting import PaperLanguage

RENEW = "python -m tests.documents.golden_pages"
MOST_BYTES = 2_000_000


def golden_names(name: str, language: PaperLanguage) -> set[str]:
    return {path.name for path in GOLDEN.glob(f"{name}-{language.value}-[0-9]*.png")}


@pytest.mark.parametrize(("name", "language"), list(pictured()), ids=lambda part: getattr(part, "value", part))
def test_a_paper_looks_as_it_was_approved(name: str, language: PaperLanguage) -> None:
    pages = pages_of(name, language)
    assert set(pages) == golden_names(name, language), f"pages came or went; look at them, then {RENEW}"
    told = []
    for picture, page in pages.items():
        with Image.open(GOLDEN / picture) as golden:
            differs = difference(golden.convert("L"), page, REVIEW / picture)
        if differs:
            told.append(f"{differs.dots} dots differ: look at {differs.review}; if it is right, {RENEW}")
    assert told == []


def test_no_paper_is_without_a_picture_and_no_picture_without_a_paper() -> None:
    assert {name for name, _language in pictured()} == set(PAPERS)
    wanted = set().union(*(golden_names(name, language) for name, language in pictured()))
    assert {path.name for path in GOLDEN.iterdir()} == wanted


def test_the_pictures_stay_small() -> None:
    assert sum(path.stat().st_size for path in GOLDEN.iterdir()) < MOST_BYTES


@pytest.fixture
def page() -> Image.Image:
    picture = Image.new("L", (60, 80), 255)
    ImageDraw.Draw(picture).rectangle((10, 10, 30, 20), fill=STEP * 3)
    return picture


def test_a_page_that_is_the_same_leaves_nothing(page, tmp_path) -> None:
    review = tmp_path / "review.png"
    assert difference(page, page.copy(), review) is None
    assert difference(page, page.point(lambda level: max(0, level - STEP)), review) is None
    assert not review.exists()


def test_one_other_dot_is_found_and_shown_beside_what_was_expected(page, tmp_path) -> None:
    actual = page.copy()
    actual.putpixel((50, 70), 255 - 2 * STEP)
    found = difference(page, actual, tmp_path / "new" / "review.png")
    assert found is not None
    assert found.dots == 1
    with Image.open(found.review) as review:
        thirds = review.width // 3
        reds = [
            (x, y) for x in range(review.width) for y in range(review.height) if review.getpixel((x, y)) == (255, 0, 0)
        ]
        assert len(reds) == 1
        assert reds[0][0] > 2 * thirds
        assert review.height > page.height


def test_a_page_of_another_size_differs_everywhere(page, tmp_path) -> None:
    found = difference(page, Image.new("L", (80, 60), 255), tmp_path / "review.png")
    assert found is not None
    assert found.dots == 80 * 60


def test_a_golden_picture_keeps_every_grey() -> None:
    for path in sorted(GOLDEN.iterdir()):
        with Image.open(path) as golden:
            levels = {level for _count, level in golden.convert("L").getcolors(256) or []}
        assert levels <= {STEP * grey for grey in range(GREYS)}, path.relative_to(ROOT)
