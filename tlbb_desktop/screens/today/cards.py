"""The cards of Today, each made afresh from what was read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Protocol, TypeAlias

from PySide6.QtWidgets import QWidget

from tlbb_desktop.domain.certificates import CertificateState
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.questions import GuestRow, OpenQuestion
from tlbb_desktop.domain.sheet_rules import SheetLine
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.domain.today import TodaySession
from tlbb_desktop.i18n.catalog import _, _p
from tlbb_desktop.i18n.days import day_in_words, digits, moment_text, month_in_words
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.theme import set_role
from tlbb_desktop.screens.today import words as say
from tlbb_desktop.screens.today.house_card import house_card
from tlbb_desktop.screens.today.presenter import TodayPresenter
from tlbb_desktop.screens.today.work_cards import WorkCards
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.destinations import OpenBoard, OpenCertificates, OpenRegister
from tlbb_desktop.widgets.progress_strip import ProgressStrip
from tlbb_desktop.widgets.task_line import TaskLine

UNMARKED_SHOWN = 6
Maker: TypeAlias = Callable[[], QWidget | Iterable[QWidget] | None]


class Doer(Protocol):
    """What the lines of the cards lead to."""

    def go(self, place: str, argument: object = None) -> None:
        """Open another page."""
        ...

    def ask_answer(self, question: OpenQuestion) -> None:
        """Answer a question."""
        ...

    def ask_join(self, guest: GuestRow) -> None:
        """Say who a guest is."""
        ...

    def put_restore_away(self) -> None:
        """The papers are entered again."""
        ...

    def show_all(self, part: str) -> None:
        """Show every line of a part of the work list."""
        ...


class Cards:
    """Makes the cards of one's role in their order.

    Args:
        presenter: what was read.
        doer: what the buttons do.
    """

    def __init__(self, presenter: TodayPresenter, doer: Doer) -> None:
        self._presenter, self._doer = presenter, doer
        self._work = WorkCards(presenter, doer)

    def all(self) -> list[QWidget]:
        """The cards from the top."""
        day, unmarked, sheets, asked = self._day, self._unmarked, self._sheets, self._asked
        work, leaving = self._work.list, self._work.leaving
        orders: dict[Role, tuple[Maker, ...]] = {
            Role.TRAINER: (day, unmarked, sheets),
            Role.LIAISON: (sheets, leaving, work, asked, unmarked, day),
            Role.MANAGER: (self._approvals, asked, day, unmarked, sheets, self._sites),
            Role.SOCIAL_WORKER: (work, day, self._work.done),
        }
        makers = (self._last_kept, self._first_steps, self._again, *orders[self._presenter.role], self._house)
        return [card for make in makers for card in _made(make)]

    def _last_kept(self) -> QWidget | None:
        page = self._presenter.page
        if page is None:
            return None
        if (mark := page.last_mark) is not None:
            line = TaskLine(("check", "success"), say.last_mark_words(mark), mark.class_code)
            wish = OpenRegister(mark.class_id, Month.of(mark.session_day))
            line.add_button(_p("marking in the register", "Go on"), partial(self._doer.go, "register", wish))
        elif (attempt := page.last_attempt) is not None:
            line = TaskLine(("check", "success"), say.last_attempt_words(attempt), attempt.class_code)
            goal = OpenBoard(attempt.class_id)
            line.add_button(_p("marking in the register", "Go on"), partial(self._doer.go, "board", goal))
        else:
            return None
        line.setContentsMargins(12, 6, 10, 6)
        set_role(line, "banner-success")
        return line

    def _first_steps(self) -> QWidget | None:
        steps = self._presenter.first_steps
        if steps is None:
            return None
        go = self._doer.go
        lines = (
            (steps.people, _("1. Take in the list of people"), _("From a spreadsheet, or one by one."), "people"),
            (steps.classes, _("2. Add a class"), _("With its days and times; then enrol its learners."), "classes"),
            (False, _("3. Take the register"), _("By keyboard; every mark is kept at once."), "register"),
        )
        arguments = {"people": "import" if self._presenter.may(Action.PEOPLE_IMPORT) else None, "classes": "new"}
        card = Card(N_("Three steps to the first register"))
        waiting = True
        for done, text, caption, place in lines:
            line = TaskLine(("circle-check", "success") if done else ("arrow-right", "accent"), text, caption)
            if not done:
                line.add_button(_("Begin"), partial(go, place, arguments.get(place)), primary=waiting)
                waiting = False
            card.body.addWidget(line)
        return card

    def _day(self) -> QWidget | None:
        presenter, page = self._presenter, self._presenter.page
        if page is None or presenter.first_steps is not None:
            return None
        card = Card(N_("Classes of today"))
        first = None if presenter.approvals_wait else presenter.first_session()
        for session in page.sessions:
            line = TaskLine(say.session_sign(session), say.session_words(session), say.session_caption(session))
            self._add_register_button(line, session, primary=session == first)
            card.body.addWidget(line)
        if not page.sessions:
            card.body.addWidget(TaskLine(("sun", "muted"), _("No class today."), self._next_words()))
        return card

    def _next_words(self) -> str:
        page = self._presenter.page
        if page is None or page.next_session is None:
            return ""
        following = page.next_session
        return _("Next: {day}, {session}").format(day=day_in_words(following.day), session=say.session_words(following))

    def _add_register_button(self, line: TaskLine, session: TodaySession, *, primary: bool) -> None:
        may_mark = self._presenter.may(Action.MARK)
        words = say.marked_words(session) if may_mark else _p("the register of a session", "Open")
        self._open_button(line, words, session, primary=primary and may_mark)

    def _open_button(self, line: TaskLine, words: str, session: TodaySession, *, primary: bool = False) -> None:
        wish = OpenRegister(session.class_id, Month.of(session.day), session.session_id)
        line.add_button(words, partial(self._doer.go, "register", wish), icon="clipboard-check", primary=primary)

    def _unmarked(self) -> QWidget | None:
        page = self._presenter.page
        if page is None or not page.unmarked_before:
            return None
        known_twice = len(page.unmarked) - len(page.unmarked_before)
        return self._sessions(Card(N_("Marks are missing")), page.unmarked_before, page.unmarked_count - known_twice)

    def _again(self) -> QWidget | None:
        """After a restore: what the timetable expects since the copy, by class and day, until it is marked or done."""
        page = self._presenter.page
        if page is None or self._presenter.restored_from is None:
            return None
        card = Card(N_("To enter again from paper"))
        moment = moment_text(self._presenter.restored_from)
        line = TaskLine(
            ("archive-restore", "warning"),
            _("This record came out of the backup of {moment}.").format(moment=moment),
            _("Enter again from paper what was marked or changed after it."),
        )
        line.add_button(_("All is entered"), self._doer.put_restore_away)
        card.body.addWidget(line)
        return self._sessions(card, page.again, page.again_count)

    def _sessions(self, card: Card, sessions: Sequence[TodaySession], count: int) -> Card:
        """Lines that open the register, the first few of *count*."""
        for session in sessions[:UNMARKED_SHOWN]:
            line = TaskLine(("triangle-alert", "warning"), say.past_words(session), say.past_caption(session))
            self._open_button(line, _p("the register of a session", "Open"), session)
            card.body.addWidget(line)
        more = count - min(UNMARKED_SHOWN, len(sessions))
        if more > 0:
            card.body.addWidget(TaskLine(("ellipsis", "muted"), _("{count} more sessions").format(count=digits(more))))
        return card

    def _sheets(self) -> QWidget | None:
        page = self._presenter.page
        if page is None or page.sheets_month is None or not page.sheets:
            return None
        card = Card(N_("Month sheets"))
        complete = _("{month}: {complete} of {all} complete").format(
            month=month_in_words(page.sheets_month.first),
            complete=digits(page.sheets_complete),
            all=digits(len(page.sheets)),
        )
        card.set_hint(complete)
        for sheet in page.sheets:
            card.body.addWidget(self._sheet_line(sheet, page.sheets_month))
        return card

    def _sheet_line(self, sheet: SheetLine, month: Month) -> TaskLine:
        caption = say.sheet_caption(sheet)
        line = TaskLine(say.sheet_sign(sheet), say.sheet_words(sheet), caption)
        line.row.addWidget(ProgressStrip(sheet.marked, sheet.sessions - sheet.marked, sheet.to_come, caption))
        if sheet.sessions > sheet.marked:
            missing = self._missing_session(sheet, month)
            line.add_button(_("Missing marks"), partial(self._doer.go, "register", missing), icon="clipboard-check")
        line.add_button(_("Sheet"), partial(self._doer.go, "sheets", (sheet.class_id, month)), icon="file-spreadsheet")
        return line

    def _missing_session(self, sheet: SheetLine, month: Month) -> OpenRegister:
        """The newest session of the class with a missing mark; where it is not known the register finds it."""
        page = self._presenter.page
        known = (*page.sessions, *page.unmarked) if page else ()
        for session in known:
            if session.class_id == sheet.class_id and session.day in month and not session.complete:
                return OpenRegister(sheet.class_id, month, session.session_id)
        return OpenRegister(sheet.class_id, month)

    def _asked(self) -> QWidget | None:
        presenter = self._presenter
        if not (presenter.questions or presenter.guests):
            return None
        card = Card(N_("Questions from the classes"))
        for question in presenter.questions:
            line = TaskLine(
                ("circle-question-mark", "accent"), say.question_words(question), say.question_caption(question)
            )
            line.add_button(_("Answer"), partial(self._doer.ask_answer, question))
            card.body.addWidget(line)
        for guest in presenter.guests:
            line = TaskLine(("user-search", "accent"), say.guest_words(guest), say.guest_caption(guest))
            line.add_button(_("Join"), partial(self._doer.ask_join, guest))
            card.body.addWidget(line)
        return card

    def _approvals(self) -> QWidget | None:
        page, plans = self._presenter.page, list(self._work.plans())
        if page is None or not self._presenter.approvals_wait:
            return None
        card = Card(N_("To approve"))
        for line in page.approvals:
            shown = TaskLine(("badge-check", "accent"), say.approval_words(line), say.approval_caption(line))
            go = partial(self._doer.go, "certificates", OpenCertificates(CertificateState.PROPOSED, line.class_code))
            shown.add_button(_p("certificates to approve", "Look"), go, primary=line == page.approvals[0])
            card.body.addWidget(shown)
        for plan in plans:
            card.body.addWidget(plan)
        return card

    def _house(self) -> QWidget | None:
        return house_card(self._presenter, self._doer)

    def _sites(self) -> QWidget | None:
        page = self._presenter.page
        if page is None or not page.sites or self._presenter.first_steps is not None:
            return None
        card = Card(N_("Sites"))
        for site in page.sites:
            card.body.addWidget(TaskLine(("map-pin", "muted"), say.site_words(site), say.site_caption(site)))
        return card


def _made(make: Maker) -> list[QWidget]:
    made = make()
    if made is None:
        return []
    return [made] if isinstance(made, QWidget) else list(made)
