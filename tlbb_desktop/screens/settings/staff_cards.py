"""The cards under the list of staff: one for each thing that can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from tlbb_desktop.domain.actors import StaffRow
from tlbb_desktop.domain.people import Prison
from tlbb_desktop.domain.staff import ROLE_NAMES, Role
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _, _p
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.stylesheet import GAP, GAP_SMALL
from tlbb_desktop.security.passphrases import PassphraseKind, propose
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.code_groups import CodeView
from tlbb_desktop.widgets.code_paper import print_code, save_code, slip_paper
from tlbb_desktop.widgets.flow_layout import FlowLayout
from tlbb_desktop.widgets.small_form import Choices, Field, SmallForm


def role_choices() -> Choices:
    """The roles in the reader's language."""
    return [(role.value, _(name)) for role, name in ROLE_NAMES.items()]


class ActionCard(Card):
    """A card with one primary action and a way back.

    Signals:
        wanted: the primary action.
        left: the way back.
    """

    wanted = Signal()
    left = Signal()

    def __init__(self, heading: str, hint: str, action: str, parent: QWidget | None = None) -> None:
        super().__init__(heading, hint, parent)
        self._action_text = action
        self.action, self.back = QPushButton(self), QPushButton(self)
        self.action.setProperty("role", "primary")
        self.action.clicked.connect(self.wanted)
        self.back.clicked.connect(self.left)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(GAP_SMALL)
        self.buttons.addWidget(self.back)
        self.buttons.addStretch()
        self.buttons.addWidget(self.action)

    def finish(self) -> None:
        """Put the buttons under what was added to the body."""
        self.body.addLayout(self.buttons)
        self.word()

    def set_busy(self, busy: bool) -> None:
        """While the act goes on nothing can be pressed."""
        for button in self.findChildren(QPushButton):
            button.setDisabled(busy)

    def word(self) -> None:
        """Put in the words of the active language."""
        self.action.setText(_(self._action_text))
        self.back.setText(_("Cancel"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.word()


class Prisons(QWidget):
    """A tick for each site that is somebody's own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[int, QCheckBox] = {}
        self._prisons: tuple[Prison, ...] = ()
        self._flow = FlowLayout(self, spacing=GAP)

    def offer(self, prisons: Sequence[Prison], own: Sequence[str]) -> None:
        """Show these sites with those ticked whose codes are in *own*."""
        self._prisons = tuple(prisons)
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._boxes = {prison.id: QCheckBox(self) for prison in prisons}
        for prison in prisons:
            self._boxes[prison.id].setChecked(prison.code in own)
            self._flow.addWidget(self._boxes[prison.id])
        self.word()

    @property
    def chosen(self) -> tuple[int, ...]:
        """Ids of the ticked sites."""
        return tuple(prison_id for prison_id, box in self._boxes.items() if box.isChecked())

    def word(self) -> None:
        """Names in the active language."""
        khmer = catalog.language() == catalog.KHMER
        for prison in self._prisons:
            self._boxes[prison.id].setText(f"{prison.name_km if khmer else prison.name_en} ({prison.code})")


class Proposal(QWidget):
    """A proposed passphrase and whether a reset slip is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strong = False
        self._label, self._text = QLabel(self), QLabel(self)
        self._label.setProperty("role", "caption")
        self._text.setProperty("role", "heading")
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._another = QPushButton(self)
        set_icon(self._another, "refresh-cw", "text")
        self._another.clicked.connect(self.propose)
        self.slip = QCheckBox(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for widget in (self._label, self._text, self._another):
            row.addWidget(widget)
        row.addStretch()
        row.addWidget(self.slip)
        self.word()

    def propose(self) -> None:
        """Propose another one, in the language of the window."""
        kind = PassphraseKind.KHMER if catalog.language() == catalog.KHMER else PassphraseKind.LATIN
        self._text.setText(propose(kind, strong=self._strong))

    def begin(self, role: Role) -> None:
        """Propose for somebody with this work."""
        self._strong = role is Role.MANAGER
        self.slip.setChecked(False)
        self.propose()

    @property
    def passphrase(self) -> str:
        """What is proposed."""
        return self._text.text()

    def word(self) -> None:
        """Labels."""
        self._label.setText(_("Passphrase"))
        self._another.setText(_p("a proposed passphrase", "Another"))
        self.slip.setText(_("Also make a reset slip"))


class AddCard(ActionCard):
    """Somebody new."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(N_("Add somebody"), N_("The passphrase is shown once, after adding."), N_("Add"), parent)
        self.form = SmallForm(
            (
                Field("name", N_("Name on the login page"), "khmer"),
                Field("username", N_("Login name, short, without spaces")),
                Field("role", N_("Work"), "choice", role_choices),
                Field("admin_duty", N_("Also keeps users, keys and backups"), "yes"),
            ),
            self,
        )
        self.prisons, self.proposal = Prisons(self), Proposal(self)
        for widget in (self.form, self.prisons, self.proposal):
            self.body.addWidget(widget)
        self.finish()

    def begin(self, prisons: Sequence[Prison]) -> None:
        """Start with an empty form and the laptop's only prison ticked."""
        self.form.fill({"role": Role.TRAINER.value}, existing=False)
        self.prisons.offer(prisons, [prison.code for prison in prisons] if len(prisons) == 1 else [])
        self.proposal.begin(Role.TRAINER)

    @override
    def word(self) -> None:
        super().word()
        if hasattr(self, "proposal"):
            self.prisons.word()
            self.proposal.word()


class MemberCard(ActionCard):
    """Somebody on the list: work, prisons, and what happens when a passphrase is lost or somebody leaves.

    Signals:
        passphrase_wanted, removal_wanted, duty_wanted: the other acts.
    """

    passphrase_wanted = Signal()
    removal_wanted = Signal()
    duty_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(N_("Change"), "", N_("Save"), parent)
        self.form = SmallForm(
            (
                Field("name", N_("Name on the login page"), "khmer"),
                Field("role", N_("Work"), "choice", role_choices),
                Field("admin_duty", N_("Also keeps users, keys and backups"), "yes"),
            ),
            self,
        )
        self.prisons = Prisons(self)
        self.passphrase_button, self.removal_button = QPushButton(self), QPushButton(self)
        self.duty_button = QPushButton(self)
        set_icon(self.passphrase_button, "key-round", "text")
        set_icon(self.duty_button, "handshake", "text")
        set_icon(self.removal_button, "user-x", "danger")
        self.passphrase_button.clicked.connect(self.passphrase_wanted)
        self.removal_button.clicked.connect(self.removal_wanted)
        self.duty_button.clicked.connect(self.duty_wanted)
        self.buttons.insertWidget(1, self.passphrase_button)
        self.buttons.insertWidget(2, self.removal_button)
        self.body.addWidget(self.form)
        self.body.addWidget(self.prisons)
        self.body.addWidget(self.duty_button, alignment=Qt.AlignmentFlag.AlignLeft)
        self.finish()

    def begin(self, row: StaffRow, prisons: Sequence[Prison], *, is_me: bool, has_duty: bool) -> None:
        """Show *row*; nobody changes the own work or takes the own login away.

        Args:
            row: the member.
            prisons: all sites.
            is_me: whether it is the reader.
            has_duty: whether the reader has the administrator duty and could hand it over.
        """
        values = {"name": row.name, "role": row.role.value, "admin_duty": row.admin_duty}
        self.form.fill(values, existing=True)
        for name in ("role", "admin_duty"):
            self.form.inputs[name].setDisabled(is_me)
        self.prisons.offer(prisons, row.prisons)
        self.removal_button.setVisible(not is_me)
        self.passphrase_button.setVisible(not is_me)
        self.duty_button.setVisible(has_duty and not is_me and not row.admin_duty)

    @override
    def word(self) -> None:
        super().word()
        self.passphrase_button.setText(_("New passphrase"))
        self.removal_button.setText(_("Take the login away"))
        self.duty_button.setText(_("Hand over the administrator duty"))
        if hasattr(self, "prisons"):
            self.prisons.word()


class PassphraseCard(ActionCard):
    """A new passphrase for somebody who forgot it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            N_("New passphrase"),
            N_("The old one stops working, and so does an old reset slip."),
            N_("Set this passphrase"),
            parent,
        )
        self.proposal = Proposal(self)
        self.body.addWidget(self.proposal)
        self.finish()

    @override
    def word(self) -> None:
        super().word()
        if hasattr(self, "proposal"):
            self.proposal.word()


class HandOverCard(ActionCard):
    """Asks before the administrator duty goes to somebody else, because one cannot take it back oneself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            N_("Hand over the administrator duty?"),
            N_(
                "This colleague then keeps users, keys and backups, and you do not any more."
                " They or another manager can give it back."
            ),
            N_("Hand it over"),
            parent,
        )
        self.name = QLabel(self)
        self.name.setProperty("role", "heading")
        self.body.addWidget(self.name)
        self.finish()


class RemovalCard(ActionCard):
    """Asks before a login is taken away, because that cannot be undone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            N_("Take the login away?"),
            N_(
                "All keys are renewed. Copies from before still open with the old passphrase, so collect the sticks."
                " The history stays."
            ),
            N_("Take it away"),
            parent,
        )
        self.name = QLabel(self)
        self.name.setProperty("role", "heading")
        self.action.setProperty("role", "danger")
        self.body.addWidget(self.name)
        self.finish()


class OnceCard(ActionCard):
    """What is shown once: a passphrase, perhaps a slip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            N_("Shown only now"),
            N_("Let your colleague write it down or learn it. Then press the button."),
            N_("Done"),
            parent,
        )
        self.passphrase = QLabel(self)
        self.passphrase.setProperty("role", "title")
        self.passphrase.setWordWrap(True)
        self.passphrase.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._print, self._keep = QPushButton(self), QPushButton(self)
        self._print.clicked.connect(lambda: print_code(slip_paper(self._groups), self))
        self._keep.clicked.connect(lambda: save_code(slip_paper(self._groups), self))
        self.buttons.insertWidget(0, self._print)
        self.buttons.insertWidget(1, self._keep)
        self._groups: tuple[str, ...] = ()
        self._code = CodeView((), self)
        self.body.addWidget(self.passphrase)
        self.body.addWidget(self._code)
        self.finish()
        self.back.hide()

    def begin(self, passphrase: str, slip: str) -> None:
        """Show them."""
        self.passphrase.setText(passphrase)
        self._groups = tuple(slip.split("-")) if slip else ()
        shown = CodeView(self._groups, self)
        self.body.replaceWidget(self._code, shown)
        self._code.deleteLater()
        self._code = shown
        for widget in (self._code, self._print, self._keep):
            widget.setVisible(bool(slip))

    def forget(self) -> None:
        """Leave nothing of it in the window."""
        self.begin("", "")

    @override
    def word(self) -> None:
        super().word()
        self._print.setText(_("Print the slip"))
        self._keep.setText(_("Save as PDF"))
