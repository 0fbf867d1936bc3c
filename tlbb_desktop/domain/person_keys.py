"""The keys by which a person is sorted, found and recognised; they are stored beside the names."""

from __future__ import annotations

from dataclasses import dataclass

from tlbb_desktop.domain.people import Names
from tlbb_desktop.khmer import search_key, sort_key

BETWEEN = "|"


@dataclass(frozen=True, slots=True)
class PersonKeys:
    """What a list needs of a name.

    Args:
        sort_key: Khmer dictionary order of the shown name, family first.
        latin_sort_key: order of the Latin name, or of the Khmer one where there is no other.
        search_text: search keys of both names, nickname and code, divided by a bar.
        duplicate_key: search key of family and given name in Khmer, or in Latin where there is no Khmer.
    """

    sort_key: bytes
    latin_sort_key: bytes
    search_text: str
    duplicate_key: str


def person_keys(names: Names, code: str) -> PersonKeys:
    """The keys of somebody with these names and this code."""
    khmer, latin = names.khmer, names.latin
    khmer_key, latin_key = search_key(khmer), search_key(latin)
    found_by = (khmer_key, latin_key, names.nickname and search_key(names.nickname), search_key(code))
    # Latin names are kept in capitals, so case says nothing, and small letters are the faster to weigh.
    by_latin = sort_key(latin.lower() or khmer)
    return PersonKeys(
        sort_key=sort_key(khmer) if khmer and latin else by_latin,
        latin_sort_key=by_latin,
        search_text=BETWEEN.join(part.replace(BETWEEN, "") for part in found_by if part),
        duplicate_key=khmer_key or latin_key,
    )


def duplicate_key(names: Names) -> str:
    """The search key of family and given name in Khmer, or in Latin where there is no Khmer."""
    return search_key(names.khmer or names.latin)


def search_words(typed: str) -> tuple[str, ...]:
    """What must all occur in a person's search text for *typed* to find them; a zero-width space divides words, too."""
    words = typed.replace("\u200b", " ").replace(BETWEEN, " ").split()
    return tuple(filter(None, map(search_key, words)))
