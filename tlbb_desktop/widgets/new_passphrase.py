"""Choosing a passphrase: four words are proposed, one's own is welcome, and it is typed once more."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QRadioButton, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _, _p
from tlbb_desktop.i18n.marks import Np_
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.stylesheet import GAP, GAP_SMALL
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.security.passphrases import PassphraseKind, canonicalise, propose, require_strong
from tlbb_desktop.widgets.passphrase_field import PassphraseField

OWN = ""
KIND_NAMES = {
    PassphraseKind.KHMER: Np_("kind of passphrase", "Khmer words"),
    PassphraseKind.LATIN: Np_("kind of passphrase", "Latin words"),
    PassphraseKind.DIGITS: Np_("kind of passphrase", "Digits"),
}


class NewPassphrase(QWidget):
    """A proposal to take, or an own one; both are typed again.

    Args:
        role: whose passphrase it is; managers, who hold more keys, are proposed one word more.

    Signals:
        changed: :attr:`passphrase` may be another.
    """

    changed = Signal()

    def __init__(self, role: Role, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = role
        first = PassphraseKind.KHMER if catalog.language() == catalog.KHMER else PassphraseKind.LATIN
        self._kinds = {kind.value: KIND_NAMES[kind] for kind in (first, *KIND_NAMES)}
        self._choice = QButtonGroup(self)
        self._radios = {kind: QRadioButton(self) for kind in (*self._kinds, OWN)}
        self.proposal = QLabel(self)
        self._another = QPushButton(self)
        self._own_label, self._again_label = QLabel(self), QLabel(self)
        self.own, self.again = PassphraseField(self), PassphraseField(self)
        self._verdict = WrappingLabel(self)
        self._lay_out()
        self._wire()
        self._radios[next(iter(self._kinds))].setChecked(True)
        self._kind_chosen()
        self._word()

    def _lay_out(self) -> None:
        self.proposal.setProperty("role", "title")
        self.proposal.setWordWrap(True)
        self.proposal.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._verdict.setProperty("role", "caption")
        set_icon(self._another, "refresh-cw", "text")
        kinds = QHBoxLayout()
        kinds.setSpacing(GAP)
        for radio in self._radios.values():
            kinds.addWidget(radio)
        kinds.addStretch()
        shown = QHBoxLayout()
        shown.setSpacing(GAP)
        shown.addWidget(self.proposal, 1)
        shown.addWidget(self._another)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addLayout(kinds)
        column.addLayout(shown)
        for widget in (self._own_label, self.own, self._again_label, self.again, self._verdict):
            column.addWidget(widget)

    def _wire(self) -> None:
        for number, radio in enumerate(self._radios.values()):
            self._choice.addButton(radio, number)
        self._choice.buttonClicked.connect(self._kind_chosen)
        self._another.clicked.connect(self._propose_anew)
        self.own.edited.connect(self._judge)
        self.again.edited.connect(self._judge)

    @property
    def kind(self) -> str:
        """The kind of proposal that is chosen, or ``""`` for an own passphrase."""
        return tuple(self._radios)[self._choice.checkedId()]

    @property
    def passphrase(self) -> str:
        """The passphrase once it is strong and was typed again alike; ``""`` until then."""
        wished = self._wished()
        return wished if wished and not self._fault() and canonicalise(wished) == canonicalise(self.again.text) else ""

    def _wished(self) -> str:
        return self.own.text if self.kind == OWN else self.proposal.text()

    def _fault(self) -> str:
        if self.kind != OWN or not self.own.text:
            return ""
        try:
            require_strong(self.own.text)
        except TlbbError as error:
            return explain(error)
        return ""

    def _kind_chosen(self) -> None:
        own = self.kind == OWN
        for asked in (self._own_label, self.own):
            asked.setVisible(own)
        for proposed in (self.proposal, self._another):
            proposed.setVisible(not own)
        if own:
            self.own.setFocus()
        else:
            self._propose_anew()
        self._judge()

    def _propose_anew(self) -> None:
        self.proposal.setText(propose(PassphraseKind(self.kind), strong=self._role is Role.MANAGER))
        self.proposal.setAccessibleName(self.proposal.text())
        self.again.clear()
        self._judge()

    def _judge(self) -> None:
        typed = self.again.text
        fault = self._fault()
        right = bool(self.passphrase)
        if right:
            verdict = "✓ " + _("The same. Keep it in your head, not on the laptop.")
        else:
            verdict = _("Not yet the same.") if typed else _("Type it again, to be sure that you can.")
        self._verdict.setText(fault or verdict)
        self.changed.emit()

    def _word(self) -> None:
        for kind, radio in self._radios.items():
            radio.setText(_(self._kinds[kind]) if kind else _("My own"))
        self._another.setText(_p("a proposed passphrase", "Another"))
        self._own_label.setText(_("Your own passphrase: at least 12 letters, such as four words"))
        self._again_label.setText(_("The same again"))
        self.own.name(_("Your own passphrase"))
        self.again.name(_("The same passphrase again"))
        self._judge()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
