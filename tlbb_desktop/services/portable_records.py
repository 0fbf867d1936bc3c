"""A learner's units and hours, signed here for another laptop, and taken in from one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, select

from tlbb_desktop.data.models import BroughtRecord, Person, TrainingClass
from tlbb_desktop.data.models.vocabulary import new_uuid
from tlbb_desktop.data.queries import certificates as certificate_queries
from tlbb_desktop.data.queries import training as training_queries
from tlbb_desktop.data.queries import training_records as record_queries
from tlbb_desktop.data.repositories.training import AttemptRows, NewEntry
from tlbb_desktop.documents import portable_record_file as files
from tlbb_desktop.domain.assessment import Entry, EntryKind, counted_credits, credits_of
from tlbb_desktop.domain.course_tallies import joined
from tlbb_desktop.domain.curricula import Curriculum
from tlbb_desktop.domain.errors import BadFile, NotFound, Refused
from tlbb_desktop.domain.people import Names
from tlbb_desktop.domain.portable_records import CarriedUnit, PortableRecord, TakenRecord
from tlbb_desktop.domain.progress import Board, BoardLearner
from tlbb_desktop.domain.stigma import StigmaLint
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import search_key
from tlbb_desktop.security import certificate_keys as crypto
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.certificate_issuing import private_numbers, sites
from tlbb_desktop.services.certificate_signing import Signer, issuer, own_signer
from tlbb_desktop.services.class_access import ClassPrisons
from tlbb_desktop.services.class_curricula import ClassCurricula
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.marking import check_enrolled
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.progress_reading import read_class
from tlbb_desktop.services.whole_file import write_whole


class PortableRecordService:
    """Gives out and takes in training records that travel as files.

    Args:
        office: who acts on which record.
        holder: the open keys; a manager's sign the file.
    """

    def __init__(self, office: Office, holder: KeyHolder) -> None:
        self._office, self._holder = office, holder
        self._prisons = ClassPrisons(office)
        self._curricula = ClassCurricula()

    def give(self, class_id: int, person_id: int, path: Path) -> PortableRecord:
        """Write what a learner has reached in a class into a signed file.

        Raises:
            NotFound: the person was never in the class.
            Refused: a text would show detention, or the file could not be written.
        """
        with self._office.act(Action.RECORD_GIVE, self._prisons[class_id], enters=False) as act:
            signer = own_signer(act, self._holder)
            board = read_class(act.connection, class_id, act.today, self._curricula).board
            row = board.row(person_id)
            if row is None:
                raise NotFound(N_("This person was never in the class."))
            record = _record(act, signer, board, row, _own_minutes(act.connection, class_id, board, row))
            StigmaLint(sites(act), private_numbers(row.learner.code)).require_clean(
                record.texts() | {"file_name": path.stem}
            )
            content = files.written(record, signer.training_record)
            act.record("training_record_given", f"person:{person_id}", f"class:{class_id} {record.record_id}")
        write_whole(path, content)
        return record

    def look(self, path: Path) -> PortableRecord:
        """What a file says, when its signature holds; nothing is taken in.

        Raises:
            BadFile: it is no such file, or was changed after it was signed.
            Refused: its version or its key is not known here.
        """
        self._office.permit(Action.RECORD_TAKE)
        return self._proven(path).record

    def take(self, class_id: int, person_id: int, path: Path, *, although_named: bool = False) -> TakenRecord:
        """Take in a file for a learner of a class: attempts with their days, and minutes, marked as brought.

        Args:
            class_id: of the same course.
            person_id: on its list today.
            path: of the file.
            although_named: whether it is the same person although the names differ.

        Raises:
            BadFile: it is no such file, or was changed after it was signed.
            Refused: its version or key is not known here; it is of another course, of another name or of a day to come;
                it was given here or taken in already; or a newer one was.
            NotFound: the person is not on record.
        """
        with self._office.act(Action.RECORD_TAKE, self._prisons[class_id]) as act:
            signed = self._proven(path)
            connection = act.connection
            found, curriculum = self._curricula.required(connection, class_id)
            _require_course(certificate_queries.training(connection, class_id).course_code, signed.record)
            person = act.session.get(Person, person_id)
            if person is None:
                raise NotFound(N_("This person is not on record."))
            stays = record_queries.stays_by_class(connection, person_id).get(class_id, [])
            check_enrolled(joined(stays), act.today)
            if not although_named:
                _require_name(person, signed.record)
            _require_from_elsewhere(act, signed.record)
            rows = AttemptRows(connection, class_id, act.at, self._office.laptop_clock.now(), act.actor.staff_id)
            _require_new(act, rows, signed.record)
            entries, unknown = _entries(curriculum, person_id, signed.record)
            if older := _older(act, rows, person_id, signed.record):
                rows.write([rows.correcting(entry_id, "") for entry_id in older])
            act_id = rows.write(entries)[0].id if entries else None
            _keep(act, class_id, person_id, signed, act_id)
            detail = f"class:{class_id} {signed.record.record_id} entries:{len(entries)}"
            act.record("training_record_taken", f"person:{person_id}", detail)
            act.changed("attempt", person_id)
        codes = {unit.id: unit.code for unit in found.whole.units} if found.whole else {}
        return TakenRecord(
            tuple(codes[entry.unit_id] for entry in entries), unknown, sum(entry.minutes for entry in entries)
        )

    def _proven(self, path: Path) -> files.SignedRecord:
        try:
            with path.open("rb") as stream:
                content = stream.read(files.MOST_BYTES + 1)
        except OSError as problem:
            raise BadFile(
                N_("{name} cannot be read ({reason})."), name=path.name, reason=problem.strerror or ""
            ) from problem
        signed = files.read(content, path.name)
        with self._office.store.read() as connection:
            trust = certificate_queries.trust_store(connection, self._office.clock.now())
        key = trust.key(signed.record.signed_with)
        if key is None or key.programme != signed.record.programme:
            raise Refused(
                N_("{name} was signed with a key that is not known here. Take in the file of keys of {issuer} first."),
                name=path.name,
                issuer=signed.record.issuer_en,
            )
        if not crypto.holds(key.public, signed.signature, crypto.TRAINING_RECORD, signed.content):
            raise BadFile(N_("{name} was changed after it was signed. Ask for it again."), name=path.name)
        if key.until is not None and signed.record.dated.date() > key.until:
            raise BadFile(N_("{name} was signed with a key that had ended. Ask for it again."), name=path.name)
        return signed


def _own_minutes(connection: Connection, class_id: int, board: Board, row: BoardLearner) -> dict[int, int]:
    """Unit -> minutes of the row without those that other records brought or another class credited.

    Each class gives out its own, so that two records of a learner never count the same minutes twice.
    """
    course_id = training_queries.course_of_class(connection, class_id)
    whole = _credits(training_queries.entries_of_people(connection, [row.person_id], course_id), board)
    here = training_queries.entries_of_people(connection, [row.person_id], course_id, class_id)
    own = _credits([entry for entry in here if entry.kind is not EntryKind.BROUGHT], board)
    return {unit: minutes - whole.get(unit, 0) + own.get(unit, 0) for unit, minutes in row.minutes.items()}


def _credits(entries: Sequence[Entry], board: Board) -> dict[int, int]:
    credited = {unit: minutes for (_person, unit), minutes in credits_of(entries).items()}
    return counted_credits(credited, board.units)


def _record(
    act: Act, signer: Signer, board: Board, row: BoardLearner, own_minutes: Mapping[int, int]
) -> PortableRecord:
    issuer_km, issuer_en = issuer(act)
    names: Names = row.learner.names
    units = []
    for unit in board.units:
        state = row.states.get(unit.id or 0)
        minutes = own_minutes.get(unit.id or 0, 0)
        if state is not None or minutes:
            reached = (state.outcome, state.day) if state else (None, None)
            units.append(CarriedUnit(unit.code, unit.name_km, unit.name_en, unit.hours, minutes, *reached))
    return PortableRecord(
        record_id=str(UUID(bytes=new_uuid())),
        training_id=str(UUID(bytes=act.session.get_one(TrainingClass, board.group.id).uuid)),
        programme=signer.programme,
        issuer_km=issuer_km,
        issuer_en=issuer_en,
        dated=act.at,
        name_km=names.khmer,
        name_latin=names.latin,
        course_code=board.group.course_code,
        course_km=board.group.course_km,
        course_en=board.group.course_en,
        minutes_due=row.totals.minutes_due,
        minutes_attended=row.totals.minutes_attended,
        units=tuple(units),
        signed_with=signer.key_id,
    )


def _entries(curriculum: Curriculum, person_id: int, record: PortableRecord) -> tuple[list[NewEntry], tuple[str, ...]]:
    entries, unknown = [], []
    for carried in record.units:
        unit = curriculum.unit_coded(carried.code)
        if unit is None or unit.id is None:
            unknown.append(carried.code)
            continue
        entries.append(
            NewEntry(
                person_id,
                unit.id,
                curriculum.id or 0,
                EntryKind.BROUGHT,
                carried.day or record.dated.date(),
                carried.outcome,
                minutes=carried.minutes,
            )
        )
    return entries, tuple(unknown)


def _require_course(course_code: str, record: PortableRecord) -> None:
    if record.course_code != course_code:
        raise Refused(
            N_("The record is of the course {found}, not of {course}. Nothing was changed."),
            found=record.course_code,
            course=course_code,
        )


def _require_name(person: Person, record: PortableRecord) -> None:
    khmer = f"{person.family_km} {person.given_km}".strip()
    latin = f"{person.family_latin} {person.given_latin}".strip()
    if not (_same(khmer, record.name_km) or _same(latin, record.name_latin)):
        raise Refused(
            N_("The record is of {name}. If this is the same person, say so; nothing was changed."),
            place="name",
            name=record.name_km or record.name_latin,
        )


def _same(one: str, other: str) -> bool:
    return bool(one) and search_key(one) == search_key(other)


def _require_from_elsewhere(act: Act, record: PortableRecord) -> None:
    dated = record.dated.date()
    if dated > act.today:
        raise Refused(N_("{day} is still to come; today is {today}. Nothing was changed."), day=dated, today=act.today)
    if record_queries.given_here(act.connection, record.record_id):
        raise Refused(N_("This record was given out here, so its hours count here already. Nothing was changed."))


def _require_new(act: Act, rows: AttemptRows, record: PortableRecord) -> None:
    """Raise Refused while anything stands that the record brought, to whomever."""
    known = _kept(act, record)
    if known is not None and rows.standing_of(known.act_id, known.person_id):
        raise Refused(N_("This record was taken in already. Nothing was changed."))


def _older(act: Act, rows: AttemptRows, person_id: int, record: PortableRecord) -> list[int]:
    """What stands of earlier records of the same class of the same programme: *record* says it again, and more.

    Raises:
        Refused: something stands of a newer one.
    """
    found: list[int] = []
    wanted = select(BroughtRecord).where(
        BroughtRecord.person_id == person_id, BroughtRecord.programme == record.programme
    )
    for known in act.session.scalars(wanted):
        said = json.loads(known.content)
        standing = rows.standing_of(known.act_id, person_id) if said["training_id"] == record.training_id else []
        if standing and datetime.fromisoformat(said["dated"]) > record.dated:
            raise Refused(N_("A newer record of this learner was taken in already. Nothing was changed."))
        found += standing
    return found


def _kept(act: Act, record: PortableRecord) -> BroughtRecord | None:
    return act.session.scalars(select(BroughtRecord).where(BroughtRecord.record_uuid == record.record_id)).one_or_none()


def _keep(act: Act, class_id: int, person_id: int, signed: files.SignedRecord, act_id: int | None) -> None:
    """Keep the record as it was signed; one that was taken back and comes again keeps its row."""
    known = _kept(act, signed.record)
    if known is not None:
        act.change(known, known.version)
        known.person_id, known.class_id, known.act_id = person_id, class_id, act_id
        return
    act.add(
        BroughtRecord(
            record_uuid=signed.record.record_id,
            person_id=person_id,
            class_id=class_id,
            programme=signed.record.programme,
            key_id=signed.record.signed_with,
            content=signed.content.decode("ascii"),
            act_id=act_id,
        )
    )
