from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlbb_desktop.khmer import Fault, Problem, canonical, clusters, normalise, problems


def test_the_tricky_strings_have_as_many_clusters_as_a_reader_sees(tricky_strings):
    assert [len(clusters(form)) for _, form, _ in tricky_strings] == [count for _, _, count in tricky_strings]


def test_a_cluster_keeps_its_coengs_and_marks_even_when_typed_out_of_order():
    assert clusters("សី្រ្តខ្មែរ") == ["សី្រ្ត", "ខ្មែ", "រ"]


def test_other_characters_stand_alone_but_for_their_accents():
    assert clusters("Se\u0301 ១។\u200bក") == ["S", "e\u0301", " ", "១", "។", "\u200b", "ក"]


@given(st.text([*map(chr, range(0x1780, 0x17EA)), *"\u17d2\u17d2\u200b\u200c a\n"]))
def test_clusters_joined_are_the_text(text):
    assert "".join(clusters(text)) == text


@given(st.text([*map(chr, range(0x1780, 0x17EA)), *"\u17d2\u17d2\u200b\u200c a\n"]))
def test_no_cut_is_before_a_mark_of_a_letter_or_behind_its_coeng(text):
    for left, right in pairwise(clusters(text)):
        hangs = "\u17b6" <= right[0] <= "\u17d3" or right[0] == "\u17dd"
        assert not (hangs and "\u1780" <= left[0] <= "\u17a2")
        assert not (len(left) > 1 and left.endswith("\u17d2") and "\u1780" <= right[0] <= "\u17a2")


@pytest.mark.parametrize(
    ("text", "fault", "cluster"),
    [
        ("ខ្មែ ក្ ក", Fault.DANGLING_COENG, "ក្"),
        ("ក ា", Fault.MARK_WITHOUT_BASE, "ា"),
        ("១ុ", Fault.MARK_WITHOUT_BASE, "១ុ"),
        ("កាី", Fault.TWO_VOWELS, "កីា"),
        ("ក្ខ្គ្ឃ", Fault.TOO_MANY_COENGS, "ក្ខ្គ្ឃ"),
    ],
)
def test_what_no_rule_can_repair_is_named_with_its_cluster(text, fault, cluster):
    assert problems(text) == (Problem(fault, cluster),)


def test_repairable_text_has_no_problems(tricky_strings):
    assert [typed for typed, _, _ in tricky_strings if problems(typed)] == []


def test_problems_are_the_same_before_and_after_storing():
    text = "លេាក ្ ក្ខ្គ្ឃ កាី"
    assert problems(text) == problems(normalise(text))
    assert {problem.fault for problem in problems(canonical(text))} == {
        Fault.DANGLING_COENG,
        Fault.MARK_WITHOUT_BASE,
        Fault.TWO_VOWELS,
        Fault.TOO_MANY_COENGS,
    }
