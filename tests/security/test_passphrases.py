from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.security.passphrases import PassphraseKind, canonicalise, propose, require_strong, word_list


def test_khmer_digits_open_what_latin_digits_made():
    assert canonicalise("១២៣៤ ៥៦៧ ៨៩០ ១២៣") == canonicalise("1234 567 890 123") == b"1234567890123"


@pytest.mark.parametrize("typed", ["៣", "3", "٣", "३", "\uff13", "𝟑"])
def test_any_unicode_digit_is_the_same_digit(typed):
    assert canonicalise(typed) == b"3"


def test_the_space_bar_of_the_khmer_layout_is_a_space_like_any_other():
    assert canonicalise("ទឹក\u200bមេឃ\u200bដំរី") == canonicalise("ទឹក មេឃ ដំរី") == canonicalise("ទឹក  មេឃ ដំរី ")


def test_a_final_newline_of_a_file_and_a_byte_order_mark_do_not_count():
    assert canonicalise("\ufeffriver mango lantern\r\n") == canonicalise("river mango lantern")


def test_composed_and_decomposed_letters_are_equal():
    assert canonicalise("café") == canonicalise(unicodedata.normalize("NFD", "café"))


def test_marks_that_a_space_held_apart_are_ordered_as_without_it():
    assert canonicalise("x\u0339 \u0334") == canonicalise("x\u0339\u0334")


def test_case_counts():
    assert canonicalise("River") != canonicalise("river")


@given(st.text())
def test_the_canonical_form_is_stable(text):
    once = canonicalise(text)
    assert canonicalise(once.decode(errors="surrogatepass")) == once


def test_a_version_of_the_future_is_refused_with_a_sentence():
    with pytest.raises(Refused, match="newer version"):
        canonicalise("river", version=2)


@pytest.mark.parametrize("pin", ["1234", "១២៣៤៥៦", "123456789012", "1111111111111", "2026"])
def test_a_pin_is_refused(pin):
    with pytest.raises(Refused) as refusal:
        require_strong(pin)
    assert refusal.value.place == "passphrase"


@pytest.mark.parametrize("weak", ["", "short", "a b c d e f g h", "aaaaaaaaaaaaaaaa", "x " * 40, "y" * 600 + "abc"])
def test_a_short_or_monotonous_or_endless_passphrase_is_refused(weak):
    with pytest.raises(Refused):
        require_strong(weak)


@pytest.mark.parametrize("kind", list(PassphraseKind))
@pytest.mark.parametrize("strong", [False, True])
def test_every_proposal_is_accepted_and_no_two_are_equal(kind, strong):
    proposals = [propose(kind, strong) for _ in range(200)]
    for proposal in proposals:
        require_strong(proposal)
    assert len(set(proposals)) == 200


def test_a_manager_is_proposed_five_words_and_others_four():
    assert len(propose(PassphraseKind.KHMER).split()) == 4
    assert len(propose(PassphraseKind.KHMER, strong=True).split()) == 5
    assert len(canonicalise(propose(PassphraseKind.DIGITS))) == 13


@pytest.mark.parametrize("kind", [PassphraseKind.KHMER, PassphraseKind.LATIN])
def test_a_word_list_has_1024_different_short_words(kind):
    words = word_list(kind)
    assert len(words) == len({canonicalise(word) for word in words}) == 1024
    assert all(3 <= len(word) <= 7 for word in words)


def test_khmer_words_have_one_spelling_only():
    subscript_and_shifters = set("\u17d2\u17c9\u17ca\u200b\u200c\u200d")
    words = word_list(PassphraseKind.KHMER)
    assert all("\u1780" <= character <= "\u17d3" for word in words for character in word)
    assert not subscript_and_shifters & set("".join(words))


def test_latin_words_are_plain_small_letters():
    assert all(word.isascii() and word.isalpha() and word.islower() for word in word_list(PassphraseKind.LATIN))
