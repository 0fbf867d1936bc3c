"""Every value that a case can hold has a word, in both languages."""

from __future__ import annotations

from enum import Enum

import pytest

from tlbb_desktop.domain import assessment_words, case_words, plan_words, release_words
from tlbb_desktop.domain.release_items import STANDARD_ITEMS
from tlbb_desktop.domain.scores import SCALES
from tlbb_desktop.domain.strengths import SSI_SA_QUESTIONS

MODULES = (assessment_words, case_words, plan_words, release_words)
NAMES = {
    f"{module.__name__.rpartition('.')[2]}.{name}": table
    for module in MODULES
    for name, table in vars(module).items()
    if name.endswith("_NAMES")
}


@pytest.mark.parametrize("name", NAMES)
def test_each_value_of_its_kind_has_a_word_of_its_own(name):
    table = NAMES[name]
    kind = type(next(iter(table)))
    if issubclass(kind, Enum):
        assert set(table) == set(kind)
    assert len(set(table.values())) == len(table)


def test_each_standard_item_and_each_scale_has_its_word():
    assert set(release_words.ITEM_NAMES) == {item.key for item in STANDARD_ITEMS}
    assert set(assessment_words.SCALE_NAMES) == {scale.name for scales in SCALES.values() for scale in scales}


def test_the_substance_screen_has_all_its_questions():
    assert len(set(assessment_words.SSI_SA_ITEMS)) == SSI_SA_QUESTIONS
