from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from tlbb_desktop.i18n.word_book import WordBook, read_words


@pytest.fixture
def source(tmp_path):
    catalogue = Catalog(locale="km")
    catalogue.add("Copy", "ចម្លង")
    catalogue.add("May", "ឧសភា", context="month")
    catalogue.add(("{n} page", "{n} pages"), ("{n} ទំព័រ",))
    file = tmp_path / "words.mo"
    with file.open("wb") as stream:
        write_mo(stream, catalogue)
    return file


@pytest.fixture
def book(source) -> WordBook:
    return WordBook("km", read_words(source))


def test_a_word_is_translated_and_an_unknown_one_stays(book):
    assert book.gettext("Copy") == "ចម្លង"
    assert book.gettext("Paste") == "Paste"


def test_a_word_with_a_context_is_found_in_its_context_only(book):
    assert book.pgettext("month", "May") == "ឧសភា"
    assert book.pgettext("permission", "May") == "May"
    assert book.gettext("May") == "May"


def test_a_counted_text_has_one_form_or_the_two_of_its_source(book):
    assert [book.ngettext("{n} page", "{n} pages", n) for n in (1, 2)] == ["{n} ទំព័រ", "{n} ទំព័រ"]
    assert [book.ngettext("{n} day", "{n} days", n) for n in (1, 2)] == ["{n} day", "{n} days"]


@pytest.mark.parametrize("length", [0, 3, 10, 60])
def test_a_catalogue_that_is_cut_off_is_refused(source, length):
    source.write_bytes(source.read_bytes()[:length])
    with pytest.raises(ValueError, match=r"words\.mo"):
        read_words(source)


def test_another_file_is_no_catalogue(source):
    source.write_bytes(b"no catalogue at all, but long enough for one")
    with pytest.raises(ValueError, match=r"words\.mo"):
        read_words(source)
