"""Act three: the way of certificates in the demonstration, from a trainer's proposal to papers that verify."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from tlbb_desktop.demonstration.build import TRAINER
from tlbb_desktop.demonstration.cast import MANAGER
from tlbb_desktop.domain.certificates import CertificateKind, CertificateState
from tlbb_desktop.i18n import catalog
from tlbb_desktop.screens.certificates.screen import CertificatesScreen
from tlbb_desktop.screens.verify.screen import VerifyScreen
from tlbb_desktop.services.home import Home
from tlbb_desktop.tour.hand import CONTROL
from tlbb_desktop.tour.stage import Stage

Key = Qt.Key
CLASS = "SR-ELEC-25"
FOLDER = "certificates"
BUNDLE = "certificates.pdf"


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
        self._propose()
        self._stage.close()
        self._come_as(MANAGER)
        self._approve()
        self._issue()
        self._save()
        self._verify()
        self._withdraw()
        self._stage.close()

    def _come_as(self, username: str) -> None:
        self._stage.open(self._home, catalog.KHMER)
        self._stage.log_in(username)
        self._stage.go("certificates")

    @property
    def _page(self) -> CertificatesScreen:
        return self._hand.find(CertificatesScreen)

    def _propose(self) -> None:
        hand, page = self._hand, self._page
        hand.photograph("certificates-none")
        hand.key(Key.Key_N, modifiers=CONTROL)
        proposing = page.propose_page
        wanted = next(
            proposing.class_box.itemData(row)
            for row in range(proposing.class_box.count())
            if proposing.class_box.itemText(row).startswith(CLASS)
        )
        self._choose(proposing.class_box, wanted)
        self._stage.show_in_languages("certificates-what-is-missing")
        self._choose(proposing.kind_box, CertificateKind.PARTICIPATION.value)
        hand.wait_for(proposing.propose_button.isEnabled, "somebody to propose")
        hand.photograph("certificates-to-propose")
        hand.reach(proposing.table)
        hand.key(Key.Key_Return)
        hand.wait_for(
            lambda: page.counted(CertificateState.PROPOSED) > 0 and page.list_pane.table.hasFocus(), "proposals"
        )
        self._see_paper()
        hand.photograph("certificates-proposed")

    def _choose(self, box: QComboBox, value: object) -> None:
        """Walk to an entry; with the arrow keys each step is a choice of its own."""
        self._hand.pick(box, value)
        box.activated.emit(box.currentIndex())

    def _approve(self) -> None:
        hand, page = self._hand, self._page
        hand.reach(page.list_pane.table)
        hand.key(Key.Key_Space, Key.Key_Space)
        self._see_paper()
        self._stage.show_in_languages("certificates-approvals")
        hand.reach(page.list_pane.table)
        hand.key(Key.Key_A, modifiers=CONTROL)
        hand.key(Key.Key_Return)
        hand.wait_for(lambda: not page.counted(CertificateState.PROPOSED), "approvals")

    def _issue(self) -> None:
        hand, page = self._hand, self._page
        page.list_pane.filter_by_state(CertificateState.APPROVED)
        hand.reach(page.list_pane.table)
        hand.key(Key.Key_A, modifiers=CONTROL)
        hand.key(Key.Key_Return)
        hand.wait_for(page.steps.question.isVisible, "question")
        self._see_paper()
        hand.photograph("certificates-issue")
        hand.key(Key.Key_Return)
        hand.wait_for(lambda: not page.steps.is_busy and not page.counted(CertificateState.APPROVED), "issue")
        self._see_paper()
        self._stage.show_both_ways("certificates-issued")

    def _save(self) -> None:
        hand, page, folder = self._hand, self._page, self._stage.folder / FOLDER
        folder.mkdir()
        pane = page.paper_pane
        bundle = folder / BUNDLE
        hand.choose_file(pane.preview.save_button, bundle)
        hand.wait_for(lambda: page.steps.files.isVisible() and bundle.exists(), "one file")
        hand.photograph("certificates-one-file")
        hand.choose_file(pane.each_button, folder)
        hand.wait_for(lambda: not page.steps.is_busy and len(list(folder.glob("certificate-*.pdf"))) > 1, "a file each")
        self.papers = [bundle, *sorted(folder.glob("certificate-*.pdf"))]
        hand.photograph("certificates-a-file-each")

    def _verify(self) -> None:
        hand = self._hand
        self._stage.go("verify")
        page = hand.find(VerifyScreen)
        hand.choose_file(page.open_button, self.papers[1])
        hand.wait_for(lambda: bool(page.cards), "answer")
        self._stage.show_in_languages("certificate-verified")

    def _withdraw(self) -> None:
        hand = self._hand
        self._stage.go("certificates")
        page = self._page
        page.list_pane.table.ticks.clear()
        page.list_pane.show_rows()
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
        page = self._page
        self._hand.wait_for(lambda: page.paper_pane.preview.is_calm, "paper")
