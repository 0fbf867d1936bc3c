"""Names of staff that are written in both scripts."""

from __future__ import annotations

import pytest

from tlbb_desktop.documents.sheet_words import PaperWords
from tlbb_desktop.domain.staff import name_in_scripts


@pytest.mark.parametrize(
    ("name", "khmer", "latin"),
    [
        ("សុខ ដារ៉ា / Sok Dara", "សុខ ដារ៉ា", "Sok Dara"),
        ("Sok Dara/សុខ ដារ៉ា", "សុខ ដារ៉ា", "Sok Dara"),
        ("សុខ ដារ៉ា", "សុខ ដារ៉ា", ""),
        ("Sok Dara", "", "Sok Dara"),
        ("Sok / Dara", "", "Sok / Dara"),
        ("សុខ / ដារ៉ា", "សុខ / ដារ៉ា", ""),
        ("សុខ ដារ៉ា /", "សុខ ដារ៉ា /", ""),
        ("", "", ""),
    ],
)
def test_a_name_is_taken_apart_only_where_it_is_written_in_both_scripts(name: str, khmer: str, latin: str) -> None:
    assert name_in_scripts(name) == (khmer, latin)


def test_a_paper_shows_the_name_in_its_own_script_and_the_other_where_there_is_none() -> None:
    assert PaperWords("km").staff("សុខ ដារ៉ា / Sok Dara") == "សុខ ដារ៉ា"
    assert PaperWords("en").staff("សុខ ដារ៉ា / Sok Dara") == "Sok Dara"
    assert PaperWords("km").staff("Sok Dara") == "Sok Dara"
    assert PaperWords("en").staff("សុខ ដារ៉ា") == "សុខ ដារ៉ា"
