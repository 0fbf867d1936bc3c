"""The composition root: joins the opened record to the services. No Qt, no decisions."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from tlbb_desktop.domain.actors import Actor
from tlbb_desktop.domain.clock import Clock, SystemClock, WorkingDayClock
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.services.admission_checks import AdmissionCheckService
from tlbb_desktop.services.assessment import AssessmentService
from tlbb_desktop.services.attendance import AttendanceService
from tlbb_desktop.services.attendance_import import AttendanceImportService
from tlbb_desktop.services.audit import AuditService
from tlbb_desktop.services.audit_trail import AuditTrail
from tlbb_desktop.services.backups import BackupService
from tlbb_desktop.services.bench_sheets import BenchSheetService
from tlbb_desktop.services.calendar import CalendarService
from tlbb_desktop.services.case_endings import CaseEndingService
from tlbb_desktop.services.case_history import CaseHistoryService
from tlbb_desktop.services.case_notes import CaseNoteService
from tlbb_desktop.services.case_papers import CasePaperService
from tlbb_desktop.services.case_plans import CasePlanService
from tlbb_desktop.services.case_tasks import CaseTaskService
from tlbb_desktop.services.cases import CaseService
from tlbb_desktop.services.certificate_batches import CertificateBatchService
from tlbb_desktop.services.certificate_checks import CertificateChecks
from tlbb_desktop.services.certificate_papers import CertificatePaperService
from tlbb_desktop.services.certificate_trust import CertificateKeyService
from tlbb_desktop.services.certificates import CertificateService
from tlbb_desktop.services.class_papers import ClassPaperService
from tlbb_desktop.services.classes import ClassService
from tlbb_desktop.services.closed_record import mark_home
from tlbb_desktop.services.consents import ConsentService
from tlbb_desktop.services.contact_lists import ContactListService
from tlbb_desktop.services.contact_undo import ContactUndoService
from tlbb_desktop.services.copies import CopyService
from tlbb_desktop.services.curricula import CurriculumService
from tlbb_desktop.services.curriculum_files import CurriculumFileService
from tlbb_desktop.services.diagnosis import DiagnosisService
from tlbb_desktop.services.disk_room import DiskRoom
from tlbb_desktop.services.drafts import DraftService
from tlbb_desktop.services.drills import DrillService
from tlbb_desktop.services.due_index import DueIndex
from tlbb_desktop.services.entering import Unlocked
from tlbb_desktop.services.exchange import ExchangeService
from tlbb_desktop.services.exchange_joining import InvitationService
from tlbb_desktop.services.follow_ups import FollowUpService
from tlbb_desktop.services.gazetteer import Gazetteer
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.integrity import IntegrityService
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.legal_files import LegalFileService
from tlbb_desktop.services.lost_laptops import LostLaptopService
from tlbb_desktop.services.moving import MoveService
from tlbb_desktop.services.office import Office, Publish, tell_nobody
from tlbb_desktop.services.outcome_reading import OutcomeMemory
from tlbb_desktop.services.outcome_reports import OutcomeReportService
from tlbb_desktop.services.outcomes import OutcomeService
from tlbb_desktop.services.paper_headings import PaperHeadings
from tlbb_desktop.services.people import PeopleService
from tlbb_desktop.services.people_import import PeopleImportService
from tlbb_desktop.services.portable_records import PortableRecordService
from tlbb_desktop.services.practical_photos import PracticalPhotoService
from tlbb_desktop.services.prisons import PrisonService
from tlbb_desktop.services.progress import ProgressService
from tlbb_desktop.services.questions import QuestionService
from tlbb_desktop.services.referrals import ReferralService
from tlbb_desktop.services.release_dates import ReleaseDateService
from tlbb_desktop.services.release_lists import ReleaseListService
from tlbb_desktop.services.release_plans import ReleasePlanService
from tlbb_desktop.services.releases import ReleaseService
from tlbb_desktop.services.reoffences import ReoffenceService
from tlbb_desktop.services.road_packs import RoadPackService
from tlbb_desktop.services.scans import ScanService
from tlbb_desktop.services.scores import ScoreService
from tlbb_desktop.services.second_media import none_reachable, plugged_in
from tlbb_desktop.services.server_accounts import ServerAccountService
from tlbb_desktop.services.settings import SettingsService
from tlbb_desktop.services.sheets import SheetService
from tlbb_desktop.services.signatures import SignatureService
from tlbb_desktop.services.staff import StaffService
from tlbb_desktop.services.strengths import StrengthService
from tlbb_desktop.services.submissions import SubmissionService
from tlbb_desktop.services.teaching import TeachingService
from tlbb_desktop.services.today import TodayService
from tlbb_desktop.services.training_records import TrainingRecordService
from tlbb_desktop.services.visits import VisitService
from tlbb_desktop.services.work_list import WorkListService


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
    cases: CaseService
    legal_files: LegalFileService
    release_dates: ReleaseDateService
    case_tasks: CaseTaskService
    strengths: StrengthService
    scores: ScoreService
    case_plans: CasePlanService
    signatures: SignatureService
    scans: ScanService
    case_notes: CaseNoteService
    visits: VisitService
    referrals: ReferralService
    release_plans: ReleasePlanService
    releases: ReleaseService
    case_history: CaseHistoryService
    outcomes: OutcomeService
    follow_ups: FollowUpService
    contact_undo: ContactUndoService
    contact_lists: ContactListService
    reoffences: ReoffenceService
    release_lists: ReleaseListService
    admission_checks: AdmissionCheckService
    case_papers: CasePaperService
    case_endings: CaseEndingService
    outcome_reports: OutcomeReportService
    road_packs: RoadPackService
    work_list: WorkListService
    practical_photos: PracticalPhotoService
    staff: StaffService
    server_accounts: ServerAccountService
    backups: BackupService
    copies: CopyService
    drills: DrillService
    moving: MoveService
    lost_laptops: LostLaptopService
    drafts: DraftService
    audit: AuditService
    integrity: IntegrityService
    diagnosis: DiagnosisService
    exchange: ExchangeService
    invitations: InvitationService
    room: DiskRoom
    safe_mode: bool = False

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
    *,
    safe_mode: bool = False,
) -> Desk:
    """The services over an opened record.

    Args:
        home: where it lies.
        unlocked: from ``services.vault``.
        clock: the working day; the laptop's clock when None.
        publish: told what changed after each commit.
        laptop_clock: the laptop's own time where the working day is another; kept beside it.
        safe_mode: whether the pages do without drafts, photos and previews, and nobody looks for sticks.
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
    mark_home(home, office.closed_since())
    plays_on = settings.get("plays_on")
    if clock is None and plays_on is not None:  # the demonstration plays on its own day
        with suppress(TypeError, ValueError):
            office.clock = WorkingDayClock(SystemClock(), date.fromisoformat(plays_on))
    prisons = PrisonService(office, settings)
    gazetteer = Gazetteer()
    people = PeopleService(office, prisons)
    people.follow_the_day()
    releases = ReleaseService(office)
    releases.open_missing_follow_ups()
    classes, sheets = ClassService(office), SheetService(office)
    certificates, headings = CertificateService(office, holder, gazetteer), PaperHeadings(settings)
    backups = BackupService(office, holder, settings)
    curricula, assessment, index = CurriculumService(office), AssessmentService(office), DueIndex()
    integrity, figures = IntegrityService(office, holder), OutcomeMemory()
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
        cases=CaseService(office),
        legal_files=LegalFileService(office),
        release_dates=ReleaseDateService(office),
        case_tasks=CaseTaskService(office),
        strengths=StrengthService(office),
        scores=ScoreService(office),
        case_plans=CasePlanService(office),
        signatures=SignatureService(office),
        scans=ScanService(office),
        case_notes=CaseNoteService(office),
        visits=VisitService(office),
        referrals=ReferralService(office),
        release_plans=ReleasePlanService(office),
        releases=releases,
        case_history=CaseHistoryService(office),
        outcomes=OutcomeService(office, figures),
        follow_ups=FollowUpService(office),
        contact_undo=ContactUndoService(office),
        contact_lists=ContactListService(office, index),
        reoffences=ReoffenceService(office),
        release_lists=ReleaseListService(office, index),
        admission_checks=AdmissionCheckService(office),
        case_papers=CasePaperService(office, people, gazetteer, settings),
        case_endings=CaseEndingService(office),
        outcome_reports=OutcomeReportService(office, figures),
        road_packs=RoadPackService(office, gazetteer),
        work_list=WorkListService(office, index),
        practical_photos=PracticalPhotoService(office, settings),
        staff=StaffService(office, holder),
        server_accounts=ServerAccountService(office, holder),
        backups=backups,
        copies=CopyService(office, holder, backups, settings, none_reachable if safe_mode else plugged_in),
        drills=DrillService(office, holder, backups, settings),
        moving=MoveService(office, holder, settings),
        lost_laptops=LostLaptopService(office, holder, settings),
        drafts=DraftService(office),
        audit=AuditService(office),
        integrity=integrity,
        diagnosis=DiagnosisService(office, holder, integrity),
        exchange=ExchangeService(office, holder),
        invitations=InvitationService(office, holder),
        room=room,
        safe_mode=safe_mode,
    )
