"""The places of the window: who may go there, and which page is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TypeAlias, cast

from PySide6.QtWidgets import QWidget

from tlbb_desktop.i18n.marks import Np_
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.wiring import Desk

PageMaker: TypeAlias = Callable[[Desk, TaskRunner, ChangeSignal, QWidget], Page]


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the rail.

    Args:
        name: in code, as ``Page.go_to`` names it.
        label: marked word.
        icon: Lucide name.
        needed: the acts of which the reader must be allowed at least one; empty = open to everybody.
        page: ``module:Class``, imported when the place is first opened.
        at_foot: whether it stands at the lower end of the rail.
    """

    name: str
    label: str
    icon: str
    needed: tuple[Action, ...]
    page: str
    at_foot: bool = False

    def page_maker(self) -> PageMaker:
        """Import the page's class; the first time this costs what the page needs."""
        module, name = self.page.split(":")
        return cast("PageMaker", getattr(import_module(module), name))


PLACES = (
    Place("today", Np_("place", "Today"), "sun", (), "tlbb_desktop.screens.today.screen:TodayScreen"),
    Place(
        "people",
        Np_("place", "People"),
        "users",
        (Action.PEOPLE_READ,),
        "tlbb_desktop.screens.people.screen:PeopleScreen",
    ),
    Place(
        "classes",
        Np_("place", "Classes"),
        "graduation-cap",
        (Action.CLASS_READ,),
        "tlbb_desktop.screens.classes.screen:ClassesScreen",
    ),
    Place(
        "register",
        Np_("place", "Register"),
        "clipboard-check",
        (Action.MARK, Action.SHEET_READ),
        "tlbb_desktop.screens.register.screen:RegisterScreen",
    ),
    Place(
        "board",
        Np_("place", "Skills"),
        "chart-column",
        (Action.PROGRESS_READ,),
        "tlbb_desktop.screens.board.screen:BoardScreen",
    ),
    Place(
        "sheets",
        Np_("place", "Month sheets"),
        "file-spreadsheet",
        (Action.SHEET_READ,),
        "tlbb_desktop.screens.sheets.screen:SheetsScreen",
    ),
    Place(
        "certificates",
        Np_("place", "Certificates"),
        "badge-check",
        (Action.CERTIFICATE_READ, Action.CERTIFICATE_PROPOSE),
        "tlbb_desktop.screens.certificates.screen:CertificatesScreen",
    ),
    Place(
        "courses",
        Np_("place", "Courses"),
        "book-open",
        (Action.COURSE_WRITE,),
        "tlbb_desktop.screens.courses.screen:CoursesScreen",
    ),
    Place(
        "cases",
        Np_("place", "Cases"),
        "folder-open",
        (Action.CASE_READ,),
        "tlbb_desktop.screens.cases.screen:CasesScreen",
    ),
    Place(
        "releases",
        Np_("place", "Releases"),
        "door-open",
        (Action.RELEASE_LIST,),
        "tlbb_desktop.screens.releases.screen:ReleasesScreen",
    ),
    Place(
        "follow_up",
        Np_("place", "Follow-up"),
        "calendar-check",
        (Action.AFTERCARE_READ,),
        "tlbb_desktop.screens.follow_up.screen:FollowUpScreen",
    ),
    Place(
        "reports",
        Np_("place", "Reports"),
        "file-text",
        (Action.OUTCOME_READ,),
        "tlbb_desktop.screens.reports.screen:ReportsScreen",
    ),
    Place("verify", Np_("place", "Verify"), "shield-check", (), "tlbb_desktop.screens.verify.screen:VerifyScreen"),
    Place(
        "settings",
        Np_("place", "Settings"),
        "settings",
        (),
        "tlbb_desktop.screens.settings.screen:SettingsScreen",
        at_foot=True,
    ),
    Place(
        "help",
        Np_("place", "Help"),
        "circle-question-mark",
        (),
        "tlbb_desktop.screens.help.screen:HelpScreen",
        at_foot=True,
    ),
)
