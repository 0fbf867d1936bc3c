"""Act three: two learners of the demonstration from their enrolment to certificates that verify."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton

from tlbb_desktop.demonstration.build import TRAINER
from tlbb_desktop.demonstration.cast import MANAGER
from tlbb_desktop.domain.certificates import CertificateKind, CertificateState
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _p
from tlbb_desktop.screens.certificates.screen import CertificatesScreen
from tlbb_desktop.screens.verify.screen import VerifyScreen
from tlbb_desktop.services.home import Home
from tlbb_desktop.tour import short_course
from tlbb_desktop.tour.hand import CONTROL
from tlbb_desktop.tour.short_course import ShortCourse
from tlbb_desktop.tour.stage import Stage

Key = Qt.Key
CLASS = "SR-ELEC-25"
FOLDER = "certificates"
BUNDLE = "certificates.pdf"
#: Whose paper is saved by itself, into which file, and the picture of it in the window.
OWN_PAPERS: Final = (
    (short_course.STAYS, "completion.pdf", "certificate-of-completion"),
    (short_course.LEAVES, "partial.pdf", "certificate-partial-statement"),
)
VERIFIED: Final = ("certificate-verified", "statement-verified")


class CertificateWay:
    """Comes after the morning, in the same home.

    Args:
        stage: opens the windows.
        home: of the demonstration.
    """

    def __init__(self, stage: Stage, home: Home) -> None:
        self._stage, self._hand = stage, stage.hand
        self._home = home
        self.papers: list[Path] = []

    def walk(self) -> None:
        """Do it all."""
        self._come_as(TRAINER)
        ShortCourse(self._stage).walk()
        self._stage.go("certificates")
        self._propose()
        self._stage.close()
        self._come_as(MANAGER)
        self._follow_today()
        self._approve()
        self._issue()
        self._save()
        self._verify()
        self._withdraw()
        self._stage.close()

    def _come_as(self, username: str) -> None:
        self._stage.open(self._home, catalog.KHMER)
        self._stage.log_in(username)

    @property
    def _page(self) -> CertificatesScreen:
        return self._hand.find(CertificatesScreen)

    # trainer -------------------------------------------------------------------------------------------------------

    def _propose(self) -> None:
        """For the two of the short course what each has earned; for another class what asks for no rule."""
        hand, page = self._hand, self._page
        proposing = page.propose_page
        hand.photograph("certificates-none")
        self._open_proposing(short_course.CLASS, CertificateKind.COMPLETION)
        self._stage.show_in_languages("certificates-one-has-earned-it")
        self._send_proposals()
        self._open_proposing(short_course.CLASS, CertificateKind.PARTIAL)
        hand.go_to_line(proposing.table, short_course.STAYS)
        hand.key(Key.Key_Space)
        hand.photograph("certificates-partial-statement")
        self._send_proposals()
        self._open_proposing(CLASS, CertificateKind.COMPLETION)
        self._stage.show_in_languages("certificates-what-is-missing")
        self._choose(proposing.kind_box, CertificateKind.PARTICIPATION.value)
        hand.wait_for(proposing.propose_button.isEnabled, "somebody to propose")
        hand.photograph("certificates-to-propose")
        self._send_proposals()
        self._see_paper()
        hand.photograph("certificates-proposed")

    def _open_proposing(self, class_code: str, kind: CertificateKind) -> None:
        hand, proposing = self._hand, self._page.propose_page
        hand.key(Key.Key_N, modifiers=CONTROL)
        hand.wait_for(proposing.isVisible, "page for proposing")
        self._choose(proposing.kind_box, kind.value)
        wanted = next(
            proposing.class_box.itemData(row)
            for row in range(proposing.class_box.count())
            if proposing.class_box.itemText(row).startswith(class_code)
        )
        self._choose(proposing.class_box, wanted)

    def _send_proposals(self) -> None:
        hand, page = self._hand, self._page
        before = page.counted(CertificateState.PROPOSED)
        hand.reach(page.propose_page.table)
        hand.key(Key.Key_Return)
        hand.wait_for(
            lambda: page.counted(CertificateState.PROPOSED) > before and page.list_pane.table.hasFocus(), "proposals"
        )

    def _choose(self, box: QComboBox, value: object) -> None:
        """Walk to an entry; with the arrow keys each step is a choice of its own."""
        self._hand.pick(box, value)
        box.activated.emit(box.currentIndex())

    # manager -------------------------------------------------------------------------------------------------------

    def _follow_today(self) -> None:
        """From the line on Today to the proposals of the short course."""
        hand, stage = self._hand, self._stage
        stage.show_in_languages("manager-today-approvals")
        look = _p("certificates to approve", "Look")
        buttons = [each for each in stage.page.findChildren(QPushButton) if each.isVisible() and each.text() == look]
        hand.click(buttons[-1])
        hand.wait_for(lambda: stage.workplace.place == "certificates", "certificates")

    def _approve(self) -> None:
        hand, page = self._hand, self._page
        self._see_paper()
        hand.photograph("certificates-of-the-short-course")
        waiting = page.counted(CertificateState.PROPOSED)
        self._take_next_step_with_all()
        hand.wait_for(lambda: page.counted(CertificateState.PROPOSED) < waiting, "approvals of the short course")
        hand.click(page.approvals_button)
        self._see_paper()
        self._stage.show_in_languages("certificates-approvals", self._paper_is_calm)
        self._take_next_step_with_all()
        hand.wait_for(lambda: not page.counted(CertificateState.PROPOSED), "approvals")

    def _take_next_step_with_all(self) -> None:
        self._hand.reach(self._page.list_pane.table)
        self._hand.key(Key.Key_A, modifiers=CONTROL)
        self._hand.key(Key.Key_Return)

    def _issue(self) -> None:
        hand, page = self._hand, self._page
        page.list_pane.filter_by_state(CertificateState.APPROVED)
        self._take_next_step_with_all()
        hand.wait_for(page.steps.question.isVisible, "question")
        self._see_paper()
        hand.photograph("certificates-issue")
        hand.key(Key.Key_Return)
        hand.wait_for(lambda: not page.steps.is_busy and not page.counted(CertificateState.APPROVED), "issue")
        self._see_paper()
        self._stage.show_both_ways("certificates-issued", self._paper_is_calm)

    def _save(self) -> None:
        """The papers of the two by themselves, as they are handed out; then all together, which are duplicates."""
        hand, page, folder = self._hand, self._page, self._stage.folder / FOLDER
        folder.mkdir()
        for name, file, picture in OWN_PAPERS:
            self._save_paper_of(name, folder / file, picture)
        self._clear_find()
        hand.key(Key.Key_A, modifiers=CONTROL)
        pane = page.paper_pane
        bundle = folder / BUNDLE
        hand.choose_file(pane.preview.save_button, bundle)
        hand.wait_for(lambda: not page.steps.is_busy and bundle.exists(), "one file")
        hand.photograph("certificates-one-file")
        hand.choose_file(pane.each_button, folder)
        hand.wait_for(lambda: not page.steps.is_busy and len(list(folder.glob("certificate-*.pdf"))) > 1, "a file each")
        hand.photograph("certificates-a-file-each")
        self.papers += [bundle, *sorted(folder.glob("certificate-*.pdf"))]

    def _save_paper_of(self, name: str, file: Path, picture: str) -> None:
        """Find the certificate of one learner and save its paper."""
        hand, page = self._hand, self._page
        table = page.list_pane.table
        hand.fill(page.list_pane.find_edit, name)
        hand.wait_for(lambda: table.model().rowCount() == 1 and hand.is_at(table, name), f"certificate of {name}")
        self._see_paper()
        hand.choose_file(page.paper_pane.preview.save_button, file)
        hand.wait_for(lambda: not page.steps.is_busy and file.exists(), file.name)
        hand.photograph(picture)
        self.papers.append(file)

    def _clear_find(self) -> None:
        """Show every certificate again, with the cursor on the newest."""
        hand, page = self._hand, self._page
        hand.key(Key.Key_Escape, Key.Key_Escape)  # the message about the files, then what was searched
        hand.wait_for(lambda: not page.list_pane.find_edit.text(), "every certificate")
        hand.reach(page.list_pane.table)
        hand.key(Key.Key_Home, modifiers=CONTROL)

    def _verify(self) -> None:
        """Read both papers from their files, as somebody does who was sent one."""
        hand = self._hand
        self._stage.go("verify")
        page = hand.find(VerifyScreen)
        for (_name, file, _picture), picture in zip(OWN_PAPERS, VERIFIED, strict=True):
            hand.choose_file(page.open_button, self._stage.folder / FOLDER / file)
            hand.wait_for(lambda: bool(page.cards) and page.open_button.isEnabled(), "answer")
            self._stage.show_in_languages(picture)

    def _withdraw(self) -> None:
        hand = self._hand
        self._stage.go("certificates")
        page = self._page
        self._clear_find()
        hand.key(Key.Key_A, modifiers=CONTROL)  # all are ticked; now none
        hand.click(page.paper_pane.revoke_button)
        hand.write("typed for the tour")
        self._see_paper()
        hand.photograph("certificates-revoke")
        hand.key(Key.Key_Return)
        hand.wait_for(lambda: bool(page.counted(CertificateState.REVOKED)), "revoked")
        page.list_pane.filter_by_state(CertificateState.REVOKED)
        hand.wait_for(lambda: not page.paper_pane.preview.sheets.isVisible(), "no paper")
        hand.photograph("certificates-revoked")

    def _see_paper(self) -> None:
        """Wait until the paper in sight is drawn."""
        self._hand.wait_for(self._paper_is_calm, "paper")

    def _paper_is_calm(self) -> bool:
        return self._page.paper_is_calm
