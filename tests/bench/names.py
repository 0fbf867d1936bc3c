"""Invented names, as many as are wanted and no two alike."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from itertools import islice, product

from tlbb_desktop.domain.people import Names, Sex

_SEXES = {"male": Sex.MALE, "female": Sex.FEMALE}
NICKNAMES = ("តូច", "ធំ", "", "", "", "")


def invent_names(count: int) -> list[tuple[Names, Sex]]:
    """*count* different names in both scripts, a quarter of them of women."""
    lists = _name_lists()
    males, females = (_of(lists, kind) for kind in ("male", "female"))
    mixed = (next(females if number % 4 == 3 else males) for number in range(count))
    return [
        (Names(*name, nickname=NICKNAMES[number % len(NICKNAMES)]), sex) for number, (name, sex) in enumerate(mixed)
    ]


def _of(lists: dict[str, list[tuple[str, str]]], kind: str) -> Iterator[tuple[tuple[str, str, str, str], Sex]]:
    """Every family name with every pair of given names, so that neighbours differ in all three."""
    pairs = product(lists[kind], lists[kind], lists["family"])
    for (one, one_latin), (two, two_latin), (family, family_latin) in islice(pairs, 200_000):
        latin = f"{one_latin} {two_latin}".upper()
        yield (family, f"{one}{two}", family_latin.upper(), latin), _SEXES[kind]


def _name_lists() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    lines = (files("tlbb_desktop") / "assets" / "demo" / "names.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines[2:]:
        kind, khmer, latin = line.split("\t")
        found.setdefault(kind, []).append((khmer, latin))
    return found
