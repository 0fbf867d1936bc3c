"""Invented names, as many as are wanted and no two alike."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from tlbb_desktop.demonstration.cast import name_lists
from tlbb_desktop.domain.people import Names, Sex

_SEXES = {"male": Sex.MALE, "female": Sex.FEMALE}
NICKNAMES = ("តូច", "ធំ", "", "", "", "")


def invent_names(count: int) -> list[tuple[Names, Sex]]:
    """*count* different names in both scripts, a quarter of them of women."""
    lists = name_lists()
    males, females = (_of(lists, kind) for kind in ("male", "female"))
    mixed = (next(females if number % 4 == 3 else males) for number in range(count))
    return [
        (Names(*name, nickname=NICKNAMES[number % len(NICKNAMES)]), sex) for number, (name, sex) in enumerate(mixed)
    ]


def _of(lists: dict[str, list[tuple[str, str]]], kind: str) -> Iterator[tuple[tuple[str, str, str, str], Sex]]:
    """Every family name with every given name, then with two and three of them."""
    given = lists[kind]
    for several in (1, 2, 3):
        for parts in product(*[given] * several, lists["family"]):
            *called, (family, family_latin) = parts
            khmer, latin = ("".join(each[script] for each in called) for script in (0, 1))
            yield (family, khmer, family_latin.upper(), latin.upper()), _SEXES[kind]
