"""Questions that wait for the liaison, and guests that wait to be joined to a record."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Protocol

from tlbb_desktop.data import models
from tlbb_desktop.data.queries import questions as queries
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.questions import GuestRow, OpenQuestion
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.marking import checked_note
from tlbb_desktop.services.office import Act, Office


class People(Protocol):
    """What joining a guest needs of the people service."""

    def merge(self, kept_id: int, merged_id: int, reason: str = "") -> object:
        """Make two records of one person one."""
        ...


class QuestionService:
    """What one member of staff left for another.

    Args:
        office: the record and who acts.
        people: joins two records with their history.
    """

    def __init__(self, office: Office, people: People) -> None:
        self._office = office
        self._people = people

    def open_questions(self) -> tuple[OpenQuestion, ...]:
        """Questions that nobody has answered, oldest first."""
        limit = self._office.prison_limit(Action.QUESTION_ANSWER)
        with self._office.store.read() as connection:
            return queries.open_questions(connection, limit)

    def guests(self) -> tuple[GuestRow, ...]:
        """Guests that nobody has joined to a record yet."""
        limit = self._office.prison_limit(Action.QUESTION_ANSWER)
        with self._office.store.read() as connection:
            return queries.guests(connection, limit)

    def join_guest(self, guest_id: int, person_id: int) -> None:
        """Say who a guest is: the guest's marks and days move to the record of that person.

        Raises:
            Refused: the row is no guest, or was joined already.
        """
        with self._office.store.read() as connection:
            prison_id = queries.prison_of_open_guest(connection, guest_id)
        if prison_id is None:
            raise Refused(N_("This row is not a guest, or was joined to a record already."))
        self._office.permit(Action.QUESTION_ANSWER, prison_id)
        self._people.merge(person_id, guest_id, "guest")

    def answer(self, question_id: int, text: str, left_on: date | None = None) -> None:
        """Answer a question.

        Args:
            question_id: row of the question.
            text: what the asker and the next reader should know.
            left_on: the last day in the class, when the person is gone; the enrolment ends with it.

        Raises:
            NotFound: the question is not on record.
            Refused: it was answered already, or *left_on* lies before the enrolment began.
        """
        note = checked_note(text)
        with self._office.store.read() as connection:
            prison_id = queries.prison_of_question(connection, question_id)
        with self._office.act(Action.QUESTION_ANSWER, prison_id) as act:
            question = act.session.get(models.Question, question_id)
            if question is None:
                raise NotFound(N_("This question is not on record any more."))
            if question.answered_at is not None:
                raise Refused(N_("This question was answered already."))
            act.change(question, question.version)
            question.answer, question.answered_at, question.answered_by = note, act.at, act.actor.staff_id
            if left_on is not None:
                _end_enrolments(act, question, left_on)
            act.record("answer", f"question:{question_id}", f"left:{left_on}" if left_on else "")
            act.changed("question", question_id)


def _end_enrolments(act: Act, question: models.Question, left_on: date) -> None:
    """End the enrolments in the class that the question came from with *left_on*, the last day."""
    wanted = queries.enrolments_after(question.person_id, question.class_id, left_on)
    for stored in act.session.scalars(wanted):
        if stored.starts_on > left_on + timedelta(days=1):
            raise Refused(N_("{day} lies before the enrolment began."), place="left_on", day=left_on)
        act.change(stored, stored.version)
        stored.ends_on, stored.end_reason = left_on, "gone"
        act.changed("class", stored.class_id)
    act.changed("person", question.person_id)
