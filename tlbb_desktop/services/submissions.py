"""Certificates on their way through the Ministry: the list with its clock, and the files that go with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import select

from tlbb_desktop.data.models import Submission
from tlbb_desktop.data.queries import certificates as certificate_queries
from tlbb_desktop.data.queries import submissions as queries
from tlbb_desktop.data.queries.roster import class_learners
from tlbb_desktop.domain.births import UNKNOWN_BIRTH
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.submissions import SubmissionLine
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import normalise
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.class_access import ClassPrisons
from tlbb_desktop.services.gazetteer import Gazetteer
from tlbb_desktop.services.marking import checked_note
from tlbb_desktop.services.office import Act, Office, require_unchanged
from tlbb_desktop.services.people import PeopleService
from tlbb_desktop.services.whole_file import write_whole

NATIONAL_ID = "national_id"
_LONGEST_NUMBER = 60


class SubmissionService:
    """What the Ministry gets to sign, and when.

    Args:
        office: who acts on which record.
        people: opens what form T1 asks for.
        gazetteer: names the provinces.
    """

    def __init__(self, office: Office, people: PeopleService, gazetteer: Gazetteer) -> None:
        self._office, self._people, self._gazetteer = office, people, gazetteer
        self._prisons = ClassPrisons(office)

    def lines(self) -> tuple[SubmissionLine, ...]:
        """Every valid certificate of completion, the earliest results first."""
        with self._office.read(Action.SUBMISSION) as connection:
            return queries.lines(connection, self._office.clock.today())

    def note_results(self, number: str, day: date, version: int | None = None) -> None:
        """Say on which day the results were settled, from which the six months run.

        Args:
            number: of the certificate.
            day: when its results were settled.
            version: of its ``SubmissionLine`` as it was read; None = whatever stands.

        Raises:
            Refused: the day is still to come, or lies after the sending.
            NotFound: no valid certificate of completion has this number.
            ChangedMeanwhile: somebody noted something about it meanwhile.
        """
        with self._office.act(Action.SUBMISSION) as act:
            _require_past(act, day)
            (stored,) = self._stored(act, [number], _of_one(number, version))
            if stored.sent_on is not None and day > stored.sent_on:
                raise Refused(N_("{day} lies after the day on which it was sent."), place="results_on", day=day)
            stored.results_on = day
            act.record("submission_results", f"certificate:{stored.certificate_id}", f"{number} {day}")

    def note_sent(self, numbers: Sequence[str], day: date, versions: Mapping[str, int] | None = None) -> None:
        """Say that certificates went to the Ministry.

        Args:
            numbers: of the certificates.
            day: when they went.
            versions: number -> version of its ``SubmissionLine`` as it was read; None = whatever stands.

        Raises:
            Refused: the day is still to come, or lies before the results.
            NotFound: no valid certificate of completion has one of the numbers.
            ChangedMeanwhile: somebody noted something about one of them meanwhile.
        """
        with self._office.act(Action.SUBMISSION) as act:
            _require_past(act, day)
            for stored in self._stored(act, numbers, versions or {}):
                if day < stored.results_on:
                    raise Refused(N_("{day} lies before the results."), place="sent_on", day=day)
                stored.sent_on = day
                act.record("submission_sent", f"certificate:{stored.certificate_id}", str(day))

    def note_returned(self, number: str, day: date, ministry_number: str, version: int | None = None) -> None:
        """Say that a certificate came back signed, with the number that the Ministry gave it.

        Args:
            number: of the certificate.
            day: when it came back.
            ministry_number: that it was given there.
            version: of its ``SubmissionLine`` as it was read; None = whatever stands.

        Raises:
            Refused: it was never sent, the day lies before that or is still to come, or no number is given.
            NotFound: no valid certificate of completion has this number.
            ChangedMeanwhile: somebody noted something about it meanwhile.
        """
        given = " ".join(normalise(ministry_number).split())
        with self._office.act(Action.SUBMISSION) as act:
            _require_past(act, day)
            (stored,) = self._stored(act, [number], _of_one(number, version))
            if stored.sent_on is None or day < stored.sent_on:
                raise Refused(N_("Certificate {number} was not sent before {day}."), number=number, day=day)
            if not given or len(given) > _LONGEST_NUMBER:
                raise Refused(N_("Write the number that the Ministry gave."), place="ministry_number")
            stored.returned_on, stored.ministry_number = day, given
            act.record("submission_returned", f"certificate:{stored.certificate_id}", str(day))

    def export(self, path: Path, language: str) -> Path:
        """Write the list for the Ministry as XLSX, in ``km`` or ``en``.

        Raises:
            StorageFull, Refused: the file could not be written.
        """
        from tlbb_desktop.documents.ministry_lists import LIST, submission_sheet
        from tlbb_desktop.documents.plain_workbook import plain_workbook

        with self._office.act(Action.SUBMISSION, enters=False) as act:
            lines = queries.lines(act.connection, act.today)
            act.record("submission_list_exported", "certificates", f"lines:{len(lines)}")
        write_whole(path, plain_workbook([submission_sheet(lines, language)], str(LIST), self._office.clock.today()))
        return path

    def export_t1(self, class_id: int, path: Path, language: str, reason: str) -> Path:
        """Write the learners of a class in the shape of TVETMIS form T1, as XLSX; what is not known stays empty.

        Args:
            class_id: row of the class.
            path: of the file.
            language: ``km`` or ``en``.
            reason: who gets the names and what for; it is kept in the record of acts.

        Raises:
            StorageFull, Refused: there is no reason, or the file could not be written.
        """
        from tlbb_desktop.documents.ministry_lists import T1, T1Learner, t1_sheet
        from tlbb_desktop.documents.plain_workbook import plain_workbook

        reason = checked_note(reason)
        with self._office.read(Action.SUBMISSION, self._prisons[class_id]) as connection:
            if not reason:
                raise Refused(N_("Give a reason."), place="reason")
            training = certificate_queries.training(connection, class_id)
            roster = [each for each in class_learners(connection, class_id) if not each.guest]
        learners = []
        for each in roster:
            person = self._people.record(each.person_id)
            identity = person.identity
            province = self._gazetteer.place(person.province_code)
            learners.append(
                T1Learner(
                    names=person.names,
                    sex=person.sex,
                    birth=identity.birth if identity else UNKNOWN_BIRTH,
                    national_id=identity.id_numbers.get(NATIONAL_ID, "") if identity else "",
                    course_km=training.course_km,
                    course_en=training.course_en,
                    starts_on=training.starts_on,
                    ends_on=training.ends_on,
                    province_km=province.name_km if province else "",
                    province_en=province.name_latin if province else "",
                )
            )
        with self._office.act(Action.SUBMISSION, self._prisons[class_id], enters=False) as act:
            act.record("t1_exported", f"class:{class_id}", f"people:{len(learners)} {reason}")
        write_whole(path, plain_workbook([t1_sheet(learners, language)], str(T1), self._office.clock.today()))
        return path

    @staticmethod
    def _stored(act: Act, numbers: Sequence[str], seen: Mapping[str, int]) -> tuple[Submission, ...]:
        """The rows of certificates, made where nothing was noted yet; their versions are counted up.

        *seen* holds the versions that were read, of those numbers for which it matters.
        """
        known = {line.number: line for line in queries.lines(act.connection, act.today)}
        found = []
        for number in numbers:
            line = known.get(number.strip().upper())
            if line is None:
                raise NotFound(
                    N_("There is no valid certificate of completion with the number {number}."), number=number
                )
            require_unchanged(line.version, seen.get(number))
            wanted = select(Submission).where(Submission.certificate_id == line.certificate_id)
            stored = act.session.scalars(wanted).one_or_none()
            if stored is None:
                stored = Submission(certificate_id=line.certificate_id, results_on=line.results_on)
                act.add(stored)
            else:
                act.change(stored, stored.version)
            act.changed("certificate", line.certificate_id)
            found.append(stored)
        return tuple(found)


def _of_one(number: str, version: int | None) -> dict[str, int]:
    return {} if version is None else {number: version}


def _require_past(act: Act, day: date) -> None:
    if day > act.today:
        raise Refused(
            N_("{day} is still to come; today is {today}. Nothing was changed."), place="day", day=day, today=act.today
        )
