"""Act five: the half year after the gate, contact by contact, until the case is closed; and the honest figures."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any, Final

from PySide6.QtCore import Qt

from tlbb_desktop.demonstration.build import demo_login
from tlbb_desktop.demonstration.casework import WORKER
from tlbb_desktop.demonstration.cast import MANAGER
from tlbb_desktop.i18n import catalog
from tlbb_desktop.screens.follow_up.screen import FollowUpScreen
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.vault import unlock
from tlbb_desktop.tour.case_way import PERSON
from tlbb_desktop.tour.hand import CONTROL
from tlbb_desktop.tour.stage import Stage
from tlbb_desktop.wiring import Desk, open_desk

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
#: The days on which the social worker follows up somebody who left on 16 November, and the last one, for closing.
VISITS: Final = (date(2026, 11, 19), date(2027, 1, 18), date(2027, 5, 17))
#: Lines down from "—" in the choices of the form.
AT_HOME, IN_PERSON, NO_TROUBLE, AT_WORK, WITH_PARENTS = 1, 1, 1, 1, 1
ON_TRACK: Final = Key.Key_1
HISTORY, EARLIER_RELEASES = "earlier-releases.csv", 60


class AfterRelease:
    """Comes after :class:`CaseWay`, in the same home.

    Args:
        stage: opens the windows.
        home: of the demonstration.
    """

    def __init__(self, stage: Stage, home: Home) -> None:
        self._stage, self._hand, self._home = stage, stage.hand, home

    def walk(self) -> None:
        """Do it all."""
        for number, day in enumerate(VISITS, 1):
            self._let_it_be(day)
            self._come_as(WORKER)
            if number == 1:
                self._stage.show_in_languages("worker-today-after-release")
            self._stage.go("follow_up")
            if number == 1:
                self._stage.show_in_languages("follow-up")
                self._plan_journey()
            self._follow_up(number)
            if number == len(VISITS):
                self._see_closing()
            self._stage.close()
        self._take_in_history()
        self._come_as(MANAGER)
        self._close_case()
        self._stage.go("reports")
        self._stage.show_in_languages("reports")
        self._stage.close()

    def _let_it_be(self, day: date) -> None:
        """The demonstration plays on another day; otherwise the tour would have to last for half a year."""
        with self._manager() as desk:
            desk.settings.put("plays_on", day.isoformat())

    def _take_in_history(self) -> None:
        """Releases of earlier years, as an office would bring them in a table, so that the figures have people."""
        path = self._stage.folder / HISTORY
        with path.open("w", encoding="utf-8", newline="") as stream:
            table = csv.writer(stream)
            table.writerow(("code", "released", "completed", "event", "event_level", "known_until"))
            for number in range(1, EARLIER_RELEASES + 1):
                released = date(2019, 1, 15) + timedelta(days=27 * number)
                event = released + timedelta(days=140) if number % 23 == 0 else None
                known = released + timedelta(days=400) if number % 6 else ""
                level = 2 if event else ""
                table.writerow((f"H-{number:03d}", released, "yes" if number % 3 else "no", event or "", level, known))
        with self._manager() as desk:
            desk.case_history.take(desk.case_history.read(path).lines)

    @contextmanager
    def _manager(self) -> Iterator[Desk]:
        passphrase = demo_login(self._home, MANAGER).read_text(encoding="utf-8").strip()
        desk = open_desk(self._home, unlock(self._home, MANAGER, passphrase))
        try:
            yield desk
        finally:
            desk.close()

    def _come_as(self, username: str) -> None:
        self._stage.open(self._home, catalog.KHMER)
        self._stage.log_in(username)

    @property
    def _page(self) -> FollowUpScreen:
        return self._hand.find(FollowUpScreen)

    def _open_person(self) -> None:
        hand, page = self._hand, self._page
        hand.reach(page.list_pane.form.partBox)
        hand.key(Key.Key_Down)
        hand.reach(page.list_pane.form.findEdit)
        hand.write(PERSON)
        hand.wait_for(lambda: page.list_pane.form.table.model().rowCount() > 0, PERSON)
        hand.key(Key.Key_Return)
        hand.wait_for(lambda: page.shown is page.person_pane, "contacts")

    def _follow_up(self, number: int) -> None:
        """Enter today's contact by keyboard."""
        hand, page = self._hand, self._page
        self._open_person()
        part: Any = page.person_pane.part
        pane = part.pane
        self._say(pane, "held_on", f"{VISITS[number - 1]:%d/%m/%Y}")
        for name, down in (
            ("mode", AT_HOME),
            ("reached", IN_PERSON),
            ("trouble", NO_TROUBLE),
            ("work", AT_WORK),
            ("lives_with", WITH_PARENTS),
        ):
            hand.reach(pane.form.answers[name])
            hand.key(*[Key.Key_Down] * down)
        hand.reach(pane.form.answers["view"])
        hand.key(ON_TRACK)
        for name in ("safe", "family"):
            hand.reach(pane.form.answers[name])
            hand.key(Key.Key_3)
        kept: list[int] = []
        pane.kept.connect(kept.append)
        hand.key(Key.Key_S, modifiers=CONTROL)
        hand.wait_for(lambda: bool(kept), "contact")
        self._stage.show_in_languages(f"follow-up-contact-{number}")

    def _say(self, pane: Any, name: str, text: str) -> None:
        self._hand.reach(pane.form.answers[name])
        self._hand.key(Key.Key_A, modifiers=CONTROL)
        self._hand.write(text)

    def _plan_journey(self) -> None:
        hand, page = self._hand, self._page
        hand.click(page.list_pane.form.roadButton)
        hand.wait_for(lambda: page.shown is page.road_pane, "journey")
        self._stage.show_in_languages("road-pack")
        hand.key(Key.Key_Escape)
        hand.wait_for(lambda: page.shown is page.list_pane, "list")

    def _see_closing(self) -> None:
        self._go_to_closing()
        self._stage.show_in_languages("case-closing")

    def _go_to_closing(self) -> None:
        hand, person = self._hand, self._page.person_pane
        hand.reach(person.form.sectionList)
        hand.key(Key.Key_Down, Key.Key_Down, modifiers=ALT)
        hand.wait_for(lambda: person.part_name == "closing", "closing")

    def _close_case(self) -> None:
        hand = self._hand
        self._stage.go("follow_up")
        page = self._page
        self._open_person()
        self._go_to_closing()
        part: Any = page.person_pane.part
        hand.click(part.close_button)
        hand.wait_for(lambda: not part.close_button.isVisible(), "closed case")
        hand.photograph("case-closed")
