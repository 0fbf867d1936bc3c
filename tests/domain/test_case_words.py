"""Everything of a case that is shown has a word."""

from __future__ import annotations

from tlbb_desktop.domain import case_words, release_words
from tlbb_desktop.domain.release_items import BY_KEY


def test_every_member_is_named():
    for module in (case_words, release_words):
        for name, words in vars(module).items():
            if name.endswith("_NAMES"):
                members = set(type(next(iter(words))))
                assert words.keys() == members, name


def test_every_item_of_the_checklist_has_a_title():
    assert release_words.ITEM_TITLES.keys() == BY_KEY.keys()
