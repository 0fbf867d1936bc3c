"""Provinces, districts, communes and villages of Cambodia, found by name in Khmer or Latin letters."""

from __future__ import annotations

from functools import cached_property
from importlib.resources import files
from typing import Final

from tlbb_desktop.domain.people import Place
from tlbb_desktop.khmer import search_key

LEVELS: Final = (2, 4, 6, 8)
"""Digits of a code: province, district, commune, village."""

_KINDS: Final = tuple(
    map(search_key, ("ខេត្ត", "រាជធានី", "ក្រុង", "ស្រុក", "ខណ្ឌ", "ឃុំ", "សង្កាត់", "ភូមិ", "province", "capital", "city"))
)
_OTHER_NAMES: Final = {
    "កំពង់សោម": "18",
    "Sihanoukville": "18",
    "Kampong Som": "18",
    "Kracheh": "10",
    "Mondolkiri": "11",
    "Rattanakiri": "16",
    "Rotanak Kiri": "16",
    "Otdar Meanchey": "22",
    "Tbong Khmum": "25",
    "Tbaung Khmum": "25",
    "Battambong": "02",
    "Banteay Mean Chey": "01",
}


class Gazetteer:
    """The 16,465 units of the NCDD gazetteer; read when the first question is asked."""

    def place(self, code: str) -> Place | None:
        """The unit with this NCDD code (2, 4, 6 or 8 digits)."""
        return self._places.get(code)

    def path(self, code: str) -> tuple[Place, ...]:
        """The unit and those that it lies in, the largest first; empty when the code is not known."""
        found = [self._places.get(code[:digits]) for digits in LEVELS if digits <= len(code)]
        known = tuple(place for place in found if place is not None)
        return known if known and known[-1].code == code else ()

    def provinces(self) -> tuple[Place, ...]:
        """The 25 provinces, by code."""
        return tuple(place for code, place in self._places.items() if len(code) == LEVELS[0])

    def province_named(self, text: str) -> str | None:
        """Code of the province that *text* names, in any encoding, with or without ខេត្ត or រាជធានី; None = unknown."""
        return self._provinces_by_key.get(_without_kind(search_key(text)))

    def find(self, text: str, *, level: int | None = None, parent: str = "", limit: int = 20) -> list[Place]:
        """Units whose name holds *text*; those that start with it first, then larger units before smaller.

        Args:
            text: in Khmer or Latin letters, any encoding; empty = all.
            level: digits of the codes that are wanted (2, 4, 6 or 8), None = all.
            parent: code of the unit that they lie in, ``""`` = anywhere.
            limit: at most so many.
        """
        typed = search_key(text)
        wanted = typed if any(kind.startswith(typed) for kind in _KINDS) else _without_kind(typed)
        starting: list[Place] = []
        holding: list[Place] = []
        for place, keys in self._keys_by_size:
            code = place.code
            if not code.startswith(parent) or code == parent or (level is not None and len(code) != level):
                continue
            if any(key.startswith(wanted) for key in keys):
                starting.append(place)
                if len(starting) == limit:
                    break
            elif len(holding) < limit and any(wanted in key for key in keys):
                holding.append(place)
        return (starting + holding)[:limit]

    @cached_property
    def _places(self) -> dict[str, Place]:
        source = files("tlbb_desktop") / "assets" / "data" / "kh_gazetteer.tsv"
        lines = source.read_text(encoding="utf-8").splitlines()
        rows = (line.split("\t") for line in lines if line[:1].isdigit())
        return {code: Place(code, name_km, name_latin) for code, _, name_km, name_latin in rows}

    @cached_property
    def _keys_by_size(self) -> list[tuple[Place, tuple[str, str]]]:
        by_size = sorted(self._places.values(), key=lambda place: len(place.code))
        return [(place, (search_key(place.name_km), search_key(place.name_latin))) for place in by_size]

    @cached_property
    def _provinces_by_key(self) -> dict[str, str]:
        names = {search_key(name): code for name, code in _OTHER_NAMES.items()}
        for place in self.provinces():
            names[search_key(place.name_km)] = names[search_key(place.name_latin)] = place.code
        return names


def _without_kind(key: str) -> str:
    """The name without the word for its kind, before it in Khmer and after it in English."""
    for kind in _KINDS:
        if key.startswith(kind) and len(key) > len(kind):
            return key[len(kind) :]
        if kind.isascii() and key.endswith(kind):
            return key[: -len(kind)]
    return key
