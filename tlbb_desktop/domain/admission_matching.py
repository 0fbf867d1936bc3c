"""Who of the people released stands on a prison's admission list: pairs for a person to decide, never decided here.

Names are compared by their search keys in each script, family and given name in either order, and across the scripts by
the consonants that are heard. A pair needs a birth date that can be the same and no other sex (the rule by which likely
duplicates are found).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from tlbb_desktop.domain.births import UNKNOWN_BIRTH, Birth, BirthPrecision
from tlbb_desktop.domain.people import Names, Sex
from tlbb_desktop.i18n.marks import Np_
from tlbb_desktop.khmer import latin_key, search_key

#: Shorter sounds are shared by too many names.
_LEAST_HEARD: Final = 3


class Likeness(StrEnum):
    """How a line of the list and a person on record are alike, the closest first."""

    SAME_NAME_AND_BIRTH = "same-name-and-birth"
    SAME_NAME = "same-name"
    SOUNDS_ALIKE = "sounds-alike"


LIKENESS_NAMES: Final = {
    Likeness.SAME_NAME_AND_BIRTH: Np_("likeness of two people", "Same name and birth date"),
    Likeness.SAME_NAME: Np_("likeness of two people", "Same name"),
    Likeness.SOUNDS_ALIKE: Np_("likeness of two people", "Sounds alike"),
}
_ORDER: Final = tuple(Likeness)


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """Somebody on an admission list.

    Args:
        line: number of the row, from 1.
        names: as written.
        sex: or None.
        birth: as far as the list knows it.
        admitted_on: day, or None where the list has no such column.
    """

    line: int
    names: Names
    sex: Sex | None = None
    birth: Birth = UNKNOWN_BIRTH
    admitted_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReleasedPerson:
    """Somebody on record who was released.

    Args:
        person_id: row.
        names: in both scripts.
        sex: or None.
        birth: as far as it is known.
        released_on: day of the last release.
    """

    person_id: int
    names: Names
    sex: Sex | None
    birth: Birth
    released_on: date


class Pair(NamedTuple):
    """A line and a person who may be the same.

    Args:
        listed: the line.
        released: the person on record.
        likeness: how they are alike.
    """

    listed: ListedPerson
    released: ReleasedPerson
    likeness: Likeness


def likely_pairs(listed: Iterable[ListedPerson], released: Iterable[ReleasedPerson]) -> tuple[Pair, ...]:
    """Every line with everybody who may be meant, the closest pairs first, then in order of lines.

    A line with a day of admission on or before the release is no return of that person.
    """
    known = _Known(released)
    found = [Pair(line, person, likeness) for line in listed for person, likeness in known.like(line)]
    return tuple(sorted(found, key=lambda pair: (_ORDER.index(pair.likeness), pair.listed.line)))


class _Known:
    """People on record by the keys of their names."""

    def __init__(self, released: Iterable[ReleasedPerson]) -> None:
        self._written: dict[str, list[ReleasedPerson]] = {}
        self._heard: dict[str, list[ReleasedPerson]] = {}
        for person in released:
            for key in _written_keys(person.names):
                self._written.setdefault(key, []).append(person)
            for key in _heard_keys(person.names):
                self._heard.setdefault(key, []).append(person)

    def like(self, line: ListedPerson) -> Iterator[tuple[ReleasedPerson, Likeness]]:
        """Everybody who may be on that line, each once."""
        seen: set[int] = set()
        for index, keys in ((self._written, _written_keys(line.names)), (self._heard, _heard_keys(line.names))):
            for person in (each for key in sorted(keys) for each in index.get(key, ())):
                if person.person_id not in seen and _can_be(line, person):
                    seen.add(person.person_id)
                    yield person, _likeness(line, person, written=index is self._written)


def _can_be(line: ListedPerson, person: ReleasedPerson) -> bool:
    if None not in (line.sex, person.sex) and line.sex is not person.sex:
        return False
    if line.admitted_on is not None and line.admitted_on <= person.released_on:
        return False
    return line.birth.agrees_with(person.birth)


def _likeness(line: ListedPerson, person: ReleasedPerson, *, written: bool) -> Likeness:
    if not written:
        return Likeness.SOUNDS_ALIKE
    known = BirthPrecision.UNKNOWN not in (line.birth.precision, person.birth.precision)
    return Likeness.SAME_NAME_AND_BIRTH if known else Likeness.SAME_NAME


def _written_keys(names: Names) -> set[str]:
    """Search keys of the whole name in each script, in both orders."""
    keys = {search_key(names.khmer), search_key(names.latin)}
    keys.add(search_key(names.given_km + names.family_km))
    keys.add(search_key(names.given_latin + names.family_latin))
    return keys - {""}


def _heard_keys(names: Names) -> set[str]:
    """What is heard of the whole name in each script."""
    return {key for name in (names.khmer, names.latin) if len(key := latin_key(name)) >= _LEAST_HEARD}
