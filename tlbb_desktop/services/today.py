"""Today: what one's role has to do now, read in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection

from tlbb_desktop.data.queries import register as register_queries
from tlbb_desktop.data.queries import sheets as sheet_queries
from tlbb_desktop.data.queries import today as queries
from tlbb_desktop.data.queries import training as training_queries
from tlbb_desktop.data.queries.today import Reach
from tlbb_desktop.domain.assessment import LastAttempt
from tlbb_desktop.domain.clock import CAMBODIA, WorkingDayClock
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.register import LastMark
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.domain.today import ClockDoubt, TodayPage, clock_is_doubtful, sheets_month
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.calendar import days_off
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.membership_record import prisons_of
from tlbb_desktop.services.office import Office

UNMARKED_SHOWN: Final = 20
#: Held sessions with a missing mark are looked for so far back; older months are closed.
UNMARKED_SINCE_DAYS: Final = 62
_NEXT_WITHIN_DAYS: Final = 14
_END_OF_MONTH: Final = timedelta(days=14)


class TodayService:
    """The first page.

    Args:
        office: who acts on which record.
        holder: knows whether a change of keys waits.
        follow_the_day: brings people's stays and ages to the working day.
    """

    def __init__(self, office: Office, holder: KeyHolder, follow_the_day: Callable[[], None]) -> None:
        self._office = office
        self._holder = holder
        self._follow_the_day = follow_the_day

    def page(self, after_stop: bool = False) -> TodayPage:
        """What the actor has to do.

        Args:
            after_stop: whether the program stopped without an end the last time; the last mark or attempt kept is named
                then.
        """
        limit = self._office.prison_limit(Action.CLASS_READ)
        now = self._office.clock.now()
        with self._office.read(Action.CLASS_READ) as connection:
            page = self._work(connection, now, self._reach(limit))
            page = self._sheets(connection, page, limit)
            page = self._of_role(connection, page, limit)
            settings = sheet_queries.settings(connection, "last_backup", "restored_from", "demonstration")
            page = self._again(connection, page, now, settings.get("restored_from"), limit)
            last_mark, last_attempt = self._last_kept(connection) if after_stop else (None, None)
        return replace(
            page,
            laptop_day=self._laptop_day(now.date()),
            last_mark=last_mark,
            last_attempt=last_attempt,
            last_backup_at=_backup_moment(settings.get("last_backup")),
            rekey_due=self._holder.rekey_due,
            restored=bool(settings.get("restored_from")),
            demonstration=bool(settings.get("demonstration")),
        )

    def _again(
        self, connection: Connection, page: TodayPage, now: datetime, came: Any, limit: frozenset[int] | None
    ) -> TodayPage:
        """What the timetable expects between the copy that this record came out of and now."""
        if not came:
            return page
        copied_at, reach = datetime.fromisoformat(came["made_at"]).astimezone(CAMBODIA), self._reach(limit)
        again, count = queries.unmarked_after(connection, copied_at, now, reach, UNMARKED_SHOWN)
        return replace(page, again=again, again_count=count)

    def clock_doubt(self) -> ClockDoubt | None:
        """Why the laptop's clock cannot be right, or None; the program asks once what day it is.

        The demonstration is opened at any time after it was made, so its clock is never doubted.
        """
        now = self._office.laptop_clock.now()
        if self._office.clock is not self._office.laptop_clock:
            return None
        with self._office.read(Action.CLASS_READ) as connection:
            last = queries.last_mark_at(connection)
            if last is None or not clock_is_doubtful(now, last):
                return None
            if sheet_queries.settings(connection, "demonstration").get("demonstration"):
                return None
            until = last.date() + timedelta(days=_NEXT_WITHIN_DAYS)
            following = queries.next_planned(connection, last, until, Reach(None))
        return ClockDoubt(now.date(), last, following.day if following else last.date())

    def work_on(self, day: date) -> None:
        """Go on with *day* as the working day, as the staff say; the laptop's own readings are kept beside it.

        Whose prison is whose, and who stays where, was read by the wrong clock at the login, so both are read again.
        """
        office = self._office
        with office.own_act(enters=False) as act:
            act.record("working_day", day.isoformat(), f"laptop:{office.laptop_clock.today()}")
            own = prisons_of(act.session, act.actor.staff_id, day)
        office.clock = WorkingDayClock(office.laptop_clock, day)
        office.actor = replace(office.actor, prisons=own)
        self._follow_the_day()

    def _reach(self, limit: frozenset[int] | None) -> Reach:
        actor = self._office.actor
        return Reach(limit, actor.staff_id if actor.role is Role.TRAINER else None)

    def _work(self, connection: Connection, now: datetime, reach: Reach) -> TodayPage:
        today = now.date()
        since = today - timedelta(days=UNMARKED_SINCE_DAYS)
        unmarked, count = queries.unmarked_before(connection, today, since, reach, UNMARKED_SHOWN)
        return TodayPage(
            role=self._office.actor.role,
            day=today,
            sessions=queries.sessions_of(connection, today, reach),
            next_session=queries.next_planned(connection, now, today + timedelta(days=_NEXT_WITHIN_DAYS), reach),
            unmarked=unmarked,
            unmarked_count=count,
        )

    def _sheets(self, connection: Connection, page: TodayPage, limit: frozenset[int] | None) -> TodayPage:
        month = Month.of(page.day)
        near_end = month.last - page.day <= _END_OF_MONTH  # the list of holidays takes a moment to load
        off = days_off(connection, month.first, month.last) if near_end else frozenset()
        due = sheets_month(page.day, off, always=page.role is Role.LIAISON)
        if due is None:
            return page
        return replace(page, sheets_month=due, sheets=sheet_queries.sheet_lines(connection, due, page.day, limit))

    def _of_role(self, connection: Connection, page: TodayPage, limit: frozenset[int] | None) -> TodayPage:
        if self._office.may(Action.QUESTION_ANSWER):
            questions, guests = queries.waiting(connection, limit)
            page = replace(page, questions=questions, guests=guests)
        if self._office.may(Action.CERTIFICATE_APPROVE):
            approving = self._office.prison_limit(Action.CERTIFICATE_APPROVE)
            plans_too = self._office.may(Action.PLAN_APPROVE)
            certificates, plans = queries.approvals(connection, approving, plans=plans_too)
            page = replace(page, approvals=certificates, plans=plans)
        if page.role is Role.MANAGER:
            page = replace(page, sites=queries.sites(connection, page.day))
        return page

    def _last_kept(self, connection: Connection) -> tuple[LastMark | None, LastAttempt | None]:
        """The last mark or the last attempt, whichever was entered later, of the prisons that the actor may see."""
        mark = register_queries.last_mark(connection, self._office.prison_limit(Action.CLASS_READ))
        if not self._office.may(Action.PROGRESS_READ):
            return mark, None
        attempt = training_queries.last_attempt(connection, self._office.prison_limit(Action.PROGRESS_READ))
        if mark is not None and attempt is not None:
            return (mark, None) if mark.at >= attempt.at else (None, attempt)
        return mark, attempt

    def _laptop_day(self, working_day: date) -> date | None:
        day = self._office.laptop_clock.today()
        return day if day != working_day else None


def _backup_moment(kept: Any) -> datetime | None:
    """When the newest backup was made, from the setting that lists them; a list that is broken names none."""
    try:
        return datetime.fromisoformat(kept[0]["made_at"]) if kept else None
    except (KeyError, TypeError, ValueError):
        return None
