"""A case of nobody, from intake to the contacts after the gate, and a journey to see them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import cycle

from tlbb_desktop.domain.births import Birth
from tlbb_desktop.domain.case_papers import CaseOnPaper, CaseSubject
from tlbb_desktop.domain.case_plans import (
    ActionForm,
    CasePlan,
    Doer,
    GoalForm,
    PlanAction,
    PlanForm,
    PlanGoal,
    PlanStatus,
)
from tlbb_desktop.domain.cases import Risk
from tlbb_desktop.domain.follow_ups import (
    AttemptForm,
    ContactFindings,
    ContactMode,
    FollowUp,
    FollowUpForm,
    FollowUpKind,
    Reached,
    WorkerView,
    WorkStatus,
)
from tlbb_desktop.domain.indicators import INDICATORS, Figure
from tlbb_desktop.domain.issued_reports import Issued, IssuedReportForm
from tlbb_desktop.domain.money import Currency, Money
from tlbb_desktop.domain.outcome_reports import EVERYBODY, OutcomeReport
from tlbb_desktop.domain.people import Names, Sex
from tlbb_desktop.domain.plan_papers import PlanText
from tlbb_desktop.domain.release_items import STANDARD_ITEMS
from tlbb_desktop.domain.release_plans import (
    ItemForm,
    ItemStatus,
    LeavingLine,
    Light,
    ReceivingAdult,
    ReleaseItem,
    ReleasePlan,
    ReleasePlanForm,
    readiness_of,
)
from tlbb_desktop.domain.road_pack import RoadStop
from tlbb_desktop.domain.strengths import (
    Assessment,
    AssessmentForm,
    AssessmentKind,
    DomainRating,
    RestrictedForm,
    RiskAnswer,
    SafetyRisk,
    StrengthDomain,
)

DAY = date(2026, 11, 16)
LEAVES = date(2026, 11, 30)
SUBJECT = CaseSubject(
    code="SR-25-0051",
    names=Names("យិន", "ណារិទ្ធ", "YIN", "NARITH", "តូច"),
    made_on=DAY,
    sex=Sex.MALE,
    birth=Birth.on(date(2010, 4, 3)),
    address=PlanText("ភូមិវត្តបូព៌ សង្កាត់សាលាកំរើក", "Wat Bo, Sala Kamreuk"),
    phones="012 345 678",
    prison=PlanText("ពន្ធនាគារខេត្តសៀមរាប", "Siem Reap Provincial Prison"),
    worker="មាស បុប្ផា / Meas Bopha",
    place=PlanText("សៀមរាប", "Siem Reap"),
    issuer=PlanText("អង្គការជំនួយយុវជនកម្ពុជា", "Youth Support Organisation of Cambodia"),
    demonstration=True,
)


def _assessment(kind: AssessmentKind, on_day: date, lift: int) -> Assessment:
    levels = cycle((2, 3, 3, 1))
    ratings = {
        domain: DomainRating(
            min(4, level + lift), "រៀនឆាប់ចេះ" if level > 2 else "", "ត្រូវការជំនួយរៀនអក្សរ" if level <= 2 else ""
        )
        for domain, level in zip(StrengthDomain, levels, strict=False)
    }
    words = AssessmentForm(ratings, good_at="លេងបាល់ទាត់", helped_by="បងប្រុស", want="ចង់ធ្វើការនៅហាងម៉ូតូ")
    restricted = RestrictedForm(risks=dict.fromkeys(SafetyRisk, RiskAnswer.NO), overall=Risk.HIGH, ssi_sa=(True,) * 16)
    return Assessment(None, 1, kind, on_day, words, restricted)


def _plan() -> CasePlan:
    learn = PlanGoal(
        GoalForm(StrengthDomain.WORK, "ខ្ញុំចង់ចេះជួសជុលម៉ូតូឱ្យបានពូកែ", "និយាយត្រង់", 2, 4, date(2027, 1, 29)),
        (
            PlanAction(ActionForm("បញ្ចប់ឯកតាម៉ាស៊ីន", Doer.PARTICIPANT, due_on=LEAVES)),
            PlanAction(ActionForm("ទិញឧបករណ៍", due_on=LEAVES, cost=Money(40_000, Currency.KHR))),
        ),
    )
    family = PlanGoal(GoalForm(StrengthDomain.FAMILY, "ខ្ញុំចង់ជាមួយម្តាយខ្ញុំវិញ", "មានម្តាយគាំទ្រ", 2, 3))
    form = PlanForm(date(2026, 6, 3), date(2026, 12, 3))
    approved = datetime(2026, 6, 5, 9)  # noqa: DTZ001 - a day on paper
    return CasePlan(1, 1, 1, PlanStatus.ACTIVE, form, (learn, family), approved_at=approved, approved_by="ចាន់ សុភា")


def _release_plan() -> ReleasePlan:
    items = tuple(
        ReleaseItem(
            ItemForm(
                item.key,
                item.group,
                critical=item.critical,
                status=ItemStatus.DONE if number % 6 == 0 else ItemStatus.NOT_STARTED,
                owner=item.owner,
                due_on=LEAVES - timedelta(days=number),
            )
        )
        for number, item in enumerate(STANDARD_ITEMS)
    )
    adult = ReceivingAdult("ជា សុភា", "ម្តាយ", "012 345 678", date(2026, 9, 26))
    form = ReleasePlanForm(adult=adult, transport="ឡានក្រុងជាមួយម្តាយ", transport_cost=Money(40_000, Currency.KHR))
    readiness = readiness_of([each.form for each in items])
    return ReleasePlan(1, 1, 1, PlanStatus.DRAFT, form, items, readiness, LEAVES, LEAVES)


def _follow_ups() -> tuple[FollowUp, ...]:
    found = ContactFindings(work=WorkStatus.APPRENTICE, view=WorkerView.ON_TRACK)
    contacts = []
    for number, kind in enumerate(FollowUpKind):
        due = DAY - timedelta(days=200 - 14 * number)
        held = due if number % 3 and number < 12 else None
        form = FollowUpForm(kind, due, due + timedelta(days=7), held, reached=Reached.BY_PHONE if held else None)
        form = FollowUpForm(*(getattr(form, name) for name in form.__slots__[:6]), found if held else None)
        tries = (AttemptForm(due, ContactMode.PHONE, Reached.NOT_REACHED),) if number and not number % 3 else ()
        contacts.append(FollowUp(number, 1, form, tries, done=number < 12))
    return tuple(contacts)


CASE = CaseOnPaper(
    SUBJECT,
    (_assessment(AssessmentKind.REVIEW, date(2026, 9, 3), 1), _assessment(AssessmentKind.INTAKE, date(2026, 5, 22), 0)),
    _plan(),
    _release_plan(),
    PlanText("ភូមិវត្តបូព៌ សង្កាត់សាលាកំរើក", "Wat Bo, Sala Kamreuk"),
    _follow_ups(),
    date(2026, 4, 30),
)
SITES = {"BMC": PlanText("ពន្ធនាគារខេត្តបន្ទាយមានជ័យ", "Banteay Meanchey Provincial Prison"), "SR": SUBJECT.prison}
LEAVING = tuple(
    LeavingLine(
        number,
        number,
        f"{prison}-25-{10 + number:04}",
        "" if number == 3 else "យិន ណារិទ្ធ",
        prison,
        DAY + timedelta(days=number),
        DAY + timedelta(days=number - number % 2),
        number - number % 2,
        number,
        readiness_of([]),
        Light.AMBER,
    )
    for number, prison in enumerate(("SR", "SR", "BMC", "SR", "SR"), -1)
)
STOPS = tuple(
    RoadStop(
        number,
        f"SR-25-{number:04}",
        ("តូច", "ដំបង", "")[number % 3],
        "17",
        PlanText("ភូមិវត្តបូព៌, សង្កាត់សាលាកំរើក", "Wat Bo, Sala Kamreuk"),
        FollowUpKind.MONTH_3,
        DAY + timedelta(days=number),
    )
    for number in range(1, 9)
)
REPORT = OutcomeReport(
    DAY,
    EVERYBODY,
    tuple(
        Figure(indicator, tuple(range(number)), tuple(range(number, 2 * number + 3)), (99,))
        for number, indicator in enumerate(INDICATORS)
    ),
    {number: f"SR-25-{number:04}" for number in range(100)},
    SUBJECT.issuer,
    demonstration=True,
)
ISSUED = Issued(
    1,
    "outcomes",
    "J-26-R001",
    DAY,
    datetime(2026, 11, 16, 9),  # noqa: DTZ001 - a day on paper
    "ចាន់ សុភា / Chan Sophea",
    IssuedReportForm("outcomes", reason="របាយការណ៍ប្រចាំឆ្នាំ"),
)
