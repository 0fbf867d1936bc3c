"""Every table of the programme. Importing this package registers them all."""

from tlbb_desktop.data.models.certificates import (
    CertificateKey,
    CertificateProgramme,
    CertificateRecord,
    CertificateWithdrawal,
)
from tlbb_desktop.data.models.classes import (
    AbsenceReason,
    ClassSession,
    Course,
    Enrolment,
    Holiday,
    TimetableSlot,
    TrainingClass,
)
from tlbb_desktop.data.models.people import (
    Attachment,
    Consent,
    CustodyStay,
    ExternalId,
    Person,
    PersonContact,
    PersonIdentity,
    PersonLink,
    PersonMerge,
)
from tlbb_desktop.data.models.programme import AuditEvent, Draft, Prison, Setting, Staff, StaffPrison
from tlbb_desktop.data.models.register import MarkAct, MarkHistory, MarkRow, MonthSheetRow, Question
from tlbb_desktop.data.models.vocabulary import Record

__all__ = [
    "AbsenceReason",
    "Attachment",
    "AuditEvent",
    "CertificateKey",
    "CertificateProgramme",
    "CertificateRecord",
    "CertificateWithdrawal",
    "ClassSession",
    "Consent",
    "Course",
    "CustodyStay",
    "Draft",
    "Enrolment",
    "ExternalId",
    "Holiday",
    "MarkAct",
    "MarkHistory",
    "MarkRow",
    "MonthSheetRow",
    "Person",
    "PersonContact",
    "PersonIdentity",
    "PersonLink",
    "PersonMerge",
    "Prison",
    "Question",
    "Record",
    "Setting",
    "Staff",
    "StaffPrison",
    "TimetableSlot",
    "TrainingClass",
]
