"""The program on a home: opened, walked through and closed, as often as the tour needs it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from tlbb_desktop.app import WindowProgram
from tlbb_desktop.application import make_application
from tlbb_desktop.demonstration.build import demo_login
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.at_rest import AtRest
from tlbb_desktop.qt.crash import CrashDialog
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.qt.theme import current_theme
from tlbb_desktop.screens.login.screen import LoginPage
from tlbb_desktop.screens.shell.workplace import Workplace
from tlbb_desktop.services.fault_log import FILE_NAME
from tlbb_desktop.services.home import Home
from tlbb_desktop.tour.hand import CONTROL, Hand
from tlbb_desktop.widgets.language_switch import LanguageSwitch
from tlbb_desktop.widgets.member_tile import MemberButton
from tlbb_desktop.widgets.page import Page
from tlbb_desktop.widgets.rail import Rail
from tlbb_desktop.window_options import WindowOptions

Key = Qt.Key
FAILED = N_("The program itself failed on the tour. Details are in {file}.")


class Stage:
    """One application, in which one window after the other is opened.

    Args:
        folder: where pictures and files go.
    """

    def __init__(self, folder: Path) -> None:
        QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
        self._app = make_application()
        self._app.setQuitOnLastWindowClosed(False)
        self._program: WindowProgram | None = None
        self._home = Home(folder)
        self.folder = folder
        self.hand = Hand(folder)
        self.hand.watch = self._watch
        self.hand.at_work = self._is_at_work

    # opening and closing -------------------------------------------------------------------------------------------

    def open(self, home: Home, language: str) -> None:
        """Open the window on *home* and wait until it stands."""
        self._home = home
        self._program = WindowProgram(self._app, WindowOptions(home, language=language))
        self.hand.window = window = self._program.window
        self._program.start()
        window.activateWindow()
        self.hand.wait_for(lambda: window.isActiveWindow() and QApplication.focusWidget() is not None, "window")

    def close(self) -> None:
        """Close the window as a person does; the record is closed with it."""
        program, self._program = self._program, None
        if program is not None:
            program.window.close()
            program.close()
            self.hand.window = None
            program.window.deleteLater()
            program.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def log_in(self, username: str) -> None:
        """Choose the tile of a member of the demonstration and type the passphrase."""
        hand, page = self.hand, self.hand.find(LoginPage)
        hand.click(hand.find(MemberButton, lambda tile: tile.member.username == username, username))
        hand.wait_for(page.field.field.isEnabled, "passphrase field")
        hand.click(page.field.field)
        hand.write(demo_login(self._home, username).read_text(encoding="utf-8").strip())
        hand.key(Key.Key_Return)
        hand.wait_for(lambda: self.has_workplace() and bool(self.workplace.place), "workplace")

    def end(self) -> None:
        """Give the screen back."""
        self.close()
        sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__
        self._app.shutdown()

    def _watch(self) -> None:
        """See what a person would see: the program's own report of a fault."""
        if isinstance(QApplication.activeModalWidget(), CrashDialog):
            raise Refused(FAILED, file=str(self._home.logs / FILE_NAME))

    def _is_at_work(self) -> bool:
        """Whether a job runs, or a page waits for a moment of rest to show something."""
        program, window = self._program, self.hand.window
        if program is None or window is None:
            return False
        jobs = any(not runner.is_idle for runner in program.findChildren(TaskRunner))
        return jobs or any(wait.isActive() for wait in window.findChildren(AtRest))

    # going about ---------------------------------------------------------------------------------------------------

    def has_workplace(self) -> bool:
        """Whether somebody has logged in."""
        window = self.hand.window
        return window is not None and any(each.isVisible() for each in window.findChildren(Workplace))

    @property
    def workplace(self) -> Workplace:
        """The inside of the window, once somebody has logged in."""
        return self.hand.find(Workplace)

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self.workplace.page

    def go(self, place: str) -> None:
        """Click a place on the rail."""
        rail = self.hand.find(Rail)
        self.hand.click(next(each for each in rail.findChildren(QPushButton) if each.property("place") == place))
        self.hand.wait_for(lambda: self.workplace.place == place, place)

    def speak(self, language: str) -> None:
        """Click the language switch."""
        if catalog.language() != language:
            switch = self.hand.find(LanguageSwitch)
            self.hand.click(_by_language(switch, language))
            self.hand.wait_for(lambda: catalog.language() == language, language)

    def turn(self, theme: str) -> None:
        """Switch between light and dark by Ctrl+K."""
        if current_theme().name != theme:
            self.hand.key(Key.Key_K, modifiers=CONTROL)
            self.hand.write("light and dark")
            self.hand.key(Key.Key_Return)
            self.hand.wait_for(lambda: current_theme().name == theme, theme)

    def save_paper(self, button: QPushButton) -> Path:
        """Click *button* on the page of sheets and wait until the page says where the file is; gives the file."""
        before = set(self.folder.glob("*.xlsx"))

        def told() -> list[Path]:
            said = [label.text() for label in self.page.findChildren(QLabel, "savedLabel") if label.isVisible()]
            return [path for path in self.folder.glob("*.xlsx") if path not in before and path.name in "".join(said)]

        self.hand.click(button)
        self.hand.wait_for(lambda: bool(told()), "paper")
        return told()[0]

    def show_in_languages(self, name: str, is_calm: Callable[[], bool] = lambda: True) -> None:
        """Photograph the page in both languages, each time once it *is_calm*."""
        before = catalog.language()
        for language in sorted(catalog.LANGUAGES, key=lambda each: each == before):
            self.speak(language)
            self.hand.wait_for(is_calm, f"{name} {language}")
            self.hand.photograph(f"{name}-{language}")

    def show_both_ways(self, name: str, is_calm: Callable[[], bool] = lambda: True) -> None:
        """Photograph the page in both languages, then dark; see :meth:`show_in_languages`."""
        self.show_in_languages(name, is_calm)
        self.turn("dark")
        self.hand.wait_for(is_calm, f"{name} dark")
        self.hand.photograph(f"{name}-{catalog.language()}-dark")
        self.turn("light")


def _by_language(switch: QWidget, language: str) -> QPushButton:
    return next(each for each in switch.findChildren(QPushButton) if each.property("language") == language)
