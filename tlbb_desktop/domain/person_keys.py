"""The keys by which a person is sorted, found and recognised; they are stored beside the names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from tlbb_desktop.domain.people import Names
from tlbb_desktop.khmer import latin_key, search_key, sort_key

BETWEEN = "|"
_LATIN_SEARCH: Final = re.compile("[a-z](?:[ '.-]*[a-z]){2,}[ '.-]*", re.IGNORECASE)
"""Shorter ones sound like half of the names."""
_CLEAR_SOUND: Final = 3
"""Consonants from which on a sound is that of few names."""


class PersonKeys(NamedTuple):
    """What a list needs of a name.

    Args:
        sort_key: Khmer dictionary order of the shown name, family first.
        latin_sort_key: order of the Latin name, or of the Khmer one where there is no other.
        search_text: search keys of both names, nickname and code, divided by a bar; at its end what is heard of names
            that have no Latin spelling, then what is heard of those that have one.
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
    heard = _sounds(_without_latin(names), _HEARD) + _sounds(_with_latin(names), _HEARD_SPELT)
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
    """A search in Latin letters for names that sound like it.

    Args:
        whole: what all that was typed sounds like, as it may stand in a search text: ``sok kha`` finds សុខា.
        words: search key and sounds of each word, where there are several; one of them must occur.
    """

    whole: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]

    def finds(self, search_text: str) -> bool:
        """Whether somebody with this search text is found."""
        return any(each in search_text for each in self.whole) or (
            bool(self.words) and all(any(each in search_text for each in forms) for forms in self.words)
        )


def heard_search(typed: str, *, by_letters: bool) -> HeardSearch | None:
    """What *typed* sounds like; None when it is not three Latin letters or more, or nothing can be heard.

    Names that are written in Khmer only are always found by their sound. Those that have a Latin spelling are often
    spelt otherwise, too (Samnang, Somnang), but short sounds are those of many: they are looked for where the sound is
    clear, or nobody was found by letters.

    Args:
        typed: what is looked for.
        by_letters: whether somebody was found by its letters.
    """
    key = latin_key(typed) if _LATIN_SEARCH.fullmatch(typed.strip()) else ""
    if not key:
        return None
    marks = (_HEARD,) if by_letters and len(key) < _CLEAR_SOUND else (_HEARD, _HEARD_SPELT)
    words = tuple((search_key(word), *_forms(latin_key(word), marks)) for word in typed.split())
    return HeardSearch(_forms(key, marks), words if len(words) > 1 else ())


def places_found(typed: str, people: Iterable[tuple[Names, str]]) -> list[int]:
    """Where in *people*, given by names and code, *typed* finds somebody; nowhere for no text."""
    texts = [person_keys(names, code).search_text for names, code in people] if search_words(typed) else []
    return texts_found(typed, texts)


def texts_found(typed: str, texts: Sequence[str]) -> list[int]:
    """Which of these search texts *typed* finds: by letters, or where that finds none, by sound."""
    words = search_words(typed)
    found = [place for place, text in enumerate(texts) if all(word in text for word in words)]
    heard = heard_search(typed, by_letters=bool(found))
    return found or [place for place, text in enumerate(texts) if heard is not None and heard.finds(text)]


_HEARD: Final = " "
"""Stands around what is heard of a name that has no Latin spelling. What is typed is small letters without spaces, so
it never finds these capitals by its letters."""
_HEARD_SPELT: Final = "\t"
"""Stands around what is heard of a name that has a Latin spelling."""


def _forms(key: str, marks: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{mark}{key.upper()}{mark}" for mark in marks)


def _sounds(names: Iterable[str], mark: str) -> str:
    """What is heard of each of *names*, once, with *mark* around each."""
    keys = [*map(str.upper, filter(None, dict.fromkeys(map(latin_key, names))))]
    return mark.join(("", *keys, "")) if keys else ""


def _without_latin(names: Names) -> Iterator[str]:
    """The names that nobody has written in Latin letters, each alone and together."""
    if not names.family_latin:
        yield names.family_km
    if not names.given_latin:
        yield names.given_km
    if not (names.family_latin or names.given_latin):
        yield names.khmer
    if not names.nickname.isascii():
        yield names.nickname


def _with_latin(names: Names) -> Iterator[str]:
    """The names that somebody has written in Latin letters, in both scripts: each may be read otherwise."""
    for khmer, latin in ((names.family_km, names.family_latin), (names.given_km, names.given_latin)):
        if latin:
            yield from (latin, khmer)
    if names.nickname.isascii():
        yield names.nickname
