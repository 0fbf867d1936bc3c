"""A journey: whom to see, its papers, and the rows that are typed in afterwards, without widgets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tlbb_desktop.domain.road_form import QUESTIONS
from tlbb_desktop.domain.road_pack import RoadQuestion, RoadStop, districts_of
from tlbb_desktop.khmer import to_ascii_digits
from tlbb_desktop.services.follow_ups import ContactNoted
from tlbb_desktop.services.road_packs import RoadPack
from tlbb_desktop.wiring import Desk

WEEK: Final = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A row of the paper as it is typed in.

    Args:
        number: on the paper, from 1.
        stop: who.
        done: whether the contact is over.
        next_on: day that was proposed here, or None.
        tried: whether nobody was met.
    """

    number: int
    stop: RoadStop
    done: bool = False
    next_on: date | None = None
    tried: bool = False

    @property
    def is_open(self) -> bool:
        """Whether nothing was typed for it yet."""
        return not (self.done or self.tried)


class RoadPresenter:
    """The journey that is planned, and the one that is typed in.

    Args:
        desk: the services.

    Attributes:
        stops: whom to see in the days and the district that were chosen.
        districts: codes of the districts that have stops in these days.
        pack: the journey whose papers are shown, or None.
        typed_pack: the journey that is typed in, or None.
        rows: of it.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        monday = self.today - timedelta(days=self.today.weekday())
        self.first, self.last, self.district = monday, monday + WEEK, ""
        self.stops: tuple[RoadStop, ...] = ()
        self.districts: tuple[str, ...] = ()
        self.pack: RoadPack | None = None
        self.typed_pack: RoadPack | None = None
        self.rows: dict[int, TypedRow] = {}
        self._entered: list[int] = []

    @property
    def today(self) -> date:
        """The working day."""
        return self._desk.office.clock.today()

    @property
    def desk(self) -> Desk:
        """The services."""
        return self._desk

    def look(self, first: date, last: date, district: str) -> None:
        """Read whom to see in these days, in one district or everywhere."""
        everywhere = self._desk.road_packs.stops("", first, last)
        self.first, self.last, self.pack = first, last, None
        self.districts = tuple(code for code in districts_of(everywhere) if code)
        self.district = district if district in self.districts else ""
        self.stops = tuple(stop for stop in everywhere if stop.place_code.startswith(self.district))

    def place_names(self, code: str) -> tuple[str, str]:
        """The names of a district in Khmer and in Latin letters."""
        place = self._desk.gazetteer.place(code)
        return (place.name_km, place.name_latin) if place is not None else (code, code)

    def make(self) -> RoadPack:
        """Keep the order of the journey under a code."""
        if self.pack is None:
            self.pack = self._desk.road_packs.make(self.stops, self.first)
        return self.pack

    # -- back in the office ------------------------------------------------------------------------------------------

    def take_up(self, code: str) -> None:
        """Open the journey whose code stands on the paper."""
        pack = self._desk.road_packs.with_code(code)
        self.typed_pack, self.rows, self._entered = pack, _rows_of(pack), []

    def enter(self, number: int, digits: str, held_on: date) -> ContactNoted | None:
        """Type in a row; None without a journey."""
        if self.typed_pack is None:
            return None
        noted = self._desk.road_packs.enter(self.typed_pack, number, digits, held_on)
        self.rows[number] = TypedRow(number, self.rows[number].stop, True, noted.next_on)
        self._entered.append(number)
        return noted

    def not_met(self, number: int, on: date) -> date | None:
        """Say that nobody was met; None without a journey."""
        if self.typed_pack is None:
            return None
        next_on = self._desk.road_packs.not_met(self.typed_pack, number, on)
        self.rows[number] = TypedRow(number, self.rows[number].stop, False, next_on, tried=True)
        self._entered.append(number)
        return next_on

    def take_back(self, here: int | None) -> int | None:
        """Take the row back that was typed in last, or the one *here* where it is not known; None for nothing."""
        packs, pack = self._desk.road_packs, self.typed_pack
        waiting = self._entered or ([] if here is None else [here])
        while pack is not None and waiting:
            number, taken = waiting[-1], packs.take_back(pack, waiting[-1])
            self._entered = waiting = waiting[:-1]
            if taken is not None:  # otherwise it was taken back on the page of the person
                self.rows[number] = _rows_of(packs.with_code(pack.code))[number]
                return number
        return None

    def next_open(self, after: int) -> int | None:
        """The next row that nothing was typed for, from the one after *after*, then from the top."""
        ordered = [*range(after + 1, len(self.rows) + 1), *range(1, after + 1)]
        return next((number for number in ordered if self.rows[number].is_open), None)


def _rows_of(pack: RoadPack) -> dict[int, TypedRow]:
    """The rows as they stand on record."""
    tried = pack.tried - pack.done
    return {
        number: TypedRow(number, stop, stop.follow_up_id in pack.done, tried=stop.follow_up_id in tried)
        for number, stop in enumerate(pack.stops, 1)
    }


def question_at(typed: str) -> tuple[int, RoadQuestion] | None:
    """The question that the next digit answers, with its number; None after the last one."""
    place = len(to_ascii_digits("".join(typed.split())))
    return (place + 1, QUESTIONS[place]) if place < len(QUESTIONS) else None


def said_so_far(typed: str) -> list[tuple[RoadQuestion, str | None]]:
    """Each question that has a digit with the marked word of its answer; None where the digit has none."""
    found: list[tuple[RoadQuestion, str | None]] = []
    for digit, question in zip(to_ascii_digits("".join(typed.split())), QUESTIONS, strict=False):
        place = int(digit) if digit.isdecimal() else -1
        word = question.answers[place - 1][1] if 1 <= place <= len(question.answers) else None
        found.append((question, "—" if place == 0 else word))
    return found
