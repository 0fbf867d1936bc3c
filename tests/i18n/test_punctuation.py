from __future__ import annotations

import pytest

from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.punctuation import joined_remarks, labelled


@pytest.fixture(autouse=True)
def restored_language():
    before = catalog.language()
    yield
    catalog.activate(before)


def test_a_label_stands_before_its_value_with_the_sign_of_the_language():
    catalog.activate("en")
    assert labelled("SOK DARA", "absent") == "SOK DARA: absent"
    catalog.activate("km")
    assert labelled("សុខ ដារា", "អត់ច្បាប់") == "សុខ ដារា៖ អត់ច្បាប់"


def test_a_paper_has_its_own_signs_whatever_the_window_speaks():
    catalog.activate("en")
    assert labelled("សុខ ដារា", "អត់ច្បាប់", "km") == "សុខ ដារា៖ អត់ច្បាប់"
    catalog.activate("km")
    assert joined_remarks(["from day 12", "late 2 ×"], "en") == "from day 12; late 2 ×"


def test_khmer_remarks_are_not_joined_by_a_latin_semicolon():
    assert joined_remarks(["ពីថ្ងៃទី ១២", "មកយឺត ២ ដង"], "km") == "ពីថ្ងៃទី ១២ · មកយឺត ២ ដង"


def test_what_is_put_in_keeps_its_braces():
    assert labelled("{name}", "{}", "en") == "{name}: {}"
