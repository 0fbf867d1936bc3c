"""The keys by which a person is sorted, found and recognised; they are stored beside the names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tlbb_desktop.domain.people import Names
from tlbb_desktop.khmer import latin_key, search_key, sort_key

BETWEEN = "|"
_LATIN_SEARCH: Final = re.compile("[a-z](?:[ '.-]*[a-z]){2,}[ '.-]*", re.IGNORECASE)
"""Shorter ones sound like half of the names."""


@dataclass(frozen=True, slots=True)
class PersonKeys:
    """What a list needs of a name.

    Args:
        sort_key: Khmer dictionary order of the shown name, family first.
        latin_sort_key: order of the Latin name, or of the Khmer one where there is no other.
        search_text: search keys of both names, nickname and code, divided by a bar; at its end what is heard of names
            that have no Latin spelling.
        duplicate_key: search key of family and given name in Khmer, or in Latin where there is no Khmer.
    """

    sort_key: bytes
    latin_sort_key: bytes
    search_text: str
    duplicate_key: str


def person_keys(names: Names, code: str) -> PersonKeys:
    """The keys of somebody with these names and this code."""
    khmer, latin = names.khmer, names.latin
    keys = search_key(khmer), search_key(latin)
    found_by = (*keys, names.nickname and search_key(names.nickname), search_key(code))
    # Latin names are kept in capitals, so case says nothing, and small letters are the faster to weigh.
    by_latin = sort_key(latin.lower() or khmer)
    written = [part.replace(BETWEEN, "") for part in found_by if part]
    heard = "".join(dict.fromkeys(map(_as_heard, filter(latin_key, _without_latin(names)))))
    return PersonKeys(
        sort_key=sort_key(khmer) if khmer and latin else by_latin,
        latin_sort_key=by_latin,
        search_text=BETWEEN.join((*written, heard) if heard else written),
        duplicate_key=keys[0] or keys[1],
    )


def duplicate_key(names: Names) -> str:
    """The search key of family and given name in Khmer, or in Latin where there is no Khmer."""
    return search_key(names.khmer or names.latin)


def search_words(typed: str) -> tuple[str, ...]:
    """What must all occur in a person's search text for *typed* to find them; a zero-width space divides words, too."""
    words = typed.replace("\u200b", " ").replace(BETWEEN, " ").split()
    return tuple(filter(None, map(search_key, words)))


@dataclass(frozen=True, slots=True)
class HeardSearch:
    """A search in Latin letters for names that are written in Khmer only.

    Args:
        whole: what all that was typed sounds like, as it stands in a search text: ``sok kha`` finds សុខា.
        words: search key and sound of each word; one of the two must occur.
    """

    whole: str
    words: tuple[tuple[str, str], ...]


def heard_search(typed: str) -> HeardSearch | None:
    """What *typed* sounds like; None when it is not three Latin letters or more, or nothing can be heard."""
    if not _LATIN_SEARCH.fullmatch(typed.strip()) or not latin_key(typed):
        return None
    words = ((search_key(word), _as_heard(word)) for word in typed.split())
    return HeardSearch(_as_heard(typed), tuple(words))


def _without_latin(names: Names) -> Iterator[str]:
    """The names that nobody has written in Latin letters, each alone and together."""
    if not names.family_latin:
        yield names.family_km
    if not names.given_latin:
        yield names.given_km
    if not names.latin:
        yield names.khmer
    if not names.nickname.isascii():
        yield names.nickname


def _as_heard(name: str) -> str:
    """Capitals between spaces: what is typed is small and has no spaces, so it never finds them by its letters."""
    return f" {latin_key(name).upper()} "
