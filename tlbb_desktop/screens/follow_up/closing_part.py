"""How a case ends: what stands against closing it, the manager's sign, and what two members of staff decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.case_words import CLOSE_REASON_NAMES, STATE_NAMES
from tlbb_desktop.domain.cases import CaseFile, CaseState, CloseReason, RetentionAct
from tlbb_desktop.domain.due_contacts import FollowedPerson
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.follow_up_schedule import GAP_NAMES, ClosingGap
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import day_text
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.qt.theme import set_role
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.screens.follow_up.part import FollowUpPart
from tlbb_desktop.screens.follow_up.presenter import FollowUpPresenter
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.case_endings import OpenRequest
from tlbb_desktop.widgets.answers import ChoiceAnswer, LineAnswer
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.form_field import FormField
from tlbb_desktop.widgets.word_choices import choices_of

ACT_NAMES: Final = {
    RetentionAct.SEAL: Np_("of a case", "Seal it"),
    RetentionAct.UNSEAL: Np_("of a case", "Open the seal"),
    RetentionAct.EXPUNGE: Np_("of a case", "Expunge it"),
}
_ASKED_WHEN: Final = {
    CaseState.CLOSED: (RetentionAct.SEAL,),
    CaseState.SEALED: (RetentionAct.UNSEAL, RetentionAct.EXPUNGE),
}


class ClosingPart(FollowUpPart):
    """Shows how the case of whoever is open stands.

    Args:
        presenter: the page's.
    """

    def __init__(self, presenter: FollowUpPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = presenter.desk
        self._person: FollowedPerson | None = None
        self._case: CaseFile | None = None
        self._request: OpenRequest | None = None
        self._gaps: tuple[ClosingGap, ...] = ()
        self.state_label, self.gaps_label, self.request_label = (WrappingLabel(self) for _number in range(3))
        self.reason_answer = ChoiceAnswer(choices_of(CLOSE_REASON_NAMES), self)
        self.why_answer = LineAnswer(self)
        self._reason_field = FormField.around(self.reason_answer, self)
        self._why_field = FormField.around(self.why_answer, self)
        self.close_button, self.approve_button, self.refuse_button = (QPushButton(self) for _number in range(3))
        self.act_buttons = {act: QPushButton(self) for act in RetentionAct}
        self._closing = Card(N_("Closing the case"), N_("By the rule of form I; a manager signs by closing."), self)
        self._keeping = Card(N_("Sealing and expunging"), N_("One manager asks, a second one decides."), self)
        self._lay_out()
        self._wire()
        self._word()

    def _lay_out(self) -> None:
        self.gaps_label.setProperty("role", "missing")
        set_role(self.close_button, "primary")
        set_role(self.approve_button, "primary")
        self._closing.body.addWidget(self.gaps_label)
        self._closing.body.addWidget(self._reason_field)
        self._closing.body.addLayout(_row(self.close_button))
        self._keeping.body.addWidget(self.request_label)
        self._keeping.body.addWidget(self._why_field)
        self._keeping.body.addLayout(_row(*self.act_buttons.values(), self.refuse_button, self.approve_button))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.state_label, self._closing, self._keeping):
            column.addWidget(widget)
        column.addStretch(1)

    def _wire(self) -> None:
        self.reason_answer.edited.connect(self._say)
        self.close_button.clicked.connect(self.close_case)
        for act, button in self.act_buttons.items():
            button.clicked.connect(lambda _checked=False, act=act: self.ask(act))
        self.approve_button.clicked.connect(lambda: self.decide(approved=True))
        self.refuse_button.clicked.connect(lambda: self.decide(approved=False))

    @override
    def show_person(self, person: FollowedPerson) -> None:
        if self._person is None or person.release_id != self._person.release_id:
            self.reason_answer.show_value(CloseReason.DONE_AFTER_RELEASE)
        self._person, self._case, self._request, self._gaps = person, None, None, ()
        if person.case_id is not None:
            endings = self._desk.case_endings
            self._case = self._desk.cases.file(person.case_id)
            if self._case.state is CaseState.OPEN:
                self._gaps = endings.gaps(person.case_id)
            if self._desk.office.may(Action.RETENTION):
                self._request = next((each for each in endings.requests() if each.case_id == person.case_id), None)
        self._say()

    @override
    def put_cursor(self) -> None:
        self.reason_answer.setFocus()

    def close_case(self) -> None:
        """Close the case for the reason that is chosen; the manager signs with it."""
        case = self._case
        if case is not None and case.id is not None:
            case_id, reason = case.id, self.reason_answer.value()
            self._act(lambda: self._desk.case_endings.close(case_id, reason, case.version), _("The case is closed."))

    def ask(self, wish: RetentionAct) -> None:
        """Ask that the case be sealed, opened again or expunged."""
        case = self._case
        if case is not None and case.id is not None:
            case_id, why = case.id, self.why_answer.value()
            words = _("Asked. A second manager decides.")
            self._act(lambda: self._desk.case_endings.ask(case_id, wish, why), words)

    def decide(self, *, approved: bool) -> None:
        """Approve or refuse what another manager asked for."""
        request = self._request
        if request is not None:
            words = _("Approved, and done.") if approved else _("Refused.")
            endings = self._desk.case_endings
            self._act(lambda: endings.decide(request.id, approved=approved, seen=request.version), words)

    def _act(self, act: Callable[[], object], words: str) -> None:
        self._why_field.show_problem(None)
        try:
            act()
        except TlbbError as error:
            if error.place == "reason":
                self._why_field.show_problem(error)
            else:
                self.troubled.emit(error)
            return
        self.why_answer.setText("")
        self.said.emit(words)
        self.changed.emit()

    def _say(self) -> None:
        case, request = self._case, self._request
        office = self._desk.office
        is_open = case is not None and case.state is CaseState.OPEN
        self.state_label.setText(_state_words(case))
        self._closing.setVisible(is_open)
        signs = office.may(Action.CASE_CLOSE)
        self.gaps_label.setText(self._gaps_words(signs=signs))
        self.gaps_label.setVisible(bool(self.gaps_label.text()))
        for widget in (self._reason_field, self.close_button):
            widget.setVisible(signs)
        self._keeping.setVisible(case is not None and office.may(Action.RETENTION) and case.state in _ASKED_WHEN)
        asked = _ASKED_WHEN.get(case.state, ()) if case is not None and request is None else ()
        for act, button in self.act_buttons.items():
            button.setVisible(act in asked)
        self._why_field.setVisible(bool(asked))
        mine = request is not None and request.asked_by == office.actor.staff_id
        self.request_label.setText(_request_words(request, mine=mine) if request is not None else "")
        self.request_label.setVisible(request is not None)
        for button in (self.approve_button, self.refuse_button):
            button.setVisible(request is not None and not mine)

    def _gaps_words(self, *, signs: bool) -> str:
        """What stands against the closing for this reason; whoever signs needs no line about the signature."""
        reason = self.reason_answer.value() if signs else CloseReason.DONE_AFTER_RELEASE
        shown = [gap for gap in self._gaps if not (signs and gap is ClosingGap.NOT_SIGNED)]
        if reason is not CloseReason.DONE_AFTER_RELEASE:
            shown = [gap for gap in shown if gap is ClosingGap.SAFETY_TASKS and reason is not CloseReason.DIED]
        return "\n".join(f"• {_(GAP_NAMES[gap])}" for gap in shown)

    def _word(self) -> None:
        self._reason_field.set_label(_("Why the case is closed"))
        self._why_field.set_label(_("Why this is asked for"))
        self.close_button.setText(_("Sign and close"))
        self.approve_button.setText(_("Approve"))
        self.refuse_button.setText(_("Refuse"))
        for act, button in self.act_buttons.items():
            button.setText(_(ACT_NAMES[act]))
        self._say()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch(1)
    for button in buttons:
        button.setAutoDefault(False)
        row.addWidget(button)
    return row


def _state_words(case: CaseFile | None) -> str:
    if case is None:
        return _("There is no case: nothing is to be closed.")
    state = labelled(_("The case"), _(STATE_NAMES[case.state]))
    if case.closed_on is None or case.close_reason is None:
        return state
    return f"{state} · {day_text(case.closed_on)} · {_(CLOSE_REASON_NAMES[case.close_reason])}"


def _request_words(request: OpenRequest, *, mine: bool) -> str:
    asked = labelled(_("Asked for"), f"{_(ACT_NAMES[request.act])} · {day_text(request.asked_on)} · {request.reason}")
    return "\n".join((asked, _("You asked for it: a second manager decides."))) if mine else asked
