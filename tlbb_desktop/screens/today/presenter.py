"""What Today shows and does, without widgets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tlbb_desktop.domain.people import PeopleFilter, PersonRow
from tlbb_desktop.domain.questions import GuestRow, OpenQuestion
from tlbb_desktop.domain.release_plans import LeavingLine
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.domain.today import ClockDoubt, TodayPage, TodaySession
from tlbb_desktop.domain.work_list import DoneLine, WorkList
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.copies import CopyStanding
from tlbb_desktop.wiring import Desk

PEOPLE_OFFERED = 20
RESTORE_READ = "restore_read"


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """What a new programme has done before its first mark; shown until that is made."""

    people: bool
    classes: bool


class TodayPresenter:
    """The page of one's role, read afresh.

    Args:
        desk: the services.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.page: TodayPage | None = None
        self.doubt: ClockDoubt | None = None
        self.questions: tuple[OpenQuestion, ...] = ()
        self.guests: tuple[GuestRow, ...] = ()
        self.first_steps: FirstSteps | None = None
        self.restored_from: datetime | None = None
        self.copies: CopyStanding | None = None
        self.work: WorkList | None = None
        self.done_lately: tuple[DoneLine, ...] = ()
        self.leaving: tuple[LeavingLine, ...] = ()
        self.whole: set[str] = set()

    @property
    def role(self) -> Role:
        """Whose page it is."""
        return self._desk.actor.role

    @property
    def today(self) -> date:
        """The working day."""
        return self._desk.office.clock.today()

    def load(self, *, after_stop: bool) -> None:
        """Read everything."""
        self.page = self._desk.today.page(after_stop)
        self.doubt = self._desk.today.clock_doubt()
        self.questions = self._desk.questions.open_questions() if self.page.questions else ()
        self.guests = self._desk.questions.guests() if self.page.guests else ()
        self.first_steps = self._read_first_steps()
        self.restored_from = self._read_restore()
        closed = self._desk.office.closed_since() is not None
        self.copies = None if closed else self._desk.copies.standing()  # a record that moved needs no copies here
        self._read_work()

    def may(self, action: Action) -> bool:
        """Whether the reader may do *action* somewhere."""
        return self._desk.office.may(action)

    def first_session(self) -> TodaySession | None:
        """The session of today that comes first to hand: the running or next one with a mark missing, else none."""
        now = self._desk.office.clock.now().time().replace(tzinfo=None)
        open_ones = [one for one in self._page().sessions if not one.complete]
        running = [one for one in open_ones if one.ends > now]
        return running[0] if running else open_ones[-1] if open_ones else None

    @property
    def approvals_wait(self) -> bool:
        """Whether colleagues wait for the reader, which comes before a register of his own."""
        return bool(self._page().approvals or self._page().plans)

    def backup_is_due(self) -> bool:
        """Whether a copy outside the laptop is asked for."""
        return self.copies is not None and self.copies.is_due(self.today)

    def answer(self, question_id: int, text: str, left_on: date | None) -> None:
        """Answer a question."""
        self._desk.questions.answer(question_id, text, left_on)

    def join(self, guest_id: int, person_id: int) -> None:
        """Say who a guest is."""
        self._desk.questions.join_guest(guest_id, person_id)

    def people_named(self, text: str) -> list[PersonRow]:
        """People on record whom *text* finds; guests are not among them."""
        if not text.strip():
            return []
        ids = self._desk.people.ids(PeopleFilter(search=text))[:PEOPLE_OFFERED]
        rows = self._desk.people.rows(ids)
        return [rows[person_id] for person_id in ids if person_id in rows]

    def person_of(self, case_id: int) -> int:
        """Whose case it is."""
        return self._desk.cases.file(case_id).person_id

    def work_on(self, day: date) -> None:
        """Go on with *day* as the working day."""
        self._desk.today.work_on(day)

    def put_restore_away(self) -> None:
        """The reader has entered again what came after the backup; who may restore says so for everybody."""
        if self.may(Action.BACKUP_RESTORE):
            self._desk.backups.entered_again()
            return
        self._desk.settings.put_mine(RESTORE_READ, self._restore().get("restored_at", ""))

    def _read_work(self) -> None:
        """The work list of who works with cases: a social worker's own, a liaison's releases and items."""
        work, worker, liaison = self._desk.work_list, self.role is Role.SOCIAL_WORKER, self.role is Role.LIAISON
        self.work = work.page() if worker or liaison else None
        self.done_lately = work.lately() if worker else ()
        self.leaving = self._desk.release_lists.leaving() if liaison else ()

    def _read_first_steps(self) -> FirstSteps | None:
        if not self.may(Action.CLASS_WRITE) or self._desk.attendance.any_mark():
            return None
        return FirstSteps(bool(self._desk.people.ids()), bool(self._desk.classes.classes()))

    def _read_restore(self) -> datetime | None:
        came = self._restore()
        if not came or came["restored_at"] == self._desk.settings.mine(RESTORE_READ):
            return None
        return datetime.fromisoformat(came["made_at"])

    def _restore(self) -> dict[str, str]:
        came = self._desk.settings.get("restored_from") if self._page().restored else None
        return came if isinstance(came, dict) else {}

    def _page(self) -> TodayPage:
        assert self.page is not None  # noqa: S101 - nothing is shown before it was read
        return self.page
