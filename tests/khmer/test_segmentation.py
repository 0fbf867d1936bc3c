from __future__ import annotations

import builtins
import sys
import threading
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.house.first_paint import heavy_modules_after
from tlbb_desktop.khmer import cluster_breaks, clusters, segmentation, words

KHMER_AND_MORE = st.text(
    st.one_of(
        st.characters(min_codepoint=0x1780, max_codepoint=0x17F9),
        st.sampled_from(" \t\n\r\xa0\u200b\u200c\u200d\u2060ab-.,()[]«»!:;%$៛0129១២ៗ។៕៖é\u0301😀"),
        st.characters(),
    )
)


@given(KHMER_AND_MORE)
def test_the_words_of_any_text_joined_are_the_text(text):
    assert "".join(words(text)) == text
    assert all(words(text))


@given(KHMER_AND_MORE)
def test_no_word_starts_inside_a_cluster(text):
    starts = {0}
    for word in words(text)[:-1]:
        starts.add(max(starts) + len(word))
    assert starts - {0} <= set(cluster_breaks(text))


@given(KHMER_AND_MORE)
def test_between_two_cluster_breaks_lies_one_cluster(text):
    places = (0, *cluster_breaks(text), len(text))
    assert [text[one:other] for one, other in pairwise(places) if one < other] == clusters(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ក្រុមការងារបានចុះទៅកាន់ភូមិ", "ក្រុមការងារ|បាន|ចុះ|ទៅកាន់|ភូមិ"),
        ("ព្រះរាជាណាចក្រកម្ពុជា", "ព្រះរាជាណាចក្រ|កម្ពុជា"),
        ("គ្រប់ៗគ្នា", "គ្រប់ៗ|គ្នា"),
        ("ភាសាEnglishនិងខ្មែរ", "ភាសា|English|និង|ខ្មែរ"),
        ("តម្លៃ១៥.០០០៛", "តម្លៃ|១៥.០០០|៛"),
        ("កណ្ដាល\u200bនេះ", "កណ្ដាល|\u200b|នេះ"),
        ("", ""),
    ],
)
def test_text_is_cut_into_words(text, expected):
    assert "|".join(words(text)) == expected


def test_a_break_hint_inside_a_sentence_does_not_change_the_other_words():
    plain = "ក្រុមការងារបានចុះទៅកាន់ភូមិ"
    hinted = "ក្រុមការងារ\u200bបានចុះទៅកាន់ភូមិ"
    assert [word for word in words(hinted) if word != "\u200b"] == list(words(plain))


@pytest.fixture
def without_khmercut(monkeypatch):
    real_import = builtins.__import__

    def no_khmercut(name, *rest):
        if name == "khmercut":
            raise ImportError(name)
        return real_import(name, *rest)

    monkeypatch.setattr(builtins, "__import__", no_khmercut)
    segmentation._segmenter.cache_clear()
    words.cache_clear()
    yield
    segmentation._segmenter.cache_clear()
    words.cache_clear()


@pytest.mark.usefixtures("without_khmercut")
def test_without_the_segmenter_the_words_are_syllables():
    assert "|".join(words("ការងារបានចុះទៅកាន់ភូមិ")) == "ការ|ងារ|បាន|ចុះ|ទៅ|កាន់|ភូ|មិ"


def test_threads_that_ask_at_once_get_the_same_words():
    sentences = [f"ក្រុមការងារបានចុះទៅកាន់ភូមិ{number}" for number in range(40)]
    words.cache_clear()
    alone = [words(sentence) for sentence in sentences]
    words.cache_clear()
    found: list[list[tuple[str, ...]]] = []
    threads = [
        threading.Thread(target=lambda: found.append([words(sentence) for sentence in sentences])) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [alone] * 4


def test_the_segmenter_is_loaded_when_it_is_first_needed():
    import os

    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert heavy_modules_after("import tlbb_desktop.khmer", environment) == set()
    assert heavy_modules_after("from tlbb_desktop.khmer import words\nwords('hello')", environment) == set()
    assert heavy_modules_after("from tlbb_desktop.khmer import words\nwords('ភាសាខ្មែរ')", environment) == {"khmercut"}
