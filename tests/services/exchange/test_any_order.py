"""Whatever three laptops do, and in whatever order bundles come, come again or get lost: they end up equal."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, time
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.faults.size import SEED, at_gate
from tests.services.exchange.conftest import Programme, add_person, opened, person_id, said
from tlbb_desktop.data.exchange_tables import exchange_tables
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.exchange import Decision
from tlbb_desktop.domain.people import Contact
from tlbb_desktop.domain.register import SetMark

CODE = "SR-MOTO-26"
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
PEOPLE = st.sampled_from(["SR-26-0001", "SR-26-0002", "SR-26-0003"])
LAPTOPS = st.sampled_from(["HO", "A", "B"])
WORDS = st.sampled_from(["", "one", "two", "three"])
MARKS = st.sampled_from([None, MarkCode.PRESENT, MarkCode.ABSENT, MarkCode.LATE])
DAYS = st.sampled_from([2, 9, 16])
ROADS = st.sampled_from([("A", "HO"), ("HO", "A"), ("B", "HO"), ("HO", "B")])
STEPS = st.one_of(
    st.tuples(st.just("note"), LAPTOPS, PEOPLE, WORDS),
    st.tuples(st.just("phone"), LAPTOPS, PEOPLE, WORDS),
    st.tuples(st.just("mark"), LAPTOPS, PEOPLE, st.integers(0, 2), MARKS),
    st.tuples(st.just("person"), LAPTOPS, st.sampled_from(["SR-26-0011", "SR-26-0012"])),
    st.tuples(st.just("undo"), LAPTOPS),
    st.tuples(st.just("session"), LAPTOPS, DAYS),
    st.tuples(st.just("mark_after_noon"), LAPTOPS, PEOPLE, DAYS, MARKS),
    st.tuples(st.just("send"), ROADS),
    st.tuples(st.just("take"), st.integers(0, 30)),
    st.tuples(st.just("decide"), LAPTOPS, st.sampled_from([Decision.MINE, Decision.THEIRS])),
)


@dataclass
class Story:
    """What was done, and who alone changed what."""

    laptops: Programme
    bundles: list[tuple[str, Path, bool]] = field(default_factory=list)
    changes: dict[tuple[str, ...], dict[str, object]] = field(default_factory=dict)

    def step(self, kind: str, *values: object) -> None:
        getattr(self, f"_{kind}")(*values)

    def _note(self, laptop: str, code: str, word: str) -> None:
        people = self.laptops[laptop].people
        people.save(replace(people.record(person_id(self.laptops[laptop], code)), note=word))
        self.changes.setdefault(("note", code), {})[laptop] = word

    def _phone(self, laptop: str, code: str, word: str) -> None:
        people = self.laptops[laptop].people
        people.save(replace(people.record(person_id(self.laptops[laptop], code)), contact=Contact("", "", word)))
        self.changes.setdefault(("phone", code), {})[laptop] = word

    def _mark(self, laptop: str, code: str, place: int, mark: MarkCode | None) -> None:
        desk = self.laptops[laptop]
        class_id, session = self._session_at(laptop, place)
        desk.attendance.mark(class_id, [SetMark(session, person_id(desk, code), mark)])
        self.changes.setdefault(("mark", code, str(place)), {})[laptop] = mark

    def _mark_after_noon(self, laptop: str, code: str, day: int, mark: MarkCode | None) -> None:
        """Mark in a session that somebody added, where it is on record there."""
        desk = self.laptops[laptop]
        class_id = desk.classes.class_named(CODE)
        for each in desk.classes.sessions(class_id, date(2026, 10, day), date(2026, 10, day)):
            if each.starts == time(13):
                desk.attendance.mark(class_id, [SetMark(each.id, person_id(desk, code), mark)])

    def _undo(self, laptop: str) -> None:
        """Take back the manager's newest act, whichever laptop it was made at; no mark is then one laptop's alone."""
        desk = self.laptops[laptop]
        with suppress(Refused):
            desk.attendance.undo(desk.classes.class_named(CODE))
        for change, by in self.changes.items():
            if change[0] == "mark":
                by["undone"] = None

    def _session_at(self, laptop: str, place: int) -> tuple[int, int]:
        classes = self.laptops[laptop].classes
        class_id = classes.class_named(CODE)
        planned = [each for each in classes.sessions(class_id, FIRST, LAST) if each.starts == time(8)]
        return class_id, planned[place].id

    def _person(self, laptop: str, code: str) -> None:
        try:
            add_person(self.laptops[laptop], code, name=laptop, since=FIRST)
        except Refused:  # somebody has the code on this laptop
            return

    def _session(self, laptop: str, day: int) -> None:
        classes = self.laptops[laptop].classes
        try:
            classes.add_session(classes.class_named(CODE), date(2026, 10, day), time(13), time(15))
        except Refused:
            return

    def _send(self, road: tuple[str, str]) -> None:
        known = {each.laptop.name: not each.invited for each in self.laptops["HO"].exchange.status()}
        for_invitation = road[0] == "HO" and not known[road[1]]
        self.bundles.append((road[1], self.laptops.send(*road), for_invitation))

    def _take(self, place: int) -> None:
        """Take in a bundle; one that was written for the invitation is refused once head office knows the laptop."""
        if not self.bundles:
            return
        receiver, bundle, for_invitation = self.bundles[place % len(self.bundles)]
        desk = self.laptops[receiver]
        if not for_invitation:
            desk.exchange.take_in(bundle)
            return
        before = said(desk)
        try:
            desk.exchange.take_in(bundle)
        except Refused:
            assert said(desk) == before

    def _decide(self, laptop: str, side: Decision) -> None:
        for conflict in self.laptops[laptop].exchange.conflicts()[:1]:
            self.laptops[laptop].exchange.decide(conflict.id, side)

    def end(self) -> None:
        """Bundles go round, and head office decides what is open, until nobody has anything new."""
        for _round in range(at_gate(2, night=3)):
            for road in (("A", "HO"), ("B", "HO")):
                self.laptops.carry(*road)
            for conflict in self.laptops["HO"].exchange.conflicts():
                self.laptops["HO"].exchange.decide(conflict.id, Decision.THEIRS)
            for road in (("HO", "A"), ("HO", "B")):
                self.laptops.carry(*road)

    def value(self, laptop: str, change: tuple[str, ...]) -> object:
        kind, code = change[:2]
        desk = self.laptops[laptop]
        if kind == "note":
            return desk.people.record(person_id(desk, code)).note
        if kind == "phone":
            contact = desk.people.record(person_id(desk, code)).contact
            return contact.phones if contact else ""
        _class, session = self._session_at(laptop, int(change[2]))
        with desk.office.store.read() as connection:
            return connection.exec_driver_sql(
                "SELECT code FROM mark WHERE session_id = ? AND person_id = ?", (session, person_id(desk, code))
            ).scalar()


@seed(SEED)
@settings(
    max_examples=at_gate(2, night=400),
    deadline=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(STEPS, min_size=at_gate(14, night=10), max_size=at_gate(20, night=60)))
def test_all_laptops_say_the_same_in_the_end_and_nothing_that_one_side_changed_is_lost(class_on_three, steps):
    with tempfile.TemporaryDirectory() as folder, opened(class_on_three, Path(folder)) as laptops:
        story = Story(laptops)
        for step in steps:
            story.step(*step)
        story.end()
        spoken = {name: said(laptops[name]) for name in ("HO", "A", "B")}
        for name in ("A", "B"):
            for table in exchange_tables():
                assert spoken[name][table] == spoken["HO"][table], (name, table)
            assert laptops[name].exchange.conflicts() == ()
        for change, by in story.changes.items():
            if len(by) == 1:
                assert {story.value(name, change) for name in ("HO", "A", "B")} == set(by.values()), change
        for name in ("HO", "A", "B"):
            assert all(line.sound for line in laptops[name].integrity.check())
