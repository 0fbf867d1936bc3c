"""Puts together what a certificate says, checks it, numbers it and signs it, inside one act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy import select

from tlbb_desktop.data.models import CertificateRecord, Person, Prison, Setting, Staff
from tlbb_desktop.data.queries import certificates as queries
from tlbb_desktop.data.queries import training_records as record_queries
from tlbb_desktop.documents.certificate_code import modules_of, signed_code, text_of
from tlbb_desktop.domain import people
from tlbb_desktop.domain.certificates import (
    Certificate,
    CertificateKind,
    CertificatePaper,
    CertificateState,
)
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.stigma import StigmaLint
from tlbb_desktop.i18n.catalog import KHMER, SOURCE_LANGUAGE, translate_into
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.services.certificate_freezing import freeze, signed_words, thaw
from tlbb_desktop.services.certificate_numbering import next_number
from tlbb_desktop.services.certificate_signing import issuer, own_signer, word_setting
from tlbb_desktop.services.certificate_units import competences
from tlbb_desktop.services.gazetteer import Gazetteer
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.office import Act

#: Settings: who signs certificates, and what they are; the manager who issues, where nobody is named.
SIGNER: Final = "certificate_signer"
POST_KM: Final = "certificate_post_km"
POST_EN: Final = "certificate_post_en"
_MANAGER: Final = Np_("post under a signature", "Programme manager")
_LONGEST_NAME: Final = 120


class Issuing:
    """Issues certificates inside an act.

    Args:
        act: the unit of work.
        holder: the open keys.
        gazetteer: names the provinces.

    Raises:
        NotPermitted: the actor does not hold the ``signing`` key.
    """

    def __init__(self, act: Act, holder: KeyHolder, gazetteer: Gazetteer) -> None:
        self._act = act
        self._signer = own_signer(act, holder)
        self._gazetteer = gazetteer
        self._sites = sites(act)
        self._learners: dict[tuple[int, int], queries.LearnerTotals] = {}

    def look_up(self, records: Sequence[CertificateRecord]) -> None:
        """Read the registers behind *records*, each class once."""
        connection = self._act.connection
        for class_id in dict.fromkeys(record.class_id for record in records):
            people = [record.person_id for record in records if record.class_id == class_id]
            found = queries.learner_totals(connection, class_id, people)
            self._learners |= {(class_id, person): learner for person, learner in found.items()}

    def compiled(self, record: CertificateRecord) -> Certificate:
        """What the certificate of an approved proposal says, still without its number.

        Raises:
            Refused: the site has no province.
        """
        known = self._learners.get((record.class_id, record.person_id))
        return compiled(self._act, self._gazetteer, record, known)

    def corrected(self, before: Certificate, record: CertificateRecord) -> Certificate:
        """*before* with the names and titles as they are spelled today; hours, days and units stay."""
        today = self.compiled(record)
        kept = {
            name: getattr(before, name)
            for name in ("kind", "course_code", "starts_on", "ends_on", "hours", "competences")
        }
        return replace(today, **kept)

    def issue(
        self, record: CertificateRecord, certificate: Certificate, *, handed_out: bool = True
    ) -> CertificatePaper:
        """Number, check, sign and freeze *certificate* into *record*; gives its paper.

        Args:
            record: of the certificate.
            certificate: what it says.
            handed_out: whether the paper goes out now, and counts as printed.

        Raises:
            Refused: a name is missing or too long, or a text shows detention.
        """
        certificate, code = self.keep(record, certificate, handed_out=handed_out)
        return _paper(self._act, certificate, code)

    def keep(self, record: CertificateRecord, certificate: Certificate, *, handed_out: bool) -> tuple[Certificate, str]:
        """The same without the paper, whose square takes most of the time; gives the numbered words and their code."""
        require_names(certificate)
        certificate = replace(certificate, number=str(next_number(self._act)))
        code, envelope = signed_code(certificate, self._signer.key_id, self._signer.certificate)
        paper = CertificatePaper(certificate, code, (), demonstration=is_demonstration(self._act))
        require_clean(self._act, self._sites, record.person_id, paper)
        self._act.change(record, record.version)
        record.state = CertificateState.ISSUED
        record.number, record.content, record.envelope = certificate.number, freeze(certificate), envelope
        record.key_id, record.issued_on, record.prints = self._signer.key_id, certificate.issued_on, int(handed_out)
        despite = " despite" if record.despite else ""
        self._act.record("certificate_issued", f"certificate:{record.id}", f"{certificate.number}{despite}")
        self._act.changed("certificate", record.id)
        self._act.session.flush()
        return certificate, code


def compiled(
    act: Act, gazetteer: Gazetteer, record: CertificateRecord, learner: queries.LearnerTotals | None = None
) -> Certificate:
    """What a certificate that is on its way says, still without its number.

    Args:
        act: the unit of work.
        gazetteer: names the province.
        record: of the certificate.
        learner: as the register tells of them; read here when None.

    Raises:
        Refused: the site has no province.
    """
    connection = act.connection
    if learner is None:
        learner = queries.learner_totals(connection, record.class_id, [record.person_id])[record.person_id]
    training = queries.training(connection, record.class_id)
    issuer_km, issuer_en = issuer(act)
    place_km, place_en = province(gazetteer, training.province_code)
    signer, post_km, post_en = signature(act)
    starts_on, ends_on = _attended_days(act, training, record)
    return Certificate(
        number="",
        kind=CertificateKind(record.kind),
        name_km=learner.names.khmer,
        name_latin=learner.names.latin,
        course_code=training.course_code,
        course_km=training.course_km,
        course_en=training.course_en,
        starts_on=starts_on,
        ends_on=ends_on,
        hours=learner.totals.minutes_attended // 60,
        competences=competences(connection, record.class_id, record.person_id),
        issued_on=act.today,
        place_km=place_km,
        place_en=place_en,
        issuer_km=issuer_km,
        issuer_en=issuer_en,
        signer=signer,
        post_km=post_km,
        post_en=post_en,
    )


def require_clean(act: Act, known: tuple[people.Prison, ...], person_id: int, paper: CertificatePaper) -> None:
    """Raise Refused when a text of *paper* shows detention.

    Args:
        act: the unit of work.
        known: every site on record.
        person_id: whose certificate it is.
        paper: all that it shows.
    """
    said, person = paper.certificate, act.session.get_one(Person, person_id)
    StigmaLint(known, private_numbers(person.code), (said.place_km, said.place_en)).require_clean(paper.texts())


def note_copies(act: Act, record: CertificateRecord, copies: int) -> None:
    """Count and audit *copies* of an issued certificate that go onto paper."""
    act.change(record, record.version)
    record.prints += copies
    act.record("certificate_printed", f"certificate:{record.id}", f"{record.number} copy:{record.prints}")
    act.changed("certificate", record.id)


def _attended_days(act: Act, training: queries.Training, record: CertificateRecord) -> tuple[date, date]:
    """The learner's own first and last day in the class, the day of the issue at the latest."""
    connection = act.connection
    stays = record_queries.stays_by_class(connection, record.person_id).get(record.class_id, [])
    first = min((stay[0] for stay in stays), default=training.starts_on)
    ends = [last or training.ends_on for _first, last in stays]
    last = min(max(ends, default=training.ends_on), training.ends_on, act.today)
    return max(first, training.starts_on), max(first, last)


def province(gazetteer: Gazetteer, code: str) -> tuple[str, str]:
    """The place on a learner's paper, in Khmer and in English.

    Raises:
        Refused: the site has no province.
    """
    place = gazetteer.place(code)
    if place is None:
        raise Refused(
            N_("The site of this class has no province yet. Set it under Settings, then issue the certificate.")
        )
    return place.name_km, place.name_latin


def signature(act: Act) -> tuple[str, str, str]:
    """Name of who signs a learner's paper, and their post in Khmer and in English."""
    name = word_setting(act, SIGNER) or act.session.get_one(Staff, act.actor.staff_id).name
    post_km, post_en = (word_setting(act, post) for post in (POST_KM, POST_EN))
    return (
        name,
        post_km or post_en or str(translate_into(KHMER, _MANAGER)),
        post_en or post_km or str(translate_into(SOURCE_LANGUAGE, _MANAGER)),
    )


def is_demonstration(act: Act) -> bool:
    """Whether the record is the demonstration programme, whose papers attest nothing."""
    kept = act.session.get(Setting, "demonstration")
    return bool(kept and kept.value == "true")


def paper_of(act: Act, record: CertificateRecord, *, duplicate: bool) -> CertificatePaper:
    """The paper of an issued certificate as it was frozen. Raises Refused where the name on it was expunged."""
    code = text_of(signed_words(record.envelope, record.number))
    return replace(_paper(act, thaw(record.content or ""), code), duplicate=duplicate)


def _paper(act: Act, certificate: Certificate, code: str) -> CertificatePaper:
    return CertificatePaper(certificate, code, modules_of(code), demonstration=is_demonstration(act))


def sites(act: Act) -> tuple[people.Prison, ...]:
    """Every site on record, whose names no learner's paper may show."""
    table = Prison
    wanted = select(table.id, table.code, table.name_km, table.name_en, table.province_code, table.active)
    return tuple(people.Prison(*row) for row in act.session.execute(wanted))


def private_numbers(code: str) -> tuple[str, ...]:
    """A person's code, where it is a number and no word that a name may hold."""
    return (code,) if len(code) > 2 and any(sign.isdigit() for sign in code) else ()


def require_names(certificate: Certificate) -> None:
    """Raise Refused when a certificate has no name, or one that its square code cannot hold."""
    if not (certificate.name_km or certificate.name_latin):
        raise Refused(N_("A certificate needs a name. Write it in the person's form."), place="name")
    if max(len(certificate.name_km), len(certificate.name_latin)) > _LONGEST_NAME:
        raise Refused(
            N_("The names are too long for the square code of a certificate. Shorten them in the person's form."),
            place="name",
        )
