"""Pages that say one thing before the login: another window is open, something is broken, a new slip to keep."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import Refused, TlbbError
from tlbb_desktop.i18n.catalog import _, _p
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.services.start_record import SafeModeReason
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.code_groups import CodeView
from tlbb_desktop.widgets.code_paper import CodePaper, print_code, save_code
from tlbb_desktop.widgets.gate import Gate
from tlbb_desktop.widgets.icon_label import IconLabel

COLUMN_PIXELS = 640
SECONDS_BETWEEN_LOOKS = 2
SAFE_MODE = N_(
    "Start in safe mode? It does without the usual look, without photos and previews, and leaves alone what was half"
    " typed. Use it where the program did not start as usual. Everything that was saved is safe."
)

AFTER_CRASHES = N_(
    "The program stopped by itself the last two times. Everything that was saved is safe. Start in safe mode? It does"
    " without the usual look, without photos and previews, and leaves alone what was half typed, which stays kept."
)


class NoticePage(Gate):
    """One sentence and one button.

    Args:
        error: what is the matter.
        action: marked words of the button.

    Signals:
        acted: the button was pressed.
    """

    acted = Signal()

    def __init__(self, error: TlbbError, action: str, parent: QWidget | None = None) -> None:
        super().__init__(COLUMN_PIXELS, parent)
        self._error, self._action_text = error, action
        self.sentence = WrappingLabel(self)
        self.sentence.setProperty("role", "heading")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._action = QPushButton(self)
        self._action.setProperty("role", "primary")
        self._action.clicked.connect(self.acted)
        middle = Qt.AlignmentFlag.AlignHCenter
        self.column.addStretch(2)
        self.column.addWidget(IconLabel("info", "accent", 32, self), 0, middle)
        self.column.addWidget(self.sentence)
        self.column.addWidget(self._action, 0, middle)
        self.column.addStretch(3)
        self.setFocusProxy(self._action)
        self._word()

    def _word(self) -> None:
        self.sentence.setText(explain(self._error))
        self._action.setText(_(self._action_text))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)


class OtherWindowPage(NoticePage):
    """Another window is open over this home; looks again by itself.

    Args:
        error: what the window's lock said.
        look_again: tries to take the lock.
    """

    def __init__(self, error: TlbbError, look_again: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(error, N_("Look again"), parent)
        self.acted.connect(look_again)
        timer = QTimer(self)
        timer.timeout.connect(look_again)
        timer.start(SECONDS_BETWEEN_LOOKS * 1000)


class SafeModePage(NoticePage):
    """The start failed twice, the window crashed twice, or Shift was held: do without what may be broken?

    Args:
        reason: why it is offered.

    Signals:
        usual_wanted: the person wants the usual start.
    """

    usual_wanted = Signal()

    def __init__(self, reason: SafeModeReason = SafeModeReason.WISHED, parent: QWidget | None = None) -> None:
        self._usual: QPushButton | None = None
        sentence = AFTER_CRASHES if reason is SafeModeReason.CRASHED else SAFE_MODE
        super().__init__(Refused(sentence), N_("Start in safe mode"), parent)
        self._usual = QPushButton(self)
        self._usual.setProperty("role", "quiet")
        self._usual.clicked.connect(self.usual_wanted)
        self.column.insertWidget(self.column.count() - 1, self._usual, 0, Qt.AlignmentFlag.AlignHCenter)
        self._word()

    @override
    def _word(self) -> None:
        super()._word()
        if self._usual is not None:
            self._usual.setText(_("Start as usual"))


class NewSlipPage(Gate):
    """The slip that replaces a used one, to be printed before work goes on.

    Signals:
        left: the person goes on.
    """

    left = Signal()

    def __init__(self, paper: CodePaper, parent: QWidget | None = None) -> None:
        super().__init__(COLUMN_PIXELS, parent)
        self._paper = paper
        card = Card(
            N_("Your new reset slip"),
            N_("The old slip no longer works. Print this one and keep it where only you can reach it."),
            self,
        )
        card.body.addWidget(CodeView(paper.groups, card))
        self._print, self._save, self._go_on = QPushButton(self), QPushButton(self), QPushButton(self)
        self._go_on.setProperty("role", "primary")
        buttons = QHBoxLayout()
        buttons.addWidget(self._print)
        buttons.addWidget(self._save)
        buttons.addStretch()
        buttons.addWidget(self._go_on)
        self.column.addStretch(2)
        self.column.addWidget(card)
        self.column.addLayout(buttons)
        self.column.addStretch(3)
        self._print.clicked.connect(lambda: print_code(self._paper, self))
        self._save.clicked.connect(lambda: save_code(self._paper, self))
        self._go_on.clicked.connect(self.left)
        self._word()

    def _word(self) -> None:
        self._print.setText(_("Print"))
        self._save.setText(_("Save as PDF"))
        self._go_on.setText(_p("after a notice", "Go on"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
