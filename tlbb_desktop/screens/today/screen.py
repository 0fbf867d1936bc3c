"""Today: the first page of every role, from the most urgent down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from tlbb_desktop.domain.questions import GuestRow, OpenQuestion
from tlbb_desktop.forms.ui_today import Ui_TodayForm
from tlbb_desktop.i18n.catalog import _, _p
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.icons import apply_icons
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.today.cards import Cards
from tlbb_desktop.screens.today.panels import AnswerPanel, ClockPanel, JoinPanel
from tlbb_desktop.screens.today.presenter import TodayPresenter
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.wiring import Desk

AFTER_STOP = "after_stop"
#: The panels that ask stand above the cards.
PANELS = 2
TODAY_KEYS = (("Enter", N_("Do what the button with the cursor says")), ("Tab", N_("Next button")))
SHOWS = frozenset(
    {
        *("mark", "session", "class", "sheet", "question", "person", "backup", "setting", "staff", "certificate"),
        *("case", "follow_up", "referral", "release", "release_plan", "visit"),
    }
)


class TodayScreen(Page):
    """Opened with None, or with ``"after_stop"`` when the work before stopped without an end."""

    def __init__(self, desk: Desk, tasks: TaskRunner, changes: ChangeSignal, parent: QWidget | None = None) -> None:  # noqa: ARG002 - every page is made with the same four
        super().__init__(parent)
        self._presenter = TodayPresenter(desk)
        self._after_stop = False
        self._form = Ui_TodayForm()
        self._form.setupUi(self)
        self._answer, self._join = AnswerPanel(self), JoinPanel(self._presenter.people_named, self)
        self._cards: list[QWidget] = []
        self._answer.kept.connect(self._keep_answer)
        self._join.kept.connect(self._keep_join)
        self._join.new_wanted.connect(self._go_to_new_person)
        for panel in (self._answer, self._join):
            panel.closed.connect(self._close_panels)
            panel.hide()
            self._form.column.addWidget(panel)
        self._form.column.addStretch(1)
        changes.changed.connect(self._something_changed)
        apply_icons(self)

    @override
    def open(self, argument: object = None) -> None:
        self._after_stop = argument == AFTER_STOP
        self._hide_panels()
        self._presenter.load(after_stop=self._after_stop)
        self._show()
        self._focus_first()

    @override
    def title(self) -> str:
        return _p("place", "Today")

    @override
    def help_topic(self) -> str:
        return "today"

    @override
    def key_list(self) -> tuple[tuple[str, str], ...]:
        return TODAY_KEYS

    @override
    def go_back(self) -> bool:
        if self._answer.isHidden() and self._join.isHidden():
            return False
        self._close_panels()
        return True

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._presenter.page is not None:
            self._show()
        super().changeEvent(event)

    # what the cards lead to ----------------------------------------------------------------------------------------

    def go(self, place: str, argument: object = None) -> None:
        """Open another page."""
        self.go_to.emit(place, argument)

    def ask_answer(self, question: OpenQuestion) -> None:
        """Open the panel that answers a question."""
        self._show_panel(self._answer)
        self._answer.ask(question, self._presenter.today)

    def ask_join(self, guest: GuestRow) -> None:
        """Open the panel that says who a guest is."""
        self._show_panel(self._join)
        self._join.ask(guest)

    def put_restore_away(self) -> None:
        """Show no longer that the record came out of a backup."""
        self._presenter.put_restore_away()
        self._reload()

    def show_all(self, part: str) -> None:
        """Show every line of a part of the work list."""
        self._presenter.whole.add(part)
        self._show()
        self._focus_first()

    # what is shown -------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        for card in self._cards:
            self._form.column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = Cards(self._presenter, self).all()
        if self._presenter.doubt is not None:
            clock = ClockPanel(self._presenter.doubt, self)
            clock.answered.connect(self._work_on)
            self._cards.insert(0, clock)
        for number, card in enumerate(self._cards, PANELS):
            self._form.column.insertWidget(number, card)
            apply_icons(card)
            card.show()  # now, so that the cursor can go there

    def _focus_first(self) -> None:
        """Put the cursor on the primary action, or on the first one."""
        buttons = [button for card in self._cards for button in card.findChildren(QPushButton)]
        primary = [button for button in buttons if button.property("role") == "primary"]
        if found := [*primary, *buttons]:
            found[0].setFocus(Qt.FocusReason.OtherFocusReason)
            self.setFocusProxy(found[0])
        QTimer.singleShot(0, self._scroll_to_cursor)  # once the cards stand where they belong

    def _scroll_to_cursor(self) -> None:
        """Show the page from its top, or from as far down as the cursor needs."""
        self._form.scroll.verticalScrollBar().setValue(0)
        cursor = self.focusProxy()
        if cursor is not None:
            self._form.scroll.ensureWidgetVisible(cursor)

    def _reload(self) -> None:
        if not self.done(lambda: self._presenter.load(after_stop=self._after_stop)):
            return
        self._show()
        if self._answer.isHidden() and self._join.isHidden():
            self._focus_first()

    def _something_changed(self, kind: str, _ids: object) -> None:
        if self.isVisible() and kind in SHOWS:
            self._reload()

    # panels --------------------------------------------------------------------------------------------------------

    def _show_panel(self, panel: QWidget) -> None:
        self._hide_panels()
        panel.show()
        self._form.scroll.verticalScrollBar().setValue(0)

    def _hide_panels(self) -> None:
        self._answer.hide()
        self._join.hide()

    def _close_panels(self) -> None:
        self._hide_panels()
        self._focus_first()

    def _keep_answer(self, question_id: int, text: str, left_on: date | None) -> None:
        self._carry_out(lambda: self._presenter.answer(question_id, text, left_on), _("The question is answered."))

    def _keep_join(self, guest_id: int, person_id: int) -> None:
        self._carry_out(lambda: self._presenter.join(guest_id, person_id), _("The marks are on the record now."))

    def _go_to_new_person(self) -> None:
        self.go("people", "new")

    def _work_on(self, day: date) -> None:
        self._presenter.work_on(day)
        self.go("today")

    def _carry_out(self, act: Callable[[], None], done: str) -> None:
        """Do *act* and say *done*; trouble leaves the panel open."""
        if self.done(act):
            self._reload()
            self._close_panels()
            self.said.emit(done)
