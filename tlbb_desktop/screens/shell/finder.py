"""What Ctrl+K answers: places and actions at once, classes and people from their services."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from tlbb_desktop.domain.people import PersonRow
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _, _p, translate_into
from tlbb_desktop.khmer.search import search_key
from tlbb_desktop.screens.shell.places import Place
from tlbb_desktop.widgets.command_palette import Suggestion
from tlbb_desktop.wiring import Desk

MOST_ANSWERS = 24
MOST_PEOPLE = 12


@dataclass(frozen=True, slots=True)
class Command:
    """Something to do that stands in the palette.

    Args:
        name: in code; the window carries it out.
        label: marked words.
        icon: Lucide name.
    """

    name: str
    label: str
    icon: str


@dataclass(frozen=True, slots=True)
class Target:
    """Where a suggestion leads: a place with an argument, or a command when ``place`` is empty."""

    place: str = ""
    argument: object = None
    command: str = ""


class Fitness(IntEnum):
    """How well something answers."""

    NONE = 0
    LIKE = 1
    EXACT = 2


class Finder:
    """Finds in both languages and both scripts, tolerant of one wrong or missing letter.

    Args:
        desk: the services.
        places: the places that the reader may open.
        commands: what the window can do.
    """

    def __init__(self, desk: Desk, places: Sequence[Place], commands: Sequence[Command]) -> None:
        self._desk = desk
        self._places = {place.name: place for place in places}
        self._commands = tuple(commands)

    def find(self, text: str) -> list[Suggestion]:
        """The best answers to *text*, at most 24: what holds it, then classes and people, then what is like it."""
        wanted = search_key(text)
        found, alike = self._found_labels(wanted)
        if wanted:
            found += [*self._found_classes(wanted), *self._found_people(text), *alike]
        return found[:MOST_ANSWERS]

    def _found_labels(self, wanted: str) -> tuple[list[Suggestion], list[Suggestion]]:
        by_fitness: dict[Fitness, list[Suggestion]] = {fitness: [] for fitness in Fitness}
        for place in self._places.values():
            suggestion = Suggestion(_(place.label), _p("kind of answer", "Page"), place.icon, Target(place.name))
            by_fitness[fitness(wanted, place.label)].append(suggestion)
        for command in self._commands:
            target = Target(command=command.name)
            suggestion = Suggestion(_(command.label), _p("kind of answer", "Action"), command.icon, target)
            by_fitness[fitness(wanted, command.label)].append(suggestion)
        return by_fitness[Fitness.EXACT], by_fitness[Fitness.LIKE]

    def _found_classes(self, wanted: str) -> Iterator[Suggestion]:
        place = next((name for name in ("register", "classes") if name in self._places), "")
        if not place:
            return
        for row in self._desk.classes.classes():
            if any(near(wanted, search_key(name)) for name in (row.code, row.course_km, row.course_en, row.prison)):
                course = row.course_km if catalog.language() == catalog.KHMER else row.course_en
                text = f"{row.code} · {course}"
                yield Suggestion(text, _p("kind of answer", "Class"), "graduation-cap", Target(place, row.id))

    def _found_people(self, text: str) -> Iterator[Suggestion]:
        if "people" not in self._places:
            return
        for person in self._desk.people.quick_find(text, limit=MOST_PEOPLE):
            yield Suggestion(_named(person), person.code, "user", Target("people", person.id))


def fitness(wanted: str, label: str) -> Fitness:
    """How well a search key finds *label* in the window's language, in Khmer or in English."""
    keys = [search_key(word) for word in (str(label), translate_into(catalog.KHMER, label))]
    if any(wanted in key for key in keys):
        return Fitness.EXACT
    return Fitness.LIKE if any(near(wanted, key) for key in keys) else Fitness.NONE


def near(wanted: str, key: str) -> bool:
    """Whether *wanted* stands in *key*, with at most one letter wrong, missing or too many when it has four or more."""
    if wanted in key:
        return True
    if len(wanted) < 4:
        return False
    lengths = range(len(wanted) - 1, len(wanted) + 2)
    return any(_one_apart(wanted, key[start : start + length]) for start in range(len(key)) for length in lengths)


def _one_apart(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1 or not other or one[0] != other[0]:
        return False
    front = 0
    while front < min(len(one), len(other)) and one[front] == other[front]:
        front += 1
    rest, other_rest = one[front:], other[front:]
    return rest[1:] == other_rest[1:] or rest[1:] == other_rest or rest == other_rest[1:]


def _named(person: PersonRow) -> str:
    names = person.names
    both = " · ".join(part for part in (names.khmer, names.latin) if part)
    return f"{both} ({names.nickname})" if names.nickname else both
