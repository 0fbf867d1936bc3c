"""A person's training record, gathered from the registers and the certificates."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from tlbb_desktop.data.queries import certificates as certificate_queries
from tlbb_desktop.data.queries import people as people_queries
from tlbb_desktop.data.queries import register as register_queries
from tlbb_desktop.data.queries import training_records as queries
from tlbb_desktop.domain.course_tallies import Stay, joined
from tlbb_desktop.domain.errors import NotFound
from tlbb_desktop.domain.people import Prison
from tlbb_desktop.domain.stigma import StigmaLint
from tlbb_desktop.domain.training_records import TrainingCertificate, TrainingCourse, TrainingRecord, training_months
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.certificate_freezing import thaw
from tlbb_desktop.services.certificate_issuing import (
    is_demonstration,
    private_numbers,
    province,
    signature,
    sites,
)
from tlbb_desktop.services.certificate_signing import issuer
from tlbb_desktop.services.certificate_units import competences
from tlbb_desktop.services.gazetteer import Gazetteer
from tlbb_desktop.services.office import Act, Office


class TrainingRecordService:
    """Hands out training records; each is written to the audit.

    Args:
        office: who acts on which record.
        gazetteer: names the provinces.
    """

    def __init__(self, office: Office, gazetteer: Gazetteer) -> None:
        self._office = office
        self._gazetteer = gazetteer

    def record(self, person_id: int, file_name: str = "") -> TrainingRecord:
        """The training record of a person, as of today.

        Args:
            person_id: row.
            file_name: of the file that it goes into; it must not show detention either.

        Raises:
            NotFound: nobody has this row.
            Refused: a text would show detention, or the person's site has no province.
        """
        with self._office.store.read() as connection:
            prison_id = people_queries.prison_of_person(connection, person_id)
        with self._office.act(Action.SHEET_PRINT, prison_id, enters=False) as act:
            connection = act.connection
            found = queries.code_and_names(connection, person_id)
            if found is None:
                raise NotFound(N_("This person is not on record."))
            code, names = found
            known = sites(act)
            record = self._gathered(act, person_id, (names.khmer, names.latin), _site(known, prison_id))
            lint = StigmaLint(known, private_numbers(code), (record.place_km, record.place_en))
            lint.require_clean(record.texts() | {"file_name": file_name})
            act.record("training_record_printed", f"person:{person_id}")
            return record

    def _gathered(self, act: Act, person_id: int, names: tuple[str, str], site: Prison | None) -> TrainingRecord:
        connection = act.connection
        place_km, place_en = province(self._gazetteer, site.province_code if site else "")
        issuer_km, issuer_en = issuer(act)
        signer, post_km, post_en = signature(act)
        return TrainingRecord(
            name_km=names[0],
            name_latin=names[1],
            courses=tuple(
                _course(connection, class_id, person_id, stays, act.today)
                for class_id, stays in queries.stays_by_class(connection, person_id).items()
            ),
            certificates=tuple(map(_certificate, queries.valid_certificates(connection, person_id))),
            made_on=act.today,
            place_km=place_km,
            place_en=place_en,
            issuer_km=issuer_km,
            issuer_en=issuer_en,
            signer=signer,
            post_km=post_km,
            post_en=post_en,
            demonstration=is_demonstration(act),
        )


def _course(connection: Connection, class_id: int, person_id: int, stays: list[Stay], today: date) -> TrainingCourse:
    training = certificate_queries.training(connection, class_id)
    months = training_months(
        register_queries.sessions(connection, class_id),
        queries.marks_of(connection, class_id, person_id),
        joined(stays),
        register_queries.weights(connection),
    )
    return TrainingCourse(
        name_km=training.course_km,
        name_en=training.course_en,
        starts_on=training.starts_on,
        ends_on=min(training.ends_on, today),
        months=months,
        units=competences(connection, class_id, person_id),
    )


def _certificate(content: str) -> TrainingCertificate:
    said = thaw(content)
    return TrainingCertificate(said.number, said.kind, said.course_km, said.course_en, said.issued_on)


def _site(known: tuple[Prison, ...], prison_id: int | None) -> Prison | None:
    return next((site for site in known if site.id == prison_id), None)
