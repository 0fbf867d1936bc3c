"""A world in which every service method can be called: people, a class, a release, a case where one is asked for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from tests.programme import Beginnings
from tests.services.case_gates import CASE_GATES, CaseWorld, case_world
from tests.services.outcome_gates import OUTCOME_GATES
from tests.services.release_gates import RELEASE_GATES, ReleaseParts, release_parts
from tlbb_desktop.documents.typesetting import FinishedPaper
from tlbb_desktop.domain.admission_lists import AdmissionList
from tlbb_desktop.domain.admission_matching import ListedPerson
from tlbb_desktop.domain.assessment import Outcome, SetAttempt
from tlbb_desktop.domain.attendance_import import AttendanceImport
from tlbb_desktop.domain.bench_sheets import BenchSheet
from tlbb_desktop.domain.certificates import CertificatePaper
from tlbb_desktop.domain.class_papers import ClassPaper, PaperWish
from tlbb_desktop.domain.classes import ClassRow, TimetableSlot, TrainingClass, Weekday
from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.domain.curricula import Basis, Curriculum, Unit
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.follow_ups import ContactMode, Reached
from tlbb_desktop.domain.history_import import HistoryLine
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import CustodyStay, Names, PersonKind, PersonRecord, PersonStatus, Sex
from tlbb_desktop.domain.people_import import ImportTable
from tlbb_desktop.domain.reoffences import EventSource, EvidenceLevel, ReoffenceEvent, ReoffenceForm
from tlbb_desktop.services.admission_checks import ListSpan
from tlbb_desktop.services.backup_contents import BackupInfo
from tlbb_desktop.services.certificate_papers import CertificateBundle
from tlbb_desktop.services.follow_ups import Contact
from tlbb_desktop.services.home import Home
from tlbb_desktop.wiring import Desk

PHRASE = "kite window mango pencil"
BACKUP = BackupInfo(Path("none.tlbb"), datetime(2026, 11, 28, tzinfo=CAMBODIA), 0, "")


@dataclass(frozen=True)
class World:
    """One class at the home's prison, with one learner, one guest, one session, one question and one certificate."""

    own: int
    other: int
    class_id: int
    session_id: int
    person_id: int
    second_id: int
    enrolment_id: int
    guest_id: int
    question_id: int
    certificate: CertificatePaper
    entry_id: int
    day: date
    folder: Path
    release_id: int = 0
    follow_up_id: int = 0
    event_id: int = 0
    free_id: int = 0
    check_id: int = 0
    pair_id: int = 0
    case_parts: CaseWorld | None = None
    release_parts: ReleaseParts | None = None

    @property
    def parts(self) -> ReleaseParts:
        """A case on its way out of prison, in worlds that have one."""
        assert self.release_parts is not None
        return self.release_parts

    def contact(self) -> Contact:
        return Contact(self.day, ContactMode.PHONE, Reached.BY_PHONE)

    def event(self) -> ReoffenceEvent:
        form = ReoffenceForm(self.day, EvidenceLevel.ARREST, self.day, EventSource.POLICE)
        return ReoffenceEvent(None, self.free_id, form)

    def span(self) -> ListSpan:
        return ListSpan(self.own, self.day - timedelta(days=40), self.day)

    def admitted(self) -> AdmissionList:
        return AdmissionList((ListedPerson(2, self.person().names),), (), dated=False)

    @property
    def cases(self) -> CaseWorld:
        """The case of the first person, in worlds that have one."""
        assert self.case_parts is not None
        return self.case_parts

    @property
    def number(self) -> str:
        return self.certificate.certificate.number

    def bundle(self) -> CertificateBundle:
        return CertificateBundle(FinishedPaper(b"", 1, ()), (1,), (1,), "certificate")

    @property
    def month(self) -> Month:
        return Month.of(self.day)

    def group(self) -> TrainingClass:
        lesson = TimetableSlot(Weekday(self.day.weekday()), time(8), time(11))
        return TrainingClass(None, "NEW", 1, self.own, None, self.day, self.day + timedelta(days=30), (lesson,))

    def person(self, person_id: int | None = None, code: str = "") -> PersonRecord:
        return PersonRecord(
            person_id,
            code,
            Names("សុខ", "ដារ៉ា", "SOK", "DARA"),
            Sex.MALE,
            PersonKind.PARTICIPANT,
            PersonStatus.ENROLLED,
            stays=(CustodyStay(self.own, self.day - timedelta(days=9)),),
        )

    def roll(self) -> PaperWish:
        return PaperWish(ClassPaper.ROLL, self.class_id, self.day, "km")

    def table(self, desk: Desk) -> ImportTable:
        return desk.people_import.open_text("គោត្តនាម\tនាម\nសុខ\tដារ៉ា")

    def attempt(self) -> SetAttempt:
        return SetAttempt(self.person_id, 1, self.day, Outcome.COMPETENT)

    def bench_sheet(self, desk: Desk) -> BenchSheet:
        group = ClassRow(self.class_id, "K", "moto", "", "", self.own, "SR", "", self.day, self.day, 1, 0)
        return BenchSheet(group, Unit(1, "M01", "", "", 9), Basis.COMPETENCE, self.day, (), {}, "")

    def curriculum(self) -> Curriculum:
        return Curriculum(None, 1, 0, (Unit(None, "M01", "ឯកតា", "Unit", 9),))

    def nothing_to_import(self) -> AttendanceImport:
        return AttendanceImport(self.class_id, self.month, "", (), 0, (), (), ())


@pytest.fixture
def home(beginnings: Beginnings, tmp_path: Path, request: pytest.FixtureRequest) -> Home:
    """A copy of the home that holds the world."""
    return beginnings.copy(_furnisher(request), tmp_path)


@pytest.fixture
def world(beginnings: Beginnings, tmp_path: Path, request: pytest.FixtureRequest) -> World:
    return replace(beginnings.made(_furnisher(request)), folder=tmp_path)


def _furnisher(request: pytest.FixtureRequest) -> Callable[[Desk], World]:
    """What builds the world of a test: one that asks about cases, or about everything, has cases in it."""
    spec = getattr(request.node, "callspec", None)
    name = None if spec is None else spec.params.get("name")
    return _furnish_with_cases if name is None or name in CASE_GATES | RELEASE_GATES | OUTCOME_GATES else _furnish


def _furnish_with_cases(desk: Desk) -> World:
    whole = _furnish(desk)
    whole = replace(whole, case_parts=case_world(desk, whole))
    return replace(whole, release_parts=release_parts(desk, whole))


def _furnish(desk: Desk) -> World:
    own = desk.prisons.own().id
    other = next(prison.id for prison in desk.prisons.prisons() if prison.id != own)
    day = desk.office.clock.today()
    world = World(own, other, 0, 0, 0, 0, 0, 0, 0, None, 0, day, Path())  # type: ignore[arg-type]
    person, second = (desk.people.save(world.person(code=code)) for code in ("0001", "0002"))
    class_id = desk.classes.save(replace(world.group(), code="K", starts_on=day - timedelta(days=7)))
    desk.classes.enrol(class_id, [person], day - timedelta(days=7))
    with suppress(TlbbError):  # on a holiday nothing is planned today
        desk.classes.add_session(class_id, day, time(13), time(15))
    session = desk.classes.sessions(class_id, day, day)[-1]
    world = _released(desk, replace(world, free_id=desk.people.save(world.person(code="0003"))))
    return replace(
        world,
        class_id=class_id,
        session_id=session.id,
        person_id=person,
        second_id=second,
        enrolment_id=desk.classes.enrolments(class_id)[0].id,
        guest_id=desk.attendance.add_guest(class_id, day, "ភ្ញៀវ"),
        entry_id=_assessed(desk, replace(world, class_id=class_id, person_id=person)),
        question_id=desk.attendance.ask_gone(class_id, person),
        certificate=desk.certificates.issue_at_once(class_id, [person], despite="a test")[0],
    )


def _released(desk: Desk, world: World) -> World:
    """A third person left a month ago; the first contact is due, and there was an event."""
    desk.case_history.take([HistoryLine(1, "0003", world.day - timedelta(days=31))])
    with desk.office.store.read() as connection:
        release_id = connection.exec_driver_sql("SELECT id FROM release").scalar_one()
    first, *_others = desk.follow_ups.plan(release_id)
    check_id = desk.admission_checks.open(world.admitted(), world.span(), "list.xlsx")
    return replace(
        world,
        release_id=release_id,
        follow_up_id=first.id or 0,
        event_id=desk.reoffences.save(world.event()),
        check_id=check_id,
        pair_id=desk.admission_checks.pairs(check_id)[0].id,
    )


def _assessed(desk: Desk, world: World) -> int:
    state = desk.assessment.assess(world.class_id, [world.attempt()]).cells[world.person_id, 1]
    assert state is not None
    return state.entry_id
