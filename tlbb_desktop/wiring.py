"""The composition root: joins the opened record to the services. No Qt, no decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tlbb_desktop.domain.actors import Actor
from tlbb_desktop.domain.clock import Clock, SystemClock, WorkingDayClock
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.services.assessment import AssessmentService
from tlbb_desktop.services.attendance import AttendanceService
from tlbb_desktop.services.attendance_import import AttendanceImportService
from tlbb_desktop.services.audit import AuditService
from tlbb_desktop.services.audit_trail import AuditTrail
from tlbb_desktop.services.backups import BackupService
from tlbb_desktop.services.bench_sheets import BenchSheetService
from tlbb_desktop.services.calendar import CalendarService
from tlbb_desktop.services.certificate_batches import CertificateBatchService
from tlbb_desktop.services.certificate_checks import CertificateChecks
from tlbb_desktop.services.certificate_papers import CertificatePaperService
from tlbb_desktop.services.certificate_trust import CertificateKeyService
from tlbb_desktop.services.certificates import CertificateService
from tlbb_desktop.services.class_papers import ClassPaperService
from tlbb_desktop.services.classes import ClassService
from tlbb_desktop.services.consents import ConsentService
from tlbb_desktop.services.curricula import CurriculumService
from tlbb_desktop.services.curriculum_files import CurriculumFileService
from tlbb_desktop.services.disk_room import DiskRoom
from tlbb_desktop.services.drafts import DraftService
from tlbb_desktop.services.entering import Unlocked
from tlbb_desktop.services.gazetteer import Gazetteer
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.integrity import IntegrityService
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.office import Office, Publish, tell_nobody
from tlbb_desktop.services.paper_headings import PaperHeadings
from tlbb_desktop.services.people import PeopleService
from tlbb_desktop.services.people_import import PeopleImportService
from tlbb_desktop.services.portable_records import PortableRecordService
from tlbb_desktop.services.practical_photos import PracticalPhotoService
from tlbb_desktop.services.prisons import PrisonService
from tlbb_desktop.services.progress import ProgressService
from tlbb_desktop.services.questions import QuestionService
from tlbb_desktop.services.settings import SettingsService
from tlbb_desktop.services.sheets import SheetService
from tlbb_desktop.services.staff import StaffService
from tlbb_desktop.services.submissions import SubmissionService
from tlbb_desktop.services.teaching import TeachingService
from tlbb_desktop.services.today import TodayService
from tlbb_desktop.services.training_records import TrainingRecordService


@dataclass(frozen=True, slots=True, repr=False)
class Desk:
    """Everything that one member of staff works with while the record is open."""

    home: Home
    office: Office
    settings: SettingsService
    prisons: PrisonService
    gazetteer: Gazetteer
    people: PeopleService
    people_import: PeopleImportService
    consents: ConsentService
    classes: ClassService
    calendar: CalendarService
    attendance: AttendanceService
    today: TodayService
    attendance_import: AttendanceImportService
    questions: QuestionService
    sheets: SheetService
    certificates: CertificateService
    certificate_batches: CertificateBatchService
    certificate_checks: CertificateChecks
    certificate_keys: CertificateKeyService
    certificate_papers: CertificatePaperService
    class_papers: ClassPaperService
    paper_headings: PaperHeadings
    training_records: TrainingRecordService
    curricula: CurriculumService
    curriculum_files: CurriculumFileService
    teaching: TeachingService
    assessment: AssessmentService
    bench_sheets: BenchSheetService
    progress: ProgressService
    portable_records: PortableRecordService
    submissions: SubmissionService
    practical_photos: PracticalPhotoService
    staff: StaffService
    backups: BackupService
    drafts: DraftService
    audit: AuditService
    integrity: IntegrityService
    room: DiskRoom

    @property
    def actor(self) -> Actor:
        """Who sits here."""
        return self.office.actor

    def close(self) -> None:
        """Close the database; what was acknowledged is on the disk already."""
        self.office.store.close()


def open_desk(
    home: Home,
    unlocked: Unlocked,
    clock: Clock | None = None,
    publish: Publish = tell_nobody,
    laptop_clock: Clock | None = None,
) -> Desk:
    """The services over an opened record.

    Args:
        home: where it lies.
        unlocked: from ``services.vault``.
        clock: the working day; the laptop's clock when None.
        publish: told what changed after each commit.
        laptop_clock: the laptop's own time where the working day is another; kept beside it.
    """
    room = DiskRoom(home)
    room.keep_reserve()
    holder = KeyHolder(home, unlocked.keys, unlocked.record_keys)
    office = Office(
        store=unlocked.store,
        cipher=FieldCipher(unlocked.record_keys),
        trail=AuditTrail(unlocked.keys.audit_key),
        actor=unlocked.actor,
        clock=clock or SystemClock(),
        laptop_clock=laptop_clock,
        publish=publish,
        room=room,
    )
    settings = SettingsService(office)
    plays_on = settings.get("plays_on")
    if clock is None and plays_on is not None:  # the demonstration plays on its own day
        office.clock = WorkingDayClock(SystemClock(), date.fromisoformat(plays_on))
    prisons = PrisonService(office, settings)
    gazetteer = Gazetteer()
    people = PeopleService(office, prisons)
    people.follow_the_day()
    classes, sheets = ClassService(office), SheetService(office)
    certificates, headings = CertificateService(office, holder, gazetteer), PaperHeadings(settings)
    curricula, assessment = CurriculumService(office), AssessmentService(office)
    return Desk(
        home=home,
        office=office,
        settings=settings,
        prisons=prisons,
        gazetteer=gazetteer,
        people=people,
        people_import=PeopleImportService(office, prisons, gazetteer),
        consents=ConsentService(office),
        classes=classes,
        calendar=CalendarService(office),
        attendance=AttendanceService(office),
        today=TodayService(office, holder, people.follow_the_day),
        attendance_import=AttendanceImportService(office),
        questions=QuestionService(office, people),
        certificates=certificates,
        certificate_batches=CertificateBatchService(certificates),
        certificate_checks=CertificateChecks(office),
        certificate_keys=CertificateKeyService(office, holder),
        certificate_papers=CertificatePaperService(office, gazetteer, headings, settings),
        sheets=sheets,
        class_papers=ClassPaperService(office, sheets),
        paper_headings=headings,
        training_records=TrainingRecordService(office, gazetteer),
        curricula=curricula,
        curriculum_files=CurriculumFileService(office, curricula),
        teaching=TeachingService(office),
        assessment=assessment,
        bench_sheets=BenchSheetService(office, assessment),
        progress=ProgressService(office),
        portable_records=PortableRecordService(office, holder),
        submissions=SubmissionService(office, people, gazetteer),
        practical_photos=PracticalPhotoService(office, settings),
        staff=StaffService(office, holder),
        backups=BackupService(office, holder, settings),
        drafts=DraftService(office),
        audit=AuditService(office),
        integrity=IntegrityService(office, holder),
        room=room,
    )
