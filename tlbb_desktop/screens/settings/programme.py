"""What holds for the whole programme: prison, times, weights; and the lists behind the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from tlbb_desktop.domain.attendance import Reason, ReasonUse
from tlbb_desktop.domain.classes import Course, Holiday
from tlbb_desktop.domain.people import Prison
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import day_text, digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.settings.records import Records, RecordsSection
from tlbb_desktop.screens.settings.values import ValuesSection
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.copies import DUE_DAYS, USUAL_DUE_DAYS
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.code_groups import CodeView
from tlbb_desktop.widgets.code_paper import print_code, recovery_paper, save_code
from tlbb_desktop.widgets.small_form import Choices, Field
from tlbb_desktop.wiring import Desk

USE_NAMES = {
    ReasonUse.EXCUSED: Np_("use of a reason", "Excused"),
    ReasonUse.INSTITUTION: Np_("use of a reason", "The prison's reason"),
    ReasonUse.CANCELLED: Np_("use of a reason", "Cancelled session"),
}
DEFAULTS = {"idle_minutes": 5, "late_minutes": 15, DUE_DAYS: USUAL_DUE_DAYS}
YES = "✓"


class ProgrammeSection(ValuesSection):
    """Values of the programme, and a new recovery key."""

    title = Np_("settings", "Programme")
    icon = "school"

    def __init__(self, desk: Desk, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        fields = (
            Field("prison", N_("Prison of this laptop"), "choice", partial(_prisons, desk)),
            Field("idle_minutes", N_("Lock after so many minutes without a key"), "number", least=2, most=15),
            Field("late_minutes", N_("Minutes late, unless others are typed"), "number", least=1, most=240),
            Field(DUE_DAYS, N_("Ask for a copy on a USB stick after so many days"), "number", least=1, most=90),
            Field("organisation_km", N_("Organisation on papers, in Khmer"), "khmer"),
            Field("organisation_en", N_("Organisation on papers, in English")),
            Field("certificate_signer", N_("Who signs certificates"), "khmer"),
            Field("certificate_post_km", N_("Their post, in Khmer"), "khmer"),
            Field("certificate_post_en", N_("Their post, in English")),
        )
        super().__init__(desk, tasks, N_("Programme"), N_("For everybody on this laptop."), fields, DEFAULTS, parent)
        self._recovery = Card(
            N_("Recovery key"),
            N_("When its paper is lost or somebody has seen it, make a new one. The old paper stops working."),
            self,
        )
        self._renew, self._print, self._keep = (QPushButton(self._recovery) for _each in range(3))
        self._code: CodeView | None = None
        set_icon(self._renew, "key-round", "text")
        self._renew.clicked.connect(self._renew_recovery)
        buttons = QHBoxLayout()
        for button in (self._renew, self._print, self._keep):
            buttons.addWidget(button)
        buttons.addStretch()
        self._recovery.body.addLayout(buttons)
        self._recovery.setVisible(desk.office.may(Action.KEYS_WRITE))
        self.column.addWidget(self._recovery)
        self.column.addStretch()
        self.word()

    def open(self) -> None:
        """Show the values that hold; a key that was shown is gone."""
        super().open()
        self._forget_code()

    def _renew_recovery(self) -> None:
        self._renew.setEnabled(False)
        self.work(self._desk.staff.renew_recovery, self._show_code, partial(self._renew.setEnabled, True))

    def _show_code(self, code: str) -> None:
        self._forget_code()
        groups = tuple(code.split("-"))
        self._code = CodeView(groups, self._recovery)
        self._recovery.body.insertWidget(2, self._code)
        paper = recovery_paper(groups)
        self._print.clicked.connect(lambda: print_code(paper, self))
        self._keep.clicked.connect(lambda: save_code(paper, self))
        self._print.show()
        self._keep.show()
        self._renew.setEnabled(True)

    def _forget_code(self) -> None:
        if self._code is not None:
            self._code.deleteLater()
            self._code = None
            self._print.clicked.disconnect()
            self._keep.clicked.disconnect()
        self._print.hide()
        self._keep.hide()

    def word(self) -> None:
        """Buttons."""
        super().word()
        self._renew.setText(_("Make a new recovery key"))
        self._print.setText(_("Print"))
        self._keep.setText(_("Save as PDF"))


def _prisons(desk: Desk) -> Choices:
    return [(prison.code, _prison_name(prison)) for prison in desk.prisons.prisons()]


def _prison_name(prison: Prison) -> str:
    return f"{prison.name_km if catalog.language() == catalog.KHMER else prison.name_en} ({prison.code})"


def _uses() -> Choices:
    return [(use.value, _(name)) for use, name in USE_NAMES.items()]


def reasons_section(desk: Desk, tasks: TaskRunner) -> RecordsSection[Reason]:
    """The reasons behind the digits of the register, with their weights."""

    def save(values: Mapping[str, object], row: Reason | None) -> None:
        desk.attendance.save_reason(
            Reason(
                id=row.id if row else 0,
                code=str(values["code"]),
                use=ReasonUse(str(values["use"])),
                digit=int(str(values["digit"])),
                name_km=str(values["name_km"]),
                name_en=str(values["name_en"]),
                weight=int(str(values["weight"])) * 10,
                active=bool(values["active"]),
                version=row.version if row else 0,
            )
        )

    records: Records[Reason] = Records(
        N_("Reasons"),
        N_("The digit names the reason in the register. The weight says how much of an excused hour counts."),
        (
            (N_("Khmer"), lambda row: row.name_km),
            (N_("English"), lambda row: row.name_en),
            (N_("For"), lambda row: _(USE_NAMES[row.use])),
            (N_("Digit"), lambda row: digits(row.digit) if row.digit else ""),
            (N_("Weight"), lambda row: digits(f"{row.weight // 10} %") if row.use is ReasonUse.EXCUSED else ""),
            (N_("In use"), lambda row: YES if row.active else ""),
        ),
        (
            Field("name_km", N_("Wording in Khmer"), "khmer"),
            Field("name_en", N_("Wording in English")),
            Field("code", N_("Short Latin code"), fixed=True),
            Field("use", N_("For"), "choice", _uses, fixed=True),
            Field("digit", N_("Digit in the register (0 = none)"), "number", most=9),
            Field("weight", N_("Counts as attended, in percent (excused only)"), "number", most=100),
            Field("active", N_("In use"), "yes"),
        ),
        desk.attendance.reasons,
        lambda row: {
            "name_km": row.name_km,
            "name_en": row.name_en,
            "code": row.code,
            "use": row.use.value,
            "digit": row.digit,
            "weight": row.weight // 10,
            "active": row.active,
        },
        lambda: {"active": True},
        save,
    )
    return RecordsSection(records, tasks)


def holidays_section(desk: Desk, tasks: TaskRunner) -> RecordsSection[Holiday]:
    """Days without class, of this year and the next."""

    def rows() -> Sequence[Holiday]:
        year = desk.office.clock.today().year
        return tuple(desk.calendar.holidays(date(year, 1, 1), date(year + 1, 12, 31)).values())

    def save(values: Mapping[str, object], row: Holiday | None) -> None:
        day = values["day"]
        if isinstance(day, date):
            wished = Holiday(day, str(values["name_km"]), str(values["name_en"]), bool(values["working"]))
            desk.calendar.save(wished, row)

    records: Records[Holiday] = Records(
        N_("Holidays"),
        N_("Sessions are not planned on these days. A decree can make one a working day."),
        (
            (N_("Day"), lambda row: day_text(row.day)),
            (N_("Khmer"), lambda row: row.name_km),
            (N_("English"), lambda row: row.name_en),
            (Np_("classes are held on a holiday", "Working day"), lambda row: YES if row.working else ""),
        ),
        (
            Field("day", N_("Day"), "day", fixed=True),
            Field("name_km", N_("Name in Khmer"), "khmer"),
            Field("name_en", N_("Name in English")),
            Field("working", N_("A working day all the same"), "yes"),
        ),
        rows,
        lambda row: {"day": row.day, "name_km": row.name_km, "name_en": row.name_en, "working": row.working},
        lambda: {"day": desk.office.clock.today()},
        save,
        desk.calendar.remove,
        wide=(1, 2),
    )
    return RecordsSection(records, tasks)


def courses_section(desk: Desk, tasks: TaskRunner) -> RecordsSection[Course]:
    """What is taught."""

    def save(values: Mapping[str, object], row: Course | None) -> None:
        desk.classes.save_course(
            Course(
                id=row.id if row else None,
                code=str(values["code"]),
                name_km=str(values["name_km"]),
                name_en=str(values["name_en"]),
                active=bool(values["active"]),
                version=row.version if row else 0,
            )
        )

    records: Records[Course] = Records(
        N_("Courses"),
        N_("A course that is no longer taught stays on old papers; take it out of use."),
        (
            (N_("Khmer"), lambda row: row.name_km),
            (N_("English"), lambda row: row.name_en),
            (N_("Code"), lambda row: row.code),
            (N_("In use"), lambda row: YES if row.active else ""),
        ),
        (
            Field("name_km", N_("Name in Khmer"), "khmer"),
            Field("name_en", N_("Name in English")),
            Field("code", N_("Short Latin code")),
            Field("active", N_("In use"), "yes"),
        ),
        desk.classes.courses,
        lambda row: {"name_km": row.name_km, "name_en": row.name_en, "code": row.code, "active": row.active},
        lambda: {"active": True},
        save,
    )
    return RecordsSection(records, tasks)


def prisons_section(desk: Desk, tasks: TaskRunner) -> RecordsSection[Prison]:
    """Sites of the programme."""

    def save(values: Mapping[str, object], row: Prison | None) -> None:
        desk.prisons.save(
            Prison(
                id=row.id if row else 0,
                code=str(values["code"]),
                name_km=str(values["name_km"]),
                name_en=str(values["name_en"]),
                province_code=str(values["province_code"] or ""),
                active=bool(values["active"]),
                version=row.version if row else 0,
            )
        )

    def provinces() -> Choices:
        khmer = catalog.language() == catalog.KHMER
        return [(place.code, place.name_km if khmer else place.name_latin) for place in desk.gazetteer.provinces()]

    records: Records[Prison] = Records(
        N_("Prisons"),
        N_("The sites where the programme works."),
        (
            (N_("Khmer"), lambda row: row.name_km),
            (N_("English"), lambda row: row.name_en),
            (N_("Code"), lambda row: row.code),
            (N_("In use"), lambda row: YES if row.active else ""),
        ),
        (
            Field("name_km", N_("Name in Khmer"), "khmer"),
            Field("name_en", N_("Name in English")),
            Field("code", N_("Short Latin code"), fixed=True),
            Field("province_code", N_("Province"), "choice", provinces),
            Field("active", N_("In use"), "yes"),
        ),
        desk.prisons.prisons,
        lambda row: {
            "name_km": row.name_km,
            "name_en": row.name_en,
            "code": row.code,
            "province_code": row.province_code,
            "active": row.active,
        },
        lambda: {"active": True},
        save,
    )
    return RecordsSection(records, tasks)
