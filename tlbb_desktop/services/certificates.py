"""Certificates: proposed by a trainer, approved and issued by a manager, reprinted, replaced, revoked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from tlbb_desktop.data.models import CertificateRecord, Person
from tlbb_desktop.data.queries import certificates as queries
from tlbb_desktop.data.queries.certificate_papers import prisons_of_certificates
from tlbb_desktop.data.queries.roster import class_learners
from tlbb_desktop.domain.certificate_numbers import parse_number
from tlbb_desktop.domain.certificates import (
    PENDING,
    CertificateKind,
    CertificatePaper,
    CertificateRow,
    CertificateState,
    Eligibility,
    Missing,
    RulesNotMet,
    require_step,
)
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.register import Learner
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.certificate_freezing import signed_words, thaw
from tlbb_desktop.services.certificate_issuing import Issuing, note_copies, paper_of
from tlbb_desktop.services.certificate_shortfalls import (
    LONGEST_REASON,
    held_against,
    learners_of,
    lines_of,
    reasons_for,
    require_short,
    shortfalls,
)
from tlbb_desktop.services.certificate_units import units_reached
from tlbb_desktop.services.class_access import ClassPrisons
from tlbb_desktop.services.gazetteer import Gazetteer
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.office import Act, Office

Progress = Callable[[int, int], None]
State = CertificateState


class CertificateService:
    """The way of a certificate from proposal to paper. Each method is one act: done whole, or not at all.

    Args:
        office: who acts on which record.
        holder: the open keys; only a manager's hold the one that signs.
        gazetteer: names the provinces.
    """

    def __init__(self, office: Office, holder: KeyHolder, gazetteer: Gazetteer) -> None:
        self._office = office
        self._holder = holder
        self._gazetteer = gazetteer
        self._prisons = ClassPrisons(office)

    # -- reading -----------------------------------------------------------------------------------------------------

    def list(self) -> tuple[CertificateRow, ...]:
        """Every certificate that the actor may see: those without a number, then the newest first."""
        limit = self._office.prison_limit(Action.CERTIFICATE_READ)
        with self._office.read(Action.CERTIFICATE_READ) as connection:
            return queries.rows(connection, limit)

    def proposals(self) -> tuple[CertificateRow, ...]:
        """What was proposed for classes that the actor may propose for, with how far each is; nothing withdrawn."""
        limit = self._office.prison_limit(Action.CERTIFICATE_PROPOSE)
        with self._office.read(Action.CERTIFICATE_PROPOSE) as connection:
            return queries.standing_rows(connection, limit)

    def rules_not_met(self, certificate_ids: Sequence[int]) -> tuple[tuple[str, Missing], ...]:
        """The rules that stand in the way of issuing proposals which gave no reason: code of the learner, and the rule.

        Raises:
            NotFound: one of them is not on record.
        """
        with self._office.act(Action.CERTIFICATE_ISSUE, enters=False) as act:
            records = [_record(act, each) for each in certificate_ids]
            return lines_of(shortfalls(act, [record for record in records if not record.despite]))

    def eligibility(
        self, class_id: int, person_ids: Sequence[int], kind: CertificateKind = CertificateKind.COMPLETION
    ) -> tuple[Eligibility, ...]:
        """Whether these learners of a class have earned a certificate, and what is missing, line by line.

        Raises:
            NotFound: somebody was never in the class.
        """
        with self._office.read(Action.CERTIFICATE_PROPOSE, self._prisons[class_id]) as connection:
            learners = learners_of(connection, class_id, person_ids)
            units = units_reached(connection, class_id, learners)
        return tuple(held_against(learners[person], kind, units.get(person)) for person in person_ids)

    def eligible(
        self, class_id: int, kind: CertificateKind = CertificateKind.COMPLETION
    ) -> tuple[tuple[Learner, Eligibility], ...]:
        """Everybody who was ever on a class's list, in the roster's order, held against the rules of the course."""
        with self._office.read(Action.CERTIFICATE_PROPOSE, self._prisons[class_id]) as connection:
            roster = [each for each in class_learners(connection, class_id) if not each.guest]
            learners = queries.learner_totals(connection, class_id, [each.person_id for each in roster])
            units = units_reached(connection, class_id, learners)
        return tuple((each, held_against(learners[each.person_id], kind, units.get(each.person_id))) for each in roster)

    # -- the way to a number -----------------------------------------------------------------------------------------

    def propose(
        self,
        class_id: int,
        person_ids: Sequence[int],
        kind: CertificateKind = CertificateKind.COMPLETION,
        despite: str = "",
    ) -> tuple[int, ...]:
        """Propose certificates for learners of a class; gives their rows.

        Args:
            class_id: row of the class.
            person_ids: rows of the learners.
            kind: what is to be attested.
            despite: why, where a rule of the course is not met.

        Raises:
            RulesNotMet: a rule is not met and no reason is given.
            Refused: somebody has such a certificate of this class already.
            NotFound: somebody was never in the class.
        """
        with self._office.act(Action.CERTIFICATE_PROPOSE, self._prisons[class_id]) as act:
            reasons = reasons_for(act, class_id, person_ids, kind, despite)
            return tuple(self._proposed(act, class_id, person, kind, reasons[person]).id for person in person_ids)

    def approve(self, certificate_ids: Sequence[int]) -> None:
        """Approve proposals.

        Raises:
            Refused: one of them is not in the state *proposed*.
            NotFound: one of them is not on record.
        """
        with self._office.act(Action.CERTIFICATE_APPROVE) as act:
            for each in certificate_ids:
                _step(act, _record(act, each), State.APPROVED)

    def withdraw(self, certificate_ids: Sequence[int], reason: str) -> None:
        """Take proposals back before they are issued; the learners can be proposed again.

        Who proposed may do so until a manager approves; who approves may do so until the issue.

        Raises:
            Refused: no reason is given, somebody else proposed it, or it is approved or issued already.
            NotFound: one of them is not on record.
        """
        _require_reason(reason)
        with self._office.store.read() as connection:
            prisons = prisons_of_certificates(connection, certificate_ids)
        for prison_id in prisons or (None,):
            self._office.permit(Action.CERTIFICATE_PROPOSE, prison_id)
        with self._office.act(Action.CERTIFICATE_PROPOSE) as act:
            for each in certificate_ids:
                record = _record(act, each)
                if not self._office.may(Action.CERTIFICATE_APPROVE):
                    _require_own_proposal(act, record)
                _withdraw(act, record, State.WITHDRAWN, reason)

    def issue(
        self,
        certificate_ids: Sequence[int],
        despite: str = "",
        progress: Progress | None = None,
        *,
        handed_out: bool = True,
    ) -> tuple[CertificatePaper, ...]:
        """Number, freeze and sign approved certificates; gives their papers.

        Args:
            certificate_ids: rows.
            despite: why, where a rule of the course is not met today and the proposal gave no reason.
            progress: told (done, all); stops the work by raising, and then none is issued.
            handed_out: whether the papers go out now; else the first that is printed later is no duplicate.

        Raises:
            RulesNotMet: a rule is not met and no reason is given.
            Refused: one of them is not approved, or would show detention or not fit its square code.
        """
        with self._office.act(Action.CERTIFICATE_ISSUE) as act:
            require_short(despite)
            records = [_record(act, each) for each in certificate_ids]
            short = shortfalls(act, [record for record in records if not record.despite])
            if short and not despite.strip():
                raise RulesNotMet(lines_of(short))
            for each in short:  # who met every rule, or was proposed with a reason, gets no other one
                each.record.despite = despite.strip()
            return self._issued(act, records, progress, handed_out=handed_out)

    def issue_at_once(
        self,
        class_id: int,
        person_ids: Sequence[int],
        kind: CertificateKind = CertificateKind.COMPLETION,
        despite: str = "",
        progress: Progress | None = None,
    ) -> tuple[CertificatePaper, ...]:
        """Issue certificates to learners of a class, completing whatever step is missing; see :meth:`issue`."""
        with self._office.act(Action.CERTIFICATE_ISSUE, self._prisons[class_id]) as act:
            reasons = reasons_for(act, class_id, person_ids, kind, despite)
            records = []
            for person in dict.fromkeys(person_ids):
                record = self._pending(act, class_id, person, kind) or self._proposed(
                    act, class_id, person, kind, reasons[person]
                )
                record.despite = record.despite or reasons[person]
                if record.state == State.PROPOSED:
                    _step(act, record, State.APPROVED)
                records.append(record)
            return self._issued(act, records, progress)

    # -- after the issue ---------------------------------------------------------------------------------------------

    def reprint(self, number: str) -> CertificatePaper:
        """The paper once more: same number, same words, marked as a duplicate of the one that went out.

        Raises:
            Refused: it is not a right number, or was replaced or revoked.
            NotFound: there is no such certificate.
        """
        row = self._numbered(number)
        with self._office.act(Action.CERTIFICATE_PRINT, row.prison_id, enters=False) as act:
            record = _record(act, row.id)
            if record.state != State.ISSUED:
                raise Refused(
                    N_("Certificate {number} is not valid any more, so it is not printed again."), number=record.number
                )
            duplicate = record.prints > 0
            note_copies(act, record, 1)
            return paper_of(act, record, duplicate=duplicate)

    def replace(self, number: str, reason: str, *, handed_out: bool = True) -> CertificatePaper:
        """Issue a new certificate with today's spelling of names and titles; the old number becomes *replaced*.

        Args:
            number: the old one.
            reason: why.
            handed_out: whether the new paper goes out now; see :meth:`issue`.

        Raises:
            Refused: no reason is given, nothing has changed, or the old one is not valid any more.
            NotFound: there is no such certificate.
        """
        _require_reason(reason)
        row = self._numbered(number)
        with self._office.act(Action.CERTIFICATE_ISSUE, row.prison_id) as act:
            old = _record(act, row.id)
            signed_words(old.envelope, old.number)
            _withdraw(act, old, State.REPLACED, reason)
            before = thaw(old.content or "")
            issuing = Issuing(act, self._holder, self._gazetteer)
            corrected = issuing.corrected(before, old)
            if replace(corrected, number=before.number, issued_on=before.issued_on) == before:
                raise Refused(N_("Certificate {number} says all this already. It stays valid."), number=before.number)
            new = CertificateRecord(
                person_id=old.person_id,
                class_id=old.class_id,
                kind=old.kind,
                state=State.APPROVED,
                despite=old.despite,
                replaces_id=old.id,
            )
            act.add(new)
            return issuing.issue(new, corrected, handed_out=handed_out)

    def revoke(self, number: str, reason: str) -> None:
        """Make a number invalid for good.

        Raises:
            Refused: no reason is given, or it is not valid any more.
            NotFound: there is no such certificate.
        """
        _require_reason(reason)
        row = self._numbered(number)
        with self._office.act(Action.CERTIFICATE_REVOKE, row.prison_id) as act:
            _withdraw(act, _record(act, row.id), State.REVOKED, reason)

    # ----------------------------------------------------------------------------------------------------------------

    def _numbered(self, number: str) -> CertificateRow:
        wanted = str(parse_number(number))
        with self._office.store.read() as connection:
            row = queries.row_with_number(connection, wanted)
        if row is None:
            raise NotFound(N_("There is no certificate with the number {number} on record."), number=wanted)
        return row

    def _pending(self, act: Act, class_id: int, person_id: int, kind: CertificateKind) -> CertificateRecord | None:
        found = queries.standing(act.connection, class_id, person_id, kind)
        return _record(act, found[0]) if found and found[2] in PENDING else None

    def _proposed(
        self, act: Act, class_id: int, person_id: int, kind: CertificateKind, despite: str
    ) -> CertificateRecord:
        found = queries.standing(act.connection, class_id, person_id, kind)
        if found:
            code = act.session.get_one(Person, person_id).code
            if found[1]:
                raise Refused(
                    N_("{code} has this certificate already, with the number {number}. Print it again, or replace it."),
                    code=code,
                    number=found[1],
                )
            raise Refused(N_("{code} is proposed for this certificate already."), code=code)
        record = CertificateRecord(
            class_id=class_id, person_id=person_id, kind=kind, state=State.DRAFT, despite=despite.strip()
        )
        act.add(record)
        _step(act, record, State.PROPOSED)
        return record

    def _issued(
        self,
        act: Act,
        records: Sequence[CertificateRecord],
        progress: Progress | None,
        *,
        handed_out: bool = True,
    ) -> tuple[CertificatePaper, ...]:
        issuing = Issuing(act, self._holder, self._gazetteer)
        issuing.look_up(records)
        papers = []
        for done, record in enumerate(records, 1):
            require_step(State(record.state), State.ISSUED)
            papers.append(issuing.issue(record, issuing.compiled(record), handed_out=handed_out))
            if progress:
                progress(done, len(records))
        return tuple(papers)


def _record(act: Act, certificate_id: int) -> CertificateRecord:
    record = act.session.get(CertificateRecord, certificate_id)
    if record is None:
        raise NotFound(N_("This certificate is not on record."))
    return record


def _step(act: Act, record: CertificateRecord, after: CertificateState) -> None:
    require_step(State(record.state), after)
    act.change(record, record.version)
    record.state = after
    act.record(f"certificate_{after}", f"certificate:{record.id}", f"class:{record.class_id} person:{record.person_id}")
    act.changed("certificate", record.id)


def _withdraw(act: Act, record: CertificateRecord, after: CertificateState, reason: str) -> None:
    require_step(State(record.state), after)
    act.change(record, record.version)
    record.state, record.reason, record.withdrawn_on = after, reason.strip(), act.today
    detail = record.number or f"class:{record.class_id} person:{record.person_id}"
    act.record(f"certificate_{after}", f"certificate:{record.id}", detail)
    act.changed("certificate", record.id)


def _require_own_proposal(act: Act, record: CertificateRecord) -> None:
    """Raise Refused unless the actor proposed it and nobody has approved it yet."""
    code = act.session.get_one(Person, record.person_id).code
    if record.created_by != act.actor.staff_id:
        raise Refused(
            N_("The certificate of {code} was proposed by somebody else. They or a manager can withdraw it."), code=code
        )
    if record.state == State.APPROVED:
        raise Refused(
            N_("The certificate of {code} is approved already. Ask a manager to withdraw the proposal."), code=code
        )


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(N_("Give a reason."), place="reason")
    if len(reason) > LONGEST_REASON:
        raise Refused(N_("The reason is too long. {most} letters are enough."), place="reason", most=LONGEST_REASON)
