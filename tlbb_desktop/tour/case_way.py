"""Act four: one young person of the demonstration from intake to the gate, by a social worker and a manager."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tlbb_desktop.demonstration.casework import WORKER
from tlbb_desktop.demonstration.cast import MANAGER
from tlbb_desktop.domain.case_papers import CasePaper
from tlbb_desktop.i18n import catalog
from tlbb_desktop.screens.cases.plan_section import ACTIONS, GOALS, SIGNATURES
from tlbb_desktop.screens.cases.screen import CasesScreen
from tlbb_desktop.screens.releases.screen import ReleasesScreen
from tlbb_desktop.services.home import Home
from tlbb_desktop.tour.hand import CONTROL
from tlbb_desktop.tour.stage import Stage
from tlbb_desktop.widgets.record_pane import RecordPane

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
#: In prison at Siem Reap, leaves within a month, and has no case yet.
PERSON: Final = "SR-25-0037"
CONSENTS: Final = 2
LEVELS: Final = {"home": 2, "food": 3, "papers": 2, "education": 3, "work": 3, "money": 2, "family": 2, "friends": 3}
PROTECTED_LEVELS: Final = {"body": 3, "mind": 3, "substances": 3, "hope": 4}
DANGERS: Final = 6
NEED: Final = "ត្រូវការជំនួយ"
GOAL: Final = "ខ្ញុំចង់ធ្វើការនៅហាងម៉ូតូជិតផ្ទះ"
STRENGTH: Final = "រៀនឆាប់ចេះ"
ACTION: Final = "ទៅជួបម្ចាស់ហាង"


class CaseWay:
    """Comes after the certificates, in the same home.

    Args:
        stage: opens the windows.
        home: of the demonstration.
    """

    def __init__(self, stage: Stage, home: Home) -> None:
        self._stage, self._hand, self._home = stage, stage.hand, home

    def walk(self) -> None:
        """Do it all."""
        self._come_as(WORKER)
        self._stage.show_in_languages("worker-today")
        self._open_case()
        self._record_consents()
        self._write_law()
        self._assess()
        self._plan()
        self._stage.close()
        self._come_as(MANAGER)
        self._approve()
        self._stage.close()
        self._come_as(WORKER)
        self._plan_release()
        self._see_papers()
        self._leave()
        self._stage.close()

    def _come_as(self, username: str) -> None:
        self._stage.open(self._home, catalog.KHMER)
        self._stage.log_in(username)

    @property
    def _page(self) -> CasesScreen:
        return self._hand.find(CasesScreen)

    # intake ---------------------------------------------------------------------------------------------------------

    def _open_case(self) -> None:
        hand = self._hand
        self._stage.go("cases")
        self._stage.show_in_languages("cases")
        hand.reach(self._page.list_pane.form.table)
        hand.key(Key.Key_N)
        field = hand.find(QLineEdit, lambda each: each.objectName() == "findEdit" and each.hasFocus(), "findEdit")
        hand.write(PERSON)
        hand.wait_for(lambda: field.text() == PERSON, PERSON)
        hand.photograph("case-for-whom")
        hand.key(Key.Key_Return)
        hand.wait_for(lambda: self._page.shown is self._page.case_pane, "case")
        hand.photograph("case-opened")

    def _section(self, name: str) -> Any:
        """Go down the parts by Alt and the arrow to the one with this name."""
        hand, pane = self._hand, self._page.case_pane
        hand.reach(pane.form.sectionList)
        names = pane.section_names
        steps = names.index(name) - names.index(pane.section_name)
        hand.key(*[Key.Key_Down if steps > 0 else Key.Key_Up] * abs(steps), modifiers=ALT)
        hand.wait_for(lambda: pane.section_name == name, name)
        return pane.section

    def _save(self, pane: RecordPane[Any]) -> None:
        kept: list[int] = []
        pane.kept.connect(kept.append)
        self._hand.key(Key.Key_S, modifiers=CONTROL)
        self._hand.wait_for(lambda: bool(kept), "saved entry")
        pane.kept.disconnect(kept.append)

    def _record_consents(self) -> None:
        pane = self._section("consents").pane
        for _number in range(CONSENTS):
            self._hand.click(pane.new_button)
            self._save(pane)
        self._stage.show_in_languages("case-consents")

    def _write_law(self) -> None:
        self._section("law")
        self._stage.show_in_languages("case-law")

    def _assess(self) -> None:
        hand, pane = self._hand, self._section("assessments").pane
        hand.click(pane.new_button)
        for domain, level in (LEVELS | PROTECTED_LEVELS).items():
            self._press(pane, f"level_{domain}", level)
            if level <= 2:
                self._say(pane, f"need_{domain}", NEED)
        for name, text in (("good_at", STRENGTH), ("helped_by", "ម្តាយ"), ("want", GOAL)):
            self._say(pane, name, text)
        for name in [each for each in pane.form.answers if each.startswith("risk_")][:DANGERS]:
            self._press(pane, name, 1)
        self._choose(pane, "overall", 2)
        self._save(pane)
        self._stage.show_in_languages("case-assessment")

    def _press(self, pane: RecordPane[Any], name: str, digit: int) -> None:
        """A digit, which sets a level or chooses an answer."""
        self._hand.reach(pane.form.answers[name])
        self._hand.key(Key(Key.Key_0 + digit))

    def _say(self, pane: RecordPane[Any], name: str, text: str) -> None:
        self._hand.reach(pane.form.answers[name])
        self._hand.write(text)

    def _choose(self, pane: RecordPane[Any], name: str, down: int) -> None:
        """Walk down the lines of a choice, or press its digit."""
        answer = pane.form.answers[name]
        self._hand.reach(answer)
        if hasattr(answer, "currentIndex"):
            self._hand.key(*[Key.Key_Down] * down)
        else:
            self._hand.key(Key(Key.Key_0 + down))

    # the plan -------------------------------------------------------------------------------------------------------

    def _plan(self) -> None:
        hand, section = self._hand, self._section("plan")
        hand.click(section.start_button)
        hand.wait_for(lambda: section.presenter.plan is not None, "plan")
        self._add(section, GOALS, {"statement": GOAL, "strength": STRENGTH})
        hand.photograph("case-plan-goal")
        self._add(section, ACTIONS, {"what": ACTION, "due_on": "30/11/2026"})
        self._add(section, SIGNATURES, {"name": PERSON})
        self._stage.show_in_languages("case-plan")
        hand.click(section.propose_button)
        hand.wait_for(lambda: section.presenter.plan.proposed_at is not None, "handed in")
        hand.photograph("case-plan-handed-in")

    def _add(self, section: Any, part: int, texts: dict[str, str]) -> None:
        section.go_to_part(part)
        self._hand.wait_for(lambda: part in section.panes and section.pane.isVisible(), "part of the plan")
        pane = section.pane
        self._hand.click(pane.new_button)
        for name, text in texts.items():
            self._say(pane, name, text)
        self._save(pane)

    def _approve(self) -> None:
        hand = self._hand
        self._stage.show_in_languages("manager-today-plans")
        self._stage.go("cases")
        hand.reach(self._page.list_pane.form.findEdit)
        hand.write(PERSON)
        hand.key(Key.Key_Return)
        hand.wait_for(lambda: self._page.shown is self._page.case_pane, "case")
        section = self._section("plan")
        hand.click(section.approve_button)
        hand.wait_for(lambda: section.presenter.plan.approved_at is not None, "approved")
        hand.photograph("case-plan-approved")

    # the release ----------------------------------------------------------------------------------------------------

    @property
    def _releases(self) -> ReleasesScreen:
        return self._hand.find(ReleasesScreen)

    def _plan_release(self) -> None:
        hand = self._hand
        self._stage.go("releases")
        self._stage.show_in_languages("releases")
        hand.reach(self._releases.list_pane.form.findEdit)
        hand.write(PERSON)
        hand.key(Key.Key_Return)
        page = self._releases
        hand.wait_for(lambda: page.shown is page.plan_pane, "release plan")
        hand.click(page.plan_pane.form.beginButton)
        hand.wait_for(page.plan_pane.items.form.table.isVisible, "release plan begun")
        hand.photograph("release-plan-begun")
        for key in (Key.Key_3, Key.Key_3, Key.Key_2, Key.Key_3):
            hand.reach(page.plan_pane.items.form.table)
            hand.key(key)
            hand.key(Key.Key_Down)
        self._stage.show_in_languages("release-plan")

    def _see_papers(self) -> None:
        hand, page = self._hand, self._releases
        hand.key(Key.Key_P, modifiers=CONTROL)
        hand.wait_for(lambda: page.shown is page.paper_pane, "papers")
        for number, paper in enumerate((CasePaper.RELEASE, CasePaper.CHECKLIST, CasePaper.MY_PLAN)):
            if number:
                hand.reach(page.paper_pane.paper_box)
                hand.key(Key.Key_Down)
            self._see_paper(f"preview of {paper}")
            hand.photograph(f"release-paper-{paper.value}")
        hand.key(Key.Key_Escape)
        hand.wait_for(lambda: page.shown is page.plan_pane, "release plan")

    def _see_paper(self, what: str) -> None:
        """Wait until the paper that was chosen last is drawn: the one before stands there until then."""
        preview = self._releases.paper_pane.preview
        self._hand.let_rest()
        self._hand.wait_for(lambda: preview.is_calm, what)

    def _leave(self) -> None:
        hand, page = self._hand, self._releases
        hand.key(Key.Key_Escape)
        hand.wait_for(lambda: page.shown is page.list_pane, "list")
        hand.click(page.list_pane.form.leftButton)
        hand.wait_for(lambda: page.list_pane.form.table.model().rowCount() == 0, "left today")
        hand.photograph("left-today")
