"""The training record of nobody."""

from __future__ import annotations

from datetime import date

from tests.documents.certificates import UNITS
from tlbb_desktop.domain.certificates import CertificateKind
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.training_records import TrainingCertificate, TrainingCourse, TrainingMonth, TrainingRecord


def _months(first: Month, count: int) -> tuple[TrainingMonth, ...]:
    return tuple(
        TrainingMonth(first.shift(number), 16, 15 - number % 3, 16 * 180, (15 - number % 3) * 180 - 20 * (number % 2))
        for number in range(count)
    )


RECORD = TrainingRecord(
    name_km="សុខ ដារ៉ា",
    name_latin="SOK DARA",
    courses=(
        TrainingCourse(
            "ជួសជុលម៉ូតូ", "Motorcycle repair", date(2025, 10, 1), date(2026, 9, 30), _months(Month(2025, 10), 12), UNITS
        ),
        TrainingCourse("ជំនាញជីវិត", "Life skills", date(2026, 8, 3), date(2026, 11, 30), _months(Month(2026, 8), 4)),
    ),
    certificates=(
        TrainingCertificate(
            "K-2026-00001-3", CertificateKind.COMPLETION, "ជួសជុលម៉ូតូ", "Motorcycle repair", date(2026, 10, 5)
        ),
    ),
    made_on=date(2026, 11, 27),
    place_km="សៀមរាប",
    place_en="Siem Reap",
    issuer_km="អង្គការជំនួយយុវជនកម្ពុជា",
    issuer_en="Youth Support Organisation of Cambodia",
    signer="លី សុផល",
    post_km="នាយកកម្មវិធី",
    post_en="Programme director",
)
