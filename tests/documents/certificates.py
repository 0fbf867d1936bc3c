"""Certificates of nobody, for tests and benchmarks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha512
from typing import Any

from tlbb_desktop.documents.certificate_code import modules_of, signed_code
from tlbb_desktop.domain.certificates import Certificate, CertificateKind, CertificatePaper, Competence

UNITS = (
    Competence("M01", "សុវត្ថិភាព និងអនាម័យរោងជាង", "Workshop safety, PPE, housekeeping", 16),
    Competence("M02", "ឧបករណ៍ដៃ និងឧបករណ៍វាស់", "Hand and measuring tools, fasteners", 24),
    Competence("M05", "ថែទាំតាមកាលកំណត់", "Periodic service and adjustment", 64),
    Competence("M06", "ប្រព័ន្ធប្រេងឥន្ធនៈ និងខ្យល់", "Fuel and air: carburettor, EFI basics", 64),
    Competence("M08", "ប្រព័ន្ធបញ្ឆេះ សាកថ្ម និងស្តាត", "Ignition, charging, starting", 72),
    Competence("M10", "អំប្រាយ៉ា ប្រអប់លេខ និងច្រវាក់", "Clutch, gearbox, CVT, final drive", 64),
    Competence("M11", "ហ្វ្រាំង និងកង់", "Brakes, wheels, tyres", 48),
)
CERTIFICATE = Certificate(
    number="K-2026-00001-3",
    kind=CertificateKind.COMPLETION,
    name_km="សុខ ដារ៉ា",
    name_latin="SOK DARA",
    course_code="moto",
    course_km="ជួសជុលម៉ូតូ",
    course_en="Motorcycle repair",
    starts_on=date(2025, 10, 1),
    ends_on=date(2026, 10, 30),
    hours=624,
    competences=UNITS,
    issued_on=date(2026, 11, 27),
    place_km="សៀមរាប",
    place_en="Siem Reap",
    issuer_km="អង្គការជំនួយយុវជនកម្ពុជា",
    issuer_en="Youth Support Organisation of Cambodia",
    signer="លី សុផល",
    post_km="នាយកកម្មវិធី",
    post_en="Programme director",
)


def certificate_paper(certificate: Certificate = CERTIFICATE, **more: Any) -> CertificatePaper:
    """The paper of a certificate; its code is of the certificate with a name that fits into it."""
    short = replace(certificate, name_km=certificate.name_km[:40], name_latin=certificate.name_latin[:40])
    code, _envelope = signed_code(short, "00112233aabb", lambda payload: sha512(payload).digest())
    return CertificatePaper(certificate, code, modules_of(code), **more)
