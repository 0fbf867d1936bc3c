"""The guide speaks of the program as it is: what it prints bold stands on the screen or on a key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "translations" / "km" / "LC_MESSAGES" / "tlbb.po"
PLACE = re.compile(r"\{\w*\}")
BOLD = re.compile(r"\*\*(.+?)\*\*")
BETWEEN = re.compile(r" → | \| ")
KEY_OR_SIGN = re.compile(r"(Ctrl\+)?([A-Z?/+−0◇▲]|F\d{1,2}|Enter|Backspace|Esc|PageUp|PageDown)")
LANGUAGE_BUTTONS = {"ខ្មែរ", "EN"}


def words_of_the_program(language: str) -> set[str]:
    """Every text of the screens; a number or name that is filled in is written as ``…``."""
    found: set[str] = set()
    with CATALOGUE.open("rb") as stream:
        for message in read_po(stream, locale="km"):
            texts = message.id if language == "en" else message.string
            found.update([texts] if isinstance(texts, str) else texts)
    return {PLACE.sub("…", text) for text in found}


def bold_words(chapter: Path) -> list[str]:
    return [word for bold in BOLD.findall(chapter.read_text(encoding="utf-8")) for word in BETWEEN.split(bold)]


def chapters(language: str) -> list[Path]:
    found = sorted((ROOT / "docs" / "guide" / language).glob("*.md"))
    assert found
    return found


@pytest.mark.parametrize("language", ["en", "km"])
def test_every_bold_word_of_the_guide_stands_in_the_program(language):
    known = words_of_the_program(language) | LANGUAGE_BUTTONS
    unknown = {
        chapter.stem: [word for word in bold_words(chapter) if word not in known and not KEY_OR_SIGN.fullmatch(word)]
        for chapter in chapters(language)
    }
    assert {chapter: words for chapter, words in unknown.items() if words} == {}


def test_both_guides_name_the_same_keys():
    named = {
        language: {each.stem: [w for w in bold_words(each) if KEY_OR_SIGN.fullmatch(w)] for each in chapters(language)}
        for language in ("en", "km")
    }
    assert named["en"] == named["km"]
